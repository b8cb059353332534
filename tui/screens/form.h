/* form.h - what the files of the form share; screens.h opens a form. Only verdict.h includes it as
 * well: what is typed there has the same editors and lists.
 *
 * form.c is the screen and its keys; form_move.c goes about in it; form_values.c carries texts into
 * the record and back; form_fields.c lays out and draws; form_pick.c chooses instead of typing;
 * form_draft.c keeps what is not saved; form_children.c lists the records that hang on this one;
 * form_open.c opens it; survey.c makes it a survey: the same form, a section at a time, with what
 * each asks for and a summary behind the last; form_task.c makes it ask only for some fields, on
 * one page, and do something with them. */
#ifndef TAIZHANG_TUI_SCREENS_FORM_H
#define TAIZHANG_TUI_SCREENS_FORM_H

#include "core/record.h"
#include "db/accept.h"
#include "db/query.h"
#include "tui/app.h"
#include "tui/editor.h"
#include "tui/listview.h"
#include "tui/screens/form_task.h"

enum { FORM_TIME_SIZE = 20 };

/* One field on the form. The editor's text is either `accepted` or was not taken by the record yet.
 */
struct form_field {
    struct editor editor;
    char *accepted; /* the record's value as a person reads it; owned */
    char *kept;     /* the editor's text when it was last kept as a draft; NULL: not kept; owned */
    bool is_preset; /* given to a new record when it was opened */
    char *refusal;  /* why the record did not take the text; NULL: it did; owned */
};

/* The rows of one child register. */
struct form_children {
    struct id_list ids;
    struct listview list;
    size_t drafts; /* the first ids are of children that were never saved */
};

struct form {
    struct screen base;
    const struct reg *reg;
    struct record record; /* as typed so far */
    struct record stored; /* as it is in the file; version 0 when it is not */
    struct record
        previous; /* saved last in this register: ^D takes from it; no reg when there is none */
    struct form_field *fields; /* by field index */
    struct findings findings;
    struct acceptances accepted;    /* of these, as the file has them */
    struct form_children *children; /* by number of the child register */
    size_t child_count;
    struct survey *survey; /* how far it got; NULL: it is no survey */
    struct form_task task; /* without title: it is the form of the whole record */
    bool *asked;           /* by field index, with a task; owned */
    size_t tab;            /* a section, behind them the child registers, then a survey's summary */
    size_t at;             /* the field of the cursor */
    size_t first;          /* the first field shown */
    size_t page;           /* fields shown by the last drawing */
    size_t behind;         /* the field behind the last of them */
    const char *lock;      /* why nothing can be changed; NULL: it can */
    char kept_at[FORM_TIME_SIZE]; /* "" when there is no draft */
    const char *place;            /* kept with it; NULL: none yet */
    char saved_at[FORM_TIME_SIZE];
    bool is_settled; /* saved, or given up: nothing is left to keep */
};

/* ---- form.c ---- */

/* The time of day of "2026-06-15T10:42:07". */
const char *form_clock(const char *at);

/* What the fields' screen and the children's have in common. */
void form_title(const struct screen *screen, struct buffer *left, struct buffer *right);
void form_show_history(struct screen *screen, int key);
void form_press_save(struct screen *screen, int key);
void form_begin_next(struct screen *screen, int key); /* saves, and begins another record */
bool form_may_leave(struct screen *screen);
void form_resume(struct screen *screen);
void form_close(struct screen *screen);

/* The keys of a field, shared by the form and the survey: whether they can be pressed, and what
 * they do. */
bool form_is_open(const struct screen *screen);
bool form_is_one_line(const struct screen *screen);
bool form_can_edit_here(const struct screen *screen);
bool form_can_choose_here(const struct screen *screen);
bool form_can_take(const struct screen *screen);
bool form_is_typing(const struct screen *screen);
bool form_input(struct screen *screen, const struct event *event);
void form_press_choose(struct screen *screen, int key);
void form_take_previous(struct screen *screen, int key);
void form_undo(struct screen *screen, int key);
void form_explain(struct screen *screen, int key);

/* ---- form_move.c ---- */

bool form_is_on_fields(const struct screen *screen);

/* Pages: sections, child registers, the summary. A section applies unless all of it is hidden. */
size_t form_page_count(const struct form *form);
bool form_page_applies(const struct form *form, size_t page);

/* Whether the field is there to be seen: it concerns the record, or something is wrong with it. */
bool form_shows(const struct form *form, size_t field);

/* Fields first to before end stand on a page of fields. */
size_t form_page_first(const struct form *form, size_t page);
size_t form_page_end(const struct form *form, size_t page);

/* Turns to a page: a section at its first field. */
void form_turn_to(struct form *form, size_t page);

/* Puts the cursor on a field, turning to its section; on the first field of a section. */
void form_go_to(struct form *form, size_t field);
void form_go_to_section(struct form *form, size_t section);

/* To the next or the previous field; over the end of a section into its neighbour. */
bool form_step(struct form *form, bool down);

/* Actions: each leaves the field first. */
void form_move(struct screen *screen, int key);
void form_move_page(struct screen *screen, int key);
void form_turn(struct screen *screen, int key);
void form_go_to_missing(struct screen *screen, int key);

/* ---- form_values.c ---- */

/* Takes over `record` (its values are copied) as the stored state, and shows it. */
void form_load(struct form *form, const struct record *record);

/* A text becomes the value of a field, through the gate. Refused: the text stays in the editor,
 * with the reason. */
bool form_accept(struct form *form, size_t field, const char *text);

/* What leaving the current field does: its text is taken and kept as a draft. */
void form_leave_field(struct form *form);

bool form_can_edit(const struct form *form, size_t field);

/* Whether what stands in the field is not what is saved. */
bool form_is_changed(const struct form *form, size_t field);
size_t form_count_changed(const struct form *form);

/* Whether the field has to be filled and is not; whether what stands in it cannot stay. */
bool form_lacks(const struct form *form, size_t field);
bool form_is_wrong(const struct form *form, size_t field);

struct form_count {
    size_t filled, total, missing, wrong;
};

/* Counts fields `first` to before `end` that a person fills. */
struct form_count form_count(const struct form *form, size_t first, size_t end);

/* The worst finding about a field; that a required field is empty is not one, it is counted. */
const struct finding *form_finding(const struct form *form, size_t field);

/* Whether a text was not taken, so that nothing can be saved: it is gone to and told. */
bool form_refuses(struct form *form);

bool form_save(struct form *form);

/* ---- form_fields.c ---- */

/* How a field type is edited. */
struct form_editor {
    int columns;    /* of its box; 0: as wide as the field's column in a list asks */
    int lines;      /* of its box */
    bool is_chosen; /* a letter opens the choice */
    bool is_fixed;  /* nothing can follow a whole value: what is typed behind it begins another */
    /* Chooses a text for the field; `filter` is what was typed already. NULL: there is no choice.
     */
    bool (*choose)(struct form *form, const struct field *field, const char *filter,
                   struct buffer *text);
};

const struct form_editor *form_editor_of(enum field_type type);

void form_draw(struct screen *screen, struct grid *body);
void form_draw_tabs(struct form *form, struct grid *body);

/* ---- form_pick.c ---- */

bool form_can_choose(const struct field *field);
bool form_choose_one(struct form *form, const struct field *field, const char *filter,
                     struct buffer *text);
bool form_choose_many(struct form *form, const struct field *field, const char *filter,
                      struct buffer *text);
bool form_choose_region(struct form *form, const struct field *field, const char *filter,
                        struct buffer *text);
bool form_choose_record(struct form *form, const struct field *field, const char *filter,
                        struct buffer *text);
bool form_choose_name(struct form *form, const struct field *field, const char *filter,
                      struct buffer *text);
bool form_choose_date(struct form *form, const struct field *field, const char *filter,
                      struct buffer *text);
bool form_choose_file(struct form *form, const struct field *field, const char *filter,
                      struct buffer *text);

/* ---- form_draft.c ---- */

/* Keeps the text of a field when it differs from what was kept; gives the draft up when nothing on
 * the form differs from the file any more. */
bool form_keep(struct form *form, size_t field);

/* Puts the texts of a draft into the fields. Returns how many there are. */
size_t form_take_up_draft(struct form *form);

/* Keeps beside the draft on which page of a survey one is. */
void form_keep_place(struct form *form);

bool form_discard_draft(struct form *form);
void form_forget_draft(struct form *form); /* it is gone already */

/* ---- form_children.c ---- */

/* The child register of the tab in front; NULL when a section is. */
const struct reg *form_child(const struct form *form);
void form_load_children(struct form *form);
void form_release_children(struct form *form);

/* ---- form_task.c ---- */

bool form_has_task(const struct form *form);

void form_begin_task(struct form *form, const struct form_task *task);
void form_ask_for_more(struct form *form);
void form_go_to_hindrance(struct form *form);
void form_end_task(struct form *form);

/* ---- survey.c ---- */

struct survey;

/* Makes the form a survey, or a form again. */
void survey_begin(struct form *form);
void survey_end(struct form *form);

/* What a draft keeps of where one is: "" when it is no survey. */
const char *survey_place(const struct form *form);

/* Goes on where a draft was left: in a survey, on that page. False when it was in none. */
bool survey_resume(struct form *form);

/* Works the summary out anew. */
void survey_sum_up(struct form *form);

/* Turns a form into a survey and back. */
bool survey_is_possible(const struct screen *screen);
void survey_switch(struct screen *screen, int key);

#endif
