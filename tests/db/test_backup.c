#include "fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *beside(const struct fixture *fixture, const char *name)
{
    static char path[160];
    snprintf(path, sizeof path, "%s/%s", fixture->folder, name);
    return path;
}

/* Files in the test's folder. */
static int count_files(const struct fixture *fixture)
{
    int count = 0;
    DIR *listing = opendir(fixture->folder);
    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(listing);
    return count;
}

static void the_copy_is_whole(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    struct store *copy;
    struct record record;
    struct stat info;
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    const char *target = beside(fixture, "copy.db");
    assert_ok(store_backup(fixture->store, target, err));
    assert_int_equal(stat(target, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    /* The file, its lock and the copy, nothing temporary. */
    assert_int_equal(count_files(fixture), 3);
    assert_ok(store_open(&copy, target, STORE_WRITE, err));
    assert_ok(store_verify(copy, err));
    assert_ok(store_get(copy, &reg_enterprise, id, &record, err));
    assert_string_equal(record_value(&record, "name")->text, "甲厂");
    assert_string_equal(store_setting(copy, "operator"), "张三");
    record_release(&record);
    store_close(&copy);
}

static void an_older_copy_is_replaced(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    struct store *copy;
    struct record record;
    const char *target = beside(fixture, "copy.db");
    assert_ok(store_backup(fixture->store, target, err));
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    assert_ok(store_backup(fixture->store, target, err));
    assert_ok(store_open(&copy, target, STORE_READ, err));
    assert_ok(store_get(copy, &reg_enterprise, id, &record, err));
    record_release(&record);
    store_close(&copy);
}

static void a_reader_may_make_one(void **state)
{
    struct fixture *fixture = *state;
    fixture_reopen(fixture, STORE_READ);
    assert_ok(store_backup(fixture->store, beside(fixture, "copy.db"), err));
}

static void unwritable_targets(void **state)
{
    struct fixture *fixture = *state;
    assert_fails(fixture, store_backup(fixture->store, "/nonexistent/copy.db", err), ERROR_IO,
                 "不能在“/nonexistent/copy.db”写备份");
    assert_fails(fixture, store_backup(fixture->store, "/proc/copy.db", err), ERROR_IO,
                 "不能在“/proc/copy.db”写备份");
    assert_fails(fixture, store_backup(fixture->store, fixture->folder, err), ERROR_IO,
                 "是文件夹，请写明备份文件的名称");
    assert_int_equal(count_files(fixture), 2);
}

static void never_onto_the_file_itself(void **state)
{
    struct fixture *fixture = *state;
    assert_fails(fixture, store_backup(fixture->store, fixture->path, err), ERROR_REFUSED,
                 "不能把备份写到正在使用的数据文件上");
    const char *other_name = beside(fixture, "link.db");
    assert_int_equal(symlink(fixture->path, other_name), 0);
    assert_fails(fixture, store_backup(fixture->store, other_name, err), ERROR_REFUSED,
                 "不能把备份写到正在使用的数据文件上");
    assert_ok(store_verify(fixture->store, err));
}

static void damage_is_found(void **state)
{
    struct fixture *fixture = *state;
    char zeros[65536] = {0};
    assert_ok(store_verify(fixture->store, err));
    store_close(&fixture->store);
    int file = open(fixture->path, O_WRONLY);
    assert_true(file >= 0);
    /* The regions, which nothing reads when a file is opened, fill most of it. */
    off_t middle = lseek(file, 0, SEEK_END) / 2;
    assert_true(pwrite(file, zeros, sizeof zeros, middle) == (ssize_t)sizeof zeros);
    close(file);
    fixture_reopen(fixture, STORE_READ);
    assert_fails(fixture, store_verify(fixture->store, err), ERROR_FORMAT, "已损坏");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(the_copy_is_whole),          fixture_test(an_older_copy_is_replaced),
        fixture_test(a_reader_may_make_one),      fixture_test(unwritable_targets),
        fixture_test(never_onto_the_file_itself), fixture_test(damage_is_found),
    };
    return fixture_run(tests);
}
