/* Rows that are no data: sums, remarks, repeated headings, captions; hidden and merged ones. */
#include "tests/imports/desk.h"

#include <string.h>

#define HEADING "序号,企业名称,县（市、区）,2020年基础排放量/铅（kg）,2020年基础排放量/砷（kg）\n"

static void expect_sum(const struct import *import, size_t index, uint32_t row, const char *stated,
                       const char *computed, bool agrees)
{
    assert_true(index < import->sum_count);
    const struct import_sum *sum = &import->sums[index];
    assert_int_equal(sum->row, row);
    assert_string_equal(sum->stated, stated);
    assert_string_equal(sum->computed, computed);
    assert_int_equal(sum->agrees, agrees);
}

static void sums_are_compared_with_their_rows(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = desk_list(fixture, store, &reg_enterprise,
                                      HEADING "1,甲厂,清城区,0.1,1\n2,乙厂,清城区,0.2,2\n"
                                              "小计,,,0.3,3\n3,丙厂,清新区,0.3,4\n"
                                              "小计,,,0.3,5\n合计,,,0.6,\n备注：无,,,,\n");
    desk_run(import, store, false, "3=3+0+0+0");
    assert_int_equal(import->left_out, 4);
    assert_int_equal(import->left[IMPORT_SUM], 3);
    assert_int_equal(import->left[IMPORT_REMARK], 1);
    assert_int_equal(import->sums_checked, 5);
    assert_int_equal(import->sums_wrong, 1);
    expect_sum(import, 0, 4, "0.3", "0.3", true);
    expect_sum(import, 1, 6, "0.3", "0.3", true);
    expect_sum(import, 2, 7, "0.6", "0.6", true);
    expect_sum(import, 3, 4, "3", "3", true);
    expect_sum(import, 4, 6, "5", "4", false);
    assert_true(import->sums[4].is_partial);
    import_close(&import);
    desk_close(fixture, store);
}

static void sums_may_stand_above_their_rows(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = desk_list(fixture, store, &reg_enterprise,
                                      HEADING "合 计,,,10,\n清城区小计,,,3,\n1,甲厂,清城区,1,\n"
                                              "2,乙厂,清城区,2,\n清新区小计,,,7,\n"
                                              "3,丙厂,清新区,7,\n");
    desk_run(import, store, true, "3=3+0+0+0");
    assert_int_equal(import->sums_checked, 3);
    assert_int_equal(import->sums_wrong, 0);
    import_close(&import);
    desk_close(fixture, store);
}

/* Refused rows count in what the file sums up; a cell that is no number cannot be summed. */
static void what_cannot_be_summed_is_said(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = desk_list(fixture, store, &reg_enterprise,
                                      HEADING "1,甲厂,清城区,1,1\n2,乙厂,天上,2,很多\n"
                                              "合计,,,3,9\n");
    desk_run(import, store, true, "2=1+0+0+1");
    expect_sum(import, 0, 4, "3", "3", true);
    expect_sum(import, 1, 4, "9", "", false);
    import_close(&import);
    desk_close(fixture, store);
}

static void headings_and_captions_are_left_out(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = desk_list(fixture, store, &reg_enterprise,
                                      HEADING "一、清城区,,,,\n1,甲厂,清城区,1,1\n" HEADING
                                              "（二）清新区,,,,\n2,一、二车间,清新区,2,2\n");
    desk_run(import, store, false, "2=2+0+0+0");
    assert_int_equal(import->left[IMPORT_CAPTION], 2);
    assert_int_equal(import->left[IMPORT_HEADING], 1);
    import_close(&import);
    assert_int_equal(desk_count(store, &reg_enterprise, "name=一、二车间"), 1);
    desk_close(fixture, store);
}

/* Without a column of counties a name alone makes a record: they are in the bureau's own. */
#define NAMES "序号,企业名称,主要产品,行业类别\n"

static void notes_below_are_left_out(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import =
        desk_list(fixture, store, &reg_enterprise,
                  NAMES "1,甲厂,锌锭,\n2,乙厂,,\n,丙厂,,\n4,,,\n注：1.数据为上年的,,,\n"
                        "2.本表一式两份,,,\n,3.由县局填报,,\n,,报送时间另行通知。,\n");
    desk_run(import, store, false, "3=3+0+0+0");
    assert_int_equal(import->left[IMPORT_REMARK], 5);
    assert_int_equal(import->left_row[IMPORT_REMARK], 5);
    import_close(&import);
    assert_int_equal(desk_count(store, &reg_enterprise, "name=丙厂"), 1);
    desk_close(fixture, store);
}

/* Names may be numbered, be short and stand alone; a value alone is told of, not dropped. */
static void records_like_notes_are_read(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise, NAMES ",1.甲厂,,\n,2.乙厂,锌锭,\n", false,
                "2=2+0+0+0", NULL);
    desk_import(fixture, store, &reg_enterprise, NAMES ",示例锌业,锌锭,\n,3号厂,,\n,,锡锭,\n",
                false, "3=2+0+0+1", NULL);
    assert_int_equal(desk_count(store, &reg_enterprise, "name=1.甲厂"), 1);
    assert_int_equal(desk_count(store, &reg_enterprise, "name=3号厂"), 1);
    assert_int_equal(desk_count(store, &reg_enterprise, "name=示例锌业"), 1);
    desk_close(fixture, store);
}

static void instructions_above_are_left_out(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = desk_list(
        fixture, store, &reg_enterprise,
        HEADING "选填,必填,下拉选择,见说明,\n例1,某某厂,清城区,1,1\n1,（示例）某某厂,清城区,1,1\n"
                "1,甲厂,清城区,1,1\n2,（示例）乙厂,清城区,2,2\n");
    desk_run(import, store, false, "2=2+0+0+0");
    assert_int_equal(import->left[IMPORT_REMARK], 3);
    import_close(&import);
    desk_close(fixture, store);
}

#define TEXT(place, text)        "<c r='" place "' t='inlineStr'><is><t>" text "</t></is></c>"
#define ROW(number, more, cells) "<row r='" number "' " more ">" cells "</row>"

static struct import *open_sheet(struct fixture *fixture, struct store *store)
{
    static const char sheet[] = "<worksheet><sheetData>" ROW(
        "1", "",
        TEXT("A1", "企业名称") TEXT("B1", "县（市、区）")
            TEXT("C1", "主要产品")) ROW("2", "",
                                        TEXT("A2", "甲厂") TEXT("B2", "清城区") TEXT("C2", "锌锭"))
        ROW("3", "hidden='1'", TEXT("A3", "乙厂") TEXT("C3", "铅锭")) ROW(
            "4", "",
            TEXT("A4", "丙厂") TEXT(
                "C4",
                "锡锭")) "</sheetData>"
                         "<mergeCells count='1'><mergeCell ref='B2:B4'/></mergeCells></worksheet>";
    struct import *import;
    struct error err = {0};
    fixture_write_workbook(fixture, &(struct fixture_workbook){.sheet = sheet});
    if (!import_open(&import, store, &reg_enterprise, fixture->path, NULL, NULL, NULL, &err))
        fail_msg("%s", err.message);
    return import;
}

/* Over most of the columns: in whatever column it begins, it is no record. */
static void a_cell_over_the_table_is_a_note(void **state)
{
    static const char sheet[] = "<worksheet><sheetData>" ROW(
        "1", "", TEXT("A1", "企业名称") TEXT("B1", "行业类别") TEXT("C1", "主要产品"))
        ROW("2", "", TEXT("A2", "清城区的企业")) ROW("3", "", TEXT("A3", "甲厂") TEXT("C3", "锌锭"))
            ROW("4", "", TEXT("A4", "乙厂")) ROW(
                "5", "", TEXT("A5", "本表一式两份")) "</sheetData><mergeCells count='2'><mergeCell "
                                                     "ref='A5:C5'/><mergeCell ref='A2:C2'/>"
                                                     "</mergeCells></worksheet>";
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import;
    fixture_write_workbook(fixture, &(struct fixture_workbook){.sheet = sheet});
    assert_true(
        import_open(&import, store, &reg_enterprise, fixture->path, NULL, NULL, NULL, NULL));
    desk_run(import, store, true, "2=2+0+0+0");
    assert_int_equal(import->left[IMPORT_REMARK], 2);
    import_close(&import);
    desk_close(fixture, store);
}

static void hidden_and_merged_cells_are_told(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = open_sheet(fixture, store);
    desk_run(import, store, false, "3=3+0+0+0");
    assert_int_equal(import->hidden_rows, 1);
    assert_int_equal(import->filled_cells, 2);
    const struct import_row *row = desk_row(import, 3);
    assert_int_equal(row->note_count, 2);
    assert_int_equal(row->notes[0].field, -1);
    assert_string_equal(row->notes[0].note, "隐藏行");
    assert_string_equal(row->notes[1].note, "合并单元格向下补");
    import_close(&import);
    assert_int_equal(desk_count(store, &reg_enterprise, "region=441802"), 3);
    desk_close(fixture, store);
}

static void hidden_rows_may_be_left_out(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = open_sheet(fixture, store);
    import_choose_hidden(import, true);
    desk_run(import, store, false, "2=2+0+0+0");
    assert_int_equal(import->counts[IMPORT_SKIPPED], 1);
    import_close(&import);
    desk_close(fixture, store);
}

#define SHEET_PART(id, number)                                                                     \
    "<Relationship Id='" id                                                                        \
    "' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'"       \
    " Target='worksheets/sheet" number ".xml'/>"

static const char two_sheets[] =
    "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets>"
    "<sheet name='封面' sheetId='1' r:id='r1'/><sheet name='清单' sheetId='2' r:id='r2'/>"
    "</sheets></workbook>";

/* Of several sheets the one that fits best is taken, and what the others have is told. */
static void the_best_sheet_is_taken(void **state)
{
    static const char cover[] =
        "<worksheet><sheetData>" ROW("1", "", TEXT("A1", "企业名称") TEXT("B1", "县（市、区）"))
            ROW("2", "", TEXT("A2", "封面厂") TEXT("B2", "清城区")) "</sheetData></worksheet>";
    static const char list[] = "<worksheet><sheetData>" ROW(
        "1", "", TEXT("A1", "企业名称") TEXT("B1", "县（市、区）") TEXT("C1", "主要产品"))
        ROW("2", "", TEXT("A2", "甲厂") TEXT("B2", "清城区") TEXT("C2", "锌锭")) "</sheetData>"
                                                                                 "</worksheet>";
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import;
    fixture_write_workbook(
        fixture, &(struct fixture_workbook){.workbook = two_sheets,
                                            .relations = "<Relationships>" SHEET_PART("r1", "1")
                                                SHEET_PART("r2", "2") "</Relationships>",
                                            .sheet = cover,
                                            .second = list});
    assert_true(
        import_open(&import, store, &reg_enterprise, fixture->path, NULL, NULL, NULL, NULL));
    assert_int_equal(import->table.sheet_count, 2);
    assert_string_equal(import->table.sheet, import->table.sheets[1].name);
    assert_int_equal(import->sheet_fields[0], 2);
    assert_int_equal(import->sheet_fields[1], 3);
    desk_run(import, store, false, "1=1+0+0+0");
    import_close(&import);
    assert_int_equal(desk_count(store, &reg_enterprise, "name=甲厂"), 1);
    fixture_write_text(
        fixture, "list.csv",
        "企业名称,县（市、区）,重点行业类别,许可管理类别,牵头部门\n甲,乙,丙,丁,戊\n");
    assert_true(import_open(&import, store, NULL, fixture->path, NULL, NULL, NULL, NULL));
    assert_string_equal(import->reg->name, "enterprise");
    import_close(&import);
    fixture_write_text(fixture, "list.csv", "甲,乙\n1,2\n");
    assert_false(import_open(&import, store, NULL, fixture->path, NULL, NULL, NULL, NULL));
    desk_close(fixture, store);
}

#define unit(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        unit(sums_are_compared_with_their_rows), unit(sums_may_stand_above_their_rows),
        unit(what_cannot_be_summed_is_said),     unit(headings_and_captions_are_left_out),
        unit(notes_below_are_left_out),          unit(records_like_notes_are_read),
        unit(instructions_above_are_left_out),   unit(a_cell_over_the_table_is_a_note),
        unit(hidden_and_merged_cells_are_told),  unit(hidden_rows_may_be_left_out),
        unit(the_best_sheet_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
