/* history.h - what was changed, when, by whom and why; and taking the last change back. */
#ifndef TAIZHANG_DB_HISTORY_H
#define TAIZHANG_DB_HISTORY_H

#include "db/store.h"

struct operation {
    const char *batch, *kind; /* kind of the batch: "edit", "import", "undo", … */
    char action;              /* 'C' created, 'U' one field changed, 'D' deleted, 'R' restored */
    const struct reg *reg;    /* NULL when this program does not know the register */
    const char *record;
    const char *field;          /* name; "" unless 'U' */
    const char *before, *after; /* canonical text; for 'C' after is a JSON object of all fields */
    const char *at, *who, *why;
};

/* Calls `each` for every operation on a record, oldest first; strings are borrowed during the call.
 */
bool history_each(struct store *store, const struct reg *reg, const char *id,
                  void (*each)(void *context, const struct operation *operation), void *context,
                  struct error *err);

/* The same, and in between what was done to the acceptances of its warnings (db/accept.h):
 * operations of another register. */
bool history_each_with_acceptances(struct store *store, const struct reg *reg, const char *id,
                                   void (*each)(void *context, const struct operation *operation),
                                   void *context, struct error *err);

/* The kind of a batch as a person calls it: "编辑", "导入" …; itself when it is none of ours. */
const char *history_kind(const char *kind);

/* Appends what store_undo would take back, e.g. "张 于 2026-06-15 10:42 的导入，涉及 60 条记录".
 * ERROR_MISSING when there is nothing to undo. */
bool history_last(struct store *store, struct buffer *what, struct error *err);

/* The record of a register that was created or changed last in this copy of the file, other than
 * `except`; "" when there is none. */
bool history_last_record(struct store *store, const struct reg *reg, const char *except,
                         char id[RECORD_ID_SIZE], struct error *err);

/* Takes back the last change that was not yet taken back, as a change of its own. `summary` tells
 * in one sentence what was undone. ERROR_MISSING when there is nothing to undo. */
bool store_undo(struct store *store, struct buffer *summary, struct error *err);

#endif
