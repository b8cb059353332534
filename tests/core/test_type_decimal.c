#include "type_helper.h"

static const struct field kg = {
    .name = "base_total_kg", .label = "排放量", .type = TYPE_DECIMAL, .scale = 2};
static const struct field fine = {
    .name = "share", .label = "占比", .type = TYPE_DECIMAL, .scale = 9};

static void exact_to_the_last_digit(void **state)
{
    (void)state;
    assert_accepts(&kg, "112763.01", "112763.01");
    assert_accepts(&kg, "112,763.01", "112763.01");
    assert_accepts(&kg, "1,234.5", "1234.5");
    assert_accepts(&kg, "1，234.5", "1234.5");
    assert_accepts(&kg, "−5", "-5");
    assert_accepts(&kg, "＋5", "5");
    assert_accepts(&kg, "0.10", "0.1");
    assert_accepts(&kg, "0.1000000000000", "0.1");
    assert_accepts(&kg, ".5", "0.5");
    assert_accepts(&kg, "3.", "3");
    assert_accepts(&kg, "-0", "0");
    assert_accepts(&kg, "-0.00", "0");
    assert_accepts(&kg, "-0.01", "-0.01");
    assert_accepts(&kg, "１２．５", "12.5");
    assert_accepts(&kg, "5E-2", "0.05");
    assert_accepts(&fine, "0.000000001", "0.000000001");
}

static void limits(void **state)
{
    (void)state;
    assert_accepts(&kg, "9999999999999.99", "9999999999999.99");
    assert_accepts(&kg, "-9999999999999.99", "-9999999999999.99");
    assert_refuses(&kg, "10000000000000", "超过 15 位有效数字");
    assert_refuses(&kg, "92233720368547758.08", "太大，请核对数值和单位");
    assert_accepts(&fine, "999999.999999999", "999999.999999999");
    assert_refuses(&fine, "1000000.000000001", "超过 15 位有效数字");
    assert_refuses(&fine, "9223372036.854775808", "太大");
    assert_refuses(&kg, "1E30", "太大");
}

static void refused(void **state)
{
    (void)state;
    assert_refuses(&kg, "0.005", "小数超过 2 位");
    assert_refuses(&fine, "0.0000000001", "小数超过 9 位");
    assert_refuses(&kg, "12,34.5", "不是数值，请只填数字，例如 12.5");
    assert_refuses(&kg, "1,234,5", "不是数值");
    assert_refuses(&kg, "1，23", "不是数值");
    assert_refuses(&kg, "−", "不是数值");
    assert_refuses(&kg, "1,23", "不是数值");
    assert_refuses(&kg, ",123", "不是数值");
    assert_refuses(&kg, "1.2.3", "不是数值");
    assert_refuses(&kg, "5kg", "不是数值");
    assert_refuses(&kg, "约5", "不是数值");
    assert_refuses(&kg, ".", "不是数值");
    assert_refuses(&kg, "-", "不是数值");
    assert_refuses(&kg, "E5", "不是数值");
    assert_refuses(&kg, "1E", "不是数值");
    assert_refuses(&kg, "1E 2", "不是数值");
    assert_refuses(&kg, "1E999999999999", "不是数值");
    assert_refuses(&kg, "NaN", "不是数值");
    assert_refuses(&kg, "inf", "不是数值");
}

static void order_and_json(void **state)
{
    (void)state;
    assert_int_equal(order_of(&kg, "9.5", "10"), -1);
    assert_int_equal(order_of(&kg, "0.5", "0.50"), 0);
    assert_int_equal(order_of(&kg, "-1", "0"), -1);
    assert_json(&kg, "112763.01", "112763.01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_to_the_last_digit),
        cmocka_unit_test(limits),
        cmocka_unit_test(refused),
        cmocka_unit_test(order_and_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
