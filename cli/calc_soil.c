/* calc soil: a soil result against GB 15618 (farmland) or GB 36600 (building land). */
#include "cli/calc_verdict.h"
#include "core/text.h"

struct typed {
    const char *element, *land, *ph, *value, *unit, *standard;
};

static const char *const risks[] = {
    [RISK_UNKNOWN] = "undetermined",
    [RISK_LOW] = "low",
    [RISK_POSSIBLE] = "possible",
    [RISK_HIGH] = "high",
};
static const char *const risk_labels[] = {
    [RISK_UNKNOWN] = "无法判定",
    [RISK_LOW] = "风险低",
    [RISK_POSSIBLE] = "可能存在风险",
    [RISK_HIGH] = "风险高",
};

static bool fill(struct verdict_case *asked, const struct typed *typed, struct error *err)
{
    if (text_is_empty(typed->element) || text_is_empty(typed->value))
        return error_set(err, ERROR_USAGE,
                         "请用 --element 写元素、--value 写监测值，例如：--element 镉 --land 水田 "
                         "--ph 5.5 --value 0.31");
    return verdict_case_set(asked, "--element", "factor", typed->element, err) &&
           verdict_case_set(asked, "--land", "land_use", typed->land, err) &&
           verdict_case_set(asked, "--ph", "soil_ph", typed->ph, err) &&
           verdict_case_set(asked, "--unit", "unit", typed->unit ? typed->unit : "mg/kg", err) &&
           verdict_case_set(asked, "--value", "value", typed->value, err) &&
           verdict_case_set(asked, "--land", "medium", "土壤", err) &&
           verdict_case_set(asked, "--land", "point_type", "土壤", err) &&
           verdict_case_check(asked, err);
}

static void add_field(struct answer *answer, const char *key, const char *label,
                      const struct record *sample, const char *field)
{
    struct buffer text = {0};
    record_format(sample, field, &text);
    answer_add_text(answer, key, label, buffer_text(&text));
    buffer_release(&text);
}

static void add_missing(struct answer *answer, const struct judgement *judgement)
{
    buffer_addf(answer_add(answer, "missing", NULL, true), "[%s%s%s]",
                judgement->lacks_use ? "\"land\"" : "",
                judgement->lacks_use && judgement->lacks_ph ? "," : "",
                judgement->lacks_ph ? "\"ph\"" : "");
}

/* Both values must have been compared with the standard, as far as there are any. */
static bool is_verified(const struct judgement *judgement)
{
    return judgement->screening.is_known && judgement->screening.is_verified &&
           (!judgement->intervention.is_known || judgement->intervention.is_verified);
}

static void fill_answer(struct answer *answer, const struct record *sample,
                        const struct judgement *judgement)
{
    struct buffer ph = {0};
    record_format(sample, "soil_ph", &ph);
    add_field(answer, "element", "元素", sample, "factor");
    add_field(answer, "land", "土地利用", sample, "land_use");
    buffer_add(answer_add(answer, "ph", NULL, true), ph.length ? ph.text : "null");
    if (ph.length)
        buffer_add(answer_add(answer, NULL, "土壤 pH", false), ph.text);
    add_field(answer, "value", "监测值", sample, "value");
    add_field(answer, "unit", "单位", sample, "unit");
    answer_add_amount(answer, "screening", "风险筛选值", &judgement->screening);
    answer_add_amount(answer, "intervention", "风险管制值", &judgement->intervention);
    answer_add_text(answer, "verdict", NULL, risks[judgement->risk]);
    buffer_add(answer_add(answer, NULL, "判定", false), risk_labels[judgement->risk]);
    answer_add_text(answer, "standard", "标准", buffer_text(&judgement->number));
    buffer_add(answer_add(answer, "verified", NULL, true),
               is_verified(judgement) ? "true" : "false");
    answer_add_text(answer, "formula", "算式", buffer_text(&judgement->formula));
    add_missing(answer, judgement);
    answer_add_sentence(answer, judgement);
    buffer_release(&ph);
}

static bool answer_asked(const struct cli *cli, const struct verdict_case *asked,
                         const struct typed *typed, struct error *err)
{
    struct judgement judgement;
    struct answer answer = {.count = 0};
    judge(&(struct judge_question){.sample = &asked->sample, .standard = typed->standard},
          &asked->context, &judgement);
    fill_answer(&answer, &asked->sample, &judgement);
    bool ok = answer_print(&answer, cli, "", err);
    answer_release(&answer);
    judgement_release(&judgement);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    struct typed typed = {.element = NULL};
    struct verdict_case asked;
    const struct option options[] = {
        {.name = "--element", .value = &typed.element},
        {.name = "--land", .value = &typed.land},
        {.name = "--ph", .value = &typed.ph},
        {.name = "--value", .value = &typed.value},
        {.name = "--unit", .value = &typed.unit},
        {.name = "--standard", .value = &typed.standard},
        {.name = NULL},
    };
    if (!cli_parse(cli, argc, argv, options, 0, 0, err))
        return false;
    bool ok = verdict_case_begin(&asked, cli, err) && fill(&asked, &typed, err) &&
              answer_asked(cli, &asked, &typed, err);
    verdict_case_end(&asked);
    return ok;
}

const struct command calc_soil = {
    .name = "soil",
    .usage = "--element 镉 --land 水田|水旱轮作|果园|其他|第一类用地|第二类用地 --ph N --value V "
             "[--unit μg/kg] [--standard GB15618|GB36600]",
    .help =
        "土壤结果对照 GB 15618 或 GB 36600：风险低、可能存在风险、风险高；缺 pH 或用地的不作判断",
    .run = run,
};
