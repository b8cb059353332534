#include "fixture.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Starts a process that opens the file for writing and holds it until it is killed. */
static pid_t start_holder(struct fixture *fixture)
{
    int ready[2];
    char mark = 0;
    store_close(&fixture->store);
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *store;
        mark = store_open(&store, fixture->path, STORE_WRITE, NULL) ? '+' : '-';
        if (write(ready[1], &mark, 1) == 1)
            pause();
        _exit(1);
    }
    close(ready[1]);
    assert_int_equal(read(ready[0], &mark, 1), 1);
    close(ready[0]);
    assert_int_equal(mark, '+');
    return child;
}

static void kill_holder(pid_t child)
{
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void a_second_writer_is_told_who_has_the_file(void **state)
{
    struct fixture *fixture = *state;
    char holder[96];
    pid_t child = start_holder(fixture);
    snprintf(holder, sizeof holder, "（张三，进程 %ld，自 2026-06-15 10:42:07）", (long)child);
    assert_fails(fixture, store_open(&fixture->store, fixture->path, STORE_WRITE, err), ERROR_BUSY,
                 holder);
    assert_null(fixture->store);
    kill_holder(child);
}

static void readers_work_beside_the_writer(void **state)
{
    struct fixture *fixture = *state;
    pid_t child = start_holder(fixture);
    struct record record;
    fixture_reopen(fixture, STORE_READ);
    assert_false(store_can_write(fixture->store));
    assert_ok(store_find(fixture->store, &reg_region, "清城区", &record, err));
    assert_string_equal(record.id, "441802");
    record_release(&record);
    assert_fails(fixture, store_begin(fixture->store, "edit", NULL, err), ERROR_BUSY, "只读查看");
    assert_fails(fixture, store_set_setting(fixture->store, "region", "1", err), ERROR_BUSY,
                 "只读查看");
    kill_holder(child);
}

static void a_killed_writer_leaves_no_lock(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    kill_holder(start_holder(fixture));
    fixture_reopen(fixture, STORE_WRITE);
    assert_true(store_can_write(fixture->store));
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
}

static void closing_frees_the_file_and_removes_the_lock(void **state)
{
    struct fixture *fixture = *state;
    struct store *second;
    struct stat info;
    char lock[128];
    snprintf(lock, sizeof lock, "%s.lock", fixture->path);
    assert_int_equal(stat(lock, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_fails(fixture, store_open(&second, fixture->path, STORE_WRITE, err), ERROR_BUSY, "张三");
    /* The refused one must not have taken the holder's lock away. */
    assert_int_equal(stat(lock, &info), 0);
    store_close(&fixture->store);
    assert_int_equal(stat(lock, &info), -1);
    assert_ok(store_open(&second, fixture->path, STORE_WRITE, err));
    store_close(&second);
}

static void a_reader_sees_what_the_writer_commits(void **state)
{
    struct fixture *fixture = *state;
    struct store *reader;
    struct record record;
    char id[RECORD_ID_SIZE];
    assert_ok(store_open(&reader, fixture->path, STORE_READ, err));
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    assert_ok(store_get(reader, &reg_enterprise, id, &record, err));
    assert_string_equal(record_value(&record, "name")->text, "甲厂");
    record_release(&record);
    store_close(&reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(a_second_writer_is_told_who_has_the_file),
        fixture_test(readers_work_beside_the_writer),
        fixture_test(a_killed_writer_leaves_no_lock),
        fixture_test(closing_frees_the_file_and_removes_the_lock),
        fixture_test(a_reader_sees_what_the_writer_commits),
    };
    return fixture_run(tests);
}
