/* heading_rows.h - the first rows of a table as headings: what stands above each column, level upon
 * level. Where the sheet has merged areas there, they say what belongs together; where it has none
 * (.csv), an empty cell belongs to the text on its left. */
#ifndef TAIZHANG_IMPORTS_HEADING_ROWS_H
#define TAIZHANG_IMPORTS_HEADING_ROWS_H

#include "imports/heading_text.h"
#include "imports/table.h"

enum {
    HEADING_SCANNED_ROWS = 40,
    HEADING_SCANNED_COLUMNS = 1024,
    HEADING_LEVELS = 3,                     /* rows of a heading that name fields */
    HEADING_MOST_ROWS = HEADING_LEVELS + 1, /* and one of units below them */
};

struct heading_rows {
    const struct table *table;
    size_t row_count, column_count;
    uint32_t *areas;             /* of each cell: index of the merged area that covers it, plus 1 */
    bool *has_areas;             /* of each row */
    struct heading_text **texts; /* of each cell, read when first asked for */
};

void heading_rows_init(struct heading_rows *rows, const struct table *table);
void heading_rows_release(struct heading_rows *rows);

/* The texts above a column, the uppermost first. */
struct heading_levels {
    const struct heading_text *texts[HEADING_MOST_ROWS];
    size_t count; /* 0: nothing stands above this column */
};

/* Of the `count` rows from index `first` on. */
void heading_rows_read(struct heading_rows *rows, size_t first, size_t count, size_t column,
                       struct heading_levels *levels);

/* Whether a merged area begins in these rows and goes on below them. */
bool heading_rows_go_on(const struct heading_rows *rows, size_t first, size_t count);

/* Whether a merged area with a text begins above row `first` and reaches into it: then the heading
 * begins further up. */
bool heading_rows_are_cut(const struct heading_rows *rows, size_t first);

#endif
