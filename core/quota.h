/* quota.h - clocks of the emission quota: how long a holder has to have the discharge permit
 * changed.
 *
 * Sources: 吉环固体字〔2022〕12号 四 (30 days after a transfer takes effect); 滇规划 三（五）2 (30
 * working days after a finished project is entered in the reduction ledger). Both lengths are
 * parameters. */
#ifndef TAIZHANG_CORE_QUOTA_H
#define TAIZHANG_CORE_QUOTA_H

#include "core/calendar.h"
#include "core/record.h"

/* By when the permit is to be changed after what `record` (a quota_transfer or a reduction_project)
 * says; false when it starts no clock. */
bool quota_permit_due(const struct record *record, const struct check_context *context,
                      struct deadline *deadline);

/* Fills permit_change_due_on: the `conclude` of both registers. */
void quota_conclude(struct record *record, const struct check_context *context);

#endif
