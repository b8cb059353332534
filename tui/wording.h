/* wording.h - times as a person says them. */
#ifndef TAIZHANG_TUI_WORDING_H
#define TAIZHANG_TUI_WORDING_H

#include "core/buffer.h"
#include "core/date.h"

#include <stdint.h>

/* Appends a span of days: "12 天", "7 个月", "2 年 3 个月". */
void wording_span(int days, struct buffer *out);

/* Appends when something happened, `at` as "2026-06-15T10:42:07": "今天 10:42", "昨天 17:42",
 * "2026-06-01 17:42". */
void wording_time(const char *at, struct date today, struct buffer *out);

/* Appends how long something took: "35 毫秒", "1.2 秒". */
void wording_duration(uint64_t milliseconds, struct buffer *out);

#endif
