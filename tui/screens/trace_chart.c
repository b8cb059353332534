/* The drawing of a chain: which boxes and bands, and what is folded into 其余. */
#include "tui/screens/trace.h"

#include "core/mem.h"

#include <stdlib.h>

enum { BOXES_LEAST = 4, ROWS_PER_BOX = 2, LAYERS_MOST = 12 };

/* What is being made. */
struct drawing {
    struct trace_screen *self;
    size_t *boxes;    /* by node: its box, SIZE_MAX when it has none */
    int64_t *weights; /* by node: what it exchanges with nodes that are drawn; -1: nothing */
    int least, most;  /* layers that are drawn */
};

static size_t add_box(struct drawing *drawing, int layer, size_t node, const char *name,
                      const char *note)
{
    struct trace_screen *self = drawing->self;
    size_t box = sankey_add_box(&self->sankey, layer, name, note);
    self->nodes[box] = node;
    self->chart_boxes = box + 1;
    return box;
}

/* ---- boxes ---- */

/* Where a node is drawn: an end that lies too far out stands in the last layer. */
static int layer_of(const struct drawing *drawing, size_t node)
{
    const struct trace_screen *self = drawing->self;
    int layer = self->walk.places[node].layer;
    if (layer > drawing->most && self->trace.nodes[node].out_count == 0)
        return drawing->most;
    if (layer < drawing->least && self->trace.nodes[node].in_count == 0)
        return drawing->least;
    return layer;
}

static bool is_upstream(const struct trace_screen *self, size_t node)
{
    return self->walk.places[node].is_upstream;
}

/* What flows over the node within the chain: in downstream, out upstream and at the start, unless
 * nothing leaves it. */
static int64_t flow_of(const struct trace_screen *self, size_t node)
{
    int64_t sum = 0;
    if (node == self->walk.start && self->walk.left_kg)
        return self->walk.left_kg;
    if (!is_upstream(self, node))
        return self->walk.places[node].received_kg;
    for (size_t i = self->walk.down_count; i < self->walk.step_count; i++) {
        const struct trace_link *link = &self->trace.links[self->walk.steps[i].link];
        sum += link->from == node && link->to != node ? link->kg : 0;
    }
    return sum;
}

/* Whether nothing is known of what goes between the node and the chain. */
static bool is_untested(const struct trace_screen *self, size_t node)
{
    bool any = false;
    if (node == self->walk.start || flow_of(self, node))
        return false;
    for (size_t i = 0; i < self->walk.step_count; i++) {
        const struct trace_link *link = &self->trace.links[self->walk.steps[i].link];
        if (link->from == node || link->to == node)
            for (size_t k = 0; k < link->edge_count; k++)
                any = any || self->trace.edges[link->first_edge + k].unknown_count;
    }
    return any;
}

static void add_node(struct drawing *drawing, size_t node)
{
    struct trace_screen *self = drawing->self;
    const struct trace_node *of = &self->trace.nodes[node];
    struct buffer note = {0};
    if (is_untested(self, node))
        buffer_add(&note, "未测");
    else
        trace_write_kg(flow_of(self, node), &note);
    /* The number comes first: what does not fit is cut. */
    if (node == self->walk.start)
        buffer_add(&note, self->walk.left_kg ? " 送出" : " 收到");
    else if (of->kind != TRACE_ENTERPRISE)
        buffer_addf(&note, " %s", trace_kind_label(of->kind));
    drawing->boxes[node] = add_box(drawing, layer_of(drawing, node), node, of->name, note.text);
    buffer_release(&note);
}

/* A node of a layer, by what it exchanges with the nodes already drawn. */
struct candidate {
    size_t node;
    int64_t weight;
};

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return (a->node > b->node) - (a->node < b->node);
}

static bool is_drawn(const struct drawing *drawing, size_t node)
{
    return drawing->boxes[node] != SIZE_MAX;
}

/* The end of a link that lies nearer to the start, and the other one. */
static size_t near_end(const struct trace_link *link, bool up)
{
    return up ? link->to : link->from;
}

static size_t far_end(const struct trace_link *link, bool up)
{
    return up ? link->from : link->to;
}

/* Draws the largest nodes of a layer that hang on nodes already drawn. */
static void add_layer(struct drawing *drawing, int layer, size_t most)
{
    struct trace_screen *self = drawing->self;
    const struct trace_walk *walk = &self->walk;
    struct candidate *candidates = mem_new(walk->order_count + 1, sizeof *candidates);
    size_t count = 0;
    for (size_t i = 0; i < walk->order_count; i++) {
        size_t node = walk->order[i];
        if (layer_of(drawing, node) == layer && drawing->weights[node] >= 0)
            candidates[count++] = (struct candidate){node, drawing->weights[node]};
    }
    if (count)
        qsort(candidates, count, sizeof *candidates, compare_candidates);
    for (size_t i = 0; i < count && i < most; i++)
        add_node(drawing, candidates[i].node);
    free(candidates);
}

/* Tells the far ends of what is drawn in `layer` how much hangs on them. */
static void weigh(struct drawing *drawing, int layer)
{
    const struct trace_screen *self = drawing->self;
    for (size_t i = 0; i < self->walk.step_count; i++) {
        const struct trace_step *step = &self->walk.steps[i];
        const struct trace_link *link = &self->trace.links[step->link];
        bool up = i >= self->walk.down_count;
        size_t from = near_end(link, up), to = far_end(link, up);
        if (step->is_return || !is_drawn(drawing, from) || layer_of(drawing, from) != layer)
            continue;
        if (drawing->weights[to] < 0)
            drawing->weights[to] = 0;
        drawing->weights[to] += link->kg;
    }
}

/* Outward from the start; what comes from upstream into a node downstream is weighed on the way. */
static void add_boxes(struct drawing *drawing, int rows)
{
    struct trace_screen *self = drawing->self;
    const struct trace_walk *walk = &self->walk;
    size_t most = (size_t)(rows / ROWS_PER_BOX);
    for (size_t i = 0; i < walk->order_count; i++) {
        int layer = walk->places[walk->order[i]].layer;
        if (layer < drawing->least && layer >= -LAYERS_MOST)
            drawing->least = layer;
        if (layer > drawing->most && layer <= LAYERS_MOST)
            drawing->most = layer;
    }
    if (most < BOXES_LEAST)
        most = BOXES_LEAST;
    add_node(drawing, walk->start);
    weigh(drawing, 0);
    for (int layer = 1; layer <= drawing->most; layer++) {
        add_layer(drawing, layer, most);
        weigh(drawing, layer);
    }
    for (int layer = -1; layer >= drawing->least; layer--) {
        add_layer(drawing, layer, most);
        weigh(drawing, layer);
    }
}

/* ---- bands ---- */

static void write_label(const struct trace_screen *self, const struct trace_step *step,
                        struct buffer *out)
{
    const struct trace_link *link = &self->trace.links[step->link];
    struct trace_look look = trace_look(&self->trace, step);
    /* A return stream is told by the box that it leads to. */
    if (*look.mark != ' ' && look.style != STYLE_CHANGED)
        buffer_add(out, look.mark);
    const char *material = self->trace.edges[link->first_edge].material;
    buffer_add(out, *material ? material : "物料");
    if (link->edge_count > 1)
        buffer_add(out, "等");
}

static void add_band(struct drawing *drawing, const struct trace_step *step, size_t from, size_t to)
{
    struct trace_screen *self = drawing->self;
    const struct trace_link *link = &self->trace.links[step->link];
    struct buffer label = {0}, amount = {0};
    bool is_unknown = link->kg == 0;
    write_label(self, step, &label);
    for (size_t i = 0; i < link->edge_count; i++)
        is_unknown = is_unknown && self->trace.edges[link->first_edge + i].unknown_count;
    if (is_unknown)
        buffer_add(&amount, "未测");
    else
        trace_write_kg(link->kg, &amount);
    sankey_add_band(&self->sankey,
                    &(struct sankey_band){.from = from,
                                          .to = to,
                                          .mass = link->kg,
                                          .is_unknown = is_unknown,
                                          .label = label.text,
                                          .amount = amount.text,
                                          .style = trace_look(&self->trace, step).style});
    buffer_release(&label);
    buffer_release(&amount);
}

/* A return stream ends in a box of its own that names where it leads back to. */
static void add_return(struct drawing *drawing, const struct trace_step *step, bool up)
{
    struct trace_screen *self = drawing->self;
    const struct trace_link *link = &self->trace.links[step->link];
    size_t near = near_end(link, up), far = far_end(link, up);
    struct buffer name = {0};
    buffer_addf(&name, "↺ %s", self->trace.nodes[far].name);
    size_t box = add_box(drawing, layer_of(drawing, near) + (up ? -1 : 1), far, name.text,
                         link->from == link->to ? "厂内回用" : "回流");
    add_band(drawing, step, up ? box : drawing->boxes[near], up ? drawing->boxes[near] : box);
    buffer_release(&name);
}

/* ---- 其余 ---- */

/* Links of drawn nodes whose other ends are not drawn: of one node, or of a layer. */
struct folded {
    size_t count, box;
    int64_t kg;
};

static void add_to(struct folded *folded, const struct trace_link *link)
{
    folded->count++;
    folded->kg += link->kg;
}

static void collect(const struct drawing *drawing, bool up, struct folded *nodes,
                    struct folded *layers)
{
    const struct trace_screen *self = drawing->self;
    const struct trace_walk *walk = &self->walk;
    size_t first = up ? walk->down_count : 0, end = up ? walk->step_count : walk->down_count;
    for (size_t i = first; i < end; i++) {
        const struct trace_link *link = &self->trace.links[walk->steps[i].link];
        size_t near = near_end(link, up);
        if (walk->steps[i].is_return || !is_drawn(drawing, near) ||
            is_drawn(drawing, far_end(link, up)))
            continue;
        add_to(&nodes[near], link);
        add_to(&layers[layer_of(drawing, near) - drawing->least], link);
    }
}

/* The box of a layer: one step further out; beside the start for what comes from upstream into a
 * node downstream. */
static void add_rest(struct drawing *drawing, bool up, int layer, struct folded *folded)
{
    struct buffer name = {0}, note = {0};
    buffer_addf(&name, "其余 %zu 条", folded->count);
    trace_write_kg(folded->kg, &note);
    folded->box = add_box(drawing,
                          !up         ? layer + 1
                          : layer > 0 ? -1
                                      : layer - 1,
                          TRACE_NOBODY, name.text, note.text);
    drawing->self->sankey.boxes[folded->box].is_last = true;
    buffer_release(&name);
    buffer_release(&note);
}

static void fold(struct drawing *drawing, bool up)
{
    struct trace_screen *self = drawing->self;
    struct folded *nodes = mem_new(self->trace.node_count, sizeof *nodes);
    struct folded *layers = mem_new((size_t)(drawing->most - drawing->least) + 1, sizeof *layers);
    collect(drawing, up, nodes, layers);
    for (int layer = drawing->least; layer <= drawing->most; layer++)
        if (layers[layer - drawing->least].count)
            add_rest(drawing, up, layer, &layers[layer - drawing->least]);
    for (size_t node = 0; node < self->trace.node_count; node++) {
        struct buffer amount = {0};
        if (!nodes[node].count)
            continue;
        size_t box = layers[layer_of(drawing, node) - drawing->least].box;
        trace_write_kg(nodes[node].kg, &amount);
        sankey_add_band(&self->sankey,
                        &(struct sankey_band){.from = up ? box : drawing->boxes[node],
                                              .to = up ? drawing->boxes[node] : box,
                                              .mass = nodes[node].kg,
                                              .label = "其余",
                                              .amount = amount.text,
                                              .style = STYLE_HINT});
        buffer_release(&amount);
    }
    free(nodes);
    free(layers);
}

static void add_bands(struct drawing *drawing)
{
    const struct trace_walk *walk = &drawing->self->walk;
    for (size_t i = 0; i < walk->step_count; i++) {
        const struct trace_step *step = &walk->steps[i];
        const struct trace_link *link = &drawing->self->trace.links[step->link];
        bool up = i >= walk->down_count;
        if (step->is_return && is_drawn(drawing, near_end(link, up)))
            add_return(drawing, step, up);
        else if (!step->is_return && is_drawn(drawing, link->from) && is_drawn(drawing, link->to))
            add_band(drawing, step, drawing->boxes[link->from], drawing->boxes[link->to]);
    }
}

/* ---- the chart ---- */

void trace_make_chart(struct trace_screen *self, int rows)
{
    size_t nodes = self->trace.node_count;
    struct drawing drawing = {
        .self = self,
        .boxes = mem_new(nodes + 1, sizeof *drawing.boxes),
        .weights = mem_new(nodes + 1, sizeof *drawing.weights),
    };
    /* Of the same chain in another size what was selected stays so. */
    bool is_same = self->chart_rows && self->view.selected < self->chart_boxes;
    size_t selected = is_same ? self->nodes[self->view.selected] : self->walk.start;
    sankey_release(&self->sankey);
    free(self->nodes);
    /* A box for each node and each return stream, and two for what a layer does not show. */
    self->nodes = mem_new(nodes + self->walk.step_count + 4 * LAYERS_MOST + 2, sizeof *self->nodes);
    for (size_t i = 0; i < nodes; i++) {
        drawing.boxes[i] = SIZE_MAX;
        drawing.weights[i] = -1;
    }
    add_boxes(&drawing, rows);
    add_bands(&drawing);
    fold(&drawing, false);
    fold(&drawing, true);
    sankey_arrange(&self->sankey, rows);
    self->chart_rows = rows;
    if (selected == TRACE_NOBODY || drawing.boxes[selected] == SIZE_MAX)
        selected = self->walk.start;
    self->view = (struct sankey_view){.selected = drawing.boxes[selected]};
    free(drawing.boxes);
    free(drawing.weights);
}

/* ---- the view ---- */

static int clamp(int value, int least, int most)
{
    return value > most && most >= least ? most : value < least ? least : value;
}

void trace_show_selected(struct trace_screen *self)
{
    const struct sankey_box *box = &self->sankey.boxes[self->view.selected];
    int layers = sankey_layers(&self->sankey, self->chart_area.columns);
    int rows = self->chart_area.rows;
    /* A neighbour on either side where there is room: one sees where it comes from and goes to. */
    int aside = layers > 2 ? 1 : 0;
    self->view.layer = clamp(self->view.layer, box->layer + aside - layers + 1, box->layer - aside);
    self->view.layer =
        clamp(self->view.layer, self->sankey.least_layer, self->sankey.most_layer - layers + 1);
    int last = box->height > rows ? box->row : box->row + box->height - rows;
    self->view.row = clamp(self->view.row, last, box->row);
    self->view.row = clamp(self->view.row, 0, self->sankey.rows - rows);
}

/* What lies outside of the view. */
static void write_outside(const struct trace_screen *self, int rows, int layers, struct buffer *out)
{
    const struct {
        int count;
        const char *text, *unit;
    } sides[] = {
        {self->view.layer - self->sankey.least_layer, "◂ 左边还有", "列"},
        {self->sankey.most_layer - self->view.layer - layers + 1, "▸ 右边还有", "列"},
        {self->view.row, "↑ 上面还有", "行"},
        {self->sankey.rows - self->view.row - rows, "↓ 下面还有", "行"},
    };
    for (size_t i = 0; i < COUNT_OF(sides); i++)
        if (sides[i].count > 0)
            buffer_addf(out, " %s %d %s ", sides[i].text, sides[i].count, sides[i].unit);
}

void trace_draw_chart(struct trace_screen *self, struct grid *area)
{
    struct buffer outside = {0};
    struct sankey_view view = self->view;
    struct grid chart = grid_part(area, 0, 0, area->rows - 1, area->columns);
    int layers = sankey_layers(&self->sankey, chart.columns);
    if (self->on_table)
        view.selected = SIZE_MAX;
    sankey_draw(&self->sankey, &view, &chart);
    grid_rule(area, area->rows - 1);
    write_outside(self, chart.rows, layers, &outside);
    if (outside.length)
        grid_text(area, area->rows - 1, 2, area->columns - 14, STYLE_HINT, outside.text);
    grid_text(area, area->rows - 1, area->columns - 11, 10, STYLE_HINT, " 单位 kg ");
    buffer_release(&outside);
}
