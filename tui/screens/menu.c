/* 全部清单: every register, by theme, with its count, and the screens that work with them. Counting
 * a long one takes a moment, so the counts come after the first frame. */
#include "core/mem.h"
#include "core/registers.h"
#include "db/clock.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/screens/screens.h"
#include "tui/screens/views.h"

#include <stdlib.h>
#include <string.h>

enum {
    LINES_MOST = 128,
    COLUMN_LEAST = 38, /* width of a column of lines */
    NAME_COLUMN = 5,
    COUNT_WIDTH = 9,
    STEP_MS = 10,
};

/* A heading has neither register nor view, a blank line no menu either. */
struct menu_line {
    const struct reg *reg;
    const struct view *view;
    enum reg_menu menu;
    int digit;     /* that opens it on the desk; 0: none */
    int64_t count; /* -1: not counted yet */
};

struct menu_screen {
    struct screen base;
    struct menu_line lines[LINES_MOST];
    size_t count, selected, top;
    size_t step; /* the next line to be counted */
    size_t rows; /* of a column, as drawn last */
    int64_t stamp;
};

static int digit_of(const struct reg *reg)
{
    enum { DIGITS = 9 };
    for (size_t i = 0; i < DIGITS && reg_on_desk(i); i++)
        if (reg_on_desk(i) == reg)
            return (int)i + 1;
    return 0;
}

static void add_line(struct menu_screen *self, struct menu_line line)
{
    if (self->count < LINES_MOST)
        self->lines[self->count++] = line;
}

static void add_lines(struct menu_screen *self)
{
    for (enum reg_menu menu = MENU_NONE + 1; menu < MENU__COUNT; menu++) {
        if (self->count)
            add_line(self, (struct menu_line){.menu = MENU_NONE});
        add_line(self, (struct menu_line){.menu = menu});
        for (size_t i = 0; i < register_count; i++)
            if (registers[i]->menu == menu)
                add_line(self, (struct menu_line){.reg = registers[i],
                                                  .menu = menu,
                                                  .digit = digit_of(registers[i]),
                                                  .count = -1});
        for (size_t i = 0; view_at(i); i++)
            if (view_at(i)->menu == menu)
                add_line(self, (struct menu_line){.view = view_at(i), .menu = menu});
    }
}

static void load(struct menu_screen *self)
{
    struct error err = {0};
    self->step = 0;
    if (!summary_stamp(desk_store(self->base.app), &self->stamp, &err))
        app_error(self->base.app, &err);
    self->base.app->eager = true;
}

static void count_on(struct menu_screen *self)
{
    struct store *store = desk_store(self->base.app);
    uint64_t begin = clock_milliseconds();
    for (; self->step < self->count && clock_milliseconds() - begin < STEP_MS; self->step++) {
        struct menu_line *line = &self->lines[self->step];
        struct summary_counts counts;
        struct error err = {0};
        if (!line->reg)
            continue;
        if (!summary_count(store, line->reg, &counts, &err)) {
            app_error(self->base.app, &err);
            self->step = self->count;
            return;
        }
        line->count = counts.total;
    }
    self->base.app->eager = self->step < self->count;
}

/* ---- drawing ---- */

static void menu_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    (void)screen;
    (void)right;
    buffer_add(left, "全部清单");
}

static bool leads(const struct menu_line *line)
{
    return line->reg || line->view;
}

static void draw_line(const struct menu_line *line, struct grid *row)
{
    struct buffer count = {0};
    int room = row->columns - NAME_COLUMN - COUNT_WIDTH - 2;
    if (!leads(line)) {
        grid_text(row, 0, 1, row->columns - 1, STYLE_HEADING, reg_menu_name(line->menu));
        return;
    }
    if (line->view) {
        grid_text(row, 0, NAME_COLUMN, row->columns - NAME_COLUMN - 1, STYLE_PLAIN,
                  line->view->label);
        return;
    }
    if (line->digit)
        grid_printf(row, 0, 3, 2, STYLE_KEY, "%d", line->digit);
    grid_text(row, 0, NAME_COLUMN, room, STYLE_PLAIN, line->reg->label);
    if (line->count < 0)
        buffer_add(&count, "…");
    else
        buffer_addf(&count, "%lld %s", (long long)line->count,
                    line->reg->counter ? line->reg->counter : "");
    grid_text_right(row, 0, row->columns - COUNT_WIDTH - 2, COUNT_WIDTH,
                    line->count ? STYLE_PLAIN : STYLE_HINT, buffer_text(&count));
    buffer_release(&count);
}

/* As few columns as hold all lines, as many as there is room for. */
static size_t columns_of(const struct menu_screen *self, const struct grid *body)
{
    size_t rows = body->rows > 0 ? (size_t)body->rows : 1;
    size_t most = body->columns > COLUMN_LEAST ? (size_t)(body->columns / COLUMN_LEAST) : 1;
    size_t wanted = (self->count + rows - 1) / rows;
    return wanted < most ? wanted : most;
}

static void show_selected(struct menu_screen *self, size_t page)
{
    if (self->selected < self->top)
        self->top = self->selected;
    if (self->selected >= self->top + page)
        self->top = self->selected - page + 1;
    if (self->count <= page)
        self->top = 0;
    if (self->top == 1) /* the first heading is shown with its first line */
        self->top = 0;
}

static void menu_draw(struct screen *screen, struct grid *body)
{
    struct menu_screen *self = (struct menu_screen *)screen;
    size_t columns = columns_of(self, body);
    int width = body->columns / (int)columns;
    if (width > 2 * COLUMN_LEAST)
        width = 2 * COLUMN_LEAST;
    size_t even = (self->count + columns - 1) / columns;
    self->rows = body->rows > 0 ? (size_t)body->rows : 1;
    if (even < self->rows)
        self->rows = even;
    show_selected(self, self->rows * columns);
    size_t place = 0;
    for (size_t i = self->top; i < self->count && place < self->rows * columns; i++) {
        const struct menu_line *line = &self->lines[i];
        bool is_blank = !leads(line) && line->menu == MENU_NONE;
        if (is_blank && place % self->rows == 0)
            continue; /* none at the top of a column */
        struct grid row =
            grid_part(body, (int)(place % self->rows), (int)(place / self->rows) * width, 1, width);
        place++;
        draw_line(line, &row);
        if (i != self->selected)
            continue;
        grid_text(&row, 0, 1, 1, STYLE_PLAIN, "▶");
        grid_restyle(&row, 0, 0, row.columns - 1, STYLE_SELECTED);
        grid_show_cursor(&row, 0, 0);
    }
}

/* ---- actions ---- */

static const struct reg *reg_of(const struct screen *screen)
{
    const struct menu_screen *self = (const struct menu_screen *)screen;
    return self->lines[self->selected].reg;
}

static void open_line(struct screen *screen, int key)
{
    (void)key;
    const struct menu_screen *self = (const struct menu_screen *)screen;
    const struct view *view = self->lines[self->selected].view;
    if (view)
        view->open(screen->app, NULL);
    else
        list_open(screen->app, reg_of(screen), NULL);
}

static void open_digit(struct screen *screen, int key)
{
    const struct reg *reg = reg_on_desk((size_t)(key - '1'));
    if (reg)
        list_open(screen->app, reg, NULL);
}

/* One may add to it here: facts that come with the program stay as they are. */
static bool can_add(const struct screen *screen)
{
    return reg_of(screen) && store_can_write(desk_store(screen->app)) &&
           !(reg_of(screen)->flags & REG_REFERENCE);
}

static void new_record(struct screen *screen, int key)
{
    (void)key;
    form_begin(screen->app, reg_of(screen), NULL);
}

static void import(struct screen *screen, int key)
{
    (void)key;
    import_open_screen(screen->app, reg_of(screen));
}

static bool step_to(struct menu_screen *self, bool down)
{
    for (size_t at = self->selected; down ? ++at < self->count : at-- > 0;) {
        if (leads(&self->lines[at])) {
            self->selected = at;
            return true;
        }
    }
    return false;
}

static void move(struct screen *screen, int key)
{
    struct menu_screen *self = (struct menu_screen *)screen;
    bool down = key == K_DOWN || key == K_RIGHT || key == K_PAGE_DOWN || key == K_END;
    bool by_one = key == K_UP || key == K_DOWN;
    bool to_end = key == K_HOME || key == K_END;
    size_t from = self->selected;
    while (step_to(self, down) && !by_one) {
        size_t moved = self->selected > from ? self->selected - from : from - self->selected;
        if (!to_end && moved >= self->rows)
            break;
    }
}

static bool menu_input(struct screen *screen, const struct event *event)
{
    if (event->kind == EVENT_TICK)
        count_on((struct menu_screen *)screen);
    return event->kind == EVENT_TICK;
}

static void menu_resume(struct screen *screen)
{
    struct menu_screen *self = (struct menu_screen *)screen;
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
    else
        screen->app->eager = true;
}

static void menu_close(struct screen *screen)
{
    free(screen);
}

const struct screen_class *menu_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER, .name = "打开", .help = "打开光标所在的清单或测算。", .run = open_line},
        {.key = '1', .last = '9', .name = "清单", .help = "打开第几张清单。", .run = open_digit},
        {.key = 'n',
         .name = "新建",
         .help = "在光标所在的清单里新建一条。",
         .is_available = can_add,
         .run = new_record},
        {.key = 'o',
         .name = "导入",
         .help = "从 .xlsx 或 .csv 文件导入到光标所在的清单，先预览，再决定。",
         .is_available = can_add,
         .run = import},
        {.key = K_UP, .last = K_DOWN, .help = "移到上一张、下一张。", .run = move},
        {.key = K_LEFT, .last = K_RIGHT, .help = "移到左边、右边一列。", .run = move},
        {.key = K_HOME, .last = K_END, .help = "移到第一张、最后一张。", .run = move},
        {.key = K_PAGE_UP, .last = K_PAGE_DOWN, .help = "移到上一页、下一页。", .run = move},
        {0},
    };
    static const struct screen_class class = {
        .name = "全部清单",
        .about = "所有清单和测算，按主题排列，右边是条数。数字键在任何清单里都能用，直接换过去。",
        .actions = actions,
        .title = menu_title,
        .draw = menu_draw,
        .input = menu_input,
        .resume = menu_resume,
        .close = menu_close,
    };
    return &class;
}

void menu_open(struct app *app)
{
    struct menu_screen *self = mem_new(1, sizeof *self);
    self->base.class = menu_class();
    add_lines(self);
    while (!leads(&self->lines[self->selected]))
        self->selected++;
    app_push(app, &self->base);
    load(self);
}
