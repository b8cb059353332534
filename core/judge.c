#include "core/judge.h"
#include "core/decimal.h"
#include "core/facts.h"
#include "core/judge_limit.h"
#include "core/registers/assay.h"
#include "core/rules/reading.h"
#include "core/text.h"

#include <string.h>

struct comparison {
    enum judge_outcome outcome;
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

static void compare_measure(const struct record *sample, const struct measure *measure,
                            const struct measure *limit, struct comparison *comparison)
{
    *comparison = (struct comparison){.number = *measure};
    comparison->undetected = assay_is_undetected(sample, "unit", &comparison->number);
    bool comparable =
        measure_align(&comparison->number, limit, &comparison->value, &comparison->limit);
    bool above = comparison->value > comparison->limit;
    bool is_range = comparison->number.qualifier == '>';
    if (!comparable)
        comparison->outcome = JUDGE_UNKNOWN;
    else if (comparison->undetected)
        comparison->outcome = above ? JUDGE_UNKNOWN : JUDGE_WITHIN;
    else if (is_range)
        comparison->outcome = comparison->value >= comparison->limit ? JUDGE_OVER : JUDGE_UNKNOWN;
    else
        comparison->outcome = above ? JUDGE_OVER : JUDGE_WITHIN;
}

static void compare(const struct limit_search *search, const struct measure *limit,
                    struct comparison *comparison)
{
    compare_measure(search->sample, &search->measure, limit, comparison);
}

enum judge_outcome judge_compare(const struct record *sample, const struct measure *limit)
{
    struct measure measure;
    struct comparison comparison = {.outcome = JUDGE_UNKNOWN};
    if (assay_read(sample, "value", "unit", &measure))
        compare_measure(sample, &measure, limit, &comparison);
    return comparison.outcome;
}

static void add_amount(const struct measure *measure, struct buffer *out)
{
    measure_format(measure, NULL, out);
}

/* ---- how many times ---- */

/* (C − S) ÷ S. */
static bool count_times(struct comparison comparison, bool *exact, int64_t *times)
{
    int64_t over = comparison.value - comparison.limit, above, below;
    int64_t unit = decimal_unit(JUDGE_TIMES_SCALE);
    if (comparison.limit <= 0 || !decimal_multiply(over, unit, comparison.limit, times) ||
        !decimal_multiply_up(over, unit, comparison.limit, &above) ||
        !decimal_multiply_up(-over, unit, comparison.limit, &below))
        return false;
    *exact = above == -below;
    return true;
}

static void write_times(struct judgement *judgement, struct comparison comparison)
{
    char value[DECIMAL_TEXT_SIZE], limit[DECIMAL_TEXT_SIZE], times[DECIMAL_TEXT_SIZE];
    bool exact;
    if (!count_times(comparison, &exact, &judgement->times)) {
        judgement->times = -1;
        return;
    }
    decimal_format(comparison.value, DECIMAL_MAX_SCALE, value);
    decimal_format(comparison.limit, DECIMAL_MAX_SCALE, limit);
    decimal_format(judgement->times, JUDGE_TIMES_SCALE, times);
    buffer_addf(&judgement->formula, "(%s − %s) ÷ %s %s %s 倍", value, limit, limit,
                exact ? "=" : "≈", times);
}

/* ---- the clue of a crime ---- */

/* Hexavalent chromium is chromium. */
#define CLUE_METALS "铅|汞|镉|铬|六价铬|砷|铊|锑"

static void count_clue(const struct limit_search *search, struct comparison comparison,
                       struct judge_clue *clue)
{
    enum { USUAL_BOUND = 3 };
    int64_t unit = decimal_unit(JUDGE_TIMES_SCALE), least;
    if (!search->best[STANDS_VERIFIED].discharge ||
        !record_is_alternative(CLUE_METALS, search->factor))
        return;
    clue->bound =
        facts_parameter(search->context, "crime_times", JUDGE_TIMES_SCALE, USUAL_BOUND * unit);
    clue->is_counted =
        comparison.limit > 0 && clue->bound > 0 &&
        decimal_multiply_up(clue->bound, comparison.limit, unit, &least) &&
        decimal_multiply(comparison.value, unit, comparison.limit, &clue->ratio.times);
    if (!clue->is_counted)
        return;
    clue->excess.times = clue->ratio.times - unit;
    clue->ratio.is_reached = comparison.value >= least;
    clue->excess.is_reached = comparison.value - comparison.limit >= least;
}

bool judge_is_clue(const struct judge_clue *clue)
{
    return clue->is_counted && (clue->ratio.is_reached || clue->excess.is_reached);
}

void judge_write_clue(const struct judge_clue *clue, struct buffer *out)
{
    static const char *const states[] = {"未到", "已到"};
    char bound[DECIMAL_TEXT_SIZE], ratio[DECIMAL_TEXT_SIZE], excess[DECIMAL_TEXT_SIZE];
    if (!judge_is_clue(clue))
        return;
    decimal_format(clue->bound, JUDGE_TIMES_SCALE, bound);
    decimal_format(clue->ratio.times, JUDGE_TIMES_SCALE, ratio);
    decimal_format(clue->excess.times, JUDGE_TIMES_SCALE, excess);
    buffer_addf(out,
                "浓度是限值的 %s 倍（按浓度达到限值 %s 倍算，%s），超过限值 %s 倍（按超过限值 %s "
                "倍算，%s）：涉嫌犯罪线索，交法制审核",
                ratio, bound, states[clue->ratio.is_reached], excess, bound,
                states[clue->excess.is_reached]);
}

/* ---- the sentence ---- */

/* "铊 0.13 μg/L 高于限值 0.0001 mg/L（GB 3838-2002 …）" */
static void write_comparison(const struct limit_search *search, struct comparison comparison,
                             const struct limit_found *limit, const char *state, struct buffer *out)
{
    static const char *const relations[] = {
        [JUDGE_WITHIN] = "不高于", [JUDGE_OVER] = "高于", [JUDGE_UNKNOWN] = "比不出是否高于"};
    struct measure number = comparison.number;
    if (comparison.undetected)
        number.qualifier = '\0';
    buffer_addf(out, "%s%s ", search->factor, comparison.undetected ? "未检出，检出限" : "");
    add_amount(&number, out);
    buffer_addf(out, " %s%s ",
                comparison.undetected && comparison.outcome == JUDGE_UNKNOWN
                    ? "高于"
                    : relations[comparison.outcome],
                state);
    add_amount(&limit->value, out);
    buffer_addf(out, "（%s）", buffer_text(&limit->name));
}

/* A stricter limit that nobody has checked is not passed over in silence. */
static void write_stricter(const struct limit_search *search, struct buffer *out)
{
    const struct limit_found *other = &search->best[STANDS_UNVERIFIED];
    struct comparison comparison;
    if (!other->found)
        return;
    compare(search, &other->value, &comparison);
    if (comparison.outcome != JUDGE_OVER)
        return;
    buffer_add(out, "；但高于未核的限值 ");
    add_amount(&other->value, out);
    buffer_addf(out, "（%s），请核对", buffer_text(&other->name));
}

/* ---- soil ---- */

static bool is_soil(const struct limit_search *search)
{
    return search->point && strcmp(search->point, "土壤") == 0;
}

/* What GB 15618-2018 and GB 36600-2018 want of soil of each risk. */
static const char *risk_words(const struct limit_search *search, enum judge_risk risk)
{
    static const char *const words[][2] = {
        [RISK_UNKNOWN] = {"", ""},
        [RISK_LOW] = {"风险低，优先保护", "风险低"},
        [RISK_POSSIBLE] = {"可能存在风险，安全利用", "可能存在风险，应做详细调查和风险评估"},
        [RISK_HIGH] = {"风险高，严格管控", "风险高，应采取风险管控或修复措施"},
    };
    return words[risk][limit_is_building(search->land_use)];
}

/* Where the value stands between the two values of soil; the screening value is a verified one. */
static void judge_risk(struct judgement *judgement, const struct limit_search *search,
                       enum judge_outcome outcome)
{
    static const char *const begins[] = {[JUDGE_WITHIN] = "；不高于风险管制值 ",
                                         [JUDGE_OVER] = "；也高于风险管制值 ",
                                         [JUDGE_UNKNOWN] = "；比不出是否高于风险管制值 "};
    const struct limit_found *control = &search->control[STANDS_VERIFIED];
    struct buffer *out = &judgement->sentence;
    if (outcome == JUDGE_WITHIN)
        judgement->risk = RISK_LOW;
    if (outcome == JUDGE_OVER && control->found) {
        struct comparison comparison;
        compare(search, &control->value, &comparison);
        if (comparison.outcome != JUDGE_UNKNOWN)
            judgement->risk = comparison.outcome == JUDGE_OVER ? RISK_HIGH : RISK_POSSIBLE;
        buffer_add(out, begins[comparison.outcome]);
        add_amount(&control->value, out);
    } else if (outcome == JUDGE_OVER && search->control[STANDS_UNVERIFIED].found) {
        buffer_add(out, "；风险管制值 ");
        add_amount(&search->control[STANDS_UNVERIFIED].value, out);
        buffer_add(out, " 未核，请对照标准原文核对后再分类");
    } else if (outcome == JUDGE_OVER) {
        buffer_addf(out, "；%s没有风险管制值", search->factor);
        judgement->risk = RISK_POSSIBLE;
    }
    if (judgement->risk)
        buffer_addf(out, "，%s", risk_words(search, judgement->risk));
}

static struct judge_amount amount_of(const struct limit_found *found)
{
    return (struct judge_amount){
        .is_known = found->found, .is_verified = found->verified, .value = found->value};
}

static void keep_soil_values(struct judgement *judgement, const struct limit_search *search)
{
    for (size_t i = STANDING__COUNT; i-- > 0;) {
        if (search->best[i].found)
            judgement->screening = amount_of(&search->best[i]);
        if (search->control[i].found)
            judgement->intervention = amount_of(&search->control[i]);
    }
}

/* ---- the verdict ---- */

/* What a verdict by a verified limit begins with, and how its limit and its times are called. */
static const struct wording {
    const char *begins[JUDGE_UNKNOWN + 1], *limit, *times;
} wordings[] = {
    {{[JUDGE_WITHIN] = "达标：", [JUDGE_OVER] = "超标：", [JUDGE_UNKNOWN] = "无法判定："},
     "限值",
     "超标倍数"},
    {{[JUDGE_WITHIN] = "不超过风险筛选值：",
      [JUDGE_OVER] = "超过风险筛选值：",
      [JUDGE_UNKNOWN] = "无法判定："},
     "风险筛选值",
     "超过倍数"},
};

static void judge_verified(struct judgement *judgement, const struct limit_search *search,
                           const struct limit_found *limit, struct comparison comparison)
{
    static const enum verdict verdicts[] = {
        [JUDGE_WITHIN] = VERDICT_MET, [JUDGE_OVER] = VERDICT_ABOVE, [JUDGE_UNKNOWN] = VERDICT_OPEN};
    const struct wording *words = &wordings[is_soil(search)];
    struct buffer *out = &judgement->sentence;
    say(judgement, verdicts[comparison.outcome], words->begins[comparison.outcome]);
    write_comparison(search, comparison, limit, words->limit, out);
    if (comparison.outcome == JUDGE_OVER) {
        write_times(judgement, comparison);
        if (judgement->formula.length)
            buffer_addf(out, "，%s %s%s", words->times, judgement->formula.text,
                        comparison.number.qualifier == '>' ? "以上" : "");
        count_clue(search, comparison, &judgement->clue);
        buffer_add(out, judge_is_clue(&judgement->clue) ? "；" : "");
        judge_write_clue(&judgement->clue, out);
    }
    if (comparison.outcome == JUDGE_UNKNOWN)
        buffer_add(out, comparison.undetected ? "，请换检出限更低的方法重测"
                                              : "，请换量程合适的方法重测");
    if (is_soil(search))
        judge_risk(judgement, search, comparison.outcome);
    if (comparison.outcome == JUDGE_WITHIN)
        write_stricter(search, out);
}

/* Above every limit of its standard the most lenient counts, and the stricter one is named. */
static void write_other_trade(const struct limit_found *stricter, struct buffer *out)
{
    buffer_add(out, "；执行 ");
    add_amount(&stricter->value, out);
    buffer_addf(out, "（%s）的，请在执行标准里连行业一起写明，再算倍数",
                buffer_text(&stricter->name));
}

/* Above the limit of one trade, not above that of another of the same standard. */
static void judge_between(struct judgement *judgement, const struct limit_search *search,
                          struct comparison comparison)
{
    const struct limit_found *best = &search->best[STANDS_VERIFIED], *rival = &search->rival;
    struct buffer *out = &judgement->sentence;
    say(judgement, VERDICT_HINT, "仅提示：");
    write_comparison(search, comparison, best, "限值", out);
    buffer_add(out, "，没有证明高于 ");
    add_amount(&rival->value, out);
    buffer_addf(out, "（%s）；两个限值管的行业不同，请在执行标准里连行业一起写明，如“%s %s”",
                buffer_text(&rival->name), buffer_text(&rival->number), buffer_text(&rival->trade));
}

static void judge_by(struct judgement *judgement, const struct limit_search *search,
                     enum standing standing)
{
    static const struct {
        const char *state, *advice;
    } kinds[] = {
        [STANDS_UNVERIFIED] = {"未核的限值", "；请对照标准原文核对限值，核过以后才作判定"},
        [STANDS_REFERENCE] = {"参照的限值", "；这个限值不一定适用，请核对"},
        [STANDS_ELSEWHERE] = {"车间口的限值", "；应看车间或生产设施废水排放口，这里的结果证明不了"
                                              "达标，请到车间口采样"},
    };
    const struct limit_found *limit = &search->best[standing];
    struct comparison comparison, other = {.outcome = JUDGE_UNKNOWN};
    compare(search, &limit->value, &comparison);
    bool has_rival = standing == STANDS_VERIFIED && search->rival.found;
    if (has_rival)
        compare(search, &search->rival.value, &other);
    if (other.outcome == JUDGE_OVER) {
        limit = &search->rival; /* whatever the trade */
        comparison = other;
    }
    judgement->used = amount_of(limit);
    add_amount(&limit->value, &judgement->limit);
    buffer_add(&judgement->standard, buffer_text(&limit->name));
    buffer_add(&judgement->number, buffer_text(&limit->number));
    buffer_add(&judgement->place, buffer_text(&limit->place));
    if (has_rival && comparison.outcome == JUDGE_OVER && other.outcome != JUDGE_OVER) {
        judge_between(judgement, search, comparison);
        return;
    }
    if (standing == STANDS_VERIFIED) {
        judge_verified(judgement, search, limit, comparison);
        if (limit == &search->rival)
            write_other_trade(&search->best[standing], &judgement->sentence);
        return;
    }
    bool is_open = comparison.outcome == JUDGE_UNKNOWN ||
                   (comparison.outcome == JUDGE_WITHIN && standing == STANDS_ELSEWHERE);
    say(judgement, is_open ? VERDICT_OPEN : VERDICT_HINT, is_open ? "无法判定：" : "仅提示：");
    write_comparison(search, comparison, limit, kinds[standing].state, &judgement->sentence);
    buffer_add(&judgement->sentence, kinds[standing].advice);
}

/* ---- nothing to compare with ---- */

/* Why no limit of the standard that was asked for serves. */
static void write_standard_gap(const struct limit_search *search, struct buffer *out)
{
    static const char *const reasons[STANDING__ALL] = {
        [STANDS_NOT_POINT] = "管的是别的监控位置",
        [STANDS_NOT_DATE] = "那一天不在施行期内",
        [STANDS_NOT_GRADE] = "不管这一类水体",
        [STANDS_NOT_USE] = "不管这一类用地",
        [STANDS_NOT_VALUE] = "还没有录入数值，请对照原文补录",
    };
    const char *reason = search->nearest < STANDING__ALL ? reasons[search->nearest] : NULL;
    if (search->nearest == STANDS_NOT_POINT && !search->point)
        reason = "是土壤的，要连土地利用和 pH 一起判定";
    buffer_addf(out, "无法判定：基础数据里没有标准“%s”的%s限值", search->standard, search->factor);
    if (search->nearest < STANDING__ALL) {
        buffer_clear(out);
        buffer_addf(out, "无法判定：标准“%s”的%s限值%s", search->standard, search->factor,
                    reason ? reason : "在这里不适用");
    }
    struct buffer standards = {0};
    limit_write_standards(search, &standards);
    if (standards.length)
        buffer_addf(out, "；有%s限值的标准：%s", search->factor, standards.text);
    buffer_release(&standards);
}

/* Why there is nothing to compare with. */
static void tell_gap(struct judgement *judgement, const struct limit_search *search)
{
    struct buffer text = {0};
    judgement->lacks_ph = search->lacks_ph;
    if (search->lacks_ph)
        buffer_add(&text, "无法判定：缺土壤 pH，查不了限值，请补测");
    else if (search->other_unit)
        buffer_addf(&text, "无法判定：单位 %s 不能换算成限值的单位，请核对介质和单位",
                    search->measure.unit);
    else if (search->standard)
        write_standard_gap(search, &text);
    else if (search->executed.length)
        buffer_addf(&text, "无法判定：基础数据里没有执行标准“%s”的%s限值，请补录并核对",
                    search->executed.text, search->factor);
    else if (limit_is_expected(search->point))
        buffer_addf(&text, "无法判定：基础数据里没有适用于%s的%s限值%s", search->point,
                    search->factor,
                    is_soil(search) ? "，没有法定值可比，请按土壤背景值或风险评估判断" : "");
    if (text.length)
        say(judgement, VERDICT_OPEN, text.text);
    buffer_release(&text);
}

/* What must be there before a limit can be looked for; says what is not. */
static bool read_sample(struct judgement *judgement, struct limit_search *search)
{
    const struct record *sample = search->sample;
    if (!search->factor || !read_is_filled(sample, "value"))
        return false;
    bool lacks_use = is_soil(search) && !search->land_use;
    if (!assay_read(sample, "value", "unit", &search->measure))
        say(judgement, VERDICT_OPEN,
            read_is_filled(sample, "unit")
                ? "无法判定：监测值里写的单位与“单位”一栏不能换算，请改成一致"
                : "无法判定：没有写明单位，mg/L 与 ng/L "
                  "相差一百万倍，请照报告补上单位");
    else if (!search->point && !search->standard)
        say(judgement, VERDICT_OPEN, "无法判定：没有填点位类型，不知道用哪个限值");
    else if (lacks_use)
        say(judgement, VERDICT_OPEN,
            read_is_filled(sample, "soil_ph")
                ? "无法判定：缺土地利用，查不了限值，请补填"
                : "无法判定：缺土地利用，查不了限值，请补填；农用地还要填土壤 pH");
    else
        return true;
    judgement->lacks_use = lacks_use;
    judgement->lacks_ph = lacks_use && !read_is_filled(sample, "soil_ph");
    return false;
}

void judge(const struct judge_question *question, const struct check_context *context,
           struct judgement *judgement)
{
    struct limit_search search;
    *judgement = (struct judgement){.times = -1};
    limit_search_init(&search, question, context);
    if (!read_sample(judgement, &search))
        return;
    limit_search_run(&search);
    size_t standing = 0;
    while (standing < STANDING__COUNT && !search.best[standing].found)
        standing++;
    if (is_soil(&search))
        keep_soil_values(judgement, &search);
    if (standing == STANDING__COUNT || search.lacks_ph)
        tell_gap(judgement, &search);
    else
        judge_by(judgement, &search, (enum standing)standing);
    limit_search_release(&search);
}

void judge_sample(const struct record *sample, const struct check_context *context,
                  struct judgement *judgement)
{
    judge(&(struct judge_question){.sample = sample}, context, judgement);
}

void judgement_release(struct judgement *judgement)
{
    buffer_release(&judgement->limit);
    buffer_release(&judgement->standard);
    buffer_release(&judgement->number);
    buffer_release(&judgement->place);
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
