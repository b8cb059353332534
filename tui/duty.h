/* duty.h - what falls due, in words. */
#ifndef TAIZHANG_TUI_DUTY_H
#define TAIZHANG_TUI_DUTY_H

#include "core/duty.h"

/* Appends "逾期 12 天" for a record that has the duty; nothing when the duty has no day. */
void duty_tell(const struct duty *duty, const struct record *record, struct date today,
               struct buffer *out);

/* What stands in front of a record: "?" or "!", of a missed one "!!" and "!!!" by its level. */
const char *duty_marks(const struct duty *duty, const struct record *record,
                       const struct check_context *context);

#endif
