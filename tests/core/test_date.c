#include "core/date.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void days_there_and_back_over_three_centuries(void **state)
{
    (void)state;
    int days = date_to_days((struct date){1900, 1, 1});
    int weekday = date_weekday((struct date){1900, 1, 1});
    assert_int_equal(days, -25567);
    for (int year = 1900; year <= 2199; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= date_month_length(year, month); day++) {
                const struct date date = {year, month, day};
                char text[DATE_TEXT_SIZE];
                struct date read;
                assert_true(date_is_valid(date));
                assert_int_equal(date_to_days(date), days);
                assert_int_equal(date_compare(date_from_days(days), date), 0);
                assert_int_equal(date_weekday(date), weekday);
                date_format(date, text);
                assert_true(date_parse(text, &read, NULL));
                assert_int_equal(date_compare(read, date), 0);
                days++;
                weekday = (weekday + 1) % 7;
            }
        }
    }
    assert_int_equal(days, date_to_days((struct date){2200, 1, 1}));
}

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(date_to_days((struct date){1970, 1, 1}), 0);
    assert_int_equal(date_to_days((struct date){2000, 3, 1}), 11017);
    assert_int_equal(date_weekday((struct date){1900, 1, 1}), 0);
    assert_string_equal(date_weekday_name((struct date){2026, 6, 15}), "周一");
    assert_string_equal(date_weekday_name((struct date){2026, 11, 22}), "周日");
}

static void leap_years(void **state)
{
    (void)state;
    assert_int_equal(date_month_length(2024, 2), 29);
    assert_int_equal(date_month_length(2023, 2), 28);
    assert_int_equal(date_month_length(1900, 2), 28);
    assert_int_equal(date_month_length(2000, 2), 29);
    assert_int_equal(date_month_length(2100, 2), 28);
}

static void invalid(void **state)
{
    (void)state;
    static const struct date invalid[] = {
        {2024, 2, 30},  {2023, 2, 29}, {2024, 0, 1}, {2024, 13, 1}, {2024, 4, 31}, {2024, 1, 0},
        {1899, 12, 31}, {2200, 1, 1},  {0, 0, 0},    {2024, -1, 5}, {2024, 1, -5}};
    for (size_t i = 0; i < sizeof invalid / sizeof invalid[0]; i++)
        assert_false(date_is_valid(invalid[i]));
    struct date date = {2001, 2, 3};
    struct error err = {0};
    assert_false(date_parse("2024-02-30", &date, &err));
    assert_string_equal(err.message, "“2024-02-30”这一天不存在，请核对年月日");
    assert_int_equal(date.year, 2001);
}

static void order(void **state)
{
    (void)state;
    assert_true(date_compare((struct date){2024, 12, 31}, (struct date){2025, 1, 1}) < 0);
    assert_true(date_compare((struct date){2025, 2, 1}, (struct date){2025, 1, 31}) > 0);
    assert_true(date_compare((struct date){2025, 2, 1}, (struct date){2025, 2, 2}) < 0);
    assert_int_equal(date_compare((struct date){2025, 2, 1}, (struct date){2025, 2, 1}), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_there_and_back_over_three_centuries),
        cmocka_unit_test(known_days),
        cmocka_unit_test(leap_years),
        cmocka_unit_test(invalid),
        cmocka_unit_test(order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
