/* 减排明细: the projects behind one target, or who they belong to. */
#include "db/target_parts.h"
#include "core/mem.h"
#include "core/region.h"
#include "db/clock.h"
#include "tui/desk.h"
#include "tui/listview.h"
#include "tui/screens/screens.h"
#include "tui/screens/targets.h"

#include <stdlib.h>
#include <string.h>

enum {
    ROWS_ABOVE = 1, /* the heading */
    MARK = 3,       /* columns where they begin */
    MARK_WIDTH = 10,
    LOAD_WIDTH = 14,
    DAY_WIDTH = 12,
    PLACE_WIDTH = 12,
    COUNT_WIDTH = 8,
};

/* What a row is: a project, or a figure of the list. */
struct parts_row {
    const struct contribution *contribution; /* NULL: the figure of `holding` */
    const struct holding *holding;
    enum contribution_role role;
    int64_t effect; /* on the emissions; below zero less */
};

struct parts_screen {
    struct screen base;
    char id[RECORD_ID_SIZE]; /* of the target */
    struct targets targets;
    const struct target_line *line; /* of `targets`; NULL: it is there no longer */
    struct parts_row *rows;
    size_t row_count, row_capacity;
    struct target_parts parts;
    int by; /* enum target_by; BY_PROJECT */
    int year;
    struct listview list;
};

enum { BY_PROJECT = -1 };

/* ---- reading ---- */

static void add_row(struct parts_screen *self, struct parts_row row)
{
    if (row.effect == 0 && !row.contribution)
        return;
    self->rows = mem_grow(self->rows, self->row_count, &self->row_capacity, sizeof *self->rows);
    self->rows[self->row_count++] = row;
}

static int64_t size_of(const struct parts_row *row)
{
    return row->effect < 0 ? -row->effect : row->effect;
}

/* What counts first, then what is still to come; each by its size. */
static int compare_rows(const void *a, const void *b)
{
    const struct parts_row *left = a, *right = b;
    if (left->role != right->role)
        return left->role < right->role ? -1 : 1;
    return (size_of(left) < size_of(right)) - (size_of(left) > size_of(right));
}

static void list_rows(struct parts_screen *self)
{
    const struct target_facts *facts = &self->targets.facts;
    for (size_t i = 0; i < facts->contribution_count; i++) {
        const struct contribution *contribution = &facts->contributions[i];
        enum contribution_role role = targets_role(self->line, contribution);
        if (role != ROLE_NONE)
            add_row(self, (struct parts_row){.contribution = contribution,
                                             .role = role,
                                             .effect = targets_effect(self->line, contribution)});
    }
    for (size_t i = 0; i < facts->holding_count; i++) {
        const struct holding *holding = &facts->holdings[i];
        if (!region_is_within(holding->region, self->line->region) ||
            target_metal(self->line) < LOAD_METAL_COUNT)
            continue;
        struct parts_row row = {.holding = holding, .role = ROLE_DONE};
        row.effect = -holding->listed_cut;
        add_row(self, row);
        row.effect = holding->listed_added;
        add_row(self, row);
    }
    if (self->row_count)
        qsort(self->rows, self->row_count, sizeof *self->rows, compare_rows);
}

static void release(struct parts_screen *self)
{
    target_parts_release(&self->parts);
    targets_release(&self->targets);
    free(self->rows);
    self->rows = NULL;
    self->row_count = self->row_capacity = 0;
    self->line = NULL;
}

static void load(struct parts_screen *self)
{
    struct error err = {0};
    struct store *store = desk_store(self->base.app);
    release(self);
    if (!targets_read(&self->targets, store, &(struct targets_query){.year = self->year},
                      clock_today(), &err))
        app_error(self->base.app, &err);
    for (size_t i = 0; i < self->targets.count; i++)
        if (strcmp(self->targets.lines[i].id, self->id) == 0)
            self->line = &self->targets.lines[i];
    if (self->line && self->by == BY_PROJECT)
        list_rows(self);
    else if (self->line)
        target_parts_read(&self->parts, store, self->line, &self->targets.facts,
                          (enum target_by)self->by);
    listview_set_count(&self->list, self->by == BY_PROJECT ? self->row_count : self->parts.count);
}

/* ---- drawing ---- */

static void parts_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct parts_screen *self = (const struct parts_screen *)screen;
    static const char *const names[] = {
        [BY_ENTERPRISE] = "按企业", [BY_COUNTY] = "按县", [BY_CITY] = "按市"};
    buffer_addf(left, "减排进度 · %s %s", self->line ? self->line->name : "",
                self->line ? self->line->metal : "");
    buffer_add(right, self->by == BY_PROJECT ? "按工程和项目" : names[self->by]);
}

static void draw_heading(const struct parts_screen *self, struct grid *row)
{
    int column = MARK;
    if (self->by != BY_PROJECT) {
        static const char *const loads[] = {"减排 kg/a", "新增 kg/a", "净减 kg/a"};
        for (size_t i = 0; i < COUNT_OF(loads); i++, column += LOAD_WIDTH)
            grid_text_right(row, 0, column, LOAD_WIDTH - 1, STYLE_HEADING, loads[i]);
        grid_text_right(row, 0, column, COUNT_WIDTH - 1, STYLE_HEADING, "工程");
        grid_text(row, 0, column + COUNT_WIDTH + 1, row->columns, STYLE_HEADING,
                  self->by == BY_ENTERPRISE ? "企业" : "地区");
        return;
    }
    grid_text(row, 0, column, MARK_WIDTH, STYLE_HEADING, "计入");
    grid_text_right(row, 0, column += MARK_WIDTH, LOAD_WIDTH - 1, STYLE_HEADING, "增减 kg/a");
    grid_text(row, 0, column += LOAD_WIDTH + 1, DAY_WIDTH, STYLE_HEADING, "日期");
    grid_text(row, 0, column += DAY_WIDTH, PLACE_WIDTH, STYLE_HEADING, "县");
    grid_text(row, 0, column + PLACE_WIDTH, row->columns, STYLE_HEADING, "工程、项目");
}

static unsigned role_style(enum contribution_role role)
{
    static const unsigned styles[ROLE__COUNT] = {[ROLE_DONE] = STYLE_DONE,
                                                 [ROLE_UNVERIFIED] = STYLE_WARNING,
                                                 [ROLE_COMING] = STYLE_PLAIN,
                                                 [ROLE_LATE] = STYLE_ERROR,
                                                 [ROLE_FOREIGN] = STYLE_HINT};
    return styles[role];
}

static const char *role_mark(enum contribution_role role)
{
    static const char *const marks[ROLE__COUNT] = {
        [ROLE_NONE] = "",     [ROLE_DONE] = "✓ ", [ROLE_UNVERIFIED] = "? ",
        [ROLE_COMING] = "▸ ", [ROLE_LATE] = "! ", [ROLE_FOREIGN] = "· "};
    return marks[role];
}

static void write_what(const struct parts_screen *self, const struct parts_row *row,
                       struct buffer *out)
{
    struct record record;
    struct store *store = desk_store(self->base.app);
    if (!row->contribution) {
        buffer_addf(out, "企业清单自填的%s（没有工程记录）", row->effect < 0 ? "减排量" : "新增量");
        return;
    }
    buffer_addf(out, "%s：", row->contribution->sign < 0 ? "减排" : "新增");
    if (store_get(store, row->contribution->reg, row->contribution->id, &record, NULL))
        record_name(&record, store_lookup(store), out);
    record_release(&record);
}

static void write_place(const struct parts_screen *self, const struct parts_row *row,
                        struct buffer *out)
{
    const struct lookup *lookup = store_lookup(desk_store(self->base.app));
    const char *code = row->contribution ? row->contribution->region : row->holding->region;
    struct buffer name = {0};
    if (lookup->label(lookup->context, "region", code, &name))
        region_shorten(name.text, out);
    buffer_release(&name);
}

static void draw_project(const struct parts_screen *self, const struct parts_row *row,
                         struct grid *area)
{
    const struct contribution *contribution = row->contribution;
    struct buffer text = {0};
    int column = MARK;
    char day[DATE_TEXT_SIZE] = "";
    buffer_addf(&text, "%s%s", role_mark(row->role), contribution_role_name(row->role));
    grid_text(area, 0, column, MARK_WIDTH, role_style(row->role), buffer_text(&text));
    targets_draw_load(area, column += MARK_WIDTH, LOAD_WIDTH, (struct amount){true, row->effect},
                      role_style(row->role));
    if (contribution && (contribution->done.year || contribution->due.year))
        date_format(contribution->done.year ? contribution->done : contribution->due, day);
    grid_text(area, 0, column += LOAD_WIDTH + 1, DAY_WIDTH, STYLE_PLAIN, day);
    buffer_clear(&text);
    write_place(self, row, &text);
    grid_text(area, 0, column += DAY_WIDTH, PLACE_WIDTH - 1, STYLE_PLAIN, buffer_text(&text));
    buffer_clear(&text);
    write_what(self, row, &text);
    column += PLACE_WIDTH;
    grid_text(area, 0, column, area->columns - column - 1, STYLE_PLAIN, buffer_text(&text));
    buffer_release(&text);
}

static void draw_part(const struct target_part *part, struct grid *area)
{
    const int64_t loads[] = {part->cut, part->added, part->cut - part->added};
    struct buffer count = {0};
    int column = MARK;
    for (size_t i = 0; i < COUNT_OF(loads); i++, column += LOAD_WIDTH)
        targets_draw_load(area, column, LOAD_WIDTH, (struct amount){true, loads[i]}, STYLE_PLAIN);
    buffer_addf(&count, "%zu 个", part->projects);
    grid_text_right(area, 0, column, COUNT_WIDTH - 1, STYLE_PLAIN, buffer_text(&count));
    column += COUNT_WIDTH + 1;
    grid_text(area, 0, column, area->columns - column - 1, STYLE_PLAIN, part->name);
    buffer_release(&count);
}

static void draw_row(void *context, size_t index, struct grid *area)
{
    const struct parts_screen *self = context;
    if (index == self->list.selected)
        grid_text(area, 0, 1, 1, STYLE_PLAIN, "▶");
    if (self->by == BY_PROJECT)
        draw_project(self, &self->rows[index], area);
    else
        draw_part(&self->parts.parts[index], area);
}

static void parts_draw(struct screen *screen, struct grid *body)
{
    enum { FOOT = 3 };
    struct parts_screen *self = (struct parts_screen *)screen;
    struct buffer text = {0};
    if (!self->line || self->list.count == 0) {
        struct grid area = grid_part(body, 1, 3, body->rows - 1, body->columns - 6);
        grid_wrap(&area, 0, STYLE_PLAIN,
                  "这个地区还没有能计入的减排工程和新增项目。\n\n"
                  "减排工程记在 全部清单 → 减排工程：完工日期、纳入减排台账日期都填了才计入；"
                  "新增项目记在 建设项目总量替代：按环评审批日期计入。");
        return;
    }
    struct grid heading = grid_part(body, 0, 0, 1, body->columns);
    struct grid rows = grid_part(body, 1, 0, body->rows - 1 - FOOT, body->columns);
    draw_heading(self, &heading);
    listview_draw(&self->list, &rows, false, draw_row, self);
    grid_rule(body, body->rows - FOOT);
    struct grid foot = grid_part(body, body->rows - FOOT + 1, 1, FOOT - 1, body->columns - 2);
    targets_write_forecast(self->line, &self->targets.facts, &text);
    grid_wrap(&foot, 0, STYLE_HINT, buffer_text(&text));
    buffer_release(&text);
}

/* ---- actions ---- */

/* The enterprises of which the figure of a row is. */
static void open_holding(struct app *app, const struct parts_row *row)
{
    struct buffer where = {0};
    buffer_addf(&where, "region=%s %s>0", row->holding->region,
                row->effect < 0 ? "cut_kg" : "added_kg");
    list_open(app, reg_find("enterprise"),
              &(struct query){.reg = reg_find("enterprise"), .where = where.text});
    buffer_release(&where);
}

static void open_row(struct screen *screen, int key)
{
    (void)key;
    const struct parts_screen *self = (const struct parts_screen *)screen;
    size_t at = self->list.selected;
    if (self->by == BY_ENTERPRISE)
        case_open(screen->app, reg_find("enterprise"), self->parts.parts[at].id);
    else if (self->rows[at].contribution)
        record_open_screen(screen->app, self->rows[at].contribution->reg,
                           self->rows[at].contribution->id);
    else
        open_holding(screen->app, &self->rows[at]);
}

static bool can_open(const struct screen *screen)
{
    const struct parts_screen *self = (const struct parts_screen *)screen;
    return self->list.count > 0 &&
           (self->by == BY_PROJECT ||
            (self->by == BY_ENTERPRISE && self->parts.parts[self->list.selected].id[0]));
}

static void group(struct screen *screen, int key)
{
    (void)key;
    struct parts_screen *self = (struct parts_screen *)screen;
    self->by = self->by == BY_CITY ? BY_PROJECT : self->by + 1;
    load(self);
    listview_select(&self->list, 0);
}

static bool parts_input(struct screen *screen, const struct event *event)
{
    struct parts_screen *self = (struct parts_screen *)screen;
    return listview_input_at(&self->list, event, ROWS_ABOVE);
}

static void parts_resume(struct screen *screen)
{
    load((struct parts_screen *)screen);
}

static void parts_close(struct screen *screen)
{
    struct parts_screen *self = (struct parts_screen *)screen;
    release(self);
    listview_release(&self->list);
    free(self);
}

const struct screen_class *target_parts_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "打开",
         .help = "打开光标所在的工程、项目或企业。",
         .is_available = can_open,
         .run = open_row},
        {.key = 'b',
         .name = "换分法",
         .help = "轮换：按工程和项目、按企业、按县、按市。",
         .run = group},
        {0},
    };
    static const struct screen_class class = {
        .name = "减排明细",
        .about = "一项目标下的减排工程和新增项目。✓ 已计入，? 完工还没有核定，▸ 今后会有的，"
                 "! 过了计划完工日还没有完成，· 不是重点行业的，不计。负数是减少。",
        .actions = actions,
        .title = parts_title,
        .draw = parts_draw,
        .input = parts_input,
        .resume = parts_resume,
        .close = parts_close,
    };
    return &class;
}

void target_parts_open(struct app *app, const struct target_line *line, int year)
{
    struct parts_screen *self = mem_new(1, sizeof *self);
    self->base.class = target_parts_class();
    memcpy(self->id, line->id, sizeof self->id);
    self->by = BY_PROJECT;
    self->year = year;
    app_push(app, &self->base);
    load(self);
}
