/* Sheets of kind 表: the records of a register as a table. */
#include "exports/layout_kind.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

/* "limit_state=已核|…" and the text that stands there otherwise. */
static bool read_condition(struct layout_reading *reading, struct column *column, struct error *err)
{
    const struct reg *reg = column->child ? column->child : layout_current(reading)->listing.reg;
    if (!*csv_cell(&reading->csv, LAYOUT_CONDITION_CELL))
        return true;
    char *name = reading->csv.cells[LAYOUT_CONDITION_CELL], *values = strchr(name, '=');
    if (!values)
        return error_set(err, ERROR_FORMAT, "条件“%s”应写成 字段=值", name);
    *values++ = '\0';
    column->when = (struct condition){.field = name, .values = values};
    column->otherwise = csv_cell(&reading->csv, LAYOUT_OTHERWISE_CELL);
    return reg_field_find(reg, name) ||
           error_set(err, ERROR_FORMAT, "%s没有名为“%s”的字段，不能作条件", reg->label, name);
}

static bool read_column(struct layout_reading *reading, struct error *err)
{
    const struct csv *csv = &reading->csv;
    struct layout_sheet *sheet = layout_current(reading);
    struct column column;
    if (!column_parse(&column, sheet->listing.reg, csv_cell(csv, LAYOUT_NAME_CELL), err))
        return false;
    if (!layout_read_look(csv, &column.sink, err) || !read_condition(reading, &column, err))
        return false;
    struct column *added = layout_add_column(sheet, err);
    if (added)
        *added = column;
    return added != NULL;
}

static const struct layout_row rows[] = {
    {.word = "列", .need = LAYOUT_NEEDS_REGISTER, .read = read_column},
};

static bool check(const struct layout *layout, const struct layout_sheet *sheet, struct error *err)
{
    const struct listing *listing = &sheet->listing;
    if (listing->column_count == 0)
        return error_set(err, ERROR_FORMAT, "表“%s”一列也没有", sheet->name);
    for (size_t i = 0; layout->is_public && i < listing->column_count; i++)
        if (column_is_private(&listing->columns[i], listing->reg))
            return error_set(err, ERROR_FORMAT, "表“%s”的“%s”不能公布，公布版请删去这一列",
                             sheet->name, listing->columns[i].sink.label);
    const struct field *since =
        listing->since ? reg_field_find(listing->reg, listing->since) : NULL;
    if (layout->cutoff_filing && (!since || since->type != TYPE_DATE))
        return error_set(err, ERROR_FORMAT, "有“截止”时表“%s”要有“纳入”，写一个日期字段",
                         sheet->name);
    return true;
}

/* ---- writing ---- */

static bool count(const struct layout_sheet *sheet, struct store *store, size_t *found,
                  struct error *err)
{
    return listing_count(&sheet->listing, store, found, err) ||
           error_prefix(err, "版式文件中表“%s”的筛选", sheet->name);
}

static void put_lines(const struct layout_lines *lines, const struct run *run,
                      void (*put)(struct sink *sink, const char *text))
{
    for (size_t i = 0; i < lines->count; i++) {
        char *line = layout_fill(run, lines->items[i]);
        put(run->sink, line);
        free(line);
    }
}

static void write_foot(const struct layout_sheet *sheet, const struct run *run, size_t written)
{
    if (written == 0 && sheet->empty)
        sink_total_row(run->sink, sheet->empty);
    else if (sheet->total)
        sink_total_row(run->sink, sheet->total);
    put_lines(&sheet->below, run, sink_line);
    put_lines(&sheet->signatures, run, sink_signature);
}

/* The lines above a heading, filled. */
struct filled {
    char *items[LAYOUT_MAX_LINES];
    size_t count;
};

static void fill_lines(const struct layout_lines *lines, const struct run *run,
                       struct filled *filled)
{
    filled->count = lines->count;
    for (size_t i = 0; i < lines->count; i++)
        filled->items[i] = layout_fill(run, lines->items[i]);
}

static void release_lines(struct filled *filled)
{
    for (size_t i = 0; i < filled->count; i++)
        free(filled->items[i]);
}

bool layout_write_table(const struct layout_sheet *sheet, const char *key, struct run *run,
                        layout_put_rows *put, void *context, struct error *err)
{
    const struct listing *listing = &sheet->listing;
    struct filled heads, notes;
    char *title = layout_fill(run, sheet->title), *left = layout_fill(run, sheet->left);
    char *right = layout_fill(run, sheet->right);
    struct sink_column *columns = mem_new(listing->column_count, sizeof *columns);
    for (size_t i = 0; i < listing->column_count; i++)
        columns[i] = listing->columns[i].sink;
    fill_lines(&sheet->heads, run, &heads);
    fill_lines(&sheet->above, run, &notes);
    struct sink_table table = {
        .name = sheet->name,
        .key = sheet->key ? sheet->key : key,
        .heads = {.items = (const char *const *)heads.items, .count = heads.count},
        .title = title,
        .left = left,
        .right = right,
        .notes = {.items = (const char *const *)notes.items, .count = notes.count},
        .columns = columns,
        .column_count = listing->column_count,
        .fixed = sheet->fixed,
        .paper = sheet->paper,
        .portrait = sheet->portrait,
    };
    memcpy(table.heading_heights, sheet->heading_heights, sizeof table.heading_heights);
    memcpy(table.fonts, sheet->fonts, sizeof table.fonts);
    size_t written = 0;
    sink_begin_table(run->sink, &table);
    run->result->tables++;
    bool ok = put(sheet, run, context, &written, err);
    if (ok)
        write_foot(sheet, run, written);
    sink_end_sheet(run->sink);
    release_lines(&heads);
    release_lines(&notes);
    free(columns);
    free(title);
    free(left);
    free(right);
    return ok;
}

static bool put_records(const struct layout_sheet *sheet, struct run *run, void *context,
                        size_t *written, struct error *err)
{
    (void)context;
    return listing_write(&sheet->listing, run, written, err);
}

static bool write(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    return layout_write_table(sheet, sheet->listing.reg->name, run, put_records, NULL, err);
}

const struct layout_kind layout_table = {
    .word = "表",
    .is_table = true,
    .has_records = true,
    .rows = rows,
    .row_count = COUNT_OF(rows),
    .check = check,
    .count = count,
    .write = write,
};
