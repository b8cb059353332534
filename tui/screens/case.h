/* case.h - what the files of the case file share; nobody else includes it (screens.h opens one).
 *
 * case.c is the screen and its keys; case_lines.c says what stands on the first page; case_chart.c
 * draws the measured factor; case_draw.c draws the pages. */
#ifndef TAIZHANG_TUI_SCREENS_CASE_H
#define TAIZHANG_TUI_SCREENS_CASE_H

#include "db/casefile.h"
#include "tui/app.h"
#include "tui/listview.h"

/* One line of the first page. */
struct case_line {
    enum { CASE_HEADING, CASE_ENTRY, CASE_CHART, CASE_BLANK } kind;
    char mark;                 /* '!' '?' 'x' or ' ' */
    char *text, *more, *right; /* owned; NULL: nothing. `right` ends at the right edge */
    const struct reg *reg;     /* of the record that Enter opens; NULL: see `tab` */
    char id[RECORD_ID_SIZE];
    size_t tab; /* page that Enter turns to; 0: none */
    int row;    /* of the chart */
};

/* What one act did to the object or a profile of it. */
struct case_act {
    char at[24];
    char batch[RECORD_ID_SIZE];
    const struct reg *reg;
    char id[RECORD_ID_SIZE];
    char *text; /* owned */
    size_t changes;
};

/* The records of one relation, read when their page is first turned to. */
struct case_tab {
    struct casefile_relation *relation;
    struct id_list ids;
    struct listview list;
    bool is_read;
};

struct case_screen {
    struct screen base;
    const struct reg *reg; /* what it was opened for */
    char id[RECORD_ID_SIZE];
    struct date today;
    int64_t stamp; /* of the file when it was read */
    struct casefile *file;

    struct case_line *lines;
    size_t line_count, line_capacity;
    size_t selected, top, page;
    int laid_out_rows; /* for which height the lines are */

    struct case_tab *tabs; /* one for each relation of `file` */
    size_t tab;            /* 0: the first page; behind the relations the history */

    struct case_act *acts; /* newest first */
    size_t act_count, act_capacity;
    bool acts_read;
    struct listview act_list;
};

/* ---- case_lines.c ---- */

/* Says anew what stands on the first page of a window with `rows` rows. */
void case_lay_out(struct case_screen *self, int rows);
void case_release_lines(struct case_screen *self);

/* Whether Enter on the line leads anywhere. */
bool case_leads(const struct case_line *line);

/* ---- case_chart.c ---- */

enum { CASE_CHART_LEAST = 2 }; /* fewer results make no line */

/* Draws row `row` of `rows` into `area`, a grid of one row; the last one is the axis. */
void case_chart_draw_row(const struct casefile_series *series, int row, int rows,
                         struct grid *area);

/* ---- case_draw.c ---- */

void case_title(const struct screen *screen, struct buffer *left, struct buffer *right);
void case_draw(struct screen *screen, struct grid *body);

/* The relation in front; NULL when the first page or the history is. */
struct case_tab *case_tab_in_front(const struct case_screen *self);

bool case_is_on_history(const struct case_screen *self);

/* Rows above the list of a page. */
enum { CASE_ROWS_ABOVE = 2, CASE_ROWS_HEADED = 3 };

#endif
