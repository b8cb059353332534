#include "core/balance.h"
#include "core/balance_missing.h"
#include "core/decimal.h"
#include "core/facts.h"
#include "core/rules/reading.h"

#include <stdlib.h>
#include <string.h>

enum { YEAR_MONTHS = 12 };

/* ---- words ---- */

static const struct {
    const char *key, *label;
} streams[BALANCE_STREAM_COUNT] = {
    [BALANCE_INPUT] = {"input", "投入"},
    [BALANCE_PRODUCT] = {"product", "主产品"},
    [BALANCE_BYPRODUCT] = {"byproduct", "副产品"},
    [BALANCE_WASTE] = {"waste", "废渣"},
    [BALANCE_DUST] = {"dust", "烟尘"},
    [BALANCE_SLUDGE] = {"sludge", "污泥、酸泥"},
    [BALANCE_WASTEWATER] = {"wastewater", "废水"},
    [BALANCE_GAS] = {"gas", "废气"},
    [BALANCE_OPENING] = {"opening_stock", "期初库存"},
    [BALANCE_CLOSING] = {"closing_stock", "期末库存"},
    [BALANCE_UNPLACED] = {"unplaced", "没有归类"},
};

const char *balance_stream_key(enum balance_stream stream)
{
    return streams[stream].key;
}

const char *balance_stream_label(enum balance_stream stream)
{
    return streams[stream].label;
}

bool balance_is_output(enum balance_stream stream)
{
    return stream >= BALANCE_PRODUCT && stream <= BALANCE_GAS;
}

/* What is sold or sent on as raw material counts as a product; what goes back into the process of
 * somebody else, as a by-product. */
static const struct {
    const char *material_class;
    enum balance_stream stream;
} output_classes[] = {
    {"主产品", BALANCE_PRODUCT}, {"精矿", BALANCE_PRODUCT},     {"矿石原料", BALANCE_PRODUCT},
    {"辅料", BALANCE_PRODUCT},   {"副产品", BALANCE_BYPRODUCT}, {"返料", BALANCE_BYPRODUCT},
    {"废渣", BALANCE_WASTE},     {"外委危废", BALANCE_WASTE},   {"烟尘", BALANCE_DUST},
    {"污泥", BALANCE_SLUDGE},    {"酸泥", BALANCE_SLUDGE},      {"废水", BALANCE_WASTEWATER},
    {"废气", BALANCE_GAS},
};

static const struct {
    const char *flow;
    enum balance_stream stream;
} flows[] = {{"投入", BALANCE_INPUT}, {"库存期初", BALANCE_OPENING}, {"库存期末", BALANCE_CLOSING}};

enum balance_stream balance_stream_of(const char *flow, const char *material_class)
{
    for (size_t i = 0; i < COUNT_OF(flows); i++)
        if (strcmp(flow, flows[i].flow) == 0)
            return flows[i].stream;
    for (size_t i = 0; *flow && i < COUNT_OF(output_classes); i++)
        if (strcmp(material_class, output_classes[i].material_class) == 0)
            return output_classes[i].stream;
    return BALANCE_UNPLACED;
}

static const struct {
    const char *key, *label;
} bands[] = {
    [BALANCE_UNDETERMINED] = {"undetermined", "无法判定"},
    [BALANCE_NORMAL] = {"normal", "正常"},
    [BALANCE_EXPLAIN] = {"explain", "需说明"},
    [BALANCE_RETEST] = {"retest", "需复测"},
};

const char *balance_band_key(enum balance_band band)
{
    return bands[band].key;
}

const char *balance_band_label(enum balance_band band)
{
    return bands[band].label;
}

/* ---- policy ---- */

void balance_read_policy(struct balance_policy *policy, const struct check_context *context)
{
    const struct {
        const char *code;
        int64_t usual, *to;
    } limits[] = {
        {"closure_red_below", 6000, &policy->red_below},
        {"closure_green_from", 8000, &policy->green_from},
        {"closure_green_upto", 12000, &policy->green_upto},
        {"closure_red_above", 14000, &policy->red_above},
    };
    enum { USUAL_MONTHS = 12, MOST_MONTHS = 1200 };
    for (size_t i = 0; i < COUNT_OF(limits); i++)
        *limits[i].to =
            facts_parameter(context, limits[i].code, BALANCE_PERCENT_SCALE, limits[i].usual);
    int64_t months = facts_parameter(context, "assay_months", 0, USUAL_MONTHS);
    policy->assay_months = months < 0 || months > MOST_MONTHS ? USUAL_MONTHS : (int)months;
    policy->lod = flow_read_lod(context);
}

struct date balance_assayed_since(const struct balance_policy *policy, struct period period)
{
    int month = period.year * YEAR_MONTHS + period.first + period.months - 1 - policy->assay_months;
    struct date date = {.year = month / YEAR_MONTHS, .month = month % YEAR_MONTHS + 1};
    date.day = date_month_length(date.year, date.month);
    return date;
}

struct balance_due balance_find_due(const struct check_context *context)
{
    enum { USUAL_DAYS = 30, MOST_DAYS = 3660, QUARTER = 3 };
    int64_t days = facts_parameter(context, "balance_due_days", 0, USUAL_DAYS);
    if (days < 0 || days > MOST_DAYS)
        days = USUAL_DAYS;
    struct date date = date_from_days(date_to_days(context->today) - (int)days);
    return (struct balance_due){
        .quarter = period_move(period_of_month(date.year, date.month - 1, QUARTER), -1),
        .year = period_move(period_of_month(date.year, date.month - 1, YEAR_MONTHS), -1),
    };
}

static enum balance_band find_band(const struct balance_policy *policy, bool is_known,
                                   int64_t closure)
{
    if (!is_known)
        return BALANCE_UNDETERMINED;
    if (closure < policy->red_below || closure > policy->red_above)
        return BALANCE_RETEST;
    return closure < policy->green_from || closure > policy->green_upto ? BALANCE_EXPLAIN
                                                                        : BALANCE_NORMAL;
}

/* ---- rows ---- */

static void read_mass(const struct record *flow, struct date assayed_since, struct balance_row *row)
{
    struct date sampled;
    bool has_assay = flow_is_assayed(row->gap);
    if (row->stream != BALANCE_INPUT)
        return;
    bool is_fresh = has_assay && read_date(flow, "sampled_on", &sampled) &&
                    date_compare(sampled, assayed_since) >= 0;
    row->stale_rows = has_assay && !is_fresh;
    if (!read_is(flow, "quantity_unit", "t") || (!read_integer(flow, "dry_quantity", &row->mass) &&
                                                 !read_integer(flow, "quantity", &row->mass)))
        return;
    row->assayed_mass = is_fresh ? row->mass : 0;
}

void balance_read_row(const struct record *flow, struct date assayed_since, struct balance_row *row)
{
    int64_t kg = 0, below;
    *row = (struct balance_row){.rows = 1};
    period_parse(record_text(flow, "period"), &row->period);
    row->stream = balance_stream_of(record_text(flow, "flow"), record_text(flow, "material_class"));
    row->gap = flow_find_gap(record_text(flow, "thallium_gap"));
    read_integer(flow, "thallium_kg", &kg);
    if (read_integer(flow, "thallium_lod_kg", &below)) {
        row->below_rows = 1;
        for (enum flow_lod lod = 0; lod < FLOW_LOD_COUNT; lod++)
            row->below_kg[lod] = flow_apply_lod(lod, below);
    } else {
        row->kg = kg;
    }
    read_mass(flow, assayed_since, row);
}

static bool may_be_same(const struct record *a, const struct record *b, const char *field)
{
    const char *one = record_text(a, field), *other = record_text(b, field);
    return !*one || !*other || strcmp(one, other) == 0;
}

bool balance_is_double(const struct record *whole, const struct record *part)
{
    struct period longer, shorter;
    return period_parse(record_text(whole, "period"), &longer) &&
           period_parse(record_text(part, "period"), &shorter) && longer.months > shorter.months &&
           period_contains(longer, shorter) &&
           strcmp(record_text(whole, "flow"), record_text(part, "flow")) == 0 &&
           strcmp(record_text(whole, "material"), record_text(part, "material")) == 0 &&
           may_be_same(whole, part, "batch") && may_be_same(whole, part, "receiver");
}

/* ---- sums ---- */

static bool add(int64_t *sum, int64_t amount, struct error *err)
{
    return decimal_add(*sum, amount, sum) ||
           error_set(err, ERROR_REFUSED, "铊量合计大得不合情理，请核对物料台账的数量和单位");
}

/* The earliest opening and the latest closing stock: of two that begin (or end) together both. */
static void find_stocks(struct balance *balance, const struct balance_request *request)
{
    for (size_t i = 0; i < request->row_count; i++) {
        const struct balance_row *row = &request->rows[i];
        const struct period period = row->period;
        if (row->is_double || !period_contains(request->period, period))
            continue;
        struct period *from = &balance->stock_from, *to = &balance->stock_to;
        if (row->stream == BALANCE_OPENING && (!from->year || period.first < from->first))
            *from = period;
        if (row->stream == BALANCE_CLOSING &&
            (!to->year || period.first + period.months > to->first + to->months))
            *to = period;
    }
}

bool balance_counts(const struct balance *balance, const struct balance_row *row)
{
    if (row->is_double || !period_contains(balance->period, row->period))
        return false;
    if (row->stream == BALANCE_OPENING)
        return row->period.first == balance->stock_from.first;
    if (row->stream == BALANCE_CLOSING)
        return row->period.first + row->period.months ==
               balance->stock_to.first + balance->stock_to.months;
    return true;
}

/* The two sides of the closure, in kg without what is below the detection limit, and that apart. */
struct sides {
    int64_t in, out, in_below[FLOW_LOD_COUNT], out_below[FLOW_LOD_COUNT];
    int64_t mass, assayed_mass;
};

static bool add_row(struct balance *balance, const struct balance_row *row, struct sides *sides,
                    struct error *err)
{
    struct balance_total *total = &balance->totals[row->stream];
    bool is_out = balance_is_output(row->stream) || row->stream == BALANCE_CLOSING;
    int64_t(*below)[FLOW_LOD_COUNT] = is_out ? &sides->out_below : &sides->in_below;
    bool ok =
        add(&total->kg, row->kg, err) && add(&total->kg, row->below_kg[balance->policy.lod], err);
    total->rows += row->rows;
    total->known += row->gap ? 0 : row->rows;
    if (row->stream == BALANCE_UNPLACED)
        return ok;
    ok = ok && add(is_out ? &sides->out : &sides->in, row->kg, err) &&
         add(&sides->mass, row->mass, err) && add(&sides->assayed_mass, row->assayed_mass, err);
    balance->below_rows += row->below_rows;
    for (enum flow_lod lod = 0; ok && lod < FLOW_LOD_COUNT; lod++)
        ok = add(&(*below)[lod], row->below_kg[lod], err) &&
             add(&balance->below_kg[lod], row->below_kg[lod], err);
    return ok;
}

static bool find_percent(int64_t part, int64_t whole, int64_t *percent)
{
    enum { PERCENT = 100 };
    return whole > 0 &&
           decimal_multiply(part, PERCENT * decimal_unit(BALANCE_PERCENT_SCALE), whole, percent);
}

bool balance_find_share(const struct balance *balance, int64_t kg, int64_t *percent)
{
    return find_percent(kg, balance->totals[BALANCE_INPUT].kg, percent);
}

static bool close_sums(struct balance *balance, struct error *err)
{
    const struct balance_total *totals = balance->totals;
    bool ok = true;
    for (enum balance_stream stream = BALANCE_PRODUCT; stream <= BALANCE_GAS; stream++)
        ok = ok && add(&balance->output_kg, totals[stream].kg, err);
    return ok && add(&balance->stock_change_kg, totals[BALANCE_CLOSING].kg, err) &&
           add(&balance->stock_change_kg, -totals[BALANCE_OPENING].kg, err) &&
           add(&balance->unaccounted_kg, totals[BALANCE_INPUT].kg, err) &&
           add(&balance->unaccounted_kg, -balance->output_kg, err) &&
           add(&balance->unaccounted_kg, -balance->stock_change_kg, err);
}

/* A balance of which one side is empty is none: it is not 0 %. */
static void find_closures(struct balance *balance, const struct sides *sides)
{
    const struct balance_total *totals = balance->totals;
    const struct balance_policy *policy = &balance->policy;
    int64_t outputs = 0;
    for (enum balance_stream stream = BALANCE_PRODUCT; stream <= BALANCE_GAS; stream++)
        outputs += totals[stream].known;
    bool has_in = totals[BALANCE_INPUT].known + totals[BALANCE_OPENING].known > 0;
    for (enum flow_lod lod = 0; lod < FLOW_LOD_COUNT; lod++) {
        int64_t *closure = &balance->closure_by_lod[lod];
        if (!has_in || !outputs ||
            !find_percent(sides->out + sides->out_below[lod], sides->in + sides->in_below[lod],
                          closure))
            *closure = -1;
    }
    balance->closure_percent = balance->closure_by_lod[policy->lod];
    balance->has_closure = balance->closure_percent >= 0;
    balance->has_flow_closure =
        totals[BALANCE_INPUT].known && outputs &&
        find_percent(balance->output_kg, totals[BALANCE_INPUT].kg - balance->stock_change_kg,
                     &balance->flow_closure_percent);
    balance->has_coverage =
        find_percent(sides->assayed_mass, sides->mass, &balance->coverage_percent);
    balance->band = find_band(policy, balance->has_closure, balance->closure_percent);
    balance->flow_band =
        find_band(policy, balance->has_flow_closure, balance->flow_closure_percent);
}

bool balance_make(struct balance *balance, const struct balance_request *request, struct error *err)
{
    struct sides sides = {0};
    bool ok = true;
    *balance = (struct balance){.period = request->period,
                                .policy = request->policy,
                                .has_profile = request->profile != NULL};
    find_stocks(balance, request);
    for (size_t i = 0; ok && i < request->row_count; i++)
        if (balance_counts(balance, &request->rows[i]))
            ok = add_row(balance, &request->rows[i], &sides, err);
    ok = ok && close_sums(balance, err);
    if (ok) {
        find_closures(balance, &sides);
        balance_find_missing(balance, request);
    }
    return ok;
}

void balance_release(struct balance *balance)
{
    for (size_t i = 0; i < balance->missing_count; i++)
        free(balance->missing[i].text);
    free(balance->missing);
    *balance = (struct balance){0};
}
