/* count.h - how many objects were looked at, how many problems were found, mended and closed, as of
 * a day (调度): in total, and by groups of one kind or another, all in one pass.
 *
 * Objects are the records of the inventories that stand for themselves; profiles of them (涉铊企业)
 * are told apart and are in no sum. */
#ifndef TAIZHANG_EXPORTS_COUNT_H
#define TAIZHANG_EXPORTS_COUNT_H

#include "exports/layout.h"

enum {
    COUNT_MOST_MEASURES = 32,
    COUNT_MOST_GROUPINGS = LAYOUT_MOST_GROUPS,
    COUNT_WEEKS = 12, /* of the trend, the week of the day being the last one */
};

/* What is counted. */
struct measure {
    const char *key;   /* "problems": in layouts and for .json */
    const char *label; /* "发现问题" */
    const char *of;    /* register of what is counted; NULL: objects */
    bool (*holds)(const struct record *record, const struct check_context *context);
};

extern const struct measure measures[];
extern const size_t measure_count;

/* Index in `measures`, -1 for none. */
int measure_find(const char *key);

struct count_row {
    char *label; /* owned */
    int64_t numbers[COUNT_MOST_MEASURES];
    size_t place; /* in the order of the group's choices or registers */
    bool is_part; /* of another row: in no sum */
};

/* The rows of one kind of groups. */
struct count_rows {
    const char *by;          /* COUNT_BY_REGISTER, or a field of objects or problems. Borrowed */
    struct count_row *items; /* owned */
    size_t count, capacity;
};

#define COUNT_BY_REGISTER "register"
#define COUNT_UNIT        "个" /* of what has no unit of its own */

struct count_week {
    struct date monday;
    int64_t found, closed;
};

struct counts {
    struct date day;
    struct count_row total;
    struct count_rows groupings[COUNT_MOST_GROUPINGS];
    size_t grouping_count;
    struct count_week weeks[COUNT_WEEKS]; /* the earliest first */
};

/* Whether something can be counted by groups of `by`. */
bool count_knows(const char *by);

/* Counts all as of `day`, by each of the `by_count` kinds of groups. `counts` is initialised in
 * every case. */
bool counts_take(struct counts *counts, struct run *run, struct date day, const char *const *by,
                 size_t by_count, struct error *err);
void counts_release(struct counts *counts);

/* The rows by `by`, which was asked for. */
const struct count_rows *counts_by(const struct counts *counts, const char *by);

/* Adds to `count` how many records one pass looks at. */
bool counts_add_records(struct store *store, size_t *count, struct error *err);

/* Whether no published list may show by what such groups tell things apart. */
bool count_is_private(const char *by);

/* A text with figures: {problems} is a number, {整改率 mended/problems} is （整改率 62.5%）, or
 * nothing where there is nothing to compare with; other placeholders (run.h) stay. */
bool counts_check_words(const char *text, struct error *err);
void counts_fill_words(const struct counts *counts, const char *text, struct buffer *out);

#endif
