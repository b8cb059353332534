/* Sheets of kind 统计: how much there is of what, by groups, as of a day.
 *
 *     统计,按乡镇
 *     分组,town,乡镇（街道）,16            a field of objects or problems, or register
 *     列,problems,发现问题,问题,8          what is counted (count.c), heading, group, width
 *     合计,合计                            label of the total row; without it what is a part of
 *                                          another row has a row too
 */
#include "exports/layout_count.h"

#include "core/text.h"
#include "db/asof.h"

#include <string.h>

/* ---- reading ---- */

bool layout_count_add_group(struct layout_reading *reading, const char *by, struct error *err)
{
    struct layout *layout = reading->layout;
    if (!count_knows(by))
        return error_set(err, ERROR_FORMAT, "不能按“%s”分组，请写 register 或清单、问题的字段名",
                         by);
    for (size_t i = 0; i < layout->group_count; i++)
        if (strcmp(layout->groups[i], by) == 0)
            return true;
    if (layout->group_count == LAYOUT_MOST_GROUPS)
        return error_set(err, ERROR_FORMAT, "一份报表最多按 %d 种分组统计，请删去多余的",
                         LAYOUT_MOST_GROUPS);
    layout->groups[layout->group_count++] = by;
    return true;
}

bool layout_count_read_group(struct layout_reading *reading, struct error *err)
{
    const char *by = csv_cell(&reading->csv, 1);
    struct layout_sheet *sheet = layout_current(reading);
    if (sheet->listing.column_count)
        return error_set(err, ERROR_FORMAT, "“分组”只能有一行，写在各列之前");
    struct column *column =
        layout_count_add_group(reading, by, err) ? layout_add_column(sheet, err) : NULL;
    if (!column)
        return false;
    column->sink = (struct sink_column){.key = by, .label = "分组", .width = 16};
    layout_take_text(&reading->csv, 2, &column->sink.label);
    return layout_read_width(&reading->csv, 3, &column->sink.width, err);
}

int layout_count_read_measure(const struct layout_reading *reading, struct error *err)
{
    const char *key = csv_cell(&reading->csv, 1);
    const int measure = measure_find(key);
    struct buffer keys = {0};
    if (measure >= 0)
        return measure;
    for (size_t i = 0; i < measure_count; i++)
        buffer_addf(&keys, "%s%s", i ? "、" : "", measures[i].key);
    error_set(err, ERROR_FORMAT, "没有名为“%s”的统计项，可以用 %s", key, keys.text);
    buffer_release(&keys);
    return -1;
}

bool layout_count_read_column(struct layout_reading *reading, struct error *err)
{
    struct layout_sheet *sheet = layout_current(reading);
    if (!sheet->listing.column_count)
        return error_set(err, ERROR_FORMAT, "“列”之前要先有一行“分组”");
    const int measure = layout_count_read_measure(reading, err);
    if (measure < 0)
        return false;
    struct column *column = layout_add_column(sheet, err);
    if (!column)
        return false;
    column->index = (size_t)measure;
    column->sink = (struct sink_column){.key = measures[measure].key,
                                        .label = measures[measure].label,
                                        .format = SINK_INTEGER,
                                        .width = 8,
                                        .total = true};
    layout_take_text(&reading->csv, 2, &column->sink.label);
    layout_take_text(&reading->csv, 3, &column->sink.group);
    return layout_read_width(&reading->csv, 4, &column->sink.width, err);
}

static const struct layout_row rows[] = {
    {.word = "分组", .need = LAYOUT_NEEDS_SHEET, .read = layout_count_read_group},
    {.word = "列", .need = LAYOUT_NEEDS_SHEET, .read = layout_count_read_column},
};

bool layout_count_check_public(const struct layout *layout, const char *name, const char *by,
                               struct error *err)
{
    return !layout->is_public || !count_is_private(by) ||
           error_set(err, ERROR_FORMAT, "“%s”按不能公布的字段分，公布版请删去", name);
}

static bool check(const struct layout *layout, const struct layout_sheet *sheet, struct error *err)
{
    if (sheet->listing.column_count < 2)
        return error_set(err, ERROR_FORMAT, "统计“%s”要有一行“分组”和至少一列", sheet->name);
    return layout_count_check_public(layout, sheet->name, layout_count_group(sheet), err);
}

bool layout_count_none(const struct layout_sheet *sheet, struct store *store, size_t *count,
                       struct error *err)
{
    (void)sheet;
    (void)store;
    (void)err;
    *count = 0;
    return true;
}

/* ---- counting ---- */

/* The day of the report: its cut-off day, else --as-of, else today. Refuses one that lies ahead, or
 * of which the file knows nothing. */
static bool find_day(struct run *run, struct date *day, struct error *err)
{
    const char *as_of = run->options->choices[REPORT_AS_OF];
    const char *text = *run->cut.until ? run->cut.until : as_of;
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

static bool take(void *result, struct run *run, const struct layout *layout, struct error *err)
{
    struct date day;
    return find_day(run, &day, err) &&
           counts_take(result, run, day, layout->groups, layout->group_count, err);
}

static void release(void *result)
{
    counts_release(result);
}

static const struct run_work work = {
    .size = sizeof(struct counts), .take = take, .release = release};

const struct counts *layout_count_take(const struct layout_sheet *sheet, struct run *run,
                                       struct error *err)
{
    return run_share(run, &work, sheet->layout, err);
}

/* ---- writing ---- */

const char *layout_count_group(const struct layout_sheet *sheet)
{
    return sheet->listing.columns[0].sink.key;
}

bool layout_count_shows(const struct layout_sheet *sheet, const struct count_row *row)
{
    const struct listing *listing = &sheet->listing;
    bool shows = strcmp(layout_count_group(sheet), COUNT_BY_REGISTER) == 0;
    for (size_t i = 1; !shows && i < listing->column_count; i++)
        shows = row->numbers[listing->columns[i].index] != 0;
    return shows;
}

static bool put_rows(const struct layout_sheet *sheet, struct run *run, void *context,
                     size_t *written, struct error *err)
{
    (void)context;
    const struct listing *listing = &sheet->listing;
    const struct counts *counts = layout_count_take(sheet, run, err);
    const struct count_rows *list = counts ? counts_by(counts, layout_count_group(sheet)) : NULL;
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < list->count; i++) {
        const struct count_row *row = &list->items[i];
        if ((row->is_part && sheet->total) || !layout_count_shows(sheet, row))
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

static bool write(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    return layout_write_table(sheet, layout_count_group(sheet), run, put_rows, NULL, err);
}

const struct layout_kind layout_count = {
    .word = "统计",
    .is_table = true,
    .rows = rows,
    .row_count = COUNT_OF(rows),
    .check = check,
    .count = layout_count_none,
    .write = write,
};
