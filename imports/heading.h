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
    HEADING_NEAR, /* spelled nearly like a field: proposed, imported only when a person agrees */
};

struct heading_column {
    char *text; /* as it stands there, of several rows "上行/下行"; owned */
    char *unit; /* that it states, as written there ("千克"); "" none; owned */
    enum heading_match match;
    size_t field; /* field index when HEADING_FIELD or HEADING_NEAR */
};

struct heading {
    size_t first_row; /* index of its first row in the table */
    size_t row_count; /* 1 to 3; the data begins behind */
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

/* A person's choice: column `column` holds field `field`, -1 none. Another column that held the
 * field holds none then. */
void heading_choose(struct heading *heading, size_t column, int field);

enum { HEADING_FINGERPRINT_SIZE = 17 };

/* A hash of all headings in their order, in hexadecimal: the same form again. */
void heading_fingerprint(const struct heading *heading, char out[HEADING_FINGERPRINT_SIZE]);

#endif
