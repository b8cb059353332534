/* casefile_rows.h - what the two files of the case file share; nobody else includes it. */
#ifndef TAIZHANG_DB_CASEFILE_ROWS_H
#define TAIZHANG_DB_CASEFILE_ROWS_H

#include "db/casefile.h"
#include "db/internal.h"

/* Appends the condition that a row t of the relation is live and refers to the object, ?1. */
void casefile_write_where(const struct casefile_relation *relation, struct buffer *sql);

/* Reads the newest records of each relation: profiles, events, cases, files, the series. */
bool casefile_read_rows(struct casefile *file, struct error *err);

#endif
