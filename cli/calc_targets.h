/* calc_targets.h - the answer of `calc targets`, as programs read it. Private to this folder. */
#ifndef TAIZHANG_CLI_CALC_TARGETS_H
#define TAIZHANG_CLI_CALC_TARGETS_H

#include "db/target_parts.h"
#include "db/target_table.h"

struct targets_answer {
    struct store *store;
    struct targets targets;
    struct target_table table;
    const char *region;       /* only targets that concern it; NULL: all */
    const enum target_by *by; /* who cut and added; NULL: is not asked */
};

/* Appends the whole answer as one JSON object. */
void targets_write_json(const struct targets_answer *answer, struct buffer *out);

/* Appends a table for a spreadsheet. */
void targets_write_csv(const struct targets_answer *answer, struct buffer *out);

/* Appends the name of a contribution's record, "" when it cannot be read. */
void targets_write_name(struct store *store, const struct contribution *contribution,
                        struct buffer *out);

/* Whether the forecast rests on it. */
bool targets_rests_on(enum contribution_role role);

#endif
