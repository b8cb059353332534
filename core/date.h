/* date.h - civil dates of the Gregorian calendar, without a clock. */
#ifndef TAIZHANG_CORE_DATE_H
#define TAIZHANG_CORE_DATE_H

#include "core/error.h"

enum { DATE_TEXT_SIZE = 16 };

struct date {
    int year, month, day; /* 1900..2199, 1..12, 1..31; year 0 means "no date" */
};

bool date_is_valid(struct date date);

/* Accepts 2026-06-15, 2026-6-15, 2026/6/15, 2026.6.15, 20260615, 2026年6月15日 (号). */
bool date_parse(const char *text, struct date *date, struct error *err);

/* "2026-06-15" */
void date_format(struct date date, char out[DATE_TEXT_SIZE]);

/* Days since 1970-01-01, and back. */
int date_to_days(struct date date);
struct date date_from_days(int days);

/* 0 Monday .. 6 Sunday, and its Chinese name "周一". */
int date_weekday(struct date date);
const char *date_weekday_name(struct date date);

int date_compare(struct date a, struct date b);
int date_month_length(int year, int month);

#endif
