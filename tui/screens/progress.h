/* progress.h - long work shows how far it is, and Esc can stop it.
 *
 * The working function takes a callback `bool (*)(void *context, size_t done, size_t total)` and
 * stops with ERROR_CANCELLED when that returns false:
 *
 *     struct progress progress = progress_begin(app, "导出年度清单", "行");
 *     bool done = report_write(..., progress_report, &progress, &err);
 */
#ifndef TAIZHANG_TUI_SCREENS_PROGRESS_H
#define TAIZHANG_TUI_SCREENS_PROGRESS_H

#include "tui/app.h"

struct progress {
    struct app *app;
    const char *title, *unit; /* borrowed */
    size_t percent;           /* as shown last */
    long shown_ms;            /* when */
    bool cancelled;
};

struct progress progress_begin(struct app *app, const char *title, const char *unit);

/* To be called as often as is convenient: it draws at each percent or tenth of a second, then
 * looks for Esc (asks whether to stop) and for the end of the terminal. `total` of 0: unknown.
 * Returns whether to go on. Other keys pressed meanwhile are dropped. */
bool progress_report(void *progress, size_t done, size_t total);

#endif
