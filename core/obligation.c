#include "core/obligation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MONTHS = 12, HALF = 6, QUARTER = 3 };

static struct date date_of(const struct record *record, const char *field)
{
    struct date date;
    const char *text = record_text(record, field);
    return *text && date_parse(text, &date, NULL) ? date : (struct date){0};
}

static bool is_set(struct date date)
{
    return date.year != 0;
}

static struct date earlier(struct date a, struct date b)
{
    return is_set(b) && (!is_set(a) || date_compare(b, a) < 0) ? b : a;
}

/* ---- reading ---- */

static enum calendar_roll read_roll(const char *text)
{
    return strcmp(text, "提前") == 0   ? ROLL_BACK
           : strcmp(text, "顺延") == 0 ? ROLL_FORWARD
                                       : ROLL_NONE;
}

/* "06-20" */
static bool read_day(const char *text, int *month, int *day)
{
    int used = 0;
    return sscanf(text, "%2d-%2d%n", month, day, &used) == 2 && text[used] == '\0' && *month >= 1 &&
           *month <= MONTHS && *day >= 1 && *day <= 31;
}

void obligation_read(const struct record *record, const struct record *campaign,
                     struct obligation *obligation)
{
    const char *kind = record_text(record, "due_kind");
    const struct value *to_year = campaign ? record_value(campaign, "to_year") : NULL;
    *obligation = (struct obligation){
        .roll = read_roll(record_text(record, "roll")),
        .on = earlier(date_of(record, "due_on"), date_of(record, "other_due_on")),
        .from = date_of(record, "from_on"),
        .until = date_of(record, "until_on"),
    };
    if (to_year && to_year->kind == VALUE_INTEGER)
        obligation->campaign_ends = (struct date){(int)to_year->integer, MONTHS, 31};
    if (strcmp(kind, "固定日期") == 0 && is_set(obligation->on))
        obligation->kind = OBLIGATION_ONCE;
    else if (strcmp(kind, "每年") == 0 &&
             read_day(record_text(record, "due_day"), &obligation->month, &obligation->day))
        obligation->kind = OBLIGATION_YEARLY;
}

/* The last day of "2026", "2026H1", "2026Q2" or "2026-05". */
static struct date period_end(const char *period)
{
    int year, part, month = MONTHS;
    if (sscanf(period, "%4d", &year) != 1)
        return (struct date){0};
    if (sscanf(period, "%*4dH%1d", &part) == 1)
        month = part * HALF;
    else if (sscanf(period, "%*4dQ%1d", &part) == 1)
        month = part * QUARTER;
    else if (sscanf(period, "%*4d-%2d", &part) == 1)
        month = part;
    if (month < 1 || month > MONTHS)
        return (struct date){0};
    return (struct date){year, month, date_month_length(year, month)};
}

bool obligation_read_settlement(const struct record *record, struct settlement *settlement)
{
    const struct reg_deadline *deadline = record->reg->deadline;
    if (!deadline)
        return false;
    *settlement = (struct settlement){.due = date_of(record, deadline->date),
                                      .period = period_end(record_text(record, "period"))};
    bool met = deadline->met && is_set(date_of(record, deadline->met));
    return met || record_matches(record, deadline->closed);
}

bool obligation_is_settled_by(const struct reg *reg)
{
    const struct field *field = reg_field_find(reg, "obligation");
    return reg->deadline && field && field->type == TYPE_REF;
}

void obligation_write_period(const struct occurrence *occurrence, struct buffer *out)
{
    enum { MARCH = 3, JULY = 7 };
    struct date date = occurrence->nominal;
    if (date.month <= MARCH)
        buffer_addf(out, "%d", date.year - 1);
    else
        buffer_addf(out, date.month <= JULY ? "%dH1" : "%d", date.year);
}

/* ---- occurrences ---- */

struct occurrence obligation_in_year(const struct obligation *obligation,
                                     const struct calendar *calendar, int year)
{
    const struct occurrence none = {0};
    struct date nominal = {0};
    if (obligation->kind == OBLIGATION_ONCE && obligation->on.year == year)
        nominal = obligation->on;
    if (obligation->kind == OBLIGATION_YEARLY) {
        int length = date_month_length(year, obligation->month);
        nominal = (struct date){year, obligation->month,
                                obligation->day < length ? obligation->day : length};
    }
    if (!is_set(nominal) ||
        (is_set(obligation->from) && date_compare(nominal, obligation->from) < 0) ||
        (is_set(obligation->until) && date_compare(nominal, obligation->until) > 0))
        return none;
    struct deadline deadline = calendar_move(calendar, nominal, obligation->roll);
    return (struct occurrence){
        .nominal = nominal, .due = deadline.due, .complete = deadline.complete};
}

static bool answers(const struct obligation *obligation, const struct occurrence *occurrence,
                    const struct settlement *settlement)
{
    enum { HALF_YEAR = 183 };
    if (obligation->kind == OBLIGATION_ONCE)
        return true;
    if (is_set(settlement->due))
        return date_compare(settlement->due, occurrence->nominal) == 0 ||
               date_compare(settlement->due, occurrence->due) == 0;
    return is_set(settlement->period) &&
           abs(date_to_days(settlement->period) - date_to_days(occurrence->nominal)) < HALF_YEAR;
}

bool obligation_is_settled(const struct obligation *obligation, const struct occurrence *occurrence,
                           const struct settlement *settlements, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (answers(obligation, occurrence, &settlements[i]))
            return true;
    return false;
}

bool obligation_outlives(const struct obligation *obligation, struct date today)
{
    return is_set(obligation->campaign_ends) && date_compare(obligation->campaign_ends, today) < 0;
}

/* Whether an occurrence that was missed is still told. */
static bool is_told(const struct obligation *obligation, const struct occurrence *occurrence,
                    struct date today)
{
    int missed = date_to_days(today) - date_to_days(occurrence->due);
    return missed <= OBLIGATION_LOOKBACK ||
           (obligation->kind == OBLIGATION_ONCE && is_set(obligation->campaign_ends) &&
            !obligation_outlives(obligation, today));
}

struct occurrence obligation_next(const struct obligation *obligation,
                                  const struct calendar *calendar,
                                  const struct settlement *settlements, size_t count,
                                  struct date today)
{
    /* What is yearly never ends: each settlement may have taken a year in advance. */
    int first = today.year - 1, last = today.year + 1 + (int)count;
    if (obligation->kind == OBLIGATION_ONCE)
        first = last = obligation->on.year;
    for (int year = first; year <= last; year++) {
        struct occurrence occurrence = obligation_in_year(obligation, calendar, year);
        if (is_set(occurrence.nominal) && is_told(obligation, &occurrence, today) &&
            !obligation_is_settled(obligation, &occurrence, settlements, count))
            return occurrence;
    }
    return (struct occurrence){0};
}
