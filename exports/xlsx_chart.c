/* Native charts. They are printed in black and white as often as not: what belongs to one series
 * is told by lightness and pattern, lines by their strokes and marks, never by colour alone. */
#include "exports/xlsx.h"

#include "core/decimal.h"
#include "core/mem.h"
#include "core/reg.h"
#include "core/text.h"

#include <stdlib.h>

/* What libxlsxwriter takes for an unscaled chart, in pixels. */
static const double default_width = 480, default_height = 288;

enum { DARK = 0x1F4E79, LIGHT = 0xBDD7EE, MIDDLE = 0x7F7F7F, WHITE = 0xFFFFFF, LINE = 0xBFBFBF };

static const struct kind {
    uint8_t type;
    bool axes, strokes;
} kinds[] = {
    [SINK_COLUMNS] = {LXW_CHART_COLUMN, true, false},
    [SINK_BARS] = {LXW_CHART_BAR, true, false},
    [SINK_PIE] = {LXW_CHART_PIE, false, false},
    [SINK_LINES] = {LXW_CHART_LINE, true, true},
};

/* ---- how series differ ---- */

static const struct shade {
    lxw_color_t colour;
    uint8_t pattern; /* on white; LXW_CHART_PATTERN_NONE: filled */
    uint8_t dash, mark;
} shades[] = {
    {DARK, LXW_CHART_PATTERN_NONE, LXW_CHART_LINE_DASH_SOLID, LXW_CHART_MARKER_CIRCLE},
    {LIGHT, LXW_CHART_PATTERN_NONE, LXW_CHART_LINE_DASH_DASH, LXW_CHART_MARKER_SQUARE},
    {DARK, LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL, LXW_CHART_LINE_DASH_ROUND_DOT,
     LXW_CHART_MARKER_TRIANGLE},
    {MIDDLE, LXW_CHART_PATTERN_NONE, LXW_CHART_LINE_DASH_LONG_DASH, LXW_CHART_MARKER_DIAMOND},
    {DARK, LXW_CHART_PATTERN_DARK_HORIZONTAL, LXW_CHART_LINE_DASH_DASH_DOT, LXW_CHART_MARKER_X},
    {MIDDLE, LXW_CHART_PATTERN_LARGE_GRID, LXW_CHART_LINE_DASH_LONG_DASH_DOT,
     LXW_CHART_MARKER_PLUS},
    {DARK, LXW_CHART_PATTERN_PERCENT_20, LXW_CHART_LINE_DASH_SQUARE_DOT, LXW_CHART_MARKER_STAR},
    {DARK, LXW_CHART_PATTERN_DARK_VERTICAL, LXW_CHART_LINE_DASH_SOLID, LXW_CHART_MARKER_X},
};

static const struct shade *shade_of(size_t index)
{
    return &shades[index % COUNT_OF(shades)];
}

/* The library copies what it is given. */
static void shade_series(lxw_chart_series *series, size_t index, bool strokes)
{
    const struct shade *shade = shade_of(index);
    lxw_chart_line edge = {.color = DARK, .width = 0.75};
    lxw_chart_fill fill = {.color = shade->colour};
    lxw_chart_pattern pattern = {
        .fg_color = shade->colour, .bg_color = WHITE, .type = shade->pattern};
    if (strokes) {
        lxw_chart_line line = {
            .color = index % 2 ? MIDDLE : DARK, .width = 1.75, .dash_type = shade->dash};
        chart_series_set_line(series, &line);
        chart_series_set_marker_type(series, shade->mark);
        chart_series_set_marker_size(series, 6);
        return;
    }
    chart_series_set_line(series, &edge);
    if (shade->pattern)
        chart_series_set_pattern(series, &pattern);
    else
        chart_series_set_fill(series, &fill);
}

/* The slices of a pie, each as the series of that number. */
static void shade_slices(lxw_chart_series *series, size_t count)
{
    lxw_chart_line edge = {.color = DARK, .width = 0.75};
    lxw_chart_point *points = mem_new(count, sizeof *points);
    lxw_chart_point **list = mem_new(count + 1, sizeof *list);
    lxw_chart_fill *fills = mem_new(count, sizeof *fills);
    lxw_chart_pattern *patterns = mem_new(count, sizeof *patterns);
    for (size_t i = 0; i < count; i++) {
        const struct shade *shade = shade_of(i);
        fills[i] = (lxw_chart_fill){.color = shade->colour};
        patterns[i] = (lxw_chart_pattern){
            .fg_color = shade->colour, .bg_color = WHITE, .type = shade->pattern};
        points[i].line = &edge;
        if (shade->pattern)
            points[i].pattern = &patterns[i];
        else
            points[i].fill = &fills[i];
        list[i] = &points[i];
    }
    chart_series_set_points(series, list);
    free(patterns);
    free(fills);
    free(list);
    free(points);
}

/* ---- series ---- */

struct drawing {
    lxw_chart *chart;
    const struct sink_chart *wanted;
    const struct kind *kind;
    struct xlsx_extent extent; /* of all series */
    size_t series_count;       /* that have a number to show */
};

static size_t range_cells(const struct sink_range *range)
{
    return (range->last_row - range->first_row + 1) *
           (range->last_column - range->first_column + 1);
}

static void set_labels(const struct drawing *drawing, lxw_chart_series *series)
{
    lxw_chart_font small = {.name = "宋体", .size = 9, .bold = LXW_EXPLICIT_FALSE};
    chart_series_set_labels(series);
    chart_series_set_labels_font(series, &small);
    if (!drawing->kind->axes) {
        chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_OUTSIDE_END);
        chart_series_set_labels_percentage(series);
        chart_series_set_labels_options(series, LXW_FALSE, LXW_TRUE, LXW_FALSE);
    } else {
        chart_series_set_labels_num_format(series, drawing->wanted->percent ? "0.0%" : "General");
    }
}

static void add_series(struct drawing *drawing, const char *sheet, const struct sink_series *wanted)
{
    enum { MOST_LABELS = 16 }; /* of two series side by side */
    const struct sink_range *categories = &drawing->wanted->categories, *values = &wanted->values;
    lxw_chart_series *series = chart_add_series(drawing->chart, NULL, NULL);
    chart_series_set_categories(
        series, sheet, (lxw_row_t)categories->first_row, (lxw_col_t)categories->first_column,
        (lxw_row_t)categories->last_row, (lxw_col_t)categories->last_column);
    chart_series_set_values(series, sheet, (lxw_row_t)values->first_row,
                            (lxw_col_t)values->first_column, (lxw_row_t)values->last_row,
                            (lxw_col_t)values->last_column);
    if (!text_is_empty(wanted->name))
        chart_series_set_name(series, wanted->name);
    size_t cells = range_cells(values);
    if (!drawing->kind->axes)
        shade_slices(series, cells);
    else
        shade_series(series, drawing->series_count, drawing->kind->strokes);
    bool crowded = drawing->wanted->series_count > 2 || drawing->kind->strokes;
    if (drawing->wanted->series_count == 1 ||
        (!crowded && cells * drawing->wanted->series_count <= MOST_LABELS))
        set_labels(drawing, series);
    drawing->series_count++;
}

/* A series without any number would only stand in the legend. */
static void add_all_series(struct drawing *drawing, struct xlsx *xlsx)
{
    for (size_t i = 0; i < drawing->wanted->series_count; i++) {
        const struct sink_series *series = &drawing->wanted->series[i];
        size_t before = drawing->extent.count;
        xlsx_extent_add(&drawing->extent, &xlsx->figures, &series->values);
        if (drawing->extent.count > before)
            add_series(drawing, xlsx->sheet->name, series);
    }
}

/* ---- axes ---- */

static double axis_number(const struct drawing *drawing, int64_t scaled)
{
    double number = (double)scaled / (double)decimal_unit(drawing->extent.scale);
    return drawing->wanted->percent ? number / 100 : number;
}

/* The numbers of the axis: of what is counted no halves and fifths, and room for the label of the
 * longest bar. */
static void set_scale(const struct drawing *drawing, lxw_chart_axis *values)
{
    struct xlsx_extent extent = drawing->extent;
    enum { HEADROOM = 12 }; /* a part in this many */
    if (!drawing->kind->strokes && extent.most > 0 && extent.most < INT64_MAX / 2)
        extent.most += (extent.most + HEADROOM - 1) / HEADROOM;
    struct xlsx_axis axis = xlsx_axis_fit(&extent);
    chart_axis_set_min(values, axis_number(drawing, axis.least));
    chart_axis_set_max(values, axis_number(drawing, axis.most));
    chart_axis_set_major_unit(values, axis_number(drawing, axis.step));
    chart_axis_set_num_format(values, drawing->wanted->percent ? "0%"
                                      : extent.scale == 0      ? "0"
                                                               : "General");
}

static void set_axes(const struct drawing *drawing)
{
    enum { MOST_UPRIGHT = 8, GAP = 60 }; /* names side by side; per cent of a bar */
    lxw_chart *chart = drawing->chart;
    const struct sink_chart *wanted = drawing->wanted;
    lxw_chart_font small = {.name = "宋体", .size = 9, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_font slanted = {
        .name = "宋体", .size = 9, .bold = LXW_EXPLICIT_FALSE, .rotation = -45};
    lxw_chart_line grid = {.color = LINE, .width = 0.5};
    chart_set_series_gap(chart, GAP);
    /* The library keeps the axes of bars by place: the values run along x. */
    bool bars = wanted->kind == SINK_BARS;
    lxw_chart_axis *values = bars ? chart->x_axis : chart->y_axis;
    lxw_chart_axis *names = bars ? chart->y_axis : chart->x_axis;
    bool many = !bars && range_cells(&wanted->categories) > MOST_UPRIGHT;
    chart_axis_set_num_font(values, &small);
    chart_axis_set_num_font(names, many ? &slanted : &small);
    chart_axis_major_gridlines_set_line(values, &grid);
    if (!text_is_empty(wanted->value_title)) {
        chart_axis_set_name(values, wanted->value_title);
        chart_axis_set_name_font(values, &small);
    }
    set_scale(drawing, values);
    /* At the edge: a bar below zero would cover its own name. */
    chart_axis_set_label_position(names, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    /* The first row of a table reads as the first bar only when the axis runs downwards. */
    if (bars) {
        chart_axis_set_reverse(chart->y_axis);
        chart_axis_set_crossing_max(chart->y_axis);
    }
}

/* ---- the chart ---- */

static void set_words(const struct drawing *drawing)
{
    lxw_chart_font heading = {.name = "黑体", .size = 12};
    lxw_chart_font small = {.name = "宋体", .size = 9};
    lxw_chart *chart = drawing->chart;
    if (text_is_empty(drawing->wanted->title)) {
        chart_title_off(chart);
    } else {
        chart_title_set_name(chart, drawing->wanted->title);
        chart_title_set_name_font(chart, &heading);
    }
    /* One series needs no name, and slices have theirs beside them. */
    bool plain = drawing->wanted->series_count == 1 || !drawing->kind->axes;
    chart_legend_set_position(chart, plain ? LXW_CHART_LEGEND_NONE : LXW_CHART_LEGEND_BOTTOM);
    chart_legend_set_font(chart, &small);
}

void xlsx_put_chart(struct sink *sink, const struct sink_chart *wanted)
{
    struct xlsx *xlsx = sink->state;
    struct drawing drawing = {.wanted = wanted, .kind = &kinds[wanted->kind]};
    for (size_t i = 0; i < wanted->series_count; i++)
        xlsx_extent_add(&drawing.extent, &xlsx->figures, &wanted->series[i].values);
    if (drawing.extent.count == 0)
        return;
    drawing.extent = (struct xlsx_extent){0};
    drawing.chart = workbook_add_chart(xlsx->book, drawing.kind->type);
    add_all_series(&drawing, xlsx);
    set_words(&drawing);
    if (drawing.kind->axes)
        set_axes(&drawing);
    lxw_chart_options options = {
        .x_scale = wanted->width / default_width,
        .y_scale = wanted->height / default_height,
        .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
    };
    xlsx_check(sink,
               worksheet_insert_chart_opt(xlsx->sheet, (lxw_row_t)wanted->row,
                                          (lxw_col_t)wanted->column, drawing.chart, &options));
}
