/* decimal.h - exact decimals as scaled integers: 112763.01 at scale 2 is 11276301.
 * Scales run from 0 to 9. Nothing is ever rounded silently. */
#ifndef TAIZHANG_CORE_DECIMAL_H
#define TAIZHANG_CORE_DECIMAL_H

#include "core/error.h"

#include <stddef.h>
#include <stdint.h>

enum { DECIMAL_MAX_SCALE = 9, DECIMAL_TEXT_SIZE = 24 };

/* 10 to the power `scale`. */
int64_t decimal_unit(int scale);

/* Parses "112,763.01", "-0.5", "3.", ".5", "1.2E+3"; thousands separators only where they belong.
 * More decimals than `scale` are refused unless they are zeros; so is what does not fit. */
bool decimal_parse(const char *text, int scale, int64_t *scaled, struct error *err);

/* Canonical text: no exponent, no separators, no superfluous zeros ("0.5", "112763.01", "-3"). */
void decimal_format(int64_t scaled, int scale, char out[DECIMAL_TEXT_SIZE]);

/* The same with all `scale` decimals ("0.500"), as columns of a table want it. */
void decimal_format_fixed(int64_t scaled, int scale, char out[DECIMAL_TEXT_SIZE]);

/* Changes the scale upward exactly; false when the result does not fit. */
bool decimal_rescale(int64_t scaled, int from, int to, int64_t *out);

/* a + b, false when the sum does not fit. */
bool decimal_add(int64_t a, int64_t b, int64_t *sum);

/* *sum += part; what does not fit stays at the limit, INT64_MAX or -INT64_MAX, so that it can be
 * turned round. */
void decimal_gather(int64_t *sum, int64_t part);

/* round(a * b / divisor), half away from zero, in 128 bits; false when it does not fit. */
bool decimal_multiply(int64_t a, int64_t b, int64_t divisor, int64_t *out);

/* The same rounded up, so that what is demanded is never less than it should be; divisor > 0. */
bool decimal_multiply_up(int64_t a, int64_t b, int64_t divisor, int64_t *out);

#endif
