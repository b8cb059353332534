#include "fixture.h"

#include <string.h>

#define ROWS "<sheetData><row><c><v>1</v></c></row></sheetData>"

static void read_sheet(struct fixture *fixture, const char *sheet)
{
    fixture_write_workbook(fixture, &(struct fixture_workbook){.sheet = sheet});
    table_release(&fixture->table);
    bool done = table_read(fixture->path, NULL, &fixture->table, &fixture->err);
    assert_string_equal(fixture->err.message, "");
    assert_true(done);
}

static void expect_column(const struct fixture *fixture, size_t column, int width, bool hidden)
{
    assert_true(column < fixture->table.described_columns);
    assert_int_equal(fixture->table.columns[column].width, width);
    assert_int_equal(fixture->table.columns[column].hidden, hidden);
}

static void test_columns(void **state)
{
    struct fixture *fixture = *state;
    read_sheet(fixture, "<worksheet><cols><col min='2' max='3' width='12.7109375' customWidth='1'/>"
                        "<col min='5' max='5' width='9.4' hidden='1'/><col min='6' max='6' "
                        "hidden='true'/><col min='7' max='7' width='0'/>"
                        "<col min='8' max='16384' width='8.5'/></cols>" ROWS "</worksheet>");
    assert_int_equal(fixture->table.described_columns, TABLE_MAX_COLUMNS);
    expect_column(fixture, 0, 0, false);
    expect_column(fixture, 1, 13, false);
    expect_column(fixture, 2, 13, false);
    expect_column(fixture, 3, 0, false);
    expect_column(fixture, 4, 9, true);
    expect_column(fixture, 5, 0, true);
    expect_column(fixture, 6, 0, true);
    expect_column(fixture, 16383, 9, false);
    read_sheet(fixture, "<worksheet>" ROWS "</worksheet>");
    assert_int_equal(fixture->table.described_columns, 0);
}

/* What cannot be is passed over: no list is refused for its look. */
static void test_nonsense_columns(void **state)
{
    struct fixture *fixture = *state;
    read_sheet(fixture, "<worksheet><cols><col/><col min='0' max='2' width='5'/>"
                        "<col min='3' max='2' width='5'/><col min='2' max='2' width='99999999999'/>"
                        "<col min='1' max='2' width='7'/><col min='16385' max='16385' width='7'/>"
                        "<col min='3' max='99999999999999999999' width='x'/>"
                        "<col min='-4' max='4' width='-7'/></cols>" ROWS "</worksheet>");
    assert_int_equal(fixture->table.described_columns, TABLE_MAX_COLUMNS);
    expect_column(fixture, 0, 0, false);
    expect_column(fixture, 1, 1000, false);
    expect_column(fixture, 2, 0, true);
}

static void test_rows(void **state)
{
    struct fixture *fixture = *state;
    read_sheet(fixture, "<worksheet><sheetFormatPr defaultRowHeight='14.25'/><sheetData>"
                        "<row ht='20.5'><c><v>1</v></c></row><row hidden='1'><c><v>2</v></c></row>"
                        "<row hidden='1'/><row hidden='0'><c><v>3</v></c></row>"
                        "</sheetData></worksheet>");
    const struct table *table = &fixture->table;
    assert_int_equal(table->row_count, 3);
    assert_int_equal(table->row_height, 14);
    assert_int_equal(table->rows[0].height, 21);
    assert_false(table->rows[0].hidden);
    assert_true(table->rows[1].hidden);
    assert_int_equal(table->rows[1].height, 0);
    assert_false(table->rows[2].hidden);
    assert_int_equal(table->rows[2].number, 4);
}

static void test_page(void **state)
{
    struct fixture *fixture = *state;
    read_sheet(fixture, "<worksheet>" ROWS "<pageSetup paperSize='8' orientation='landscape'/>"
                        "</worksheet>");
    assert_int_equal(fixture->table.paper, 8);
    assert_true(fixture->table.is_landscape);
    read_sheet(fixture, "<worksheet>" ROWS "<pageSetup orientation='portrait'/></worksheet>");
    assert_int_equal(fixture->table.paper, 0);
    assert_false(fixture->table.is_landscape);
}

static void test_day_system(void **state)
{
    struct fixture *fixture = *state;
    read_sheet(fixture, "<worksheet>" ROWS "</worksheet>");
    assert_false(fixture->table.first_1904);
    fixture_write_workbook(
        fixture,
        &(struct fixture_workbook){.workbook = "<workbook><workbookPr date1904='1'/><sheets>"
                                               "<sheet name='甲' id='r1'/></sheets></workbook>",
                                   .sheet = "<worksheet>" ROWS "</worksheet>"});
    fixture_expect(fixture, NULL, "1");
    assert_true(fixture->table.first_1904);
}

/* The look of a sheet without data does not stay on the one that is taken instead. */
static void test_look_of_the_sheet_that_was_read(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_workbook(
        fixture,
        &(struct fixture_workbook){
            .workbook = "<workbook><sheets><sheet name='甲' id='r1'/><sheet name='乙' id='r2'/>"
                        "</sheets></workbook>",
            .sheet = "<worksheet><sheetFormatPr defaultRowHeight='9'/><cols><col min='1' max='4' "
                     "width='5'/></cols><sheetData/><pageSetup paperSize='9' "
                     "orientation='landscape'/></worksheet>",
            .second = "<worksheet>" ROWS "</worksheet>"});
    fixture_expect(fixture, NULL, "1");
    assert_string_equal(fixture->table.sheet, "乙");
    assert_int_equal(fixture->table.described_columns, 0);
    assert_int_equal(fixture->table.row_height, 0);
    assert_int_equal(fixture->table.paper, 0);
    assert_false(fixture->table.is_landscape);
}

#define STYLES                                                                                     \
    "<styleSheet><fonts><font><sz val='11'/><name val='宋体'/></font>"                           \
    "<font><b/><sz val='10.5'/><name val='方正小标宋简体'/></font><font><b "                \
    "val='0'/></font></fonts>"                                                                     \
    "<fills><fill><patternFill patternType='none'/></fill>"                                        \
    "<fill><patternFill patternType='solid'><fgColor rgb='FFE7E6E6'/></patternFill></fill>"        \
    "<fill><patternFill patternType='solid'><fgColor "                                             \
    "rgb='FFFFFFFF'/></patternFill></fill></fills>"                                                \
    "<cellStyleXfs><xf fontId='1'/></cellStyleXfs>"                                                \
    "<cellXfs><xf fontId='0' fillId='0'/><xf fontId='1' fillId='1'><alignment "                    \
    "horizontal='center'/></xf><xf fontId='2' fillId='2'/><xf fontId='9' fillId='9'/></cellXfs>"   \
    "<dxfs><dxf><font><sz val='99'/></font></dxf></dxfs></styleSheet>"

static void expect_look(const struct fixture *fixture, size_t look, uint32_t row, uint32_t column,
                        struct table_style expected)
{
    const struct table *table = &fixture->table;
    assert_true(look < table->look_count);
    assert_int_equal(table->looks[look].row, row);
    assert_int_equal(table->looks[look].column, column);
    const struct table_style *style = &table->styles[table->looks[look].style];
    assert_string_equal(style->font, expected.font);
    assert_int_equal(style->size, expected.size);
    assert_int_equal(style->bold, expected.bold);
    assert_int_equal(style->shaded, expected.shaded);
    assert_int_equal(style->centred, expected.centred);
}

/* Also of cells and rows without text; nobody is told who does not ask. */
static void test_looks(void **state)
{
    struct fixture *fixture = *state;
    const struct fixture_workbook workbook = {
        .styles = STYLES,
        .sheet = "<worksheet><sheetViews><sheetView><pane xSplit='2' ySplit='4' "
                 "state='frozen'/></sheetView></sheetViews><sheetData>"
                 "<row r='1' ht='45' customHeight='1'><c r='A1' s='1'><v>1</v></c><c r='B1' "
                 "s='7'/></row>"
                 "<row r='3' ht='30'><c r='C3' s='2'/><c r='D3'/><c r='E3' s='3'/></row>"
                 "</sheetData></worksheet>"};
    fixture_write_workbook(fixture, &workbook);
    table_release(&fixture->table);
    fixture->table.with_looks = true;
    assert_true(table_read(fixture->path, NULL, &fixture->table, &fixture->err));
    const struct table *table = &fixture->table;
    assert_int_equal(table->style_count, 4);
    assert_int_equal(table->look_count, 4); /* a style that is not there is passed over */
    expect_look(fixture, 0, 1, 0, (struct table_style){"方正小标宋简体", 105, true, true, true});
    expect_look(fixture, 1, 3, 2, (struct table_style){"", 0, false, false, false});
    expect_look(fixture, 2, 3, 3, (struct table_style){"宋体", 110, false, false, false});
    expect_look(fixture, 3, 3, 4, (struct table_style){"", 0, false, false, false});
    assert_int_equal(table->looks[0].height, 45);
    assert_int_equal(table->looks[1].height, 0); /* as the text needs */
    assert_true(table->has_panes);
    assert_int_equal(table->fixed_columns, 2);
    table_release(&fixture->table);
    fixture->table.with_looks = false;
    assert_true(table_read(fixture->path, NULL, &fixture->table, &fixture->err));
    assert_int_equal(fixture->table.look_count, 0);
    assert_int_equal(fixture->table.style_count, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(columns), TEST(nonsense_columns), TEST(rows),
        TEST(page),    TEST(day_system),       TEST(look_of_the_sheet_that_was_read),
        TEST(looks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
