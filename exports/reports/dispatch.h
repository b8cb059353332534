/* dispatch.h - the parts of the dispatch workbook that are no plain tables. Private to this folder.
 */
#ifndef TAIZHANG_EXPORTS_REPORTS_DISPATCH_H
#define TAIZHANG_EXPORTS_REPORTS_DISPATCH_H

#include "exports/count.h"

/* What the pages are counted by. */
#define DISPATCH_STATE "state"
#define DISPATCH_TOWN  "town"

/* 图表: problems by state and by township, and by week. */
bool dispatch_write_charts(const struct counts *counts, struct run *run, struct error *err);

/* The number of a row that measure `key` says. */
int64_t dispatch_number(const struct count_row *row, const char *key);

/* Writes a line of the page, `cells` wide; `text` may have placeholders. */
bool dispatch_put_line(struct run *run, int style, size_t cells, const char *text,
                       struct error *err);

#endif
