#include "type_helper.h"

static const struct field field = {.name = "count", .label = "数量", .type = TYPE_INTEGER};

static void whole_numbers(void **state)
{
    (void)state;
    assert_accepts(&field, "0", "0");
    assert_accepts(&field, "-0", "0");
    assert_accepts(&field, "007", "7");
    assert_accepts(&field, "+5", "5");
    assert_accepts(&field, "12.00", "12");
    assert_accepts(&field, "1,234,567", "1234567");
    assert_accepts(&field, "１２３", "123");
    assert_accepts(&field, "－３", "-3");
    assert_accepts(&field, "1.2E+3", "1200");
    assert_accepts(&field, "999999999999999", "999999999999999");
    assert_accepts(&field, "-999999999999999", "-999999999999999");
}

static void what_is_no_whole_number(void **state)
{
    (void)state;
    assert_refuses(&field, "12.5", "应为整数，不能带小数");
    assert_refuses(&field, "1E-3", "应为整数，不能带小数");
    assert_refuses(&field, "1000000000000000", "超过 15 位有效数字");
    assert_refuses(&field, "9223372036854775808", "太大");
    assert_refuses(&field, "十二", "不是数值");
    assert_refuses(&field, "12家", "不是数值");
    assert_refuses(&field, "1 2", "不是数值");
    assert_refuses(&field, "0x10", "不是数值");
    assert_refuses(&field, "--1", "不是数值");
}

static void order_and_json(void **state)
{
    (void)state;
    assert_int_equal(order_of(&field, "9", "10"), -1);
    assert_int_equal(order_of(&field, "-9", "-10"), 1);
    assert_json(&field, "1,000", "1000");
    assert_json(&field, "", "null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(what_is_no_whole_number),
        cmocka_unit_test(order_and_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
