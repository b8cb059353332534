#include "tui/screens/progress.h"

#include <time.h>

enum { INTERVAL_MS = 100, BOX_COLUMNS = 48, BOX_ROWS = 4 };

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct progress progress_begin(struct app *app, const char *title, const char *unit)
{
    return (struct progress){.app = app, .title = title, .unit = unit, .percent = SIZE_MAX};
}

static void draw(const struct progress *progress, size_t done, size_t total)
{
    struct app *app = progress->app;
    app_draw(app);
    struct grid box = app_box(app, BOX_ROWS, BOX_COLUMNS);
    grid_hide_cursor(&box);
    grid_text(&box, 0, 0, box.columns, STYLE_TITLE, progress->title);
    if (total) {
        int full = (int)((double)box.columns * (double)done / (double)total);
        grid_fill(&box, 1, 0, 1, box.columns, 0x2591, STYLE_HINT);
        grid_fill(&box, 1, 0, 1, full, 0x2588, STYLE_DONE);
        grid_printf(&box, 2, 0, box.columns, STYLE_PLAIN, "%zu / %zu %s  %zu%%", done, total,
                    progress->unit, progress->percent);
    } else {
        grid_printf(&box, 2, 0, box.columns, STYLE_PLAIN, "%zu %s", done, progress->unit);
    }
    grid_text(&box, 3, 0, box.columns, STYLE_HINT, "Esc 停止");
    term_show(app->terminal, &app->grid);
}

static void look_for_keys(struct progress *progress)
{
    static const char *const answers[] = {"继续", "停止，不留下做了一半的结果", NULL};
    struct app *app = progress->app;
    for (;;) {
        struct event event;
        term_read(app->terminal, 0, &event);
        if (event.kind == EVENT_TICK)
            return;
        if (event.kind == EVENT_KEY && event.key == K_ESC)
            progress->cancelled = app_ask(app, "要停止吗？", answers) == 1;
        app->ended = app->ended || event.kind == EVENT_END;
        progress->cancelled = progress->cancelled || app->ended;
        if (progress->cancelled)
            return;
    }
}

bool progress_report(void *context, size_t done, size_t total)
{
    struct progress *progress = context;
    if (done > total && total)
        done = total;
    size_t percent = total ? (size_t)((double)done * 100 / (double)total) : 0;
    long now = now_ms();
    if (percent == progress->percent && now - progress->shown_ms < INTERVAL_MS)
        return !progress->cancelled;
    progress->percent = percent;
    progress->shown_ms = now;
    draw(progress, done, total);
    look_for_keys(progress);
    return !progress->cancelled;
}
