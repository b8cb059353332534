/* checking.h - how the writing files of db/ tell check.c what changed; nobody else includes it. */
#ifndef TAIZHANG_DB_CHECKING_H
#define TAIZHANG_DB_CHECKING_H

#include "db/internal.h"

/* Notes that a record of the pending batch changed; `before` is NULL for a new one. */
void checking_note(struct store *store, const struct record *before, const struct record *after);

/* Before the commit: asks the rules about what was noted. */
bool checking_settle(struct store *store, struct error *err);

/* Forgets what was noted. */
void checking_release(struct batch *batch);

/* Everything is to be asked again: after an upgrade. */
bool checking_note_all(struct store *store, struct error *err);

#endif
