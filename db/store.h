/* store.h - the bureau's file: one SQLite database that holds every register, the history of every
 * change, the drafts of open forms and the settings.
 *
 * A change is made between store_begin and store_commit; nothing of it is in the file before the
 * commit, all of it after. Each change is written as operations in the same transaction as the
 * rows, and the operations are the history, the undo, and later the merge. */
#ifndef TAIZHANG_DB_STORE_H
#define TAIZHANG_DB_STORE_H

#include "core/record.h"

struct store;

enum store_mode {
    STORE_READ,  /* looks only; works beside a writer */
    STORE_WRITE, /* may change; only one process at a time, ERROR_BUSY names the other */
};

/* ---- opening ---- */

/* Whose file it is to be; each may be NULL. */
struct store_bureau {
    const char
        *pack; /* policy packs, "yunnan-2022,campaign-2025-2030"; the first one is followed */
    const char *region;        /* county or city: code or name */
    const char *operator_name; /* who works with it */
};

/* Creates the file (mode 0600) with all tables, the settings of `bureau`, and the reference data,
 * base data and policy packs found in the data folder; without a bureau (NULL) only the reference
 * data. It gets its name only when it is whole. Refuses when something is already there. */
bool store_create(const char *path, const struct store_bureau *bureau, struct error *err);

/* Opens an existing file; brings an older one up to date first (after a backup beside it). Refuses
 * a file that is not ours, is damaged, or is newer than this program. */
bool store_open(struct store **store, const char *path, enum store_mode mode, struct error *err);

/* Ends a pending change without keeping it, releases everything and sets *store to NULL. */
void store_close(struct store **store);

bool store_can_write(const struct store *store);

/* For short work on files that belong to filings, which no other program may do meanwhile: a store
 * that only looks takes the writer's place until store_unclaim. False while another one has it. */
bool store_claim(struct store *store);
void store_unclaim(struct store *store);

/* Whether `path` is the open file itself, by whatever name. */
bool store_is_at(const struct store *store, const char *path);

/* ---- settings: "operator", "region", "pack", … ---- */

/* The value, "" when never set; valid until the next call of a store function. */
const char *store_setting(struct store *store, const char *name);
bool store_set_setting(struct store *store, const char *name, const char *value, struct error *err);

/* ---- reading ---- */

/* For parsing and showing references, regions and industries. */
const struct lookup *store_lookup(struct store *store);

/* Working days by the holidays in the file. Never NULL; with nothing in it when they cannot be
 * read. Stays where it is while the store is open, and is empty after a change of a holiday until
 * this is called again. */
const struct calendar *store_calendar(struct store *store);

/* What checks need to know: today, the lookup, the bureau's own region. */
struct check_context store_check_context(struct store *store);

/* Reads one record, also a deleted one. `record` is initialised by the call in every case and must
 * be released. ERROR_MISSING when there is none. */
bool store_get(struct store *store, const struct reg *reg, const char *id, struct record *record,
               struct error *err);

/* As store_get, by what a person types: id, case number, code or unique name. */
bool store_find(struct store *store, const struct reg *reg, const char *text, struct record *record,
                struct error *err);

/* Finds the live record that an imported `record` is another version of, by the register's
 * identity. `id` is "" when there is none. ERROR_REFUSED when there are several. */
bool store_find_same(struct store *store, const struct record *record, char id[RECORD_ID_SIZE],
                     struct error *err);

/* ---- changing ---- */

enum store_change { STORE_SAME, STORE_NEW, STORE_CHANGED };

/* `kind` is one word for the history ("edit", "move", "import", "delete", "undo", "demo", "pack",
 * "init"); `why` a sentence or NULL. Refused when the store is read-only. */
bool store_begin(struct store *store, const char *kind, const char *why, struct error *err);

/* The reason that a person typed for the change just begun, in place of the `why` of store_begin;
 * NULL or "" changes nothing. Only with one may figures change that were filed (db/filing.h): a put
 * or a removal that needs it fails with ERROR_REFUSED and `wants_reason`. Undo needs none. */
bool store_explain(struct store *store, const char *why, struct error *err);

/* What the history tells of the record that is put next: for a list from elsewhere, which row of it
 * said so and how its cells were read. */
struct store_origins {
    const char *where; /* in place of the `why` of store_begin: "导入 清单.xlsx 第17行" */
    const char *const *fields; /* by field index, behind it: "“45658”读作 2025-01-01", or NULL;
                                  NULL: there are none */
};

/* Lent until the next store_put has returned, which forgets them. */
void store_set_origins(struct store *store, const struct store_origins *origins);

/* Writes a record: computes what the register computes, refuses one without its key, numbers a new
 * one (id, case number), writes only the fields that differ. `record` holds the stored state
 * afterwards. The drafts of the record are gone with the same commit. */
bool store_put(struct store *store, struct record *record, enum store_change *change,
               struct error *err);

/* Marks a record and its children as deleted. Refused while other records point to it. */
bool store_remove(struct store *store, const struct reg *reg, const char *id, struct error *err);

bool store_commit(struct store *store, struct error *err);
void store_rollback(struct store *store);

/* begin + explain + put + commit of one record. When it fails, `record` stays as it was and may be
 * saved again. */
bool store_save(struct store *store, struct record *record, const char *why,
                enum store_change *change, struct error *err);

/* ---- backup ---- */

/* Writes a whole, compact copy beside the target, syncs and renames it. */
bool store_backup(struct store *store, const char *target, struct error *err);

/* Full check of the file's structure; ERROR_FORMAT with a sentence when it is damaged. */
bool store_verify(struct store *store, struct error *err);

#endif
