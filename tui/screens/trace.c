/* 铊去向: where the thallium of an enterprise comes from and where it goes, drawn and as a table.
 */
#include "tui/screens/trace.h"

#include "core/mem.h"
#include "core/registers.h"
#include "db/summary.h"
#include "db/trace.h"
#include "tui/desk.h"
#include "tui/screens/picker.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_SHARE = 3, TABLE_LEAST = 4, TABLE_MOST = 16, TELL_ROWS = 2, ROOMY_ROWS = 14 };

static struct trace_screen *self_of(const struct screen *screen)
{
    return (struct trace_screen *)screen;
}

static struct trace_stop *stop_of(const struct trace_screen *self)
{
    return &self->stops[self->stop_count - 1];
}

/* ---- reading ---- */

/* The walk from the stop that is shown. */
static void follow(struct trace_screen *self)
{
    const struct trace_stop *stop = stop_of(self);
    size_t start = trace_find(&self->trace, stop->kind, stop->key);
    trace_walk_release(&self->walk);
    self->is_found = start != TRACE_NOBODY;
    if (self->is_found)
        trace_walk(&self->trace, start, &self->walk);
    trace_make_lines(self);
    self->chart_rows = 0;
}

static void load(struct trace_screen *self)
{
    struct store *store = desk_store(self->base.app);
    struct error err = {0};
    trace_release(&self->trace);
    if (!summary_stamp(store, &self->stamp, &err) ||
        !trace_load(&self->trace, store, self->period, &err)) {
        app_error(self->base.app, &err);
        trace_release(&self->trace);
    }
    follow(self);
}

static void go_to(struct trace_screen *self, enum trace_kind kind, const char *key,
                  const char *name)
{
    self->stops =
        mem_grow(self->stops, self->stop_count, &self->stop_capacity, sizeof *self->stops);
    self->stops[self->stop_count++] =
        (struct trace_stop){.kind = kind, .key = mem_text(key), .name = mem_text(name)};
}

static void drop_stop(struct trace_screen *self)
{
    struct trace_stop *stop = &self->stops[--self->stop_count];
    free(stop->key);
    free(stop->name);
}

/* ---- drawing ---- */

static void trace_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct trace_screen *self = self_of(screen);
    char period[PERIOD_TEXT_SIZE];
    period_format(self->period, period);
    buffer_addf(left, "铊去向 · %s", stop_of(self)->name);
    buffer_add(right, period);
    if (!self->is_found)
        return;
    int64_t received = self->walk.places[self->walk.start].received_kg;
    buffer_add(right, self->walk.left_kg ? " · 送出 " : " · 收到 ");
    trace_write_kg(self->walk.left_kg ? self->walk.left_kg : received, right);
    buffer_add(right, " kg");
    if (self->walk.cycles)
        buffer_addf(right, " · ↺ %zu", self->walk.cycles);
}

static void draw_empty(const struct trace_screen *self, struct grid *body)
{
    struct grid text = grid_part(body, 1, 3, body->rows - 1, body->columns - 6);
    char period[PERIOD_TEXT_SIZE];
    struct buffer sentence = {0};
    period_format(self->period, period);
    buffer_addf(&sentence,
                "%s在 %s 没有物料台账，也没有别的企业写到它。按 p 换一个核算期，"
                "或先在铊物料台账里登记它的投入、产出和接收单位。",
                stop_of(self)->name, period);
    grid_wrap(&text, 0, STYLE_HINT, sentence.text);
    buffer_release(&sentence);
}

static void draw_told(const struct trace_screen *self, struct grid *area)
{
    struct buffer text = {0};
    size_t node = TRACE_NOBODY;
    if (self->on_table && self->list.count)
        trace_tell_edge(self, &text);
    else if (self->view.selected < self->chart_boxes)
        node = self->nodes[self->view.selected];
    if (!self->on_table && node == TRACE_NOBODY)
        buffer_add(&text, "较小的并在一起，按 Tab 到下面的表里看每一条。");
    else if (!self->on_table)
        trace_tell_node(self, node, &text);
    grid_wrap(area, 0, STYLE_HINT, buffer_text(&text));
    buffer_release(&text);
}

static void draw_parts(struct trace_screen *self, struct grid *body)
{
    bool roomy = body->rows >= ROOMY_ROWS;
    int table = body->rows / TABLE_SHARE, told = roomy ? TELL_ROWS + 1 : 0;
    int needed = (int)self->list.count + 1;
    table = table > TABLE_MOST ? TABLE_MOST : table;
    table = table > needed ? needed : table;
    table = table < TABLE_LEAST ? TABLE_LEAST : table;
    int chart = body->rows - table - told;
    struct grid area = grid_part(body, 0, 0, chart, body->columns);
    self->chart_area = grid_part(&area, 0, 0, chart - 1, body->columns);
    if (self->chart_rows != chart - 1)
        trace_make_chart(self, chart - 1);
    trace_show_selected(self);
    trace_draw_chart(self, &area);
    struct grid lower = grid_part(body, chart, 0, table, body->columns);
    self->list_top = chart + 1;
    trace_draw_table(self, &lower);
    if (!roomy)
        return;
    grid_rule(body, body->rows - told);
    struct grid text = grid_part(body, body->rows - TELL_ROWS, 1, TELL_ROWS, body->columns - 2);
    draw_told(self, &text);
}

static void trace_draw(struct screen *screen, struct grid *body)
{
    struct trace_screen *self = self_of(screen);
    if (self->is_found)
        draw_parts(self, body);
    else
        draw_empty(self, body);
}

/* ---- actions ---- */

static bool has_chain(const struct screen *screen)
{
    return self_of(screen)->is_found;
}

/* The records of rows first.. in the list of the register. */
static void open_rows(struct trace_screen *self, size_t first, size_t count)
{
    struct id_list ids = {.ids = mem_new(count + 1, sizeof *ids.ids), .count = count};
    for (size_t i = 0; i < count; i++)
        strncpy(ids.ids[i], trace_row_id(&self->trace, first + i), RECORD_ID_SIZE - 1);
    list_open(self->base.app, &reg_material_flow,
              &(struct query){.reg = &reg_material_flow, .only = &ids});
    id_list_release(&ids);
}

static const struct trace_link *selected_link(const struct trace_screen *self)
{
    return &self->trace.links[self->trace.edges[self->lines[self->list.selected].edge].link];
}

static void open_node(struct trace_screen *self)
{
    size_t node =
        self->view.selected < self->chart_boxes ? self->nodes[self->view.selected] : TRACE_NOBODY;
    if (node == TRACE_NOBODY) {
        app_message(self->base.app, MESSAGE_INFORMATION, "较小的并在一起，按 Tab 到表里看每一条");
        return;
    }
    const struct trace_node *of = &self->trace.nodes[node];
    if (node == self->walk.start) {
        if (of->kind == TRACE_ENTERPRISE)
            case_open(self->base.app, &reg_enterprise, of->key);
        return;
    }
    go_to(self, of->kind, of->key, of->name);
    follow(self);
}

static void open_selected(struct screen *screen, int key)
{
    (void)key;
    struct trace_screen *self = self_of(screen);
    if (!self->on_table) {
        open_node(self);
    } else if (self->list.count) {
        const struct trace_edge *edge = &self->trace.edges[self->lines[self->list.selected].edge];
        open_rows(self, edge->first_row, edge->row_count);
    }
}

static bool has_booked(const struct screen *screen)
{
    const struct trace_screen *self = self_of(screen);
    return self->is_found && self->on_table && self->list.count &&
           !selected_link(self)->is_booked_only && selected_link(self)->booked_count;
}

static void open_booked(struct screen *screen, int key)
{
    (void)key;
    struct trace_screen *self = self_of(screen);
    open_rows(self, selected_link(self)->first_booked_row, selected_link(self)->booked_count);
}

static void change_part(struct screen *screen, int key)
{
    (void)key;
    struct trace_screen *self = self_of(screen);
    self->on_table = !self->on_table;
}

struct periods {
    struct period *items;
    size_t count;
};

static void describe_period(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct periods *periods = context;
    char text[PERIOD_TEXT_SIZE];
    period_format(periods->items[index], text);
    buffer_add(name, text);
    if (periods->items[index].months == 12)
        buffer_add(detail, "全年");
}

static void choose_period(struct screen *screen, int key)
{
    (void)key;
    struct trace_screen *self = self_of(screen);
    struct periods periods;
    struct error err = {0};
    size_t chosen;
    struct picker picker = {
        .title = "看哪个核算期", .context = &periods, .describe = describe_period};
    if (!trace_periods(desk_store(screen->app), NULL, &periods.items, &periods.count, &err))
        app_error(screen->app, &err);
    picker.count = periods.count;
    for (size_t i = 0; i < periods.count; i++)
        if (period_compare(periods.items[i], self->period) == 0)
            picker.current = i;
    if (periods.count && picker_choose(screen->app, &picker, &chosen)) {
        self->period = periods.items[chosen];
        load(self);
    }
    free(periods.items);
}

/* The balance workbook, which has the whole trace of the period. */
static void export(struct screen *screen, int key)
{
    (void)key;
    struct trace_screen *self = self_of(screen);
    const struct trace_stop *stop = stop_of(self);
    char id[RECORD_ID_SIZE] = "", period[PERIOD_TEXT_SIZE];
    struct id_list one = {.ids = &id, .count = 1};
    strncpy(id, stop->key, sizeof id - 1);
    period_format(self->period, period);
    export_open_period(screen->app, "balance", stop->kind == TRACE_ENTERPRISE ? &one : NULL,
                       period);
}

/* ---- keys and mouse ---- */

static bool move_box(struct trace_screen *self, const struct event *event)
{
    static const struct {
        int key, right, down;
    } ways[] = {{K_LEFT, -1, 0}, {K_RIGHT, 1, 0}, {K_UP, 0, -1}, {K_DOWN, 0, 1}};
    for (size_t i = 0; event->kind == EVENT_KEY && i < COUNT_OF(ways); i++) {
        if (event->key != ways[i].key)
            continue;
        self->view.selected =
            sankey_neighbour(&self->sankey, self->view.selected, ways[i].right, ways[i].down);
        return true;
    }
    return false;
}

static bool press(struct trace_screen *self, const struct event *event)
{
    if (event->kind != EVENT_MOUSE || event->mouse != MOUSE_PRESS)
        return false;
    size_t box =
        sankey_box_at(&self->sankey, &self->view, &self->chart_area, event->row, event->column);
    self->on_table = event->row >= self->list_top;
    if (!self->on_table && box != SIZE_MAX)
        self->view.selected = box;
    return !self->on_table;
}

static bool trace_input(struct screen *screen, const struct event *event)
{
    struct trace_screen *self = self_of(screen);
    if (!self->is_found || !self->chart_rows)
        return false;
    if (press(self, event))
        return true;
    if (!self->on_table)
        return move_box(self, event);
    return listview_input_at(&self->list, event, self->list_top);
}

static void trace_resume(struct screen *screen)
{
    struct trace_screen *self = self_of(screen);
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
}

static bool trace_may_leave(struct screen *screen)
{
    struct trace_screen *self = self_of(screen);
    if (self->stop_count == 1)
        return true;
    drop_stop(self);
    follow(self);
    return false;
}

static void trace_close(struct screen *screen)
{
    struct trace_screen *self = self_of(screen);
    while (self->stop_count)
        drop_stop(self);
    trace_walk_release(&self->walk);
    trace_release(&self->trace);
    sankey_release(&self->sankey);
    listview_release(&self->list);
    free(self->stops);
    free(self->lines);
    free(self->nodes);
    free(self);
}

const struct screen_class *trace_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "打开",
         .help = "在图上：从光标所在的企业或去向重新追，在起点上打开案卷；在表上：看这一条是哪几笔"
                 "台账。",
         .is_available = has_chain,
         .run = open_selected},
        {.key = K_TAB,
         .name = "图/表",
         .help = "光标换到图上或表上；图上用方向键走动。",
         .is_available = has_chain,
         .run = change_part},
        {.key = 'p', .name = "核算期", .help = "换一个核算期。", .run = choose_period},
        {.key = 'b',
         .name = "对方入账",
         .help = "看接收方的台账里对应的投入。",
         .is_available = has_booked,
         .run = open_booked},
        {.key = 'x',
         .name = "导出",
         .help = "导出这一期的平衡表，里面有这条链的去向表。",
         .is_available = has_chain,
         .run = export},
        {0},
    };
    static const struct screen_class class = {
        .name = "铊去向",
        .about = "一家企业的铊从哪里来、到哪里去：顺着物料台账的接收单位和供应商一家一家追下去。"
                 "图上左边是来源，中间是起点，右边是去向，带子越粗铊越多；↺ "
                 "是回流，追到这里为止；! 表示两家的台账只有一家有记录，≠ 表示两家的数不一样。",
        .actions = actions,
        .title = trace_title,
        .draw = trace_draw,
        .input = trace_input,
        .resume = trace_resume,
        .may_leave = trace_may_leave,
        .close = trace_close,
    };
    return &class;
}

/* ---- opening ---- */

/* The latest year of the enterprise; of those that only others write about, the latest of all. */
static bool find_period(struct store *store, const char *id, struct period *period,
                        struct error *err)
{
    struct period *periods;
    size_t count;
    bool ok = trace_periods(store, id, &periods, &count, err);
    if (ok && count == 0 && id) {
        free(periods);
        ok = trace_periods(store, NULL, &periods, &count, err);
    }
    if (ok && count)
        *period = periods[0];
    free(periods);
    return ok && (count ||
                  error_set(err, ERROR_MISSING, "还没有铊物料台账，请先登记投入、产出和接收单位"));
}

static void open_at(struct app *app, struct period period, const char *id, const char *name)
{
    struct trace_screen *self = mem_new(1, sizeof *self);
    self->base.class = trace_class();
    self->period = period;
    go_to(self, TRACE_ENTERPRISE, id, name);
    app_push(app, &self->base);
    load(self);
}

struct starts {
    const struct trace *trace;
    size_t *nodes;
    size_t count;
};

static void describe_start(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct starts *starts = context;
    const struct trace_node *node = &starts->trace->nodes[starts->nodes[index]];
    buffer_add(name, node->name);
    buffer_add(detail, "送出 ");
    trace_write_kg(node->out_kg, detail);
    buffer_add(detail, " kg");
}

/* Of the enterprises with a ledger in the period. */
static void choose_start(struct app *app, struct period period, struct error *err)
{
    struct trace trace;
    struct starts starts = {.trace = &trace};
    size_t chosen;
    if (trace_load(&trace, desk_store(app), period, err)) {
        starts.nodes = mem_new(trace.node_count + 1, sizeof *starts.nodes);
        for (size_t i = 0; i < trace.node_count; i++)
            if (trace.nodes[i].has_rows)
                starts.nodes[starts.count++] = i;
        const struct picker picker = {.title = "追哪家企业的铊",
                                      .count = starts.count,
                                      .context = &starts,
                                      .describe = describe_start};
        if (picker_choose(app, &picker, &chosen))
            open_at(app, period, trace.nodes[starts.nodes[chosen]].key,
                    trace.nodes[starts.nodes[chosen]].name);
    }
    trace_release(&trace);
    free(starts.nodes);
}

void trace_open(struct app *app, const char *id)
{
    struct store *store = desk_store(app);
    struct error err = {0};
    struct period period;
    struct buffer name = {0};
    const struct lookup *lookup = store_lookup(store);
    if (find_period(store, id, &period, &err)) {
        if (!id)
            choose_start(app, period, &err);
        else if (lookup->label(lookup->context, reg_enterprise.name, id, &name))
            open_at(app, period, id, name.text);
    }
    if (err.code != ERROR_NONE)
        app_error(app, &err);
    buffer_release(&name);
}
