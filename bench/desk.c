/* desk.c - what the desk reads before its first frame, and the longest of the pieces that it works
 * out between keys. Usage: desk DATABASE; prints milliseconds. */
#include "bench/bench.h"
#include "db/clock.h"
#include "tui/screens/workbench.h"

#include <stdio.h>

static bool measure(struct store *store, double *first, double *longest, struct error *err)
{
    struct agenda agenda;
    bool more = true;
    agenda_init(&agenda, clock_today());
    double begin = bench_now();
    bool ok = agenda_begin(&agenda, store, err);
    *first = bench_now() - begin;
    *longest = 0;
    while (ok && more) {
        begin = bench_now();
        ok = agenda_step(&agenda, store, &more, err);
        double took = bench_now() - begin;
        *longest = took > *longest ? took : *longest;
    }
    agenda_release(&agenda);
    return ok;
}

int main(int argc, char **argv)
{
    struct store *store = NULL;
    struct error err = {0};
    double first, longest;
    if (argc != 2)
        return 2;
    /* Twice: the first time the file comes from the disk. */
    bool ok = store_open(&store, argv[1], STORE_READ, &err) &&
              measure(store, &first, &longest, &err) && measure(store, &first, &longest, &err);
    store_close(&store);
    if (!ok) {
        fprintf(stderr, "%s\n", err.message);
        return 3;
    }
    printf("first frame %.1f ms, longest piece %.1f ms\n", first, longest);
    return 0;
}
