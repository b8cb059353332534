#include "type_helper.h"

#include <string.h>

static const struct field field = {
    .name = "risk",
    .label = "风险等级",
    .type = TYPE_CHOICE,
    .choices = (const char *const[]){"高", "中（一般）", "低", "A/B", NULL},
    .synonyms = (const char *const[]){"红", "高", "H", "高", "橙", "中（一般）", NULL},
};

static void one_of_the_choices(void **state)
{
    (void)state;
    assert_accepts(&field, "高", "高");
    assert_accepts(&field, " 低 ", "低");
    assert_accepts(&field, "中(一般)", "中（一般）");
    assert_accepts(&field, "ａ／b", "A/B");
}

static void synonyms_become_the_choice(void **state)
{
    (void)state;
    assert_accepts(&field, "红", "高");
    assert_accepts(&field, "h", "高");
    assert_accepts(&field, "橙", "中（一般）");
    assert_refuses(&field, "橙红", "不在可选范围内");
}

static void others_are_refused_with_the_list(void **state)
{
    (void)state;
    assert_refuses(&field, "极高", "“极高”不在可选范围内，请从这些中选：高、中（一般）、低、A/B");
    assert_refuses(&field, "高、低", "不在可选范围内");
    assert_refuses(&field, "高低", "不在可选范围内");
    assert_refuses(&field, "（）", "不在可选范围内");
    char long_text[400];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    assert_refuses(&field, long_text, "超过 200 个字的上限");
}

static void order_is_that_of_the_declaration(void **state)
{
    (void)state;
    assert_int_equal(order_of(&field, "高", "中（一般）"), -1);
    assert_int_equal(order_of(&field, "低", "中（一般）"), 1);
    assert_int_equal(order_of(&field, "低", "低"), 0);
    assert_json(&field, "高", "\"高\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_of_the_choices),
        cmocka_unit_test(synonyms_become_the_choice),
        cmocka_unit_test(others_are_refused_with_the_list),
        cmocka_unit_test(order_is_that_of_the_declaration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
