#include "type_helper.h"

static const struct field field = {
    .name = "enterprise", .label = "所属企业", .type = TYPE_REF, .target = "enterprise"};

static void the_id_is_kept(void **state)
{
    (void)state;
    assert_accepts(&field, "甲", "id-1");
    assert_accepts(&field, "id-2", "id-2");
    assert_json(&field, "乙", "\"id-2\"");
}

static void unknown_is_refused(void **state)
{
    (void)state;
    assert_refuses(&field, "丙", "enterprise中没有“丙”");
}

static void history_brings_back_what_is_gone(void **state)
{
    (void)state;
    struct value value = {0};
    struct buffer shown = {0};
    assert_true(type_restore(&field, "id-9", &value, NULL));
    type_display(&field, &value, &helper_lookup, &shown);
    assert_string_equal(buffer_text(&shown), "id-9");
    assert_true(type_restore(&field, "", &value, NULL));
    assert_true(value_is_null(&value));
    buffer_release(&shown);
    value_release(&value);
}

static void the_label_is_shown(void **state)
{
    (void)state;
    struct value value = {0};
    struct buffer shown = {0};
    assert_string_equal(type_target(&field), "enterprise");
    assert_true(type_parse(&field, &helper_lookup, "乙", &value, NULL));
    type_display(&field, &value, &helper_lookup, &shown);
    assert_string_equal(buffer_text(&shown), "乙");
    buffer_release(&shown);
    value_release(&value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_id_is_kept),
        cmocka_unit_test(unknown_is_refused),
        cmocka_unit_test(history_brings_back_what_is_gone),
        cmocka_unit_test(the_label_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
