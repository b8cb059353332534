/* mapping.h - which column holds which field, as a person has decided it for a form: remembered, so
 * that the same form comes in next time without questions.
 *
 * Kept are only the columns that somebody chose, twice (db/learned.h, kind "column"): for exactly
 * this form, which is applied as it was decided, and for the register, which of another form's
 * heading with the same words becomes a proposal. A person's choice goes before what the program
 * finds by itself. */
#ifndef TAIZHANG_IMPORTS_MAPPING_H
#define TAIZHANG_IMPORTS_MAPPING_H

#include "db/store.h"
#include "imports/heading.h"

/* Applies what was decided for this form before, and proposes (HEADING_NEAR) what was decided for
 * the same words of other forms where the heading says nothing or was only guessed. *recalled tells
 * whether anything was applied. Fields that no longer exist are passed over. */
bool mapping_recall(struct store *store, const struct reg *reg, struct heading *heading,
                    bool *recalled, struct error *err);

/* Keeps the columns with `chosen`; between store_begin and store_commit as part of that change. */
bool mapping_keep(struct store *store, const struct reg *reg, const struct heading *heading,
                  struct error *err);

#endif
