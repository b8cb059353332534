/* cell_date.h - days and periods as people write them, and as spreadsheets count them. */
#ifndef TAIZHANG_IMPORTS_CELL_DATE_H
#define TAIZHANG_IMPORTS_CELL_DATE_H

#include "core/date.h"
#include "core/period.h"

enum cell_span_fault {
    SPAN_FINE,
    SPAN_NONE,      /* it is no date, or none that the type would not read as well */
    SPAN_RANGE,     /* from one day to another */
    SPAN_NO_YEAR,   /* 3月5日 */
    SPAN_AMBIGUOUS, /* 3/5/2025 */
};

/* Which end of a longer time is meant. */
enum cell_span_end { SPAN_UNSAID, SPAN_BEGIN, SPAN_END };

/* A day, or a longer time of the calendar. */
struct cell_span {
    struct date first, last;
    struct period period; /* when it is one: a month, quarter, half-year or year */
    enum cell_span_end end;
    bool is_guess; /* a year of two digits, an order of day and month that had to be worked out */
    bool is_serial, has_time;
};

/* Reads clean text. `first_1904`: serials of days count from 1904. */
enum cell_span_fault cell_span_read(const char *text, bool first_1904, struct cell_span *span);

#endif
