/* csv.h - reads a delimited text file (RFC 4180 and what spreadsheet programs make of it). */
#ifndef TAIZHANG_IMPORTS_CSV_H
#define TAIZHANG_IMPORTS_CSV_H

#include "imports/table.h"

/* See table_read(). Rows are numbered as a spreadsheet program shows them: a quoted line break does
 * not begin a new row, and blank lines count. The separator (comma, semicolon or tab) is the one
 * that divides the first rows most regularly, or what a line `sep=;` at the very top says. A cell
 * written ="0012" (how other programs keep leading zeros) is 0012. */
bool csv_read(const char *path, struct table *table, struct error *err);

#endif
