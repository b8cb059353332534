/* The calculator of limits: it judges while one types, says what is missing, and leads on. */
#include "form_stage.h"

#include "tui/screens/screens.h"
#include "tui/screens/views.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define WORKSHOP "车间或生产设施废水排放口"

static void add_limit(struct stage *stage, const char *standard, const char *factor,
                      const char *category, const char *value, const char *unit, const char *place,
                      const char *state, const char *use, const char *upto)
{
    char id[RECORD_ID_SIZE];
    stage_add(stage, "limit",
              (const char *const[]){"standard", standard, "factor", factor, "category", category,
                                    "value", value, "unit", unit, "point", place, "state", state,
                                    "land_use", use, "ph_upto", upto, NULL},
              id);
}

static void begin(struct stage *stage, int rows, int columns)
{
    stage_begin(stage, rows, columns);
    add_limit(stage, "GB 3838", "铊", "水质", "0.0001", "mg/L", "水源地取水口断面", "已核", "", "");
    add_limit(stage, "GB 1", "铊", "直接排放", "0.005", "mg/L", WORKSHOP, "已核", "", "");
    add_limit(stage, "GB 2", "铊", "直接排放", "0.002", "mg/L", WORKSHOP, "未核", "", "");
    add_limit(stage, "GB 15618", "镉", "风险筛选值", "0.3", "mg/kg", "耕作层土壤", "已核", "水田",
              "5.5");
    add_limit(stage, "GB 15618", "镉", "风险管制值", "1.5", "mg/kg", "耕作层土壤", "已核", "",
              "5.5");
}

static void open(struct stage *stage, const char *id)
{
    verdict_open(&stage->app, id);
    stage_play(stage, "");
}

static void test_verdict_follows_the_typing(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    open(&stage, NULL);
    stage_expect(&stage, "边填边判定");
    stage_expect(&stage, "采样日期  [ 2026-06-15");
    stage_play(&stage, "铊<Enter>");
    stage_expect(&stage, "看点位"); /* no limit is known to apply yet */
    stage_play(&stage, "水源<Enter><Enter>0.13");
    stage_expect_not(&stage, "看点位");
    stage_expect(&stage, "? 无法判定");
    stage_expect(&stage, "没有写明单位");
    stage_play(&stage, "<Enter>μ<Enter>");
    stage_expect(&stage, "! 超标 0.3 倍   限值 0.0001 mg/L（已核）");
    stage_expect(&stage, "超标倍数 (0.13 − 0.1)\n ÷ 0.1 = 0.3 倍");
    stage_play(&stage, "<Up><Up><Backspace><Backspace>");
    stage_expect(&stage, "✓ 达标");
    stage_play(&stage, "x");
    stage_expect(&stage, "不认识单位");
    stage_expect_not(&stage, "达标");
    stage_play(&stage, "<Backspace><Backspace><Backspace>");
    stage_expect(&stage, "边填边判定");
    stage_end(&stage);
}

static void test_clue_and_main_outlet(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    open(&stage, NULL);
    stage_play(&stage, "铊<Enter>车间<Enter><Enter>0.015 mg/L<Enter>");
    stage_expect(&stage, "! 超标 2 倍   限值 0.005 mg/L（已核）");
    stage_expect(&stage, "监测值    [ 0.015            ]            ▸ 单位      [ mg/L");
    stage_expect(&stage, "涉嫌犯罪线索，交法制审核");
    stage_play(&stage, "<Up><Up><Up><Backspace>总排<Enter>");
    stage_expect(&stage, "? 仅提示");
    stage_expect_not(&stage, "超标 2 倍");
    stage_expect_not(&stage, "法制");
    stage_end(&stage);
}

static void test_soil_asks_for_use_and_ph(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    open(&stage, NULL);
    stage_expect(&stage, "排放口    [");
    stage_play(&stage, "镉<Enter>土壤<Enter>");
    stage_expect_not(&stage, "排放口    [");
    stage_expect(&stage, "土壤pH    [");
    stage_play(&stage, "<Enter><Enter>0.31 mg/kg");
    stage_expect(&stage, "缺土地利用");
    stage_play(&stage, "<Up><Up>水田<Enter>");
    stage_expect(&stage, "缺土壤 pH");
    stage_play(&stage, "5.5");
    stage_expect(&stage, "! 可能存在风险   筛选值 0.3 mg/kg（已核）   管制值 1.5 mg/kg（已核）");
    stage_play(&stage, "1");
    stage_expect_not(&stage, "可能存在风险");
    stage_end(&stage);
}

static void test_limits_lead_on(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    open(&stage, NULL);
    stage_play(&stage, "铊<Enter>车间<Enter><Enter>0.003 mg/L");
    stage_expect(&stage, "适用          0.005    mg/L   已核 GB 1 直接排放");
    stage_expect(&stage, "适用未核      0.002    mg/L   未核 GB 2 直接排放");
    stage_expect(&stage, "位置不同      0.0001   mg/L   已核 GB 3838 水质");
    stage_expect(&stage, "✓ 达标");
    stage_expect(&stage, "但高于未核的限值\n 0.002 mg/L（GB 2 直接排放），请核对");
    stage_play(&stage, "<Tab><Down>s");
    stage_expect(&stage, "只按标准  [ GB 2");
    stage_expect(&stage, "? 仅提示   限值 0.002 mg/L（未核）");
    stage_play(&stage, "s");
    stage_expect(&stage, "✓ 达标");
    /* Verified on the spot, the limit decides. */
    stage_play(&stage, "<Down><Enter>");
    stage_expect(&stage, "限值标准 · GB 2");
    stage_play(&stage, "<Tab><Down><Down><Down>已核<Enter><F2><Esc>");
    stage_expect(&stage, "! 超标 0.5 倍   限值 0.002 mg/L（已核）");
    stage_end(&stage);
}

static void test_becomes_a_sample(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, 24, 80);
    open(&stage, NULL);
    stage_play(&stage, "镉<Enter>土壤<Enter>水田<Enter>5.5<Enter>0.31 mg/kg<F2>");
    stage_expect(&stage, "监测结果 · （新建）");
    stage_play(&stage, "<F2>");
    stage_only_id(&stage, "sample", id);
    stage_expect_value(&stage, "sample", id, "value", "0.31");
    stage_expect_value(&stage, "sample", id, "unit", "mg/kg");
    stage_expect_value(&stage, "sample", id, "medium", "土壤");
    stage_expect_value(&stage, "sample", id, "verdict", "超标");
    stage_play(&stage, "<Esc>");
    stage_expect(&stage, "限值判定");
    stage_end(&stage);
}

static void test_begins_with_a_sample(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, 43, 132);
    stage_add(&stage, "sample",
              (const char *const[]){"sampled_on", "2026-05-20", "factor", "铊", "value", "0.015",
                                    "unit", "mg/L", "point_type", WORKSHOP, NULL},
              id);
    assert_true(view_is_possible(reg_find("sample")));
    view_choose(&stage.app, reg_find("sample"), id);
    stage_play(&stage, "");
    stage_expect(&stage, "采样日期  [ 2026-05-20");
    stage_expect(&stage, "! 超标 2 倍");
    stage_expect(&stage, "GB 1 直接排放（" WORKSHOP "）");
    stage_resize(&stage, 10, 40);
    stage_expect(&stage, "限值判定");
    stage_play(&stage, "<Tab><Down><Tab>");
    stage_resize(&stage, 24, 80);
    stage_expect(&stage, "! 超标 2 倍");
    stage_end(&stage);
}

static void test_looks_only(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    stage_restart(&stage, STORE_READ);
    open(&stage, NULL);
    stage_expect_not(&stage, "登记结果");
    stage_play(&stage, "铊<Enter>水源<Enter><Enter>0.13 μg/L");
    stage_expect(&stage, "! 超标 0.3 倍");
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdict_follows_the_typing),
        cmocka_unit_test(test_clue_and_main_outlet),
        cmocka_unit_test(test_soil_asks_for_use_and_ph),
        cmocka_unit_test(test_limits_lead_on),
        cmocka_unit_test(test_becomes_a_sample),
        cmocka_unit_test(test_begins_with_a_sample),
        cmocka_unit_test(test_looks_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
