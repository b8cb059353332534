/* region.h - names of administrative regions as people shorten them. */
#ifndef TAIZHANG_CORE_REGION_H
#define TAIZHANG_CORE_REGION_H

#include "core/buffer.h"

/* Appends the short form of a county's name: "清城区" and "清城" give "清城", "连南瑶族自治县" and
 * "连南县" give "连南", "双江拉祜族佤族布朗族傣族自治县" gives "双江". Two-character names such as
 * "岷县" stay whole. */
void region_shorten(const char *name, struct buffer *out);

#endif
