/* import_preview.h - what the files of the import preview share. Private to this folder. */
#ifndef TAIZHANG_TUI_SCREENS_IMPORT_PREVIEW_H
#define TAIZHANG_TUI_SCREENS_IMPORT_PREVIEW_H

#include "imports/import.h"
#include "tui/app.h"
#include "tui/listview.h"
#include "tui/screens/progress.h"

/* Which rows are shown; a key goes from one to the next. */
enum import_view {
    IMPORT_VIEW_ALL,
    IMPORT_VIEW_REFUSED,
    IMPORT_VIEW_DOUBLES,
    IMPORT_VIEW_CHANGED,
    IMPORT_VIEW_NOTED,
    IMPORT_VIEW__COUNT,
};

struct import_screen {
    struct screen base;
    struct import *import;
    const struct reg *reg;
    char *path;
    size_t *rows; /* of the import that are shown */
    struct listview columns, list;
    bool in_columns; /* the arrow keys move among the columns */
    enum import_view view;
    bool is_decided;           /* a person has decided something that leaving would lose */
    int columns_top, list_top; /* in the body, of the last drawing */
    struct progress *progress; /* while something runs */
};

/* "只看拒绝的", …; "" for all. */
const char *import_view_name(enum import_view view);

/* Tries the import again with what was chosen. Shows what went wrong. */
void import_try_again(struct import_screen *self);

void import_draw(struct screen *screen, struct grid *body);
void import_title(const struct screen *screen, struct buffer *left, struct buffer *right);

/* Asks what the selected column holds, or what becomes of the selected row. */
void import_choose(struct screen *screen, int key);

/* What becomes of a field in which list and record differ: the next way. */
void import_turn_side(struct screen *screen, int key);

#endif
