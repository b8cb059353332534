/* learn.h - a layout made from a blank form, so that an export looks like the form. */
#ifndef TAIZHANG_EXPORTS_LEARN_H
#define TAIZHANG_EXPORTS_LEARN_H

#include "db/store.h"
#include "exports/form.h"

/* Writes the form to `path` as a layout file (layout.h) that is a report called `name`, whole or
 * not at all, when an export could take it; `source` is the file that the form comes from. */
bool learn_save(const struct form *form, struct store *store, const char *name, const char *source,
                const char *path, struct error *err);

/* Refuses what no report may be called, and what a register or a report that is no layout file is
 * called. */
bool learn_check_name(const char *name, struct error *err);

/* What a person should know about each column: "“排口编号”没有对应的字段，导出时是空列". One line
 * for each, none for a column that was clear. */
void learn_write_remarks(const struct form *form, struct buffer *out);

/* The n-th field that a record needs and the form has no column for, NULL behind the last. */
const struct field *learn_missing(const struct form *form, size_t n);

/* learn_words.c: appends `text` with a placeholder for each year (only where `years`), region,
 * bureau, person and day that is filled in or left blank there. */
void learn_add_words(struct store *store, const char *text, bool years, struct buffer *out);

#endif
