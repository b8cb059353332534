#include "tests/imports/desk.h"

#include "db/history.h"
#include "db/query.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct store *desk_open(struct fixture *fixture)
{
    char path[128];
    struct store *store = NULL;
    struct error err = {0};
    snprintf(path, sizeof path, "%s/desk.db", fixture->folder);
    if ((access(path, F_OK) != 0 && !store_create(path, NULL, &err)) ||
        !store_open(&store, path, STORE_WRITE, &err) ||
        !store_set_setting(store, "region", "441802", &err))
        fail_msg("%s", err.message);
    return store;
}

void desk_close(struct fixture *fixture, struct store *store)
{
    char path[128];
    store_close(&store);
    snprintf(path, sizeof path, "%s/desk.db", fixture->folder);
    unlink(path);
}

struct import *desk_list(struct fixture *fixture, struct store *store, const struct reg *reg,
                         const char *text)
{
    struct import *import;
    struct error err = {0};
    fixture_write_text(fixture, "list.csv", text);
    if (!import_open(&import, store, reg, fixture->path, NULL, NULL, NULL, &err))
        fail_msg("%s", err.message);
    return import;
}

void desk_run(struct import *import, struct store *store, bool dry, const char *counts)
{
    struct error err = {0};
    char got[64];
    if (!import_run(import, store, dry, &err))
        fail_msg("%s", err.message);
    snprintf(got, sizeof got, "%d=%d+%d+%d+%d", (int)import->read, (int)import->counts[IMPORT_NEW],
             (int)import->counts[IMPORT_CHANGED], (int)import->counts[IMPORT_SAME],
             (int)import->counts[IMPORT_REFUSED]);
    assert_string_equal(got, counts);
}

void desk_import(struct fixture *fixture, struct store *store, const struct reg *reg,
                 const char *text, bool dry, const char *counts, char first[400])
{
    struct import *import = desk_list(fixture, store, reg, text);
    desk_run(import, store, dry, counts);
    if (first)
        snprintf(first, 400, "%s", import->row_count ? import->rows[0].message : "");
    import_close(&import);
}

int64_t desk_count(struct store *store, const struct reg *reg, const char *where)
{
    int64_t number = -1;
    assert_true(query_count(store, &(struct query){.reg = reg, .where = where}, &number, NULL));
    return number;
}

const struct import_row *desk_row(const struct import *import, uint32_t number)
{
    for (size_t i = 0; i < import->row_count; i++)
        if (import->rows[i].number == number)
            return &import->rows[i];
    fail_msg("row %u was not kept", number);
    return NULL;
}

static void keep_why(void *context, const struct operation *operation)
{
    snprintf(context, 400, "%s", operation->why);
}

void desk_why(struct store *store, const struct reg *reg, const char *name, char why[400])
{
    struct record record;
    assert_true(store_find(store, reg, name, &record, NULL));
    assert_true(history_each(store, reg, record.id, keep_why, why, NULL));
    record_release(&record);
}
