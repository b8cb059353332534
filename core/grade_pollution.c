/* 污染程度: the latest result of each point and metal against the limits that mark 高 and 中. */
#include "core/decimal.h"
#include "core/facts.h"
#include "core/grade_parts.h"
#include "core/judge.h"
#include "core/judge_limit.h"
#include "core/mem.h"
#include "core/registers/assay.h"
#include "core/rules/reading.h"

#include <stdlib.h>
#include <string.h>

#define DISCHARGE "直接排放|间接排放|特别排放"
#define SEEPING   "矿井（硐）涌水|渗滤液"
#define NO_METALS "pH|氨氮|氟化物|氰化物|硫酸盐|悬浮物"

enum { SENTENCES_MOST = 8, DEFAULT_MONTHS = 12 };

/* ---- the samples of a site ---- */

static bool take_sample(void *data, const struct record *sample)
{
    struct grade_samples *samples = data;
    samples->items =
        mem_grow(samples->items, samples->count, &samples->capacity, sizeof *samples->items);
    record_copy(&samples->items[samples->count++], sample);
    return true;
}

static int compare_series(const struct record *a, const struct record *b)
{
    static const char *const names[] = {"point_name", "point_type", "medium", "factor"};
    int order = 0;
    for (size_t i = 0; !order && i < COUNT_OF(names); i++)
        order = strcmp(record_text(a, names[i]), record_text(b, names[i]));
    return order;
}

bool grade_same_series(const struct record *a, const struct record *b)
{
    return compare_series(a, b) == 0;
}

static int compare_samples(const void *a, const void *b)
{
    const struct record *one = a, *other = b;
    int order = compare_series(one, other);
    if (!order)
        order = strcmp(record_text(other, "sampled_on"), record_text(one, "sampled_on"));
    return order ? order : strcmp(one->id, other->id);
}

void grade_samples_read(const struct record *site, const struct check_context *context,
                        struct grade_samples *samples)
{
    static const char *const wanted[] = {
        "outlet", "point_type", "point_name",      "medium",   "sampled_on", "enterprise", "factor",
        "value",  "unit",       "detection_limit", "land_use", "soil_ph",    NULL};
    *samples = (struct grade_samples){.count = 0};
    if (!*site->id)
        return;
    facts_each(context,
               &(struct facts_query){
                   .reg = "sample", .field = "site", .value = site->id, .wanted = wanted},
               take_sample, samples);
    if (samples->count)
        qsort(samples->items, samples->count, sizeof *samples->items, compare_samples);
}

void grade_samples_release(struct grade_samples *samples)
{
    for (size_t i = 0; i < samples->count; i++)
        record_release(&samples->items[i]);
    free(samples->items);
}

static void write_amount(const struct record *sample, struct buffer *out)
{
    struct measure measure;
    buffer_addf(out, "%s ", record_text(sample, "factor"));
    if (assay_read(sample, "value", "unit", &measure))
        measure_format(&measure, NULL, out);
    else
        record_format(sample, "value", out);
}

static const char *point_of(const struct record *sample)
{
    return read_is_filled(sample, "point_name") ? read_text(sample, "point_name") : "未写点位";
}

/* "渣堆下游 50 m（地表水断面，2026-04-18）镉 0.012 mg/L" */
static void write_sample(const struct record *sample, struct buffer *out)
{
    const char *type = read_text(sample, "point_type");
    buffer_addf(out, "%s（%s%s%s）", point_of(sample), type ? type : "", type ? "，" : "",
                record_text(sample, "sampled_on"));
    write_amount(sample, out);
}

/* ---- the limits of one sample ---- */

/* The strictest limit that marks a grade, of those that were checked and of the others. */
struct mark {
    bool is_known;
    struct measure value;
    char *name; /* owned */
};

enum { MARK_HIGH, MARK_MIDDLE, MARKS };

struct marks {
    const char *point;
    struct mark checked[MARKS], unchecked[MARKS];
};

static void keep(struct mark *mark, const struct limit_seen *seen)
{
    int64_t kept, value;
    if (mark->is_known &&
        (!measure_align(&mark->value, seen->value, &kept, &value) || kept <= value))
        return;
    free(mark->name);
    *mark = (struct mark){.is_known = true, .value = *seen->value, .name = mem_text(seen->name)};
}

/* Which grade being above the limit means; MARKS: none. Ground water has no Ⅴ to be above: what
 * exceeds Ⅳ is Ⅴ (GB/T 14848). A quality limit without classes, as of drinking water, is what the
 * third class has to keep. */
static int mark_of(const struct marks *marks, const struct limit_seen *seen)
{
    const struct record *limit = seen->limit;
    bool is_well = strcmp(marks->point, "地下水井") == 0;
    if (read_is(limit, "category", "特别排放") && seen->standing != STANDS_VERIFIED)
        return MARKS;
    if (read_is(limit, "category", DISCHARGE "|风险管制值") ||
        read_is(limit, "grade", is_well ? "Ⅳ" : "Ⅴ"))
        return MARK_HIGH;
    if (read_is(limit, "category", "风险筛选值") || read_is(limit, "grade", "Ⅲ") ||
        !read_is_filled(limit, "grade"))
        return MARK_MIDDLE;
    return MARKS;
}

/* Checked, and it concerns such a point: by its own words, by the class of water, or because the
 * parameter names the standard for mine water. */
static bool is_proof(const struct limit_seen *seen)
{
    bool concerns =
        seen->standing == STANDS_VERIFIED ||
        (seen->standing == STANDS_REFERENCE &&
         (read_is(seen->limit, "category", DISCHARGE) || read_is_filled(seen->limit, "grade")));
    return concerns && read_is(seen->limit, "state", "已核");
}

static void see_limit(void *data, const struct limit_seen *seen)
{
    struct marks *marks = data;
    int mark = mark_of(marks, seen);
    if (mark < MARKS)
        keep(is_proof(seen) ? &marks->checked[mark] : &marks->unchecked[mark], seen);
}

static void find_marks(const struct record *sample, const struct check_context *context,
                       struct marks *marks)
{
    const char *point = read_text(sample, "point_type");
    struct limit_search search = {
        .sample = sample,
        .context = context,
        .factor = read_text(sample, "factor"),
        .point = point                               ? point
                 : read_is(sample, "medium", "土壤") ? "土壤"
                                                     : "",
        .land_use = read_text(sample, "land_use"),
        .sampled_on = read_text(sample, "sampled_on"),
        .see = see_limit,
        .data = marks,
    };
    *marks = (struct marks){.point = search.point};
    bool lacks_use = strcmp(search.point, "土壤") == 0 && !search.land_use;
    if (lacks_use || !assay_read(sample, "value", "unit", &search.measure))
        return;
    if (record_is_alternative(SEEPING, search.point))
        facts_parameter_text(context, "grade_water_standard", &search.executed);
    limit_search_run(&search);
    limit_search_release(&search);
}

static void marks_release(struct marks *marks)
{
    for (size_t i = 0; i < MARKS; i++) {
        free(marks->checked[i].name);
        free(marks->unchecked[i].name);
    }
}

/* ---- what one sample says ---- */

/* The grade by these limits, and the limit that decides it. */
static enum grade rate(const struct record *sample, const struct mark marks[MARKS],
                       const struct mark **decides)
{
    static const enum grade above[] = {[MARK_HIGH] = GRADE_HIGH, [MARK_MIDDLE] = GRADE_MIDDLE};
    enum grade grade = GRADE_NONE;
    for (size_t i = 0; i < MARKS; i++) {
        if (!marks[i].is_known)
            continue;
        enum judge_outcome outcome = judge_compare(sample, &marks[i].value);
        *decides = &marks[i];
        if (outcome == JUDGE_OVER)
            return above[i];
        grade = outcome == JUDGE_WITHIN ? GRADE_LOW : GRADE_NONE;
    }
    return grade;
}

static void say_comparison(struct grade_proposal *proposal, const struct record *sample,
                           const struct mark *mark, enum grade grade, bool is_proved, bool is_old)
{
    struct buffer text = {0};
    write_sample(sample, &text);
    buffer_addf(&text, "，%s ", grade == GRADE_LOW ? "不高于" : "高于");
    measure_format(&mark->value, NULL, &text);
    buffer_addf(&text, "（%s）", mark->name);
    if (is_proved)
        buffer_addf(&text, "，污染程度%s", grade_name(grade));
    else
        buffer_addf(&text, "；限值没有核对过或不一定适用，仅提示：核对后可能是%s",
                    grade_name(grade));
    if (is_old)
        buffer_add(&text, "；结果已旧，应复测");
    proposal_say(proposal, "%s。", buffer_text(&text));
    buffer_clear(&text);
    buffer_addf(&text, "%s ", point_of(sample));
    write_amount(sample, &text);
    proposal_rest_on(proposal, sample, buffer_text(&text));
    buffer_release(&text);
}

/* ---- what they say together ---- */

struct tally {
    const struct check_context *context;
    const struct grade_samples *samples;
    enum grade proved, hinted;
    size_t said[GRADE__COUNT][2]; /* sentences about a grade: hinted, proved */
    size_t counted, compared, open, controls, others, old;
    int64_t months;
    const char *newest;
};

bool grade_is_control(const struct record *sample)
{
    static const char *const words[] = {"上游", "对照", "背景"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strstr(record_text(sample, "point_name"), words[i]))
            return true;
    return false;
}

static bool is_old(const struct tally *tally, const struct record *sample)
{
    struct date day, today = tally->context->today;
    if (today.year == 0 || !read_date(sample, "sampled_on", &day))
        return false;
    int64_t age = (today.year - day.year) * INT64_C(12) + today.month - day.month;
    return age > tally->months || (age == tally->months && today.day > day.day);
}

/* Whether it counts: the latest of its point, of a metal, not of a point of comparison. */
static bool counts(struct tally *tally, size_t at)
{
    const struct record *sample = &tally->samples->items[at];
    if (at > 0 && grade_same_series(sample, sample - 1))
        return false;
    if (!read_is_filled(sample, "value") || read_is(sample, "factor", NO_METALS)) {
        tally->others++;
        return false;
    }
    if (grade_is_control(sample)) {
        tally->controls++;
        return false;
    }
    return true;
}

static void count_sample(struct tally *tally, const struct record *sample)
{
    const char *day = record_text(sample, "sampled_on");
    tally->counted++;
    tally->old += is_old(tally, sample);
    if (!tally->newest || strcmp(day, tally->newest) > 0)
        tally->newest = day;
}

static enum grade worse(enum grade a, enum grade b)
{
    return a > b ? a : b;
}

static void look_at(struct tally *tally, size_t at)
{
    const struct record *sample = &tally->samples->items[at];
    const struct mark *mark = NULL;
    struct marks marks;
    if (!counts(tally, at))
        return;
    count_sample(tally, sample);
    find_marks(sample, tally->context, &marks);
    enum grade proved = rate(sample, marks.checked, &mark);
    enum grade hinted = rate(sample, marks.unchecked, &mark);
    tally->proved = worse(tally->proved, proved);
    tally->hinted = worse(tally->hinted, hinted);
    tally->compared += mark != NULL;
    tally->open += mark != NULL && !proved && !hinted;
    marks_release(&marks);
}

/* Tells of the samples that by (un)checked limits are of `grade`; of very many only the first. */
static void tell(struct tally *tally, enum grade grade, bool is_proved,
                 struct grade_proposal *proposal)
{
    struct tally again = {
        .context = tally->context, .samples = tally->samples, .months = tally->months};
    size_t found = 0;
    for (size_t i = 0; i < tally->samples->count; i++) {
        const struct record *sample = &tally->samples->items[i];
        const struct mark *mark = NULL;
        struct marks marks;
        if (!counts(&again, i))
            continue;
        find_marks(sample, tally->context, &marks);
        if (rate(sample, is_proved ? marks.checked : marks.unchecked, &mark) == grade &&
            found++ < SENTENCES_MOST)
            say_comparison(proposal, sample, mark, grade, is_proved, is_old(tally, sample));
        marks_release(&marks);
    }
    if (found > SENTENCES_MOST)
        proposal_say(proposal, "另有 %zu 个结果也是这样。", found - SENTENCES_MOST);
}

static void tell_rest(const struct tally *tally, struct grade_proposal *proposal)
{
    if (tally->counted > tally->compared)
        proposal_say(
            proposal,
            "%zu 个结果没有可比的限值（缺土壤 pH、土地利用、单位，或标准没有规定），不作依据。",
            tally->counted - tally->compared);
    if (tally->open)
        proposal_say(proposal, "%zu 个结果的检出限高于限值，比不出，请换检出限更低的方法重测。",
                     tally->open);
    if (tally->controls)
        proposal_say(proposal, "对照点（上游、背景）的 %zu 个结果只作比较，不计。",
                     tally->controls);
    if (tally->old)
        proposal_say(proposal, "%zu 个结果采样已超过 %lld 个月，最近一次是 %s，应复测。",
                     tally->old, (long long)tally->months, tally->newest);
}

/* A result above a checked limit proves its grade, whatever the rest. That a site is 低 is proved
 * only when nothing hints at more. */
static void conclude(const struct tally *tally, struct grade_proposal *proposal)
{
    bool hints_more = tally->hinted > worse(tally->proved, GRADE_LOW);
    if (tally->counted == 0)
        proposal->grade = GRADE_NO_DATA;
    else if (tally->proved > GRADE_LOW || (tally->proved == GRADE_LOW && !hints_more))
        proposal->grade = tally->proved;
    else
        proposal->grade = GRADE_OPEN;
    if (hints_more || (proposal->grade == GRADE_OPEN && tally->hinted))
        proposal->hint = tally->hinted;
}

void grade_pollution(const struct grade_samples *samples, const struct check_context *context,
                     struct grade_proposal *proposal)
{
    struct tally tally = {
        .context = context,
        .samples = samples,
        .months = facts_parameter(context, "assay_months", 0, DEFAULT_MONTHS),
    };
    for (size_t i = 0; i < samples->count; i++)
        look_at(&tally, i);
    conclude(&tally, proposal);
    if (proposal->grade == GRADE_NO_DATA)
        proposal_say(proposal, "监测结果里没有这个点位的重金属结果，评不了；先安排监测。");
    if (tally.proved)
        tell(&tally, tally.proved, true, proposal);
    if (proposal->hint)
        tell(&tally, proposal->hint, false, proposal);
    if (proposal->grade == GRADE_OPEN && tally.compared)
        proposal_say(proposal,
                     "没有核过的限值证明不了什么：请对照标准原文核对限值，或照依据自己评。");
    tell_rest(&tally, proposal);
}
