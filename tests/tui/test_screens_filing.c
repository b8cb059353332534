/* 报送: what blocks it, what goes out, what is asked when a filed figure changes, and two filings
 * beside each other. */
#include "form_stage.h"

#include "core/registers.h"
#include "tui/screens/screens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void add(struct stage *stage, const char *name, const char *lead, char id[RECORD_ID_SIZE])
{
    stage_add(stage, "enterprise",
              (const char *const[]){"name", name, "region", "清城区", "base_lead_kg", lead, NULL},
              id);
}

/* The desk with two enterprises, in the folder of the test. */
static void begin(struct stage *stage, char id[RECORD_ID_SIZE])
{
    char other[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add(stage, "甲示例电镀", "12.5", id);
    add(stage, "乙示例冶炼", "3", other);
    assert_int_equal(chdir(stage->folder), 0);
    workbench_open(&stage->app);
    stage_play(stage, "");
}

static void end(struct stage *stage)
{
    assert_int_equal(chdir("/"), 0);
    stage_end(stage);
}

/* Long work drops the keys that were pressed meanwhile: what follows is a script of its own. */
static void choose(struct stage *stage)
{
    stage_play(stage, "r全口径涉重金属重点<Enter>");
}

static void a_filing_goes_out(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, id);
    choose(&stage);
    stage_expect(&stage, "报送 · 全口径涉重金属重点行业企业清单                                "
                         "2025 年报");
    stage_expect(&stage, "√ 没有错误，可以报送；警告 0 个，待补");
    stage_expect(&stage, "上一次    第一次报这一种，没有上一次可比");
    stage_expect(&stage, "按 F2 报送：写出工作簿，读回来逐格核对");
    stage_play(&stage, "<F2><Enter>"); /* as it is proposed */
    stage_expect(&stage, "已报送 BS-441802-2026-0001：清城区_2025_年报_全口径");
    stage_expect(&stage, "1 张表 2 行");
    stage_expect(&stage, "今天要办"); /* back on the desk */
    assert_int_equal(access("清城区_2025_年报_全口径涉重金属重点行业企业清单_v1.xlsx", R_OK), 0);
    stage_only_id(&stage, "filing", id);
    stage_expect_value(&stage, "filing", id, "current_count", "2");
    choose(&stage);
    stage_expect(&stage, "BS-441802-2026-0001（2025 年报），报出的数字没有改过");
    stage_play(
        &stage,
        "<F2><^U>清城区_2025_年报_全口径涉重金属重点行业企业清单_v1.xlsx<Enter>1"); /* asked: not
                                                                                       replaced */
    stage_expect(&stage, "√ 没有错误");
    /* Only a workbook will do: the line stays until it is one. */
    stage_play(&stage, "<F2><^U>报送.csv<Enter><^U>更正.xlsx<Enter>");
    stage_expect(&stage, "已报送 BS-441802-2026-0002：更正.xlsx");
    assert_int_not_equal(access("报送.csv", F_OK), 0);
    end(&stage);
}

static void what_is_filled_in_counts(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, id);
    choose(&stage);
    stage_play(&stage, "e");
    stage_expect(&stage, "报的是哪一期、给谁；填好按 F2 回去核验");
    stage_play(&stage, "<Up><Up><Up><^U>2024<Down><Down><Down><Down><^U>市局土壤科<F2>");
    stage_expect(&stage, "2024 年报");
    stage_expect(&stage, "报送对象  市局土壤科   统计截止日期 —");
    stage_play(&stage, "r"); /* looked at once more, what was typed stays */
    stage_expect(&stage, "报送对象  市局土壤科");
    stage_play(&stage, "e<Up><Up><Up><^U><F2>");
    stage_expect(&stage, "报告期");
    stage_expect(&stage, "必须先填"); /* without its period there is no filing */
    end(&stage);
}

/* Who gets it, and until which day it counts: proposed, and anew for another period. */
static void what_follows_is_proposed(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, id);
    stage_play(&stage, "r半年报工作簿<Enter>");
    stage_expect(&stage, "报送对象  清远市生态环境局   统计截止日期 2026-06-15");
    stage_play(&stage, "e<Up><Up><Up><^U>2025H2<F2>");
    stage_expect(&stage, "报告期 2025H2");
    stage_expect(&stage, "统计截止日期 2025-12-31");
    stage_play(&stage, "<F2><Enter>");
    stage_expect(&stage, "已报送 BS-441802-2026-0001");
    stage_only_id(&stage, "filing", id);
    stage_expect_value(&stage, "filing", id, "cutoff_on", "2025-12-31");
    stage_expect_value(&stage, "filing", id, "recipient", "清远市生态环境局");
    end(&stage);
}

static void who_gets_it_is_asked_for(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    struct error err = {0};
    begin(&stage, id);
    assert_true(store_set_setting(stage.store, "region", "", &err));
    choose(&stage);
    stage_expect(&stage, "报送对象  还没有填");
    stage_play(&stage, "<F2>");
    stage_expect(&stage, "还不知道报给哪个单位");
    stage_expect(&stage, "报的是哪一期、给谁；填好按 F2 回去核验");
    stage_play(&stage, "<Down><^U>市局<F2>");
    stage_expect(&stage, "报送对象  市局");
    stage_play(&stage, "<F2><^U>a.xlsx<Enter>");
    stage_expect(&stage, "已报送 ");
    stage_only_id(&stage, "filing", id);
    stage_expect_value(&stage, "filing", id, "recipient", "市局");
    end(&stage);
}

static void errors_block_and_lead_to_the_record(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, id);
    stage_add(&stage, "enterprise",
              (const char *const[]){"name", "丙示例电池", "region", "清城区", "verified_on",
                                    "2026-12-31", NULL},
              id);
    choose(&stage);
    stage_expect(&stage, "! 1 个错误挡着报送，改好才能报");
    stage_expect(&stage, "▶ ! V39  丙示例电池");
    stage_expect(&stage, "错误 最近核实日期 2026-12-31 晚于今天");
    stage_play(&stage, "<F2>");
    stage_expect(&stage, "有 1 个错误挡着，不能报送");
    stage_only_id(&stage, "filing", id);
    assert_string_equal(id, "");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "全口径涉重金属企业 · 丙示例电池");
    stage_play(&stage, "<^U>2026-05-31<F2><Esc>");
    stage_expect(&stage, "√ 没有错误，可以报送");
    end(&stage);
}

static void file(struct stage *stage, const char *name)
{
    char script[200];
    snprintf(script, sizeof script, "<F2><^U>%s<Enter>", name);
    choose(stage);
    stage_play(stage, script);
    stage_expect(stage, "已报送 BS-");
}

static void a_filed_figure_changes_with_a_reason(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, id);
    file(&stage, "a.xlsx");
    form_open_at(&stage.app, &reg_enterprise, id, reg_field_find(&reg_enterprise, "name"));
    stage_play(&stage, "<^U>甲示例表面处理<F2>更名<Enter><Esc>"); /* too short: not saved */
    stage_expect(&stage, "“企业名称”已随 BS-441802-2026-0001 报出（甲示例电镀），改动请写明原因");
    stage_expect_value(&stage, "enterprise", id, "name", "甲示例电镀");
    stage_play(&stage, "<F2>营业执照更名<Enter>");
    stage_expect(&stage, "已保存");
    stage_expect_value(&stage, "enterprise", id, "name", "甲示例表面处理");
    stage_play(&stage, "<Esc>");
    /* A deletion as well. */
    list_open(&stage.app, &reg_enterprise, NULL);
    stage_play(&stage, "<Home>d2<Esc>");
    stage_expect(&stage, "报出，删除请写明原因");
    stage_play(&stage, "d2<Enter>"); /* the reason that was typed last stands there */
    stage_expect(&stage, "已删除 1 家");
    end(&stage);
}

static void two_filings_stand_beside_each_other(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE], third[RECORD_ID_SIZE];
    begin(&stage, id);
    choose(&stage);
    stage_play(&stage, "e<Up><Up><Up><^U>2024<F2>");
    stage_play(&stage, "<F2><^U>a.xlsx<Enter>");
    form_open_at(&stage.app, &reg_enterprise, id, reg_field_find(&reg_enterprise, "name"));
    stage_play(&stage, "<^U>甲示例表面处理<F2>营业执照更名<Enter><Esc>");
    add(&stage, "丁示例冶炼", "1", third);
    list_open(&stage.app, &reg_filing, NULL);
    stage_play(&stage, "v");
    stage_expect(&stage, "报送比较 · BS-441802-2026-0001 2024 年报");
    stage_expect(&stage, " 移出 0  [变更 0]  报后改动 1");
    stage_expect(&stage, "没有更早的同种报送");
    stage_play(&stage, "<Tab>");
    stage_expect(&stage, "企业名称：甲示例电镀 → 甲示例表面处理");
    stage_play(&stage, "<Esc><Esc>");
    file(&stage, "b.xlsx");
    list_open(&stage.app, &reg_filing, NULL);
    stage_play(&stage, "<Home>v");
    stage_expect(&stage, "报送比较 · BS-441802-2026-0002 2025 年报");
    stage_expect(&stage, "上期 BS-441802-2026-0001 2024 年报");
    stage_expect(&stage, " 新增 1   移出 0  [变更 1]  报后改动 0");
    stage_expect(&stage, "企业名称：甲示例电镀 → 甲示例表面处理");
    stage_expect(&stage, "全口径涉重金属企业：上期 2 + 新增 1 − 移出 0 = 本期 3，变更 1");
    stage_play(&stage, "<Tab>");
    stage_expect(&stage, "报出以后，数字没有改过");
    stage_play(&stage, "<Tab>");
    stage_expect(&stage, "[新增 1]");
    stage_expect(&stage, "▶ 丁示例冶炼");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "全口径涉重金属企业 · 丁示例冶炼");
    end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_filing_goes_out),
        cmocka_unit_test(what_is_filled_in_counts),
        cmocka_unit_test(what_follows_is_proposed),
        cmocka_unit_test(who_gets_it_is_asked_for),
        cmocka_unit_test(errors_block_and_lead_to_the_record),
        cmocka_unit_test(a_filed_figure_changes_with_a_reason),
        cmocka_unit_test(two_filings_stand_beside_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
