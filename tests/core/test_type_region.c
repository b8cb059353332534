#include "type_helper.h"

static const struct field field = {.name = "region", .label = "所在县", .type = TYPE_REGION};

static void the_id_is_kept(void **state)
{
    (void)state;
    assert_accepts(&field, "甲", "id-1");
    assert_accepts(&field, " id-2 ", "id-2");
    assert_json(&field, "乙", "\"id-2\"");
}

static void unknown_is_refused(void **state)
{
    (void)state;
    assert_refuses(&field, "丙", "region中没有“丙”");
}

static void the_label_is_shown(void **state)
{
    (void)state;
    struct value value = {0};
    struct buffer shown = {0};
    assert_string_equal(type_target(&field), "region");
    assert_true(type_parse(&field, &helper_lookup, "甲", &value, NULL));
    type_display(&field, &value, &helper_lookup, &shown);
    assert_string_equal(buffer_text(&shown), "甲");
    buffer_clear(&shown);
    type_display(&field, &value, NULL, &shown);
    assert_string_equal(buffer_text(&shown), "id-1");
    buffer_release(&shown);
    value_release(&value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_id_is_kept),
        cmocka_unit_test(unknown_is_refused),
        cmocka_unit_test(the_label_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
