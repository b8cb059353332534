/* heading_unit.h - recognises the units that headings state, in the ways in which people write
 * them. How one becomes another is told by cell_unit.h. */
#ifndef TAIZHANG_IMPORTS_HEADING_UNIT_H
#define TAIZHANG_IMPORTS_HEADING_UNIT_H

#include <stdbool.h>

/* Whether `text` is a unit and nothing else: "kg", "千克/年", "万吨", "mg/(m²·a)", "％", "°". */
bool heading_unit_is(const char *text);

enum heading_units {
    HEADING_UNITS_UNKNOWN, /* one of them is not known, or none at all */
    HEADING_UNITS_OTHER,   /* of different dimensions */
    HEADING_UNITS_AGREE,   /* numbers of one can be read as numbers of the other */
};

enum heading_units heading_unit_compare(const char *stated, const char *own);

#endif
