/* rule_cases.h - for each rule a record that breaks it, and its nearest neighbour that does not.
 * They are written for a desk in 清远 (4418) on 2026-06-15. */
#ifndef TAIZHANG_TESTS_CORE_RULE_CASES_H
#define TAIZHANG_TESTS_CORE_RULE_CASES_H

#include "core/reg.h"

struct setting {
    const char *field, *text;
};

enum { MOST_SETTINGS = 16 };

/* One row of the table: with `settings` the rule speaks about `field`; with the last setting of
 * `mended` added it is silent. */
struct rule_case {
    const char *rule, *field;
    const struct reg *reg;
    struct setting settings[MOST_SETTINGS];
    struct setting mended[3];
};

extern const struct rule_case rule_cases[];
extern const size_t rule_case_count;

#endif
