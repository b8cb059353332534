/* plan.h - what checking the records of a register has in common, worked out once for many of them:
 * where each field stands, and which rules concern the register. */
#ifndef TAIZHANG_CORE_PLAN_H
#define TAIZHANG_CORE_PLAN_H

#include "core/rule.h"

struct plan_place {
    const char *name; /* of a field; NULL: free */
    int index;
};

struct plan {
    const struct reg *reg;
    struct plan_place *places; /* by the hash of the name, else the next free one; owned */
    size_t mask;               /* their number, a power of two, less one */
    const struct rule **rules; /* in the order of their numbers; owned */
    size_t rule_count;
};

/* Of all registers. */
struct plans {
    struct plan *items; /* as `registers`; owned */
};

void plans_init(struct plans *plans);
void plans_release(struct plans *plans);

/* NULL when `plans` is. */
const struct plan *plans_find(const struct plans *plans, const struct reg *reg);

/* As reg_field_index. */
int plan_field_index(const struct plan *plan, const char *name);

#endif
