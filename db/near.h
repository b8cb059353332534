/* near.h - records whose names are nearly what somebody wrote, and counties by other names than
 * their present ones: to propose one, never to take it silently. */
#ifndef TAIZHANG_DB_NEAR_H
#define TAIZHANG_DB_NEAR_H

#include "core/alike.h"
#include "db/store.h"

enum { NEAR_MOST = 3 };

struct near_match {
    const char *id, *name; /* lent until the next call of a store function */
    int score;             /* alike_score, up to ALIKE_EQUAL */
};

/* The live records of register `target` with the names most like `text`, the best first; of
 * counties those of the bureau's own city, else of its province. None when no name has half of its
 * characters in common with it, and none any more when very many were asked for in one change. */
bool near_find(struct store *store, const char *target, const char *text,
               struct near_match matches[NEAR_MOST], size_t *count, struct error *err);

/* Appends the code of the one county that `text` means: with its province or city in front
 * ("清远市清城区"), or by a former code or name ("清新县", data/base/former_region.csv). *found is
 * false, and nothing is appended, when there is none or several. */
bool near_county(struct store *store, const char *text, struct buffer *code, bool *found,
                 struct error *err);

#endif
