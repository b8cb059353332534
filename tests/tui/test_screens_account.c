/* 指标账户: balances of sources and shortages of projects on a day, and the accounts behind them.
 */
#include "form_stage.h"

#include "tui/screens/screens.h"
#include "tui/screens/views.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct county {
    struct stage stage;
    char source[RECORD_ID_SIZE], project[RECORD_ID_SIZE], transfer[RECORD_ID_SIZE];
};

/* A source of 25.2 kg lead, one that is not verified, and a project that needs 14.4 and got 10. */
static void begin(struct county *county, int rows, int columns)
{
    char id[RECORD_ID_SIZE];
    struct stage *stage = &county->stage;
    stage_begin(stage, rows, columns);
    stage_add(stage, "enterprise",
              (const char *const[]){"name", "示例锌业", "region", "清城区", NULL}, id);
    stage_add(stage, "reduction_project",
              (const char *const[]){"name", "焙烧治理", "enterprise", "示例锌业", "region",
                                    "清城区", "key_line", "是", "permit_held", "已领证",
                                    "load_basis", "许可量差值", "before_lead_kg", "96.4",
                                    "after_lead_kg", "71.2", "confirmed_on", "2026-04-20", NULL},
              county->source);
    stage_add(stage, "reduction_project",
              (const char *const[]){"name", "回收改造", "enterprise", "示例锌业", "region",
                                    "清城区", "key_line", "是", "load_basis", "许可量差值",
                                    "before_lead_kg", "3", "after_lead_kg", "1", NULL},
              id);
    stage_add(stage, "construction_project",
              (const char *const[]){"name", "二期", "region", "清城区", "exempted", "否",
                                    "added_lead_kg", "12", "ratio", "1.2", "quota_opinion_on",
                                    "2026-03-16", NULL},
              county->project);
    stage_add(stage, "quota_transfer",
              (const char *const[]){"source", "焙烧治理", "project", "二期", "transferred_on",
                                    "2026-05-12", "transferred_lead_kg", "10", "voided", "否",
                                    NULL},
              county->transfer);
}

static void open_all(struct county *county)
{
    accounts_open(&county->stage.app, NULL);
    stage_play(&county->stage, "");
}

static void what_each_source_holds(void **state)
{
    (void)state;
    struct county county;
    begin(&county, 24, 80);
    open_all(&county);
    stage_expect(&county.stage, "指标账户 · 来源");
    stage_expect(&county.stage, "到 2026-06-15 · kg/a");
    stage_expect(&county.stage, "[来源 2]  项目 1");
    stage_expect(&county.stage,
                 "▶ ? 回收改造 还不能用                            0.000       0.000       0.000");
    stage_expect(&county.stage,
                 "    焙烧治理 示例锌业                           25.200      10.000      15.200");
    stage_play(&county.stage, "<Down>");
    stage_expect(&county.stage,
                 " 剩余             15.200     0.000     0.000     0.000     0.000    15.200");
    stage_expect(&county.stage, "示例锌业 · 2026-04-20 起可用");
    stage_expect(&county.stage,
                 "合计 核定 25.200   已转让 10.000   剩余 15.200   外地调入 0.000 kg/a");
    stage_resize(&county.stage, 43, 132);
    stage_expect(&county.stage, "其中铅");
    stage_resize(&county.stage, 10, 40);
    stage_expect(&county.stage, "指标账户");
    stage_end(&county.stage);
}

static void on_another_day(void **state)
{
    (void)state;
    struct county county;
    begin(&county, 24, 80);
    open_all(&county);
    /* From 2026-06-15 a month and six days back: 05-09, before the transfer. */
    stage_play(&county.stage, "d<PgUp><Up><Enter>");
    stage_expect_not(&county.stage, "到 2026-06-15");
    stage_expect(&county.stage,
                 "    焙烧治理 示例锌业                           25.200       0.000      25.200");
    stage_end(&county.stage);
}

static void what_each_project_lacks(void **state)
{
    (void)state;
    struct county county;
    begin(&county, 24, 80);
    open_all(&county);
    stage_play(&county.stage, "<Tab>");
    stage_expect(&county.stage, " 来源 2  [项目 1]");
    stage_expect(&county.stage,
                 "▶ ! 二期                                        14.400      10.000       4.400");
    stage_expect(&county.stage, "! 合计还缺 4.4 kg/a");
    stage_expect(&county.stage, "共 1 个项目，1 个有缺口");
    stage_play(&county.stage, "<Enter>");
    stage_expect(&county.stage, "项目账户 · 二期");
    stage_expect(&county.stage, "替代比例 1.2");
    stage_expect(&county.stage,
                 "▶ 2026-05-12 焙烧治理                                10.000      15.200");
    stage_play(&county.stage, "s");
    stage_expect(&county.stage, "来源账户 · 焙烧治理");
    stage_play(&county.stage, "<Esc><Enter>");
    stage_expect(&county.stage, "指标来源与转让");
    stage_play(&county.stage, "<Esc><Esc><Tab>");
    stage_expect(&county.stage, "[来源 2]");
    stage_end(&county.stage);
}

static void the_statement_of_a_source(void **state)
{
    (void)state;
    struct county county;
    begin(&county, 24, 80);
    view_choose(&county.stage.app, reg_find("reduction_project"), county.source);
    stage_play(&county.stage, "");
    stage_expect(&county.stage, "来源账户 · 焙烧治理");
    stage_expect(&county.stage, "▶ 2026-04-20 核定 JP-441802-2026-0001    纳入减排台账       25.200"
                                "      25.200");
    stage_expect(&county.stage, "  2026-05-12 转让 ZR-441802-2026-0001    二期              -10.000"
                                "      15.200");
    stage_play(&county.stage, "<Down>");
    stage_expect(&county.stage, "这一笔 支");
    stage_play(&county.stage, "<Enter>");
    stage_expect(&county.stage, "指标来源与转让");
    stage_play(&county.stage, "<Esc>e");
    stage_expect(&county.stage, "减排工程");
    stage_play(&county.stage, "<Esc>n");
    stage_expect(&county.stage, "指标来源与转让 · （新建）");
    stage_expect(&county.stage, "焙烧治理");
    stage_end(&county.stage);
}

/* What is changed below is seen when one comes back; what does not count says why. */
static void voiding_is_seen_at_once(void **state)
{
    (void)state;
    struct county county;
    struct record record;
    enum store_change change;
    struct error err = {0};
    begin(&county, 24, 80);
    view_choose(&county.stage.app, reg_find("construction_project"), county.project);
    stage_play(&county.stage, "");
    stage_expect(&county.stage, "! 合计还缺 4.4 kg/a");
    stage_play(&county.stage, "<Enter>");
    assert_true(
        store_get(county.stage.store, reg_find("quota_transfer"), county.transfer, &record, &err));
    value_set_integer(record_value_for_change(&record, "voided"), 1);
    value_set_text(record_value_for_change(&record, "voided_on"), "2026-06-02");
    value_set_text(record_value_for_change(&record, "void_reason"), "申请材料不实");
    assert_true(store_save(county.stage.store, &record, NULL, &change, &err));
    record_release(&record);
    stage_play(&county.stage, "<Esc>");
    stage_expect(&county.stage, "! 合计还缺 14.4 kg/a");
    stage_expect(&county.stage, "25.200 已作废");
    stage_end(&county.stage);
}

static void an_unverified_source_says_why(void **state)
{
    (void)state;
    struct county county;
    begin(&county, 24, 80);
    open_all(&county);
    stage_play(&county.stage, "<Enter>");
    stage_expect(&county.stage, "来源账户 · 回收改造");
    stage_expect(&county.stage, "? 还没有入账：这项工程还没有核定，也没有纳入减排台账");
    stage_end(&county.stage);
}

static void an_empty_file_says_what_to_do(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    accounts_open(&stage.app, NULL);
    stage_play(&stage, "");
    stage_expect(&stage, "还没有减排工程。");
    stage_play(&stage, "<Tab>");
    stage_expect(&stage, "还没有建设项目。");
    stage_play(&stage, "<Enter>e");
    stage_expect(&stage, "指标账户 · 项目");
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_each_source_holds),
        cmocka_unit_test(on_another_day),
        cmocka_unit_test(what_each_project_lacks),
        cmocka_unit_test(the_statement_of_a_source),
        cmocka_unit_test(voiding_is_seen_at_once),
        cmocka_unit_test(an_unverified_source_says_why),
        cmocka_unit_test(an_empty_file_says_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
