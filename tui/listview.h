/* listview.h - the geometry of a scrolling list: which row is selected, which is on top.
 *
 * It holds numbers only, so a list of a million rows costs what a list of ten does; marks take one
 * bit a row once the first is set. The rows are drawn by a callback. */
#ifndef TAIZHANG_TUI_LISTVIEW_H
#define TAIZHANG_TUI_LISTVIEW_H

#include "tui/grid.h"
#include "tui/term.h"

struct listview {
    size_t count;    /* rows of the list; change it by listview_set_count */
    size_t selected; /* 0 when the list is empty */
    size_t top;      /* first row shown */
    size_t page;     /* rows shown by the last listview_draw */
    unsigned char *marks;
    size_t marked;
};

void listview_release(struct listview *list);

/* Another number of rows: the selection stays as far as it can, marks are dropped. */
void listview_set_count(struct listview *list, size_t count);

void listview_select(struct listview *list, size_t row);

/* Up, Down, PgUp, PgDn, Home, End, the wheel and a mouse press (its row counted from the
 * first row shown). Returns whether it was
 * one of these. */
bool listview_input(struct listview *list, const struct event *event);

/* The same where the first row shown stands in row `top` of the body that the event is about. */
bool listview_input_at(struct listview *list, const struct event *event, int top);

bool listview_is_marked(const struct listview *list, size_t row);
void listview_mark(struct listview *list, size_t row, bool on);

/* Draws one row of the list into `area`, a grid of one row. */
typedef void listview_draw_row(void *context, size_t row, struct grid *area);

/* Draws the rows that fit into `area`, the selected one in STYLE_SELECTED with the cursor at its
 * first column (unless `quiet`), scrolled so that it shows. */
void listview_draw(struct listview *list, struct grid *area, bool quiet,
                   listview_draw_row *draw_row, void *context);

#endif
