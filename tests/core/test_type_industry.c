#include "type_helper.h"

static const struct field field = {.name = "industry", .label = "行业代码", .type = TYPE_INDUSTRY};

static void it_points_to_its_register(void **state)
{
    (void)state;
    assert_points_to(&field, "industry");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_points_to_its_register),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
