#include "exports/refused.h"
#include "core/mem.h"
#include "core/text.h"
#include "exports/file.h"
#include "exports/report.h"
#include "exports/sink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { EXTRA_COLUMNS = 2, LEAST_WIDTH = 8, MOST_WIDTH = 30, REASON_WIDTH = 50 };

struct sheet {
    const struct import *import;
    size_t *from;                /* column of the list that each column shows; owned */
    struct sink_column *columns; /* owned, and so are their labels */
    size_t count;                /* without the extra ones */
};

/* A column that a person decided against. */
static bool is_left_out(const struct heading_column *column)
{
    return column->chosen && column->match != HEADING_FIELD;
}

/* One line; the unit too when it stands elsewhere. Levels of a heading in one cell would not be
 * recognised when the workbook comes back, so a field's own title stands for them. */
static char *write_label(const struct import *import, const struct heading_column *column)
{
    struct buffer label = {0}, shown = {0};
    bool has_levels = import->heading.row_count > 1 && strchr(column->text, '/');
    if (column->chosen || (column->match == HEADING_FIELD && has_levels))
        field_add_title(reg_field(import->reg, column->field), &label);
    else
        buffer_add(&label, *column->text ? column->text : "（无标题）");
    if (*column->unit && !strstr(label.text, column->unit))
        buffer_addf(&label, "（%s）", column->unit);
    text_add_visible(label.text, false, &shown);
    buffer_release(&label);
    return buffer_take(&shown);
}

/* Of the heading, and of what usually stands below it. */
static int fitting_width(const struct import *import, const struct heading_column *column,
                         const char *label)
{
    int width = text_width(label), usual = 0;
    if (column->match == HEADING_FIELD) {
        const struct field *field = reg_field(import->reg, column->field);
        usual = field->width ? field->width : type_of(field->type)->width;
    }
    width = usual > width ? usual : width;
    return width < LEAST_WIDTH ? LEAST_WIDTH : width > MOST_WIDTH ? MOST_WIDTH : width;
}

static void sheet_init(struct sheet *sheet, const struct import *import)
{
    static const struct sink_column extra[EXTRA_COLUMNS] = {
        {.key = "row", .label = "原行号", .width = LEAST_WIDTH},
        {.key = "reason", .label = "拒绝原因", .width = REASON_WIDTH}};
    const struct heading *heading = &import->heading;
    *sheet = (struct sheet){.import = import};
    sheet->from = mem_new(heading->column_count + 1, sizeof *sheet->from);
    sheet->columns = mem_new(heading->column_count + EXTRA_COLUMNS, sizeof *sheet->columns);
    for (size_t i = 0; i < heading->column_count; i++) {
        if (is_left_out(&heading->columns[i]))
            continue;
        char *label = write_label(import, &heading->columns[i]);
        sheet->columns[sheet->count] =
            (struct sink_column){.key = label,
                                 .label = label,
                                 .width = fitting_width(import, &heading->columns[i], label)};
        sheet->from[sheet->count++] = i;
    }
    memcpy(&sheet->columns[sheet->count], extra, sizeof extra);
}

static void sheet_release(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        free((char *)sheet->columns[i].label);
    free(sheet->columns);
    free(sheet->from);
}

static void write_cell(struct sink *sink, const char *text)
{
    struct buffer shown = {0};
    text_add_visible(text, true, &shown);
    sink_text(sink, buffer_text(&shown));
    buffer_release(&shown);
}

/* The column of the list that holds what was refused; -1 when none does. */
static int wrong_column(const struct import *import, const struct import_row *row)
{
    int field = reg_field_index(import->reg, row->field);
    return field < 0 ? -1 : heading_column_of(&import->heading, (size_t)field);
}

static bool write_row(const struct sheet *sheet, struct sink *sink, const struct import_row *row,
                      struct error *err)
{
    const struct import *import = sheet->import;
    int64_t index = import_row_index(import, row->number);
    int wrong = wrong_column(import, row);
    char number[16];
    snprintf(number, sizeof number, "%u", row->number);
    sink_begin_row(sink);
    for (size_t i = 0; i < sheet->count; i++) {
        if (wrong >= 0 && sheet->from[i] == (size_t)wrong)
            sink_mark(sink, row->message);
        write_cell(sink, table_cell(&import->table, (size_t)index, sheet->from[i]));
    }
    sink_text(sink, number);
    /* What no single cell is to blame for is told where it is written. */
    if (wrong < 0)
        sink_mark(sink, row->message);
    write_cell(sink, row->message);
    return sink_end_row(sink, err);
}

static bool write_sheet(const struct sheet *sheet, struct sink *sink, struct error *err)
{
    const struct import *import = sheet->import;
    struct buffer title = {0}, left = {0};
    buffer_addf(&title, "%s：被拒绝的 %lld 行", import->reg->label,
                (long long)import->counts[IMPORT_REFUSED]);
    buffer_add(&left, "来自 ");
    text_add_visible(import->file_name, false, &left);
    const struct sink_table table = {
        .name = "被拒绝的行",
        .title = title.text,
        .left = left.text,
        .right = "在红色单元格中改正，存盘后再导入本文件",
        .columns = sheet->columns,
        .column_count = sheet->count + EXTRA_COLUMNS,
        .paper = SINK_A3,
    };
    sink_begin_table(sink, &table);
    bool ok = true;
    for (size_t i = 0; ok && i < import->row_count; i++)
        if (import->rows[i].outcome == IMPORT_REFUSED)
            ok = write_row(sheet, sink, &import->rows[i], err);
    sink_end_sheet(sink);
    buffer_release(&title);
    buffer_release(&left);
    return ok;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat left, right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

bool refused_check(const struct import *import, const struct store *store, const char *path,
                   struct error *err)
{
    struct file *file;
    if (!text_ends_with(path, ".xlsx"))
        return error_set(err, ERROR_USAGE, "被拒绝的行要存成 .xlsx，请改文件名，例如 待改正.xlsx");
    if (is_same_file(path, import->path))
        return error_set(err, ERROR_REFUSED, "“%s”就是要导入的清单，请换一个文件名", path);
    if (!report_check_target(store, path, err) || !file_open(&file, path, err))
        return false;
    file_abort(&file);
    return true;
}

bool refused_write(const struct import *import, const struct store *store, const char *path,
                   struct error *err)
{
    struct sink *sink = NULL;
    struct sheet sheet;
    if (!refused_check(import, store, path, err))
        return false;
    if (!import->counts[IMPORT_REFUSED])
        return error_set(err, ERROR_MISSING, "没有被拒绝的行，不用保存");
    if (!sink_open(&sink, path, &(struct sink_options){.title = "被拒绝的行"}, err))
        return false;
    sheet_init(&sheet, import);
    bool ok = write_sheet(&sheet, sink, err);
    if (ok)
        ok = sink_commit(&sink, err);
    else
        sink_abort(&sink);
    sheet_release(&sheet);
    return ok;
}
