/* casefile.c - how long the case file of an enterprise takes to open, of enterprises spread over
 * the whole file. Usage: casefile DATABASE; prints milliseconds. */
#include "bench/bench.h"
#include "core/registers.h"
#include "db/casefile.h"

#include <stdio.h>
#include <stdlib.h>

enum { OPENED = 500 };

/* Opens it as the screen does and returns how long that took. */
static bool open_one(struct store *store, const char *id, double *took, struct error *err)
{
    struct casefile *file;
    double begin = bench_now();
    bool ok = casefile_open(&file, store, &reg_enterprise, id, err);
    *took = bench_now() - begin;
    if (ok)
        casefile_close(&file);
    return ok;
}

int main(int argc, char **argv)
{
    static double took[OPENED];
    struct store *store = NULL;
    struct id_list ids = {0};
    struct error err = {0};
    size_t count = 0;
    if (argc != 2)
        return 2;
    bool ok = store_open(&store, argv[1], STORE_READ, &err) &&
              query_ids(store, &(struct query){.reg = &reg_enterprise}, &ids, &err);
    for (; ok && count < OPENED && count < ids.count; count++)
        ok = open_one(store, ids.ids[count * 7919 % ids.count], &took[count], &err);
    if (ok && count) {
        double first = took[0];
        qsort(took, count, sizeof *took, bench_compare);
        printf("first %.1f, median %.1f, worst %.1f ms\n", first, took[count / 2], took[count - 1]);
    }
    if (!ok)
        fprintf(stderr, "%s\n", err.message);
    id_list_release(&ids);
    store_close(&store);
    return ok ? 0 : 3;
}
