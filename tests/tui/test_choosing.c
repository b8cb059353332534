/* The screens that choose - picker, calendar - the list geometry below them, and progress. */
#include "tui/listview.h"
#include "tui/screens/date_picker.h"
#include "tui/screens/picker.h"
#include "tui/screens/progress.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char *const towns[] = {"者海镇", "金钟街道", "矿山镇", "马路乡", "钟屏街道"};
enum { TOWNS = sizeof towns / sizeof towns[0] };

static void describe_town(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    (void)context;
    buffer_add(name, towns[index]);
    buffer_addf(detail, "53032610%zu", index);
}

static bool begins_with(void *context, size_t index, const char *filter)
{
    (void)context;
    return strncmp(towns[index], filter, strlen(filter)) == 0;
}

struct stage {
    struct terminal *terminal;
    struct app app;
};

static void begin(struct stage *stage, const char *script)
{
    struct error err = {0};
    stage->terminal = term_memory_open(24, 80);
    app_init(&stage->app, stage->terminal, NULL);
    if (!term_memory_type(stage->terminal, script, &err))
        fail_msg("%s", err.message);
}

static void end(struct stage *stage)
{
    assert_true(term_memory_is_waiting(stage->terminal));
    app_release(&stage->app);
    term_close(&stage->terminal);
}

/* Runs a picker of the towns; SIZE_MAX when none was chosen. */
static size_t pick(const char *script, bool own_search, bool *marks)
{
    struct stage stage;
    begin(&stage, script);
    const struct picker picker = {
        .title = "选择乡镇",
        .count = TOWNS,
        .describe = describe_town,
        .matches = own_search ? begins_with : NULL,
        .current = 2,
        .marks = marks,
    };
    size_t index = SIZE_MAX;
    bool chosen = picker_choose(&stage.app, &picker, &index);
    assert_true(chosen == (index != SIZE_MAX));
    end(&stage);
    return index;
}

static void test_picker(void **state)
{
    (void)state;
    assert_int_equal(pick("<Enter>", false, NULL), 2);
    assert_int_equal(pick("<Down><Enter>", false, NULL), 3);
    assert_int_equal(pick("<Home><Enter>", false, NULL), 0);
    assert_int_equal(pick("街道<Enter>", false, NULL), 1);
    assert_int_equal(pick("街道<Down><Enter>", false, NULL), 4);
    assert_int_equal(pick("街道<Down><Down><Down><Enter>", false, NULL), 4);
    assert_int_equal(pick("1 03<Enter>", false, NULL), 3);
    assert_int_equal(pick("无<Enter><^U><Enter>", false, NULL), 0);
    assert_int_equal(pick("钟<Enter>", false, NULL), 1);
    assert_int_equal(pick("钟<Enter>", true, NULL), 4);
    assert_int_equal(pick("街道<Esc>", false, NULL), SIZE_MAX);
    assert_int_equal(pick("街道", false, NULL), SIZE_MAX);
}

/* Esc leaves even when nothing is left to choose; Enter says why nothing was chosen. */
static void test_picker_without_rows(void **state)
{
    (void)state;
    const struct picker some = {.title = "选择乡镇", .count = TOWNS, .describe = describe_town};
    const struct picker none = {.title = "选择园区", .describe = describe_town};
    const struct picker *const pickers[] = {&some, &none};
    for (size_t i = 0; i < 2; i++) {
        struct stage stage;
        size_t index;
        begin(&stage, "无<Enter><Esc>");
        assert_false(picker_choose(&stage.app, pickers[i], &index));
        assert_false(stage.app.ended);
        assert_int_equal(stage.app.count, 0);
        end(&stage);
    }
}

static void test_picker_of_several(void **state)
{
    (void)state;
    bool marks[TOWNS] = {true};
    pick("街道<Tab><Tab><^U><Home><Tab><Enter>", false, marks);
    static const bool expected[TOWNS] = {false, true, false, false, true};
    assert_memory_equal(marks, expected, sizeof marks);
    pick("<Home><Tab><Tab><Esc>", false, marks);
    assert_memory_equal(marks, expected, sizeof marks);
}

static void test_picker_screen(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, "街道<Down><Enter>");
    const struct picker picker = {.title = "选择乡镇", .count = TOWNS, .describe = describe_town};
    size_t index;
    assert_true(picker_choose(&stage.app, &picker, &index));
    struct buffer text = {0};
    grid_to_text(term_memory_grid(stage.terminal), &text);
    static const char expected[] =
        " 选择乡镇                                                         5 项 · 显示 2\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        " 查找: 街道\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "   金钟街道                                                           530326101\n"
        " ▶ 钟屏街道                                                           530326104\n";
    assert_memory_equal(buffer_text(&text), expected, strlen(expected));
    assert_int_equal(term_memory_grid(stage.terminal)->cursor_row, 2);
    assert_int_equal(term_memory_grid(stage.terminal)->cursor_column, 11);
    buffer_release(&text);
    end(&stage);
}

static void expect_date(const char *script, struct date from, const char *expected)
{
    struct stage stage;
    begin(&stage, script);
    struct date date = from;
    bool chosen = date_picker_choose(&stage.app, "整改期限", (struct date){2026, 6, 15}, &date);
    char text[DATE_TEXT_SIZE];
    date_format(date, text);
    assert_string_equal(chosen ? text : "", expected);
    end(&stage);
}

static void test_calendar(void **state)
{
    (void)state;
    const struct date none = {0}, leap = {2024, 2, 29}, last = {2199, 12, 31};
    expect_date("<Enter>", none, "2026-06-15");
    expect_date("<Right><Down><Enter>", none, "2026-06-23");
    expect_date("<Left><Up><Enter>", (struct date){2026, 1, 3}, "2025-12-26");
    expect_date("<WordRight><Enter>", leap, "2025-02-28");
    expect_date("<PgUp><End><Enter>", leap, "2024-01-31");
    expect_date("<PgUp><End><PgDn><Home><Enter>", leap, "2024-02-01");
    expect_date("t<Enter>", leap, "2026-06-15");
    expect_date("<Right><PgDn><WordRight><Enter>", last, "2199-12-31");
    expect_date("<Right><Esc>", leap, "");
}

static void test_calendar_screen(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, "<Left><Enter>");
    struct date date = {0};
    date_picker_choose(&stage.app, "整改期限", (struct date){2026, 6, 15}, &date);
    assert_true(term_memory_saw(stage.terminal, "   2026 年 6 月\n"
                                                "    一    二    三    四    五    六    日\n"
                                                "     1     2     3     4     5     6     7\n"
                                                "     8     9    10    11    12    13   [14]\n"
                                                "   *15    16    17    18    19    20    21\n"));
    assert_true(term_memory_saw(stage.terminal, "2026-06-14 周日"));
    end(&stage);
}

/* Work in `total` steps; returns how many were done. */
static size_t work(struct stage *stage, size_t total)
{
    struct progress progress = progress_begin(&stage->app, "导出年度清单", "行");
    size_t done = 0;
    while (done < total && progress_report(&progress, done, total))
        done++;
    return done;
}

static void test_progress(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, "xy<Enter>");
    assert_int_equal(work(&stage, 1000), 1000);
    assert_true(term_memory_saw(stage.terminal, "500 / 1000 行  50%"));
    assert_true(term_memory_saw(stage.terminal, "████████████░░░"));
    end(&stage);

    begin(&stage, "<Esc><Enter>");
    assert_int_equal(work(&stage, 1000), 1000);
    assert_true(term_memory_saw(stage.terminal, "要停止吗？"));
    end(&stage);

    begin(&stage, "<Esc><Down><Enter>");
    assert_int_equal(work(&stage, 1000), 0);
    end(&stage);

    begin(&stage, "");
    term_memory_feed(stage.terminal, &(struct event){.kind = EVENT_END});
    assert_int_equal(work(&stage, 1000), 0);
    assert_true(stage.app.ended);
    end(&stage);
}

static void press(struct listview *list, int key)
{
    assert_true(listview_input(list, &(struct event){.kind = EVENT_KEY, .key = key}));
}

static void draw_number(void *context, size_t row, struct grid *area)
{
    ++*(int *)context;
    grid_printf(area, 0, 1, area->columns, STYLE_PLAIN, "%zu", row);
}

static void expect_rows(struct listview *list, const char *expected, int drawn)
{
    struct grid grid;
    grid_init(&grid, 4, 8);
    int count = 0;
    listview_draw(list, &grid, false, draw_number, &count);
    struct buffer text = {0};
    grid_to_text(&grid, &text);
    assert_string_equal(buffer_text(&text), expected);
    assert_int_equal(count, drawn);
    if (list->count)
        assert_int_equal(grid.cursor_row, (int)(list->selected - list->top));
    buffer_release(&text);
    grid_release(&grid);
}

static void test_list_of_a_million(void **state)
{
    (void)state;
    struct listview list = {0};
    expect_rows(&list, "\n\n\n\n", 0);
    press(&list, K_DOWN);
    press(&list, K_END);
    assert_int_equal(list.selected, 0);
    listview_set_count(&list, 1000000);
    expect_rows(&list, " 0\n 1\n 2\n 3\n", 4);
    press(&list, K_UP);
    press(&list, K_PAGE_DOWN);
    press(&list, K_DOWN);
    expect_rows(&list, " 1\n 2\n 3\n 4\n", 4);
    press(&list, K_END);
    expect_rows(&list, " 999996\n 999997\n 999998\n 999999\n", 4);
    press(&list, K_PAGE_UP);
    expect_rows(&list, " 999996\n 999997\n 999998\n 999999\n", 4);
    assert_int_equal(list.selected, 999996);
    listview_set_count(&list, 2);
    expect_rows(&list, " 0\n 1\n\n\n", 2);
    assert_int_equal(list.selected, 1);
    listview_release(&list);
}

static void test_mouse(void **state)
{
    (void)state;
    struct listview list = {0};
    listview_set_count(&list, 5);
    expect_rows(&list, " 0\n 1\n 2\n 3\n", 4);
    struct event event = {.kind = EVENT_MOUSE, .mouse = MOUSE_PRESS, .row = 2};
    assert_true(listview_input(&list, &event));
    assert_int_equal(list.selected, 2);
    assert_true(listview_input_at(&list, &event, 1)); /* below a heading */
    assert_int_equal(list.selected, 1);
    assert_false(listview_input_at(&list, &event, 3)); /* on it */
    listview_select(&list, 2);
    event.row = -1;
    assert_false(listview_input(&list, &event));
    event.mouse = MOUSE_WHEEL_DOWN;
    assert_true(listview_input(&list, &event));
    assert_int_equal(list.selected, 4);
    event.mouse = MOUSE_WHEEL_UP;
    assert_true(listview_input(&list, &event));
    assert_int_equal(list.selected, 1);
    listview_release(&list);
}

static void test_marks(void **state)
{
    (void)state;
    struct listview list = {0};
    listview_set_count(&list, 20);
    listview_mark(&list, 0, true);
    listview_mark(&list, 19, true);
    listview_mark(&list, 19, true);
    listview_mark(&list, 20, true);
    assert_int_equal(list.marked, 2);
    assert_true(listview_is_marked(&list, 19));
    assert_false(listview_is_marked(&list, 18));
    listview_mark(&list, 0, false);
    assert_int_equal(list.marked, 1);
    listview_set_count(&list, 21);
    assert_int_equal(list.marked, 0);
    assert_false(listview_is_marked(&list, 19));
    listview_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_picker),
        cmocka_unit_test(test_picker_without_rows),
        cmocka_unit_test(test_picker_of_several),
        cmocka_unit_test(test_picker_screen),
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_calendar_screen),
        cmocka_unit_test(test_progress),
        cmocka_unit_test(test_list_of_a_million),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
