/* form_stage.h - a store, an app and a terminal in memory, for tests of the form. */
#ifndef TAIZHANG_TESTS_TUI_FORM_STAGE_H
#define TAIZHANG_TESTS_TUI_FORM_STAGE_H

#include "db/store.h"
#include "tui/app.h"
#include "tui/desk.h"

struct stage {
    char folder[64];
    struct buffer path;
    struct store *store;
    struct terminal *terminal;
    struct app app;
    struct desk desk;
};

/* A fresh file of 清城区 and a desk on it. The time is 2026-06-15T10:42:07. */
void stage_begin(struct stage *stage, int rows, int columns);
void stage_end(struct stage *stage);

/* Another desk on the same file, as after a start. */
void stage_restart(struct stage *stage, enum store_mode mode);

/* Feeds a script and handles all of it; the last screen is drawn. */
void stage_play(struct stage *stage, const char *script);
void stage_resize(struct stage *stage, int rows, int columns);

/* What is shown now. */
void stage_expect(const struct stage *stage, const char *text);
void stage_expect_not(const struct stage *stage, const char *text);
void stage_expect_screen(const struct stage *stage, const char *screen);
void stage_expect_cursor(const struct stage *stage, int row, int column);

/* Opens the form and draws it. */
void stage_open(struct stage *stage, const char *reg, const char *id, const char *parent);

/* Stores a record; `fields` are pairs of name and text that end with NULL. Its id goes to `id`. */
void stage_add(struct stage *stage, const char *reg, const char *const *fields,
               char id[RECORD_ID_SIZE]);

/* Stores a problem in `state` of the main line with all that the gate demands for it; `fields` as
 * above, and they win. It was found on 2026-04-01, and has until 2026-07-15. */
void stage_add_problem(struct stage *stage, const char *state, const char *const *fields,
                       char id[RECORD_ID_SIZE]);

/* Compares what is stored, as a person reads it, with `expected`. */
void stage_expect_value(struct stage *stage, const char *reg, const char *id, const char *field,
                        const char *expected);

/* The id of the only record of a register; "" when there is none. */
void stage_only_id(struct stage *stage, const char *reg, char id[RECORD_ID_SIZE]);

/* All drafts of a register: a line "field=text" for each kept field, by field name. */
void stage_expect_drafts(struct stage *stage, const char *reg, const char *expected);

/* The id of the only draft. */
void stage_draft_id(struct stage *stage, char id[RECORD_ID_SIZE]);

#endif
