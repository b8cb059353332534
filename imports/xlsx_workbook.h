/* xlsx_workbook.h - what a workbook package holds: its worksheets and the parts they need. */
#ifndef TAIZHANG_IMPORTS_XLSX_WORKBOOK_H
#define TAIZHANG_IMPORTS_XLSX_WORKBOOK_H

#include "imports/table.h"
#include "imports/xlsx_rich.h"
#include "imports/zip.h"

struct xlsx_workbook {
    char **parts; /* owned; part name of each table->sheets[i] */
    size_t count, capacity;
    char *strings, *styles; /* owned part names, NULL when the workbook has none */
    char *cell_images;      /* the same, of the pictures that WPS keeps in cells */
    struct xlsx_rich rich;
    bool first_1904;
};

/* Adds every worksheet to table->sheets (chart sheets are left out). A package that is no workbook
 * of this kind is refused by the name of what it is. */
bool xlsx_workbook_read(struct zip *zip, struct table *table, struct xlsx_workbook *workbook,
                        struct error *err);
void xlsx_workbook_release(struct xlsx_workbook *workbook);

#endif
