#include "imports/merge.h"
#include "core/mem.h"

#include <string.h>

/* Index of the first row whose number is at least `number`. */
static size_t find_row(const struct table *table, uint32_t number)
{
    size_t low = 0, high = table->row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->rows[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void mark(struct table *table, size_t cell)
{
    if (cell / 8 >= table->filled_size) {
        size_t size = table->cell_capacity / 8 + 1;
        table->filled = mem_resize(table->filled, size, 1);
        memset(table->filled + table->filled_size, 0, size - table->filled_size);
        table->filled_size = size;
    }
    table->filled[cell / 8] |= (unsigned char)(1u << cell % 8);
}

/* Rows lie one behind the other, so one that becomes longer moves to the end. */
static void lengthen(struct table *table, size_t index, uint32_t count)
{
    struct table_row *row = &table->rows[index];
    uint32_t first = (uint32_t)table->cell_count;
    for (uint32_t i = 0; i < count; i++) {
        table->cells =
            mem_grow(table->cells, table->cell_count, &table->cell_capacity, sizeof *table->cells);
        table->cells[table->cell_count] = i < row->count ? table->cells[row->first + i] : 0;
        if (table_is_filled(table, index, i))
            mark(table, table->cell_count);
        table->cell_count++;
    }
    row->first = first;
    row->count = count;
}

static bool fill_area(struct table *table, const struct table_merge *area, size_t first_row,
                      size_t *visited, struct error *err)
{
    size_t row = find_row(table, area->first_row);
    uint32_t column = area->first_column;
    if (row < first_row || row >= table->row_count || table->rows[row].number != area->first_row ||
        !*table_cell(table, row, column))
        return true;
    uint32_t text = table->cells[table->rows[row].first + column];
    while (++row < table->row_count && table->rows[row].number <= area->last_row) {
        /* Areas of a hostile file may overlap without end. */
        if (++*visited > TABLE_MAX_CELLS || table->cell_count > TABLE_MAX_CELLS)
            return error_set(err, ERROR_FORMAT, "合并单元格太多，请在表中取消合并后再导入");
        if (column >= table->rows[row].count)
            lengthen(table, row, column + 1);
        size_t cell = table->rows[row].first + column;
        if (table->cells[cell])
            continue;
        table->cells[cell] = text;
        mark(table, cell);
    }
    return true;
}

bool merge_fill_down(struct table *table, size_t first_row, struct error *err)
{
    size_t visited = 0;
    for (size_t i = 0; i < table->merge_count; i++)
        if (table->merges[i].last_row > table->merges[i].first_row &&
            !fill_area(table, &table->merges[i], first_row, &visited, err))
            return false;
    return true;
}
