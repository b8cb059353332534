#include "type_helper.h"
#include "core/uscc.h"

#include <string.h>

static const struct field field = {.name = "uscc", .label = "信用代码", .type = TYPE_USCC};

static void real_codes_have_no_finding(void **state)
{
    (void)state;
    static const char *const real[] = {"91110000101623741K", "911101066976941872",
                                       "91451200791318129Y", "91130200699229617X"};
    for (size_t i = 0; i < sizeof real / sizeof real[0]; i++) {
        assert_accepts(&field, real[i], real[i]);
        assert_finding(&field, real[i], NULL, SEVERITY_HINT, NULL);
    }
}

static void check_character_when_the_sum_is_zero(void **state)
{
    (void)state;
    assert_int_equal(uscc_check_char("91450102MA51000020"), '0');
    /* The code is made up, so its inner organisation code does not hold. */
    assert_finding(&field, "91450102MA51000020", "V02", SEVERITY_WARNING, "第 17 位应为 7");
}

static void a_wrong_check_character_is_a_warning(void **state)
{
    (void)state;
    assert_accepts(&field, "91350211M0000XUF46", "91350211M0000XUF46");
    assert_finding(&field, "91350211M0000XUF46", "V02", SEVERITY_WARNING, "末位应为 R，现为 6");
    assert_finding(&field, "911101066976941873", "V02", SEVERITY_WARNING, "末位应为 2，现为 3");
}

static void every_single_error_is_found(void **state)
{
    (void)state;
    static const char real[] = "91451200791318129Y";
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    for (size_t i = 0; i < 18; i++) {
        for (const char *c = alphabet; *c; c++) {
            char code[sizeof real];
            memcpy(code, real, sizeof code);
            code[i] = *c;
            assert_int_equal(uscc_check_char(code) == code[17], *c == real[i]);
        }
    }
}

static void unknown_prefix(void **state)
{
    (void)state;
    char code[] = "98451200791318129Y";
    code[17] = uscc_check_char(code);
    assert_finding(&field, code, "V02", SEVERITY_WARNING, "前两位“98”不是已知的登记机关和机构类别");
}

static void spellings(void **state)
{
    (void)state;
    assert_accepts(&field, "91451200791318129y", "91451200791318129Y");
    assert_accepts(&field, "91451200 79131812 9Y", "91451200791318129Y");
    assert_accepts(&field, "９１４５１２００７９１３１８１２９Ｙ", "91451200791318129Y");
    assert_accepts(&field, "91451200-79131812-9Y", "91451200791318129Y");
}

static void old_codes_and_none(void **state)
{
    (void)state;
    assert_accepts(&field, "无", "无");
    assert_finding(&field, "无", "V02", SEVERITY_HINT, "没有统一社会信用代码");
    assert_accepts(&field, "451200000012345", "451200000012345");
    assert_finding(&field, "451200000012345", "V02", SEVERITY_HINT, "这是旧代码");
    assert_accepts(&field, "79131812-9", "791318129");
    assert_finding(&field, "791318129", "V02", SEVERITY_HINT, "这是旧代码");
}

static void refused(void **state)
{
    (void)state;
    assert_refuses(&field, "9.1451E+17",
                   "已被表格软件改成数值，丢了末几位，请按证照重新填写 18 位代码");
    assert_refuses(&field, "9.11101066976942e17", "已被表格软件改成数值");
    static const char *const wrong[] = {
        "91451200791318129",   "91451200791318129YY", "9145120079131812IY", "9145120079131812OY",
        "9145120079131812SY",  "9145120079131812VY",  "9145120079131812ZY", "没有",
        "91451200791318129？", "4512000000123456",    "45120000001234A",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_refuses(&field, wrong[i], "应为 18 位数字和大写字母（不含 I、O、S、V、Z）");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_codes_have_no_finding),
        cmocka_unit_test(check_character_when_the_sum_is_zero),
        cmocka_unit_test(a_wrong_check_character_is_a_warning),
        cmocka_unit_test(every_single_error_is_found),
        cmocka_unit_test(unknown_prefix),
        cmocka_unit_test(spellings),
        cmocka_unit_test(old_codes_and_none),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
