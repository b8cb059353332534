/* target_table.h - a published table of targets held against itself: what its rows add up to, and
 * where two of its figures disagree. Nothing is ever corrected: the printed figure stays, and so
 * does the other one.
 *
 * Sources: 滇规划 附件（一）, 二（三）; 桂重金属方案 附表1, 三. */
#ifndef TAIZHANG_DB_TARGET_TABLE_H
#define TAIZHANG_DB_TARGET_TABLE_H

#include "db/targets.h"

/* The targets of one year and metal that lie directly within a region which has one itself. */
struct target_sum {
    char region[8], name[TARGET_NAME_SIZE], metal[8];
    int year;
    size_t rows;
    struct amount enterprises, base, cut, target; /* known when every row has it */
    struct amount percent;                        /* of the base, in 0.01 % */
};

struct contradiction {
    char region[8], name[TARGET_NAME_SIZE], metal[8];
    int year;
    const char *what;   /* key of the figure: "target_kg", "target_percent" … */
    const char *reason; /* how it is worked out: "基准排放量减净削减量" */
    int64_t printed, computed;
    int scale; /* of both */
};

struct target_table {
    struct target_sum *sums;              /* owned */
    struct contradiction *contradictions; /* owned */
    size_t sum_count, sum_capacity, contradiction_count, contradiction_capacity;
};

/* Of all targets that `targets` has. */
void target_table_read(struct target_table *table, const struct targets *targets);
void target_table_release(struct target_table *table);

/* What a person calls the figure: "净削减量". */
const char *target_figure_name(const struct contradiction *contradiction);

#endif
