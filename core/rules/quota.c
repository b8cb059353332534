/* Emission quota: what a project must replace, where it comes from, and who changes which permit.
 */
#include "core/quota.h"
#include "core/decimal.h"
#include "core/facts.h"
#include "core/registers/loads.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#include <string.h>

#define J10 "吉环固体字〔2022〕10号 "
#define J12 "吉环固体字〔2022〕12号 "
#define GX  "桂重金属方案 "
#define YN  "滇规划 "

/* ---- V11 ---- */

/* What the transfers that count give, metal by metal, the sum last. */
struct supply {
    int64_t loads[LOAD_FIELD_COUNT];
    size_t rows;
};

static const char *load_name(const struct load_group *group, size_t i)
{
    return i < LOAD_METAL_COUNT ? group->metals[i] : group->total;
}

static bool add_transfer(void *data, const struct record *transfer)
{
    struct supply *supply = data;
    if (read_says(transfer, "voided", true))
        return true;
    supply->rows++;
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++) {
        int64_t load;
        if (read_integer(transfer, load_name(&load_groups[LOAD_TRANSFERRED], i), &load) &&
            !decimal_add(supply->loads[i], load, &supply->loads[i]))
            return false;
    }
    return true;
}

static struct supply sum_transfers(const struct record *record, const char *by,
                                   const struct check_context *context)
{
    struct supply supply = {.rows = 0};
    facts_each(context,
               &(struct facts_query){.reg = "quota_transfer", .field = by, .value = record->id},
               add_transfer, &supply);
    return supply;
}

/* As long as no transfer is entered, what the replacement plan promises. */
static void take_promised(const struct record *record, struct supply *supply)
{
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        if (!read_integer(record, load_name(&load_groups[LOAD_SOURCE], i), &supply->loads[i]))
            supply->loads[i] = 0;
}

static const struct load_group required = {
    .label = "需替代量",
    .metals = {"required_lead_kg", "required_mercury_kg", "required_cadmium_kg",
               "required_chromium_kg", "required_arsenic_kg"},
    .total = "required_total_kg",
};

/* The sum decides; the policy does not say whether each metal must be covered by itself. */
static void check_cover(const struct rule *rule, const struct record *record,
                        const struct supply *supply, struct findings *findings)
{
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++) {
        int64_t demand;
        const char *name = load_name(&required, i);
        if (!read_integer(record, name, &demand) || supply->loads[i] >= demand)
            continue;
        bool sum = i == LOAD_METAL_COUNT;
        char less[DECIMAL_TEXT_SIZE], more[DECIMAL_TEXT_SIZE];
        decimal_format(supply->loads[i], LOAD_SCALE, less);
        decimal_format(demand, LOAD_SCALE, more);
        findings_add(findings,
                     &(struct finding){.rule = rule->id,
                                       .severity = sum ? SEVERITY_ERROR : SEVERITY_WARNING,
                                       .field = name,
                                       .basis = rule->basis},
                     "%s需替代 %s kg，来源只有 %s kg，请补足来源或登记转让",
                     sum ? "五种重金属合计" : load_metals[i], more, less);
    }
}

struct demand {
    int64_t ratio; /* at RATIO_SCALE */
    bool conflict; /* two passages ask for different ratios */
};

static bool take_ratio(void *data, const struct record *key_region)
{
    struct demand *demand = data;
    static const char *const names[] = {"ratio", "other_ratio"};
    int64_t ratios[] = {0, 0};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (read_integer(key_region, names[i], &ratios[i]) && ratios[i] > demand->ratio)
            demand->ratio = ratios[i];
    demand->conflict = demand->conflict || (ratios[1] && ratios[0] != ratios[1]);
    return true;
}

static void check_ratio(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    const char *region = read_text(record, "region");
    struct demand demand = {.ratio = 0};
    int64_t ratio;
    if (!region || !read_integer(record, "ratio", &ratio))
        return;
    facts_each(context,
               &(struct facts_query){.reg = "key_region", .field = "region", .value = region},
               take_ratio, &demand);
    if (ratio >= demand.ratio)
        return;
    char least[DECIMAL_TEXT_SIZE];
    decimal_format(demand.ratio, RATIO_SCALE, least);
    rule_report(rule, findings, "ratio", "项目在重点区域，替代比例不得低于 %s%s，请改正替代比例",
                least, demand.conflict ? "（两处规定不一致，按较严的执行）" : "");
}

static void check_replacement(const struct rule *rule, const struct record *record,
                              const struct check_context *context, struct findings *findings)
{
    if (read_says(record, "exempted", true))
        return;
    struct supply supply = sum_transfers(record, "project", context);
    if (supply.rows == 0)
        take_promised(record, &supply);
    check_cover(rule, record, &supply, findings);
    check_ratio(rule, record, context, findings);
}

const struct rule rule_replacement = {
    .id = "V11",
    .severity = SEVERITY_ERROR,
    .reg = "construction_project",
    .links = {{"quota_transfer", "project", "id"}},
    .label = "替代来源不少于新增量乘以替代比例，重点区域不低于规定比例",
    .basis = GX "四（一）；" YN "三（五）1；" J12 "二",
    .check = check_replacement,
};

/* ---- V12 ---- */

struct source {
    bool known, foreign_line;
    int64_t cut;
};

static bool take_source(void *data, const struct record *project)
{
    struct source *source = data;
    source->known = read_integer(project, "cut_total_kg", &source->cut);
    source->foreign_line = read_says(project, "key_line", false);
    return false;
}

static bool is_unlisted(void *data, const struct record *project)
{
    *(bool *)data = read_says(project, "in_verified_list", false);
    return false;
}

/* Where the policy wants the source in the verified list. */
static void check_listed(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    const char *project = read_text(record, "project");
    struct buffer demanded = {0};
    bool unlisted = false;
    facts_parameter_text(context, "source_must_be_listed", &demanded);
    bool must = strcmp(buffer_text(&demanded), "是") == 0;
    buffer_release(&demanded);
    if (!project || !must)
        return;
    facts_each(
        context,
        &(struct facts_query){.reg = "construction_project", .field = "id", .value = project},
        is_unlisted, &unlisted);
    if (unlisted)
        rule_report(rule, findings, "source",
                    "替代来源不在国家核定的全口径清单内，不能作为来源，请另找来源");
}

static void check_source(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    const char *id = read_text(record, "source");
    struct source source = {.known = false};
    if (read_says(record, "voided", true))
        return;
    check_listed(rule, record, context, findings);
    if (!id)
        return;
    facts_each(context,
               &(struct facts_query){.reg = "reduction_project", .field = "id", .value = id},
               take_source, &source);
    if (source.foreign_line)
        rule_report(rule, findings, "source",
                    "这项减排工程不是重点行业生产线，减排量不能作指标来源，请另选来源");
    struct supply spent = {.rows = 0};
    facts_each(context,
               &(struct facts_query){.reg = "quota_transfer", .field = "source", .value = id},
               add_transfer, &spent);
    if (!source.known || spent.loads[LOAD_METAL_COUNT] <= source.cut)
        return;
    char used[DECIMAL_TEXT_SIZE], cut[DECIMAL_TEXT_SIZE];
    decimal_format(spent.loads[LOAD_METAL_COUNT], LOAD_SCALE, used);
    decimal_format(source.cut, LOAD_SCALE, cut);
    rule_report(rule, findings, "source",
                "同一减排工程共让出 %s kg，超过它的减排量 %s kg，指标重复使用了，请核减转让量",
                used, cut);
}

const struct rule rule_source = {
    .id = "V12",
    .severity = SEVERITY_ERROR,
    .reg = "quota_transfer",
    .links = {{"reduction_project", "id", "source"},
              {"quota_transfer", "source", "source"},
              {"construction_project", "id", "project"}},
    .label = "指标来源不能重复使用，须是重点行业生产线的减排量",
    .basis = J12 "三；" J12 "四；" GX "四（一）",
    .check = check_source,
};

/* ---- V13, V14, V15 ---- */

static void check_elements(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    static const struct {
        const char *field, *other, *label;
    } elements[] = {
        {"source_enterprise", "source_name", "削减源"},
        {"source_kind", NULL, "来源"},
        {"source_measure", NULL, "削减措施"},
        {"source_liable", NULL, "责任主体"},
        {"source_due_on", NULL, "完成时限"},
    };
    struct buffer missing = {0};
    const char *first = NULL;
    if (!read_says(record, "exempted", false) || !read_is_filled(record, "added_total_kg"))
        return;
    for (size_t i = 0; i < COUNT_OF(elements); i++) {
        if (read_is_filled(record, elements[i].field) ||
            (elements[i].other && read_is_filled(record, elements[i].other)))
            continue;
        first = first ? first : elements[i].field;
        buffer_addf(&missing, "%s%s", missing.length ? "、" : "", elements[i].label);
    }
    if (first)
        rule_report(rule, findings, first, "削减替代方案五项要素不全，缺：%s，请补齐后再报批",
                    missing.text);
    buffer_release(&missing);
}

const struct rule rule_elements = {
    .id = "V13",
    .severity = SEVERITY_ERROR,
    .reg = "construction_project",
    .label = "削减替代方案五项要素要齐全",
    .basis = J12 "二（三）",
    .check = check_elements,
};

static void check_approval(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    struct date opinion, approval;
    if (!read_date(record, "eia_on", &approval) || read_says(record, "exempted", true))
        return;
    if (!read_date(record, "quota_opinion_on", &opinion))
        rule_report(rule, findings, "quota_opinion_on",
                    "环评已经批复，却没有总量核准意见的日期，请补填；没有核准意见的不得批复环评");
    else if (date_compare(approval, opinion) < 0)
        rule_report(rule, findings, "eia_on",
                    "环评批复 %s 早于总量核准意见 %s，应先核准总量再批环评，请核对日期",
                    read_text(record, "eia_on"), read_text(record, "quota_opinion_on"));
}

const struct rule rule_approval = {
    .id = "V14",
    .severity = SEVERITY_ERROR,
    .reg = "construction_project",
    .label = "先有总量核准意见，再批环评",
    .basis = J12 "二（一）；" YN "三（五）1",
    .check = check_approval,
};

static void check_exemption(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    (void)context;
    static const char *const conditions[] = {"waste_kinds_met", "waste_origin_met", "location_met",
                                             "process_met", "treatment_met"};
    if (!read_says(record, "exempted", true) ||
        !read_is(record, "exemption_kind", "利用涉重金属固体废物"))
        return;
    for (size_t i = 0; i < COUNT_OF(conditions); i++) {
        if (read_says(record, conditions[i], true))
            continue;
        struct buffer label = {0};
        read_label(record, conditions[i], &label);
        rule_report(rule, findings, conditions[i],
                    "豁免替代要五项条件都核对符合，“%s”还没有，请核对后填是，不符合的不能豁免",
                    label.text);
        buffer_release(&label);
    }
}

const struct rule rule_exemption = {
    .id = "V15",
    .severity = SEVERITY_ERROR,
    .reg = "construction_project",
    .label = "豁免替代要有五项条件的核对记录",
    .basis = J10 "四（三）；" J12 "五；" GX "四（二）",
    .check = check_exemption,
};

/* ---- V25 ---- */

static void check_permit_change(const struct rule *rule, const struct record *record,
                                const struct check_context *context, struct findings *findings)
{
    struct deadline deadline;
    if (context->today.year == 0 || read_is_filled(record, "permit_change_applied_on") ||
        !quota_permit_due(record, context, &deadline) ||
        date_compare(context->today, deadline.due) <= 0)
        return;
    char due[DATE_TEXT_SIZE];
    date_format(deadline.due, due);
    rule_report(rule, findings, "permit_change_applied_on",
                "排污许可证应在 %s 前申请变更，现已逾期，请督促企业申请并填写申请日期", due);
}

const struct rule rule_permit_change = {
    .id = "V25",
    .severity = SEVERITY_WARNING,
    .label = "让出指标、完成减排后按时变更排污许可证",
    .basis = J12 "四（30 日）；" YN "三（五）2（30 个工作日）",
    .check = check_permit_change,
};
