/* 分级研判: what is proposed and why, taking it over, overriding it, the series, the order. */
#include "form_stage.h"

#include "db/grades.h"
#include "tui/screens/screens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void add_limit(struct stage *stage, const char *category, const char *value)
{
    char id[RECORD_ID_SIZE];
    stage_add(stage, "limit",
              (const char *const[]){"standard", "GB 15618", "factor", "镉", "category", category,
                                    "value", value, "unit", "mg/kg", "ph_upto", "5.5", "point",
                                    "耕作层土壤", "state", "已核", NULL},
              id);
}

/* A site with a field downstream whose soil is above the control value. */
static void begin(struct stage *stage, int rows, int columns, char site[RECORD_ID_SIZE])
{
    char id[RECORD_ID_SIZE];
    stage_begin(stage, rows, columns);
    add_limit(stage, "风险筛选值", "0.3");
    add_limit(stage, "风险管制值", "1.5");
    stage_add(stage, "legacy_site",
              (const char *const[]){"name", "老厂沟", "region", "清城区", "problem_types", "废渣堆",
                                    "anti_loss", "破损", NULL},
              site);
    stage_add(stage, "sample",
              (const char *const[]){
                  "site",     site,     "point_type", "土壤",  "point_name", "水田T1",     "medium",
                  "土壤",     "factor", "镉",         "value", "1.86",       "unit",       "mg/kg",
                  "land_use", "水田",   "soil_ph",    "5.4",   "sampled_on", "2026-05-20", NULL},
              id);
    stage_add(stage, "receptor",
              (const char *const[]){"site", site, "kind", "耕地", "name", "石板村水田",
                                    "distance_m", "400", "downstream", "是", NULL},
              id);
}

static void both_grades_stand_side_by_side(void **state)
{
    (void)state;
    struct stage stage;
    char site[RECORD_ID_SIZE];
    begin(&stage, 24, 80, site);
    grading_open(&stage.app, site);
    stage_play(&stage, "");
    stage_expect(&stage, "分级研判 · 老厂沟");
    stage_expect(&stage, "优先级 第一");
    stage_expect(&stage, "污染程度  环境敏感度  可行性   危害性   扩散性   敏感性   风险等级");
    stage_expect(&stage, " 本局    —         —");
    stage_expect(&stage, " 建议    高        高          未评     高       中       高       高");
    stage_expect(&stage, "· 水田T1（土壤，2026-05-20）镉 1.86 mg/kg，高于 1.5 mg/kg");
    stage_expect(&stage, "→ 水田T1 镉 1.86 mg/kg");
    stage_expect(&stage, "还没有评，按 t 采用建议");
    stage_expect(&stage, "还没有评过级");
    stage_play(&stage, "<Right>");
    stage_expect(&stage, "环境敏感度 建议高");
    stage_expect(&stage, "→ 耕地“石板村水田”在下游 400 m");
    stage_play(&stage, "<Left><Left>");
    stage_expect(&stage, "风险等级 建议高");
    stage_expect(&stage, "危害性高 × 扩散性中 × 环境敏感性高");
    stage_end(&stage);
}

static void evidence_opens(void **state)
{
    (void)state;
    struct stage stage;
    char site[RECORD_ID_SIZE];
    begin(&stage, 24, 80, site);
    grading_open(&stage.app, site);
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "分级研判");
    stage_play(&stage, "<Down><Down><Enter>");
    stage_expect(&stage, "监测结果 · 水田T1");
    stage_play(&stage, "<Esc><Right><Home><Down><Down><Enter>");
    stage_expect(&stage, "敏感目标 · 石板村水田");
    stage_end(&stage);
}

static void a_proposal_is_taken_over(void **state)
{
    (void)state;
    struct stage stage;
    char site[RECORD_ID_SIZE];
    begin(&stage, 24, 80, site);
    grading_open(&stage.app, site);
    stage_play(&stage, "t");
    stage_expect(&stage, "已采用建议，评级日期 2026-06-15");
    stage_expect_value(&stage, "legacy_site", site, "pollution_grade", "高");
    stage_expect_value(&stage, "legacy_site", site, "graded_on", "2026-06-15");
    stage_expect_value(&stage, "legacy_site", site, "sensitivity_grade", "");
    stage_expect(&stage, "2026-06-15  （空） → 高  张：水田T1");
    stage_play(&stage, "a");
    stage_expect_value(&stage, "legacy_site", site, "sensitivity_grade", "高");
    stage_expect_value(&stage, "legacy_site", site, "risk_level", "高");
    /* Of what is not known nothing is taken over. */
    stage_expect_value(&stage, "legacy_site", site, "feasibility_grade", "");
    stage_play(&stage, "<Right><Right>t");
    stage_expect(&stage, "程序还提不出等级");
    stage_end(&stage);
}

/* What the bureau says otherwise is marked, and wants its reason. */
static void a_difference_is_marked(void **state)
{
    (void)state;
    struct stage stage;
    char site[RECORD_ID_SIZE];
    begin(&stage, 24, 80, site);
    grading_open(&stage.app, site);
    stage_play(&stage, "e");
    stage_expect(&stage, "▸   等级");
    stage_expect(&stage, "程序建议");
    stage_play(&stage, "中<Enter><F2><Esc>");
    stage_expect(&stage, " 本局    中");
    stage_expect(&stage, " 建议    高 ?");
    stage_expect(&stage, "与建议不同；没有写依据，按 e 补上");
    stage_end(&stage);
}

/* A grade is not lowered from here: the gate says what is missing. */
static void lowering_is_refused(void **state)
{
    (void)state;
    struct stage stage;
    char site[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
    begin(&stage, 24, 80, site);
    stage_add(
        &stage, "legacy_site",
        (const char *const[]){"name", "白石岩", "region", "清城区", "pollution_grade", "高", NULL},
        other);
    grading_open(&stage.app, other);
    stage_play(&stage, "t");
    stage_expect(&stage, "降级");
    stage_expect_value(&stage, "legacy_site", other, "pollution_grade", "高");
    stage_end(&stage);
}

static void the_order_of_all(void **state)
{
    (void)state;
    struct stage stage;
    char site[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
    begin(&stage, 24, 80, site);
    stage_add(&stage, "legacy_site",
              (const char *const[]){"name", "无人测过的点", "region", "清城区", NULL}, other);
    grading_list_open(&stage.app, NULL);
    stage_play(&stage, "");
    stage_expect(&stage, "分级排序 · 历史遗留点位");
    stage_expect(&stage, "▶   1  无人测过的点");
    stage_expect(&stage, "    2  老厂沟");
    stage_expect(&stage, "(无数据)");
    stage_expect(&stage, "(高)");
    stage_play(&stage, "<Down><Enter>t<Esc>");
    stage_expect(&stage, "▶   2  老厂沟");
    stage_expect(&stage, "第一    高 ");
    stage_play(&stage, "e");
    stage_expect(&stage, "▸   等级");
    stage_end(&stage);
}

static void no_site_says_what_to_do(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    grading_list_open(&stage.app, NULL);
    stage_play(&stage, "<Enter>e<Down>");
    stage_expect(&stage, "还没有历史遗留点位。按 n 登记一处");
    stage_end(&stage);
}

static void who_only_looks_changes_nothing(void **state)
{
    (void)state;
    struct stage stage;
    char site[RECORD_ID_SIZE];
    begin(&stage, 24, 80, site);
    stage_restart(&stage, STORE_READ);
    grading_open(&stage.app, site);
    stage_play(&stage, "ta");
    stage_expect_not(&stage, "采用  a");
    stage_expect_value(&stage, "legacy_site", site, "pollution_grade", "");
    stage_end(&stage);
}

static void every_size_will_do(void **state)
{
    (void)state;
    static const int sizes[][2] = {{43, 132}, {10, 40}, {24, 80}, {5, 20}, {60, 200}, {24, 80}};
    struct stage stage;
    char site[RECORD_ID_SIZE];
    begin(&stage, 24, 80, site);
    grading_list_open(&stage.app, NULL);
    stage_play(&stage, "");
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        stage_resize(&stage, sizes[i][0], sizes[i][1]);
    stage_expect(&stage, "1  老厂沟");
    stage_play(&stage, "<Enter>");
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        stage_resize(&stage, sizes[i][0], sizes[i][1]);
    stage_expect(&stage, "分级研判 · 老厂沟");
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_grades_stand_side_by_side),
        cmocka_unit_test(evidence_opens),
        cmocka_unit_test(a_proposal_is_taken_over),
        cmocka_unit_test(a_difference_is_marked),
        cmocka_unit_test(lowering_is_refused),
        cmocka_unit_test(the_order_of_all),
        cmocka_unit_test(no_site_says_what_to_do),
        cmocka_unit_test(who_only_looks_changes_nothing),
        cmocka_unit_test(every_size_will_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
