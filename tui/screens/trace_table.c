/* The edges of a chain as a table, and what can be said about one of them or about a node. */
#include "tui/screens/trace.h"

#include "core/decimal.h"
#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>

enum {
    MARK_COLUMN = 3,
    FROM_COLUMN = 5,
    ARROW_WIDTH = 3,
    CLASS_WIDTH = 9,
    KG_WIDTH = 15,
    ROOMY_COLUMNS = 110,
    CODE_WIDTH = 12,
    MANIFEST_WIDTH = 18,
    NAME_MOST = 40,
};

void trace_write_kg(int64_t kg, struct buffer *out)
{
    enum { GRAMS = 1000, GRAM_SCALE = 3 };
    char text[DECIMAL_TEXT_SIZE];
    int64_t grams;
    if (!decimal_multiply(kg, 1, GRAMS, &grams))
        return;
    if (grams == 0 && kg != 0) {
        buffer_add(out, "<0.001");
        return;
    }
    decimal_format_fixed(grams, GRAM_SCALE, text);
    buffer_add(out, text);
}

static void write_exact(int64_t kg, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(kg, TRACE_SCALE, text);
    buffer_addf(out, "%s kg", text);
}

/* ---- the lines ---- */

struct trace_look trace_look(const struct trace *trace, const struct trace_step *step)
{
    const struct trace_link *link = &trace->links[step->link];
    int64_t difference;
    bool is_comparable = trace_difference(trace, link, &difference);
    if (is_comparable && (link->is_booked_only || link->booked_count == 0))
        return (struct trace_look){"!", STYLE_ERROR};
    if (step->is_return)
        return (struct trace_look){"↺", STYLE_CHANGED};
    if (is_comparable && difference != 0)
        return (struct trace_look){"≠", STYLE_WARNING};
    return (struct trace_look){" ", STYLE_PLAIN};
}

/* Orders lines: downstream first, outward from the start, the largest first. */
static int distance_of(const struct trace_screen *self, const struct trace_line *line)
{
    const struct trace_link *link = &self->trace.links[line->step->link];
    bool up = line->step >= self->walk.steps + self->walk.down_count;
    int layer = self->walk.places[up ? link->to : link->from].layer;
    return up ? (int)self->walk.order_count + abs(layer) : layer;
}

struct ranked {
    struct trace_line line;
    int distance;
    int64_t kg;
};

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    if (a->kg != b->kg)
        return a->kg > b->kg ? -1 : 1;
    return (a->line.edge > b->line.edge) - (a->line.edge < b->line.edge);
}

void trace_make_lines(struct trace_screen *self)
{
    struct ranked *ranked = mem_new(self->trace.edge_count + 1, sizeof *ranked);
    size_t count = 0;
    for (size_t i = 0; i < self->walk.step_count; i++) {
        const struct trace_link *link = &self->trace.links[self->walk.steps[i].link];
        for (size_t n = 0; n < link->edge_count; n++) {
            struct ranked *to = &ranked[count++];
            to->line = (struct trace_line){link->first_edge + n, &self->walk.steps[i]};
            to->distance = distance_of(self, &to->line);
            to->kg = self->trace.edges[to->line.edge].kg;
        }
    }
    if (count)
        qsort(ranked, count, sizeof *ranked, compare_ranked);
    free(self->lines);
    self->lines = mem_new(count + 1, sizeof *self->lines);
    for (size_t i = 0; i < count; i++)
        self->lines[i] = ranked[i].line;
    listview_set_count(&self->list, count);
    free(ranked);
}

/* ---- drawing ---- */

/* Where the columns of the table stand. */
struct layout {
    int name, to, material, kg, code, manifest; /* code 0: there is no room */
};

static struct layout lay_out(int columns)
{
    bool roomy = columns >= ROOMY_COLUMNS;
    int rest = columns - FROM_COLUMN - ARROW_WIDTH - CLASS_WIDTH - KG_WIDTH - 2 -
               (roomy ? CODE_WIDTH + MANIFEST_WIDTH : 0);
    struct layout layout = {.name = rest / 2 > NAME_MOST ? NAME_MOST : rest / 2};
    layout.to = FROM_COLUMN + layout.name + ARROW_WIDTH;
    layout.material = layout.to + layout.name + 1;
    layout.kg = layout.material + CLASS_WIDTH;
    layout.code = roomy ? layout.kg + KG_WIDTH + 1 : 0;
    layout.manifest = layout.code + CODE_WIDTH;
    return layout;
}

static void draw_kg(const struct trace_edge *edge, const struct layout *layout, struct grid *area)
{
    char text[DECIMAL_TEXT_SIZE];
    if (edge->unknown_count == edge->row_count) {
        grid_text_right(area, 0, layout->kg, KG_WIDTH, STYLE_WARNING, "未测");
        return;
    }
    decimal_format_fixed(edge->kg, TRACE_SCALE, text);
    grid_number(area, 0, layout->kg, KG_WIDTH, TRACE_SCALE, STYLE_PLAIN, text);
}

static void draw_papers(const struct trace *trace, const struct trace_edge *edge,
                        const struct layout *layout, struct grid *area)
{
    struct buffer text = {0};
    trace_write_waste_codes(trace, edge, &text);
    grid_text(area, 0, layout->code, CODE_WIDTH - 1, STYLE_PLAIN, buffer_text(&text));
    buffer_clear(&text);
    trace_write_manifests(trace, edge, &text);
    grid_text(area, 0, layout->manifest, area->columns - layout->manifest - 1, STYLE_PLAIN,
              buffer_text(&text));
    buffer_release(&text);
}

static void draw_line(void *context, size_t row, struct grid *area)
{
    const struct trace_screen *self = context;
    const struct trace_line *line = &self->lines[row];
    const struct trace_edge *edge = &self->trace.edges[line->edge];
    const struct trace_link *link = &self->trace.links[edge->link];
    struct trace_look look = trace_look(&self->trace, line->step);
    struct layout layout = lay_out(area->columns);
    grid_text(area, 0, 1, 1, STYLE_PLAIN, row == self->list.selected && self->on_table ? "▶" : " ");
    grid_text(area, 0, MARK_COLUMN, 1, look.style, look.mark);
    grid_text(area, 0, FROM_COLUMN, layout.name, STYLE_PLAIN, self->trace.nodes[link->from].name);
    grid_text(area, 0, FROM_COLUMN + layout.name, ARROW_WIDTH, STYLE_HINT, " → ");
    grid_text(area, 0, layout.to, layout.name, STYLE_PLAIN, self->trace.nodes[link->to].name);
    grid_text(area, 0, layout.material, CLASS_WIDTH - 1, STYLE_PLAIN, edge->material);
    draw_kg(edge, &layout, area);
    if (layout.code)
        draw_papers(&self->trace, edge, &layout, area);
}

void trace_draw_table(struct trace_screen *self, struct grid *area)
{
    struct layout layout = lay_out(area->columns);
    struct grid rows = grid_part(area, 1, 0, area->rows - 1, area->columns);
    grid_text(area, 0, FROM_COLUMN, layout.name, STYLE_HEADING, "从");
    grid_text(area, 0, layout.to, layout.name, STYLE_HEADING, "到");
    grid_text(area, 0, layout.material, CLASS_WIDTH, STYLE_HEADING, "物料");
    grid_text_right(area, 0, layout.kg, KG_WIDTH, STYLE_HEADING, "铊量 kg");
    if (layout.code) {
        grid_text(area, 0, layout.code, CODE_WIDTH, STYLE_HEADING, "危废代码");
        grid_text(area, 0, layout.manifest, MANIFEST_WIDTH, STYLE_HEADING, "联单号");
    }
    listview_draw(&self->list, &rows, !self->on_table, draw_line, self);
}

/* ---- telling ---- */

static void tell_papers(const struct trace *trace, const struct trace_edge *edge,
                        struct buffer *out)
{
    struct buffer text = {0};
    trace_write_waste_codes(trace, edge, &text);
    if (text.length)
        buffer_addf(out, "，危废代码 %s", text.text);
    buffer_clear(&text);
    trace_write_manifests(trace, edge, &text);
    if (text.length)
        buffer_addf(out, "，联单 %s", text.text);
    buffer_release(&text);
}

static void tell_books(const struct trace *trace, const struct trace_link *link, struct buffer *out)
{
    int64_t difference;
    if (!trace_difference(trace, link, &difference)) {
        if (link->is_booked_only)
            buffer_add(out, "这是接收方入账的数。");
    } else if (link->is_booked_only) {
        buffer_add(out, "! 只有接收方入账，送出方的台账里没有。");
    } else if (link->booked_count == 0) {
        buffer_add(out, "! 接收方这一期的台账里没有这笔投入，请核对。");
    } else {
        buffer_add(out, difference ? "≠ 送出方共 " : "送出方共 ");
        write_exact(link->kg, out);
        buffer_add(out, "，接收方入账 ");
        write_exact(link->booked_kg, out);
        if (difference) {
            buffer_add(out, "，相差 ");
            write_exact(difference, out);
        }
        buffer_add(out, difference ? "。" : "，一致。");
    }
}

void trace_tell_edge(const struct trace_screen *self, struct buffer *out)
{
    const struct trace_line *line = &self->lines[self->list.selected];
    const struct trace_edge *edge = &self->trace.edges[line->edge];
    const struct trace_link *link = &self->trace.links[edge->link];
    buffer_addf(out, "%s → %s：%s ", self->trace.nodes[link->from].name,
                self->trace.nodes[link->to].name, edge->material);
    write_exact(edge->kg, out);
    buffer_addf(out, "（%zu 条", edge->row_count);
    if (edge->unknown_count)
        buffer_addf(out, "，其中 %zu 条没有铊量", edge->unknown_count);
    buffer_add(out, "）");
    tell_papers(&self->trace, edge, out);
    buffer_add(out, "。");
    if (line->step->is_return)
        buffer_add(out, link->from == link->to ? "↺ 厂内回用。" : "↺ 回流，不再往下追。");
    tell_books(&self->trace, link, out);
}

static void tell_attribution(const struct trace_screen *self, size_t node, struct buffer *out)
{
    enum { PERCENT = 1000, PERCENT_SCALE = 1 };
    const struct trace_walk *walk = &self->walk;
    int64_t kg = walk->places[node].attributed_kg, percent;
    char text[DECIMAL_TEXT_SIZE];
    if (kg == 0 || !decimal_multiply(kg, PERCENT, walk->left_kg, &percent))
        return;
    buffer_add(out, "起点送出的铊推算有 ");
    trace_write_kg(kg, out);
    decimal_format_fixed(percent, PERCENT_SCALE, text);
    buffer_addf(out, " kg（%s%%）%s。", text,
                node == walk->start                                ? "又回到这里"
                : self->trace.nodes[node].kind == TRACE_ENTERPRISE ? "留在这里"
                                                                   : "到了这里");
}

void trace_tell_node(const struct trace_screen *self, size_t node, struct buffer *out)
{
    const struct trace_node *of = &self->trace.nodes[node];
    buffer_addf(out, "%s：", of->name);
    if (of->kind == TRACE_ENTERPRISE) {
        buffer_add(out, "投入 ");
        trace_write_kg(of->input_kg, out);
        buffer_add(out, "，送出 ");
        trace_write_kg(of->out_kg - of->discharged_kg, out);
        buffer_add(out, "，排放 ");
        trace_write_kg(of->discharged_kg, out);
        buffer_add(out, "，");
    } else {
        buffer_addf(out, "%s，", trace_kind_label(of->kind));
    }
    buffer_add(out, "链内收到 ");
    trace_write_kg(self->walk.places[node].received_kg, out);
    buffer_add(out, " kg。");
    tell_attribution(self, node, out);
}
