#include "tui/term.h"

#include <stddef.h>

void term_read(struct terminal *terminal, int timeout_ms, struct event *event)
{
    *event = (struct event){.kind = EVENT_TICK};
    terminal->class->read(terminal, timeout_ms, event);
}

void term_show(struct terminal *terminal, const struct grid *grid)
{
    terminal->class->show(terminal, grid);
}

void term_repaint(struct terminal *terminal)
{
    terminal->class->repaint(terminal);
}

void term_use_mouse(struct terminal *terminal, bool on)
{
    terminal->class->use_mouse(terminal, on);
}

void term_close(struct terminal **terminal)
{
    if (*terminal)
        (*terminal)->class->close(*terminal);
    *terminal = NULL;
}
