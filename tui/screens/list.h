/* list.h - what the files of the list share: list.c knows which records it shows, list_actions.c
 * what can be done, list_draw.c how it looks. list_open stands in screens.h. */
#ifndef TAIZHANG_TUI_SCREENS_LIST_H
#define TAIZHANG_TUI_SCREENS_LIST_H

#include "db/draft.h"
#include "db/filter.h"
#include "tui/app.h"
#include "tui/editor.h"
#include "tui/listview.h"

struct list_screen {
    struct screen base;
    const struct reg *reg;
    struct date today;

    struct buffer where; /* conditions of db/query.h */
    char *parent;        /* NULL: of all; owned */
    struct id_list only; /* and only of these; empty: of all */
    bool incomplete;
    const char *order; /* a field's name; NULL: the register's own order */
    bool descending;

    int64_t total;         /* live records of the register */
    int64_t stamp;         /* of the file when `all` was read */
    struct id_list all;    /* of the query */
    struct filter *search; /* of these, what is searched for; NULL: nothing yet */
    struct editor filter;
    bool typing;   /* keys go to the filter */
    bool filtered; /* what `search` has found is shown */
    bool more;     /* it may find more */
    struct listview list;
    struct draft *drafts;
    size_t draft_count;
    int rows_top; /* where the rows begin in the body */
};

/* Id of a row that is shown, NULL when there is none. */
const char *list_id(const struct list_screen *self, size_t row);

/* Reads everything anew; the selected record stays selected if it is still there. */
void list_load(struct list_screen *self);

/* Puts the rows in place that belong to what is typed. */
void list_apply_filter(struct list_screen *self);

/* Searches to the end for what is typed. */
void list_search_all(struct list_screen *self);

/* Selects the row of a record; false when it is not shown. */
bool list_select(struct list_screen *self, const char *id);

/* Ends with an action without key. */
extern const struct action list_actions[];

void list_draw(struct screen *screen, struct grid *body);

#endif
