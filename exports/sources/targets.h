/* targets.h - what the sheets about reduction targets share. Private to exports/. */
#ifndef TAIZHANG_EXPORTS_SOURCES_TARGETS_H
#define TAIZHANG_EXPORTS_SOURCES_TARGETS_H

#include "db/targets.h"
#include "exports/run.h"

/* struct targets of the reporting year: of the present one as of today. */
extern const struct run_work targets_work;

#endif
