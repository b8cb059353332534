/* help.h - what a screen is for and what can be pressed there, from its action tables. */
#ifndef TAIZHANG_TUI_SCREENS_HELP_H
#define TAIZHANG_TUI_SCREENS_HELP_H

#include "tui/screen.h"

/* The help on `about`, for app_push. */
struct screen *help_open(const struct screen *about);

#endif
