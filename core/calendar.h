/* calendar.h - working days and deadlines by the yearly holiday notices of the State Council.
 *
 * The day of the event does not count; a period in working days skips rest days; the last day of a
 * period in calendar days, when it is a rest day, moves to the next working day (Civil Code,
 * periods; Administrative Licensing Law, article 82). A filing date given by a superior moves back
 * instead. Make-up days cannot be computed: in a year without a table the result is an estimate by
 * Monday to Friday, and says so. */
#ifndef TAIZHANG_CORE_CALENDAR_H
#define TAIZHANG_CORE_CALENDAR_H

#include "core/date.h"

#include <stdbool.h>
#include <stddef.h>

/* A day that differs from the ordinary week. */
struct calendar_day {
    int day;   /* days since 1970-01-01, as date_to_days */
    bool work; /* a make-up day 班; else a rest day 休 */
};

struct calendar {
    const struct calendar_day *days; /* ascending by day; borrowed */
    size_t count;
};

enum calendar_roll { ROLL_NONE, ROLL_FORWARD, ROLL_BACK }; /* 不变 顺延 提前 */

struct deadline {
    struct date due; /* may lie behind the last year that date_is_valid accepts */
    bool complete;   /* every year in which days were counted or judged has its table */
};

/* What to say about a deadline that is not complete. */
#define CALENDAR_ESTIMATE "日历未装载，暂按周一至周五估算"

/* Whether the notice of that year is in the table: 1 January and 1 October, rest days every year,
 * are both listed. (A last day of December may stand in the notice of the next year.) */
bool calendar_has_year(const struct calendar *calendar, int year);

bool calendar_is_workday(const struct calendar *calendar, struct date date);

/* `date` itself when it is a working day, else the nearest one in that direction. */
struct deadline calendar_move(const struct calendar *calendar, struct date date,
                              enum calendar_roll roll);

enum { CALENDAR_MOST_DAYS = 3660 };

/* `count` (0..CALENDAR_MOST_DAYS) calendar or working days after `from`. The end of a period in
 * working days is a working day; one of 0 days ends on `from` itself. */
struct deadline calendar_add_days(const struct calendar *calendar, struct date from, int count,
                                  enum calendar_roll roll);
struct deadline calendar_add_workdays(const struct calendar *calendar, struct date from, int count);

/* Working days from `from` (not counted) to `to` (counted); negative when `to` lies before. */
int calendar_count_workdays(const struct calendar *calendar, struct date from, struct date to);

#endif
