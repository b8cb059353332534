/* Action tables: dispatch, footer, help text, and tables that are not sound. */
#include "core/text.h"
#include "tui/action.h"
#include "tui/app.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void nothing(struct screen *screen, int key)
{
    (void)screen;
    (void)key;
}

static bool never(const struct screen *screen)
{
    (void)screen;
    return false;
}

static const struct action actions[] = {
    {.key = K_ENTER, .name = "案卷", .help = "打开案卷。", .run = nothing},
    {.key = '1', .last = '5', .name = "清单", .help = "打开一张清单。", .run = nothing},
    {.key = 'e', .name = "编辑", .help = "编辑。", .is_available = never, .run = nothing},
    {.key = K_F(2), .name = "保存", .help = "保存。", .run = nothing},
    {.key = 'h', .help = "不在底行。", .run = nothing},
    {0},
};

static void expect_footer(int columns, bool typing, const char *expected)
{
    struct grid grid;
    grid_init(&grid, 1, columns);
    action_draw_footer(actions, app_common_actions(), NULL, typing, &grid, 0);
    struct buffer text = {0};
    grid_to_text(&grid, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
    grid_release(&grid);
}

static void test_footer_fits(void **state)
{
    (void)state;
    expect_footer(60, false, " Enter 案卷  1-5 清单  F2 保存  Esc 返回  F1 帮助\n");
    expect_footer(44, false, " Enter 案卷  1-5 清单  Esc 返回  F1 帮助\n");
    expect_footer(60, true, " Enter 案卷  F2 保存  Esc 返回  F1 帮助\n");
    expect_footer(22, false, " Esc 返回  F1 帮助\n");
}

static void test_find(void **state)
{
    (void)state;
    assert_ptr_equal(action_find(actions, NULL, false, K_ENTER), &actions[0]);
    assert_ptr_equal(action_find(actions, NULL, false, '5'), &actions[1]);
    assert_null(action_find(actions, NULL, false, '6'));
    assert_null(action_find(actions, NULL, true, '5'));
    assert_null(action_find(actions, NULL, false, 'e'));
    assert_ptr_equal(action_find(actions, NULL, true, K_F(2)), &actions[3]);
}

static void test_description(void **state)
{
    (void)state;
    struct buffer text = {0};
    action_describe(actions, &text);
    assert_string_equal(buffer_text(&text), "  Enter       案卷        打开案卷。\n"
                                            "  1-5         清单        打开一张清单。\n"
                                            "  e           编辑        编辑。\n"
                                            "  F2          保存        保存。\n"
                                            "  h                       不在底行。\n");
    buffer_release(&text);
}

static void test_check(void **state)
{
    (void)state;
    struct error err = {0};
    assert_true(action_check(actions, &err));
    assert_true(action_check(app_common_actions(), &err));
    const struct action twice[] = {
        {.key = '1', .last = '5', .help = "一。", .run = nothing},
        {.key = '3', .help = "二。", .run = nothing},
        {0},
    };
    assert_false(action_check(twice, &err));
    assert_string_equal(err.message, "按键 3 在同一张操作表里出现两次，请改用别的键。");
    const struct action mute[] = {{.key = 'x', .help = "没有句号", .run = nothing}, {0}};
    assert_false(action_check(mute, &err));
    const struct action idle[] = {{.key = 'x', .help = "没有函数。"}, {0}};
    assert_false(action_check(idle, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_footer_fits),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_description),
        cmocka_unit_test(test_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
