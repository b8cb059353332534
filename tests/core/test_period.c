#include "core/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct period read(const char *text)
{
    struct period period;
    if (!period_parse(text, &period))
        fail_msg("%s is no period", text);
    return period;
}

static void spellings_come_back_as_one(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *canonical;
        int first, months;
    } cases[] = {
        {"2025年", "2025", 0, 12},
        {"2025h2", "2025H2", 6, 6},
        {"2025年第3季度", "2025Q3", 6, 3},
        {"2025-12", "2025-12", 11, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[PERIOD_TEXT_SIZE];
        struct period period = read(cases[i].typed);
        assert_int_equal(period.first, cases[i].first);
        assert_int_equal(period.months, cases[i].months);
        period_format(period, text);
        assert_string_equal(text, cases[i].canonical);
    }
}

static void what_is_none_leaves_none(void **state)
{
    (void)state;
    struct period period = {2025, 1, 1};
    char text[PERIOD_TEXT_SIZE] = "x";
    assert_false(period_parse("2025Q5", &period));
    assert_int_equal(period.year, 0);
    period_format(period, text);
    assert_string_equal(text, "");
    assert_false(period_contains(period, period));
}

static void a_part_lies_within_its_whole(void **state)
{
    (void)state;
    assert_true(period_contains(read("2025"), read("2025-12")));
    assert_true(period_contains(read("2025H2"), read("2025Q3")));
    assert_true(period_contains(read("2025Q3"), read("2025Q3")));
    assert_false(period_contains(read("2025Q3"), read("2025H2")));
    assert_false(period_contains(read("2025Q3"), read("2025-06")));
    assert_false(period_contains(read("2025"), read("2026-01")));
}

static void assert_text(struct period period, const char *expected)
{
    char text[PERIOD_TEXT_SIZE];
    period_format(period, text);
    assert_string_equal(text, expected);
}

/* Each part is within the whole, and finds it again among its own wholes. */
static void parts_and_wholes_agree(void **state)
{
    (void)state;
    static const struct {
        const char *period;
        size_t parts, wholes;
    } cases[] = {{"2025", 19, 0}, {"2025H2", 9, 1}, {"2025Q2", 4, 2}, {"2025-05", 1, 3}};
    struct period wholes[PERIOD_MOST_WHOLES];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct period whole = read(cases[i].period), parts[PERIOD_MOST_PARTS];
        assert_int_equal(period_parts(whole, parts), cases[i].parts);
        assert_int_equal(period_wholes(whole, wholes), cases[i].wholes);
        assert_int_equal(period_compare(parts[0], whole), 0);
        for (size_t j = 1; j < cases[i].parts; j++) {
            size_t longer = period_wholes(parts[j], wholes), found = 0;
            assert_true(period_contains(whole, parts[j]));
            for (size_t k = 0; k < longer; k++)
                found += period_compare(wholes[k], whole) == 0;
            assert_int_equal(found, 1);
        }
    }
    period_wholes(read("2025-05"), wholes);
    assert_text(wholes[0], "2025");
    assert_text(wholes[1], "2025H1");
    assert_text(wholes[2], "2025Q2");
}

static void overlapping_is_lying_within(void **state)
{
    (void)state;
    assert_true(period_overlaps(read("2025"), read("2025-05")));
    assert_true(period_overlaps(read("2025-05"), read("2025Q2")));
    assert_true(period_overlaps(read("2025H1"), read("2025H1")));
    assert_false(period_overlaps(read("2025Q1"), read("2025Q2")));
    assert_false(period_overlaps(read("2024-05"), read("2025-05")));
}

static void one_comes_after_the_other(void **state)
{
    (void)state;
    assert_text(period_move(read("2025Q4"), 1), "2026Q1");
    assert_text(period_move(read("2025Q1"), -1), "2024Q4");
    assert_text(period_move(read("2025-01"), -13), "2023-12");
    assert_text(period_move(read("2025H2"), 3), "2027H1");
    assert_text(period_move(read("2025"), -5), "2020");
    assert_text(period_of_month(2025, 7, 12), "2025");
    assert_text(period_of_month(2025, 7, 6), "2025H2");
    assert_text(period_of_month(2025, 7, 3), "2025Q3");
    assert_text(period_of_month(2025, 7, 1), "2025-08");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_come_back_as_one),   cmocka_unit_test(what_is_none_leaves_none),
        cmocka_unit_test(a_part_lies_within_its_whole), cmocka_unit_test(parts_and_wholes_agree),
        cmocka_unit_test(overlapping_is_lying_within),  cmocka_unit_test(one_comes_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
