#include "db/almanac.h"
#include "db/history.h"
#include "fixture.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static struct date day(const char *text)
{
    struct date date = {0};
    assert_ok(date_parse(text, &date, err));
    return date;
}

/* Lets data/base/holiday.csv be `text` for this test. */
static void ship(const struct fixture *fixture, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/base", fixture->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/base/holiday.csv", fixture->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    setenv("TAIZHANG_DATA", fixture->folder, 1);
}

static int unship(void **state)
{
    const struct fixture *fixture = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/base/holiday.csv", fixture->folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/base", fixture->folder);
    rmdir(path);
    unsetenv("TAIZHANG_DATA");
    return fixture_teardown(state);
}

#define shipping_test(test) cmocka_unit_test_setup_teardown(test, fixture_setup, unship)

static void shipped_notices(void **state)
{
    (void)state;
    struct almanac almanac = {.days = NULL};
    assert_ok(almanac_load(&almanac, NULL, err));
    const struct calendar *calendar = &almanac.calendar;
    for (int year = 2022; year <= 2026; year++)
        assert_true(calendar_has_year(calendar, year));
    struct deadline due = calendar_add_workdays(calendar, day("2026-01-05"), 30);
    assert_int_equal(date_compare(due.due, day("2026-02-14")), 0);
    assert_true(due.complete);
    for (size_t i = 1; i < calendar->count; i++)
        assert_true(calendar->days[i - 1].day < calendar->days[i].day);
    almanac_release(&almanac);
    assert_false(calendar_has_year(calendar, 2026));
}

static void rows_in_any_order_and_twice(void **state)
{
    ship(*state, "类型,name,日期,依据\n班,调休,2026-02-14,通知\n休,元旦,2026/1/1,通知\n"
                 "休,误录,2026-02-14,通知\n休,未定,,通知\n,未定,2026-02-16,通知\n"
                 "休,国庆节,2026-10-01,通知\n休,国庆节,2026-10-01,通知\n");
    struct almanac almanac = {.days = NULL};
    assert_ok(almanac_load(&almanac, NULL, err));
    assert_int_equal(almanac.calendar.count, 3);
    assert_true(calendar_has_year(&almanac.calendar, 2026));
    assert_true(calendar_is_workday(&almanac.calendar, day("2026-02-14")));
    assert_true(calendar_is_workday(&almanac.calendar, day("2026-02-16")));
    assert_false(calendar_is_workday(&almanac.calendar, day("2026-10-01")));
    almanac_release(&almanac);
}

static void a_file_that_cannot_be_read(void **state)
{
    static const struct {
        enum error_code code;
        const char *text, *part;
    } rows[] = {
        {ERROR_FORMAT, "", "base/holiday.csv：是空文件"},
        {ERROR_FORMAT, "日期,节日,依据\n2026-01-01,元旦,通知\n", "缺少“类型”一列"},
        {ERROR_REFUSED, "日期,类型,节日,依据\n2026-01-01,休,元旦,通知\n2026-02-30,休,,\n",
         "第 3 行"},
        {ERROR_REFUSED, "日期,类型,节日,依据\n2026-01-01,假,元旦,通知\n", "第 2 行"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct almanac almanac = {.days = NULL};
        ship(fixture, rows[i].text);
        assert_fails(fixture, almanac_load(&almanac, NULL, err), rows[i].code, rows[i].part);
        almanac_release(&almanac);
        char path[128];
        snprintf(path, sizeof path, "%s/base/holiday.csv", fixture->folder);
        unlink(path);
        snprintf(path, sizeof path, "%s/base", fixture->folder);
        rmdir(path);
    }
}

/* The address stays, so that what was lent of it follows. */
static void the_calendar_of_a_file_follows_its_holidays(void **state)
{
    struct fixture *fixture = *state;
    char first[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    const struct calendar *calendar = store_calendar(fixture->store);
    assert_false(calendar_has_year(calendar, 2031));
    fixture_add(fixture, &reg_holiday, "day_on=2031-01-01 kind=休", first);
    fixture_add(fixture, &reg_holiday, "day_on=2031-10-01 kind=休", id);
    assert_ptr_equal(store_calendar(fixture->store), calendar);
    assert_true(calendar_has_year(calendar, 2031));
    assert_false(calendar_is_workday(calendar, day("2031-01-01")));
    fixture_change(fixture, &reg_holiday, first, "kind=班");
    assert_true(calendar_is_workday(store_calendar(fixture->store), day("2031-01-01")));
    fixture_remove(fixture, &reg_holiday, id);
    assert_false(calendar_has_year(store_calendar(fixture->store), 2031));
    struct buffer summary = {0};
    assert_ok(store_undo(fixture->store, &summary, err));
    buffer_release(&summary);
    assert_true(calendar_has_year(store_calendar(fixture->store), 2031));
    fixture_reopen(fixture, STORE_READ);
    assert_true(calendar_has_year(store_calendar(fixture->store), 2031));
}

static void a_change_taken_back_is_forgotten(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    fixture_fill(fixture, &reg_holiday, "day_on=2031-01-04 kind=班", &record);
    assert_ok(store_begin(fixture->store, "edit", NULL, err));
    assert_ok(store_put(fixture->store, &record, &change, err));
    assert_true(calendar_is_workday(store_calendar(fixture->store), day("2031-01-04")));
    store_rollback(fixture->store);
    assert_false(calendar_is_workday(store_calendar(fixture->store), day("2031-01-04")));
    record_release(&record);
}

static void checks_know_the_calendar(void **state)
{
    struct fixture *fixture = *state;
    struct check_context context = store_check_context(fixture->store);
    assert_ptr_equal(context.calendar, store_calendar(fixture->store));
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_holiday, "day_on=2031-01-04 kind=班", id);
    context = store_check_context(fixture->store);
    assert_true(calendar_is_workday(context.calendar, day("2031-01-04")));
    /* Other records leave the days where they are. */
    const struct calendar_day *days = context.calendar->days;
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    assert_ptr_equal(context.calendar->days, days);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(shipped_notices),
        fixture_test(the_calendar_of_a_file_follows_its_holidays),
        fixture_test(a_change_taken_back_is_forgotten),
        fixture_test(checks_know_the_calendar),
        shipping_test(rows_in_any_order_and_twice),
        shipping_test(a_file_that_cannot_be_read),
    };
    return fixture_run(tests);
}
