/* Headings of several rows, and cells merged downwards. */
#include "exports/heading_path.h"
#include "exports/sink.h"
#include "tests/exports/scratch.h"

#include "core/reg.h"
#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct sink_column columns[] = {
    {.key = "a", .label = "序号"},
    {.key = "b", .group = "土壤/表层", .label = "镉"},
    {.key = "c", .group = "土壤/表层", .label = "铅"},
    {.key = "d", .group = "土壤/深层", .label = "镉"},
    {.key = "e", .group = "土壤", .label = "pH"},
    {.key = "f", .group = "水", .label = "铊"},
};

static void begin(struct sink **sink, const char *path, const struct sink_table *table)
{
    struct error err = {0};
    if (!sink_open(sink, path, &(struct sink_options){.title = "试"}, &err))
        fail_msg("%s", err.message);
    sink_begin_table(*sink, table);
}

static char *commit(struct sink **sink, const char *path)
{
    struct error err = {0};
    if (!sink_commit(sink, &err))
        fail_msg("%s", err.message);
    char *xml = scratch_unzip(path, "xl/worksheets/sheet1.xml");
    assert_non_null(xml);
    return xml;
}

/* Whether the cell is there with this text, or, for NULL, without any. */
static void assert_cell(const char *xml, const char *place, const char *text)
{
    char open[64];
    snprintf(open, sizeof open, "<c r=\"%s\" ", place);
    const char *cell = strstr(xml, open);
    if (!cell)
        fail_msg("no cell %s", place);
    if (!text) {
        assert_int_equal(strncmp(strchr(cell, '>') - 1, "/>", 2), 0);
        return;
    }
    const char *found = strstr(cell, "<t>");
    assert_non_null(found);
    if (!text_starts_with(found + 3, text))
        fail_msg("%s: %.30s", place, found + 3);
}

static void assert_merges(const char *xml, const char *const *areas, size_t count)
{
    char whole[64];
    snprintf(whole, sizeof whole, "<mergeCells count=\"%zu\">", count);
    if (!strstr(xml, whole))
        fail_msg("%s is not there: %.300s", whole,
                 strstr(xml, "<mergeCells") ? strstr(xml, "<mergeCells") : "nothing merged");
    for (size_t i = 0; i < count; i++) {
        snprintf(whole, sizeof whole, "<mergeCell ref=\"%s\"/>", areas[i]);
        if (!strstr(xml, whole))
            fail_msg("%s is not there", whole);
    }
}

static void groups_over_two_levels(void **state)
{
    static const char *const areas[] = {"A1:A3", "B1:E1", "B2:C2", "E2:E3", "F2:F3"};
    const char *path = scratch_path(state, "a.xlsx");
    const struct sink_table table = {.name = "表",
                                     .columns = columns,
                                     .column_count = COUNT_OF(columns),
                                     .heading_heights = {31, 0, 47}};
    struct sink *sink;
    begin(&sink, path, &table);
    sink_begin_row(sink);
    sink_text(sink, "数");
    sink_end_row(sink, NULL);
    char *xml = commit(&sink, path);
    assert_merges(xml, areas, COUNT_OF(areas));
    assert_cell(xml, "A1", "序号");
    assert_cell(xml, "B1", "土壤");
    assert_cell(xml, "B2", "表层");
    assert_cell(xml, "B3", "镉");
    assert_cell(xml, "C3", "铅");
    assert_cell(xml, "D2", "深层");
    assert_cell(xml, "E2", "pH");
    assert_cell(xml, "E3", NULL);
    assert_cell(xml, "F1", "水");
    assert_cell(xml, "F2", "铊");
    assert_cell(xml, "A4", "数");
    assert_non_null(strstr(xml, "ht=\"31\""));
    assert_non_null(strstr(xml, "ht=\"47\""));
    assert_non_null(strstr(xml, "ySplit=\"3\""));
    free(xml);
    char *book = scratch_unzip(path, "xl/workbook.xml");
    assert_non_null(strstr(book, "$1:$3"));
    free(book);
}

static void lines_stand_above_title_and_heading(void **state)
{
    static const char *const heads[] = {"附件2"}, *const notes[] = {"说明一", "说明二"};
    const char *path = scratch_path(state, "a.xlsx");
    const struct sink_table table = {.name = "表",
                                     .heads = {heads, 1},
                                     .title = "清单",
                                     .notes = {notes, 2},
                                     .columns = columns,
                                     .column_count = 2,
                                     .portrait = true};
    struct sink *sink;
    begin(&sink, path, &table);
    char *xml = commit(&sink, path);
    assert_cell(xml, "A1", "附件2");
    assert_cell(xml, "A2", "清单");
    assert_cell(xml, "A3", "说明一");
    assert_cell(xml, "A4", "说明二");
    assert_cell(xml, "A5", "序号");
    assert_non_null(strstr(xml, "orientation=\"portrait\""));
    free(xml);
}

static void refuses_three_levels(void **state)
{
    static const struct sink_column deep = {.key = "a", .group = "甲/乙/丙", .label = "丁"};
    const struct sink_table table = {.name = "表", .columns = &deep, .column_count = 1};
    struct sink *sink;
    struct error err = {0};
    begin(&sink, scratch_path(state, "a.xlsx"), &table);
    assert_false(sink_commit(&sink, &err));
    assert_non_null(strstr(err.message, "列的定义"));
    assert_true(heading_path_is_good(NULL) && heading_path_is_good("") &&
                heading_path_is_good("甲/乙"));
    assert_true(heading_path_is_good("甲\\/乙/丙（mg\\/L）") &&
                !heading_path_is_good("甲/\\/乙/丙"));
    assert_false(heading_path_is_good("/乙") || heading_path_is_good("甲/") ||
                 heading_path_is_good("甲//乙"));
}

static void put_row(struct sink *sink, const char *const *texts, size_t count)
{
    sink_begin_row(sink);
    for (size_t i = 0; i < count; i++)
        sink_text(sink, texts[i]);
    assert_true(sink_end_row(sink, NULL));
}

/* An area goes on as long as the one left of it; empty cells are no equals. */
static void equal_neighbours_become_one(void **state)
{
    static const struct sink_column merged[] = {
        {.key = "n", .label = "序号"},
        {.key = "a", .label = "条", .merge = true},
        {.key = "b", .label = "款", .merge = true},
        {.key = "c", .label = "任务"},
    };
    static const char *const rows[][4] = {
        {"1", "一", "甲", "子"}, {"2", "一", "甲", "丑"}, {"3", "一", "乙", "寅"},
        {"4", "二", "乙", "卯"}, {"5", "二", "", "辰"},   {"6", "二", "", "巳"},
        {"7", "三", "丙", "午"},
    };
    static const char *const areas[] = {"B2:B4", "C2:C3", "B5:B7", "A9:D9"};
    const char *path = scratch_path(state, "a.xlsx");
    const struct sink_table table = {.name = "表", .columns = merged, .column_count = 4};
    struct sink *sink;
    begin(&sink, path, &table);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        put_row(sink, rows[i], 4);
    sink_line(sink, "注");
    char *xml = commit(&sink, path);
    assert_merges(xml, areas, COUNT_OF(areas));
    assert_cell(xml, "A3", "2");
    assert_cell(xml, "B2", "一");
    assert_cell(xml, "B3", NULL);
    assert_cell(xml, "B4", NULL);
    assert_cell(xml, "C4", "乙");
    assert_cell(xml, "C5", "乙");
    assert_cell(xml, "D7", "巳");
    assert_cell(xml, "B8", "三");
    free(xml);
}

/* The last area ends with the table, whatever follows: here another table without any. */
static void areas_end_with_their_table(void **state)
{
    static const struct sink_column merged[] = {{.key = "a", .label = "条", .merge = true}};
    static const struct sink_column plain[] = {{.key = "a", .label = "条"}};
    static const char *const same[] = {"一"};
    const char *path = scratch_path(state, "a.xlsx");
    const struct sink_table first = {.name = "甲", .columns = merged, .column_count = 1};
    const struct sink_table second = {.name = "乙", .columns = plain, .column_count = 1};
    struct sink *sink;
    struct error err = {0};
    assert_true(sink_open(&sink, path, &(struct sink_options){.tables = 2}, &err));
    sink_begin_table(sink, &first);
    put_row(sink, same, 1);
    put_row(sink, same, 1);
    sink_begin_table(sink, &second);
    put_row(sink, same, 1);
    put_row(sink, same, 1);
    char *xml = commit(&sink, path);
    assert_non_null(strstr(xml, "<mergeCell ref=\"A2:A3\"/>"));
    free(xml);
    xml = scratch_unzip(path, "xl/worksheets/sheet2.xml");
    assert_null(strstr(xml, "mergeCell"));
    assert_cell(xml, "A3", "一");
    free(xml);
}

/* .csv and .json know nothing of merged cells. */
static void other_files_keep_every_text(void **state)
{
    static const struct sink_column merged[] = {
        {.key = "a", .group = "甲/乙", .label = "条", .merge = true}};
    static const char *const same[] = {"一"};
    const char *path = scratch_path(state, "a.json");
    const struct sink_table table = {.name = "表", .columns = merged, .column_count = 1};
    struct sink *sink;
    struct error err = {0};
    begin(&sink, path, &table);
    put_row(sink, same, 1);
    put_row(sink, same, 1);
    assert_true(sink_commit(&sink, &err));
    char *text = scratch_read(path, NULL);
    assert_string_equal(text, "[\n{\"a\": \"一\"},\n{\"a\": \"一\"}\n]\n");
    free(text);
}

#define TEST(FUNCTION) cmocka_unit_test_setup_teardown(FUNCTION, scratch_make, scratch_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(groups_over_two_levels),     TEST(lines_stand_above_title_and_heading),
        TEST(refuses_three_levels),       TEST(equal_neighbours_become_one),
        TEST(areas_end_with_their_table), TEST(other_files_keep_every_text),
    };
    return cmocka_run_group_tests_name("heading", tests, NULL, NULL);
}
