/* heading.h - finds the heading of a table and says which field each column means.
 *
 * Lists from elsewhere begin with title lines, group columns under further heading lines, and call
 * fields in many ways. The heading is the row, or the two or three rows, in which most cells are
 * the label, name or a known synonym of a field; by which rules is told in heading_match.h. */
#ifndef TAIZHANG_IMPORTS_HEADING_H
#define TAIZHANG_IMPORTS_HEADING_H

#include "core/error.h"
#include "core/reg.h"
#include "imports/table.h"

enum heading_match {
    HEADING_UNKNOWN, /* no field has this heading: the column is not imported, and said so */
    HEADING_IGNORED, /* a running number, or a column that the program itself has written */
    HEADING_FIELD,
    HEADING_NEAR, /* spelled nearly like a field, or a field's only in another place: proposed,
                     imported only when a person agrees */
};

struct heading_column {
    char *text; /* as it stands there on one line, of several rows "上行/下行"; owned */
    /* That the column states, or else a line above the heading ("单位：千克"), as written there; ""
     * none; owned. A line above counts for fields of numbers in a unit of the same dimension; of
     * several such units the one whose words ("排放量单位：千克") stand in the heading, else none.
     */
    char *unit;
    enum heading_match match;
    size_t field; /* field index when HEADING_FIELD or HEADING_NEAR */
    bool chosen;  /* by a person: heading_choose */
};

struct heading {
    size_t first_row; /* index of its first row in the table */
    size_t row_count; /* 1 to 3, and below them one of units or column numbers (甲 乙 1 2 3) if
                         there are any; the data begins behind */
    bool has_numbers; /* its last row is one of column numbers */
    struct heading_column *columns;
    size_t column_count;
};

/* ERROR_FORMAT, with the headings that were looked for, when no row looks like a heading of `reg`.
 */
bool heading_find(const struct table *table, const struct reg *reg, struct heading *heading,
                  struct error *err);

/* The same for a heading of which the rows are known; columns may mean nothing at all. */
void heading_read(const struct table *table, const struct reg *reg, size_t first_row,
                  size_t row_count, struct heading *heading);
void heading_release(struct heading *heading);

/* Whether row `row` of the body repeats a row of the heading or a title above it, as lists made for
 * printing do on each page. */
bool heading_is_repeated(const struct table *table, const struct heading *heading, size_t row);

/* How many fields of `reg` the best heading of the table names; 0 when there is none. `row` (may be
 * NULL) gets the index of its first row. */
size_t heading_count_fields(const struct table *table, const struct reg *reg, size_t *row);

/* The register that the table is a list of: the one of which its columns name most fields, three at
 * least, by two more than of any other, or by as many when the title names it. NULL when that is
 * not clear. Registers of reference data are never meant. */
const struct reg *heading_guess_reg(const struct table *table);

/* The column that holds field `field`, or -1. */
int heading_column_of(const struct heading *heading, size_t field);

/* A person's choice: column `column` holds field `field`, -1 none. Another column that held the
 * field, or was proposed for it, holds none then. */
void heading_choose(struct heading *heading, size_t column, int field);

enum { HEADING_FINGERPRINT_SIZE = 17 };

/* A hash of all headings in their order, in hexadecimal: the same form again. */
void heading_fingerprint(const struct heading *heading, char out[HEADING_FINGERPRINT_SIZE]);

/* Forms that the program has handed out say themselves what they are, on a hidden sheet
 * HEADING_TEMPLATE_SHEET: in row 1 "taizhang", the register's name, the number of the first heading
 * row and how many there are; in row 2 under each column of the list the name of its field, empty
 * for one that is not imported. */
#define HEADING_TEMPLATE_SHEET "_taizhang"

/* Reads it for `table`, which was read from `path`. *found is false, and there is nothing to
 * release, when the workbook is no such form, or when columns were moved or renamed so that it no
 * longer agrees with what is to be seen: then the headings themselves count. ERROR_REFUSED when it
 * is a form of another register. */
bool heading_of_template(const char *path, const struct reg *reg, const struct table *table,
                         struct heading *heading, bool *found, struct error *err);

#endif
