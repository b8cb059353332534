/* The tables, and how older files become today's. TAIZHANG_GOLDEN=write writes tests/db/schema.sql
 * anew; look at the difference before you keep it. */
#include "db/internal.h"
#include "fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of this folder; __FILE__ is relative to the root of the repository, where make runs. */
static const char *here(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%.*s%s", (int)(strrchr(__FILE__, '/') + 1 - __FILE__), __FILE__,
             name);
    return path;
}

static void read_file(const char *path, struct buffer *text)
{
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("%s cannot be opened", path);
    for (int c; (c = fgetc(file)) != EOF;)
        buffer_add_char(text, (char)c);
    fclose(file);
}

static void the_schema_is_the_golden_one(void **state)
{
    (void)state;
    struct buffer schema = {0}, golden = {0};
    const char *wish = getenv("TAIZHANG_GOLDEN");
    schema_write(&schema);
    if (wish && strcmp(wish, "write") == 0) {
        FILE *file = fopen(here("schema.sql"), "w");
        assert_non_null(file);
        fputs(schema.text, file);
        assert_int_equal(fclose(file), 0);
    }
    read_file(here("schema.sql"), &golden);
    if (strcmp(schema.text, golden.text) != 0)
        fail_msg(
            "the registers no longer give tests/db/schema.sql; if that is meant, run this test "
            "with TAIZHANG_GOLDEN=write");
    buffer_release(&schema);
    buffer_release(&golden);
}

static void it_is_executed_and_strict(void **state)
{
    struct fixture *fixture = *state;
    struct buffer golden = {0};
    read_file(here("schema.sql"), &golden);
    store_close(&fixture->store);
    snprintf(fixture->path, sizeof fixture->path, "%s/golden.db", fixture->folder);
    fixture_execute(fixture->path, golden.text);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM pragma_table_list WHERE schema ="
                                             " 'main' AND name NOT LIKE 'sqlite%' AND NOT strict"),
                     0);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM pragma_table_list WHERE schema ="
                                             " 'main' AND name NOT LIKE 'sqlite%'"),
                     (long long)register_count + 10);
    buffer_release(&golden);
}

static void the_wrong_kind_of_value_is_refused(void **state)
{
    struct fixture *fixture = *state;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE region SET statistical = 'x' WHERE id = '441802'",
                                  NULL, NULL, NULL),
                     SQLITE_CONSTRAINT);
    assert_int_equal(
        sqlite3_exec(db, "UPDATE region SET statistical = 1 WHERE id = '441802'", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
}

static void every_type_has_a_storage_class(void **state)
{
    (void)state;
    for (int i = 0; i < TYPE__COUNT; i++) {
        const char *storage = schema_storage((enum field_type)i);
        if (!storage)
            fail_msg("%s has no storage class in db/schema.c", type_of((enum field_type)i)->name);
        /* What JSON shows as a number or truth is stored as an integer. */
        bool is_text = type_of((enum field_type)i)->json == TYPE_JSON_STRING;
        assert_string_equal(storage, is_text ? "TEXT" : "INTEGER");
    }
}

static void a_new_file(void **state)
{
    struct fixture *fixture = *state;
    struct stat info;
    assert_int_equal(stat(fixture->path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(fixture_number(fixture, "PRAGMA application_id"), STORE_APPLICATION_ID);
    assert_int_equal(fixture_number(fixture, "PRAGMA user_version"), STORE_SCHEMA_STEP);
    assert_true(fixture_number(fixture, "SELECT count(*) FROM region") > 40000);
    assert_true(fixture_number(fixture, "SELECT count(*) FROM industry") > 20);
    assert_int_equal(strlen(store_setting(fixture->store, "site")), 36);
    assert_fails(fixture, store_create(fixture->path, NULL, err), ERROR_IO, "已经存在，不会覆盖");
    assert_fails(fixture, store_create("/nonexistent/county.db", NULL, err), ERROR_IO,
                 "不能在“/nonexistent/county.db”建立数据文件");
    assert_fails(fixture, store_create(fixture->folder, NULL, err), ERROR_IO, fixture->folder);
}

/* ---- migration ---- */

/* Files in the test's folder whose names end in ".bak"; *name is the last one. */
static int count_backups(const struct fixture *fixture, char name[256])
{
    int count = 0;
    DIR *listing = opendir(fixture->folder);
    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        size_t length = strlen(entry->d_name);
        if (length > 4 && strcmp(entry->d_name + length - 4, ".bak") == 0) {
            snprintf(name, 256, "%s/%.150s", fixture->folder, entry->d_name);
            count++;
        }
    }
    closedir(listing);
    return count;
}

/* Every column and index of today's schema is in the file. */
static void assert_up_to_date(struct fixture *fixture)
{
    bool changed = true;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    assert_ok(schema_migrate(db, true, &changed, err));
    assert_false(changed);
    for (size_t i = 0; i < register_count; i++) {
        char sql[160];
        long long columns = 6;
        for (size_t j = 0; j < reg_field_count(registers[i]); j++)
            columns += field_is_stored(reg_field(registers[i], j));
        snprintf(sql, sizeof sql, "SELECT count(*) FROM pragma_table_info('%s')",
                 registers[i]->name);
        assert_true(fixture_number(fixture, sql) >= columns);
    }
    sqlite3_close(db);
}

static void the_first_schema_becomes_todays(void **state)
{
    struct fixture *fixture = *state;
    struct buffer sql = {0};
    struct record record;
    store_close(&fixture->store);
    snprintf(fixture->path, sizeof fixture->path, "%s/first.db", fixture->folder);
    buffer_addf(&sql, "BEGIN; PRAGMA application_id = %d; PRAGMA user_version = 1;",
                STORE_APPLICATION_ID);
    read_file(here("schema-1.sql"), &sql);
    buffer_add(&sql, "COMMIT;");
    fixture_execute(fixture->path, sql.text);
    buffer_release(&sql);

    fixture_reopen(fixture, STORE_WRITE);
    assert_up_to_date(fixture);
    assert_ok(store_find(fixture->store, &reg_enterprise, "QY-441802-2025-0001", &record, err));
    assert_string_equal(record.id, "0197ffff-0000-7000-8000-000000000001");
    assert_string_equal(record_value(&record, "name")->text, "清远市示例冶炼有限公司");
    assert_true(record_value(&record, "base_lead_kg")->kind == VALUE_INTEGER);
    record_release(&record);
    assert_string_equal(
        fixture_text(fixture, &reg_receptor, "0197ffff-0000-7000-8000-000000000003", "site"),
        "0197ffff-0000-7000-8000-000000000002");
    assert_string_equal(store_setting(fixture->store, "operator"), "李四");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM op JOIN batch ON batch.id"
                                             " = op.batch WHERE batch.kind <> 'init'"),
                     2);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM draft"), 1);
    assert_int_equal(fixture_change(fixture, &reg_enterprise,
                                    "0197ffff-0000-7000-8000-000000000001", "town=龙塘镇"),
                     STORE_CHANGED);
}

static void an_older_file_gets_what_it_lacks(void **state)
{
    struct fixture *fixture = *state;
    char site[RECORD_ID_SIZE], enterprise[RECORD_ID_SIZE], backup[256];
    struct fixture copy = {.store = NULL};
    struct stat info;
    fixture_add(fixture, &reg_legacy_site, "name=老厂沟 region=清城区 area_m2=1200", site);
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 town=龙塘镇 lon=113.5",
                enterprise);
    store_close(&fixture->store);
    fixture_execute(
        fixture->path,
        "DROP TABLE receptor; DROP INDEX enterprise_order_name; DROP INDEX problem_state;"
        "ALTER TABLE enterprise DROP COLUMN town; ALTER TABLE enterprise DROP COLUMN lat;"
        "ALTER TABLE legacy_site DROP COLUMN metals; DELETE FROM region");

    fixture_reopen(fixture, STORE_WRITE);
    assert_up_to_date(fixture);
    assert_string_equal(fixture_text(fixture, &reg_legacy_site, site, "area_m2"), "1200");
    assert_string_equal(fixture_text(fixture, &reg_enterprise, enterprise, "name"), "甲厂");
    assert_string_equal(fixture_text(fixture, &reg_enterprise, enterprise, "lon"), "113.500000");
    assert_string_equal(fixture_text(fixture, &reg_enterprise, enterprise, "town"), "");
    assert_true(fixture_number(fixture, "SELECT count(*) FROM region") > 40000);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM op JOIN batch ON batch.id"
                                             " = op.batch WHERE batch.kind <> 'init'"),
                     2);
    char child[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_receptor, "site=老厂沟 name=水田", child);

    /* The file as it was stands beside. */
    assert_int_equal(count_backups(fixture, backup), 1);
    assert_non_null(strstr(backup, "/county.db.2026-06-15T10-42-07.bak"));
    assert_int_equal(stat(backup, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    snprintf(copy.path, sizeof copy.path, "%.95s", backup);
    assert_int_equal(fixture_number(&copy, "SELECT count(*) FROM enterprise"), 1);
    assert_int_equal(
        fixture_number(&copy, "SELECT count(*) FROM sqlite_schema WHERE name = 'receptor'"), 0);

    /* The second time there is nothing to do. */
    fixture_reopen(fixture, STORE_WRITE);
    assert_int_equal(count_backups(fixture, backup), 1);
}

static void opening_to_look_brings_it_up_to_date_too(void **state)
{
    struct fixture *fixture = *state;
    char backup[256];
    store_close(&fixture->store);
    fixture_execute(fixture->path, "ALTER TABLE enterprise DROP COLUMN town");
    fixture_reopen(fixture, STORE_READ);
    assert_up_to_date(fixture);
    assert_false(store_can_write(fixture->store));
    assert_int_equal(count_backups(fixture, backup), 1);
    /* The lock was held only while that was done. */
    fixture_reopen(fixture, STORE_WRITE);
}

static void another_choice_of_index_columns_is_noticed(void **state)
{
    (void)state;
    static const struct field fields[] = {{.name = "name"}, {.name = "uscc"}, {.name = "region"}};
    static const struct section section = {.fields = fields, .count = COUNT_OF(fields)};
    struct reg sample = {.name = "sample",
                         .label = "样本",
                         .sections = &section,
                         .section_count = 1,
                         .name_field = "name"};
    struct buffer one = {0}, other = {0};
    sample.identity = (const char *const[]){"uscc region", NULL};
    schema_write_reg(&sample, &one);
    sample.identity = (const char *const[]){"name", NULL};
    sample.order = "uscc";
    schema_write_reg(&sample, &other);
    assert_non_null(strstr(one.text, "CREATE INDEX \"sample_identity_uscc_region\" ON \"sample\""
                                     " (\"uscc\", \"region\");\n"));
    assert_non_null(strstr(other.text, "CREATE INDEX \"sample_identity_name\" ON \"sample\""
                                       " (\"name\");\n"));
    assert_non_null(strstr(one.text, "CREATE INDEX \"sample_order_name\""));
    assert_non_null(strstr(other.text, "CREATE INDEX \"sample_order_uscc\""));
    buffer_release(&one);
    buffer_release(&other);
}

static void an_update_that_fails_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    store_close(&fixture->store);
    /* The new column comes first, then an index on a table in which the key repeats. */
    fixture_execute(fixture->path,
                    "ALTER TABLE enterprise DROP COLUMN town; DROP TABLE region;"
                    "CREATE TABLE region (id TEXT, code TEXT, version INTEGER, deleted INTEGER,"
                    " missing INTEGER, created_at TEXT, updated_at TEXT CHECK (0)) STRICT");
    assert_fails(fixture, store_open(&fixture->store, fixture->path, STORE_WRITE, err), ERROR_IO,
                 "region.csv");
    assert_null(fixture->store);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM pragma_table_info('enterprise')"
                                             " WHERE name = 'town'"),
                     0);
}

/* ---- files that are not ours ---- */

static void assert_refused(struct fixture *fixture, const char *part)
{
    struct buffer before = {0}, after = {0};
    struct store *store;
    read_file(fixture->path, &before);
    assert_fails(fixture, store_open(&store, fixture->path, STORE_WRITE, err), ERROR_FORMAT, part);
    assert_null(store);
    assert_fails(fixture, store_open(&store, fixture->path, STORE_READ, err), ERROR_FORMAT, part);
    read_file(fixture->path, &after);
    assert_int_equal(before.length, after.length);
    assert_memory_equal(buffer_text(&before), buffer_text(&after), before.length);
    buffer_release(&before);
    buffer_release(&after);
}

/* A step that this program does not have, to see that steps run once and in order. */
static void numbered_steps_run_once(void **state)
{
    struct fixture *fixture = *state;
    static const struct schema_step steps[] = {
        {.version = STORE_SCHEMA_STEP, .sql = "SELECT raise_nothing_this_is_below_the_version"},
        {.version = STORE_SCHEMA_STEP + 1,
         .sql = "CREATE TABLE second (n INTEGER) STRICT; INSERT INTO second VALUES (1)"},
        {.version = STORE_SCHEMA_STEP + 2,
         .sql = "ALTER TABLE second RENAME TO third; UPDATE third SET n = n + 1"},
        {.version = 0},
    };
    sqlite3 *db;
    store_close(&fixture->store);
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    assert_ok(schema_apply_steps(db, steps, STORE_SCHEMA_STEP + 2, err));
    assert_ok(schema_apply_steps(db, steps, STORE_SCHEMA_STEP + 2, err));
    sqlite3_close(db);
    assert_int_equal(fixture_number(fixture, "SELECT n FROM third"), 2);
    assert_int_equal(fixture_number(fixture, "PRAGMA user_version"), STORE_SCHEMA_STEP + 2);
}

static void gaps_are_counted_anew_when_the_fields_change(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    long long missing = fixture_number(fixture, "SELECT missing FROM enterprise");
    assert_true(missing > 0);
    store_close(&fixture->store);
    fixture_execute(fixture->path, "UPDATE enterprise SET missing = 0;"
                                   "UPDATE setting SET value = 'former' WHERE name = 'fields'");
    fixture_reopen(fixture, STORE_WRITE);
    assert_int_equal(fixture_number(fixture, "SELECT missing FROM enterprise"), missing);
}

static void a_newer_file(void **state)
{
    struct fixture *fixture = *state;
    store_close(&fixture->store);
    fixture_execute(fixture->path, "PRAGMA user_version = 99");
    assert_refused(fixture, "由更新版本的程序建立（第 99 版，本程序为第 4 版），请升级程序后打开");
}

static void foreign_files(void **state)
{
    struct fixture *fixture = *state;
    store_close(&fixture->store);
    unlink(fixture->path);
    fixture_execute(fixture->path, "CREATE TABLE note (text); INSERT INTO note VALUES ('x')");
    assert_refused(fixture, "不是台账数据文件，请选用由本程序建立的文件");
    /* Looking must not even change the journal mode of somebody else's database. */
    fixture_execute(fixture->path, "PRAGMA journal_mode = WAL");
    assert_refused(fixture, "不是台账数据文件");
    FILE *file = fopen(fixture->path, "w");
    assert_non_null(file);
    for (int i = 0; i < 5000; i++)
        fputs("企业名称,区县\n", file);
    fclose(file);
    assert_refused(fixture, "不是台账数据文件");
    assert_int_equal(truncate(fixture->path, 5), 0);
    assert_refused(fixture, "不是台账数据文件");
    assert_int_equal(truncate(fixture->path, 0), 0);
    assert_refused(fixture, "是空文件，不是台账数据文件");
}

static void a_damaged_file(void **state)
{
    struct fixture *fixture = *state;
    struct store *store;
    store_close(&fixture->store);
    assert_int_equal(truncate(fixture->path, 100000), 0);
    assert_fails(fixture, store_open(&store, fixture->path, STORE_WRITE, err), ERROR_FORMAT,
                 "已损坏，请用最近的备份恢复");
}

static void no_file(void **state)
{
    struct fixture *fixture = *state;
    struct store *store;
    assert_fails(fixture, store_open(&store, "/nonexistent/county.db", STORE_WRITE, err),
                 ERROR_MISSING,
                 "还没有数据文件“/nonexistent/county.db”，请先运行 taizhang init 建立");
    assert_fails(fixture, store_open(&store, fixture->folder, STORE_READ, err), ERROR_FORMAT,
                 "是文件夹，请写明数据文件的名称");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_is_the_golden_one),
        fixture_test(it_is_executed_and_strict),
        fixture_test(the_wrong_kind_of_value_is_refused),
        cmocka_unit_test(every_type_has_a_storage_class),
        fixture_test(a_new_file),
        fixture_test(the_first_schema_becomes_todays),
        fixture_test(an_older_file_gets_what_it_lacks),
        fixture_test(opening_to_look_brings_it_up_to_date_too),
        cmocka_unit_test(another_choice_of_index_columns_is_noticed),
        fixture_test(an_update_that_fails_changes_nothing),
        fixture_test(numbered_steps_run_once),
        fixture_test(gaps_are_counted_anew_when_the_fields_change),
        fixture_test(a_newer_file),
        fixture_test(foreign_files),
        fixture_test(a_damaged_file),
        fixture_test(no_file),
    };
    return fixture_run(tests);
}
