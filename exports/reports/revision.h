/* revision.h - 修订说明: what has become of the figures that were filed the time before. */
#ifndef TAIZHANG_EXPORTS_REPORTS_REVISION_H
#define TAIZHANG_EXPORTS_REPORTS_REVISION_H

#include "exports/run.h"

/* Writes the table, one row for each figure that is another one now. */
bool revision_write(struct run *run, const struct report_revision *revision, struct error *err);

#endif
