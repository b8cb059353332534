#include "core/calendar.h"

/* The entry of a day, or NULL when it is an ordinary day of the week. */
static const struct calendar_day *find_day(const struct calendar *calendar, int day)
{
    size_t first = 0, end = calendar->count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (calendar->days[middle].day < day)
            first = middle + 1;
        else
            end = middle;
    }
    return first < calendar->count && calendar->days[first].day == day ? &calendar->days[first]
                                                                       : NULL;
}

static bool is_workday(const struct calendar *calendar, int day)
{
    enum { SATURDAY = 5 };
    const struct calendar_day *special = find_day(calendar, day);
    return special ? special->work : date_weekday(date_from_days(day)) < SATURDAY;
}

static bool has_years(const struct calendar *calendar, int first, int last)
{
    for (int year = first; year <= last; year++)
        if (!calendar_has_year(calendar, year))
            return false;
    return true;
}

bool calendar_has_year(const struct calendar *calendar, int year)
{
    return find_day(calendar, date_to_days((struct date){year, 1, 1})) &&
           find_day(calendar, date_to_days((struct date){year, 10, 1}));
}

bool calendar_is_workday(const struct calendar *calendar, struct date date)
{
    return is_workday(calendar, date_to_days(date));
}

struct deadline calendar_move(const struct calendar *calendar, struct date date,
                              enum calendar_roll roll)
{
    static const int steps[] = {[ROLL_NONE] = 0, [ROLL_FORWARD] = 1, [ROLL_BACK] = -1};
    int day = date_to_days(date);
    while (steps[roll] != 0 && !is_workday(calendar, day))
        day += steps[roll];
    struct date due = date_from_days(day);
    bool back = due.year < date.year;
    return (struct deadline){
        .due = due,
        .complete = has_years(calendar, back ? due.year : date.year, back ? date.year : due.year)};
}

struct deadline calendar_add_days(const struct calendar *calendar, struct date from, int count,
                                  enum calendar_roll roll)
{
    return calendar_move(calendar, date_from_days(date_to_days(from) + count), roll);
}

struct deadline calendar_add_workdays(const struct calendar *calendar, struct date from, int count)
{
    int day = date_to_days(from);
    while (count > 0)
        count -= is_workday(calendar, ++day);
    struct date due = date_from_days(day);
    return (struct deadline){.due = due, .complete = has_years(calendar, from.year, due.year)};
}

int calendar_count_workdays(const struct calendar *calendar, struct date from, struct date to)
{
    int first = date_to_days(from), last = date_to_days(to), count = 0;
    if (last < first)
        return -calendar_count_workdays(calendar, to, from);
    for (int day = first + 1; day <= last; day++)
        count += is_workday(calendar, day);
    return count;
}
