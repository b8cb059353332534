/* 平衡表 of one enterprise: the table with its chart beside it, on one sheet of paper. */
#include "core/decimal.h"
#include "core/text.h"
#include "exports/reports/balance.h"

#include <string.h>

enum {
    LABEL,
    KG,
    SHARE,
    ROWS,
    UNKNOWN,
    TABLE_CELLS,
    GAP = TABLE_CELLS,
    CHART,
    CHART_CELLS = 6,
    CELLS = CHART + CHART_CELLS,
    CELL_WIDTH = 10,
    CELL_PIXELS = 75, /* of a cell of that width */
    CHART_ROWS = 17,
    ROW_PIXELS = 20,
};

int64_t balance_report_grams(int64_t kg)
{
    int64_t grams = 0;
    decimal_multiply(kg, 1, decimal_unit(FLOW_KG_SCALE - BALANCE_SHOWN_SCALE), &grams);
    return grams;
}

static bool put_line(struct sink *sink, enum sink_style style, size_t cells, const char *text,
                     struct error *err)
{
    sink_begin_row(sink);
    sink_styled(sink, style, cells, text);
    return sink_end_row(sink, err);
}

static bool put_heads(struct balance_report *report, size_t index, struct error *err)
{
    struct sink *sink = report->run.sink;
    struct buffer title = {0}, note = {0};
    balance_report_name(report, index, &title);
    run_fill(&report->run, " {报告期}铊平衡表", &title);
    run_fill(&report->run, "填报单位：{填报单位}    填报日期：{填报日期}", &note);
    bool ok = put_line(sink, SINK_STYLE_TITLE, CELLS, buffer_text(&title), err) &&
              put_line(sink, SINK_STYLE_NOTE, CELLS, buffer_text(&note), err);
    buffer_release(&title);
    buffer_release(&note);
    return ok;
}

static bool put_heading(struct sink *sink, struct error *err)
{
    static const char *const labels[TABLE_CELLS] = {[LABEL] = "项目",
                                                    [KG] = "铊量（kg）",
                                                    [SHARE] = "占投入",
                                                    [ROWS] = "台账（条）",
                                                    [UNKNOWN] = "算不出（条）"};
    sink_begin_row(sink);
    for (size_t i = 0; i < TABLE_CELLS; i++)
        sink_styled(sink, SINK_STYLE_HEADING, 1, labels[i]);
    return sink_end_row(sink, err);
}

static bool put_figure(struct sink *sink, const struct balance *balance,
                       const struct balance_line *line, struct error *err)
{
    bool is_sum = line->stream == BALANCE_STREAM_COUNT;
    int64_t share;
    sink_begin_row(sink);
    sink_styled(sink, is_sum ? SINK_STYLE_HEADING : SINK_STYLE_LABEL, 1, line->label);
    if (line->is_known)
        sink_number(sink, balance_report_grams(line->kg), BALANCE_SHOWN_SCALE);
    else
        sink_text(sink, "—");
    if (line->is_known && balance_find_share(balance, line->kg, &share))
        sink_percent(sink, share, BALANCE_PERCENT_SCALE);
    else
        sink_text(sink, "—");
    if (is_sum) {
        sink_text(sink, "");
        sink_text(sink, "");
    } else {
        const struct balance_total *total = &balance->totals[line->stream];
        sink_number(sink, total->rows, 0);
        sink_number(sink, total->rows - total->known, 0);
    }
    return sink_end_row(sink, err);
}

static bool put_percent(struct sink *sink, const char *label, bool is_known, int64_t percent,
                        const char *verdict, struct error *err)
{
    sink_begin_row(sink);
    sink_styled(sink, SINK_STYLE_LABEL, 1, label);
    if (is_known)
        sink_percent(sink, percent, BALANCE_PERCENT_SCALE);
    else
        sink_text(sink, "—");
    sink_styled(sink, SINK_STYLE_CELL, TABLE_CELLS - KG - 1, verdict);
    return sink_end_row(sink, err);
}

static bool put_percents(struct sink *sink, const struct balance *balance, struct error *err)
{
    return put_percent(sink, "闭合率", balance->has_closure, balance->closure_percent,
                       balance_band_label(balance->band), err) &&
           put_percent(sink, "不计库存的闭合率", balance->has_flow_closure,
                       balance->flow_closure_percent, balance_band_label(balance->flow_band),
                       err) &&
           put_percent(sink, "检测覆盖率", balance->has_coverage, balance->coverage_percent,
                       "投入料中检测有效的比例（按重量）", err);
}

/* Bars of what came in, of each output and of what nobody can account for: what stands in the rows
 * from `first` on. */
static void put_chart(struct sink *sink, size_t first)
{
    const struct sink_series series = {.name = "铊量",
                                       .values = {first, KG, first + BALANCE_GAS, KG}};
    const struct sink_chart chart = {
        .kind = SINK_BARS,
        .title = "铊从哪里来、到哪里去",
        .value_title = "kg",
        .row = first - 1,
        .column = CHART,
        .width = CHART_CELLS * CELL_PIXELS,
        .height = CHART_ROWS * ROW_PIXELS,
        .categories = {first, LABEL, first + BALANCE_GAS, LABEL},
        .series = &series,
        .series_count = 1,
    };
    sink_chart(sink, &chart);
}

static bool put_missing(struct sink *sink, const struct balance *balance, struct error *err)
{
    bool ok = put_line(sink, SINK_STYLE_SUBTITLE, CELLS,
                       balance->missing_count ? "还缺" : "没有发现缺项", err);
    for (size_t i = 0; ok && i < balance->missing_count; i++) {
        const struct balance_missing *missing = &balance->missing[i];
        struct buffer text = {0};
        buffer_add(&text, missing->text);
        if (missing->rows)
            buffer_addf(&text, "（%lld 条）", (long long)missing->rows);
        sink_begin_row(sink);
        sink_styled(sink, SINK_STYLE_LABEL, 1, balance_stream_label(missing->stream));
        sink_styled(sink, SINK_STYLE_LABEL, CELLS - 1, text.text);
        ok = sink_end_row(sink, err);
        buffer_release(&text);
    }
    return ok;
}

static bool put_notes(struct sink *sink, const struct balance *balance, struct error *err)
{
    struct buffer text = {0};
    buffer_add(&text, "闭合率 = ");
    balance_write_formula(balance, &text);
    bool ok = put_line(sink, SINK_STYLE_NOTE, CELLS, text.text, err);
    buffer_clear(&text);
    balance_write_bands(balance, &text);
    ok = ok && put_line(sink, SINK_STYLE_NOTE, CELLS, text.text, err);
    buffer_clear(&text);
    balance_write_below(balance, &text);
    ok = ok && put_line(sink, SINK_STYLE_NOTE, CELLS, text.text, err);
    if (ok && !balance->has_profile)
        ok = put_line(sink, SINK_STYLE_NOTE, CELLS,
                      "这家企业没有涉铊企业档案，不知道还应有哪些流。", err);
    buffer_release(&text);
    return ok && put_line(sink, SINK_STYLE_NOTE, CELLS,
                          "填表人：　　　　　　　　　　企业负责人（盖章）：　　　　　　　　　　"
                          "审核人：",
                          err);
}

/* A sheet's name has at most 31 characters and none of these; the number makes it the only one. */
static void write_sheet_name(const struct balance_report *report, size_t index, struct buffer *out)
{
    enum { NAME_BYTES = 60 };
    struct buffer name = {0};
    balance_report_name(report, index, &name);
    buffer_addf(out, "%zu ", index + 1);
    text_cut_bytes(name.text, NAME_BYTES);
    for (const char *c = name.text; *c; c++)
        buffer_add_char(out, strchr("[]:*?/\\'", *c) ? '_' : *c);
    buffer_release(&name);
}

bool balance_report_page(struct balance_report *report, size_t index, struct error *err)
{
    const struct balance *balance = &report->balances[index];
    struct sink *sink = report->run.sink;
    struct balance_line lines[BALANCE_LINES];
    struct buffer name = {0};
    int widths[CELLS] = {
        [LABEL] = 20, [KG] = 14, [SHARE] = 10, [ROWS] = 11, [UNKNOWN] = 13, [GAP] = 3};
    for (size_t i = CHART; i < CELLS; i++)
        widths[i] = CELL_WIDTH;
    write_sheet_name(report, index, &name);
    const struct sink_page page = {
        .name = name.text, .widths = widths, .column_count = CELLS, .landscape = true};
    balance_list_lines(balance, lines);
    sink_begin_page(sink, &page);
    report->run.result->tables++;
    bool ok = put_heads(report, index, err) && put_heading(sink, err);
    size_t first = sink_row(sink);
    for (size_t i = 0; ok && i < BALANCE_LINES; i++)
        ok = put_figure(sink, balance, &lines[i], err);
    if (ok)
        put_chart(sink, first);
    ok = ok && put_percents(sink, balance, err) && put_missing(sink, balance, err) &&
         put_notes(sink, balance, err);
    sink_end_sheet(sink);
    buffer_release(&name);
    return ok;
}
