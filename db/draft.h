/* draft.h - what stands in an open form and is not saved yet, field by field, keyed by record. */
#ifndef TAIZHANG_DB_DRAFT_H
#define TAIZHANG_DB_DRAFT_H

#include "db/store.h"

/* Keeps the text of one field, durably, at once. `record` is an id, possibly of a record that is
 * not stored yet. */
bool draft_keep(struct store *store, const struct reg *reg, const char *record, const char *field,
                const char *text, struct error *err);

/* Keeps where in the form one was, beside the fields of a draft; "" when it does not matter. It is
 * kept, listed and discarded with them. */
bool draft_keep_place(struct store *store, const struct reg *reg, const char *record,
                      const char *place, struct error *err);

/* Appends the place that was kept; nothing when none was. */
bool draft_place(struct store *store, const struct reg *reg, const char *record,
                 struct buffer *place, struct error *err);

bool draft_discard(struct store *store, const struct reg *reg, const char *record,
                   struct error *err);

struct draft {
    const struct reg *reg;
    char record[RECORD_ID_SIZE];
    bool is_new; /* the record itself was never stored */
    int fields;  /* how many fields have unsaved text */
    char at[20]; /* last time a field was kept */
};

/* All drafts, latest first; *drafts is released with free(). */
bool draft_list(struct store *store, struct draft **drafts, size_t *count, struct error *err);

/* Calls `each` with every kept field of a record. */
bool draft_each(struct store *store, const struct reg *reg, const char *record,
                void (*each)(void *context, const char *field, const char *text), void *context,
                struct error *err);

#endif
