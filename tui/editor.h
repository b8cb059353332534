/* editor.h - a text being typed: one line that scrolls sideways, or several that wrap.
 *
 * Positions are bytes at character borders; a character goes with the combining marks behind it.
 * Control characters, invisible characters and invalid UTF-8 never get in. */
#ifndef TAIZHANG_TUI_EDITOR_H
#define TAIZHANG_TUI_EDITOR_H

#include "core/buffer.h"
#include "tui/grid.h"
#include "tui/term.h"

struct editor_state; /* a text to which ^Z returns */

struct editor {
    struct buffer text;
    size_t at;      /* the insertion point */
    size_t most;    /* characters that fit; 0: as many as one likes */
    bool multiline; /* Enter begins a line; else line breaks are swallowed */
    int scroll;     /* first column or line shown; set by editor_draw */
    int columns;    /* width of the last editor_draw: Up and Down follow the wrapped lines */
    struct editor_state *undo;
    size_t undo_count, undo_capacity;
    bool typing; /* the last change was a typed character: the next one joins its undo step */
};

enum editor_answer {
    EDITOR_IGNORED, /* not a key of the editor */
    EDITOR_MOVED,   /* the insertion point may have moved; the text is the same */
    EDITOR_CHANGED,
    EDITOR_FULL, /* not all of it had room; what had is there */
};

void editor_init(struct editor *editor, const char *text, size_t most, bool multiline);
void editor_release(struct editor *editor);

const char *editor_text(const struct editor *editor); /* valid until the next change */

/* Another text; the insertion point goes to its end. ^Z brings the old one back. */
void editor_set_text(struct editor *editor, const char *text);

/* A key or a paste. */
enum editor_answer editor_input(struct editor *editor, const struct event *event);

/* Draws into all of `area`; when `active`, with the hardware cursor at the insertion point. */
void editor_draw(struct editor *editor, struct grid *area, unsigned style, bool active);

#endif
