/* xlsx_book.h - ends a workbook of libxlsxwriter. Private to this folder. */
#ifndef TAIZHANG_EXPORTS_XLSX_BOOK_H
#define TAIZHANG_EXPORTS_XLSX_BOOK_H

#include <xlsxwriter.h>

/* Writes the package and releases the workbook, also when that fails; errno tells why then. The
 * library prints its errors to stderr, which may be the screen: here it does not. */
lxw_error xlsx_book_close(lxw_workbook *book);

/* Frees a workbook that was not closed; the library would leave its temporary files open. */
void xlsx_book_discard(lxw_workbook *book);

#endif
