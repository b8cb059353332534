/* What is due by law: the desk's lines about it, the sheet of an obligation, the calendar of a
 * year; and the menu of all registers. */
#include "form_stage.h"

#include "db/pack.h"
#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void rest(struct stage *stage)
{
    while (stage->app.eager)
        app_step(&stage->app);
    stage_play(stage, "");
}

/* A county of Guangxi with the base data: the holidays of 2026 are among them. */
static void begin(struct stage *stage, int rows, int columns)
{
    struct error err = {0};
    stage_begin(stage, rows, columns);
    if (!store_set_setting(stage->store, "region", "451202", &err) ||
        !store_set_setting(stage->store, "pack", "guangxi-2022", &err) ||
        !pack_install(stage->store, "guangxi-2022", &err))
        fail_msg("%s", err.message);
}

static void open_desk(struct stage *stage)
{
    workbench_open(&stage->app);
    rest(stage);
}

static void add_filing(struct stage *stage, const char *due, const char *filed)
{
    char id[RECORD_ID_SIZE];
    stage_add(stage, "filing",
              (const char *const[]){"kind", "半年报", "period", "2026H1", "obligation", "GX-37",
                                    "due_on", due, "filed_on", filed, NULL},
              id);
}

static void test_filing_date_inside_a_holiday(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    open_desk(&stage);
    stage_expect(&stage,
                 "▶ ▸ 法定任务          1  报上半年项目总量… 6-18 前（20 日在假内） 还有 3 天");
    stage_expect_not(&stage, "补节假日");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage,
                 "法定任务 · GX-37                                              广西 2022 · 核心");
    stage_expect(&stage, "  期限       每年 06-20，遇休息日提前\n");
    stage_expect(&stage,
                 "  下一次     2026-06-18 周四，还有 3 天（3 个工作日）。原定 6 月 20 日是休息");
    stage_expect(&stage, "  依据       桂重金属方案 五（三）\n");
    stage_expect(&stage, "  文件期限   文件管到 2025 年；");
    stage_resize(&stage, 43, 132);
    stage_expect(&stage, "原定 6 月 20 日是休息日，提前到前面最后一个工作日\n");
    stage_resize(&stage, 10, 40);
    stage_expect(&stage, "法定任务 · GX-37");
    stage_play(&stage, "<Down><Down>");
    stage_expect_not(&stage, "要做什么");
    stage_end(&stage);
}

/* 记为已完成 begins the filing; once it is saved the line is gone. */
static void test_done_is_written_down(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, 24, 80);
    open_desk(&stage);
    stage_play(&stage, "<Enter><Enter>");
    stage_expect(&stage, "报送记录 · （新建）");
    stage_expect(&stage, "报告期       * [ 2026H1     ]");
    stage_expect(&stage, "报送期限     * [ 2026-06-18     ]");
    stage_expect(&stage, "报送日期     * [ 2026-06-15     ]");
    stage_play(&stage, "<Esc>"); /* nothing was typed: nothing is left, nothing is asked */
    stage_expect(&stage, "法定任务 · GX-37");
    stage_only_id(&stage, "filing", id);
    assert_string_equal(id, "");
    stage_play(&stage, "<Enter>半年报<Enter><F2><Esc>");
    stage_only_id(&stage, "filing", id);
    stage_expect_value(&stage, "filing", id, "kind", "半年报");
    stage_expect(&stage, "完成情况   已记录完成 1 次");
    stage_expect(&stage, "下一次     2027-06-18");
    stage_expect(&stage, "2027 年日历未装载，");
    stage_play(&stage, "<Esc>");
    rest(&stage);
    stage_expect_not(&stage, "法定任务 ");
    stage_end(&stage);
}

static void test_only_what_was_done_settles(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    add_filing(&stage, "2026-06-18", "");
    open_desk(&stage);
    stage_expect(&stage, "▸ 法定任务          1");
    stage_expect(&stage, "? 报送 7 天内"); /* the record itself is due as well */
    add_filing(&stage, "2026-06-18", "2026-06-12");
    stage_play(&stage, "1<Esc>");
    rest(&stage);
    stage_expect_not(&stage, "▸ 法定任务");
    stage_end(&stage);
}

/* More than can be shown: the first line asks which. */
/* Wherever it is found, Enter shows the sheet, where it can be marked as done. */
static void test_sheet_from_list_and_search(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    list_open(&stage.app, reg_find("obligation"), NULL);
    rest(&stage);
    stage_play(&stage, "/上半年<Enter>");
    stage_expect(&stage, "法定任务 · GX-37");
    stage_expect(&stage, "Enter 记为已完成");
    stage_play(&stage, "<Esc><Esc><^F>报上半年项目总量<Enter>");
    stage_expect(&stage, "法定任务 · GX-37");
    stage_end(&stage);
}

static void test_many_missed_obligations(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    assert_true(pack_install(stage.store, "campaign-2025-2030", NULL));
    open_desk(&stage);
    stage_expect(&stage, "▶ ! 法定任务逾期      3  查完污染源");
    stage_play(&stage, "<Enter><Down><Enter>");
    assert_true(term_memory_saw(stage.terminal, "查散乱污、水源区"));
    stage_expect(&stage, "法定任务 · C25-02");
    stage_expect(&stage, "下一次     2025-12-31 周三，逾期 5 个月");
    stage_play(&stage, "<Esc><Down><Enter>");
    stage_expect(&stage, "法定任务 · C25-02"); /* the second line is one of them */
    stage_end(&stage);
}

static void test_calendar_must_be_loaded(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    setenv("TAIZHANG_NOW", "2026-11-30T09:00:00", 1);
    open_desk(&stage);
    stage_expect_not(&stage, "补节假日");
    stage_play(&stage, "q");
    setenv("TAIZHANG_NOW", "2026-12-01T09:00:00", 1);
    open_desk(&stage);
    stage_expect(&stage, "? 补节假日             2027 年放假安排还没有装载");
    stage_end(&stage);
}

static void test_progress_against_the_target(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, 24, 80);
    open_desk(&stage);
    stage_expect(&stage, "河池市 减排 2025 目标 −6%  企业还没有填基础排放量，算不出进度");
    stage_add(&stage, "enterprise",
              (const char *const[]){"name", "示例锌业", "region", "451202", "base_total_kg", "1000",
                                    "cut_kg", "50", "added_kg", "1", NULL},
              id);
    stage_play(&stage, "1<Esc>");
    rest(&stage);
    stage_expect(&stage, "河池市 减排 2025 目标 −6%  ████████████████░░░░ −4.9%  ? 还没有达到");
    stage_add(&stage, "enterprise",
              (const char *const[]){"name", "示例铅业", "region", "451202", "base_total_kg", "1000",
                                    "cut_kg", "71", NULL},
              id);
    stage_play(&stage, "1<Esc>");
    rest(&stage);
    stage_expect(&stage, "████████████████████ −6%  ✓ 已达到");
    stage_play(&stage, "<End><Enter>");
    stage_expect(&stage, "减排进度 · 2026 年");
    stage_expect(&stage, "▶ 河池");
    stage_end(&stage);
}

static void test_menu(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    open_desk(&stage);
    stage_play(&stage, "m");
    rest(&stage);
    stage_expect(&stage, "▶ 1 全口径涉重金属企业           0 家");
    stage_expect(&stage, "  建设项目总量替代             0 个");
    stage_expect(&stage, "   5 整改台账                     0 项");
    stage_play(&stage, "<End>");
    stage_expect(&stage, "▶   行业代码");
    stage_play(&stage, "<Enter><Esc><Home><Right>");
    stage_expect_not(&stage, "▶ 1 ");
    stage_play(&stage, "<Home><Down><Enter>");
    stage_expect(&stage, "涉铊企业里还没有记录。");
    stage_play(&stage, "<Esc>5");
    stage_expect(&stage, "整改台账里还没有记录。");
    stage_play(&stage, "9"); /* the same digits in a list */
    stage_expect(&stage, "锰渣库里还没有记录。");
    stage_play(&stage, "<Esc>");
    stage_resize(&stage, 43, 132);
    for (size_t i = 0; i < register_count; i++)
        if (registers[i]->menu != MENU_NONE)
            stage_expect(&stage, registers[i]->label);
    stage_resize(&stage, 10, 40);
    stage_play(&stage, "<End>");
    stage_expect(&stage, "▶   行业代码");
    stage_play(&stage, "<Home>");
    stage_expect(&stage, "▶ 1 全口径涉重金属企业");
    stage_expect(&stage, " 清单\n");
    stage_end(&stage);
}

static void add_problem(struct stage *stage, const char *description, const char *due,
                        const char *state)
{
    char id[RECORD_ID_SIZE];
    stage_add_problem(
        stage, state,
        (const char *const[]){"region", "451202", "description", description, "due_on", due, NULL},
        id);
}

static void test_year(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    add_problem(&stage, "截洪沟损坏", "2026-06-03", "整改中");
    add_problem(&stage, "围堰开裂", "2026-06-20", "整改中");
    add_problem(&stage, "台账不全", "2026-06-20", "已登记");
    add_problem(&stage, "早已销号", "2026-06-20", "已销号");
    open_desk(&stage);
    stage_play(&stage, "c");
    stage_expect(&stage,
                 "日历 · 2026 年 6 月                                       今天 2026-06-15 周一");
    stage_expect(&stage, "   —     —     —     —     —     !4 ");
    stage_expect(
        &stage, "    1    2  ! 3    4    5    6    7      ▸ 18 四 报上半年项目总量替代清单和减排…");
    stage_expect(&stage, "▶!  3 三 整改到期：截洪沟损坏");
    stage_expect(&stage, "   15今 16   17  ▸18   19休▸20   21      ✓ 20 六 整改到期 1 项");
    stage_expect(&stage, "▸ 20 六 整改到期 2 项");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "整改台账 · 截洪沟损坏");
    stage_play(&stage, "<Esc><Down><Enter>");
    stage_expect(&stage, "法定任务 · GX-37");
    stage_play(&stage, "<Esc><Down><Enter>");
    stage_expect(&stage, "4 项 · 显示 2");
    stage_play(&stage, "<Esc><Right>");
    stage_expect(&stage, "日历 · 2026 年 7 月");
    stage_expect(&stage, "这个月没有到期的事。");
    stage_play(&stage, "<Enter><Left><Left><Left>");
    stage_expect(&stage, "日历 · 2026 年 4 月");
    stage_play(&stage, "<Left><Left>");
    stage_expect(&stage, "   14班"); /* February: a Saturday on which people work */
    stage_play(&stage, "<Left><Left>");
    stage_expect(&stage, "日历 · 2025 年 12 月");
    stage_play(&stage, "<PgDn><PgDn>");
    stage_expect(&stage, "日历 · 2027 年 12 月");
    stage_expect(&stage, "2027 年日历未装载");
    stage_play(&stage, "t");
    stage_expect(&stage, "日历 · 2026 年 6 月");
    stage_resize(&stage, 43, 132);
    stage_expect(&stage, "▸ 18 四 报上半年项目总量替代清单和减排工程清单（原 6-20）");
    stage_resize(&stage, 10, 40);
    stage_expect(&stage, "整改到期：截洪沟损坏");
    stage_end(&stage);
}

/* A file that nobody may change, and one in which nothing stands. */
static void test_reading_only(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    stage_restart(&stage, STORE_READ);
    open_desk(&stage);
    stage_expect(&stage, "▸ 法定任务");
    stage_play(&stage, "<Enter>");
    stage_expect_not(&stage, "记为已完成");
    stage_play(&stage, "<Esc>m");
    rest(&stage);
    stage_expect_not(&stage, "n 新建");
    stage_play(&stage, "<Esc>c");
    stage_expect(&stage, "▸ 18 四");
    stage_end(&stage);
    stage_begin(&stage, 24, 80);
    year_open(&stage.app);
    stage_play(&stage, "");
    stage_expect(&stage, "这个月没有到期的事。");
    stage_expect(&stage, "? 2026 年日历未装载");
    stage_end(&stage);
}

static void test_action_tables_are_sound(void **state)
{
    (void)state;
    static const struct screen_class *(*const classes[])(void) = {menu_class, year_class,
                                                                  obligation_class};
    struct error err = {0};
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (!action_check(classes[i]()->actions, &err))
            fail_msg("%s", err.message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filing_date_inside_a_holiday),
        cmocka_unit_test(test_done_is_written_down),
        cmocka_unit_test(test_only_what_was_done_settles),
        cmocka_unit_test(test_sheet_from_list_and_search),
        cmocka_unit_test(test_many_missed_obligations),
        cmocka_unit_test(test_calendar_must_be_loaded),
        cmocka_unit_test(test_progress_against_the_target),
        cmocka_unit_test(test_menu),
        cmocka_unit_test(test_year),
        cmocka_unit_test(test_reading_only),
        cmocka_unit_test(test_action_tables_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
