/* term.h - the seam between the screens and a terminal: events come up, grids go down.
 *
 * Two terminals stand behind it: the real one (term_curses.c, the only file that knows curses) and
 * one in memory that is fed by tests (term_memory.h).
 */
#ifndef TAIZHANG_TUI_TERM_H
#define TAIZHANG_TUI_TERM_H

#include "core/error.h"
#include "tui/grid.h"
#include "tui/key.h"

enum event_kind {
    EVENT_KEY,
    EVENT_PASTE, /* a text at once, line breaks as '\n'; not cleaned */
    EVENT_MOUSE,
    EVENT_RESIZE, /* rows and columns of the terminal have changed */
    EVENT_TICK,   /* nothing came within the time allowed */
    EVENT_END,    /* the terminal is gone, or the program was asked to end */
};

enum mouse { MOUSE_PRESS, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct event {
    enum event_kind kind;
    int key;           /* EVENT_KEY: a character or an `enum key` */
    const char *paste; /* EVENT_PASTE: valid until the next event is read */
    enum mouse mouse;
    int row, column; /* EVENT_MOUSE */
};

struct terminal;

struct terminal_class {
    void (*read)(struct terminal *terminal, int timeout_ms, struct event *event);
    void (*show)(struct terminal *terminal, const struct grid *grid);
    void (*repaint)(struct terminal *terminal);
    void (*use_mouse)(struct terminal *terminal, bool on);
    void (*close)(struct terminal *terminal);
};

struct terminal {
    const struct terminal_class *class;
    int rows, columns;
};

/* Waits for the next event, at most `timeout_ms` (0: only look, -1: as long as it takes). */
void term_read(struct terminal *terminal, int timeout_ms, struct event *event);

/* Makes the terminal show `grid`. */
void term_show(struct terminal *terminal, const struct grid *grid);

/* The next term_show sends everything: something else has written on the terminal. */
void term_repaint(struct terminal *terminal);

/* Off at first, so that text can be selected with the mouse as in any terminal. */
void term_use_mouse(struct terminal *terminal, bool on);

/* Gives the terminal back as it was found and sets `*terminal` to NULL. NULL is allowed. */
void term_close(struct terminal **terminal);

/* Opens the terminal on standard input and output. Refused, with what to do about it, when there
 * is none, when it cannot place a cursor, or when it has no Chinese characters.
 *
 * When TAIZHANG_TEST_MARKER is set, `OSC 7777;<events consumed> BEL` goes out just before the
 * program waits for input (keys, pastes and mouse events count), so that a test can wait for the
 * answer to what it sent. */
bool term_curses_open(struct terminal **terminal, struct error *err);

#endif
