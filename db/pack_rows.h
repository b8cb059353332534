/* pack_rows.h - the rows of one CSV file of a policy pack, for pack.c; as records that are not
 * stored, for almanac.c and shipped.c. */
#ifndef TAIZHANG_DB_PACK_ROWS_H
#define TAIZHANG_DB_PACK_ROWS_H

#include "core/csv.h"
#include "db/pack.h"

/* Which field each column of a file means. */
struct pack_columns {
    size_t fields[CSV_MAX_CELLS];
    size_t count;
};

/* Reads the heading. Refuses an unknown or repeated column and a missing one that is always
 * required; `campaign` may be missing. */
bool pack_read_heading(const struct reg *reg, struct csv *csv, struct pack_columns *columns,
                       struct error *err);

/* Writes all rows of `text` (the whole file, changed by reading it) to `reg`. */
struct pack_file {
    const char *pack; /* name of the pack; part of the ids of its records */
    const char *path; /* for sentences: "packs/yunnan-2022/target.csv" */
    const struct reg *reg;
    const char *campaign; /* id that rows get as `campaign`; "" none */
};
bool pack_put_rows(struct store *store, const struct pack_file *file, char *text,
                   struct pack_result *result, struct error *err);

/* Shows `take` each row of data file `resource` ("base/limit.csv") as a record of `reg` without id,
 * which is released afterwards. The error names the file and the row. */
bool pack_each_row(const struct reg *reg, const char *resource,
                   void (*take)(void *data, const struct record *record), void *data,
                   struct error *err);

#endif
