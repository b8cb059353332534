/* Sheets of kind 图表: charts of the lists that stand before, each with its figures beside it.
 *
 *     图表,图表
 *     图,条,问题按乡镇,整改台账,town,个数
 *     说明,…                               below, as many as there are
 *
 * A 图 says: bars (柱 columns, 饼 a pie, 线 a line), the title, the sheet whose records are
 * counted, the field by which, and what is counted: 个数, or a field to be summed up. A date may be
 * taken by month or year: found_on.month. */
#include "exports/layout_kind.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CHARTS = 12 };

enum grain { GRAIN_WHOLE, GRAIN_MONTH, GRAIN_YEAR };

struct chart {
    enum sink_chart_kind kind;
    const char *title;
    struct listing listing; /* of the sheet counted, without its columns */
    const struct field *category;
    enum grain grain;
    const struct field *value; /* NULL: the records are counted */
};

struct charts {
    struct chart items[MOST_CHARTS];
    size_t count;
};

/* ---- reading ---- */

static bool find_sheet(const struct layout_reading *reading, const char *name, struct chart *chart,
                       struct error *err)
{
    const struct layout *layout = reading->layout;
    for (size_t i = 0; i + 1 < layout->sheet_count; i++) {
        if (strcmp(layout->sheets[i].name, name) != 0 || !layout->sheets[i].listing.reg)
            continue;
        chart->listing = layout->sheets[i].listing;
        chart->listing.columns = NULL;
        chart->listing.column_count = 0;
        chart->listing.order = NULL;
        return true;
    }
    return error_set(err, ERROR_FORMAT, "前面没有叫“%s”的清单，图要写在它的后面", name);
}

bool layout_read_chart_kind(const char *word, enum sink_chart_kind *kind, struct error *err)
{
    static const char *const words[] = {
        [SINK_COLUMNS] = "柱", [SINK_BARS] = "条", [SINK_PIE] = "饼", [SINK_LINES] = "线"};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (strcmp(words[i], word) != 0)
            continue;
        *kind = (enum sink_chart_kind)i;
        return true;
    }
    return error_set(err, ERROR_FORMAT, "图只能是 柱、条、饼、线，不能是“%s”", word);
}

static bool find_category(const char *text, struct chart *chart, struct error *err)
{
    static const char *const grains[] = {
        [GRAIN_WHOLE] = "", [GRAIN_MONTH] = ".month", [GRAIN_YEAR] = ".year"};
    const struct reg *reg = chart->listing.reg;
    char *name = mem_text(text), *dot = strchr(name, '.');
    bool known = !dot;
    for (size_t i = 1; dot && i < COUNT_OF(grains); i++) {
        if (strcmp(dot, grains[i]) != 0)
            continue;
        chart->grain = (enum grain)i;
        known = true;
    }
    if (dot)
        *dot = '\0';
    chart->category = reg_field_find(reg, name);
    known = known && chart->category && (!chart->grain || chart->category->type == TYPE_DATE);
    free(name);
    return known || error_set(err, ERROR_FORMAT,
                              "%s不能按“%s”分，应是一个字段，日期可写 字段.month 或 字段.year",
                              reg->label, text);
}

static bool find_value(const char *text, struct chart *chart, struct error *err)
{
    if (strcmp(text, "个数") == 0)
        return true;
    chart->value = reg_field_find(chart->listing.reg, text);
    bool number =
        chart->value && (chart->value->type == TYPE_DECIMAL || chart->value->type == TYPE_INTEGER);
    return number || error_set(err, ERROR_FORMAT, "图的数应是“个数”或%s的一个数字字段，不能是“%s”",
                               chart->listing.reg->label, text);
}

static bool read_chart(struct layout_reading *reading, struct error *err)
{
    const struct csv *csv = &reading->csv;
    struct layout_sheet *sheet = layout_current(reading);
    struct charts *charts = sheet->own ? sheet->own : mem_new(1, sizeof *charts);
    struct chart chart = {.title = csv_cell(csv, 2)};
    sheet->own = charts;
    if (charts->count == MOST_CHARTS)
        return error_set(err, ERROR_FORMAT, "一张表最多 %d 个图", MOST_CHARTS);
    if (!layout_read_chart_kind(csv_cell(csv, 1), &chart.kind, err) ||
        !find_sheet(reading, csv_cell(csv, 3), &chart, err) ||
        !find_category(csv_cell(csv, 4), &chart, err) || !find_value(csv_cell(csv, 5), &chart, err))
        return false;
    charts->items[charts->count++] = chart;
    return true;
}

static const struct layout_row rows[] = {
    {.word = "图", .need = LAYOUT_NEEDS_SHEET, .read = read_chart},
};

static bool check(const struct layout *layout, const struct layout_sheet *sheet, struct error *err)
{
    const struct charts *charts = sheet->own;
    if (!charts)
        return error_set(err, ERROR_FORMAT, "图表“%s”一个图也没有", sheet->name);
    for (size_t i = 0; layout->is_public && i < charts->count; i++)
        if (charts->items[i].category->flags & FIELD_PRIVATE)
            return error_set(err, ERROR_FORMAT, "图“%s”按不能公布的字段分，公布版请删去",
                             charts->items[i].title);
    return true;
}

static bool count(const struct layout_sheet *sheet, struct store *store, size_t *found,
                  struct error *err)
{
    const struct charts *charts = sheet->own;
    *found = 0;
    for (size_t i = 0; i < charts->count; i++) {
        size_t records;
        if (!listing_count(&charts->items[i].listing, store, &records, err))
            return false;
        *found += records;
    }
    return true;
}

static void release(struct layout_sheet *sheet)
{
    free(sheet->own);
}

/* ---- figures ---- */

struct figure {
    char *label; /* owned */
    size_t rank; /* of a choice */
    int64_t value;
};

struct figures {
    const struct chart *chart;
    const struct lookup *lookup;
    struct figure *items; /* owned */
    size_t count, capacity;
};

static size_t rank_of(const struct field *field, const char *label)
{
    size_t rank = 0;
    while (field->choices && field->choices[rank] && strcmp(field->choices[rank], label) != 0)
        rank++;
    return rank;
}

static bool take_record(void *context, const struct record *record, struct error *err)
{
    (void)err;
    static const size_t lengths[] = {
        [GRAIN_MONTH] = sizeof "2026-06" - 1, [GRAIN_YEAR] = sizeof "2026" - 1};
    struct figures *figures = context;
    const struct chart *chart = figures->chart;
    const struct value *given = chart->value ? record_value(record, chart->value->name) : NULL;
    struct buffer label = {0};
    /* What is not known is no zero. */
    if (given && value_is_null(given))
        return true;
    record_display(record, chart->category->name, figures->lookup, &label);
    if (chart->grain && label.length > lengths[chart->grain])
        text_cut_bytes(label.text, lengths[chart->grain]);
    figures->items =
        mem_grow(figures->items, figures->count, &figures->capacity, sizeof *figures->items);
    figures->items[figures->count++] = (struct figure){
        .label = mem_text(*buffer_text(&label) ? label.text : "未填"),
        .rank = rank_of(chart->category, buffer_text(&label)),
        .value = given ? given->integer : 1,
    };
    buffer_release(&label);
    return true;
}

static int by_label(const void *a, const void *b)
{
    return strcmp(((const struct figure *)a)->label, ((const struct figure *)b)->label);
}

static int by_rank(const void *a, const void *b)
{
    const struct figure *x = a, *y = b;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

static int by_value(const void *a, const void *b)
{
    const struct figure *x = a, *y = b;
    int order = (x->value < y->value) - (x->value > y->value);
    return order ? order : by_label(a, b);
}

/* The figures with one label become one. */
static void join(struct figures *figures)
{
    size_t kept = 0;
    if (figures->count == 0)
        return;
    qsort(figures->items, figures->count, sizeof *figures->items, by_label);
    for (size_t i = 1; i < figures->count; i++) {
        struct figure *last = &figures->items[kept], *next = &figures->items[i];
        if (strcmp(last->label, next->label) == 0) {
            last->value += next->value;
            free(next->label);
        } else {
            figures->items[++kept] = *next;
        }
    }
    figures->count = kept + 1;
}

static void drop(struct figures *figures, size_t first, size_t number)
{
    for (size_t i = first; i < first + number; i++)
        free(figures->items[i].label);
    memmove(figures->items + first, figures->items + first + number,
            (figures->count - first - number) * sizeof *figures->items);
    figures->count -= number;
}

/* In the order of the choices, of time, or the largest first; no more than a chart can show. */
static void arrange(struct figures *figures)
{
    enum { MOST_SLICES = 8, MOST_BARS = 15, MOST_MONTHS = 24 };
    const struct chart *chart = figures->chart;
    const size_t most = chart->kind == SINK_PIE ? MOST_SLICES : MOST_BARS;
    join(figures);
    if (figures->count == 0)
        return;
    if (chart->grain) {
        if (figures->count > MOST_MONTHS)
            drop(figures, 0, figures->count - MOST_MONTHS);
        return;
    }
    qsort(figures->items, figures->count, sizeof *figures->items,
          chart->category->choices ? by_rank : by_value);
    if (figures->count <= most)
        return;
    struct figure others = {.label = mem_text("其他")};
    for (size_t i = most - 1; i < figures->count; i++)
        others.value += figures->items[i].value;
    drop(figures, most - 1, figures->count - (most - 1));
    figures->items[figures->count++] = others;
}

/* ---- the page ---- */

enum {
    LABEL,
    NUMBER,
    PAGE_COLUMNS = 12,
    CHART = 3,
    CELL_WIDTH = 9,
    CELL_PIXELS = 72,
    ROW_PIXELS = 20,
    LEAST_ROWS = 14,
};

static bool put_row(struct sink *sink, enum sink_style style, size_t span, const char *text,
                    struct error *err)
{
    sink_begin_row(sink);
    sink_styled(sink, style, span, text);
    return sink_end_row(sink, err);
}

static bool put_figures(struct sink *sink, const struct figures *figures, struct error *err)
{
    const struct chart *chart = figures->chart;
    const struct sink_column head = {.label = chart->value ? chart->value->label : "个数",
                                     .unit = chart->value ? chart->value->unit
                                                          : chart->listing.reg->counter};
    struct buffer label = {0};
    bool ok = true;
    buffer_addf(&label, "%s%s%s%s", head.label, head.unit ? "（" : "", head.unit ? head.unit : "",
                head.unit ? "）" : "");
    sink_begin_row(sink);
    sink_styled(sink, SINK_STYLE_HEADING, 1, chart->category->label);
    sink_styled(sink, SINK_STYLE_HEADING, 1, label.text);
    ok = sink_end_row(sink, err);
    buffer_release(&label);
    for (size_t i = 0; ok && i < figures->count; i++) {
        sink_begin_row(sink);
        sink_styled(sink, SINK_STYLE_LABEL, 1, figures->items[i].label);
        sink_number(sink, figures->items[i].value, chart->value ? chart->value->scale : 0);
        ok = sink_end_row(sink, err);
    }
    return ok;
}

static void put_picture(struct sink *sink, const struct figures *figures, size_t first)
{
    const struct chart *chart = figures->chart;
    const size_t last = first + figures->count - 1;
    const size_t room = figures->count + 1 > LEAST_ROWS ? figures->count + 1 : LEAST_ROWS;
    const struct sink_series series = {.values = {first, NUMBER, last, NUMBER}};
    const struct sink_chart picture = {
        .kind = chart->kind,
        .title = chart->title,
        .value_title = chart->value ? chart->value->unit : chart->listing.reg->counter,
        .row = first - 1,
        .column = CHART,
        .width = (PAGE_COLUMNS - CHART) * CELL_PIXELS,
        .height = (int)room * ROW_PIXELS,
        .categories = {first, LABEL, last, LABEL},
        .series = &series,
        .series_count = 1,
    };
    sink_chart(sink, &picture);
}

static bool put_chart(struct run *run, const struct chart *chart, struct error *err)
{
    struct sink *sink = run->sink;
    struct figures figures = {.chart = chart, .lookup = run->context.lookup};
    bool ok = put_row(sink, SINK_STYLE_SUBTITLE, PAGE_COLUMNS, chart->title, err) &&
              listing_each(&chart->listing, run, take_record, &figures, err);
    arrange(&figures);
    if (ok && figures.count == 0) {
        ok = put_row(sink, SINK_STYLE_NOTE, PAGE_COLUMNS, "没有记录，不画图。", err);
    } else if (ok) {
        size_t first = sink_row(sink) + 1;
        ok = put_figures(sink, &figures, err);
        put_picture(sink, &figures, first);
        if (figures.count + 1 < LEAST_ROWS)
            sink_skip_rows(sink, LEAST_ROWS - figures.count - 1);
    }
    sink_skip_rows(sink, 1);
    for (size_t i = 0; i < figures.count; i++)
        free(figures.items[i].label);
    free(figures.items);
    return ok;
}

static bool write(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    const struct charts *charts = sheet->own;
    int widths[PAGE_COLUMNS] = {[LABEL] = 24, [NUMBER] = 14, [NUMBER + 1] = 2};
    for (size_t i = CHART; i < PAGE_COLUMNS; i++)
        widths[i] = CELL_WIDTH;
    const char *title = sheet->title ? sheet->title : sheet->name;
    const struct sink_page page = layout_page(sheet, widths, PAGE_COLUMNS);
    sink_begin_page(run->sink, &page);
    run->result->tables++;
    bool ok = layout_put_wide(run, SINK_STYLE_TITLE, PAGE_COLUMNS, title, err);
    for (size_t i = 0; ok && i < charts->count; i++)
        ok = put_chart(run, &charts->items[i], err);
    for (size_t i = 0; ok && i < sheet->below.count; i++)
        ok = layout_put_wide(run, SINK_STYLE_NOTE, PAGE_COLUMNS, sheet->below.items[i], err);
    sink_end_sheet(run->sink);
    return ok;
}

static const char *const takes[] = {"标题", "说明", "纸张", "方向", NULL};

const struct layout_kind layout_chart = {
    .word = "图表",
    .notes_below = true,
    .takes = takes,
    .rows = rows,
    .row_count = COUNT_OF(rows),
    .check = check,
    .count = count,
    .write = write,
    .release = release,
};
