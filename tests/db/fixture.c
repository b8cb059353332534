#include "fixture.h"
#include "core/mem.h"
#include "db/attachment.h"
#include "tests/problem_proofs.h"

#include <fcntl.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* The path of the file that each test copies; one test program runs in one process. */
static char template_path[96];

int fixture_setup_group(void **state)
{
    (void)state;
    struct store *store;
    setenv("TAIZHANG_NOW", "2026-06-15T10:42:07", 1);
    unsetenv("TAIZHANG_DATA");
    snprintf(template_path, sizeof template_path, "/tmp/taizhang-template-%ld.db", (long)getpid());
    unlink(template_path);
    assert_ok(store_create(template_path, NULL, err));
    assert_ok(store_open(&store, template_path, STORE_WRITE, err));
    assert_ok(store_set_setting(store, "region", "441802", err));
    assert_ok(store_set_setting(store, "operator", "张三", err));
    store_close(&store);
    return 0;
}

int fixture_teardown_group(void **state)
{
    (void)state;
    return unlink(template_path);
}

int fixture_setup(void **state)
{
    struct fixture *fixture = mem_new(1, sizeof *fixture);
    setenv("TAIZHANG_NOW", "2026-06-15T10:42:07", 1);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/taizhang-test-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof fixture->path, "%s/county.db", fixture->folder);
    fixture_copy(template_path, fixture->path);
    fixture_reopen(fixture, STORE_WRITE);
    *state = fixture;
    return 0;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    store_close(&fixture->store);
    nftw(fixture->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(fixture);
    return 0;
}

void fixture_reopen(struct fixture *fixture, enum store_mode mode)
{
    store_close(&fixture->store);
    assert_ok(store_open(&fixture->store, fixture->path, mode, err));
}

static void set_fields(struct fixture *fixture, struct record *record, const char *fields)
{
    char *copy = mem_text(fields), *rest = copy;
    for (char *part; (part = strtok_r(rest, " ", &rest)) != NULL;) {
        char *mark = strchr(part, '=');
        assert_non_null(mark);
        *mark = '\0';
        int index = reg_field_index(record->reg, part);
        if (index < 0)
            fail_msg("%s has no field %s", record->reg->name, part);
        assert_ok(
            record_set_text(record, (size_t)index, mark + 1, store_lookup(fixture->store), err));
    }
    free(copy);
}

void fixture_fill(struct fixture *fixture, const struct reg *reg, const char *fields,
                  struct record *record)
{
    record_init(record, reg);
    set_fields(fixture, record, fields);
}

void fixture_add(struct fixture *fixture, const struct reg *reg, const char *fields,
                 char id[RECORD_ID_SIZE])
{
    struct record record;
    enum store_change change;
    fixture_fill(fixture, reg, fields, &record);
    assert_ok(store_save(fixture->store, &record, NULL, &change, err));
    assert_int_equal(change, STORE_NEW);
    memcpy(id, record.id, RECORD_ID_SIZE);
    record_release(&record);
}

static void write_photo(struct fixture *fixture, const char *contents, struct buffer *out)
{
    struct attachment_file kept;
    struct buffer path = {0};
    buffer_addf(&path, "%s/photo.jpg", fixture->folder);
    FILE *file = fopen(path.text, "w");
    assert_non_null(file);
    assert_true(fputs(contents, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_ok(attachment_keep(fixture->store, path.text, &kept, err));
    buffer_add(out, kept.sha256);
    buffer_release(&path);
}

void fixture_add_problem(struct fixture *fixture, const char *state, const char *fields,
                         char id[RECORD_ID_SIZE])
{
    struct buffer all = {0};
    size_t i = 0;
    buffer_addf(&all, "state=%s", state);
    do {
        assert_true(i < PROBLEM_STATES);
        for (const char *const *at = problem_proofs[i].fields; *at; at += 2) {
            buffer_addf(&all, " %s=", at[0]);
            if (strcmp(at[1], PROOF_BEFORE) == 0 || strcmp(at[1], PROOF_AFTER) == 0)
                write_photo(fixture, at[1], &all);
            else
                buffer_add(&all, at[1]);
        }
    } while (strcmp(problem_proofs[i++].state, state) != 0);
    buffer_addf(&all, " %s", fields);
    fixture_add(fixture, &reg_problem, all.text, id);
    buffer_release(&all);
}

enum store_change fixture_change(struct fixture *fixture, const struct reg *reg, const char *id,
                                 const char *fields)
{
    struct record record;
    enum store_change change;
    assert_ok(store_get(fixture->store, reg, id, &record, err));
    set_fields(fixture, &record, fields);
    assert_ok(store_save(fixture->store, &record, NULL, &change, err));
    record_release(&record);
    return change;
}

void fixture_remove(struct fixture *fixture, const struct reg *reg, const char *id)
{
    assert_ok(store_begin(fixture->store, "delete", NULL, err));
    assert_ok(store_remove(fixture->store, reg, id, err));
    assert_ok(store_commit(fixture->store, err));
}

const char *fixture_text(struct fixture *fixture, const struct reg *reg, const char *id,
                         const char *field)
{
    static char text[4096];
    struct record record;
    struct buffer shown = {0};
    assert_ok(store_get(fixture->store, reg, id, &record, err));
    assert_true(reg_field_index(reg, field) >= 0);
    record_format(&record, field, &shown);
    snprintf(text, sizeof text, "%s", record.deleted ? "-" : buffer_text(&shown));
    buffer_release(&shown);
    record_release(&record);
    return text;
}

long long fixture_number(const struct fixture *fixture, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open_v2(fixture->path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    long long number = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return number;
}

void fixture_execute(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

void fixture_copy(const char *from, const char *to)
{
    char block[65536];
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(in >= 0 && out >= 0);
    for (ssize_t length; (length = read(in, block, sizeof block)) > 0;)
        assert_true(write(out, block, (size_t)length) == length);
    close(in);
    close(out);
}
