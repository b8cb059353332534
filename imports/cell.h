/* cell.h - what a cell of a list from elsewhere means for a field: what people and spreadsheet
 * programs write, brought into what a field type takes. Nothing is changed silently: the note says
 * what was read as what, the preview shows it and the history keeps it. */
#ifndef TAIZHANG_IMPORTS_CELL_H
#define TAIZHANG_IMPORTS_CELL_H

#include "core/field.h"
#include "db/store.h"

struct cell_context {
    struct store *store;
    const char *unit; /* that the heading states ("千克", "μg/L"); "" none */
    bool first_1904;  /* of the workbook: serials of days count from 1904 */
};

struct cell_reading {
    struct buffer text; /* for record_set_text; "" when the cell says that there is no value */
    struct buffer note; /* "45658 读作 2025-01-01"; "" when the text stands as it is */
    bool is_guess;      /* a person should look: a name found by similarity, a character mended */
};

void cell_reading_release(struct cell_reading *reading);

/* Reads `text` for `field`; `reading` is emptied first and may be used again and again.
 * ERROR_REFUSED, with the field's name in err->field, when the text says something that cannot be
 * right: a code that lost its last digits in a spreadsheet, a unit of another dimension. What the
 * field type itself refuses is left to record_set_text. */
bool cell_read(const struct cell_context *context, const struct field *field, const char *text,
               struct cell_reading *reading, struct error *err);

#endif
