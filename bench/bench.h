/* bench.h - what the programs of the benchmark share: a clock, the middle of several times, and
 * records that are put into the file they measure. */
#ifndef TAIZHANG_BENCH_BENCH_H
#define TAIZHANG_BENCH_BENCH_H

#include "db/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* In milliseconds. */
static inline double bench_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

static inline int bench_compare(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* Sorts them. */
static inline double bench_median(double *times, size_t count)
{
    qsort(times, count, sizeof *times, bench_compare);
    return times[count / 2];
}

static inline void bench_require(bool ok, const struct error *err)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", err->message);
    exit(1);
}

struct bench_cell {
    const char *field, *text;
};

/* Puts a record; `id` "" lets the store choose one, and has it afterwards. */
static inline bool bench_put(struct store *store, const struct reg *reg, char id[RECORD_ID_SIZE],
                             const struct bench_cell *cells, size_t count, struct error *err)
{
    struct record record;
    enum store_change change;
    bool ok = true;
    record_init(&record, reg);
    memcpy(record.id, id, RECORD_ID_SIZE);
    for (size_t i = 0; ok && i < count; i++)
        ok = record_set_text(&record, (size_t)reg_field_index(reg, cells[i].field), cells[i].text,
                             store_lookup(store), err);
    ok = ok && store_put(store, &record, &change, err);
    memcpy(id, record.id, RECORD_ID_SIZE);
    record_release(&record);
    return ok;
}

#endif
