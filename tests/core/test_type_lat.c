#include "type_helper.h"

static const struct field field = {.name = "lat", .label = "纬度", .type = TYPE_LAT};

static void spellings(void **state)
{
    (void)state;
    assert_accepts(&field, "26.413578", "26.413578");
    assert_accepts(&field, "26°24′48.88″", "26.413578");
    assert_accepts(&field, "北纬26度24分48.88秒", "26.413578");
    assert_accepts(&field, "26 24 48.88N", "26.413578");
    assert_accepts(&field, "N26.413578", "26.413578");
    assert_accepts(&field, "18", "18.000000");
    assert_accepts(&field, "54", "54.000000");
}

static void swapped_axes(void **state)
{
    (void)state;
    assert_refuses(&field, "103.471234", "像是经度，经度和纬度可能填反了，请对调");
    assert_refuses(&field, "东经103°28′12.5″", "像是经度");
}

static void out_of_china(void **state)
{
    (void)state;
    assert_refuses(&field, "17.9", "纬度应在 18 到 54 度之间，“17.9”不在我国境内，请核对");
    assert_refuses(&field, "60", "不在我国境内");
}

static void refused(void **state)
{
    (void)state;
    assert_refuses(&field, "南纬26", "不是经纬度");
    assert_refuses(&field, "26°60′", "不是经纬度");
}

static void order(void **state)
{
    (void)state;
    assert_int_equal(order_of(&field, "26°30′", "26.5"), 0);
    assert_int_equal(order_of(&field, "26.4", "26.5"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings), cmocka_unit_test(swapped_axes), cmocka_unit_test(out_of_china),
        cmocka_unit_test(refused),   cmocka_unit_test(order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
