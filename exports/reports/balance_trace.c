/* 去向: who sent how much thallium to whom; a page with the largest and their chart, and a table of
 * everything. */
#include "core/mem.h"
#include "core/registers.h"
#include "db/trace.h"
#include "exports/reports/balance.h"

#include <stdlib.h>

enum edge_column {
    EDGE_FROM,
    EDGE_TO,
    EDGE_KIND,
    EDGE_MATERIAL,
    EDGE_KG,
    EDGE_ROWS,
    EDGE_UNMEASURED,
    EDGE_WASTE_CODE,
    EDGE_MANIFEST,
    EDGE_BOOKED,
    EDGE_DIFFERENCE,
    EDGE_NOTE,
    EDGE_COUNT,
};

static const struct sink_column columns[EDGE_COUNT] = {
    [EDGE_FROM] = {.key = "from", .label = "送出单位", .width = 24},
    [EDGE_TO] = {.key = "to", .label = "接收单位或去向", .width = 24},
    [EDGE_KIND] = {.key = "kind", .label = "去向类型", .width = 10, .centre = true},
    [EDGE_MATERIAL] = {.key = "material", .label = "物料类别", .width = 9, .centre = true},
    [EDGE_KG] = {.key = "kg",
                 .label = "铊量",
                 .unit = "kg",
                 .format = SINK_DECIMAL,
                 .scale = BALANCE_SHOWN_SCALE,
                 .width = 11},
    [EDGE_ROWS] = {.key = "rows", .label = "台账（条）", .format = SINK_INTEGER, .width = 6},
    [EDGE_UNMEASURED] = {.key = "unmeasured_rows",
                         .label = "没有铊量（条）",
                         .format = SINK_INTEGER,
                         .width = 8},
    [EDGE_WASTE_CODE] = {.key = "waste_code", .label = "危废代码", .width = 12},
    [EDGE_MANIFEST] = {.key = "manifest_no", .label = "联单号", .width = 18},
    [EDGE_BOOKED] = {.key = "booked_kg",
                     .label = "接收方入账",
                     .unit = "kg",
                     .format = SINK_DECIMAL,
                     .scale = BALANCE_SHOWN_SCALE,
                     .width = 11},
    [EDGE_DIFFERENCE] = {.key = "difference_kg",
                         .label = "相差",
                         .unit = "kg",
                         .format = SINK_DECIMAL,
                         .scale = BALANCE_SHOWN_SCALE,
                         .width = 9},
    [EDGE_NOTE] = {.key = "note", .label = "说明", .width = 18},
};

/* The links that are printed: of one enterprise those of its chain, else all. */
struct chosen {
    const struct trace *trace;
    size_t *links;
    bool *is_return; /* by link; of a chain */
    size_t count;
};

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

struct ranked {
    size_t link;
    int64_t kg;
};

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->kg != b->kg)
        return a->kg > b->kg ? -1 : 1;
    return compare_sizes(a->link, b->link);
}

static void choose_chain(const struct trace *trace, const char *enterprise, struct ranked *ranked,
                         struct chosen *chosen)
{
    struct trace_walk walk;
    size_t start = trace_find(trace, TRACE_ENTERPRISE, enterprise);
    if (start == TRACE_NOBODY)
        return;
    trace_walk(trace, start, &walk);
    for (size_t i = 0; i < walk.step_count; i++) {
        ranked[chosen->count++].link = walk.steps[i].link;
        chosen->is_return[walk.steps[i].link] = walk.steps[i].is_return;
    }
    trace_walk_release(&walk);
}

/* The largest first. */
static void choose(const struct balance_report *report, const struct trace *trace,
                   struct chosen *chosen)
{
    struct ranked *ranked = mem_new(trace->link_count + 1, sizeof *ranked);
    *chosen = (struct chosen){
        .trace = trace,
        .links = mem_new(trace->link_count + 1, sizeof *chosen->links),
        .is_return = mem_new(trace->link_count + 1, sizeof *chosen->is_return),
    };
    if (report->run.options->choices[REPORT_ENTERPRISE])
        choose_chain(trace, report->enterprises.ids[0], ranked, chosen);
    else
        for (; chosen->count < trace->link_count; chosen->count++)
            ranked[chosen->count].link = chosen->count;
    for (size_t i = 0; i < chosen->count; i++)
        ranked[i].kg = trace->links[ranked[i].link].kg;
    qsort(ranked, chosen->count, sizeof *ranked, compare_ranked);
    for (size_t i = 0; i < chosen->count; i++)
        chosen->links[i] = ranked[i].link;
    free(ranked);
}

static void write_note(const struct chosen *chosen, size_t index, struct buffer *out)
{
    const struct trace_link *link = &chosen->trace->links[index];
    int64_t difference;
    bool is_comparable = trace_difference(chosen->trace, link, &difference);
    if (link->from == link->to)
        buffer_add(out, "厂内回用");
    else if (chosen->is_return[index])
        buffer_add(out, "回流");
    if (link->is_booked_only)
        buffer_addf(out, "%s%s", out->length ? "；" : "",
                    is_comparable ? "送出方台账没有" : "按接收方入账");
    else if (is_comparable && link->booked_count == 0)
        buffer_addf(out, "%s接收方没有入账", out->length ? "；" : "");
}

/* What the receiver says stands beside the first edge of a link only: it is about all of them. */
static void put_books(const struct chosen *chosen, size_t index, struct sink *sink)
{
    const struct trace_link *link = &chosen->trace->links[index];
    int64_t difference;
    struct buffer note = {0};
    if (trace_difference(chosen->trace, link, &difference)) {
        sink_number(sink, link->booked_kg, TRACE_SCALE);
        sink_number(sink, difference, TRACE_SCALE);
    } else {
        sink_empty(sink);
        sink_empty(sink);
    }
    write_note(chosen, index, &note);
    sink_text(sink, buffer_text(&note));
    buffer_release(&note);
}

static bool put_edge(struct balance_report *report, const struct chosen *chosen, size_t edge_index,
                     struct error *err)
{
    const struct trace *trace = chosen->trace;
    const struct trace_edge *edge = &trace->edges[edge_index];
    const struct trace_link *link = &trace->links[edge->link];
    struct sink *sink = report->run.sink;
    struct buffer codes = {0}, manifests = {0};
    trace_write_waste_codes(trace, edge, &codes);
    trace_write_manifests(trace, edge, &manifests);
    sink_begin_row(sink);
    sink_text(sink, trace->nodes[link->from].name);
    sink_text(sink, trace->nodes[link->to].name);
    sink_text(sink, trace_kind_label(trace->nodes[link->to].kind));
    sink_text(sink, edge->material);
    if (edge->unknown_count == edge->row_count)
        sink_empty(sink);
    else
        sink_number(sink, edge->kg, TRACE_SCALE);
    sink_number(sink, (int64_t)edge->row_count, 0);
    sink_number(sink, (int64_t)edge->unknown_count, 0);
    sink_text(sink, buffer_text(&codes));
    sink_text(sink, buffer_text(&manifests));
    if (edge_index == link->first_edge)
        put_books(chosen, edge->link, sink);
    buffer_release(&codes);
    buffer_release(&manifests);
    report->run.result->rows++;
    return sink_end_row(sink, err);
}

static bool put_rows(struct balance_report *report, const struct chosen *chosen, struct error *err)
{
    size_t count = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < chosen->count; i++) {
        const struct trace_link *link = &chosen->trace->links[chosen->links[i]];
        for (size_t n = 0; ok && n < link->edge_count; n++, count++)
            ok = put_edge(report, chosen, link->first_edge + n, err);
    }
    if (!ok)
        return false;
    sink_line(report->run.sink, count
                                    ? "注：同一对单位之间按送出方台账计，送出方没有记的按接收方入账"
                                      "计；接收方入账和相差是这一对单位的合计，写在第一行。"
                                    : "这一期的台账里没有写来源和去向");
    sink_end_sheet(report->run.sink);
    return true;
}

static bool write_table(struct balance_report *report, const struct chosen *chosen,
                        struct error *err)
{
    struct buffer title = {0}, left = {0};
    run_fill(&report->run, "{地区}铊去向明细（{核算期}）", &title);
    run_fill(&report->run, "填报单位：{填报单位}", &left);
    const struct sink_table table = {
        .name = "去向明细",
        .key = "trace",
        .title = buffer_text(&title),
        .left = buffer_text(&left),
        .right = "单位：kg",
        .columns = columns,
        .column_count = EDGE_COUNT,
        .fixed = 2,
        .filter = true,
    };
    sink_begin_table(report->run.sink, &table);
    report->run.result->tables++;
    bool ok = put_rows(report, chosen, err);
    buffer_release(&title);
    buffer_release(&left);
    return ok;
}

/* ---- the largest, with their chart ---- */

enum page_column {
    PAGE_WAY,
    PAGE_MATERIAL,
    PAGE_KG,
    PAGE_GAP,
    PAGE_CHART,
    CHART_CELLS = 6,
    PAGE_CELLS = PAGE_CHART + CHART_CELLS,
    CHART_CELL_WIDTH = 10,
    CHART_CELL_PIXELS = 75,
    CHART_ROWS = 22,
    ROW_PIXELS = 20,
    LARGEST = 15,
};

static bool put_line(struct sink *sink, enum sink_style style, size_t cells, const char *text,
                     struct error *err)
{
    sink_begin_row(sink);
    sink_styled(sink, style, cells, text);
    return sink_end_row(sink, err);
}

static bool put_heads(struct balance_report *report, struct error *err)
{
    static const char *const labels[] = {"从 → 到", "物料类别", "铊量（kg）"};
    struct sink *sink = report->run.sink;
    struct buffer title = {0}, note = {0};
    run_fill(&report->run, "{地区}铊去向（{核算期}）", &title);
    run_fill(&report->run, "填报单位：{填报单位}    填报日期：{填报日期}", &note);
    bool ok = put_line(sink, SINK_STYLE_TITLE, PAGE_CELLS, buffer_text(&title), err) &&
              put_line(sink, SINK_STYLE_NOTE, PAGE_CELLS, buffer_text(&note), err);
    buffer_release(&title);
    buffer_release(&note);
    sink_begin_row(sink);
    for (size_t i = 0; i < COUNT_OF(labels); i++)
        sink_styled(sink, SINK_STYLE_HEADING, 1, labels[i]);
    return ok && sink_end_row(sink, err);
}

/* A link with several materials is one bar: what matters here is the way. */
static bool put_link(const struct chosen *chosen, size_t index, struct sink *sink,
                     struct error *err)
{
    const struct trace *trace = chosen->trace;
    const struct trace_link *link = &trace->links[index];
    struct buffer way = {0}, material = {0};
    buffer_addf(&way, "%s → %s", trace->nodes[link->from].name, trace->nodes[link->to].name);
    buffer_add(&material, trace->edges[link->first_edge].material);
    if (link->edge_count > 1)
        buffer_addf(&material, "等 %zu 类", link->edge_count);
    sink_begin_row(sink);
    sink_styled(sink, SINK_STYLE_LABEL, 1, way.text);
    sink_text(sink, buffer_text(&material));
    sink_number(sink, balance_report_grams(link->kg), BALANCE_SHOWN_SCALE);
    buffer_release(&way);
    buffer_release(&material);
    return sink_end_row(sink, err);
}

static void put_chart(struct sink *sink, size_t first, size_t count)
{
    size_t last = first + count - 1;
    const struct sink_series series = {.name = "铊量", .values = {first, PAGE_KG, last, PAGE_KG}};
    const struct sink_chart chart = {
        .kind = SINK_BARS,
        .title = "铊去了哪里",
        .value_title = "kg",
        .row = first - 1,
        .column = PAGE_CHART,
        .width = CHART_CELLS * CHART_CELL_PIXELS,
        .height = CHART_ROWS * ROW_PIXELS,
        .categories = {first, PAGE_WAY, last, PAGE_WAY},
        .series = &series,
        .series_count = 1,
    };
    sink_chart(sink, &chart);
}

static bool write_page(struct balance_report *report, const struct chosen *chosen,
                       struct error *err)
{
    struct sink *sink = report->run.sink;
    size_t count = chosen->count < LARGEST ? chosen->count : LARGEST;
    int widths[PAGE_CELLS] = {
        [PAGE_WAY] = 46, [PAGE_MATERIAL] = 14, [PAGE_KG] = 12, [PAGE_GAP] = 3};
    for (size_t i = PAGE_CHART; i < PAGE_CELLS; i++)
        widths[i] = CHART_CELL_WIDTH;
    const struct sink_page page = {
        .name = "去向", .widths = widths, .column_count = PAGE_CELLS, .landscape = true};
    sink_begin_page(sink, &page);
    report->run.result->tables++;
    bool ok = put_heads(report, err);
    size_t first = sink_row(sink);
    for (size_t i = 0; ok && i < count; i++)
        ok = put_link(chosen, chosen->links[i], sink, err);
    if (ok && count)
        put_chart(sink, first, count);
    ok = ok && put_line(sink, SINK_STYLE_NOTE, PAGE_GAP,
                        !count                  ? "这一期的台账里没有写来源和去向。"
                        : chosen->count > count ? "最大的 15 条；每一条见去向明细。"
                                                : "每一条的物料、联单见去向明细。",
                        err);
    sink_end_sheet(sink);
    return ok;
}

bool balance_report_trace(struct balance_report *report, struct error *err)
{
    struct trace trace;
    struct chosen chosen = {.count = 0};
    bool ok = trace_load(&trace, report->run.store, report->period, err);
    if (ok) {
        choose(report, &trace, &chosen);
        ok = write_page(report, &chosen, err) && write_table(report, &chosen, err);
    }
    free(chosen.links);
    free(chosen.is_return);
    trace_release(&trace);
    return ok;
}
