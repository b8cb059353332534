/* facts.h - how a rule, which is pure, sees beyond its own record: other records, and whether a
 * file is there. The store provides one; tests provide their own. */
#ifndef TAIZHANG_CORE_FACTS_H
#define TAIZHANG_CORE_FACTS_H

#include "core/record.h"

enum { FACTS_MOST_ALSO = 2 };

/* Live records of register `reg` whose stored field `field` ("id": the record itself) has the
 * canonical text `value`, and so have the fields of `also`. */
struct facts_query {
    const char *reg, *field, *value;
    struct {
        const char *field, *value; /* a stored field, among those that are wanted; NULL: no more */
    } also[FACTS_MOST_ALSO];
    const char *const *wanted; /* names of the fields that are read, NULL-terminated; the others are
                                  empty. NULL: all */
};

/* Sees one record, borrowed for the call; returns whether to go on. */
typedef bool facts_visitor(void *data, const struct record *record);

struct facts {
    void *context;

    /* Shows `visit` the records of the query in no particular order; `visit` must not ask for facts
     * itself. May leave it to facts_each to look at `also`. */
    void (*each)(void *context, const struct facts_query *query, facts_visitor *visit, void *data);

    /* Whether the file of an attachment, by its SHA-256 in hexadecimal, is kept and readable. */
    bool (*has_file)(void *context, const char *sha256);
};

/* Shows `visit` the records that a rule may ask for in `context`. */
void facts_each(const struct check_context *context, const struct facts_query *query,
                facts_visitor *visit, void *data);

/* Whether there is such a record. */
bool facts_any(const struct check_context *context, const struct facts_query *query);

/* Appends the value of parameter `code` of the bureau's policy pack, else of the whole country;
 * nothing when there is neither. */
void facts_parameter_text(const struct check_context *context, const char *code,
                          struct buffer *out);

/* The same as a number without its point, read with `scale` decimals; `fallback` when there is
 * none. */
int64_t facts_parameter(const struct check_context *context, const char *code, int scale,
                        int64_t fallback);

#endif
