/* Loads: sums, permitted against actual, what was transferred. */
#include "core/decimal.h"
#include "core/facts.h"
#include "core/registers/loads.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

enum { SUM_TOLERANCE = 10 }; /* 0.01 kg: published tables are rounded to it */

static void format_kg(int64_t load, char out[DECIMAL_TEXT_SIZE])
{
    decimal_format(load, LOAD_SCALE, out);
}

static void check_sums(const struct rule *rule, const struct record *record,
                       const struct check_context *context, struct findings *findings)
{
    (void)context;
    for (size_t i = 0; i < LOAD_GROUP_COUNT; i++) {
        const struct load_group *group = &load_groups[i];
        int64_t total, sum;
        if (!read_integer(record, group->total, &total) || !load_sum(record, group, &sum))
            continue;
        if (total - sum <= SUM_TOLERANCE && sum - total <= SUM_TOLERANCE)
            continue;
        char typed[DECIMAL_TEXT_SIZE], added[DECIMAL_TEXT_SIZE];
        format_kg(total, typed);
        format_kg(sum, added);
        rule_report(rule, findings, group->total,
                    "%s合计填的是 %s kg，各项相加是 %s kg，请核对各项，或清空合计由程序计算",
                    group->label, typed, added);
    }
}

const struct rule rule_sums = {
    .id = "V09",
    .severity = SEVERITY_WARNING,
    .label = "五种重金属之和应等于合计（允许差 0.01 kg）",
    .basis = "吉环固体字〔2022〕12号 一（总量指五种合计）",
    .check = check_sums,
};

static void compare_load(const struct rule *rule, const struct record *record, const char *actual,
                         const char *permitted, const char *metal, struct findings *findings)
{
    int64_t discharged, allowed;
    if (!read_integer(record, actual, &discharged) || !read_integer(record, permitted, &allowed) ||
        discharged <= allowed)
        return;
    char more[DECIMAL_TEXT_SIZE], less[DECIMAL_TEXT_SIZE];
    format_kg(discharged, more);
    format_kg(allowed, less);
    rule_report(rule, findings, actual,
                "%s实际排放量 %s kg 超出许可排放量 %s kg，请核实数据；属实的登记整改问题并依法处理",
                metal, more, less);
}

static void check_permitted(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    (void)context;
    const struct load_group *actual = &load_groups[LOAD_ACTUAL];
    const struct load_group *permitted = &load_groups[LOAD_PERMITTED];
    for (size_t i = 0; i < LOAD_METAL_COUNT; i++)
        compare_load(rule, record, actual->metals[i], permitted->metals[i], load_metals[i],
                     findings);
    compare_load(rule, record, actual->total, permitted->total, "五种重金属", findings);
}

const struct rule rule_permitted = {
    .id = "V16",
    .severity = SEVERITY_WARNING,
    .label = "实际排放量不得超出许可排放量",
    .basis = "吉环固体字〔2022〕10号 四（九）；桂重金属方案 四（五）",
    .check = check_permitted,
};

static void check_transfer(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    int64_t amount;
    if (read_integer(record, "transferred_out_kg", &amount) && amount > 0 &&
        !read_is_filled(record, "transferred_out_to"))
        rule_report(rule, findings, "transferred_out_to",
                    "填了出让量但没有出让去向，请写明受让的单位和项目");
    if (read_integer(record, "transferred_in_kg", &amount) && amount > 0 &&
        !read_is_filled(record, "transferred_in_from"))
        rule_report(rule, findings, "transferred_in_from",
                    "填了受让量但没有受让来源，请写明出让指标的单位");
}

const struct rule rule_transfer = {
    .id = "V36",
    .severity = SEVERITY_ERROR,
    .label = "转让指标要写明去向或来源",
    .basis = "吉环固体字〔2022〕10号 四（四）；吉环固体字〔2022〕12号 四",
    .check = check_transfer,
};

static void check_concentrations(const struct rule *rule, const struct record *record,
                                 const struct check_context *context, struct findings *findings)
{
    (void)context;
    static const char *const names[] = {
        "permitted_lead_water",     "permitted_mercury_water", "permitted_cadmium_water",
        "permitted_chromium_water", "permitted_arsenic_water", "permitted_thallium_water",
        "permitted_antimony_water", "permitted_lead_air",      "permitted_mercury_air",
        "permitted_cadmium_air",    "permitted_chromium_air",  "permitted_arsenic_air",
        "permitted_thallium_air",   "permitted_antimony_air",
    };
    if (!read_is(record, "permit_class", "重点管理"))
        return;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (read_is_filled(record, names[i]))
            return;
    rule_report(rule, findings, names[0],
                "重点管理的许可证应载明许可排放浓度，现在一项都没有，请按许可证副本补填");
}

const struct rule rule_concentrations = {
    .id = "V37",
    .severity = SEVERITY_ERROR,
    .reg = "enterprise",
    .label = "重点管理的企业要有许可排放浓度",
    .basis = "吉环固体字〔2022〕10号 四（四）",
    .check = check_concentrations,
};

enum { CHANGE_PERCENT = 30, PERCENT = 100 };

static void check_change(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    int64_t former, total;
    if (!read_integer(record, "former_total_kg", &former) ||
        !read_integer(record, "actual_total_kg", &total) || former == 0 ||
        read_is_filled(record, "change_reason"))
        return;
    int64_t percent = facts_parameter(context, "change_percent", 0, CHANGE_PERCENT);
    int64_t change = total > former ? total - former : former - total, allowed;
    if (!decimal_multiply(former, percent, PERCENT, &allowed) || change <= allowed)
        return;
    char now[DECIMAL_TEXT_SIZE], then[DECIMAL_TEXT_SIZE];
    format_kg(total, now);
    format_kg(former, then);
    rule_report(rule, findings, "actual_total_kg",
                "实际排放量由 %s kg 变为 %s kg，增减超过 %lld%%，请核对数据；属实的写明变化的原因",
                then, now, (long long)percent);
}

const struct rule rule_change = {
    .id = "V17",
    .severity = SEVERITY_WARNING,
    .reg = "enterprise",
    .label = "实际排放量变化很大的要写明原因",
    .basis = "环境统计审核要求（突变指标）",
    .check = check_change,
};
