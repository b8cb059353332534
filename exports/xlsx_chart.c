#include "exports/xlsx.h"

#include "core/text.h"

/* What libxlsxwriter takes for an unscaled chart, in pixels. */
static const double default_width = 480, default_height = 288;

static const struct kind {
    uint8_t type;
    bool axes;
} kinds[] = {
    [SINK_COLUMNS] = {LXW_CHART_COLUMN, true},
    [SINK_BARS] = {LXW_CHART_BAR, true},
    [SINK_PIE] = {LXW_CHART_PIE, false},
    [SINK_LINES] = {LXW_CHART_LINE, true},
};

static void add_series(lxw_chart *chart, const char *sheet, const struct sink_series *series,
                       const struct sink_range *categories, bool labels, bool share)
{
    lxw_chart_series *added = chart_add_series(chart, NULL, NULL);
    const struct sink_range *values = &series->values;
    chart_series_set_categories(
        added, sheet, (lxw_row_t)categories->first_row, (lxw_col_t)categories->first_column,
        (lxw_row_t)categories->last_row, (lxw_col_t)categories->last_column);
    chart_series_set_values(added, sheet, (lxw_row_t)values->first_row,
                            (lxw_col_t)values->first_column, (lxw_row_t)values->last_row,
                            (lxw_col_t)values->last_column);
    if (!text_is_empty(series->name))
        chart_series_set_name(added, series->name);
    if (labels)
        chart_series_set_labels(added);
    if (labels && share) {
        chart_series_set_labels_options(added, LXW_FALSE, LXW_TRUE, LXW_FALSE);
        chart_series_set_labels_percentage(added);
    }
}

static void set_axes(lxw_chart *chart, const struct sink_chart *wanted)
{
    lxw_chart_font small = {.name = "宋体", .size = 9, .bold = LXW_EXPLICIT_FALSE};
    /* The library keeps the axes of bars by place: the values run along x. */
    lxw_chart_axis *values = wanted->kind == SINK_BARS ? chart->x_axis : chart->y_axis;
    chart_axis_set_num_font(chart->x_axis, &small);
    chart_axis_set_num_font(chart->y_axis, &small);
    if (!text_is_empty(wanted->value_title)) {
        chart_axis_set_name(values, wanted->value_title);
        chart_axis_set_name_font(values, &small);
    }
    if (wanted->percent)
        chart_axis_set_num_format(values, "0%");
    /* At the edge: a bar below zero would cover its own name. */
    chart_axis_set_label_position(wanted->kind == SINK_BARS ? chart->y_axis : chart->x_axis,
                                  LXW_CHART_AXIS_LABEL_POSITION_LOW);
    /* The first row of a table reads as the first bar only when the axis runs downwards. */
    if (wanted->kind == SINK_BARS) {
        chart_axis_set_reverse(chart->y_axis);
        chart_axis_set_crossing_max(chart->y_axis);
    }
}

lxw_error xlsx_insert_chart(lxw_workbook *book, lxw_worksheet *sheet,
                            const struct sink_chart *wanted)
{
    const struct kind *kind = &kinds[wanted->kind];
    lxw_chart *chart = workbook_add_chart(book, kind->type);
    lxw_chart_font heading = {.name = "黑体", .size = 12};
    lxw_chart_font small = {.name = "宋体", .size = 9};
    for (size_t i = 0; i < wanted->series_count; i++)
        add_series(chart, sheet->name, &wanted->series[i], &wanted->categories,
                   wanted->series_count == 1, !kind->axes);
    if (text_is_empty(wanted->title)) {
        chart_title_off(chart);
    } else {
        chart_title_set_name(chart, wanted->title);
        chart_title_set_name_font(chart, &heading);
    }
    chart_legend_set_position(chart, kind->axes && wanted->series_count == 1
                                         ? LXW_CHART_LEGEND_NONE
                                         : LXW_CHART_LEGEND_BOTTOM);
    chart_legend_set_font(chart, &small);
    if (kind->axes)
        set_axes(chart, wanted);
    lxw_chart_options options = {
        .x_scale = wanted->width / default_width,
        .y_scale = wanted->height / default_height,
        .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
    };
    return worksheet_insert_chart_opt(sheet, (lxw_row_t)wanted->row, (lxw_col_t)wanted->column,
                                      chart, &options);
}
