/* clock.h - the only place that asks what time it is. The environment variable TAIZHANG_NOW
 * ("2026-06-15T10:42:07") sets the answer, for tests and for printing old states. */
#ifndef TAIZHANG_DB_CLOCK_H
#define TAIZHANG_DB_CLOCK_H

#include "core/date.h"

#include <stdint.h>

enum { CLOCK_TEXT_SIZE = 20 };

/* Local time as "2026-06-15T10:42:07". */
void clock_now(char out[CLOCK_TEXT_SIZE]);

struct date clock_today(void);

/* Milliseconds since 1970 (UTC), for identifiers; never influenced by TAIZHANG_NOW. */
uint64_t clock_milliseconds(void);

#endif
