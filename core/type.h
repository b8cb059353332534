/* type.h - the behaviour of a field type: a small table of functions, one file each in core/types/.
 *
 * For every type and value, parse(format(value)) gives the value again; format is what the history,
 * the command line and JSON show. */
#ifndef TAIZHANG_CORE_TYPE_H
#define TAIZHANG_CORE_TYPE_H

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/date.h"
#include "core/error.h"
#include "core/field.h"
#include "core/finding.h"
#include "core/lookup.h"
#include "core/value.h"

struct facts;
struct plans;

enum type_json { TYPE_JSON_STRING, TYPE_JSON_NUMBER, TYPE_JSON_BOOL };

/* What a check may know beside the record. */
struct check_context {
    struct date today;               /* year 0: unknown, rules about age are silent */
    const struct lookup *lookup;     /* never NULL */
    const struct calendar *calendar; /* never NULL; may be empty */
    const struct facts *facts;       /* never NULL */
    const struct plans *plans;       /* for checking many records; NULL: worked out for each anew */
    const char *campaign;            /* id of the bureau's policy pack; "" none */
    const char *jurisdiction; /* code prefix of the bureau's own region, e.g. "441802"; "" none */
};

struct type {
    const char *name;  /* "decimal" */
    const char *label; /* "小数" */
    enum type_json json;
    bool align_right;
    int width;     /* default columns in a list or sheet */
    int max_chars; /* longest text accepted when the field does not say */

    /* `text` is already clean (text_clean) and not empty. Refuses in one sentence what the type
     * cannot hold; what is merely doubtful is for check. */
    bool (*parse)(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err);
    /* Appends canonical text; `value` is not null. */
    void (*format)(const struct field *field, const struct value *value, struct buffer *out);
    /* <0, 0, >0; neither value is null. */
    int (*compare)(const struct field *field, const struct value *a, const struct value *b);
    /* Findings about one stored value; NULL when the type has none. */
    void (*check)(const struct field *field, const struct value *value,
                  const struct check_context *context, struct findings *findings);
};

/* The behaviour of `type`; never NULL. */
const struct type *type_of(enum field_type type);

/* The register that values of the field point to ("region", "industry", or field->target), or NULL.
 */
const char *type_target(const struct field *field);

/* Cleans `text` and parses it; empty text gives a null value. The error names the field. */
bool type_parse(const struct field *field, const struct lookup *lookup, const char *text,
                struct value *value, struct error *err);

/* Reads back what type_format wrote, from the history: references are taken as they are, even when
 * the record that they point to is gone. */
bool type_restore(const struct field *field, const char *canonical, struct value *value,
                  struct error *err);

/* Appends canonical text, nothing for a null value. */
void type_format(const struct field *field, const struct value *value, struct buffer *out);

/* Appends what a person reads: labels in place of ids and codes. `lookup` may be NULL. */
void type_display(const struct field *field, const struct value *value, const struct lookup *lookup,
                  struct buffer *out);

/* Appends a JSON value: exact number, string, true/false or null. */
void type_json(const struct field *field, const struct value *value, struct buffer *out);

/* Orders values for lists: null last. */
int type_compare(const struct field *field, const struct value *a, const struct value *b);

#endif
