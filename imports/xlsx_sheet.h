/* xlsx_sheet.h - one worksheet part: its rows, merged areas, look, and where pictures lie in cells.
 */
#ifndef TAIZHANG_IMPORTS_XLSX_SHEET_H
#define TAIZHANG_IMPORTS_XLSX_SHEET_H

#include "imports/xlsx_pictures.h"
#include "imports/xlsx_rich.h"
#include "imports/xlsx_strings.h"
#include "imports/xlsx_styles.h"

struct xlsx_sheet_source {
    const struct xlsx_strings *strings;
    const struct xlsx_styles *styles;
    const struct xlsx_rich *rich;
    bool first_1904;
    int64_t done, total; /* work done before this part, and of all, for progress */
};

bool xlsx_sheet_read(struct zip *zip, const char *part, const struct xlsx_sheet_source *source,
                     struct table *table, struct xlsx_pictures *pictures, struct error *err);

#endif
