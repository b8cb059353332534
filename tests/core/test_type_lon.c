#include "type_helper.h"

#include <stdio.h>

static const struct field field = {.name = "lon", .label = "经度", .type = TYPE_LON};

static void decimal_degrees(void **state)
{
    (void)state;
    assert_accepts(&field, "103.471234", "103.471234");
    assert_accepts(&field, "103.5", "103.500000");
    assert_accepts(&field, "103.4712345", "103.471235");
    assert_accepts(&field, "103.47123449999999999", "103.471234");
    assert_accepts(&field, "103.471234°", "103.471234");
    assert_accepts(&field, "东经103.471234度", "103.471234");
    assert_accepts(&field, "E103.471234", "103.471234");
    assert_accepts(&field, "103.471234E", "103.471234");
    assert_accepts(&field, "１０３．４７１２３４", "103.471234");
    assert_accepts(&field, "73", "73.000000");
    assert_accepts(&field, "135", "135.000000");
}

static void degrees_minutes_seconds(void **state)
{
    (void)state;
    static const char *const spellings[] = {
        "103°28′12.5″",        "103度28分12.5秒", "103 28 12.5",      "103°28'12.5\"",
        "103° 28′ 12.5″",      "103°28'12.5''",   "东经103°28′12.5″", "103º28’12.5”",
        "103°28′12.5″E",       "E 103°28′12.5″",  "103°28′12.5",      "东经：103度28分12.5秒",
        "103 ° 28 ′ 12.500 ″",
    };
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        assert_accepts(&field, spellings[i], "103.470139");
    assert_accepts(&field, "103°28′", "103.466667");
    assert_accepts(&field, "103°28.5′", "103.475000");
    assert_accepts(&field, "103度30分", "103.500000");
    assert_accepts(&field, "103°36″", "103.010000");
    assert_accepts(&field, "103°0′0.0018″", "103.000001");
    assert_accepts(&field, "103°0′0.0017″", "103.000000");
    assert_accepts(&field, "103°59′59.9999″", "104.000000");
}

static void every_second_is_exact(void **state)
{
    (void)state;
    for (int minute = 0; minute < 60; minute++) {
        for (int second = 0; second < 60; second += 7) {
            char text[32], decimal[32];
            int total = minute * 60 + second;
            snprintf(text, sizeof text, "103°%d′%d″", minute, second);
            snprintf(decimal, sizeof decimal, "103.%06d", (total * 10000 + 18) / 36);
            assert_accepts(&field, text, decimal);
        }
    }
}

static void swapped_axes(void **state)
{
    (void)state;
    assert_refuses(&field, "25.1", "像是纬度，经度和纬度可能填反了，请对调");
    assert_refuses(&field, "北纬23°40′55″", "像是纬度");
}

static void out_of_china(void **state)
{
    (void)state;
    assert_refuses(&field, "151.2", "经度应在 73 到 135 度之间，“151.2”不在我国境内，请核对");
    assert_refuses(&field, "0", "不在我国境内");
    assert_refuses(&field, "72.999999", "不在我国境内");
    assert_refuses(&field, "135.000001", "不在我国境内");
}

static void refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "-103.47",       "西经103.47", "103°61′",     "103°28′61″", "103°28′12″5",
        "103.5°28′",     "28′12″",     "103分28度",   "103.4.7",    "103,47",
        "103°28′12.5″W", "很远",       "103 28 12 5", "12″",        "1034712340000000000000000",
        "103°28°",       ".",          "103.47m",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_refuses(&field, wrong[i], "不是经纬度，请按 103.471234 或 103°28′12.5″ 的样子填写");
}

static void order_and_json(void **state)
{
    (void)state;
    assert_int_equal(order_of(&field, "99.9", "103"), -1);
    assert_json(&field, "103°30′", "103.500000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimal_degrees),       cmocka_unit_test(degrees_minutes_seconds),
        cmocka_unit_test(every_second_is_exact), cmocka_unit_test(swapped_axes),
        cmocka_unit_test(out_of_china),          cmocka_unit_test(refused),
        cmocka_unit_test(order_and_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
