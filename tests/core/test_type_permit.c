#include "type_helper.h"

static const struct field field = {.name = "permit_no", .label = "许可证编号", .type = TYPE_PERMIT};

static void real_numbers(void **state)
{
    (void)state;
    static const char *const real[] = {"91451200791318129Y001P", "91130200699229617X001P",
                                       "91130200699229617X002P", "91130200699229617X001W"};
    for (size_t i = 0; i < sizeof real / sizeof real[0]; i++) {
        assert_accepts(&field, real[i], real[i]);
        assert_finding(&field, real[i], NULL, SEVERITY_HINT, NULL);
    }
    assert_accepts(&field, "91451200791318129y 001p", "91451200791318129Y001P");
}

static void without_a_credit_code(void **state)
{
    (void)state;
    assert_accepts(&field, "H9451221000000012a001P", "H9451221000000012A001P");
    assert_accepts(&field, "H9451221791318129b001P", "H9451221791318129B001P");
    assert_finding(&field, "H9451221000000012a001P", NULL, SEVERITY_HINT, NULL);
    assert_refuses(&field, "H9451221，，，b001P", "不是排污许可证编号");
    assert_refuses(&field, "H9ABCDEF000000012a001P", "不是排污许可证编号");
    assert_refuses(&field, "H94512210000000123001P", "不是排污许可证编号");
}

static void a_wrong_credit_code_is_a_warning(void **state)
{
    (void)state;
    assert_finding(&field, "91350211M0000XUF46001P", "V08", SEVERITY_WARNING, "第 18 位应为 R");
}

static void refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "91451200791318129Y",      "91451200791318129Y001",
        "91451200791318129Y0011",  "91451200791318129Y01P",
        "91451200791318129Y001PP", "91451200791318129I001P",
        "91451200791318129Y00AP",  "排污许可证",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_refuses(&field, wrong[i], "应为 22 位：信用代码 18 位、三位序号、一个字母");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_numbers),
        cmocka_unit_test(without_a_credit_code),
        cmocka_unit_test(a_wrong_credit_code_is_a_warning),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
