/* rule_cases.h - for each rule a record that breaks it, and its nearest neighbour that does not.
 * They are written for a desk in 清远 (4418) on 2026-06-15. */
#ifndef TAIZHANG_TESTS_CORE_RULE_CASES_H
#define TAIZHANG_TESTS_CORE_RULE_CASES_H

#include "core/reg.h"

struct setting {
    const char *field, *text;
};

/* The only file that is not there. */
#define LOST_FILE "000000009c7cbb5a3b1b4d53a0d2b1a5b1a80f0e1f2f3c0a2d4e5f6a7b8c9d0e"

enum { MOST_SETTINGS = 16 };

/* One row of the table: with `settings` the rule speaks about `field`; with the last setting of
 * `mended` added it is silent. The record's own id is "own". */
struct rule_case {
    const char *rule, *field;
    const struct reg *reg;
    struct setting settings[MOST_SETTINGS];
    struct setting mended[3];
};

extern const struct rule_case rule_cases[];
extern const size_t rule_case_count;

/* Another record that the rule may see; its id is "other". */
struct neighbour {
    const struct reg *reg;
    struct setting settings[MOST_SETTINGS];
};

enum { MOST_NEIGHBOURS = 4 };

/* The same for a rule that looks at other records. */
struct rule_scene {
    struct rule_case row;
    struct neighbour others[MOST_NEIGHBOURS];
};

extern const struct rule_scene rule_scenes[];
extern const size_t rule_scene_count;

#endif
