/* Where the heading of a sheet stands: levels, merged areas, pages, forms and sheets. */
#include "tests/imports/fixture.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "imports/heading.h"
#include "imports/heading_sheets.h"

#include <string.h>

/* A sheet of cells joined by |, rows by a line feed, with merged areas joined by a blank. */
static char *sheet_of(const char *cells, const char *areas)
{
    struct buffer sheet = {0};
    size_t row = 1, column = 0;
    buffer_add(&sheet, "<worksheet><sheetData><row r='1'>");
    for (const char *at = cells; *at; at += *at != '\0') {
        size_t length = strcspn(at, "|\n");
        if (length)
            buffer_addf(&sheet, "<c r='%c%zu' t='inlineStr'><is><t>%.*s</t></is></c>",
                        (char)('A' + column), row, (int)length, at);
        at += length;
        column = *at == '|' ? column + 1 : 0;
        if (*at == '\n')
            buffer_addf(&sheet, "</row><row r='%zu'>", ++row);
    }
    buffer_add(&sheet, "</row></sheetData><mergeCells>");
    for (const char *at = areas; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        buffer_addf(&sheet, "<mergeCell ref='%.*s'/>", (int)length, at);
        at += length;
    }
    buffer_add(&sheet, "</mergeCells></worksheet>");
    return buffer_take(&sheet);
}

static void write_sheet(struct fixture *fixture, const char *cells, const char *areas)
{
    char *sheet = sheet_of(cells, areas);
    fixture_write_workbook(fixture, &(struct fixture_workbook){.sheet = sheet});
    free(sheet);
}

static void read(struct fixture *fixture)
{
    table_release(&fixture->table);
    if (!table_read(fixture->path, NULL, &fixture->table, &fixture->err))
        fail_msg("%s", fixture->err.message);
}

/* "name", "~name", "?", "-", each followed by its unit in brackets. */
static void write_columns(const struct reg *reg, const struct heading *heading, struct buffer *out)
{
    for (size_t i = 0; i < heading->column_count; i++) {
        const struct heading_column *column = &heading->columns[i];
        const char *name = column->match == HEADING_FIELD || column->match == HEADING_NEAR
                               ? reg_field(reg, column->field)->name
                           : column->match == HEADING_IGNORED ? "-"
                                                              : "?";
        buffer_addf(out, "%s%s%s", i ? " " : "", column->match == HEADING_NEAR ? "~" : "", name);
        if (*column->unit)
            buffer_addf(out, "(%s)", column->unit);
    }
}

static void expect(struct fixture *fixture, const struct reg *reg, size_t first, size_t count,
                   const char *columns)
{
    struct heading heading;
    struct buffer found = {0};
    read(fixture);
    if (!heading_find(&fixture->table, reg, &heading, &fixture->err))
        fail_msg("%s", fixture->err.message);
    write_columns(reg, &heading, &found);
    assert_string_equal(buffer_text(&found), columns);
    assert_int_equal(heading.first_row, first);
    assert_int_equal(heading.row_count, count);
    buffer_release(&found);
    heading_release(&heading);
}

#define TITLE "2025年全口径涉重金属企业清单|||||\n填报单位：清远市示例分局|||||单位：千克\n"
#define BODY  "1|甲厂|清城区|1|2|\n2|乙厂|清城区|3|4|\n"

static void merged_groups_are_joined(void **state)
{
    struct fixture *fixture = *state;
    write_sheet(fixture,
                TITLE "序号|企业名称|县（市、区）|2020年基础排放量||备注\n|||铅|镉|\n" BODY,
                "A1:F1 A3:A4 B3:B4 C3:C4 D3:E3 F3:F4");
    expect(fixture, &reg_enterprise, 2, 2,
           "- name region base_lead_kg(千克) base_cadmium_kg(千克) note");
    /* Three levels, of which the first names nothing. */
    write_sheet(fixture,
                TITLE "序号|企业基本情况||重金属排放情况（kg/a）||备注\n"
                      "|企业名称|县（市、区）|2020年基础排放量||\n|||铅|镉|\n" BODY,
                "A1:F1 A3:A5 B3:C3 B4:B5 C4:C5 D3:E3 D4:E4 F3:F5");
    expect(fixture, &reg_enterprise, 2, 3,
           "- name region base_lead_kg(kg/a) base_cadmium_kg(kg/a) note");
}

/* Lower rows may name more fields by themselves than with the words above them: the heading begins
 * where its merged areas do. */
static void a_heading_is_not_begun_in_its_middle(void **state)
{
    struct fixture *fixture = *state;
    write_sheet(fixture,
                TITLE "序号|企业名称|甲组|||备注\n||乙组||丙组|\n"
                      "||县（市、区）|乡镇|详细地址|\n" BODY,
                "A1:F1 A3:A5 B3:B5 C3:E3 C4:D4 F3:F5");
    expect(fixture, &reg_enterprise, 2, 3, "- name ~region ~town ~address note");
}

/* A line above is no level, though it may hold as much. */
static void title_lines_are_no_level(void **state)
{
    struct fixture *fixture = *state;
    write_sheet(fixture,
                "企业清单|||||\n填报单位：示例分局|||||单位：千克\n"
                "序号|企业名称|县（市、区）|2020年重金属基础排放量||备注\n|||铅|镉|\n" BODY,
                "A1:F1 A3:A4 B3:B4 C3:C4 D3:E3 F3:F4");
    expect(fixture, &reg_enterprise, 2, 2,
           "- name region base_lead_kg(千克) base_cadmium_kg(千克) note");
}

/* What no area joins does not belong together, whatever stands beside it. */
static void areas_go_before_guessing(void **state)
{
    struct fixture *fixture = *state;
    write_sheet(fixture, "企业名称|县（市、区）|2020年基础排放量|||\n||铅|镉|备注|地址\n" BODY,
                "A1:A2 B1:B2 C1:D1");
    expect(fixture, &reg_enterprise, 0, 2, "name region base_lead_kg base_cadmium_kg note address");
    /* Without any area a group goes on to its right. */
    write_sheet(fixture, "企业名称|县（市、区）|2020年基础排放量|\n||铅|镉\n" BODY, "");
    expect(fixture, &reg_enterprise, 0, 2, "name region base_lead_kg base_cadmium_kg -");
    /* A wide heading names one column, not those that it covers. */
    write_sheet(fixture, "企业名称|县（市、区）|备注||\n甲厂|清城区|一|二|三\n", "C1:E1");
    expect(fixture, &reg_enterprise, 0, 1, "name region note - -");
}

static void headings_merged_downward(void **state)
{
    struct fixture *fixture = *state;
    write_sheet(fixture, "企业名称|县（市、区）|排放口数量|\n||废水|废气\n甲厂|清城区|1|2\n",
                "A1:A2 B1:B2 C1:D1");
    expect(fixture, &reg_enterprise, 0, 2, "name region ? ?");
    /* The same as .csv: nothing tells of areas, but no field has anything below it. */
    fixture_write_text(fixture, "list.csv",
                       "企业名称,县（市、区）,排放口数量,\n,,废水,废气\n甲厂,清城区,1,2\n");
    expect(fixture, &reg_enterprise, 0, 2, "name region ? ?");
    /* A row of data that is nearly empty is no heading. */
    fixture_write_text(fixture, "list.csv", "企业名称,县（市、区）,备注,地址\n甲厂,清城区,,\n");
    expect(fixture, &reg_enterprise, 0, 1, "name region note address");
}

static void rows_of_units_and_numbers_belong_to_it(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(
        fixture, "list.csv",
        "企业名称,县（市、区）,产能,许可排放量/镉\n,,万吨,（千克）\n甲厂,清城区,2,3\n");
    expect(fixture, &reg_enterprise, 0, 2,
           "name region capacity_t(万吨) permitted_cadmium_kg(千克)");
    fixture_write_text(fixture, "list.csv",
                       "企业名称,县（市、区）,产能,备注\n甲,乙,1,2\n甲厂,清城区,2,3\n");
    expect(fixture, &reg_enterprise, 0, 2, "name region capacity_t note");
    fixture_write_text(fixture, "list.csv",
                       "序号,企业名称,县（市、区）\n（1）,（2）,（3）\n1,甲厂,清城区\n");
    expect(fixture, &reg_enterprise, 0, 2, "- name region");
    /* The first row of data begins with 1 as well. */
    fixture_write_text(fixture, "list.csv", "序号,企业名称,县（市、区）\n1,2,清城区\n");
    expect(fixture, &reg_enterprise, 0, 1, "- name region");
}

static void units_of_the_lines_above(void **state)
{
    static const struct {
        const char *title, *columns;
    } titles[] = {
        {"单位：千克", "name region capacity_t permitted_cadmium_kg(千克) lon"},
        {"产量单位：万吨；排放量单位：千克",
         "name region capacity_t permitted_cadmium_kg(千克) lon"},
        {"单位：吨/年", "name region capacity_t(吨/年) permitted_cadmium_kg(吨/年) lon"},
        {"单位：吨、千克", "name region capacity_t permitted_cadmium_kg lon"},
        {"填报单位：吨位公司", "name region capacity_t permitted_cadmium_kg lon"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < COUNT_OF(titles); i++) {
        struct buffer text = {0};
        /* A title of mass reaches every column of mass that states none. */
        buffer_addf(&text, "%s,,,,\n企业名称,县（市、区）,%s,许可排放量/镉,经度\n甲,乙,1,2,3\n",
                    titles[i].title, i == 0 || i == 1 ? "产能（台）" : "产能");
        fixture_write_text(fixture, "list.csv", text.text);
        struct heading heading;
        read(fixture);
        assert_true(heading_find(&fixture->table, &reg_enterprise, &heading, &fixture->err));
        struct buffer found = {0};
        write_columns(&reg_enterprise, &heading, &found);
        if (i > 1)
            assert_string_equal(found.text, titles[i].columns);
        else
            assert_non_null(strstr(found.text, "~capacity_t(台) permitted_cadmium_kg(千克) lon"));
        heading_release(&heading);
        buffer_release(&found);
        buffer_release(&text);
    }
    /* A column's own unit goes before that of the line above. */
    fixture_write_text(fixture, "list.csv", "单位：千克,,\n企业名称,县（市、区）,产能（吨）\n");
    expect(fixture, &reg_enterprise, 1, 1, "name region capacity_t(吨)");
}

/* A title names the group that bare metals belong to. */
static void a_title_tells_of_the_group(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "list.csv",
                       "2020年重金属基础排放量统计表,,\n企业名称,县（市、区）,铅\n甲厂,清城区,1\n");
    expect(fixture, &reg_enterprise, 1, 1, "name region base_lead_kg");
    fixture_write_text(fixture, "list.csv",
                       "重金属排放统计表,,\n企业名称,县（市、区）,铅\n甲厂,清城区,1\n");
    expect(fixture, &reg_enterprise, 1, 1, "name region ?");
}

/* Two years for one field: a person must say which. */
static void contested_columns_are_proposed(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(
        fixture, "list.csv",
        "企业名称,县（市、区）,2023年实际排放量/铅,2024年实际排放量/铅\n甲厂,清城区,1,2\n");
    expect(fixture, &reg_enterprise, 0, 1, "name region ~actual_lead_kg ?");
    fixture_write_text(
        fixture, "list.csv",
        "企业名称,县（市、区）,上年实际排放量/铅,2023年实际排放量/铅\n甲厂,清城区,1,2\n");
    expect(fixture, &reg_enterprise, 0, 1, "name region actual_lead_kg ?");
    /* A typo never takes what another column holds. */
    fixture_write_text(fixture, "list.csv", "企业名称,县（市、区）,企业名你,统一社会信用代玛\n");
    expect(fixture, &reg_enterprise, 0, 1, "name region ? ~uscc");
}

static void repeated_headings_are_told(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    write_sheet(fixture,
                TITLE "序号|企业名称|县（市、区）|2020年基础排放量||备注\n|||铅|镉|\n" BODY TITLE
                      "序号|企业 名称|县（市、区）|2020年基础排放量||备注\n|||铅|镉|\n"
                      "3|铅|清城区|1|2|\n|||铅||\n4|企业名称|清城区|1|2|\n",
                "A1:F1 A3:A4 B3:B4 C3:C4 D3:E3 F3:F4");
    read(fixture);
    assert_true(heading_find(&fixture->table, &reg_enterprise, &heading, &fixture->err));
    static const bool repeated[] = {false, false, true, true, true, true, false, false, false};
    for (size_t i = 0; i < COUNT_OF(repeated); i++)
        if (heading_is_repeated(&fixture->table, &heading, 4 + i) != repeated[i])
            fail_msg("row %zu", i);
    heading_release(&heading);
}

static void a_choice_moves_a_field(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    char before[HEADING_FINGERPRINT_SIZE], after[HEADING_FINGERPRINT_SIZE];
    size_t phone = (size_t)reg_field_index(&reg_enterprise, "phone");
    fixture_write_text(fixture, "list.csv",
                       "企业名称,县（市、区）,联系电话,值班室,法定代表入\n甲,乙,1,2,丙\n");
    read(fixture);
    assert_true(heading_find(&fixture->table, &reg_enterprise, &heading, &fixture->err));
    heading_fingerprint(&heading, before);
    assert_int_equal(heading_column_of(&heading, phone), 2);
    heading_choose(&heading, 3, (int)phone);
    assert_int_equal(heading_column_of(&heading, phone), 3);
    assert_int_equal(heading.columns[2].match, HEADING_UNKNOWN);
    assert_true(heading.columns[3].chosen && !heading.columns[2].chosen);
    /* One that was proposed elsewhere is not proposed any more. */
    heading_choose(&heading, 2, reg_field_index(&reg_enterprise, "legal_person"));
    assert_int_equal(heading.columns[4].match, HEADING_UNKNOWN);
    heading_choose(&heading, 3, -1);
    assert_int_equal(heading_column_of(&heading, phone), -1);
    heading_fingerprint(&heading, after);
    assert_string_equal(before, after);
    heading_release(&heading);
}

static void fingerprints_tell_forms_apart(void **state)
{
    struct fixture *fixture = *state;
    static const char *const forms[] = {"企业名称,县（市、区）,备注\n",
                                        "企业名称,备注,县（市、区）\n", "企业名称,县（市、区）\n",
                                        "单位名称,县（市、区）,备注\n"};
    char prints[COUNT_OF(forms) + 1][HEADING_FINGERPRINT_SIZE];
    for (size_t i = 0; i <= COUNT_OF(forms); i++) {
        struct heading heading;
        /* Columns without heading, a title and line breaks do not make another form. */
        fixture_write_text(
            fixture, "list.csv",
            i < COUNT_OF(forms) ? forms[i] : "清单,,,\n\"企业\n名称\",县（市、区）,备注,\n1,,,1\n");
        read(fixture);
        assert_true(heading_find(&fixture->table, &reg_enterprise, &heading, &fixture->err));
        heading_fingerprint(&heading, prints[i]);
        heading_release(&heading);
    }
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(prints[i], prints[j]);
    assert_string_equal(prints[0], prints[COUNT_OF(forms)]);
}

static void the_register_is_guessed(void **state)
{
    static const struct {
        const char *text;
        const struct reg *reg;
    } lists[] = {
        {"企业名称,县（市、区）,重点行业类别,许可管理类别,牵头部门\n甲,乙,丙,丁,戊\n",
         &reg_enterprise},
        {"点位名称,县（市、区）,乡镇,堆存量（万吨）,污染程度/等级,治理路线\n1,2,3,4,5,6\n",
         &reg_legacy_site},
        {"问题编号,县（市、区）,问题描述,整改措施,责任单位,计划完成时限,整改状态\n1,2,3,4,5,6,7\n",
         &reg_problem},
        {"涉铊企业清单,,\n企业名称,统一社会信用代码,县（市、区）\n1,2,3\n",
         &reg_thallium_enterprise},
        {"尾矿库（堆场）名称,等别,坝高/设计,库容/设计,县（市、区）,筑坝方式\n1,2,3,4,5,6\n",
         &reg_tailings_pond},
        /* Not clear, or nothing at all. */
        {"企业名称,统一社会信用代码,县（市、区）\n1,2,3\n", NULL},
        {"行业代码,行业名称\n3212,铅锌冶炼\n", NULL},
        {"甲,乙,丙\n1,2,3\n", NULL},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        fixture_write_text(fixture, "list.csv", lists[i].text);
        read(fixture);
        const struct reg *reg = heading_guess_reg(&fixture->table);
        if (reg != lists[i].reg)
            fail_msg("%s: %s", lists[i].text, reg ? reg->name : "none");
    }
}

#define MAIN                                                                                       \
    "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "                           \
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"

/* Two sheets; the second one as hidden as `state` says. */
static void write_two(struct fixture *fixture, const char *first, const char *name,
                      const char *state, const char *second)
{
    struct buffer workbook = {0};
    buffer_addf(&workbook,
                "<workbook " MAIN "><sheets><sheet name='清单' sheetId='1' r:id='r1'/>"
                "<sheet name='%s' sheetId='2' state='%s' r:id='r2'/></sheets></workbook>",
                name, state);
    char *one = sheet_of(first, ""), *two = sheet_of(second, "");
    fixture_write_workbook(
        fixture, &(struct fixture_workbook){
                     .workbook = workbook.text,
                     .relations = "<Relationships><Relationship Id='r1' "
                                  "Type='http://schemas.openxmlformats.org/officeDocument/2006/"
                                  "relationships/worksheet' Target='worksheets/sheet1.xml'/>"
                                  "<Relationship Id='r2' "
                                  "Type='http://schemas.openxmlformats.org/officeDocument/2006/"
                                  "relationships/worksheet' Target='worksheets/sheet2.xml'/>"
                                  "</Relationships>",
                     .sheet = one,
                     .second = two});
    free(one);
    free(two);
    buffer_release(&workbook);
}

#define FORM "企业清单||\n*企业名称|*县（市、区）|备注|产能（t/a）\n甲厂|清城区|x|1\n"

static bool read_template(struct fixture *fixture, const char *form, const char *hidden,
                          struct heading *heading, bool *found)
{
    fixture->err = (struct error){0};
    write_two(fixture, form, "_taizhang", "veryHidden", hidden);
    read(fixture);
    return heading_of_template(fixture->path, &reg_enterprise, &fixture->table, heading, found,
                               &fixture->err);
}

static void our_own_form_needs_no_questions(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    struct buffer columns = {0};
    bool found = false;
    assert_true(read_template(fixture, FORM, "taizhang|enterprise|2|1\nname|region||capacity_t\n",
                              &heading, &found));
    assert_true(found);
    assert_int_equal(heading.first_row, 1);
    write_columns(&reg_enterprise, &heading, &columns);
    assert_string_equal(columns.text, "name region - capacity_t(t/a)");
    buffer_release(&columns);
    heading_release(&heading);
    /* A person has written more columns behind those of the form. */
    assert_true(read_template(fixture, "企业名称|县（市、区）|备注\n甲|乙|丙\n",
                              "taizhang|enterprise|1|1\nname|region\n", &heading, &found));
    assert_true(found);
    assert_int_equal(heading.columns[2].match, HEADING_FIELD);
    heading_release(&heading);
}

static void a_form_that_was_changed_is_read_as_it_stands(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    static const char *const changed[][2] = {
        {"县（市、区）|企业名称\n甲|乙\n", "taizhang|enterprise|1|1\nname|region\n"},
        {"企业名称|所在地区\n甲|乙\n", "taizhang|enterprise|1|1\nname|region\n"},
        {"企业名称|县（市、区）\n甲|乙\n", "taizhang|enterprise|7|1\nname|region\n"},
        {"企业名称|县（市、区）\n甲|乙\n", "taizhang|enterprise|1|9\nname|region\n"},
        {"企业名称|县（市、区）\n甲|乙\n", "taizhang|enterprise|1|1\nname|no_such_field\n"},
        {"企业名称|县（市、区）\n甲|乙\n", "taizhang|enterprise|1|1\n"},
        {"企业名称|县（市、区）\n甲|乙\n", "taizhang|no_such_register|1|1\nname|region\n"},
        {"企业名称|县（市、区）\n甲|乙\n", "别的程序|enterprise|1|1\nname|region\n"},
        {"企业名称|县（市、区）\n甲|乙\n", ""},
    };
    for (size_t i = 0; i < COUNT_OF(changed); i++) {
        bool found = true;
        if (!read_template(fixture, changed[i][0], changed[i][1], &heading, &found) || found)
            fail_msg("%zu: %s", i, fixture->err.message);
    }
    /* No form at all. */
    bool found = true;
    write_sheet(fixture, "企业名称|县（市、区）\n甲|乙\n", "");
    read(fixture);
    assert_true(heading_of_template(fixture->path, &reg_enterprise, &fixture->table, &heading,
                                    &found, &fixture->err));
    assert_false(found);
}

static void a_form_of_another_register_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    bool found = true;
    assert_false(
        read_template(fixture, FORM, "taizhang|legacy_site|2|1\nname|region\n", &heading, &found));
    assert_int_equal(fixture->err.code, ERROR_REFUSED);
    assert_non_null(strstr(fixture->err.message, reg_legacy_site.label));
    assert_false(found);
}

static void look(struct fixture *fixture, struct heading_sheets *sheets)
{
    assert_true(heading_sheets_read(fixture->path, &reg_enterprise, NULL, sheets, &fixture->err));
}

static void the_sheet_with_the_list_is_found(void **state)
{
    struct fixture *fixture = *state;
    struct heading_sheets sheets;
    write_two(fixture, "填报说明\n请按要求填写\n", "企业", "visible",
              "企业名称|县（市、区）|备注\n甲|乙|丙\n");
    look(fixture, &sheets);
    assert_int_equal(sheets.count, 2);
    assert_int_equal(sheets.best, 1);
    assert_string_equal(sheets.items[1].name, "企业");
    assert_int_equal(sheets.items[0].fields, 0);
    assert_int_equal(sheets.items[1].fields, 3);
    heading_sheets_release(&sheets);
    /* The first of equals; never a hidden one; none when none fits. */
    write_two(fixture, "企业名称|县（市、区）\n甲|乙\n", "企业", "visible",
              "企业名称|县（市、区）\n甲|乙\n");
    look(fixture, &sheets);
    assert_int_equal(sheets.best, 0);
    heading_sheets_release(&sheets);
    write_two(fixture, "填报说明\n", "企业", "hidden", "企业名称|县（市、区）\n甲|乙\n");
    look(fixture, &sheets);
    assert_int_equal(sheets.best, sheets.count);
    heading_sheets_release(&sheets);
    /* An empty sheet is no reason to stop. */
    write_two(fixture, "", "企业", "visible", "企业名称|县（市、区）\n甲|乙\n");
    assert_true(heading_sheets_read(fixture->path, NULL, NULL, &sheets, &fixture->err));
    assert_null(sheets.items[0].reg);
    heading_sheets_release(&sheets);
    fixture_write_text(fixture, "list.csv", "企业名称,县（市、区）\n甲,乙\n");
    look(fixture, &sheets);
    assert_int_equal(sheets.count, 1);
    assert_string_equal(sheets.items[0].name, "");
    heading_sheets_release(&sheets);
}

struct shown {
    struct heading_sheets sheets;
    size_t rows[2], count;
};

static void see_rows(void *context, const struct table *table)
{
    struct shown *shown = context;
    shown->rows[shown->count++] = table->row_count;
    heading_sheets_look(&shown->sheets, table);
}

static size_t choose_shown(void *context, const struct table *table)
{
    return heading_sheets_choose(&((struct shown *)context)->sheets, table);
}

static struct shown read_chosen(struct fixture *fixture, const char *sheet)
{
    struct shown shown = {.sheets = {.reg = &reg_enterprise}};
    table_release(&fixture->table);
    fixture->table =
        (struct table){.visit = see_rows, .choose = choose_shown, .visit_context = &shown};
    if (!table_read(fixture->path, sheet, &fixture->table, &fixture->err))
        fail_msg("%s", fixture->err.message);
    fixture->table.visit = NULL;
    fixture->table.choose = NULL;
    heading_sheets_release(&shown.sheets);
    return shown;
}

/* Of each sheet only the top is looked at, and the one with the list is read whole, once. */
static void no_body_is_read_to_choose(void **state)
{
    struct fixture *fixture = *state;
    char *others = fixture_repeat("别的|东西\n", 5000), *rows = fixture_repeat("甲|清城区\n", 300);
    struct buffer list = {0};
    buffer_addf(&list, "企业名称|县（市、区）\n%s", rows);
    write_two(fixture, others, "企业", "visible", list.text);
    struct shown shown = read_chosen(fixture, NULL);
    assert_int_equal(shown.count, 2);
    assert_in_range(shown.rows[0], 1, 100);
    assert_in_range(shown.rows[1], 1, 100);
    assert_string_equal(fixture->table.sheet, "企业");
    assert_int_equal(fixture->table.row_count, 301);
    assert_string_equal(table_cell(&fixture->table, 300, 1), "清城区");
    /* What is named is read at once, and so is the only visible one; the first when none fits. */
    shown = read_chosen(fixture, "企业");
    assert_int_equal(shown.count, 0);
    assert_int_equal(fixture->table.row_count, 301);
    write_two(fixture, list.text, "企业", "hidden", others);
    shown = read_chosen(fixture, NULL);
    assert_int_equal(shown.count, 0);
    assert_int_equal(fixture->table.row_count, 301);
    write_two(fixture, others, "企业", "visible", others);
    shown = read_chosen(fixture, NULL);
    assert_int_equal(shown.count, 2);
    assert_int_equal(fixture->table.row_count, 5000);
    buffer_release(&list);
    free(others);
    free(rows);
}

static void only_the_top_is_read_when_asked(void **state)
{
    struct fixture *fixture = *state;
    char *rows = fixture_repeat("甲|清城区\n", 5000);
    struct buffer cells = {0};
    buffer_addf(&cells, "企业名称|县（市、区）\n%s", rows);
    write_sheet(fixture, cells.text, "A2:A3");
    for (size_t i = 0; i < 2; i++) {
        table_release(&fixture->table);
        fixture->table.most_rows = 60;
        read(fixture);
        assert_int_equal(fixture->table.row_count, 60);
        assert_int_equal(fixture->table.column_count, 2);
        assert_string_equal(table_cell(&fixture->table, 59, 1), "清城区");
        for (char *c = cells.text; *c; c++)
            *c = *c == '|' ? ',' : *c;
        fixture_write_text(fixture, "list.csv", cells.text);
    }
    table_release(&fixture->table);
    fixture->table.most_rows = 0;
    read(fixture);
    assert_int_equal(fixture->table.row_count, 5001);
    buffer_release(&cells);
    free(rows);
}

#define unit(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        unit(merged_groups_are_joined),
        unit(a_heading_is_not_begun_in_its_middle),
        unit(title_lines_are_no_level),
        unit(areas_go_before_guessing),
        unit(headings_merged_downward),
        unit(rows_of_units_and_numbers_belong_to_it),
        unit(units_of_the_lines_above),
        unit(a_title_tells_of_the_group),
        unit(contested_columns_are_proposed),
        unit(repeated_headings_are_told),
        unit(a_choice_moves_a_field),
        unit(fingerprints_tell_forms_apart),
        unit(the_register_is_guessed),
        unit(our_own_form_needs_no_questions),
        unit(a_form_that_was_changed_is_read_as_it_stands),
        unit(a_form_of_another_register_is_refused),
        unit(the_sheet_with_the_list_is_found),
        unit(no_body_is_read_to_choose),
        unit(only_the_top_is_read_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
