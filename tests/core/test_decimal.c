#include "core/decimal.h"

#include <stdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_text(int64_t scaled, int scale, const char *plain, const char *fixed)
{
    char text[DECIMAL_TEXT_SIZE];
    int64_t again;
    decimal_format(scaled, scale, text);
    assert_string_equal(text, plain);
    decimal_format_fixed(scaled, scale, text);
    assert_string_equal(text, fixed);
    if (scaled != INT64_MIN) {
        assert_true(decimal_parse(plain, scale, &again, NULL));
        assert_true(again == scaled);
        assert_true(decimal_parse(fixed, scale, &again, NULL));
        assert_true(again == scaled);
    }
}

static void text(void **state)
{
    (void)state;
    assert_text(0, 0, "0", "0");
    assert_text(0, 9, "0", "0.000000000");
    assert_text(-5, 1, "-0.5", "-0.5");
    assert_text(500, 3, "0.5", "0.500");
    assert_text(11276301, 2, "112763.01", "112763.01");
    assert_text(-300, 2, "-3", "-3.00");
    assert_text(1000, 0, "1000", "1000");
    assert_text(INT64_MAX, 0, "9223372036854775807", "9223372036854775807");
    assert_text(INT64_MIN, 9, "-9223372036.854775808", "-9223372036.854775808");
}

static void parsing_at_each_scale(void **state)
{
    (void)state;
    for (int scale = 0; scale <= DECIMAL_MAX_SCALE; scale++) {
        int64_t scaled;
        assert_true(decimal_parse("7", scale, &scaled, NULL));
        assert_true(scaled == 7 * decimal_unit(scale));
        char smallest[16];
        snprintf(smallest, sizeof smallest, "1E-%d", scale);
        assert_true(decimal_parse(smallest, scale, &scaled, NULL));
        assert_true(scaled == 1);
        snprintf(smallest, sizeof smallest, "1E-%d", scale + 1);
        assert_false(decimal_parse(smallest, scale, &scaled, NULL));
    }
}

static void refused_says_why_and_changes_nothing(void **state)
{
    (void)state;
    struct error err = {0};
    int64_t scaled = 4711;
    assert_false(decimal_parse("12.345", 2, &scaled, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_string_equal(err.message, "“12.345”的小数超过 2 位，请按规定的位数填写");
    assert_false(decimal_parse("1.5", 0, &scaled, &err));
    assert_string_equal(err.message, "“1.5”应为整数，不能带小数");
    assert_false(decimal_parse("", 0, &scaled, &err));
    assert_true(scaled == 4711);
    /* Forty digits are read, more are no number that a person wrote. */
    assert_false(decimal_parse("11111111111111111111111111111111111111111", 0, &scaled, &err));
    assert_false(decimal_parse("1111111111111111111111111111111111111111", 0, &scaled, &err));
    assert_non_null(strstr(err.message, "太大"));
}

static void rescaling_and_adding(void **state)
{
    (void)state;
    int64_t out;
    assert_true(decimal_rescale(15, 1, 3, &out));
    assert_true(out == 1500);
    assert_false(decimal_rescale(15, 3, 1, &out));
    assert_false(decimal_rescale(INT64_MAX / 10 + 1, 0, 1, &out));
    assert_true(decimal_add(INT64_MAX - 1, 1, &out));
    assert_true(out == INT64_MAX);
    assert_false(decimal_add(INT64_MAX, 1, &out));
    assert_false(decimal_add(INT64_MIN, -1, &out));
}

static void multiplying_rounds_half_away_from_zero(void **state)
{
    (void)state;
    int64_t out;
    assert_true(decimal_multiply(5, 1, 10, &out));
    assert_true(out == 1);
    assert_true(decimal_multiply(-5, 1, 10, &out));
    assert_true(out == -1);
    assert_true(decimal_multiply(4, 1, 10, &out));
    assert_true(out == 0);
    assert_true(decimal_multiply(INT64_MAX, 1000, 1000, &out));
    assert_true(out == INT64_MAX);
    assert_true(decimal_multiply(INT64_MAX, INT64_MAX, INT64_MAX, &out));
    assert_true(out == INT64_MAX);
    assert_false(decimal_multiply(INT64_MAX, 2, 1, &out));
    assert_false(decimal_multiply(INT64_MIN, 2, 1, &out));
}

static void multiplying_up_never_gives_less(void **state)
{
    (void)state;
    int64_t out;
    assert_true(decimal_multiply_up(1, 1200, 1000, &out));
    assert_true(out == 2);
    assert_true(decimal_multiply_up(5, 1200, 1000, &out));
    assert_true(out == 6);
    assert_true(decimal_multiply_up(10001, 1200, 1000, &out)); /* 10.001 kg at 1.2: 12.0012 */
    assert_true(out == 12002);
    assert_true(decimal_multiply_up(0, 1200, 1000, &out));
    assert_true(out == 0);
    assert_true(decimal_multiply_up(-15, 1, 10, &out));
    assert_true(out == -1);
    assert_true(decimal_multiply_up(INT64_MAX, 1000, 1000, &out));
    assert_true(out == INT64_MAX);
    assert_false(decimal_multiply_up(INT64_MAX, 1001, 1000, &out));
}

/* What does not fit stays at a limit that can be turned round. */
static void gathering_stays_at_the_limit(void **state)
{
    int64_t sum = 5;
    (void)state;
    decimal_gather(&sum, -7);
    assert_true(sum == -2);
    decimal_gather(&sum, -INT64_MAX);
    assert_true(sum == -INT64_MAX);
    sum = -1;
    decimal_gather(&sum, -INT64_MAX);
    assert_true(sum == -INT64_MAX);
    sum = 1;
    decimal_gather(&sum, INT64_MAX);
    assert_true(sum == INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text),
        cmocka_unit_test(parsing_at_each_scale),
        cmocka_unit_test(refused_says_why_and_changes_nothing),
        cmocka_unit_test(rescaling_and_adding),
        cmocka_unit_test(gathering_stays_at_the_limit),
        cmocka_unit_test(multiplying_rounds_half_away_from_zero),
        cmocka_unit_test(multiplying_up_never_gives_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
