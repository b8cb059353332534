/* listing.h - the records of one register as a table of the sink. */
#ifndef TAIZHANG_EXPORTS_LISTING_H
#define TAIZHANG_EXPORTS_LISTING_H

#include "exports/column.h"
#include "exports/run.h"

struct listing {
    const struct reg *reg;
    const char *where;          /* as in struct query; NULL: all */
    const struct id_list *only; /* as in struct query */
    unsigned scope;             /* REPORT_BIT of what the run's options may narrow it by */
    const bool *wanted;         /* as in struct query; listing_write knows it by itself */
    /* These records in place of what the store has, `record_count` of them; NULL: the store's. */
    const struct record *records;
    size_t record_count;
    /* Fields that hold a date, a period or a year, NULL for none. A record belongs to the list of a
     * year unless it came later (`since`) or had left before the year began (`until`). In a report
     * with a cut-off day (run_cut) both are dates, of a thing that lasts; without `until` a record
     * is of the day `since`. What is of days that no report has told yet is carried over. */
    const char *since, *until;
    const char *order; /* as in struct query */
    const struct column *columns;
    size_t column_count;
};

/* The year that a date, period or year field of the record names; 0 when it is empty. */
int listing_year(const struct record *record, const char *field);

/* Calls `each` for every record that belongs to the run's list, and run_step for every one read.
 * `each` returns false with a reason to stop. */
bool listing_each(const struct listing *listing, struct run *run,
                  bool (*each)(void *context, const struct record *record, struct error *err),
                  void *context, struct error *err);

/* Which fields must be read to tell whether a record belongs to the list and what it is called, by
 * index, for `wanted`. Owned by the caller. */
bool *listing_fields(const struct listing *listing);

/* How many records listing_each will read. */
bool listing_count(const struct listing *listing, struct store *store, size_t *count,
                   struct error *err);

/* Calls `each` for every record of the child register `child` that hangs on record `parent`. */
bool listing_each_child(struct store *store, const struct reg *child, const char *parent,
                        bool (*each)(void *context, const struct record *record, struct error *err),
                        void *context, struct error *err);

/* Writes the rows into the table that the sink has begun; `rows` receives their number. */
bool listing_write(const struct listing *listing, struct run *run, size_t *rows, struct error *err);

#endif
