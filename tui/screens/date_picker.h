/* date_picker.h - chooses a day on a month's calendar. */
#ifndef TAIZHANG_TUI_SCREENS_DATE_PICKER_H
#define TAIZHANG_TUI_SCREENS_DATE_PICKER_H

#include "core/date.h"
#include "tui/app.h"

/* Begins at `*date`, or at `today` when that is no date. True when a day was chosen. */
bool date_picker_choose(struct app *app, const char *title, struct date today, struct date *date);

#endif
