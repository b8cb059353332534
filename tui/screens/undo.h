/* undo.h - takes back the last change, after a question that says what it was. */
#ifndef TAIZHANG_TUI_SCREENS_UNDO_H
#define TAIZHANG_TUI_SCREENS_UNDO_H

#include "tui/app.h"

/* Whether something was taken back. The answer is shown as the app's message. */
bool undo_ask(struct app *app);

#endif
