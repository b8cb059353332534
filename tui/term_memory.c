#include "tui/term_memory.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

struct queued {
    struct event event;
    char *paste;
};

struct memory_terminal {
    struct terminal base;
    struct queued *queue;
    size_t count, capacity, next;
    struct grid shown;
    struct buffer seen; /* every screen shown, as text */
};

static void memory_read(struct terminal *terminal, int timeout_ms, struct event *event)
{
    struct memory_terminal *memory = (struct memory_terminal *)terminal;
    if (memory->next == memory->count) {
        event->kind = timeout_ms == 0 ? EVENT_TICK : EVENT_END;
        return;
    }
    struct queued *queued = &memory->queue[memory->next++];
    *event = queued->event;
    event->paste = queued->paste;
    if (event->kind == EVENT_RESIZE) {
        terminal->rows = event->row;
        terminal->columns = event->column;
    }
}

static void memory_show(struct terminal *terminal, const struct grid *grid)
{
    struct memory_terminal *memory = (struct memory_terminal *)terminal;
    grid_copy(&memory->shown, grid);
    grid_to_text(grid, &memory->seen);
}

static void memory_repaint(struct terminal *terminal)
{
    grid_clear(&((struct memory_terminal *)terminal)->shown);
}

static void memory_use_mouse(struct terminal *terminal, bool on)
{
    (void)terminal;
    (void)on;
}

static void memory_close(struct terminal *terminal)
{
    struct memory_terminal *memory = (struct memory_terminal *)terminal;
    for (size_t i = 0; i < memory->count; i++)
        free(memory->queue[i].paste);
    free(memory->queue);
    grid_release(&memory->shown);
    buffer_release(&memory->seen);
    free(memory);
}

struct terminal *term_memory_open(int rows, int columns)
{
    static const struct terminal_class class = {
        .read = memory_read,
        .show = memory_show,
        .repaint = memory_repaint,
        .use_mouse = memory_use_mouse,
        .close = memory_close,
    };
    struct memory_terminal *memory = mem_new(1, sizeof *memory);
    memory->base = (struct terminal){.class = &class, .rows = rows, .columns = columns};
    grid_init(&memory->shown, rows, columns);
    return &memory->base;
}

void term_memory_feed(struct terminal *terminal, const struct event *event)
{
    struct memory_terminal *memory = (struct memory_terminal *)terminal;
    memory->queue =
        mem_grow(memory->queue, memory->count, &memory->capacity, sizeof *memory->queue);
    memory->queue[memory->count++] = (struct queued){*event, mem_text(event->paste)};
}

bool term_memory_type(struct terminal *terminal, const char *script, struct error *err)
{
    for (int key;;) {
        if (!key_parse(&script, &key, err))
            return false;
        if (key == K_NONE)
            return true;
        term_memory_feed(terminal, &(struct event){.kind = EVENT_KEY, .key = key});
    }
}

bool term_memory_is_waiting(const struct terminal *terminal)
{
    const struct memory_terminal *memory = (const struct memory_terminal *)terminal;
    return memory->next == memory->count;
}

const struct grid *term_memory_grid(const struct terminal *terminal)
{
    return &((const struct memory_terminal *)terminal)->shown;
}

bool term_memory_saw(const struct terminal *terminal, const char *text)
{
    const struct memory_terminal *memory = (const struct memory_terminal *)terminal;
    return strstr(buffer_text(&memory->seen), text) != NULL;
}

void term_memory_forget(struct terminal *terminal)
{
    buffer_clear(&((struct memory_terminal *)terminal)->seen);
}
