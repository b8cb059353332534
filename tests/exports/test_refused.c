/* Refused rows as a workbook, mended and imported again. */
#include "exports/refused.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/query.h"
#include "tests/exports/bureau.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEADING "企业名称,县（市、区）,纳入日期,2020年基础排放量/铅（吨）,都做些什么,备注\n"

static const char list[] = HEADING "甲厂,清城区,,0.1,锌锭,=1+1\n"
                                   "乙厂,天上,,0.2,铅锭,“引”，\n"
                                   "丙厂,清城区,某年某日,0.3,锡锭,\n"
                                   ",清城区,,0.4,铜锭,007\n"
                                   "丁厂,清城区,,0.5,镍锭,\n";

static struct import *open_list(struct bureau *bureau, const char *path, const char *text)
{
    struct import *import;
    struct error err = {0};
    if (text)
        scratch_write(path, text);
    if (!import_open(&import, bureau->store, &reg_enterprise, path, NULL, NULL, NULL, &err))
        fail_msg("%s", err.message);
    return import;
}

static void run(struct bureau *bureau, struct import *import, int64_t fresh, int64_t refused)
{
    struct error err = {0};
    if (!import_run(import, bureau->store, false, &err))
        fail_msg("%s", err.message);
    assert_int_equal(import->counts[IMPORT_NEW], fresh);
    assert_int_equal(import->counts[IMPORT_REFUSED], refused);
}

static char *copy_path(struct bureau *bureau, const char *name)
{
    struct buffer path = {0};
    buffer_add(&path, bureau_path(bureau, name));
    return buffer_take(&path);
}

static void write_refused(struct bureau *bureau, const char *path)
{
    struct error err = {0};
    struct import *import = open_list(bureau, bureau_path(bureau, "list.csv"), list);
    import_choose_column(import, 4, reg_field_index(&reg_enterprise, "products"));
    import_choose_column(import, 5, -1);
    run(bureau, import, 2, 3);
    if (!refused_write(import, bureau->store, path, &err))
        fail_msg("%s", err.message);
    import_close(&import);
}

static void expect_row(const struct table *table, size_t row, const char *expected)
{
    struct buffer cells = {0};
    for (size_t i = 0; i < table->column_count; i++)
        buffer_addf(&cells, "%s%s", i ? "|" : "", table_cell(table, row, i));
    if (!text_starts_with(buffer_text(&cells), expected))
        fail_msg("%s\nshould begin with\n%s", cells.text, expected);
    buffer_release(&cells);
}

/* Row of the table whose first cell is `text`. */
static size_t find_row(const struct table *table, const char *text)
{
    for (size_t i = 0; i < table->row_count; i++)
        if (strcmp(table_cell(table, i, 0), text) == 0)
            return i;
    fail_msg("no row %s", text);
    return 0;
}

static void rows_stand_as_they_stood(void **state)
{
    struct bureau *bureau = *state;
    char *path = copy_path(bureau, "refused.xlsx");
    struct table table = {0};
    write_refused(bureau, path);
    assert_true(table_read(path, NULL, &table, NULL));
    size_t heading = find_row(&table, "企业名称");
    /* The column that was assigned has the label of its field, the one left out is not there. */
    expect_row(&table, heading,
               "企业名称|县（市、区）|纳入日期|2020年基础排放量/铅（吨）|主要产品|原行号|"
               "拒绝原因");
    expect_row(&table, heading + 1, "乙厂|天上||0.2|铅锭|3|");
    expect_row(&table, heading + 2, "丙厂|清城区|某年某日|0.3|锡锭|4|");
    expect_row(&table, heading + 3, "|清城区||0.4|铜锭|5|缺企业名称");
    assert_int_equal(table.row_count, heading + 4);
    table_release(&table);
    free(path);
}

/* Red is the cell that was refused, also an empty one, and its note says why. */
static void the_wrong_cell_is_marked(void **state)
{
    struct bureau *bureau = *state;
    char *path = copy_path(bureau, "refused.xlsx");
    write_refused(bureau, path);
    char *notes = scratch_unzip(path, "xl/comments1.xml");
    char *styles = scratch_unzip(path, "xl/styles.xml");
    assert_non_null(notes);
    assert_non_null(strstr(notes, "ref=\"B4\""));
    assert_non_null(strstr(notes, "ref=\"C5\""));
    assert_non_null(strstr(notes, "ref=\"A6\""));
    assert_non_null(strstr(notes, "天上"));
    assert_non_null(strstr(notes, "缺企业名称"));
    assert_non_null(strstr(styles, "FFFFC7CE"));
    free(notes);
    free(styles);
    free(path);
}

/* A person mends the cells; here a list is written as the mended workbook reads. */
static void mended_rows_come_in(void **state)
{
    struct bureau *bureau = *state;
    char *path = copy_path(bureau, "refused.xlsx");
    struct table table = {0};
    struct buffer mended = {0};
    int64_t count;
    write_refused(bureau, path);
    struct import *import = open_list(bureau, path, NULL);
    run(bureau, import, 0, 3);
    import_close(&import);
    assert_true(table_read(path, NULL, &table, NULL));
    for (size_t row = 0; row < table.row_count; row++) {
        for (size_t i = 0; i < table.column_count; i++) {
            const char *text = table_cell(&table, row, i);
            const char *better = strcmp(text, "天上") == 0       ? "清新区"
                                 : strcmp(text, "某年某日") == 0 ? "2025-01-02"
                                                                 : text;
            if (strcmp(table_cell(&table, row, 5), "5") == 0 && i == 0)
                better = "戊厂";
            buffer_addf(&mended, "%s\"%s\"", i ? "," : "", better);
        }
        buffer_add_char(&mended, '\n');
    }
    import = open_list(bureau, bureau_path(bureau, "mended.csv"), mended.text);
    run(bureau, import, 3, 0);
    import_close(&import);
    const struct query query = {.reg = &reg_enterprise, .where = "base_lead_kg=200 products=铅锭"};
    assert_true(query_count(bureau->store, &query, &count, NULL));
    assert_int_equal(count, 1);
    table_release(&table);
    buffer_release(&mended);
    free(path);
}

/* Levels of a heading in one cell would be lost on the way back. */
static void levels_of_a_heading_become_the_title(void **state)
{
    struct bureau *bureau = *state;
    struct error err = {0};
    char *path = copy_path(bureau, "refused.xlsx");
    struct table table = {0};
    struct import *import = open_list(bureau, bureau_path(bureau, "list.csv"),
                                      "企业名称,县（市、区）,企业基本情况,\n,,纳入日期,主要产品\n"
                                      "甲厂,清城区,某年某日,锌锭\n");
    run(bureau, import, 0, 1);
    if (!refused_write(import, bureau->store, path, &err))
        fail_msg("%s", err.message);
    import_close(&import);
    assert_true(table_read(path, NULL, &table, NULL));
    expect_row(&table, find_row(&table, "企业名称"),
               "企业名称|县（市、区）|纳入日期|主要产品|原行号");
    table_release(&table);
    free(path);
}

static void nothing_is_written_without_need(void **state)
{
    struct bureau *bureau = *state;
    struct error err = {0};
    struct import *import =
        open_list(bureau, bureau_path(bureau, "list.csv"), HEADING "甲厂,清城区,,1,锌锭,\n");
    run(bureau, import, 1, 0);
    assert_false(refused_write(import, bureau->store, bureau_path(bureau, "refused.xlsx"), &err));
    assert_int_equal(err.code, ERROR_MISSING);
    assert_false(refused_write(import, bureau->store, bureau_path(bureau, "refused.csv"), &err));
    assert_int_equal(err.code, ERROR_USAGE);
    import_close(&import);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bureau_test(rows_stand_as_they_stood),
        bureau_test(the_wrong_cell_is_marked),
        bureau_test(mended_rows_come_in),
        bureau_test(levels_of_a_heading_become_the_title),
        bureau_test(nothing_is_written_without_need),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
