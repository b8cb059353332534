#include "exports/layout.h"

#include "core/csv.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/resource.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

struct reading {
    struct layout *layout;
    struct csv csv;
};

static struct layout_sheet *current_sheet(const struct reading *reading)
{
    const struct layout *layout = reading->layout;
    return layout->sheet_count ? &layout->sheets[layout->sheet_count - 1] : NULL;
}

/* An optional cell: empty keeps what is there, "-" takes it away. */
static void take_text(const struct csv *csv, size_t cell, const char **text)
{
    const char *given = csv_cell(csv, cell);
    if (*given)
        *text = strcmp(given, "-") == 0 ? NULL : given;
}

static bool read_whole(const char *text, int most, int *number, struct error *err)
{
    char *end;
    long value = strtol(text, &end, 10);
    if (*end || end == text || value < 0 || value > most)
        return error_set(err, ERROR_FORMAT, "“%s”应是 0 到 %d 的整数", text, most);
    *number = (int)value;
    return true;
}

static bool read_cover(struct reading *reading, struct error *err)
{
    (void)err;
    reading->layout->cover = csv_cell(&reading->csv, 1);
    return true;
}

static bool read_sheet(struct reading *reading, struct error *err)
{
    struct layout *layout = reading->layout;
    const char *name = csv_cell(&reading->csv, 1);
    for (size_t i = 0; i < layout->sheet_count; i++)
        if (strcmp(layout->sheets[i].name, name) == 0)
            return error_set(err, ERROR_FORMAT, "前面已有一张叫“%s”的表，请改名", name);
    layout->sheets =
        mem_grow(layout->sheets, layout->sheet_count, &layout->capacity, sizeof *layout->sheets);
    layout->sheets[layout->sheet_count++] = (struct layout_sheet){.name = name};
    return true;
}

static bool read_register(struct reading *reading, struct error *err)
{
    const char *name = csv_cell(&reading->csv, 1);
    struct listing *listing = &current_sheet(reading)->listing;
    if (listing->reg)
        return error_set(err, ERROR_FORMAT, "一张表只能有一行“清单”，请删去多余的");
    listing->reg = reg_find(name);
    if (!listing->reg)
        return error_set(err, ERROR_FORMAT, "没有名为“%s”的清单，可用 taizhang schema 查看", name);
    return true;
}

static bool read_paper(struct reading *reading, struct error *err)
{
    const char *name = csv_cell(&reading->csv, 1);
    bool large = strcmp(name, "A3") == 0;
    if (!large && strcmp(name, "A4") != 0)
        return error_set(err, ERROR_FORMAT, "纸张只能是 A3 或 A4，不能是“%s”", name);
    current_sheet(reading)->paper = large ? SINK_A3 : SINK_A4;
    return true;
}

static bool read_fixed(struct reading *reading, struct error *err)
{
    int fixed;
    bool ok = read_whole(csv_cell(&reading->csv, 1), 20, &fixed, err);
    if (ok)
        current_sheet(reading)->fixed = (size_t)fixed;
    return ok;
}

/* "limit_state=已核|…" and the text that stands there otherwise. */
static bool read_condition(struct reading *reading, struct column *column, struct error *err)
{
    enum { CONDITION_CELL = 6, OTHERWISE_CELL = 7 };
    const struct reg *reg = column->child ? column->child : current_sheet(reading)->listing.reg;
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

static bool read_column(struct reading *reading, struct error *err)
{
    const struct csv *csv = &reading->csv;
    struct layout_sheet *sheet = current_sheet(reading);
    struct column column;
    if (!column_parse(&column, sheet->listing.reg, csv_cell(csv, 1), err))
        return false;
    take_text(csv, 2, &column.sink.label);
    take_text(csv, 3, &column.sink.group);
    if (*csv_cell(csv, 4) && !read_whole(csv_cell(csv, 4), 100, &column.sink.width, err))
        return error_prefix(err, "列宽");
    take_text(csv, 5, &column.sink.unit);
    if (!read_condition(reading, &column, err))
        return false;
    if (!column.sink.label)
        return error_set(err, ERROR_FORMAT, "列的表头不能为空");
    sheet->columns = mem_grow(sheet->columns, sheet->listing.column_count, &sheet->capacity,
                              sizeof *sheet->columns);
    sheet->columns[sheet->listing.column_count++] = column;
    sheet->listing.columns = sheet->columns;
    return true;
}

/* A field that tells a year. */
static bool read_year_field(struct reading *reading, const char **name, struct error *err)
{
    const struct reg *reg = current_sheet(reading)->listing.reg;
    const struct field *field = reg_field_find(reg, csv_cell(&reading->csv, 1));
    bool good = field && (field->type == TYPE_DATE || field->type == TYPE_PERIOD ||
                          field->type == TYPE_INTEGER);
    if (!good)
        return error_set(err, ERROR_FORMAT, "%s没有名为“%s”的日期或年份字段", reg->label,
                         csv_cell(&reading->csv, 1));
    *name = field->name;
    return true;
}

static bool read_since(struct reading *reading, struct error *err)
{
    return read_year_field(reading, &current_sheet(reading)->listing.since, err);
}

static bool read_until(struct reading *reading, struct error *err)
{
    return read_year_field(reading, &current_sheet(reading)->listing.until, err);
}

static bool read_where(struct reading *reading, struct error *err)
{
    (void)err;
    current_sheet(reading)->listing.where = csv_cell(&reading->csv, 1);
    return true;
}

static bool read_title(struct reading *reading, struct error *err)
{
    (void)err;
    current_sheet(reading)->title = csv_cell(&reading->csv, 1);
    return true;
}

static bool read_left(struct reading *reading, struct error *err)
{
    (void)err;
    current_sheet(reading)->left = csv_cell(&reading->csv, 1);
    return true;
}

static bool read_right(struct reading *reading, struct error *err)
{
    (void)err;
    current_sheet(reading)->right = csv_cell(&reading->csv, 1);
    return true;
}

static bool read_total(struct reading *reading, struct error *err)
{
    (void)err;
    current_sheet(reading)->total = csv_cell(&reading->csv, 1);
    return true;
}

static bool read_key(struct reading *reading, struct error *err)
{
    (void)err;
    current_sheet(reading)->key = csv_cell(&reading->csv, 1);
    return true;
}

static bool read_empty(struct reading *reading, struct error *err)
{
    (void)err;
    current_sheet(reading)->empty = csv_cell(&reading->csv, 1);
    return true;
}

static bool read_line(struct reading *reading, struct error *err)
{
    struct layout_sheet *sheet = current_sheet(reading);
    if (sheet->line_count == LAYOUT_MAX_LINES)
        return error_set(err, ERROR_FORMAT, "一张表最多 %d 行签名", LAYOUT_MAX_LINES);
    sheet->lines[sheet->line_count++] = csv_cell(&reading->csv, 1);
    return true;
}

/* What must stand above a row. */
enum need { NEED_NOTHING, NEED_SHEET, NEED_REGISTER };

static const struct keyword {
    const char *name;
    enum need need;
    bool placeholders; /* its text may have some */
    bool (*read)(struct reading *reading, struct error *err);
} keywords[] = {
    {.name = "封面", .placeholders = true, .read = read_cover},
    {.name = "表", .read = read_sheet},
    {.name = "清单", .need = NEED_SHEET, .read = read_register},
    {.name = "标题", .need = NEED_SHEET, .placeholders = true, .read = read_title},
    {.name = "左上", .need = NEED_SHEET, .placeholders = true, .read = read_left},
    {.name = "右上", .need = NEED_SHEET, .placeholders = true, .read = read_right},
    {.name = "筛选", .need = NEED_SHEET, .read = read_where},
    {.name = "纳入", .need = NEED_REGISTER, .read = read_since},
    {.name = "移出", .need = NEED_REGISTER, .read = read_until},
    {.name = "纸张", .need = NEED_SHEET, .read = read_paper},
    {.name = "固定列", .need = NEED_SHEET, .read = read_fixed},
    {.name = "列", .need = NEED_REGISTER, .read = read_column},
    {.name = "合计", .need = NEED_SHEET, .read = read_total},
    {.name = "键", .need = NEED_SHEET, .read = read_key},
    {.name = "空表", .need = NEED_SHEET, .read = read_empty},
    {.name = "签名", .need = NEED_SHEET, .placeholders = true, .read = read_line},
};

static const struct keyword *find_keyword(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(keywords); i++)
        if (strcmp(keywords[i].name, name) == 0)
            return &keywords[i];
    return NULL;
}

static bool read_row(struct reading *reading, struct error *err)
{
    const char *name = csv_cell(&reading->csv, 0);
    const char *text = csv_cell(&reading->csv, 1);
    if (*name == '#' || (*name == '\0' && *text == '\0'))
        return true;
    const struct keyword *keyword = find_keyword(name);
    const struct layout_sheet *sheet = current_sheet(reading);
    if (!keyword)
        return error_set(err, ERROR_FORMAT, "不认识“%s”，每行应以 封面、表、清单、列 等开头", name);
    if (*text == '\0')
        return error_set(err, ERROR_FORMAT, "“%s”后面缺内容", name);
    if (keyword->need >= NEED_SHEET && !sheet)
        return error_set(err, ERROR_FORMAT, "“%s”之前要先有一行“表”", name);
    if (keyword->need == NEED_REGISTER && !sheet->listing.reg)
        return error_set(err, ERROR_FORMAT, "“%s”之前要先有一行“清单”", name);
    if (keyword->placeholders && !run_knows_placeholders(text))
        return error_set(
            err, ERROR_FORMAT,
            "花括号里只能是 年度、核算期、地区、填报单位、填表人、填报日期，请改正“%s”", text);
    return keyword->read(reading, err);
}

static bool check_sheets(const struct layout *layout, struct error *err)
{
    if (layout->sheet_count == 0)
        return error_set(err, ERROR_FORMAT, "一张表也没有，至少要有一行“表”");
    for (size_t i = 0; i < layout->sheet_count; i++)
        if (layout->sheets[i].listing.column_count == 0)
            return error_set(err, ERROR_FORMAT, "表“%s”一列也没有", layout->sheets[i].name);
    return true;
}

/* Line of the file, counted from 1, that the row just read begins on. */
static size_t line_of(const char *original, const struct reading *reading)
{
    size_t start = (size_t)(reading->csv.cells[0] - reading->layout->text), line = 1;
    for (size_t i = 0; i < start; i++)
        line += original[i] == '\n';
    return line;
}

bool layout_parse(struct layout *layout, const char *name, const char *text, struct error *err)
{
    *layout = (struct layout){.text = mem_text(text)};
    struct reading reading = {.layout = layout};
    csv_init(&reading.csv, layout->text);
    while (csv_next(&reading.csv)) {
        if (csv_check(&reading.csv, err) && read_row(&reading, err))
            continue;
        if (err)
            err->code = ERROR_FORMAT;
        error_prefix(err, "版式文件 %s 第 %zu 行", name, line_of(text, &reading));
        return false;
    }
    return check_sheets(layout, err) || error_prefix(err, "版式文件 %s", name);
}

bool layout_read(struct layout *layout, const char *name, struct error *err)
{
    struct buffer text = {0};
    *layout = (struct layout){0};
    bool ok = resource_read(name, &text, err);
    ok = ok && layout_parse(layout, name, buffer_text(&text), err);
    buffer_release(&text);
    return ok;
}

void layout_release(struct layout *layout)
{
    for (size_t i = 0; i < layout->sheet_count; i++)
        free(layout->sheets[i].columns);
    free(layout->sheets);
    free(layout->text);
    *layout = (struct layout){0};
}

/* ---- writing ---- */

static char *filled(const struct run *run, const char *text)
{
    struct buffer out = {0};
    if (!text)
        return NULL;
    run_fill(run, text, &out);
    return buffer_take(&out);
}

static void write_foot(const struct layout_sheet *sheet, const struct run *run, size_t rows)
{
    if (rows == 0 && sheet->empty)
        sink_total_row(run->sink, sheet->empty);
    else if (sheet->total)
        sink_total_row(run->sink, sheet->total);
    for (size_t i = 0; i < sheet->line_count; i++) {
        char *line = filled(run, sheet->lines[i]);
        sink_line(run->sink, line);
        free(line);
    }
}

bool layout_count_sheets(const char *name, size_t *count, struct error *err)
{
    struct layout layout;
    bool ok = layout_read(&layout, name, err);
    *count = layout.sheet_count;
    layout_release(&layout);
    return ok;
}

bool layout_count_records(const struct layout *layout, struct store *store, size_t *count,
                          struct error *err)
{
    *count = 0;
    for (size_t i = 0; i < layout->sheet_count; i++) {
        size_t records;
        if (!listing_count(&layout->sheets[i].listing, store, &records, err))
            return error_prefix(err, "版式文件中表“%s”的筛选", layout->sheets[i].name);
        *count += records;
    }
    return true;
}

bool layout_write_sheet(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    const struct listing *listing = &sheet->listing;
    char *title = filled(run, sheet->title), *left = filled(run, sheet->left);
    char *right = filled(run, sheet->right);
    struct sink_column *columns = mem_new(listing->column_count, sizeof *columns);
    for (size_t i = 0; i < listing->column_count; i++)
        columns[i] = listing->columns[i].sink;
    struct sink_table table = {
        .name = sheet->name,
        .key = sheet->key ? sheet->key : listing->reg->name,
        .title = title,
        .left = left,
        .right = right,
        .columns = columns,
        .column_count = listing->column_count,
        .fixed = sheet->fixed,
        .paper = sheet->paper,
    };
    size_t rows = 0;
    sink_begin_table(run->sink, &table);
    run->result->tables++;
    bool ok = listing_write(listing, run, &rows, err);
    if (ok)
        write_foot(sheet, run, rows);
    sink_end_sheet(run->sink);
    free(columns);
    free(title);
    free(left);
    free(right);
    return ok;
}

bool layout_write_sheets(const struct layout *layout, struct run *run, struct error *err)
{
    for (size_t i = 0; i < layout->sheet_count; i++)
        if (!layout_write_sheet(&layout->sheets[i], run, err))
            return false;
    return true;
}
