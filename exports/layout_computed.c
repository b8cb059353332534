/* Sheets of kind 计算: a table that the program works out, by one of the sources of source.h.
 *
 *     计算,账户余额
 *     数据,quota_balances                  the source, before any column
 *     列,name,减排工程,分组,24             a column of it, or serial, as in a sheet of kind 表
 */
#include "exports/layout_kind.h"
#include "exports/source.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

struct computed {
    const struct source *source;
};

static const struct sink_column serial = {
    .key = "serial", .label = "序号", .format = SINK_INTEGER, .width = 5, .centre = true};

/* ---- reading ---- */

static const struct source *source_of(const struct layout_sheet *sheet)
{
    const struct computed *computed = sheet->own;
    return computed ? computed->source : NULL;
}

static bool read_source(struct layout_reading *reading, struct error *err)
{
    const char *name = csv_cell(&reading->csv, 1);
    struct layout_sheet *sheet = layout_current(reading);
    const struct source *source = source_find(name);
    if (sheet->own)
        return error_set(err, ERROR_FORMAT, "一张表只能有一行“数据”，请删去多余的");
    if (!source) {
        struct buffer names = {0};
        source_list(&names);
        error_set(err, ERROR_FORMAT, "没有名为“%s”的数据，可以用 %s", name, names.text);
        buffer_release(&names);
        return false;
    }
    struct computed *computed = mem_new(1, sizeof *computed);
    computed->source = source;
    sheet->own = computed;
    return true;
}

/* All columns that the source has: "serial、name、owner". */
static void list_columns(const struct source *source, struct buffer *out)
{
    buffer_add(out, serial.key);
    for (size_t i = 0; i < source->column_count; i++)
        buffer_addf(out, "、%s", source->columns[i].key);
}

static bool find_column(const struct source *source, const char *key, struct column *column,
                        struct error *err)
{
    *column = (struct column){.source = COLUMN_SERIAL, .sink = serial};
    if (strcmp(key, serial.key) == 0)
        return true;
    for (size_t i = 0; i < source->column_count; i++) {
        if (strcmp(source->columns[i].key, key) != 0)
            continue;
        *column = (struct column){.source = COLUMN_BLANK, .index = i, .sink = source->columns[i]};
        return true;
    }
    struct buffer keys = {0};
    list_columns(source, &keys);
    error_set(err, ERROR_FORMAT, "数据 %s 没有名为“%s”的列，可以用 %s", source->name, key,
              keys.text);
    buffer_release(&keys);
    return false;
}

static bool read_column(struct layout_reading *reading, struct error *err)
{
    struct layout_sheet *sheet = layout_current(reading);
    const struct source *source = source_of(sheet);
    const struct csv *csv = &reading->csv;
    struct column column, *added;
    if (!source)
        return error_set(err, ERROR_FORMAT, "“列”之前要先有一行“数据”");
    if (!find_column(source, csv_cell(csv, LAYOUT_NAME_CELL), &column, err) ||
        !layout_read_look(csv, &column.sink, err) || !(added = layout_add_column(sheet, err)))
        return false;
    *added = column;
    return true;
}

static const struct layout_row rows[] = {
    {.word = "数据", .need = LAYOUT_NEEDS_SHEET, .read = read_source},
    {.word = "列", .need = LAYOUT_NEEDS_SHEET, .read = read_column},
};

static bool check(const struct layout *layout, const struct layout_sheet *sheet, struct error *err)
{
    if (layout->is_public)
        return error_set(err, ERROR_FORMAT, "“%s”是程序算出来的，不公布，公布版请删去",
                         sheet->name);
    return sheet->listing.column_count > 0 ||
           error_set(err, ERROR_FORMAT, "“%s”要有一行“数据”和至少一列", sheet->name);
}

static bool count(const struct layout_sheet *sheet, struct store *store, size_t *found,
                  struct error *err)
{
    return source_of(sheet)->count(sheet->layout, store, found, err);
}

static void release(struct layout_sheet *sheet)
{
    free(sheet->own);
}

/* ---- writing ---- */

static bool put_rows(const struct layout_sheet *sheet, struct run *run, void *context,
                     size_t *written, struct error *err)
{
    (void)context;
    struct source_rows out = {.sheet = sheet, .run = run};
    bool ok = source_of(sheet)->write(&out, err);
    *written = out.written;
    run->result->rows += out.written;
    return ok;
}

static bool write(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    return layout_write_table(sheet, source_of(sheet)->name, run, put_rows, NULL, err);
}

const struct layout_kind layout_computed = {
    .word = "计算",
    .is_table = true,
    .rows = rows,
    .row_count = COUNT_OF(rows),
    .check = check,
    .count = count,
    .write = write,
    .release = release,
};
