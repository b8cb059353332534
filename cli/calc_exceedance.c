/* calc exceedance: a result against the limit of a standard, how many times it is exceeded, and
 * what else there is to know. */
#include "cli/calc_verdict.h"
#include "core/decimal.h"
#include "core/text.h"

#include <string.h>

struct typed {
    const char *standard, *factor, *value, *unit, *point, *date;
};

static const struct {
    const char *word, *label;
} verdicts[] = {
    [VERDICT_NONE] = {"undetermined", "无法判定"}, [VERDICT_MET] = {"met", "达标"},
    [VERDICT_ABOVE] = {"above", "超标"},           [VERDICT_OPEN] = {"undetermined", "无法判定"},
    [VERDICT_HINT] = {"hint", "仅提示"},
};

/* A value without a unit is worth nothing: the code table of HJ/T 212 has thallium in ng/L. */
static bool check_unit(const struct verdict_case *asked, struct error *err)
{
    struct measure measure;
    const char *value = record_text(&asked->sample, "value");
    if (*record_text(&asked->sample, "unit") ||
        (measure_parse(value, NULL, &measure, NULL) && *measure.unit))
        return true;
    return error_set(err, ERROR_USAGE,
                     "请用 --unit 写明单位（mg/L、μg/L、ng/L）：HJ/T 212 的铊浓度是 ng/L，与 mg/L "
                     "差一百万倍，不能猜");
}

static bool fill(struct verdict_case *asked, const struct typed *typed, struct error *err)
{
    char today[DATE_TEXT_SIZE];
    date_format(asked->context.today, today);
    if (text_is_empty(typed->factor) || text_is_empty(typed->value))
        return error_set(err, ERROR_USAGE,
                         "请用 --factor 写因子、--value 写监测值，例如：--standard GB3838 --factor "
                         "总铊 --value 0.13 --unit μg/L");
    if (!verdict_case_set(asked, "--factor", "factor", typed->factor, err) ||
        !verdict_case_set(asked, "--value", "value", typed->value, err) ||
        !verdict_case_set(asked, "--unit", "unit", typed->unit, err) ||
        !verdict_case_set(asked, "--point", "point_type", typed->point, err) ||
        !verdict_case_set(asked, "--date", "sampled_on", typed->date ? typed->date : today, err) ||
        !check_unit(asked, err) || !verdict_case_check(asked, err))
        return false;
    record_derive(&asked->sample, NULL);
    return strcmp(record_text(&asked->sample, "point_type"), "土壤") != 0 ||
           error_set(err, ERROR_USAGE, "土壤的结果要看土地利用和 pH，请用 taizhang calc soil");
}

/* ---- the clue ---- */

static void write_reading(const char *key, const char *name, const struct judge_reading *reading,
                          struct buffer *out)
{
    buffer_addf(out, "\"%s\":{\"%s\":", key, name);
    answer_write_times(reading->times, out);
    buffer_addf(out, ",\"reached\":%s}", reading->is_reached ? "true" : "false");
}

static void add_clue(struct answer *answer, const struct judge_clue *clue)
{
    struct buffer *json = answer_add(answer, "criminal_clue", NULL, true);
    if (!clue->is_counted) {
        buffer_add(json, "null");
        return;
    }
    buffer_add(json, "{\"bound\":");
    answer_write_times(clue->bound, json);
    buffer_add_char(json, ',');
    write_reading("three_times_reading", "ratio", &clue->ratio, json);
    buffer_add_char(json, ',');
    write_reading("exceed_by_three_reading", "times", &clue->excess, json);
    buffer_addf(json, ",\"either\":%s}", judge_is_clue(clue) ? "true" : "false");
    if (judge_is_clue(clue))
        judge_write_clue(clue, answer_add(answer, NULL, "线索", false));
}

/* ---- the other limits ---- */

/* What a person who asked for a standard, or for a point, wants to see. */
static bool is_listed(const struct judge_limit *limit, const struct typed *typed)
{
    return (text_is_empty(typed->standard) || limit->standing != STANDS_NOT_STANDARD) &&
           (typed->standard || !typed->point || limit->standing != STANDS_NOT_POINT);
}

static bool is_used(const struct judge_limit *limit, const struct judgement *judgement)
{
    return limit->standing < STANDING__COUNT && !limit->is_control &&
           strcmp(buffer_text(&limit->name), buffer_text(&judgement->standard)) == 0;
}

static void write_number(const struct measure *value, struct buffer *out)
{
    char digits[DECIMAL_TEXT_SIZE] = "null";
    if (*value->unit)
        decimal_format(value->digits, value->scale, digits);
    buffer_add(out, digits);
}

/* Of a sample of which neither point nor standard is known no limit is known to apply. */
static const char *note_of(const struct judge_limit *limit, const struct typed *typed)
{
    bool is_open = !typed->point && text_is_empty(typed->standard);
    return is_open && limit->standing <= STANDS_REFERENCE ? "看点位"
                                                          : standing_name(limit->standing);
}

static void write_limit_json(const struct judge_limit *limit, const char *note, bool used,
                             struct buffer *out)
{
    buffer_add(out, "{\"standard\":");
    buffer_add_json(out, buffer_text(&limit->number));
    buffer_add(out, ",\"name\":");
    buffer_add_json(out, buffer_text(&limit->name));
    buffer_add(out, ",\"limit\":");
    write_number(&limit->value, out);
    buffer_add(out, ",\"unit\":");
    buffer_add_json(out, limit->value.unit);
    buffer_add(out, ",\"point\":");
    buffer_add_json(out, buffer_text(&limit->place));
    buffer_addf(out,
                ",\"verified\":%s,\"used\":%s,\"note\":", limit->is_verified ? "true" : "false",
                used ? "true" : "false");
    buffer_add_json(out, note);
    buffer_add_char(out, '}');
}

static void write_limit_line(const struct judge_limit *limit, const char *note, bool used,
                             struct buffer *out)
{
    enum { NOTE = 11, VALUE = 10, UNIT = 7 };
    struct buffer digits = {0};
    write_number(&limit->value, &digits);
    buffer_add(out, used ? "* " : "  ");
    output_cell(note, NOTE, out);
    output_cell(*limit->value.unit ? buffer_text(&digits) : "—", -VALUE, out);
    buffer_add_char(out, ' ');
    output_cell(limit->value.unit, UNIT, out);
    buffer_addf(out, "%s %s", limit->is_verified ? "已核" : "未核", buffer_text(&limit->name));
    if (limit->place.length)
        buffer_addf(out, "（%s）", limit->place.text);
    buffer_add_char(out, '\n');
    buffer_release(&digits);
}

static void write_limits(const struct judge_limits *limits, const struct typed *typed,
                         const struct judgement *judgement,
                         void (*write)(const struct judge_limit *, const char *, bool,
                                       struct buffer *),
                         const char *between, struct buffer *out)
{
    bool used = false, begun = false;
    for (size_t i = 0; i < limits->count; i++) {
        if (!is_listed(&limits->items[i], typed))
            continue;
        bool is_it = !used && is_used(&limits->items[i], judgement);
        used = used || is_it;
        buffer_add(out, begun ? between : "");
        begun = true;
        write(&limits->items[i], note_of(&limits->items[i], typed), is_it, out);
    }
}

/* ---- the answer ---- */

static void add_times(struct answer *answer, const struct judgement *judgement)
{
    struct buffer *json = answer_add(answer, "times", NULL, true);
    if (judgement->verdict != VERDICT_ABOVE || judgement->times < 0) {
        buffer_add(json, "null");
        return;
    }
    answer_write_times(judgement->times, json);
    struct buffer *told = answer_add(answer, NULL, "超标倍数", false);
    answer_write_times(judgement->times, told);
    buffer_add(told, " 倍");
}

/* The value in the limit's unit, so that the two can be seen side by side. */
static void add_normal_value(struct answer *answer, const struct record *sample,
                             const struct judgement *judgement)
{
    struct measure measure;
    int64_t nano;
    char digits[DECIMAL_TEXT_SIZE] = "null";
    const char *unit = judgement->used.value.unit;
    if (judgement->used.is_known &&
        measure_parse(record_text(sample, "value"), record_text(sample, "unit"), &measure, NULL) &&
        measure_in_unit(&measure, unit, &nano))
        decimal_format(nano, DECIMAL_MAX_SCALE, digits);
    buffer_add(answer_add(answer, "value_in_unit", NULL, true), digits);
}

static void fill_answer(struct answer *answer, const struct record *sample,
                        const struct judgement *judgement)
{
    const char *point = record_text(sample, "point_type");
    answer_add_text(answer, "factor", "因子", record_text(sample, "factor"));
    answer_add_text(answer, "value", "监测值", record_text(sample, "value"));
    answer_add_text(answer, "value_unit", "单位", record_text(sample, "unit"));
    answer_add_text(answer, "verdict", NULL, verdicts[judgement->verdict].word);
    buffer_add(answer_add(answer, NULL, "判定", false), verdicts[judgement->verdict].label);
    answer_add_amount(answer, "limit", "限值", &judgement->used);
    answer_add_text(answer, "unit", NULL, judgement->used.value.unit);
    add_normal_value(answer, sample, judgement);
    add_times(answer, judgement);
    buffer_add(answer_add(answer, "verified", NULL, true),
               judgement->used.is_known && judgement->used.is_verified ? "true" : "false");
    answer_add_text(answer, "standard", NULL, buffer_text(&judgement->number));
    answer_add_text(answer, "limit_name", "标准", buffer_text(&judgement->standard));
    answer_add_text(answer, "point", *point ? "点位类型" : "监控位置",
                    *point ? point : buffer_text(&judgement->place));
    answer_add_text(answer, "formula", "算式", buffer_text(&judgement->formula));
    add_clue(answer, &judgement->clue);
    answer_add_sentence(answer, judgement);
}

static bool answer_asked(const struct cli *cli, const struct verdict_case *asked,
                         const struct typed *typed, struct error *err)
{
    struct judgement judgement;
    struct judge_limits limits;
    struct answer answer = {.count = 0};
    struct buffer rows = {0};
    const struct judge_question question = {.sample = &asked->sample, .standard = typed->standard};
    judge(&question, &asked->context, &judgement);
    judge_list_limits(&question, &asked->context, &limits);
    fill_answer(&answer, &asked->sample, &judgement);
    struct buffer *json = answer_add(&answer, "limits", NULL, true);
    buffer_add_char(json, '[');
    write_limits(&limits, typed, &judgement, write_limit_json, ",", json);
    buffer_add_char(json, ']');
    write_limits(&limits, typed, &judgement, write_limit_line, "", &rows);
    struct buffer below = {0};
    if (rows.length)
        buffer_addf(&below, "\n有关的限值（* 是所用的）：\n%s", rows.text);
    bool ok = answer_print(&answer, cli, buffer_text(&below), err);
    buffer_release(&below);
    buffer_release(&rows);
    answer_release(&answer);
    judge_limits_release(&limits);
    judgement_release(&judgement);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    struct typed typed = {.standard = NULL};
    struct verdict_case asked;
    const struct option options[] = {
        {.name = "--standard", .value = &typed.standard},
        {.name = "--factor", .value = &typed.factor},
        {.name = "--value", .value = &typed.value},
        {.name = "--unit", .value = &typed.unit},
        {.name = "--point", .value = &typed.point},
        {.name = "--date", .value = &typed.date},
        {.name = NULL},
    };
    if (!cli_parse(cli, argc, argv, options, 0, 0, err))
        return false;
    bool ok = verdict_case_begin(&asked, cli, err) && fill(&asked, &typed, err) &&
              answer_asked(cli, &asked, &typed, err);
    verdict_case_end(&asked);
    return ok;
}

const struct command calc_exceedance = {
    .name = "exceedance",
    .usage =
        "[--standard S] --factor 总铊 --value V --unit mg/L|μg/L|ng/L [--point P] [--date DATE]",
    .help = "监测结果对照限值：是否超标、超标倍数和算式、限值核过没有、是否涉嫌犯罪线索",
    .run = run,
};
