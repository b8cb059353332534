#include "tui/screens/help.h"

#include "core/mem.h"
#include "tui/app.h"

#include <stdlib.h>

struct help_screen {
    struct screen base;
    const char *name; /* of the screen that is explained */
    struct buffer text;
    int first;       /* line on top */
    int page, lines; /* of the last drawing */
};

static void help_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    (void)right;
    buffer_addf(left, "帮助 · %s", ((const struct help_screen *)screen)->name);
}

static void help_draw(struct screen *screen, struct grid *body)
{
    struct help_screen *self = (struct help_screen *)screen;
    struct grid area = grid_part(body, 0, 1, body->rows, body->columns - 2);
    struct grid measure = grid_part(&area, 0, 0, 0, area.columns);
    self->lines = grid_wrap(&measure, 0, STYLE_PLAIN, buffer_text(&self->text));
    self->page = area.rows;
    int last = self->lines > self->page ? self->lines - self->page : 0;
    if (self->first > last)
        self->first = last;
    grid_wrap(&area, self->first, STYLE_PLAIN, buffer_text(&self->text));
}

static void scroll(struct screen *screen, int key)
{
    struct help_screen *self = (struct help_screen *)screen;
    int page = self->page > 1 ? self->page - 1 : 1;
    int by = key == K_UP ? -1 : key == K_DOWN ? 1 : key == K_PAGE_UP ? -page : page;
    self->first += by;
    if (self->first < 0)
        self->first = 0;
}

static void leave(struct screen *screen, int key)
{
    (void)key;
    app_back(screen->app);
}

static void help_close(struct screen *screen)
{
    struct help_screen *self = (struct help_screen *)screen;
    buffer_release(&self->text);
    free(self);
}

struct screen *help_open(const struct screen *about)
{
    static const struct action actions[] = {
        {.key = K_UP, .last = K_DOWN, .name = "上下", .help = "上下移动一行。", .run = scroll},
        {.key = K_PAGE_UP,
         .last = K_PAGE_DOWN,
         .name = "翻页",
         .help = "上下翻一页。",
         .run = scroll},
        {.key = K_F(1), .help = "关上帮助。", .run = leave},
        {0},
    };
    static const struct screen_class class = {
        .name = "帮助",
        .actions = actions,
        .title = help_title,
        .draw = help_draw,
        .close = help_close,
    };
    struct help_screen *self = mem_new(1, sizeof *self);
    self->base.class = &class;
    self->name = about->class->name;
    if (about->class->about)
        buffer_addf(&self->text, "%s\n\n", about->class->about);
    buffer_add(&self->text, "这里可以按：\n");
    action_describe(about->class->actions, &self->text);
    buffer_add(&self->text, "\n每一屏都可以按：\n");
    action_describe(app_common_actions(), &self->text);
    buffer_add(&self->text, "\n标记：! 错误或逾期  ? 待办或警告  x 核验错误  ~ 变更或草稿  ✓ 完成\n"
                            "窗口大小可以随时改变；用鼠标选取、复制文字与平常一样。\n");
    return &self->base;
}
