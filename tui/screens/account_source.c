/* 来源账户: the statement of a reduction project: what came in, what went to which project, what is
 * left after each paper. */
#include "core/decimal.h"
#include "core/mem.h"
#include "core/quota_guard.h"
#include "core/registers.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/listview.h"
#include "tui/screens/account_parts.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum {
    DATE_COLUMN = 3,
    KIND_COLUMN = 14,
    PAPER_COLUMN = 19,
    PAPER_WIDTH = 22,
    OTHER_COLUMN = 42,
    SUM_WIDTH = 12,
    DETAIL_ROWS = 4,
    ROOMY_ROWS = 14,
};

struct source_screen {
    struct screen base;
    char id[RECORD_ID_SIZE];
    struct listview list;
    struct account_statement statement;
    int64_t stamp;
    int rows_top;
};

static struct source_screen *screen_of(const struct screen *screen)
{
    return (struct source_screen *)screen;
}

static void load(struct source_screen *self)
{
    struct store *store = desk_store(self->base.app);
    struct error err = {0};
    account_statement_release(&self->statement);
    if (!summary_stamp(store, &self->stamp, &err) ||
        !account_statement_load(&self->statement, store, self->id, &err))
        app_error(self->base.app, &err);
    listview_set_count(&self->list, self->statement.count);
}

/* ---- drawing ---- */

static void source_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct source_screen *self = screen_of(screen);
    buffer_addf(left, "来源账户 · %s", self->statement.name ? self->statement.name : "");
    buffer_add(right, "kg/a");
}

static void draw_heading(struct grid *row)
{
    grid_text(row, 0, DATE_COLUMN, 10, STYLE_HEADING, "日期");
    grid_text(row, 0, KIND_COLUMN, 4, STYLE_HEADING, "收支");
    grid_text(row, 0, PAPER_COLUMN, PAPER_WIDTH, STYLE_HEADING, "单据");
    grid_text(row, 0, OTHER_COLUMN, row->columns - OTHER_COLUMN - 2 * SUM_WIDTH - 1, STYLE_HEADING,
              "对方");
    grid_text_right(row, 0, row->columns - 1 - 2 * SUM_WIDTH, SUM_WIDTH, STYLE_HEADING, "合计");
    grid_text_right(row, 0, row->columns - 1 - SUM_WIDTH, SUM_WIDTH, STYLE_HEADING, "余额");
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct source_screen *self = context;
    const struct account_line *line = &self->statement.lines[row];
    int sums = area->columns - 1 - 2 * SUM_WIDTH;
    char on[DATE_TEXT_SIZE];
    date_format(line->entry.on, on);
    if (row == self->list.selected)
        grid_text(area, 0, 1, 1, STYLE_PLAIN, "▶");
    grid_text(area, 0, DATE_COLUMN, 10, STYLE_PLAIN, on);
    grid_text(area, 0, KIND_COLUMN, 4,
              line->entry.kind == ENTRY_VOIDING ? STYLE_WARNING : STYLE_PLAIN,
              entry_name(line->entry.kind));
    grid_text(area, 0, PAPER_COLUMN, PAPER_WIDTH, STYLE_PLAIN, line->paper);
    grid_text(area, 0, OTHER_COLUMN, sums - OTHER_COLUMN, STYLE_PLAIN, line->other);
    /* What is taken stands with its sign, which is no error. */
    char text[DECIMAL_TEXT_SIZE];
    decimal_format_fixed(line->sign * line->entry.loads.kg[LOAD_METAL_COUNT], LOAD_SCALE, text);
    grid_number(area, 0, sums, SUM_WIDTH, LOADS_FRACTION, STYLE_PLAIN, text);
    account_draw_load(area, 0, sums + SUM_WIDTH, SUM_WIDTH, STYLE_PLAIN,
                      line->balance.kg[LOAD_METAL_COUNT]);
}

static void draw_flaw(const struct source_screen *self, struct grid *area)
{
    struct buffer text = {0};
    const struct credit_flaw_text *flaw = &credit_flaw_texts[self->statement.flaw];
    struct grid part = grid_part(area, 0, DATE_COLUMN, area->rows, area->columns - DATE_COLUMN - 1);
    if (flaw->what)
        buffer_addf(&text, "? 还没有入账：这项工程%s，%s。", flaw->what, flaw->mend);
    grid_wrap(&part, 0, STYLE_WARNING, buffer_text(&text));
    buffer_release(&text);
}

static void source_draw(struct screen *screen, struct grid *body)
{
    struct source_screen *self = screen_of(screen);
    bool roomy = body->rows >= ROOMY_ROWS && self->list.count > 0;
    int below = roomy ? DETAIL_ROWS : 0;
    struct grid heading = grid_part(body, 0, 0, 1, body->columns);
    draw_heading(&heading);
    self->rows_top = 1;
    struct grid rows = grid_part(body, 1, 0, body->rows - 1 - below, body->columns);
    listview_draw(&self->list, &rows, false, draw_row, self);
    if (self->statement.flaw != CREDIT_SOUND) {
        struct grid rest = grid_part(&rows, (int)self->list.count + 1, 0,
                                     rows.rows - (int)self->list.count - 1, rows.columns);
        draw_flaw(self, &rest);
    }
    if (!roomy)
        return;
    const struct account_line *line = &self->statement.lines[self->list.selected];
    struct grid details = grid_part(body, body->rows - below, 0, below, body->columns);
    grid_rule(&details, 0);
    account_draw_heading(&details, 1);
    account_draw_loads(&details, 2, line->sign > 0 ? "这一笔 收" : "这一笔 支", &line->entry.loads);
    account_draw_loads(&details, 3, "余额", &line->balance);
}

/* ---- actions ---- */

static bool has_row(const struct screen *screen)
{
    return screen_of(screen)->list.count > 0;
}

static void open_paper(struct screen *screen, int key)
{
    (void)key;
    const struct source_screen *self = screen_of(screen);
    const struct entry *entry = &self->statement.lines[self->list.selected].entry;
    record_open_screen(screen->app,
                       entry->kind == ENTRY_CREDIT ? &reg_reduction_project : &reg_quota_transfer,
                       entry->record);
}

static bool is_there(const struct screen *screen)
{
    return screen_of(screen)->statement.name != NULL;
}

static void open_project(struct screen *screen, int key)
{
    (void)key;
    record_open_screen(screen->app, &reg_reduction_project, screen_of(screen)->id);
}

static bool can_transfer(const struct screen *screen)
{
    return is_there(screen) && store_can_write(desk_store(screen->app));
}

static void begin_transfer(struct screen *screen, int key)
{
    (void)key;
    account_begin_transfer(screen->app, "source", screen_of(screen)->id);
}

static bool source_input(struct screen *screen, const struct event *event)
{
    struct source_screen *self = screen_of(screen);
    return listview_input_at(&self->list, event, self->rows_top);
}

static void source_resume(struct screen *screen)
{
    struct source_screen *self = screen_of(screen);
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
}

static void source_close(struct screen *screen)
{
    struct source_screen *self = screen_of(screen);
    account_statement_release(&self->statement);
    listview_release(&self->list);
    free(self);
}

const struct screen_class *account_source_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "单据",
         .help = "打开这一笔的单据：转让，或减排工程。",
         .is_available = has_row,
         .run = open_paper},
        {.key = 'n',
         .name = "新转让",
         .help = "登记一笔转让，来源已经填好。",
         .is_available = can_transfer,
         .run = begin_transfer},
        {.key = 'e',
         .name = "工程",
         .help = "打开这个减排工程。",
         .is_available = is_there,
         .run = open_project},
        {0},
    };
    static const struct screen_class class = {
        .name = "来源账户",
        .about = "一个减排工程的流水：哪天核定入账多少，转让给了哪个项目，作废退回多少，每一笔之后"
                 "还剩多少。还不能用的，下面说明缺什么。",
        .actions = actions,
        .title = source_title,
        .draw = source_draw,
        .input = source_input,
        .resume = source_resume,
        .close = source_close,
    };
    return &class;
}

void account_source_open(struct app *app, const char *id)
{
    struct source_screen *self = mem_new(1, sizeof *self);
    self->base.class = account_source_class();
    strncpy(self->id, id, RECORD_ID_SIZE - 1);
    app_push(app, &self->base);
    load(self);
}
