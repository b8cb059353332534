#include "exports/xlsx_book.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

lxw_error xlsx_book_close(lxw_workbook *book)
{
    fflush(stderr);
    int saved = dup(STDERR_FILENO);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (saved >= 0 && nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
    lxw_error code = workbook_close(book);
    int reason = errno;
    if (saved >= 0 && nowhere >= 0)
        dup2(saved, STDERR_FILENO);
    if (saved >= 0)
        close(saved);
    if (nowhere >= 0)
        close(nowhere);
    errno = reason;
    return code;
}

void xlsx_book_discard(lxw_workbook *book)
{
    lxw_worksheet *sheet;
    STAILQ_FOREACH(sheet, book->worksheets, list_pointers)
    {
        if (sheet->optimize_tmpfile)
            fclose(sheet->optimize_tmpfile);
        sheet->optimize_tmpfile = NULL;
    }
    lxw_workbook_free(book);
}
