/* findings.h - what the two files of 核验结果 share: findings.c counts by rule and register,
 * findings_list.c shows what one rule found in one register. findings_open stands in screens.h. */
#ifndef TAIZHANG_TUI_SCREENS_FINDINGS_H
#define TAIZHANG_TUI_SCREENS_FINDINGS_H

#include "db/check.h"
#include "tui/app.h"

struct findings_look {
    const char *mark;
    unsigned style;
};

/* How a severity is marked: x ? · */
struct findings_look findings_look(enum severity severity);

/* What waits for the rules. */
struct findings_wait {
    int64_t records, registers;
};

/* Goes on for a moment with what waits, where the store may change; app->eager tells whether there
 * is more. Returns whether anything was done. */
bool findings_catch_up(struct app *app, struct findings_wait *wait);

/* Draws the line that says that something waits, if so; returns the rows taken. */
int findings_draw_wait(const struct app *app, const struct findings_wait *wait, struct grid *body);

/* Draws a paragraph from row `row` on; returns the row behind it. */
int findings_draw_text(struct grid *area, int row, unsigned style, const char *text);

/* The `count` findings of one group: `filter` has a rule, a register and one severity (all copied).
 */
void findings_open_list(struct app *app, const struct check_filter *filter, int64_t count);

#endif
