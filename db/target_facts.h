/* target_facts.h - what the file knows about emissions: the base loads of its enterprises, and what
 * projects have cut and added. Reading every enterprise takes a while, so it goes in slices. */
#ifndef TAIZHANG_DB_TARGET_FACTS_H
#define TAIZHANG_DB_TARGET_FACTS_H

#include "core/contribution.h"
#include "db/store.h"

/* The enterprises of one region code. */
struct holding {
    char region[8];
    int64_t count; /* of key industries: in the list, or removed from it because they were shut */
    struct loads base; /* of 2020 */
    /* 本年减排量, 本年新增量 of the list, of enterprises without a single project of that kind: a
     * project knows its day and its metals, a figure in the list does not. In kg/a at LOAD_SCALE.
     */
    int64_t listed_cut, listed_added;
};

/* Starts as {0}. */
struct target_facts {
    struct holding *holdings; /* owned */
    size_t holding_count, holding_capacity;
    struct contribution *contributions; /* owned */
    size_t contribution_count, contribution_capacity;
    size_t phase; /* how far reading has come */
    int64_t row;
    char id[RECORD_ID_SIZE];
    bool done;
};

/* Reads a slice that takes a few milliseconds, until `done`. */
bool target_facts_step(struct target_facts *facts, struct store *store, struct error *err);

/* Reads everything. */
bool target_facts_read(struct target_facts *facts, struct store *store, struct error *err);

void target_facts_release(struct target_facts *facts);

#endif
