/* The measured factor over time: steps from result to result, with the limit across. */
#include "tui/screens/case.h"

#include "core/decimal.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    LABEL_WIDTH = 11,
    LIMIT_WIDTH = 5, /* at the right of its line */
    MONTHS = 12,
    WIDE_COLUMNS = 110, /* from here on twice as many months */
    NANO_SCALE = 9,
    LOG_RATIO = 30, /* values that differ by more stand on a logarithmic scale */
    LOG_UNIT = 1024,
    NOTHING = -1,
};

struct chart {
    const struct casefile_series *series;
    int rows, columns; /* of the drawing, without labels and axis */
    int first_day, last_day;
    bool is_log;
    int64_t low, high;                   /* nano */
    const struct casefile_point **worst; /* by column; NULL where nothing was measured; owned */
};

/* ---- scale ---- */

/* 1024 times the logarithm to base 2, straight between its whole numbers. */
static int64_t log_of(int64_t value)
{
    int power = 0;
    if (value < 1)
        return 0;
    for (int64_t rest = value; rest > 1; rest /= 2)
        power++;
    int64_t whole = (int64_t)1 << power;
    return power * (int64_t)LOG_UNIT +
           (int64_t)((double)(value - whole) / (double)whole * LOG_UNIT);
}

static double position(const struct chart *chart, int64_t nano)
{
    return chart->is_log ? (double)log_of(nano) : (double)nano;
}

/* Row of a value, 0 at the top. */
static int row_of(const struct chart *chart, int64_t nano)
{
    double low = position(chart, chart->low), high = position(chart, chart->high);
    if (high <= low)
        return chart->rows - 1;
    double row = (high - position(chart, nano)) / (high - low) * (chart->rows - 1);
    return (int)(row + 0.5);
}

static void include(struct chart *chart, int64_t nano, bool is_first)
{
    if (is_first || nano < chart->low)
        chart->low = nano;
    if (is_first || nano > chart->high)
        chart->high = nano;
}

/* ---- time ---- */

/* A year of whole months that ends with the one of the newest result; `most` when older results ask
 * for it. */
static void set_days(struct chart *chart, int most)
{
    struct date first = date_from_days(chart->series->points[0].day);
    struct date last = date_from_days(chart->series->points[chart->series->count - 1].day);
    int wanted = (last.year - first.year) * 12 + last.month - first.month + 1;
    int months = wanted < MONTHS ? MONTHS : wanted < most ? wanted : most;
    int begin = last.year * 12 + last.month - months; /* months since the year 0, January as 0 */
    last.day = date_month_length(last.year, last.month);
    chart->last_day = date_to_days(last);
    chart->first_day = date_to_days((struct date){begin / 12, begin % 12 + 1, 1});
}

static int column_of(const struct chart *chart, int day)
{
    int64_t width = chart->columns - 1;
    return (int)((day - chart->first_day) * width / (chart->last_day - chart->first_day));
}

/* Several results in one column: the highest counts. */
static void place_points(struct chart *chart)
{
    const struct casefile_series *series = chart->series;
    bool is_first = true;
    for (size_t i = 0; i < series->count; i++) {
        const struct casefile_point *point = &series->points[i];
        if (point->day < chart->first_day || point->day > chart->last_day)
            continue;
        const struct casefile_point **at = &chart->worst[column_of(chart, point->day)];
        if (!*at || (*at)->nano < point->nano)
            *at = point;
        if (point->qualifier == '<')
            continue; /* stands at the bottom, wherever that is */
        include(chart, point->nano, is_first);
        is_first = false;
    }
    if (series->has_limit)
        include(chart, series->limit, is_first);
    chart->is_log = chart->low > 0 && chart->high / LOG_RATIO > chart->low;
    if (!chart->is_log && chart->low > 0)
        chart->low = 0;
}

/* ---- drawing ---- */

static bool exceeds(const struct chart *chart, const struct casefile_point *point)
{
    return chart->series->has_limit && point->qualifier != '<' &&
           point->nano > chart->series->limit;
}

/* What stands where the line comes from row `from` and goes to row `to`. */
static const char *corner(int row, int from, int to)
{
    if (row == from)
        return to > from ? "╮" : "╯";
    bool between = from < to ? row > from && row < to : row < from && row > to;
    return between ? "│" : NULL;
}

static void draw_column(const struct chart *chart, int row, int column, int *level,
                        struct grid *area)
{
    const struct casefile_point *point = chart->worst[column];
    int x = LABEL_WIDTH + 1 + column;
    int from = *level;
    if (point) {
        int to = point->qualifier == '<' ? chart->rows - 1 : row_of(chart, point->nano);
        bool over = exceeds(chart, point);
        const char *line = from == NOTHING || from == to ? NULL : corner(row, from, to);
        if (row == to)
            grid_text(area, 0, x, 1, over ? STYLE_ERROR : STYLE_BOLD,
                      over                      ? "▲"
                      : point->qualifier == '<' ? "▽"
                                                : "●");
        else if (line)
            grid_text(area, 0, x, 1, STYLE_PLAIN, line);
        *level = to;
    } else if (row == from) {
        grid_text(area, 0, x, 1, STYLE_PLAIN, "─");
    }
}

static int last_column(const struct chart *chart)
{
    int last = chart->columns - 1;
    while (last > 0 && !chart->worst[last])
        last--;
    return last;
}

static void draw_label(const struct chart *chart, int row, struct grid *area)
{
    const struct casefile_series *series = chart->series;
    char text[DECIMAL_TEXT_SIZE];
    bool is_limit = series->has_limit && row == row_of(chart, series->limit);
    bool is_labelled = is_limit || row == 0 || row == chart->rows - 1;
    grid_text(area, 0, LABEL_WIDTH, 1, STYLE_RULE, is_labelled ? "┤" : "│");
    if (!is_labelled)
        return;
    decimal_format(is_limit   ? series->limit
                   : row == 0 ? chart->high
                              : chart->low,
                   NANO_SCALE, text);
    grid_text_right(area, 0, 1, LABEL_WIDTH - 2, is_limit ? STYLE_WARNING : STYLE_HINT, text);
}

static void draw_limit(const struct chart *chart, struct grid *area)
{
    grid_fill(area, 0, LABEL_WIDTH + 1, 1, chart->columns, 0x2504, STYLE_WARNING);
    grid_text(area, 0, LABEL_WIDTH + 1 + chart->columns, LIMIT_WIDTH, STYLE_WARNING, " 限值");
}

static void draw_axis(const struct chart *chart, struct grid *area)
{
    struct date first = date_from_days(chart->first_day), last = date_from_days(chart->last_day);
    grid_text(area, 0, LABEL_WIDTH, 1, STYLE_RULE, "└");
    grid_fill(area, 0, LABEL_WIDTH + 1, 1, chart->columns, 0x2500, STYLE_RULE);
    grid_printf(area, 0, LABEL_WIDTH + 2, 9, STYLE_HINT, " %04d-%02d ", first.year, first.month);
    struct buffer text = {0};
    buffer_addf(&text, " %04d-%02d ", last.year, last.month);
    grid_text_right(area, 0, LABEL_WIDTH + 1, chart->columns - 1, STYLE_HINT, text.text);
    buffer_release(&text);
}

void case_chart_draw_row(const struct casefile_series *series, int row, int rows, struct grid *area)
{
    struct chart chart = {
        .series = series,
        .rows = rows - 1,
        .columns = area->columns - LABEL_WIDTH - 2 - (series->has_limit ? LIMIT_WIDTH : 0),
    };
    if (chart.columns < MONTHS || series->count == 0)
        return;
    chart.worst = mem_new((size_t)chart.columns, sizeof *chart.worst);
    set_days(&chart, area->columns >= WIDE_COLUMNS ? 2 * MONTHS : MONTHS);
    place_points(&chart);
    if (row == chart.rows) {
        draw_axis(&chart, area);
    } else {
        int level = NOTHING, last = last_column(&chart);
        if (series->has_limit && row == row_of(&chart, series->limit))
            draw_limit(&chart, area);
        draw_label(&chart, row, area);
        for (int column = 0; column <= last; column++)
            draw_column(&chart, row, column, &level, area);
    }
    free(chart.worst);
}
