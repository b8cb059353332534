#include "db/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* "2026-06-15T10:42:07" and nothing else. */
static bool is_time(const char *text)
{
    struct date date;
    char day[11];
    if (strlen(text) != CLOCK_TEXT_SIZE - 1 || text[4] != '-' || text[7] != '-' ||
        text[10] != 'T' || text[13] != ':' || text[16] != ':')
        return false;
    memcpy(day, text, 10);
    day[10] = '\0';
    return date_parse(day, &date, NULL) && strspn(text + 11, "0123456789:") == 8;
}

void clock_now(char out[CLOCK_TEXT_SIZE])
{
    const char *fixed = getenv("TAIZHANG_NOW");
    if (fixed && is_time(fixed)) {
        memcpy(out, fixed, CLOCK_TEXT_SIZE);
        return;
    }
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    strftime(out, CLOCK_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S", &local);
}

struct date clock_today(void)
{
    char now[CLOCK_TEXT_SIZE];
    clock_now(now);
    struct date today = {0};
    sscanf(now, "%4d-%2d-%2d", &today.year, &today.month, &today.day);
    return today;
}

uint64_t clock_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}
