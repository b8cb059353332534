/* search.c - how fast every key of a search is answered, and how long it takes until nothing more
 * is found. Usage: search DATABASE; prints milliseconds. */
#include "bench/bench.h"
#include "db/finder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLICE_MS = 8, KEYS_MOST = 200 };

static bool work(struct finder *finder, unsigned milliseconds)
{
    bool more;
    struct error err = {0};
    if (finder_work(finder, milliseconds, &more, &err))
        return more;
    fprintf(stderr, "%s\n", err.message);
    exit(1);
}

/* What the search screen does at a key, and then in quiet moments. */
static void type(struct finder *finder, const char *text, double *answer, double *whole)
{
    const struct finder_group *groups;
    double begin = bench_now();
    finder_ask(finder, text);
    bool more = work(finder, SLICE_MS);
    finder_groups(finder, &groups);
    *answer = bench_now() - begin;
    while (more)
        more = work(finder, SLICE_MS);
    *whole = bench_now() - begin;
}

int main(int argc, char **argv)
{
    static const char *const typed[] = {"xinyouhuagong", "qyxyhg",       "y",
                                        "zhong",         "龙塘镇 电镀",  "QY-441802-2026-0990",
                                        "914418",        "jiedaoxincun", "zzzz"};
    double answers[KEYS_MOST], wholes[KEYS_MOST];
    size_t keys = 0;
    struct store *store;
    struct finder *finder;
    struct error err = {0};
    if (argc != 2)
        return 2;
    if (!store_open(&store, argv[1], STORE_READ, &err) || !finder_open(&finder, store, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    double begin = bench_now();
    while (work(finder, SLICE_MS))
        continue;
    double read = bench_now() - begin;
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        for (size_t length = 1; length <= strlen(typed[i]) && keys < KEYS_MOST; length++) {
            char text[64];
            snprintf(text, sizeof text, "%.*s", (int)length, typed[i]);
            if (((unsigned char)typed[i][length] & 0xC0) == 0x80)
                continue; /* inside a character */
            type(finder, text, &answers[keys], &wholes[keys]);
            if (getenv("VERBOSE"))
                printf("%-20s %.2f %.2f\n", text, answers[keys], wholes[keys]);
            keys++;
        }
    }
    qsort(answers, keys, sizeof *answers, bench_compare);
    qsort(wholes, keys, sizeof *wholes, bench_compare);
    printf("read %.0f ms, key %.1f ms (worst %.1f), complete %.1f ms (worst %.1f)\n", read,
           answers[keys / 2], answers[keys - 1], wholes[keys / 2], wholes[keys - 1]);
    finder_close(&finder);
    store_close(&store);
    return 0;
}
