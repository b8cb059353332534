/* life_world.h - a small world for tests of a problem's life: a problem that shows all that a state
 * demands, and the samples, reports and files that the gate may ask for. Today is 2026-06-15. */
#ifndef TAIZHANG_TESTS_CORE_LIFE_WORLD_H
#define TAIZHANG_TESTS_CORE_LIFE_WORLD_H

#include "core/life.h"
#include "core/registers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Files by their sums; PICTURE_LOST is not there. */
#define PICTURE_BEFORE "1111111111111111111111111111111111111111111111111111111111111111"
#define PICTURE_AFTER  "2222222222222222222222222222222222222222222222222222222222222222"
#define PICTURE_AGAIN  "3333333333333333333333333333333333333333333333333333333333333333"
#define REPORT         "4444444444444444444444444444444444444444444444444444444444444444"
#define PICTURE_LOST   "0000000000000000000000000000000000000000000000000000000000000000"

extern const struct check_context world_desk;

/* Other records that the gate sees; world_clear forgets them. `settings` are pairs of a field and a
 * text, ending with NULL. */
void world_clear(void);
void world_add(const struct reg *reg, const char *id, const char *const *settings);
void world_remove(const char *id);
void world_lose(const char *sha256); /* NULL: all files are there again, but PICTURE_LOST */

/* A problem (id "own", thallium at the workshop of enterprise "works") that shows all that the
 * states up to `state` demand, and is in it. With its sample and report of progress in the world.
 */
void world_problem(const char *state, struct record *record);

/* Another result of thallium at the workshop. */
void world_sample(const char *id, const char *day, const char *verdict);

/* A problem in `state` as it is stored, and a copy to change. */
void world_begin(const char *state, struct record *before, struct record *after);
void world_end(struct record *before, struct record *after);

/* The move that is possible. */
const struct life_move *world_move(const struct record *record, const char *name);

/* Applies it as the store would: the program counts before the gate is asked. */
void world_apply(const char *name, const struct record *before, struct record *after);

void world_allows(const struct record *before, const struct record *after);

/* Refused, with a sentence that holds `part` and names the field to mend, if any. */
void world_refuses(const struct record *before, const struct record *after, const char *part);

/* The n-th state of the main line, NULL behind the last. */
const char *world_state(size_t n);

#endif
