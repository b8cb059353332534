/* pairs.h - options that are lists of pairs, as --map '列=字段' of import and layout learn. */
#ifndef TAIZHANG_CLI_PAIRS_H
#define TAIZHANG_CLI_PAIRS_H

#include "core/buffer.h"
#include "core/error.h"
#include "core/reg.h"

typedef bool pairs_apply(void *context, const char *left, const char *right, struct error *err);

/* Each "left=right" of a list. A comma inside of a heading is no end: the part without "=" goes
 * with the next one. */
bool pairs_each(const struct buffer *list, pairs_apply *apply, void *context, struct error *err);

/* A field by name, or by label as a heading or form shows it. */
bool pairs_find_field(const struct reg *reg, const char *name, size_t *index, struct error *err);

/* "C" is column 2, counted from 0; false for what is no letter of a column. */
bool pairs_read_letters(const char *text, size_t *column);

#endif
