/* 图表 of the dispatch workbook: the figures above, their charts below. */
#include "exports/mosaic.h"
#include "exports/reports/dispatch.h"

#include <stdio.h>

enum {
    STATES_AT = 0,
    STATES_LABEL = 3,
    STATES_CELLS = 4,
    TOWNS_AT = 5,
    TOWNS_LABEL = 3,
    TOWNS_CELLS = 6,
    WEEKS_AT = 12,
    WEEKS_LABEL = 3,
    WEEKS_CELLS = 5,
    COLUMNS = 17,
    CELL_WIDTH = 8,
    CELL_PIXELS = 66, /* of a cell of that width */
    ROW_PIXELS = 20,
    CHART_ROWS = 22,
    MOST_TOWNS = 12,
};

static void put_heading(struct mosaic *mosaic, size_t column, size_t label_cells,
                        const char *const *labels)
{
    mosaic_text(mosaic, 0, column, label_cells, SINK_STYLE_HEADING, labels[0]);
    for (size_t i = 1; labels[i]; i++)
        mosaic_text(mosaic, 0, column + label_cells + i - 1, 1, SINK_STYLE_HEADING, labels[i]);
}

/* Rows of problems only: what has none is left out. */
static size_t put_rows(struct mosaic *mosaic, const struct count_rows *rows, size_t column,
                       size_t label_cells, const char *const *keys)
{
    size_t at = 1;
    for (size_t i = 0; i < rows->count && at <= MOST_TOWNS; i++) {
        const struct count_row *row = &rows->items[i];
        if (dispatch_number(row, "problems") == 0)
            continue;
        mosaic_text(mosaic, at, column, label_cells, SINK_STYLE_LABEL, row->label);
        for (size_t j = 0; keys[j]; j++)
            mosaic_number(mosaic, at, column + label_cells + j, dispatch_number(row, keys[j]), 0);
        at++;
    }
    return at - 1;
}

static void put_weeks(struct mosaic *mosaic, const struct counts *counts)
{
    static const char *const labels[] = {"周（周一）", "发现", "销号", NULL};
    put_heading(mosaic, WEEKS_AT, WEEKS_LABEL, labels);
    for (size_t i = 0; i < COUNT_WEEKS; i++) {
        const struct count_week *week = &counts->weeks[i];
        char label[32];
        snprintf(label, sizeof label, "%02d-%02d", week->monday.month, week->monday.day);
        mosaic_text(mosaic, i + 1, WEEKS_AT, WEEKS_LABEL, SINK_STYLE_LABEL, label);
        mosaic_number(mosaic, i + 1, WEEKS_AT + WEEKS_LABEL, week->found, 0);
        mosaic_number(mosaic, i + 1, WEEKS_AT + WEEKS_LABEL + 1, week->closed, 0);
    }
}

/* Some columns of a table of `rows` rows, the first of which stands in row `first`. */
struct figures {
    const char *title;
    size_t at, label_cells, cells;
    enum sink_chart_kind kind;
    size_t first, rows;
    const char *names[4]; /* of the columns behind the label */
};

static void put_chart(struct sink *sink, const struct figures *figures)
{
    struct sink_series series[COUNT_OF(figures->names)] = {{.name = NULL}};
    const size_t last = figures->first + figures->rows - 1;
    size_t count = 0;
    for (; figures->names[count]; count++) {
        size_t column = figures->at + figures->label_cells + count;
        series[count] = (struct sink_series){
            .name = figures->names[count],
            .values = {figures->first, column, last, column},
        };
    }
    const struct sink_chart chart = {
        .kind = figures->kind,
        .title = figures->title,
        .value_title = "项",
        .row = sink_row(sink),
        .column = figures->at,
        .width = (int)figures->cells * CELL_PIXELS,
        .height = (CHART_ROWS - 1) * ROW_PIXELS,
        .categories = {figures->first, figures->at, last, figures->at},
        .series = series,
        .series_count = count,
    };
    if (figures->rows)
        sink_chart(sink, &chart);
}

static void put_figures(const struct counts *counts, struct sink *sink)
{
    static const char *const state_labels[] = {"整改状态", "问题", NULL};
    static const char *const state_keys[] = {"problems", NULL};
    static const char *const town_labels[] = {"乡镇（街道）", "问题", "已整改", "已销号", NULL};
    static const char *const town_keys[] = {"problems", "mended", "closed", NULL};
    struct mosaic mosaic;
    const size_t first = sink_row(sink) + 1;
    mosaic_init(&mosaic, MOST_TOWNS + 1, COLUMNS);
    put_heading(&mosaic, STATES_AT, STATES_LABEL, state_labels);
    size_t states =
        put_rows(&mosaic, counts_by(counts, DISPATCH_STATE), STATES_AT, STATES_LABEL, state_keys);
    put_heading(&mosaic, TOWNS_AT, TOWNS_LABEL, town_labels);
    size_t towns =
        put_rows(&mosaic, counts_by(counts, DISPATCH_TOWN), TOWNS_AT, TOWNS_LABEL, town_keys);
    put_weeks(&mosaic, counts);
    mosaic_write(&mosaic, sink);
    mosaic_release(&mosaic);
    sink_skip_rows(sink, 1);
    put_chart(sink, &(struct figures){"问题按整改状态",
                                      STATES_AT,
                                      STATES_LABEL,
                                      STATES_CELLS,
                                      SINK_BARS,
                                      first,
                                      states,
                                      {"问题"}});
    put_chart(sink, &(struct figures){"问题按乡镇",
                                      TOWNS_AT,
                                      TOWNS_LABEL,
                                      TOWNS_CELLS,
                                      SINK_BARS,
                                      first,
                                      towns,
                                      {"问题", "已整改"}});
    put_chart(sink, &(struct figures){"十二周发现与销号",
                                      WEEKS_AT,
                                      WEEKS_LABEL,
                                      WEEKS_CELLS,
                                      SINK_LINES,
                                      first,
                                      COUNT_WEEKS,
                                      {"发现", "销号"}});
    sink_skip_rows(sink, CHART_ROWS);
}

bool dispatch_write_charts(const struct counts *counts, struct run *run, struct error *err)
{
    int widths[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        widths[i] = CELL_WIDTH;
    const struct sink_page page = {
        .name = "图表", .widths = widths, .column_count = COLUMNS, .landscape = true};
    sink_begin_page(run->sink, &page);
    run->result->tables++;
    if (!dispatch_put_line(run, SINK_STYLE_TITLE, COLUMNS, "{地区}问题整改情况（截至{截止日期}）",
                           err))
        return false;
    sink_skip_rows(run->sink, 1);
    put_figures(counts, run->sink);
    bool ok = dispatch_put_line(run, SINK_STYLE_NOTE, COLUMNS,
                                "注：每周从周一到周日，按发现日期、销号日期统计，最后一周到截止日期"
                                "为止；乡镇最多列 12 个。",
                                err);
    sink_end_sheet(run->sink);
    return ok;
}
