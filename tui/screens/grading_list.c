/* 分级排序: all legacy sites in the order of treatment, those without data first. */
#include "core/mem.h"
#include "core/registers.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/screens/grading.h"
#include "tui/screens/screens.h"

#include <stdlib.h>

enum { NUMBER_COLUMN = 3, NUMBER_WIDTH = 4, NAME_COLUMN = 8, GRADE_WIDTH = 9 };

/* Columns behind the name, at their distance from the right edge. */
static const struct {
    const char *label;
    enum grade_dimension dimension;
    int right;
} columns[] = {
    {"污染", GRADE_POLLUTION, 44},
    {"敏感", GRADE_SENSITIVITY, 35},
    {"可行", GRADE_FEASIBILITY, 26},
    {"风险", GRADE_RISK, 17},
};

enum { PRIORITY_RIGHT = 52, ROUTE_RIGHT = 8, WIDE = 100, WIDER = 10 };

/* Where the column at a distance from the right begins: a wide screen leaves the route more room.
 */
static int column_at(const struct grid *area, int right)
{
    return area->columns - right - (area->columns >= WIDE ? WIDER : 0);
}

struct grading_list {
    struct screen base;
    struct id_list sites;
    struct listview list;
    int list_top;
    int64_t stamp;
};

static struct grading_list *list_of(const struct screen *screen)
{
    return (struct grading_list *)screen;
}

static void load(struct grading_list *self)
{
    struct store *store = desk_store(self->base.app);
    struct error err = {0};
    id_list_release(&self->sites);
    if (!grades_order(store, &self->sites, &err) || !summary_stamp(store, &self->stamp, &err))
        app_error(self->base.app, &err);
    listview_set_count(&self->list, self->sites.count);
}

static void list_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    buffer_add(left, "分级排序 · 历史遗留点位");
    buffer_addf(right, "%zu 处 · 没有数据的在前", list_of(screen)->sites.count);
}

/* What holds; in brackets when it is only proposed, with a mark when the proposal differs. */
static void draw_grade(const struct record *site, enum grade_dimension dimension, int column,
                       struct grid *area)
{
    enum grade own = grade_own(site, dimension), proposed = grade_proposed(site, dimension);
    if (own)
        grid_printf(area, 0, column, GRADE_WIDTH - 1,
                    grading_differs(own, proposed) ? STYLE_WARNING : STYLE_PLAIN, "%s%s",
                    grade_name(own), grading_differs(own, proposed) ? " ?" : "");
    else if (proposed)
        grid_printf(area, 0, column, GRADE_WIDTH - 1, STYLE_HINT, "(%s)", grade_name(proposed));
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    struct grading_list *self = context;
    struct record site;
    int route = column_at(area, ROUTE_RIGHT);
    bool ok =
        store_get(desk_store(self->base.app), &reg_legacy_site, self->sites.ids[row], &site, NULL);
    if (ok) {
        const char *own = record_text(&site, "route");
        grid_text(area, 0, 1, 1, STYLE_PLAIN, row == self->list.selected ? "▶" : " ");
        grid_printf(area, 0, NUMBER_COLUMN, NUMBER_WIDTH, STYLE_HINT, "%*zu", NUMBER_WIDTH - 1,
                    row + 1);
        grid_text(area, 0, NAME_COLUMN, column_at(area, PRIORITY_RIGHT) - NAME_COLUMN - 1,
                  STYLE_PLAIN, record_text(&site, "name"));
        grid_text(area, 0, column_at(area, PRIORITY_RIGHT), 7, STYLE_PLAIN,
                  record_text(&site, "priority"));
        for (size_t i = 0; i < COUNT_OF(columns); i++)
            draw_grade(&site, columns[i].dimension, column_at(area, columns[i].right), area);
        grid_text(area, 0, route, area->columns - route - 1, STYLE_HINT,
                  *own ? own : record_text(&site, "route_proposed"));
    }
    record_release(&site);
}

static void draw_heading(struct grid *body)
{
    grid_text(body, 0, NAME_COLUMN, NAME_COLUMN, STYLE_HEADING, "点位");
    grid_text(body, 0, column_at(body, PRIORITY_RIGHT), 7, STYLE_HEADING, "优先级");
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        grid_text(body, 0, column_at(body, columns[i].right), GRADE_WIDTH - 1, STYLE_HEADING,
                  columns[i].label);
    grid_text(body, 0, column_at(body, ROUTE_RIGHT), ROUTE_RIGHT - 1, STYLE_HEADING, "路线");
    grid_rule(body, 1);
}

static void list_draw(struct screen *screen, struct grid *body)
{
    struct grading_list *self = list_of(screen);
    draw_heading(body);
    self->list_top = 2;
    struct grid rows = grid_part(body, 2, 0, body->rows - 3, body->columns);
    listview_draw(&self->list, &rows, false, draw_row, self);
    if (self->sites.count == 0) {
        struct grid text = grid_part(body, 3, NAME_COLUMN, 3, body->columns - NAME_COLUMN - 1);
        grid_wrap(&text, 0, STYLE_HINT,
                  "还没有历史遗留点位。按 n 登记一处，或在“历史遗留点位”清单里导入。");
        return;
    }
    grid_text(body, body->rows - 1, NAME_COLUMN, body->columns - NAME_COLUMN - 1, STYLE_HINT,
              "括号里是程序建议、本局还没有评；? 是与建议不同。");
}

/* ---- actions ---- */

static bool has_row(const struct screen *screen)
{
    return list_of(screen)->sites.count > 0;
}

static bool can_add(const struct screen *screen)
{
    return store_can_write(desk_store(screen->app));
}

static void open_site(struct screen *screen, int key)
{
    (void)key;
    const struct grading_list *self = list_of(screen);
    grading_open(screen->app, self->sites.ids[self->list.selected]);
}

static void edit_site(struct screen *screen, int key)
{
    (void)key;
    const struct grading_list *self = list_of(screen);
    form_open_at(screen->app, &reg_legacy_site, self->sites.ids[self->list.selected],
                 reg_field_find(&reg_legacy_site, grade_places[GRADE_POLLUTION].own));
}

static void new_site(struct screen *screen, int key)
{
    (void)key;
    form_begin(screen->app, &reg_legacy_site, NULL);
}

static bool list_input(struct screen *screen, const struct event *event)
{
    struct grading_list *self = list_of(screen);
    return listview_input_at(&self->list, event, self->list_top);
}

static void list_resume(struct screen *screen)
{
    struct grading_list *self = list_of(screen);
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
}

static void list_close(struct screen *screen)
{
    struct grading_list *self = list_of(screen);
    id_list_release(&self->sites);
    listview_release(&self->list);
    free(self);
}

const struct screen_class *grading_list_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "研判",
         .help = "看这个点位的建议、理由和证据。",
         .is_available = has_row,
         .run = open_site},
        {.key = 'e',
         .name = "改评",
         .help = "打开这个点位的表单，光标停在分级。",
         .is_available = has_row,
         .run = edit_site},
        {.key = 'n',
         .name = "新建",
         .help = "登记一处历史遗留点位。",
         .is_available = can_add,
         .run = new_site},
        {0},
    };
    static const struct screen_class class = {
        .name = "分级排序",
        .about = "全部历史遗留点位按整治的先后：没有数据的在最前（先监测），再按优先级、乘积、"
                 "下游耕地污染较重。",
        .actions = actions,
        .title = list_title,
        .draw = list_draw,
        .input = list_input,
        .resume = list_resume,
        .close = list_close,
    };
    return &class;
}

void grading_list_open(struct app *app, const char *id)
{
    (void)id;
    struct grading_list *self = mem_new(1, sizeof *self);
    self->base.class = grading_list_class();
    app_push(app, &self->base);
    load(self);
}
