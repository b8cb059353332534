/* 报送比较: a filing beside another one, and beside the file as it is now. */
#include "core/mem.h"
#include "core/registers.h"
#include "db/filing.h"
#include "db/query.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/listview.h"
#include "tui/screens/picker.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum { TAB_SINCE = FILING_DIFFERENCES, TABS, NAME_COLUMN = 3, BALANCES_MOST = 4 };

struct compare_screen {
    struct screen base;
    char former[RECORD_ID_SIZE], now[RECORD_ID_SIZE]; /* former: "" when there is none */
    struct buffer former_name, now_name;
    struct filing_comparison between; /* former and now */
    struct filing_comparison since;   /* now, and the file */
    size_t *rows;                     /* of the tab in front: indexes of changes; owned */
    int tab;
    struct listview lists[TABS];
    int list_top;
    int64_t stamp;
};

static struct compare_screen *screen_of(const struct screen *screen)
{
    return (struct compare_screen *)screen;
}

/* ---- what is compared ---- */

static const struct filing_comparison *comparison_of(const struct compare_screen *self, int tab)
{
    return tab == TAB_SINCE ? &self->since : &self->between;
}

static size_t count_rows(const struct compare_screen *self, int tab)
{
    const struct filing_comparison *comparison = comparison_of(self, tab);
    size_t count = 0;
    for (size_t i = 0; i < comparison->count; i++)
        count += tab == TAB_SINCE || (int)comparison->changes[i].kind == tab;
    return count;
}

static const struct filing_change *change_at(const struct compare_screen *self, size_t row)
{
    return &comparison_of(self, self->tab)->changes[self->rows[row]];
}

static void show_tab(struct compare_screen *self, int tab)
{
    const struct filing_comparison *comparison = comparison_of(self, tab);
    size_t count = 0;
    self->tab = tab;
    self->rows = mem_resize(self->rows, comparison->count + 1, sizeof *self->rows);
    for (size_t i = 0; i < comparison->count; i++)
        if (tab == TAB_SINCE || (int)comparison->changes[i].kind == tab)
            self->rows[count++] = i;
    listview_set_count(&self->lists[tab], count);
}

static bool name(struct store *store, const char *id, struct buffer *out, struct error *err)
{
    struct record filing;
    buffer_clear(out);
    if (!*id)
        return true;
    bool ok = store_get(store, &reg_filing, id, &filing, err);
    if (ok)
        buffer_addf(out, "%s %s %s", record_text(&filing, "case_no"),
                    record_text(&filing, "period"), record_text(&filing, "kind"));
    record_release(&filing);
    return ok;
}

static void load(struct compare_screen *self)
{
    struct store *store = desk_store(self->base.app);
    struct error err = {0};
    filing_comparison_release(&self->between);
    filing_comparison_release(&self->since);
    bool ok =
        summary_stamp(store, &self->stamp, &err) &&
        name(store, self->former, &self->former_name, &err) &&
        name(store, self->now, &self->now_name, &err) &&
        (!*self->former || filing_compare(store, self->former, self->now, &self->between, &err)) &&
        filing_changes_since(store, self->now, &self->since, &err);
    if (!ok)
        app_error(self->base.app, &err);
    show_tab(self, self->tab);
}

/* ---- drawing ---- */

static void compare_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct compare_screen *self = screen_of(screen);
    buffer_addf(left, "报送比较 · %s", buffer_text(&self->now_name));
    if (*self->former)
        buffer_addf(right, "上期 %s", buffer_text(&self->former_name));
}

static void draw_tabs(const struct compare_screen *self, struct grid *body)
{
    static const char *const labels[TABS] = {[FILING_ENTERED] = "新增",
                                             [FILING_REMOVED] = "移出",
                                             [FILING_CHANGED] = "变更",
                                             [TAB_SINCE] = "报后改动"};
    int column = 1;
    for (int i = 0; i < TABS; i++) {
        struct buffer text = {0};
        buffer_addf(&text, i == self->tab ? "[%s %zu]" : " %s %zu ", labels[i],
                    count_rows(self, i));
        column += grid_text(body, 0, column, body->columns - column,
                            i == self->tab ? STYLE_HEADING : STYLE_PLAIN, text.text) +
                  1;
        buffer_release(&text);
    }
}

static void write_value(const struct compare_screen *self, const struct filing_change *change,
                        const char *canonical, struct buffer *out)
{
    size_t start = out->length;
    filing_display(desk_store(self->base.app), change->field, canonical, out);
    if (out->length == start)
        buffer_add(out, "（空）");
}

static void write_change(const struct compare_screen *self, const struct filing_change *change,
                         struct buffer *out)
{
    if (change->field) {
        field_add_title(change->field, out);
        buffer_add(out, "：");
        write_value(self, change, change->former, out);
        buffer_add(out, " → ");
        write_value(self, change, change->now, out);
        if (change->field->unit)
            buffer_addf(out, " %s", change->field->unit);
    } else if (change->at) {
        buffer_add(out, "已删除");
    }
    if (change->at && *change->at)
        buffer_addf(out, "（%s %.10s%s%s）", change->who, change->at, *change->why ? "：" : "",
                    change->why);
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct compare_screen *self = context;
    const struct filing_change *change = change_at(self, row);
    struct buffer text = {0};
    int width = area->columns >= 100 ? 34 : 26;
    grid_text(area, 0, 1, 1, STYLE_PLAIN, row == self->lists[self->tab].selected ? "▶" : "");
    grid_text(area, 0, NAME_COLUMN, width - 1, STYLE_PLAIN, change->name);
    write_change(self, change, &text);
    if (text.length)
        grid_text(area, 0, NAME_COLUMN + width, area->columns - NAME_COLUMN - width - 1,
                  STYLE_PLAIN, text.text);
    else
        grid_text(area, 0, NAME_COLUMN + width, area->columns - NAME_COLUMN - width - 1, STYLE_HINT,
                  change->reg->label);
    buffer_release(&text);
}

static void draw_empty(const struct compare_screen *self, struct grid *area)
{
    const char *text = "这一栏没有。";
    if (self->now[0] && self->since.balance_count == 0)
        text = "这一次是手工登记的，没有存下当时的数字，不能比较。以后用“报送”报出的就能比。";
    else if (self->tab == TAB_SINCE)
        text = "报出以后，数字没有改过。";
    else if (!*self->former)
        text = "没有更早的同种报送。按 f 选另一次来比。";
    struct grid part = grid_part(area, 0, NAME_COLUMN, area->rows, area->columns - NAME_COLUMN - 1);
    grid_wrap(&part, 0, STYLE_HINT, text);
}

static void draw_balance(const struct filing_balance *balance, struct grid *body, int row)
{
    grid_printf(body, row, 1, body->columns - 2, STYLE_PLAIN,
                "%s：上期 %lld + 新增 %lld − 移出 %lld = 本期 %lld，变更 %lld", balance->reg->label,
                (long long)balance->former, (long long)balance->entered,
                (long long)balance->removed, (long long)balance->current,
                (long long)balance->changed);
}

static void compare_draw(struct screen *screen, struct grid *body)
{
    struct compare_screen *self = screen_of(screen);
    struct listview *list = &self->lists[self->tab];
    size_t balances =
        self->between.balance_count < BALANCES_MOST ? self->between.balance_count : BALANCES_MOST;
    int below = balances ? (int)balances + 1 : 0;
    draw_tabs(self, body);
    grid_rule(body, 1);
    self->list_top = 2;
    struct grid rows = grid_part(body, 2, 0, body->rows - 2 - below, body->columns);
    listview_draw(list, &rows, list->count == 0, draw_row, self);
    if (list->count == 0)
        draw_empty(self, &rows);
    if (!below)
        return;
    grid_rule(body, body->rows - below);
    for (size_t i = 0; i < balances; i++)
        draw_balance(&self->between.balances[i], body, body->rows - below + 1 + (int)i);
}

/* ---- actions ---- */

static void turn(struct screen *screen, int key)
{
    struct compare_screen *self = screen_of(screen);
    show_tab(self, (self->tab + (key == K_BACKTAB ? TABS - 1 : 1)) % TABS);
}

static bool has_row(const struct screen *screen)
{
    const struct compare_screen *self = screen_of(screen);
    return self->lists[self->tab].count > 0;
}

/* A record that was deleted has its history. */
static void open_record(struct screen *screen, int key)
{
    (void)key;
    struct compare_screen *self = screen_of(screen);
    const struct filing_change *change = change_at(self, self->lists[self->tab].selected);
    struct record record;
    struct error err = {0};
    bool there = store_get(desk_store(screen->app), change->reg, change->id, &record, &err);
    if (!there)
        app_error(screen->app, &err);
    else if (record.deleted)
        history_open(screen->app, change->reg, change->id);
    else
        form_open_at(screen->app, change->reg, change->id, change->field);
    record_release(&record);
}

struct candidates {
    struct store *store;
    struct id_list list;
};

static void describe(void *context, size_t index, struct buffer *label, struct buffer *detail)
{
    const struct candidates *candidates = context;
    struct record filing;
    if (store_get(candidates->store, &reg_filing, candidates->list.ids[index], &filing, NULL)) {
        buffer_addf(label, "%s %s %s", record_text(&filing, "case_no"),
                    record_text(&filing, "period"), record_text(&filing, "kind"));
        buffer_addf(detail, "%s 报给 %s", record_text(&filing, "filed_on"),
                    record_text(&filing, "recipient"));
    }
    record_release(&filing);
}

static void choose_former(struct screen *screen, int key)
{
    (void)key;
    struct compare_screen *self = screen_of(screen);
    struct candidates candidates = {.store = desk_store(screen->app)};
    struct error err = {0};
    size_t index;
    if (!query_ids(candidates.store, &(struct query){.reg = &reg_filing}, &candidates.list, &err))
        app_error(screen->app, &err);
    const struct picker picker = {.title = "与哪一次比",
                                  .count = candidates.list.count,
                                  .describe = describe,
                                  .context = &candidates};
    if (picker_choose(screen->app, &picker, &index)) {
        memcpy(self->former, candidates.list.ids[index], RECORD_ID_SIZE);
        load(self);
    }
    id_list_release(&candidates.list);
}

static bool compare_input(struct screen *screen, const struct event *event)
{
    struct compare_screen *self = screen_of(screen);
    return listview_input_at(&self->lists[self->tab], event, self->list_top);
}

static void compare_resume(struct screen *screen)
{
    struct compare_screen *self = screen_of(screen);
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
}

static void compare_close(struct screen *screen)
{
    struct compare_screen *self = screen_of(screen);
    filing_comparison_release(&self->between);
    filing_comparison_release(&self->since);
    buffer_release(&self->former_name);
    buffer_release(&self->now_name);
    for (size_t i = 0; i < TABS; i++)
        listview_release(&self->lists[i]);
    free(self->rows);
    free(self);
}

const struct screen_class *filing_compare_class(void)
{
    static const struct action actions[] = {
        {.key = K_TAB,
         .last = K_BACKTAB,
         .name = "换栏",
         .help = "新增、移出、变更，以及报出以后改过的数字。",
         .run = turn},
        {.key = K_ENTER,
         .name = "记录",
         .help = "打开光标所在的记录；已经删除的看它的历史。",
         .is_available = has_row,
         .run = open_record},
        {.key = 'f', .name = "换上期", .help = "选另一次报送来比。", .run = choose_former},
        {0},
    };
    static const struct screen_class class = {
        .name = "报送比较",
        .about = "这一次报送与上一次同种报送相比：新增、移出、变更了哪些；最下面是各清单的"
                 "上期＋新增－移出＝本期。报后改动是报出以后在台账里改过的数字。",
        .actions = actions,
        .title = compare_title,
        .draw = compare_draw,
        .input = compare_input,
        .resume = compare_resume,
        .close = compare_close,
    };
    return &class;
}

void filing_compare_open(struct app *app, const char *id)
{
    struct store *store = desk_store(app);
    struct error err = {0};
    struct record filing;
    struct compare_screen *self = mem_new(1, sizeof *self);
    self->base.class = filing_compare_class();
    self->tab = FILING_CHANGED;
    strncat(self->now, id, RECORD_ID_SIZE - 1);
    bool ok = store_get(store, &reg_filing, id, &filing, &err);
    const struct filing_subject subject = filing_subject_of(&filing);
    if (!ok || !filing_last(store, &subject, false, self->former, &err))
        app_error(app, &err);
    record_release(&filing);
    app_push(app, &self->base);
    load(self);
}
