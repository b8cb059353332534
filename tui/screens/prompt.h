/* prompt.h - asks for one line of text. */
#ifndef TAIZHANG_TUI_SCREENS_PROMPT_H
#define TAIZHANG_TUI_SCREENS_PROMPT_H

#include "core/error.h"
#include "tui/app.h"

struct prompt {
    const char *title;
    const char *label; /* in front of the line */
    const char *help;  /* what to write; may have several lines; NULL none */
    const char *text;  /* what stands there at first; NULL: nothing */
    void *context;     /* given to the callbacks */

    /* Whether the text will do; the error is shown and the line stays. NULL: anything will. */
    bool (*accepts)(void *context, const char *text, struct error *err);

    /* Adds the texts that could replace what is typed, one a line, the best first: shown below the
     * line, taken by Tab or by the arrow keys and Enter. NULL: none. */
    void (*suggest)(void *context, const char *text, struct buffer *lines);
};

/* True with the text in `answer` (which is replaced) when it was confirmed. */
bool prompt_ask(struct app *app, const struct prompt *prompt, struct buffer *answer);

#endif
