/* app.h - the stack of screens, the lines around them, and the loop that feeds them.
 *
 * The app draws the top line (where one is, whose desk it is), the rule below it, the message, and
 * the footer; the screen on top of the stack draws what lies between. A function that asks
 * (app_ask, and the choosing screens in screens/) runs the loop itself and returns with the answer,
 * so that a screen's code reads from top to bottom.
 */
#ifndef TAIZHANG_TUI_APP_H
#define TAIZHANG_TUI_APP_H

#include "core/error.h"
#include "tui/screen.h"

/* A smaller window shows only the wish for a larger one, and no key acts on what cannot be seen. */
enum { APP_ROWS_LEAST = 10, APP_COLUMNS_LEAST = 40 };

/* The mark in front of a message says what it is, also without colour: ! ? ✓ or none. */
enum message { MESSAGE_ERROR, MESSAGE_WARNING, MESSAGE_DONE, MESSAGE_INFORMATION };

struct app {
    struct terminal *terminal; /* borrowed */
    void *desk;              /* what the screens work on (the store); the app never looks inside */
    char *owner;             /* whose desk: the right of the top line; owned */
    struct screen **screens; /* the last is on top */
    size_t count, capacity;
    bool mouse;   /* whether the program has it; off at first */
    bool ended;   /* the terminal is gone: every loop returns */
    bool eager;   /* set by a screen that left work for a quiet moment: the next EVENT_TICK comes as
                     soon as the screen is drawn and nothing is typed; a tick clears it */
    bool goes_on; /* the same for work that nobody has to wait for: every key is answered already */
    bool (*work_on)(struct app *app); /* a piece of such work that belongs to no screen; returns
                                         whether any is left. NULL: there is none */
    struct grid grid;
    int body_top; /* the screen's first row in the grid */
    enum message message_kind;
    struct buffer message; /* stays until the next key */
};

void app_init(struct app *app, struct terminal *terminal, void *desk);
void app_release(struct app *app); /* closes the screens that are left, from the top down */

/* Whose desk it is, e.g. "云南 2022 · 张 · 2026-06-15 周一". */
void app_set_owner(struct app *app, const char *owner);

/* Puts a screen on top; the app owns it from now on. */
void app_push(struct app *app, struct screen *screen);

/* Closes the top screen. */
void app_pop(struct app *app);

/* Esc: closes the top screen if it may be left. */
void app_back(struct app *app);

struct screen *app_top(const struct app *app); /* NULL when no screen is left */

/* Feeds the screens until none is left or the terminal is gone. */
void app_run(struct app *app);

/* Feeds the screens until no more than `depth` of them are left. False when the terminal is gone.
 */
bool app_run_down_to(struct app *app, size_t depth);

/* Puts `screen` on top and feeds it until it is closed. False when the terminal is gone. */
bool app_run_screen(struct app *app, struct screen *screen);

/* Reads one event and handles it; draws before it waits. False when there is nothing left to do. */
bool app_step(struct app *app);

void app_message(struct app *app, enum message kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The sentence of an error, and its basis. */
void app_error(struct app *app, const struct error *err);

/* Asks a question in a box over the screen and returns the answer's index. The first answer is the
 * harmless one: it is under the cursor, and Esc gives it, and so does the loss of the terminal.
 * Answers end with NULL; a digit chooses too. */
int app_ask(struct app *app, const char *question, const char *const *answers);

/* Draws the screens into app->grid without showing them: what a box is drawn over. */
void app_draw(struct app *app);

/* A box of at most `rows` x `columns`, inside, in the middle of the drawn screen. */
struct grid app_box(struct app *app, int rows, int columns);

/* Opens the help on `screen`. */
void app_help(struct app *app, const struct screen *screen);

/* The actions that every screen has: Esc, F1, ^F, ^L. */
const struct action *app_common_actions(void);

#endif
