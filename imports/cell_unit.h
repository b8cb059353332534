/* cell_unit.h - the units of numbers in lists: what they measure, and how one becomes another. */
#ifndef TAIZHANG_IMPORTS_CELL_UNIT_H
#define TAIZHANG_IMPORTS_CELL_UNIT_H

#include <stdbool.h>
#include <stdint.h>

/* What a unit measures. A year is not made of days here: how many days a plant works is not known.
 */
enum cell_dimension {
    CELL_NOTHING, /* 万 alone: of whatever is counted */
    CELL_MASS,
    CELL_AREA,
    CELL_VOLUME,
    CELL_GAS, /* volume in the standard state */
    CELL_LENGTH,
    CELL_MONEY,
    CELL_COUNT,
    CELL_RATIO, /* also mass in mass */
    CELL_HOURS,
    CELL_MONTHS,
    CELL_YEARS,
};

/* `numerator` / `denominator` of the smallest unit of `top`, per one of `bottom`. */
struct cell_unit {
    enum cell_dimension top, bottom;
    int64_t numerator, denominator;
    int64_t multiple;    /* of them the part that 万 or 亿 in front says; 1 none */
    const char *counted; /* CELL_COUNT: the measure word */
};

/* Reads "万t/a", "千克", "立方米/日", "mg/kg"; false for what is no known unit. */
bool cell_unit_read(const char *text, struct cell_unit *unit);

enum cell_conversion {
    CELL_UNIT_OTHER,   /* of another dimension */
    CELL_UNIT_EXACT,   /* or the rate of a year without saying so */
    CELL_UNIT_FAR,     /* so much larger or smaller that no number tells how much: μg and 亿吨 */
    CELL_UNIT_ASSUMED, /* a litre of water has a kilogram, a day has 24 hours of work */
};

/* A number of `from` times numerator / denominator is a number of `to`; they are set only for
 * CELL_UNIT_EXACT and CELL_UNIT_ASSUMED. */
enum cell_conversion cell_unit_convert(const struct cell_unit *from, const struct cell_unit *to,
                                       int64_t *numerator, int64_t *denominator);

#endif
