#include "core/date.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && is_leap(year));
}

bool date_is_valid(struct date date)
{
    return date.year >= FIRST_YEAR && date.year <= LAST_YEAR && date.month >= 1 &&
           date.month <= 12 && date.day >= 1 &&
           date.day <= date_month_length(date.year, date.month);
}

/* Reads `least` to `most` digits and then the text `behind`. */
static bool read_part(const char **at, int least, int most, const char *behind, int *number)
{
    int digits = 0;
    size_t length = strlen(behind);
    for (*number = 0; digits < most && **at >= '0' && **at <= '9'; digits++)
        *number = 10 * *number + (*(*at)++ - '0');
    bool ok = digits >= least && strncmp(*at, behind, length) == 0;
    *at += ok ? length : 0;
    return ok;
}

bool date_parse(const char *text, struct date *date, struct error *err)
{
    static const struct {
        const char *year, *month, *day; /* what follows each */
        int least;                      /* digits of month and day */
    } shapes[] = {{"-", "-", "", 1},     {"/", "/", "", 1},     {".", ".", "", 1},
                  {"年", "月", "日", 1}, {"年", "月", "号", 1}, {"年", "月", "", 1},
                  {"", "", "", 2}};
    struct date found = {0};
    bool read = false;
    for (size_t i = 0; !read && i < sizeof shapes / sizeof shapes[0]; i++) {
        const char *at = text;
        read = read_part(&at, 4, 4, shapes[i].year, &found.year) &&
               read_part(&at, shapes[i].least, 2, shapes[i].month, &found.month) &&
               read_part(&at, shapes[i].least, 2, shapes[i].day, &found.day) && *at == '\0';
    }
    if (!read)
        return error_set(err, ERROR_REFUSED, "“%s”不是日期，请按 2026-06-15 的样子填写", text);
    if (!date_is_valid(found))
        return error_set(err, ERROR_REFUSED, "“%s”这一天不存在，请核对年月日", text);
    *date = found;
    return true;
}

void date_format(struct date date, char out[DATE_TEXT_SIZE])
{
    snprintf(out, DATE_TEXT_SIZE, "%04u-%02u-%02u", (unsigned)date.year % 10000,
             (unsigned)date.month % 100, (unsigned)date.day % 100);
}

/* Counts in years that begin in March, so that the leap day is the last day of its year. */
int date_to_days(struct date date)
{
    int year = date.month > 2 ? date.year : date.year - 1;
    int month = (date.month + 9) % 12;
    int days_before = year * 365 + year / 4 - year / 100 + year / 400;
    return days_before + (month * 306 + 5) / 10 + date.day - 1 - 719468;
}

struct date date_from_days(int days)
{
    struct date date = {.year = 1970 + days / 366, .month = 1, .day = 1};
    while (date_to_days((struct date){date.year + 1, 1, 1}) <= days)
        date.year++;
    while (date_to_days(date) > days)
        date.year--;
    while (date.month < 12 && date_to_days((struct date){date.year, date.month + 1, 1}) <= days)
        date.month++;
    date.day = days - date_to_days(date) + 1;
    return date;
}

int date_weekday(struct date date)
{
    int weekday = (date_to_days(date) + 3) % 7;
    return weekday < 0 ? weekday + 7 : weekday;
}

const char *date_weekday_name(struct date date)
{
    static const char *const names[] = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
    return names[date_weekday(date)];
}

int date_compare(struct date a, struct date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}
