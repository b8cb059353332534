/* convert.h - spreadsheets in other formats (.xls, .et, .ods), brought to .xlsx by LibreOffice
 * where it is installed. It is run with a profile of its own, without a shell, and never sees the
 * file itself, only a copy. */
#ifndef TAIZHANG_IMPORTS_CONVERT_H
#define TAIZHANG_IMPORTS_CONVERT_H

#include "imports/table.h"

enum { CONVERT_SECONDS = 180 }; /* longer takes no list that a bureau keeps */

struct convert {
    const char *path;         /* the file to convert */
    const char *ending;       /* of its format: "xls" or "ods" */
    int seconds;              /* after which LibreOffice is stopped */
    table_progress *progress; /* asked now and then whether to go on; may be NULL */
    void *progress_context;
};

/* Whether a LibreOffice is found in PATH. */
bool convert_is_available(void);

/* Makes a temporary folder that holds the result, and tells its path and that of the .xlsx file in
 * it, in empty buffers. On failure there is nothing to remove. A signal that ends this program
 * waits until LibreOffice is stopped. ERROR_MISSING without LibreOffice, ERROR_FORMAT when it could
 * not read the file or did not end in time, ERROR_IO when there is no room for temporary files,
 * ERROR_CANCELLED. */
bool convert_to_xlsx(const struct convert *convert, struct buffer *folder, struct buffer *xlsx,
                     struct error *err);

/* Removes the folder with all that is in it. */
void convert_remove(const char *folder);

/* What was made of a file, kept while several of its sheets are read (table.conversion), so that
 * LibreOffice is asked once. {0} at first; does nothing for a file that needs no converting. */
struct conversion {
    struct buffer folder, xlsx; /* "": not converted yet */
};

void conversion_release(struct conversion *conversion);

#endif
