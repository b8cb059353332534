/* screens.c - how long the desk takes to its first screen and for a PageDown in its longest list.
 * Usage: screens DATABASE; prints medians in milliseconds. */
#include "tests/e2e/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { STARTS = 15, PAGES = 40 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static double median(double *times, size_t count)
{
    qsort(times, count, sizeof *times, compare);
    return times[count / 2];
}

int main(int argc, char **argv)
{
    static const char *const no_arguments[] = {NULL};
    double starts[STARTS], pages[PAGES];
    if (argc != 2)
        return 2;
    for (int i = 0; i < STARTS; i++) {
        double begin = now();
        struct terminal_window *window = window_open(argv[1], 24, 80, no_arguments);
        starts[i] = now() - begin;
        window_close(&window);
    }
    struct terminal_window *window = window_open(argv[1], 24, 80, no_arguments);
    window_type(window, "1");
    window_settle(window);
    for (int i = 0; i < PAGES; i++) {
        double begin = now();
        window_type(window, "<PageDown>");
        window_settle(window);
        pages[i] = now() - begin;
    }
    window_close(&window);
    printf("first screen %.1f ms, PageDown %.2f ms\n", median(starts, STARTS),
           median(pages, PAGES));
    return 0;
}
