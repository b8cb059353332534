/* cell_inside.h - what the files that read cells share; nobody else includes it. There is a file
 * for each kind of field; cell.c holds the table by field type. */
#ifndef TAIZHANG_IMPORTS_CELL_INSIDE_H
#define TAIZHANG_IMPORTS_CELL_INSIDE_H

#include "imports/cell.h"

struct cell {
    const struct cell_context *context;
    const struct field *field;
    const char *raw;  /* as it stands in the list */
    const char *text; /* cleaned (text_clean), without what a spreadsheet put around it; not "" */
    bool is_altered;  /* `text` lacks characters of `raw` that a person would see */
    struct cell_reading *reading;
    struct error *err;
};

/* Fills the reading of one kind of field. */
typedef bool cell_reader(const struct cell *cell);
cell_reader cell_read_text, cell_read_number, cell_read_measure, cell_read_date, cell_read_period,
    cell_read_bool, cell_read_choice, cell_read_choices, cell_read_region, cell_read_industry,
    cell_read_reference, cell_read_code, cell_read_degrees;

/* ---- the ways in which a reader ends; all but cell_refuse return true ---- */

/* The text stands, for better or worse: the field type decides. */
bool cell_stands(const struct cell *cell);

/* It is read as `text`, which a person knows as `shown` (NULL: the same). `why` goes into the note;
 * NULL: none. */
bool cell_take(const struct cell *cell, const char *text, const char *shown, const char *why);

/* The same, and a person should look. */
bool cell_guess(const struct cell *cell, const char *text, const char *shown, const char *why);

/* There is no value. */
bool cell_is_none(const struct cell *cell);

/* The sentence names the field. */
bool cell_refuse(const struct cell *cell, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- memory (cell_memory.c) ---- */

/* Whether the same text was read for the same field before: then the reading is filled, or the
 * refusal told again, and *ok says which. */
bool cell_memory_recall(const struct cell *cell, bool *ok);

/* Remembers what the cell was read as, or with which sentence it was refused. */
void cell_memory_keep(const struct cell *cell, bool ok);

void cell_memory_close(struct cell_memory **memory);

/* ---- help ---- */

/* Whether the field type takes `text`; its canonical form in `canonical` unless that is NULL. */
bool cell_accepts(const struct cell *cell, const char *text, struct buffer *canonical);

/* What a person decided about the word; *found is false when nothing or what does not hold any
 * more. Then the reading is filled. */
bool cell_recall(const struct cell *cell, bool *found);

/* Whether `text` is one of the words, which are folded already (text_fold) and end with NULL. */
bool cell_is_word(const char *text, const char *const *folded_words);

/* Appends what stands before the bracket that `text` ends with: "停产（2020年）"; false, with
 * nothing appended, when it does not end so. */
bool cell_add_before_bracket(const char *text, struct buffer *out);

/* "9.1451E+17": a number as a spreadsheet shows one that is too long for it. */
bool cell_is_scientific(const char *text);

/* Digits only, more than 15 of them, and zeros from the 16th on: what a spreadsheet leaves of a
 * long number. */
bool cell_has_lost_digits(const char *text);

/* The sentence about both. */
bool cell_refuse_lost_digits(const struct cell *cell);

#endif
