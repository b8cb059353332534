/* Emission quota: what a project must replace, where it comes from, and who changes which permit.
 */
#include "core/quota.h"
#include "core/decimal.h"
#include "core/facts.h"
#include "core/quota_guard.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#include <stdio.h>
#include <string.h>

#define J10 "吉环固体字〔2022〕10号 "
#define J12 "吉环固体字〔2022〕12号 "
#define GX  "桂重金属方案 "
#define YN  "滇规划 "

/* ---- V11 ---- */

/* As long as no transfer was ever entered, what the replacement plan promises. */
static void find_cover(const struct record *record, const struct check_context *context,
                       struct loads *covered)
{
    struct book book = {.entries = NULL};
    struct account account = account_of(ACCOUNT_PROJECT, record->id);
    if (book_add_transfers(&book, context, "project", record->id, "") == 0)
        loads_read(record, &load_groups[LOAD_SOURCE], covered);
    else
        book_balance(&book, &account, account_end, covered);
    book_release(&book);
}

/* The policies speak of the sum of five metals; what a single metal that is not covered amounts to
 * is a parameter. False: nothing. */
static bool metal_severity(const struct check_context *context, enum severity *severity)
{
    struct buffer text = {0};
    bool told = true;
    facts_parameter_text(context, "per_metal_severity", &text);
    *severity = SEVERITY_WARNING;
    if (strcmp(buffer_text(&text), "不查") == 0)
        told = false;
    for (int i = 0; i < SEVERITY__COUNT; i++)
        if (strcmp(buffer_text(&text), severity_name((enum severity)i)) == 0)
            *severity = (enum severity)i;
    buffer_release(&text);
    return told;
}

static void check_cover(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    struct loads covered, needed, shortage;
    enum severity severity;
    bool metals = metal_severity(context, &severity);
    find_cover(record, context, &covered);
    account_shortage(record, &covered, &needed, &shortage);
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++) {
        bool sum = i == LOAD_METAL_COUNT;
        char less[DECIMAL_TEXT_SIZE], more[DECIMAL_TEXT_SIZE];
        if (shortage.kg[i] == 0 || (!sum && !metals))
            continue;
        decimal_format(covered.kg[i], LOAD_SCALE, less);
        decimal_format(needed.kg[i], LOAD_SCALE, more);
        findings_add(findings,
                     &(struct finding){.rule = rule->id,
                                       .severity = sum ? SEVERITY_ERROR : severity,
                                       .field = load_field_name(&load_required, i),
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
    int64_t ratio, usual = facts_parameter(context, "ratio_default", RATIO_SCALE, 1000);
    if (!region || !read_integer(record, "ratio", &ratio))
        return;
    facts_each(context,
               &(struct facts_query){.reg = "key_region", .field = "region", .value = region},
               take_ratio, &demand);
    bool is_key = demand.ratio > usual;
    int64_t wanted = is_key ? demand.ratio : usual;
    if (ratio >= wanted)
        return;
    char least[DECIMAL_TEXT_SIZE];
    decimal_format(wanted, RATIO_SCALE, least);
    rule_report(rule, findings, "ratio", "%s替代比例不得低于 %s%s，请改正替代比例",
                is_key ? "项目在重点区域，" : "", least,
                demand.conflict ? "（两处规定不一致，按较严的执行）" : "");
}

static void check_replacement(const struct rule *rule, const struct record *record,
                              const struct check_context *context, struct findings *findings)
{
    if (account_is_exempt(record))
        return;
    check_cover(rule, record, context, findings);
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

/* For files that come from elsewhere: here the store refuses what this speaks about. */
static void check_source(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    struct buffer sentence = {0};
    if (read_says(record, "voided", true))
        return;
    if (quota_is_unlisted(record, context))
        rule_report(rule, findings, "source",
                    "替代来源不在国家核定的全口径清单内，不能作为来源，请另找来源");
    quota_describe_flaw(record, context, &sentence);
    if (!sentence.length)
        quota_describe_overspending(record, context, &sentence);
    if (sentence.length)
        rule_report(rule, findings, "source", "%s", sentence.text);
    buffer_release(&sentence);
}

const struct rule rule_source = {
    .id = "V12",
    .severity = SEVERITY_ERROR,
    .reg = "quota_transfer",
    .links = {{"reduction_project", "id", "source"},
              {"quota_transfer", "source", "source"},
              {"construction_project", "id", "project"}},
    .label = "指标来源不能重复使用，须是已核定的重点行业生产线的减排量",
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

/* ---- V85, V86, V87 ---- */

static void check_rebase(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    struct date due;
    int year;
    const char *period = read_text(record, "rebase_period");
    if (context->today.year == 0 || !quota_rebase_due(record, context, &due) ||
        date_compare(context->today, due) <= 0 ||
        (period && sscanf(period, "%4d", &year) == 1 && year >= due.year))
        return;
    char text[DATE_TEXT_SIZE];
    date_format(due, text);
    rule_report(rule, findings, "rebase_period",
                "%d 年的转让应在 %s 前重新核定总量基数，请查核定文件，填上基数核定年度",
                due.year - 1, text);
}

const struct rule rule_rebase = {
    .id = "V85",
    .severity = SEVERITY_WARNING,
    .reg = "quota_transfer",
    .label = "转让之后按期重新核定总量基数",
    .basis = J12 "四（每年3月底前）",
    .check = check_rebase,
};

static void check_basis(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    (void)context;
    if (!account_basis_fits(record))
        rule_report(rule, findings, "load_basis",
                    "%s的企业不能用%s核算减排量，%s，请改正依据，否则不能作指标来源",
                    read_text(record, "permit_held"), read_text(record, "load_basis"),
                    read_is(record, "permit_held", "已领证")
                        ? "只能用许可量差值（在产）或注销许可有效量（关停）"
                        : "只能用环评差值，环评没有规定排放量的用核算报告");
}

const struct rule rule_basis = {
    .id = "V86",
    .severity = SEVERITY_ERROR,
    .reg = "reduction_project",
    .label = "减排量的核算依据要与许可证情况相合",
    .basis = J12 "三（一）（二）",
    .check = check_basis,
};

struct twins {
    const struct record *transfer;
    size_t count;
};

static bool count_twin(void *data, const struct record *other)
{
    struct twins *twins = data;
    twins->count += strcmp(other->id, twins->transfer->id) != 0 &&
                    !read_says(other, "voided", true) &&
                    quota_is_same_paper(other, twins->transfer);
    return true;
}

/* One opinion may be drawn on in equal parts; the store refuses those of the same day. */
static void check_twins(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    const char *project = read_text(record, "project");
    struct twins twins = {.transfer = record};
    if (!project || read_says(record, "voided", true))
        return;
    facts_each(context,
               &(struct facts_query){.reg = "quota_transfer", .field = "project", .value = project},
               count_twin, &twins);
    if (twins.count)
        rule_report(
            rule, findings, "province_opinion_no",
            "另有 %zu 笔转让的文号、来源、项目和数量都相同，请核对是不是同一份文件登记了两次",
            twins.count);
}

const struct rule rule_one_paper = {
    .id = "V87",
    .severity = SEVERITY_WARNING,
    .reg = "quota_transfer",
    .links = {{"quota_transfer", "project", "project"}},
    .label = "同一份核准意见不重复登记转让",
    .basis = J12 "二（一）、四",
    .check = check_twins,
};

/* ---- V88 ---- */

static void check_origin(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    (void)context;
    if (read_is_filled(record, "transferred_total_kg") && !read_is_filled(record, "source") &&
        !read_is_filled(record, "from_name"))
        rule_report(rule, findings, "source",
                    "没有写指标从哪里来：本清单里的减排工程填来源工程，外地调入的填外地出让单位");
}

const struct rule rule_origin = {
    .id = "V88",
    .severity = SEVERITY_ERROR,
    .reg = "quota_transfer",
    .label = "转让要写明指标来源",
    .basis = J12 "二（一）（无明确具体总量来源的不得批准）",
    .check = check_origin,
};
