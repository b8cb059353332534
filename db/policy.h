/* policy.h - the records of the policy registers (limits, parameters, key regions …), held in
 * memory: rules and verdicts ask for them with every record, and they are few. */
#ifndef TAIZHANG_DB_POLICY_H
#define TAIZHANG_DB_POLICY_H

#include "db/internal.h"

/* All live records of a REG_POLICY register; read at the first call, again after policy_forget.
 * Valid until then. */
const struct policy_table *policy_table(struct store *store, const struct reg *reg);

/* Forgets everything; with `changed` only when that is a policy register. */
void policy_forget(struct store *store, const struct reg *changed);

#endif
