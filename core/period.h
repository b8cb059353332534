/* period.h - a reporting period: a year, half-year, quarter or month of it. */
#ifndef TAIZHANG_CORE_PERIOD_H
#define TAIZHANG_CORE_PERIOD_H

#include <stdbool.h>
#include <stddef.h>

enum { PERIOD_TEXT_SIZE = 16 };

struct period {
    int year;  /* 1949..2199; 0 means "no period" */
    int first; /* its first month, 0..11 */
    int months;
};

/* Accepts 2025, 2025H1, 2025Q3, 2025-03, and the same in Chinese (2025年第3季度, 2025年三季度). */
bool period_parse(const char *text, struct period *period);

/* "2025", "2025H1", "2025Q3", "2025-03" */
void period_format(struct period period, char out[PERIOD_TEXT_SIZE]);

/* By beginning; of two that begin together the longer one first. */
int period_compare(struct period a, struct period b);

/* Whether `part` lies within `whole`, which may be the same. */
bool period_contains(struct period whole, struct period part);

/* Whether one lies within the other: periods of a calendar overlap in no other way. */
bool period_overlaps(struct period a, struct period b);

/* Every period that lies within `whole`, itself first; how many they are. */
enum { PERIOD_MOST_PARTS = 19 };
size_t period_parts(struct period whole, struct period parts[PERIOD_MOST_PARTS]);

/* The longer periods that contain `part`, the longest first; how many they are. */
enum { PERIOD_MOST_WHOLES = 3 };
size_t period_wholes(struct period part, struct period wholes[PERIOD_MOST_WHOLES]);

/* The period of the same length that comes `steps` after it, or before when negative. */
struct period period_move(struct period period, int steps);

/* The period of `months` (12, 6, 3 or 1) in which month `month` (0..11) lies. */
struct period period_of_month(int year, int month, int months);

#endif
