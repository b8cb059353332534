#include "type_helper.h"

static const struct field field = {.name = "region", .label = "所在县", .type = TYPE_REGION};

static void it_points_to_its_register(void **state)
{
    (void)state;
    assert_points_to(&field, "region");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_points_to_its_register),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
