/* filing_choose.h - which report is to be filed. Private to this folder. */
#ifndef TAIZHANG_TUI_SCREENS_FILING_CHOOSE_H
#define TAIZHANG_TUI_SCREENS_FILING_CHOOSE_H

#include "exports/report.h"
#include "tui/app.h"

/* Asks for a report that can be filed, the one called `current` (may be NULL) at first. False when
 * none was chosen; else `report` is another one than before and must be released. */
bool filing_choose_report(struct app *app, const char *current, struct report *report);

#endif
