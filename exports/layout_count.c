/* Sheets of kind 统计: how much there is of what, by groups, as of a day.
 *
 *     统计,按乡镇
 *     分组,town,乡镇（街道）,16            a field of objects or problems, or register
 *     列,problems,发现问题,问题,8          what is counted (count.c), heading, group, width
 *     合计,合计                            label of the total row; without it what is a part of
 *                                          another row has a row too
 */
#include "exports/count.h"
#include "exports/layout_kind.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/asof.h"

#include <string.h>

/* The first column names the group, the others hold numbers; `index` is that of the measure. */
static struct column *add_column(struct layout_sheet *sheet)
{
    sheet->columns = mem_grow(sheet->columns, sheet->listing.column_count, &sheet->capacity,
                              sizeof *sheet->columns);
    struct column *column = &sheet->columns[sheet->listing.column_count++];
    sheet->listing.columns = sheet->columns;
    *column = (struct column){.source = COLUMN_BLANK};
    return column;
}

static bool read_width(const struct layout_reading *reading, size_t cell, struct column *column,
                       struct error *err)
{
    return !*csv_cell(&reading->csv, cell) ||
           layout_read_whole(csv_cell(&reading->csv, cell), 100, &column->sink.width, err) ||
           error_prefix(err, "列宽");
}

static bool read_group(struct layout_reading *reading, struct error *err)
{
    const char *by = csv_cell(&reading->csv, 1);
    struct layout_sheet *sheet = layout_current(reading);
    if (sheet->listing.column_count)
        return error_set(err, ERROR_FORMAT, "“分组”只能有一行，写在各列之前");
    if (!count_knows(by))
        return error_set(err, ERROR_FORMAT, "不能按“%s”分组，请写 register 或清单、问题的字段名",
                         by);
    struct column *column = add_column(sheet);
    column->sink = (struct sink_column){.key = by, .label = "分组", .width = 16};
    layout_take_text(&reading->csv, 2, &column->sink.label);
    return read_width(reading, 3, column, err);
}

static bool read_column(struct layout_reading *reading, struct error *err)
{
    const char *key = csv_cell(&reading->csv, 1);
    struct layout_sheet *sheet = layout_current(reading);
    int measure = measure_find(key);
    if (!sheet->listing.column_count)
        return error_set(err, ERROR_FORMAT, "“列”之前要先有一行“分组”");
    if (measure < 0) {
        struct buffer keys = {0};
        for (size_t i = 0; i < measure_count; i++)
            buffer_addf(&keys, "%s%s", i ? "、" : "", measures[i].key);
        error_set(err, ERROR_FORMAT, "没有名为“%s”的统计项，可以用 %s", key, keys.text);
        buffer_release(&keys);
        return false;
    }
    struct column *column = add_column(sheet);
    column->index = (size_t)measure;
    column->sink = (struct sink_column){.key = key,
                                        .label = measures[measure].label,
                                        .format = SINK_INTEGER,
                                        .width = 8,
                                        .total = true};
    layout_take_text(&reading->csv, 2, &column->sink.label);
    layout_take_text(&reading->csv, 3, &column->sink.group);
    return read_width(reading, 4, column, err);
}

static const struct layout_row rows[] = {
    {.word = "分组", .need = LAYOUT_NEEDS_SHEET, .read = read_group},
    {.word = "列", .need = LAYOUT_NEEDS_SHEET, .read = read_column},
    {.word = "合计", .need = LAYOUT_NEEDS_SHEET, .text = offsetof(struct layout_sheet, total)},
};

static bool check(const struct layout *layout, const struct layout_sheet *sheet, struct error *err)
{
    (void)layout;
    return sheet->listing.column_count > 1 ||
           error_set(err, ERROR_FORMAT, "统计“%s”要有一行“分组”和至少一列", sheet->name);
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

/* ---- writing ---- */

static bool is_nothing(const struct count_row *row, const struct listing *listing)
{
    for (size_t i = 1; i < listing->column_count; i++)
        if (row->numbers[listing->columns[i].index])
            return false;
    return true;
}

/* A list in which nothing stands is told as well. */
static bool put_rows(const struct layout_sheet *sheet, struct run *run, void *context,
                     size_t *written, struct error *err)
{
    const struct count_rows *rows_by = counts_by(context, counts_group_of(sheet));
    const struct listing *listing = &sheet->listing;
    const bool is_list = strcmp(rows_by->by, COUNT_BY_REGISTER) == 0;
    bool ok = true;
    for (size_t i = 0; ok && i < rows_by->count; i++) {
        const struct count_row *row = &rows_by->items[i];
        if ((row->is_part && sheet->total) || (!is_list && is_nothing(row, listing)))
            continue;
        sink_begin_row(run->sink);
        sink_text(run->sink, row->label);
        for (size_t j = 1; j < listing->column_count; j++)
            sink_number(run->sink, row->numbers[listing->columns[j].index], 0);
        ok = sink_end_row(run->sink, err);
        ++*written;
    }
    run->result->rows += *written;
    return ok;
}

const char *counts_group_of(const struct layout_sheet *sheet)
{
    return sheet->listing.columns[0].sink.key;
}

bool counts_write_sheet(const struct counts *counts, const struct layout_sheet *sheet,
                        struct run *run, struct error *err)
{
    struct counts borrowed = *counts;
    return layout_write_table(sheet, counts_group_of(sheet), run, put_rows, &borrowed, err);
}

bool counts_find_day(struct run *run, struct date *day, struct error *err)
{
    const char *text = run->options->choices[REPORT_AS_OF];
    struct date first;
    *day = run->context.today;
    if (text && !date_parse(text, day, NULL))
        return error_set(err, ERROR_USAGE, "--as-of “%s”不是日期，请按 2026-06-15 的样子写", text);
    if (date_compare(*day, run->context.today) > 0)
        return error_set(err, ERROR_USAGE, "统计日期 %s 还没有到，请写今天或以前的日期", text);
    if (!asof_first_day(run->store, &first, err))
        return false;
    if (first.year && date_compare(*day, first) < 0) {
        char since[DATE_TEXT_SIZE];
        date_format(first, since);
        return error_set(err, ERROR_USAGE,
                         "这个文件从 %s 起才有记录，说不出 %s 的数，请写那天或以后的日期", since,
                         text);
    }
    return true;
}

static bool write(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    const char *by = counts_group_of(sheet);
    struct counts counts = {.grouping_count = 0};
    struct date day;
    bool ok = counts_find_day(run, &day, err) && counts_take(&counts, run, day, &by, 1, err) &&
              counts_write_sheet(&counts, sheet, run, err);
    counts_release(&counts);
    return ok;
}

const struct layout_kind layout_count = {
    .word = "统计",
    .is_table = true,
    .rows = rows,
    .row_count = COUNT_OF(rows),
    .check = check,
    .count = count,
    .write = write,
};
