/* inspection.h - one visit to an object and its list of questions.
 *
 * The list is copied into the inspection with the first answer and stays as it was asked, whatever
 * becomes of the register `checklist`. Until then nothing is in the file. Every answer is kept at
 * once. */
#ifndef TAIZHANG_DB_INSPECTION_H
#define TAIZHANG_DB_INSPECTION_H

#include "db/store.h"

struct inspection {
    struct record record; /* of register `inspection`; version 0 until something was answered */
    struct record *items; /* of `inspection_item`, by number; owned */
    size_t count;
};

/* What an inspection is about. */
struct inspection_object {
    const struct reg *reg;
    const struct field *field; /* of the inspection, in which it stands */
    char id[RECORD_ID_SIZE];
};

/* The object that a record is, or of a profile the one that it is about. ERROR_REFUSED when it is
 * none. */
bool inspection_find_object(struct store *store, const struct reg *reg, const char *id,
                            struct inspection_object *object, struct error *err);

/* Whether records of `reg` can be inspected. */
bool inspection_is_possible(const struct reg *reg);

/* The object of an inspection; `reg` is NULL when it stands in no list. */
void inspection_object_of(const struct record *record, struct inspection_object *object);

/* The newest inspection of the object that has no conclusion yet; "" when there is none. */
bool inspection_find_open(struct store *store, const struct inspection_object *object,
                          char id[RECORD_ID_SIZE], struct error *err);

/* A new one, today, with list `list`, of which nothing is stored. ERROR_MISSING when the list is
 * empty. `inspection` is initialised in every case. */
bool inspection_prepare(struct inspection *inspection, struct store *store,
                        const struct inspection_object *object, const char *list,
                        struct error *err);

/* The stored one. `inspection` is initialised in every case. */
bool inspection_load(struct inspection *inspection, struct store *store, const char *id,
                     struct error *err);
void inspection_release(struct inspection *inspection);

/* Stores it with all its items, if it is not yet. */
bool inspection_keep(struct inspection *inspection, struct store *store, struct error *err);

/* Keeps an answer: 是, 否, 不适用, 待确认, or "" for none. */
bool inspection_answer(struct inspection *inspection, struct store *store, size_t item,
                       const char *answer, struct error *err);

/* The row of the register `checklist` that an item was copied from. False when it is gone. `row` is
 * initialised in every case. */
bool inspection_find_question(struct store *store, const struct inspection *inspection, size_t item,
                              struct record *row);

/* Makes an item a problem in the ledger, with what is known of it, and points to it. */
bool inspection_raise(struct inspection *inspection, struct store *store, size_t item,
                      char problem[RECORD_ID_SIZE], struct error *err);

enum { INSPECTION_ANSWERS = 4 };

struct inspection_count {
    size_t answered, by[INSPECTION_ANSWERS]; /* in the order of the field's choices */
    size_t raised;                           /* of those answered 否 */
};

struct inspection_count inspection_count(const struct inspection *inspection);

/* The n-th answer: 是, 否 …; its number, -1 when the item has none. */
const char *inspection_answer_name(size_t n);
int inspection_answer_of(const struct record *item);

#endif
