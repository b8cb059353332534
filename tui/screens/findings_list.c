/* What one rule found in one register. The rows that are seen are read from the file, however many
 * there are. */
#include "tui/screens/findings.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/accept.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/listview.h"
#include "tui/screens/prompt.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum {
    RULE_SIZE = 8,
    DETAIL_ROWS = 5,
    ROOMY_ROWS = 12,
    MARK_COLUMN = 3,
    NAME_COLUMN = 5,
    NAME_WIDTH = 24,
};

/* A finding as it is shown. */
struct item {
    char record[RECORD_ID_SIZE];
    const struct field *field;
    enum severity severity;
    char *name, *message, *basis;               /* owned */
    char *accepted, *accepted_by, *accepted_on; /* owned */
};

struct findings_list {
    struct screen base;
    struct check_filter filter;
    char record[RECORD_ID_SIZE], rule[RULE_SIZE]; /* what the filter points to */
    struct listview list;
    struct item *items; /* the page in front: from row `first` on; owned */
    size_t first, count, capacity;
    size_t wanted; /* the rows that the page was read for */
    bool is_read;
    struct findings_wait wait;
    int64_t stamp;
    int rows_top;
};

static struct findings_list *screen_of(const struct screen *screen)
{
    return (struct findings_list *)screen;
}

/* ---- reading ---- */

static void forget_page(struct findings_list *self)
{
    for (size_t i = 0; i < self->count; i++) {
        struct item *item = &self->items[i];
        free(item->name);
        free(item->message);
        free(item->basis);
        free(item->accepted);
        free(item->accepted_by);
        free(item->accepted_on);
    }
    self->count = 0;
    self->is_read = false;
}

static bool add_item(void *context, const struct check_item *found)
{
    struct findings_list *self = context;
    self->items = mem_grow(self->items, self->count, &self->capacity, sizeof *self->items);
    struct item *item = &self->items[self->count++];
    *item = (struct item){
        .field = found->field,
        .severity = found->severity,
        .message = mem_text(found->message),
        .basis = mem_text(found->basis),
        .accepted = mem_text(found->accepted),
        .accepted_by = mem_text(found->accepted_by),
        .accepted_on = mem_text(found->accepted_on),
    };
    strncpy(item->record, found->record, RECORD_ID_SIZE - 1);
    return true;
}

/* After the page is there: naming a record is a query of its own. */
static void name_items(struct findings_list *self, struct store *store)
{
    const struct lookup *lookup = store_lookup(store);
    for (size_t i = 0; i < self->count; i++) {
        struct buffer name = {0};
        if (!lookup->label(lookup->context, self->filter.reg->name, self->items[i].record, &name))
            buffer_add(&name, "（未命名）");
        self->items[i].name = buffer_take(&name);
    }
}

static void read_page(struct findings_list *self, size_t first, size_t count)
{
    struct store *store = desk_store(self->base.app);
    struct check_filter filter = self->filter;
    struct error err = {0};
    if (self->is_read && self->first == first && self->wanted == count)
        return;
    forget_page(self);
    self->first = first;
    self->wanted = count;
    self->is_read = true;
    filter.skip = (int64_t)first;
    filter.most = (int64_t)count;
    if (!check_each(store, &filter, add_item, self, &err))
        app_error(self->base.app, &err);
    name_items(self, store);
}

static void add_count(void *context, const struct check_group *group)
{
    *(int64_t *)context += group->count;
}

/* Takes note of what the file is like now; the rows are read when they are drawn. */
static void begin(struct findings_list *self, int64_t count)
{
    struct store *store = desk_store(self->base.app);
    struct error err = {0};
    forget_page(self);
    if (!summary_stamp(store, &self->stamp, &err) ||
        !check_waiting(store, &self->wait.records, &self->wait.registers, &err))
        app_error(self->base.app, &err);
    listview_set_count(&self->list, (size_t)count);
}

static void load(struct findings_list *self)
{
    struct error err = {0};
    int64_t count = 0;
    if (!check_groups(desk_store(self->base.app), &self->filter, add_count, &count, &err))
        app_error(self->base.app, &err);
    begin(self, count);
}

static const struct item *selected(const struct findings_list *self)
{
    size_t row = self->list.selected;
    bool is_there = self->is_read && row >= self->first && row - self->first < self->count;
    return is_there ? &self->items[row - self->first] : NULL;
}

/* ---- drawing ---- */

static void list_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct findings_list *self = screen_of(screen);
    buffer_addf(left, "核验结果 · %s %s", self->filter.rule, rule_label(self->filter.rule));
    buffer_addf(right, "%s · %zu 条%s", self->filter.reg->label, self->list.count,
                self->filter.with_accepted ? " · 含已接受" : "");
}

/* The first drawing of the rows only learns which are seen. */
static void learn_row(void *context, size_t row, struct grid *area)
{
    size_t *seen = context;
    (void)area;
    if (seen[1]++ == 0)
        seen[0] = row;
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct findings_list *self = context;
    if (row < self->first || row - self->first >= self->count)
        return;
    const struct item *item = &self->items[row - self->first];
    struct findings_look look = findings_look(item->severity);
    int width = area->columns >= 2 * NAME_WIDTH + 60 ? 2 * NAME_WIDTH : NAME_WIDTH;
    int left = NAME_COLUMN + width + 1;
    if (*item->accepted)
        look = (struct findings_look){"✓", STYLE_DONE};
    grid_text(area, 0, 1, 2, STYLE_PLAIN, row == self->list.selected ? "▶" : " ");
    grid_text(area, 0, MARK_COLUMN, 1, look.style, look.mark);
    grid_text(area, 0, NAME_COLUMN, width, STYLE_PLAIN, item->name);
    grid_text(area, 0, left, area->columns - left - 1, STYLE_PLAIN, item->message);
}

static void draw_details(const struct findings_list *self, struct grid *area)
{
    const struct item *item = selected(self);
    struct buffer text = {0};
    if (!item)
        return;
    buffer_add(&text, item->name);
    if (item->field) {
        buffer_add(&text, " · ");
        field_add_title(item->field, &text);
    }
    int row = findings_draw_text(area, 0, STYLE_TITLE, buffer_text(&text));
    row = findings_draw_text(area, row, STYLE_PLAIN, item->message);
    buffer_clear(&text);
    if (*item->basis)
        buffer_addf(&text, "依据 %s。", item->basis);
    row = findings_draw_text(area, row, STYLE_HINT, buffer_text(&text));
    buffer_clear(&text);
    if (*item->accepted)
        buffer_addf(&text, "✓ 已接受：%s（%s %s）", item->accepted, item->accepted_by,
                    item->accepted_on);
    findings_draw_text(area, row, STYLE_DONE, buffer_text(&text));
    buffer_release(&text);
}

static void draw_empty(struct grid *area)
{
    struct grid text = grid_part(area, 0, NAME_COLUMN, area->rows, area->columns - NAME_COLUMN - 1);
    grid_wrap(&text, 0, STYLE_DONE, "✓ 这里的都处理完了。按 Esc 返回。");
}

static void list_draw(struct screen *screen, struct grid *body)
{
    struct findings_list *self = screen_of(screen);
    bool roomy = body->rows >= ROOMY_ROWS;
    int row = findings_draw_wait(screen->app, &self->wait, body);
    int below = roomy ? DETAIL_ROWS + 1 : 0;
    size_t seen[2] = {0, 0};
    struct grid rows = grid_part(body, row, 0, body->rows - row - below, body->columns);
    self->rows_top = row;
    listview_draw(&self->list, &rows, true, learn_row, seen);
    read_page(self, seen[0], seen[1]);
    listview_draw(&self->list, &rows, false, draw_row, self);
    if (self->list.count == 0)
        draw_empty(&rows);
    if (!roomy)
        return;
    grid_rule(body, body->rows - below);
    struct grid details =
        grid_part(body, body->rows - DETAIL_ROWS, 1, DETAIL_ROWS, body->columns - 2);
    draw_details(self, &details);
}

/* ---- actions ---- */

static bool has_row(const struct screen *screen)
{
    return selected(screen_of(screen)) != NULL;
}

static bool can_accept(const struct screen *screen)
{
    const struct item *item = selected(screen_of(screen));
    return item && item->severity == SEVERITY_WARNING && !*item->accepted &&
           store_can_write(desk_store(screen->app));
}

static bool can_withdraw(const struct screen *screen)
{
    const struct item *item = selected(screen_of(screen));
    return item && *item->accepted && store_can_write(desk_store(screen->app));
}

static void open_record(struct screen *screen, int key)
{
    (void)key;
    struct findings_list *self = screen_of(screen);
    const struct item *item = selected(self);
    form_open_at(screen->app, self->filter.reg, item->record, item->field);
}

static struct accept_subject subject_of(const struct findings_list *self, const struct item *item)
{
    return (struct accept_subject){.reg = self->filter.reg,
                                   .record = item->record,
                                   .rule = self->filter.rule,
                                   .field = item->field ? item->field->name : ""};
}

static bool accepts_reason(void *context, const char *text, struct error *err)
{
    (void)context;
    return accept_check_reason(text, err);
}

static void accept(struct screen *screen, int key)
{
    (void)key;
    struct findings_list *self = screen_of(screen);
    const struct item *item = selected(self);
    struct accept_subject subject = subject_of(self, item);
    struct buffer help = {0}, reason = {0};
    struct error err = {0};
    buffer_addf(
        &help,
        "%s：%s\n\n写明为什么数据没有错、不用改，至少四个字，例如“2025年二期投产，产量翻番”。"
        "会印在核验结果里；以后这一栏改了，要重新接受。",
        item->name, item->message);
    const struct prompt prompt = {.title = "接受这条警告",
                                  .label = "理由:",
                                  .help = buffer_text(&help),
                                  .accepts = accepts_reason};
    if (prompt_ask(screen->app, &prompt, &reason)) {
        if (accept_warning(desk_store(screen->app), &subject, buffer_text(&reason), &err))
            app_message(screen->app, MESSAGE_DONE,
                        "已接受，不再列出；按 a 可以看到，再按 w 撤回。");
        else
            app_error(screen->app, &err);
        load(self);
    }
    buffer_release(&help);
    buffer_release(&reason);
}

static void withdraw(struct screen *screen, int key)
{
    (void)key;
    struct findings_list *self = screen_of(screen);
    struct accept_subject subject = subject_of(self, selected(self));
    struct error err = {0};
    if (accept_withdraw(desk_store(screen->app), &subject, &err))
        app_message(screen->app, MESSAGE_DONE, "已撤回接受，这条警告又要处理了。");
    else
        app_error(screen->app, &err);
    load(self);
}

static bool can_change(const struct screen *screen)
{
    return can_accept(screen) || can_withdraw(screen);
}

static void accept_or_withdraw(struct screen *screen, int key)
{
    if (can_accept(screen))
        accept(screen, key);
    else
        withdraw(screen, key);
}

/* Why this finding cannot be accepted. */
static void say_no(struct screen *screen)
{
    const struct item *item = selected(screen_of(screen));
    if (!store_can_write(desk_store(screen->app)))
        app_message(screen->app, MESSAGE_INFORMATION, "现在只能查看，不能接受。");
    else if (item && item->severity == SEVERITY_ERROR)
        app_message(screen->app, MESSAGE_INFORMATION, "错误不能接受，要改数据：按 Enter 打开。");
    else if (item)
        app_message(screen->app, MESSAGE_INFORMATION, "提示不必接受，看过就行。");
}

static void toggle_accepted(struct screen *screen, int key)
{
    (void)key;
    struct findings_list *self = screen_of(screen);
    self->filter.with_accepted = !self->filter.with_accepted;
    load(self);
}

static void read_again(struct screen *screen, int key)
{
    (void)key;
    load(screen_of(screen));
}

static bool tick(struct findings_list *self)
{
    bool done = findings_catch_up(self->base.app, &self->wait);
    if (done && self->wait.records + self->wait.registers == 0)
        load(self);
    return done;
}

static bool list_input(struct screen *screen, const struct event *event)
{
    struct findings_list *self = screen_of(screen);
    if (event->kind == EVENT_TICK)
        return tick(self);
    if (event->kind == EVENT_KEY && event->key == 'w') {
        say_no(screen);
        return true;
    }
    return listview_input_at(&self->list, event, self->rows_top);
}

static void list_resume(struct screen *screen)
{
    struct findings_list *self = screen_of(screen);
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
}

static void list_close(struct screen *screen)
{
    struct findings_list *self = screen_of(screen);
    forget_page(self);
    free(self->items);
    listview_release(&self->list);
    free(self);
}

const struct screen_class *findings_list_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "打开",
         .help = "打开这条记录，光标停在出问题的那一栏。",
         .is_available = has_row,
         .run = open_record},
        {.key = 'w',
         .name = "接受/撤回",
         .help = "数据没有错的警告：写明理由接受，以后不再列出；对已接受的再按一次就撤回。",
         .is_available = can_change,
         .run = accept_or_withdraw},
        {.key = 'a',
         .name = "已接受",
         .help = "已接受的警告（✓）也列出来；再按一次又不列。",
         .run = toggle_accepted},
        {.key = 'r', .help = "重新读取。", .run = read_again},
        {.key = K_F(5), .help = "重新读取。", .run = read_again},
        {0},
    };
    static const struct screen_class class = {
        .name = "核验结果的各条",
        .about = "一条规则在一张清单里发现的每一条。下面是选中一条的全文、依据和接受的理由。",
        .actions = actions,
        .title = list_title,
        .draw = list_draw,
        .input = list_input,
        .resume = list_resume,
        .close = list_close,
    };
    return &class;
}

void findings_open_list(struct app *app, const struct check_filter *filter, int64_t count)
{
    struct findings_list *self = mem_new(1, sizeof *self);
    self->base.class = findings_list_class();
    self->filter = *filter;
    strncpy(self->record, filter->record ? filter->record : "", sizeof self->record - 1);
    strncpy(self->rule, filter->rule, sizeof self->rule - 1);
    self->filter.record = filter->record ? self->record : NULL;
    self->filter.rule = self->rule;
    app_push(app, &self->base);
    begin(self, count);
}
