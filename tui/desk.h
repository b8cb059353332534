/* desk.h - the desk program: opens the data file and runs the screens on this terminal. */
#ifndef TAIZHANG_TUI_DESK_H
#define TAIZHANG_TUI_DESK_H

#include "db/store.h"
#include "tui/app.h"

enum { DESK_REASON_MOST = 200 }; /* characters */

/* What all screens work on; app->desk points to it. */
struct desk {
    struct store *store;                   /* read-only when another process has the file */
    char reason[4 * DESK_REASON_MOST + 1]; /* typed last, for the next figure of the same update */
};

/* The store behind a screen. */
struct store *desk_store(const struct app *app);

/* Whether anything was written since summary_stamp gave `stamp`: what a screen asks when it comes
 * to the top again, before it reads anew. */
bool desk_has_changed(const struct app *app, int64_t stamp);

/* Runs until the clerk leaves. Opens read-only, and says who has the file, when another process is
 * writing; asks about drafts that a crash has left. */
bool desk_run(const char *path, struct error *err);

/* The same on a given terminal and an open store: what tests use. */
void desk_run_on(struct terminal *terminal, struct store *store);

/* The n-th screen of the manual, NULL behind the last. */
const struct screen_class *desk_screen(size_t n);

#endif
