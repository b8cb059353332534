/* holidays.h - the rest and make-up days of 2022 to 2026 by the notices of the State Council, for
 * tests without files. Every other year has no table. */
#ifndef TAIZHANG_TESTS_CORE_HOLIDAYS_H
#define TAIZHANG_TESTS_CORE_HOLIDAYS_H

#include "core/calendar.h"

const struct calendar *holidays_calendar(void);

#endif
