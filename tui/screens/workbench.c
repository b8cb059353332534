/* 工作台: what is to be done today, and the registers. What takes time to count appears after the
 * first frame, piece by piece between keys. */
#include "tui/screens/workbench.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/query.h"
#include "tui/desk.h"
#include "tui/screens/picker.h"
#include "tui/screens/screens.h"
#include "tui/screens/undo.h"

#include <stdlib.h>
#include <string.h>

enum {
    STEP_MS = 10, /* a tick does steps for about this long */
    LABEL_COLUMN = 5,
    COUNT_END = 24, /* right edge of an item's number */
    NAME_COLUMN = 26,
    DETAIL_WIDTH = 18, /* "已过 2 年 3 个月" */
    MORE_WIDTH = 12,
    REGISTER_WIDTH = 20,
    WIDE_ROOM = 76,
    NUMBER_WIDTH = 9,
    NUMBERS = 5,
    TABLE_LEAST = 22, /* columns for a register's name */
    TABLE_MOST = 42,
};

enum line_kind { LINE_ITEM, LINE_TALLY, LINE_TEXT, LINE_RULE, LINE_HEADING };

/* A row of the screen. */
struct line {
    enum line_kind kind;
    const struct item *item;
    const struct tally *tally;
    int digit;
    const char *text;
};

enum { LINES_MOST = 160 };

struct workbench {
    struct screen base;
    struct agenda agenda;
    struct line lines[LINES_MOST];
    size_t line_count;
    size_t selected; /* a line that can be opened */
    int64_t stamp;   /* of what the agenda was read from */
    size_t top, page;
};

/* ---- lines ---- */

static void add_line(struct workbench *self, struct line line)
{
    if (self->line_count < LINES_MOST)
        self->lines[self->line_count++] = line;
}

static bool can_open(const struct line *line)
{
    return line->kind == LINE_ITEM || line->kind == LINE_TALLY;
}

static bool is_empty(const struct workbench *self)
{
    for (size_t i = 0; i < self->agenda.tally_count; i++)
        if (self->agenda.tallies[i].counts.total)
            return false;
    return true;
}

static size_t add_items(struct workbench *self)
{
    size_t before = self->line_count;
    for (size_t i = 0; i < self->agenda.slot_count; i++)
        for (size_t j = 0; j < self->agenda.slots[i].count; j++)
            add_line(self,
                     (struct line){.kind = LINE_ITEM, .item = &self->agenda.slots[i].items[j]});
    return self->line_count - before;
}

/* The lines as the agenda stands; the selected one stays as far as it can. */
static void lay_out(struct workbench *self)
{
    bool on_tally = self->line_count && self->lines[self->selected].kind == LINE_TALLY;
    int digit = on_tally ? self->lines[self->selected].digit : 0;
    self->line_count = 0;
    size_t items = add_items(self);
    if (items == 0 && is_empty(self)) {
        add_line(self, (struct line){.kind = LINE_TEXT, .text = "还没有记录。先做一件事："});
        add_line(self,
                 (struct line){.kind = LINE_TEXT,
                               .text = "按 i 导入去年的清单（.xlsx 或 .csv；先预览，再决定）"});
        add_line(self, (struct line){.kind = LINE_TEXT, .text = "按 n 新建一条记录"});
        add_line(self, (struct line){.kind = LINE_TEXT, .text = "按 F1 看每一屏能做什么"});
    } else if (items == 0) {
        add_line(self, (struct line){.kind = LINE_TEXT, .text = "✓ 今天没有要办的事。"});
    }
    add_line(self, (struct line){.kind = LINE_RULE});
    add_line(self, (struct line){.kind = LINE_HEADING});
    for (size_t i = 0; i < self->agenda.tally_count; i++)
        add_line(self, (struct line){.kind = LINE_TALLY,
                                     .tally = &self->agenda.tallies[i],
                                     .digit = (int)i + 1});
    if (on_tally)
        self->selected = self->line_count - self->agenda.tally_count + (size_t)digit - 1;
    while (self->selected + 1 < self->line_count && !can_open(&self->lines[self->selected]))
        self->selected++;
}

static void reload(struct workbench *self)
{
    struct error err = {0};
    struct store *store = desk_store(self->base.app);
    if (!summary_stamp(store, &self->stamp, &err) || !agenda_begin(&self->agenda, store, &err))
        app_error(self->base.app, &err);
    self->base.app->eager = true;
    lay_out(self);
}

static void work(struct workbench *self)
{
    struct app *app = self->base.app;
    struct error err = {0};
    uint64_t begin = clock_milliseconds();
    size_t all = self->agenda.slot_count + self->agenda.tally_count;
    bool more = self->agenda.step < all;
    if (!more)
        return;
    while (more && clock_milliseconds() - begin < STEP_MS)
        if (!agenda_step(&self->agenda, desk_store(app), &more, &err))
            app_error(app, &err);
    app->eager = more;
    lay_out(self);
}

/* ---- drawing ---- */

static void workbench_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    (void)right;
    struct store *store = desk_store(screen->app);
    const struct lookup *lookup = store_lookup(store);
    const char *region = store_setting(store, "region");
    buffer_add(left, "台账");
    struct buffer label = {0};
    if (*region && lookup->label(lookup->context, "region", region, &label))
        buffer_addf(left, " · %s生态环境局", label.text);
    buffer_release(&label);
}

static unsigned mark_style(char mark)
{
    return mark == '!' ? STYLE_ERROR : mark == '?' ? STYLE_WARNING : STYLE_CHANGED;
}

/* `repeats`: the line above has the same label. */
static void draw_item(const struct item *item, bool repeats, struct grid *row)
{
    char mark[2] = {item->mark, '\0'};
    struct buffer count = {0};
    unsigned style = mark_style(item->mark);
    int room = row->columns - NAME_COLUMN - 1;
    if (*item->label) {
        grid_text(row, 0, 3, 1, style, mark);
        grid_text(row, 0, LABEL_COLUMN, COUNT_END - LABEL_COLUMN - 5, style,
                  repeats ? "" : item->label);
        buffer_addf(&count, "%lld", (long long)item->count);
        grid_text_right(row, 0, COUNT_END - 7, 7, style, buffer_text(&count));
    }
    bool has_detail = item->detail && room >= DETAIL_WIDTH + MORE_WIDTH;
    int detail = has_detail ? DETAIL_WIDTH : 0;
    int more = room >= WIDE_ROOM ? 2 * MORE_WIDTH : room >= 4 * MORE_WIDTH ? MORE_WIDTH : 0;
    if (!item->detail)
        more = room > REGISTER_WIDTH ? room - REGISTER_WIDTH : 0;
    int name = room - detail - more;
    grid_text(row, 0, NAME_COLUMN, name - 1, STYLE_PLAIN, item->name ? item->name : "");
    if (has_detail)
        grid_text(row, 0, NAME_COLUMN + name, detail - 1, style, item->detail);
    grid_text(row, 0, NAME_COLUMN + name + detail, more, STYLE_HINT, item->more ? item->more : "");
    buffer_release(&count);
}

/* Where the numbers of a register's row begin: near its name, also in a wide window. */
static int numbers_shown(int columns)
{
    int most = (columns - 1 - LABEL_COLUMN - TABLE_LEAST) / NUMBER_WIDTH;
    return most < NUMBERS ? most : NUMBERS;
}

static int number_column(int columns, int index)
{
    int start = columns - 1 - numbers_shown(columns) * NUMBER_WIDTH;
    int most = LABEL_COLUMN + TABLE_MOST;
    return (start < most ? start : most) + index * NUMBER_WIDTH;
}

static const char *const number_names[NUMBERS] = {"总数", "本年新", "待补", "问题", "未销号"};

/* Which number stands in column `index`: in a narrow window what is new gives way first. */
static int number_at(int columns, int index)
{
    return index > 0 && numbers_shown(columns) < NUMBERS ? index + 1 : index;
}

static void draw_table_heading(struct grid *row)
{
    grid_text(row, 0, LABEL_COLUMN, row->columns, STYLE_HEADING, "清单");
    for (int i = 0; i < numbers_shown(row->columns); i++)
        grid_text_right(row, 0, number_column(row->columns, i), NUMBER_WIDTH, STYLE_HEADING,
                        number_names[number_at(row->columns, i)]);
}

static void write_number(int64_t number, bool known, bool applies, struct buffer *out)
{
    if (!applies)
        buffer_add(out, "—");
    else if (!known)
        buffer_add(out, "…");
    else
        buffer_addf(out, "%lld", (long long)number);
}

static void draw_tally(const struct tally *tally, int digit, struct grid *row)
{
    const struct summary_problems *problems = &tally->problems;
    bool related = !tally->problems_known || problems->related;
    struct {
        int64_t number;
        bool known, applies;
        unsigned style;
    } numbers[NUMBERS] = {
        {tally->counts.total, true, true, STYLE_PLAIN},
        {tally->entered, tally->entered >= 0, true, STYLE_PLAIN},
        {tally->counts.incomplete, true, true, STYLE_WARNING},
        {problems->total, tally->problems_known, related, STYLE_PLAIN},
        {problems->open, tally->problems_known, related, STYLE_ERROR},
    };
    int end = number_column(row->columns, 0);
    grid_printf(row, 0, 3, 2, STYLE_KEY, "%d", digit);
    grid_text(row, 0, LABEL_COLUMN, end - LABEL_COLUMN, STYLE_PLAIN, tally->reg->label);
    for (int i = 0; i < numbers_shown(row->columns); i++) {
        struct buffer text = {0};
        const int n = number_at(row->columns, i);
        bool quiet = !numbers[n].number || !numbers[n].applies;
        write_number(numbers[n].number, numbers[n].known, numbers[n].applies, &text);
        grid_text_right(row, 0, number_column(row->columns, i), NUMBER_WIDTH,
                        quiet ? STYLE_PLAIN : numbers[n].style, buffer_text(&text));
        buffer_release(&text);
    }
}

static bool repeats_label(const struct line *line, const struct line *above)
{
    return above && above->kind == LINE_ITEM && strcmp(line->item->label, above->item->label) == 0;
}

/* `above`: the line before, NULL at the top. */
static void draw_line(const struct line *line, const struct line *above, struct grid *row)
{
    switch (line->kind) {
    case LINE_ITEM:
        draw_item(line->item, repeats_label(line, above), row);
        break;
    case LINE_TALLY:
        draw_tally(line->tally, line->digit, row);
        break;
    case LINE_TEXT:
        grid_text(row, 0, LABEL_COLUMN, row->columns - LABEL_COLUMN, STYLE_PLAIN, line->text);
        break;
    case LINE_RULE:
        grid_rule(row, 0);
        break;
    case LINE_HEADING:
        draw_table_heading(row);
        break;
    }
}

static void draw_today(const struct workbench *self, struct grid *row)
{
    int64_t sum = 0;
    for (size_t i = 0; i < self->agenda.slot_count; i++)
        if (self->agenda.slots[i].count)
            sum += self->agenda.slots[i].items[0].count;
    grid_text(row, 0, 1, row->columns, STYLE_HEADING, "今天要办");
    struct buffer text = {0};
    buffer_addf(&text, "共 %lld 件", (long long)sum);
    if (sum)
        grid_text_right(row, 0, 1, row->columns - 2, STYLE_HINT, buffer_text(&text));
    buffer_release(&text);
}

static void workbench_draw(struct screen *screen, struct grid *body)
{
    struct workbench *self = (struct workbench *)screen;
    draw_today(self, body);
    struct grid area = grid_part(body, 1, 0, body->rows - 1, body->columns);
    self->page = area.rows > 0 ? (size_t)area.rows : 1;
    if (self->selected < self->top)
        self->top = self->selected;
    if (self->selected >= self->top + self->page)
        self->top = self->selected - self->page + 1;
    if (self->top + self->page > self->line_count)
        self->top = self->line_count > self->page ? self->line_count - self->page : 0;
    for (size_t i = 0; i < self->page && self->top + i < self->line_count; i++) {
        struct grid row = grid_part(&area, (int)i, 0, 1, area.columns);
        const struct line *line = &self->lines[self->top + i];
        draw_line(line, i > 0 ? line - 1 : NULL, &row);
        if (self->top + i != self->selected || !can_open(line))
            continue;
        grid_text(&row, 0, 1, 1, STYLE_PLAIN, "▶");
        grid_restyle(&row, 0, 0, row.columns, STYLE_SELECTED);
        grid_show_cursor(&row, 0, 0);
    }
}

/* ---- actions ---- */

static void open_line(struct screen *screen, int key)
{
    (void)key;
    struct workbench *self = (struct workbench *)screen;
    const struct line *line = &self->lines[self->selected];
    if (line->kind == LINE_TALLY) {
        list_open(screen->app, line->tally->reg, NULL);
        return;
    }
    const struct item *item = line->item;
    const struct query query = {.reg = item->reg, .where = item->where, .incomplete = !item->where};
    if (*item->id)
        form_open(screen->app, item->reg, item->id, NULL);
    else
        list_open(screen->app, item->reg, &query);
}

static void open_register(struct screen *screen, int key)
{
    struct workbench *self = (struct workbench *)screen;
    size_t index = (size_t)(key - '1');
    if (index < self->agenda.tally_count)
        list_open(screen->app, self->agenda.tallies[index].reg, NULL);
}

static void describe_register(void *context, size_t index, struct buffer *name,
                              struct buffer *detail)
{
    const struct agenda *agenda = context;
    buffer_add(name, agenda->tallies[index].reg->label);
    buffer_addf(detail, "%lld %s", (long long)agenda->tallies[index].counts.total,
                agenda->tallies[index].reg->counter);
}

static const struct reg *choose_register(struct workbench *self, const char *title)
{
    const struct line *line = &self->lines[self->selected];
    size_t index = 0;
    struct picker picker = {.title = title,
                            .count = self->agenda.tally_count,
                            .context = &self->agenda,
                            .describe = describe_register};
    if (line->kind == LINE_TALLY)
        picker.current = (size_t)line->digit - 1;
    if (!picker_choose(self->base.app, &picker, &index))
        return NULL;
    return self->agenda.tallies[index].reg;
}

static void new_record(struct screen *screen, int key)
{
    (void)key;
    const struct reg *reg = choose_register((struct workbench *)screen, "新建到哪一张清单");
    if (reg)
        form_open(screen->app, reg, NULL, NULL);
}

static void import(struct screen *screen, int key)
{
    (void)key;
    const struct reg *reg = choose_register((struct workbench *)screen, "导入到哪一张清单");
    if (reg)
        import_open_screen(screen->app, reg);
}

static void export(struct screen *screen, int key)
{
    (void)key;
    export_open(screen->app, NULL, NULL);
}

static void undo(struct screen *screen, int key)
{
    (void)key;
    if (undo_ask(screen->app))
        reload((struct workbench *)screen);
}

static void leave(struct screen *screen, int key)
{
    (void)key;
    app_pop(screen->app);
}

static void stay(struct screen *screen, int key)
{
    (void)key;
    app_message(screen->app, MESSAGE_INFORMATION, "这里是工作台。按 q 退出程序。");
}

static bool can_write(const struct screen *screen)
{
    return store_can_write(desk_store(screen->app));
}

static void step_to(struct workbench *self, bool down)
{
    size_t at = self->selected;
    while (down ? ++at < self->line_count : at-- > 0) {
        if (can_open(&self->lines[at])) {
            self->selected = at;
            return;
        }
    }
    if (!down)
        self->top = 0;
}

static void move(struct screen *screen, int key)
{
    struct workbench *self = (struct workbench *)screen;
    bool down = key == K_DOWN || key == K_PAGE_DOWN || key == K_END;
    size_t steps = key == K_UP || key == K_DOWN             ? 1
                   : key == K_PAGE_UP || key == K_PAGE_DOWN ? self->page
                                                            : self->line_count;
    while (steps-- > 0)
        step_to(self, down);
}

static bool workbench_input(struct screen *screen, const struct event *event)
{
    struct workbench *self = (struct workbench *)screen;
    if (event->kind == EVENT_TICK)
        work(self);
    if (event->kind != EVENT_MOUSE || event->mouse != MOUSE_PRESS || event->row < 1)
        return event->kind == EVENT_TICK;
    size_t line = self->top + (size_t)event->row - 1;
    if (line < self->line_count && can_open(&self->lines[line]))
        self->selected = line;
    return true;
}

static void workbench_resume(struct screen *screen)
{
    struct workbench *self = (struct workbench *)screen;
    int64_t stamp;
    if (!summary_stamp(desk_store(screen->app), &stamp, NULL) || stamp != self->stamp)
        reload(self);
    else
        screen->app->eager = true; /* there may be steps left */
}

static void workbench_close(struct screen *screen)
{
    struct workbench *self = (struct workbench *)screen;
    agenda_release(&self->agenda);
    free(self);
}

const struct screen_class *workbench_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER, .name = "打开", .help = "打开光标所在的事项或清单。", .run = open_line},
        {.key = '1', .last = '5', .name = "清单", .help = "打开第几张清单。", .run = open_register},
        {.key = 'n',
         .name = "新建",
         .help = "新建一条记录，先选清单。",
         .is_available = can_write,
         .run = new_record},
        {.key = 'i',
         .name = "导入",
         .help = "从 .xlsx 或 .csv 文件导入，先预览，再决定。",
         .is_available = can_write,
         .run = import},
        {.key = 'x', .name = "导出", .help = "导出年报工作簿或某张清单。", .run = export},
        {.key = 'u',
         .name = "撤销",
         .help = "撤销最后一次改动，包括整批导入；先说明是哪一次。",
         .is_available = can_write,
         .run = undo},
        {.key = 'q', .name = "退出", .help = "退出程序。", .run = leave},
        {.key = K_ESC, .help = "工作台是最外一屏；退出按 q。", .run = stay},
        {.key = K_UP, .last = K_DOWN, .help = "移到上一项、下一项。", .run = move},
        {.key = K_HOME, .last = K_END, .help = "移到第一项、最后一项。", .run = move},
        {.key = K_PAGE_UP, .last = K_PAGE_DOWN, .help = "移到上一页、下一页。", .run = move},
        {0},
    };
    static const struct screen_class class = {
        .name = "工作台",
        .about = "今天要办的事在上，清单在下；每一行按 Enter 都能打开。",
        .actions = actions,
        .title = workbench_title,
        .draw = workbench_draw,
        .input = workbench_input,
        .resume = workbench_resume,
        .close = workbench_close,
    };
    return &class;
}

void workbench_open(struct app *app)
{
    struct workbench *self = mem_new(1, sizeof *self);
    self->base.class = workbench_class();
    agenda_init(&self->agenda, clock_today());
    app_push(app, &self->base);
    reload(self);
}
