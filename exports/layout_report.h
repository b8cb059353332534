/* layout_report.h - reports that need no C: layout files with a row 报表. */
#ifndef TAIZHANG_EXPORTS_LAYOUT_REPORT_H
#define TAIZHANG_EXPORTS_LAYOUT_REPORT_H

#include "core/date.h"
#include "exports/report.h"

/* Reads data file layouts/`file` ("half-year.csv") and fills `report`, which owns what it read; a
 * report without a name is that of a layout without a row 报表. When the file cannot be read,
 * `report` has the name it was to have, as far as that is known: else the file's. */
bool layout_report_read(const char *file, struct report *report, struct error *err);

/* Moves `day` into the period: the last day that a report with a cut-off day tells about when it is
 * made on `day`. False when the layout is of no such kind, or the period not of its length. */
bool layout_report_cutoff(const struct layout *layout, const char *period, struct date *day);

/* What report_release releases of such a report. */
void layout_report_release(struct report *report);

#endif
