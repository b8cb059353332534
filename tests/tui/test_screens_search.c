/* 搜索 over all registers, from any screen. */
#include "form_stage.h"

#include "db/finder.h"
#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define RULE "────────────────────────────────────────────────────────────────────────────────\n"

static const char two_registers[] =
    " 搜索                                                                 找到 3 条\n" RULE
    " 搜索: xy\n" RULE " 全口径涉重金属企业  2 家\n"
    " ▶ 鑫铀化工                         清城区 龙塘镇           QY-441802-2026-0001\n"
    "   新源电镀                         清城区 源潭镇           QY-441802-2026-0002\n"
    " 历史遗留点位  1 处\n"
    "   老鑫铀废渣堆                     清城区                  LY-441802-2026-0001\n"
    "\n\n\n\n\n\n\n\n\n\n\n\n\n" RULE " Enter 打开  ^F 重打  Esc 返回  F1 帮助\n";

static void add(struct stage *stage, const char *reg, const char *name, const char *town)
{
    char id[RECORD_ID_SIZE];
    stage_add(stage, reg,
              (const char *const[]){"name", name, "region", "清城区", "town", town, NULL}, id);
}

static void begin(struct stage *stage)
{
    stage_begin(stage, 24, 80);
    add(stage, "enterprise", "鑫铀化工", "龙塘镇");
    add(stage, "enterprise", "新源电镀", "源潭镇");
    add(stage, "enterprise", "重阳冶炼", "龙塘镇");
    add(stage, "legacy_site", "老鑫铀废渣堆", "");
    workbench_open(&stage->app);
    stage_play(stage, "/");
}

static void test_what_can_be_typed(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_expect(&stage, "可以打：名称、曾用名、档案编号");
    stage_expect_cursor(&stage, 2, 7);
    stage_play(&stage, "<Enter>"); /* there is nothing to open */
    stage_expect(&stage, "可以打：");
    stage_play(&stage, "hongda");
    stage_expect(&stage, "没有找到“hongda”。少打几个字试试");
    stage_expect(&stage, "找到 0 条");
    stage_play(&stage, "<^F>");
    stage_expect_not(&stage, "没有找到");
    stage_expect(&stage, "首字母：xyhg");
    stage_play(&stage, "<Esc>");
    stage_expect(&stage, "今天要办");
    stage_end(&stage);
}

static void test_whole_screen(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "xy");
    stage_expect_screen(&stage, two_registers);
    stage_resize(&stage, 10, 40);
    stage_expect(&stage, "▶ 鑫铀化工");
    stage_resize(&stage, 24, 80);
    stage_expect_screen(&stage, two_registers);
    stage_end(&stage);
}

static void test_as_one_types(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "c");
    stage_expect(&stage, "重阳冶炼");
    stage_expect(&stage, "鑫铀化工"); /* 清城区 */
    stage_play(&stage, "hongyang");
    stage_expect(&stage, "找到 1 条");
    stage_expect(&stage, "▶ 重阳冶炼");
    stage_play(&stage, "<^U>zhongy");
    stage_expect(&stage, "▶ 重阳冶炼");
    stage_play(&stage, "<^U>longtang<Space>xin");
    stage_expect(&stage, "找到 1 条");
    stage_expect(&stage, "▶ 鑫铀化工");
    stage_play(&stage, "<^U>鑫铀");
    stage_expect(&stage, "找到 2 条");
    stage_play(&stage, "<^U>qy-441802-2026-0002");
    stage_expect(&stage, "▶ 新源电镀");
    stage_expect(&stage, "找到 1 条");
    stage_end(&stage);
}

static void test_opening_and_coming_back(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "xy<Down><Enter>");
    stage_expect(&stage, "全口径涉重金属企业 · 新源电镀");
    stage_play(&stage, "<Esc>");
    stage_expect(&stage, "▶ 新源电镀"); /* the cursor stays */
    stage_play(&stage, "<Down>");       /* over the heading */
    stage_expect(&stage, "▶ 老鑫铀废渣堆");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "历史遗留点位");
    stage_expect(&stage, "老鑫铀废渣堆");
    stage_play(&stage, "<Esc><Up>");
    stage_expect(&stage, "▶ 新源电镀");
    stage_play(&stage, "<Up><Up>");
    stage_expect(&stage, "▶ 鑫铀化工");
    stage_play(&stage, "<Esc>");
    stage_expect(&stage, "今天要办");
    stage_end(&stage);
}

static void test_from_any_screen(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "<Esc>");
    list_open(&stage.app, reg_find("enterprise"), NULL);
    stage_play(&stage, "n半个名称<^F>"); /* while typing in a form */
    stage_expect(&stage, "搜索:");
    stage_play(&stage, "lxyfzd<Enter>");
    stage_expect(&stage, "老鑫铀废渣堆");
    stage_play(&stage, "<^F>zyyl"); /* a second search above the first */
    stage_expect(&stage, "▶ 重阳冶炼");
    stage_play(&stage, "<Esc><Esc>");
    stage_expect(&stage, "搜索: lxyfzd"); /* the first as it was */
    stage_expect(&stage, "▶ 老鑫铀废渣堆");
    stage_play(&stage, "<Esc>");
    stage_expect(&stage, "半个名称");
    stage_end(&stage);
}

static void test_what_is_saved_is_found(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "xyhg<Enter>");
    add(&stage, "enterprise", "宏达制革", "龙塘镇");
    stage_play(&stage, "<Esc>");
    stage_play(&stage, "<^F>hongd");
    stage_expect(&stage, "▶ 宏达制革");
    stage_end(&stage);
}

/* More than the screen holds: a few of each register, more on Enter, and the number of the rest. */
static void test_many(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    for (int i = 0; i < FINDER_SHOWN + 10; i++) {
        char name[40];
        snprintf(name, sizeof name, "鑫铀第%d分厂", i);
        add(&stage, "enterprise", name, "龙塘镇");
    }
    stage_play(&stage, "xiny");
    stage_expect(&stage, "全口径涉重金属企业  62 家");
    stage_expect(&stage, "还有 56 家：按 Enter 展开，或再多打几个字");
    stage_expect(&stage, "老鑫铀废渣堆");
    stage_play(&stage, "<Down><Down><Down><Down><Down><Down>");
    stage_expect(&stage, "▶ 还有 56 家");
    stage_play(&stage, "<Enter>");
    stage_expect_not(&stage, "还有 56 家");
    stage_play(&stage, "<PgDn><PgDn><PgDn>");
    stage_expect(&stage, "还有 12 家：请再多打几个字");
    stage_play(&stage, "di59");
    stage_expect(&stage, "▶ 鑫铀第59分厂");
    stage_expect(&stage, "找到 1 条");
    stage_end(&stage);
}

static void test_looking_only(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "<Esc>");
    stage_restart(&stage, STORE_READ);
    workbench_open(&stage.app);
    stage_play(&stage, "/chongy<Enter>");
    stage_expect(&stage, "全口径涉重金属企业 · 重阳冶炼");
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_can_be_typed),
        cmocka_unit_test(test_whole_screen),
        cmocka_unit_test(test_as_one_types),
        cmocka_unit_test(test_opening_and_coming_back),
        cmocka_unit_test(test_from_any_screen),
        cmocka_unit_test(test_what_is_saved_is_found),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_looking_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
