/* summary.h - numbers about a whole register, for the desk. What must read every row does so in
 * slices of a few milliseconds: call it until the walk is done. */
#ifndef TAIZHANG_DB_SUMMARY_H
#define TAIZHANG_DB_SUMMARY_H

#include "core/duty.h"
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

/* How far a walk over a table has come; begins with zero. */
struct summary_walk {
    int64_t row;
    bool done;
};

/* Adds the live records of the next slice that were entered on `since` ("2026-01-01") or later. */
bool summary_count_new(struct store *store, const struct reg *reg, const char *since,
                       struct summary_walk *walk, int64_t *count, struct error *err);

/* Calls `visit` for each day from `from` to `to` on which records of `reg` have the duty: first
 * those that are done with, then those that are open. */
typedef void summary_day_visitor(void *context, const char *day, bool open, int64_t count);
bool summary_days(struct store *store, const struct reg *reg, const struct duty *duty,
                  const char *from, const char *to, summary_day_visitor *visit, void *context,
                  struct error *err);

/* A required field and how many live records lack it. */
struct summary_gap {
    const struct field *field;
    int64_t count;
};

/* The `most` fields that are lacking most often, the most frequent first. Of a register with more
 * incomplete records than this a sample is counted: enough to know what is lacking most often. */
enum { SUMMARY_GAP_SAMPLE = 500 };
bool summary_gaps(struct store *store, const struct reg *reg, struct summary_gap *gaps, size_t most,
                  size_t *count, struct error *err);

/* Problems about records of `reg`: those that refer to one, or to the record of which it is a
 * profile (a thallium enterprise's problems are the enterprise's). For the register of problems,
 * itself. Adds those of the next slice. */
struct summary_problems {
    bool related; /* whether problems can refer to the register at all */
    int64_t total, open;
};
bool summary_problems(struct store *store, const struct reg *reg, struct summary_walk *walk,
                      struct summary_problems *problems, struct error *err);

#endif
