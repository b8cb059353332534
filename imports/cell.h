/* cell.h - what a cell of a list from elsewhere means for a field: what people and spreadsheet
 * programs write, brought into what a field type takes. Nothing is changed silently: the note says
 * what was read as what, the preview shows it and the history keeps it. */
#ifndef TAIZHANG_IMPORTS_CELL_H
#define TAIZHANG_IMPORTS_CELL_H

#include "core/field.h"
#include "db/store.h"

struct cell_context {
    struct store *store;
    const char *unit;  /* that the heading states ("千克", "μg/L"); "" or NULL none */
    const char *limit; /* what the row says in the field's detection_limit, as cell_read gives it;
                          "" or NULL nothing */
    bool first_1904;   /* of the workbook: serials of days count from 1904 */
};

/* What cells were read as, in this one import. */
struct cell_memory;

/* Lists say the same word in many rows, so a reading remembers what it has read: use one for all
 * cells of a run, and another one when words were decided about since. {0} at first. */
struct cell_reading {
    struct buffer text; /* for record_set_text; "" when the cell says that there is no value */
    struct buffer note; /* "“45658”读作 2025-01-01"; "" when the text stands as it is */
    bool is_guess;      /* a person should look: a name found by similarity, a character mended */
    struct cell_memory *memory; /* owned; NULL at first */
};

void cell_reading_release(struct cell_reading *reading);

/* Reads `text` for `field`, which must stay where it is while `reading` is used. A stroke
 * ("/", "—") is an empty cell without a note.
 * ERROR_REFUSED, with the field's name in err->field, when the text says something that cannot be
 * right: a code that lost its last digits in a spreadsheet, a unit of another dimension. What the
 * field type itself refuses is left to record_set_text. */
bool cell_read(const struct cell_context *context, const struct field *field, const char *text,
               struct cell_reading *reading, struct error *err);

/* Remembers a person's decision: in lists, `text` means `meaning` for fields like `field`. That is
 * the id of a record (of TYPE_REGION, TYPE_INDUSTRY, TYPE_REF) or one of the field's choices; other
 * types have no words to decide about (ERROR_USAGE). Between store_begin and store_commit as part
 * of that change. Words that the field type understands by itself keep their meaning. */
bool cell_keep_choice(struct store *store, const struct field *field, const char *text,
                      const char *meaning, struct error *err);

#endif
