/* region.h - names of administrative regions as people shorten them. */
#ifndef TAIZHANG_CORE_REGION_H
#define TAIZHANG_CORE_REGION_H

#include "core/buffer.h"

#include <stdbool.h>

/* Appends the short form of a county's name: "清城区" and "清城" give "清城", "连南瑶族自治县" and
 * "连南县" give "连南", "双江拉祜族佤族布朗族傣族自治县" gives "双江". Two-character names such as
 * "岷县" stay whole. */
void region_shorten(const char *name, struct buffer *out);

/* How many characters of a code name the region: "450200" and "4502" both mean a city, whose
 * counties begin with "4502". */
size_t region_prefix(const char *code);

/* Whether region `code` is `area` or lies within it. */
bool region_is_within(const char *code, const char *area);

#endif
