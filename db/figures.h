/* figures.h - what was filed of a record, kept as text: a JSON object of the fields that the report
 * showed, each with its canonical text, "" where it was empty. The table `filed` holds one for each
 * record of each filing. */
#ifndef TAIZHANG_DB_FIGURES_H
#define TAIZHANG_DB_FIGURES_H

#include "core/record.h"

/* Appends the fields of `record` that are `shown` (by field index) and stored. */
void figures_write(const struct record *record, const bool *shown, struct buffer *out);

/* Steps through the fields: `at` begins at the text and is moved on; name and text are replaced.
 * False at the end, and where the text is no such object. */
bool figures_next(const char **at, struct buffer *name, struct buffer *text);

/* Whether the object has the field; its text is put in place of what `text` holds. */
bool figures_find(const char *figures, const char *field, struct buffer *text);

/* Appends to the object `into` the fields of `from` that it does not have. */
void figures_join(struct buffer *into, const char *from);

/* Appends the object with a mark, which is no field: the record stood only in cells of other ones.
 */
void figures_add_within(struct buffer *out, const char *figures);

/* Whether the object has this mark. */
bool figures_are_within(const char *figures);

/* Marks the fields that say of when the fields `shown` are (`of_period`): a figure that goes out is
 * kept with its period. */
void figures_add_periods(const struct reg *reg, bool *shown);

/* Whether `record` holds the field for a later period than the figures do: then it corrects none of
 * them. */
bool figures_are_past(const char *figures, const struct record *record, const struct field *field);

/* Whether a field is frozen once it was filed: what is counted and summed up (numbers, measured
 * values), and what says which thing it belongs to (key fields, the name, the fields of the
 * register's identity, codes). States, dates, explanations and what the program gives go on after a
 * filing, as cases do; what a policy says is not the bureau's. */
bool figures_freeze(const struct reg *reg, const struct field *field);

#endif
