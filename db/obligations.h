/* obligations.h - what the policies in the file demand, each with what settles it and when it is
 * due next. */
#ifndef TAIZHANG_DB_OBLIGATIONS_H
#define TAIZHANG_DB_OBLIGATIONS_H

#include "core/obligation.h"
#include "db/store.h"

struct obligation_item {
    struct record record; /* of register obligation */
    bool is_core;         /* 核心, not 相关 */
    char *campaign;       /* what a person calls it: "广西 2022" */
    struct obligation when;
    struct settlement *settlements;
    size_t count, capacity; /* of these */
    struct occurrence next; /* nominal year 0: nothing is due */
};

struct obligations {
    struct obligation_item
        *items; /* first those with a next day, the earliest first; 核心 before 相关 */
    size_t count, capacity;
};

/* Reads those of the campaigns that have begun. `list` is empty before; after a failure it must be
 * released as well. */
bool obligations_load(struct obligations *list, struct store *store, struct date today,
                      struct error *err);

/* The same for one, by its id; ERROR_MISSING when there is none. */
bool obligations_load_one(struct obligations *list, struct store *store, const char *id,
                          struct date today, struct error *err);

void obligations_release(struct obligations *list);

/* Text of a field, "" when it is empty. Borrowed. */
const char *obligation_text(const struct obligation_item *item, const char *field);

#endif
