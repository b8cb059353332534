#include "tui/screens/picker.h"

#include "core/mem.h"
#include "core/pinyin.h"
#include "core/text.h"
#include "tui/editor.h"
#include "tui/listview.h"

#include <stdlib.h>
#include <string.h>

enum { FILTER_MOST = 100, FILTER_COLUMN = 7, LIST_TOP = 2 };

struct picker_screen {
    struct screen base;
    const struct picker *picker;
    size_t *rows; /* those that match, in order */
    struct listview list;
    struct editor filter;
    bool *marks; /* as they are on the screen; the caller's change on Enter */
    size_t *index;
    bool *chosen;
};

/* Whether name or detail hold what was typed, or sound like it. */
static bool contains(const struct picker *picker, size_t index, const struct pinyin_query *query)
{
    struct buffer name = {0}, detail = {0}, text = {0};
    picker->describe(picker->context, index, &name, &detail);
    text_fold(buffer_text(&name), &text);
    buffer_add_char(&text, '\n');
    text_fold(buffer_text(&detail), &text);
    bool found = pinyin_query_matches(query, buffer_text(&text), false);
    buffer_release(&name);
    buffer_release(&detail);
    buffer_release(&text);
    return found;
}

static void narrow(struct picker_screen *self)
{
    const struct picker *picker = self->picker;
    const char *filter = editor_text(&self->filter);
    struct buffer folded = {0};
    struct pinyin_query query;
    text_fold(filter, &folded);
    pinyin_query_init(&query, buffer_text(&folded));
    size_t count = 0;
    for (size_t i = 0; i < picker->count; i++) {
        bool matches = !*filter          ? true
                       : picker->matches ? picker->matches(picker->context, i, filter)
                                         : contains(picker, i, &query);
        if (matches)
            self->rows[count++] = i;
    }
    buffer_release(&folded);
    listview_set_count(&self->list, count);
    listview_select(&self->list, 0);
}

static void picker_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct picker_screen *self = (const struct picker_screen *)screen;
    buffer_add(left, self->picker->title);
    if (self->list.count == self->picker->count)
        buffer_addf(right, "%zu 项", self->picker->count);
    else
        buffer_addf(right, "%zu 项 · 显示 %zu", self->picker->count, self->list.count);
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct picker_screen *self = context;
    size_t index = self->rows[row];
    struct buffer name = {0}, detail = {0};
    self->picker->describe(self->picker->context, index, &name, &detail);
    int column = 1;
    column +=
        grid_text(area, 0, column, 2, STYLE_PLAIN, row == self->list.selected ? "▶" : " ") + 1;
    if (self->marks)
        column += grid_text(area, 0, column, 4, STYLE_PLAIN, self->marks[index] ? "[x] " : "[ ] ");
    int room = area->columns - column - 1;
    column += grid_text(area, 0, column, room, STYLE_PLAIN, buffer_text(&name)) + 2;
    int spare = area->columns - column - 1;
    if (spare > 4)
        grid_text_right(area, 0, column, spare, STYLE_HINT, buffer_text(&detail));
    buffer_release(&name);
    buffer_release(&detail);
}

static const char *nothing_to_choose(const struct picker_screen *self)
{
    return self->picker->create ? "没有符合的项：请改查找的字，或按 F4 新建一条。"
           : self->picker->count ? "没有符合的项：请改查找的字，或按 ^U 清空。"
                                 : "这里还没有可选的项，按 Esc 返回。";
}

static void picker_draw(struct screen *screen, struct grid *body)
{
    struct picker_screen *self = (struct picker_screen *)screen;
    grid_text(body, 0, 1, body->columns, STYLE_PLAIN, "查找:");
    grid_rule(body, 1);
    struct grid rows = grid_part(body, LIST_TOP, 0, body->rows - LIST_TOP, body->columns);
    listview_draw(&self->list, &rows, true, draw_row, self);
    if (self->list.count == 0)
        grid_text(&rows, 0, 1, rows.columns - 2, STYLE_HINT, nothing_to_choose(self));
    int room = body->columns - FILTER_COLUMN - 1;
    struct grid field = grid_part(body, 0, FILTER_COLUMN, 1, room < 40 ? room : 40);
    editor_draw(&self->filter, &field, STYLE_FIELD, true);
}

static bool picker_input(struct screen *screen, const struct event *event)
{
    struct picker_screen *self = (struct picker_screen *)screen;
    if (listview_input_at(&self->list, event, LIST_TOP))
        return true;
    enum editor_answer answer = editor_input(&self->filter, event);
    if (answer == EDITOR_CHANGED)
        narrow(self);
    bool chooses = event->kind == EVENT_KEY && event->key == K_ENTER;
    if (chooses && self->list.count == 0) { /* other keys go on to the common actions: Esc leaves */
        app_message(screen->app, MESSAGE_WARNING, "什么也没有选。%s", nothing_to_choose(self));
        return true;
    }
    return answer != EDITOR_IGNORED;
}

static bool picker_is_typing(const struct screen *screen)
{
    (void)screen;
    return true;
}

static bool has_rows(const struct screen *screen)
{
    return ((const struct picker_screen *)screen)->list.count > 0;
}

static bool has_marks(const struct screen *screen)
{
    return has_rows(screen) && ((const struct picker_screen *)screen)->marks;
}

static void take(struct screen *screen, int key)
{
    (void)key;
    struct picker_screen *self = (struct picker_screen *)screen;
    const struct picker *picker = self->picker;
    if (self->marks)
        memcpy(picker->marks, self->marks, picker->count * sizeof *self->marks);
    if (self->index)
        *self->index = self->rows[self->list.selected];
    *self->chosen = true;
    app_pop(screen->app);
}

static bool can_create(const struct screen *screen)
{
    return ((const struct picker_screen *)screen)->picker->create != NULL;
}

static void create(struct screen *screen, int key)
{
    (void)key;
    struct picker_screen *self = (struct picker_screen *)screen;
    if (!self->picker->create(self->picker->context, editor_text(&self->filter)))
        return;
    *self->index = self->picker->count;
    *self->chosen = true;
    app_pop(screen->app);
}

static void toggle(struct screen *screen, int key)
{
    (void)key;
    struct picker_screen *self = (struct picker_screen *)screen;
    size_t index = self->rows[self->list.selected];
    self->marks[index] = !self->marks[index];
    listview_select(&self->list, self->list.selected + 1);
}

static void picker_close(struct screen *screen)
{
    struct picker_screen *self = (struct picker_screen *)screen;
    editor_release(&self->filter);
    listview_release(&self->list);
    free(self->rows);
    free(self->marks);
    free(self);
}

bool picker_choose(struct app *app, const struct picker *picker, size_t *index)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "选定",
         .help = "选定光标所在的一项；可多选时选定打了勾的各项。",
         .is_available = has_rows,
         .run = take},
        {.key = K_TAB,
         .name = "勾选",
         .help = "可多选时，勾上或去掉光标所在的一项。",
         .is_available = has_marks,
         .run = toggle},
        {.key = K_F(4),
         .name = "新建",
         .help = "名单里没有的，新建一条；保存后返回，就选定了它。",
         .is_available = can_create,
         .run = create},
        {0},
    };
    static const struct screen_class class = {
        .name = "选择",
        .about = "直接打字缩小范围，上下键移动，Enter 选定，Esc 不选。",
        .actions = actions,
        .title = picker_title,
        .draw = picker_draw,
        .input = picker_input,
        .is_typing = picker_is_typing,
        .close = picker_close,
    };
    bool chosen = false;
    struct picker_screen *self = mem_new(1, sizeof *self);
    *self = (struct picker_screen){
        .base.class = &class, .picker = picker, .index = index, .chosen = &chosen};
    self->rows = mem_new(picker->count, sizeof *self->rows);
    editor_init(&self->filter, picker->filter ? picker->filter : "", FILTER_MOST, false);
    if (picker->marks) {
        self->marks = mem_new(picker->count, sizeof *self->marks);
        memcpy(self->marks, picker->marks, picker->count * sizeof *self->marks);
    }
    narrow(self);
    if (!picker->filter)
        listview_select(&self->list, picker->current);
    app_run_screen(app, &self->base);
    return chosen;
}
