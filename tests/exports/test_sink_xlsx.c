/* Workbooks: what the parts of the package say, read back without libxlsxwriter. */
#include "tests/exports/sample.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void assert_has(const char *xml, const char *piece)
{
    if (!strstr(xml, piece))
        fail_msg("missing: %s", piece);
}

static void writes_table(void **state)
{
    struct error err = {0};
    const char *path = scratch_path(state, "a.xlsx");
    if (!sample_write(path, &err))
        fail_msg("%s", err.message);
    char *xml = scratch_unzip(path, "xl/worksheets/sheet1.xml");
    assert_non_null(xml);
    static const char *const pieces[] = {
        "<mergeCell ref=\"A1:F1\"/>", /* the title */
        "<mergeCell ref=\"C3:D3\"/>", /* the group */
        "<mergeCell ref=\"A3:A4\"/>", /* labels over both rows */
        "<mergeCell ref=\"F3:F4\"/>",
        "<mergeCell ref=\"A7:B7\"/>", /* the label of the total */
        "<t>914418001234567890</t>",
        "<t>&lt;0.02</t>",
        "<t>=HYPERLINK(",
        "<v>112763.01</v>",
        "<v>-0.5</v>",
        "<v>0.125</v>",
        "<v>46188</v>", /* 2026-06-15 */
        "<f>SUM(C5:C6)</f><v>112762.51</v>",
        "<autoFilter ref=\"A4:F6\"/>",
        "xSplit=\"1\" ySplit=\"4\"",
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "fitToHeight=\"0\"",
        "第 &amp;P 页 共 &amp;N 页",
        "numberStoredAsText=\"1\"",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++)
        assert_has(xml, pieces[i]);
    /* The upper left cell of each merged area keeps its text. */
    static const char *const cells[] = {"A1", "A2", "A3", "C3", "C4", "F3", "A7", "A8"};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        char open[32];
        snprintf(open, sizeof open, "<c r=\"%s\" ", cells[i]);
        const char *cell = strstr(xml, open);
        assert_non_null(cell);
        assert_int_equal(strncmp(strchr(cell, '>'), "><is><t", 7), 0);
    }
    free(xml);

    char *book = scratch_unzip(path, "xl/workbook.xml");
    assert_has(book, "'企业清单'!$3:$4"); /* the heading on every printed page */
    free(book);
    char *styles = scratch_unzip(path, "xl/styles.xml");
    assert_has(styles, "formatCode=\"0.000\"");
    assert_has(styles, "formatCode=\"0.0%\"");
    assert_has(styles, "formatCode=\"yyyy-mm-dd\"");
    free(styles);
}

static void equal_data_gives_equal_bytes(void **state)
{
    char first[512];
    snprintf(first, sizeof first, "%s", scratch_path(state, "a.xlsx"));
    const char *second = scratch_path(state, "b.xlsx");
    assert_true(sample_write(first, NULL));
    assert_true(sample_write(second, NULL));
    size_t length, other;
    char *a = scratch_read(first, &length);
    char *b = scratch_read(second, &other);
    assert_int_equal(length, other);
    assert_memory_equal(a, b, length);
    char *core = scratch_unzip(second, "docProps/core.xml");
    assert_has(core, "2025-06-15T15:06:40Z");
    free(core);
    free(a);
    free(b);
}

static void tall_rows_fit_their_text(void **state)
{
    static const struct sink_column columns[] = {{.key = "note", .label = "备注", .width = 10}};
    const struct sink_table table = {.name = "表", .columns = columns, .column_count = 1};
    const char *path = scratch_path(state, "a.xlsx");
    struct sink *sink;
    assert_true(sink_open(&sink, path, &sample_options, NULL));
    sink_begin_table(sink, &table);
    sink_begin_row(sink);
    sink_text(sink, "一二三四五六七八九十甲_x0041_"); /* 22 cells of Han and a word of 7 */
    assert_true(sink_end_row(sink, NULL));
    assert_true(sink_commit(&sink, NULL));
    char *xml = scratch_unzip(path, "xl/worksheets/sheet1.xml");
    assert_has(xml, "<row r=\"2\" ht=\"46\""); /* three lines of 13 points and 7 */
    assert_has(xml, "甲_x005F_x0041_");        /* else a reader makes an "A" of it */
    free(xml);
}

/* The total row of a table with one column of numbers, `rows` of them, all empty or all zero. */
static char *total_of(void **state, size_t rows, bool filled)
{
    static const struct sink_column columns[] = {
        {.key = "name", .label = "企业", .width = 10},
        {.key = "kg", .label = "铅", .format = SINK_DECIMAL, .scale = 1, .total = true}};
    const struct sink_table table = {.name = "表", .columns = columns, .column_count = 2};
    const char *path = scratch_path(state, "a.xlsx");
    struct sink *sink;
    assert_true(sink_open(&sink, path, &sample_options, NULL));
    sink_begin_table(sink, &table);
    for (size_t i = 0; i < rows; i++) {
        sink_begin_row(sink);
        sink_text(sink, "甲");
        if (filled)
            sink_number(sink, 0, 1);
        else
            sink_empty(sink);
        assert_true(sink_end_row(sink, NULL));
    }
    sink_total_row(sink, "合计");
    assert_true(sink_commit(&sink, NULL));
    return scratch_unzip(path, "xl/worksheets/sheet1.xml");
}

/* A zero would say that somebody found nothing. */
static void a_sum_of_what_nobody_filled_in_is_a_stroke(void **state)
{
    char *xml = total_of(state, 2, false);
    assert_has(xml, "<t>—</t>");
    assert_null(strstr(xml, "<f>SUM"));
    free(xml);
    xml = total_of(state, 2, true);
    assert_has(xml, "<f>SUM(B2:B3)</f><v>0</v>");
    assert_null(strstr(xml, "—"));
    free(xml);
    xml = total_of(state, 0, false);
    assert_has(xml, "<v>0</v>");
    assert_null(strstr(xml, "—"));
    free(xml);
}

static void put_page(struct sink *sink)
{
    static const int widths[] = {12, 12, 12};
    static const struct sink_page page = {.name = "汇 总", .widths = widths, .column_count = 3};
    sink_begin_page(sink, &page);
    sink_skip_rows(sink, 2);
    sink_begin_row(sink);
    sink_row_height(sink, 60);
    sink_styled(sink, SINK_STYLE_TITLE, 3, "汇总");
    sink_end_row(sink, NULL);
    for (int i = 0; i < 2; i++) {
        sink_begin_row(sink);
        sink_styled(sink, SINK_STYLE_LABEL, 1, i ? "镉" : "铅");
        sink_number(sink, 12345 + i, 2);
        sink_percent(sink, 305, 1);
        sink_end_row(sink, NULL);
    }
}

static void writes_page_with_charts(void **state)
{
    struct error err = {0};
    const char *path = scratch_path(state, "a.xlsx");
    struct sink *sink;
    assert_true(sink_open(&sink, path, &sample_options, NULL));
    put_page(sink);
    assert_int_equal(sink_row(sink), 5);
    const struct sink_series series = {"排放量", {3, 1, 4, 1}};
    static const enum sink_chart_kind kinds[] = {SINK_COLUMNS, SINK_BARS, SINK_PIE, SINK_LINES};
    for (size_t i = 0; i < 4; i++)
        sink_chart(sink, &(struct sink_chart){.kind = kinds[i],
                                              .title = "各金属排放量",
                                              .value_title = "kg",
                                              .row = 6 + 16 * i,
                                              .width = 400,
                                              .height = 260,
                                              .categories = {3, 0, 4, 0},
                                              .series = &series,
                                              .series_count = 1});
    if (!sink_commit(&sink, &err))
        fail_msg("%s", err.message);
    char *xml = scratch_unzip(path, "xl/worksheets/sheet1.xml");
    assert_has(xml, "<row r=\"3\" ht=\"60\"");
    assert_has(xml, "<mergeCell ref=\"A3:C3\"/>");
    assert_has(xml, "<v>123.45</v>");
    assert_has(xml, "<v>0.305</v>");
    free(xml);
    static const char *const tags[] = {"<c:barDir val=\"col\"/>", "<c:barDir val=\"bar\"/>",
                                       "<c:pieChart>", "<c:lineChart>"};
    for (int i = 0; i < 4; i++) {
        char part[32];
        snprintf(part, sizeof part, "xl/charts/chart%d.xml", i + 1);
        char *chart = scratch_unzip(path, part);
        assert_non_null(chart);
        assert_has(chart, tags[i]);
        assert_has(chart, "!$B$4:$B$5</c:f>");
        assert_has(chart, "!$A$4:$A$5</c:f>");
        free(chart);
    }
}

/* Counts have whole steps on the axis; a series of strokes is not in the legend. */
static void charts_of_counts_have_whole_axes(void **state)
{
    static const int widths[] = {12, 12, 12, 12};
    static const struct sink_page page = {.name = "图", .widths = widths, .column_count = 4};
    static const struct sink_series series[] = {
        {"发现", {0, 1, 1, 1}}, {"没有数", {0, 2, 1, 2}}, {"排放量", {0, 3, 1, 3}}};
    const char *path = scratch_path(state, "a.xlsx");
    struct sink *sink;
    assert_true(sink_open(&sink, path, &sample_options, NULL));
    sink_begin_page(sink, &page);
    for (int i = 0; i < 2; i++) {
        sink_begin_row(sink);
        sink_text(sink, i ? "乙" : "甲");
        sink_number(sink, i + 1, 0);
        sink_text(sink, "—");
        sink_number(sink, 15 + i, 1);
        sink_end_row(sink, NULL);
    }
    struct sink_chart chart = {.kind = SINK_LINES,
                               .row = 4,
                               .width = 400,
                               .height = 260,
                               .categories = {0, 0, 1, 0},
                               .series = series,
                               .series_count = 2};
    sink_chart(sink, &chart);
    chart.series_count = 3;
    sink_chart(sink, &chart);
    chart.series = series + 1;
    chart.series_count = 1;
    sink_chart(sink, &chart); /* nothing to draw */
    assert_true(sink_commit(&sink, NULL));
    char *counts = scratch_unzip(path, "xl/charts/chart1.xml");
    assert_has(counts, "<c:majorUnit val=\"1\"/>");
    assert_has(counts, "<c:numFmt formatCode=\"0\" ");
    assert_has(counts, "<c:max val=\"2\"/>");
    assert_has(counts, "发现");
    assert_null(strstr(counts, "没有数"));
    char *amounts = scratch_unzip(path, "xl/charts/chart2.xml");
    assert_has(amounts, "<c:majorUnit val=\"0.5\"/>");
    assert_has(amounts, "排放量");
    assert_null(strstr(amounts, "没有数"));
    assert_null(scratch_unzip(path, "xl/charts/chart3.xml"));
    free(counts);
    free(amounts);
}

/* The sheet of `count` rows of 20 points, of which the 35th is a heading. */
static char *tall_page(void **state, int count)
{
    static const int widths[] = {80};
    static const struct sink_page page = {
        .name = "卡", .widths = widths, .column_count = 1, .tall = true};
    const char *path = scratch_path(state, "a.xlsx");
    struct sink *sink;
    assert_true(sink_open(&sink, path, &sample_options, NULL));
    sink_begin_page(sink, &page);
    for (int i = 0; i < count; i++) {
        sink_begin_row(sink);
        sink_styled(sink, SINK_STYLE_LABEL, 1, "行");
        if (i == 34)
            sink_keep_row(sink);
        sink_end_row(sink, NULL);
    }
    assert_true(sink_commit(&sink, NULL));
    return scratch_unzip(path, "xl/worksheets/sheet1.xml");
}

static void long_pages_are_cut_where_they_may(void **state)
{
    char *xml = tall_page(state, 30);
    assert_has(xml, "fitToHeight=\"0\"");
    assert_null(strstr(xml, "rowBreaks"));
    free(xml);
    xml = tall_page(state, 42); /* a little more than a page: smaller */
    assert_null(strstr(xml, "fitToHeight"));
    assert_null(strstr(xml, "rowBreaks"));
    free(xml);
    xml = tall_page(state, 60); /* 35 rows would fit, but the last is a heading */
    assert_has(xml, "fitToHeight=\"0\"");
    assert_has(xml, "<rowBreaks count=\"1\" manualBreakCount=\"1\"><brk id=\"34\"");
    free(xml);
}

/* A chart may only show what stands above it. */
static void refuses_charts_of_missing_rows(void **state)
{
    struct error err = {0};
    struct sink *sink;
    assert_true(sink_open(&sink, scratch_path(state, "a.xlsx"), &sample_options, NULL));
    put_page(sink);
    const struct sink_series series = {"排放量", {3, 1, 5, 1}};
    sink_chart(sink, &(struct sink_chart){
                         .categories = {3, 0, 4, 0}, .series = &series, .series_count = 1});
    assert_false(sink_commit(&sink, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_int_equal(scratch_count(state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_table, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(equal_data_gives_equal_bytes, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(tall_rows_fit_their_text, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(a_sum_of_what_nobody_filled_in_is_a_stroke, scratch_make,
                                        scratch_remove),
        cmocka_unit_test_setup_teardown(writes_page_with_charts, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(charts_of_counts_have_whole_axes, scratch_make,
                                        scratch_remove),
        cmocka_unit_test_setup_teardown(long_pages_are_cut_where_they_may, scratch_make,
                                        scratch_remove),
        cmocka_unit_test_setup_teardown(refuses_charts_of_missing_rows, scratch_make,
                                        scratch_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
