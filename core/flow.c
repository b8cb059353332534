#include "core/flow.h"
#include "core/decimal.h"
#include "core/facts.h"
#include "core/registers/assay.h"
#include "core/text.h"

#include <string.h>

enum {
    PERCENT_SCALE = 2, /* a share of one is a percentage with two more decimals */
    NANO_SCALE = 9,    /* of measure_in_unit */
};

/* How the amount and the content of a flow make kilograms: amount × content ÷ 10^power. */
static const struct kind {
    const char *quantity_unit, *content_unit;
    int power;
    bool is_solid;
} kinds[] = {
    {.quantity_unit = "t", .content_unit = "mg/kg", .power = 3, .is_solid = true},
    {.quantity_unit = "m³", .content_unit = "mg/L", .power = 3},
    {.quantity_unit = "Nm³", .content_unit = "mg/m³", .power = 6},
};

enum gap {
    GAP_QUANTITY,
    GAP_ASSAY,
    GAP_UNIT,
    GAP_RANGE,
    GAP_BASIS,
    GAP_MOISTURE,
    GAP_MISMATCH,
    GAP_SIZE,
    GAP_NONE,
};

const char *const flow_gap_choices[] = {
    [GAP_QUANTITY] = "缺数量",     [GAP_ASSAY] = "没有检测",   [GAP_UNIT] = "缺含量单位",
    [GAP_RANGE] = "超出测定上限",  [GAP_BASIS] = "缺计量基准", [GAP_MOISTURE] = "缺含水率",
    [GAP_MISMATCH] = "单位对不上", [GAP_SIZE] = "数值过大",    [GAP_NONE] = NULL,
};

const char *flow_find_gap(const char *text)
{
    for (size_t i = 0; flow_gap_choices[i]; i++)
        if (strcmp(text, flow_gap_choices[i]) == 0)
            return flow_gap_choices[i];
    return NULL;
}

bool flow_is_assayed(const char *gap)
{
    return gap != flow_gap_choices[GAP_QUANTITY] && gap != flow_gap_choices[GAP_ASSAY] &&
           gap != flow_gap_choices[GAP_UNIT];
}

static const char *const lod_names[FLOW_LOD_COUNT] = {
    [FLOW_LOD_NONE] = "0", [FLOW_LOD_HALF] = "LOD/2", [FLOW_LOD_WHOLE] = "LOD"};

enum flow_lod flow_read_lod(const struct check_context *context)
{
    enum flow_lod found = FLOW_LOD_HALF;
    struct buffer text = {0};
    facts_parameter_text(context, "balance_lod", &text);
    for (enum flow_lod lod = 0; lod < FLOW_LOD_COUNT; lod++)
        if (text_same(buffer_text(&text), lod_names[lod]))
            found = lod;
    buffer_release(&text);
    return found;
}

const char *flow_lod_name(enum flow_lod lod)
{
    return lod_names[lod];
}

int64_t flow_apply_lod(enum flow_lod lod, int64_t kg)
{
    return lod == FLOW_LOD_NONE ? 0 : lod == FLOW_LOD_WHOLE ? kg : kg / 2 + kg % 2;
}

/* What a flow was found to be, as far as it is known. */
struct reckoning {
    enum gap gap;
    bool is_undetected;
    int64_t kg; /* with the detection limit itself when it is below that */
    bool has_dry;
    int64_t dry;
};

/* The share of the amount that counts, times 10^(scale of the moisture + 2): all of a liquid, a gas
 * or a dry solid, what is not water of a wet one. */
static enum gap read_share(const struct record *flow, const struct kind *kind, int64_t *share)
{
    const struct value *moisture = record_value(flow, "moisture_percent");
    const char *basis = record_text(flow, "basis");
    *share = decimal_unit(reg_field_find(flow->reg, "moisture_percent")->scale + PERCENT_SCALE);
    if (!kind->is_solid || strcmp(basis, "干基") == 0)
        return GAP_NONE;
    if (!*basis)
        return GAP_BASIS;
    if (value_is_null(moisture) || moisture->integer < 0 || moisture->integer > *share)
        return GAP_MOISTURE;
    *share -= moisture->integer;
    return GAP_NONE;
}

static const struct kind *find_kind(const struct record *flow)
{
    const char *unit = record_text(flow, "quantity_unit");
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(unit, kinds[i].quantity_unit) == 0)
            return &kinds[i];
    return NULL;
}

static enum gap read_content(const struct record *flow, struct reckoning *reckoning,
                             struct measure *content)
{
    if (value_is_null(record_value(flow, "thallium_content")))
        return GAP_ASSAY;
    if (!assay_read(flow, "thallium_content", "thallium_unit", content))
        return *record_text(flow, "thallium_unit") ? GAP_MISMATCH : GAP_UNIT;
    reckoning->is_undetected = assay_is_undetected(flow, "thallium_unit", content);
    return content->qualifier == '>' ? GAP_RANGE : GAP_NONE;
}

/* Exact up to one rounding at the last decimal. Of what is above the range of the method nobody
 * knows how much it is. */
static void reckon(const struct record *flow, struct reckoning *reckoning)
{
    const struct value *quantity = record_value(flow, "quantity");
    const struct kind *kind = find_kind(flow);
    struct measure content = {0};
    int64_t share, amount, nano;
    *reckoning = (struct reckoning){.gap = GAP_QUANTITY};
    if (value_is_null(quantity) || !kind)
        return;
    int share_scale = reg_field_find(flow->reg, "moisture_percent")->scale + PERCENT_SCALE;
    int from = FLOW_MASS_SCALE + share_scale + NANO_SCALE + kind->power;
    enum gap wet = read_share(flow, kind, &share);
    reckoning->has_dry =
        kind->is_solid && wet == GAP_NONE &&
        decimal_multiply(quantity->integer, share, decimal_unit(share_scale), &reckoning->dry);
    reckoning->gap = read_content(flow, reckoning, &content);
    if (reckoning->gap == GAP_NONE)
        reckoning->gap = wet;
    if (reckoning->gap != GAP_NONE)
        return;
    if (!measure_in_unit(&content, kind->content_unit, &nano))
        reckoning->gap = GAP_MISMATCH;
    else if (!decimal_multiply(quantity->integer, share, 1, &amount) ||
             !decimal_multiply(amount, nano, decimal_unit(from - FLOW_KG_SCALE), &reckoning->kg))
        reckoning->gap = GAP_SIZE;
}

static void set_number(struct record *flow, const char *field, bool is_known, int64_t number)
{
    struct value *value = record_value_for_change(flow, field);
    if (is_known)
        value_set_integer(value, number);
    else
        value_release(value);
}

void flow_conclude(struct record *flow, const struct check_context *context)
{
    struct reckoning reckoning;
    reckon(flow, &reckoning);
    bool is_known = reckoning.gap == GAP_NONE, is_below = is_known && reckoning.is_undetected;
    int64_t kg = is_below ? flow_apply_lod(flow_read_lod(context), reckoning.kg) : reckoning.kg;
    set_number(flow, "thallium_kg", is_known, kg);
    set_number(flow, "thallium_lod_kg", is_below, reckoning.kg);
    set_number(flow, "dry_quantity", reckoning.has_dry, reckoning.dry);
    value_set_text(record_value_for_change(flow, "thallium_gap"),
                   is_known ? NULL : flow_gap_choices[reckoning.gap]);
}
