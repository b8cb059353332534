/* refused.h - rows that an import has refused, as a workbook to be mended and imported again. */
#ifndef TAIZHANG_EXPORTS_REFUSED_H
#define TAIZHANG_EXPORTS_REFUSED_H

#include "imports/import.h"

/* Writes the refused rows of the last run as they stood in the list, every cell as text, under the
 * same headings: in red the cell that was refused, with the sentence as a note; and at the right
 * 原行号 and 拒绝原因, which an import passes over. A column that a person has assigned bears the
 * label of its field, so that it need not be assigned again; one that a person has left out is left
 * out. `path` ends in .xlsx. ERROR_USAGE for another ending, ERROR_MISSING when no row was refused,
 * ERROR_IO. */
bool refused_write(const struct import *import, const struct store *store, const char *path,
                   struct error *err);

/* Whether it could: to be asked before the run, which stores the other rows. ERROR_REFUSED for the
 * data file and for the list itself. */
bool refused_check(const struct import *import, const struct store *store, const char *path,
                   struct error *err);

#endif
