/* 搜索: over all registers, while one types. What was found stands under its register; what takes
 * longer than a key may take is found between keys. */
#include "core/mem.h"
#include "core/text.h"
#include "db/finder.h"
#include "tui/desk.h"
#include "tui/editor.h"
#include "tui/listview.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum {
    QUERY_MOST = 60,
    ANSWER_MS = 8, /* for the answer to a key */
    STEP_MS = 8,   /* for going on between keys */
    FIELD_COLUMN = 7,
    FIELD_WIDTH = 48,
    ROWS_TOP = 2,
    SHORT_GROUP = 6, /* records shown of a register that is not unfolded */
    PLACE_WIDTH = 22,
    CODE_WIDTH = 21,
};

/* A row of the screen. */
struct line {
    enum { LINE_REG, LINE_RECORD, LINE_MORE } kind;
    const struct reg *reg;
    int64_t row;   /* of the record */
    size_t number; /* LINE_REG: found; LINE_MORE: not shown */
    bool is_known; /* LINE_MORE: some of them can be shown */
};

struct search_screen {
    struct screen base;
    struct finder *finder; /* the store's */
    struct editor query;
    struct line *lines;
    size_t capacity;
    struct listview list;       /* of the lines */
    const struct reg *unfolded; /* all that is known of this one is shown; NULL: of none */
    size_t found;
    bool more; /* there may be more to find */
};

/* ---- lines ---- */

static void add_line(struct search_screen *self, size_t *count, struct line line)
{
    self->lines = mem_grow(self->lines, *count, &self->capacity, sizeof *self->lines);
    self->lines[(*count)++] = line;
}

static void add_group(struct search_screen *self, size_t *count, const struct finder_group *group,
                      bool is_only)
{
    const struct reg *reg = group->reg;
    bool is_whole = is_only || reg == self->unfolded || group->count <= SHORT_GROUP;
    size_t shown = is_whole ? group->count : SHORT_GROUP;
    add_line(self, count, (struct line){.kind = LINE_REG, .reg = reg, .number = group->found});
    for (size_t i = 0; i < shown; i++)
        add_line(self, count,
                 (struct line){.kind = LINE_RECORD, .reg = reg, .row = group->rows[i]});
    if (group->found > shown)
        add_line(self, count,
                 (struct line){.kind = LINE_MORE,
                               .reg = reg,
                               .number = group->found - shown,
                               .is_known = group->count > shown});
}

static bool can_select(const struct search_screen *self, size_t at)
{
    return self->lines[at].kind != LINE_REG;
}

/* From a heading to the line below it, or above it when one moves up. */
static void leave_heading(struct search_screen *self, bool up)
{
    struct listview *list = &self->list;
    if (list->count == 0 || can_select(self, list->selected))
        return;
    if (up && list->selected > 0)
        listview_select(list, list->selected - 1);
    else
        listview_select(list, list->selected + 1);
}

/* Takes over what was found; the cursor stays on its record. */
static void lay_out(struct search_screen *self)
{
    const struct finder_group *groups;
    struct line selected = {.row = -1};
    size_t count = 0, group_count = finder_groups(self->finder, &groups);
    if (self->list.selected > 1 && self->list.selected < self->list.count)
        selected = self->lines[self->list.selected];
    self->found = 0;
    for (size_t i = 0; i < group_count; i++) {
        add_group(self, &count, &groups[i], group_count == 1);
        self->found += groups[i].found;
    }
    listview_set_count(&self->list, count);
    for (size_t i = 0; i < count && selected.row >= 0; i++) {
        const struct line *line = &self->lines[i];
        if (line->kind == selected.kind && line->reg == selected.reg && line->row == selected.row)
            listview_select(&self->list, i);
    }
    leave_heading(self, false);
}

static void work(struct search_screen *self, unsigned milliseconds)
{
    struct app *app = self->base.app;
    struct error err = {0};
    if (!finder_work(self->finder, milliseconds, &self->more, &err)) {
        self->more = false;
        app_error(app, &err);
    }
    app->goes_on = self->more;
    lay_out(self);
}

static void ask(struct search_screen *self)
{
    finder_ask(self->finder, editor_text(&self->query));
    self->unfolded = NULL;
    listview_select(&self->list, 0);
    self->list.top = 0;
    work(self, ANSWER_MS);
}

/* ---- drawing ---- */

static void search_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct search_screen *self = (const struct search_screen *)screen;
    int percent = finder_progress(self->finder);
    buffer_add(left, "搜索");
    if (*editor_text(&self->query))
        buffer_addf(right, "找到 %zu 条", self->found);
    if (percent < 100)
        buffer_addf(right, "%s正在读取 %d%%", right->length ? " · " : "", percent);
    else if (self->more && right->length)
        buffer_add(right, " · 还在找");
}

/* "清城区 龙塘镇" */
static void write_place(const struct record *record, const struct lookup *lookup,
                        struct buffer *out)
{
    static const char *const names[] = {"region", "town"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct buffer text = {0};
        if (reg_field_find(record->reg, names[i]))
            record_display(record, names[i], lookup, &text);
        if (text.length)
            buffer_addf(out, "%s%s", out->length ? " " : "", text.text);
        buffer_release(&text);
    }
}

static void draw_record(struct search_screen *self, const struct line *line, struct grid *area)
{
    struct store *store = desk_store(self->base.app);
    const struct lookup *lookup = store_lookup(store);
    struct buffer name = {0}, place = {0}, code = {0};
    char id[RECORD_ID_SIZE] = "";
    struct record record;
    finder_id(self->finder, line->reg, line->row, id, NULL);
    if (store_get(store, line->reg, id, &record, NULL)) {
        record_name(&record, lookup, &name);
        write_place(&record, lookup, &place);
        if (reg_field_find(line->reg, "case_no"))
            record_format(&record, "case_no", &code);
    }
    int right = area->columns - 1;
    bool has_code = code.length && area->columns >= 60;
    if (has_code)
        grid_text_right(area, 0, right -= CODE_WIDTH, CODE_WIDTH, STYLE_HINT, code.text);
    if (place.length && area->columns >= 60)
        grid_text(area, 0, right -= PLACE_WIDTH, PLACE_WIDTH - 1, STYLE_PLAIN, place.text);
    grid_text(area, 0, 3, right - 4, STYLE_PLAIN, buffer_text(&name));
    record_release(&record);
    buffer_release(&name);
    buffer_release(&place);
    buffer_release(&code);
}

static void draw_line(void *context, size_t at, struct grid *area)
{
    struct search_screen *self = context;
    const struct line *line = &self->lines[at];
    if (at == self->list.selected)
        grid_text(area, 0, 1, 2, STYLE_PLAIN, "▶");
    if (line->kind == LINE_RECORD)
        draw_record(self, line, area);
    else if (line->kind == LINE_REG)
        grid_printf(area, 0, 1, area->columns - 2, STYLE_HEADING, "%s  %zu %s", line->reg->label,
                    line->number, line->reg->counter);
    else
        grid_printf(area, 0, 3, area->columns - 4, STYLE_HINT,
                    line->is_known ? "还有 %zu %s：按 Enter 展开，或再多打几个字"
                                   : "还有 %zu %s：请再多打几个字",
                    line->number, line->reg->counter);
}

static void draw_advice(const struct search_screen *self, struct grid *area)
{
    static const char advice[] =
        "可以打：名称、曾用名、档案编号、信用代码、许可证号、乡镇、地址……\n"
        "汉字：鑫铀　全拼：xinyou　首字母：xyhg　混着打：鑫yhg。多音字每个读音都行，ü 打 v。\n"
        "几个词用空格隔开，要在同一条记录里：xyhg longtang";
    struct buffer text = {0};
    const char *query = editor_text(&self->query);
    if (*query && self->more)
        buffer_addf(&text, "还没有找到“%s”，正在找……\n\n", query);
    else if (*query)
        buffer_addf(&text, "没有找到“%s”。少打几个字试试，或换一种说法。\n\n", query);
    buffer_add(&text, advice);
    struct grid inside = grid_part(area, 0, 1, area->rows, area->columns - 2);
    grid_wrap(&inside, 0, STYLE_HINT, text.text);
    buffer_release(&text);
}

static void search_draw(struct screen *screen, struct grid *body)
{
    struct search_screen *self = (struct search_screen *)screen;
    grid_text(body, 0, 1, body->columns, STYLE_PLAIN, "搜索:");
    grid_rule(body, 1);
    struct grid rows = grid_part(body, ROWS_TOP, 0, body->rows - ROWS_TOP, body->columns);
    listview_draw(&self->list, &rows, true, draw_line, self);
    if (self->list.count == 0)
        draw_advice(self, &rows);
    int room = body->columns - FIELD_COLUMN - 1;
    struct grid field =
        grid_part(body, 0, FIELD_COLUMN, 1, room < FIELD_WIDTH ? room : FIELD_WIDTH);
    editor_draw(&self->query, &field, STYLE_FIELD, true);
}

/* ---- actions ---- */

static bool has_line(const struct screen *screen)
{
    return ((const struct search_screen *)screen)->list.count > 0;
}

static void open_line(struct screen *screen, int key)
{
    (void)key;
    struct search_screen *self = (struct search_screen *)screen;
    const struct line *line = &self->lines[self->list.selected];
    char id[RECORD_ID_SIZE];
    struct error err = {0};
    if (line->kind == LINE_MORE) {
        self->unfolded = line->is_known ? line->reg : self->unfolded;
        lay_out(self);
    } else if (finder_id(self->finder, line->reg, line->row, id, &err)) {
        record_open_screen(screen->app, line->reg, id);
    } else {
        app_error(screen->app, &err);
    }
}

static void clear(struct screen *screen, int key)
{
    (void)key;
    struct search_screen *self = (struct search_screen *)screen;
    editor_set_text(&self->query, "");
    ask(self);
}

/* ---- events ---- */

static bool search_input(struct screen *screen, const struct event *event)
{
    struct search_screen *self = (struct search_screen *)screen;
    bool line_key = event->kind == EVENT_KEY && (event->key == K_HOME || event->key == K_END);
    if (event->kind == EVENT_TICK) {
        work(self, STEP_MS);
        return true;
    }
    size_t before = self->list.selected;
    if (!line_key && listview_input_at(&self->list, event, ROWS_TOP)) {
        leave_heading(self, self->list.selected < before);
        leave_heading(self, false);
        return true;
    }
    enum editor_answer answer = editor_input(&self->query, event);
    if (answer == EDITOR_CHANGED || answer == EDITOR_FULL)
        ask(self);
    return answer != EDITOR_IGNORED;
}

static bool search_is_typing(const struct screen *screen)
{
    (void)screen;
    return true;
}

/* Another search may have used the finder, and records may have changed. */
static void search_resume(struct screen *screen)
{
    struct search_screen *self = (struct search_screen *)screen;
    finder_ask(self->finder, editor_text(&self->query));
    work(self, ANSWER_MS);
}

static void search_close_screen(struct screen *screen)
{
    struct search_screen *self = (struct search_screen *)screen;
    finder_ask(self->finder, "");
    listview_release(&self->list);
    editor_release(&self->query);
    free(self->lines);
    free(self);
}

const struct screen_class *search_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "打开",
         .help = "打开光标所在的记录；在“还有”一行上展开这张清单。",
         .is_available = has_line,
         .run = open_line},
        {.key = K_CTRL('F'), .name = "重打", .help = "清空，重新搜索。", .run = clear},
        {0},
    };
    static const struct screen_class class = {
        .name = "搜索",
        .about = "在全部清单里找一条记录：边打边找，上下键移动，Enter 打开，Esc 返回。可以打名称、"
                 "编号、代码、地址，用汉字、全拼或拼音首字母；多音字每个读音都行，ü 打 v。几个词"
                 "用空格隔开，要在同一条记录里。完全相同的在前，然后是开头相同的、读音开头相同的、"
                 "含有的、读音含有的。",
        .actions = actions,
        .title = search_title,
        .draw = search_draw,
        .input = search_input,
        .is_typing = search_is_typing,
        .resume = search_resume,
        .close = search_close_screen,
    };
    return &class;
}

void search_open_screen(struct app *app)
{
    struct finder *finder;
    struct error err = {0};
    if (!finder_of(desk_store(app), &finder, &err)) {
        app_error(app, &err);
        return;
    }
    struct search_screen *self = mem_new(1, sizeof *self);
    self->base.class = search_class();
    self->finder = finder;
    editor_init(&self->query, "", QUERY_MOST, false);
    app_push(app, &self->base);
    ask(self);
}
