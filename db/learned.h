/* learned.h - what a person has decided once about words of lists from elsewhere, and need not
 * decide again. It is no operation: nothing of a register changes by it. But it belongs to the
 * change during which it was decided, and undo of that change takes it back. */
#ifndef TAIZHANG_DB_LEARNED_H
#define TAIZHANG_DB_LEARNED_H

#include "db/store.h"

/* `kind` says of what: "column" (scope: "REGISTER:FINGERPRINT" of a heading, or the register alone;
 * text: heading of a column, folded; meaning: name of a field, "" for none) or "word" (scope: the
 * register that the field points to, such as "industry", or the name of a field with choices; text:
 * the word, folded; meaning: id of the record, or the choice). Folded is what text_fold has
 * written. Appends the meaning; *found is false, and nothing is appended, when nothing was decided.
 */
bool learned_find(struct store *store, const char *kind, const char *scope, const char *text,
                  struct buffer *meaning, bool *found, struct error *err);

/* Remembers it; between store_begin and store_commit as part of that change. */
bool learned_keep(struct store *store, const char *kind, const char *scope, const char *text,
                  const char *meaning, struct error *err);

struct learned {
    const char *kind, *scope, *text, *meaning; /* borrowed during the call */
};

/* Calls `each` for all that was decided, in the order of kind, scope and text. */
bool learned_each(struct store *store, void (*each)(void *context, const struct learned *learned),
                  void *context, struct error *err);

/* Forgets what was decided about the text, which is folded, wherever it stands; *count tells how
 * much that was. Undo does not bring it back. */
bool learned_forget(struct store *store, const char *text, int64_t *count, struct error *err);

/* Part of undo: what was decided during the change `batch` is as it was before. */
bool learned_take_back(struct store *store, const char *batch, struct error *err);

#endif
