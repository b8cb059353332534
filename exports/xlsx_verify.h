/* xlsx_verify.h - reads a finished workbook back. */
#ifndef TAIZHANG_EXPORTS_XLSX_VERIFY_H
#define TAIZHANG_EXPORTS_XLSX_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the package at `path` holds `count` sheets, each undamaged, complete to its end tag and
 * longer than the `sizes[i]` bytes of its rows. libxlsxwriter does not notice when its temporary
 * file of a sheet could not take everything. */
bool xlsx_verify(const char *path, const uint64_t *sizes, size_t count);

#endif
