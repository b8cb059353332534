/* 减排进度: the regions and their targets, and the projects behind one. */
#include "form_stage.h"

#include "db/pack.h"
#include "tui/screens/screens.h"
#include "tui/screens/targets.h"
#include "tui/screens/views.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void follow(struct stage *stage, const char *pack, const char *region)
{
    struct error err = {0};
    if (!store_set_setting(stage->store, "region", region, &err) ||
        !store_set_setting(stage->store, "pack", pack, &err) ||
        !pack_install(stage->store, pack, &err))
        fail_msg("%s", err.message);
}

static void open_screen(struct stage *stage)
{
    targets_open(&stage->app, NULL);
    stage_play(stage, "");
}

static void test_nothing_demanded(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    open_screen(&stage);
    stage_expect(&stage, "所用的政策包没有下达减排目标。");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "减排目标里还没有记录。");
    stage_end(&stage);
}

/* The bureau's own city is selected; a published figure that does not agree is told below. */
static void test_published_table(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 30, 80);
    follow(&stage, "yunnan-2022", "530102");
    open_screen(&stage);
    stage_expect(&stage,
                 "减排进度 · 2026 年                                 17 项目标 · 截至 2026-06-15");
    stage_expect(&stage, "▶ 昆明          −10%    19539.68     17585.72");
    stage_expect(&stage, "红河          −10%   112763.01    101486.71");
    stage_expect(&stage, "西双版纳    不新增      503.64       503.64");
    stage_expect(&stage, "昆明市 合计：到 2025 年比 2020 年削减 10%；基准照文件公布的数");
    stage_expect(&stage, "本机清单里没有这个地区的企业");
    stage_expect(&stage, "? 文件的目标排放量印的是 17585.72，基准排放量减净削减量得 17585.71");
    stage_play(&stage, "<Up>");
    stage_expect(&stage, "得 8.80");
    stage_play(&stage, "e");
    stage_expect(&stage, "减排目标 · 云南省");
    stage_end(&stage);
}

static void test_years(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 30, 80);
    follow(&stage, "guangxi-2022", "451202");
    open_screen(&stage);
    stage_expect(&stage, "▶ 河池           −6%    49581.00     46606.14");
    stage_play(&stage, "<PgUp><PgUp>");
    stage_expect(&stage, "减排进度 · 2024 年");
    stage_expect(&stage, "截至 2024-12-31");
    stage_expect(&stage, "▶ 河池           −4%    49581.00     47597.76");
    stage_play(&stage, "<PgDn>");
    stage_expect(&stage, "▶ 河池           −6%    49581.00     46606.14");
    stage_end(&stage);
}

static void add_cut(struct stage *stage, const char *name, const char *const *fields)
{
    char id[RECORD_ID_SIZE];
    const char *all[24] = {"name",     name, "enterprise", "示例锌业",   "region",      "530302",
                           "key_line", "是", "load_basis", "许可量差值", "permit_held", "已领证"};
    size_t count = 12;
    for (; *fields; fields++)
        all[count++] = *fields;
    stage_add(stage, "reduction_project", all, id);
}

/* 曲靖 is to cut 922.71 of 15378.53 kg: 900 are verified, 50 wait, 20 are planned and 10 added. */
static void fill(struct stage *stage)
{
    char id[RECORD_ID_SIZE];
    follow(stage, "yunnan-2022", "5303");
    stage_add(stage, "enterprise",
              (const char *const[]){"name", "示例锌业", "region", "530302", "base_total_kg", "2000",
                                    NULL},
              id);
    add_cut(stage, "一号",
            (const char *const[]){"completed_on", "2024-03-01", "ledger_on", "2024-04-01",
                                  "before_lead_kg", "900", "after_lead_kg", "0", NULL});
    add_cut(stage, "二号",
            (const char *const[]){"completed_on", "2026-05-01", "before_lead_kg", "50",
                                  "after_lead_kg", "0", NULL});
    add_cut(stage, "三号",
            (const char *const[]){"planned_completion_on", "2026-11-30", "before_lead_kg", "20",
                                  "after_lead_kg", "0", NULL});
    add_cut(stage, "四号",
            (const char *const[]){"planned_completion_on", "2026-05-31", "before_lead_kg", "5",
                                  "after_lead_kg", "0", NULL});
    stage_add(stage, "construction_project",
              (const char *const[]){"name", "新线", "region", "530303", "eia_on", "2025-02-03",
                                    "added_lead_kg", "10", NULL},
              id);
}

static void test_progress_and_forecast(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 30, 80);
    fill(&stage);
    open_screen(&stage);
    stage_expect(&stage,
                 "▶ 曲靖           −6%    15378.53     14455.82     14488.53    −5.79% ? 未达到");
    stage_expect(&stage, "进度 ███████████████████░ −5.79%");
    stage_expect(&stage, "本机 1 家企业：已减排 900.00 kg，已新增 10.00 kg");
    stage_expect(&stage,
                 "2026 年底能完成：预计 14418.53 kg，要看 1 个计划完工或待批的、1 个已完工待核");
    stage_end(&stage);
}

static void test_who_cut_and_added(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    fill(&stage);
    open_screen(&stage);
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "减排进度 · 曲靖市 合计");
    stage_expect(&stage, "▶ ✓ 已计入        -900.00  2024-03-01  麒麟        减排：一号");
    stage_expect(&stage, "  ✓ 已计入          10.00  2025-02-03  沾益        新增：新线");
    stage_expect(&stage, "  ? 待核定         -50.00  2026-05-01  麒麟        减排：二号");
    stage_expect(&stage, "  ▸ 今后           -20.00  2026-11-30  麒麟        减排：三号");
    stage_expect(&stage, "  ! 逾期未完        -5.00  2026-05-31  麒麟        减排：四号");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "减排工程 · 一号");
    stage_play(&stage, "<Esc>b");
    stage_expect(&stage, "按企业");
    stage_expect(&stage, "▶        900.00          0.00        900.00    1 个  示例锌业");
    stage_expect(&stage, "           0.00         10.00        -10.00    1 个  （建设单位未建档）");
    stage_play(&stage, "b");
    stage_expect(&stage, "▶        900.00          0.00        900.00    1 个  麒麟区");
    stage_play(&stage, "b");
    stage_expect(&stage, "▶        900.00         10.00        890.00    2 个  曲靖市");
    stage_play(&stage, "b");
    stage_expect(&stage, "按工程和项目");
    stage_end(&stage);
}

/* A figure that only the list has leads to the enterprises that it is of. */
static void test_figures_of_the_list(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    follow(&stage, "yunnan-2022", "5303");
    stage_add(&stage, "enterprise",
              (const char *const[]){"name", "示例锌业", "region", "530302", "base_total_kg", "2000",
                                    "cut_kg", "7.5", NULL},
              id);
    open_screen(&stage);
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "▶ ✓ 已计入          -7.50              麒麟        企业清单自填的减排量");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "全口径涉重金属企业");
    stage_expect(&stage, "示例锌业");
    stage_end(&stage);
}

static void test_nothing_contributes(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    follow(&stage, "yunnan-2022", "5303");
    open_screen(&stage);
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "这个地区还没有能计入的减排工程和新增项目。");
    stage_end(&stage);
}

static void test_in_the_menu(void **state)
{
    (void)state;
    bool found = false;
    for (size_t i = 0; view_at(i); i++)
        found = found || (strcmp(view_at(i)->label, "减排进度") == 0 &&
                          view_at(i)->menu == MENU_QUOTA && view_at(i)->open == targets_open);
    assert_true(found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_demanded),
        cmocka_unit_test(test_published_table),
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_progress_and_forecast),
        cmocka_unit_test(test_who_cut_and_added),
        cmocka_unit_test(test_figures_of_the_list),
        cmocka_unit_test(test_nothing_contributes),
        cmocka_unit_test(test_in_the_menu),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
