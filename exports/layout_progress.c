/* Sheets of kind 进度图: what every region of the reduction targets is to cut and has cut, as a
 * small table with a chart beside it. Without any target there is no such sheet.
 *
 *     进度图,进度图
 *     标题,{地区}重金属减排进度与目标（{年度}年）
 *     说明,…                               below, as many as there are
 */
#include "exports/layout_kind.h"
#include "exports/mosaic.h"
#include "exports/sources/targets.h"

#include "core/text.h"

enum { PERCENT_SCALE = 2 };

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

static bool put_page(const struct layout_sheet *sheet, struct run *run,
                     const struct targets *targets, struct error *err)
{
    struct mosaic mosaic;
    const char *title = sheet->title ? sheet->title : sheet->name;
    if (!layout_put_wide(run, SINK_STYLE_TITLE, PAGE_COLUMNS, title, err))
        return false;
    sink_skip_rows(run->sink, 1);
    const size_t first = sink_row(run->sink) + 1;
    mosaic_init(&mosaic, targets->count + 1, PAGE_COLUMNS);
    put_bars(&mosaic, targets);
    mosaic_write(&mosaic, run->sink);
    mosaic_release(&mosaic);
    put_chart(run->sink, first, targets->count);
    if (targets->count < PAGE_ROWS)
        sink_skip_rows(run->sink, PAGE_ROWS - targets->count);
    for (size_t i = 0; i < sheet->below.count; i++)
        if (!layout_put_wide(run, SINK_STYLE_NOTE, PAGE_COLUMNS, sheet->below.items[i], err))
            return false;
    return true;
}

static bool write(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    static const int widths[PAGE_COLUMNS] = {24, 10, 10, 2, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
    const struct targets *targets = run_share(run, &targets_work, sheet->layout, err);
    if (!targets || targets->count == 0)
        return targets != NULL;
    const struct sink_page page = layout_page(sheet, widths, PAGE_COLUMNS);
    sink_begin_page(run->sink, &page);
    run->result->tables++;
    bool ok = put_page(sheet, run, targets, err);
    sink_end_sheet(run->sink);
    return ok;
}

static bool check(const struct layout *layout, const struct layout_sheet *sheet, struct error *err)
{
    return !layout->is_public ||
           error_set(err, ERROR_FORMAT, "减排进度不公布，公布版请删去“%s”", sheet->name);
}

static bool count(const struct layout_sheet *sheet, struct store *store, size_t *found,
                  struct error *err)
{
    (void)sheet;
    (void)store;
    (void)err;
    *found = 0;
    return true;
}

static const char *const takes[] = {"标题", "说明", "纸张", "方向", NULL};

const struct layout_kind layout_progress = {
    .word = "进度图",
    .takes = takes,
    .notes_below = true,
    .check = check,
    .count = count,
    .write = write,
};
