/* Sheets of kind 表: the records of a register as a table. */
#include "exports/layout_kind.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

/* The cells of a row 列. */
enum {
    NAME_CELL = 1,
    LABEL_CELL,
    GROUP_CELL,
    WIDTH_CELL,
    UNIT_CELL,
    CONDITION_CELL,
    OTHERWISE_CELL,
    MARKS_CELL,
    NUMBER_CELL,
};

/* "limit_state=已核|…" and the text that stands there otherwise. */
static bool read_condition(struct layout_reading *reading, struct column *column, struct error *err)
{
    const struct reg *reg = column->child ? column->child : layout_current(reading)->listing.reg;
    if (!*csv_cell(&reading->csv, CONDITION_CELL))
        return true;
    char *name = reading->csv.cells[CONDITION_CELL], *values = strchr(name, '=');
    if (!values)
        return error_set(err, ERROR_FORMAT, "条件“%s”应写成 字段=值", name);
    *values++ = '\0';
    column->when = (struct condition){.field = name, .values = values};
    column->otherwise = csv_cell(&reading->csv, OTHERWISE_CELL);
    return reg_field_find(reg, name) ||
           error_set(err, ERROR_FORMAT, "%s没有名为“%s”的字段，不能作条件", reg->label, name);
}

static const struct mark {
    const char *word;
    size_t flag; /* offset of a bool in struct sink_column */
    bool value;
} marks[] = {
    {"合并", offsetof(struct sink_column, merge), true},
    {"居中", offsetof(struct sink_column, centre), true},
    {"不合计", offsetof(struct sink_column, total), false},
};

static bool take_mark(struct column *column, const char *word, size_t length, struct error *err)
{
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (strlen(marks[i].word) == length && memcmp(marks[i].word, word, length) == 0) {
            *(bool *)((char *)&column->sink + marks[i].flag) = marks[i].value;
            return true;
        }
    }
    return error_set(err, ERROR_FORMAT, "列的标记只能是 合并、居中、不合计，不能是“%.*s”",
                     (int)length, word);
}

/* "合并、居中" */
static bool read_marks(struct column *column, const char *text, struct error *err)
{
    static const char comma[] = "、";
    while (*text) {
        const char *end = strstr(text, comma);
        size_t length = end ? (size_t)(end - text) : strlen(text);
        if (!take_mark(column, text, length, err))
            return false;
        text = end ? end + sizeof comma - 1 : text + length;
    }
    return true;
}

static bool read_column(struct layout_reading *reading, struct error *err)
{
    const struct csv *csv = &reading->csv;
    struct layout_sheet *sheet = layout_current(reading);
    struct column column;
    if (!column_parse(&column, sheet->listing.reg, csv_cell(csv, NAME_CELL), err))
        return false;
    layout_take_text(csv, LABEL_CELL, &column.sink.label);
    layout_take_text(csv, GROUP_CELL, &column.sink.group);
    if (*csv_cell(csv, WIDTH_CELL) &&
        !layout_read_whole(csv_cell(csv, WIDTH_CELL), 100, &column.sink.width, err))
        return error_prefix(err, "列宽");
    layout_take_text(csv, UNIT_CELL, &column.sink.unit);
    if (!read_condition(reading, &column, err))
        return false;
    if (!sink_is_group(column.sink.group))
        return error_set(err, ERROR_FORMAT, "分组“%s”应是一层“甲”或两层“甲/乙”", column.sink.group);
    if (!read_marks(&column, csv_cell(csv, MARKS_CELL), err))
        return false;
    layout_take_text(csv, NUMBER_CELL, &column.sink.number);
    if (!column.sink.label)
        return error_set(err, ERROR_FORMAT, "列的表头不能为空");
    if (sheet->listing.column_count == SINK_MOST_COLUMNS)
        return error_set(err, ERROR_FORMAT, "一张表最多 %d 列，请删去多余的", SINK_MOST_COLUMNS);
    sheet->columns = mem_grow(sheet->columns, sheet->listing.column_count, &sheet->capacity,
                              sizeof *sheet->columns);
    sheet->columns[sheet->listing.column_count++] = column;
    sheet->listing.columns = sheet->columns;
    return true;
}

static bool read_fixed(struct layout_reading *reading, struct error *err)
{
    int fixed;
    bool ok = layout_read_whole(csv_cell(&reading->csv, 1), 20, &fixed, err);
    if (ok)
        layout_current(reading)->fixed = (size_t)fixed;
    return ok;
}

static bool read_heights(struct layout_reading *reading, struct error *err)
{
    enum { MOST_POINTS = 400 };
    struct layout_sheet *sheet = layout_current(reading);
    for (size_t i = 0; i < SINK_HEADING_ROWS && *csv_cell(&reading->csv, i + 1); i++) {
        int points;
        if (!layout_read_whole(csv_cell(&reading->csv, i + 1), MOST_POINTS, &points, err))
            return false;
        sheet->heading_heights[i] = points;
    }
    return true;
}

static const struct layout_row rows[] = {
    {.word = "固定列", .need = LAYOUT_NEEDS_SHEET, .read = read_fixed},
    {.word = "表头行高", .need = LAYOUT_NEEDS_SHEET, .read = read_heights},
    {.word = "列", .need = LAYOUT_NEEDS_REGISTER, .read = read_column},
    {.word = "合计", .need = LAYOUT_NEEDS_SHEET, .text = offsetof(struct layout_sheet, total)},
};

static bool check(const struct layout *layout, const struct layout_sheet *sheet, struct error *err)
{
    const struct listing *listing = &sheet->listing;
    if (listing->column_count == 0)
        return error_set(err, ERROR_FORMAT, "表“%s”一列也没有", sheet->name);
    for (size_t i = 0; layout->is_public && i < listing->column_count; i++)
        if (column_is_private(&listing->columns[i]))
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

static void put_lines(const struct layout_lines *lines, const struct run *run)
{
    for (size_t i = 0; i < lines->count; i++) {
        char *line = layout_fill(run, lines->items[i]);
        sink_line(run->sink, line);
        free(line);
    }
}

static void write_foot(const struct layout_sheet *sheet, const struct run *run, size_t written)
{
    if (written == 0 && sheet->empty)
        sink_total_row(run->sink, sheet->empty);
    else if (sheet->total)
        sink_total_row(run->sink, sheet->total);
    put_lines(&sheet->below, run);
    put_lines(&sheet->signatures, run);
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
