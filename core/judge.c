#include "core/judge.h"
#include "core/decimal.h"
#include "core/judge_limit.h"
#include "core/registers/assay.h"
#include "core/rules/reading.h"
#include "core/text.h"

#include <string.h>

/* How the value stands to the limit. */
enum outcome { WITHIN, OVER, UNKNOWN };

struct comparison {
    enum outcome outcome;
    struct measure number; /* what was compared: the value, or the limit of detection */
    bool undetected;
    int64_t value, limit; /* in the finer unit */
};

static void say(struct judgement *judgement, enum verdict verdict, const char *sentence)
{
    judgement->verdict = verdict;
    buffer_add(&judgement->sentence, sentence);
}

/* ---- comparing ---- */

/* A result below the limit of detection that was written as a number counts as not detected. */
static bool is_undetected(const struct record *sample, struct measure *measure)
{
    struct measure least;
    int64_t value, limit;
    if (measure->qualifier == '<')
        return true;
    if (measure->qualifier || !assay_read(sample, "detection_limit", "unit", &least) ||
        !measure_align(measure, &least, &value, &limit) || value >= limit)
        return false;
    *measure = least;
    measure->qualifier = '<';
    return true;
}

static void compare(const struct record *sample, const struct measure *measure,
                    const struct measure *limit, struct comparison *comparison)
{
    *comparison = (struct comparison){.number = *measure};
    comparison->undetected = is_undetected(sample, &comparison->number);
    bool comparable =
        measure_align(&comparison->number, limit, &comparison->value, &comparison->limit);
    bool above = comparison->value > comparison->limit;
    bool is_range = comparison->number.qualifier == '>';
    if (!comparable)
        comparison->outcome = UNKNOWN;
    else if (comparison->undetected)
        comparison->outcome = above ? UNKNOWN : WITHIN;
    else if (is_range)
        comparison->outcome = comparison->value >= comparison->limit ? OVER : UNKNOWN;
    else
        comparison->outcome = above ? OVER : WITHIN;
}

static void add_amount(const struct measure *measure, struct buffer *out)
{
    measure_format(measure, NULL, out);
}

/* ---- how many times ---- */

/* (C − S) ÷ S with two decimals, three where two would say nothing. */
static bool count_times(struct comparison comparison, int *scale, bool *exact, int64_t *times)
{
    enum { USUAL_SCALE = 2 };
    int64_t over = comparison.value - comparison.limit, above, below;
    for (*scale = USUAL_SCALE; *scale <= JUDGE_TIMES_SCALE; ++*scale) {
        int64_t unit = decimal_unit(*scale);
        if (comparison.limit <= 0 || !decimal_multiply(over, unit, comparison.limit, times) ||
            !decimal_multiply_up(over, unit, comparison.limit, &above) ||
            !decimal_multiply_up(-over, unit, comparison.limit, &below))
            return false;
        *exact = above == -below;
        if (*times > 0)
            return true;
    }
    --*scale;
    return true;
}

static void write_times(struct judgement *judgement, struct comparison comparison)
{
    char value[DECIMAL_TEXT_SIZE], limit[DECIMAL_TEXT_SIZE], times[DECIMAL_TEXT_SIZE];
    int scale;
    bool exact;
    if (!count_times(comparison, &scale, &exact, &judgement->times)) {
        judgement->times = -1;
        return;
    }
    decimal_format(comparison.value, DECIMAL_MAX_SCALE, value);
    decimal_format(comparison.limit, DECIMAL_MAX_SCALE, limit);
    decimal_format(judgement->times, scale, times);
    buffer_addf(&judgement->formula, "(%s − %s) ÷ %s %s %s 倍", value, limit, limit,
                exact ? "=" : "≈", times);
    if (!decimal_rescale(judgement->times, scale, JUDGE_TIMES_SCALE, &judgement->times))
        judgement->times = -1;
}

/* Two readings of 三倍以上 are in use: both figures are given, the conclusion is left to lawyers.
 */
static void write_clue(const struct limit_search *search, struct comparison comparison,
                       struct buffer *out)
{
    static const char *const metals[] = {"铅", "汞", "镉", "铬", "砷", "铊", "锑"};
    enum { CLUE = 3 };
    int64_t tenths;
    char times[DECIMAL_TEXT_SIZE];
    if (comparison.limit <= 0 || comparison.value / CLUE < comparison.limit ||
        !limit_is_outlet(search->point) ||
        !decimal_multiply(comparison.value, 10, comparison.limit, &tenths))
        return;
    decimal_format(tenths, 1, times);
    for (size_t i = 0; i < COUNT_OF(metals); i++)
        if (strcmp(metals[i], search->factor) == 0)
            buffer_addf(out, "；浓度是限值的 %s 倍，交法制审核是否涉嫌犯罪", times);
}

/* ---- the sentence ---- */

/* "铊 0.13 μg/L 高于限值 0.0001 mg/L（GB 3838-2002 …）" */
static void write_comparison(const struct limit_search *search, struct comparison comparison,
                             const struct limit_found *limit, const char *state, struct buffer *out)
{
    static const char *const relations[] = {
        [WITHIN] = "不高于", [OVER] = "高于", [UNKNOWN] = "比不出是否高于"};
    struct measure number = comparison.number;
    if (comparison.undetected)
        number.qualifier = '\0';
    buffer_addf(out, "%s%s ", search->factor, comparison.undetected ? "未检出，检出限" : "");
    add_amount(&number, out);
    buffer_addf(out, " %s%s ",
                comparison.undetected && comparison.outcome == UNKNOWN
                    ? "高于"
                    : relations[comparison.outcome],
                state);
    add_amount(&limit->value, out);
    buffer_addf(out, "（%s）", buffer_text(&limit->name));
}

static void write_control(const struct limit_search *search, const struct record *sample,
                          enum outcome outcome, struct buffer *out)
{
    struct comparison control;
    if (!search->control.found)
        return;
    compare(sample, &search->measure, &search->control.value, &control);
    if (control.outcome == OVER) {
        buffer_add(out, "；也高于风险管制值 ");
        add_amount(&search->control.value, out);
        buffer_add(out, "，风险高，严格管控");
    } else if (outcome == OVER) {
        buffer_add(out, "；不高于风险管制值 ");
        add_amount(&search->control.value, out);
        buffer_add(out, "，可能存在风险，安全利用");
    }
}

/* A stricter limit that nobody has checked is not passed over in silence. */
static void write_stricter(const struct limit_search *search, const struct record *sample,
                           struct buffer *out)
{
    const struct limit_found *other = &search->best[STANDS_UNVERIFIED];
    struct comparison comparison;
    if (!other->found)
        return;
    compare(sample, &search->measure, &other->value, &comparison);
    if (comparison.outcome != OVER)
        return;
    buffer_add(out, "；但高于未核的限值 ");
    add_amount(&other->value, out);
    buffer_addf(out, "（%s），请核对", buffer_text(&other->name));
}

static void judge_verified(struct judgement *judgement, const struct limit_search *search,
                           const struct record *sample, struct comparison comparison)
{
    static const struct {
        enum verdict verdict;
        const char *begin;
    } says[] = {[WITHIN] = {VERDICT_MET, "达标："},
                [OVER] = {VERDICT_ABOVE, "超标："},
                [UNKNOWN] = {VERDICT_OPEN, "无法判定："}};
    struct buffer *out = &judgement->sentence;
    say(judgement, says[comparison.outcome].verdict, says[comparison.outcome].begin);
    write_comparison(search, comparison, &search->best[STANDS_VERIFIED], "限值", out);
    if (comparison.outcome == OVER) {
        write_times(judgement, comparison);
        if (judgement->formula.length)
            buffer_addf(out, "，超标倍数 %s", judgement->formula.text);
        write_clue(search, comparison, out);
    }
    if (comparison.outcome == UNKNOWN)
        buffer_add(out, "，请换检出限更低的方法重测");
    write_control(search, sample, comparison.outcome, out);
    if (comparison.outcome == WITHIN)
        write_stricter(search, sample, out);
}

static void judge_by(struct judgement *judgement, const struct limit_search *search,
                     const struct record *sample, enum standing standing)
{
    static const struct {
        const char *state, *advice;
    } kinds[] = {
        [STANDS_UNVERIFIED] = {"未核的限值", "；请对照标准原文核对限值，核过以后才作判定"},
        [STANDS_REFERENCE] = {"参照的限值", "；这个限值不一定适用，请核对"},
        [STANDS_ELSEWHERE] =
            {"车间口的限值",
             "；应看车间或生产设施废水排放口，这里的结果证明不了达标，请到车间口采样"},
    };
    const struct limit_found *limit = &search->best[standing];
    struct comparison comparison;
    compare(sample, &search->measure, &limit->value, &comparison);
    add_amount(&limit->value, &judgement->limit);
    buffer_add(&judgement->standard, buffer_text(&limit->name));
    if (standing == STANDS_VERIFIED) {
        judge_verified(judgement, search, sample, comparison);
        return;
    }
    bool is_open = comparison.outcome == UNKNOWN ||
                   (comparison.outcome == WITHIN && standing == STANDS_ELSEWHERE);
    say(judgement, is_open ? VERDICT_OPEN : VERDICT_HINT, is_open ? "无法判定：" : "仅提示：");
    write_comparison(search, comparison, limit, kinds[standing].state, &judgement->sentence);
    buffer_add(&judgement->sentence, kinds[standing].advice);
}

/* Nothing to compare with: why. */
static void tell_gap(struct judgement *judgement, const struct limit_search *search)
{
    struct buffer text = {0};
    if (search->lacks_ph)
        buffer_add(&text, "无法判定：缺土壤 pH，查不了限值，请补测");
    else if (search->other_unit)
        buffer_addf(&text, "无法判定：单位 %s 不能换算成限值的单位，请核对介质和单位",
                    search->measure.unit);
    else if (search->executed.length)
        buffer_addf(&text, "无法判定：基础数据里没有执行标准“%s”的%s限值，请补录并核对",
                    search->executed.text, search->factor);
    else if (limit_is_expected(search->point))
        buffer_addf(&text, "无法判定：基础数据里没有适用于%s的%s限值", search->point,
                    search->factor);
    if (text.length)
        say(judgement, VERDICT_OPEN, text.text);
    buffer_release(&text);
}

/* What must be there before a limit can be looked for; says what is not. */
static bool read_sample(struct judgement *judgement, struct limit_search *search)
{
    const struct record *sample = search->sample;
    search->factor = read_text(sample, "factor");
    search->point = read_text(sample, "point_type");
    search->land_use = read_text(sample, "land_use");
    search->sampled_on = read_text(sample, "sampled_on");
    if (!search->point && read_is(sample, "medium", "土壤"))
        search->point = "土壤";
    if (!search->factor || !read_is_filled(sample, "value"))
        return false;
    if (!assay_read(sample, "value", "unit", &search->measure))
        say(judgement, VERDICT_OPEN,
            read_is_filled(sample, "unit")
                ? "无法判定：监测值里写的单位与“单位”一栏不能换算，请改成一致"
                : "无法判定：没有写明单位，mg/L 与 ng/L 相差一百万倍，请照报告补上单位");
    else if (!search->point)
        say(judgement, VERDICT_OPEN, "无法判定：没有填点位类型，不知道用哪个限值");
    else if (strcmp(search->point, "土壤") == 0 && !search->land_use)
        say(judgement, VERDICT_OPEN,
            read_is_filled(sample, "soil_ph")
                ? "无法判定：缺土地利用，查不了限值，请补填"
                : "无法判定：缺土地利用，查不了限值，请补填；农用地还要填土壤 pH");
    else
        return true;
    return false;
}

void judge_sample(const struct record *sample, const struct check_context *context,
                  struct judgement *judgement)
{
    struct limit_search search = {.sample = sample, .context = context};
    *judgement = (struct judgement){.times = -1};
    if (!read_sample(judgement, &search))
        return;
    limit_search_run(&search);
    size_t standing = 0;
    while (standing < STANDING__COUNT && !search.best[standing].found)
        standing++;
    if (standing == STANDING__COUNT || search.lacks_ph)
        tell_gap(judgement, &search);
    else
        judge_by(judgement, &search, sample, (enum standing)standing);
    limit_search_release(&search);
}

void judgement_release(struct judgement *judgement)
{
    buffer_release(&judgement->limit);
    buffer_release(&judgement->standard);
    buffer_release(&judgement->formula);
    buffer_release(&judgement->sentence);
}

void judge_conclude(struct record *sample, const struct check_context *context)
{
    struct judgement judgement;
    judge_sample(sample, context, &judgement);
    const struct {
        const char *field, *text;
    } texts[] = {
        {"verdict", judgement.verdict ? verdict_choices[judgement.verdict - 1] : ""},
        {"verdict_limit", buffer_text(&judgement.limit)},
        {"verdict_standard", buffer_text(&judgement.standard)},
        {"verdict_reason", buffer_text(&judgement.sentence)},
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        value_set_text(record_value_for_change(sample, texts[i].field), texts[i].text);
    struct value *times = record_value_for_change(sample, "verdict_times");
    value_release(times);
    if (judgement.verdict == VERDICT_ABOVE && judgement.times >= 0)
        value_set_integer(times, judgement.times);
    judgement_release(&judgement);
}
