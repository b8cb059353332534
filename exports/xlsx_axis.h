/* xlsx_axis.h - what the numbers of a page allow the axis of a chart to say. */
#ifndef TAIZHANG_EXPORTS_XLSX_AXIS_H
#define TAIZHANG_EXPORTS_XLSX_AXIS_H

#include "exports/sink.h"

/* The numbers on a page, kept for the charts that show them; a page is a few hundred cells. */
struct xlsx_figures {
    struct xlsx_figure *items; /* owned */
    size_t count, capacity;
};

void xlsx_figures_add(struct xlsx_figures *figures, size_t row, size_t column, int64_t scaled,
                      int scale);
void xlsx_figures_release(struct xlsx_figures *figures);

/* How many of the cells hold a number, and between which they lie: `least` / 10^scale and `most` /
 * 10^scale. Counts have scale 0. */
struct xlsx_extent {
    size_t count;
    int64_t least, most;
    int scale;
};

/* Adds the numbers in `range` to what `extent` spans; an empty one is {0}. */
void xlsx_extent_add(struct xlsx_extent *extent, const struct xlsx_figures *figures,
                     const struct sink_range *range);

/* Ends and step of an axis in units of 10^-scale: it begins or ends at zero where it can, has from
 * 2 to 8 steps of 1, 2 or 5 of a power of ten, and never parts of what is counted whole. */
struct xlsx_axis {
    int64_t least, most, step;
};

struct xlsx_axis xlsx_axis_fit(const struct xlsx_extent *extent);

#endif
