/* life_inside.h - what life.c, which reads the table, and life_gate.c, which decides, share; nobody
 * else includes it. */
#ifndef TAIZHANG_CORE_LIFE_INSIDE_H
#define TAIZHANG_CORE_LIFE_INSIDE_H

#include "core/life.h"

/* How a sentence begins that only says what is not there; the rest of it can be listed with others.
 */
#define LIFE_MISSING "缺"

/* The state of the record, "" when it has none. Borrowed. */
const char *life_state(const struct record *record);

/* Where the state stands on the main line, from 0; -1 when it does not. A case without a state has
 * only been entered. */
int life_rank(const struct life *life, const char *state);

/* The rank of life_stand. */
int life_standing(const struct record *record);

bool life_meets(const struct life_need *need, const struct record *record,
                const struct check_context *context);

/* Each adds a finding like `as`, with field, basis and sentence: for the needs up to `rank` that
 * are not met, for those that `before` met and `after` does not, for what the move demands itself.
 */
void life_add_unmet(const struct record *record, int rank, const struct check_context *context,
                    const struct finding *as, struct findings *findings);
void life_add_losses(const struct record *before, const struct record *after, int rank,
                     const struct check_context *context, const struct finding *as,
                     struct findings *findings);
void life_add_demands(const struct life_move *move, const struct record *before,
                      const struct record *after, const struct check_context *context,
                      const struct finding *as, struct findings *findings);

/* The furthest state on the main line that the record has all for. Borrowed. */
const char *life_reach(const struct record *record, const struct check_context *context);

#endif
