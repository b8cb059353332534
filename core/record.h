/* record.h - one record of a register, in memory. */
#ifndef TAIZHANG_CORE_RECORD_H
#define TAIZHANG_CORE_RECORD_H

#include "core/reg.h"
#include "core/type.h"

enum { RECORD_ID_SIZE = 40 }; /* a UUID, or the code of a reference record; NUL included */

struct plan;

struct record {
    const struct reg *reg;
    char id[RECORD_ID_SIZE]; /* "" for a record that was never stored */
    int64_t version;         /* 0: never stored; grows by one with each change */
    bool deleted;            /* a tombstone */
    const struct plan *plan; /* of its register, while it is checked or saved; else NULL */
    struct value *values;    /* reg_field_count() values, by field index; owned */
};

/* An empty record of `reg`, all values null. */
void record_init(struct record *record, const struct reg *reg);
void record_release(struct record *record);
void record_copy(struct record *to, const struct record *from); /* `to` is initialised by it */

/* Where and when a record is made: what its initial values may refer to. */
struct record_origin {
    const char *today, *operator_name, *region; /* as a person types them; "" unknown */
};

/* Fills the initial values that the register's fields declare. Without `origin` (NULL) those that
 * refer to it stay empty. */
void record_set_initial(struct record *record, const struct lookup *lookup,
                        const struct record_origin *origin);

/* The value of field `name`; NULL when the register has no such field. Borrowed. */
const struct value *record_value(const struct record *record, const char *name);
struct value *record_value_for_change(struct record *record, const char *name);

/* The gate: the only way in which text becomes a value. Empty text clears the field. */
bool record_set_text(struct record *record, size_t field, const char *text,
                     const struct lookup *lookup, struct error *err);

/* Whether `word` is one of the alternatives, which are separated by '|', as in a condition. */
bool record_is_alternative(const char *alternatives, const char *word);

/* Text of a field that holds text; "" when it is empty, holds a number, or there is none of that
 * name. Borrowed. */
const char *record_text(const struct record *record, const char *field);

/* Canonical text of a field, "" when null. Appends. */
void record_format(const struct record *record, const char *field, struct buffer *out);

/* What a person reads for a field. Appends. */
void record_display(const struct record *record, const char *field, const struct lookup *lookup,
                    struct buffer *out);

/* The name of the record to a person: its name_field, else its case number, else "（未命名）". */
void record_name(const struct record *record, const struct lookup *lookup, struct buffer *out);

/* Whether `condition` holds for the record: of several choices one suffices. */
bool record_matches(const struct record *record, struct condition condition);

/* Whether the field concerns the record, given its other values. While nothing stands in the field
 * that decides, one that is filled does: nobody has said that it does not. */
bool record_shows(const struct record *record, const struct field *field);

/* Whether the field must be filled, given the record's other values. */
bool record_requires(const struct record *record, const struct field *field);

/* Whether field `field` is required and empty. */
bool record_lacks(const struct record *record, size_t field);

/* How many required fields are empty. */
size_t record_missing(const struct record *record);

/* Lets the register compute what it computes from the record itself. */
void record_derive(struct record *record, const struct record *before);

/* Lets it fill what follows from other records, the calendar or the policy. */
void record_conclude(struct record *record, const struct check_context *context);

/* All that a save fills, in the one order: what is left empty from other records (`complete`), then
 * as above. `before` is NULL for a new record. */
void record_compute(struct record *record, const struct record *before,
                    const struct check_context *context);

/* The required fields that are empty, as findings. */
void record_gaps(const struct record *record, struct findings *findings);

/* All findings about the record: those, ranges, types, rules. */
void record_check(const struct record *record, const struct check_context *context,
                  struct findings *findings);

/* Refuses a record that lacks a key field, or one that is a key as it stands. Every commit passes
 * this. */
bool record_check_key(const struct record *record, struct error *err);

/* Refuses a change that the register's life or its guard does not allow; `before` is NULL for a new
 * record, `after->deleted` tells of its removal. Every commit passes this too. */
bool record_guard(const struct record *before, const struct record *after,
                  const struct check_context *context, struct error *err);

#endif
