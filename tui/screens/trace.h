/* trace.h - what the files of the screen 铊去向 share. */
#ifndef TAIZHANG_TUI_SCREENS_TRACE_H
#define TAIZHANG_TUI_SCREENS_TRACE_H

#include "core/period.h"
#include "core/trace.h"
#include "db/query.h"
#include "tui/listview.h"
#include "tui/sankey.h"
#include "tui/screen.h"

/* A line of the table: one edge of the walk. */
struct trace_line {
    size_t edge;
    const struct trace_step *step;
};

/* Whose chain was looked at: nodes have another index after each reading. */
struct trace_stop {
    enum trace_kind kind;
    char *key, *name; /* owned */
};

struct trace_screen {
    struct screen base;
    struct period period;
    struct trace trace;
    struct trace_walk walk; /* nothing in it while the stop has no entries in the period */
    bool is_found;
    struct trace_stop *stops; /* the last one is shown, Esc goes back to the one before */
    size_t stop_count, stop_capacity;
    struct trace_line *lines;
    struct listview list;
    struct sankey sankey;
    size_t *nodes; /* by box: its node, TRACE_NOBODY for 其余 */
    size_t chart_boxes;
    int chart_rows; /* for which the chart was made; 0: it has to be made */
    struct sankey_view view;
    bool on_table;          /* whether keys move in the table */
    int list_top;           /* its first row in the body */
    struct grid chart_area; /* as last drawn */
    int64_t stamp;
};

/* ---- trace_chart.c ---- */

/* Makes the chart of the walk for so many rows; `self->view` shows its middle. */
void trace_make_chart(struct trace_screen *self, int rows);

/* Draws it, and below it a rule that tells what lies outside. */
void trace_draw_chart(struct trace_screen *self, struct grid *area);

/* Lets the view show the selected box. */
void trace_show_selected(struct trace_screen *self);

/* ---- trace_table.c ---- */

/* Lists the edges of the walk. */
void trace_make_lines(struct trace_screen *self);
void trace_draw_table(struct trace_screen *self, struct grid *area);

/* Appends what can be said about the selected edge, or about a node. */
void trace_tell_edge(const struct trace_screen *self, struct buffer *out);
void trace_tell_node(const struct trace_screen *self, size_t node, struct buffer *out);

/* Appends kg with three decimals; "<0.001" for what would be nothing. */
void trace_write_kg(int64_t kg, struct buffer *out);

/* A mark and a style for a link: ↺ ! ≠ or a blank. */
struct trace_look {
    const char *mark;
    unsigned style;
};
struct trace_look trace_look(const struct trace *trace, const struct trace_step *step);

#endif
