/* What goes wrong: the previous file stays, nothing is left beside it, one sentence says why. */
#include "tests/exports/sample.h"
#include "tests/exports/scratch.h"

#include "core/mem.h"
#include "exports/file.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static const char *const names[] = {"a.xlsx", "a.csv", "a.json"};

enum { KINDS = sizeof names / sizeof names[0] };

static void assert_untouched(const char *path)
{
    char *text = scratch_read(path, NULL);
    assert_non_null(text);
    assert_string_equal(text, "previous");
    free(text);
}

static void assert_says(const struct error *err, const char *piece)
{
    if (!strstr(err->message, piece))
        fail_msg("“%s” does not say “%s”", err->message, piece);
}

static size_t open_descriptors(void)
{
    return scratch_count(&(void *){"/proc/self/fd"});
}

static void abort_leaves_the_previous_file(void **state)
{
    size_t before = open_descriptors();
    for (size_t i = 0; i < KINDS; i++) {
        const char *path = scratch_path(state, names[i]);
        struct sink *sink;
        scratch_write(path, "previous");
        assert_true(sink_open(&sink, path, &sample_options, NULL));
        sink_begin_table(sink, &sample_table);
        sample_put_rows(sink);
        sink_abort(&sink);
        assert_null(sink);
        assert_untouched(path);
        assert_int_equal(scratch_count(state), i + 1);
    }
    assert_int_equal(open_descriptors(), before);
}

/* The limit on the size of files stands for a full disk: writes fail in the same places. */
static bool write_limited(const char *path, rlim_t bytes, int rows, struct error *err)
{
    struct rlimit saved, limit;
    getrlimit(RLIMIT_FSIZE, &saved);
    limit = (struct rlimit){.rlim_cur = bytes, .rlim_max = saved.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    struct sink *sink;
    bool done = sink_open(&sink, path, &sample_options, err);
    if (done) {
        sink_begin_table(sink, &sample_table);
        for (int i = 0; i < rows; i++) {
            sink_begin_row(sink);
            sink_text(sink, "恒泰冶炼厂");
            sink_end_row(sink, NULL);
        }
        done = sink_commit(&sink, err);
    }
    setrlimit(RLIMIT_FSIZE, &saved);
    return done;
}

/* What was committed has its last row and its end. */
static void assert_whole(const char *path)
{
    bool is_book = strstr(path, ".xlsx") != NULL;
    bool is_json = strstr(path, ".json") != NULL;
    char *text =
        is_book ? scratch_unzip(path, "xl/worksheets/sheet1.xml") : scratch_read(path, NULL);
    assert_non_null(text);
    const char *end = is_book ? "</worksheet>" : is_json ? "}\n]\n" : "恒泰冶炼厂,,,,,\r\n";
    assert_true(strlen(text) > strlen(end));
    assert_string_equal(text + strlen(text) - strlen(end), end);
    if (is_book)
        assert_non_null(strstr(text, "<row r=\"204\""));
    free(text);
}

/* From a limit that stops the first bytes up to one that stops the last part of a package. A
 * sheet whose temporary file was cut, while the small package fits, is found by reading back. */
static void full_disk_leaves_the_previous_file(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        const char *path = scratch_path(state, names[i]);
        int refused = 0;
        scratch_write(path, "previous");
        for (rlim_t bytes = 1; bytes < 64000; bytes += 512) {
            struct error err = {0};
            if (write_limited(path, bytes, 200, &err)) {
                assert_whole(path);
                scratch_write(path, "previous");
                continue;
            }
            refused++;
            assert_int_equal(err.code, ERROR_IO);
            assert_untouched(path);
            assert_int_equal(scratch_count(state), i + 1);
        }
        assert_true(refused > 2);
        assert_true(write_limited(path, 1 << 20, 200, NULL));
        assert_whole(path);
    }
}

static void a_kill_leaves_nothing_that_matters(void **state)
{
    const char *path = scratch_path(state, "a.csv");
    scratch_write(path, "previous");
    pid_t child = fork();
    if (child == 0) {
        struct sink *sink;
        if (sink_open(&sink, path, &sample_options, NULL)) {
            sink_begin_table(sink, &sample_table);
            sample_put_rows(sink);
        }
        _exit(0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_untouched(path);
    assert_int_equal(scratch_count(state), 2);
    assert_true(sample_write(path, NULL)); /* takes the leftover over */
    assert_int_equal(scratch_count(state), 1);
}

static void one_writer_at_a_time(void **state)
{
    const char *path = scratch_path(state, "a.csv");
    struct sink *first, *second;
    struct error err = {0};
    assert_true(sink_open(&first, path, &sample_options, NULL));
    assert_false(sink_open(&second, path, &sample_options, &err));
    assert_int_equal(err.code, ERROR_BUSY);
    assert_says(&err, "另一个程序正在导出同一个文件");
    sink_begin_table(first, &sample_table);
    sample_put_rows(first);
    assert_true(sink_commit(&first, NULL));
    assert_int_equal(scratch_count(state), 1);
}

static void names_what_a_path_lacks(void **state)
{
    struct sink *sink;
    struct error err = {0};
    assert_false(sink_open(&sink, scratch_path(state, "no/a.csv"), &sample_options, &err));
    assert_says(&err, "文件夹不存在，请先建立文件夹或改正路径。");

    const char *folder = scratch_path(state, "folder.csv");
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_false(sink_open(&sink, folder, &sample_options, &err));
    assert_says(&err, "这是一个文件夹，请写明文件名。");

    assert_int_equal(chmod(scratch_path(state, "folder.csv"), 0500), 0);
    if (geteuid() != 0) { /* root may write anywhere */
        const char *closed = scratch_path(state, "folder.csv/a.csv");
        assert_false(sink_open(&sink, closed, &sample_options, &err));
        assert_says(&err, "没有写入权限");
    }
    assert_false(sink_open(&sink, "/dev/full", &sample_options, &err));
    assert_int_equal(err.code, ERROR_USAGE);

    char longest[300];
    memset(longest, 'a', sizeof longest);
    strcpy(longest + 250, ".csv");
    assert_false(sink_open(&sink, scratch_path(state, longest), &sample_options, &err));
    assert_says(&err, "文件名太长，请缩短后再导出。");
}

static void keeps_mode_and_follows_links(void **state)
{
    struct stat status;
    char target[512];
    snprintf(target, sizeof target, "%s", scratch_path(state, "a.csv"));
    scratch_write(target, "previous");
    assert_int_equal(chmod(target, 0640), 0);
    const char *link = scratch_path(state, "link.csv");
    assert_int_equal(symlink(target, link), 0);
    assert_true(sample_write(link, NULL));
    assert_int_equal(lstat(link, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(lstat(target, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_true(status.st_size > 100);
}

/* --- data that no file may hold --- */

static const struct sink_column columns[] = {
    {.key = "note", .label = "备注"},
    {.key = "kg", .label = "铅", .format = SINK_DECIMAL, .scale = 3, .total = true},
};

static struct sink *begin(const char *path, const char *sheet)
{
    static struct sink_table table;
    struct sink *sink;
    table = (struct sink_table){.name = sheet, .columns = columns, .column_count = 2};
    assert_true(sink_open(&sink, path, &sample_options, NULL));
    sink_begin_table(sink, &table);
    return sink;
}

static void assert_refused(void **state, struct sink *sink, const char *sentence)
{
    struct error err = {0};
    assert_false(sink_commit(&sink, &err));
    assert_null(sink);
    assert_string_equal(err.message, sentence);
    assert_int_equal(scratch_count(state), 0);
}

static void refuses_bad_cells(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        const char *path = scratch_path(state, names[i]);
        struct error err = {0};
        struct sink *sink = begin(path, "表");
        sink_begin_row(sink);
        assert_true(sink_end_row(sink, &err));
        sink_begin_row(sink);
        sink_text(sink, "\xC3(");
        assert_false(sink_end_row(sink, &err));
        assert_says(&err, "表“表”第 2 行“备注”：文字里有不能识别的字符");
        sink_abort(&sink);

        sink = begin(path, "表");
        sink_begin_row(sink);
        sink_date(sink, "2026-02-30");
        assert_refused(state, sink,
                       "表“表”第 1 行“备注”：“2026-02-30”这一天不存在，请核对年月日。");

        char *text = mem_new(32769, 1);
        memset(text, 'a', 32768);
        sink = begin(path, "表");
        sink_begin_row(sink);
        sink_text(sink, text);
        free(text);
        assert_refused(state, sink,
                       "表“表”第 1 行“备注”：文字超过 32767 个字，一个单元格放不下，请缩短。");
    }
}

static void refuses_sums_and_numbers_that_would_change(void **state)
{
    struct sink *sink = begin(scratch_path(state, "a.csv"), "表");
    for (int row = 0; row < 2; row++) {
        sink_begin_row(sink);
        sink_empty(sink);
        sink_number(sink, 5000000000000000000, 3);
        sink_end_row(sink, NULL);
    }
    assert_refused(state, sink, "表“表”第 2 行“铅”：合计太大，无法精确计算，请核对这一列的数。");

    sink = begin(scratch_path(state, "a.xlsx"), "表");
    sink_begin_row(sink);
    sink_empty(sink);
    sink_number(sink, 1234567890123456, 3);
    assert_refused(state, sink,
                   "表“表”第 1 行“铅”：“1234567890123.456”超过 15 位有效数字，Excel "
                   "会把它改掉，请核对这个数，或改为导出 .csv。");
}

static void refuses_bad_sheet_names(void **state)
{
    static const struct {
        const char *name, *piece;
    } cases[] = {
        {"", "没有名称"},
        {"a/b", "里有符号"},
        {"a[1]", "里有符号"},
        {"'a", "里有符号"},
        {"history", "保留名称"},
        {"a\nb", "不能识别的字符"},
        {"\xFF", "不能识别的字符"},
        {"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二", "超过 31 个字"},
    };
    const char *path = scratch_path(state, "a.xlsx");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err = {0};
        struct sink *sink = begin(path, cases[i].name);
        assert_false(sink_commit(&sink, &err));
        assert_says(&err, cases[i].piece);
    }
    struct sink *sink;
    static const int widths[] = {9};
    assert_true(sink_open(&sink, path, &sample_options, NULL));
    sink_begin_page(sink,
                    &(struct sink_page){.name = "Sheet", .widths = widths, .column_count = 1});
    sink_begin_page(sink,
                    &(struct sink_page){.name = "SHEET", .widths = widths, .column_count = 1});
    assert_refused(state, sink, "有两张工作表都叫“SHEET”，请改名。");
}

static void refuses_more_rows_than_a_sheet_has(void **state)
{
    struct sink *sink;
    static const int widths[] = {9};
    assert_true(sink_open(&sink, scratch_path(state, "a.xlsx"), &sample_options, NULL));
    sink_begin_page(sink, &(struct sink_page){.name = "页", .widths = widths, .column_count = 1});
    sink_skip_rows(sink, 1048575);
    sink_begin_row(sink);
    sink_text(sink, "最后一行");
    assert_true(sink_end_row(sink, NULL));
    sink_begin_row(sink);
    assert_refused(state, sink, "一张工作表最多 1048576 行，请缩小导出范围或改为导出 .csv。");
}

static void reports_misuse(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        struct error err = {0};
        struct sink *sink = begin(scratch_path(state, names[i]), "表");
        sink_begin_row(sink);
        for (int cell = 0; cell < 3; cell++)
            sink_empty(sink);
        assert_false(sink_end_row(sink, &err));
        assert_int_equal(err.code, ERROR_USAGE);
        sink_abort(&sink);
        sink = begin(scratch_path(state, names[i]), "表");
        sink_text(sink, "不在行里");
        assert_false(sink_commit(&sink, &err));
    }
    assert_int_equal(scratch_count(state), 0);
}

static int remove_all(void **state)
{
    chmod(scratch_path(state, "folder.csv"), 0700);
    return scratch_remove(state);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_make, remove_all)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(abort_leaves_the_previous_file),
        CASE(full_disk_leaves_the_previous_file),
        CASE(a_kill_leaves_nothing_that_matters),
        CASE(one_writer_at_a_time),
        CASE(names_what_a_path_lacks),
        CASE(keeps_mode_and_follows_links),
        CASE(refuses_bad_cells),
        CASE(refuses_sums_and_numbers_that_would_change),
        CASE(refuses_bad_sheet_names),
        CASE(refuses_more_rows_than_a_sheet_has),
        CASE(reports_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
