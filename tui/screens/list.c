/* One list for every register. It holds the ids of all its records and reads those that are seen.
 */
#include "tui/screens/list.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum {
    FILTER_MOST = 100,
    ANSWER_MS = 8, /* for the answer to a key */
    STEP_MS = 8,   /* for going on between keys */
};

/* ---- which records ---- */

/* What it shows, as a query: pointers into the list. */
static struct query query_of(const struct list_screen *self)
{
    return (struct query){
        .reg = self->reg,
        .where = self->where.length ? self->where.text : NULL,
        .parent = self->parent,
        .incomplete = self->incomplete,
        .order = self->order,
        .descending = self->descending,
    };
}

const char *list_id(const struct list_screen *self, size_t row)
{
    if (self->filtered)
        return filter_id(self->search, row);
    return row < self->all.count ? self->all.ids[row] : NULL;
}

bool list_select(struct list_screen *self, const char *id)
{
    for (size_t i = 0; i < self->list.count; i++) {
        if (strcmp(list_id(self, i), id) == 0) {
            listview_select(&self->list, i);
            return true;
        }
    }
    return false;
}

/* Goes on searching; what more is found stands below what is shown. */
static void search_on(struct list_screen *self, unsigned milliseconds)
{
    struct app *app = self->base.app;
    struct error err = {0};
    self->more = false;
    if (!filter_work(self->search, milliseconds, &self->more, &err))
        app_error(app, &err);
    app->goes_on = self->more;
    size_t count = self->filtered ? filter_count(self->search) : self->all.count;
    if (count != self->list.count)
        listview_set_count(&self->list, count);
}

void list_search_all(struct list_screen *self)
{
    while (self->filtered && self->more)
        search_on(self, ANSWER_MS);
}

static bool open_search(struct list_screen *self)
{
    struct error err = {0};
    bool ok = self->search ||
              filter_open(&self->search, desk_store(self->base.app), self->reg, &self->all, &err);
    if (!ok)
        app_error(self->base.app, &err);
    return ok;
}

/* Puts the rows in place that belong to what is typed. */
void list_apply_filter(struct list_screen *self)
{
    const char *text = editor_text(&self->filter);
    self->filtered = *text != '\0' && open_search(self);
    listview_set_count(&self->list, self->filtered ? 0 : self->all.count);
    if (!self->filtered)
        return;
    filter_ask(self->search, text);
    search_on(self, ANSWER_MS);
}

static void read_drafts(struct list_screen *self)
{
    free(self->drafts);
    if (!draft_list(desk_store(self->base.app), &self->drafts, &self->draft_count, NULL))
        self->draft_count = 0;
}

void list_load(struct list_screen *self)
{
    struct app *app = self->base.app;
    struct store *store = desk_store(app);
    struct summary_counts counts = {0};
    struct error err = {0};
    char selected[RECORD_ID_SIZE] = "";
    const char *id = list_id(self, self->list.selected);
    if (id)
        memcpy(selected, id, sizeof selected);
    filter_close(&self->search);
    id_list_release(&self->all);
    self->filtered = false;
    struct query query = query_of(self);
    if (!summary_stamp(store, &self->stamp, &err) || !query_ids(store, &query, &self->all, &err) ||
        !summary_count(store, self->reg, &counts, &err))
        app_error(app, &err);
    if (self->only.count)
        id_list_keep(&self->all, &self->only);
    self->total = counts.total;
    read_drafts(self);
    list_apply_filter(self);
    while (*selected && !list_select(self, selected) && self->filtered && self->more)
        search_on(self, ANSWER_MS);
}

/* ---- title ---- */

static void list_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct list_screen *self = (const struct list_screen *)screen;
    const struct reg *reg = self->reg;
    const char *name = self->order ? self->order : reg->order ? reg->order : reg->name_field;
    bool descending = self->order ? self->descending : reg->descending;
    buffer_add(left, reg->label);
    if (self->incomplete)
        buffer_add(left, " · 只看待补");
    if (self->only.count)
        buffer_add(left, " · 只看选出的");
    buffer_addf(right, "%lld %s", (long long)self->total, reg->counter);
    if ((int64_t)self->list.count != self->total)
        buffer_addf(right, " · 显示 %zu%s", self->list.count,
                    self->filtered && self->more ? "…" : "");
    if (self->list.marked)
        buffer_addf(right, " · 标记 %zu", self->list.marked);
    buffer_addf(right, " · 按%s%s", reg_field_find(reg, name)->label, descending ? "↓" : "↑");
    if (!store_can_write(desk_store(screen->app)))
        buffer_add(right, " · 只读");
}

static bool tick(struct list_screen *self)
{
    bool searches = self->typing || self->filtered;
    if (!searches || !open_search(self))
        return false;
    search_on(self, STEP_MS);
    return true;
}

static bool list_input(struct screen *screen, const struct event *event)
{
    struct list_screen *self = (struct list_screen *)screen;
    bool line_key = event->kind == EVENT_KEY && (event->key == K_HOME || event->key == K_END);
    if (event->kind == EVENT_TICK)
        return tick(self);
    if (!(self->typing && line_key) && listview_input_at(&self->list, event, self->rows_top))
        return true;
    /* A Chinese character can only be meant for searching. */
    bool begins = event->kind == EVENT_KEY && event->key >= 0x80 && key_is_text(event->key);
    if (!self->typing && !begins)
        return false;
    self->typing = true;
    enum editor_answer answer = editor_input(&self->filter, event);
    if (answer == EDITOR_CHANGED || answer == EDITOR_FULL) {
        list_apply_filter(self);
        listview_select(&self->list, 0);
    }
    return answer != EDITOR_IGNORED;
}

static bool list_is_typing(const struct screen *screen)
{
    return ((const struct list_screen *)screen)->typing;
}

/* What lay above has often changed nothing: then a long list need not be read again. */
static void list_resume(struct screen *screen)
{
    struct list_screen *self = (struct list_screen *)screen;
    if (desk_has_changed(screen->app, self->stamp))
        list_load(self);
}

static void list_close(struct screen *screen)
{
    struct list_screen *self = (struct list_screen *)screen;
    filter_close(&self->search);
    id_list_release(&self->all);
    listview_release(&self->list);
    editor_release(&self->filter);
    id_list_release(&self->only);
    buffer_release(&self->where);
    free(self->parent);
    free(self->drafts);
    free(self);
}

const struct screen_class *list_class(void)
{
    static const struct screen_class class = {
        .name = "清单",
        .about = "一张清单的全部记录。行首的标记：! 逾期（!! 和 !!! 是满 7 天、满 30 天，"
                 "天数可在参数里改），x 核验错误，? 待补，~ 有没存完的草稿，"
                 "* 已打标记。窗口越宽，显示的列越多。",
        .actions = list_actions,
        .title = list_title,
        .draw = list_draw,
        .input = list_input,
        .is_typing = list_is_typing,
        .resume = list_resume,
        .close = list_close,
    };
    return &class;
}

void list_open(struct app *app, const struct reg *reg, const struct query *query)
{
    struct list_screen *self = mem_new(1, sizeof *self);
    self->base.class = list_class();
    self->reg = reg;
    self->today = clock_today();
    editor_init(&self->filter, "", FILTER_MOST, false);
    if (query) {
        if (query->where)
            buffer_add(&self->where, query->where);
        self->parent = mem_text(query->parent);
        if (query->only)
            id_list_copy(&self->only, query->only);
        self->incomplete = query->incomplete;
        self->descending = query->descending;
        self->order = query->order ? reg_field_find(reg, query->order)->name : NULL;
    }
    app_push(app, &self->base);
    list_load(self);
}
