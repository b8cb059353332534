#include "type_helper.h"

static const struct field field = {
    .name = "enterprise", .label = "所属企业", .type = TYPE_REF, .target = "enterprise"};

static void it_points_to_its_target(void **state)
{
    (void)state;
    assert_points_to(&field, "enterprise");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_points_to_its_target),
        cmocka_unit_test(history_brings_back_what_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
