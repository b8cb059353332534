#include "fixture.h"

#include "core/buffer.h"

#include <stdio.h>
#include <string.h>

static void test_quotes_and_line_ends(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv",
                       "名称,备注\r\n甲厂,\"一,二\"\r乙厂,\"说\"\"好\"\"\"\n"
                       "丙厂,\"上行\r\n下行\"\n丁厂,12\" 管\n\"戊\"厂,\n");
    fixture_expect(fixture, NULL,
                   "名称|备注\n甲厂|一,二\n乙厂|说\"好\"\n丙厂|上行\n下行\n丁厂|12\" 管\n戊厂");
    assert_int_equal(fixture->table.rows[4].number, 5);
    assert_int_equal(fixture->table.column_count, 2);
    assert_string_equal(fixture->table.sheet, "");
    assert_string_equal(table_cell(&fixture->table, 5, 1), "");
    assert_string_equal(table_cell(&fixture->table, 99, 99), "");
}

static void test_blank_rows_keep_the_numbers(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "\n,,\n标题\n\n,乙\n");
    fixture_expect(fixture, NULL, "标题\n|乙");
    assert_int_equal(fixture->table.rows[0].number, 3);
    assert_int_equal(fixture->table.rows[1].number, 5);
}

static void test_no_newline_at_the_end(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "a,b\nc,\"d\"");
    fixture_expect(fixture, NULL, "a|b\nc|d");
    fixture_write_text(fixture, "a.csv", "x");
    fixture_expect(fixture, NULL, "x");
}

static void test_separators(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.txt", "清单（共1,234家，2,5）\n名称\t数量\n甲\t1,234\n");
    fixture_expect(fixture, NULL, "清单（共1,234家，2,5）\n名称|数量\n甲|1,234");
    fixture_write_text(fixture, "a.csv", "名称;数量;备注\n\"甲;乙\";1,5;\n");
    fixture_expect(fixture, NULL, "名称|数量|备注\n甲;乙|1,5");
    fixture_write_text(fixture, "a.csv", "a,\"1;2;3;4\"\nb,\"5;6;7;8\"\n");
    fixture_expect(fixture, NULL, "a|1;2;3;4\nb|5;6;7;8");
    fixture_write_text(fixture, "a.csv", "sep=|\r\na|b,c\r\n");
    fixture_expect(fixture, NULL, "a|b,c");
    assert_int_equal(fixture->table.rows[0].count, 2);
    assert_int_equal(fixture->table.rows[0].number, 2);
}

static void test_kept_zeros(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "=\"0012\",\"=\"\"007\"\"\",=1+1,=\"a\"&\"b\"\n");
    fixture_expect(fixture, NULL, "0012|007|=1+1|=\"a\"&\"b\"");
}

static void test_utf8_with_mark(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "\xEF\xBB\xBF\"名称\",甲\n");
    fixture_expect(fixture, NULL, "名称|甲");
}

static void test_gb18030(void **state)
{
    struct fixture *fixture = *state;
    /* 名称,铊 and U+3400 with its four bytes */
    fixture_write_text(fixture, "a.csv", "\xC3\xFB\xB3\xC6,\xEE\xE8\n\x81\x39\xEE\x39,1\n");
    fixture_expect(fixture, NULL, "名称|铊\n㐀|1");
}

static void test_gb18030_across_blocks(void **state)
{
    struct fixture *fixture = *state;
    char *gb = fixture_repeat("\xC3\xFB\xB3\xC6\xEE\xE8,\xBC\xD7\n", 30000);
    char *utf8 = fixture_repeat("名称铊|甲\n", 30000);
    utf8[strlen(utf8) - 1] = '\0';
    fixture_write_text(fixture, "a.csv", gb);
    fixture_expect(fixture, NULL, utf8);
    free(gb);
    free(utf8);
}

static void test_utf16(void **state)
{
    struct fixture *fixture = *state;
    /* 甲<TAB>1 */
    static const char little[] = "\xFF\xFE\x32\x75\t\0001\0\n";
    static const char big[] = "\xFE\xFF\x75\x32\0\t\0001\0\n";
    fixture_write(fixture, "a.txt", little, sizeof little);
    fixture_expect(fixture, NULL, "甲|1");
    fixture_write(fixture, "a.txt", big, sizeof big - 1);
    fixture_expect(fixture, NULL, "甲|1");
    fixture_write(fixture, "a.txt", big, sizeof big - 2);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 1 行含有损坏的 UTF-16");
}

static void test_invalid_text(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "\xC3\xFB\n\"a\nb\",\xB3\xC6\n\xFF\xFF,1\n");
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 3 行含有既不是 UTF-8 也不是 GB18030");
    fixture_write_text(fixture, "a.csv", "\xC3\xFB,\"x\n\xFF\",1\n");
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 1 行含有既不是");
    fixture_write_text(fixture, "a.csv", "\xC3\xFB\xB3\xC6\n\xC3");
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 2 行含有既不是");
    fixture_write_text(fixture, "a.csv", "\xEF\xBB\xBF名称\n\xC3\xFB\n");
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 2 行含有损坏的 UTF-8");
}

/* Cut in the middle of a character, most UTF-8 is also valid GB18030: gibberish, not a list. */
static void test_damaged_utf8_is_not_gb18030(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "企业名称,地址\n南丹县冶炼厂,河池市\xE5\x8D\n");
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 2 行含有损坏的 UTF-8");
}

static void test_nul(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "a.csv", "a,b\nc\0,d\n", 9);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 2 行含有空字符（NUL）");
    fixture_write(fixture, "a.csv",
                  "\xFF\xFE"
                  "a\0\n\0\0\0",
                  8);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 2 行含有空字符（NUL）");
}

static void test_unterminated_quote(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "a,b\n\n\"c,d\ne,f\n");
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 3 行有一个引号没有配对");
    fixture_write_text(fixture, "a.csv", "\"");
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 1 行有一个引号没有配对");
}

static void test_limits(void **state)
{
    struct fixture *fixture = *state;
    struct buffer text = {0};
    char *cell = fixture_repeat("字", TABLE_MAX_CHARACTERS);
    fixture_write_text(fixture, "a.csv", cell);
    fixture_expect(fixture, NULL, cell);
    buffer_addf(&text, "a\nb,%s字\n", cell);
    fixture_write_text(fixture, "a.csv", text.text);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 2 行第 2 列的文字超过 32767 个字符");
    free(cell);

    char *wide = fixture_repeat(",", 1000000);
    buffer_clear(&text);
    buffer_addf(&text, "a%s\nb%sx\n", wide, wide);
    fixture_write_text(fixture, "a.csv", text.text);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "第 2 行的列数超过电子表格的上限 16384 列");
    free(wide);

    char *tall = fixture_repeat("a\n", TABLE_MAX_ROWS + 1);
    fixture_write(fixture, "a.csv", tall, 2 * (size_t)TABLE_MAX_ROWS);
    assert_true(table_read(fixture->path, NULL, &fixture->table, &fixture->err));
    assert_int_equal(fixture->table.row_count, TABLE_MAX_ROWS);
    fixture_write_text(fixture, "a.csv", tall);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "行数超过电子表格的上限 1048576 行");
    free(tall);

    char *sparse = fixture_repeat(",", TABLE_MAX_COLUMNS - 1);
    buffer_clear(&text);
    for (int row = 0; row <= TABLE_MAX_CELLS / TABLE_MAX_COLUMNS; row++)
        buffer_addf(&text, "%sx\n", sparse);
    fixture_write_text(fixture, "a.csv", text.text);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "表格超过 50000000 个单元格");
    free(sparse);
    buffer_release(&text);
}

static void test_control_characters_are_data(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "\x1B[2J,\x07\x7F\n");
    fixture_expect(fixture, NULL, "\x1B[2J|\x07\x7F");
}

static void test_nothing_in_it(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "\n,,,\n\n");
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "文件里没有数据");
    fixture_write_text(fixture, "a.csv", "\xEF\xBB\xBF");
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "文件里没有数据");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(quotes_and_line_ends),
        TEST(blank_rows_keep_the_numbers),
        TEST(no_newline_at_the_end),
        TEST(separators),
        TEST(kept_zeros),
        TEST(utf8_with_mark),
        TEST(gb18030),
        TEST(gb18030_across_blocks),
        TEST(utf16),
        TEST(invalid_text),
        TEST(damaged_utf8_is_not_gb18030),
        TEST(nul),
        TEST(unterminated_quote),
        TEST(limits),
        TEST(control_characters_are_data),
        TEST(nothing_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
