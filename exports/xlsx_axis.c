#include "exports/xlsx_axis.h"

#include "core/decimal.h"
#include "core/mem.h"

#include <stdlib.h>

struct xlsx_figure {
    size_t row, column;
    int64_t scaled;
    int scale;
};

void xlsx_figures_add(struct xlsx_figures *figures, size_t row, size_t column, int64_t scaled,
                      int scale)
{
    figures->items =
        mem_grow(figures->items, figures->count, &figures->capacity, sizeof *figures->items);
    figures->items[figures->count++] = (struct xlsx_figure){row, column, scaled, scale};
}

void xlsx_figures_release(struct xlsx_figures *figures)
{
    free(figures->items);
    *figures = (struct xlsx_figures){0};
}

/* Brings both to the finer scale. Numbers that it cannot hold lie outside of any chart. */
static bool align(struct xlsx_extent *extent, int64_t *scaled, int scale)
{
    int64_t least, most;
    if (scale <= extent->scale)
        return decimal_rescale(*scaled, scale, extent->scale, scaled);
    if (!decimal_rescale(extent->least, extent->scale, scale, &least) ||
        !decimal_rescale(extent->most, extent->scale, scale, &most))
        return false;
    extent->least = least;
    extent->most = most;
    extent->scale = scale;
    return true;
}

void xlsx_extent_add(struct xlsx_extent *extent, const struct xlsx_figures *figures,
                     const struct sink_range *range)
{
    for (size_t i = 0; i < figures->count; i++) {
        const struct xlsx_figure *figure = &figures->items[i];
        int64_t scaled = figure->scaled;
        bool inside = figure->row >= range->first_row && figure->row <= range->last_row &&
                      figure->column >= range->first_column && figure->column <= range->last_column;
        if (!inside || !align(extent, &scaled, figure->scale))
            continue;
        if (extent->count++ == 0)
            extent->least = extent->most = scaled;
        extent->least = scaled < extent->least ? scaled : extent->least;
        extent->most = scaled > extent->most ? scaled : extent->most;
    }
}

/* Steps that reach from zero to `value`, upwards. */
static int64_t steps_to(int64_t value, int64_t step)
{
    return value > 0 ? value / step + (value % step > 0) : 0;
}

struct xlsx_axis xlsx_axis_fit(const struct xlsx_extent *extent)
{
    enum { MOST_STEPS = 8 };
    static const int64_t largest = INT64_MAX / 10, factors[] = {1, 2, 5};
    int64_t step = 1;
    for (int64_t power = 1; power < largest; power *= 10) {
        bool fits = false;
        for (size_t i = 0; i < sizeof factors / sizeof factors[0] && !fits; i++) {
            step = power * factors[i];
            fits = steps_to(extent->most, step) + steps_to(-extent->least, step) <= MOST_STEPS;
        }
        if (fits)
            break;
    }
    struct xlsx_axis axis = {.least = -steps_to(-extent->least, step) * step,
                             .most = steps_to(extent->most, step) * step,
                             .step = step};
    if (axis.most == axis.least)
        axis.most = step;
    return axis;
}
