#include "core/measure.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int64_t nano_of(const char *text, const char *unit, const char *wanted)
{
    struct measure measure;
    int64_t nano;
    assert_true(measure_parse(text, unit, &measure, NULL));
    return measure_in_unit(&measure, wanted, &nano) ? nano : -1;
}

static void parts(void **state)
{
    (void)state;
    struct measure measure;
    assert_true(measure_parse("＜0.020 μg/L", "mg/L", &measure, NULL));
    assert_int_equal(measure.qualifier, '<');
    assert_true(measure.digits == 20);
    assert_int_equal(measure.scale, 3);
    assert_string_equal(measure.unit, "μg/L");
    assert_true(measure_parse("7.2", NULL, &measure, NULL));
    assert_int_equal(measure.qualifier, 0);
    assert_string_equal(measure.unit, "");
}

static void text(void **state)
{
    (void)state;
    const struct measure measure = {.qualifier = '<', .digits = 20, .scale = 3, .unit = "μg/L"};
    struct buffer out = {0};
    measure_format(&measure, "mg/L", &out);
    assert_string_equal(out.text, "<0.020 μg/L");
    buffer_clear(&out);
    measure_format(&measure, "μg/L", &out);
    assert_string_equal(out.text, "<0.020");
    buffer_release(&out);
}

static void converting_is_exact(void **state)
{
    (void)state;
    assert_true(nano_of("0.02", "mg/L", "mg/L") == 20000000);
    assert_true(nano_of("15 μg/L", "mg/L", "mg/L") == 15000000);
    assert_true(nano_of("15 ng/L", "mg/L", "mg/L") == 15000);
    assert_true(nano_of("0.005 mg/L", "mg/L", "μg/L") == 5000000000);
    assert_true(nano_of("1.5 g/L", "mg/L", "mg/L") == 1500000000000);
    assert_true(nano_of("0.3", "mg/kg", "g/t") == 300000000);
    assert_true(nano_of("1 %", "mg/kg", "mg/kg") == 10000000000000);
    assert_true(nano_of("0.05", "mg/m³", "μg/m³") == 50000000000);
    assert_true(nano_of("<0.02", "mg/L", "mg/L") == 20000000);
}

static void not_convertible(void **state)
{
    (void)state;
    assert_true(nano_of("0.02", "mg/L", "mg/kg") == -1);
    assert_true(nano_of("0.02", "mg/L", "mg/m³") == -1);
    assert_true(nano_of("7", NULL, "mg/L") == -1);
    assert_true(nano_of("99999999999", "mg/L", "mg/L") == -1);
    assert_true(nano_of("10 g/L", "mg/L", "ng/L") == -1);
}

static void test_align(void **state)
{
    (void)state;
    struct measure a, b;
    int64_t nano_a, nano_b;
    assert_true(measure_parse("100.0000001 ng/L", NULL, &a, NULL));
    assert_true(measure_parse("0.0001 mg/L", NULL, &b, NULL));
    assert_true(measure_align(&a, &b, &nano_a, &nano_b));
    assert_int_equal(nano_a - nano_b, 100); /* in ng/L: not a digit is lost */
    assert_true(measure_align(&b, &a, &nano_b, &nano_a));
    assert_int_equal(nano_a - nano_b, 100);
    assert_true(measure_parse("1 mg/kg", NULL, &b, NULL));
    assert_false(measure_align(&a, &b, &nano_a, &nano_b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts),
        cmocka_unit_test(text),
        cmocka_unit_test(converting_is_exact),
        cmocka_unit_test(not_convertible),
        cmocka_unit_test(test_align),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
