/* How a balance is put into words and lines. */
#include "core/balance.h"
#include "core/decimal.h"

/* ---- as a table ---- */

void balance_list_lines(const struct balance *balance, struct balance_line lines[BALANCE_LINES])
{
    const enum balance_stream sum = BALANCE_STREAM_COUNT;
    const struct balance_total *totals = balance->totals;
    bool has_stock = totals[BALANCE_OPENING].known + totals[BALANCE_CLOSING].known > 0;
    bool has_output = false;
    for (enum balance_stream stream = BALANCE_PRODUCT; stream <= BALANCE_GAS; stream++)
        has_output = has_output || totals[stream].known;
    const struct balance_line all[BALANCE_LINES] = {
        {"input_kg", NULL, BALANCE_INPUT, 0, false},
        {"product_kg", NULL, BALANCE_PRODUCT, 0, false},
        {"byproduct_kg", NULL, BALANCE_BYPRODUCT, 0, false},
        {"waste_kg", NULL, BALANCE_WASTE, 0, false},
        {"dust_kg", NULL, BALANCE_DUST, 0, false},
        {"sludge_kg", NULL, BALANCE_SLUDGE, 0, false},
        {"wastewater_kg", NULL, BALANCE_WASTEWATER, 0, false},
        {"gas_kg", NULL, BALANCE_GAS, 0, false},
        {"output_kg", "产出和排放合计", sum, balance->output_kg, has_output},
        {"opening_stock_kg", NULL, BALANCE_OPENING, 0, false},
        {"closing_stock_kg", NULL, BALANCE_CLOSING, 0, false},
        {"stock_change_kg", "库存变化", sum, balance->stock_change_kg, has_stock},
        {"unaccounted_kg", "差额（去向不明）", sum, balance->unaccounted_kg, balance->has_closure},
    };
    for (size_t i = 0; i < BALANCE_LINES; i++) {
        lines[i] = all[i];
        if (lines[i].stream == sum)
            continue;
        lines[i].label = balance_stream_label(lines[i].stream);
        lines[i].kg = totals[lines[i].stream].kg;
        lines[i].is_known = totals[lines[i].stream].known > 0;
    }
}

/* ---- the formula ---- */

static void write_kg(int64_t kg, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(kg, FLOW_KG_SCALE, text);
    buffer_add(out, text);
}

void balance_write_formula(const struct balance *balance, struct buffer *out)
{
    const struct balance_total *totals = balance->totals;
    char percent[DECIMAL_TEXT_SIZE];
    buffer_add(out, "（产出和排放 ");
    write_kg(balance->output_kg, out);
    buffer_add(out, " + 期末库存 ");
    write_kg(totals[BALANCE_CLOSING].kg, out);
    buffer_add(out, "）÷（投入 ");
    write_kg(totals[BALANCE_INPUT].kg, out);
    buffer_add(out, " + 期初库存 ");
    write_kg(totals[BALANCE_OPENING].kg, out);
    buffer_add(out, "）");
    if (!balance->has_closure)
        return;
    decimal_format_fixed(balance->closure_percent, BALANCE_PERCENT_SCALE, percent);
    buffer_addf(out, "= %s%%", percent);
}

static void write_percent(int64_t percent, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(percent, BALANCE_PERCENT_SCALE, text);
    buffer_addf(out, "%s%%", text);
}

void balance_write_bands(const struct balance *balance, struct buffer *out)
{
    const struct balance_policy *policy = &balance->policy;
    write_percent(policy->green_from, out);
    buffer_add(out, " 到 ");
    write_percent(policy->green_upto, out);
    buffer_add(out, " 为正常，低于 ");
    write_percent(policy->red_below, out);
    buffer_add(out, " 或高于 ");
    write_percent(policy->red_above, out);
    buffer_add(out, " 需复测，其余需说明（本程序约定，可在参数里改）");
}

void balance_write_below(const struct balance *balance, struct buffer *out)
{
    buffer_addf(out, "低于检出限的按 %s 计（本程序约定）：", flow_lod_name(balance->policy.lod));
    if (!balance->below_rows) {
        buffer_add(out, "本期没有");
        return;
    }
    buffer_addf(out, "%lld 条", (long long)balance->below_rows);
    for (enum flow_lod lod = 0; lod < FLOW_LOD_COUNT; lod++) {
        buffer_addf(out, "，按 %s 计 ", flow_lod_name(lod));
        write_kg(balance->below_kg[lod], out);
        buffer_add(out, " kg");
        if (balance->closure_by_lod[lod] < 0)
            continue;
        buffer_add(out, "、闭合率 ");
        write_percent(balance->closure_by_lod[lod], out);
    }
}
