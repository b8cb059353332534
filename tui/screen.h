/* screen.h - what a screen is: a short file that draws its state and declares its actions.
 *
 * A screen's own struct begins with `struct screen base`; its opening function fills that and hands
 * it to app_push. Everything is reached from there: the app, and through it the desk.
 */
#ifndef TAIZHANG_TUI_SCREEN_H
#define TAIZHANG_TUI_SCREEN_H

#include "core/buffer.h"
#include "tui/action.h"
#include "tui/grid.h"
#include "tui/term.h"

struct app;
struct screen;

struct screen_class {
    const char *name;  /* Chinese, for the help page */
    const char *about; /* what the screen is for: the help page begins with it; or NULL */
    const struct action *actions; /* ends with an action without key */

    /* The top line: where one is, and on the right what belongs to it. Right may stay empty: then
     * the app says whose desk it is. */
    void (*title)(const struct screen *screen, struct buffer *left, struct buffer *right);

    /* Draws everything into `body`, which is blank. May set the cursor. No other effect than
     * remembering the geometry (a list's page). */
    void (*draw)(struct screen *screen, struct grid *body);

    /* An event that no action took: a letter typed, an editing key, a paste, a mouse press
     * (row and column of the body). Returns whether it was used. NULL: none ever is. */
    bool (*input)(struct screen *screen, const struct event *event);

    /* Whether characters are being typed: then no letter, digit or blank is an action.
     * NULL: never. */
    bool (*is_typing)(const struct screen *screen);

    /* Called when the screen comes to the top again: what lay above may have changed the data.
     * NULL: nothing to do. */
    void (*resume)(struct screen *screen);

    /* Whether Esc may leave; the place to ask about what is not saved. NULL: it may. */
    bool (*may_leave)(struct screen *screen);

    void (*close)(struct screen *screen); /* frees the screen */
};

struct screen {
    const struct screen_class *class;
    struct app *app; /* set by app_push */
};

#endif
