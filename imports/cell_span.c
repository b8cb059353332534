#include "core/buffer.h"
#include "core/reg.h"
#include "core/text.h"
#include "imports/cell_date.h"
#include "imports/cell_span_words.h"

#include <string.h>

enum {
    LEAST_YEAR = 1950, /* what a list of today may mean */
    MOST_YEAR = 2100,
    FALSE_LEAP_DAY = 60,  /* 1900-02-29, which spreadsheets count */
    EPOCH_SERIAL = 25569, /* 1970-01-01 */
    BETWEEN_SYSTEMS = 1462,
    CENTURY_TURN = 70, /* 69 is 2069, 70 is 1970 */
    MOST_PARTS = 6,
};

/* ---- figures with what stands behind each ---- */

enum mark { MARK_END, MARK_YEAR, MARK_MONTH, MARK_DAY, MARK_DASH, MARK_SLASH, MARK_POINT };

struct part {
    int number, digits;
    enum mark mark;
};

struct parts {
    struct part list[MOST_PARTS];
    size_t count;
    bool is_ranged;   /* a dash stands behind 年, 月 or 日 */
    const char *rest; /* what could not be read as one */
};

static const char *read_mark(const char *at, enum mark *mark)
{
    static const struct {
        const char *text;
        enum mark mark;
    } marks[] = {{"年", MARK_YEAR},  {"月份", MARK_MONTH}, {"月", MARK_MONTH}, {"日", MARK_DAY},
                 {"号", MARK_DAY},   {"-", MARK_DASH},     {"/", MARK_SLASH},  {".", MARK_POINT},
                 {"、", MARK_POINT}, {"\\", MARK_SLASH},   {"。", MARK_POINT}};
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        *mark = marks[i].mark;
        if (text_starts_with(at, marks[i].text))
            return at + strlen(marks[i].text);
    }
    *mark = MARK_END;
    return at;
}

static void read_parts(const char *text, struct parts *parts)
{
    enum { MOST_DIGITS = 8 };
    *parts = (struct parts){.rest = text};
    while (parts->count < MOST_PARTS) {
        struct part *part = &parts->list[parts->count];
        const char *at = parts->rest;
        *part = (struct part){.number = 0};
        for (; *at >= '0' && *at <= '9' && part->digits <= MOST_DIGITS; at++, part->digits++)
            part->number = part->number * 10 + (*at - '0');
        if (part->digits == 0 || part->digits > MOST_DIGITS)
            return;
        parts->count++;
        parts->rest = read_mark(at, &part->mark);
        if (part->mark == MARK_END)
            return;
        bool ranged = part->mark < MARK_DASH && parts->rest[0] == '-' && parts->rest[1] >= '0' &&
                      parts->rest[1] <= '9';
        parts->is_ranged = parts->is_ranged || ranged;
        parts->rest += ranged;
    }
}

static bool is_year(int year)
{
    return year >= LEAST_YEAR && year <= MOST_YEAR;
}

/* ---- spans ---- */

static struct date last_of_month(int year, int month)
{
    return (struct date){year, month, date_month_length(year, month)};
}

static bool set_day(struct cell_span *span, int year, int month, int day)
{
    span->first = span->last = (struct date){year, month, day};
    return date_is_valid(span->first) && is_year(year);
}

/* `months` from month `first` (0..11) on. */
static bool set_months(struct cell_span *span, int year, int first, int months)
{
    if (!is_year(year) || first < 0 || months < 1 || first + months > 12)
        return false;
    bool is_period =
        (months == 1 || months == 3 || months == 6 || months == 12) && first % months == 0;
    span->first = (struct date){year, first + 1, 1};
    span->last = last_of_month(year, first + months);
    span->period = is_period ? (struct period){year, first, months} : (struct period){0};
    return true;
}

static bool set_serial(struct cell_span *span, int days, bool first_1904)
{
    if (first_1904)
        days += BETWEEN_SYSTEMS;
    if (days < 1 || days == FALSE_LEAP_DAY)
        return false;
    struct date date = date_from_days(days - EPOCH_SERIAL + (days < FALSE_LEAP_DAY));
    span->is_serial = true;
    return set_day(span, date.year, date.month, date.day);
}

/* The year that two or four digits mean. */
static int year_of(const struct part *part, struct cell_span *span)
{
    if (part->digits == 4)
        return part->number;
    span->is_guess = true;
    return part->digits == 2 ? part->number + (part->number < CENTURY_TURN ? 2000 : 1900) : 0;
}

/* ---- figures alone ---- */

/* 202503, 250305, 45658. */
static bool read_figure(const struct part *part, bool first_1904, struct cell_span *span)
{
    int number = part->number;
    if (part->digits == 4)
        return set_months(span, number, 0, 12);
    if (part->digits == 5)
        return set_serial(span, number, first_1904);
    if (part->digits != 6)
        return false;
    if (is_year(number / 100) && number % 100 >= 1 && number % 100 <= 12)
        return set_months(span, number / 100, number % 100 - 1, 1);
    span->is_guess = true;
    int year = number / 10000;
    return set_day(span, year + (year < CENTURY_TURN ? 2000 : 1900), number / 100 % 100,
                   number % 100);
}

/* 3/25/2025, 25.3.2025: told apart only when one of them can be no month. */
static enum cell_span_fault read_day_first(const struct part *part, struct cell_span *span)
{
    int first = part[0].number, second = part[1].number, year = part[2].number;
    bool month_first = first <= 12, day_first = second <= 12;
    if (month_first && day_first && first != second)
        return SPAN_AMBIGUOUS;
    span->is_guess = true;
    return set_day(span, year, month_first ? first : second, month_first ? second : first)
               ? SPAN_FINE
               : SPAN_NONE;
}

/* Three figures of a day. */
static enum cell_span_fault read_day(const struct part *part, struct cell_span *span)
{
    bool same = part[0].mark == part[1].mark && part[0].mark >= MARK_DASH;
    bool named = part[0].mark == MARK_YEAR && part[1].mark == MARK_MONTH;
    bool mixed = part[0].mark >= MARK_DASH && part[1].mark >= MARK_DASH;
    if (!(same || named || mixed) || part[1].digits > 2)
        return SPAN_NONE;
    span->is_guess = mixed && !same;
    if (same && part[0].digits <= 2 && part[2].digits == 4 && is_year(part[2].number))
        return read_day_first(part, span);
    if (part[2].digits > 2 || part[0].digits == 1)
        return SPAN_NONE;
    /* 3/5/25 may begin with month or year. */
    if (part[0].mark == MARK_SLASH && part[0].digits == 2 && part[0].number <= 12)
        return SPAN_AMBIGUOUS;
    return set_day(span, year_of(&part[0], span), part[1].number, part[2].number) ? SPAN_FINE
                                                                                  : SPAN_NONE;
}

/* ---- words ---- */

/* Takes words of `list` off the front; whether there were any. */
static bool skip_words(const char **at, const char *const *list)
{
    bool any = false;
    for (size_t i = 0; list[i]; i++) {
        if (!text_starts_with(*at, list[i]))
            continue;
        *at += strlen(list[i]);
        any = true;
        i = (size_t)-1;
    }
    return any;
}

/* What follows a year: 上半年, 第3季度, Q3, H1, 3季度. Its months; false when it is none of them.
 */
static bool read_share(const char **at, int *first, int *months)
{
    static const struct {
        const char *text;
        int first, months;
    } shares[] = {{"上半年", 0, 6}, {"下半年", 6, 6}, {"全年", 0, 12}, {"h1", 0, 6},
                  {"h2", 6, 6},     {"H1", 0, 6},     {"H2", 6, 6}};
    for (size_t i = 0; i < COUNT_OF(shares); i++) {
        if (!text_starts_with(*at, shares[i].text))
            continue;
        *at += strlen(shares[i].text);
        *first = shares[i].first;
        *months = shares[i].months;
        return true;
    }
    const char *digit = *at;
    bool named = text_starts_with(digit, "第");
    digit += named ? strlen("第") : *digit == 'Q' || *digit == 'q';
    bool letter = !named && digit != *at;
    const char *behind = digit + 1;
    if (*digit < '1' || *digit > '4' || !(letter || text_starts_with(behind, "季")))
        return false;
    if (!letter)
        behind += text_starts_with(behind, "季度") ? strlen("季度") : strlen("季");
    *at = behind;
    *first = (*digit - '1') * 3;
    *months = 3;
    return true;
}

/* 上旬, 中旬, 下旬 of the month in `span`. */
static bool read_third(const char **at, struct cell_span *span)
{
    static const struct {
        const char *text;
        int first, last;
    } thirds[] = {{"上旬", 1, 10}, {"中旬", 11, 20}, {"下旬", 21, 31}};
    for (size_t i = 0; i < COUNT_OF(thirds); i++) {
        if (!text_starts_with(*at, thirds[i].text))
            continue;
        *at += strlen(thirds[i].text);
        span->period = (struct period){0};
        span->first.day = thirds[i].first;
        if (thirds[i].last < span->last.day)
            span->last.day = thirds[i].last;
        return true;
    }
    return false;
}

/* What may follow a time: 底前, 初, 完成. Nothing else may. */
static enum cell_span_fault read_ending(const char *rest, struct cell_span *span)
{
    while (*rest) {
        if (skip_words(&rest, span_end_words))
            span->end = SPAN_END;
        else if (skip_words(&rest, span_begin_words))
            span->end = SPAN_BEGIN;
        else if (!skip_words(&rest, span_idle_words))
            return SPAN_NONE;
    }
    return SPAN_FINE;
}

/* Year and month, or year with what follows it. */
static enum cell_span_fault read_long(const struct parts *parts, struct cell_span *span)
{
    const struct part *part = parts->list;
    const char *rest = parts->rest;
    int first = 0, months = 12, year = part[0].number;
    if (parts->count == 2 && part[1].mark == MARK_END && part[1].digits == 1 &&
        text_starts_with(rest, "季")) { /* 2025年3季度 */
        first = (part[1].number - 1) * 3;
        months = 3;
        rest += text_starts_with(rest, "季度") ? strlen("季度") : strlen("季");
    } else if (parts->count == 2) {
        bool named = part[0].mark == MARK_YEAR && part[1].mark == MARK_MONTH;
        if (part[1].digits > 2 || (part[0].digits != 4 && !named))
            return SPAN_NONE;
        first = part[1].number - 1;
        months = 1;
        /* A number 2025.10 loses its last digit. */
        span->is_guess = part[0].mark == MARK_POINT && part[1].digits == 1 && first == 0;
    } else {
        skip_words(&rest, (const char *const[]){"的", "年", NULL});
        read_share(&rest, &first, &months);
        if (part[0].digits != 4 && part[0].mark != MARK_YEAR)
            return SPAN_NONE;
    }
    if (part[0].digits != 4)
        year = year_of(&part[0], span);
    if (!set_months(span, year, first, months))
        return SPAN_NONE;
    if (months == 1)
        read_third(&rest, span);
    return read_ending(rest, span);
}

/* 2025年1-6月, 2025.1-2025.6: months of one year, as far as they are a period. */
static enum cell_span_fault read_month_range(const struct parts *parts, struct cell_span *span)
{
    const struct part *part = parts->list;
    size_t from = 1, until = 2;
    if (parts->count == 4 && part[2].digits == 4 && part[2].number == part[0].number)
        until = 3;
    else if (parts->count != 3)
        return SPAN_RANGE;
    if (*parts->rest || part[0].digits != 4 || part[from].digits > 2 || part[until].digits > 2 ||
        part[until].number < part[from].number ||
        !set_months(span, part[0].number, part[from].number - 1,
                    part[until].number - part[from].number + 1) ||
        !span->period.year)
        return SPAN_RANGE;
    return SPAN_FINE;
}

/* 2023-2025, 20250301-20250630. */
static bool is_second_year(const struct parts *parts)
{
    for (size_t i = 1; i < parts->count; i++)
        if (parts->list[i].digits >= 4 && parts->list[0].digits >= 4)
            return true;
    return false;
}

static enum cell_span_fault read_usual(const char *text, bool first_1904, struct cell_span *span)
{
    struct parts parts;
    read_parts(text, &parts);
    const struct part *part = parts.list;
    bool bare = parts.count == 1 && part[0].mark == MARK_END && !*parts.rest;
    if (bare && part[0].digits != 4)
        return read_figure(&part[0], first_1904, span) ? SPAN_FINE : SPAN_NONE;
    if (parts.count == 0)
        return SPAN_NONE;
    if (part[0].digits == 5 && part[0].mark == MARK_POINT) { /* 45658.5 */
        span->has_time = true;
        return set_serial(span, part[0].number, first_1904) ? SPAN_FINE : SPAN_NONE;
    }
    if (part[0].mark == MARK_MONTH && part[0].digits <= 2)
        return SPAN_NO_YEAR;
    /* 2025年1-6月 has the shape of a day but for the mark behind. */
    bool is_of_months = parts.count == 3 && part[1].mark == MARK_DASH && part[2].mark == MARK_MONTH;
    if (parts.is_ranged || is_of_months || is_second_year(&parts))
        return read_month_range(&parts, span);
    if (parts.count == 3) {
        enum cell_span_fault fault = read_day(part, span);
        return fault ? fault : read_ending(parts.rest, span);
    }
    if (parts.count > 3)
        return read_month_range(&parts, span);
    return read_long(&parts, span);
}

enum cell_span_fault cell_span_read(const char *text, bool first_1904, struct cell_span *span)
{
    struct buffer usual = {0};
    *span = (struct cell_span){.is_guess = false};
    bool is_planned = skip_words(&text, span_plan_words);
    bool is_until = skip_words(&text, span_until_words);
    bool has_time = span_add_usual(text, &usual);
    enum cell_span_fault fault = read_usual(buffer_text(&usual), first_1904, span);
    span->has_time = span->has_time || has_time;
    span->is_guess = span->is_guess || is_planned;
    if (is_until && span->end == SPAN_UNSAID)
        span->end = SPAN_END;
    buffer_release(&usual);
    return fault;
}
