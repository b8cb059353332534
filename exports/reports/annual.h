/* annual.h - the parts of the annual workbook that are no plain lists. Private to this folder. */
#ifndef TAIZHANG_EXPORTS_REPORTS_ANNUAL_H
#define TAIZHANG_EXPORTS_REPORTS_ANNUAL_H

#include "exports/layout.h"

/* 封面 */
void annual_write_cover(const struct layout *layout, struct run *run);

/* 汇总: counts of every list, emissions, problems by state, enterprises by industry and township.
 */
bool annual_write_summary(const struct layout *layout, struct run *run, struct error *err);

/* 核验结果: every finding about the records of the year's lists and what hangs on them. */
bool annual_write_findings(const struct layout *layout, struct run *run, struct error *err);

#endif
