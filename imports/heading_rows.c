#include "imports/heading_rows.h"
#include "core/mem.h"

#include <stdlib.h>

static size_t cell_index(const struct heading_rows *rows, size_t row, size_t column)
{
    return row * rows->column_count + column;
}

static void mark_area(struct heading_rows *rows, size_t index, size_t *visited)
{
    /* Areas of a hostile file may overlap without end. */
    enum { MOST = HEADING_SCANNED_ROWS * HEADING_SCANNED_COLUMNS * 64 };
    const struct table *table = rows->table;
    const struct table_merge *area = &table->merges[index];
    for (size_t row = 0; row < rows->row_count; row++) {
        if (table->rows[row].number < area->first_row || table->rows[row].number > area->last_row)
            continue;
        for (size_t column = area->first_column;
             column <= area->last_column && column < rows->column_count; column++) {
            if (++*visited > MOST)
                return;
            uint32_t *covered = &rows->areas[cell_index(rows, row, column)];
            *covered = *covered ? *covered : (uint32_t)index + 1;
            rows->has_areas[row] = true;
        }
    }
}

void heading_rows_init(struct heading_rows *rows, const struct table *table)
{
    enum { SEEN_ROWS = HEADING_SCANNED_ROWS + HEADING_MOST_ROWS };
    *rows = (struct heading_rows){
        .table = table,
        .row_count = table->row_count < SEEN_ROWS ? table->row_count : SEEN_ROWS,
        .column_count = table->column_count < HEADING_SCANNED_COLUMNS ? table->column_count
                                                                      : HEADING_SCANNED_COLUMNS,
    };
    size_t cells = rows->row_count * rows->column_count, visited = 0;
    rows->areas = mem_new(cells, sizeof *rows->areas);
    rows->texts = mem_new(cells, sizeof *rows->texts);
    rows->has_areas = mem_new(rows->row_count, sizeof *rows->has_areas);
    for (size_t i = 0; i < table->merge_count && rows->row_count; i++)
        if (table->merges[i].first_row <= table->rows[rows->row_count - 1].number)
            mark_area(rows, i, &visited);
}

void heading_rows_release(struct heading_rows *rows)
{
    for (size_t i = 0; i < rows->row_count * rows->column_count; i++) {
        if (rows->texts[i])
            heading_text_release(rows->texts[i]);
        free(rows->texts[i]);
    }
    free(rows->texts);
    free(rows->areas);
    free(rows->has_areas);
    *rows = (struct heading_rows){0};
}

static const struct heading_text *text_at(struct heading_rows *rows, size_t row, size_t column)
{
    struct heading_text **text = &rows->texts[cell_index(rows, row, column)];
    if (!*text) {
        *text = mem_new(1, sizeof **text);
        heading_text_read(table_cell(rows->table, row, column), *text);
    }
    return *text;
}

static bool is_empty(const struct heading_rows *rows, size_t row, size_t column)
{
    return !*table_cell(rows->table, row, column);
}

static bool has_text_below(const struct heading_rows *rows, size_t row, size_t end, size_t column)
{
    while (++row < end)
        if (!is_empty(rows, row, column))
            return true;
    return false;
}

/* Without merged areas: the column of the text that the empty cell belongs to, or its own. A group
 * ends where one above it ends. */
static size_t guess_column(const struct heading_rows *rows, size_t first, size_t end, size_t row,
                           size_t column)
{
    if (!is_empty(rows, row, column) || !has_text_below(rows, row, end, column))
        return column;
    for (size_t at = column; at-- > 0;) {
        if (!is_empty(rows, row, at))
            return at;
        for (size_t above = first; above < row; above++)
            if (!is_empty(rows, above, at + 1))
                return column;
    }
    return column;
}

void heading_rows_read(struct heading_rows *rows, size_t first, size_t count, size_t column,
                       struct heading_levels *levels)
{
    bool merged = false, is_own = false;
    uint32_t former = 0;
    *levels = (struct heading_levels){0};
    for (size_t i = 0; i < count; i++)
        merged = merged || rows->has_areas[first + i];
    for (size_t row = first; row < first + count; row++) {
        uint32_t area = rows->areas[cell_index(rows, row, column)];
        size_t at = column;
        if (area && area == former)
            continue;
        former = area;
        if (area) {
            const struct table_merge *merge = &rows->table->merges[area - 1];
            if (merge->first_row < rows->table->rows[row].number)
                continue; /* of a title above */
            at = merge->first_column;
        } else if (!merged) {
            at = guess_column(rows, first, first + count, row, column);
        }
        if (at >= rows->column_count || is_empty(rows, row, at))
            continue;
        levels->texts[levels->count++] = text_at(rows, row, at);
        is_own = at == column;
    }
    if (!is_own)
        levels->count = 0;
}

bool heading_rows_go_on(const struct heading_rows *rows, size_t first, size_t count)
{
    const struct table *table = rows->table;
    size_t next = first + count;
    if (next >= rows->row_count || !rows->has_areas[next])
        return false;
    for (size_t column = 0; column < rows->column_count; column++) {
        uint32_t area = rows->areas[cell_index(rows, next, column)];
        const struct table_merge *merge = area ? &table->merges[area - 1] : NULL;
        if (merge && merge->first_row >= table->rows[first].number &&
            merge->first_row < table->rows[next].number)
            return true;
    }
    return false;
}

bool heading_rows_are_cut(const struct heading_rows *rows, size_t first)
{
    const struct table *table = rows->table;
    if (first == 0 || !rows->has_areas[first])
        return false;
    for (size_t column = 0; column < rows->column_count; column++) {
        uint32_t area = rows->areas[cell_index(rows, first, column)];
        const struct table_merge *merge = area ? &table->merges[area - 1] : NULL;
        size_t top = first;
        while (merge && top > 0 && table->rows[top - 1].number >= merge->first_row)
            top--;
        if (top < first && *table_cell(table, top, merge->first_column))
            return true;
    }
    return false;
}
