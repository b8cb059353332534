/* stage.h - what a record sees in tests of the core: other records that a table makes up, a file
 * that is there and one that is not, on a desk in 清城 on 2026-06-15. */
#ifndef TAIZHANG_TESTS_CORE_STAGE_H
#define TAIZHANG_TESTS_CORE_STAGE_H

#include "core/facts.h"
#include "core/reg.h"

/* The only file that is not there. */
#define LOST_FILE "000000009c7cbb5a3b1b4d53a0d2b1a5b1a80f0e1f2f3c0a2d4e5f6a7b8c9d0e"

enum { MOST_SETTINGS = 16 };

struct setting {
    const char *field, *text;
};

struct other {
    const struct reg *reg;
    const char *id; /* NULL: "r0", "r1" … by its place in the table */
    struct setting settings[MOST_SETTINGS];
};

/* The other records of the test at hand. */
void stage_use(const struct other *others, size_t count);
#define USE(table) stage_use((table), COUNT_OF(table))

extern const struct check_context stage_desk;

/* Fails the running test when a setting is refused. */
void stage_apply(struct record *record, const struct setting *settings);

#endif
