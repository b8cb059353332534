/* merge.h - cells merged downward: the text of the first holds for all rows that they cover. */
#ifndef TAIZHANG_IMPORTS_MERGE_H
#define TAIZHANG_IMPORTS_MERGE_H

#include "imports/table.h"

/* Writes the text of each area that is merged over several rows into its first column of those
 * rows, where they are empty, for areas that begin at row index `first_row` or below: above lie
 * titles and the heading, which are read as they stand. An area over several columns is one value
 * as well, that of its first column. table_is_filled() tells of what was written. ERROR_FORMAT when
 * the areas cover more than a sheet can hold. */
bool merge_fill_down(struct table *table, size_t first_row, struct error *err);

#endif
