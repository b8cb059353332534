/* terminal.h - the program in a pseudo terminal that a test can see and type into.
 *
 * No function sleeps: the program says how many keys it has consumed (TAIZHANG_TEST_MARKER, see
 * tui/term.h), and every look at the screen waits until that is all that was sent. What takes
 * longer than TERMINAL_SECONDS fails the test, with the screen in its message. */
#ifndef TAIZHANG_TESTS_E2E_TERMINAL_H
#define TAIZHANG_TESTS_E2E_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { TERMINAL_SECONDS = 10 };

struct terminal_window;

/* Starts the program named by $BUILD with `arguments` (ending with NULL, without the program's own
 * name) and waits for its first screen. Its environment is pinned: no locale, TERM=xterm-256color,
 * a fixed day, TAIZHANG_DB=`database`. */
struct terminal_window *window_open(const char *database, int rows, int columns,
                                    const char *const *arguments);

/* Ends the program with SIGKILL if it still runs, and releases everything. */
void window_close(struct terminal_window **window);

/* Types a script as in tui/key.h, "<Down><F2>清远<Enter>"; special keys go out as the terminal's
 * own sequences. Does not wait. */
void window_type(struct terminal_window *window, const char *script);

/* Pastes text in brackets, as a terminal does. */
void window_paste(struct terminal_window *window, const char *text);

/* Changes the size; the program is told by SIGWINCH. Does not wait. */
void window_resize(struct terminal_window *window, int rows, int columns);

/* Waits until everything typed has been answered. */
void window_settle(struct terminal_window *window);

/* The screen, row by row, each ending with a line feed, without trailing blanks. Valid until the
 * next call. */
const char *window_text(struct terminal_window *window);

/* One row, in the same way. */
const char *window_row(struct terminal_window *window, int row);

/* Whether the settled screen shows the text within one row. */
bool window_shows(struct terminal_window *window, const char *text);

/* The row in which the text stands; fails the test when there is none. */
int window_find(struct terminal_window *window, const char *text);

/* Waits until the screen shows the text, also when that comes later than the answer to a key. */
void window_wait_for(struct terminal_window *window, const char *text);

/* Where the hardware cursor stands, and whether it is visible. */
void window_cursor(struct terminal_window *window, int *row, int *column, bool *visible);

/* Whether the character at that place is bold or reversed. */
bool window_is_bold(struct terminal_window *window, int row, int column);
bool window_is_reversed(struct terminal_window *window, int row, int column);

void window_kill(struct terminal_window *window, int signal);

/* Waits for the end of the program; returns its exit status, or 128 + the signal that ended it. */
int window_wait(struct terminal_window *window);

/* Whether the terminal is as the program has found it: its own screen, the cursor visible. */
bool window_is_restored(const struct terminal_window *window);

pid_t window_process(const struct terminal_window *window);

#endif
