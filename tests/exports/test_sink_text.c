/* .csv and .json, byte by byte. */
#include "tests/exports/sample.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void assert_file(const char *path, const char *expected)
{
    char *text = scratch_read(path, NULL);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static void writes_csv(void **state)
{
    struct error err = {0};
    const char *path = scratch_path(state, "a.csv");
    if (!sample_write(path, &err))
        fail_msg("%s", err.message);
    assert_file(path, "\xEF\xBB\xBF企业名称,统一社会信用代码,排放量/铅（kg）,排放量/镉（kg）,"
                      "减排比例（%）,核查日期\r\n"
                      "\"丰利“恒泰”,冶炼厂\",914418001234567890,112763.01,<0.02,12.5,2026-06-15\r\n"
                      "\"'=HYPERLINK(\"\"x\"\")\",,-0.5,,,\r\n");
    assert_int_equal(scratch_count(state), 1);
}

static void writes_json(void **state)
{
    struct error err = {0};
    const char *path = scratch_path(state, "a.json");
    if (!sample_write(path, &err))
        fail_msg("%s", err.message);
    assert_file(path, "[\n"
                      "{\"name\": \"丰利“恒泰”,冶炼厂\", \"uscc\": \"914418001234567890\", "
                      "\"lead_kg\": 112763.01, \"cadmium_kg\": \"<0.02\", \"cut_percent\": 12.5, "
                      "\"checked_on\": \"2026-06-15\"},\n"
                      "{\"name\": \"=HYPERLINK(\\\"x\\\")\", \"uscc\": null, \"lead_kg\": -0.5, "
                      "\"cadmium_kg\": null, \"cut_percent\": null, \"checked_on\": null}\n"
                      "]\n");
}

static const struct sink_column one_column[] = {{.key = "note", .label = "备注"}};

static void put_table(struct sink *sink, const char *name, const char *text)
{
    static struct sink_table table;
    table =
        (struct sink_table){.name = name, .key = name, .columns = one_column, .column_count = 1};
    sink_begin_table(sink, &table);
    if (!text)
        return;
    sink_begin_row(sink);
    sink_text(sink, text);
    sink_end_row(sink, NULL);
}

/* What a spreadsheet would run is quoted, what it would not is left alone. */
static void guards_formulas(void **state)
{
    static const struct {
        const char *text, *cell;
    } cases[] = {
        {"=1+1", "'=1+1"},
        {"＝1", "'＝1"},
        {"－2+3", "'－2+3"},
        {"＋", "＋"},
        {"+cmd", "'+cmd"},
        {"-2+3", "'-2+3"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\tx", "'\tx"},
        {"\rx", "\"'\rx\""},
        {"-0.5", "-0.5"},
        {"+86", "+86"},
        {"-", "-"},
        {"--1", "'--1"},
        {"'=1", "''=1"},
        {"'quoted'", "'quoted'"},
        {"a\nb", "\"a\nb\""},
        {" x", "\" x\""},
        {"012345678901234567", "012345678901234567"},
    };
    const char *path = scratch_path(state, "a.csv");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sink *sink;
        char expected[128];
        assert_true(sink_open(&sink, path, &sample_options, NULL));
        put_table(sink, "t", cases[i].text);
        assert_true(sink_commit(&sink, NULL));
        snprintf(expected, sizeof expected, "\xEF\xBB\xBF备注\r\n%s\r\n", cases[i].cell);
        assert_file(path, expected);
    }
}

static void json_of_several_tables(void **state)
{
    struct sink *sink;
    const char *path = scratch_path(state, "a.json");
    assert_true(sink_open(&sink, path, &(struct sink_options){.tables = 2}, NULL));
    sink_begin_page(sink,
                    &(struct sink_page){.name = "封面", .widths = (int[]){9}, .column_count = 1});
    sink_begin_row(sink);
    sink_styled(sink, SINK_STYLE_COVER, 1, "封面");
    sink_end_row(sink, NULL);
    put_table(sink, "first", "甲");
    put_table(sink, "second", NULL);
    assert_true(sink_commit(&sink, NULL));
    assert_file(path, "{\n\"first\": [\n{\"note\": \"甲\"}\n],\n\"second\": [\n]\n}\n");
}

static void csv_takes_one_table(void **state)
{
    struct sink *sink;
    struct error err = {0};
    const char *path = scratch_path(state, "a.csv");
    assert_false(sink_open(&sink, path, &(struct sink_options){.tables = 2}, &err));
    assert_null(sink);
    assert_string_equal(err.message, "一个 .csv 文件只能放一张表，而这份材料有 2 张；"
                                     "请指定其中一张，或改为导出 .xlsx。");
    const struct sink_options second = {.tables = 2, .only = "second"};
    assert_true(sink_open(&sink, path, &second, NULL));
    put_table(sink, "first", "甲");
    put_table(sink, "second", "乙");
    assert_true(sink_commit(&sink, NULL));
    assert_file(path, "\xEF\xBB\xBF备注\r\n乙\r\n");

    const struct sink_options third = {.tables = 2, .only = "third"};
    assert_true(sink_open(&sink, path, &third, NULL));
    put_table(sink, "first", "甲");
    put_table(sink, "second", "乙");
    assert_false(sink_commit(&sink, &err));
    assert_string_equal(err.message, "没有名为“third”的表，请改用材料中已有的表名。");
    assert_file(path, "\xEF\xBB\xBF备注\r\n乙\r\n");
}

static void refuses_other_suffixes(void **state)
{
    static const char *const names[] = {"a.xls", "a", "a.csv.txt"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct sink *sink;
        struct error err = {0};
        assert_false(sink_open(&sink, scratch_path(state, names[i]), &sample_options, &err));
        assert_int_equal(err.code, ERROR_USAGE);
        assert_non_null(strstr(err.message, "请让文件名以 .xlsx、.csv 或 .json 结尾"));
    }
    assert_int_equal(scratch_count(state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_csv, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(writes_json, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(guards_formulas, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(json_of_several_tables, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(csv_takes_one_table, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(refuses_other_suffixes, scratch_make, scratch_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
