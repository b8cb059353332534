/* What follows from a measured value that exceeds its limit. */
#include "core/facts.h"
#include "core/judge.h"
#include "core/registers/shared.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#include <string.h>

struct search {
    struct date since;
    bool is_found;
};

/* A problem found before the sample was taken is another one, unless it is still open. */
static bool is_about_it(void *data, const struct record *problem)
{
    struct search *search = data;
    struct date found;
    search->is_found =
        !record_matches(problem, problem->reg->deadline->closed) ||
        (read_date(problem, "found_on", &found) && date_compare(found, search->since) >= 0);
    return !search->is_found;
}

static void check_exceedance(const struct rule *rule, const struct record *record,
                             const struct check_context *context, struct findings *findings)
{
    struct search search = {.is_found = false};
    bool asked = false;
    if (!read_is(record, "verdict", "超标") || !read_date(record, "sampled_on", &search.since))
        return;
    for (size_t i = 0; i < OBJECT_FIELD_COUNT && !search.is_found; i++) {
        const char *field = object_fields[i].name, *object = read_text(record, field);
        if (!object || object_fields[i].type != TYPE_REF)
            continue;
        asked = true;
        facts_each(context,
                   &(struct facts_query){.reg = "problem", .field = field, .value = object},
                   is_about_it, &search);
    }
    if (asked && !search.is_found)
        rule_report(rule, findings, "verdict",
                    "监测结果超标，却没有登记整改问题，请核实结果并登记问题；已在整改的核对对象");
}

/* The verdict that is stored tells which samples are worth judging again: few are above. */
static void check_clue(const struct rule *rule, const struct record *record,
                       const struct check_context *context, struct findings *findings)
{
    struct judgement judgement;
    struct buffer text = {0};
    if (!read_is(record, "verdict", "超标"))
        return;
    judge_sample(record, context, &judgement);
    judge_write_clue(&judgement.clue, &text);
    if (text.length)
        rule_report(rule, findings, "verdict_times", "%s", text.text);
    buffer_release(&text);
    judgement_release(&judgement);
}

struct owner {
    const char *id; /* of the enterprise that the sample is about */
    bool is_other;
};

static bool is_other_owner(void *data, const struct record *outlet)
{
    struct owner *owner = data;
    const char *enterprise = read_text(outlet, "enterprise");
    owner->is_other = enterprise && strcmp(enterprise, owner->id) != 0;
    return false;
}

static void check_outlet(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    static const char *const wanted[] = {"enterprise", NULL};
    struct owner owner = {.id = read_text(record, "enterprise")};
    const char *outlet = read_text(record, "outlet");
    if (!outlet || !owner.id)
        return;
    facts_each(
        context,
        &(struct facts_query){.reg = "outlet", .field = "id", .value = outlet, .wanted = wanted},
        is_other_owner, &owner);
    if (owner.is_other)
        rule_report(rule, findings, "outlet",
                    "所选排放口是另一家企业的，会用错限值，请改选本企业的排放口或核对涉及企业");
}

const struct rule rule_outlet = {
    .id = "V73",
    .severity = SEVERITY_ERROR,
    .reg = "sample",
    .links = {{"outlet", "id", "outlet"}},
    .label = "监测结果的排放口应属于所填企业",
    .basis = "HJ 608-2017（排放口编号属于排污单位）",
    .check = check_outlet,
};

const struct rule rule_clue = {
    .id = "V100",
    .severity = SEVERITY_HINT,
    .reg = "sample",
    .links = {{"outlet", "id", "outlet"}, {"thallium_enterprise", "enterprise", "enterprise"}},
    .label = "超过排放标准三倍以上的重金属结果交法制审核",
    .basis = "最高人民法院、最高人民检察院关于办理环境污染刑事案件适用法律若干问题的解释",
    .check = check_clue,
};

const struct rule rule_exceedance = {
    .id = "V69",
    .severity = SEVERITY_WARNING,
    .reg = "sample",
    .links = {{"problem", "enterprise", "enterprise"},
              {"problem", "site", "site"},
              {"problem", "cadmium_source", "cadmium_source"},
              {"problem", "tailings_pond", "tailings_pond"},
              {"problem", "manganese_mine", "manganese_mine"},
              {"problem", "slag_yard", "slag_yard"},
              {"problem", "park", "park"},
              {"outlet", "id", "outlet"},
              {"thallium_enterprise", "enterprise", "enterprise"}},
    .label = "超标的监测结果应登记整改问题",
    .basis = "吉环固体字〔2022〕10号 四（七）；桂重金属方案 四（三）（问题台账）",
    .check = check_exceedance,
};
