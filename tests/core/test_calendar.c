#include "core/calendar.h"
#include "tests/core/holidays.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static const struct calendar empty = {.count = 0};

static struct date day(const char *text)
{
    struct date date = {0};
    struct error err = {0};
    if (!date_parse(text, &date, &err))
        fail_msg("%s", err.message);
    return date;
}

static void assert_due(struct deadline deadline, const char *due, bool complete, const char *what)
{
    char text[DATE_TEXT_SIZE];
    date_format(deadline.due, text);
    if (strcmp(text, due) != 0 || deadline.complete != complete)
        fail_msg("%s: %s (%d), not %s (%d)", what, text, deadline.complete, due, complete);
}

static void thirty_workdays_and_thirty_days(void **state)
{
    (void)state;
    static const struct {
        const char *from, *workdays, *estimate, *days, *rolled;
        bool complete;
    } rows[] = {
        {"2022-07-11", "2022-08-22", "2022-08-22", "2022-08-10", "2022-08-10", true},
        {"2023-03-01", "2023-04-13", "2023-04-12", "2023-03-31", "2023-03-31", true},
        {"2024-01-02", "2024-02-18", "2024-02-13", "2024-02-01", "2024-02-01", true},
        {"2024-09-02", "2024-10-18", "2024-10-14", "2024-10-02", "2024-10-08", true},
        {"2025-01-02", "2025-02-19", "2025-02-13", "2025-02-01", "2025-02-05", true},
        {"2025-09-15", "2025-10-31", "2025-10-27", "2025-10-15", "2025-10-15", true},
        {"2026-01-05", "2026-02-14", "2026-02-16", "2026-02-04", "2026-02-04", true},
        {"2026-08-31", "2026-10-16", "2026-10-12", "2026-09-30", "2026-09-30", true},
        {"2026-11-20", "2027-01-01", "2027-01-01", "2026-12-20", "2026-12-21", false},
    };
    const struct calendar *calendar = holidays_calendar();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *from = rows[i].from;
        assert_due(calendar_add_workdays(calendar, day(from), 30), rows[i].workdays,
                   rows[i].complete, from);
        assert_due(calendar_add_workdays(&empty, day(from), 30), rows[i].estimate, false, from);
        assert_due(calendar_add_days(calendar, day(from), 30, ROLL_FORWARD), rows[i].rolled, true,
                   from);
        assert_due(calendar_add_days(calendar, day(from), 30, ROLL_NONE), rows[i].days, true, from);
    }
}

static void filing_dates_move_back(void **state)
{
    (void)state;
    static const struct {
        const char *date, *due;
        bool complete;
    } rows[] = {
        {"2024-06-20", "2024-06-20", true},  {"2025-06-20", "2025-06-20", true},
        {"2026-06-20", "2026-06-18", true},  {"2027-06-20", "2027-06-18", false},
        {"2026-12-31", "2026-12-31", true},  {"2028-12-31", "2028-12-29", false},
        {"2022-12-31", "2022-12-30", true},  {"2023-01-02", "2022-12-30", true},
        {"2022-01-03", "2021-12-31", false}, {"2026-02-14", "2026-02-14", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_due(calendar_move(holidays_calendar(), day(rows[i].date), ROLL_BACK), rows[i].due,
                   rows[i].complete, rows[i].date);
}

/* What the table cannot decide needs no table, and what it would have to decide does. */
static void a_year_without_a_table_is_an_estimate(void **state)
{
    (void)state;
    const struct calendar *calendar = holidays_calendar();
    assert_false(calendar_has_year(calendar, 2021));
    for (int year = 2022; year <= 2026; year++)
        assert_true(calendar_has_year(calendar, year));
    assert_false(calendar_has_year(calendar, 2027));
    assert_false(calendar_has_year(&empty, 2026));
    assert_due(calendar_add_workdays(calendar, day("2026-12-30"), 1), "2026-12-31", true, "last");
    assert_due(calendar_add_workdays(calendar, day("2026-12-31"), 1), "2027-01-01", false, "next");
    assert_due(calendar_add_days(calendar, day("2026-12-01"), 30, ROLL_FORWARD), "2026-12-31", true,
               "days within");
    assert_due(calendar_add_days(calendar, day("2026-12-01"), 31, ROLL_FORWARD), "2027-01-01",
               false, "days beyond");
    assert_due(calendar_add_days(calendar, day("2021-12-20"), 30, ROLL_FORWARD), "2022-01-19", true,
               "only the last day is judged");
}

/* The notice of 2023 names 2022-12-31; that day alone is not the table of 2022. */
static void a_stray_day_is_not_a_table(void **state)
{
    (void)state;
    const struct calendar_day days[] = {{.day = date_to_days(day("2026-12-31"))},
                                        {.day = date_to_days(day("2027-01-01"))},
                                        {.day = date_to_days(day("2027-10-01"))}};
    const struct calendar calendar = {.days = days, .count = 3};
    assert_false(calendar_has_year(&calendar, 2026));
    assert_true(calendar_has_year(&calendar, 2027));
}

static void rest_and_make_up_days(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        bool work, by_weekday;
    } rows[] = {
        {"2026-02-14", true, false},  /* a Saturday worked for the Spring Festival */
        {"2024-02-18", true, false},  /* a Sunday */
        {"2026-02-23", false, true},  /* a Monday of the festival */
        {"2026-06-20", false, false}, /* a Saturday inside the Dragon Boat Festival */
        {"2026-06-18", true, true},   {"2026-06-15", true, true},  {"2026-06-14", false, false},
        {"2022-01-01", false, false}, {"2026-10-10", true, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (calendar_is_workday(holidays_calendar(), day(rows[i].date)) != rows[i].work ||
            calendar_is_workday(&empty, day(rows[i].date)) != rows[i].by_weekday)
            fail_msg("%s", rows[i].date);
    }
}

static void adding_and_counting_agree(void **state)
{
    (void)state;
    const struct calendar *const calendars[] = {holidays_calendar(), &empty};
    for (size_t i = 0; i < 2; i++) {
        for (int from = date_to_days(day("2021-11-20")); from < date_to_days(day("2027-02-10"));
             from += 3) {
            struct date start = date_from_days(from);
            for (int count = 0; count <= 45; count += 5) {
                struct deadline deadline = calendar_add_workdays(calendars[i], start, count);
                assert_int_equal(calendar_count_workdays(calendars[i], start, deadline.due), count);
                assert_int_equal(calendar_count_workdays(calendars[i], deadline.due, start),
                                 -count);
                assert_true(count == 0 || calendar_is_workday(calendars[i], deadline.due));
            }
        }
    }
}

static void moving_twice_is_moving_once(void **state)
{
    (void)state;
    static const enum calendar_roll rolls[] = {ROLL_NONE, ROLL_FORWARD, ROLL_BACK};
    const struct calendar *calendar = holidays_calendar();
    for (int at = date_to_days(day("2021-12-01")); at < date_to_days(day("2027-02-01")); at++) {
        for (size_t i = 0; i < 3; i++) {
            struct date due = calendar_move(calendar, date_from_days(at), rolls[i]).due;
            int moved = date_to_days(due) - at;
            assert_int_equal(date_compare(calendar_move(calendar, due, rolls[i]).due, due), 0);
            assert_true(rolls[i] == ROLL_NONE || calendar_is_workday(calendar, due));
            assert_true(rolls[i] == ROLL_FORWARD ? moved >= 0
                        : rolls[i] == ROLL_BACK  ? moved <= 0
                                                 : moved == 0);
            /* Never further than the nearest one. */
            assert_true(moved == 0 || !calendar_is_workday(calendar, date_from_days(at)));
            assert_int_equal(calendar_count_workdays(calendar, date_from_days(at), due), moved > 0);
        }
    }
}

static void the_longest_period(void **state)
{
    (void)state;
    assert_due(calendar_add_workdays(&empty, day("2026-01-05"), CALENDAR_MOST_DAYS), "2040-01-16",
               false, "ten years of days, fourteen of weeks");
    assert_int_equal(calendar_add_days(&empty, day("2199-12-01"), 60, ROLL_FORWARD).due.year, 2200);
    assert_due(calendar_add_workdays(&empty, day("2026-06-13"), 0), "2026-06-13", false, "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thirty_workdays_and_thirty_days),
        cmocka_unit_test(filing_dates_move_back),
        cmocka_unit_test(a_year_without_a_table_is_an_estimate),
        cmocka_unit_test(a_stray_day_is_not_a_table),
        cmocka_unit_test(rest_and_make_up_days),
        cmocka_unit_test(adding_and_counting_agree),
        cmocka_unit_test(moving_twice_is_moving_once),
        cmocka_unit_test(the_longest_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
