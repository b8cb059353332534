/* Thallium enterprises: assays, outlets, limits, self-monitoring. */
#include "core/decimal.h"
#include "core/facts.h"
#include "core/measure.h"
#include "core/registers/shared.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

#define WORKSHOP "车间或生产设施废水排放口"
#define J10      "吉环固体字〔2022〕10号 "

enum { ASSAY_DAYS = 365, RECORD_YEARS = 5, OUTLET_LENGTH = 5, OUTLET_DIGITS = 3 };

static const int64_t nano = 1000000000;

/* The profile says so only through its enterprise; rules that ask are linked to that. */
static bool is_shut(const struct record *profile)
{
    return read_is(profile, "enterprise_status", STATUS_SHUT);
}

struct assays {
    const struct check_context *context;
    bool any_material, any_recent;
};

/* Raw materials that went in; their assay counts for a year. */
static bool take_assay(void *data, const struct record *flow)
{
    struct assays *assays = data;
    int age;
    if (!read_is(flow, "flow", "投入"))
        return true;
    assays->any_material = true;
    assays->any_recent = assays->any_recent ||
                         (read_is_filled(flow, "thallium_content") &&
                          read_age(flow, "sampled_on", assays->context, &age) && age <= ASSAY_DAYS);
    return !assays->any_recent;
}

static void check_assay(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    static const char *const wanted[] = {"flow", "thallium_content", "sampled_on", NULL};
    const char *enterprise = read_text(record, "enterprise");
    struct assays assays = {.context = context};
    int age;
    if (is_shut(record))
        return;
    if (enterprise && context->today.year)
        facts_each(context,
                   &(struct facts_query){.reg = "material_flow",
                                         .field = "enterprise",
                                         .value = enterprise,
                                         .wanted = wanted},
                   take_assay, &assays);
    if (assays.any_recent)
        return;
    if (assays.any_material && !read_is_filled(record, "assay_on"))
        rule_report(rule, findings, "assay_on",
                    "物料台账里的原料一年内都没有铊检测结果，请督促企业检测并登记");
    if (read_age(record, "assay_on", context, &age) && age > ASSAY_DAYS)
        rule_report(rule, findings, "assay_on",
                    "最近一次原料铊检测是 %d 天以前，超过一年，请督促企业检测并更新结果", age);
    if (read_is(record, "thallium_evidence", "原料检测") && !read_is_filled(record, "assay_on"))
        rule_report(rule, findings, "assay_on",
                    "含铊依据是原料检测，却没有检测日期，请补填日期和报告编号");
}

const struct rule rule_assay = {
    .id = "V32",
    .severity = SEVERITY_WARNING,
    .reg = "thallium_enterprise",
    .links = {{"material_flow", "enterprise", "enterprise"}, {"enterprise", "id", "enterprise"}},
    .label = "涉铊企业每年至少有一次原料铊检测",
    .basis = J10 "四（七）；桂重金属方案 四（三）",
    .check = check_assay,
};

static void check_presumed(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    if (read_is(record, "thallium_evidence", "行业推定"))
        rule_report(rule, findings, "thallium_evidence",
                    "含铊只是按行业推定，请安排原料或废水检测，有结果后改填依据；没检测前不能销号");
}

const struct rule rule_presumed = {
    .id = "V50",
    .severity = SEVERITY_HINT,
    .reg = "thallium_enterprise",
    .label = "行业推定的含铊要补做检测",
    .basis = "桂重金属方案 四（三）（全面排查）",
    .check = check_presumed,
};

static void check_point(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    (void)context;
    if (read_is(record, "monitored_result", "达标") && read_is_filled(record, "monitoring_point") &&
        !read_is(record, "monitoring_point", WORKSHOP))
        rule_report(rule, findings, "monitoring_point",
                    "在%s取样不能证明总铊达标（水已被稀释），请改用" WORKSHOP "的结果",
                    read_text(record, "monitoring_point"));
}

const struct rule rule_point = {
    .id = "V18",
    .severity = SEVERITY_WARNING,
    .reg = "thallium_enterprise",
    .label = "总铊达标要看车间或生产设施废水排放口",
    .basis = J10 "四（七）；桂重金属方案 四（三）；滇规划 三（五）3",
    .check = check_point,
};

/* The last result and the limit, both in nano mg/L. */
static bool read_result(const struct record *record, int64_t *value, int64_t *limit,
                        char *qualifier)
{
    const char *text = read_text(record, "monitored_value");
    const struct field *bound = reg_field_find(record->reg, "thallium_limit");
    struct measure measure;
    int64_t scaled;
    *limit = INT64_MAX;
    if (!text || !measure_parse(text, "mg/L", &measure, NULL) ||
        !measure_in_unit(&measure, "mg/L", value))
        return false;
    *qualifier = measure.qualifier;
    if (read_integer(record, "thallium_limit", &scaled) && scaled < INT64_MAX / nano)
        *limit = scaled * (nano / decimal_unit(bound->scale));
    return true;
}

static void check_detection(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    (void)context;
    int64_t value, limit;
    char qualifier;
    if (read_result(record, &value, &limit, &qualifier) && qualifier == '<' && value > limit &&
        !read_is(record, "monitored_result", "无法判定"))
        rule_report(rule, findings, "monitored_value",
                    "检出限（%s）比限值还高，这个结果判断不了是否达标，请换检出限更低的方法重测，"
                    "达标情况先选无法判定",
                    read_text(record, "monitored_value"));
}

const struct rule rule_detection = {
    .id = "V19",
    .severity = SEVERITY_WARNING,
    .reg = "thallium_enterprise",
    .label = "检出限高于限值的结果不能判定",
    .basis = "HJ 700（检出限）",
    .check = check_detection,
};

static void check_unit(const struct rule *rule, const struct record *record,
                       const struct check_context *context, struct findings *findings)
{
    (void)context;
    int64_t value, limit;
    char qualifier;
    if (read_result(record, &value, &limit, &qualifier) && value >= nano)
        rule_report(rule, findings, "monitored_value",
                    "废水总铊 %s 达到 1 mg/L 以上，很可能单位填错（μg/L 或 ng/L），请对照报告核对",
                    read_text(record, "monitored_value"));
}

const struct rule rule_unit = {
    .id = "V20",
    .severity = SEVERITY_WARNING,
    .reg = "thallium_enterprise",
    .label = "废水总铊 1 mg/L 以上要核对单位",
    .basis = "HJ/T 212（浓度单位）",
    .check = check_unit,
};

/* Only a limit that was checked against the standard may say 超标. */
static void check_result(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    (void)context;
    int64_t value, limit;
    char qualifier;
    if (!read_is(record, "limit_state", "已核") || !read_is_filled(record, "thallium_limit") ||
        !read_result(record, &value, &limit, &qualifier) || qualifier == '<')
        return;
    if (value > limit && read_is(record, "monitored_result", "达标"))
        rule_report(rule, findings, "monitored_result",
                    "监测值 %s 高于总铊限值，却填了达标，请核对监测值和限值",
                    read_text(record, "monitored_value"));
    if (value <= limit && qualifier == 0 && read_is(record, "monitored_result", "超标"))
        rule_report(rule, findings, "monitored_result",
                    "监测值 %s 不高于总铊限值，却填了超标，请核对监测值和限值",
                    read_text(record, "monitored_value"));
}

const struct rule rule_result = {
    .id = "V49",
    .severity = SEVERITY_WARNING,
    .reg = "thallium_enterprise",
    .label = "是否达标应与监测值和限值一致",
    .basis = "滇规划 三（五）3",
    .check = check_result,
};

static void check_removal_unit(const struct rule *rule, const struct record *record,
                               const struct check_context *context, struct findings *findings)
{
    (void)context;
    if (read_says(record, "removal_unit", false) && read_is(record, "monitored_result", "超标"))
        rule_report(rule, findings, "removal_unit",
                    "总铊超标又没有除铊设施，请登记整改问题，并督促建设除铊设施");
}

const struct rule rule_removal_unit = {
    .id = "V51",
    .severity = SEVERITY_WARNING,
    .reg = "thallium_enterprise",
    .label = "超标而没有除铊设施的要登记整改问题",
    .basis = J10 "四（七）；滇规划 三（五）3",
    .check = check_removal_unit,
};

struct latest {
    const struct check_context *context;
    int age;
};

static bool take_sample(void *data, const struct record *sample)
{
    struct latest *latest = data;
    int age;
    if (read_is(sample, "factor", "铊") && read_age(sample, "sampled_on", latest->context, &age) &&
        age < latest->age)
        latest->age = age;
    return true;
}

/* Days since thallium was last measured there, by the results that are kept; INT_MAX: never. */
static int sample_age(const struct record *record, const struct check_context *context)
{
    static const char *const wanted[] = {"factor", "sampled_on", NULL};
    struct latest latest = {.context = context, .age = INT_MAX};
    const char *enterprise = read_text(record, "enterprise");
    if (enterprise)
        facts_each(
            context,
            &(struct facts_query){
                .reg = "sample", .field = "enterprise", .value = enterprise, .wanted = wanted},
            take_sample, &latest);
    return latest.age;
}

static void check_frequency(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    /* The longest gap that still keeps the frequency, with half a period for the laboratory. */
    static const struct {
        const char *frequency;
        int days;
    } gaps[] = {{"日", 3}, {"周", 11}, {"月", 46}, {"季", 138}, {"半年", 276}, {"年", 548}};
    int age, sampled = sample_age(record, context);
    bool is_noted = read_age(record, "monitored_on", context, &age);
    if (is_shut(record) || (!is_noted && sampled == INT_MAX))
        return;
    age = is_noted && age < sampled ? age : sampled;
    for (size_t i = 0; i < COUNT_OF(gaps); i++)
        if (read_is(record, "monitor_frequency", gaps[i].frequency) && age > gaps[i].days)
            rule_report(rule, findings, "monitored_on",
                        "应当每%s监测一次，最近一次却在 %d 天以前，请督促监测并更新结果",
                        gaps[i].frequency, age);
}

const struct rule rule_frequency = {
    .id = "V48",
    .severity = SEVERITY_WARNING,
    .reg = "thallium_enterprise",
    .links = {{"enterprise", "id", "enterprise"}, {"sample", "enterprise", "enterprise"}},
    .label = "自行监测应按频次进行",
    .basis = "排污许可管理要求（自行监测）",
    .check = check_frequency,
};

struct outlets {
    bool valid;
};

static void visit_outlet(void *context, const char *item)
{
    struct outlets *outlets = context;
    bool form = strlen(item) == OUTLET_LENGTH && toupper((unsigned char)item[0]) == 'D' &&
                toupper((unsigned char)item[1]) == 'W' &&
                strspn(item + 2, "0123456789") == OUTLET_DIGITS;
    outlets->valid = outlets->valid && form;
}

static void check_outlets(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    (void)context;
    static const char *const names[] = {"workshop_outlet", "main_outlet"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct outlets outlets = {.valid = true};
        const char *list = read_text(record, names[i]);
        if (list)
            read_each(list, visit_outlet, &outlets);
        if (!outlets.valid)
            rule_report(rule, findings, names[i],
                        "“%s”不像废水排放口编号，应为 DW 加三位数字（如 DW003），多个用顿号隔开",
                        list);
    }
}

const struct rule rule_outlets = {
    .id = "V47",
    .severity = SEVERITY_WARNING,
    .reg = "thallium_enterprise",
    .label = "废水排放口编号应为 DW 加三位数字",
    .basis = "HJ 608-2017",
    .check = check_outlets,
};

static void check_records(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    (void)context;
    int64_t years;
    if (read_says(record, "records_kept", false))
        rule_report(rule, findings, "records_kept",
                    "企业没有保存台账和检测记录，请督促建立并登记整改问题");
    else if (read_integer(record, "records_years", &years) && years < RECORD_YEARS)
        rule_report(rule, findings, "records_years",
                    "台账和检测记录一般保存五年以上，现在只有 %d 年，请提醒企业延长", (int)years);
}

const struct rule rule_records = {
    .id = "V52",
    .severity = SEVERITY_WARNING,
    .reg = "thallium_enterprise",
    .label = "台账和检测记录应保存五年以上",
    .basis = "桂重金属方案 四（三）",
    .check = check_records,
};
