#include "fixture.h"

#include "core/buffer.h"
#include "imports/merge.h"

#include <string.h>
#include <time.h>

static void write_sheet(struct fixture *fixture, const char *rows, const char *merges)
{
    struct buffer sheet = {0};
    buffer_addf(&sheet,
                "<worksheet><sheetData>%s</sheetData><mergeCells>%s</mergeCells></worksheet>", rows,
                merges);
    fixture_write_workbook(fixture, &(struct fixture_workbook){.sheet = sheet.text});
    buffer_release(&sheet);
    table_release(&fixture->table);
    assert_true(table_read(fixture->path, NULL, &fixture->table, &fixture->err));
}

/* The cells after filling; what was filled in brackets. */
static void expect_filled(struct fixture *fixture, size_t first_row, const char *expected)
{
    assert_true(merge_fill_down(&fixture->table, first_row, &fixture->err));
    struct buffer cells = {0};
    for (size_t row = 0; row < fixture->table.row_count; row++) {
        buffer_add(&cells, row ? "\n" : "");
        for (uint32_t column = 0; column < fixture->table.rows[row].count; column++)
            buffer_addf(&cells, table_is_filled(&fixture->table, row, column) ? "%s[%s]" : "%s%s",
                        column ? "|" : "", table_cell(&fixture->table, row, column));
    }
    assert_string_equal(buffer_text(&cells), expected);
    assert_false(table_is_filled(&fixture->table, fixture->table.row_count, 0));
    assert_false(table_is_filled(&fixture->table, 0, 100000));
    buffer_release(&cells);
}

static void test_down(void **state)
{
    struct fixture *fixture = *state;
    write_sheet(fixture,
                "<row><c><v>1</v></c><c><v>2</v></c></row><row><c r='B2'><v>3</v></c></row>"
                "<row><c r='B3'><v>4</v></c></row><row><c r='B4'><v>5</v></c></row>",
                "<mergeCell ref='A1:A3'/>");
    expect_filled(fixture, 0, "1|2\n[1]|3\n[1]|4\n|5");
}

/* Also to the right of what a row holds, and several areas in one row. */
static void test_longer_rows(void **state)
{
    struct fixture *fixture = *state;
    write_sheet(fixture,
                "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>"
                "<row><c r='B2'><v>9</v></c></row><row><c r='C3'><v>8</v></c></row>",
                "<mergeCell ref='A1:A3'/><mergeCell ref='B1:B3'/><mergeCell ref='C1:C2'/>");
    expect_filled(fixture, 0, "1|2|3\n[1]|9|[3]\n[1]|[2]|8");
}

static void test_over_several_columns(void **state)
{
    struct fixture *fixture = *state;
    write_sheet(fixture,
                "<row><c><v>1</v></c><c/><c/><c><v>2</v></c></row><row><c r='D2'><v>3</v></c></row>"
                "<row><c><v>4</v></c><c/><c/><c><v>5</v></c></row>",
                "<mergeCell ref='A1:C2'/><mergeCell ref='A3:C3'/>");
    expect_filled(fixture, 0, "1|||2\n[1]|||3\n4|||5");
}

static void test_above_the_body(void **state)
{
    struct fixture *fixture = *state;
    write_sheet(fixture,
                "<row><c><v>1</v></c></row><row><c r='B2'><v>2</v></c></row>"
                "<row><c><v>3</v></c></row><row><c r='B4'><v>4</v></c></row>",
                "<mergeCell ref='A1:A2'/><mergeCell ref='A3:A4'/><mergeCell ref='C1:C4'/>");
    expect_filled(fixture, 2, "1\n|2\n3\n[3]|4");
    fixture_expect(fixture, NULL, "1\n|2\n3\n|4");
    assert_false(table_is_filled(&fixture->table, 3, 0)); /* nothing of the former reading */
}

static double seconds_to_fill(struct fixture *fixture, int areas)
{
    struct buffer rows = {0}, merges = {0};
    for (int i = 0; i < areas * 4; i++)
        buffer_addf(&rows, "<row><c r='A%d'><v>%d</v></c>%s</row>", i + 1, i,
                    i % 4 ? "" : "<c><v>1</v></c>");
    for (int i = 0; i < areas; i++)
        buffer_addf(&merges, "<mergeCell ref='B%d:B%d'/>", i * 4 + 1, i * 4 + 4);
    write_sheet(fixture, rows.text, merges.text);
    clock_t start = clock();
    assert_true(merge_fill_down(&fixture->table, 0, &fixture->err));
    for (size_t row = 0; row < fixture->table.row_count; row++)
        assert_int_equal(table_is_filled(&fixture->table, row, 1), row % 4 != 0);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    buffer_release(&rows);
    buffer_release(&merges);
    return seconds;
}

static void test_linear_time(void **state)
{
    double few = seconds_to_fill(*state, 4000), many = seconds_to_fill(*state, 40000);
    if (many > 30 * few + 0.05)
        fail_msg("4000 areas took %.4f s, 40000 took %.4f s", few, many);
}

/* Thousands of areas, each over all rows. */
static void test_overlapping_without_end(void **state)
{
    struct fixture *fixture = *state;
    struct buffer rows = {0}, merges = {0};
    for (int i = 0; i < 20000; i++)
        buffer_add(&rows, "<row><c><v>1</v></c></row>");
    for (int i = 0; i < 10000; i++)
        buffer_addf(&merges, "<mergeCell ref='A%d:B20000'/>", i + 1);
    write_sheet(fixture, rows.text, merges.text);
    assert_false(merge_fill_down(&fixture->table, 0, &fixture->err));
    assert_int_equal(fixture->err.code, ERROR_FORMAT);
    assert_non_null(strstr(fixture->err.message, "合并单元格太多"));
    buffer_release(&rows);
    buffer_release(&merges);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(down),           TEST(longer_rows), TEST(over_several_columns),
        TEST(above_the_body), TEST(linear_time), TEST(overlapping_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
