/* Grades of a record: what it keeps, the order of sites, and the gate that a lowered grade has to
 * pass. */
#include "tests/core/grade_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#define FILE_A "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define FILE_B "aaaad081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

/* ---- the record ---- */

static void assert_text(const struct record *record, const char *field, const char *expected)
{
    struct buffer text = {0};
    record_format(record, field, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
}

static void make(const char *id, const struct setting *settings, struct record *site)
{
    record_init(site, &reg_legacy_site);
    strcpy(site->id, id);
    stage_apply(site, settings);
    grade_conclude(site, &stage_desk);
}

static void the_record_keeps_the_proposals(void **state)
{
    (void)state;
    static const struct other table[] = {CHECKED_RIVER, RIVER_SAMPLE("0.012", "2026-04-18"),
                                         RECEPTOR("耕地", "400", "是")};
    struct record site;
    USE(table);
    make("own", SITE(HEAP, {"mass_10kt", "3"}, PAID, {"anti_loss", "破损"}), &site);
    assert_text(&site, "pollution_proposed", "高");
    assert_text(&site, "sensitivity_proposed", "高");
    assert_text(&site, "feasibility_proposed", "高");
    assert_text(&site, "hazard_proposed", "高");
    assert_text(&site, "spread_proposed", "中");
    assert_text(&site, "receptor_proposed", "高");
    assert_text(&site, "risk_proposed", "高");
    assert_text(&site, "route_proposed", "治理修复");
    assert_text(&site, "priority", "第一");
    assert_text(&site, "pollution_grade", "");
    assert_non_null(strstr(record_text(&site, "pollution_grounds"), "0.012 mg/L"));
    record_release(&site);
    /* The bureau's word stands above the proposal. */
    make("own", SITE({"pollution_grade", "低"}, {"sensitivity_grade", "低"}), &site);
    assert_text(&site, "pollution_proposed", "高");
    assert_text(&site, "priority", "第三");
    record_release(&site);
}

static void sites_stand_in_order(void **state)
{
    (void)state;
    static const struct setting rows[][MOST_SETTINGS] = {
        {{"name", "甲"}, {"pollution_grade", "无数据"}, {"downstream_farmland", "是"}},
        {{"name", "乙"}, {"pollution_grade", "高"}, {"sensitivity_grade", "高"}},
        {{"name", "丙"},
         {"pollution_grade", "高"},
         {"sensitivity_grade", "中"},
         {"downstream_farmland", "是"}},
        {{"name", "丁"}, {"pollution_grade", "高"}, {"sensitivity_grade", "中"}},
        {{"name", "戊"},
         {"pollution_grade", "低"},
         {"sensitivity_grade", "低"},
         {"downstream_farmland", "是"}},
        {{"name", "己"}, {"pollution_grade", "中"}, {"sensitivity_grade", "中"}},
        {{"name", "庚"}, {"pollution_grade", "低"}, {"sensitivity_grade", "中"}},
        {{"name", "辛"}, {"pollution_grade", "高"}},
    };
    struct record sites[COUNT_OF(rows)];
    stage_use(NULL, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        make("own", rows[i], &sites[i]);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        for (size_t j = 0; j < COUNT_OF(rows); j++) {
            int order = grade_compare_sites(&sites[i], &sites[j]);
            if ((order < 0) != (i < j) || (order > 0) != (i > j))
                fail_msg("%zu and %zu: %d", i, j, order);
        }
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        record_release(&sites[i]);
}

/* ---- the gate ---- */

static bool passes(const struct setting *former, const struct setting *latter, struct error *err)
{
    struct record before, after;
    record_init(&before, &reg_legacy_site);
    stage_apply(&before, former);
    record_copy(&after, &before);
    stage_apply(&after, latter);
    bool ok = grade_guard(&before, &after, &stage_desk, err);
    record_release(&before);
    record_release(&after);
    return ok;
}

static void expect_refused(const struct setting *former, const struct setting *latter,
                           const char *part)
{
    struct error err = {0};
    if (passes(former, latter, &err))
        fail_msg("passed: %s", part);
    assert_int_equal(err.code, ERROR_REFUSED);
    if (!strstr(err.message, part))
        fail_msg("%s", err.message);
}

#define CHANGE(...)                                                                                \
    (const struct setting[MOST_SETTINGS])                                                          \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define PROOF                                                                                      \
    {"downgrade_evidence", FILE_A}, {"downgrade_reason", "截渗完工"},                              \
    {                                                                                              \
        "graded_on", "2026-06-01"                                                                  \
    }

static void lowering_wants_evidence(void **state)
{
    (void)state;
    const struct setting *high = SITE({"risk_level", "高"}, {"graded_on", "2026-05-01"});
    expect_refused(high, CHANGE({"risk_level", "中"}), "风险等级由高改为中是降级");
    expect_refused(high, CHANGE({"risk_level", "低"}), "现在缺新的降级佐证");
    expect_refused(high, CHANGE({"risk_level", ""}), "改成空白");
    expect_refused(SITE({"pollution_grade", "中"}), CHANGE({"pollution_grade", "低"}),
                   "污染程度由中");
    expect_refused(SITE({"pollution_grade", "高"}), CHANGE({"pollution_grade", "无数据"}),
                   "改为无数据");
    expect_refused(
        high,
        CHANGE({"risk_level", "中"}, {"downgrade_evidence", FILE_A}, {"graded_on", "2026-06-01"}),
        "现在缺新写的降级理由");
    expect_refused(high,
                   CHANGE({"risk_level", "中"}, {"downgrade_evidence", LOST_FILE},
                          {"downgrade_reason", "完工"}, {"graded_on", "2026-06-01"}),
                   "文件不在");
    expect_refused(
        high,
        CHANGE({"risk_level", "中"}, {"downgrade_evidence", FILE_A}, {"downgrade_reason", "完工"}),
        "比上次晚的评级日期");
    expect_refused(high,
                   CHANGE({"risk_level", "中"}, {"downgrade_evidence", FILE_A},
                          {"downgrade_reason", "完工"}, {"graded_on", "2026-05-01"}),
                   "比上次晚的评级日期");
    assert_true(passes(high, CHANGE({"risk_level", "中"}, PROOF), NULL));
}

/* The cursor goes to the first field that is lacking. */
static void refusing_names_the_field(void **state)
{
    (void)state;
    const struct setting *high = SITE({"risk_level", "高"});
    struct error err = {0};
    assert_false(passes(high, CHANGE({"risk_level", "中"}), &err));
    assert_string_equal(err.field, "downgrade_evidence");
    assert_false(passes(high, CHANGE({"risk_level", "中"}, {"downgrade_evidence", FILE_A}), &err));
    assert_string_equal(err.field, "downgrade_reason");
}

/* What served for one downgrade does not serve for the next. */
static void evidence_serves_once(void **state)
{
    (void)state;
    const struct setting *middle = SITE({"risk_level", "中"}, PROOF);
    expect_refused(middle, CHANGE({"risk_level", "低"}, {"graded_on", "2026-06-10"}),
                   "新的降级佐证");
    expect_refused(
        middle,
        CHANGE({"risk_level", "低"}, {"graded_on", "2026-06-10"}, {"downgrade_evidence", FILE_B}),
        "新写的降级理由");
    assert_true(passes(middle,
                       CHANGE({"risk_level", "低"}, {"graded_on", "2026-06-10"},
                              {"downgrade_evidence", FILE_B}, {"downgrade_reason", "连续达标"}),
                       NULL));
}

static void raising_is_free(void **state)
{
    (void)state;
    assert_true(passes(SITE({"risk_level", "低"}), CHANGE({"risk_level", "高"}), NULL));
    assert_true(passes(SITE(), CHANGE({"risk_level", "低"}), NULL));
    assert_true(
        passes(SITE({"pollution_grade", "低"}), CHANGE({"pollution_grade", "无数据"}), NULL));
    assert_true(passes(SITE({"pollution_grade", "高"}), CHANGE({"name", "新名"}), NULL));
    assert_true(
        passes(SITE({"sensitivity_grade", "高"}), CHANGE({"sensitivity_grade", "低"}), NULL));
}

static void the_media_follow_the_problems(void **state)
{
    (void)state;
    static const struct {
        const char *types, *media;
    } rows[] = {
        {"矿井（硐）涌水、底泥", "涌水和下游地表水；底泥和上下游地表水"},
        {"废渣堆", "废渣浸出液、周边土壤和下游地表水"},
        {"", "周边土壤和下游地表水"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct record site;
        struct buffer media = {0};
        record_init(&site, &reg_legacy_site);
        stage_apply(&site, SITE({"problem_types", rows[i].types}));
        grade_write_media(&site, &media);
        assert_string_equal(media.text, rows[i].media);
        buffer_release(&media);
        record_release(&site);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_record_keeps_the_proposals),
        cmocka_unit_test(sites_stand_in_order),
        cmocka_unit_test(lowering_wants_evidence),
        cmocka_unit_test(refusing_names_the_field),
        cmocka_unit_test(evidence_serves_once),
        cmocka_unit_test(raising_is_free),
        cmocka_unit_test(the_media_follow_the_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
