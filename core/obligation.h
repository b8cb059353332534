/* obligation.h - when a duty that a policy demands falls due: the dates of register obligation, and
 * which records of other registers say that it was done.
 *
 * A date given by a superior that falls on a rest day moves as the obligation says; of two dates in
 * the same document the earlier one holds. */
#ifndef TAIZHANG_CORE_OBLIGATION_H
#define TAIZHANG_CORE_OBLIGATION_H

#include "core/calendar.h"
#include "core/record.h"

enum {
    /* How long a missed day is still told when nothing else demands it: as long as one looks back
     * at the quarter that has just passed. */
    OBLIGATION_LOOKBACK = 90,
};

struct obligation {
    enum {
        OBLIGATION_UNDATED, /* after an event, for each project, or all the time */
        OBLIGATION_ONCE,
        OBLIGATION_YEARLY,
    } kind;
    struct date on; /* OBLIGATION_ONCE */
    int month, day; /* OBLIGATION_YEARLY */
    enum calendar_roll roll;
    struct date from, until;   /* no occurrence outside; year 0: open */
    struct date campaign_ends; /* year 0: unknown */
};

/* One time that it is to be done. */
struct occurrence {
    struct date nominal; /* as the document says; year 0: none */
    struct date due;     /* after rolling */
    bool complete;       /* whether the calendar has the year */
};

/* A record that says that something was done: a filing that went out, a task that is completed. */
struct settlement {
    struct date due;    /* which occurrence it answers; year 0: not said */
    struct date period; /* the last day of the period that it is about; year 0: not said */
};

/* Reads a record of register obligation; `campaign` is the one that it belongs to, NULL: unknown.
 * One that cannot be read, or whose date is missing, is undated. */
void obligation_read(const struct record *record, const struct record *campaign,
                     struct obligation *obligation);

/* Reads a record that refers to an obligation; false when it does not say that anything is done. */
bool obligation_read_settlement(const struct record *record, struct settlement *settlement);

/* Whether records of `reg` can say so: they refer to an obligation and have a deadline. */
bool obligation_is_settled_by(const struct reg *reg);

/* Appends the period that an occurrence is about, as far as its day tells: what is due in the first
 * quarter is about the year before, until July about the first half, else about the whole year. */
void obligation_write_period(const struct occurrence *occurrence, struct buffer *out);

/* The occurrence of a year; nominal year 0 when there is none. */
struct occurrence obligation_in_year(const struct obligation *obligation,
                                     const struct calendar *calendar, int year);

/* Whether one of the settlements answers the occurrence: it names the day (as the document says or
 * as rolled); without a day, its period ends nearest to it; of an obligation of one day, any does.
 */
bool obligation_is_settled(const struct obligation *obligation, const struct occurrence *occurrence,
                           const struct settlement *settlements, size_t count);

/* What is to be done next: the first occurrence that is not settled, a missed one for as long as
 * the campaign of a single date goes on, else for OBLIGATION_LOOKBACK days. Nominal year 0:
 * nothing. */
struct occurrence obligation_next(const struct obligation *obligation,
                                  const struct calendar *calendar,
                                  const struct settlement *settlements, size_t count,
                                  struct date today);

/* Whether the campaign is over: what it demands year by year goes on until a later one says
 * otherwise. */
bool obligation_outlives(const struct obligation *obligation, struct date today);

#endif
