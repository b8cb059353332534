/* balance.h - what the files of the thallium balance share; nobody else includes it (screens.h
 * opens it). balance.c reads it and has the keys, balance_draw.c draws. */
#ifndef TAIZHANG_TUI_SCREENS_BALANCE_H
#define TAIZHANG_TUI_SCREENS_BALANCE_H

#include "db/balance.h"
#include "tui/app.h"

enum balance_kind {
    BALANCE_LINE_FIGURE,
    BALANCE_LINE_CLOSURE,
    BALANCE_LINE_HEADING,
    BALANCE_LINE_MISSING,
    BALANCE_LINE_NOTE,
    BALANCE_LINE_BLANK,
};

/* A row of the screen. */
struct balance_shown {
    enum balance_kind kind;
    size_t index;     /* of the figure or of what is missing */
    const char *text; /* of a heading or a note; borrowed */
    int part;         /* which line of a note that is longer than the screen is wide */
};

struct balance_screen {
    struct screen base;
    char id[RECORD_ID_SIZE];       /* of the enterprise */
    char *name;                    /* owned */
    struct period period, quarter; /* that is shown; the quarter to go back to */
    struct balance balance;
    struct balance_line figures[BALANCE_LINES];
    struct buffer below, formula, bands; /* notes */
    int64_t stamp;
    struct balance_shown *shown; /* as laid out last; owned */
    size_t count, capacity;
    size_t selected, top; /* of `shown` */
    int columns;          /* that it was laid out for; 0: it was not */
};

/* Whether the selection can stand there. */
bool balance_can_select(const struct balance_shown *line);

void balance_draw(struct screen *screen, struct grid *body);

#endif
