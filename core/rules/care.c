/* What an enterprise must do of itself: monitoring, cleaner production, emergency plan. */
#include "core/registers/loads.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

enum { CADMIUM = 2, PLAN_DAYS = 3 * 365 + 1, DRILL_DAYS = 365 };

/* First day of the five years in which every key enterprise owes one mandatory audit. */
static const struct date audit_period_start = {.year = 2021, .month = 1, .day = 1};

static bool emits_cadmium(const struct record *record)
{
    for (size_t i = 0; i < LOAD_GROUP_COUNT; i++) {
        int64_t load;
        if (read_integer(record, load_groups[i].metals[CADMIUM], &load) && load > 0)
            return true;
    }
    return false;
}

static void check_cadmium(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    (void)context;
    if (!emits_cadmium(record) || read_is_shut(record))
        return;
    if (!read_is_filled(record, "deposition_on"))
        rule_report(rule, findings, "deposition_on",
                    "排放镉的企业没有大气沉降监测记录，请督促监测并填写最近日期");
    if (!read_is_filled(record, "farmland_on"))
        rule_report(rule, findings, "farmland_on",
                    "排放镉的企业没有周边耕地土壤监测记录，请督促监测并填写最近日期");
}

const struct rule rule_cadmium_monitoring = {
    .id = "V26",
    .severity = SEVERITY_WARNING,
    .reg = "enterprise",
    .label = "排放镉的企业要监测大气沉降和周边耕地",
    .basis = "吉环固体字〔2022〕10号 四（九）；桂重金属方案 四（四）",
    .check = check_cadmium,
};

static void check_audit(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    (void)context;
    struct date audit;
    if (!read_is_key_industry(record) || read_is_shut(record))
        return;
    if (read_date(record, "audit_on", &audit) && date_compare(audit, audit_period_start) < 0)
        rule_report(rule, findings, "audit_on",
                    "最近一轮清洁生产审核在 2021 年以前，请督促完成新一轮强制性审核");
    if (read_says(record, "audit_mandatory", false))
        rule_report(rule, findings, "audit_mandatory",
                    "最近一轮不是强制性审核，重点行业企业至少要做一轮强制性审核，请督促补做");
}

const struct rule rule_audit = {
    .id = "V27",
    .severity = SEVERITY_WARNING,
    .reg = "enterprise",
    .label = "重点行业企业 2021 年以来至少一轮强制性清洁生产审核",
    .basis = "吉环固体字〔2022〕10号 四（五）；桂重金属方案 四（三）",
    .check = check_audit,
};

static void check_emergency(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    int age;
    if (read_is_shut(record))
        return;
    if (read_age(record, "emergency_plan_on", context, &age) && age > PLAN_DAYS)
        rule_report(rule, findings, "emergency_plan_on",
                    "应急预案备案已超过三年，请督促企业回顾修订并重新备案");
    if (read_age(record, "emergency_drill_on", context, &age) && age > DRILL_DAYS)
        rule_report(rule, findings, "emergency_drill_on",
                    "最近一次应急演练是 %d 天以前，超过一年，请督促演练并更新日期", age);
}

const struct rule rule_emergency = {
    .id = "V62",
    .severity = SEVERITY_WARNING,
    .label = "应急预案三年一修订，演练每年至少一次",
    .basis = "吉环固体字〔2022〕10号 四（九）；桂重金属方案 四（四）",
    .check = check_emergency,
};

static void check_insurance(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    int age;
    if (read_says(record, "handles_hazardous_waste", true) && !read_is_shut(record) &&
        read_age(record, "insurance_to_on", context, &age) && age > 0)
        rule_report(rule, findings, "insurance_to_on",
                    "环境污染责任保险已过期 %d 天，请督促续保并更新到期日期", age);
}

const struct rule rule_insurance = {
    .id = "V64",
    .severity = SEVERITY_WARNING,
    .label = "经手危险废物的企业责任保险不能过期",
    .basis = "桂重金属方案 五（二）",
    .check = check_insurance,
};
