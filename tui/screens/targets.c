/* 减排进度: the regions with a target, how far each is, and what becomes of it by the year's end.
 */
#include "tui/screens/targets.h"
#include "core/mem.h"
#include "core/region.h"
#include "db/clock.h"
#include "tui/desk.h"
#include "tui/listview.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum {
    ROWS_ABOVE = 1, /* the heading */
    FIRST_YEAR = 2000,
    LAST_YEAR = 2100,
    DETAIL_ROWS = 7,
    NAME = 3, /* columns where they begin */
    NAME_WIDTH = 11,
    GOAL_WIDTH = 7,
    LOAD_WIDTH = 13,
    PERCENT_WIDTH = 9,
    STATE_WIDTH = 10,
    BAR_LEAST = 10,
    BAR_MOST = 24,
};

struct targets_screen {
    struct screen base;
    struct targets targets;
    struct target_table table;
    struct listview list;
    int year; /* this one: as of today */
};

static void release(struct targets_screen *self)
{
    target_table_release(&self->table);
    targets_release(&self->targets);
}

static void load(struct targets_screen *self)
{
    struct error err = {0};
    struct date today = clock_today();
    const struct targets_query query = {.year = self->year == today.year ? 0 : self->year};
    release(self);
    if (!targets_read(&self->targets, desk_store(self->base.app), &query, today, &err))
        app_error(self->base.app, &err);
    target_table_read(&self->table, &self->targets);
    listview_set_count(&self->list, self->targets.count);
}

static const struct target_line *selected(const struct screen *screen)
{
    const struct targets_screen *self = (const struct targets_screen *)screen;
    return self->targets.count ? &self->targets.lines[self->list.selected] : NULL;
}

/* ---- drawing ---- */

static void targets_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct targets_screen *self = (const struct targets_screen *)screen;
    char day[DATE_TEXT_SIZE];
    struct date today = clock_today();
    buffer_addf(left, "减排进度 · %d 年", self->year);
    date_format(self->year == today.year ? today : (struct date){self->year, 12, 31}, day);
    buffer_addf(right, "%zu 项目标 · 截至 %s", self->targets.count, day);
}

/* Room for the bar, behind everything else; 0: none. */
static int bar_width(int columns)
{
    int room = columns -
               (NAME + NAME_WIDTH + GOAL_WIDTH + 3 * LOAD_WIDTH + PERCENT_WIDTH + STATE_WIDTH + 2);
    return room < BAR_LEAST ? 0 : room > BAR_MOST ? BAR_MOST : room;
}

static void draw_heading(struct grid *row)
{
    int column = NAME;
    grid_text(row, 0, column, NAME_WIDTH, STYLE_HEADING, "地区");
    grid_text_right(row, 0, column += NAME_WIDTH, GOAL_WIDTH, STYLE_HEADING, "目标");
    column += GOAL_WIDTH;
    static const char *const loads[] = {"基准 kg/a", "目标 kg/a", "现在 kg/a"};
    for (size_t i = 0; i < COUNT_OF(loads); i++, column += LOAD_WIDTH)
        grid_text_right(row, 0, column, LOAD_WIDTH - 1, STYLE_HEADING, loads[i]);
    grid_text_right(row, 0, column, PERCENT_WIDTH, STYLE_HEADING, "进度");
    grid_text(row, 0, column + PERCENT_WIDTH + 1, STATE_WIDTH, STYLE_HEADING, "达标");
}

static void write_goal(const struct target_line *line, struct buffer *out)
{
    static const struct {
        const char *kind, *brief;
    } briefs[] = {{"控制不新增", "不新增"}, {"持平", "持平"}};
    for (size_t i = 0; i < COUNT_OF(briefs); i++)
        if (strcmp(line->kind, briefs[i].kind) == 0)
            buffer_add(out, briefs[i].brief);
    if (line->percent.known)
        targets_write_percent(line->percent.value, out);
}

/* The region as people shorten it, with the metal when it is one of them. */
static void write_name(const struct target_line *line, struct buffer *out)
{
    bool whole = strlen(line->region) <= 4;
    struct buffer brief = {0};
    region_shorten(line->name, &brief);
    buffer_add(out, whole ? buffer_text(&brief) : line->name);
    if (target_metal(line) < LOAD_METAL_COUNT)
        buffer_addf(out, " %s", line->metal);
    buffer_release(&brief);
}

static void draw_row(void *context, size_t index, struct grid *row)
{
    const struct targets_screen *self = context;
    const struct target_line *line = &self->targets.lines[index];
    struct buffer text = {0};
    unsigned style;
    int column = NAME, bar = bar_width(row->columns);
    if (index == self->list.selected)
        grid_text(row, 0, 1, 1, STYLE_PLAIN, "▶");
    write_name(line, &text);
    grid_text(row, 0, column, NAME_WIDTH, STYLE_PLAIN, buffer_text(&text));
    buffer_clear(&text);
    write_goal(line, &text);
    grid_text_right(row, 0, column += NAME_WIDTH, GOAL_WIDTH, STYLE_PLAIN, buffer_text(&text));
    column += GOAL_WIDTH;
    const struct amount loads[] = {line->base, line->target, line->actual};
    for (size_t i = 0; i < COUNT_OF(loads); i++, column += LOAD_WIDTH)
        targets_draw_load(row, column, LOAD_WIDTH, loads[i], STYLE_PLAIN);
    buffer_clear(&text);
    if (line->progress.known)
        targets_write_percent(line->progress.value, &text);
    grid_text_right(row, 0, column, PERCENT_WIDTH, STYLE_PLAIN, buffer_text(&text));
    column += PERCENT_WIDTH + 1;
    const char *met = targets_tell_met(line, &style);
    grid_text(row, 0, column, STATE_WIDTH, style, met);
    if (bar && line->progress.known && line->percent.known && line->percent.value > 0)
        targets_draw_bar(row, column + STATE_WIDTH, bar, line->progress.value, line->percent.value);
    buffer_release(&text);
}

static void draw_empty(struct grid *body)
{
    struct grid area = grid_part(body, 1, 3, body->rows - 1, body->columns - 6);
    grid_wrap(&area, 0, STYLE_PLAIN,
              "所用的政策包没有下达减排目标。\n\n"
              "有目标的，在 全部清单 → 减排目标 里照文件补上（Enter 直接打开），"
              "或者装载本省的政策包：taizhang pack load 名称。");
}

static void targets_draw(struct screen *screen, struct grid *body)
{
    struct targets_screen *self = (struct targets_screen *)screen;
    if (self->targets.count == 0) {
        draw_empty(body);
        return;
    }
    int detail = body->rows > 2 * DETAIL_ROWS ? DETAIL_ROWS : 0;
    struct grid heading = grid_part(body, 0, 0, 1, body->columns);
    struct grid rows =
        grid_part(body, 1, 0, body->rows - 1 - (detail ? detail + 1 : 0), body->columns);
    draw_heading(&heading);
    listview_draw(&self->list, &rows, false, draw_row, self);
    if (!detail)
        return;
    grid_rule(body, body->rows - detail - 1);
    struct grid area = grid_part(body, body->rows - detail, 0, detail, body->columns);
    targets_draw_detail(selected(screen), &self->targets, &self->table, &area);
}

/* ---- actions ---- */

static void open_parts(struct screen *screen, int key)
{
    (void)key;
    const struct targets_screen *self = (const struct targets_screen *)screen;
    const struct target_line *line = selected(screen);
    if (line)
        target_parts_open(screen->app, line, self->year == clock_today().year ? 0 : self->year);
    else
        list_open(screen->app, reg_find("target"), NULL);
}

static bool has_line(const struct screen *screen)
{
    return selected(screen) != NULL;
}

static void open_target(struct screen *screen, int key)
{
    (void)key;
    form_open(screen->app, reg_find("target"), selected(screen)->id, NULL);
}

static void change_year(struct screen *screen, int key)
{
    struct targets_screen *self = (struct targets_screen *)screen;
    int year = self->year + (key == K_PAGE_DOWN ? 1 : -1);
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return;
    self->year = year;
    load(self);
}

static void export(struct screen *screen, int key)
{
    (void)key;
    export_open(screen->app, "reduction", NULL);
}

static bool targets_input(struct screen *screen, const struct event *event)
{
    struct targets_screen *self = (struct targets_screen *)screen;
    return listview_input_at(&self->list, event, ROWS_ABOVE);
}

static void targets_resume(struct screen *screen)
{
    load((struct targets_screen *)screen);
}

static void targets_close(struct screen *screen)
{
    struct targets_screen *self = (struct targets_screen *)screen;
    release(self);
    listview_release(&self->list);
    free(self);
}

const struct screen_class *targets_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "明细",
         .help = "这个地区的减排工程和新增项目，谁减了多少、谁增了多少。",
         .run = open_parts},
        {.key = K_PAGE_UP,
         .last = K_PAGE_DOWN,
         .name = "换年",
         .help = "看上一年、下一年的目标；不是今年的，按那一年年底算。",
         .run = change_year},
        {.key = 'e',
         .name = "目标",
         .help = "打开文件下达的这项目标。",
         .is_available = has_line,
         .run = open_target},
        {.key = 'x',
         .name = "导出",
         .help = "导出减排工程清单、减排核算表和目标进度。",
         .run = export},
        {0},
    };
    static const struct screen_class class = {
        .name = "减排进度",
        .about =
            "各地区的减排目标和进度：目标排放量是基准减去要净削减的，现在的排放量是基准减去已核定"
            "的减排、加上已批的新增。文件公布的数照原样，自身对不上的地方在下面说明。",
        .actions = actions,
        .title = targets_title,
        .draw = targets_draw,
        .input = targets_input,
        .resume = targets_resume,
        .close = targets_close,
    };
    return &class;
}

/* The bureau's own target is where one looks first. */
static void select_own(struct targets_screen *self)
{
    struct target_line own;
    targets_find_own(desk_store(self->base.app), clock_today(), &own);
    for (size_t i = 0; i < self->targets.count; i++)
        if (strcmp(self->targets.lines[i].id, own.id) == 0)
            listview_select(&self->list, i);
}

void targets_open(struct app *app, const char *id)
{
    (void)id;
    struct targets_screen *self = mem_new(1, sizeof *self);
    self->base.class = targets_class();
    self->year = clock_today().year;
    app_push(app, &self->base);
    load(self);
    select_own(self);
}
