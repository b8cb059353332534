/* draft_name.h - what to call a draft. */
#ifndef TAIZHANG_TUI_SCREENS_DRAFT_NAME_H
#define TAIZHANG_TUI_SCREENS_DRAFT_NAME_H

#include "db/draft.h"

/* Appends the record's name, else what was typed for it, else "新的涉铊企业". */
void draft_name(struct store *store, const struct draft *draft, struct buffer *out);

/* Appends "涉铊企业，填了 3 项，昨天 17:42". */
void draft_tell(const struct draft *draft, struct date today, struct buffer *out);

#endif
