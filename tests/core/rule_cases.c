#include "tests/core/rule_cases.h"

/* One file for each theme of core/rules/. */
static const struct rule_case_set *const sets[] = {&rule_cases_enterprise, &rule_cases_problem,
                                                   &rule_cases_quota,      &rule_cases_site,
                                                   &rule_cases_thallium,   &rule_cases_policy};

const struct rule_case *rule_case_at(size_t n)
{
    for (size_t i = 0; i < COUNT_OF(sets); i++) {
        if (n < sets[i]->count)
            return &sets[i]->rows[n];
        n -= sets[i]->count;
    }
    return NULL;
}
