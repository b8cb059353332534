/* 调度: what was looked at, found, mended and closed, as of a day: a page in words and by list, the
 * tables of the layout, charts. */
#include "exports/reports/dispatch.h"

#include "core/decimal.h"
#include "core/registers.h"
#include "db/query.h"
#include "exports/layout_kind.h"
#include "exports/mosaic.h"
#include "exports/reports/reports.h"

#include <string.h>

#define LAYOUT "layouts/dispatch.csv"

enum { LABEL_CELLS = 3, CELL_WIDTH = 8 };

int64_t dispatch_number(const struct count_row *row, const char *key)
{
    return row->numbers[measure_find(key)];
}

bool dispatch_put_line(struct run *run, int style, size_t cells, const char *text,
                       struct error *err)
{
    struct buffer filled = {0};
    run_fill(run, text, &filled);
    sink_begin_row(run->sink);
    sink_styled(run->sink, (enum sink_style)style, cells, buffer_text(&filled));
    bool ok = sink_end_row(run->sink, err);
    buffer_release(&filled);
    return ok;
}

/* ---- the page ---- */

static const struct heading {
    const char *label;
    const char *keys[12];
} headings[] = {
    {"排查对象", {"objects", "verified", "objects_red", "objects_orange", "objects_yellow"}},
    {"问题", {"problems", "problems_red", "problems_orange", "problems_yellow"}},
    {"整改", {"at_once", "mended", "unmended", "overdue", "paused"}},
    {"销号", {"closed"}},
};

static size_t key_count(const struct heading *heading)
{
    size_t count = 0;
    while (count < COUNT_OF(heading->keys) && heading->keys[count])
        count++;
    return count;
}

static size_t page_cells(void)
{
    size_t cells = LABEL_CELLS;
    for (size_t i = 0; i < COUNT_OF(headings); i++)
        cells += key_count(&headings[i]);
    return cells;
}

static void put_headings(struct mosaic *mosaic)
{
    size_t column = LABEL_CELLS;
    mosaic_text(mosaic, 0, 0, LABEL_CELLS, SINK_STYLE_HEADING, "");
    mosaic_text(mosaic, 1, 0, LABEL_CELLS, SINK_STYLE_HEADING, "清单");
    for (size_t i = 0; i < COUNT_OF(headings); i++) {
        size_t count = key_count(&headings[i]);
        mosaic_text(mosaic, 0, column, count, SINK_STYLE_HEADING, headings[i].label);
        for (size_t j = 0; j < count; j++)
            mosaic_text(mosaic, 1, column++, 1, SINK_STYLE_HEADING,
                        measures[measure_find(headings[i].keys[j])].label);
    }
}

static void put_row(struct mosaic *mosaic, size_t at, enum sink_style style, const char *label,
                    const struct count_row *row)
{
    size_t column = LABEL_CELLS;
    mosaic_text(mosaic, at, 0, LABEL_CELLS, style, label);
    for (size_t i = 0; i < COUNT_OF(headings); i++)
        for (size_t j = 0; j < key_count(&headings[i]); j++)
            mosaic_number(mosaic, at, column++, dispatch_number(row, headings[i].keys[j]), 0);
}

static void put_lists(const struct counts *counts, struct sink *sink)
{
    enum { HEADING_ROWS = 2 };
    const struct count_rows *lists = counts_by(counts, COUNT_BY_REGISTER);
    struct mosaic mosaic;
    mosaic_init(&mosaic, HEADING_ROWS + lists->count + 1, page_cells());
    put_headings(&mosaic);
    for (size_t i = 0; i < lists->count; i++) {
        const struct count_row *row = &lists->items[i];
        struct buffer label = {0};
        buffer_addf(&label, "%s%s", row->is_part ? "　其中：" : "", row->label);
        put_row(&mosaic, HEADING_ROWS + i, SINK_STYLE_LABEL, label.text, row);
        buffer_release(&label);
    }
    put_row(&mosaic, HEADING_ROWS + lists->count, SINK_STYLE_HEADING, "合计", &counts->total);
    mosaic_write(&mosaic, sink);
    mosaic_release(&mosaic);
}

/* "（整改率 62.5%）"; nothing where there is nothing to compare with. */
static void add_share(const char *label, int64_t part, int64_t whole, struct buffer *out)
{
    enum { SCALE = 1 };
    char text[DECIMAL_TEXT_SIZE];
    int64_t share;
    if (whole > 0 && decimal_multiply(part, 100 * decimal_unit(SCALE), whole, &share)) {
        decimal_format(share, SCALE, text);
        buffer_addf(out, "（%s %s%%）", label, text);
    }
}

/* The sentence that goes into the report to the city. */
static void write_summary(const struct counts *counts, struct buffer *out)
{
    const struct count_row *total = &counts->total;
    const int64_t objects = dispatch_number(total, "objects");
    const int64_t problems = dispatch_number(total, "problems");
    buffer_addf(out, "截至%d年%d月%d日，清单内对象 %lld 个，已排查 %lld 个", counts->day.year,
                counts->day.month, counts->day.day, (long long)objects,
                (long long)dispatch_number(total, "verified"));
    add_share("排查率", dispatch_number(total, "verified"), objects, out);
    buffer_addf(out, "；发现问题 %lld 项，其中立行立改 %lld 项；已整改 %lld 项",
                (long long)problems, (long long)dispatch_number(total, "at_once"),
                (long long)dispatch_number(total, "mended"));
    add_share("整改率", dispatch_number(total, "mended"), problems, out);
    buffer_addf(out, "，已销号 %lld 项", (long long)dispatch_number(total, "closed"));
    add_share("销号率", dispatch_number(total, "closed"), problems, out);
    buffer_addf(out, "；逾期 %lld 项，挂起 %lld 项。本周发现 %lld 项、整改 %lld 项、销号 %lld 项；",
                (long long)dispatch_number(total, "overdue"),
                (long long)dispatch_number(total, "paused"),
                (long long)dispatch_number(total, "problems_week"),
                (long long)dispatch_number(total, "mended_week"),
                (long long)dispatch_number(total, "closed_week"));
    buffer_addf(out, "本月发现 %lld 项、整改 %lld 项、销号 %lld 项。",
                (long long)dispatch_number(total, "problems_month"),
                (long long)dispatch_number(total, "mended_month"),
                (long long)dispatch_number(total, "closed_month"));
}

static const char note[] =
    "注：数为截止日期当天结束时文件里的内容。已排查是填了最近核实日期的；本周从周一起，本月从一号起"
    "，"
    "按核实、发现、自验、销号日期统计。已整改是企业自验及以后各步，含已销号；未整改含挂起的；逾期不"
    "含"
    "挂起的。红、橙、黄依次对应高、中、低或重大、较大、一般。涉及几类对象的问题只计一次，“其中”不再"
    "计入合计。";

/* 调度表: the figures in words, then by list. */
static bool write_page(const struct counts *counts, struct run *run, struct error *err)
{
    int widths[LABEL_CELLS + COUNT_MOST_MEASURES];
    const size_t cells = page_cells();
    for (size_t i = 0; i < cells; i++)
        widths[i] = CELL_WIDTH;
    const struct sink_page page = {
        .name = "调度表", .widths = widths, .column_count = cells, .landscape = true};
    struct buffer summary = {0};
    write_summary(counts, &summary);
    sink_begin_page(run->sink, &page);
    run->result->tables++;
    bool ok = dispatch_put_line(run, SINK_STYLE_TITLE, cells,
                                "{地区}重金属环境安全隐患排查整治调度表", err) &&
              dispatch_put_line(run, SINK_STYLE_NOTE, cells,
                                "填报单位：{填报单位}　　统计截止：{截止日期}　　填报日期：{填报"
                                "日期}",
                                err) &&
              dispatch_put_line(run, SINK_STYLE_LABEL, cells, summary.text, err);
    if (ok)
        put_lists(counts, run->sink);
    ok = ok && dispatch_put_line(run, SINK_STYLE_NOTE, cells, note, err) &&
         dispatch_put_line(run, SINK_STYLE_NOTE, cells,
                           "填表人：{填表人}　　　　审核人：　　　　　　　　负责人：", err);
    sink_end_sheet(run->sink);
    buffer_release(&summary);
    return ok;
}

/* ---- the workbook ---- */

static bool count_tables(size_t *count, struct error *err)
{
    return layout_count_sheets(LAYOUT, count, err);
}

/* What all sheets are counted by: those of the pages, then those of the layout. */
static size_t list_groups(const struct layout *layout, const char **by)
{
    size_t count = 0;
    by[count++] = COUNT_BY_REGISTER;
    by[count++] = DISPATCH_STATE;
    by[count++] = DISPATCH_TOWN;
    for (size_t i = 0; i < layout->sheet_count && count < COUNT_MOST_GROUPINGS; i++)
        if (layout->sheets[i].kind == &layout_count)
            by[count++] = counts_group_of(&layout->sheets[i]);
    return count;
}

static bool write_sheets(const struct layout *layout, const struct counts *counts, struct run *run,
                         struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < layout->sheet_count; i++) {
        const struct layout_sheet *sheet = &layout->sheets[i];
        ok = sheet->kind == &layout_count && counts_by(counts, counts_group_of(sheet))
                 ? counts_write_sheet(counts, sheet, run, err)
                 : layout_write_sheet(sheet, run, err);
    }
    return ok;
}

static bool count_records(const struct layout *layout, struct run *run, struct error *err)
{
    bool ok = layout_count_records(layout, run->store, &run->total, err);
    for (size_t i = 0; ok && i < register_count; i++) {
        int64_t records;
        if (registers[i]->menu != MENU_INVENTORY && registers[i] != &reg_problem)
            continue;
        ok = query_count(run->store, &(struct query){.reg = registers[i]}, &records, err);
        run->total += ok ? (size_t)records : 0;
    }
    return ok;
}

static bool write(const struct report *report, struct store *store,
                  const struct report_options *options, struct sink *sink,
                  struct report_result *result, struct error *err)
{
    (void)report;
    struct run run;
    struct layout layout;
    struct counts counts = {.grouping_count = 0};
    struct date day;
    const char *by[COUNT_MOST_GROUPINGS];
    run_init(&run, store, options, sink, result);
    bool ok = layout_read(&layout, LAYOUT, err) && counts_find_day(&run, &day, err) &&
              count_records(&layout, &run, err) &&
              counts_take(&counts, &run, day, by, list_groups(&layout, by), err);
    ok = ok && write_page(&counts, &run, err) && write_sheets(&layout, &counts, &run, err) &&
         dispatch_write_charts(&counts, &run, err);
    counts_release(&counts);
    layout_release(&layout);
    return ok;
}

const struct report report_dispatch = {
    .name = "dispatch",
    .label = "排查整治调度表",
    .help =
        "某一天的排查数、问题数、立行立改、已整改、已销号、逾期和红橙黄，按清单、乡镇、金属分列，带"
        "图；周报、月报用。",
    .file = "%d年排查整治调度表.xlsx",
    .count_tables = count_tables,
    .write = write,
    .takes = REPORT_BIT(REPORT_AS_OF),
};
