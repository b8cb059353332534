/* staging.h - how the readers fill a table. For the files of imports/ only. */
#ifndef TAIZHANG_IMPORTS_STAGING_H
#define TAIZHANG_IMPORTS_STAGING_H

#include "core/buffer.h"
#include "imports/table.h"

enum { STAGING_NAME_SIZE = 96, STAGING_REFERENCE_SIZE = 16 };

/* Copies `length` bytes and a NUL into the arena; false when the arena would outgrow 4 GiB. */
bool staging_add_text(struct table *table, const char *bytes, size_t length, uint32_t *offset,
                      struct error *err);

/* Rows are begun in ascending order, their cells set in ascending order of columns. */
bool staging_begin_row(struct table *table, uint32_t number, struct error *err);
bool staging_set_cell(struct table *table, uint32_t column, uint32_t offset, struct error *err);
void staging_end_row(struct table *table); /* forgets the row when it is empty */

/* What the file says of columns first_column .. last_column; they come in ascending order, and what
 * was said before stays. */
void staging_describe_columns(struct table *table, uint32_t first_column, uint32_t last_column,
                              struct table_column look);

/* The cell of the current row looks like style `style`. */
void staging_add_look(struct table *table, uint32_t row, uint32_t column, uint32_t style);

/* Forgets the rows from `count` on. */
void staging_cut_rows(struct table *table, size_t count);

/* Forgets all but the rows of the sheet read so far: it had none. */
void staging_forget_sheet(struct table *table);

bool staging_add_merge(struct table *table, struct table_merge merge, struct error *err);
void staging_add_sheet(struct table *table, const char *name, bool hidden);

/* Whether the text of a cell is within TABLE_MAX_CHARACTERS. */
bool staging_text_fits(const char *text, size_t length);

/* Reports progress; false with ERROR_CANCELLED when the user wants to stop. */
bool staging_report(const struct table *table, int64_t done, int64_t total, struct error *err);

/* Makes a new folder for passing files, in TMPDIR or /tmp, and puts its path into `folder`, also
 * when it cannot be made (false). */
bool staging_make_folder(const char *purpose, struct buffer *folder);

/* "B12" for row 12, column 1. */
void staging_reference(uint32_t row, uint32_t column, char out[STAGING_REFERENCE_SIZE]);

/* `name` made fit for a message: cut to a few dozen characters, controls shown as "?". */
const char *staging_name(const char *name, char out[STAGING_NAME_SIZE]);

#endif
