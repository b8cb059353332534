/* picker.h - chooses among many: choices, regions, references. The list narrows as one types. */
#ifndef TAIZHANG_TUI_SCREENS_PICKER_H
#define TAIZHANG_TUI_SCREENS_PICKER_H

#include "tui/app.h"

struct picker {
    const char *title;
    size_t count;
    void *context; /* given to the callbacks */

    /* What row `index` is called, and what tells it from others of that name (may stay empty). */
    void (*describe)(void *context, size_t index, struct buffer *name, struct buffer *detail);

    /* Whether a row belongs to what was typed (not empty). NULL: its name or detail contains it,
     * compared by text_fold, or sounds like it. */
    bool (*matches)(void *context, size_t index, const char *filter);

    /* Makes what is not there yet, called `typed`; true when there is one now: it is chosen, as row
     * `count`. NULL: rows cannot be made. */
    bool (*create)(void *context, const char *typed);

    size_t current;     /* the row that is selected at first */
    const char *filter; /* what was typed already; NULL: nothing */
    bool *marks;        /* several can be chosen: `count` marks, changed on success; or NULL */
};

/* Runs the picker. True with `*index` (may be NULL when there are marks) when something was
 * chosen. */
bool picker_choose(struct app *app, const struct picker *picker, size_t *index);

#endif
