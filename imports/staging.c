#include "imports/staging.h"
#include "core/mem.h"
#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool staging_add_text(struct table *table, const char *bytes, size_t length, uint32_t *offset,
                      struct error *err)
{
    size_t needed = table->text_length + length + 1;
    if (needed > UINT32_MAX)
        return error_set(err, ERROR_FORMAT, "表格的文字总量超过 4 GB，请拆成几个文件分别导入");
    if (needed > table->text_capacity) {
        size_t capacity = table->text_capacity ? table->text_capacity : 1 << 16;
        while (capacity < needed)
            capacity *= 2;
        table->text = mem_resize(table->text, capacity, 1);
        table->text_capacity = capacity;
    }
    *offset = (uint32_t)table->text_length;
    memcpy(table->text + table->text_length, bytes, length);
    table->text[needed - 1] = '\0';
    table->text_length = needed;
    return true;
}

bool staging_begin_row(struct table *table, uint32_t number, struct error *err)
{
    if (number == 0 || number > TABLE_MAX_ROWS)
        return error_set(err, ERROR_FORMAT, "行数超过电子表格的上限 %d 行，请拆成几个文件分别导入",
                         TABLE_MAX_ROWS);
    table->rows =
        mem_grow(table->rows, table->row_count, &table->row_capacity, sizeof *table->rows);
    table->rows[table->row_count++] =
        (struct table_row){.number = number, .first = (uint32_t)table->cell_count};
    return true;
}

bool staging_set_cell(struct table *table, uint32_t column, uint32_t offset, struct error *err)
{
    struct table_row *row = &table->rows[table->row_count - 1];
    if (column >= TABLE_MAX_COLUMNS)
        return error_set(err, ERROR_FORMAT,
                         "第 %u 行的列数超过电子表格的上限 %d 列，请删去多余的列再导入",
                         row->number, TABLE_MAX_COLUMNS);
    if (row->first + column >= TABLE_MAX_CELLS)
        return error_set(err, ERROR_FORMAT,
                         "表格超过 %d 个单元格，请删去多余的列，或拆成几个文件分别导入",
                         TABLE_MAX_CELLS);
    while (row->count <= column) {
        table->cells =
            mem_grow(table->cells, table->cell_count, &table->cell_capacity, sizeof *table->cells);
        table->cells[table->cell_count++] = 0;
        row->count++;
    }
    table->cells[row->first + column] = offset;
    return true;
}

void staging_end_row(struct table *table)
{
    struct table_row *row = &table->rows[table->row_count - 1];
    while (row->count > 0 && table->cells[row->first + row->count - 1] == 0) {
        row->count--;
        table->cell_count--;
    }
    if (row->count == 0)
        table->row_count--;
    else if (row->count > table->column_count)
        table->column_count = row->count;
}

bool staging_add_merge(struct table *table, struct table_merge merge, struct error *err)
{
    if (table->merge_count == TABLE_MAX_MERGES)
        return error_set(err, ERROR_FORMAT, "合并单元格超过 %d 处，请取消合并后再导入",
                         TABLE_MAX_MERGES);
    table->merges =
        mem_grow(table->merges, table->merge_count, &table->merge_capacity, sizeof *table->merges);
    table->merges[table->merge_count++] = merge;
    return true;
}

void staging_describe_columns(struct table *table, uint32_t first_column, uint32_t last_column,
                              struct table_column look)
{
    if (last_column >= TABLE_MAX_COLUMNS)
        last_column = TABLE_MAX_COLUMNS - 1;
    if (last_column < table->described_columns)
        return;
    table->columns = mem_resize(table->columns, last_column + 1, sizeof *table->columns);
    for (uint32_t i = (uint32_t)table->described_columns; i <= last_column; i++)
        table->columns[i] = i < first_column ? (struct table_column){0} : look;
    table->described_columns = last_column + 1;
}

void staging_cut_rows(struct table *table, size_t count)
{
    if (table->row_count <= count)
        return;
    table->cell_count = table->rows[count].first;
    table->row_count = count;
    table->column_count = 0;
    for (size_t i = 0; i < count; i++)
        if (table->rows[i].count > table->column_count)
            table->column_count = table->rows[i].count;
}

void staging_forget_sheet(struct table *table)
{
    for (size_t i = 0; i < table->image_count; i++)
        free(table->images[i].part);
    table->merge_count = table->described_columns = table->image_count = 0;
    table->uncalculated_count = table->uncalculated_row = 0;
    table->row_height = 0;
    table->paper = 0;
    table->is_landscape = false;
    table->has_panes = false;
    table->fixed_columns = 0;
    table->look_count = 0;
}

void staging_add_look(struct table *table, uint32_t row, uint32_t column, uint32_t style)
{
    if (table->look_count == TABLE_MAX_LOOKS || style >= table->style_count)
        return;
    table->looks =
        mem_grow(table->looks, table->look_count, &table->look_capacity, sizeof *table->looks);
    const struct table_row *begun = &table->rows[table->row_count - 1];
    table->looks[table->look_count++] =
        (struct table_look){row, column, style, begun->sized ? begun->height : 0};
}

void staging_add_sheet(struct table *table, const char *name, bool hidden)
{
    table->sheets =
        mem_grow(table->sheets, table->sheet_count, &table->sheet_capacity, sizeof *table->sheets);
    table->sheets[table->sheet_count++] =
        (struct table_sheet){.name = mem_text(name), .hidden = hidden};
}

bool staging_text_fits(const char *text, size_t length)
{
    if (length <= TABLE_MAX_CHARACTERS)
        return true;
    size_t units = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        units += (byte & 0xC0) != 0x80; /* first byte of a character */
        units += byte >= 0xF0;          /* which UTF-16 writes as two units */
    }
    return units <= TABLE_MAX_CHARACTERS;
}

bool staging_report(const struct table *table, int64_t done, int64_t total, struct error *err)
{
    if (!table->progress || table->progress(table->progress_context, done, total))
        return true;
    return error_set(err, ERROR_CANCELLED, "已按您的要求停止读取，没有写入任何内容");
}

bool staging_make_folder(const char *purpose, struct buffer *folder)
{
    const char *place = getenv("TMPDIR");
    buffer_addf(folder, "%s/taizhang-%s-XXXXXX", place && *place == '/' ? place : "/tmp", purpose);
    return mkdtemp(folder->text) != NULL;
}

void staging_reference(uint32_t row, uint32_t column, char out[STAGING_REFERENCE_SIZE])
{
    char letters[8];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters[--at] = (char)('A' + (rest - 1) % 26);
    snprintf(out, STAGING_REFERENCE_SIZE, "%.3s%u", letters + at, row % 100000000);
}

const char *staging_name(const char *name, char out[STAGING_NAME_SIZE])
{
    size_t used = 0;
    for (size_t step; *name && used + 5 < STAGING_NAME_SIZE; name += step) {
        uint32_t code = text_decode(name, &step);
        used += text_encode(text_is_control(code) ? '?' : code, out + used);
    }
    out[used] = '\0';
    return out;
}
