/* The CSV of a layout: which rows there are and what each of them says. */
#include "exports/layout_kind.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

struct layout_sheet *layout_current(const struct layout_reading *reading)
{
    const struct layout *layout = reading->layout;
    return layout->sheet_count ? &layout->sheets[layout->sheet_count - 1] : NULL;
}

void layout_take_text(const struct csv *csv, size_t cell, const char **text)
{
    const char *given = csv_cell(csv, cell);
    if (*given)
        *text = strcmp(given, "-") == 0 ? NULL : given;
}

bool layout_read_whole(const char *text, int most, int *number, struct error *err)
{
    char *end;
    long value = strtol(text, &end, 10);
    if (*end || end == text || value < 0 || value > most)
        return error_set(err, ERROR_FORMAT, "“%s”应是 0 到 %d 的整数", text, most);
    *number = (int)value;
    return true;
}

/* The text of the row at the end of `lines`. */
static bool add_line(const struct layout_reading *reading, struct layout_lines *lines,
                     struct error *err)
{
    if (lines->count == LAYOUT_MAX_LINES)
        return error_set(err, ERROR_FORMAT, "一张表最多 %d 行“%s”", LAYOUT_MAX_LINES,
                         csv_cell(&reading->csv, 0));
    lines->items[lines->count++] = csv_cell(&reading->csv, 1);
    return true;
}

/* One of two words in the second cell. */
bool layout_read_either(const struct layout_reading *reading, const char *yes, const char *no,
                        bool *answer, struct error *err)
{
    const char *word = csv_cell(&reading->csv, 0), *text = csv_cell(&reading->csv, 1);
    *answer = strcmp(text, yes) == 0;
    return *answer || strcmp(text, no) == 0 ||
           error_set(err, ERROR_FORMAT, "%s只能是 %s 或 %s，不能是“%s”", word, yes, no, text);
}

/* ---- rows of the document ---- */

static bool read_cover(struct layout_reading *reading, struct error *err)
{
    (void)err;
    reading->layout->cover = csv_cell(&reading->csv, 1);
    return true;
}

/* 报表,half-year,半年报工作簿,一句说明,%d年上半年报送.xlsx */
static bool read_report(struct layout_reading *reading, struct error *err)
{
    const char *name = csv_cell(&reading->csv, 1), *file = csv_cell(&reading->csv, 4);
    const char *place = strchr(file, '%');
    struct layout_report *report = &reading->layout->report;
    *report = (struct layout_report){
        .name = name,
        .label = csv_cell(&reading->csv, 2),
        .help = csv_cell(&reading->csv, 3),
        .file = *file ? file : NULL,
    };
    if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(name))
        return error_set(err, ERROR_FORMAT, "报表名“%s”只能用小写字母、数字和 -", name);
    if (!*report->label || !*report->help)
        return error_set(err, ERROR_FORMAT, "“报表”应写成：报表,名称,标题,一句说明,文件名");
    if (strpbrk(file, "/\\"))
        return error_set(err, ERROR_FORMAT, "文件名“%s”里不能有 / 或 \\，请只写文件名", file);
    return !place || (place[1] == 'd' && !strchr(place + 1, '%')) ||
           error_set(err, ERROR_FORMAT, "文件名“%s”里的 %% 只能是一个 %%d（年度）", file);
}

static bool read_public(struct layout_reading *reading, struct error *err)
{
    return layout_read_either(reading, "是", "否", &reading->layout->is_public, err);
}

/* A workbook is as of one day. */
static bool begin_day(struct layout *layout, struct error *err)
{
    bool first = !layout->has_day;
    layout->has_day = true;
    return first ||
           error_set(err, ERROR_FORMAT, "“截止”和“时点”只能写一个，只写一行，请删去多余的");
}

/* 截止,半年报,6 */
static bool read_cutoff(struct layout_reading *reading, struct error *err)
{
    struct layout *layout = reading->layout;
    const char *months = csv_cell(&reading->csv, 2);
    if (!begin_day(layout, err))
        return false;
    layout->cutoff_filing = csv_cell(&reading->csv, 1);
    layout->cutoff_months = 12;
    layout->takes |= REPORT_BIT(REPORT_PERIOD) | REPORT_BIT(REPORT_AS_OF);
    if (*months && !layout_read_whole(months, 12, &layout->cutoff_months, err))
        return false;
    return (layout->cutoff_months > 0 && 12 % layout->cutoff_months == 0 &&
            layout->cutoff_months != 2 && layout->cutoff_months != 4) ||
           error_set(err, ERROR_FORMAT, "“截止”的月数只能是 1、3、6 或 12，不能是“%s”", months);
}

/* 时点,年末 */
static bool read_day(struct layout_reading *reading, struct error *err)
{
    struct layout *layout = reading->layout;
    if (!begin_day(layout, err) ||
        !layout_read_either(reading, "年末", "可选", &layout->is_of_year_end, err))
        return false;
    if (!layout->is_of_year_end)
        layout->takes |= REPORT_BIT(REPORT_AS_OF);
    return true;
}

static const struct layout_row document_rows[] = {
    {.word = "封面", .placeholders = true, .read = read_cover},
    {.word = "报表", .read = read_report},
    {.word = "公布", .read = read_public},
    {.word = "截止", .read = read_cutoff},
    {.word = "时点", .read = read_day},
};

static bool begin_sheet(struct layout_reading *reading, const struct layout_kind *kind,
                        struct error *err)
{
    struct layout *layout = reading->layout;
    const char *name = csv_cell(&reading->csv, 1);
    for (size_t i = 0; i < layout->sheet_count; i++)
        if (strcmp(layout->sheets[i].name, name) == 0)
            return error_set(err, ERROR_FORMAT, "前面已有一张叫“%s”的表，请改名", name);
    if (!sink_check_name(name, err))
        return false;
    layout->sheets =
        mem_grow(layout->sheets, layout->sheet_count, &layout->capacity, sizeof *layout->sheets);
    layout->sheets[layout->sheet_count++] =
        (struct layout_sheet){.layout = layout, .kind = kind, .name = name};
    return true;
}

/* ---- rows of every sheet ---- */

static bool read_register(struct layout_reading *reading, struct error *err)
{
    const char *name = csv_cell(&reading->csv, 1);
    struct listing *listing = &layout_current(reading)->listing;
    if (listing->reg)
        return error_set(err, ERROR_FORMAT, "一张表只能有一行“清单”，请删去多余的");
    listing->reg = reg_find(name);
    if (!listing->reg)
        return error_set(err, ERROR_FORMAT, "没有名为“%s”的清单，可用 taizhang schema 查看", name);
    return true;
}

static bool read_paper(struct layout_reading *reading, struct error *err)
{
    bool large;
    if (!layout_read_either(reading, "A3", "A4", &large, err))
        return false;
    layout_current(reading)->paper = large ? SINK_A3 : SINK_A4;
    return true;
}

static bool read_direction(struct layout_reading *reading, struct error *err)
{
    return layout_read_either(reading, "竖", "横", &layout_current(reading)->portrait, err);
}

static bool read_fixed(struct layout_reading *reading, struct error *err)
{
    enum { MOST = 20 };
    int fixed;
    bool ok = layout_read_whole(csv_cell(&reading->csv, 1), MOST, &fixed, err);
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

/* Of a page without columns every note stands below. */
static bool read_note(struct layout_reading *reading, struct error *err)
{
    struct layout_sheet *sheet = layout_current(reading);
    bool below = sheet->listing.column_count > 0 || sheet->kind->notes_below;
    return add_line(reading, below ? &sheet->below : &sheet->above, err);
}

/* A field that tells a year. */
static bool read_year_field(struct layout_reading *reading, const char **name, struct error *err)
{
    const struct reg *reg = layout_current(reading)->listing.reg;
    const struct field *field = reg_field_find(reg, csv_cell(&reading->csv, 1));
    bool good = field && (field->type == TYPE_DATE || field->type == TYPE_PERIOD ||
                          field->type == TYPE_INTEGER);
    if (!good)
        return error_set(err, ERROR_FORMAT, "%s没有名为“%s”的日期或年份字段", reg->label,
                         csv_cell(&reading->csv, 1));
    *name = field->name;
    return true;
}

static bool read_since(struct layout_reading *reading, struct error *err)
{
    return read_year_field(reading, &layout_current(reading)->listing.since, err);
}

static bool read_until(struct layout_reading *reading, struct error *err)
{
    return read_year_field(reading, &layout_current(reading)->listing.until, err);
}

static bool read_order(struct layout_reading *reading, struct error *err)
{
    const char *name = csv_cell(&reading->csv, 1);
    struct listing *listing = &layout_current(reading)->listing;
    listing->order = name;
    return reg_field_find(listing->reg, name) ||
           error_set(err, ERROR_FORMAT, "%s没有名为“%s”的字段，不能按它排序", listing->reg->label,
                     name);
}

/* Whether a choice narrows a list of records. */
static bool is_scope(enum report_choice choice)
{
    return choice == REPORT_WHERE || choice == REPORT_OBJECT || report_choice_registers[choice];
}

/* 范围,problem,必选: the list is narrowed by what stands behind --problem. */
static bool read_scope(struct layout_reading *reading, struct error *err)
{
    const char *name = csv_cell(&reading->csv, 1), *must = csv_cell(&reading->csv, 2);
    struct layout *layout = reading->layout;
    struct buffer names = {0};
    if (*must && strcmp(must, "必选") != 0)
        return error_set(err, ERROR_FORMAT, "范围后面只能是“必选”，不能是“%s”", must);
    for (size_t i = 0; i < REPORT_CHOICE__COUNT; i++) {
        const char *option = report_choice_options[i] + strlen("--");
        if (!is_scope((enum report_choice)i))
            continue;
        buffer_addf(&names, "%s%s", names.length ? "、" : "", option);
        if (strcmp(option, name) != 0)
            continue;
        layout_current(reading)->listing.scope |= REPORT_BIT(i);
        *(*must ? &layout->needs : &layout->takes) |= REPORT_BIT(i);
        buffer_release(&names);
        return true;
    }
    error_set(err, ERROR_FORMAT, "范围只能是 %s，不能是“%s”", names.text, name);
    buffer_release(&names);
    return false;
}

#define SHEET(MEMBER) offsetof(struct layout_sheet, MEMBER)

static const struct layout_row sheet_rows[] = {
    {.word = "清单", .need = LAYOUT_NEEDS_RECORDS, .read = read_register},
    {.word = "抬头", .need = LAYOUT_NEEDS_SHEET, .placeholders = true, .lines = SHEET(heads)},
    {.word = "标题", .need = LAYOUT_NEEDS_SHEET, .placeholders = true, .text = SHEET(title)},
    {.word = "左上", .need = LAYOUT_NEEDS_SHEET, .placeholders = true, .text = SHEET(left)},
    {.word = "右上", .need = LAYOUT_NEEDS_SHEET, .placeholders = true, .text = SHEET(right)},
    {.word = "说明", .need = LAYOUT_NEEDS_SHEET, .placeholders = true, .read = read_note},
    {.word = "筛选", .need = LAYOUT_NEEDS_RECORDS, .text = SHEET(listing.where)},
    {.word = "纳入", .need = LAYOUT_NEEDS_REGISTER, .read = read_since},
    {.word = "移出", .need = LAYOUT_NEEDS_REGISTER, .read = read_until},
    {.word = "纸张", .need = LAYOUT_NEEDS_SHEET, .read = read_paper},
    {.word = "方向", .need = LAYOUT_NEEDS_SHEET, .read = read_direction},
    {.word = "排序", .need = LAYOUT_NEEDS_REGISTER, .read = read_order},
    {.word = "范围", .need = LAYOUT_NEEDS_REGISTER, .read = read_scope},
    {.word = "键", .need = LAYOUT_NEEDS_SHEET, .text = SHEET(key)},
    {.word = "固定列", .need = LAYOUT_NEEDS_TABLE, .read = read_fixed},
    {.word = "表头行高", .need = LAYOUT_NEEDS_TABLE, .read = read_heights},
    {.word = "字体", .need = LAYOUT_NEEDS_TABLE, .read = layout_read_font},
    {.word = "行高", .need = LAYOUT_NEEDS_TABLE, .read = layout_read_height},
    {.word = "合计", .need = LAYOUT_NEEDS_TABLE, .text = SHEET(total)},
    {.word = "空表", .need = LAYOUT_NEEDS_SHEET, .text = SHEET(empty)},
    {.word = "签名", .need = LAYOUT_NEEDS_SHEET, .placeholders = true, .lines = SHEET(signatures)},
};

/* ---- all of them ---- */

static const struct layout_row *find_row(const struct layout_row *rows, size_t count,
                                         const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].word, word) == 0)
            return &rows[i];
    return NULL;
}

/* Whether a sheet of that kind does something with the row. */
static bool has_place(const struct layout_kind *kind, const struct layout_row *row)
{
    if (row->need >= LAYOUT_NEEDS_RECORDS)
        return kind->has_records;
    if (row->need == LAYOUT_NEEDS_NOTHING || find_row(kind->rows, kind->row_count, row->word))
        return true;
    bool taken = !kind->takes;
    for (size_t i = 0; !taken && kind->takes[i]; i++)
        taken = strcmp(kind->takes[i], row->word) == 0;
    return taken && (row->need != LAYOUT_NEEDS_TABLE || kind->is_table);
}

/* What a row that is no heading of a sheet says: to the document, to the sheet, to its kind. */
static bool read_inner(struct layout_reading *reading, struct error *err)
{
    const char *word = csv_cell(&reading->csv, 0), *text = csv_cell(&reading->csv, 1);
    struct layout_sheet *sheet = layout_current(reading);
    const struct layout_kind *kind = sheet ? sheet->kind : &layout_table;
    const struct layout_row *row = find_row(document_rows, COUNT_OF(document_rows), word);
    row = row ? row : find_row(kind->rows, kind->row_count, word);
    row = row ? row : find_row(sheet_rows, COUNT_OF(sheet_rows), word);
    if (!row)
        return error_set(err, ERROR_FORMAT, "不认识“%s”，每行应以 封面、表、清单、列 等开头", word);
    if (*text == '\0')
        return error_set(err, ERROR_FORMAT, "“%s”后面缺内容", word);
    if (row->need >= LAYOUT_NEEDS_SHEET && !sheet)
        return error_set(err, ERROR_FORMAT, "“%s”之前要先有一行“表”", word);
    if (!has_place(kind, row))
        return error_set(err, ERROR_FORMAT, "%s里不能写“%s”，请删去这一行", kind->word, word);
    if (row->need == LAYOUT_NEEDS_REGISTER && !sheet->listing.reg)
        return error_set(err, ERROR_FORMAT, "“%s”之前要先有一行“清单”", word);
    if (row->placeholders && !run_check_placeholders(text, err))
        return false;
    if (row->text)
        *(const char **)((char *)sheet + row->text) = text;
    if (row->lines && !add_line(reading, (struct layout_lines *)((char *)sheet + row->lines), err))
        return false;
    return !row->read || row->read(reading, err);
}

static bool read_row(struct layout_reading *reading, struct error *err)
{
    enum { LONGEST = 10000 };
    const char *word = csv_cell(&reading->csv, 0), *text = csv_cell(&reading->csv, 1);
    if (*word == '#' || (*word == '\0' && *text == '\0'))
        return true;
    for (size_t i = 0; i < reading->csv.count; i++)
        if (text_count(csv_cell(&reading->csv, i)) > LONGEST)
            return error_set(err, ERROR_FORMAT, "第 %zu 格超过 %d 个字，请缩短", i + 1, LONGEST);
    const struct layout_kind *kind = layout_kind_find(word);
    if (!kind)
        return read_inner(reading, err);
    return *text ? begin_sheet(reading, kind, err)
                 : error_set(err, ERROR_FORMAT, "“%s”后面缺内容", word);
}

static bool check_sheets(const struct layout *layout, struct error *err)
{
    if (layout->sheet_count == 0)
        return error_set(err, ERROR_FORMAT, "一张表也没有，至少要有一行“表”");
    for (size_t i = 0; i < layout->sheet_count; i++)
        if (!layout->sheets[i].kind->check(layout, &layout->sheets[i], err))
            return false;
    return true;
}

/* Line of the file, counted from 1, that the row just read begins on. */
static size_t line_of(const char *original, const struct layout_reading *reading)
{
    size_t start = (size_t)(reading->csv.cells[0] - reading->layout->text), line = 1;
    for (size_t i = 0; i < start; i++)
        line += original[i] == '\n';
    return line;
}

bool layout_parse(struct layout *layout, const char *name, const char *text, struct error *err)
{
    *layout = (struct layout){.text = mem_text(text)};
    struct layout_reading reading = {.layout = layout};
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
