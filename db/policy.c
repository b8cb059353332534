#include "db/policy.h"
#include "core/mem.h"
#include "db/query.h"

#include <stdlib.h>

/* A file that cannot be read gives an empty table here; opening and saving report it. */
static void read_table(struct store *store, const struct reg *reg, struct policy_table *table)
{
    struct cursor *cursor;
    const struct record *record;
    size_t capacity = 0;
    table->is_read = true;
    bool ok = cursor_open(&cursor, store, &(struct query){.reg = reg, .unordered = true}, NULL);
    while (ok && cursor_next(cursor, &record, NULL) && record) {
        table->records = mem_grow(table->records, table->count, &capacity, sizeof *table->records);
        record_copy(&table->records[table->count++], record);
    }
    cursor_close(&cursor);
}

const struct policy_table *policy_table(struct store *store, const struct reg *reg)
{
    if (!store->policy)
        store->policy = mem_new(register_count, sizeof *store->policy);
    struct policy_table *table = &store->policy[reg_index(reg)];
    if (!table->is_read)
        read_table(store, reg, table);
    return table;
}

void policy_forget(struct store *store, const struct reg *changed)
{
    if (!store->policy || (changed && !(changed->flags & REG_POLICY)))
        return;
    for (size_t i = 0; i < register_count; i++) {
        for (size_t j = 0; j < store->policy[i].count; j++)
            record_release(&store->policy[i].records[j]);
        free(store->policy[i].records);
    }
    free(store->policy);
    store->policy = NULL;
}
