#include "type_helper.h"

static const struct field water = {
    .name = "thallium", .label = "总铊", .type = TYPE_MEASURE, .unit = "mg/L"};
static const struct field soil = {
    .name = "cadmium", .label = "镉", .type = TYPE_MEASURE, .unit = "mg/kg"};
static const struct field ph = {.name = "ph", .label = "pH", .type = TYPE_MEASURE, .unit = ""};
static const struct field any = {.name = "value", .label = "监测值", .type = TYPE_MEASURE};

static void digits_are_kept(void **state)
{
    (void)state;
    assert_accepts(&water, "0.020", "0.020");
    assert_accepts(&water, "0.02", "0.02");
    assert_accepts(&water, "<0.020", "<0.020");
    assert_accepts(&water, ".5", "0.5");
    assert_accepts(&water, "0", "0");
    assert_accepts(&water, "1,234.5", "1234.5");
    assert_accepts(&ph, "7.20", "7.20");
}

static void below_the_detection_limit(void **state)
{
    (void)state;
    assert_accepts(&water, "<0.02", "<0.02");
    assert_accepts(&water, "< 0.02", "<0.02");
    assert_accepts(&water, "＜0.02", "<0.02");
    assert_accepts(&water, "小于0.02", "<0.02");
    assert_accepts(&water, "0.02L", "<0.02");
    assert_accepts(&water, "0.02 L", "<0.02");
    assert_accepts(&water, ">100", ">100");
    assert_refuses(&water, "未检出", "没有写明检出限，请改写成 <检出限，例如 <0.02");
    assert_refuses(&water, "ND", "没有写明检出限");
}

static void units_of_one_dimension(void **state)
{
    (void)state;
    assert_accepts(&water, "＜0.02 μg/L", "<0.02 μg/L");
    assert_accepts(&water, "15μg/L", "15 μg/L");
    assert_accepts(&water, "15 ug/l", "15 μg/L");
    assert_accepts(&water, "15 \xc2\xb5g/L", "15 μg/L");
    assert_accepts(&water, "0.02 mg/L", "0.02");
    assert_accepts(&water, "0.02毫克/升", "0.02");
    assert_accepts(&water, "＜０．０２ ｍｇ／Ｌ", "<0.02");
    assert_accepts(&soil, "0.3 ppm", "0.3");
    assert_accepts(&soil, "0.05%", "0.05 %");
    assert_refuses(&water, "0.02 mg/kg", "单位“mg/kg”不能换算成 mg/L，请改用 mg/L");
    assert_refuses(&water, "0.02 mg/m³", "不能换算成 mg/L");
    assert_refuses(&soil, "0.3 mg/L", "不能换算成 mg/kg");
    assert_refuses(&ph, "7 mg/L", "请改用 不带单位的数");
    assert_refuses(&water, "0.02 斤", "不能换算成 mg/L");
}

static void units_of_any_dimension(void **state)
{
    (void)state;
    assert_accepts(&any, "0.020", "0.020");
    assert_accepts(&any, "＜0.02 ug/L", "<0.02 μg/L");
    assert_accepts(&any, "38.5ppm", "38.5 mg/kg");
    assert_accepts(&any, "0.05 mg/m3", "0.05 mg/m³");
    assert_refuses(&any, "0.02 斤", "不认识单位“斤”，请写成 mg/L");
}

static void refused(void **state)
{
    (void)state;
    assert_refuses(&water, "微量", "不是监测值");
    assert_refuses(&water, "<", "不是监测值");
    assert_refuses(&water, "-0.02", "不是监测值");
    assert_refuses(&water, "0.0.2", "不是数值");
    assert_refuses(&water, "0.0000000001", "小数超过 9 位，请换用较小的单位");
    assert_refuses(&water, "99999999999999999999", "太大");
}

static void order_is_by_amount(void **state)
{
    (void)state;
    assert_int_equal(order_of(&water, "15 μg/L", "<0.02"), -1);
    assert_int_equal(order_of(&water, "<0.02", "0.02"), -1);
    assert_int_equal(order_of(&water, "15 μg/L", "0.02"), -1);
    assert_int_equal(order_of(&water, "20 μg/L", "0.02"), 0);
    assert_int_equal(order_of(&water, "0.020", "0.02"), 0);
    assert_int_equal(order_of(&water, "0.1", "0.02"), 1);
    assert_int_equal(order_of(&water, "9", "10"), -1);
    assert_int_equal(order_of(&water, ">10", "10"), 1);
}

static void json_is_text(void **state)
{
    (void)state;
    assert_json(&water, "＜0.02", "\"<0.02\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_kept),        cmocka_unit_test(below_the_detection_limit),
        cmocka_unit_test(units_of_one_dimension), cmocka_unit_test(refused),
        cmocka_unit_test(order_is_by_amount),     cmocka_unit_test(json_is_text),
        cmocka_unit_test(units_of_any_dimension),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
