/* rule_cases.h - for each rule a record that breaks it, and its nearest neighbour that does not.
 * They are written for a desk in 清远 (4418) on 2026-06-15. */
#ifndef TAIZHANG_TESTS_CORE_RULE_CASES_H
#define TAIZHANG_TESTS_CORE_RULE_CASES_H

#include "tests/core/stage.h"

/* A file that is kept. */
#define PICTURE "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

/* One row of the table: with `settings` the rule speaks about `field`; with the last setting of
 * `mended` added it is silent. The record's own id is "own". */
struct rule_case {
    const char *rule, *field;
    const struct reg *reg;
    struct setting settings[MOST_SETTINGS];
    struct setting mended[3];
};

/* The rows of one theme, a file each. */
struct rule_case_set {
    const struct rule_case *rows;
    size_t count;
};

extern const struct rule_case_set rule_cases_enterprise, rule_cases_problem, rule_cases_quota,
    rule_cases_site, rule_cases_thallium, rule_cases_policy;

/* The n-th row of all themes, NULL behind the last. */
const struct rule_case *rule_case_at(size_t n);

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
