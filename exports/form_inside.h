/* form_inside.h - what the files of form.h share. Private to this folder. */
#ifndef TAIZHANG_EXPORTS_FORM_INSIDE_H
#define TAIZHANG_EXPORTS_FORM_INSIDE_H

#include "exports/form.h"

/* Rows of the sheet, counted from 1 as a spreadsheet shows them. */
struct form_rows {
    uint32_t first, last; /* of the heading, with a row of numbers */
    bool has_numbers;     /* `last` is one: 甲 乙 1 2 3 */
};

/* The merged area over a cell, or the cell itself. */
struct table_merge form_area(const struct table *table, uint32_t row, uint32_t column);

/* form_heading.c: the columns, and which rows their heading takes. */
void form_read_columns(struct form *form, const struct table *table, const struct heading *heading,
                       struct form_rows *rows);

/* form_look.c: what the file tells of fonts, heights and alignment, when all else is known. */
void form_read_looks(struct form *form, const struct table *table, const struct form_rows *rows);
void form_release_looks(struct form *form);

#endif
