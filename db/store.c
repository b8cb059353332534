#include "core/mem.h"
#include "core/text.h"
#include "db/checking.h"
#include "db/clock.h"
#include "db/finder.h"
#include "db/facts.h"
#include "db/id.h"
#include "db/internal.h"
#include "db/policy.h"
#include "db/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MILLISECONDS = 5000 };

/* Only for a file that is ours: setting the journal mode may write to it. */
static bool configure(sqlite3 *db, struct error *err)
{
    sqlite3_extended_result_codes(db, 1);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    return sql_exec(db,
                    "PRAGMA journal_mode = DELETE;"
                    "PRAGMA synchronous = EXTRA;"
                    "PRAGMA temp_store = MEMORY;"
                    "PRAGMA cache_size = -6144;",
                    err) &&
           sql_add_functions(db, err);
}

/* Opens for writing where the file allows it, so that a change cut short by a crash is rolled back
 * even when this process only wants to look. */
static bool connect(const char *path, sqlite3 **db, struct error *err)
{
    /* The program has one thread. */
    int code = sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        sqlite3_close(*db);
        code = sqlite3_open_v2(path, db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    }
    if (code == SQLITE_OK)
        return sqlite3_busy_timeout(*db, BUSY_MILLISECONDS) == SQLITE_OK;
    sql_fail(*db, err);
    error_prefix(err, "%s", path);
    sqlite3_close(*db);
    *db = NULL;
    return false;
}

static bool check_path(const char *path, struct error *err)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return errno == ENOENT ? error_set(err, ERROR_MISSING,
                                           "还没有数据文件“%s”，请先运行 taizhang init 建立", path)
                               : error_set(err, ERROR_IO, "不能打开“%s”：%s，请检查路径和权限",
                                           path, strerror(errno));
    if (S_ISDIR(info.st_mode))
        return error_set(err, ERROR_FORMAT, "“%s”是文件夹，请写明数据文件的名称", path);
    if (!S_ISREG(info.st_mode))
        return error_set(err, ERROR_FORMAT, "“%s”不是普通文件，请写明数据文件的名称", path);
    if (info.st_size == 0)
        return error_set(err, ERROR_FORMAT,
                         "“%s”是空文件，不是台账数据文件，请用 taizhang init 重新建立", path);
    return true;
}

/* Every file of ours has the fixed tables, and nothing that acts by itself. */
static bool check_tables(sqlite3 *db, const char *path, struct error *err)
{
    int64_t own, foreign;
    if (!sql_number(db,
                    "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND strict"
                    " AND name IN ('setting', 'batch', 'op', 'draft', 'sequence')",
                    NULL, NULL, &own, err) ||
        !sql_number(db, "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')",
                    NULL, NULL, &foreign, err))
        return error_prefix(err, "%s", path);
    return (own == 5 && foreign == 0) ||
           error_set(err, ERROR_FORMAT, "“%s”的结构被改动过或不完整，请用最近的备份恢复", path);
}

static bool check_ours(sqlite3 *db, const char *path, struct error *err)
{
    int64_t application, step;
    if (!sql_number(db, "PRAGMA application_id", NULL, NULL, &application, err) ||
        !sql_number(db, "PRAGMA user_version", NULL, NULL, &step, err))
        return error_prefix(err, "%s", path);
    if (application != STORE_APPLICATION_ID)
        return error_set(err, ERROR_FORMAT, "“%s”不是台账数据文件，请选用由本程序建立的文件", path);
    if (step > STORE_SCHEMA_STEP)
        return error_set(
            err, ERROR_FORMAT,
            "“%s”由更新版本的程序建立（第 %lld 版，本程序为第 %d 版），请升级程序后打开", path,
            (long long)step, STORE_SCHEMA_STEP);
    return check_tables(db, path, err);
}

/* ---- creating ---- */

/* One clean line of a length that fits a heading. */
bool store_check_line(const char *text, struct error *err)
{
    enum { LINE_MAX_CHARS = 200 };
    struct buffer clean = {0};
    bool ok = text_clean(text, false, &clean) && text_count(text) <= LINE_MAX_CHARS;
    buffer_release(&clean);
    return ok || error_set(err, ERROR_REFUSED,
                           "操作人、原因等应是一行文字，不超过 %d 个字，"
                           "不能有控制字符或乱码",
                           LINE_MAX_CHARS);
}

static bool insert_setting(sqlite3 *db, const char *name, const char *value, struct error *err)
{
    sqlite3_stmt *insert;
    if (text_is_empty(value))
        return true;
    if (!store_check_line(value, err) ||
        !sql_prepare(db, "INSERT INTO setting (name, value) VALUES (?, ?)", &insert, err))
        return false;
    sql_bind_text(insert, 1, name);
    sql_bind_text(insert, 2, value);
    bool ok = sql_run(insert, err);
    sqlite3_finalize(insert);
    return ok;
}

/* What a person typed for the region becomes its code, by the reference data just loaded. */
static bool insert_region(sqlite3 *db, const char *region, struct error *err)
{
    struct store store = {.db = db};
    struct buffer code = {0};
    lookup_init(&store);
    bool ok = text_is_empty(region) || (store.lookup.find(&store, "region", region, &code, err) &&
                                        insert_setting(db, "region", code.text, err));
    buffer_release(&code);
    sql_release_cached(&store);
    lookup_forget(&store);
    buffer_release(&store.setting);
    return ok;
}

static bool fill_new(sqlite3 *db, const struct store_bureau *bureau, struct error *err)
{
    static const struct store_bureau nobody = {.pack = NULL};
    char site[ID_TEXT_SIZE], fields[STORE_FINGERPRINT_SIZE];
    id_new(site);
    schema_fingerprint(fields);
    bureau = bureau ? bureau : &nobody;
    return sql_exec(db, "BEGIN IMMEDIATE", err) && schema_create(db, err) &&
           reference_load(db, err) && insert_setting(db, "site", site, err) &&
           insert_setting(db, "fields", fields, err) &&
           insert_setting(db, "operator", bureau->operator_name, err) &&
           insert_region(db, bureau->region, err) && sql_exec(db, "COMMIT", err);
}

/* Gives the finished file its name, never taking the place of another one that is not empty. */
static bool give_name(const char *temporary, const char *path, struct error *err)
{
    struct stat info;
    bool taken = stat(path, &info) == 0 && info.st_size > 0;
    bool empty = !taken && access(path, F_OK) == 0;
    int status = taken ? -1 : empty ? rename(temporary, path) : link(temporary, path);
    taken = taken || (status != 0 && errno == EEXIST);
    /* Some sticks know no links; there a rename must do. */
    if (status != 0 && !taken)
        status = rename(temporary, path);
    if (taken)
        return error_set(err, ERROR_IO, "“%s”已经存在，不会覆盖；请换一个名称，或直接打开它", path);
    return status == 0 ||
           error_set(err, ERROR_IO, "不能在“%s”建立数据文件（%s），请检查文件夹和权限", path,
                     strerror(errno));
}

static bool install_policies(const char *path, const char *packs, struct error *err)
{
    struct store *store;
    bool ok = store_open(&store, path, STORE_WRITE, err) && pack_install(store, packs, err);
    store_close(&store);
    return ok;
}

static bool create_temporary(const char *temporary, const char *path,
                             const struct store_bureau *bureau, struct error *err)
{
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return error_set(err, ERROR_IO, "“%s”是文件夹或设备，请写明数据文件的名称", path);
    int file = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return error_set(err, ERROR_IO, "不能在“%s”建立数据文件（%s），请检查文件夹和权限", path,
                         strerror(errno));
    close(file);
    sqlite3 *db;
    if (!connect(temporary, &db, err))
        return false;
    bool ok = configure(db, err) && fill_new(db, bureau, err);
    sqlite3_close(db);
    return ok && (!bureau || install_policies(temporary, bureau->pack, err));
}

bool store_create(const char *path, const struct store_bureau *bureau, struct error *err)
{
    struct buffer temporary = {0};
    buffer_addf(&temporary, "%s.%ld.new", path, (long)getpid());
    bool ok = create_temporary(temporary.text, path, bureau, err) &&
              give_name(temporary.text, path, err) && sync_folder_of(path, err);
    unlink(temporary.text);
    buffer_release(&temporary);
    return ok;
}

/* ---- opening ---- */

/* "county.db" of 2026-06-15T10:42:07 is kept as "county.db.2026-06-15T10-42-07.bak". */
static bool backup_before_migration(struct store *store, struct error *err)
{
    char now[CLOCK_TEXT_SIZE];
    clock_now(now);
    now[13] = now[16] = '-';
    struct buffer target = {0};
    buffer_addf(&target, "%s.%s.bak", store->path, now);
    bool ok = store_backup(store, target.text, err);
    buffer_release(&target);
    return ok;
}

/* An older file gets the base data and the rows of the pack that it follows; of a pack that this
 * program does not have it gets none. Whoever upgrades holds the lock. */
static bool upgrade_policies(struct store *store, struct error *err)
{
    struct buffer label = {0};
    char *pack = mem_text(store_setting(store, "pack"));
    bool writable = store->writable;
    store->writable = true;
    bool ok = pack_install(store, pack_label(pack, &label, NULL) ? pack : NULL, err);
    store->writable = writable;
    buffer_release(&label);
    free(pack);
    return ok;
}

/* The fingerprint comes last: as long as it is the old one, the next opening tries again. */
static bool upgrade(struct store *store, struct error *err)
{
    bool changed;
    return backup_before_migration(store, err) && sql_exec(store->db, "BEGIN IMMEDIATE", err) &&
           schema_apply_steps(store->db, schema_steps, STORE_SCHEMA_STEP, err) &&
           schema_migrate(store->db, false, &changed, err) && reference_load(store->db, err) &&
           rows_recount_missing(store, err) && checking_note_all(store, err) &&
           sql_exec(store->db, "COMMIT", err) && upgrade_policies(store, err) &&
           schema_keep_fingerprint(store->db, err);
}

static bool needs_upgrade(struct store *store, bool *needs, struct error *err)
{
    char fields[STORE_FINGERPRINT_SIZE];
    int64_t step;
    schema_fingerprint(fields);
    if (!sql_number(store->db, "PRAGMA user_version", NULL, NULL, &step, err) ||
        !schema_migrate(store->db, true, needs, err))
        return false;
    *needs =
        *needs || step < STORE_SCHEMA_STEP || strcmp(store_setting(store, "fields"), fields) != 0;
    return true;
}

/* Somebody who only looks brings an older file up to date as well, holding the lock meanwhile. */
static bool migrate(struct store *store, struct error *err)
{
    bool needs;
    if (!needs_upgrade(store, &needs, err))
        return false;
    if (!needs || store->writable)
        return !needs || upgrade(store, err);
    if (!lock_take(&store->lock, store->path, store_setting(store, "operator"), err))
        return false;
    bool ok = upgrade(store, err);
    lock_release(&store->lock);
    return ok;
}

/* Which copy of the file this is: the first that is read of it, so that damage shows here. */
static bool read_site(struct store *store, struct error *err)
{
    sqlite3_stmt *select;
    bool row = false;
    if (!sql_prepare(store->db, "SELECT value FROM setting WHERE name = 'site'", &select, err))
        return false;
    bool ok = sql_step(select, &row, err);
    if (row)
        strncpy(store->site, sql_column_text(select, 0), RECORD_ID_SIZE - 1);
    sqlite3_finalize(select);
    return ok && (*store->site ||
                  error_set(err, ERROR_FORMAT,
                            "“%s”缺少本机标识，数据文件不完整，请用最近的备份恢复", store->path));
}

static bool open_checked(struct store *store, enum store_mode mode, struct error *err)
{
    if (!connect(store->path, &store->db, err) || !check_ours(store->db, store->path, err) ||
        !configure(store->db, err))
        return false;
    if (!read_site(store, err))
        return false;
    lookup_init(store);
    facts_init(store);
    if (mode == STORE_WRITE) {
        if (sqlite3_db_readonly(store->db, "main"))
            return error_set(err, ERROR_IO, "“%s”是只读的，不能改动，请检查文件权限", store->path);
        if (!lock_take(&store->lock, store->path, store_setting(store, "operator"), err))
            return false;
        store->writable = true;
    }
    return migrate(store, err);
}

bool store_open(struct store **out, const char *path, enum store_mode mode, struct error *err)
{
    *out = NULL;
    if (!check_path(path, err))
        return false;
    struct store *store = mem_new(1, sizeof *store);
    store->path = mem_text(path);
    store->lock.file = -1;
    store->statements = mem_new(register_count, sizeof *store->statements);
    if (!open_checked(store, mode, err)) {
        store_close(&store);
        return false;
    }
    *out = store;
    return true;
}

void store_close(struct store **out)
{
    struct store *store = *out;
    if (!store)
        return;
    *out = NULL;
    store_rollback(store);
    finder_close(&store->finder);
    for (size_t i = 0; i < register_count; i++) {
        sqlite3_finalize(store->statements[i].select);
        sqlite3_finalize(store->statements[i].insert);
        sqlite3_finalize(store->statements[i].update);
    }
    free(store->statements);
    sql_release_cached(store);
    lookup_forget(store);
    almanac_forget(store, NULL);
    policy_forget(store, NULL);
    plans_release(&store->plans);
    sqlite3_close(store->db);
    lock_release(&store->lock);
    buffer_release(&store->setting);
    buffer_release(&store->jurisdiction);
    buffer_release(&store->campaign);
    free(store->path);
    free(store);
}

bool store_can_write(const struct store *store)
{
    return store->writable;
}

bool store_claim(struct store *store)
{
    return store_can_write(store) ||
           lock_take(&store->lock, store->path, store_setting(store, "operator"), NULL);
}

void store_unclaim(struct store *store)
{
    if (!store_can_write(store))
        lock_release(&store->lock);
}

bool store_is_at(const struct store *store, const char *path)
{
    struct stat info, own;
    return stat(path, &info) == 0 && stat(store->path, &own) == 0 && info.st_ino == own.st_ino &&
           info.st_dev == own.st_dev;
}

/* ---- settings ---- */

const char *store_setting(struct store *store, const char *name)
{
    sqlite3_stmt *select;
    buffer_clear(&store->setting);
    if (!sql_prepare(store->db, "SELECT value FROM setting WHERE name = ?", &select, NULL))
        return "";
    bool row = false;
    sql_bind_text(select, 1, name);
    if (sql_step(select, &row, NULL) && row)
        buffer_add(&store->setting, sql_column_text(select, 0));
    sqlite3_finalize(select);
    return buffer_text(&store->setting);
}

bool store_set_setting(struct store *store, const char *name, const char *value, struct error *err)
{
    if (!store_check_line(value, err))
        return false;
    if (!store->writable)
        return error_set(err, ERROR_BUSY, "现在是只读查看，不能改设置");
    sqlite3_stmt *stmt;
    if (!sql_prepare(store->db, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", &stmt,
                     err))
        return false;
    sql_bind_text(stmt, 1, name);
    sql_bind_text(stmt, 2, value);
    bool ok = sql_run(stmt, err);
    sqlite3_finalize(stmt);
    lookup_forget(store);
    return ok;
}

const struct lookup *store_lookup(struct store *store)
{
    return &store->lookup;
}

const struct plans *store_plans(struct store *store)
{
    if (!store->plans.items)
        plans_init(&store->plans);
    return &store->plans;
}

void store_follow_others(struct store *store)
{
    int64_t version = 0;
    if (!sql_number(store->db, "PRAGMA data_version", NULL, NULL, &version, NULL) ||
        version != store->data_version) {
        almanac_forget(store, NULL);
        policy_forget(store, NULL);
    }
    store->data_version = version;
}

struct check_context store_check_context(struct store *store)
{
    store_follow_others(store);
    buffer_clear(&store->jurisdiction);
    buffer_add(&store->jurisdiction, store_setting(store, "region"));
    buffer_clear(&store->campaign);
    facts_write_campaign(store, &store->campaign);
    return (struct check_context){
        .today = clock_today(),
        .lookup = &store->lookup,
        .calendar = store_calendar(store),
        .facts = &store->facts,
        .plans = store_plans(store),
        .campaign = buffer_text(&store->campaign),
        .jurisdiction = buffer_text(&store->jurisdiction),
    };
}
