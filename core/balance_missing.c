/* What a balance lacks: streams that the plant must have, rows without kg, months without input. */
#include "core/balance_missing.h"
#include "core/decimal.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS = 12, QUARTER = 3 };

/* ---- what a plant of that kind must have ---- */

/* Thallium evaporates in roasting and sintering and is caught as dust or washed out; what is taken
 * out of the water is in the sludge. */
static const struct expectation {
    struct condition when, also; /* of the thallium profile */
    enum balance_stream stream;
    const char *why;
} expectations[] = {
    {{"thallium_steps", "焙烧制酸污酸"}, {0}, BALANCE_SLUDGE, "涉铊工序有焙烧制酸污酸"},
    {{"thallium_steps", "焙烧制酸污酸"}, {0}, BALANCE_WASTEWATER, "涉铊工序有焙烧制酸污酸"},
    {{"thallium_steps", "焙烧制酸污酸"}, {0}, BALANCE_GAS, "涉铊工序有焙烧制酸污酸"},
    {{"thallium_steps", "焙烧制酸污酸"},
     {"thallium_industry", "有色冶炼"},
     BALANCE_BYPRODUCT,
     "冶炼烟气制酸，硫酸是副产品"},
    {{"thallium_steps", "烧结脱硫废水"}, {0}, BALANCE_WASTEWATER, "涉铊工序有烧结脱硫废水"},
    {{"thallium_steps", "烧结脱硫废水"}, {0}, BALANCE_SLUDGE, "涉铊工序有烧结脱硫废水"},
    {{"thallium_steps", "烧结脱硫废水"}, {0}, BALANCE_GAS, "涉铊工序有烧结脱硫废水"},
    {{"thallium_steps", "烟尘"}, {0}, BALANCE_DUST, "涉铊工序有烟尘"},
    {{"thallium_steps", "烟尘"}, {0}, BALANCE_GAS, "涉铊工序有烟尘"},
    {{"thallium_steps", "湿法浸出"}, {0}, BALANCE_WASTE, "涉铊工序有湿法浸出"},
    {{"thallium_steps", "净化渣"}, {0}, BALANCE_WASTE, "涉铊工序有净化渣"},
    {{"thallium_steps", "选矿废水"}, {0}, BALANCE_WASTE, "选矿有尾砂"},
    {{"thallium_steps", "选矿废水"}, {0}, BALANCE_WASTEWATER, "涉铊工序有选矿废水"},
    {{"thallium_steps", "矿坑涌水"}, {0}, BALANCE_WASTEWATER, "涉铊工序有矿坑涌水"},
    {{"thallium_steps", "淋溶水"}, {0}, BALANCE_WASTEWATER, "涉铊工序有淋溶水"},
    {{"thallium_steps", "初期雨水"}, {0}, BALANCE_WASTEWATER, "涉铊工序有初期雨水"},
    {{"thallium_steps", "冲渣水"}, {0}, BALANCE_WASTE, "涉铊工序有冲渣水"},
    {{"thallium_steps", "冲渣水"}, {0}, BALANCE_WASTEWATER, "涉铊工序有冲渣水"},
    {{"removal_unit", "是"}, {0}, BALANCE_SLUDGE, "有除铊设施，铊转到了污泥里"},
    {{"water_fate", "直接外排|纳管"}, {0}, BALANCE_WASTEWATER, "废水外排"},
};

/* Why the stream must be there; NULL when nothing says so. Water that is all used again leaves by
 * no outlet. */
static const char *expected_why(const struct record *profile, enum balance_stream stream)
{
    static const struct condition reused = {"water_fate", "全部回用|零排放"};
    if (stream == BALANCE_INPUT || stream == BALANCE_PRODUCT)
        return "每家企业都有";
    if (!profile || (stream == BALANCE_WASTEWATER && record_matches(profile, reused)))
        return NULL;
    for (size_t i = 0; i < COUNT_OF(expectations); i++)
        if (expectations[i].stream == stream && record_matches(profile, expectations[i].when) &&
            (!expectations[i].also.field || record_matches(profile, expectations[i].also)))
            return expectations[i].why;
    return NULL;
}

/* ---- the list ---- */

static void add_missing(struct balance *balance, struct balance_missing missing,
                        struct buffer *text)
{
    missing.text = mem_text(buffer_text(text));
    buffer_release(text);
    balance->missing = mem_grow(balance->missing, balance->missing_count,
                                &balance->missing_capacity, sizeof *balance->missing);
    balance->missing[balance->missing_count++] = missing;
}

/* Whether a row is booked for a longer period that contains the one that is asked for. */
static bool is_longer(const struct balance_request *request, const struct balance_row *row)
{
    return row->period.months > request->period.months &&
           period_contains(row->period, request->period);
}

static bool is_booked_longer(const struct balance_request *request, enum balance_stream stream)
{
    for (size_t i = 0; i < request->row_count; i++)
        if (request->rows[i].stream == stream && is_longer(request, &request->rows[i]))
            return true;
    return false;
}

static void find_absent(struct balance *balance, const struct balance_request *request)
{
    for (enum balance_stream stream = 0; stream < BALANCE_OPENING; stream++) {
        const char *why = expected_why(request->profile, stream);
        struct buffer text = {0};
        if (!why || balance->totals[stream].rows || is_booked_longer(request, stream))
            continue;
        buffer_addf(&text, "没有台账（%s）", why);
        add_missing(balance, (struct balance_missing){stream, BALANCE_NO_ROW, .rows = 0}, &text);
    }
}

/* Rows of one kind: those that `matches` picks, told once for each stream. */
static void find_gaps(struct balance *balance, const struct balance_request *request)
{
    for (enum balance_stream stream = 0; stream < BALANCE_STREAM_COUNT; stream++) {
        for (size_t gap = 0; flow_gap_choices[gap]; gap++) {
            int64_t rows = 0;
            struct buffer text = {0};
            for (size_t i = 0; i < request->row_count; i++) {
                const struct balance_row *row = &request->rows[i];
                if (row->stream == stream && row->gap &&
                    strcmp(row->gap, flow_gap_choices[gap]) == 0 && balance_counts(balance, row))
                    rows += row->rows;
            }
            if (!rows)
                continue;
            buffer_add(&text, flow_gap_choices[gap]);
            add_missing(balance,
                        (struct balance_missing){stream, BALANCE_GAP, .gap = flow_gap_choices[gap],
                                                 .rows = rows},
                        &text);
        }
    }
}

static void find_unplaced(struct balance *balance)
{
    struct buffer text = {0};
    int64_t rows = balance->totals[BALANCE_UNPLACED].known;
    if (!rows)
        return;
    buffer_add(&text, "缺物流方向或物料类别，没有计入");
    add_missing(balance, (struct balance_missing){BALANCE_UNPLACED, BALANCE_GAP, .rows = rows},
                &text);
}

static void find_stale(struct balance *balance, const struct balance_request *request)
{
    int64_t rows = 0;
    struct buffer text = {0};
    for (size_t i = 0; i < request->row_count; i++)
        if (balance_counts(balance, &request->rows[i]))
            rows += request->rows[i].stale_rows;
    if (!rows)
        return;
    buffer_addf(&text, "检测早于期末前 %d 个月，或没有采样日期", balance->policy.assay_months);
    add_missing(balance, (struct balance_missing){BALANCE_INPUT, BALANCE_STALE, .rows = rows},
                &text);
}

/* Rows of periods that do not fit, told once for each period and stream. */
static void find_misfits(struct balance *balance, const struct balance_request *request,
                         enum balance_reason reason)
{
    for (size_t i = 0; i < request->row_count; i++) {
        const struct balance_row *row = &request->rows[i];
        bool is_within = period_contains(request->period, row->period);
        bool fits =
            reason == BALANCE_LONGER ? is_longer(request, row) : is_within && row->is_double;
        struct buffer text = {0};
        char own[PERIOD_TEXT_SIZE], asked[PERIOD_TEXT_SIZE];
        struct balance_missing *known = NULL;
        for (size_t j = 0; fits && j < balance->missing_count; j++)
            if (balance->missing[j].reason == reason && balance->missing[j].stream == row->stream &&
                period_compare(balance->missing[j].period, row->period) == 0)
                known = &balance->missing[j];
        if (known)
            known->rows += row->rows;
        if (!fits || known)
            continue;
        period_format(row->period, own);
        period_format(request->period, asked);
        if (reason == BALANCE_LONGER)
            buffer_addf(&text, "按 %s 登记的不能拆到 %s，没有计入", own, asked);
        else
            buffer_addf(&text, "%s 的已在更长的核算期里登记过，没有重复计入", own);
        add_missing(
            balance,
            (struct balance_missing){row->stream, reason, .period = row->period, .rows = row->rows},
            &text);
    }
}

/* ---- time ---- */

static void add_part(struct period part, struct buffer *text)
{
    char name[PERIOD_TEXT_SIZE];
    period_format(part, name);
    buffer_addf(text, "%s%s", text->length ? "、" : "", name);
}

/* Of the months of a year as many as have ended, in whole `step`s. */
static int ended_months(const struct balance_request *request, int step)
{
    const struct date today = request->today;
    if (!today.year || today.year > request->period.year)
        return MONTHS;
    return today.year < request->period.year ? 0 : (today.month - 1) / step * step;
}

/* The month, counted from 0, up to which rows of the stream may be expected. Whoever books by the
 * quarter has nothing to book before it is over. */
static int due_until(const struct balance *balance, const struct balance_request *request,
                     enum balance_stream stream)
{
    const struct period asked = request->period;
    int step = asked.months < QUARTER ? 1 : QUARTER;
    for (size_t i = 0; i < request->row_count; i++) {
        const struct balance_row *row = &request->rows[i];
        if (row->stream == stream && row->period.months < QUARTER && balance_counts(balance, row))
            step = 1;
    }
    int ended = ended_months(request, step);
    return asked.first + asked.months < ended ? asked.first + asked.months : ended;
}

/* Months of the period without input, whole quarters as such. */
static void find_uncovered(struct balance *balance, const struct balance_request *request)
{
    bool covered[MONTHS] = {false};
    const struct period asked = request->period;
    const int end = due_until(balance, request, BALANCE_INPUT);
    struct buffer parts = {0}, text = {0};
    for (size_t i = 0; i < request->row_count; i++) {
        const struct balance_row *row = &request->rows[i];
        if (row->stream == BALANCE_INPUT && balance_counts(balance, row))
            for (int j = 0; j < row->period.months; j++)
                covered[row->period.first + j] = true;
    }
    for (int month = asked.first; month < end; month++) {
        bool is_quarter = month % QUARTER == 0 && month + QUARTER <= end && !covered[month] &&
                          !covered[month + 1] && !covered[month + 2];
        int months = is_quarter ? QUARTER : 1;
        if (!covered[month])
            add_part((struct period){asked.year, month, months}, &parts);
        month += months - 1;
    }
    if (parts.length && balance->totals[BALANCE_INPUT].rows) {
        buffer_addf(&text, "没有 %s 的台账", parts.text);
        add_missing(balance, (struct balance_missing){BALANCE_INPUT, BALANCE_UNCOVERED, .rows = 0},
                    &text);
    }
    buffer_release(&parts);
}

static void add_stock(struct balance *balance, enum balance_stream stream, struct buffer *text)
{
    add_missing(balance, (struct balance_missing){stream, BALANCE_STOCK, .rows = 0}, text);
}

/* Stocks that begin later or end sooner than the period, or only on one side. */
static void find_stocks(struct balance *balance, const struct balance_request *request)
{
    const struct period asked = balance->period, from = balance->stock_from, to = balance->stock_to;
    char name[PERIOD_TEXT_SIZE];
    struct buffer text = {0};
    if (from.year && !to.year) {
        buffer_add(&text, "有期初库存，没有期末库存");
        add_stock(balance, BALANCE_CLOSING, &text);
    }
    if (to.year && !from.year) {
        buffer_add(&text, "有期末库存，没有期初库存");
        add_stock(balance, BALANCE_OPENING, &text);
    }
    if (from.year && from.first > asked.first) {
        period_format(from, name);
        buffer_addf(&text, "最早的是 %s 的，不是本期期初的", name);
        add_stock(balance, BALANCE_OPENING, &text);
    }
    if (to.year && to.first + to.months < due_until(balance, request, BALANCE_CLOSING)) {
        period_format(to, name);
        buffer_addf(&text, "最晚的是 %s 的，不是本期期末的", name);
        add_stock(balance, BALANCE_CLOSING, &text);
    }
}

/* What closed one part of the period must open the next one: else thallium comes or goes between
 * the two without a row. */
static void find_jumps(struct balance *balance, const struct balance_request *request)
{
    enum { GRAM = 1000 };
    struct {
        int64_t kg, rows, unknown;
    } opened[MONTHS + 1] = {{0}}, closed[MONTHS + 1] = {{0}};
    for (size_t i = 0; i < request->row_count; i++) {
        const struct balance_row *row = &request->rows[i];
        bool is_opening = row->stream == BALANCE_OPENING;
        if (row->is_double || !period_contains(request->period, row->period) ||
            (!is_opening && row->stream != BALANCE_CLOSING))
            continue;
        int month = row->period.first + (is_opening ? 0 : row->period.months);
        int64_t kg = row->kg + row->below_kg[balance->policy.lod];
        int64_t *sum = is_opening ? &opened[month].kg : &closed[month].kg;
        if (!decimal_add(*sum, kg, sum))
            return;
        *(is_opening ? &opened[month].rows : &closed[month].rows) += row->rows;
        *(is_opening ? &opened[month].unknown : &closed[month].unknown) += row->gap != NULL;
    }
    for (int month = 1; month < MONTHS; month++) {
        int64_t gap = opened[month].kg - closed[month].kg;
        char left[DECIMAL_TEXT_SIZE], right[DECIMAL_TEXT_SIZE];
        struct buffer text = {0};
        if (!opened[month].rows || !closed[month].rows || opened[month].unknown ||
            closed[month].unknown || (gap < GRAM && gap > -GRAM))
            continue;
        decimal_format(closed[month].kg, FLOW_KG_SCALE, left);
        decimal_format(opened[month].kg, FLOW_KG_SCALE, right);
        buffer_addf(&text, "%d 月末 %s kg 与 %d 月初 %s kg 对不上", month, left, month + 1, right);
        add_stock(balance, BALANCE_OPENING, &text);
    }
}

static int compare(const void *left, const void *right)
{
    const struct balance_missing *a = left, *b = right;
    int order = (int)a->stream - (int)b->stream;
    if (order == 0)
        order = (int)a->reason - (int)b->reason;
    if (order == 0)
        order = period_compare(a->period, b->period);
    return order ? order : strcmp(a->text, b->text);
}

void balance_find_missing(struct balance *balance, const struct balance_request *request)
{
    find_absent(balance, request);
    find_gaps(balance, request);
    find_unplaced(balance);
    find_stale(balance, request);
    find_misfits(balance, request, BALANCE_LONGER);
    find_misfits(balance, request, BALANCE_DOUBLE);
    find_uncovered(balance, request);
    find_stocks(balance, request);
    find_jumps(balance, request);
    if (balance->missing_count)
        qsort(balance->missing, balance->missing_count, sizeof *balance->missing, compare);
}
