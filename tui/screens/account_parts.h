/* account_parts.h - what the screens of the quota accounts share: loads of five metals and their
 * sum as rows of a small table. */
#ifndef TAIZHANG_TUI_SCREENS_ACCOUNT_PARTS_H
#define TAIZHANG_TUI_SCREENS_ACCOUNT_PARTS_H

#include "db/account.h"
#include "tui/app.h"
#include "tui/grid.h"

enum {
    LOADS_LABEL = 14, /* columns in front of the numbers */
    LOADS_NUMBER = 10,
    LOADS_FRACTION = 3,
};

/* "铅 汞 镉 铬 砷 合计（kg/a）" above the numbers. */
void account_draw_heading(struct grid *area, int row);

/* One row; what is below zero is an error. */
void account_draw_loads(struct grid *area, int row, const char *label, const struct loads *loads);

/* A load in `width` columns from `column` on, its point under that of the others. */
void account_draw_load(struct grid *area, int row, int column, int width, unsigned style,
                       int64_t kg);

/* How a project stands: '!' the sum falls short, '?' only a metal does, '-' exempt, else ' '. */
char account_mark(const struct account_project *project);

/* The same in words: "缺 6 kg/a", "来源足够". */
void account_tell(const struct account_project *project, struct buffer *out);

/* Begins a transfer whose reference `field` is record `id`. */
void account_begin_transfer(struct app *app, const char *field, const char *id);

#endif
