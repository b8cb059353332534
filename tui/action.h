/* action.h - what can be pressed on a screen, as a table.
 *
 * Dispatch, the footer and the help page all come from it. The most important action stands first:
 * a narrow footer drops the last ones.
 */
#ifndef TAIZHANG_TUI_ACTION_H
#define TAIZHANG_TUI_ACTION_H

#include "core/error.h"
#include "tui/grid.h"
#include "tui/key.h"

struct screen;

struct action {
    int key;  /* K_NONE ends a table */
    int last; /* when above `key`: the action has all keys from `key` to `last` (1-5, ↑↓) */
    const char *name; /* for the footer, a few characters; NULL: only in the help */
    const char *help; /* one sentence, with its full stop */

    /* Whether it can be done now; it is neither shown nor run when not. NULL: always. */
    bool (*is_available)(const struct screen *screen);

    void (*run)(struct screen *screen, int key);
};

/* The available action of `key`, or NULL. While `typing`, characters are no actions. */
const struct action *action_find(const struct action *actions, const struct screen *screen,
                                 bool typing, int key);

/* Draws the footer of two tables (the screen's, then those that all screens have) into `row`.
 * The second has its place first; of the screen's, those are left out that do not fit. An action
 * whose key the screen has is left out of the second. */
void action_draw_footer(const struct action *actions, const struct action *common,
                        const struct screen *screen, bool typing, struct grid *grid, int row);

/* Appends the key of an action as people read it, of several the range: "F2", "1-5", "↑↓". */
void action_add_key(const struct action *action, struct buffer *out);

/* Appends one line for each action: key, name, what it does. */
void action_describe(const struct action *actions, struct buffer *out);

/* Whether a table is sound: every action has a sentence and a function, no key is there twice
 * unless the state of the screen decides which of the two is available. */
bool action_check(const struct action *actions, struct error *err);

#endif
