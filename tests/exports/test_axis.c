/* Axes of charts, and where long pages are cut. */
#include "exports/xlsx_axis.h"
#include "exports/xlsx_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static void an_axis_has_whole_steps_of_counts(void **state)
{
    (void)state;
    static const struct {
        struct xlsx_extent extent;
        struct xlsx_axis axis;
    } cases[] = {
        {{1, 0, 0, 0}, {0, 1, 1}},     {{1, 1, 1, 0}, {0, 1, 1}},
        {{9, 1, 2, 0}, {0, 2, 1}},     {{9, 0, 8, 0}, {0, 8, 1}},
        {{9, 0, 9, 0}, {0, 10, 2}},    {{9, 5, 17, 0}, {0, 20, 5}},
        {{9, 0, 69, 0}, {0, 70, 10}},  {{9, -115, 1647, 2}, {-500, 2000, 500}},
        {{9, -9, -2, 0}, {-10, 0, 2}}, {{9, 0, 18, 1}, {0, 20, 5}},
        {{9, 0, 3, 3}, {0, 3, 1}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct xlsx_axis axis = xlsx_axis_fit(&cases[i].extent);
        assert_int_equal(axis.least, cases[i].axis.least);
        assert_int_equal(axis.most, cases[i].axis.most);
        assert_int_equal(axis.step, cases[i].axis.step);
    }
    struct xlsx_axis huge = xlsx_axis_fit(&(struct xlsx_extent){1, 0, INT64_MAX / 4, 0});
    assert_true(huge.most >= INT64_MAX / 4 && huge.most / huge.step <= 8);
}

static void an_extent_spans_what_the_range_holds(void **state)
{
    (void)state;
    struct xlsx_figures figures = {0};
    struct xlsx_extent extent = {0};
    xlsx_figures_add(&figures, 3, 1, 5, 0);
    xlsx_figures_add(&figures, 4, 1, 1250, 2);
    xlsx_figures_add(&figures, 4, 2, -7, 0);
    xlsx_extent_add(&extent, &figures, &(struct sink_range){5, 1, 9, 1});
    assert_int_equal(extent.count, 0);
    xlsx_extent_add(&extent, &figures, &(struct sink_range){3, 1, 3, 1});
    assert_int_equal(extent.count, 1);
    assert_int_equal(extent.scale, 0);
    xlsx_extent_add(&extent, &figures, &(struct sink_range){3, 1, 4, 2});
    assert_int_equal(extent.count, 4);
    assert_int_equal(extent.scale, 2);
    assert_int_equal(extent.least, -700);
    assert_int_equal(extent.most, 1250);
    xlsx_figures_release(&figures);
}

/* Rows of 10 points on pages of 50; '-' goes on the page of the next one. */
static void assert_cuts(const char *rows, size_t first, size_t second)
{
    struct xlsx_page_rows page = {0};
    for (; *rows; rows++)
        xlsx_pages_add(&page, 10, *rows == '-');
    uint32_t *cuts = xlsx_pages_cut(&page, 50);
    assert_int_equal(cuts[0], first);
    if (first)
        assert_int_equal(cuts[1], second);
    free(cuts);
    xlsx_pages_release(&page);
}

static void pages_are_cut_above_a_heading(void **state)
{
    (void)state;
    assert_cuts("", 0, 0);
    assert_cuts("ooooo", 0, 0);
    assert_cuts("oooooo", 5, 0);
    assert_cuts("oooo-o", 4, 0);
    assert_cuts("ooo--ooo", 3, 0);
    assert_cuts("ooo--oooo-o", 3, 8);
    assert_cuts("------ooo", 5, 0); /* more than a page: parted where it must be */
    assert_cuts("ooooooooooo", 5, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_axis_has_whole_steps_of_counts),
        cmocka_unit_test(an_extent_spans_what_the_range_holds),
        cmocka_unit_test(pages_are_cut_above_a_heading),
    };
    return cmocka_run_group_tests_name("axis", tests, NULL, NULL);
}
