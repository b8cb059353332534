/* xlsx_verify.h - reads a finished workbook back. */
#ifndef TAIZHANG_EXPORTS_XLSX_VERIFY_H
#define TAIZHANG_EXPORTS_XLSX_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether every part of the package at `path` is undamaged and complete to its end tag, and its
 * `count` sheets are longer than the `sizes[i]` bytes of their rows. libxlsxwriter does not notice
 * when one of its temporary files could not take everything. */
bool xlsx_verify(const char *path, const uint64_t *sizes, size_t count);

#endif
