#include "type_helper.h"

static const struct field field = {.name = "waste", .label = "危废代码", .type = TYPE_WASTE};

static void codes(void **state)
{
    (void)state;
    assert_accepts(&field, "261-055-30", "261-055-30");
    assert_accepts(&field, " 321-004-48 ", "321-004-48");
    assert_accepts(&field, "３２１－００４－４８", "321-004-48");
    assert_accepts(&field, "900-041-49", "900-041-49");
    assert_accepts(&field, "900-999-01", "900-999-01");
    assert_accepts(&field, "900-999-50", "900-999-50");
}

static void refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"HW48",        "321-004-51", "321-004-00",
                                        "321-04-48",   "32100448",   "321-004-4",
                                        "321-004-480", "a21-004-48", "321 004 48"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_refuses(&field, wrong[i], "不是危险废物代码，请按 261-055-30 的样子填写");
}

static void json_is_text(void **state)
{
    (void)state;
    assert_json(&field, "261-055-30", "\"261-055-30\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes),
        cmocka_unit_test(refused),
        cmocka_unit_test(json_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
