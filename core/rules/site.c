/* Legacy sites and the sources of cadmium around farmland. */
#include "core/decimal.h"
#include "core/facts.h"
#include "core/grade.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#define J10           "吉环固体字〔2022〕10号 "
#define GX            "桂重金属方案 "
#define CAMPAIGN_2025 "重金属环境安全隐患排查整治2025-2030"

/* Bounds of a believable bulk density, in 0.01 t/m³. */
enum { DENSITY_LEAST = 80, DENSITY_MOST = 450 };

static void check_density(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    (void)context;
    int64_t mass, volume, density;
    /* 万t at scale 4 counts tonnes, m³ at scale 2 hundredths: times 100 and 100 gives 0.01 t/m³. */
    if (!read_integer(record, "mass_10kt", &mass) || !read_integer(record, "volume_m3", &volume) ||
        volume <= 0 || !decimal_multiply(mass, 100 * 100, volume, &density) ||
        (density >= DENSITY_LEAST && density <= DENSITY_MOST))
        return;
    char shown[DECIMAL_TEXT_SIZE];
    decimal_format(density, 2, shown);
    rule_report(rule, findings, "mass_10kt",
                "重量除以体积是 %s t/m³，一般在 0.8 到 4.5 之间，请核对单位（万t、m³）和数值",
                shown);
}

const struct rule rule_density = {
    .id = "V53",
    .severity = SEVERITY_WARNING,
    .reg = "legacy_site",
    .label = "堆存量的重量与体积应相称",
    .basis = "堆存密度常识范围 0.8—4.5 t/m³",
    .check = check_density,
};

static void check_quantity(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    static const char *const heaps[] = {"废渣堆", "废石场·排土场", "尾矿",
                                        "底泥",   "冶炼遗留渣",    "电子拆解渣"};
    if (read_is_filled(record, "mass_10kt") || read_is_filled(record, "volume_m3"))
        return;
    for (size_t i = 0; i < COUNT_OF(heaps); i++) {
        if (!read_lists(record, "problem_types", heaps[i]))
            continue;
        rule_report(rule, findings, "volume_m3", "%s没有堆存量，请填重量或体积，至少填一项",
                    heaps[i]);
        return;
    }
}

const struct rule rule_quantity = {
    .id = "V54",
    .severity = SEVERITY_ERROR,
    .reg = "legacy_site",
    .label = "堆存类点位要有堆存量",
    .basis = "滇规划 一（二）1",
    .check = check_quantity,
};

static void check_drainage(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    static const char *const names[] = {"flow_dry", "flow_normal", "flow_wet", "water_ph",
                                        "water_colour"};
    if (!read_lists(record, "problem_types", "矿井（硐）涌水"))
        return;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (read_is_filled(record, names[i]))
            continue;
        struct buffer label = {0};
        read_label(record, names[i], &label);
        rule_report(rule, findings, names[i], "有矿井涌水的点位要填%s，请到现场测量后补填",
                    label.text);
        buffer_release(&label);
    }
}

const struct rule rule_drainage = {
    .id = "V55",
    .severity = SEVERITY_ERROR,
    .reg = "legacy_site",
    .label = "矿井涌水要有水量、pH 和颜色",
    .basis = J10 "四（八）（矿井涌水）",
    .check = check_drainage,
};

static void check_waste(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    (void)context;
    if (read_is(record, "waste_class", "未鉴别"))
        rule_report(rule, findings, "waste_class",
                    "固废属性还没有鉴别，请安排鉴别，有结论后改填属性");
}

const struct rule rule_waste = {
    .id = "V56",
    .severity = SEVERITY_HINT,
    .reg = "legacy_site",
    .label = "未鉴别的固废要安排鉴别",
    .basis = "滇规划 三（三）1",
    .check = check_waste,
};

/* 高 in the bureau's own words, or as proposed unless the bureau gives its reason to differ. */
static bool is_high(const struct record *record, enum grade_dimension dimension)
{
    enum grade own = grade_own(record, dimension);
    bool overruled = grade_is_rated(own) && read_is_filled(record, grade_places[dimension].reason);
    return own == GRADE_HIGH || (grade_proposed(record, dimension) == GRADE_HIGH && !overruled);
}

/* What can be done at once has the time of 立行立改, from the day of grading. */
static void check_interim(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    enum { USUAL_DAYS = 30 };
    int age;
    if ((!is_high(record, GRADE_RISK) && !is_high(record, GRADE_POLLUTION)) ||
        !read_is(record, "stage", "排查|调查|评估|方案"))
        return;
    if (!read_is_filled(record, "interim_measure")) {
        rule_report(rule, findings, "interim_measure",
                    "风险高而尚未施工，请先做阻隔、导流等临时管控，并写明措施和完成日期");
        return;
    }
    int64_t days = facts_parameter(context, "at_once_days", 0, USUAL_DAYS);
    if (!read_is_filled(record, "interim_done_on") &&
        read_age(record, "graded_on", context, &age) && age > days)
        rule_report(rule, findings, "interim_done_on",
                    "评级已 %d 天，临时管控措施应在 %lld 天内做完，还没有完成日期；"
                    "做完的填日期，没做完的抓紧",
                    age, (long long)days);
}

const struct rule rule_interim = {
    .id = "V57",
    .severity = SEVERITY_ERROR,
    .reg = "legacy_site",
    .label = "风险高的点位施工前要有临时管控措施",
    .basis = J10 "四（八）；" GX "四（三）",
    .check = check_interim,
};

static void check_grades(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    (void)context;
    static const char *const names[] = {"hazard_grade", "spread_grade", "receptor_grade",
                                        "risk_level"};
    if (!read_lists(record, "campaigns", CAMPAIGN_2025))
        return;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (!read_is_filled(record, names[i]))
            rule_report(rule, findings, names[i], "属于 2025—2030 年专项的点位要评%s，请补评",
                        reg_field_find(record->reg, names[i])->label);
}

const struct rule rule_grades = {
    .id = "V58",
    .severity = SEVERITY_ERROR,
    .reg = "legacy_site",
    .label = "2025—2030 年专项的点位要评危害性、扩散性、环境敏感性",
    .basis = "重金属环境安全隐患排查整治行动方案（2025—2030年）",
    .check = check_grades,
};

static void check_samples(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    static const char *const names[] = {"leaching_result", "water_result", "soil_result"};
    static const char *const wanted[] = {"site", NULL};
    bool sampled = false;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        sampled = sampled || read_is_filled(record, names[i]);
    if (!sampled && *record->id)
        sampled = facts_any(
            context, &(struct facts_query){
                         .reg = "sample", .field = "site", .value = record->id, .wanted = wanted});
    if (!sampled)
        rule_report(rule, findings, names[0],
                    "浸出、水、土的监测值一项也没有，评不了污染程度，请安排监测后补填");
}

const struct rule rule_samples = {
    .id = "V59",
    .severity = SEVERITY_ERROR,
    .reg = "legacy_site",
    .links = {{"sample", "site", "id"}},
    .label = "历史遗留点位要有监测值",
    .basis = J10 "四（八）",
    .check = check_samples,
};

static void check_soil(const struct rule *rule, const struct record *record,
                       const struct check_context *context, struct findings *findings)
{
    (void)context;
    static const char *const elements[] = {"soil_cadmium", "soil_mercury",  "soil_arsenic",
                                           "soil_lead",    "soil_chromium", "soil_copper",
                                           "soil_nickel",  "soil_zinc"};
    bool ph = read_is_filled(record, "soil_ph"), use = read_is_filled(record, "land_use");
    bool measured = false;
    for (size_t i = 0; i < COUNT_OF(elements); i++)
        measured = measured || read_is_filled(record, elements[i]);
    if (!measured || (ph && use))
        return;
    rule_report(rule, findings, ph ? "land_use" : "soil_ph",
                "有土壤监测值但缺%s，对不上筛选值，土壤结论为无法判定，请补填",
                ph    ? "土地利用"
                : use ? "土壤 pH"
                      : "土壤 pH 和土地利用");
}

const struct rule rule_soil = {
    .id = "V28",
    .severity = SEVERITY_HINT,
    .label = "缺 pH 或土地利用时不作土壤评价",
    .basis = "GB 15618-2018",
    .check = check_soil,
};

static void check_metals(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    (void)context;
    if (read_is_filled(record, "metals") && !read_lists(record, "metals", "镉"))
        rule_report(rule, findings, "metals",
                    "涉镉清单的污染源一般应含镉，现在没有选，请核对；确实不含的在备注中说明");
}

const struct rule rule_metals = {
    .id = "V60",
    .severity = SEVERITY_WARNING,
    .reg = "cadmium_source",
    .label = "涉镉污染源的重金属一般应含镉",
    .basis = GX "四（三）",
    .check = check_metals,
};

static void check_old_list(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    static const struct date deadline = {.year = 2023, .month = 12, .day = 31};
    if (read_says(record, "listed_before_2020", true) && !read_is_filled(record, "completed_on") &&
        context->today.year != 0 && date_compare(context->today, deadline) > 0)
        rule_report(rule, findings, "completed_on",
                    "2020 年前列入清单的污染源原则上应在 2023 年底前完成整治，"
                    "请填实际完成日期，没完成的登记整改问题");
}

const struct rule rule_old_list = {
    .id = "V61",
    .severity = SEVERITY_HINT,
    .reg = "cadmium_source",
    .label = "2020 年前列入的污染源应在 2023 年底前完成整治",
    .basis = GX "四（三）",
    .check = check_old_list,
};
