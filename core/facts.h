/* facts.h - how a rule, which is pure, sees beyond its own record: other records, and whether a file is
 * there. The store provides one; tests provide their own. */
#ifndef TAIZHANG_CORE_FACTS_H
#define TAIZHANG_CORE_FACTS_H

#include <stdbool.h>

struct record;

/* Sees one record, borrowed for the call; returns whether to go on. */
typedef bool facts_visitor(void *data, const struct record *record);

struct facts {
    void *context;

    /* Shows `visit` the live records of register `reg` whose field `field` ("id": the record itself) has
     * the canonical text `value`, in no particular order. */
    void (*each)(void *context, const char *reg, const char *field, const char *value,
                 facts_visitor *visit, void *data);

    /* Whether the file of an attachment, by its SHA-256 in hexadecimal, is kept and readable. */
    bool (*has_file)(void *context, const char *sha256);
};

#endif
