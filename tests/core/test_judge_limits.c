/* What a verdict says beside met or above: the clue of a crime; and limits that are asked for by
 * their standard, or listed. */
#include "judge_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* What the two readings of 三倍以上 say of a value. */
static void expect_clue(const struct setting *settings, int64_t ratio, bool is_ratio,
                        bool is_excess)
{
    struct judgement judgement;
    stage_judge(settings, NULL, &judgement);
    assert_true(judgement.clue.is_counted);
    assert_int_equal(judgement.clue.ratio.times, ratio);
    assert_int_equal(judgement.clue.excess.times, ratio - 1000);
    assert_int_equal(judgement.clue.ratio.is_reached, is_ratio);
    assert_int_equal(judgement.clue.excess.is_reached, is_excess);
    assert_int_equal(judge_is_clue(&judgement.clue), is_ratio || is_excess);
    assert_int_equal(strstr(judgement.sentence.text, "涉嫌犯罪线索，交法制审核") != NULL,
                     is_ratio || is_excess);
    judgement_release(&judgement);
}

static void expect_no_clue(const struct setting *settings)
{
    struct judgement judgement;
    stage_judge(settings, NULL, &judgement);
    assert_false(judgement.clue.is_counted);
    assert_false(judge_is_clue(&judgement.clue));
    assert_null(strstr(buffer_text(&judgement.sentence), "法制"));
    judgement_release(&judgement);
}

static void test_clue(void **state)
{
    (void)state;
    static const struct other limits[] = {TRADE("GB 1", "0.005", "已核", {0}), SOURCE_LIMIT};
    static const struct other drafts[] = {TRADE("GB 1", "0.005", "未核", {0})};
    static const struct other strict[] = {
        TRADE("GB 1", "0.005", "已核", {0}),
        {&reg_parameter, "", {{"code", "crime_times"}, {"value", "2.5"}}}};
    USE(limits);
    expect_clue(OUTLET(WORKSHOP, "0.0149", "mg/L", {0}), 2980, false, false);
    expect_clue(OUTLET(WORKSHOP, "0.015", "mg/L", {0}), 3000, true, false);
    expect_clue(OUTLET(WORKSHOP, "0.01999", "mg/L", {0}), 3998, true, false);
    expect_clue(OUTLET(WORKSHOP, "20", "μg/L", {0}), 4000, true, true);
    stage_expect(OUTLET(WORKSHOP, "0.015", "mg/L", {0}), VERDICT_ABOVE,
                 "浓度是限值的 3 倍（按浓度达到限值 3 倍算，已到），超过限值 2 倍（按超过限值 3 "
                 "倍算，未到）");
    expect_no_clue(OUTLET(WORKSHOP, "0.005", "mg/L", {0}));
    expect_no_clue(OUTLET("废水总排放口", "5", "mg/L", {0}));
    expect_no_clue(WATER("5", "mg/L")); /* a limit of water quality is no discharge standard */
    USE(drafts);
    expect_no_clue(OUTLET(WORKSHOP, "5", "mg/L", {0}));
    USE(strict);
    expect_clue(OUTLET(WORKSHOP, "0.0125", "mg/L", {0}), 2500, true, false);
}

/* One standard may have limits for several trades; of which one the outlet is nobody says. */
static void test_trades_of_one_standard(void **state)
{
    (void)state;
    static const struct other limits[] = {
        TRADE("DB41/777", "0.03", "已核", {"applies_to", "铅冶炼废水"}),
        TRADE("DB41/777", "0.05", "已核", {"applies_to", "电镀废水"})};
    USE(limits);
    stage_expect(OUTLET(WORKSHOP, "0.03", "mg/L", {0}), VERDICT_MET, "不高于限值 0.03 mg/L");
    stage_expect(OUTLET(WORKSHOP, "0.05", "mg/L", {0}), VERDICT_HINT,
                 "两个限值管的行业不同，请在执行标准里连行业一起写明");
    expect_no_clue(OUTLET(WORKSHOP, "0.05", "mg/L", {0}));
    stage_expect(OUTLET(WORKSHOP, "<0.04", "mg/L", {0}), VERDICT_OPEN, "检出限");
    stage_expect(OUTLET(WORKSHOP, "0.12", "mg/L", {0}), VERDICT_ABOVE,
                 "高于限值 0.05 mg/L（DB41/777 电镀废水 直接排放），超标倍数 (0.12 − 0.05)");
    expect_clue(OUTLET(WORKSHOP, "0.15", "mg/L", {0}), 3000, true, false);
    stage_expect(OUTLET(WORKSHOP, "0.12", "mg/L", {0}), VERDICT_ABOVE,
                 "；执行 0.03 mg/L（DB41/777 铅");
    stage_expect(OUTLET(WORKSHOP, ">0.1", "mg/L", {0}), VERDICT_ABOVE, "÷ 0.05 = 1 倍以上");
    struct judgement judgement;
    stage_judge(OUTLET(WORKSHOP, "0.05", "mg/L", {0}), "DB41/777 铅冶炼废水", &judgement);
    assert_int_equal(judgement.verdict, VERDICT_ABOVE);
    judgement_release(&judgement);
    stage_judge(OUTLET(WORKSHOP, "0.05", "mg/L", {0}), "DB41/777-2013 电镀废水", &judgement);
    assert_int_equal(judgement.verdict, VERDICT_MET);
    judgement_release(&judgement);
}

/* Nickel is none of the metals of the interpretation, hexavalent chromium is chromium. */
static void test_clue_is_about_some_metals(void **state)
{
    (void)state;
    static const struct other limits[] = {TRADE("GB 1", "0.1", "已核", {"factor", "镍"}),
                                          TRADE("GB 2", "0.1", "已核", {"factor", "六价铬"})};
    USE(limits);
    stage_expect(OUTLET(WORKSHOP, "1", "mg/L", {"factor", "镍"}), VERDICT_ABOVE, "超标倍数");
    expect_no_clue(OUTLET(WORKSHOP, "1", "mg/L", {"factor", "镍"}));
    expect_clue(OUTLET(WORKSHOP, "1", "mg/L", {"factor", "六价铬"}), 10000, true, true);
}

/* ---- a standard that is asked for ---- */

static const struct other editions[] = {
    TRADE("GB 1", "0.05", "已核", {"edition", "2012及修改单"}),
    TRADE("DB43/968", "0.005", "已核", {"edition", "2014"}, {"region", "43"},
          {"to_on", "2021-12-31"}),
    TRADE("DB43/968", "0.002", "未核", {"edition", "2021"}, {"region", "43"}),
    SOURCE_LIMIT,
};

static void test_standard_that_is_asked_for(void **state)
{
    (void)state;
    USE(editions);
    /* Without a point the sample counts as taken where the limit is monitored. */
    stage_expect_by("gb3838", OUTLET("", "0.13", "μg/L", {0}), VERDICT_ABOVE,
                    "0.0001 mg/L（GB 3838");
    stage_expect_by("GB 1-2012", OUTLET("", "0.06", "mg/L", {0}), VERDICT_ABOVE,
                    "0.05 mg/L（GB 1-2012");
    stage_expect_by("GB 1-2011", OUTLET("", "0.06", "mg/L", {0}), VERDICT_OPEN,
                    "没有标准“GB 1-2011”");
    stage_expect_by("GB 1", OUTLET("废水总排放口", "0.01", "mg/L", {0}), VERDICT_OPEN,
                    "证明不了达标");
    stage_expect_by("GB 1", OUTLET("地表水断面", "0.01", "mg/L", {0}), VERDICT_OPEN,
                    "别的监控位置");
    /* A local standard that is named is that of whoever names it. */
    stage_expect_by("DB43/968", OUTLET(WORKSHOP, "0.01", "mg/L", {0}), VERDICT_HINT,
                    "未核的限值 0.002");
    stage_expect_by("DB43/968-2014", OUTLET(WORKSHOP, "0.01", "mg/L", {0}), VERDICT_OPEN,
                    "不在施行期");
    stage_expect_by("DB43/968-2014", OUTLET(WORKSHOP, "0.01", "mg/L", {"sampled_on", "2020-05-01"}),
                    VERDICT_ABOVE, "0.005 mg/L");
    stage_expect_by(
        "GB 25467", OUTLET("", "0.01", "mg/L", {0}), VERDICT_OPEN,
        "有铊限值的标准：GB 1-2012及修改单、DB43/968-2014、DB43/968-2021、GB 3838-2002");
    stage_expect_by("", OUTLET("", "0.01", "mg/L", {0}), VERDICT_OPEN, "没有填点位类型");
}

static void expect_listed(const struct judge_limits *limits, size_t at, const char *name,
                          enum standing standing)
{
    assert_true(at < limits->count);
    assert_string_equal(buffer_text(&limits->items[at].name), name);
    assert_string_equal(standing_name(limits->items[at].standing), standing_name(standing));
}

static void test_list_of_limits(void **state)
{
    (void)state;
    struct record sample;
    struct judge_limits limits;
    USE(editions);
    record_init(&sample, &reg_sample);
    stage_apply(&sample, OUTLET(WORKSHOP, "", "", {0}));
    judge_list_limits(&(struct judge_question){.sample = &sample}, &stage_desk, &limits);
    assert_int_equal(limits.count, 4);
    expect_listed(&limits, 0, "GB 1-2012及修改单 直接排放", STANDS_VERIFIED);
    expect_listed(&limits, 1, "GB 3838-2002 水质", STANDS_NOT_POINT);
    expect_listed(&limits, 2, "DB43/968-2014 直接排放", STANDS_NOT_DATE);
    expect_listed(&limits, 3, "DB43/968-2021 直接排放", STANDS_NOT_REGION);
    judge_limits_release(&limits);
    judge_list_limits(&(struct judge_question){.sample = &sample, .standard = "DB43/968"},
                      &stage_desk, &limits);
    expect_listed(&limits, 0, "DB43/968-2021 直接排放", STANDS_UNVERIFIED);
    expect_listed(&limits, 1, "DB43/968-2014 直接排放", STANDS_NOT_DATE);
    judge_limits_release(&limits);
    record_release(&sample);
}

static void test_compares_with_any_limit(void **state)
{
    (void)state;
    struct record sample;
    struct measure limit;
    record_init(&sample, &reg_sample);
    stage_apply(&sample, WATER("<0.2", "μg/L"));
    assert_true(measure_parse("0.0002 mg/L", NULL, &limit, NULL));
    assert_int_equal(judge_compare(&sample, &limit), JUDGE_WITHIN);
    assert_true(measure_parse("0.0001 mg/L", NULL, &limit, NULL));
    assert_int_equal(judge_compare(&sample, &limit), JUDGE_UNKNOWN);
    stage_apply(&sample, (const struct setting[MOST_SETTINGS]){{"value", "0.3"}});
    assert_int_equal(judge_compare(&sample, &limit), JUDGE_OVER);
    stage_apply(&sample, (const struct setting[MOST_SETTINGS]){{"value", ""}});
    assert_int_equal(judge_compare(&sample, &limit), JUDGE_UNKNOWN);
    record_release(&sample);
}

/* GB 5749 at the tap, GB 5084 where the fields are watered. */
static void test_drinking_and_irrigation_water(void **state)
{
    (void)state;
    static const struct other limits[] = {{&reg_limit,
                                           "",
                                           {{"standard", "GB 5749"},
                                            {"factor", "镉"},
                                            {"category", "水质"},
                                            {"value", "0.005"},
                                            {"unit", "mg/L"},
                                            {"point", "出厂水、末梢水"},
                                            {"state", "已核"}}},
                                          {&reg_limit,
                                           "",
                                           {{"standard", "GB 5084"},
                                            {"factor", "镉"},
                                            {"category", "水质"},
                                            {"value", "0.01"},
                                            {"unit", "mg/L"},
                                            {"point", "灌溉取水口"},
                                            {"state", "已核"}}}};
    USE(limits);
    stage_expect(OUTLET("末梢水", "0.006", "mg/L", {"factor", "镉"}), VERDICT_ABOVE, "GB 5749");
    stage_expect(OUTLET("灌溉水", "0.006", "mg/L", {"factor", "镉"}), VERDICT_MET, "GB 5084");
    stage_expect(OUTLET("灌溉水", "0.011", "mg/L", {"factor", "镉"}), VERDICT_ABOVE, "GB 5084");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clue),
        cmocka_unit_test(test_trades_of_one_standard),
        cmocka_unit_test(test_clue_is_about_some_metals),
        cmocka_unit_test(test_standard_that_is_asked_for),
        cmocka_unit_test(test_list_of_limits),
        cmocka_unit_test(test_compares_with_any_limit),
        cmocka_unit_test(test_drinking_and_irrigation_water),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
