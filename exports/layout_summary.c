/* Sheets of kind 汇总: how many records the lists of the workbook have, what they emit, how far the
 * problems are; tables above, their charts below, on one A3 sheet.
 *
 *     汇总,汇总
 *     标题,… / 左上,…                      above the tables
 *     说明,…                               below them, as many as there are
 */
#include "exports/layout_kind.h"
#include "exports/layout_tally.h"
#include "exports/mosaic.h"

#include "core/decimal.h"
#include "core/text.h"

/* Columns of the sheet: two tables in the upper band, three in the lower one. */
enum {
    LISTS_AT = 0,
    LISTS_LABEL = 2,
    LOADS_AT = 10,
    LOADS_LABEL = 2,
    STATES_AT = 0,
    STATES_LABEL = 3,
    INDUSTRIES_AT = 5,
    TOWNS_AT = 12,
    GROUP_LABEL = 3,
    COLUMNS = 18,
};

enum {
    COLUMN_CELLS = 9,
    COLUMN_PIXELS = 80,
    ROW_PIXELS = 20,
    UPPER_ROWS = 14,
    LOWER_ROWS = 19,
    MAX_GROUPS = 11
};

/* Where a table stands, for its chart: its rows without heading and total. */
struct place {
    size_t first_row, last_row, label, column;
};

static void put_heading(struct mosaic *mosaic, size_t row, size_t column, size_t label_span,
                        const char *const *labels)
{
    mosaic_text(mosaic, row, column, label_span, SINK_STYLE_HEADING, labels[0]);
    for (size_t i = 1; labels[i]; i++)
        mosaic_text(mosaic, row, column + label_span + i - 1, 1, SINK_STYLE_HEADING, labels[i]);
}

/* ---- counts of the lists ---- */

static void put_lists(const struct tally *tally, struct mosaic *mosaic, size_t row)
{
    static const char *const labels[] = {"清单",     "总数", "本年新增",   "待补", "核验错误",
                                         "核验警告", "问题", "未销号问题", NULL};
    mosaic_text(mosaic, row++, LISTS_AT, 9, SINK_STYLE_SUBTITLE, "一、各清单情况");
    put_heading(mosaic, row++, LISTS_AT, LISTS_LABEL, labels);
    for (size_t i = 0; i < tally->list_count; i++, row++) {
        const struct list_tally *list = &tally->lists[i];
        const size_t numbers[] = {list->total,
                                  list->fresh,
                                  list->incomplete,
                                  list->findings[SEVERITY_ERROR],
                                  list->findings[SEVERITY_WARNING],
                                  list->problems,
                                  list->open};
        mosaic_text(mosaic, row, LISTS_AT, LISTS_LABEL, SINK_STYLE_LABEL, list->sheet->name);
        for (size_t j = 0; j < COUNT_OF(numbers); j++)
            mosaic_number(mosaic, row, LISTS_AT + LISTS_LABEL + j, (int64_t)numbers[j], 0);
        if (!list->sheet->listing.since)
            mosaic_text(mosaic, row, LISTS_AT + LISTS_LABEL + 1, 1, SINK_STYLE_CELL, "—");
    }
}

/* ---- emissions ---- */

static void put_change(struct mosaic *mosaic, size_t row, size_t column, int64_t base,
                       int64_t actual)
{
    enum { PERCENT_SCALE = 2 };
    int64_t percent;
    if (base > 0 &&
        decimal_multiply(actual - base, 100 * decimal_unit(PERCENT_SCALE), base, &percent))
        mosaic_percent(mosaic, row, column, percent, PERCENT_SCALE);
    else
        mosaic_text(mosaic, row, column, 1, SINK_STYLE_CELL, "—");
}

/* A figure that nobody gave is a stroke, not zero: zero would reach the province as a reduction. */
static void put_load(struct mosaic *mosaic, size_t row, size_t column, int64_t load, size_t filled)
{
    if (filled)
        mosaic_number(mosaic, row, column, load, LOAD_SCALE);
    else
        mosaic_text(mosaic, row, column, 1, SINK_STYLE_CELL, "—");
}

static void put_loads(const struct tally *tally, struct mosaic *mosaic, size_t row)
{
    mosaic_text(mosaic, row++, LOADS_AT, 8, SINK_STYLE_SUBTITLE, "二、五种重金属排放量（kg/a）");
    mosaic_text(mosaic, row, LOADS_AT, LOADS_LABEL, SINK_STYLE_HEADING, "项目");
    for (size_t j = 0; j < LOAD_COLUMNS; j++)
        mosaic_text(mosaic, row, LOADS_AT + LOADS_LABEL + j, 1, SINK_STYLE_HEADING,
                    j < LOAD_METAL_COUNT ? load_metals[j] : "合计");
    row++;
    for (size_t i = 0; i < tally->group_count; i++, row++) {
        size_t group = tally->groups[i];
        mosaic_text(mosaic, row, LOADS_AT, LOADS_LABEL, SINK_STYLE_LABEL, load_groups[group].label);
        for (size_t j = 0; j < LOAD_COLUMNS; j++)
            put_load(mosaic, row, LOADS_AT + LOADS_LABEL + j, tally->loads[group][j],
                     tally->filled[group][j]);
    }
    mosaic_text(mosaic, row, LOADS_AT, LOADS_LABEL, SINK_STYLE_LABEL, "实际较基础（两项都填的）");
    for (size_t j = 0; j < LOAD_COLUMNS; j++)
        put_change(mosaic, row, LOADS_AT + LOADS_LABEL + j, tally->paired_base[j],
                   tally->paired_actual[j]);
}

/* ---- problems, industries, townships ---- */

static void put_states(const struct tally *tally, struct mosaic *mosaic, size_t row)
{
    static const char *const labels[] = {"整改状态", "问题数", NULL};
    size_t total = 0;
    mosaic_text(mosaic, row++, STATES_AT, 4, SINK_STYLE_SUBTITLE, "三、问题整改状态");
    put_heading(mosaic, row++, STATES_AT, STATES_LABEL, labels);
    for (size_t i = 0; i < tally->state_count; i++, row++) {
        mosaic_text(mosaic, row, STATES_AT, STATES_LABEL, SINK_STYLE_LABEL, tally->states[i].state);
        mosaic_number(mosaic, row, STATES_AT + STATES_LABEL, (int64_t)tally->states[i].count, 0);
        total += tally->states[i].count;
    }
    mosaic_text(mosaic, row, STATES_AT, STATES_LABEL, SINK_STYLE_HEADING, "合计");
    mosaic_number(mosaic, row, STATES_AT + STATES_LABEL, (int64_t)total, 0);
}

static void put_group(const struct group_tally *group, enum sink_style style, const char *label,
                      struct mosaic *mosaic, size_t row, size_t column)
{
    mosaic_text(mosaic, row, column, GROUP_LABEL, style, label);
    mosaic_number(mosaic, row, column + GROUP_LABEL, (int64_t)group->count, 0);
    put_load(mosaic, row, column + GROUP_LABEL + 1, group->loads[LOAD_BASE],
             group->filled[LOAD_BASE]);
    put_load(mosaic, row, column + GROUP_LABEL + 2, group->loads[LOAD_ACTUAL],
             group->filled[LOAD_ACTUAL]);
}

/* Sums do not overflow: the same addends were summed for the emissions. */
static void add_group(struct group_tally *sum, const struct group_tally *group)
{
    sum->count += group->count;
    for (size_t i = 0; i < LOAD_GROUP_COUNT; i++) {
        sum->loads[i] += group->loads[i];
        sum->filled[i] += group->filled[i];
    }
}

/* How many groups have a row of their own: the rest share one. */
static size_t shown_groups(const struct group_tallies *groups)
{
    return groups->count <= MAX_GROUPS ? groups->count : MAX_GROUPS - 1;
}

static size_t group_rows(const struct group_tallies *groups)
{
    return groups->count <= MAX_GROUPS ? groups->count : MAX_GROUPS;
}

static void put_groups(const struct group_tallies *groups, const char *title, const char *what,
                       struct mosaic *mosaic, size_t row, size_t column)
{
    const char *const labels[] = {what, "企业数", "基础排放量", "实际排放量", NULL};
    struct group_tally sum = {0}, rest = {0};
    size_t shown = shown_groups(groups);
    mosaic_text(mosaic, row++, column, GROUP_LABEL + 3, SINK_STYLE_SUBTITLE, title);
    put_heading(mosaic, row++, column, GROUP_LABEL, labels);
    for (size_t i = 0; i < groups->count; i++) {
        const struct group_tally *group = &groups->items[i];
        add_group(&sum, group);
        if (i < shown)
            put_group(group, SINK_STYLE_LABEL, group->label, mosaic, row++, column);
        else
            add_group(&rest, group);
    }
    if (groups->count > shown) {
        struct buffer label = {0};
        buffer_addf(&label, "其余 %zu 个", groups->count - shown);
        put_group(&rest, SINK_STYLE_LABEL, label.text, mosaic, row++, column);
        buffer_release(&label);
    }
    put_group(&sum, SINK_STYLE_HEADING, "合计", mosaic, row, column);
}

/* ---- charts ---- */

static struct sink_range column_range(const struct place *place, size_t column)
{
    return (struct sink_range){place->first_row, column, place->last_row, column};
}

/* Enterprises or problems by the rows of a table. */
static void chart_counts(struct sink *sink, const char *title, const char *unit,
                         const struct place *place, size_t columns)
{
    if (place->last_row < place->first_row)
        return;
    struct sink_series series = {.name = NULL, .values = column_range(place, place->column)};
    struct sink_chart chart = {
        .kind = SINK_BARS,
        .title = title,
        .value_title = unit,
        .row = sink_row(sink),
        .column = place->label,
        .width = (int)columns * COLUMN_PIXELS,
        .height = (LOWER_ROWS - 1) * ROW_PIXELS,
        .categories = column_range(place, place->label),
        .series = &series,
        .series_count = 1,
    };
    sink_chart(sink, &chart);
}

static void chart_lists(struct sink *sink, const struct tally *tally, size_t first_row)
{
    struct place place = {first_row, first_row + tally->list_count - 1, LISTS_AT, 0};
    const size_t numbers = LISTS_AT + LISTS_LABEL;
    const struct sink_series series[] = {
        {.name = "总数", .values = column_range(&place, numbers)},
        {.name = "待补", .values = column_range(&place, numbers + 2)},
        {.name = "未销号问题", .values = column_range(&place, numbers + 6)},
    };
    struct sink_chart chart = {
        .kind = SINK_COLUMNS,
        .title = "各清单记录数与未销号问题",
        .value_title = "数量",
        .row = sink_row(sink),
        .column = LISTS_AT,
        .width = 9 * COLUMN_PIXELS,
        .height = (UPPER_ROWS - 1) * ROW_PIXELS,
        .categories = column_range(&place, place.label),
        .series = series,
        .series_count = COUNT_OF(series),
    };
    sink_chart(sink, &chart);
}

static void chart_loads(struct sink *sink, const struct tally *tally, size_t heading_row)
{
    const size_t first = LOADS_AT + LOADS_LABEL, last = first + LOAD_METAL_COUNT - 1;
    struct sink_series series[LOAD_GROUP_COUNT];
    for (size_t i = 0; i < tally->group_count; i++) {
        size_t row = heading_row + 1 + i;
        const char *label = load_groups[tally->groups[i]].label;
        series[i] = (struct sink_series){label, {row, first, row, last}};
    }
    struct sink_chart chart = {
        .kind = SINK_COLUMNS,
        .title = "五种重金属排放量",
        .value_title = "kg/a",
        .row = sink_row(sink),
        .column = LOADS_AT,
        .width = 8 * COLUMN_PIXELS,
        .height = (UPPER_ROWS - 1) * ROW_PIXELS,
        .categories = {heading_row, first, heading_row, last},
        .series = series,
        .series_count = tally->group_count,
    };
    sink_chart(sink, &chart);
}

/* ---- the sheet ---- */

/* Every band: subtitle, heading, rows, total. */
enum { ABOVE_ROWS = 2 };

static void put_upper_band(const struct tally *tally, struct sink *sink)
{
    struct mosaic mosaic;
    size_t top = sink_row(sink);
    size_t loads = tally->group_count + 1;
    size_t rows = tally->list_count > loads ? tally->list_count : loads;
    mosaic_init(&mosaic, ABOVE_ROWS + rows, COLUMNS);
    put_lists(tally, &mosaic, 0);
    put_loads(tally, &mosaic, 0);
    mosaic_write(&mosaic, sink);
    mosaic_release(&mosaic);
    sink_skip_rows(sink, 1);
    chart_lists(sink, tally, top + ABOVE_ROWS);
    chart_loads(sink, tally, top + ABOVE_ROWS - 1);
    sink_skip_rows(sink, UPPER_ROWS);
}

static size_t largest(size_t a, size_t b, size_t c)
{
    size_t most = a > b ? a : b;
    return most > c ? most : c;
}

static void put_lower_band(const struct tally *tally, struct sink *sink)
{
    struct mosaic mosaic;
    size_t first = sink_row(sink) + ABOVE_ROWS;
    size_t industries = group_rows(&tally->industries), towns = group_rows(&tally->towns);
    mosaic_init(&mosaic, ABOVE_ROWS + largest(tally->state_count, industries, towns) + 1, COLUMNS);
    put_states(tally, &mosaic, 0);
    put_groups(&tally->industries, "四、重点行业分布（kg/a）", "重点行业", &mosaic, 0,
               INDUSTRIES_AT);
    put_groups(&tally->towns, "五、乡镇分布（kg/a）", "乡镇（街道）", &mosaic, 0, TOWNS_AT);
    mosaic_write(&mosaic, sink);
    mosaic_release(&mosaic);
    sink_skip_rows(sink, 1);
    const struct place states = {first, first + tally->state_count - 1, STATES_AT,
                                 STATES_AT + STATES_LABEL};
    const struct place industry = {first, first + industries - 1, INDUSTRIES_AT,
                                   INDUSTRIES_AT + GROUP_LABEL};
    const struct place town = {first, first + towns - 1, TOWNS_AT, TOWNS_AT + GROUP_LABEL};
    chart_counts(sink, "问题整改状态", "项", &states, 4);
    chart_counts(sink, "重点行业企业数", "家", &industry, 6);
    chart_counts(sink, "乡镇企业数", "家", &town, 6);
    sink_skip_rows(sink, LOWER_ROWS);
}

static bool put_page(const struct layout_sheet *sheet, struct run *run, const struct tally *tally,
                     struct error *err)
{
    const char *title = sheet->title ? sheet->title : sheet->name;
    const char *left = sheet->left ? sheet->left : "";
    bool ok = layout_put_wide(run, SINK_STYLE_TITLE, COLUMNS, title, err) &&
              layout_put_wide(run, SINK_STYLE_NOTE, COLUMNS, left, err);
    if (!ok)
        return false;
    put_upper_band(tally, run->sink);
    put_lower_band(tally, run->sink);
    for (size_t i = 0; ok && i < sheet->below.count; i++)
        ok = layout_put_wide(run, SINK_STYLE_NOTE, COLUMNS, sheet->below.items[i], err);
    return ok;
}

static bool write(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    int widths[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        widths[i] = COLUMN_CELLS;
    const struct sink_page page = {
        .name = sheet->name,
        .widths = widths,
        .column_count = COLUMNS,
        .paper = SINK_A3,
        .landscape = true,
    };
    struct tally tally;
    bool ok = tally_take(&tally, sheet->layout, run, err);
    if (ok) {
        sink_begin_page(run->sink, &page);
        run->result->tables++;
        ok = put_page(sheet, run, &tally, err);
        sink_end_sheet(run->sink);
    }
    tally_release(&tally);
    return ok;
}

static bool check(const struct layout *layout, const struct layout_sheet *sheet, struct error *err)
{
    bool has_list = false;
    for (size_t i = 0; i < layout->sheet_count; i++)
        has_list = has_list || layout_is_list(layout, i);
    if (layout->is_public)
        return error_set(err, ERROR_FORMAT, "核验和整改的汇总不公布，公布版请删去“%s”",
                         sheet->name);
    return has_list ||
           error_set(err, ERROR_FORMAT, "“%s”汇总本工作簿的各张清单，至少要有一张表", sheet->name);
}

static bool count(const struct layout_sheet *sheet, struct store *store, size_t *found,
                  struct error *err)
{
    return layout_count_lists(sheet->layout, store, found, err);
}

static const char *const takes[] = {"标题", "左上", "说明", NULL};

const struct layout_kind layout_summary = {
    .word = "汇总",
    .takes = takes,
    .notes_below = true,
    .check = check,
    .count = count,
    .write = write,
};
