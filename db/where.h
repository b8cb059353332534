/* where.h - conditions as a person types them become SQL with bound values. */
#ifndef TAIZHANG_DB_WHERE_H
#define TAIZHANG_DB_WHERE_H

#include "db/internal.h"

enum { WHERE_MAX_VALUES = 32 };

struct where {
    struct buffer sql; /* "a AND b"; empty when there is no condition */
    struct value values[WHERE_MAX_VALUES];
    size_t count;
    const struct field *compared; /* a field that must be more or less than something, so that what
                                     lacks it is not among the results; NULL: none */
};

/* Parses "status=在产 base_total_kg>100 name~锌" for a register. */
bool where_parse(struct where *where, const struct reg *reg, const char *text,
                 const struct lookup *lookup, struct error *err);
void where_release(struct where *where);

#endif
