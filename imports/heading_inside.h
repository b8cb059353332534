/* heading_inside.h - what the files heading*.c share; nobody else includes it. */
#ifndef TAIZHANG_IMPORTS_HEADING_INSIDE_H
#define TAIZHANG_IMPORTS_HEADING_INSIDE_H

#include "core/reg.h"
#include "imports/heading_rows.h"

/* heading_count_fields() for rows that are looked at for several registers. */
size_t heading_count_in(struct heading_rows *rows, const struct reg *reg, size_t *row);

#endif
