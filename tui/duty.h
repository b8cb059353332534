/* duty.h - what falls due: deadlines in the registers, as data. The desk counts them, the lists
 * mark them. */
#ifndef TAIZHANG_TUI_DUTY_H
#define TAIZHANG_TUI_DUTY_H

#include "core/record.h"

struct duty {
    char mark;               /* '!' missed, '?' soon */
    const char *label;       /* "整改逾期" */
    const char *reg;         /* NULL: every main register that has the field */
    const char *date;        /* field that holds the day */
    int first, last;         /* it is a duty when the day is today + first ... today + last */
    struct condition unless; /* closed cases are none */
    const char *ended;       /* field whose date, once filled, ends the duty; NULL: none */
    const char *verb;        /* in front of the span: "逾期", "还有", "已过" */
};

extern const struct duty duties[];
extern const size_t duty_count;

/* Whether records of `reg` can have the duty. */
bool duty_concerns(const struct duty *duty, const struct reg *reg);

/* Appends the condition of db/query.h that finds the records. */
void duty_write_where(const struct duty *duty, struct date today, struct buffer *out);

/* Whether `record` has the duty now. */
bool duty_holds(const struct duty *duty, const struct record *record, struct date today);

/* The first duty of a record, NULL when it has none. */
const struct duty *duty_of(const struct record *record, struct date today);

/* Appends "逾期 12 天" for a record that has the duty. */
void duty_tell(const struct duty *duty, const struct record *record, struct date today,
               struct buffer *out);

#endif
