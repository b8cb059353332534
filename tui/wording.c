#include "tui/wording.h"

#include <string.h>

enum { DAYS_IN_WORDS = 90, MONTH = 30, YEAR = 365, MONTHS_IN_WORDS = 24 };

void wording_span(int days, struct buffer *out)
{
    int years = days / YEAR;
    int months = days % YEAR / MONTH;
    if (days < DAYS_IN_WORDS)
        buffer_addf(out, "%d 天", days);
    else if (days / MONTH < MONTHS_IN_WORDS)
        buffer_addf(out, "%d 个月", days / MONTH);
    else if (months == 0)
        buffer_addf(out, "%d 年", years);
    else
        buffer_addf(out, "%d 年 %d 个月", years, months > 11 ? 11 : months);
}

void wording_time(const char *at, struct date today, struct buffer *out)
{
    char day[DATE_TEXT_SIZE], yesterday[DATE_TEXT_SIZE], text[DATE_TEXT_SIZE] = {0};
    date_format(today, day);
    date_format(date_from_days(date_to_days(today) - 1), yesterday);
    for (int i = 0; i < 10 && at[i]; i++)
        text[i] = at[i];
    bool has_time = text[9] && at[10];
    struct buffer name = {0};
    if (strcmp(text, day) == 0)
        buffer_add(&name, "今天");
    else if (strcmp(text, yesterday) == 0)
        buffer_add(&name, "昨天");
    else
        buffer_add(&name, text);
    buffer_addf(out, "%s%s%.5s", buffer_text(&name), has_time ? " " : "", has_time ? at + 11 : "");
    buffer_release(&name);
}

void wording_duration(uint64_t milliseconds, struct buffer *out)
{
    if (milliseconds < 1000)
        buffer_addf(out, "%llu 毫秒", (unsigned long long)milliseconds);
    else
        buffer_addf(out, "%llu.%llu 秒", (unsigned long long)(milliseconds / 1000),
                    (unsigned long long)(milliseconds % 1000 / 100));
}
