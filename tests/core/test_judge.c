/* Samples against limits: which limit applies, exact comparison, and what cannot be said. */
#include "judge_stage.h"
#include "tests/core/typing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void expect_formula(const struct setting *settings, int64_t times, const char *formula)
{
    struct judgement judgement;
    stage_judge(settings, NULL, &judgement);
    assert_int_equal(judgement.verdict, VERDICT_ABOVE);
    assert_string_equal(buffer_text(&judgement.formula), formula);
    assert_int_equal(judgement.times, times);
    judgement_release(&judgement);
}

/* ---- arithmetic ---- */

static void test_times_of_the_incidents(void **state)
{
    (void)state;
    static const struct other limits[] = {SOURCE_LIMIT};
    USE(limits);
    expect_formula(WATER("0.00218", "mg/L"), 20800, "(0.00218 − 0.0001) ÷ 0.0001 = 20.8 倍");
    expect_formula(WATER("1.52", "mg/L"), 15199000, "(1.52 − 0.0001) ÷ 0.0001 = 15199 倍");
    expect_formula(WATER("0.13", "μg/L"), 300, "(0.13 − 0.1) ÷ 0.1 = 0.3 倍");
    stage_expect(WATER("0.13", "μg/L"), VERDICT_ABOVE,
                 "铊 0.13 μg/L 高于限值 0.0001 mg/L（GB 3838-2002");
}

static void test_times_that_do_not_end(void **state)
{
    (void)state;
    static const struct other limits[] = {{&reg_limit,
                                           "",
                                           {{"standard", "某标准"},
                                            {"factor", "铊"},
                                            {"category", "直接排放"},
                                            {"value", "0.003"},
                                            {"unit", "mg/L"},
                                            {"state", "已核"}}}};
    USE(limits);
    expect_formula(OUTLET(WORKSHOP, "0.005", "mg/L", {0}), 667,
                   "(0.005 − 0.003) ÷ 0.003 ≈ 0.667 倍");
    expect_formula(OUTLET(WORKSHOP, "0.003006", "mg/L", {0}), 2,
                   "(0.003006 − 0.003) ÷ 0.003 = 0.002 倍");
}

static void test_units(void **state)
{
    (void)state;
    static const struct other limits[] = {SOURCE_LIMIT};
    USE(limits);
    stage_expect(WATER("0.0001", "mg/L"), VERDICT_MET, "铊 0.0001 mg/L 不高于限值 0.0001 mg/L");
    stage_expect(WATER("100", "ng/L"), VERDICT_MET, "不高于");
    stage_expect(WATER("100.0000001", "ng/L"), VERDICT_ABOVE, "高于");
    stage_expect(WATER("50", "ng/L"), VERDICT_MET, "铊 50 ng/L");
    stage_expect(WATER("50", "mg/L"), VERDICT_ABOVE, "");
    stage_expect(WATER("0.1", "μg/L"), VERDICT_MET, "");
    stage_expect(WATER("50 ng/L", ""), VERDICT_MET, "铊 50 ng/L");
    stage_expect(WATER("50", ""), VERDICT_OPEN, "没有写明单位");
    stage_expect(WATER("50", "mg/kg"), VERDICT_OPEN, "单位 mg/kg 不能换算");
    stage_expect(WATER("50 ng/L", "mg/kg"), VERDICT_OPEN, "不能换算");
    stage_expect(WATER("", "mg/L"), VERDICT_NONE, NULL);
}

static void test_detection(void **state)
{
    (void)state;
    static const struct other limits[] = {SOURCE_LIMIT};
    USE(limits);
    stage_expect(WATER("<0.02", "μg/L"), VERDICT_MET, "铊未检出，检出限 0.02 μg/L 不高于限值");
    stage_expect(WATER("<0.1", "μg/L"), VERDICT_MET, "未检出");
    stage_expect(WATER("<0.2", "μg/L"), VERDICT_OPEN, "检出限 0.2 μg/L 高于限值");
    stage_expect(WATER("0.0002L", "mg/L"), VERDICT_OPEN, "检出限");
    stage_expect(WATER(">1", "μg/L"), VERDICT_ABOVE, "高于");
    stage_expect(WATER(">0.05", "μg/L"), VERDICT_OPEN, "比不出");
    const struct setting low[MOST_SETTINGS] = {{"point_type", "饮用水水源地"},
                                               {"factor", "铊"},
                                               {"value", "0"},
                                               {"unit", "mg/L"},
                                               {"detection_limit", "0.03"},
                                               {"sampled_on", "2026-05-20"}};
    stage_expect(low, VERDICT_OPEN, "检出限 0.03 mg/L 高于");
}

/* What is too large to be compared exactly proves nothing. */
static void test_detection_beyond_all_measure(void **state)
{
    (void)state;
    static const struct other limits[] = {{&reg_limit,
                                           "",
                                           {{"standard", "某标准"},
                                            {"factor", "铊"},
                                            {"category", "水质"},
                                            {"value", "0.1"},
                                            {"unit", "μg/L"},
                                            {"point", "水源地取水口断面"},
                                            {"state", "已核"}}}};
    USE(limits);
    const struct setting absurd[MOST_SETTINGS] = {{"point_type", "饮用水水源地"},
                                                  {"factor", "铊"},
                                                  {"value", "1"},
                                                  {"unit", "mg/L"},
                                                  {"detection_limit", "99999999"},
                                                  {"sampled_on", "2026-05-20"}};
    stage_expect(absurd, VERDICT_OPEN, "检出限 99999999 mg/L 高于");
}

/* ---- which limit ---- */

static void test_strictest_verified_decides(void **state)
{
    (void)state;
    static const struct other limits[] = {TRADE("GB 1", "0.05", "已核", {0}),
                                          TRADE("GB 2", "0.01", "已核", {0}),
                                          TRADE("GB 3", "0.002", "未核", {0}), SOURCE_LIMIT};
    USE(limits);
    stage_expect(OUTLET(WORKSHOP, "0.02", "mg/L", {0}), VERDICT_ABOVE, "限值 0.01 mg/L（GB 2");
    stage_expect(OUTLET(WORKSHOP, "0.005", "mg/L", {0}), VERDICT_MET,
                 "但高于未核的限值 0.002 mg/L（GB 3");
    stage_expect(OUTLET(WORKSHOP, "0.001", "mg/L", {0}), VERDICT_MET, "不高于限值 0.01 mg/L");
}

static void test_unverified_only_hints(void **state)
{
    (void)state;
    static const struct other limits[] = {TRADE("GB 3", "0.002", "未核", {0})};
    USE(limits);
    stage_expect(OUTLET(WORKSHOP, "5", "mg/L", {0}), VERDICT_HINT, "高于未核的限值 0.002 mg/L");
    stage_expect(OUTLET(WORKSHOP, "0.001", "mg/L", {0}), VERDICT_HINT, "不高于未核的限值");
    stage_expect(OUTLET(WORKSHOP, "<0.01", "mg/L", {0}), VERDICT_OPEN, "检出限");
}

static void test_only_the_workshop_proves(void **state)
{
    (void)state;
    static const struct other limits[] = {TRADE("GB 1", "0.005", "已核", {0})};
    USE(limits);
    stage_expect(OUTLET("废水总排放口", "0.001", "mg/L", {0}), VERDICT_OPEN, "证明不了达标");
    stage_expect(OUTLET("废水总排放口", "0.009", "mg/L", {0}), VERDICT_HINT, "高于车间口的限值");
    stage_expect(OUTLET("雨水排放口", "0.001", "mg/L", {0}), VERDICT_OPEN, "证明不了达标");
    stage_expect(OUTLET(WORKSHOP, "0.001", "mg/L", {0}), VERDICT_MET, "");
    stage_expect(OUTLET("", "0.001", "mg/L", {0}), VERDICT_OPEN, "点位类型");
    stage_expect(OUTLET("原料", "0.001", "mg/L", {0}), VERDICT_NONE, NULL);
}

static void test_river_is_compared_with_the_source(void **state)
{
    (void)state;
    static const struct other limits[] = {SOURCE_LIMIT};
    USE(limits);
    stage_expect(OUTLET("地表水断面", "0.13", "μg/L", {0}), VERDICT_HINT,
                 "高于参照的限值 0.0001 mg/L");
    stage_expect(OUTLET("地下水井", "0.13", "μg/L", {0}), VERDICT_OPEN, "没有适用于地下水井");
}

static void test_dates_and_regions(void **state)
{
    (void)state;
    static const struct other limits[] = {
        TRADE("GB 1", "0.05", "已核", {"to_on", "2026-05-20"}),
        TRADE("DB44/1", "0.02", "已核", {"region", "44"}),
        TRADE("DB44/2", "0.002", "已核", {"region", "44"}, {"from_on", "2026-05-21"}),
        TRADE("DB43/1", "0.001", "已核", {"region", "43"}),
        TRADE("GB 0", "0.0005", "已核", {"to_on", "2026-05-19"})};
    USE(limits);
    stage_expect(OUTLET(WORKSHOP, "0.03", "mg/L", {0}), VERDICT_ABOVE, "限值 0.02 mg/L（DB44/1");
    stage_expect(OUTLET(WORKSHOP, "0.003", "mg/L", {0}), VERDICT_MET, "DB44/1");
}

static void test_executed_standard(void **state)
{
    (void)state;
    static const struct other limits[] = {
        TRADE("GB 13456", "0.05", "已核", {0}),
        TRADE("GB 25466", "0.005", "已核", {0}),
        TRADE("GB 254", "0.0001", "已核", {0}),
        {&reg_outlet, "steel", {{"standard_no", "GB13456-2012 修改单"}}},
        {&reg_outlet, "lead", {{"standard_no", "GB 25466-2010"}}},
        {&reg_outlet, "none", {{"standard_no", "GB 30770-2014"}}},
        {&reg_outlet,
         "permit",
         {{"standard_no", "GB 13456-2012"},
          {"limit_factor", "铊"},
          {"limit_value", "8 μg/L"},
          {"limit_state", "已核"}}},
        {&reg_outlet,
         "draft",
         {{"standard_no", "GB 13456-2012"},
          {"limit_factor", "铊"},
          {"limit_value", "8 μg/L"},
          {"limit_state", "未核"}}},
        {&reg_thallium_enterprise,
         "profile",
         {{"enterprise", "plant"}, {"standard_no", "GB 25466-2010"}}}};
    USE(limits);
    stage_expect(OUTLET(WORKSHOP, "0.01", "mg/L", {"outlet", "steel"}), VERDICT_MET, "GB 13456");
    stage_expect(OUTLET(WORKSHOP, "0.01", "mg/L", {"outlet", "lead"}), VERDICT_ABOVE, "GB 25466");
    stage_expect(OUTLET(WORKSHOP, "0.01", "mg/L", {"outlet", "none"}), VERDICT_OPEN,
                 "没有执行标准“GB 30770-2014”的铊限值");
    stage_expect(OUTLET(WORKSHOP, "0.01", "mg/L", {"outlet", "permit"}), VERDICT_ABOVE,
                 "限值 8 μg/L（GB 13456-2012，排放口档案的限值）");
    stage_expect(OUTLET(WORKSHOP, "0.01", "mg/L", {"outlet", "draft"}), VERDICT_MET,
                 "未核的限值 8 μg/L");
    stage_expect(OUTLET(WORKSHOP, "0.01", "mg/L", {"enterprise", "plant"}), VERDICT_ABOVE,
                 "GB 25466");
}

static void test_limit_of_the_profile(void **state)
{
    (void)state;
    static const struct other limits[] = {
        {&reg_thallium_enterprise,
         "profile",
         {{"enterprise", "plant"}, {"thallium_limit", "0.005"}, {"limit_state", "已核"}}}};
    USE(limits);
    stage_expect(OUTLET(WORKSHOP, "8", "μg/L", {"enterprise", "plant"}), VERDICT_ABOVE,
                 "限值 0.005 mg/L（涉铊企业档案的限值");
    stage_expect(OUTLET("废水总排放口", "4", "μg/L", {"enterprise", "plant"}), VERDICT_OPEN,
                 "车间口");
    stage_expect(OUTLET(WORKSHOP, "8", "μg/L", {"enterprise", "other"}), VERDICT_OPEN, "没有适用");
}

/* ---- soil ---- */

#define BAND(FACTOR, CATEGORY, USE_, ABOVE, UPTO, VALUE)                                           \
    {                                                                                              \
        .reg = &reg_limit, .settings = {                                                           \
            {"standard", "GB 15618"},                                                              \
            {"factor", (FACTOR)},                                                                  \
            {"category", (CATEGORY)},                                                              \
            {"land_use", (USE_)},                                                                  \
            {"ph_above", (ABOVE)},                                                                 \
            {"ph_upto", (UPTO)},                                                                   \
            {"value", (VALUE)},                                                                    \
            {"unit", "mg/kg"},                                                                     \
            {"point", FARM},                                                                       \
            {"state", "已核"}                                                                      \
        }                                                                                          \
    }
#define SCREEN "风险筛选值"

static const struct other soil[] = {
    BAND("镉", SCREEN, "水田", "", "5.5", "0.3"),
    BAND("镉", SCREEN, "水田", "5.5", "6.5", "0.4"),
    BAND("镉", SCREEN, "其他", "", "5.5", "0.3"),
    BAND("镉", SCREEN, "其他", "5.5", "6.5", "0.3"),
    BAND("镉", "风险管制值", "", "", "5.5", "1.5"),
    BAND("镉", "风险管制值", "", "5.5", "6.5", "2"),
    BAND("砷", SCREEN, "水田", "6.5", "7.5", "25"),
    BAND("砷", SCREEN, "水田", "7.5", "", "20"),
    BAND("砷", SCREEN, "其他", "6.5", "7.5", "30"),
    BAND("铜", SCREEN, "果园", "", "5.5", "150"),
    BAND("铜", SCREEN, "其他", "", "5.5", "50"),
    BAND("锌", SCREEN, "", "", "5.5", "200"),
    {&reg_limit,
     "",
     {{"standard", "GB 36600"},
      {"factor", "镉"},
      {"category", SCREEN},
      {"land_use", "第一类用地"},
      {"value", "20"},
      {"unit", "mg/kg"},
      {"point", "表层及深层土壤"},
      {"state", "已核"}}},
};

static void test_soil_bands(void **state)
{
    (void)state;
    USE(soil);
    /* 5.5 belongs to the lower band. */
    stage_expect(SOIL("镉", "0.35", {"land_use", "水田"}, {"soil_ph", "5.5"}), VERDICT_ABOVE,
                 "0.3 mg/kg");
    stage_expect(SOIL("镉", "0.35", {"land_use", "水田"}, {"soil_ph", "5.51"}), VERDICT_MET,
                 "0.4 mg/kg");
    stage_expect(SOIL("镉", "0.4", {"land_use", "水田"}, {"soil_ph", "6.5"}), VERDICT_MET,
                 "0.4 mg/kg");
    /* Of arsenic the limit falls as the pH rises. */
    stage_expect(SOIL("砷", "22", {"land_use", "水田"}, {"soil_ph", "7.5"}), VERDICT_MET,
                 "25 mg/kg");
    stage_expect(SOIL("砷", "22", {"land_use", "水田"}, {"soil_ph", "7.6"}), VERDICT_ABOVE,
                 "20 mg/kg");
    stage_expect(SOIL("镉", "0.35", {"land_use", "水田"}), VERDICT_OPEN, "缺土壤 pH");
    stage_expect(SOIL("镉", "0.35", {"soil_ph", "6"}), VERDICT_OPEN, "缺土地利用");
    stage_expect(SOIL("镉", "0.35", {"factor", "镉"}), VERDICT_OPEN, "农用地还要填土壤 pH");
    stage_expect(SOIL("铊", "1", {"land_use", "水田"}, {"soil_ph", "6"}), VERDICT_OPEN,
                 "没有适用于土壤的铊限值");
}

static void test_soil_uses(void **state)
{
    (void)state;
    USE(soil);
    stage_expect(SOIL("镉", "0.35", {"land_use", "水旱轮作"}, {"soil_ph", "6"}), VERDICT_ABOVE,
                 "0.3 mg/kg（GB 15618 风险筛选值 其他");
    stage_expect(SOIL("砷", "27", {"land_use", "水旱轮作"}, {"soil_ph", "7"}), VERDICT_ABOVE,
                 "25 mg/kg");
    stage_expect(SOIL("铜", "100", {"land_use", "果园"}, {"soil_ph", "5"}), VERDICT_MET,
                 "150 mg/kg");
    stage_expect(SOIL("铜", "100", {"land_use", "水田"}, {"soil_ph", "5"}), VERDICT_ABOVE,
                 "50 mg/kg");
    stage_expect(SOIL("镉", "0.35", {"land_use", "果园"}, {"soil_ph", "6"}), VERDICT_ABOVE,
                 "0.3 mg/kg");
    stage_expect(SOIL("锌", "180", {"land_use", "水田"}, {"soil_ph", "5"}), VERDICT_MET,
                 "200 mg/kg");
    stage_expect(SOIL("镉", "5", {"land_use", "第一类用地"}), VERDICT_MET, "20 mg/kg（GB 36600");
    stage_expect(SOIL("镉", "5", {"land_use", "第二类用地"}), VERDICT_OPEN, "没有适用");
}

static void test_soil_control(void **state)
{
    (void)state;
    USE(soil);
    stage_expect(SOIL("镉", "2", {"land_use", "水田"}, {"soil_ph", "6"}), VERDICT_ABOVE,
                 "不高于风险管制值 2 mg/kg");
    stage_expect(SOIL("镉", "2.1", {"land_use", "水田"}, {"soil_ph", "6"}), VERDICT_ABOVE,
                 "也高于风险管制值 2 mg/kg");
    /* Only known to be above 1: whether above 2 as well is open. */
    stage_expect(SOIL("镉", ">1", {"land_use", "水田"}, {"soil_ph", "6"}), VERDICT_ABOVE,
                 "比不出是否高于风险管制值 2 mg/kg");
    stage_expect(SOIL("铜", "60", {"land_use", "水田"}, {"soil_ph", "5"}), VERDICT_ABOVE,
                 "铜没有风险管制值，可能存在风险");
}

/* ---- the fields ---- */

static void test_fields_follow(void **state)
{
    (void)state;
    static const struct other limits[] = {SOURCE_LIMIT};
    struct record sample;
    USE(limits);
    record_init(&sample, &reg_sample);
    stage_apply(&sample, WATER("0.00218", "mg/L"));
    record_conclude(&sample, &stage_desk);
    assert_field(&sample, "verdict", "超标");
    assert_field(&sample, "verdict_limit", "0.0001 mg/L");
    assert_field(&sample, "verdict_standard", "GB 3838-2002 水质");
    assert_field(&sample, "verdict_times", "20.8");
    stage_apply(&sample, (const struct setting[MOST_SETTINGS]){{"value", "0.00005"}});
    record_conclude(&sample, &stage_desk);
    assert_field(&sample, "verdict", "达标");
    assert_field(&sample, "verdict_times", "");
    stage_apply(&sample, (const struct setting[MOST_SETTINGS]){{"value", ""}});
    record_conclude(&sample, &stage_desk);
    assert_field(&sample, "verdict", "");
    assert_field(&sample, "verdict_reason", "");
    record_release(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times_of_the_incidents),
        cmocka_unit_test(test_times_that_do_not_end),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_detection),
        cmocka_unit_test(test_detection_beyond_all_measure),
        cmocka_unit_test(test_strictest_verified_decides),
        cmocka_unit_test(test_unverified_only_hints),
        cmocka_unit_test(test_only_the_workshop_proves),
        cmocka_unit_test(test_river_is_compared_with_the_source),
        cmocka_unit_test(test_dates_and_regions),
        cmocka_unit_test(test_executed_standard),
        cmocka_unit_test(test_limit_of_the_profile),
        cmocka_unit_test(test_soil_bands),
        cmocka_unit_test(test_soil_uses),
        cmocka_unit_test(test_soil_control),
        cmocka_unit_test(test_fields_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
