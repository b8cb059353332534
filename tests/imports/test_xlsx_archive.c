#include "fixture.h"
#include "storedzip.h"

#include <stdio.h>
#include <string.h>

static const char package[] = "<Relationships><Relationship Id='r1' Type='x/officeDocument' "
                              "Target='xl/workbook.xml'/></Relationships>";
static const char relations[] = "<Relationships><Relationship Id='r1' Type='x/worksheet' "
                                "Target='worksheets/sheet1.xml'/></Relationships>";
static const char workbook[] = "<workbook><sheets><sheet name='清单' id='r1'/></sheets></workbook>";
static const char sheet[] = "<worksheet><dimension ref='A1:BDWGN1048577'/><sheetData><row><c>"
                            "<v>1</v></c></row></sheetData></worksheet>";

static void write_zip(struct fixture *fixture, struct storedzip *zip)
{
    storedzip_finish(zip);
    fixture_write(fixture, "清单.xlsx", zip->bytes.text, zip->bytes.length);
    storedzip_release(zip);
}

/* The names of the parts, in which a program may have its own habits. */
static void write_named(struct fixture *fixture, enum storedzip_form form,
                        const char *const names[4])
{
    static const char *const texts[] = {package, workbook, relations, sheet};
    struct storedzip zip = {.form = form};
    for (size_t i = 0; i < 4; i++)
        if (names[i])
            storedzip_add_text(&zip, names[i], texts[i]);
    write_zip(fixture, &zip);
}

#define NAMES                                                                                      \
    {                                                                                              \
        "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml" \
    }

static void test_forms_of_archives(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = NAMES;
    static const enum storedzip_form forms[] = {STOREDZIP_PLAIN, STOREDZIP_DESCRIPTOR,
                                                STOREDZIP_ZIP64};
    for (size_t i = 0; i < 3; i++) {
        write_named(fixture, forms[i], names);
        fixture_expect(fixture, NULL, "1");
    }
}

/* Bytes in front of an archive or behind it are no harm, as long as nothing of it is missing. */
static void test_surroundings(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = NAMES, *const texts[] = {package, workbook, relations,
                                                                sheet};
    struct storedzip zip = {0};
    struct buffer file = {0};
    for (size_t i = 0; i < 4; i++)
        storedzip_add_text(&zip, names[i], texts[i]);
    storedzip_finish(&zip);
    buffer_add_bytes(&file, "PK\3\4 in front of it", 20);
    buffer_add_bytes(&file, zip.bytes.text, zip.bytes.length);
    fixture_write(fixture, "清单.xlsx", file.text, file.length);
    fixture_expect(fixture, NULL, "1");
    buffer_clear(&file);
    buffer_add_bytes(&file, zip.bytes.text, zip.bytes.length);
    buffer_add(&file, "behind");
    fixture_write(fixture, "清单.xlsx", file.text, file.length);
    fixture_expect(fixture, NULL, "1");
    buffer_release(&file);
    storedzip_release(&zip);
}

/* A directory may say of a part what it likes. */
static void test_lying_directories(void **state)
{
    static const struct {
        size_t at; /* in each entry of the directory */
        const char *bytes;
        const char *words;
    } lies[] = {
        {8, "\1", "设有密码"},      {10, "\14", "少见的压缩方法"}, {16, "\7", "文件已损坏"},
        {20, "\7", "已损坏"},   {24, "\7", "文件已损坏"},      {27, "\177", "文件已损坏"},
        {42, "\7", "文件已损坏"},   {45, "\177", "文件已损坏"},    {29, "\177", "文件已损坏"},
        {31, "\177", "文件已损坏"}, {33, "\177", "文件已损坏"},
    };
    struct fixture *fixture = *state;
    static const char *const names[] = NAMES, *const texts[] = {package, workbook, relations,
                                                                sheet};
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        struct storedzip zip = {0};
        for (size_t part = 0; part < 4; part++)
            storedzip_add_text(&zip, names[part], texts[part]);
        zip.directory.text[lies[i].at] = *lies[i].bytes;
        write_zip(fixture, &zip);
        fixture_refuse(fixture, NULL, ERROR_FORMAT, lies[i].words);
    }
}

static void test_names(void **state)
{
    struct fixture *fixture = *state;
    static const char *const other_case[] = {
        "_RELS/.rels", "XL/Workbook.xml", "xl/_rels/WORKBOOK.xml.rels", "xl/worksheets/Sheet1.XML"};
    static const char *const backslashes[] = {"_rels\\.rels", "xl\\workbook.xml",
                                              "xl\\_rels\\workbook.xml.rels",
                                              "xl\\worksheets\\sheet1.xml"};
    write_named(fixture, STOREDZIP_PLAIN, other_case);
    fixture_expect(fixture, NULL, "1");
    write_named(fixture, STOREDZIP_PLAIN, backslashes);
    fixture_expect(fixture, NULL, "1");
}

static void test_missing_parts(void **state)
{
    static const char *const words[] = {"普通的 zip 压缩包", "普通的 zip 压缩包", "没有数据",
                                        "文件已损坏"};
    struct fixture *fixture = *state;
    for (size_t missing = 0; missing < 4; missing++) {
        const char *names[] = NAMES;
        names[missing] = NULL;
        write_named(fixture, STOREDZIP_PLAIN, names);
        fixture_refuse(fixture, NULL, ERROR_FORMAT, words[missing]);
    }
}

/* Of two parts of one name the first counts, whoever looks. */
static void test_part_twice(void **state)
{
    struct fixture *fixture = *state;
    struct storedzip zip = {0};
    storedzip_add_text(&zip, "_rels/.rels", package);
    storedzip_add_text(&zip, "xl/workbook.xml", workbook);
    storedzip_add_text(&zip, "xl/_rels/workbook.xml.rels", relations);
    storedzip_add_text(&zip, "xl/worksheets/sheet1.xml", sheet);
    storedzip_add_text(&zip, "xl/worksheets/SHEET1.xml", "<worksheet/>");
    write_zip(fixture, &zip);
    fixture_expect(fixture, NULL, "1");
}

/* Parts that point outside of the package point to nothing. */
static void test_hostile_targets(void **state)
{
    static const char *const targets[] = {
        "../../../../etc/passwd", "/etc/passwd",   "file:///etc/passwd",
        "worksheets/../../..",    "\\etc\\passwd", "http://example.com/sheet1.xml",
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        struct storedzip zip = {0};
        char text[300];
        snprintf(text, sizeof text,
                 "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='%s'/>"
                 "</Relationships>",
                 targets[i]);
        storedzip_add_text(&zip, "_rels/.rels", package);
        storedzip_add_text(&zip, "xl/workbook.xml", workbook);
        storedzip_add_text(&zip, "xl/_rels/workbook.xml.rels", text);
        write_zip(fixture, &zip);
        fixture_refuse(fixture, NULL, ERROR_FORMAT, "文件已损坏");
    }
}

static void test_too_many_parts(void **state)
{
    enum { PARTS = 100001 };
    struct fixture *fixture = *state;
    struct storedzip zip = {.form = STOREDZIP_ZIP64};
    for (int i = 0; i < PARTS; i++)
        storedzip_add_text(&zip, "a", "");
    write_zip(fixture, &zip);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "部件超过 100000 个");
}

/* One sheet part given as bytes, so that it may hold what no C string does. */
static void write_sheet_bytes(struct fixture *fixture, const char *bytes, size_t length)
{
    struct storedzip zip = {0};
    storedzip_add_text(&zip, "_rels/.rels", package);
    storedzip_add_text(&zip, "xl/workbook.xml", workbook);
    storedzip_add_text(&zip, "xl/_rels/workbook.xml.rels", relations);
    storedzip_add(&zip, "xl/worksheets/sheet1.xml", bytes, length);
    write_zip(fixture, &zip);
}

#define SHEET(text)                                                                                \
    "<worksheet><sheetData><row><c t='inlineStr'><is><t>" text                                     \
    "</t></is></c></row></sheetData></worksheet>"

static void test_bytes_that_are_no_text(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } sheets[] = {
#define BYTES(text) {SHEET(text), sizeof SHEET(text) - 1}
        BYTES("a\0b"),     BYTES("\xC0\x80"), BYTES("\xED\xA0\x80"), BYTES("\xFF"),
        BYTES("\xE5\x8D"), BYTES("&#0;"),     BYTES("&#xD800;"),     BYTES("\x0B"),
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++) {
        write_sheet_bytes(fixture, sheets[i].bytes, sheets[i].length);
        fixture_refuse(fixture, NULL, ERROR_FORMAT, "XML 已损坏");
    }
    write_sheet_bytes(fixture, SHEET("\xE5\x8D\x97"), sizeof SHEET("\xE5\x8D\x97") - 1);
    fixture_expect(fixture, NULL, "南");
}

/* A declared encoding counts, as it does for every program that reads XML. */
static void test_encodings(void **state)
{
    struct fixture *fixture = *state;
    static const char latin[] = "<?xml version='1.0' encoding='ISO-8859-1'?>" SHEET("\xB2");
    write_sheet_bytes(fixture, latin, sizeof latin - 1);
    fixture_expect(fixture, NULL, "²");
    static const char marked[] = "\xEF\xBB\xBF" SHEET("1");
    write_sheet_bytes(fixture, marked, sizeof marked - 1);
    fixture_expect(fixture, NULL, "1");
}

static void test_widest_and_longest(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_rows(fixture, "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>");
    assert_true(table_read(fixture->path, NULL, &fixture->table, &fixture->err));
    assert_int_equal(fixture->table.rows[0].number, TABLE_MAX_ROWS);
    assert_int_equal(fixture->table.column_count, TABLE_MAX_COLUMNS);
    assert_string_equal(table_cell(&fixture->table, 0, TABLE_MAX_COLUMNS - 1), "1");
}

/* Shared formulas carry their values like others; a text is one text, however often it is said. */
static void test_values(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_rows(
        fixture,
        "<row><c><f t='shared' ref='A1:A2' si='0'>B1*2</f><v>4</v></c><c t='e'><v>#DIV/0!</v></c>"
        "<c t='str'><f>T(1)</f><v> 甲 </v></c></row><row><c><f t='shared' si='0'/><v>4</v></c>"
        "<c t='e'><f>1/0</f><v>#DIV/0!</v></c><c t='inlineStr'><is><t> 甲 </t></is></c>"
        "<c t='inlineStr'><is><t>_xD83D__xDE00__xDE00_</t></is></c></row>");
    fixture_expect(fixture, NULL, "4|#DIV/0!| 甲 \n4|#DIV/0!| 甲 |\xF0\x9F\x98\x80_xDE00_");
    const struct table *table = &fixture->table;
    assert_ptr_equal(table_cell(table, 0, 0), table_cell(table, 1, 0));
    assert_ptr_equal(table_cell(table, 0, 2), table_cell(table, 1, 2));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(forms_of_archives),      TEST(surroundings),
        TEST(lying_directories),      TEST(names),
        TEST(missing_parts),          TEST(part_twice),
        TEST(hostile_targets),        TEST(too_many_parts),
        TEST(bytes_that_are_no_text), TEST(encodings),
        TEST(widest_and_longest),     TEST(values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
