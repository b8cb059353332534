/* internal.h - what the files of db/ share; nobody else includes it. */
#ifndef TAIZHANG_DB_INTERNAL_H
#define TAIZHANG_DB_INTERNAL_H

#include "core/facts.h"
#include "core/plan.h"
#include "db/almanac.h"
#include "db/lock.h"
#include "db/store.h"

#include <sqlite3.h>

enum {
    STORE_APPLICATION_ID = 0x545A4847, /* "TZHG" */
    STORE_SCHEMA_STEP = 4,             /* PRAGMA user_version of this program */
    STORE_FINGERPRINT_SIZE = 9,
};

/* Prepared statements that one register needs again and again. */
struct reg_statements {
    sqlite3_stmt *select, *insert, *update;
};

/* Other statements, kept by their text. */
struct cached_statement {
    char *sql; /* owned */
    size_t length;
    sqlite3_stmt *stmt;
    uint64_t used; /* when it was asked for last: store.cached_uses of then */
};

enum { STORE_MAX_CACHED = 128 };

/* Remembers answers about reference data, which does not change while a file is open. */
struct lookup_memo {
    char *question, *answer; /* owned */
};

enum { LOOKUP_MEMO_SIZE = 256 };

/* Records of `reg` whose field `field` is `value` are to be looked at by the rules. */
struct change {
    const struct reg *reg;
    const char *field; /* "id" or a field's name; static */
    char *value;       /* canonical text; owned */
};

/* What a batch changed, as far as rules look at it. */
struct changes {
    struct change *items; /* owned */
    size_t count, capacity, noted;
    bool *whole; /* registers to be checked as a whole, by register index; owned, may be NULL */
    const struct reg *last; /* the register noted last, once there are very many changes */
};

/* The records of one policy register. */
struct policy_table {
    bool is_read;
    struct record *records; /* owned */
    size_t count;
};

/* How far the register that is being checked as a whole has come. */
struct sweep {
    const struct reg *reg;
    int64_t mark, row;
};

struct batch {
    char id[RECORD_ID_SIZE];
    char at[20];
    char *kind, *who, *why; /* owned */
    char *undoes;           /* id of the batch taken back, or NULL; owned */
    int64_t next_seq;       /* of the next operation */
    struct changes changes;
    bool recorded;        /* whether its row is written: only once it changes something */
    bool explained;       /* `why` was typed by a person (store_explain) */
    unsigned char *filed; /* by register index: what filing_guard.c knows; owned, may be NULL */
};

struct finder;
struct near;

struct store {
    sqlite3 *db;
    char *path;
    struct lock lock;
    bool writable;
    bool in_batch;
    struct batch batch; /* the pending change */
    struct sweep sweep;
    bool policy_changed;       /* by this process */
    char site[RECORD_ID_SIZE]; /* which copy of the file this is */
    struct lookup lookup;
    struct facts facts;
    const struct store_origins *origins; /* lent for the next put, or NULL */
    bool reads_files; /* a change is being judged: files are compared with their sums */
    struct plans plans;
    struct policy_table *policy; /* by register index; owned, NULL: nothing was read yet */
    int64_t data_version;        /* of the file when policy and almanac were read */
    struct almanac almanac;
    bool has_almanac;                     /* whether it was tried to load it */
    struct buffer setting;                /* value last returned by store_setting */
    struct buffer jurisdiction, campaign; /* lent to check contexts */
    struct reg_statements *statements;    /* by register index; owned */
    struct lookup_memo memo[LOOKUP_MEMO_SIZE];
    struct cached_statement cached[STORE_MAX_CACHED];
    size_t cached_count;
    uint64_t cached_uses;
    struct finder *finder; /* NULL until it is asked for */
    struct near *near;     /* likewise */
};

/* ---- sql.c: SQLite's codes become our errors here and nowhere else ---- */

/* Fills err from the connection's last error, in Chinese. Returns false. */
bool sql_fail(sqlite3 *db, struct error *err);

bool sql_exec(sqlite3 *db, const char *sql, struct error *err);
bool sql_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **stmt, struct error *err);

/* As sql_prepare, but the statement stays with the store: the caller resets it and must not
 * finalize it. For statements that are needed again and again, not for ones with a person's text in
 * them. */
bool sql_cached(struct store *store, const char *sql, sqlite3_stmt **stmt, struct error *err);
void sql_release_cached(struct store *store);

/* Steps once: *row tells whether there is a row. The statement is not reset. */
bool sql_step(sqlite3_stmt *stmt, bool *row, struct error *err);

/* Steps a statement that gives no rows, and resets it. */
bool sql_run(sqlite3_stmt *stmt, struct error *err);

void sql_bind_text(sqlite3_stmt *stmt, int index, const char *text); /* NULL binds null */
void sql_bind_value(sqlite3_stmt *stmt, int index, const struct value *value);

/* The same without a copy: text and value must stay until the statement has been run. */
void sql_lend_text(sqlite3_stmt *stmt, int index, const char *text);
void sql_lend_value(sqlite3_stmt *stmt, int index, const struct value *value);
const char *sql_column_text(sqlite3_stmt *stmt, int column); /* "" for null */

/* What a field of that type can hold; a column of another kind, in a file that was tampered with,
 * is read as text or as empty. */
void sql_column_value(sqlite3_stmt *stmt, int column, enum field_type type, struct value *value);

/* One number from a query with up to two text parameters (NULL: none). */
bool sql_number(sqlite3 *db, const char *sql, const char *first, const char *second,
                int64_t *number, struct error *err);

/* Functions that queries use: measure_nano(text, unit), period_holds(longer, shorter). */
bool sql_add_functions(sqlite3 *db, struct error *err);

/* ---- schema.c: tables derived from the registers ---- */

/* Storage class of a field type: "INTEGER" or "TEXT". */
const char *schema_storage(enum field_type type);
bool schema_is_text(enum field_type type);

/* Appends the SQL that makes the tables and indexes of the whole file, one statement a line group.
 */
void schema_write(struct buffer *sql);

/* Appends CREATE TABLE / CREATE INDEX statements of one register. */
void schema_write_reg(const struct reg *reg, struct buffer *sql);

bool schema_create(sqlite3 *db, struct error *err);

/* Brings the tables up to the registers of this program; *changed tells whether there was anything
 * to do. With `dry` only looks. */
bool schema_migrate(sqlite3 *db, bool dry, bool *changed, struct error *err);

/* What comparison cannot find: renaming, splitting, dropping. Step n brings a file of version n - 1
 * to version n. */
struct schema_step {
    int version; /* ascending */
    const char *sql;
};

/* The steps of this program; ends with version 0. */
extern const struct schema_step schema_steps[];

/* Runs the steps above the file's version and sets it to `version`. */
bool schema_apply_steps(sqlite3 *db, const struct schema_step *steps, int version,
                        struct error *err);

/* A hash of what decides whether a record is complete and sound, in hexadecimal: when it changes,
 * the stored counts of missing fields and the findings are out of date. */
void schema_fingerprint(char out[STORE_FINGERPRINT_SIZE]);
bool schema_keep_fingerprint(sqlite3 *db, struct error *err);

/* ---- rows.c: records and rows ---- */

/* Counts the missing fields of every record anew. */
bool rows_recount_missing(struct store *store, struct error *err);

/* Appends the SQL expression of a field in a query on the table called `alias` there. */
void rows_field_expression(const struct reg *reg, const struct field *field, const char *alias,
                           struct buffer *sql);

/* As above, but what a person reads: of a reference the name of the record that it points to. */
void rows_readable_expression(const struct reg *reg, const struct field *field, struct buffer *sql);

/* The fields that a select reads, in the order of its columns: by far not all are, of those that
 * have a hundred and more. Where NULL stands for it, all are. */
struct rows_fields {
    struct rows_field {
        size_t index;
        enum field_type type;
    } * items; /* owned */
    size_t count;
};

/* Those that are `wanted`, by index (NULL: all), or by their names, the last one NULL. */
void rows_choose(const struct reg *reg, const bool *wanted, struct rows_fields *fields);
void rows_choose_named(const struct reg *reg, const char *const *names, struct rows_fields *fields);
void rows_fields_release(struct rows_fields *fields);

/* Appends "SELECT id, version, deleted, <fields> FROM <table> AS t". */
void rows_write_select(const struct reg *reg, const struct rows_fields *fields, struct buffer *sql);

/* Fills a record from a row of such a select; what is not read stays as it is. */
void rows_read(sqlite3_stmt *stmt, const struct rows_fields *fields, struct record *record);

/* ---- lookup.c ---- */
void lookup_init(struct store *store);

/* Drops what was remembered: which county a name means depends on the bureau's own region. */
void lookup_forget(struct store *store);

/* ---- near.c ---- */
void near_forget(struct store *store);

/* ---- store.c ---- */

/* Forgets policy and calendar when another process has committed since they were read. */
void store_follow_others(struct store *store);

/* Where the fields of each register stand; never NULL. */
const struct plans *store_plans(struct store *store);

/* ---- almanac.c ---- */

/* Drops the calendar when `changed` is the register that it comes from; NULL: in any case. */
void almanac_forget(struct store *store, const struct reg *changed);

/* ---- operations (commit.c) ---- */
struct op {
    char action;
    const struct reg *reg;
    const char *record, *field, *before, *after; /* NULL for none */
    const char *why;                             /* NULL: that of the batch */
};
bool op_write(struct store *store, const struct op *op, struct error *err);

/* Writes a row as it stands in `record` (a new one when version is 1), without operations. */
bool row_write(struct store *store, const struct record *record, struct error *err);

/* Writes the stored fields in which `after` differs, without operations and without a new version:
 * for what the program concludes. */
bool row_write_computed(struct store *store, const struct record *before,
                        const struct record *after, struct error *err);

/* Forgets what open forms hold of the record. */
bool discard_drafts(struct store *store, const struct record *record, struct error *err);

/* Refuses a setting or a reason that is not one clean line of at most 200 characters. */
bool store_check_line(const char *text, struct error *err);

/* Refuses when there is no pending batch or the store is read-only. */
bool store_require_batch(const struct store *store, struct error *err);

/* ---- backup.c ---- */

/* Makes sure that the name of `path` is on the disk. */
bool sync_folder_of(const char *path, struct error *err);

/* ---- reference.c ---- */
bool reference_load(sqlite3 *db, struct error *err);

#endif
