/* The grades of a legacy site against what the program proposes, and what the works have brought.
 */
#include "core/facts.h"
#include "core/grade.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#include <string.h>

#define J10    "吉环固体字〔2022〕10号 四（八）"
#define YN     "滇规划 三（二）3"
#define EFFECT "DB61/T 1990-2025（治理成效评估）；" YN

/* ---- own and proposed ---- */

static void check_override(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    for (enum grade_dimension i = 0; i < GRADE_DIMENSIONS; i++) {
        const struct grade_place *place = &grade_places[i];
        enum grade own = grade_own(record, i), proposed = grade_proposed(record, i);
        bool says_something = grade_is_rated(proposed) || proposed == GRADE_NO_DATA;
        if (!own || !says_something || own == proposed || !place->reason ||
            read_is_filled(record, place->reason))
            continue;
        rule_report(rule, findings, place->reason,
                    "%s评的是%s，程序建议%s，两者不同，请写明评级的依据，或改用建议的等级",
                    place->label, grade_name(own), grade_name(proposed));
    }
}

/* By its links a new sample or receptor also makes the proposals be worked out again. */
const struct rule rule_override = {
    .id = "V95",
    .severity = SEVERITY_ERROR,
    .reg = "legacy_site",
    .links = {{"sample", "site", "id"}, {"receptor", "site", "id"}},
    .label = "评的等级与程序建议不同的要写依据",
    .basis = J10 "；" YN "（一点一策）",
    .check = check_override,
};

/* ---- 效果评估 ---- */

static bool report_gap(const struct rule *rule, const struct record *record,
                       struct findings *findings)
{
    static const char *const names[] = {"works_done_on", "effect_evaluated_on", "effect_conclusion",
                                        "effect_basis"};
    bool any = false;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct buffer label = {0};
        if (read_is_filled(record, names[i]))
            continue;
        any = true;
        read_label(record, names[i], &label);
        rule_report(rule, findings, names[i],
                    "已到%s阶段，还没有填%s：完工后要评估治理效果，请补填",
                    read_text(record, "stage"), label.text);
        buffer_release(&label);
    }
    return any;
}

static void check_figures(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    struct grading grading;
    grading_work_out(record, context, &grading);
    if (grading.effect_count == 0)
        rule_report(rule, findings, "effect_basis",
                    "没有哪个点位在开工前和完工后都测过同一元素，看不出效果；"
                    "请在治理前的点位复测，点位名称写得与以前一样");
    for (size_t i = 0; i < grading.effect_count; i++)
        if (!grading.effects[i].is_better && read_is(record, "effect_conclusion", "达到目标"))
            rule_report(
                rule, findings, "effect_conclusion",
                "结论是达到目标，而监测结果没有下降（%s），请核对结论或写明原因后改为部分达到",
                grading.effects[i].text);
    grading_release(&grading);
}

static void check_effect(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    if (!read_is(record, "stage", "验收|管护"))
        return;
    if (read_is(record, "stage", "管护") && read_is(record, "effect_conclusion", "未达到"))
        rule_report(rule, findings, "stage",
                    "效果评估未达到目标，不能转入管护，请退回方案或施工，重新治理后再评估");
    if (!report_gap(rule, record, findings))
        check_figures(rule, record, context, findings);
}

const struct rule rule_effect = {
    .id = "V96",
    .severity = SEVERITY_ERROR,
    .reg = "legacy_site",
    .links = {{"sample", "site", "id"}},
    .label = "治理后的点位要有效果评估和前后对比的监测",
    .basis = EFFECT,
    .check = check_effect,
};

/* ---- what is missing ---- */

static bool has_any(const struct record *site, const struct check_context *context, const char *reg)
{
    static const char *const wanted[] = {"site", NULL};
    return *site->id &&
           facts_any(context,
                     &(struct facts_query){
                         .reg = reg, .field = "site", .value = site->id, .wanted = wanted});
}

static void check_unsampled(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    struct buffer media = {0};
    if (!read_is_filled(record, "problem_types") || has_any(record, context, "sample"))
        return;
    grade_write_media(record, &media);
    rule_report(rule, findings, "pollution_grade",
                "监测结果台账里没有这个点位的结果，污染程度无从评起，请先监测：%s", media.text);
    buffer_release(&media);
}

const struct rule rule_unsampled = {
    .id = "V97",
    .severity = SEVERITY_WARNING,
    .reg = "legacy_site",
    .links = {{"sample", "site", "id"}},
    .label = "没有监测结果的点位要先监测",
    .basis = J10 "（污染程度）",
    .check = check_unsampled,
};

static void check_receptors(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    bool none = read_is(record, "receptor_state", "10 km 内无");
    if (!read_is_filled(record, "receptor_state"))
        return;
    bool any = has_any(record, context, "receptor");
    if (!none && !any)
        rule_report(
            rule, findings, "receptor_state",
            "敏感目标一个也没有登记，请在敏感目标表里逐个补上，查过确实没有的选“10 km 内无”");
    else if (none && any)
        rule_report(rule, findings, "receptor_state",
                    "选了“10 km 内无”，而敏感目标表里登记了，请核对，有的改选“已登记”");
}

const struct rule rule_receptors = {
    .id = "V98",
    .severity = SEVERITY_ERROR,
    .reg = "legacy_site",
    .links = {{"receptor", "site", "id"}},
    .label = "敏感目标要逐个登记，没有的要写明",
    .basis = J10 "（环境敏感度）",
    .check = check_receptors,
};

static bool note_latest(void *data, const struct record *sample)
{
    struct buffer *latest = data;
    const char *day = record_text(sample, "sampled_on");
    if (strcmp(day, buffer_text(latest)) > 0) {
        buffer_clear(latest);
        buffer_add(latest, day);
    }
    return true;
}

static void check_outdated(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    static const char *const wanted[] = {"sampled_on", NULL};
    const char *graded = read_text(record, "graded_on");
    struct buffer latest = {0};
    if (!graded || !*record->id)
        return;
    facts_each(context,
               &(struct facts_query){
                   .reg = "sample", .field = "site", .value = record->id, .wanted = wanted},
               note_latest, &latest);
    if (strcmp(buffer_text(&latest), graded) > 0)
        rule_report(rule, findings, "graded_on",
                    "评级（%s）以后又有 %s 采样的结果，请复核等级，并把评级日期改成复核的日期",
                    graded, latest.text);
    buffer_release(&latest);
}

const struct rule rule_outdated = {
    .id = "V99",
    .severity = SEVERITY_WARNING,
    .reg = "legacy_site",
    .links = {{"sample", "site", "id"}},
    .label = "有新的监测结果要复核等级",
    .basis = "行动方案（分级、动态调整）",
    .check = check_outdated,
};
