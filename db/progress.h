/* progress.h - which reduction target holds for the bureau. How far it has come is summed up by
 * summary_loads. */
#ifndef TAIZHANG_DB_PROGRESS_H
#define TAIZHANG_DB_PROGRESS_H

#include "db/summary.h"

struct progress_target {
    char id[RECORD_ID_SIZE]; /* of register target; "" when there is none */
    int year;
    bool has_percent; /* 削减比例; else `kind` alone says what is demanded */
    int64_t percent;  /* to be cut, in 0.01 % */
    char kind[32];    /* "削减比例", "控制不新增", "持平" */
    char
        region[64]; /* whose target it is, when not the bureau's own region: "河池市"; "" its own */
};

/* The target of the bureau's region, else of the nearest region around it that has one, for all
 * metals together: of the year that comes next, else of the last; the followed pack's before
 * others. */
bool progress_target(struct store *store, struct date today, struct progress_target *target,
                     struct error *err);

/* The net reduction so far in 0.01 % of the base: what was cut less what was added. False when
 * there is no base to compare with. */
bool progress_percent(const struct summary_loads *loads, int64_t *percent);

#endif
