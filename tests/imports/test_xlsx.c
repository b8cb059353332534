#include "fixture.h"

#include "core/buffer.h"
#include "imports/xlsx_number.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define STYLES                                                                                       \
    "<styleSheet><numFmts><numFmt numFmtId='176' formatCode='yyyy&quot;年&quot;m&quot;月&quot;'/>" \
    "<numFmt numFmtId='177' formatCode='yyyy-mm-dd hh:mm'/></numFmts>"                               \
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"                    \
    "<xf numFmtId='14'/><xf numFmtId='177'/><xf numFmtId='9'/><xf numFmtId='49'/>"                   \
    "<xf numFmtId='176'/><xf numFmtId='31'/><xf numFmtId='58'/></cellXfs></styleSheet>"

static void test_numbers(void **state)
{
    static const struct {
        const char *raw, *text;
        uint8_t format;
    } numbers[] = {
        {"12", "12", 0},
        {"0.30000000000000004", "0.3", 0},
        {"112763.01000000001", "112763.01", 0},
        {"1.1000000000000001", "1.1", 0},
        {"0.99999999999999989", "1", 0},
        {"-2.5000", "-2.5", 0},
        {"-0", "0", 0},
        {"1E-05", "0.00001", 0},
        {"1.5E+3", "1500", 0},
        {"123456789012345", "123456789012345", 0},
        {"123456789012345678", "123456789012345678", 0},
        {"9.1110000100001E+17", "9.1110000100001E+17", 0},
        {"1E+99999999999", "1E+99999999999", 0},
        {"1E-300", "1E-300", 0},
        {"-NAN", "-NAN", 0},
        {"1.2.3", "1.2.3", 0},
        {"1E", "1E", 0},
        {"", "", 0},
        {"0.06", "6%", XLSX_PERCENT},
        {"7.0000000000000007E-2", "7%", XLSX_PERCENT},
        {"0.06125", "6.125%", XLSX_PERCENT},
        {"0", "0%", XLSX_PERCENT},
        {"0.30000000000000004", "0.30000000000000004", XLSX_TEXT},
        {"45688", "2025-01-31", XLSX_DATE},
        {"45688.354166666664", "2025-01-31", XLSX_DATE},
        {"45688.354166666664", "2025-01-31 08:30", XLSX_DATE | XLSX_TIME},
        {"45688.354340277778", "2025-01-31 08:30:15", XLSX_DATE | XLSX_TIME},
        {"45688.999999999", "2025-02-01", XLSX_DATE | XLSX_TIME},
        {"0.35416666666666669", "08:30", XLSX_TIME},
        {"45688", "2025-01-31", XLSX_TIME},
        {"1", "1900-01-01", XLSX_DATE},
        {"59", "1900-02-28", XLSX_DATE},
        {"60", "60", XLSX_DATE},
        {"61", "1900-03-01", XLSX_DATE},
        {"2958465", "9999-12-31", XLSX_DATE},
        {"2958466", "2958466", XLSX_DATE},
        {"-1", "-1", XLSX_DATE},
        {"20250131", "20250131", XLSX_DATE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char out[XLSX_NUMBER_SIZE];
        bool done = xlsx_number_format(numbers[i].raw, numbers[i].format, false, out);
        assert_string_equal(done ? out : numbers[i].raw, numbers[i].text);
    }
    char out[XLSX_NUMBER_SIZE];
    assert_true(xlsx_number_format("44226", XLSX_DATE, true, out));
    assert_string_equal(out, "2025-01-31");
    assert_true(xlsx_number_format("0", XLSX_DATE, true, out));
    assert_string_equal(out, "1904-01-01");
}

static void test_format_codes(void **state)
{
    static const struct {
        const char *code;
        uint8_t format;
    } codes[] = {
        {"General", 0},
        {"G/通用格式", 0},
        {"[$-804]General", 0},
        {"0.00E+00", 0},
        {"#,##0.00;[Red]-#,##0.00", 0},
        {"0.00\" days\"", 0},
        {"0\\d", 0},
        {"_-* #,##0_-", 0},
        {"0.0%", XLSX_PERCENT},
        {"@", XLSX_TEXT},
        {"yyyy/m/d;@", XLSX_DATE},
        {"yyyy\"年\"m\"月\"", XLSX_DATE},
        {"m\"月\"", XLSX_DATE},
        {"[$-804]yyyy\"年\"m\"月\"d\"日\";@", XLSX_DATE},
        {"[DBNum1][$-804]e\"年\"m\"月\"", XLSX_DATE},
        {"yyyy-mm-dd hh:mm", XLSX_DATE | XLSX_TIME},
        {"h:mm AM/PM", XLSX_TIME},
        {"mm:ss.0", XLSX_TIME},
        {"[h]:mm", XLSX_TIME},
        {"[Magenta]0", 0},
        {"\"open", 0},
        {"", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (xlsx_format_of_code(codes[i].code) != codes[i].format)
            fail_msg("%s is %d", codes[i].code, xlsx_format_of_code(codes[i].code));
    assert_int_equal(xlsx_format_of_id(27), XLSX_DATE);
    assert_int_equal(xlsx_format_of_id(36), XLSX_DATE);
    assert_int_equal(xlsx_format_of_id(50), XLSX_DATE);
    assert_int_equal(xlsx_format_of_id(58), XLSX_DATE);
    assert_int_equal(xlsx_format_of_id(22), XLSX_DATE | XLSX_TIME);
    assert_int_equal(xlsx_format_of_id(48), 0);
    assert_int_equal(xlsx_format_of_id(59), 0);
}

static void test_cells_of_every_type(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_workbook(
        fixture,
        &(struct fixture_workbook){
            .styles = STYLES,
            .strings = "<sst><si><t>名称</t></si><si><r><t>富</t></r><rPh sb='0' eb='1'><t>fu</t>"
                       "</rPh><r><t xml:space='preserve'> 文本</t></r></si><si><t/></si></sst>",
            .sheet =
                "<worksheet><sheetData>"
                "<row r='2'><c r='A2' t='s'><v>0</v></c><c r='B2' t='s'><v>1</v></c>"
                "<c r='C2' t='s'><v>2</v></c><c r='D2' t='inlineStr'><is><t>内</t><rPh>"
                "<t>nei</t></rPh><r><t>联</t></r></is></c><c r='XFD2' s='1'/></row>"
                "<row r='5'><c r='A5' t='b'><v>1</v></c><c r='B5' t='b'><v>0</v></c>"
                "<c r='C5' t='e'><v>#N/A</v></c><c r='D5' t='str'><f>A1&amp;B1</f><v>甲</v></c>"
                "<c r='E5'><f>1+1</f><v>2</v></c><c r='G5' s='1'><v>45688</v></c>"
                "<c r='H5' s='2'><v>45688.354166666664</v></c><c r='I5' s='3'><v>0.06</v></c>"
                "<c r='J5' s='4'><v>1.10</v></c><c r='K5' s='5'><v>45688</v></c>"
                "<c r='L5' s='6'><v>45688</v></c><c r='M5' s='7'><v>45688</v></c>"
                "<c r='N5' t='d'><v>2025-01-31T00:00:00</v></c>"
                "<c r='O5' t='d'><v>2025-01-31T08:30:00.000Z</v></c>"
                "<c r='P5'><v>123456789012345678</v></c></row></sheetData></worksheet>"});
    fixture_expect(fixture, NULL,
                   "名称|富 文本||内联\n"
                   "TRUE|FALSE|#N/A|甲|2||2025-01-31|2025-01-31 08:30|6%|1.10|2025-01-31|"
                   "2025-01-31|2025-01-31|2025-01-31|2025-01-31 08:30|123456789012345678");
    assert_int_equal(fixture->table.rows[0].number, 2);
    assert_int_equal(fixture->table.rows[1].number, 5);
    assert_int_equal(fixture->table.column_count, 16);
}

static void test_cells_without_references(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_rows(fixture, "<row><c><v>1</v></c><c r='C1'><v>3</v></c><c><v>4</v></c></row>"
                                "<row/><row r='4'><c><v>5</v></c></row><row><c><v>6</v></c></row>");
    fixture_expect(fixture, NULL, "1||3|4\n5\n6");
    assert_int_equal(fixture->table.rows[2].number, 5);
}

static void test_strict_and_prefixed_names(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_workbook(
        fixture,
        &(struct fixture_workbook){
            .package = "<Relationships><Relationship Id='a' Target='/xl/workbook.xml' Type='"
                       "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument'/>"
                       "</Relationships>",
            .workbook = "<x:workbook xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'>"
                        "<x:workbookPr date1904='true'/><x:sheets>"
                        "<x:sheet name='表' sheetId='7' rel:id='r1'/></x:sheets></x:workbook>",
            .styles = STYLES,
            .sheet = "<x:worksheet><x:sheetData><x:row><x:c s='1'><x:v>44226</x:v></x:c></x:row>"
                     "</x:sheetData></x:worksheet>"});
    fixture_expect(fixture, NULL, "2025-01-31");
    assert_string_equal(fixture->table.sheet, "表");
}

static void test_escapes_and_control_characters(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_rows(fixture,
                       "<row><c t='inlineStr'><is><t>a_x000D_b_x0041__x005F_x0042_</t></is>"
                       "</c><c t='inlineStr'><is><t>_x001B_[2J_x0000_ _x12 _xD800_ &#x85;"
                       "</t></is></c></row>");
    fixture_expect(fixture, NULL, "a\rbA_x0042_|\x1B[2J_x0000_ _x12 _xD800_ \xC2\x85");
}

static void test_merges(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_workbook(
        fixture, &(struct fixture_workbook){
                     .sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData>"
                              "<mergeCells><mergeCell ref='B2:D5'/><mergeCell ref='A1'/>"
                              "<mergeCell ref='A7:XFD1048576'/></mergeCells></worksheet>"});
    fixture_expect(fixture, NULL, "1");
    assert_int_equal(fixture->table.merge_count, 2);
    struct table_merge merge = fixture->table.merges[0];
    assert_int_equal(merge.first_row, 2);
    assert_int_equal(merge.last_row, 5);
    assert_int_equal(merge.first_column, 1);
    assert_int_equal(merge.last_column, 3);
    assert_int_equal(fixture->table.merges[1].last_column, TABLE_MAX_COLUMNS - 1);
}

static void write_merges(struct fixture *fixture, int count)
{
    struct buffer sheet = {0};
    buffer_add(&sheet, "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>");
    for (int i = 1; i <= count; i++)
        buffer_addf(&sheet, "<mergeCell ref='A%d:B%d'/>", i, TABLE_MAX_ROWS);
    buffer_add(&sheet, "</mergeCells></worksheet>");
    fixture_write_workbook(fixture, &(struct fixture_workbook){.sheet = sheet.text});
    buffer_release(&sheet);
}

static double seconds_for_merges(struct fixture *fixture, int count)
{
    write_merges(fixture, count);
    clock_t start = clock();
    fixture_expect(fixture, NULL, "1");
    clock_t end = clock();
    assert_int_equal(fixture->table.merge_count, count);
    return (double)(end - start) / CLOCKS_PER_SEC;
}

static void test_many_merges_in_linear_time(void **state)
{
    double few = seconds_for_merges(*state, 25000), many = seconds_for_merges(*state, 100000);
    if (many > 12 * few + 0.02)
        fail_msg("25000 merges took %.3f s, 100000 took %.3f s", few, many);
}

static void check_part_limit(struct fixture *fixture, const char *before, const char *unit,
                             size_t times, const char *after, const char *words)
{
    struct buffer part = {0};
    char *units = fixture_repeat(unit, times);
    buffer_addf(&part, "%s%s%s", before, units, after);
    struct fixture_workbook workbook = {.workbook = part.text};
    if (strstr(unit, "Relationship"))
        workbook = (struct fixture_workbook){.relations = part.text};
    fixture_write_workbook(fixture, &workbook);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, words);
    free(units);
    buffer_release(&part);
}

static void test_too_many_of_everything(void **state)
{
    struct fixture *fixture = *state;
    write_merges(fixture, TABLE_MAX_MERGES + 1);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "合并单元格超过 1000000 处");
    check_part_limit(fixture, "<workbook>", "<sheet name='a' id='r1'/>", 257, "</workbook>",
                     "工作表超过 256 张");
    check_part_limit(fixture, "<Relationships>", "<Relationship Id='a' Type='b' Target='c'/>",
                     100001, "</Relationships>", "部件超过 100000 个");
}

#define TWO_SHEETS(first, second)                                                                  \
    "<workbook><sheets><sheet name='甲' sheetId='1' r:id='r1'" first "/>"                          \
    "<sheet name='图' sheetId='3' r:id='r5'/>"                                                    \
    "<sheet name='乙' sheetId='2' r:id='r2'" second "/></sheets></workbook>"
#define ONE_CELL(value)                                                                            \
    "<worksheet><sheetData><row><c><v>" value "</v></c></row></sheetData></worksheet>"

static void test_sheets(void **state)
{
    struct fixture *fixture = *state;
    struct fixture_workbook workbook = {.workbook = TWO_SHEETS(" state='hidden'", ""),
                                        .sheet = ONE_CELL("1"),
                                        .second = ONE_CELL("2")};
    fixture_write_workbook(fixture, &workbook);
    fixture_expect(fixture, NULL, "2");
    assert_string_equal(fixture->table.sheet, "乙");
    assert_int_equal(fixture->table.sheet_count, 2); /* not the chart */
    assert_string_equal(fixture->table.sheets[0].name, "甲");
    assert_true(fixture->table.sheets[0].hidden);
    assert_false(fixture->table.sheets[1].hidden);
    fixture_expect(fixture, "甲", "1");
    fixture_refuse(fixture, "丙", ERROR_MISSING,
                   "没有名为“丙”的工作表，请改用其中之一：“甲”、“乙”");

    workbook.workbook = TWO_SHEETS("", "");
    workbook.sheet = "<worksheet><sheetData><row r='9'><c r='C9' s='1'/></row></sheetData>"
                     "<mergeCells><mergeCell ref='A1:B2'/></mergeCells></worksheet>";
    fixture_write_workbook(fixture, &workbook);
    fixture_expect(fixture, NULL, "2");
    assert_int_equal(fixture->table.merge_count, 0);
    fixture_refuse(fixture, "甲", ERROR_FORMAT, "工作表“甲”里没有数据");

    workbook.workbook = TWO_SHEETS(" state='veryHidden'", " state='hidden'");
    fixture_write_workbook(fixture, &workbook);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "所有工作表都是隐藏的");
    workbook = (struct fixture_workbook){0};
    fixture_write_workbook(fixture, &workbook);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "工作表里没有数据");
}

static void test_uncalculated_formulas_are_counted(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_rows(fixture, "<row><c><v>1</v></c></row><row><c><f>1+1</f></c>"
                                "<c><f>1+1</f><v/></c><c t='str'><f>A9</f><v></v></c></row>");
    fixture_expect(fixture, NULL, "1");
    assert_int_equal(fixture->table.uncalculated_count, 2);
    assert_int_equal(fixture->table.uncalculated_row, 2);
}

/* A form control has rows and columns of its own, outside the data. */
static void test_rows_outside_the_data(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_workbook(
        fixture, &(struct fixture_workbook){
                     .sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData>"
                              "<controls><from><xdr:col>0</xdr:col><xdr:row>0</xdr:row></from>"
                              "<c><v>2</v></c></controls></worksheet>"});
    fixture_expect(fixture, NULL, "1");
}

static void test_refused_rows(void **state)
{
    static const struct {
        const char *rows, *words;
    } sheets[] = {
        {"<row r='1'><c r='XFE1'><v>1</v></c></row>", "单元格位置“XFE1”超出"},
        {"<row r='1'><c r='BDWGO1'><v>1</v></c></row>", "单元格位置“BDWGO1”超出"}, /* 10^6 */
        {"<row r='1'><c r='ZZZZZZZZZZZZZZZ1'><v>1</v></c></row>", "超出电子表格的范围"},
        {"<row r='1'><c r='A1048577'><v>1</v></c></row>", "单元格位置“A1048577”超出"},
        {"<row r='1'><c r='A99999999999999999999'><v>1</v></c></row>", "超出电子表格的范围"},
        {"<row r='1'><c r='A0'><v>1</v></c></row>", "单元格位置“A0”超出"},
        {"<row r='1'><c r='1A'><v>1</v></c></row>", "单元格位置“1A”超出"},
        {"<row r='1'><c r='A1x'><v>1</v></c></row>", "单元格位置“A1x”超出"},
        {"<row r='1'><c r='A2'><v>1</v></c></row>", "次序错乱"},
        {"<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>", "次序错乱"},
        {"<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>1</v></c></row>", "次序错乱"},
        {"<row r='2'/><row r='2'/>", "次序错乱"},
        {"<row r='2'/><row r='1'/>", "次序错乱"},
        {"<row><row/></row>", "次序错乱"},
        {"<c><v>1</v></c>", "次序错乱"},
        {"<row><c><c/></c></row>", "次序错乱"},
        {"<row><sheetData/></row>", "次序错乱"},
        {"<row r='1048577'/>", "行数超过电子表格的上限 1048576 行"},
        {"<row r='0'/>", "行数超过"},
        {"<row r='1048576'/><row/>", "行数超过"},
        {"<row r='3'><c r='B3' t='s'><v>0</v></c></row>", "单元格 B3 引用了不存在的共享字符串"},
        {"<row><c t='s'><v>-1</v></c></row>", "引用了不存在的共享字符串"},
        {"<row><c t='s'><v>x</v></c></row>", "引用了不存在的共享字符串"},
        {"<row><c t='s'><v>18446744073709551616</v></c></row>", "引用了不存在的共享字符串"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++) {
        fixture_write_rows(fixture, sheets[i].rows);
        fixture_refuse(fixture, NULL, ERROR_FORMAT, sheets[i].words);
        assert_non_null(strstr(fixture->err.message, "清单.xlsx：工作表“清单”："));
    }
}

static void test_refused_merges(void **state)
{
    static const char *const areas[] = {"A1:XFE2",  "A1:B1048577", "A2:B1", "B1:A2",
                                        "A1:B2:C3", "x",           ""};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
        char sheet[200];
        snprintf(
            sheet, sizeof sheet,
            "<worksheet><sheetData/><mergeCells><mergeCell ref='%s'/></mergeCells></worksheet>",
            areas[i]);
        fixture_write_workbook(fixture, &(struct fixture_workbook){.sheet = sheet});
        fixture_refuse(fixture, NULL, ERROR_FORMAT, "超出电子表格的范围");
    }
}

static void check_text_limit(struct fixture *fixture, const char *unit, const char *words)
{
    for (int excess = 0; excess <= 1; excess++) {
        struct buffer sheet = {0}, strings = {0};
        char *text = fixture_repeat(unit, TABLE_MAX_CHARACTERS);
        buffer_addf(&sheet, "<row><c/><c t='inlineStr'><is><t>%s%s</t></is></c></row>", text,
                    excess ? "x" : "");
        fixture_write_rows(fixture, sheet.text);
        if (excess)
            fixture_refuse(fixture, NULL, ERROR_FORMAT, words);
        else
            assert_true(table_read(fixture->path, NULL, &fixture->table, &fixture->err));
        buffer_addf(&strings, "<sst><si><t>%s%s</t></si></sst>", text, excess ? "x" : "");
        fixture_write_workbook(
            fixture, &(struct fixture_workbook){.strings = strings.text, .sheet = ONE_CELL("1")});
        if (excess)
            fixture_refuse(fixture, NULL, ERROR_FORMAT, "有单元格的文字超过 32767 个字符");
        else
            fixture_expect(fixture, NULL, "1");
        free(text);
        buffer_release(&sheet);
        buffer_release(&strings);
    }
}

static void test_long_texts(void **state)
{
    struct fixture *fixture = *state;
    check_text_limit(fixture, "字", "单元格 B1 的文字超过 32767 个字符");
    check_text_limit(fixture, "_x000D_", "单元格 B1 的文字超过 32767 个字符");
}

static void test_doctype(void **state)
{
    static const char bomb[] =
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
        "<worksheet><sheetData><row><c t='inlineStr'><is><t>&b;</t></is></c></row></sheetData>"
        "</worksheet>";
    struct fixture *fixture = *state;
    fixture_write_workbook(fixture, &(struct fixture_workbook){.sheet = bomb});
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "DOCTYPE");
    fixture_write_workbook(
        fixture,
        &(struct fixture_workbook){.sheet = ONE_CELL("1"),
                                   .strings = "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><sst/>"});
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "DOCTYPE");
}

static void test_broken_xml(void **state)
{
    static const char *const sheets[] = {
        "<worksheet><sheetData><row><c><v>1</v></c></row>",
        "<worksheet><sheetData></worksheet>",
        "<worksheet>\x01</worksheet>",
        "<worksheet>\xFF</worksheet>",
        "<worksheet>&nbsp;</worksheet>",
        "<?xml version='1.0' encoding='KLINGON'?><worksheet/>",
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++) {
        fixture_write_workbook(fixture, &(struct fixture_workbook){.sheet = sheets[i]});
        fixture_refuse(fixture, NULL, ERROR_FORMAT, "XML 已损坏");
    }
}

static void test_monstrous_xml(void **state)
{
    struct fixture *fixture = *state;
    char *deep = fixture_repeat("<a>", 257), *wide = fixture_repeat("x", 3 << 20);
    fixture_write_rows(fixture, deep);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "嵌套过深");
    struct buffer tag = {0};
    buffer_addf(&tag, "<row spans='%s'><c><v>1</v></c></row>", wide);
    fixture_write_rows(fixture, tag.text);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "异常巨大的标记");
    buffer_release(&tag);
    free(deep);
    free(wide);
}

static void test_encrypted_part(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_workbook(fixture,
                           &(struct fixture_workbook){.sheet = ONE_CELL("1"), .password = "123"});
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "设有密码");
}

static void test_zip_bomb(void **state)
{
    struct fixture *fixture = *state;
    char *zeros = fixture_repeat("<v>0</v>          ", 1000000);
    fixture_write_rows(fixture, zeros);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "压缩率异常");
    free(zeros);
}

static void test_missing_part(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_workbook(
        fixture, &(struct fixture_workbook){.workbook = TWO_SHEETS("", ""), .sheet = "<x/>"});
    fixture_refuse(fixture, "乙", ERROR_FORMAT, "文件已损坏");
}

static size_t load(const struct fixture *fixture, char *bytes, size_t size)
{
    FILE *file = fopen(fixture->path, "rb");
    size_t length = fread(bytes, 1, size, file);
    fclose(file);
    return length;
}

/* However the archive is cut or damaged, it is refused or reads the same: never a part of it. */
static void test_damaged_archives(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_rows(fixture, "<row><c t='inlineStr'><is><t>南丹县冶炼厂</t></is></c></row>");
    char good[8192], bad[8192];
    size_t length = load(fixture, good, sizeof good);
    enum { SPARE = 4 }; /* zeros at the very end, which nobody misses */
    for (size_t cut = 5; cut < length - SPARE; cut++) {
        fixture_write(fixture, "a.xlsx", good, cut);
        fixture_refuse(fixture, NULL, ERROR_FORMAT, "文件已损坏");
    }
    for (size_t at = 4; at < length; at++) {
        memcpy(bad, good, length);
        bad[at] ^= 0x20;
        fixture_write(fixture, "a.xlsx", bad, length);
        fixture->err = (struct error){0};
        if (table_read(fixture->path, NULL, &fixture->table, &fixture->err))
            assert_string_equal(table_cell(&fixture->table, 0, 0), "南丹县冶炼厂");
        else
            assert_int_equal(fixture->err.code, ERROR_FORMAT);
        table_release(&fixture->table);
    }
}

/* Stored data betrays damage by nothing but its checksum. */
static void test_checksum(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_rows(fixture, "<row><c><v>1</v></c></row>");
    char bytes[8192];
    size_t length = load(fixture, bytes, sizeof bytes);
    for (size_t at = length - 22; at > 0; at--)
        if (memcmp(bytes + at, "PK\1\2", 4) == 0)
            bytes[at + 16] ^= 1; /* the checksum in the directory */
    fixture_write(fixture, "a.xlsx", bytes, length);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "文件已损坏");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_format_codes),
        TEST(cells_of_every_type),
        TEST(cells_without_references),
        TEST(strict_and_prefixed_names),
        TEST(escapes_and_control_characters),
        TEST(merges),
        TEST(many_merges_in_linear_time),
        TEST(too_many_of_everything),
        TEST(sheets),
        TEST(uncalculated_formulas_are_counted),
        TEST(rows_outside_the_data),
        TEST(refused_rows),
        TEST(refused_merges),
        TEST(long_texts),
        TEST(doctype),
        TEST(broken_xml),
        TEST(monstrous_xml),
        TEST(encrypted_part),
        TEST(zip_bomb),
        TEST(missing_part),
        TEST(damaged_archives),
        TEST(checksum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
