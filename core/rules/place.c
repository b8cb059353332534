/* Where a record lies. */
#include "core/rules/reading.h"
#include "core/rules/rules.h"
#include "core/text.h"

#include <string.h>

enum { COUNTY_DIGITS = 6 };

static bool is_county(const char *code, const struct check_context *context)
{
    if (strlen(code) != COUNTY_DIGITS || text_ends_with(code, "00"))
        return false;
    struct buffer label = {0};
    context->lookup->label(context->lookup->context, "region", code, &label);
    bool real = !text_ends_with(buffer_text(&label), "市辖区");
    buffer_release(&label);
    return real;
}

static void check_jurisdiction(const struct rule *rule, const struct record *record,
                               const struct check_context *context, struct findings *findings)
{
    const char *code = read_text(record, "region");
    /* Policies speak of whole provinces. */
    if (!code || (record->reg->flags & REG_POLICY))
        return;
    const char *own = context->jurisdiction ? context->jurisdiction : "";
    if (!is_county(code, context))
        rule_report(rule, findings, "region",
                    "区划代码 %s 不是县级行政区，请改选具体的县、县级市或区（不能填市辖区）", code);
    else if (!text_starts_with(code, own))
        rule_report(rule, findings, "region",
                    "区划代码 %s 不在本局辖区（%s）内，请核对所在县；确属外地的应由当地登记", code,
                    own);
}

const struct rule rule_jurisdiction = {
    .id = "V05",
    .severity = SEVERITY_ERROR,
    .label = "县级行政区应属本辖区，不能是市辖区",
    .basis = "环境统计审核要求（区划代码属地）",
    .check = check_jurisdiction,
};

static void check_statistical_zone(const struct rule *rule, const struct record *record,
                                   const struct check_context *context, struct findings *findings)
{
    (void)context;
    const char *code = read_text(record, "region");
    if (code && strlen(code) == COUNTY_DIGITS && code[4] == '7' && code[5] >= '1' && code[5] <= '9')
        rule_report(rule, findings, "region",
                    "区划代码 %s 是统计用的功能区，不是县级行政区，请改选它所在的县（市、区）",
                    code);
}

const struct rule rule_statistical_zone = {
    .id = "V33",
    .severity = SEVERITY_WARNING,
    .label = "统计用功能区代码不能当县级行政区",
    .basis = "GB/T 2260",
    .check = check_statistical_zone,
};
