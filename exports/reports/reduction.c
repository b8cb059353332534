/* The reduction workbook: what is being built, how each cut was accounted for, and how far the
 * targets are, with a chart of progress against target. */
#include "core/decimal.h"
#include "db/target_table.h"
#include "exports/layout.h"
#include "exports/mosaic.h"
#include "exports/reports/reports.h"

#define LAYOUT "layouts/reduction.csv"

enum { PERCENT_SCALE = 2, KG_WIDTH = 12 };

#define LOAD(KEY, GROUP, LABEL)                                                                    \
    {                                                                                              \
        .key = KEY, .group = GROUP, .label = LABEL, .format = SINK_DECIMAL, .scale = LOAD_SCALE,   \
        .width = KG_WIDTH                                                                          \
    }
#define SHARE(KEY, GROUP, LABEL)                                                                   \
    {                                                                                              \
        .key = KEY, .group = GROUP, .label = LABEL, .format = SINK_PERCENT,                        \
        .scale = PERCENT_SCALE, .width = 9                                                         \
    }

static const struct sink_column columns[] = {
    {.key = "serial", .label = "序号", .format = SINK_INTEGER, .width = 4, .centre = true},
    {.key = "region", .label = "地区", .width = 20},
    {.key = "metal", .label = "重金属", .width = 7, .centre = true},
    {.key = "year", .group = "目标", .label = "目标年", .format = SINK_INTEGER, .width = 7},
    {.key = "base_year", .group = "目标", .label = "基准年", .format = SINK_INTEGER, .width = 7},
    {.key = "kind", .group = "目标", .label = "类型", .width = 11, .centre = true},
    SHARE("target_percent", "目标", "比例"),
    LOAD("base_kg", "目标", "基准"),
    LOAD("net_cut_kg", "目标", "净削减"),
    LOAD("target_kg", "目标", "目标排放量"),
    LOAD("cut_kg", "进度", "已减排"),
    LOAD("added_kg", "进度", "已新增"),
    LOAD("actual_kg", "进度", "现在排放量"),
    SHARE("progress_percent", "进度", "进度"),
    {.key = "met", .group = "进度", .label = "达标", .width = 8, .centre = true},
    {.key = "forecast", .group = "年底", .label = "预测", .width = 8, .centre = true},
    LOAD("forecast_kg", "年底", "预计排放量"),
    {.key = "reason", .label = "说明", .width = 44},
};

static void put_amount(struct sink *sink, struct amount amount, int scale)
{
    if (amount.known)
        sink_number(sink, amount.value, scale);
    else
        sink_empty(sink);
}

static bool put_line(struct run *run, const struct target_line *line, size_t serial,
                     struct error *err)
{
    static const char *const met[] = {
        [ANSWER_UNKNOWN] = "算不出", [ANSWER_NO] = "未达到", [ANSWER_YES] = "已达到"};
    static const char *const forecasts[] = {
        [FORECAST_OPEN] = "未定", [FORECAST_MET] = "能完成", [FORECAST_MISSED] = "完不成"};
    struct sink *sink = run->sink;
    sink_begin_row(sink);
    sink_number(sink, (int64_t)serial, 0);
    sink_text(sink, line->name);
    sink_text(sink, line->metal);
    sink_number(sink, line->year, 0);
    sink_number(sink, line->base_year, 0);
    sink_text(sink, line->kind);
    put_amount(sink, line->percent, PERCENT_SCALE);
    put_amount(sink, line->base, LOAD_SCALE);
    put_amount(sink, line->cut, LOAD_SCALE);
    put_amount(sink, line->target, LOAD_SCALE);
    put_amount(sink, (struct amount){line->holdings > 0, line->cuts}, LOAD_SCALE);
    put_amount(sink, (struct amount){line->holdings > 0, line->additions}, LOAD_SCALE);
    put_amount(sink, line->actual, LOAD_SCALE);
    put_amount(sink, line->progress, PERCENT_SCALE);
    sink_text(sink, met[line->met]);
    sink_text(sink, forecasts[line->forecast]);
    put_amount(sink, line->expected, LOAD_SCALE);
    sink_text(sink, line->reason);
    run->result->rows++;
    return sink_end_row(sink, err) && run_step(run, err);
}

static void put_contradictions(struct sink *sink, const struct target_table *table)
{
    for (size_t i = 0; i < table->contradiction_count; i++) {
        const struct contradiction *found = &table->contradictions[i];
        char printed[DECIMAL_TEXT_SIZE], computed[DECIMAL_TEXT_SIZE];
        const char *unit = found->scale == LOAD_SCALE ? " kg" : found->scale ? "%" : " 家";
        struct buffer text = {0};
        decimal_format(found->printed, found->scale, printed);
        decimal_format(found->computed, found->scale, computed);
        buffer_addf(&text, "注：%s %d 年的%s，文件印的是 %s%s，%s得 %s%s；照印的数，不改。",
                    found->name, found->year, target_figure_name(found), printed, unit,
                    found->reason, computed, unit);
        sink_line(sink, text.text);
        buffer_release(&text);
    }
}

static bool write_targets(struct run *run, const struct targets *targets, struct error *err)
{
    struct buffer title = {0}, left = {0}, right = {0};
    struct target_table found;
    bool ok = true;
    run_fill(run, "{地区}重金属减排目标进度（{年度}年）", &title);
    run_fill(run, "填报单位：{填报单位}", &left);
    run_fill(run, "单位：kg/a　填报日期：{填报日期}", &right);
    const struct sink_table table = {.name = "目标进度",
                                     .key = "targets",
                                     .title = title.text,
                                     .left = left.text,
                                     .right = right.text,
                                     .columns = columns,
                                     .column_count = COUNT_OF(columns),
                                     .fixed = 2,
                                     .paper = SINK_A3};
    sink_begin_table(run->sink, &table);
    run->result->tables++;
    for (size_t i = 0; ok && i < targets->count; i++)
        ok = put_line(run, &targets->lines[i], i + 1, err);
    target_table_read(&found, targets);
    if (ok && targets->count == 0)
        sink_line(run->sink, "所用的政策包没有下达减排目标。");
    if (ok)
        put_contradictions(run->sink, &found);
    sink_end_sheet(run->sink);
    target_table_release(&found);
    buffer_release(&title);
    buffer_release(&left);
    buffer_release(&right);
    return ok;
}

/* ---- 进度图 ---- */

/* Columns of the page: a small table, and the chart beside it. */
enum { NAME, GOAL, REACHED, CHART = 4, PAGE_COLUMNS = 14, ABOVE_ROWS = 2, PAGE_ROWS = 24 };

enum { ROW_PIXELS = 20, CHART_WIDTH = 760, CHART_HEIGHT = (PAGE_ROWS - ABOVE_ROWS) * ROW_PIXELS };

static void put_share(struct mosaic *mosaic, size_t row, size_t column, struct amount share)
{
    if (share.known)
        mosaic_percent(mosaic, row, column, share.value, PERCENT_SCALE);
    else
        mosaic_text(mosaic, row, column, 1, SINK_STYLE_CELL, "—");
}

static void put_bars(struct mosaic *mosaic, const struct targets *targets)
{
    static const char *const headings[] = {"地区", "目标", "进度"};
    for (size_t i = 0; i < COUNT_OF(headings); i++)
        mosaic_text(mosaic, 0, i, 1, SINK_STYLE_HEADING, headings[i]);
    for (size_t i = 0; i < targets->count; i++) {
        const struct target_line *line = &targets->lines[i];
        struct buffer name = {0};
        buffer_add(&name, line->name);
        if (target_metal(line) < LOAD_METAL_COUNT)
            buffer_addf(&name, " %s", line->metal);
        mosaic_text(mosaic, i + 1, NAME, 1, SINK_STYLE_LABEL, name.text);
        put_share(mosaic, i + 1, GOAL, line->percent);
        put_share(mosaic, i + 1, REACHED, line->progress);
        buffer_release(&name);
    }
}

/* What each region is to cut and has cut, side by side; `first` is the row of the first. */
static void put_chart(struct sink *sink, size_t first, size_t count)
{
    const size_t last = first + count - 1;
    const struct sink_series series[] = {
        {.name = "目标", .values = {first, GOAL, last, GOAL}},
        {.name = "进度", .values = {first, REACHED, last, REACHED}},
    };
    const struct sink_chart chart = {
        .kind = SINK_BARS,
        .title = "净削减占基准排放量的比例",
        .percent = true,
        .row = first - 1,
        .column = CHART,
        .width = CHART_WIDTH,
        .height = CHART_HEIGHT,
        .categories = {first, NAME, last, NAME},
        .series = series,
        .series_count = COUNT_OF(series),
    };
    sink_chart(sink, &chart);
}

static void write_chart(struct run *run, const struct targets *targets)
{
    static const int widths[PAGE_COLUMNS] = {24, 10, 10, 2, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
    const struct sink_page page = {
        .name = "进度图", .widths = widths, .column_count = PAGE_COLUMNS, .landscape = true};
    struct buffer title = {0};
    struct mosaic mosaic;
    if (targets->count == 0)
        return;
    run_fill(run, "{地区}重金属减排进度与目标（{年度}年）", &title);
    sink_begin_page(run->sink, &page);
    run->result->tables++;
    sink_begin_row(run->sink);
    sink_styled(run->sink, SINK_STYLE_TITLE, PAGE_COLUMNS, title.text);
    sink_end_row(run->sink, NULL);
    sink_skip_rows(run->sink, 1);
    const size_t first = sink_row(run->sink) + 1;
    mosaic_init(&mosaic, targets->count + 1, PAGE_COLUMNS);
    put_bars(&mosaic, targets);
    mosaic_write(&mosaic, run->sink);
    mosaic_release(&mosaic);
    put_chart(run->sink, first, targets->count);
    if (targets->count < PAGE_ROWS)
        sink_skip_rows(run->sink, PAGE_ROWS - targets->count);
    sink_begin_row(run->sink);
    sink_styled(
        run->sink, SINK_STYLE_NOTE, PAGE_COLUMNS,
        "目标是文件要求的削减比例，进度是已核定的减排减去已批的新增；没有比例的地区不画目标。");
    sink_end_row(run->sink, NULL);
    sink_end_sheet(run->sink);
    buffer_release(&title);
}

/* ---- the workbook ---- */

static bool count_tables(size_t *count, struct error *err)
{
    bool ok = layout_count_sheets(LAYOUT, count, err);
    *count += 1;
    return ok;
}

static bool write(const struct report *report, struct store *store,
                  const struct report_options *options, struct sink *sink,
                  struct report_result *result, struct error *err)
{
    (void)report;
    struct run run;
    struct layout layout;
    struct targets targets = {.count = 0};
    run_init(&run, store, options, sink, result);
    const struct date today = run.context.today;
    const struct targets_query query = {.year = run.year == today.year ? 0 : run.year};
    bool ok = layout_read(&layout, LAYOUT, err) &&
              targets_read(&targets, store, &query, today, err) &&
              layout_count_records(&layout, store, &run.total, err);
    run.total += targets.count;
    ok = ok && layout_write_sheets(&layout, &run, err) && write_targets(&run, &targets, err);
    if (ok)
        write_chart(&run, &targets);
    targets_release(&targets);
    layout_release(&layout);
    return ok;
}

const struct report report_reduction = {
    .name = "reduction",
    .label = "重金属减排核算工作簿",
    .help = "减排工程实施清单、减排核算表、核算源强，和各地区目标进度（带图）。",
    .file = "%d年重金属减排核算.xlsx",
    .count_tables = count_tables,
    .write = write,
};
