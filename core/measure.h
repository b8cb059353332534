/* measure.h - a measured value as the laboratory wrote it: "0.0042", "<0.02", "<0.02 μg/L".
 *
 * The number of digits is part of the result and is kept. Units are those of one dimension family
 * (mass per volume of water, mass per mass, mass per volume of air); converting is exact. */
#ifndef TAIZHANG_CORE_MEASURE_H
#define TAIZHANG_CORE_MEASURE_H

#include "core/buffer.h"
#include "core/error.h"

#include <stdint.h>

enum { MEASURE_UNIT_SIZE = 16 };

struct measure {
    char qualifier; /* '<' below the detection limit, '>' above the range, 0 a value */
    int64_t digits; /* the number without its point */
    int scale;      /* how many of the digits are decimals, 0..9 */
    char unit[MEASURE_UNIT_SIZE]; /* canonical: "mg/L", "μg/L", "mg/kg" … */
};

/* Reads text; the unit may be left out, then `unit` holds ("": none, e.g. pH). A unit of another
 * dimension than `unit` is refused; with NULL any known unit is taken, or none. "0.02L" is the
 * laboratories' way to write "<0.02". */
bool measure_parse(const char *text, const char *unit, struct measure *measure, struct error *err);

/* Appends canonical text; the unit only where it differs from `unit`. */
void measure_format(const struct measure *measure, const char *unit, struct buffer *out);

/* The number in `unit` times 10 to the 9th, rounded; false when units do not convert or it does not
 * fit. The qualifier is not looked at. */
bool measure_in_unit(const struct measure *measure, const char *unit, int64_t *nano);

/* Two numbers in the finer one of their units, times 10 to the 9th, so that neither loses a digit:
 * what comparing them takes. False when the units do not convert or a number does not fit. */
bool measure_align(const struct measure *a, const struct measure *b, int64_t *nano_a,
                   int64_t *nano_b);

#endif
