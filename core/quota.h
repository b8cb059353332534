/* quota.h - clocks of the emission quota: how long a holder has to have the discharge permit
 * changed, and by when the base is to be verified anew.
 *
 * Sources: 吉环固体字〔2022〕12号 四 (30 days after a transfer takes effect); 滇规划 三（五）2 (30
 * working days after a finished project is entered in the reduction ledger). Both lengths are
 * parameters. 12号 四 also wants the base verified anew by the end of March after the year of a
 * transfer; parameter rebase_day of the packs that do. */
#ifndef TAIZHANG_CORE_QUOTA_H
#define TAIZHANG_CORE_QUOTA_H

#include "core/calendar.h"
#include "core/record.h"

/* By when the permit is to be changed after what `record` (a quota_transfer or a reduction_project)
 * says; false when it starts no clock. */
bool quota_permit_due(const struct record *record, const struct check_context *context,
                      struct deadline *deadline);

/* By when the province verifies the base anew for what `transfer` moved; false when the policy does
 * not say, or the transfer is voided. */
bool quota_rebase_due(const struct record *transfer, const struct check_context *context,
                      struct date *due);

/* Fills permit_change_due_on, credit_on and rebase_due_on where the register has them: the
 * `conclude` of both registers. */
void quota_conclude(struct record *record, const struct check_context *context);

#endif
