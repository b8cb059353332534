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

/* 办理: where a case stands, what can be done next and what is missing for it. Possible in a
 * register with a life. */
void moves_open(struct app *app, const struct reg *reg, const char *id);
bool moves_are_possible(const struct reg *reg);

/* The same for several cases at once, as far as the law lets one document do it. */
void moves_open_all(struct app *app, const struct reg *reg, const struct id_list *cases);

/* 分级研判 of a legacy site; 分级排序: all of them in the order of treatment (`id` is not looked
 * at). */
void grading_open(struct app *app, const char *id);
void grading_list_open(struct app *app, const char *id);

/* What Enter shows of a record that has no case file: an obligation's sheet, else the form. */
void record_open_screen(struct app *app, const struct reg *reg, const char *id);

/* 全部清单: every register with its count, by theme. */
void menu_open(struct app *app);

/* 铊去向: where the thallium of an enterprise comes from and goes to; `id` NULL: it asks of which.
 */
void trace_open(struct app *app, const char *id);

/* 日历: what falls due in the months of a year. */
void year_open(struct app *app);

/* The form with the cursor on a field (NULL: where it begins). */
void form_open_at(struct app *app, const struct reg *reg, const char *id,
                  const struct field *field);

/* 核验结果: what the rules found; `filter` (copied; NULL: everything) narrows it. */
void findings_open(struct app *app, const struct check_filter *filter);

/* 限值判定: judges while one types; `id` of a sample to begin with, NULL: an empty one. */
void verdict_open(struct app *app, const char *id);

/* 指标账户: all of them (`id` is not looked at); of a reduction project; of a construction project.
 */
void accounts_open(struct app *app, const char *id);
void account_source_open(struct app *app, const char *id);
void account_project_open(struct app *app, const char *id);

/* All changes of a record. */
void history_open(struct app *app, const struct reg *reg, const char *id);

/* 搜索: finds a record of any register while one types. */
void search_open_screen(struct app *app);

/* Asks for a file and shows what its import would do; nothing is written before F2. */
void import_open_screen(struct app *app, const struct reg *reg);

/* Asks what to export and where, with the report `name` chosen (NULL: the annual one); of a
 * register only the records of `only` (copied), NULL: all. */
void export_open(struct app *app, const char *name, const struct id_list *only);

/* The same from a list on which record `id` (NULL none) is selected: reports about one such record
 * are offered too, about that one. */
void export_open_at(struct app *app, const char *name, const struct id_list *only, const char *id);

/* The same with a period ("2025Q3", copied) in place of the proposed year; of a report by period,
 * `only` is the one enterprise that it is about. */
void export_open_period(struct app *app, const char *name, const struct id_list *only,
                        const char *period);

/* 报送: chooses what goes out (`id` is not looked at); a filing beside the one before. */
void filing_open(struct app *app, const char *id);
void filing_compare_open(struct app *app, const char *id);

/* 铊平衡 of an enterprise; `id` NULL: asks of which. */
void balance_open(struct app *app, const char *id);

/* Their names and keys, for the manual. */
const struct screen_class *workbench_class(void);
const struct screen_class *obligation_class(void);
const struct screen_class *menu_class(void);
const struct screen_class *year_class(void);
const struct screen_class *list_class(void);
const struct screen_class *case_class(void);
const struct screen_class *form_fields_class(void);
const struct screen_class *form_children_class(void);
const struct screen_class *form_task_class(void);
const struct screen_class *moves_class(void);
const struct screen_class *moves_result_class(void);
const struct screen_class *grading_class(void);
const struct screen_class *grading_list_class(void);
const struct screen_class *survey_class(void);
const struct screen_class *survey_summary_class(void);
const struct screen_class *findings_class(void);
const struct screen_class *findings_list_class(void);
const struct screen_class *history_class(void);
const struct screen_class *import_class(void);
const struct screen_class *export_class(void);
const struct screen_class *filing_class(void);
const struct screen_class *filing_compare_class(void);
const struct screen_class *search_class(void);
const struct screen_class *trace_class(void);
const struct screen_class *accounts_class(void);
const struct screen_class *account_source_class(void);
const struct screen_class *account_project_class(void);
const struct screen_class *verdict_class(void);
const struct screen_class *inspect_class(void);
const struct screen_class *inspect_summary_class(void);
const struct screen_class *balance_class(void);

/* Asks whether to take up the drafts that a crash has left; opens the chosen one. */
void recovery_ask(struct app *app);

#endif
