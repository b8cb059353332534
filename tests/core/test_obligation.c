/* When obligations fall due, what settles them, and when a missed one is no longer told. */
#include "core/obligation.h"
#include "core/registers.h"
#include "tests/core/holidays.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct date today = {2026, 6, 15};

/* `fields`: pairs of name and canonical text that end with NULL. */
static void fill(struct record *record, const struct reg *reg, const char *const *fields)
{
    struct error err = {0};
    record_init(record, reg);
    for (; *fields; fields += 2) {
        int index = reg_field_index(reg, fields[0]);
        assert_true(index >= 0);
        if (!type_restore(reg_field(reg, (size_t)index), fields[1], &record->values[index], &err))
            fail_msg("%s: %s", fields[0], err.message);
    }
}

static struct obligation read(const char *const *fields, const char *to_year)
{
    struct record record, campaign;
    struct obligation obligation;
    fill(&record, &reg_obligation, fields);
    fill(&campaign, &reg_campaign, (const char *const[]){"to_year", to_year, NULL});
    obligation_read(&record, &campaign, &obligation);
    record_release(&record);
    record_release(&campaign);
    return obligation;
}

#define READ(...)        read((const char *const[]){__VA_ARGS__, NULL}, "2030")
#define YEARLY(DAY, ...) READ("due_kind", "每年", "due_day", DAY, __VA_ARGS__)

static void assert_date(struct date date, const char *expected)
{
    char text[DATE_TEXT_SIZE] = "";
    if (date.year)
        date_format(date, text);
    assert_string_equal(text, expected);
}

static void assert_next(const struct obligation *obligation, const struct settlement *settlements,
                        size_t count, struct date now, const char *nominal, const char *due)
{
    struct occurrence next =
        obligation_next(obligation, holidays_calendar(), settlements, count, now);
    assert_date(next.nominal, nominal);
    assert_date(next.due, due);
}

static void test_filing_date_rolls_back(void **state)
{
    (void)state;
    struct obligation back = YEARLY("06-20", "roll", "提前");
    struct obligation forward = YEARLY("06-20", "roll", "顺延");
    struct obligation stays = YEARLY("06-20", "roll", "不变");
    struct obligation unsaid = YEARLY("06-20", "what", "报送");
    const struct settlement ahead[] = {{.due = {2026, 6, 20}}, {.due = {2027, 6, 20}}};
    assert_next(&back, NULL, 0, today, "2026-06-20", "2026-06-18");
    assert_next(&stays, ahead, 2, today, "2028-06-20", "2028-06-20"); /* what is yearly goes on */
    assert_next(&forward, NULL, 0, today, "2026-06-20", "2026-06-22");
    assert_next(&stays, NULL, 0, today, "2026-06-20", "2026-06-20");
    assert_next(&unsaid, NULL, 0, today, "2026-06-20", "2026-06-20");
    struct obligation workday = YEARLY("12-31", "roll", "提前");
    assert_next(&workday, NULL, 0, today, "2026-12-31", "2026-12-31");
}

static void test_calendar_may_be_missing(void **state)
{
    (void)state;
    struct obligation yearly = YEARLY("06-20", "roll", "提前");
    assert_true(obligation_in_year(&yearly, holidays_calendar(), 2026).complete);
    struct occurrence later = obligation_in_year(&yearly, holidays_calendar(), 2027);
    assert_false(later.complete); /* a Sunday: estimated by the week alone */
    assert_date(later.due, "2027-06-18");
}

static void test_single_dates(void **state)
{
    (void)state;
    struct obligation once = READ("due_kind", "固定日期", "due_on", "2026-12-31");
    assert_next(&once, NULL, 0, today, "2026-12-31", "2026-12-31");
    struct obligation two =
        READ("due_kind", "固定日期", "due_on", "2026-12-31", "other_due_on", "2026-10-31");
    assert_next(&two, NULL, 0, today, "2026-10-31", "2026-10-31"); /* the stricter one */
    struct obligation later =
        READ("due_kind", "固定日期", "due_on", "2026-10-31", "other_due_on", "2026-12-31");
    assert_next(&later, NULL, 0, today, "2026-10-31", "2026-10-31");
}

static void test_no_date(void **state)
{
    (void)state;
    static const char *const kinds[] = {"事件后", "每项目", "持续", "未定", "固定日期", "每年"};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct obligation undated = READ("due_kind", kinds[i], "due_days", "30");
        assert_int_equal(undated.kind, OBLIGATION_UNDATED);
        assert_next(&undated, NULL, 0, today, "", "");
    }
    static const char *const days[] = {"6月20", "13-01", "00-10", "06-32", "6-20x"};
    for (size_t i = 0; i < COUNT_OF(days); i++)
        assert_int_equal(YEARLY(days[i], "what", "报送").kind, OBLIGATION_UNDATED);
}

static void test_within_its_time(void **state)
{
    (void)state;
    struct obligation later = YEARLY("06-20", "from_on", "2026-07-01");
    assert_next(&later, NULL, 0, today, "2027-06-20", "2027-06-20");
    struct obligation same_day = YEARLY("06-20", "from_on", "2026-06-20", "until_on", "2026-06-20");
    assert_next(&same_day, NULL, 0, today, "2026-06-20", "2026-06-20");
    struct obligation over = YEARLY("06-20", "until_on", "2026-06-19");
    assert_next(&over, NULL, 0, today, "", "");
    struct obligation leap = YEARLY("02-29", "roll", "不变");
    assert_next(&leap, NULL, 0, (struct date){2026, 2, 1}, "2026-02-28", "2026-02-28");
}

static void test_missed_days(void **state)
{
    (void)state;
    struct obligation spring = YEARLY("03-31", "roll", "不变");
    struct obligation january = YEARLY("01-05", "roll", "不变");
    assert_next(&spring, NULL, 0, today, "2026-03-31", "2026-03-31"); /* 76 days ago */
    assert_next(&january, NULL, 0, today, "2027-01-05", "2027-01-05");
    struct obligation december = YEARLY("12-31", "roll", "不变");
    assert_next(&december, NULL, 0, (struct date){2026, 1, 20}, "2025-12-31", "2025-12-31");
    struct obligation once = READ("due_kind", "固定日期", "due_on", "2025-12-31");
    assert_next(&once, NULL, 0, today, "2025-12-31", "2025-12-31"); /* its campaign goes on */
    struct obligation old =
        read((const char *const[]){"due_kind", "固定日期", "due_on", "2025-12-31", NULL}, "2025");
    assert_next(&old, NULL, 0, today, "", "");
    assert_next(&old, NULL, 0, (struct date){2026, 1, 20}, "2025-12-31", "2025-12-31");
}

/* What a superior wants each year goes on after the plan's last year; what had a date does not. */
static void test_campaign_that_is_over(void **state)
{
    (void)state;
    static const char *const fields[] = {"due_kind", "每年", "due_day", "06-20", NULL};
    struct obligation yearly = read(fields, "2025");
    assert_true(obligation_outlives(&yearly, today));
    assert_next(&yearly, NULL, 0, today, "2026-06-20", "2026-06-20");
    yearly = read(fields, "2026");
    assert_false(obligation_outlives(&yearly, today));
}

static void test_settled(void **state)
{
    (void)state;
    struct obligation yearly = YEARLY("06-20", "roll", "提前");
    const struct settlement nominal = {.due = {2026, 6, 20}}, rolled = {.due = {2026, 6, 18}},
                            other = {.due = {2025, 6, 20}, .period = {2026, 6, 30}},
                            half = {.period = {2026, 6, 30}}, before = {.period = {2025, 6, 30}},
                            unsaid = {.due = {0}};
    assert_next(&yearly, &nominal, 1, today, "2027-06-20", "2027-06-18");
    assert_next(&yearly, &rolled, 1, today, "2027-06-20", "2027-06-18");
    assert_next(&yearly, &half, 1, today, "2027-06-20", "2027-06-18");
    assert_next(&yearly, &other, 1, today, "2026-06-20", "2026-06-18");
    assert_next(&yearly, &before, 1, today, "2026-06-20", "2026-06-18");
    assert_next(&yearly, &unsaid, 1, today, "2026-06-20", "2026-06-18");
    struct obligation once = READ("due_kind", "固定日期", "due_on", "2026-12-31");
    assert_next(&once, &unsaid, 1, today, "", "");
    struct obligation report = YEARLY("01-05", "roll", "提前"); /* on the year before */
    const struct settlement year = {.period = {2025, 12, 31}};
    assert_next(&report, &year, 1, (struct date){2026, 1, 10}, "2027-01-05", "2027-01-05");
}

static void assert_settlement(const struct reg *reg, const char *const *fields, bool done,
                              const char *due, const char *period)
{
    struct record record;
    struct settlement settlement = {0};
    fill(&record, reg, fields);
    assert_int_equal(obligation_read_settlement(&record, &settlement), done);
    if (done) {
        assert_date(settlement.due, due);
        assert_date(settlement.period, period);
    }
    record_release(&record);
}

static void test_what_says_that_it_is_done(void **state)
{
    (void)state;
#define FIELDS(...) (const char *const[]){__VA_ARGS__, NULL}
    assert_settlement(&reg_filing,
                      FIELDS("due_on", "2026-06-18", "filed_on", "2026-06-15", "period", "2026H1"),
                      true, "2026-06-18", "2026-06-30");
    assert_settlement(&reg_filing, FIELDS("due_on", "2026-06-18", "period", "2026H1"), false, "",
                      "");
    assert_settlement(&reg_task, FIELDS("state", "已完成", "period", "2026Q1"), true, "",
                      "2026-03-31");
    assert_settlement(&reg_task, FIELDS("state", "不再需要", "period", "2026-02"), true, "",
                      "2026-02-28");
    assert_settlement(&reg_task, FIELDS("state", "进行中", "due_on", "2026-06-20"), false, "", "");
    assert_settlement(&reg_enterprise, FIELDS("name", "示例厂"), false, "", "");
}

/* A file that was tampered with may hold any text. */
static void test_period_that_is_none(void **state)
{
    (void)state;
    static const char *const periods[] = {"2026H9", "2026-00", "2026-13", "去年"};
    for (size_t i = 0; i < COUNT_OF(periods); i++) {
        struct record record;
        struct settlement settlement;
        fill(&record, &reg_task, FIELDS("state", "已完成"));
        value_set_text(record_value_for_change(&record, "period"), periods[i]);
        assert_true(obligation_read_settlement(&record, &settlement));
        assert_int_equal(settlement.period.year, 0);
        record_release(&record);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filing_date_rolls_back),
        cmocka_unit_test(test_calendar_may_be_missing),
        cmocka_unit_test(test_single_dates),
        cmocka_unit_test(test_no_date),
        cmocka_unit_test(test_within_its_time),
        cmocka_unit_test(test_missed_days),
        cmocka_unit_test(test_campaign_that_is_over),
        cmocka_unit_test(test_settled),
        cmocka_unit_test(test_what_says_that_it_is_done),
        cmocka_unit_test(test_period_that_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
