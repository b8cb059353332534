/* 指标账户: what the sources still hold on a day, and what the projects still lack. */
#include "core/decimal.h"
#include "core/mem.h"
#include "core/registers.h"
#include "db/clock.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/listview.h"
#include "tui/screens/account_parts.h"
#include "tui/screens/date_picker.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum {
    MARK_COLUMN = 3,
    NAME_COLUMN = 5,
    SUM_WIDTH = 12,
    SUMS = 3,
    WIDE = 130, /* room for the metals of each row */
    DETAIL_ROWS = 7,
    ROOMY_ROWS = 16,
};

struct accounts_screen {
    struct screen base;
    struct listview lists[2]; /* 来源, 项目 */
    bool projects_shown;
    struct date on;
    struct account_balances sources;
    struct account_projects projects;
    int64_t stamp;
    int rows_top; /* where the list was drawn */
};

static struct accounts_screen *screen_of(const struct screen *screen)
{
    return (struct accounts_screen *)screen;
}

static struct listview *list_of(struct accounts_screen *self)
{
    return &self->lists[self->projects_shown];
}

static void load(struct accounts_screen *self)
{
    struct store *store = desk_store(self->base.app);
    struct error err = {0};
    account_balances_release(&self->sources);
    account_projects_release(&self->projects);
    if (!summary_stamp(store, &self->stamp, &err) ||
        !account_balances_load(&self->sources, store, self->on, NULL, &err) ||
        !account_projects_load(&self->projects, store, self->on, &err))
        app_error(self->base.app, &err);
    listview_set_count(&self->lists[0], self->sources.count);
    listview_set_count(&self->lists[1], self->projects.count);
}

/* ---- drawing ---- */

static void accounts_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct accounts_screen *self = screen_of(screen);
    char on[DATE_TEXT_SIZE];
    date_format(self->on, on);
    buffer_addf(left, "指标账户 · %s", self->projects_shown ? "项目" : "来源");
    buffer_addf(right, "到 %s · kg/a", on);
}

/* Where the sums begin; with room the metals of the last one stand behind them. */
static int sums_column(const struct grid *area)
{
    int metals = area->columns >= WIDE ? LOAD_METAL_COUNT * LOADS_NUMBER : 0;
    return area->columns - 1 - SUMS * SUM_WIDTH - metals;
}

static void draw_heading(const struct accounts_screen *self, struct grid *row)
{
    static const char *const labels[2][SUMS] = {{"核定", "已转让", "剩余"},
                                                {"需替代", "已有来源", "缺口"}};
    int column = sums_column(row);
    grid_text(row, 0, NAME_COLUMN, column - NAME_COLUMN, STYLE_HEADING,
              self->projects_shown ? "建设项目" : "减排工程");
    for (int i = 0; i < SUMS; i++, column += SUM_WIDTH)
        grid_text_right(row, 0, column, SUM_WIDTH, STYLE_HEADING, labels[self->projects_shown][i]);
    for (size_t i = 0; row->columns >= WIDE && i < LOAD_METAL_COUNT; i++, column += LOADS_NUMBER)
        grid_printf(row, 0, column + LOADS_NUMBER - 6, 6, STYLE_HEADING, "其中%s", loads_name(i));
}

/* One row of either list: three sums, and the metals of the last. */
static void draw_sums(struct grid *area, char mark, const char *name, const char *hint,
                      const struct loads *const loads[SUMS])
{
    const char text[] = {mark, '\0'};
    int column = sums_column(area), used;
    grid_text(area, 0, MARK_COLUMN, 1, mark == '!' ? STYLE_ERROR : STYLE_WARNING, text);
    used = grid_text(area, 0, NAME_COLUMN, column - NAME_COLUMN, STYLE_PLAIN, name);
    if (column - NAME_COLUMN - used > 4)
        grid_text(area, 0, NAME_COLUMN + used + 1, column - NAME_COLUMN - used - 1, STYLE_HINT,
                  hint);
    for (size_t i = 0; i < SUMS; i++, column += SUM_WIDTH)
        account_draw_load(area, 0, column, SUM_WIDTH,
                          i == 2 && mark == '!' ? STYLE_ERROR : STYLE_PLAIN,
                          loads[i]->kg[LOAD_METAL_COUNT]);
    for (size_t i = 0; area->columns >= WIDE && i < LOAD_METAL_COUNT; i++, column += LOADS_NUMBER)
        account_draw_load(area, 0, column, LOADS_NUMBER, STYLE_PLAIN, loads[2]->kg[i]);
}

static bool is_overdrawn(const struct account_balance *source)
{
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        if (source->remaining.kg[i] < 0 && (i == LOAD_METAL_COUNT || source->credited.named[i]))
            return true;
    return false;
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct accounts_screen *self = context;
    if (row == self->lists[self->projects_shown].selected)
        grid_text(area, 0, 1, 1, STYLE_PLAIN, "▶");
    if (self->projects_shown) {
        const struct account_project *project = &self->projects.items[row];
        const struct loads *const loads[] = {&project->required, &project->covered,
                                             &project->shortage};
        draw_sums(area, account_mark(project), project->name, project->exempt ? "豁免" : "", loads);
        return;
    }
    const struct account_balance *source = &self->sources.items[row];
    const struct loads *const loads[] = {&source->credited, &source->transferred,
                                         &source->remaining};
    char mark = is_overdrawn(source) ? '!' : source->credit_on[0] ? ' ' : '?';
    draw_sums(area, mark, source->name, source->credit_on[0] ? source->enterprise : "还不能用",
              loads);
}

static void draw_source(const struct account_balance *source, struct grid *area)
{
    struct buffer text = {0};
    account_draw_heading(area, 0);
    account_draw_loads(area, 1, "核定", &source->credited);
    account_draw_loads(area, 2, "已转让", &source->transferred);
    account_draw_loads(area, 3, "剩余", &source->remaining);
    if (source->credit_on[0])
        buffer_addf(&text, "%s · %s 起可用", source->enterprise, source->credit_on);
    else
        buffer_addf(&text, "? %s · 还不能作来源，按 Enter 看原因", source->enterprise);
    grid_text(area, 4, 1, area->columns - 2, STYLE_HINT, text.text);
    buffer_release(&text);
}

static void draw_project(const struct account_project *project, struct grid *area)
{
    struct buffer text = {0};
    account_draw_heading(area, 0);
    account_draw_loads(area, 1, "需替代", &project->required);
    account_draw_loads(area, 2, "已有来源", &project->covered);
    account_draw_loads(area, 3, "缺口", &project->shortage);
    account_tell(project, &text);
    grid_text(area, 4, 1, area->columns - 2, STYLE_HINT, text.text);
    buffer_release(&text);
}

static void add_sum(const char *label, int64_t kg, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format_fixed(kg, LOAD_SCALE, text);
    buffer_addf(out, "%s%s %s", out->length ? "   " : "", label, text);
}

static void draw_totals(const struct accounts_screen *self, struct grid *body, int row)
{
    struct buffer text = {0};
    size_t short_of = 0;
    for (size_t i = 0; i < self->projects.count; i++)
        short_of += self->projects.items[i].shortage.kg[LOAD_METAL_COUNT] > 0;
    if (self->projects_shown) {
        buffer_addf(&text, "共 %zu 个项目，%zu 个有缺口", self->projects.count, short_of);
    } else {
        add_sum("合计 核定", self->sources.credited.kg[LOAD_METAL_COUNT], &text);
        add_sum("已转让", self->sources.transferred.kg[LOAD_METAL_COUNT], &text);
        add_sum("剩余", self->sources.remaining.kg[LOAD_METAL_COUNT], &text);
        add_sum("外地调入", self->sources.outside.kg[LOAD_METAL_COUNT], &text);
        buffer_add(&text, " kg/a");
    }
    grid_text(body, row, 1, body->columns - 2, STYLE_PLAIN, text.text);
    buffer_release(&text);
}

static void draw_empty(const struct accounts_screen *self, struct grid *area)
{
    struct grid text = grid_part(area, 0, NAME_COLUMN, area->rows, area->columns - NAME_COLUMN - 1);
    grid_wrap(&text, 0, STYLE_HINT,
              self->projects_shown
                  ? "还没有建设项目。在“建设项目总量替代”清单里登记，或按 Tab 看来源。"
                  : "还没有减排工程。在“减排工程”清单里登记并填写指标核定日期，这里就有余额；"
                    "按 Tab 看项目的缺口。");
}

static void draw_tabs(const struct accounts_screen *self, struct grid *body)
{
    struct buffer texts[2] = {{0}, {0}};
    int column = 1;
    buffer_addf(&texts[0], self->projects_shown ? " 来源 %zu " : "[来源 %zu]", self->sources.count);
    buffer_addf(&texts[1], self->projects_shown ? "[项目 %zu]" : " 项目 %zu ",
                self->projects.count);
    for (int i = 0; i < 2; i++) {
        column += grid_text(body, 0, column, body->columns - column,
                            (i == 1) == self->projects_shown ? STYLE_HEADING : STYLE_PLAIN,
                            texts[i].text) +
                  1;
        buffer_release(&texts[i]);
    }
}

static void accounts_draw(struct screen *screen, struct grid *body)
{
    struct accounts_screen *self = screen_of(screen);
    struct listview *list = list_of(self);
    bool roomy = body->rows >= ROOMY_ROWS;
    int below = roomy ? DETAIL_ROWS + 1 : 0;
    draw_tabs(self, body);
    struct grid heading = grid_part(body, 1, 0, 1, body->columns);
    draw_heading(self, &heading);
    self->rows_top = 2;
    struct grid rows = grid_part(body, 2, 0, body->rows - 2 - below, body->columns);
    listview_draw(list, &rows, false, draw_row, self);
    if (list->count == 0)
        draw_empty(self, &rows);
    if (!roomy || list->count == 0)
        return;
    grid_rule(body, body->rows - below);
    struct grid details =
        grid_part(body, body->rows - DETAIL_ROWS, 0, DETAIL_ROWS - 2, body->columns);
    if (self->projects_shown)
        draw_project(&self->projects.items[list->selected], &details);
    else
        draw_source(&self->sources.items[list->selected], &details);
    grid_rule(body, body->rows - 2);
    draw_totals(self, body, body->rows - 1);
}

/* ---- actions ---- */

static bool has_row(const struct screen *screen)
{
    return list_of(screen_of(screen))->count > 0;
}

static const char *selected_id(struct accounts_screen *self)
{
    size_t row = list_of(self)->selected;
    return self->projects_shown ? self->projects.items[row].id : self->sources.items[row].id;
}

static void open_account(struct screen *screen, int key)
{
    (void)key;
    struct accounts_screen *self = screen_of(screen);
    if (self->projects_shown)
        account_project_open(screen->app, selected_id(self));
    else
        account_source_open(screen->app, selected_id(self));
}

static void open_case(struct screen *screen, int key)
{
    (void)key;
    struct accounts_screen *self = screen_of(screen);
    record_open_screen(screen->app,
                       self->projects_shown ? &reg_construction_project : &reg_reduction_project,
                       selected_id(self));
}

static void turn(struct screen *screen, int key)
{
    (void)key;
    struct accounts_screen *self = screen_of(screen);
    self->projects_shown = !self->projects_shown;
}

static void choose_day(struct screen *screen, int key)
{
    (void)key;
    struct accounts_screen *self = screen_of(screen);
    if (date_picker_choose(screen->app, "看到哪一天的余额", clock_today(), &self->on))
        load(self);
}

static bool accounts_input(struct screen *screen, const struct event *event)
{
    struct accounts_screen *self = screen_of(screen);
    return listview_input_at(list_of(self), event, self->rows_top);
}

static void accounts_resume(struct screen *screen)
{
    struct accounts_screen *self = screen_of(screen);
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
}

static void accounts_close(struct screen *screen)
{
    struct accounts_screen *self = screen_of(screen);
    account_balances_release(&self->sources);
    account_projects_release(&self->projects);
    listview_release(&self->lists[0]);
    listview_release(&self->lists[1]);
    free(self);
}

const struct screen_class *accounts_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "账户",
         .help = "看这个来源的流水，或这个项目的来源。",
         .is_available = has_row,
         .run = open_account},
        {.key = K_TAB, .name = "来源/项目", .help = "换看来源的余额、项目的缺口。", .run = turn},
        {.key = 'd', .name = "日期", .help = "看另一天的余额。", .run = choose_day},
        {.key = 'e',
         .name = "记录",
         .help = "打开光标所在的减排工程或建设项目。",
         .is_available = has_row,
         .run = open_case},
        {0},
    };
    static const struct screen_class class = {
        .name = "指标账户",
        .about =
            "总量指标的账户：减排工程核定后入账，转让出去就扣，作废的从作废日起退回；建设项目按"
            "新增量乘替代比例要来源。标 ! 的是缺口或透支，标 ? 的还不能用或有的金属不够。",
        .actions = actions,
        .title = accounts_title,
        .draw = accounts_draw,
        .input = accounts_input,
        .resume = accounts_resume,
        .close = accounts_close,
    };
    return &class;
}

void accounts_open(struct app *app, const char *id)
{
    (void)id;
    struct accounts_screen *self = mem_new(1, sizeof *self);
    self->base.class = accounts_class();
    self->on = clock_today();
    app_push(app, &self->base);
    load(self);
}
