/* layout_count.h - what the kinds of sheets that show counts (count.h) share: 统计, 统计页, 统计图.
 * All sheets of a workbook show those of one pass. Private to this folder. */
#ifndef TAIZHANG_EXPORTS_LAYOUT_COUNT_H
#define TAIZHANG_EXPORTS_LAYOUT_COUNT_H

#include "exports/count.h"
#include "exports/layout_kind.h"

/* The row 分组: the first column names the group. */
bool layout_count_read_group(struct layout_reading *reading, struct error *err);

/* The row 列: a number; the column's `index` is that of the measure. */
bool layout_count_read_column(struct layout_reading *reading, struct error *err);

/* The measure in the second cell of the row, -1 with an error that lists them for none. */
int layout_count_read_measure(const struct layout_reading *reading, struct error *err);

/* One more kind of groups that the workbook's figures are counted by. */
bool layout_count_add_group(struct layout_reading *reading, const char *by, struct error *err);

/* Refuses to publish counts by a private field. */
bool layout_count_check_public(const struct layout *layout, const char *name, const char *by,
                               struct error *err);

/* How many records are looked at for a sheet alone: none, the pass is shared. */
bool layout_count_none(const struct layout_sheet *sheet, struct store *store, size_t *count,
                       struct error *err);

/* The counts of the workbook; NULL: they could not be taken. */
const struct counts *layout_count_take(const struct layout_sheet *sheet, struct run *run,
                                       struct error *err);

/* Whether a sheet with 分组 shows a row: a list in which nothing stands is told as well. */
bool layout_count_shows(const struct layout_sheet *sheet, const struct count_row *row);

/* What such a sheet is grouped by. */
const char *layout_count_group(const struct layout_sheet *sheet);

#endif
