/* The list of any register: columns that fit, searching, sorting, narrowing, marking, deleting; and
 * the history of a record. */
#include "form_stage.h"

#include "tui/screens/columns.h"
#include "tui/screens/narrow.h"
#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define RULE "────────────────────────────────────────────────────────────────────────────────\n"

static const char history_screen[] =
    " 历史 · 甲示例“电镀”                                      2 次改动 · 最近的在前\n" RULE
    " ▶ 今天 10:42  张  编辑  现场核实\n"
    "     状态：在产 → 停产\n"
    "   今天 10:42  张  编辑\n"
    "     新建了这条记录，填写：\n"
    "     档案编号：QY-441802-2026-0001\n"
    "     企业名称：甲示例“电镀”\n"
    "     县（市、区）：清城区\n"
    "     状态：在产\n"
    "     备注：第一行 第二行\n"
    "\n\n\n\n\n\n\n\n" RULE " 今天 10:42  张  编辑  现场核实\n"
    "\n" RULE " Tab/⇧Tab 上下一次  Esc 返回  F1 帮助\n";

static const char three_again_screen[] =
    " 全口径涉重金属企业                                          3 家 · 按企业名称↑\n" RULE
    "     企业名称↑                 乡镇        状态        重点行业…   2020年基础…\n" RULE
    " ▶ ? 丙示例电池                龙塘镇      在产        待补            1000\n"
    "   ? 乙示例冶炼                源潭镇      停产        待补               8.125\n"
    "   ? 甲示例电镀                龙塘镇      在产        待补             112.5\n"
    "\n\n\n\n\n\n\n\n\n\n\n\n" RULE
    " 丙示例电池  QY-441802-2026-0003  在产  最近核实 2026-03-02（3 个月）\n"
    " ? 待补 44 项：统一社会信用代码、法定代表人、环保负责人、联系电话、详细地址、…\n" RULE
    " Enter 案卷  e 编辑  / 查找  n 新建  i 检查  v 测算  s 排序  Esc 返回  F1 帮助\n";

static const char three_screen[] =
    " 全口径涉重金属企业                                          3 家 · 按企业名称↑\n" RULE
    "     企业名称↑                 乡镇        状态        重点行业…   2020年基础…\n" RULE
    " ▶ ? 丙示例电池                龙塘镇      在产        待补            1000\n"
    "   ? 乙示例冶炼                源潭镇      停产        待补               8.125\n"
    "   ? 甲示例电镀                龙塘镇      在产        待补             112.5\n"
    "\n\n\n\n\n\n\n\n\n\n\n\n" RULE
    " 丙示例电池  QY-441802-2026-0003  在产  最近核实 2026-03-02（3 个月）\n"
    " ? 待补 44 项：统一社会信用代码、法定代表人、环保负责人、联系电话、详细地址、…\n" RULE
    " Enter 案卷  e 编辑  / 查找  n 新建  i 检查  v 测算  s 排序  Esc 返回  F1 帮助\n";

static void add(struct stage *stage, const char *name, const char *town, const char *status,
                const char *total)
{
    char id[RECORD_ID_SIZE];
    stage_add(stage, "enterprise",
              (const char *const[]){"name", name, "region", "清城区", "town", town, "status",
                                    status, "base_total_kg", total, "verified_on", "2026-03-02",
                                    NULL},
              id);
}

static void begin(struct stage *stage)
{
    stage_begin(stage, 24, 80);
    add(stage, "甲示例电镀", "龙塘镇", "在产", "112.5");
    add(stage, "乙示例冶炼", "源潭镇", "停产", "8.125");
    add(stage, "丙示例电池", "龙塘镇", "在产", "1000");
    list_open(&stage->app, reg_find("enterprise"), NULL);
    stage_play(stage, "");
}

static void test_whole_screen(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_expect_screen(&stage, three_screen);
    stage_expect_cursor(&stage, 4, 0);
    stage_end(&stage);
}

static void test_sizes(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_expect_not(&stage, "统一社会信用代码  ");
    stage_resize(&stage, 43, 160);
    stage_expect(&stage, "重点行业类别  ");
    stage_expect(&stage, "2020年基础排放量 kg/a");
    stage_expect(&stage, "统一社会信用代码  ");
    stage_resize(&stage, 10, 40);
    stage_expect(&stage, "▶ ? 丙示例电池");
    stage_expect(&stage, "Enter 案卷");
    stage_resize(&stage, 24, 80);
    stage_expect_screen(&stage, three_again_screen);
    stage_end(&stage);
}

static void test_searching(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "/龙塘 电");
    stage_expect(&stage, "3 家 · 显示 2");
    stage_expect(&stage, "甲示例电镀");
    stage_expect_not(&stage, "乙示例冶炼");
    stage_play(&stage, "镀");
    stage_expect(&stage, "显示 1");
    stage_expect_cursor(&stage, 2, 7 + 9);
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "案卷 · 甲示例电镀");
    stage_play(&stage, "<Esc>");
    stage_expect(&stage, "显示 1"); /* as it was left */
    stage_play(&stage, "<Esc>");
    stage_expect_not(&stage, "查找: ");
    stage_expect(&stage, "▶ ? 甲示例电镀"); /* the cursor stays on it */
    stage_play(&stage, "冶");
    stage_expect(&stage, "查找: 冶"); /* Chinese begins to search by itself */
    stage_play(&stage, "金");
    stage_expect(&stage, "没有含“冶金”的记录。按 Esc 清除查找。");
    stage_play(&stage, "<^U>longtang<Space>dd");
    stage_expect(&stage, "显示 1");
    stage_expect(&stage, "甲示例电镀");
    stage_end(&stage);
}

static bool stands_before(const struct stage *stage, const char *first, const char *second)
{
    struct buffer text = {0};
    grid_to_text(term_memory_grid(stage->terminal), &text);
    const char *a = strstr(text.text, first), *b = strstr(text.text, second);
    bool before = a && b && a < b;
    buffer_release(&text);
    return before;
}

static void test_sorting(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    assert_true(stands_before(&stage, "乙示例冶炼", "甲示例电镀"));
    stage_play(&stage, "s合计<Enter>");
    stage_expect(&stage, "按合计↑");
    assert_true(stands_before(&stage, "? 乙示例冶炼", "? 甲示例电镀"));
    assert_true(stands_before(&stage, "? 甲示例电镀", "? 丙示例电池"));
    stage_play(&stage, "s<Enter>"); /* the same again: the other way round */
    stage_expect(&stage, "按合计↓");
    assert_true(stands_before(&stage, "? 丙示例电池", "? 甲示例电镀"));
    stage_end(&stage);
}

/* Decimal points stand under each other. */
static void test_numbers_in_line(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    const struct grid *grid = term_memory_grid(stage.terminal);
    int column = -1;
    for (int row = 4; row < 7; row++) {
        for (int i = 0; i < grid->columns; i++) {
            if (grid_cell(grid, row, i)->codes[0] != '.')
                continue;
            assert_true(column < 0 || column == i);
            column = i;
        }
    }
    assert_true(column > 0);
    stage_end(&stage);
}

static void test_narrowing(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "f状态<Enter>停产<Enter>");
    stage_expect(&stage, "条件: 状态 是 停产");
    stage_expect(&stage, "显示 1");
    stage_play(&stage, "f合计<Enter>>=100<Enter>"); /* joined to the first */
    stage_expect(&stage, "状态 是 停产，合计 ≥ 100");
    stage_expect(&stage, "没有符合条件的记录。按 F 去掉条件。");
    stage_play(&stage, "F");
    stage_expect_not(&stage, "条件: ");
    stage_expect(&stage, "丙示例电池");
    /* An expression: the first is refused in place, and may be corrected. */
    stage_play(&stage, "f<Enter>nonsense=1<Enter><^U>base_total_kg>1000.5<Enter>");
    assert_true(term_memory_saw(stage.terminal, "没有名为“nonsense”的字段"));
    stage_expect(&stage, "显示 0");
    stage_end(&stage);
}

static void test_telling_conditions(void **state)
{
    (void)state;
    struct buffer out = {0};
    narrow_tell(reg_find("enterprise"), "status=\"在产\" name~'锌 业' base_total_kg<=5 town=\"\"",
                &out);
    assert_string_equal(out.text, "状态 是 在产，企业名称 含 锌 业，合计 ≤ 5，乡镇（街道） 是 空");
    buffer_release(&out);
}

static void test_delete_and_undo(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "d<Enter>"); /* the harmless answer stands first */
    stage_expect(&stage, "3 家 · 按");
    term_memory_forget(stage.terminal);
    stage_play(&stage, "d2");
    assert_true(term_memory_saw(stage.terminal, "要删除 丙示例电池 吗？"));
    stage_expect(&stage, "✓ 已删除 1 家。按 u 可以撤销。");
    stage_expect(&stage, "2 家 · 按");
    stage_play(&stage, "u2");
    stage_expect(&stage, "已撤销 张 于 2026-06-15 10:42 的删除");
    stage_expect(&stage, "丙示例电池");
    stage_end(&stage);
}

static void test_reads_again_what_has_changed(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    add(&stage, "丁示例制革", "龙塘镇", "在产", "5");
    stage_expect_not(&stage, "丁示例制革");
    stage_play(&stage, "<End><Enter><Esc>");
    stage_expect(&stage, "4 家 · 按");
    stage_expect(&stage, "丁示例制革");
    stage_expect(&stage, "▶ ? 甲示例电镀"); /* the cursor stays on its record */
    stage_end(&stage);
}

static void test_marks(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "<Space><Insert>");
    stage_expect(&stage, "标记 2");
    stage_expect(&stage, " *? 丙示例电池");
    stage_play(&stage, "d2");
    stage_expect(&stage, "已删除 2 家");
    stage_expect(&stage, "1 家 · 按");
    stage_play(&stage, "u2");
    stage_expect(&stage, "3 家 · 按"); /* one step */
    stage_end(&stage);
}

/* A record that others point to stays, and so do those that were marked with it. */
static void test_refused_delete_keeps_all(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE], profile[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise",
              (const char *const[]){"name", "甲示例电镀", "region", "清城区", NULL}, id);
    stage_add(&stage, "thallium_enterprise", (const char *const[]){"enterprise", id, NULL},
              profile);
    add(&stage, "乙示例冶炼", "源潭镇", "停产", "8");
    list_open(&stage.app, reg_find("enterprise"), NULL);
    stage_play(&stage, "<Space><Space>d2");
    stage_expect(&stage, "! ");
    stage_expect(&stage, "2 家");
    stage_expect(&stage, "乙示例冶炼");
    stage_end(&stage);
}

/* How late a case is stands in front of it. */
static void test_row_marks(void **state)
{
    (void)state;
    static const struct {
        const char *name, *due;
    } rows[] = {{"三十天前", "2026-05-16"}, {"二十九天前", "2026-05-17"}, {"七天前", "2026-06-08"},
                {"六天前", "2026-06-09"},   {"昨天", "2026-06-14"},       {"今天", "2026-06-15"}};
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        stage_add_problem(
            &stage, "整改中",
            (const char *const[]){"description", rows[i].name, "due_on", rows[i].due, NULL}, id);
    list_open(&stage.app, reg_find("problem"), NULL);
    stage_play(&stage, "");
    stage_expect(&stage, "▶ !!! 三十天前");
    stage_expect(&stage, "  !!  二十九天前");
    stage_expect(&stage, "  !!  七天前");
    stage_expect(&stage, "  !   六天前");
    stage_expect(&stage, "  !   昨天");
    stage_expect(&stage, "  x   今天"); /* its description is too short; it is not late */
    stage_expect(&stage, "!!! 整改逾期 30 天，满 30 天  ? 待补 ");
    stage_play(&stage, "<Down><Down><Down>");
    stage_expect(&stage, "! 整改逾期 6 天  ? 待补 ");
    stage_end(&stage);
}

static void test_empty_and_incomplete(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    list_open(&stage.app, reg_find("legacy_site"), NULL);
    stage_play(&stage, "");
    stage_expect(&stage, "历史遗留点位里还没有记录。");
    stage_expect(&stage, "按 o 导入已有的表格");
    stage_expect_not(&stage, "Enter 打开");
    stage_play(&stage, "b");
    stage_expect(&stage, "只看待补");
    stage_expect(&stage, "没有待补的记录");
    stage_play(&stage, "bn");
    stage_expect(&stage, "历史遗留点位排查向导 · （新建）");
    stage_end(&stage);
}

static void test_thousands(void **state)
{
    (void)state;
    struct stage stage;
    struct error err = {0};
    stage_begin(&stage, 24, 80);
    assert_true(store_begin(stage.store, "import", NULL, &err));
    for (int i = 0; i < 2000; i++) {
        struct record record;
        enum store_change change;
        char name[32];
        snprintf(name, sizeof name, "示例企业%04d", i);
        record_init(&record, reg_find("enterprise"));
        value_set_text(record_value_for_change(&record, "name"), name);
        value_set_text(record_value_for_change(&record, "region"), "441802");
        assert_true(store_put(stage.store, &record, &change, &err));
        record_release(&record);
    }
    assert_true(store_commit(stage.store, &err));
    list_open(&stage.app, reg_find("enterprise"), NULL);
    stage_play(&stage, "<PgDn>");
    stage_expect(&stage, "▶ ? 示例企业0014");
    stage_play(&stage, "<End>");
    stage_expect(&stage, "▶ ? 示例企业1999");
    stage_play(&stage, "/企业1234");
    stage_expect(&stage, "2000 家 · 显示 1");
    stage_end(&stage);
}

static void test_history(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    struct record record;
    struct error err = {0};
    enum store_change change;
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise",
              (const char *const[]){"name", "甲示例“电镀”", "region", "清城区", "status", "在产",
                                    "note", "第一行\n第二行", NULL},
              id);
    const struct reg *reg = reg_find("enterprise");
    assert_true(store_get(stage.store, reg, id, &record, &err));
    assert_true(record_set_text(&record, (size_t)reg_field_index(reg, "status"), "停产",
                                store_lookup(stage.store), &err));
    assert_true(store_save(stage.store, &record, "现场核实", &change, &err));
    record_release(&record);
    list_open(&stage.app, reg, NULL);
    stage_play(&stage, "h");
    stage_expect_screen(&stage, history_screen);
    stage_play(&stage, "<Tab>");
    stage_expect(&stage, "▶ 今天 10:42  张  编辑\n");
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_screen),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_searching),
        cmocka_unit_test(test_sorting),
        cmocka_unit_test(test_numbers_in_line),
        cmocka_unit_test(test_narrowing),
        cmocka_unit_test(test_telling_conditions),
        cmocka_unit_test(test_delete_and_undo),
        cmocka_unit_test(test_reads_again_what_has_changed),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_refused_delete_keeps_all),
        cmocka_unit_test(test_row_marks),
        cmocka_unit_test(test_empty_and_incomplete),
        cmocka_unit_test(test_thousands),
        cmocka_unit_test(test_history),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
