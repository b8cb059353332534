/* duty.h - what falls due, as data: days in the registers, and states that somebody must look into.
 * The desk counts them, the lists mark them, the schema keeps an index of their days. */
#ifndef TAIZHANG_CORE_DUTY_H
#define TAIZHANG_CORE_DUTY_H

#include "core/record.h"

/* In days, where no parameter says otherwise; the rules warn by the same numbers. */
enum {
    DUTY_WEEK = 7,
    DUTY_MONTH = 30,
    DUTY_STALE_DAYS = 365,  /* without having been verified: 动态更新要求 */
    DUTY_RENEWAL_DAYS = 90, /* before a permit ends: our own convention */
};

/* What is missed is told by how long it has been so, from 1, the shortest, to DUTY_LEVELS. */
enum { DUTY_LEVELS = 3 };

struct duty {
    char mark;         /* '!' missed, '?' to be looked into */
    const char *label; /* "许可证过期"; of a deadline it follows the deadline's own: "逾期" */
    bool is_deadline;  /* of every register with a deadline, whose date it is */
    bool is_pause;     /* of every register whose cases can be paused (core/life.h): those that
                          are; the day is the first one that the move asks for */
    bool has_levels;   /* a day that has passed, told by levels */
    const char *date;  /* field that holds the day, in every main register that has it; NULL: the
                          duty  has no day */
    int first, last;   /* it is a duty when the day is today + first ... today + last */
    const char *parameter; /* the days of `last` may be set by this parameter; NULL: they may not */
    struct condition only; /* when it has no day */
    struct condition unless; /* closed cases are none */
    const char *ended;       /* field whose date, once filled, ends the duty; NULL: none */
    const char *verb;        /* in front of the span: "逾期", "还有", "已过" */
    const char *day_label;   /* what a calendar calls the day, of a deadline behind its own label:
                                "到期";   NULL: it is no day on which something is due */
};

extern const struct duty duties[];
extern const size_t duty_count;

/* The duty of a deadline that has passed, and of a case that is paused. */
const struct duty *duty_overdue(void);
const struct duty *duty_pause(void);

/* Whether records of `reg` can have the duty. */
bool duty_concerns(const struct duty *duty, const struct reg *reg);

/* Field of `reg` that holds the day; NULL when it has none. */
const char *duty_date(const struct duty *duty, const struct reg *reg);

/* Appends what a person calls it: "整改逾期", "许可证过期". */
void duty_write_label(const struct duty *duty, const struct reg *reg, struct buffer *out);

/* Appends what a calendar calls its day: "整改到期". */
void duty_write_day_label(const struct duty *duty, const struct reg *reg, struct buffer *out);

/* Appends the condition of db/query.h that finds the records. */
void duty_write_where(const struct duty *duty, const struct reg *reg,
                      const struct check_context *context, struct buffer *out);

/* The same for the records of one level only. */
void duty_write_level_where(const struct duty *duty, const struct reg *reg, int level,
                            const struct check_context *context, struct buffer *out);

/* From how many days on something is missed by `level`: 1, 7 and 30, where no parameter says
 * otherwise. */
int duty_level_days(int level, const struct check_context *context);

/* The level of a record that has the duty; 0 of a duty without levels. */
int duty_level(const struct duty *duty, const struct record *record,
               const struct check_context *context);

/* Appends, with a blank in front, the part of it that leaves out what is closed, done or paused. */
void duty_write_open(const struct duty *duty, const struct reg *reg, struct buffer *out);

/* What tells closed cases (no field: nothing), and the field whose day tells that it was done;
 * NULL: none. */
struct condition duty_closed(const struct duty *duty, const struct reg *reg);
const char *duty_ended_field(const struct duty *duty, const struct reg *reg);

/* What tells cases that are paused: nobody need keep their day, nor is it kept. No field: nothing
 * does. */
struct condition duty_paused(const struct duty *duty, const struct reg *reg);

/* Days from today until the day of `record`, negative when it has passed. */
bool duty_days(const struct duty *duty, const struct record *record, struct date today, int *days);

/* Whether `record` has the duty now. */
bool duty_holds(const struct duty *duty, const struct record *record,
                const struct check_context *context);

/* The first duty of a record, NULL when it has none. */
const struct duty *duty_of(const struct record *record, const struct check_context *context);

/* Calls `visit` for one duty of each day that `reg` has: the schema keeps an index of it, the
 * calendar shows it. */
void duty_each_date(const struct reg *reg, void (*visit)(void *context, const struct duty *duty),
                    void *context);

#endif
