/* form_task.h - a form that asks for some fields of a record and does something with them. */
#ifndef TAIZHANG_TUI_SCREENS_FORM_TASK_H
#define TAIZHANG_TUI_SCREENS_FORM_TASK_H

#include "core/record.h"
#include "tui/screens/screens.h"

struct form_task {
    const char *title;       /* "现场核查"; static, required */
    char *headline;          /* what it does, above the fields; owned */
    char *subject;           /* about what; NULL: the record's name; owned */
    const char *const *asks; /* names of the fields that it asks for, `ask_most` at most, ends with
                                NULL when there are fewer; static */
    size_t ask_most;
    void *context; /* of the callbacks; released by `close` */

    /* Adds what stands in the way of it as the record is filled now. It is shown beside the fields
     * that it is about; those are asked for as well. */
    void (*check)(void *context, const struct record *record, struct findings *findings);

    /* F2: does it. True when it is done and the form is to be closed; else it has said why not. */
    bool (*run)(void *context, struct app *app, const struct record *record);

    /* Tells how it went, when the form is closed; may open what comes next. */
    void (*finish)(void *context, struct app *app);

    void (*close)(void *context);
};

/* Opens the form of record `id`, with a draft kept while it is not done; NULL: of a record that is
 * never stored. `presets` as for a new record. What the task owns belongs to the form. */
void form_open_task(struct app *app, const struct reg *reg, const char *id,
                    const struct form_task *task, const struct form_preset *presets, size_t count);

#endif
