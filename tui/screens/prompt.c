#include "tui/screens/prompt.h"

#include "core/mem.h"
#include "core/text.h"
#include "tui/editor.h"
#include "tui/listview.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = 1000 };

struct prompt_screen {
    struct screen base;
    const struct prompt *prompt;
    struct editor editor;
    struct buffer lines;      /* suggestions, each with its NUL */
    const char **suggestions; /* into `lines` */
    struct listview list;
    bool in_list; /* the arrow keys have gone down into the suggestions */
    int list_top;
    struct buffer *answer;
    bool *confirmed;
};

static void refresh(struct prompt_screen *self)
{
    size_t count = 0, capacity = 0;
    buffer_clear(&self->lines);
    free(self->suggestions);
    self->suggestions = NULL;
    self->in_list = false;
    if (self->prompt->suggest)
        self->prompt->suggest(self->prompt->context, editor_text(&self->editor), &self->lines);
    for (char *at = self->lines.text; at && *at;) {
        char *end = strchr(at, '\n');
        self->suggestions = mem_grow(self->suggestions, count, &capacity, sizeof(char *));
        self->suggestions[count++] = at;
        if (!end)
            break;
        *end = '\0';
        at = end + 1;
    }
    listview_set_count(&self->list, count);
    listview_select(&self->list, 0);
}

static void prompt_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    (void)right;
    buffer_add(left, ((const struct prompt_screen *)screen)->prompt->title);
}

static void draw_suggestion(void *context, size_t row, struct grid *area)
{
    const struct prompt_screen *self = context;
    bool chosen = self->in_list && row == self->list.selected;
    grid_text(area, 0, 1, 2, STYLE_PLAIN, chosen ? "▶" : " ");
    grid_text(area, 0, 3, area->columns - 4, STYLE_PLAIN, self->suggestions[row]);
}

static void prompt_draw(struct screen *screen, struct grid *body)
{
    struct prompt_screen *self = (struct prompt_screen *)screen;
    const struct prompt *prompt = self->prompt;
    int label = grid_text(body, 0, 1, body->columns - 2, STYLE_PLAIN, prompt->label) + 2;
    struct grid help = grid_part(body, 2, 1, body->rows - 2, body->columns - 2);
    int lines = prompt->help ? grid_wrap(&help, 0, STYLE_HINT, prompt->help) : 0;
    self->list_top = 2 + lines + (lines > 0);
    if (self->list.count && self->list_top < body->rows) {
        struct grid rows =
            grid_part(body, self->list_top, 0, body->rows - self->list_top, body->columns);
        if (!self->in_list)
            self->list.top = 0;
        for (size_t i = 0; !self->in_list && i < self->list.count && (int)i < rows.rows; i++) {
            struct grid row = grid_part(&rows, (int)i, 0, 1, rows.columns);
            draw_suggestion(self, i, &row);
        }
        if (self->in_list)
            listview_draw(&self->list, &rows, true, draw_suggestion, self);
    }
    struct grid field = grid_part(body, 0, label, 1, body->columns - label - 1);
    editor_draw(&self->editor, &field, STYLE_FIELD, true);
}

static bool prompt_input(struct screen *screen, const struct event *event)
{
    struct prompt_screen *self = (struct prompt_screen *)screen;
    bool down = event->kind == EVENT_KEY && event->key == K_DOWN;
    if (!self->in_list && down && self->list.count) {
        self->in_list = true;
        return true;
    }
    bool leaves = event->kind == EVENT_KEY && event->key == K_UP && self->list.selected == 0;
    if (self->in_list && leaves) {
        self->in_list = false;
        return true;
    }
    bool vertical = event->kind == EVENT_KEY && event->key != K_HOME && event->key != K_END;
    if (self->in_list && (vertical || event->kind == EVENT_MOUSE) &&
        listview_input_at(&self->list, event, self->list_top))
        return true;
    enum editor_answer answer = editor_input(&self->editor, event);
    if (answer == EDITOR_CHANGED || answer == EDITOR_FULL)
        refresh(self);
    return answer != EDITOR_IGNORED;
}

static bool prompt_is_typing(const struct screen *screen)
{
    (void)screen;
    return true;
}

static bool has_suggestions(const struct screen *screen)
{
    return ((const struct prompt_screen *)screen)->list.count > 0;
}

/* The longest beginning that all suggestions have in common. */
static void complete(struct screen *screen, int key)
{
    (void)key;
    struct prompt_screen *self = (struct prompt_screen *)screen;
    size_t chosen = self->in_list ? self->list.selected : 0;
    const char *best = self->suggestions[chosen];
    size_t length = strlen(best);
    for (size_t i = 0; !self->in_list && i < self->list.count; i++) {
        size_t same = 0;
        while (same < length && best[same] == self->suggestions[i][same])
            same++;
        length = same;
    }
    char *text = mem_text_part(best, length);
    text_cut_bytes(text, length);
    if (strlen(text) >= strlen(editor_text(&self->editor)) || self->in_list) {
        editor_set_text(&self->editor, text);
        refresh(self);
    }
    free(text);
}

static void confirm(struct screen *screen, int key)
{
    (void)key;
    struct prompt_screen *self = (struct prompt_screen *)screen;
    struct error err = {0};
    if (self->in_list)
        editor_set_text(&self->editor, self->suggestions[self->list.selected]);
    const char *text = editor_text(&self->editor);
    bool ends_in_folder = self->in_list && text_ends_with(text, "/");
    if (ends_in_folder) {
        refresh(self);
        return;
    }
    if (self->prompt->accepts && !self->prompt->accepts(self->prompt->context, text, &err)) {
        app_error(screen->app, &err);
        return;
    }
    buffer_clear(self->answer);
    buffer_add(self->answer, text);
    *self->confirmed = true;
    app_pop(screen->app);
}

static void prompt_close(struct screen *screen)
{
    struct prompt_screen *self = (struct prompt_screen *)screen;
    editor_release(&self->editor);
    listview_release(&self->list);
    buffer_release(&self->lines);
    free(self->suggestions);
    free(self);
}

bool prompt_ask(struct app *app, const struct prompt *prompt, struct buffer *answer)
{
    static const struct action actions[] = {
        {.key = K_ENTER, .name = "确定", .help = "用这一行的内容继续。", .run = confirm},
        {.key = K_TAB,
         .name = "补全",
         .help = "补全到下面各项共有的部分。",
         .is_available = has_suggestions,
         .run = complete},
        {0},
    };
    static const struct screen_class class = {
        .name = "填写一行",
        .about = "写完按 Enter，不要了按 Esc。下面列有可选的内容时，按 ↓ 去选。",
        .actions = actions,
        .title = prompt_title,
        .draw = prompt_draw,
        .input = prompt_input,
        .is_typing = prompt_is_typing,
        .close = prompt_close,
    };
    bool confirmed = false;
    struct prompt_screen *self = mem_new(1, sizeof *self);
    *self = (struct prompt_screen){
        .base.class = &class, .prompt = prompt, .answer = answer, .confirmed = &confirmed};
    editor_init(&self->editor, prompt->text ? prompt->text : "", TEXT_MOST, false);
    refresh(self);
    app_run_screen(app, &self->base);
    return confirmed;
}
