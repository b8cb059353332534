/* Sheets of kind 统计页: the figures of a day on one page, in words and as a small table.
 *
 *     统计页,调度表
 *     标题,… / 左上,…                      above
 *     段,问题 {problems} 项{整改率 mended/problems}
 *                                          figures in words (counts_fill_words); there may be more
 *     分组,… / 列,… / 合计,合计            the table, as in a sheet of kind 统计; what is a part
 *                                          of another row always has a row too
 *     说明,… / 签名,…                      below
 */
#include "exports/layout_count.h"
#include "exports/mosaic.h"

#include "core/text.h"

#include <string.h>

enum { LABEL_CELLS = 3, HEADING_ROWS = 2, MOST_COLUMNS = COUNT_MOST_MEASURES };

/* ---- reading ---- */

static bool read_words(struct layout_reading *reading, struct error *err)
{
    return counts_check_words(csv_cell(&reading->csv, 1), err);
}

static const struct layout_row rows[] = {
    {.word = "段",
     .need = LAYOUT_NEEDS_SHEET,
     .lines = offsetof(struct layout_sheet, above),
     .read = read_words},
    {.word = "分组", .need = LAYOUT_NEEDS_SHEET, .read = layout_count_read_group},
    {.word = "列", .need = LAYOUT_NEEDS_SHEET, .read = layout_count_read_column},
    {.word = "合计", .need = LAYOUT_NEEDS_SHEET, .text = offsetof(struct layout_sheet, total)},
};

static bool check(const struct layout *layout, const struct layout_sheet *sheet, struct error *err)
{
    const size_t columns = sheet->listing.column_count;
    if (columns < 2 || columns > 1 + MOST_COLUMNS)
        return error_set(err, ERROR_FORMAT, "“%s”要有一行“分组”和 1 到 %d 列", sheet->name,
                         (int)MOST_COLUMNS);
    return layout_count_check_public(layout, sheet->name, layout_count_group(sheet), err);
}

/* ---- the table ---- */

static size_t cell_count(const struct layout_sheet *sheet)
{
    return LABEL_CELLS + sheet->listing.column_count - 1;
}

static bool has_same_group(const struct column *left, const struct column *right)
{
    const char *a = left->sink.group, *b = right->sink.group;
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static void put_headings(const struct layout_sheet *sheet, struct mosaic *mosaic)
{
    const struct column *columns = sheet->listing.columns;
    const size_t count = sheet->listing.column_count;
    mosaic_text(mosaic, 0, 0, LABEL_CELLS, SINK_STYLE_HEADING, "");
    mosaic_text(mosaic, 1, 0, LABEL_CELLS, SINK_STYLE_HEADING, columns[0].sink.label);
    for (size_t i = 1, next; i < count; i = next) {
        const char *group = columns[i].sink.group;
        for (next = i; next < count && has_same_group(&columns[i], &columns[next]); next++)
            mosaic_text(mosaic, 1, LABEL_CELLS + next - 1, 1, SINK_STYLE_HEADING,
                        columns[next].sink.label);
        mosaic_text(mosaic, 0, LABEL_CELLS + i - 1, next - i, SINK_STYLE_HEADING,
                    group ? group : "");
    }
}

static void put_row(const struct layout_sheet *sheet, struct mosaic *mosaic, size_t at,
                    enum sink_style style, const char *label, const struct count_row *row)
{
    const struct listing *listing = &sheet->listing;
    mosaic_text(mosaic, at, 0, LABEL_CELLS, style, label);
    for (size_t i = 1; i < listing->column_count; i++)
        mosaic_number(mosaic, at, LABEL_CELLS + i - 1, row->numbers[listing->columns[i].index], 0);
}

static void put_table(const struct layout_sheet *sheet, const struct counts *counts,
                      struct sink *sink)
{
    const struct count_rows *list = counts_by(counts, layout_count_group(sheet));
    struct mosaic mosaic;
    size_t at = HEADING_ROWS, count = sheet->total != NULL;
    for (size_t i = 0; i < list->count; i++)
        count += layout_count_shows(sheet, &list->items[i]);
    mosaic_init(&mosaic, HEADING_ROWS + count, cell_count(sheet));
    put_headings(sheet, &mosaic);
    for (size_t i = 0; i < list->count; i++) {
        const struct count_row *row = &list->items[i];
        struct buffer label = {0};
        if (!layout_count_shows(sheet, row))
            continue;
        buffer_addf(&label, "%s%s", row->is_part ? "　其中：" : "", row->label);
        put_row(sheet, &mosaic, at++, SINK_STYLE_LABEL, label.text, row);
        buffer_release(&label);
    }
    if (sheet->total)
        put_row(sheet, &mosaic, at, SINK_STYLE_HEADING, sheet->total, &counts->total);
    mosaic_write(&mosaic, sink);
    mosaic_release(&mosaic);
}

/* ---- the page ---- */

/* A line over the whole width, unless there is none. */
static bool put_line(const struct layout_sheet *sheet, struct run *run, enum sink_style style,
                     const char *text, struct error *err)
{
    return !text || layout_put_wide(run, style, cell_count(sheet), text, err);
}

static bool put_lines(const struct layout_sheet *sheet, struct run *run,
                      const struct layout_lines *lines, struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < lines->count; i++)
        ok = put_line(sheet, run, SINK_STYLE_NOTE, lines->items[i], err);
    return ok;
}

static bool put_words(const struct layout_sheet *sheet, struct run *run,
                      const struct counts *counts, struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sheet->above.count; i++) {
        struct buffer words = {0};
        counts_fill_words(counts, sheet->above.items[i], &words);
        ok = put_line(sheet, run, SINK_STYLE_LABEL, buffer_text(&words), err);
        buffer_release(&words);
    }
    return ok;
}

static bool put_page(const struct layout_sheet *sheet, struct run *run, const struct counts *counts,
                     struct error *err)
{
    const char *title = sheet->title ? sheet->title : sheet->name;
    bool ok = put_line(sheet, run, SINK_STYLE_TITLE, title, err) &&
              put_line(sheet, run, SINK_STYLE_NOTE, sheet->left, err) &&
              put_words(sheet, run, counts, err);
    if (ok)
        put_table(sheet, counts, run->sink);
    return ok && put_lines(sheet, run, &sheet->below, err) &&
           put_lines(sheet, run, &sheet->signatures, err);
}

static bool write(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    int widths[LABEL_CELLS + MOST_COLUMNS];
    const struct column *columns = sheet->listing.columns;
    const struct counts *counts = layout_count_take(sheet, run, err);
    if (!counts)
        return false;
    for (size_t i = 0; i < cell_count(sheet); i++)
        widths[i] = i < LABEL_CELLS ? columns[0].sink.width / LABEL_CELLS
                                    : columns[i - LABEL_CELLS + 1].sink.width;
    const struct sink_page page = layout_page(sheet, widths, cell_count(sheet));
    sink_begin_page(run->sink, &page);
    run->result->tables++;
    bool ok = put_page(sheet, run, counts, err);
    sink_end_sheet(run->sink);
    return ok;
}

static const char *const takes[] = {"标题", "左上", "说明", "签名", "纸张", "方向", NULL};

const struct layout_kind layout_count_page = {
    .word = "统计页",
    .takes = takes,
    .notes_below = true,
    .rows = rows,
    .row_count = COUNT_OF(rows),
    .check = check,
    .count = layout_count_none,
    .write = write,
};
