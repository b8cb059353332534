#include "tui/app.h"

#include "core/mem.h"
#include "core/text.h"
#include "tui/screens/help.h"
#include "tui/screens/screens.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TICK_MS = 1000,
    PAUSE_MS = 1,
    FRAME_ROWS = 4 /* title, rule, rule, footer */,
    MESSAGE_ROWS_MOST = 5
};

void app_init(struct app *app, struct terminal *terminal, void *desk)
{
    *app = (struct app){.terminal = terminal, .desk = desk};
    grid_init(&app->grid, terminal->rows, terminal->columns);
}

void app_release(struct app *app)
{
    while (app->count) {
        struct screen *screen = app->screens[--app->count];
        screen->class->close(screen);
    }
    free(app->screens);
    free(app->owner);
    buffer_release(&app->message);
    grid_release(&app->grid);
}

void app_set_owner(struct app *app, const char *owner)
{
    free(app->owner);
    app->owner = mem_text(owner);
}

void app_push(struct app *app, struct screen *screen)
{
    screen->app = app;
    app->screens = mem_grow(app->screens, app->count, &app->capacity, sizeof(struct screen *));
    app->screens[app->count++] = screen;
}

void app_pop(struct app *app)
{
    if (app->count == 0)
        return;
    struct screen *screen = app->screens[--app->count];
    screen->class->close(screen);
    struct screen *top = app_top(app);
    if (top && top->class->resume)
        top->class->resume(top);
}

void app_back(struct app *app)
{
    struct screen *top = app_top(app);
    if (top && (!top->class->may_leave || top->class->may_leave(top)))
        app_pop(app);
}

struct screen *app_top(const struct app *app)
{
    return app->count ? app->screens[app->count - 1] : NULL;
}

/* ---- actions of every screen ---- */

static void back(struct screen *screen, int key)
{
    (void)key;
    app_back(screen->app);
}

static void help(struct screen *screen, int key)
{
    (void)key;
    app_help(screen->app, screen);
}

static void search(struct screen *screen, int key)
{
    (void)key;
    search_open_screen(screen->app);
}

static void redraw(struct screen *screen, int key)
{
    (void)key;
    term_repaint(screen->app->terminal);
}

/* While the program has the mouse, the terminal cannot select text with it: hence a switch. */
static void switch_mouse(struct screen *screen, int key)
{
    (void)key;
    struct app *app = screen->app;
    app->mouse = !app->mouse;
    term_use_mouse(app->terminal, app->mouse);
    app_message(app, MESSAGE_INFORMATION,
                app->mouse ? "鼠标已打开：可点选、滚动；再按 ^T 关闭，以便用鼠标选取文字。"
                           : "鼠标已关闭：可以用鼠标选取文字。");
}

const struct action *app_common_actions(void)
{
    static const struct action actions[] = {
        {.key = K_CTRL('F'),
         .help = "在全部清单里搜索：名称、编号、地址；汉字、全拼、首字母都行。",
         .run = search},
        {.key = K_CTRL('L'), .help = "重画屏幕。", .run = redraw},
        {.key = K_CTRL('T'), .help = "打开或关闭鼠标。", .run = switch_mouse},
        {.key = K_ESC, .name = "返回", .help = "回到上一屏。", .run = back},
        {.key = K_F(1), .name = "帮助", .help = "说明这一屏能做什么、怎么做。", .run = help},
        {0},
    };
    return actions;
}

void app_help(struct app *app, const struct screen *screen)
{
    app_push(app, help_open(screen));
}

/* ---- messages ---- */

void app_message(struct app *app, enum message kind, const char *format, ...)
{
    static const char *const marks[] = {
        [MESSAGE_ERROR] = "! ",
        [MESSAGE_WARNING] = "? ",
        [MESSAGE_DONE] = "✓ ",
        [MESSAGE_INFORMATION] = "",
    };
    char text[ERROR_MESSAGE_SIZE + ERROR_BASIS_SIZE + 64];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    text_cut_bytes(text, sizeof text - 1);
    app->message_kind = kind;
    buffer_clear(&app->message);
    buffer_addf(&app->message, "%s%s", marks[kind], text);
}

void app_error(struct app *app, const struct error *err)
{
    bool is_ended = text_ends_with(err->message, "。") || text_ends_with(err->message, "？");
    bool has_basis = !text_is_empty(err->basis);
    app_message(app, MESSAGE_ERROR, "%s%s%s%s", err->message, is_ended ? "" : "。",
                has_basis ? "依据：" : "", has_basis ? err->basis : "");
}

/* ---- drawing ---- */

static void draw_title(const struct app *app, const struct screen *screen, struct grid *grid)
{
    struct buffer left = {0}, right = {0};
    screen->class->title(screen, &left, &right);
    const char *text = right.length ? buffer_text(&right) : app->owner ? app->owner : "";
    int room = grid->columns - 2;
    int wanted = grid_text_width(buffer_text(&left));
    int spare = room - wanted - 2;
    grid_text(grid, 0, 1, room, STYLE_TITLE, buffer_text(&left));
    if (spare > 0 && grid_text_width(text) <= spare)
        grid_text_right(grid, 0, 1, room, STYLE_PLAIN, text);
    else if (spare > 8)
        grid_text(grid, 0, wanted + 3, spare, STYLE_PLAIN, text);
    buffer_release(&left);
    buffer_release(&right);
}

/* A message of one line stands on the lower rule; a longer one takes rows from the body, so that it
 * never hides what it speaks of. Returns the rows taken. */
static int draw_message(const struct app *app, struct grid *grid)
{
    static const unsigned styles[] = {
        [MESSAGE_ERROR] = STYLE_ERROR,
        [MESSAGE_WARNING] = STYLE_WARNING,
        [MESSAGE_DONE] = STYLE_DONE,
        [MESSAGE_INFORMATION] = STYLE_PLAIN,
    };
    const char *text = buffer_text(&app->message);
    int rule = grid->rows - 2;
    struct grid measure = grid_part(grid, rule, 1, 0, grid->columns - 2);
    int lines = grid_wrap(&measure, 0, STYLE_PLAIN, text);
    int most = grid->rows / 3 < MESSAGE_ROWS_MOST ? grid->rows / 3 : MESSAGE_ROWS_MOST;
    if (lines > most)
        lines = most;
    if (lines == 0)
        return 0;
    struct grid area = grid_part(grid, rule - lines + 1, 1, lines, grid->columns - 2);
    grid_fill(grid, rule, 0, 1, grid->columns, ' ', STYLE_PLAIN);
    grid_wrap(&area, 0, styles[app->message_kind], text);
    return lines - 1;
}

static bool is_too_small(const struct app *app)
{
    return app->terminal->rows < APP_ROWS_LEAST || app->terminal->columns < APP_COLUMNS_LEAST;
}

void app_draw(struct app *app)
{
    struct grid *grid = &app->grid;
    struct screen *screen = app_top(app);
    grid_resize(grid, app->terminal->rows, app->terminal->columns);
    if (!screen)
        return;
    if (is_too_small(app)) {
        grid_wrap(grid, 0, STYLE_PLAIN, "窗口太小，请放大到 80×24 以上；内容都还在。");
        return;
    }
    bool typing = screen->class->is_typing && screen->class->is_typing(screen);
    draw_title(app, screen, grid);
    grid_rule(grid, 1);
    grid_rule(grid, grid->rows - 2);
    int taken = draw_message(app, grid);
    app->body_top = 2;
    struct grid body =
        grid_part(grid, app->body_top, 0, grid->rows - FRAME_ROWS - taken, grid->columns);
    screen->class->draw(screen, &body);
    action_draw_footer(screen->class->actions, app_common_actions(), screen, typing, grid,
                       grid->rows - 1);
}

struct grid app_box(struct app *app, int rows, int columns)
{
    struct grid *grid = &app->grid;
    if (rows > grid->rows - 2)
        rows = grid->rows - 2;
    if (columns > grid->columns - 4)
        columns = grid->columns - 4;
    struct grid box = grid_part(grid, (grid->rows - rows - 2) / 2,
                                (grid->columns - columns - 4) / 2, rows + 2, columns + 4);
    grid_box(&box);
    return grid_part(&box, 1, 2, rows, columns);
}

/* ---- the loop ---- */

static void handle(struct app *app, struct screen *screen, struct event *event)
{
    bool typing = screen->class->is_typing && screen->class->is_typing(screen);
    if (event->kind == EVENT_KEY) {
        const struct action *action =
            action_find(screen->class->actions, screen, typing, event->key);
        if (action) {
            action->run(screen, event->key);
            return;
        }
    }
    if (event->kind == EVENT_MOUSE)
        event->row -= app->body_top;
    if (screen->class->input && screen->class->input(screen, event))
        return;
    if (event->kind != EVENT_KEY)
        return;
    const struct action *common = action_find(app_common_actions(), screen, typing, event->key);
    if (common)
        common->run(screen, event->key);
}

bool app_step(struct app *app)
{
    if (app->ended || app->count == 0)
        return false;
    app_draw(app);
    term_show(app->terminal, &app->grid);
    struct event event;
    term_read(app->terminal, app->eager ? 0 : app->goes_on ? PAUSE_MS : TICK_MS, &event);
    if (event.kind == EVENT_TICK)
        app->eager = app->goes_on = false;
    if (event.kind == EVENT_END) {
        app->ended = true;
        return false;
    }
    if (event.kind == EVENT_KEY || event.kind == EVENT_PASTE)
        buffer_clear(&app->message);
    bool blind = is_too_small(app) && event.kind != EVENT_TICK;
    if (event.kind != EVENT_RESIZE && !blind)
        handle(app, app_top(app), &event);
    bool is_quiet = event.kind == EVENT_TICK && !app->eager && !app->goes_on;
    if (is_quiet && app->work_on && app->count > 0)
        app->goes_on = app->work_on(app);
    return app->count > 0 && !app->ended;
}

void app_run(struct app *app)
{
    while (app_step(app))
        continue;
}

bool app_run_down_to(struct app *app, size_t depth)
{
    while (app->count > depth && app_step(app))
        continue;
    while (app->count > depth) /* they may borrow from the caller, who returns now */
        app_pop(app);
    return !app->ended;
}

bool app_run_screen(struct app *app, struct screen *screen)
{
    size_t depth = app->count;
    app_push(app, screen);
    return app_run_down_to(app, depth);
}

/* ---- questions ---- */

/* As wide as the longest answer wants, within what the screen has room for. */
static int question_width(const struct grid *grid, const char *const *answers)
{
    enum { LEAST = 56, NUMBER = 4, FRAME = 4 };
    int width = LEAST;
    for (int i = 0; answers[i]; i++)
        if (grid_text_width(answers[i]) + NUMBER > width)
            width = grid_text_width(answers[i]) + NUMBER;
    return width < grid->columns - FRAME ? width : grid->columns - FRAME;
}

static void draw_question_keys(struct grid *grid, int count)
{
    int row = grid->rows - 1;
    grid_fill(grid, row, 0, 1, grid->columns, ' ', STYLE_PLAIN);
    if (count == 1)
        grid_text(grid, row, 1, grid->columns - 2, STYLE_KEY, "Enter 或 Esc 返回");
    else
        grid_printf(grid, row, 1, grid->columns - 2, STYLE_KEY,
                    "↑↓ 上下  Enter 选定  1-%d 直接选  Esc 选 1", count);
}

static int draw_question(struct app *app, const char *question, const char *const *answers,
                         int chosen)
{
    app_draw(app);
    int count = 0;
    while (answers[count])
        count++;
    struct grid measure = {.columns = question_width(&app->grid, answers)};
    int lines = grid_wrap(&measure, 0, STYLE_PLAIN, question);
    struct grid box = app_box(app, lines + 1 + count, measure.columns);
    grid_hide_cursor(&box);
    grid_wrap(&box, 0, STYLE_PLAIN, question);
    int top = box.rows - count;
    for (int i = 0; i < count; i++) {
        unsigned style = i == chosen ? STYLE_SELECTED : STYLE_PLAIN;
        grid_fill(&box, top + i, 0, 1, box.columns, ' ', style);
        grid_printf(&box, top + i, 1, box.columns - 2, style, "%d %s", i + 1, answers[i]);
        if (i == chosen)
            grid_show_cursor(&box, top + i, 1);
    }
    draw_question_keys(&app->grid, count);
    term_show(app->terminal, &app->grid);
    return count;
}

int app_ask(struct app *app, const char *question, const char *const *answers)
{
    int chosen = 0;
    while (!app->ended) {
        int count = draw_question(app, question, answers, chosen);
        struct event event;
        term_read(app->terminal, TICK_MS, &event);
        app->ended = event.kind == EVENT_END;
        if (event.kind != EVENT_KEY || is_too_small(app))
            continue;
        if (event.key == K_ENTER)
            return chosen;
        if (event.key == K_ESC)
            return 0;
        if (event.key == K_DOWN || event.key == K_TAB || event.key == K_RIGHT)
            chosen = (chosen + 1) % count;
        if (event.key == K_UP || event.key == K_BACKTAB || event.key == K_LEFT)
            chosen = (chosen + count - 1) % count;
        if (event.key > '0' && event.key <= '0' + count)
            return event.key - '1';
    }
    return 0;
}
