/* csv.h - splits comma-separated text that is already UTF-8 and in memory: the program's own data
 * files. (Files from elsewhere are detected, decoded and checked by imports/csv.h.) */
#ifndef TAIZHANG_CORE_CSV_H
#define TAIZHANG_CORE_CSV_H

#include "core/buffer.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { CSV_MAX_CELLS = 64 };

struct csv {
    char *text;  /* rest of the file; changed in place; borrowed */
    size_t line; /* number of the row last read, from 1 */
    size_t count;
    char *cells[CSV_MAX_CELLS]; /* of the row last read; point into the text */
    bool unclosed;              /* its last cell begins with a quote that nothing ends */
};

/* Starts reading `text` (NUL-terminated, writable, kept by the caller). */
void csv_init(struct csv *csv, char *text);

/* Reads the next row that is not empty; false at the end. */
bool csv_next(struct csv *csv);

/* Refuses a row that was read but cannot be meant so: an unclosed quote swallows the rest of the
 * file. */
bool csv_check(const struct csv *csv, struct error *err);

/* Cell `index` of the row, "" when the row is shorter. */
const char *csv_cell(const struct csv *csv, size_t index);

/* Appends a cell, in quotes where it needs them. A text that a spreadsheet would run as a formula
 * (it begins with = + - @ and is no number) gets an apostrophe in front, and so does one that
 * begins with apostrophes before such a sign: a reader that takes one apostrophe away from
 * "apostrophes, then a sign" gets every text back exactly. */
void csv_add_cell(struct buffer *out, const char *text);

/* The text behind the guard of csv_add_cell; other texts as they are. Points into `cell`. */
const char *csv_unguard(const char *cell);

#endif
