#include "cells.h"
#include "core/uscc.h"

#include <stdio.h>
#include <string.h>

static const struct cell_context usual = {.unit = ""};
static const struct field uscc = {.name = "uscc", .label = "信用代码", .type = TYPE_USCC};
static const struct field permit = {.name = "permit_no", .label = "许可证", .type = TYPE_PERMIT};
static const struct field waste = {.name = "waste_code", .label = "废物代码", .type = TYPE_WASTE};

static void the_examples_are_right(void **state)
{
    (void)state;
    static const char code[] = "91451200791318129Y";
    assert_true(uscc_has_form(code));
    assert_int_equal(uscc_check_char(code), 'Y');
    assert_int_equal(uscc_organisation_check_char(code), '9');
}

static void mended(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"91451200791318129Y", "91451200791318129Y", NULL, false},
        {"无", "无", NULL, false},
        {"12345678-9", "123456789", "读作 123456789", false},
        {"91451200791318129y", "91451200791318129Y", "读作 91451200791318129Y", false},
        {"9145 1200 7913 1812 9Y", "91451200791318129Y", "读作", false},
        {"914512-0079131812-9Y", "91451200791318129Y", "读作", false},
        {"９１４５１２００７９１３１８１２９Ｙ", "９１４５１２００７９１３１８１２９Ｙ", NULL,
         false},
        {"统一社会信用代码：91451200791318129Y", "91451200791318129Y", "读作", false},
        {"'91451200791318129Y", "91451200791318129Y", "读作", false},
        {"123456789012345.0", "123456789012345", "读作", false},
        /* what a scanner made of it */
        {"9I451200791318129Y", "91451200791318129Y", "校验位", true},
        {"91451200791318I29Y", "91451200791318129Y", "校验位", true},
        {"914512OO79131812gY", "914512OO79131812gY", NULL, false},
        {"914512OO791318129Y", "91451200791318129Y", "校验位", true},
        {"9l45l200791318129Y", "91451200791318129Y", "校验位", true},
        {"9145I2007913I8IZ9Y", "91451200791318129Y", "校验位", true},
        /* the check character does not prove it */
        {"9I451200791318129X", "9I451200791318129X", NULL, false},
        {"91451200791318128Y", "91451200791318128Y", NULL, false},
        {"/", "", NULL, false},
        {"不详", "", "当作没有填", false},
    };
    CELLS_CHECK(&usual, &uscc, cases);
    static const char *const left[] = {"9I451200791318129X", "91451200791318", "9145120079131812",
                                       "91451200791318129YY", "ABC"};
    CELLS_LEFT(&usual, &uscc, left);
}

/* Writes an enterprise's code with number `n`; false when no check character of it is in use. */
static bool make_code(unsigned n, char code[USCC_LENGTH + 1])
{
    snprintf(code, USCC_LENGTH + 1, "91%06u%08u00", 441800 + n % 30, n * 2654435761u % 100000000);
    code[USCC_LENGTH - 2] = uscc_organisation_check_char(code);
    code[USCC_LENGTH - 1] = uscc_check_char(code);
    return uscc_has_form(code);
}

/* Two of the characters misread: the code that comes out is the one that was written, or none. */
static void never_another_enterprise(void **state)
{
    (void)state;
    static const char was[] = "0D11Q225C8JT7L", seen[] = "OOIlOZZSOSIIZI";
    size_t mends = 0;
    for (unsigned n = 1; n < 4000; n++) {
        char right[USCC_LENGTH + 1], wrong[USCC_LENGTH + 1];
        unsigned changes = 0;
        if (!make_code(n, right))
            continue;
        memcpy(wrong, right, sizeof wrong);
        for (size_t i = n % 7; i < USCC_LENGTH && changes < 2 + n % 3; i++) {
            const char *at = strchr(was + (n + i) % 3, right[i]);
            if (!at)
                continue;
            wrong[i] = seen[at - was];
            changes++;
        }
        const struct field *field = &uscc;
        struct cell_reading reading = {.is_guess = false};
        struct error err = {0};
        assert_true(cell_read(&usual, field, wrong, &reading, &err));
        const char *text = buffer_text(&reading.text);
        if (strcmp(text, wrong) != 0) {
            assert_string_equal(text, right);
            mends++;
        }
        cell_reading_release(&reading);
    }
    assert_true(mends > 1000);
}

static void what_a_spreadsheet_has_destroyed(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"9.1451E+17", NULL, "把这一列的格式设为文本", false},
        {"9.14512007913181E+17", NULL, "第 15 位以后的数字丢了", false},
        {"914512007913181000", NULL, "第 15 位以后的数字丢了", false},
        {"9145120079131810", NULL, "第 15 位以后的数字丢了", false},
        {"914512007913181000.0", NULL, "第 15 位以后的数字丢了", false},
    };
    CELLS_CHECK(&usual, &uscc, cases);
    static const struct cell_case others[] = {{"9.1451E+17", NULL, "格式设为文本", false}};
    CELLS_CHECK(&usual, &permit, others);
    static const struct field phone = {.name = "phone", .label = "联系电话", .type = TYPE_TEXT};
    static const struct cell_case telephones[] = {
        {"13800001111", "13800001111", NULL, false},
        {"13800001111.0", "13800001111", "读作", false},
        {"0763-3333333", "0763-3333333", NULL, false},
        {"1.3812E+10", NULL, "格式设为文本", false},
        {"无", "无", NULL, false},
    };
    CELLS_CHECK(&usual, &phone, telephones);
    static const struct field number = {
        .name = "report_no", .label = "报告编号", .type = TYPE_TEXT};
    static const struct cell_case numbers[] = {
        {"123456789012345678", "123456789012345678", NULL, false},
        {"123456789012345000", NULL, "第 15 位以后", false},
        {"2025.0", "2025", "读作", false},
        {"GDHJ-2026-0520", "GDHJ-2026-0520", NULL, false},
    };
    CELLS_CHECK(&usual, &number, numbers);
}

static void permits(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"91451200791318129Y001P", "91451200791318129Y001P", NULL, false},
        {"91451200791318129y001p", "91451200791318129Y001P", "读作", false},
        {"91451200791318129Y-001-P", "91451200791318129Y001P", "读作", false},
        {"914512OO791318129YOO1P", "91451200791318129Y001P", "校验位", true},
        {"无", "", "当作没有填", false},
    };
    CELLS_CHECK(&usual, &permit, cases);
    static const char *const left[] = {"91451200791318129Y001", "914512OO791318128YOO1P"};
    CELLS_LEFT(&usual, &permit, left);
}

static void wastes(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"261-055-30", "261-055-30", NULL, false},
        {"26105530", "261-055-30", "读作 261-055-30", false},
        {"HW30 261-055-30", "261-055-30", "读作", false},
        {"261—055—30", "261-055-30", "读作", false},
        {"261055-30", "261-055-30", "读作", false},
    };
    CELLS_CHECK(&usual, &waste, cases);
    static const char *const left[] = {"HW31 261-055-30", "261-055-60", "HW30", "26105599"};
    CELLS_LEFT(&usual, &waste, left);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_are_right),
        cmocka_unit_test(mended),
        cmocka_unit_test(never_another_enterprise),
        cmocka_unit_test(what_a_spreadsheet_has_destroyed),
        cmocka_unit_test(permits),
        cmocka_unit_test(wastes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
