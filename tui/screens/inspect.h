/* inspect.h - what the files of the inspection share: inspect.c is the list of questions,
 * inspect_open.c finds out what is to be inspected, inspect_summary.c tells what is left to do.
 * screens.h opens them. */
#ifndef TAIZHANG_TUI_SCREENS_INSPECT_H
#define TAIZHANG_TUI_SCREENS_INSPECT_H

#include "db/inspection.h"
#include "tui/app.h"
#include "tui/listview.h"

struct inspect_screen {
    struct screen base;
    struct inspection inspection;
    char *name; /* of the object; owned */
    struct listview list;
    size_t last; /* the item answered last; count: none yet */
};

/* Puts the questions of `inspection` (taken over) on top. */
void inspect_show(struct app *app, struct inspection *inspection);

/* Moves the cursor of the questions to the first without an answer and says so; nothing when
 * `screen` is another one or all are answered. */
void inspect_go_unanswered(struct screen *screen);

/* Opens a form for a sample taken at the inspection, which is stored. */
void inspect_add_sample(struct app *app, const struct record *inspection);

/* Makes item `item` a problem, or finds the one that it is, and opens its form. */
void inspect_open_problem(struct app *app, struct inspection *inspection, size_t item);

/* Appends the name of the object, "" when it has none. */
void inspect_write_name(struct store *store, const struct record *inspection, struct buffer *out);

/* How an answer stands in a row; `answer` may be -1. */
struct inspect_look {
    const char *mark;
    unsigned style;
};
struct inspect_look inspect_look(int answer);

/* What is left to do of a stored inspection. */
void inspect_summary_open(struct app *app, const char *id);

#endif
