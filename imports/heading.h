/* heading.h - finds the heading of a table and says which field each column means.
 *
 * Lists from elsewhere begin with title lines, and group columns under a second heading line. The
 * heading is the row, or pair of rows, in which most cells are the label, name or a known synonym
 * of a field. */
#ifndef TAIZHANG_IMPORTS_HEADING_H
#define TAIZHANG_IMPORTS_HEADING_H

#include "core/reg.h"
#include "imports/table.h"

enum heading_match {
    HEADING_UNKNOWN, /* no field has this heading: the column is not imported, and said so */
    HEADING_IGNORED, /* a running number: nothing to import */
    HEADING_FIELD,
};

struct heading_column {
    char *text; /* as it stands there, of two rows "上行/下行"; owned */
    enum heading_match match;
    size_t field; /* field index when HEADING_FIELD */
};

struct heading {
    size_t first_row; /* index of its first row in the table */
    size_t row_count; /* 1 or 2; the data begins behind */
    struct heading_column *columns;
    size_t column_count;
};

/* ERROR_FORMAT, with the headings that were looked for, when no row looks like a heading of `reg`.
 */
bool heading_find(const struct table *table, const struct reg *reg, struct heading *heading,
                  struct error *err);
void heading_release(struct heading *heading);

/* The column that holds field `field`, or -1. */
int heading_column_of(const struct heading *heading, size_t field);

#endif
