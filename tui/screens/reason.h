/* reason.h - asks why a figure is changed that was filed. */
#ifndef TAIZHANG_TUI_SCREENS_REASON_H
#define TAIZHANG_TUI_SCREENS_REASON_H

#include "core/error.h"
#include "tui/app.h"

/* After a change that was refused: when a reason is all that it wants (`refusal->wants_reason`),
 * asks for one, and proposes the one that was typed last. True with the reason in `why`; false when
 * nothing is to be asked or it was not given. */
bool reason_ask(struct app *app, const struct error *refusal, struct buffer *why);

#endif
