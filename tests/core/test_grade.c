/* Grading: each threshold from both sides, limits that nobody has checked, missing data, the effect
 * of works. */
#include "tests/core/grade_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static void work_out(const struct setting *settings, struct grading *grading)
{
    struct record site;
    record_init(&site, &reg_legacy_site);
    strcpy(site.id, "own");
    stage_apply(&site, settings);
    grading_work_out(&site, &stage_desk, grading);
    record_release(&site);
}

static bool says(const struct grade_proposal *proposal, const char *part)
{
    for (size_t i = 0; i < proposal->reason_count; i++)
        if (strstr(proposal->reasons[i], part))
            return true;
    return false;
}

static void fail_with(const struct grade_proposal *proposal, const char *expected)
{
    print_error("grade %s, hint %s\n", grade_name(proposal->grade), grade_name(proposal->hint));
    for (size_t i = 0; i < proposal->reason_count; i++)
        print_error("  %s\n", proposal->reasons[i]);
    fail_msg("expected: %s", expected);
}

/* `part` stands in one of the reasons. */
static void expect(const struct setting *settings, enum grade_dimension dimension, enum grade grade,
                   enum grade hint, const char *part)
{
    struct grading grading;
    work_out(settings, &grading);
    const struct grade_proposal *proposal = &grading.proposals[dimension];
    if (proposal->grade != grade || proposal->hint != hint || !says(proposal, part))
        fail_with(proposal, part);
    if (says(proposal, "超标"))
        fail_with(proposal, "no 超标");
    grading_release(&grading);
}

#define expect_pollution(grade, hint, part) expect(SITE(), GRADE_POLLUTION, grade, hint, part)

/* ---- 污染程度 ---- */

#define WELL(GRADE, VALUE, STATE)                                                                  \
    LIMIT("GB/T 14848", "水质", GRADE, VALUE, "mg/L", "监测井", STATE, {"applies_to", "地下水"})
#define FARM(CATEGORY, VALUE)                                                                      \
    LIMIT("GB 15618", CATEGORY, "", VALUE, "mg/kg", "耕作层土壤", "已核", {"ph_upto", "5.5"})

static void no_sample_is_no_data(void **state)
{
    (void)state;
    static const struct other none[] = {CHECKED_RIVER};
    USE(none);
    expect_pollution(GRADE_NO_DATA, GRADE_NONE, "先安排监测");
    static const struct other acid[] = {
        CHECKED_RIVER,
        {&reg_sample,
         NULL,
         {{"site", "own"}, {"factor", "pH"}, {"value", "3"}, {"sampled_on", "2026-05-01"}}},
        {&reg_sample,
         NULL,
         {{"site", "another"},
          {"point_type", "地表水断面"},
          {"factor", "镉"},
          {"value", "1"},
          {"unit", "mg/L"},
          {"sampled_on", "2026-05-01"}}}};
    USE(acid);
    expect_pollution(GRADE_NO_DATA, GRADE_NONE, "没有这个点位的重金属结果");
}

static void surface_water_has_two_bounds(void **state)
{
    (void)state;
    static const struct other above[] = {CHECKED_RIVER, RIVER_SAMPLE("0.0101", "2026-04-18")};
    USE(above);
    expect_pollution(GRADE_HIGH, GRADE_NONE,
                     "渣堆下游 50 m（地表水断面，2026-04-18）镉 0.0101 mg/L，高于 0.01 mg/L");
    expect_pollution(GRADE_HIGH, GRADE_NONE, "水质 Ⅴ");
    static const struct other at_five[] = {CHECKED_RIVER, RIVER_SAMPLE("0.01", "2026-04-18")};
    USE(at_five);
    expect_pollution(GRADE_MIDDLE, GRADE_NONE, "高于 0.005 mg/L");
    static const struct other at_three[] = {CHECKED_RIVER, RIVER_SAMPLE("0.005", "2026-04-18")};
    USE(at_three);
    expect_pollution(GRADE_LOW, GRADE_NONE, "不高于 0.005 mg/L");
    static const struct other in_micro[] = {
        CHECKED_RIVER,
        SAMPLE("地表水断面", "下游", "10.1", "μg/L", "2026-04-18", {"medium", "水"})};
    USE(in_micro);
    expect_pollution(GRADE_HIGH, GRADE_NONE, "10.1 μg/L");
}

/* Ground water above Ⅳ is Ⅴ; there is no bound of Ⅴ to exceed. */
static void ground_water_is_five_above_four(void **state)
{
    (void)state;
    static const struct other above[] = {
        WELL("Ⅲ", "0.005", "已核"), WELL("Ⅳ", "0.01", "已核"),
        SAMPLE("地下水井", "民井", "0.011", "mg/L", "2026-04-18", {"medium", "水"})};
    USE(above);
    expect_pollution(GRADE_HIGH, GRADE_NONE, "水质 Ⅳ");
    static const struct other river[] = {RIVER("Ⅲ", "0.005", "已核"), RIVER("Ⅳ", "0.006", "已核"),
                                         RIVER("Ⅴ", "0.01", "已核"),
                                         RIVER_SAMPLE("0.007", "2026-04-18")};
    USE(river);
    expect_pollution(GRADE_MIDDLE, GRADE_NONE, "水质 Ⅲ");
}

static void soil_has_screening_and_control(void **state)
{
    (void)state;
    static const struct {
        const char *value, *ph, *use;
        enum grade grade;
        const char *part;
    } rows[] = {
        {"1.51", "5.5", "水田", GRADE_HIGH, "风险管制值"},
        {"1.5", "5.5", "水田", GRADE_MIDDLE, "风险筛选值"},
        {"0.3", "5.5", "水田", GRADE_LOW, "不高于 0.3 mg/kg"},
        {"1.51", "5.51", "水田", GRADE_OPEN, "没有可比的限值"},
        {"1.51", "", "水田", GRADE_OPEN, "没有可比的限值"},
        {"1.51", "5.5", "", GRADE_OPEN, "没有可比的限值"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct other table[] = {FARM("风险筛选值", "0.3"), FARM("风险管制值", "1.5"),
                                      SAMPLE("土壤", "水田 T1", rows[i].value, "mg/kg",
                                             "2026-04-18", {"medium", "土壤"},
                                             {"soil_ph", rows[i].ph}, {"land_use", rows[i].use})};
        USE(table);
        expect_pollution(rows[i].grade, GRADE_NONE, rows[i].part);
    }
}

/* Mine water is held to the standards that the parameter names, and to no special limits. */
static void mine_water_by_the_parameter(void **state)
{
    (void)state;
#define MINE(VALUE)                                                                                \
    SAMPLE("矿井（硐）涌水", "一号硐口", VALUE, "mg/L", "2026-04-18", {"medium", "水"})
#define OUTLET(STANDARD, CATEGORY, VALUE)                                                          \
    LIMIT(STANDARD, CATEGORY, "", VALUE, "mg/L", "车间或生产设施废水排放口", "已核",               \
          {"applies_to", "废水"})
#define NAMES(TEXT)                                                                                \
    {                                                                                              \
        &reg_parameter, NULL,                                                                      \
        {                                                                                          \
            {"code", "grade_water_standard"},                                                      \
            {                                                                                      \
                "value", TEXT                                                                      \
            }                                                                                      \
        }                                                                                          \
    }
    static const struct other above[] = {NAMES("GB 8978"), OUTLET("GB 8978", "直接排放", "0.1"),
                                         OUTLET("GB 31573", "直接排放", "0.01"),
                                         OUTLET("GB 8978", "特别排放", "0.02"), MINE("0.11")};
    USE(above);
    expect_pollution(GRADE_HIGH, GRADE_NONE, "高于 0.1 mg/L");
    static const struct other below[] = {NAMES("GB 8978"), OUTLET("GB 8978", "直接排放", "0.1"),
                                         OUTLET("GB 31573", "直接排放", "0.01"),
                                         OUTLET("GB 8978", "特别排放", "0.02"), MINE("0.1")};
    USE(below);
    expect_pollution(GRADE_LOW, GRADE_NONE, "不高于 0.1 mg/L");
    static const struct other other_standard[] = {
        NAMES("GB 8978、GB 31573"), OUTLET("GB 8978", "直接排放", "0.1"),
        OUTLET("GB 31573", "直接排放", "0.01"), MINE("0.1")};
    USE(other_standard);
    expect_pollution(GRADE_HIGH, GRADE_NONE, "高于 0.01 mg/L");
}

static void an_unchecked_limit_only_hints(void **state)
{
    (void)state;
    static const struct other hinted[] = {RIVER("Ⅲ", "0.005", "未核"), RIVER("Ⅴ", "0.01", "未核"),
                                          RIVER_SAMPLE("0.012", "2026-04-18")};
    USE(hinted);
    expect_pollution(GRADE_OPEN, GRADE_HIGH, "仅提示：核对后可能是高");
    static const struct other low[] = {RIVER("Ⅲ", "0.005", "未核"), RIVER("Ⅴ", "0.01", "未核"),
                                       RIVER_SAMPLE("0.001", "2026-04-18")};
    USE(low);
    expect_pollution(GRADE_OPEN, GRADE_LOW, "仅提示：核对后可能是低");
    /* 中 is proved; that it may be 高 is only hinted. */
    static const struct other mixed[] = {RIVER("Ⅲ", "0.005", "已核"), RIVER("Ⅴ", "0.01", "未核"),
                                         RIVER_SAMPLE("0.012", "2026-04-18")};
    USE(mixed);
    expect_pollution(GRADE_MIDDLE, GRADE_HIGH, "仅提示：核对后可能是高");
    /* That nothing checked is exceeded does not prove 低 while an unchecked limit is. */
    static const struct other doubtful[] = {RIVER("Ⅲ", "0.005", "未核"), RIVER("Ⅴ", "0.01", "已核"),
                                            RIVER_SAMPLE("0.008", "2026-04-18")};
    USE(doubtful);
    expect_pollution(GRADE_OPEN, GRADE_MIDDLE, "仅提示：核对后可能是中");
    static const struct other nothing[] = {RIVER_SAMPLE("0.012", "2026-04-18")};
    USE(nothing);
    expect_pollution(GRADE_OPEN, GRADE_NONE, "没有可比的限值");
}

static void the_worst_of_several_counts(void **state)
{
    (void)state;
    static const struct other mixture[] = {
        CHECKED_RIVER, FARM("风险筛选值", "0.3"), RIVER_SAMPLE("0.001", "2026-04-18"),
        SAMPLE("土壤", "水田 T1", "0.52", "mg/kg", "2026-04-18", {"medium", "土壤"},
               {"soil_ph", "5.4"}, {"land_use", "水田"}),
        SAMPLE("底泥", "沟口", "9", "mg/kg", "2026-04-18", {"medium", "底泥"})};
    USE(mixture);
    expect_pollution(GRADE_MIDDLE, GRADE_NONE, "水田 T1");
    expect_pollution(GRADE_MIDDLE, GRADE_NONE, "1 个结果没有可比的限值");
}

static void only_the_latest_of_a_point_counts(void **state)
{
    (void)state;
    static const struct other later[] = {CHECKED_RIVER, RIVER_SAMPLE("0.5", "2025-12-01"),
                                         RIVER_SAMPLE("0.001", "2026-04-18")};
    USE(later);
    expect_pollution(GRADE_LOW, GRADE_NONE, "0.001 mg/L");
    static const struct other earlier[] = {CHECKED_RIVER, RIVER_SAMPLE("0.5", "2026-04-18"),
                                           RIVER_SAMPLE("0.001", "2025-12-01")};
    USE(earlier);
    expect_pollution(GRADE_HIGH, GRADE_NONE, "0.5 mg/L");
}

static void a_point_upstream_is_no_proof(void **state)
{
    (void)state;
    static const struct other upstream[] = {
        CHECKED_RIVER,
        SAMPLE("地表水断面", "渣堆上游 100 m", "0.5", "mg/L", "2026-04-18", {"medium", "水"}),
        RIVER_SAMPLE("0.001", "2026-04-18")};
    USE(upstream);
    expect_pollution(GRADE_LOW, GRADE_NONE, "只作比较");
}

static void old_results_are_named(void **state)
{
    (void)state;
    static const struct other of_a_year[] = {CHECKED_RIVER, RIVER_SAMPLE("0.012", "2025-06-15")};
    static const struct other older[] = {CHECKED_RIVER, RIVER_SAMPLE("0.012", "2025-06-14")};
    struct grading grading;
    USE(of_a_year);
    work_out(SITE(), &grading);
    assert_false(says(&grading.proposals[GRADE_POLLUTION], "复测"));
    grading_release(&grading);
    USE(older);
    expect_pollution(GRADE_HIGH, GRADE_NONE, "采样已超过 12 个月，最近一次是 2025-06-14，应复测");
    static const struct other parameter[] = {
        CHECKED_RIVER,
        RIVER_SAMPLE("0.012", "2026-03-14"),
        {&reg_parameter, NULL, {{"code", "assay_months"}, {"value", "3"}}}};
    USE(parameter);
    expect_pollution(GRADE_HIGH, GRADE_NONE, "采样已超过 3 个月");
}

static void what_is_not_detected(void **state)
{
    (void)state;
    static const struct other below[] = {CHECKED_RIVER, RIVER_SAMPLE("<0.0001", "2026-04-18")};
    USE(below);
    expect_pollution(GRADE_LOW, GRADE_NONE, "<0.0001 mg/L");
    static const struct other coarse[] = {CHECKED_RIVER, RIVER_SAMPLE("<0.02", "2026-04-18")};
    USE(coarse);
    expect_pollution(GRADE_OPEN, GRADE_NONE, "检出限高于限值");
}

static void the_evidence_is_named(void **state)
{
    (void)state;
    static const struct other above[] = {CHECKED_RIVER, RIVER_SAMPLE("0.012", "2026-04-18")};
    struct grading grading;
    USE(above);
    work_out(SITE(), &grading);
    const struct grade_proposal *proposal = &grading.proposals[GRADE_POLLUTION];
    assert_int_equal(proposal->evidence_count, 1);
    assert_ptr_equal(proposal->evidence[0].reg, &reg_sample);
    assert_string_equal(proposal->evidence[0].id, "r3");
    assert_string_equal(proposal->evidence[0].label, "渣堆下游 50 m 镉 0.012 mg/L");
    grading_release(&grading);
}

/* ---- 环境敏感度 ---- */

static void distances_decide(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *distance, *downstream;
        enum grade grade;
        const char *part;
    } rows[] = {
        {"耕地", "500", "是", GRADE_HIGH, "不超过 500 m"},
        {"耕地", "500.1", "是", GRADE_MIDDLE, "不超过 1000 m"},
        {"居民", "1000", "否", GRADE_MIDDLE, "不超过 1000 m"},
        {"居民", "1000.1", "否", GRADE_LOW, "超过 1000 m"},
        {"学校医院", "499", "否", GRADE_HIGH, "499 m"},
        {"民井", "500", "", GRADE_HIGH, "没有写是不是下游"},
        {"饮用水水源地", "5000", "是", GRADE_HIGH, "不超过 5000 m"},
        {"饮用水水源地", "5000.1", "是", GRADE_MIDDLE, "不超过 10 km"},
        {"饮用水水源地", "10000", "是", GRADE_MIDDLE, "在下游 10 km"},
        {"饮用水水源地", "10000.1", "是", GRADE_LOW, "超过 10 km"},
        {"饮用水水源地", "300", "否", GRADE_LOW, "水流不到"},
        {"饮用水水源地", "0", "否", GRADE_HIGH, "水源保护区内"},
        {"地表水", "10", "是", GRADE_LOW, "没有水源地、耕地、居民"},
        {"耕地", "", "是", GRADE_NO_DATA, "没有写距离"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct other table[] = {RECEPTOR(rows[i].kind, rows[i].distance, rows[i].downstream)};
        USE(table);
        expect(SITE({"receptor_state", "已登记"}), GRADE_SENSITIVITY, rows[i].grade, GRADE_NONE,
               rows[i].part);
    }
}

static void distances_are_parameters(void **state)
{
    (void)state;
    static const struct other table[] = {
        RECEPTOR("耕地", "600", "是"),
        {&reg_parameter, NULL, {{"code", "grade_farmland_near_m"}, {"value", "600"}}}};
    USE(table);
    expect(SITE(), GRADE_SENSITIVITY, GRADE_HIGH, GRADE_NONE, "不超过 600 m");
    static const struct other intake[] = {
        RECEPTOR("饮用水水源地", "5000", "是"),
        {&reg_parameter, NULL, {{"code", "grade_intake_near_km"}, {"value", "4.9999"}}}};
    USE(intake);
    expect(SITE(), GRADE_SENSITIVITY, GRADE_MIDDLE, GRADE_NONE, "5000 m");
}

static void the_nearest_counts(void **state)
{
    (void)state;
    static const struct other table[] = {RECEPTOR("耕地", "1300", "是"),
                                         RECEPTOR("居民", "260", "否"),
                                         RECEPTOR("饮用水水源地", "12500", "是")};
    struct grading grading;
    USE(table);
    work_out(SITE(), &grading);
    const struct grade_proposal *proposal = &grading.proposals[GRADE_SENSITIVITY];
    assert_int_equal(proposal->grade, GRADE_HIGH);
    assert_int_equal(proposal->evidence_count, 1);
    assert_string_equal(proposal->evidence[0].id, "r1");
    assert_int_equal(grading.proposals[GRADE_RECEPTOR].grade, GRADE_HIGH);
    grading_release(&grading);
}

/* One of unknown distance may be the nearest of all. */
static void an_unknown_distance_proves_nothing_low(void **state)
{
    (void)state;
    static const struct other low[] = {RECEPTOR("耕地", "1300", "是"), RECEPTOR("居民", "", "否")};
    USE(low);
    expect(SITE(), GRADE_SENSITIVITY, GRADE_NO_DATA, GRADE_NONE, "1 个敏感目标没有写距离");
    static const struct other high[] = {RECEPTOR("耕地", "130", "是"), RECEPTOR("居民", "", "否")};
    USE(high);
    expect(SITE(), GRADE_SENSITIVITY, GRADE_HIGH, GRADE_NONE, "1 个敏感目标没有写距离");
}

static void no_receptor(void **state)
{
    (void)state;
    stage_use(NULL, 0);
    expect(SITE({"receptor_state", "10 km 内无"}), GRADE_SENSITIVITY, GRADE_LOW, GRADE_NONE,
           "10 km 内没有敏感目标");
    expect(SITE({"receptor_state", "已登记"}), GRADE_SENSITIVITY, GRADE_NO_DATA, GRADE_NONE,
           "一个敏感目标也没有登记");
    expect(SITE(), GRADE_SENSITIVITY, GRADE_NO_DATA, GRADE_NONE, "一个敏感目标也没有登记");
}

/* ---- 技术经济可行性、路线 ---- */

static void expect_feasible(const struct setting *settings, enum grade grade, const char *part,
                            const char *route)
{
    struct grading grading;
    expect(settings, GRADE_FEASIBILITY, grade, GRADE_NONE, part);
    work_out(settings, &grading);
    if (route)
        assert_string_equal(grading.route, route);
    else
        assert_null(grading.route);
    grading_release(&grading);
}

static void technique_and_money(void **state)
{
    (void)state;
    stage_use(NULL, 0);
    expect_feasible(SITE(HEAP, {"mass_10kt", "50"}, PAID), GRADE_HIGH, "不超过 50", "治理修复");
    expect_feasible(SITE(HEAP, {"mass_10kt", "50.0001"}, PAID), GRADE_MIDDLE, "超过 50",
                    "风险管控（阻隔）");
    expect_feasible(SITE(HEAP, {"mass_10kt", "50"}), GRADE_MIDDLE, "没有着落", "风险管控（阻隔）");
    expect_feasible(SITE(HEAP, {"volume_m3", "500100"}), GRADE_LOW, "50.01 万m³", "阻隔+监测");
    expect_feasible(SITE(HEAP, {"volume_m3", "500000"}, {"project_no", "TR-1"}), GRADE_HIGH,
                    "已入库（TR-1）", "治理修复");
    expect_feasible(
        SITE({"problem_types", "废渣堆"}, {"waste_class", "危险废物"}, {"mass_10kt", "1"}),
        GRADE_LOW, "技术上难", "阻隔+监测");
    expect_feasible(SITE({"problem_types", "矿井（硐）涌水"}, {"waste_class", "不涉及固废"},
                         {"flow_dry", "10"}, {"flow_wet", "500.01"}),
                    GRADE_LOW, "涌水最大 500.01 m³/d（超过 500）", "阻隔+监测");
    expect_feasible(SITE({"problem_types", "矿井（硐）涌水"}, {"waste_class", "不涉及固废"},
                         {"flow_dry", "10"}, {"flow_wet", "500"}),
                    GRADE_MIDDLE, "不超过 500", "风险管控（阻隔）");
    expect_feasible(SITE(HEAP, PAID), GRADE_UNRATED, "还不知道堆存量", NULL);
    expect_feasible(
        SITE({"problem_types", "废渣堆"}, {"waste_class", "未鉴别"}, {"mass_10kt", "1"}),
        GRADE_UNRATED, "固废属性（没有鉴别）", NULL);
    /* The bureau's own grade decides the route. */
    expect_feasible(SITE(HEAP, {"mass_10kt", "50"}, PAID, {"feasibility_grade", "低"}), GRADE_HIGH,
                    "技术上不难", "阻隔+监测");
    expect_feasible(SITE(HEAP, {"mass_10kt", "50"}, PAID, {"pollution_grade", "低"}), GRADE_HIGH,
                    "技术上不难", "监测留观");
}

/* ---- 2025 ---- */

static void hazard_spread_and_risk(void **state)
{
    (void)state;
    stage_use(NULL, 0);
    expect(SITE({"waste_class", "危险废物"}), GRADE_HAZARD, GRADE_HIGH, GRADE_NONE, "危险废物");
    expect(SITE({"pollution_grade", "中"}, {"problem_types", "尾矿"}, {"mass_10kt", "51"}),
           GRADE_HAZARD, GRADE_HIGH, GRADE_NONE, "超过 50");
    expect(SITE({"pollution_grade", "中"}, {"problem_types", "尾矿"}, {"mass_10kt", "50"}),
           GRADE_HAZARD, GRADE_MIDDLE, GRADE_NONE, "污染程度中");
    expect(SITE(), GRADE_HAZARD, GRADE_NO_DATA, GRADE_NONE, "污染程度无数据");

    expect(SITE({"anti_seepage", "无"}, {"anti_loss", "破损"}, {"anti_dust", "完好"}), GRADE_SPREAD,
           GRADE_MIDDLE, GRADE_NONE, "防渗无、防流失破损");
    expect(SITE({"anti_seepage", "无"}, {"anti_loss", "破损"}, {"anti_dust", "无"}), GRADE_SPREAD,
           GRADE_HIGH, GRADE_NONE, "3 项破损或没有");
    expect(SITE({"anti_seepage", "完好"}), GRADE_SPREAD, GRADE_LOW, GRADE_NONE, "还有 4 项没有填");
    expect(SITE(), GRADE_SPREAD, GRADE_NO_DATA, GRADE_NONE, "一项也没有填");
    expect(SITE({"problem_types", "渗滤液"}, {"leachate_collection", "破损"}), GRADE_SPREAD,
           GRADE_HIGH, GRADE_NONE, "收集设施不完好");
    expect(SITE({"problem_types", "渗滤液"}, {"leachate_collection", "完好"}), GRADE_SPREAD,
           GRADE_LOW, GRADE_NONE, "都完好");

#define PARTS(H, S, R) {"hazard_grade", H}, {"spread_grade", S}, {"receptor_grade", R}
    expect(SITE(PARTS("高", "中", "高")), GRADE_RISK, GRADE_HIGH, GRADE_NONE,
           "危害性高 × 扩散性中 × 环境敏感性高");
    expect(SITE(PARTS("高", "低", "低")), GRADE_RISK, GRADE_LOW, GRADE_NONE, "矩阵");
    expect(SITE(PARTS("中", "高", "高")), GRADE_RISK, GRADE_HIGH, GRADE_NONE, "矩阵");
    expect(SITE(PARTS("中", "中", "高")), GRADE_RISK, GRADE_MIDDLE, GRADE_NONE, "矩阵");
    expect(SITE(PARTS("低", "中", "高")), GRADE_RISK, GRADE_MIDDLE, GRADE_NONE, "矩阵");
    expect(SITE(PARTS("低", "低", "高")), GRADE_RISK, GRADE_LOW, GRADE_NONE, "矩阵");
    expect(SITE({"hazard_grade", "高"}, {"spread_grade", "高"}), GRADE_RISK, GRADE_NO_DATA,
           GRADE_NONE, "缺一项");
}

static void the_matrix_is_a_parameter(void **state)
{
    (void)state;
    static const struct other table[] = {
        {&reg_parameter,
         NULL,
         {{"code", "grade_risk_hazard_high"}, {"value", "低低低/低低低/低低高"}}}};
    USE(table);
    expect(SITE(PARTS("高", "高", "高")), GRADE_RISK, GRADE_LOW, GRADE_NONE, "矩阵");
    expect(SITE(PARTS("高", "低", "低")), GRADE_RISK, GRADE_HIGH, GRADE_NONE, "矩阵");
    static const struct other broken[] = {
        {&reg_parameter,
         NULL,
         {{"code", "grade_risk_hazard_high"}, {"value", "低低低/低低低/低低"}}}};
    USE(broken);
    expect(SITE(PARTS("高", "高", "高")), GRADE_RISK, GRADE_HIGH, GRADE_NONE, "矩阵");
}

static void the_campaign_names_its_steps(void **state)
{
    (void)state;
    stage_use(NULL, 0);
    expect(SITE(PARTS("高", "高", "高"), {"stage", "方案"},
                {"campaigns", "重金属环境安全隐患排查整治2025-2030"}),
           GRADE_RISK, GRADE_HIGH, GRADE_NONE,
           "“查、评、改、治、防、管”，现在在“改、治”；风险高：能马上改的立行立改");
    struct grading grading;
    work_out(SITE(PARTS("高", "高", "高"), {"stage", "方案"}), &grading);
    assert_false(says(&grading.proposals[GRADE_RISK], "立行立改"));
    grading_release(&grading);
}

/* ---- 效果 ---- */

static void before_and_after(void **state)
{
    (void)state;
#define WORKS                                                                                      \
    {"works_started_on", "2026-01-10"},                                                            \
    {                                                                                              \
        "works_done_on", "2026-03-31"                                                              \
    }
    static const struct other table[] = {
        RIVER_SAMPLE("0.02", "2025-06-01"),
        RIVER_SAMPLE("0.012", "2026-01-09"), /* the latest before the works */
        RIVER_SAMPLE("9", "2026-02-01"),     /* while they went on */
        RIVER_SAMPLE("9", "2026-03-31"),
        RIVER_SAMPLE("0.0008", "2026-04-18"),
        SAMPLE("地表水断面", "另一处", "0.5", "mg/L", "2026-04-18", {"medium", "水"})};
    struct grading grading;
    USE(table);
    work_out(SITE(WORKS), &grading);
    assert_int_equal(grading.effect_count, 1);
    assert_string_equal(
        grading.effects[0].text,
        "渣堆下游 50 m 镉：2026-01-09 0.012 mg/L → 2026-04-18 0.0008 mg/L，下降 93.3%");
    assert_true(grading.effects[0].is_better);
    assert_string_equal(grading.effects[0].before_id, "r1");
    assert_string_equal(grading.effects[0].after_id, "r4");
    grading_release(&grading);
    work_out(SITE(), &grading);
    assert_int_equal(grading.effect_count, 0);
    grading_release(&grading);
    static const struct other worse[] = {RIVER_SAMPLE("0.012", "2026-01-09"),
                                         RIVER_SAMPLE("0.018", "2026-04-18")};
    USE(worse);
    work_out(SITE(WORKS), &grading);
    assert_false(grading.effects[0].is_better);
    assert_non_null(strstr(grading.effects[0].text, "上升 50%"));
    grading_release(&grading);
    static const struct other gone[] = {RIVER_SAMPLE("<0.02", "2026-01-09"),
                                        RIVER_SAMPLE("<0.02", "2026-04-18")};
    USE(gone);
    work_out(SITE(WORKS), &grading);
    assert_true(grading.effects[0].is_better);
    grading_release(&grading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_sample_is_no_data),
        cmocka_unit_test(surface_water_has_two_bounds),
        cmocka_unit_test(ground_water_is_five_above_four),
        cmocka_unit_test(soil_has_screening_and_control),
        cmocka_unit_test(mine_water_by_the_parameter),
        cmocka_unit_test(an_unchecked_limit_only_hints),
        cmocka_unit_test(the_worst_of_several_counts),
        cmocka_unit_test(only_the_latest_of_a_point_counts),
        cmocka_unit_test(a_point_upstream_is_no_proof),
        cmocka_unit_test(old_results_are_named),
        cmocka_unit_test(what_is_not_detected),
        cmocka_unit_test(the_evidence_is_named),
        cmocka_unit_test(distances_decide),
        cmocka_unit_test(distances_are_parameters),
        cmocka_unit_test(the_nearest_counts),
        cmocka_unit_test(an_unknown_distance_proves_nothing_low),
        cmocka_unit_test(no_receptor),
        cmocka_unit_test(technique_and_money),
        cmocka_unit_test(hazard_spread_and_risk),
        cmocka_unit_test(the_matrix_is_a_parameter),
        cmocka_unit_test(the_campaign_names_its_steps),
        cmocka_unit_test(before_and_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
