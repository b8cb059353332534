#include "type_helper.h"

static const struct field field = {.name = "period", .label = "时段", .type = TYPE_PERIOD};

static void spellings(void **state)
{
    (void)state;
    assert_accepts(&field, "2025", "2025");
    assert_accepts(&field, "2025年", "2025");
    assert_accepts(&field, "2025H1", "2025H1");
    assert_accepts(&field, "2025h2", "2025H2");
    assert_accepts(&field, "2025年上半年", "2025H1");
    assert_accepts(&field, "2025年下半年", "2025H2");
    assert_accepts(&field, "2025Q3", "2025Q3");
    assert_accepts(&field, "2025q4", "2025Q4");
    assert_accepts(&field, "2025年第3季度", "2025Q3");
    assert_accepts(&field, "2025年3季度", "2025Q3");
    assert_accepts(&field, "2025年第三季度", "2025Q3");
    assert_accepts(&field, "2025年一季度", "2025Q1");
    assert_accepts(&field, "2025年第四季度", "2025Q4");
    assert_accepts(&field, "2025年二季度", "2025Q2");
    assert_accepts(&field, "2025年度", "2025");
    assert_accepts(&field, "2025-3", "2025-03");
    assert_accepts(&field, "2025年12月", "2025-12");
}

static void refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "今年",    "25",           "20255",      "2025H3",  "2025H0",  "2025Q5",          "2025-13",
        "2025-00", "2025Q",        "2025H12",    "2025-+3", "2025- 3", "2025-4294967299", "1948",
        "2200",    "1948年上半年", "2025-03-01", "2025H1x"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_refuses(&field, wrong[i],
                       "不是时段，请按 2025、2025H1、2025Q3 或 2025-03 的样子填写");
}

static void order_is_by_beginning_then_the_longer_first(void **state)
{
    (void)state;
    static const char *const ascending[] = {"2024-12", "2025",    "2025H1",  "2025Q1",
                                            "2025-01", "2025-02", "2025Q2",  "2025H2",
                                            "2025Q3",  "2025-07", "2025-12", "2026"};
    for (size_t i = 0; i < sizeof ascending / sizeof ascending[0]; i++)
        for (size_t j = 0; j < sizeof ascending / sizeof ascending[0]; j++)
            assert_int_equal(order_of(&field, ascending[i], ascending[j]), (i > j) - (i < j));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings),
        cmocka_unit_test(refused),
        cmocka_unit_test(order_is_by_beginning_then_the_longer_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
