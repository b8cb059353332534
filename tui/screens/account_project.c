/* 项目账户: what a construction project must replace, from where it got it, and what is lacking. */
#include "core/decimal.h"
#include "core/mem.h"
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
    NAME_COLUMN = 14,
    SUM_WIDTH = 12,
    STATE_WIDTH = 7,
    HEAD_ROWS = 6,
    DETAIL_ROWS = 4,
    ROOMY_ROWS = 18,
};

struct project_screen {
    struct screen base;
    char id[RECORD_ID_SIZE];
    struct listview list;
    struct account_project project;
    int64_t stamp;
    int rows_top;
};

static struct project_screen *screen_of(const struct screen *screen)
{
    return (struct project_screen *)screen;
}

static void load(struct project_screen *self)
{
    struct store *store = desk_store(self->base.app);
    struct error err = {0};
    account_project_release(&self->project);
    if (!summary_stamp(store, &self->stamp, &err) ||
        !account_project_load(&self->project, store, self->id, account_end, &err))
        app_error(self->base.app, &err);
    listview_set_count(&self->list, self->project.use_count);
}

/* ---- drawing ---- */

static void project_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct project_screen *self = screen_of(screen);
    char ratio[DECIMAL_TEXT_SIZE];
    buffer_addf(left, "项目账户 · %s", self->project.name ? self->project.name : "");
    decimal_format(self->project.ratio, RATIO_SCALE, ratio);
    buffer_addf(right, "替代比例 %s · kg/a", self->project.has_ratio ? ratio : "未填");
}

static void draw_head(const struct project_screen *self, struct grid *body)
{
    struct buffer text = {0};
    account_draw_heading(body, 0);
    account_draw_loads(body, 1, "需替代", &self->project.required);
    account_draw_loads(body, 2, "已有来源", &self->project.covered);
    account_draw_loads(body, 3, "缺口", &self->project.shortage);
    account_tell(&self->project, &text);
    grid_text(body, 4, 1, body->columns - 2,
              account_mark(&self->project) == '!' ? STYLE_ERROR : STYLE_PLAIN, text.text);
    grid_rule(body, 5);
    buffer_release(&text);
}

static int sums_column(const struct grid *area)
{
    return area->columns - 1 - STATE_WIDTH - 2 * SUM_WIDTH;
}

static void draw_heading(struct grid *row)
{
    int sums = sums_column(row);
    grid_text(row, 0, DATE_COLUMN, 10, STYLE_HEADING, "转让日期");
    grid_text(row, 0, NAME_COLUMN, sums - NAME_COLUMN, STYLE_HEADING, "来源");
    grid_text_right(row, 0, sums, SUM_WIDTH, STYLE_HEADING, "转让合计");
    grid_text_right(row, 0, sums + SUM_WIDTH, SUM_WIDTH, STYLE_HEADING, "来源剩余");
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct project_screen *self = context;
    const struct account_use *use = &self->project.uses[row];
    int sums = sums_column(area), state = sums + 2 * SUM_WIDTH + 1;
    if (row == self->list.selected)
        grid_text(area, 0, 1, 1, STYLE_PLAIN, "▶");
    grid_text(area, 0, DATE_COLUMN, 10, STYLE_PLAIN, use->on);
    grid_text(area, 0, NAME_COLUMN, sums - NAME_COLUMN, STYLE_PLAIN,
              *use->name ? use->name : "（未写来源）");
    account_draw_load(area, 0, sums, SUM_WIDTH, STYLE_PLAIN, use->transferred.kg[LOAD_METAL_COUNT]);
    if (use->source[0])
        account_draw_load(area, 0, sums + SUM_WIDTH, SUM_WIDTH, STYLE_PLAIN,
                          use->remaining.kg[LOAD_METAL_COUNT]);
    else
        grid_text_right(area, 0, sums + SUM_WIDTH, SUM_WIDTH, STYLE_HINT, "外地调入");
    if (use->voided)
        grid_text(area, 0, state, STATE_WIDTH, STYLE_WARNING, "已作废");
}

static void draw_empty(const struct project_screen *self, struct grid *area)
{
    struct grid text = grid_part(area, 0, DATE_COLUMN, area->rows, area->columns - DATE_COLUMN - 1);
    if (self->project.exempt)
        grid_wrap(&text, 0, STYLE_HINT, "豁免替代的项目不登记转让。");
    else
        grid_wrap(&text, 0, STYLE_HINT,
                  self->project.promised.kg[LOAD_METAL_COUNT] > 0
                      ? "削减替代方案写了来源，还没有登记转让。在“指标来源与转让”里登记，这里就有。"
                      : "还没有登记转让。在“指标来源与转让”里登记，从哪个减排工程来、给这个项目"
                        "多少。");
}

static void project_draw(struct screen *screen, struct grid *body)
{
    struct project_screen *self = screen_of(screen);
    bool roomy = body->rows >= ROOMY_ROWS && self->list.count > 0;
    int below = roomy ? DETAIL_ROWS : 0;
    draw_head(self, body);
    struct grid heading = grid_part(body, HEAD_ROWS, 0, 1, body->columns);
    draw_heading(&heading);
    self->rows_top = HEAD_ROWS + 1;
    struct grid rows =
        grid_part(body, self->rows_top, 0, body->rows - self->rows_top - below, body->columns);
    listview_draw(&self->list, &rows, false, draw_row, self);
    if (self->list.count == 0)
        draw_empty(self, &rows);
    if (!roomy)
        return;
    const struct account_use *use = &self->project.uses[self->list.selected];
    struct grid details = grid_part(body, body->rows - below, 0, below, body->columns);
    grid_rule(&details, 0);
    account_draw_heading(&details, 1);
    account_draw_loads(&details, 2, "这一笔", &use->transferred);
    if (use->source[0])
        account_draw_loads(&details, 3, "来源剩余", &use->remaining);
}

/* ---- actions ---- */

static bool has_row(const struct screen *screen)
{
    return screen_of(screen)->list.count > 0;
}

static const struct account_use *use_of(const struct screen *screen)
{
    const struct project_screen *self = screen_of(screen);
    return &self->project.uses[self->list.selected];
}

static bool has_source(const struct screen *screen)
{
    return has_row(screen) && use_of(screen)->source[0];
}

static bool is_there(const struct screen *screen)
{
    return screen_of(screen)->project.name != NULL;
}

static void open_transfer(struct screen *screen, int key)
{
    (void)key;
    record_open_screen(screen->app, &reg_quota_transfer, use_of(screen)->transfer);
}

static void open_source(struct screen *screen, int key)
{
    (void)key;
    account_source_open(screen->app, use_of(screen)->source);
}

static void open_project(struct screen *screen, int key)
{
    (void)key;
    record_open_screen(screen->app, &reg_construction_project, screen_of(screen)->id);
}

static bool can_transfer(const struct screen *screen)
{
    return is_there(screen) && store_can_write(desk_store(screen->app));
}

static void begin_transfer(struct screen *screen, int key)
{
    (void)key;
    account_begin_transfer(screen->app, "project", screen_of(screen)->id);
}

static bool project_input(struct screen *screen, const struct event *event)
{
    struct project_screen *self = screen_of(screen);
    return listview_input_at(&self->list, event, self->rows_top);
}

static void project_resume(struct screen *screen)
{
    struct project_screen *self = screen_of(screen);
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
}

static void project_close(struct screen *screen)
{
    struct project_screen *self = screen_of(screen);
    account_project_release(&self->project);
    listview_release(&self->list);
    free(self);
}

const struct screen_class *account_project_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "转让",
         .help = "打开光标所在的这一笔转让。",
         .is_available = has_row,
         .run = open_transfer},
        {.key = 's',
         .name = "来源",
         .help = "看这一笔的来源账户。",
         .is_available = has_source,
         .run = open_source},
        {.key = 'n',
         .name = "新转让",
         .help = "登记一笔转让，项目已经填好。",
         .is_available = can_transfer,
         .run = begin_transfer},
        {.key = 'e',
         .name = "项目",
         .help = "打开这个建设项目。",
         .is_available = is_there,
         .run = open_project},
        {0},
    };
    static const struct screen_class class = {
        .name = "项目账户",
        .about = "一个建设项目要替代多少（新增量乘替代比例，第三位小数只入不舍）、从哪里来了多少、"
                 "还缺多少；作废的转让不再算数。按登记的全部单据算。",
        .actions = actions,
        .title = project_title,
        .draw = project_draw,
        .input = project_input,
        .resume = project_resume,
        .close = project_close,
    };
    return &class;
}

void account_project_open(struct app *app, const char *id)
{
    struct project_screen *self = mem_new(1, sizeof *self);
    self->base.class = account_project_class();
    strncpy(self->id, id, RECORD_ID_SIZE - 1);
    app_push(app, &self->base);
    load(self);
}
