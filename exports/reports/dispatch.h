/* dispatch.h - the parts of the dispatch workbook that are no plain tables. Private to this folder.
 */
#ifndef TAIZHANG_EXPORTS_REPORTS_DISPATCH_H
#define TAIZHANG_EXPORTS_REPORTS_DISPATCH_H

#include "exports/count.h"

/* What the pages are counted by. */
#define DISPATCH_STATE "state"
#define DISPATCH_TOWN  "town"

/* 调度表: the figures in words, then by list. */
bool dispatch_write_page(const struct counts *counts, struct run *run, struct error *err);

/* 图表: problems by state and by township, and by week. */
bool dispatch_write_charts(const struct counts *counts, struct run *run, struct error *err);

/* The number of a row that measure `key` says. */
int64_t dispatch_number(const struct count_row *row, const char *key);

/* The township's or list's name, in a row of the page. */
bool dispatch_put_line(struct run *run, int style, size_t cells, const char *text,
                       struct error *err);

#endif
