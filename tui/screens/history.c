/* The time line of a record: what was changed, from what to what, when, by whom and why. */
#include "db/history.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "tui/desk.h"
#include "tui/listview.h"
#include "tui/screens/screens.h"
#include "tui/wording.h"

#include <stdlib.h>
#include <string.h>

enum { DETAIL_ROWS = 2, ROOMY_ROWS = 10 };

struct history_line {
    char *text;
    bool heads; /* begins an act; its changes follow */
};

struct history_screen {
    struct screen base;
    const struct reg *reg;
    char *name;
    struct history_line *lines; /* oldest act first, as read */
    size_t count, capacity;
    size_t *order; /* newest act first */
    size_t acts;
    char batch[RECORD_ID_SIZE]; /* act that is being read */
    struct date today;
    struct listview list;
};

static void add_line(struct history_screen *self, struct buffer *text, bool heads)
{
    self->lines = mem_grow(self->lines, self->count, &self->capacity, sizeof *self->lines);
    self->lines[self->count++] = (struct history_line){buffer_take(text), heads};
    self->acts += heads;
}

/* ---- reading ---- */

/* What a person reads for a canonical text, "（空）" for none. */
static void tell_value(const struct history_screen *self, const struct field *field,
                       const char *canonical, struct buffer *out)
{
    struct value value = {0};
    const struct lookup *lookup = store_lookup(desk_store(self->base.app));
    size_t before = out->length;
    if (field && type_restore(field, canonical, &value, NULL))
        type_display(field, &value, lookup, out);
    else
        buffer_add(out, canonical);
    if (out->length == before)
        buffer_add(out, "（空）");
    value_release(&value);
}

static void add_label(const struct field *field, const char *name, struct buffer *out)
{
    if (field)
        field_add_title(field, out);
    else
        buffer_add(out, name);
    buffer_add(out, "：");
}

/* Reads a JSON string at `*at`, which stands on its quote, and moves behind it. */
static bool read_json_string(const char **at, struct buffer *out)
{
    static const char names[] = "nrtbf", codes[] = "\n\r\t\b\f";
    if (**at != '"')
        return false;
    for (++*at; **at && **at != '"'; ++*at) {
        if (**at != '\\') {
            buffer_add_char(out, **at);
            continue;
        }
        ++*at;
        const char *name = **at ? strchr(names, **at) : NULL;
        if (**at == 'u' && strlen(*at) > 4) {
            char hex[5] = {0}, utf8[4];
            memcpy(hex, *at + 1, 4);
            buffer_add_bytes(out, utf8, text_encode((uint32_t)strtoul(hex, NULL, 16), utf8));
            *at += 4;
        } else if (**at) {
            buffer_add_char(out, name ? codes[name - names] : **at);
        } else {
            return false;
        }
    }
    if (**at != '"')
        return false;
    ++*at;
    return true;
}

/* The fields of a new record: a flat JSON object of canonical texts. */
static void add_created(struct history_screen *self, const char *json)
{
    const char *at = json + (*json == '{');
    for (;;) {
        struct buffer name = {0}, value = {0}, line = {0};
        bool ok = read_json_string(&at, &name) && *at++ == ':' && read_json_string(&at, &value);
        if (ok) {
            const struct field *field = reg_field_find(self->reg, buffer_text(&name));
            add_label(field, buffer_text(&name), &line);
            tell_value(self, field, buffer_text(&value), &line);
            add_line(self, &line, false);
        }
        buffer_release(&name);
        buffer_release(&value);
        if (!ok || *at++ != ',')
            return;
    }
}

static void add_act(struct history_screen *self, const struct operation *operation)
{
    struct buffer line = {0};
    strncpy(self->batch, operation->batch, sizeof self->batch - 1);
    wording_time(operation->at, self->today, &line);
    buffer_addf(&line, "  %s  %s", *operation->who ? operation->who : "未署名",
                history_kind(operation->kind));
    if (*operation->why)
        buffer_addf(&line, "  %s", operation->why);
    add_line(self, &line, true);
}

static const char *action_name(char action)
{
    return action == 'C' ? "新增" : action == 'D' ? "撤回" : action == 'R' ? "恢复" : "改动";
}

static void add_operation(void *context, const struct operation *operation)
{
    struct history_screen *self = context;
    struct buffer line = {0};
    bool begins = strcmp(operation->batch, self->batch) != 0;
    if (begins)
        add_act(self, operation);
    /* Of an acceptance the reason of the act tells all. */
    if (operation->reg != self->reg) {
        if (begins)
            buffer_addf(&line, "%s：%s", operation->reg->label, action_name(operation->action));
        if (begins)
            add_line(self, &line, false);
        return;
    }
    if (operation->action == 'U') {
        const struct field *field = reg_field_find(self->reg, operation->field);
        add_label(field, operation->field, &line);
        tell_value(self, field, operation->before, &line);
        buffer_add(&line, " → ");
        tell_value(self, field, operation->after, &line);
    } else {
        buffer_add(&line, operation->action == 'C'   ? "新建了这条记录，填写："
                          : operation->action == 'D' ? "删除了这条记录"
                                                     : "恢复了这条记录");
    }
    add_line(self, &line, false);
    if (operation->action == 'C')
        add_created(self, operation->after);
}

static void put_newest_first(struct history_screen *self)
{
    size_t to = 0, end = self->count;
    self->order = mem_new(self->count + 1, sizeof *self->order);
    for (size_t i = self->count; i-- > 0;) {
        if (!self->lines[i].heads)
            continue;
        for (size_t j = i; j < end; j++)
            self->order[to++] = j;
        end = i;
    }
    listview_set_count(&self->list, to);
}

static void read_name(struct history_screen *self, const char *id)
{
    struct record record;
    struct buffer name = {0};
    struct store *store = desk_store(self->base.app);
    if (store_get(store, self->reg, id, &record, NULL))
        record_name(&record, store_lookup(store), &name);
    record_release(&record);
    self->name = buffer_take(&name);
}

/* ---- the screen ---- */

static void history_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct history_screen *self = (const struct history_screen *)screen;
    buffer_addf(left, "历史 · %s", self->name ? self->name : self->reg->label);
    buffer_addf(right, "%zu 次改动 · 最近的在前", self->acts);
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct history_screen *self = context;
    const struct history_line *line = &self->lines[self->order[row]];
    grid_text(area, 0, 1, 2, STYLE_PLAIN, row == self->list.selected ? "▶" : " ");
    grid_text(area, 0, line->heads ? 3 : 5, area->columns - 6,
              line->heads ? STYLE_HEADING : STYLE_PLAIN, line->text);
}

static void history_draw(struct screen *screen, struct grid *body)
{
    struct history_screen *self = (struct history_screen *)screen;
    int details = body->rows >= ROOMY_ROWS && self->list.count ? DETAIL_ROWS + 1 : 0;
    struct grid rows = grid_part(body, 0, 0, body->rows - details, body->columns);
    listview_draw(&self->list, &rows, false, draw_row, self);
    if (self->list.count == 0)
        grid_wrap(&rows, 0, STYLE_HINT, "这条记录还没有改动的历史。");
    if (!details)
        return;
    struct grid text = grid_part(body, body->rows - DETAIL_ROWS, 1, DETAIL_ROWS, body->columns - 2);
    grid_rule(body, body->rows - details);
    grid_wrap(&text, 0, STYLE_PLAIN, self->lines[self->order[self->list.selected]].text);
}

static bool history_input(struct screen *screen, const struct event *event)
{
    return listview_input(&((struct history_screen *)screen)->list, event);
}

/* Up to the act before, down to the next: long creates are passed at once. */
static void go_to_act(struct screen *screen, int key)
{
    struct history_screen *self = (struct history_screen *)screen;
    size_t row = self->list.selected;
    while (key == K_BACKTAB ? row > 0 : row + 1 < self->list.count) {
        row += key == K_BACKTAB ? (size_t)-1 : 1;
        if (self->lines[self->order[row]].heads)
            break;
    }
    listview_select(&self->list, row);
}

static void history_close(struct screen *screen)
{
    struct history_screen *self = (struct history_screen *)screen;
    for (size_t i = 0; i < self->count; i++)
        free(self->lines[i].text);
    free(self->lines);
    free(self->order);
    free(self->name);
    listview_release(&self->list);
    free(self);
}

const struct screen_class *history_class(void)
{
    static const struct action actions[] = {
        {.key = K_TAB,
         .last = K_BACKTAB,
         .name = "上下一次",
         .help = "到下一次、上一次改动。",
         .run = go_to_act},
        {0},
    };
    static const struct screen_class class = {
        .name = "历史",
        .about =
            "这条记录每次改动的时间、人、原因，和每一项的旧值、新值。选中的一行在下面显示全文。",
        .actions = actions,
        .title = history_title,
        .draw = history_draw,
        .input = history_input,
        .close = history_close,
    };
    return &class;
}

void history_open(struct app *app, const struct reg *reg, const char *id)
{
    struct error err = {0};
    struct history_screen *self = mem_new(1, sizeof *self);
    self->base.class = history_class();
    self->reg = reg;
    self->today = clock_today();
    app_push(app, &self->base);
    read_name(self, id);
    if (!history_each_with_acceptances(desk_store(app), reg, id, add_operation, self, &err))
        app_error(app, &err);
    put_newest_first(self);
}
