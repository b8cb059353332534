#include "imports/merge.h"
#include "core/mem.h"

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

/* Rows lie one behind the other, so one that becomes longer moves to the end. */
static void lengthen(struct table *table, struct table_row *row, uint32_t count)
{
    uint32_t first = (uint32_t)table->cell_count;
    for (uint32_t i = 0; i < count; i++) {
        table->cells =
            mem_grow(table->cells, table->cell_count, &table->cell_capacity, sizeof *table->cells);
        table->cells[table->cell_count++] = i < row->count ? table->cells[row->first + i] : 0;
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
            lengthen(table, &table->rows[row], column + 1);
        uint32_t *cell = &table->cells[table->rows[row].first + column];
        if (!*cell)
            *cell = text;
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
