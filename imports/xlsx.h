/* xlsx.h - reads one worksheet of an .xlsx package (ECMA-376, transitional and strict). */
#ifndef TAIZHANG_IMPORTS_XLSX_H
#define TAIZHANG_IMPORTS_XLSX_H

#include "imports/table.h"

/* See table_read(); `table` starts out with the empty text in its arena. */
bool xlsx_read(const char *path, const char *sheet, struct table *table, struct error *err);

#endif
