/* obligation.h - when an obligation is due, in words. obligation_open stands in screens.h. */
#ifndef TAIZHANG_TUI_SCREENS_OBLIGATION_H
#define TAIZHANG_TUI_SCREENS_OBLIGATION_H

#include "core/obligation.h"

/* Appends "6-18 前（20 日在假内）", the year in front when it is not this one. */
void obligation_tell_due(const struct occurrence *occurrence, struct date today,
                         struct buffer *out);

/* Appends "还有 3 天", "今天到期", "逾期 12 天". */
void obligation_tell_span(const struct occurrence *occurrence, struct date today,
                          struct buffer *out);

#endif
