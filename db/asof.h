/* asof.h - the records of a register as they were at the end of a day, so that the report of last
 * Friday can be made on Monday. They come from the operations (db/history.h), nothing is kept
 * twice.
 *
 * What was written on that day or before counts, in the order in which it was written; the day is
 * the one on the clock of the laptop. What a former day held cannot be told where no operation
 * tells it: fields that show another record's are empty, and what the program concludes is as it
 * was when the record was last saved. */
#ifndef TAIZHANG_DB_ASOF_H
#define TAIZHANG_DB_ASOF_H

#include "db/store.h"

/* Calls `each` for every record that was there, in the order in which they were created; it is
 * borrowed during the call. Only the fields named by `wanted` are filled (it ends with NULL; NULL:
 * all of them). False from `each` ends it, with the error that it has set. */
bool asof_each(struct store *store, const struct reg *reg, struct date day,
               const char *const *wanted,
               bool (*each)(void *context, const struct record *record, struct error *err),
               void *context, struct error *err);

/* The day on which somebody first wrote something into the file; year 0: nobody has. Of the days
 * before it nothing is known. */
bool asof_first_day(struct store *store, struct date *day, struct error *err);

#endif
