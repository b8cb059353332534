#include "db/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void clock_now(char out[CLOCK_TEXT_SIZE])
{
    const char *fixed = getenv("TAIZHANG_NOW");
    if (fixed && strlen(fixed) == CLOCK_TEXT_SIZE - 1) {
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
