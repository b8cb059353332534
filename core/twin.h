/* twin.h - whether two records that nobody has compared may be the same thing: alike names,
 * places close together. A hint for a person, never a verdict. */
#ifndef TAIZHANG_CORE_TWIN_H
#define TAIZHANG_CORE_TWIN_H

#include "core/buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* Appends what is left of a name when it is compared: without the province, city and county that it
 * begins with, the legal form that it ends with (有限公司), brackets and blanks, and in simplified
 * characters. */
void twin_add_key(const char *name, struct buffer *key);

/* Appends what tells the first plant from the second: figures, letters, 一 二 三, 甲 乙 丙, points
 * of the compass. Names that differ in these are not alike. */
void twin_add_signs(const char *key, struct buffer *signs);

/* Whether two keys are nearly the same: equal; or of four characters and more, one character apart,
 * or one of them with up to three characters more in front; and their signs agree. */
bool twin_keys_match(const char *a, const char *b);

/* Metres between two places in micro-degrees, right to one per cent within China. */
int64_t twin_metres(int64_t lon, int64_t lat, int64_t other_lon, int64_t other_lat);

#endif
