/* xlsx_styles.h - which cell styles mean dates, percentages or text. */
#ifndef TAIZHANG_IMPORTS_XLSX_STYLES_H
#define TAIZHANG_IMPORTS_XLSX_STYLES_H

#include "imports/table.h"
#include "imports/xlsx_number.h"
#include "imports/zip.h"

struct xlsx_styles {
    uint8_t *formats; /* owned; bits of enum xlsx_format by cell style index */
    size_t count, capacity;
    struct table_style *looks; /* owned; by cell style index, as many; NULL when nobody asks */
};

/* `with_looks`: also fonts, grounds and alignment. */
bool xlsx_styles_read(struct zip *zip, const char *part, bool with_looks,
                      struct xlsx_styles *styles, struct error *err);
void xlsx_styles_release(struct xlsx_styles *styles);

/* The format of a style index as it stands in a cell; NULL and unknown ones are general. */
uint8_t xlsx_styles_format(const struct xlsx_styles *styles, const char *index);

#endif
