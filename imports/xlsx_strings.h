/* xlsx_strings.h - the shared strings of a workbook, put into the table's arena. */
#ifndef TAIZHANG_IMPORTS_XLSX_STRINGS_H
#define TAIZHANG_IMPORTS_XLSX_STRINGS_H

#include "imports/table.h"
#include "imports/zip.h"

struct xlsx_strings {
    uint32_t *offsets; /* owned; in table->text, 0 for an empty string */
    size_t count, capacity;
};

/* `total` is the amount of work to which progress is reported. */
bool xlsx_strings_read(struct zip *zip, const char *part, int64_t total, struct table *table,
                       struct xlsx_strings *strings, struct error *err);
void xlsx_strings_release(struct xlsx_strings *strings);

#endif
