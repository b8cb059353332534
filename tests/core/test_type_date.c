#include "type_helper.h"

static const struct field field = {.name = "verified_on", .label = "核实日期", .type = TYPE_DATE};

static void spellings(void **state)
{
    (void)state;
    static const char *const spellings[] = {
        "2026-06-15",     "2026-6-15",     "2026/6/15",    "2026.6.15",
        "20260615",       "2026年6月15日", " 2026-06-15 ", "２０２６－０６－１５",
        "2026年06月15日", "2026年6月15号", "2026年6月15"};
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        assert_accepts(&field, spellings[i], "2026-06-15");
    assert_accepts(&field, "2024-02-29", "2024-02-29");
}

static void days_that_do_not_exist(void **state)
{
    (void)state;
    assert_refuses(&field, "2024-02-30", "这一天不存在，请核对年月日");
    assert_refuses(&field, "2026-02-29", "这一天不存在");
    assert_refuses(&field, "1900-02-29", "这一天不存在");
    assert_refuses(&field, "2026-13-01", "这一天不存在");
    assert_refuses(&field, "2026-00-10", "这一天不存在");
    assert_refuses(&field, "1899-12-31", "这一天不存在");
    assert_refuses(&field, "2200-01-01", "这一天不存在");
    assert_refuses(&field, "2026年6月31日", "这一天不存在");
}

static void what_is_no_date(void **state)
{
    (void)state;
    static const char *const wrong[] = {"昨天",        "2026",           "2026-06",    "26-06-15",
                                        "2026-06-15x", "2026-6-15 8:00", "2026-+6-15", "2026- 6-15",
                                        "46188",       "2026/06-15",     "202606150",  "15.6.2026"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_refuses(&field, wrong[i], "不是日期，请按 2026-06-15 的样子填写");
}

static void order(void **state)
{
    (void)state;
    assert_int_equal(order_of(&field, "2026-6-9", "2026-06-15"), -1);
    assert_int_equal(order_of(&field, "2026年6月15日", "20260615"), 0);
    assert_int_equal(order_of(&field, "2026-01-01", "2025-12-31"), 1);
    assert_json(&field, "2026/6/5", "\"2026-06-05\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings),
        cmocka_unit_test(days_that_do_not_exist),
        cmocka_unit_test(what_is_no_date),
        cmocka_unit_test(order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
