/* screens.h - the screens of the desk, by what opens them. Each pushes itself onto the app and
 * returns; what goes wrong is shown as the app's message. */
#ifndef TAIZHANG_TUI_SCREENS_SCREENS_H
#define TAIZHANG_TUI_SCREENS_SCREENS_H

#include "db/query.h"
#include "tui/app.h"

/* 工作台: today's work and the registers with their counts. */
void workbench_open(struct app *app);

/* The list of a register; `query` (copied; NULL: everything) narrows it. */
void list_open(struct app *app, const struct reg *reg, const struct query *query);

/* The form of a record. `id` NULL: a new one; `parent` is the record that a new child hangs on,
 * else NULL. Fields with a draft show it. */
void form_open(struct app *app, const struct reg *reg, const char *id, const char *parent);

/* All changes of a record. */
void history_open(struct app *app, const struct reg *reg, const char *id);

/* Asks for a file and shows what its import would do; nothing is written before F2. */
void import_open_screen(struct app *app, const struct reg *reg);

/* Asks what to export and where, with the report `name` chosen (NULL: the annual one); of a register
 * only the records of `only` (copied), NULL: all. */
void export_open(struct app *app, const char *name, const struct id_list *only);

/* Their names and keys, for the manual. */
const struct screen_class *workbench_class(void);
const struct screen_class *list_class(void);
const struct screen_class *form_fields_class(void);
const struct screen_class *form_children_class(void);
const struct screen_class *history_class(void);
const struct screen_class *import_class(void);
const struct screen_class *export_class(void);

/* Asks whether to take up the drafts that a crash has left; opens the chosen one. */
void recovery_ask(struct app *app);

#endif
