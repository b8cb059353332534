/* Sheets of kind 统计图: small tables of the figures of a day side by side, their charts below.
 *
 *     统计图,图表
 *     标题,…
 *     图,条,问题按乡镇,town,乡镇           bars (柱 columns, 饼 a pie, 线 lines), title, by what,
 *                                          its heading; by week: the last twelve, of problems
 *                                          (found) and closed
 *     列,problems,问题                     what is counted, heading; of the 图 before
 *     列,closed,已销号,不画                only in the table
 *     说明,…                               below, as many as there are
 */
#include "exports/layout_count.h"
#include "exports/mosaic.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FIGURES = 4, MOST_NUMBERS = 4 };

#define BY_WEEK "week"

struct number {
    size_t measure;
    const char *label;
    bool is_drawn;
};

struct figure {
    enum sink_chart_kind kind;
    const char *title, *by, *label;
    struct number numbers[MOST_NUMBERS];
    size_t number_count;
    /* Where it stands, once it is written. */
    size_t column, rows;
};

struct figures {
    struct figure items[MOST_FIGURES];
    size_t count;
};

static bool is_by_week(const struct figure *figure)
{
    return strcmp(figure->by, BY_WEEK) == 0;
}

/* What a week tells of a measure; NULL: nothing. */
static const int64_t *week_number(const struct count_week *week, size_t measure)
{
    const char *key = measures[measure].key;
    return strcmp(key, "problems") == 0 ? &week->found
           : strcmp(key, "closed") == 0 ? &week->closed
                                        : NULL;
}

/* ---- reading ---- */

static bool read_figure(struct layout_reading *reading, struct error *err)
{
    const struct csv *csv = &reading->csv;
    struct layout_sheet *sheet = layout_current(reading);
    struct figures *figures = sheet->own ? sheet->own : mem_new(1, sizeof *figures);
    struct figure figure = {
        .title = csv_cell(csv, 2), .by = csv_cell(csv, 3), .label = csv_cell(csv, 4)};
    sheet->own = figures;
    if (figures->count == MOST_FIGURES)
        return error_set(err, ERROR_FORMAT, "一张统计图最多 %d 个图", MOST_FIGURES);
    if (!layout_read_chart_kind(csv_cell(csv, 1), &figure.kind, err))
        return false;
    if (!is_by_week(&figure) && !layout_count_add_group(reading, figure.by, err))
        return false;
    figures->items[figures->count++] = figure;
    return true;
}

static bool read_number(struct layout_reading *reading, struct error *err)
{
    const struct csv *csv = &reading->csv;
    struct figures *figures = layout_current(reading)->own;
    const char *mark = csv_cell(csv, 3);
    const int measure = layout_count_read_measure(reading, err);
    if (measure < 0)
        return false;
    if (!figures)
        return error_set(err, ERROR_FORMAT, "“列”之前要先有一行“图”");
    if (*mark && strcmp(mark, "不画") != 0)
        return error_set(err, ERROR_FORMAT, "列的标记只能是 不画，不能是“%s”", mark);
    struct figure *figure = &figures->items[figures->count - 1];
    struct number number = {(size_t)measure, measures[measure].label, !*mark};
    layout_take_text(csv, 2, &number.label);
    if (figure->number_count == MOST_NUMBERS)
        return error_set(err, ERROR_FORMAT, "一个图最多 %d 列", MOST_NUMBERS);
    if (is_by_week(figure) && !week_number(&(struct count_week){.found = 0}, number.measure))
        return error_set(err, ERROR_FORMAT, "按周只能统计 problems（发现）和 closed（销号）");
    figure->numbers[figure->number_count++] = number;
    return true;
}

static const struct layout_row rows[] = {
    {.word = "图", .need = LAYOUT_NEEDS_SHEET, .read = read_figure},
    {.word = "列", .need = LAYOUT_NEEDS_SHEET, .read = read_number},
};

static bool check(const struct layout *layout, const struct layout_sheet *sheet, struct error *err)
{
    const struct figures *figures = sheet->own;
    if (!figures)
        return error_set(err, ERROR_FORMAT, "“%s”一个图也没有", sheet->name);
    for (size_t i = 0; i < figures->count; i++) {
        const struct figure *figure = &figures->items[i];
        if (!figure->number_count)
            return error_set(err, ERROR_FORMAT, "图“%s”一列也没有", figure->title);
        if (!layout_count_check_public(layout, figure->title, figure->by, err))
            return false;
    }
    return true;
}

static void release(struct layout_sheet *sheet)
{
    free(sheet->own);
}

/* ---- the tables ---- */

enum {
    LABEL_CELLS = 3,
    CELL_WIDTH = 8,
    CELL_PIXELS = 66, /* of a cell of that width */
    ROW_PIXELS = 20,
    CHART_ROWS = 22,
    MOST_ROWS = COUNT_WEEKS,
    MOST_CELLS = MOST_FIGURES * (LABEL_CELLS + MOST_NUMBERS + 1),
};

static size_t cells_of(const struct figure *figure)
{
    return LABEL_CELLS + figure->number_count;
}

/* Puts them beside each other with a cell between; how many cells they take. */
static size_t arrange(struct figures *figures)
{
    size_t column = 0;
    for (size_t i = 0; i < figures->count; i++) {
        figures->items[i].column = column;
        column += cells_of(&figures->items[i]) + 1;
    }
    return column - 1;
}

static void put_heading(struct mosaic *mosaic, const struct figure *figure)
{
    mosaic_text(mosaic, 0, figure->column, LABEL_CELLS, SINK_STYLE_HEADING, figure->label);
    for (size_t i = 0; i < figure->number_count; i++)
        mosaic_text(mosaic, 0, figure->column + LABEL_CELLS + i, 1, SINK_STYLE_HEADING,
                    figure->numbers[i].label);
}

/* What has nothing of what is counted is left out, and what another row counts as well. */
static bool shows(const struct figure *figure, const struct count_row *row)
{
    bool some = false;
    for (size_t i = 0; i < figure->number_count; i++)
        some = some || row->numbers[figure->numbers[i].measure];
    return some && !row->is_part;
}

static void put_groups(struct mosaic *mosaic, struct figure *figure, const struct count_rows *list)
{
    for (size_t i = 0; i < list->count && figure->rows < MOST_ROWS; i++) {
        const struct count_row *row = &list->items[i];
        if (!shows(figure, row))
            continue;
        const size_t at = ++figure->rows;
        mosaic_text(mosaic, at, figure->column, LABEL_CELLS, SINK_STYLE_LABEL, row->label);
        for (size_t j = 0; j < figure->number_count; j++)
            mosaic_number(mosaic, at, figure->column + LABEL_CELLS + j,
                          row->numbers[figure->numbers[j].measure], 0);
    }
}

static void put_weeks(struct mosaic *mosaic, struct figure *figure, const struct counts *counts)
{
    for (size_t i = 0; i < COUNT_WEEKS; i++) {
        const struct count_week *week = &counts->weeks[i];
        const size_t at = ++figure->rows;
        char label[32];
        snprintf(label, sizeof label, "%02d-%02d", week->monday.month, week->monday.day);
        mosaic_text(mosaic, at, figure->column, LABEL_CELLS, SINK_STYLE_LABEL, label);
        for (size_t j = 0; j < figure->number_count; j++)
            mosaic_number(mosaic, at, figure->column + LABEL_CELLS + j,
                          *week_number(week, figure->numbers[j].measure), 0);
    }
}

/* ---- the charts ---- */

static const char *unit_of(const struct figure *figure)
{
    const char *of = measures[figure->numbers[0].measure].of;
    const char *counter = of ? reg_find(of)->counter : NULL;
    return counter ? counter : COUNT_UNIT;
}

/* `first` is the row of the first group. */
static void put_chart(struct sink *sink, const struct figure *figure, size_t first)
{
    struct sink_series series[MOST_NUMBERS] = {{.name = NULL}};
    const size_t last = first + figure->rows - 1;
    size_t count = 0;
    for (size_t i = 0; i < figure->number_count; i++) {
        const size_t column = figure->column + LABEL_CELLS + i;
        if (figure->numbers[i].is_drawn)
            series[count++] = (struct sink_series){.name = figure->numbers[i].label,
                                                   .values = {first, column, last, column}};
    }
    const struct sink_chart chart = {
        .kind = figure->kind,
        .title = figure->title,
        .value_title = unit_of(figure),
        .row = sink_row(sink),
        .column = figure->column,
        .width = (int)cells_of(figure) * CELL_PIXELS,
        .height = (CHART_ROWS - 1) * ROW_PIXELS,
        .categories = {first, figure->column, last, figure->column},
        .series = series,
        .series_count = count,
    };
    if (figure->rows && count)
        sink_chart(sink, &chart);
}

/* ---- the page ---- */

static void put_figures(struct figures *figures, size_t cells, const struct counts *counts,
                        struct sink *sink)
{
    struct mosaic mosaic;
    const size_t first = sink_row(sink) + 1;
    mosaic_init(&mosaic, MOST_ROWS + 1, cells);
    for (size_t i = 0; i < figures->count; i++) {
        struct figure *figure = &figures->items[i];
        put_heading(&mosaic, figure);
        if (is_by_week(figure))
            put_weeks(&mosaic, figure, counts);
        else
            put_groups(&mosaic, figure, counts_by(counts, figure->by));
    }
    mosaic_write(&mosaic, sink);
    mosaic_release(&mosaic);
    sink_skip_rows(sink, 1);
    for (size_t i = 0; i < figures->count; i++)
        put_chart(sink, &figures->items[i], first);
    sink_skip_rows(sink, CHART_ROWS);
}

static bool put_page(const struct layout_sheet *sheet, struct run *run, struct figures *figures,
                     size_t cells, const struct counts *counts, struct error *err)
{
    const char *title = sheet->title ? sheet->title : sheet->name;
    bool ok = layout_put_wide(run, SINK_STYLE_TITLE, cells, title, err);
    sink_skip_rows(run->sink, 1);
    put_figures(figures, cells, counts, run->sink);
    for (size_t i = 0; ok && i < sheet->below.count; i++)
        ok = layout_put_wide(run, SINK_STYLE_NOTE, cells, sheet->below.items[i], err);
    return ok;
}

static bool write(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    struct figures figures = *(const struct figures *)sheet->own;
    int widths[MOST_CELLS];
    const struct counts *counts = layout_count_take(sheet, run, err);
    if (!counts)
        return false;
    const size_t cells = arrange(&figures);
    for (size_t i = 0; i < cells; i++)
        widths[i] = CELL_WIDTH;
    const struct sink_page page = layout_page(sheet, widths, cells);
    sink_begin_page(run->sink, &page);
    run->result->tables++;
    bool ok = put_page(sheet, run, &figures, cells, counts, err);
    sink_end_sheet(run->sink);
    return ok;
}

static const char *const takes[] = {"标题", "说明", "纸张", "方向", NULL};

const struct layout_kind layout_count_chart = {
    .word = "统计图",
    .takes = takes,
    .notes_below = true,
    .rows = rows,
    .row_count = COUNT_OF(rows),
    .check = check,
    .count = layout_count_none,
    .write = write,
    .release = release,
};
