/* Whatever goes wrong while a change is written, the file is whole afterwards and holds all of the
 * change or nothing of it. */
#include "db/draft.h"
#include "db/internal.h"
#include "fault_vfs.h"
#include "fixture.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BATCH = 20, MAX_FAULTS = 2000 };

/* A small file, so that hundreds of copies cost little: the reference data is one county. */
static char folder[64], template_path[96], path[96];

static void write_file(const char *name, const char *text)
{
    char at[128];
    snprintf(at, sizeof at, "%s/%s", folder, name);
    FILE *file = fopen(at, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int make_template(void **state)
{
    (void)state;
    struct store *store;
    fault_vfs_install();
    snprintf(folder, sizeof folder, "/tmp/taizhang-fault-XXXXXX");
    assert_non_null(mkdtemp(folder));
    write_file("region.csv", "code,name,level\n441802,清城区,县\n");
    write_file("industry.csv", "code,name\n0912,铅锌矿采选\n");
    setenv("TAIZHANG_DATA", folder, 1);
    setenv("TAIZHANG_NOW", "2026-06-15T10:42:07", 1);
    snprintf(template_path, sizeof template_path, "%s/template.db", folder);
    snprintf(path, sizeof path, "%s/county.db", folder);
    assert_ok(store_create(template_path, NULL, err));
    assert_ok(store_open(&store, template_path, STORE_WRITE, err));
    assert_ok(draft_keep(store, &reg_enterprise, "the-record", "name", "甲厂", err));
    store_close(&store);
    return 0;
}

static int remove_template(void **state)
{
    (void)state;
    static const char *const names[] = {"region.csv", "industry.csv", "template.db", "county.db"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char at[128];
        snprintf(at, sizeof at, "%s/%s", folder, names[i]);
        unlink(at);
    }
    return rmdir(folder);
}

static void fill(struct store *store, struct record *record, int number)
{
    char name[32];
    record_init(record, &reg_enterprise);
    snprintf(name, sizeof name, "厂%d", number);
    assert_ok(
        record_set_text(record, (size_t)reg_field_index(&reg_enterprise, "name"), name, NULL, err));
    assert_ok(record_set_text(record, (size_t)reg_field_index(&reg_enterprise, "region"), "441802",
                              store_lookup(store), err));
}

/* Saves one record, the one that has a draft. */
static bool save_one(struct store *store, struct error *err)
{
    struct record record;
    enum store_change change;
    fill(store, &record, 1);
    memcpy(record.id, "the-record", sizeof "the-record");
    bool ok = store_save(store, &record, NULL, &change, err);
    record_release(&record);
    return ok;
}

static bool save_batch(struct store *store, struct error *err)
{
    enum store_change change;
    bool ok = store_begin(store, "import", NULL, err);
    for (int i = 0; ok && i < BATCH; i++) {
        struct record record;
        fill(store, &record, i);
        ok = store_put(store, &record, &change, err);
        record_release(&record);
    }
    ok = ok && store_commit(store, err);
    store_rollback(store);
    return ok;
}

static bool exists(const char *suffix)
{
    char at[128];
    snprintf(at, sizeof at, "%s%s", path, suffix);
    return access(at, F_OK) == 0;
}

static long long number_of(struct store *store, const char *sql)
{
    int64_t number;
    assert_ok(sql_number(store->db, sql, NULL, NULL, &number, err));
    return number;
}

/* The file is whole; it holds `records` records with everything that belongs to them, or none.
 * Returns whether it holds them. */
static bool assert_all_or_nothing(int records, bool clears_draft)
{
    struct store *store;
    struct stat info;
    assert_ok(store_open(&store, path, STORE_WRITE, err));
    assert_ok(store_verify(store, err));
    long long rows = number_of(store, "SELECT count(*) FROM enterprise");
    assert_true(rows == 0 || rows == records);
    assert_int_equal(number_of(store, "SELECT count(*) FROM op"), rows);
    assert_int_equal(number_of(store,
                               "SELECT count(*) FROM op JOIN enterprise AS e ON e.id = op.record"
                               " AND op.new LIKE '%' || e.name || '%'"),
                     rows);
    assert_int_equal(number_of(store, "SELECT count(*) FROM batch"), rows > 0);
    assert_int_equal(number_of(store, "SELECT coalesce(sum(last), 0) FROM sequence"), rows);
    assert_int_equal(number_of(store, "SELECT count(*) FROM draft"), !(clears_draft && rows > 0));
    /* A journal that never became valid stays until the next change. */
    assert_ok(store_set_setting(store, "pack", "yunnan-2022", err));
    store_close(&store);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_false(exists("-journal"));
    assert_false(exists(".lock"));
    return rows > 0;
}

/* One attempt with a fault at operation `nth`; whether the fault was reached. */
static bool attempt(enum fault_kind kind, int nth, bool (*save)(struct store *, struct error *),
                    int records)
{
    struct store *store;
    struct error problem = {0};
    fixture_copy(template_path, path);
    assert_ok(store_open(&store, path, STORE_WRITE, err));
    fault_vfs_arm(kind, nth);
    bool saved = save(store, &problem);
    int reached = fault_vfs_count();
    fault_vfs_disarm();
    if (!saved) {
        assert_int_equal(problem.code, ERROR_IO);
        assert_non_null(strstr(problem.message, kind == FAULT_FULL ? "磁盘已满" : "磁盘出错"));
    }
    store_close(&store);
    assert_int_equal(assert_all_or_nothing(records, save == save_one), saved);
    return reached >= nth;
}

/* The same in a child process that ends at the fault. */
static bool attempt_crash(int nth, bool (*save)(struct store *, struct error *), int records)
{
    fixture_copy(template_path, path);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *store;
        if (!store_open(&store, path, STORE_WRITE, NULL))
            _exit(2);
        fault_vfs_arm(FAULT_CRASH, nth);
        _exit(save(store, NULL) ? 0 : 3);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    int code = WEXITSTATUS(status);
    assert_true(code == 0 || code == FAULT_EXIT);
    bool saved = assert_all_or_nothing(records, save == save_one);
    /* What was confirmed is there. */
    assert_true(saved || code != 0);
    return code == FAULT_EXIT;
}

static void sweep(enum fault_kind kind, bool (*save)(struct store *, struct error *), int records)
{
    int nth = 1;
    while (nth < MAX_FAULTS && (kind == FAULT_CRASH ? attempt_crash(nth, save, records)
                                                    : attempt(kind, nth, save, records)))
        nth++;
    /* Journal, database and their syncs make at least so many places. */
    assert_in_range(nth, 15, MAX_FAULTS - 1);
}

static void input_errors_while_saving(void **state)
{
    (void)state;
    sweep(FAULT_IOERR, save_one, 1);
}

static void input_errors_in_a_batch(void **state)
{
    (void)state;
    sweep(FAULT_IOERR, save_batch, BATCH);
}

static void full_disk_while_saving(void **state)
{
    (void)state;
    sweep(FAULT_FULL, save_one, 1);
}

static void full_disk_in_a_batch(void **state)
{
    (void)state;
    sweep(FAULT_FULL, save_batch, BATCH);
}

static void crashes_while_saving(void **state)
{
    (void)state;
    sweep(FAULT_CRASH, save_one, 1);
}

static void crashes_in_a_batch(void **state)
{
    (void)state;
    sweep(FAULT_CRASH, save_batch, BATCH);
}

static void after_a_full_disk_the_same_store_saves_the_same_record(void **state)
{
    (void)state;
    struct store *store;
    struct record record;
    enum store_change change;
    struct error problem = {0};
    fixture_copy(template_path, path);
    assert_ok(store_open(&store, path, STORE_WRITE, err));
    fill(store, &record, 1);
    memcpy(record.id, "the-record", sizeof "the-record");
    fault_vfs_arm(FAULT_FULL, 5);
    assert_false(store_save(store, &record, NULL, &change, &problem));
    fault_vfs_disarm();
    assert_int_equal(record.version, 0);
    assert_ok(store_save(store, &record, NULL, &change, err));
    assert_int_equal(change, STORE_NEW);
    record_release(&record);
    store_close(&store);
    assert_true(assert_all_or_nothing(1, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(input_errors_while_saving),
        cmocka_unit_test(input_errors_in_a_batch),
        cmocka_unit_test(full_disk_while_saving),
        cmocka_unit_test(full_disk_in_a_batch),
        cmocka_unit_test(crashes_while_saving),
        cmocka_unit_test(crashes_in_a_batch),
        cmocka_unit_test(after_a_full_disk_the_same_store_saves_the_same_record),
    };
    return cmocka_run_group_tests(tests, make_template, remove_template);
}
