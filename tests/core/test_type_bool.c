#include "type_helper.h"

static const struct field field = {.name = "has_permit", .label = "有许可证", .type = TYPE_BOOL};

static void words(void **state)
{
    (void)state;
    static const char *const yes[] = {"是", "有", "已", "对", "true", "YES", "y", "1",
                                      "√",  "１", "t",  "✓",  "✔",    "☑",   "■"};
    static const char *const no[] = {"否", "无", "不是", "没有", "False", "no", "N", "0",
                                     "×",  "０", "f",    "x",    "✗",     "✘",  "☒"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
        assert_accepts(&field, yes[i], "是");
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        assert_accepts(&field, no[i], "否");
}

static void refused(void **state)
{
    (void)state;
    assert_refuses(&field, "可能", "“可能”应填“是”或“否”");
    assert_refuses(&field, "2", "应填“是”或“否”");
    assert_refuses(&field, "-", "应填“是”或“否”");
}

static void order_and_json(void **state)
{
    (void)state;
    assert_int_equal(order_of(&field, "否", "是"), -1);
    assert_json(&field, "有", "true");
    assert_json(&field, "无", "false");
    assert_json(&field, "", "null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(refused),
        cmocka_unit_test(order_and_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
