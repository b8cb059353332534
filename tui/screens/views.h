/* views.h - screens that work something out of the records (铊平衡, 指标账户 …), as a table: the
 * menu shows those about the whole desk, key v those about the record that the cursor is on. */
#ifndef TAIZHANG_TUI_SCREENS_VIEWS_H
#define TAIZHANG_TUI_SCREENS_VIEWS_H

#include "core/reg.h"
#include "tui/app.h"

struct view {
    const char *label;  /* "铊平衡" */
    const char *help;   /* one sentence */
    enum reg_menu menu; /* where it stands in the menu; MENU_NONE: only records lead to it */
    const char *reg;    /* the register whose records it can be about; NULL: only the whole desk */
    /* Pushes the screen; `id` is NULL when it was opened from the menu. */
    void (*open)(struct app *app, const char *id);
};

/* The n-th view, NULL behind the last. */
const struct view *view_at(size_t n);

/* Whether there is a view about records of `reg` or about what they are profiles of. */
bool view_is_possible(const struct reg *reg);

/* Opens the view about record `id` of `reg`; of several it asks which. */
void view_choose(struct app *app, const struct reg *reg, const char *id);

#endif
