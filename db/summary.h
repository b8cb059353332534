/* summary.h - numbers about a whole register, for the desk. summary_count only walks an index; the
 * others read tables once and are meant for a quiet moment. */
#ifndef TAIZHANG_DB_SUMMARY_H
#define TAIZHANG_DB_SUMMARY_H

#include "db/store.h"

/* A number that is another one after any change of the file, by whomever: equal numbers mean that
 * what was read still holds. */
bool summary_stamp(struct store *store, int64_t *stamp, struct error *err);

struct summary_counts {
    int64_t total;      /* live records */
    int64_t incomplete; /* of these, with required fields empty */
};
bool summary_count(struct store *store, const struct reg *reg, struct summary_counts *counts,
                   struct error *err);

/* Live records entered on `since` ("2026-01-01") or later. */
bool summary_count_new(struct store *store, const struct reg *reg, const char *since,
                       int64_t *count, struct error *err);

/* A required field and how many live records lack it. */
struct summary_gap {
    const struct field *field;
    int64_t count;
};

/* The `most` fields that are lacking most often, the most frequent first. */
bool summary_gaps(struct store *store, const struct reg *reg, struct summary_gap *gaps, size_t most,
                  size_t *count, struct error *err);

/* Problems about records of `reg`: those that refer to one, or to the record of which it is a
 * profile (a thallium enterprise's problems are the enterprise's). For the register of problems,
 * itself. */
struct summary_problems {
    bool related; /* whether problems can refer to the register at all */
    int64_t total, open;
};
bool summary_problems(struct store *store, const struct reg *reg, struct summary_problems *problems,
                      struct error *err);

#endif
