/* screens.h - the screens of the desk, by what opens them. Each pushes itself onto the app and
 * returns; what goes wrong is shown as the app's message. */
#ifndef TAIZHANG_TUI_SCREENS_SCREENS_H
#define TAIZHANG_TUI_SCREENS_SCREENS_H

#include "db/check.h"
#include "db/query.h"
#include "tui/app.h"

/* 工作台: today's work and the registers with their counts. */
void workbench_open(struct app *app);

/* The list of a register; `query` (copied; NULL: everything) narrows it. */
void list_open(struct app *app, const struct reg *reg, const struct query *query);

/* The form of a record. `id` NULL: a new one; `parent` is the record that a new child hangs on,
 * else NULL. Fields with a draft show it. */
void form_open(struct app *app, const struct reg *reg, const char *id, const char *parent);

/* What stands in a field of a new record at first, as a person types it. */
struct form_preset {
    const char *field, *text;
};

/* The form of a new record, begun with `presets` (copied). Nobody has typed them, so leaving the
 * form at once leaves nothing behind. */
void form_open_new(struct app *app, const struct reg *reg, const struct form_preset *presets,
                   size_t count);

/* 排查向导: the form of a record step by step, with a summary at the end. `id` NULL: a new one, or
 * one that was begun and never saved: it asks. */
void survey_open(struct app *app, const struct reg *reg, const char *id);

/* Begins a new record in the way that its register declares: a survey or a form. `parent` as above.
 */
void form_begin(struct app *app, const struct reg *reg, const char *parent);

/* 案卷: everything about one object; `id` may be that of a profile of it. */
void case_open(struct app *app, const struct reg *reg, const char *id);

/* 现场检查 of the object that a record is or that it is a profile of: goes on with one that has no
 * conclusion, or begins a new one. A record of `inspection` is gone on with. */
void inspect_open(struct app *app, const struct reg *reg, const char *id);
bool inspect_is_possible(const struct reg *reg);

/* The same, asked what first. */
void inspect_choose(struct app *app);

/* 法定任务: what one obligation demands, when it is due next and why. */
void obligation_open(struct app *app, const char *id);

/* What Enter shows of a record that has no case file: an obligation's sheet, else the form. */
void record_open_screen(struct app *app, const struct reg *reg, const char *id);

/* 全部清单: every register with its count, by theme. */
void menu_open(struct app *app);

/* 日历: what falls due in the months of a year. */
void year_open(struct app *app);

/* The form with the cursor on a field (NULL: where it begins). */
void form_open_at(struct app *app, const struct reg *reg, const char *id,
                  const struct field *field);

/* 核验结果: what the rules found; `filter` (copied; NULL: everything) narrows it. */
void findings_open(struct app *app, const struct check_filter *filter);

/* All changes of a record. */
void history_open(struct app *app, const struct reg *reg, const char *id);

/* 搜索: finds a record of any register while one types. */
void search_open_screen(struct app *app);

/* Asks for a file and shows what its import would do; nothing is written before F2. */
void import_open_screen(struct app *app, const struct reg *reg);

/* Asks what to export and where, with the report `name` chosen (NULL: the annual one); of a
 * register only the records of `only` (copied), NULL: all. */
void export_open(struct app *app, const char *name, const struct id_list *only);

/* Their names and keys, for the manual. */
const struct screen_class *workbench_class(void);
const struct screen_class *obligation_class(void);
const struct screen_class *menu_class(void);
const struct screen_class *year_class(void);
const struct screen_class *list_class(void);
const struct screen_class *case_class(void);
const struct screen_class *form_fields_class(void);
const struct screen_class *form_children_class(void);
const struct screen_class *survey_class(void);
const struct screen_class *survey_summary_class(void);
const struct screen_class *findings_class(void);
const struct screen_class *findings_list_class(void);
const struct screen_class *history_class(void);
const struct screen_class *import_class(void);
const struct screen_class *export_class(void);
const struct screen_class *search_class(void);
const struct screen_class *inspect_class(void);
const struct screen_class *inspect_summary_class(void);

/* Asks whether to take up the drafts that a crash has left; opens the chosen one. */
void recovery_ask(struct app *app);

#endif
