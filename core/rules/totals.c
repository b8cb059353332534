/* Figures that must agree with a whole list, with the filing before, or with the policy pack. */
#include "core/decimal.h"
#include "core/facts.h"
#include "core/region.h"
#include "core/registers/enterprise.h"
#include "core/registers/loads.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"
#include "core/text.h"

#include <string.h>

enum { BASE_SCALE = LOAD_SCALE - 1, LOAD_SCALE_MORE = 10, BASE_TOLERANCE = 5 }; /* 0.05 kg */

struct base {
    const char *region, *load; /* of the target; which load of the enterprises it is about */
    int64_t sum;               /* in grams */
    size_t count;
};

/* Who was shut since did emit in the base year. */
static bool is_in_base(const struct record *enterprise)
{
    return !read_is(enterprise, "key_industry", NO_KEY_INDUSTRY) &&
           (!read_is_filled(enterprise, "removed_on") ||
            read_is(enterprise, "removal_reason", REMOVED_IN_BASE));
}

static bool add_base(void *data, const struct record *enterprise)
{
    struct base *base = data;
    const char *region = read_text(enterprise, "region");
    int64_t load;
    if (!region || !region_is_within(region, base->region) || !is_in_base(enterprise) ||
        !read_integer(enterprise, base->load, &load))
        return true;
    base->count++;
    return decimal_add(base->sum, load, &base->sum);
}

/* A target is for the five metals together, or for one of them. */
static const char *base_load(const struct record *target)
{
    const struct load_group *group = &load_groups[LOAD_BASE];
    for (size_t i = 0; i < LOAD_METAL_COUNT; i++)
        if (read_is(target, "metal", load_metals[i]))
            return group->metals[i];
    return group->total;
}

/* Only for an area that lies within the bureau's own: a county's list is not its city's. */
static void check_base(const struct rule *rule, const struct record *record,
                       const struct check_context *context, struct findings *findings)
{
    const char *region = read_text(record, "region"), *load = base_load(record);
    const char *const wanted[] = {"region",       "removed_on", "removal_reason",
                                  "key_industry", load,         NULL};
    int64_t given;
    if (!region || !read_integer(record, "base_kg", &given) || !*context->jurisdiction ||
        !region_is_within(region, context->jurisdiction))
        return;
    struct base base = {.region = region, .load = load};
    facts_each(context, &(struct facts_query){.reg = "enterprise", .wanted = wanted}, add_base,
               &base);
    int64_t difference = base.sum - given * LOAD_SCALE_MORE;
    int64_t allowed =
        facts_parameter(context, "base_tolerance_kg", BASE_SCALE, BASE_TOLERANCE) * LOAD_SCALE_MORE;
    if (base.count == 0 || (difference <= allowed && -difference <= allowed))
        return;
    char sum[DECIMAL_TEXT_SIZE], text[DECIMAL_TEXT_SIZE];
    decimal_format(base.sum, LOAD_SCALE, sum);
    decimal_format(given, BASE_SCALE, text);
    rule_report(rule, findings, "base_kg",
                "下达的基数是 %s kg，清单中 %zu 家企业合计 %s kg，请核对各家的基础排放量", text,
                base.count, sum);
}

const struct rule rule_base = {
    .id = "V10",
    .severity = SEVERITY_WARNING,
    .reg = "target",
    .whole = "enterprise",
    .label = "各企业基础排放量之和应等于下达的基数（允许差 0.05 kg）",
    .basis = "桂重金属方案 附表1；滇规划 附件（一）",
    .check = check_base,
};

/* ---- V31 ---- */

struct former {
    const char *period; /* of the filing at hand */
    char latest[16];    /* period of the latest one before it */
    int64_t count;
};

static bool take_former(void *data, const struct record *filing)
{
    struct former *former = data;
    const char *period = read_text(filing, "period");
    int64_t count;
    if (period && strcmp(period, former->period) < 0 && strcmp(period, former->latest) >= 0 &&
        read_integer(filing, "current_count", &count)) {
        strncpy(former->latest, period, sizeof former->latest - 1);
        former->count = count;
    }
    return true;
}

static void check_continuity(const struct rule *rule, const struct record *record,
                             const struct check_context *context, struct findings *findings)
{
    const char *kind = read_text(record, "kind");
    struct former former = {.period = read_text(record, "period")};
    int64_t before, entered = 0, removed = 0, now;
    if (!kind || !former.period || !read_integer(record, "current_count", &now) ||
        !read_integer(record, "former_count", &before))
        return;
    facts_each(context, &(struct facts_query){.reg = "filing", .field = "kind", .value = kind},
               take_former, &former);
    if (former.latest[0] && former.count != before)
        rule_report(rule, findings, "former_count",
                    "上期家数填的是 %lld，上一期（%s）报送的是 %lld，请核对", (long long)before,
                    former.latest, (long long)former.count);
    read_integer(record, "entered_count", &entered);
    read_integer(record, "removed_count", &removed);
    if (before + entered - removed != now)
        rule_report(rule, findings, "current_count",
                    "上期 %lld + 新增 %lld − 移出 %lld 不等于本期 %lld，请核对增减名单",
                    (long long)before, (long long)entered, (long long)removed, (long long)now);
}

const struct rule rule_continuity = {
    .id = "V31",
    .severity = SEVERITY_ERROR,
    .reg = "filing",
    .links = {{.field = "kind", .match = "kind"}},
    .label = "上期家数 + 新增 − 移出 = 本期家数",
    .basis = "环境统计审核要求（增减名单核对）",
    .check = check_continuity,
};

/* ---- V68 ---- */

static bool is_any(void *data, const struct record *record)
{
    (void)record;
    *(bool *)data = true;
    return false;
}

static void check_key_region(const struct rule *rule, const struct record *record,
                             const struct check_context *context, struct findings *findings)
{
    static const char *const wanted[] = {"region", NULL};
    const char *region = read_text(record, "region");
    bool key = false;
    if (!region || !read_says(record, "key_region", false))
        return;
    facts_each(context,
               &(struct facts_query){
                   .reg = "key_region", .field = "region", .value = region, .wanted = wanted},
               is_any, &key);
    if (key)
        rule_report(rule, findings, "key_region",
                    "所在县在政策包的重点区域名单里，这里填的却是否，请改为是或核对所在县");
}

const struct rule rule_key_region = {
    .id = "V68",
    .severity = SEVERITY_WARNING,
    .reg = "enterprise",
    .label = "是否重点区域应与政策包一致",
    .basis = "桂重金属方案 附表2；滇规划 附件（二）；清远计划 附表3",
    .check = check_key_region,
};
