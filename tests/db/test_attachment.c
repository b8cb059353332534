/* Keeping files: what is accepted, where it goes, and that a failure leaves nothing. */
#include "db/attachment.h"
#include "core/facts.h"
#include "fixture.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* What sha256sum says of "test". */
#define TEST_SUM "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

static const char *beside(const struct fixture *fixture, const char *name)
{
    static char path[300];
    snprintf(path, sizeof path, "%s/%s", fixture->folder, name);
    return path;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static int counted; /* by count_one */

static int count_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)path;
    (void)info;
    (void)place;
    counted += kind == FTW_F;
    return 0;
}

/* Everything in the folder of attachments, half-written files as well. */
static int count_files(const struct fixture *fixture)
{
    struct buffer folder = {0};
    attachment_folder(fixture->store, &folder);
    counted = 0;
    nftw(folder.text, count_one, 8, FTW_PHYS);
    buffer_release(&folder);
    return counted;
}

static void keep(struct fixture *fixture, const char *name, struct attachment_file *file)
{
    assert_ok(attachment_keep(fixture->store, beside(fixture, name), file, err));
}

static void a_file_is_kept_under_its_sum(void **state)
{
    struct fixture *fixture = *state;
    struct attachment_file file;
    struct buffer path = {0};
    struct stat info;
    char text[8] = "";
    uint64_t bytes = 0;
    write_file(beside(fixture, "整改前 1.jpg"), "test");
    keep(fixture, "整改前 1.jpg", &file);
    assert_string_equal(file.sha256, TEST_SUM);
    assert_string_equal(file.name, "整改前 1.jpg");
    assert_int_equal(file.bytes, 4);
    attachment_path(fixture->store, file.sha256, &path);
    assert_non_null(strstr(path.text, "/county.db.files/9f/" TEST_SUM));
    assert_int_equal(stat(path.text, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);
    int kept = open(path.text, O_RDONLY);
    assert_int_equal(read(kept, text, sizeof text - 1), 4);
    close(kept);
    assert_string_equal(text, "test");
    assert_true(attachment_has(fixture->store, file.sha256, &bytes));
    assert_int_equal(bytes, 4);
    buffer_clear(&path);
    attachment_folder(fixture->store, &path);
    assert_int_equal(stat(path.text, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0700);
    buffer_release(&path);
}

static void the_same_file_is_kept_once(void **state)
{
    struct fixture *fixture = *state;
    struct attachment_file first, second, other;
    write_file(beside(fixture, "a.jpg"), "test");
    write_file(beside(fixture, "b.jpg"), "test");
    write_file(beside(fixture, "c.jpg"), "tess");
    assert_int_equal(attachment_count(fixture->store), 0);
    keep(fixture, "a.jpg", &first);
    keep(fixture, "b.jpg", &second);
    assert_string_equal(first.sha256, second.sha256);
    assert_string_equal(second.name, "b.jpg");
    assert_int_equal(count_files(fixture), 1);
    assert_int_equal(attachment_count(fixture->store), 1);
    keep(fixture, "c.jpg", &other);
    assert_string_not_equal(first.sha256, other.sha256);
    assert_int_equal(count_files(fixture), 2);
    assert_int_equal(attachment_count(fixture->store), 2);
}

static ino_t copy_of(struct fixture *fixture, const char *sum, const char *new_text)
{
    struct buffer path = {0};
    struct stat info;
    attachment_path(fixture->store, sum, &path);
    if (new_text)
        write_file(path.text, new_text);
    assert_int_equal(lstat(path.text, &info), 0);
    assert_true(S_ISREG(info.st_mode));
    buffer_release(&path);
    return info.st_ino;
}

/* A copy that is whole is not written again; what has been damaged meanwhile is. */
static void a_whole_copy_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    struct attachment_file first, second;
    struct buffer path = {0};
    write_file(beside(fixture, "a.jpg"), "test");
    keep(fixture, "a.jpg", &first);
    assert_true(first.is_new);
    ino_t written = copy_of(fixture, first.sha256, NULL);
    keep(fixture, "a.jpg", &second);
    assert_false(second.is_new);
    assert_int_equal(copy_of(fixture, first.sha256, NULL), written);
    assert_int_equal(count_files(fixture), 1);
    copy_of(fixture, first.sha256, "tset");
    assert_false(attachment_is_whole(fixture->store, first.sha256));
    keep(fixture, "a.jpg", &second);
    assert_true(attachment_is_whole(fixture->store, first.sha256));
    /* Neither is a link to the very same a copy. */
    attachment_path(fixture->store, first.sha256, &path);
    assert_int_equal(unlink(path.text), 0);
    assert_int_equal(symlink(beside(fixture, "a.jpg"), path.text), 0);
    keep(fixture, "a.jpg", &second);
    copy_of(fixture, first.sha256, NULL);
    assert_int_equal(count_files(fixture), 1);
    buffer_release(&path);
}

/* More than one block, and a last block that is not full. */
static void a_long_file_is_whole(void **state)
{
    struct fixture *fixture = *state;
    struct attachment_file file;
    FILE *out = fopen(beside(fixture, "long.pdf"), "w");
    assert_non_null(out);
    for (int i = 0; i < 200000; i++)
        assert_int_equal(fputc('a', out), 'a');
    assert_int_equal(fclose(out), 0);
    keep(fixture, "long.pdf", &file);
    assert_int_equal(file.bytes, 200000);
    assert_string_equal(file.sha256,
                        "2287d207f24a941ff3b56c04c8a25ad56b63e3023207b3bb5b4ac0c9869d74be");
}

static void what_is_no_file_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct attachment_file file;
    struct store *store = fixture->store;
    char large[300];
    write_file(beside(fixture, "empty.jpg"), "");
    assert_int_equal(mkfifo(beside(fixture, "fifo"), 0600), 0);
    assert_int_equal(symlink("loop", beside(fixture, "loop")), 0);
    snprintf(large, sizeof large, "%s", beside(fixture, "large.mp4"));
    write_file(large, "x");
    assert_int_equal(truncate(large, ((off_t)ATTACHMENT_MOST_MB << 20) + 1), 0);
    const struct {
        const char *path, *part;
        enum error_code code;
    } cases[] = {
        {"empty.jpg", "文件是空的", ERROR_REFUSED},   {"fifo", "它不是普通文件", ERROR_REFUSED},
        {"loop", "链接绕成了圈", ERROR_REFUSED},      {"large.mp4", "超过 200 MB", ERROR_REFUSED},
        {"none.jpg", "没有这个文件", ERROR_MISSING},  {".", "这是文件夹", ERROR_REFUSED},
        {"empty.jpg/x", "不是文件夹", ERROR_MISSING},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *path = beside(fixture, cases[i].path);
        assert_fails(fixture, attachment_keep(store, path, &file, err), cases[i].code,
                     cases[i].part);
        assert_fails(fixture, attachment_accepts(path, err), cases[i].code, cases[i].part);
    }
    assert_fails(fixture, attachment_keep(store, "/dev/zero", &file, err), ERROR_REFUSED,
                 "它不是普通文件");
    assert_fails(fixture, attachment_keep(store, "", &file, err), ERROR_MISSING, "没有这个文件");
    assert_int_equal(count_files(fixture), 0);
    assert_int_equal(access(beside(fixture, "county.db.files"), F_OK), -1);
    /* At the limit it is only long, and sparse. */
    assert_int_equal(truncate(large, (off_t)ATTACHMENT_MOST_MB << 20), 0);
    assert_ok(attachment_accepts(large, err));
}

/* Permissions do not bind root: then somebody else tries. */
static void an_unreadable_file_is_refused(void **state)
{
    enum { NOBODY = 65534 };
    struct fixture *fixture = *state;
    struct attachment_file file;
    const char *path = beside(fixture, "secret.jpg");
    uid_t user = geteuid();
    write_file(path, "test");
    assert_int_equal(chmod(path, 0), 0);
    assert_true(user != 0 || seteuid(NOBODY) == 0);
    bool kept = attachment_keep(fixture->store, path, &file, &fixture->err);
    assert_int_equal(seteuid(user), 0);
    assert_false(kept);
    assert_int_equal(fixture->err.code, ERROR_REFUSED);
    assert_non_null(strstr(fixture->err.message, "没有读取权限"));
    assert_int_equal(count_files(fixture), 0);
}

static void a_reader_keeps_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct attachment_file file;
    write_file(beside(fixture, "a.jpg"), "test");
    fixture_reopen(fixture, STORE_READ);
    assert_fails(fixture, attachment_keep(fixture->store, beside(fixture, "a.jpg"), &file, err),
                 ERROR_BUSY, "现在是只读查看");
}

/* The system refuses to let files grow: as with a full disk, in the middle of the copy. */
static void a_failed_copy_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct attachment_file file;
    struct rlimit before, small;
    const char *path = beside(fixture, "a.jpg");
    write_file(path, "test");
    assert_int_equal(truncate(path, 200000), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 100000;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool kept = attachment_keep(fixture->store, path, &file, &fixture->err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(kept);
    assert_int_equal(fixture->err.code, ERROR_IO);
    assert_non_null(strstr(fixture->err.message, "文件超过了系统允许的大小"));
    assert_int_equal(count_files(fixture), 0);
    keep(fixture, "a.jpg", &file);
    assert_int_equal(count_files(fixture), 1);
}

static void an_occupied_folder_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct attachment_file file;
    char path[300];
    snprintf(path, sizeof path, "%s", beside(fixture, "a.jpg"));
    write_file(path, "test");
    write_file(beside(fixture, "county.db.files"), "not a folder");
    assert_fails(fixture, attachment_keep(fixture->store, path, &file, err), ERROR_IO,
                 "它不是文件夹");
}

/* What a killed process left half-written is written over, also where somebody put a link. */
static void leftovers_are_cleared(void **state)
{
    struct fixture *fixture = *state;
    struct attachment_file file;
    struct stat info;
    char part[300];
    write_file(beside(fixture, "a.jpg"), "test");
    keep(fixture, "a.jpg", &file);
    snprintf(part, sizeof part, "%s", beside(fixture, "county.db.files/incoming.part"));
    write_file(part, "half of a much longer file");
    keep(fixture, "a.jpg", &file);
    assert_int_equal(count_files(fixture), 1);
    assert_true(attachment_has(fixture->store, TEST_SUM, NULL));
    write_file(beside(fixture, "victim"), "precious");
    assert_int_equal(symlink("../victim", part), 0);
    keep(fixture, "a.jpg", &file);
    assert_int_equal(stat(beside(fixture, "victim"), &info), 0);
    assert_int_equal(info.st_size, strlen("precious"));
}

static void what_has_gone_is_not_there(void **state)
{
    struct fixture *fixture = *state;
    struct attachment_file file;
    struct buffer path = {0};
    struct check_context context = store_check_context(fixture->store);
    void *facts = context.facts->context;
    write_file(beside(fixture, "a.jpg"), "test");
    assert_false(attachment_has(fixture->store, TEST_SUM, NULL));
    assert_false(context.facts->has_file(facts, TEST_SUM));
    keep(fixture, "a.jpg", &file);
    assert_true(attachment_has(fixture->store, TEST_SUM, NULL));
    assert_true(context.facts->has_file(facts, TEST_SUM));
    attachment_path(fixture->store, TEST_SUM, &path);
    assert_int_equal(truncate(path.text, 0), 0);
    assert_false(attachment_has(fixture->store, TEST_SUM, NULL));
    keep(fixture, "a.jpg", &file); /* mends it */
    assert_true(attachment_has(fixture->store, TEST_SUM, NULL));
    assert_int_equal(unlink(path.text), 0);
    assert_false(context.facts->has_file(facts, TEST_SUM));
    assert_int_equal(mkdir(path.text, 0700), 0);
    assert_false(attachment_has(fixture->store, TEST_SUM, NULL));
    assert_fails(fixture, attachment_keep(fixture->store, beside(fixture, "a.jpg"), &file, err),
                 ERROR_IO, "不能把附件存进");
    assert_int_equal(count_files(fixture), 0);
    buffer_clear(&path);
    attachment_path(fixture->store, "../../../../etc/passwd", &path);
    assert_int_equal(path.length, 0);
    assert_false(attachment_has(fixture->store, "../../../../etc/passwd", NULL));
    buffer_release(&path);
}

/* By another name of the data file the same attachments are found. */
static void a_link_leads_to_the_same_files(void **state)
{
    struct fixture *fixture = *state;
    struct attachment_file file;
    write_file(beside(fixture, "a.jpg"), "test");
    keep(fixture, "a.jpg", &file);
    store_close(&fixture->store);
    assert_int_equal(symlink(fixture->path, beside(fixture, "other.db")), 0);
    assert_ok(store_open(&fixture->store, beside(fixture, "other.db"), STORE_READ, err));
    assert_true(attachment_has(fixture->store, TEST_SUM, NULL));
}

/* ---- the record ---- */

enum { FILE_FIELD, NAME_FIELD, BYTES_FIELD, NOTE_FIELD };

static const struct field fields[] = {
    {.name = "file", .label = "文件", .type = TYPE_ATTACHMENT},
    {.name = "file_name", .label = "文件名", .type = TYPE_TEXT, .describes = "file"},
    {.name = "bytes", .label = "大小", .type = TYPE_INTEGER, .describes = "file"},
    {.name = "note", .label = "备注", .type = TYPE_TEXT},
};
static const struct section section = {
    .label = "附件", .fields = fields, .count = COUNT_OF(fields)};
static const struct reg sample = {
    .name = "sample", .label = "样", .sections = &section, .section_count = 1};

static void expect_record(const struct record *record, const char *sum, const char *name,
                          const char *bytes)
{
    const char *const expected[] = {sum, name, bytes};
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        struct buffer text = {0};
        record_format(record, fields[i].name, &text);
        assert_string_equal(buffer_text(&text), expected[i]);
        buffer_release(&text);
    }
}

static void a_path_becomes_sum_name_and_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = fixture->store;
    struct record record;
    const char *path = beside(fixture, "照片.jpg");
    write_file(path, "test");
    record_init(&record, &sample);
    assert_ok(attachment_set_text(store, &record, NOTE_FIELD, path, err));
    expect_record(&record, "", "", "");
    assert_ok(attachment_set_text(store, &record, FILE_FIELD, path, err));
    expect_record(&record, TEST_SUM, "照片.jpg", "4");
    assert_string_equal(record.values[NOTE_FIELD].text, path);
    assert_fails(fixture, attachment_set_text(store, &record, FILE_FIELD, "/none.jpg", err),
                 ERROR_MISSING, "没有这个文件");
    assert_string_equal(fixture->err.field, "file");
    expect_record(&record, TEST_SUM, "照片.jpg", "4");
    assert_ok(attachment_set_text(store, &record, FILE_FIELD, "", err));
    expect_record(&record, "", "", "");
    record_release(&record);
}

/* As a draft brings it back: the name stands in a field of its own. */
static void a_sum_finds_its_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    struct attachment_file file;
    write_file(beside(fixture, "a.jpg"), "test");
    keep(fixture, "a.jpg", &file);
    record_init(&record, &sample);
    assert_ok(attachment_set_text(fixture->store, &record, NAME_FIELD, "旧名.jpg", err));
    assert_ok(attachment_set_text(fixture->store, &record, FILE_FIELD, TEST_SUM, err));
    expect_record(&record, TEST_SUM, "旧名.jpg", "4");
    record_release(&record);
}

static void a_hostile_name_is_harmless(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    write_file(beside(fixture, "\033[2J\xff.jpg"), "test");
    record_init(&record, &sample);
    assert_ok(attachment_set_text(fixture->store, &record, FILE_FIELD,
                                  beside(fixture, "\033[2J\xff.jpg"), err));
    expect_record(&record, TEST_SUM, "?[2J?.jpg", "4");
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(a_file_is_kept_under_its_sum),
        fixture_test(the_same_file_is_kept_once),
        fixture_test(a_whole_copy_is_left_alone),
        fixture_test(a_long_file_is_whole),
        fixture_test(what_is_no_file_is_refused),
        fixture_test(an_unreadable_file_is_refused),
        fixture_test(a_reader_keeps_nothing),
        fixture_test(a_failed_copy_leaves_nothing),
        fixture_test(an_occupied_folder_is_told),
        fixture_test(leftovers_are_cleared),
        fixture_test(what_has_gone_is_not_there),
        fixture_test(a_link_leads_to_the_same_files),
        fixture_test(a_path_becomes_sum_name_and_bytes),
        fixture_test(a_sum_finds_its_bytes),
        fixture_test(a_hostile_name_is_harmless),
    };
    return fixture_run(tests);
}
