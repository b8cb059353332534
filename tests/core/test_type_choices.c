#include "type_helper.h"

static const struct field field = {
    .name = "metals",
    .label = "涉及重金属",
    .type = TYPE_CHOICES,
    .choices = (const char *const[]){"铅", "汞", "镉", "铬", "砷", "铊", "废水、废气", NULL},
};

static void the_set_is_stored_in_the_order_of_declaration(void **state)
{
    (void)state;
    static const char *const spellings[] = {"铊、铅、镉",         "铅，镉，铊",     "镉,铊,铅",
                                            "铅；镉；铊",         "铅;镉;铊",       "铅/镉/铊",
                                            "铅|镉|铊",           "铅+镉+铊",       "铅 镉 铊",
                                            "铅、铅、镉、铊、铊", "铅、 镉 、铊、", "铅和镉及铊"};
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        assert_accepts(&field, spellings[i], "铅、镉、铊");
    assert_accepts(&field, "汞", "汞");
    assert_accepts(&field, "铅\n汞", "铅、汞");
}

static void a_choice_may_hold_a_separator(void **state)
{
    (void)state;
    assert_accepts(&field, "废水、废气", "废水、废气");
    assert_accepts(&field, "铅、废水、废气", "铅、废水、废气");
}

static void others_are_refused_with_the_list(void **state)
{
    (void)state;
    assert_refuses(&field, "铅、金",
                   "“铅、金”不在可选范围内，请从这些中选：铅、汞、镉、铬、砷、铊");
    assert_refuses(&field, "铅镉", "不在可选范围内");
    assert_refuses(&field, "、", "不在可选范围内");
}

static void json(void **state)
{
    (void)state;
    assert_json(&field, "铊 铅", "\"铅、铊\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_set_is_stored_in_the_order_of_declaration),
        cmocka_unit_test(a_choice_may_hold_a_separator),
        cmocka_unit_test(others_are_refused_with_the_list),
        cmocka_unit_test(json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
