/* term_memory.h - a terminal for tests: it reads what was fed and remembers what it was shown. */
#ifndef TAIZHANG_TUI_TERM_MEMORY_H
#define TAIZHANG_TUI_TERM_MEMORY_H

#include "tui/term.h"

/* When everything fed is read, EVENT_END follows (EVENT_TICK where the reader does not wait). */
struct terminal *term_memory_open(int rows, int columns);

/* Queues the keys of a script (key.h). */
bool term_memory_type(struct terminal *terminal, const char *script, struct error *err);

/* Queues any event; a paste is copied. EVENT_RESIZE takes the new size from row and column. */
void term_memory_feed(struct terminal *terminal, const struct event *event);

bool term_memory_is_waiting(const struct terminal *terminal); /* whether all was read */

/* What was shown last. */
const struct grid *term_memory_grid(const struct terminal *terminal);

/* Whether any screen since the opening, or the last call of term_memory_forget, held `text`. */
bool term_memory_saw(const struct terminal *terminal, const char *text);
void term_memory_forget(struct terminal *terminal);

#endif
