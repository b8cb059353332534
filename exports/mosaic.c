#include "exports/mosaic.h"

#include "core/mem.h"

#include <stdlib.h>

enum mosaic_kind { MOSAIC_NOTHING, MOSAIC_TEXT, MOSAIC_NUMBER, MOSAIC_PERCENT };

struct mosaic_cell {
    enum mosaic_kind kind;
    enum sink_style style;
    size_t span;
    char *text; /* owned */
    int64_t scaled;
    int scale;
};

void mosaic_init(struct mosaic *mosaic, size_t rows, size_t columns)
{
    *mosaic = (struct mosaic){.row_count = rows, .column_count = columns};
    mosaic->cells = mem_new(rows * columns, sizeof *mosaic->cells);
}

void mosaic_release(struct mosaic *mosaic)
{
    for (size_t i = 0; i < mosaic->row_count * mosaic->column_count; i++)
        free(mosaic->cells[i].text);
    free(mosaic->cells);
    *mosaic = (struct mosaic){0};
}

/* The cell, emptied. */
static struct mosaic_cell *cell_at(struct mosaic *mosaic, size_t row, size_t column)
{
    struct mosaic_cell *cell = &mosaic->cells[row * mosaic->column_count + column];
    free(cell->text);
    *cell = (struct mosaic_cell){.span = 1};
    return cell;
}

void mosaic_text(struct mosaic *mosaic, size_t row, size_t column, size_t span,
                 enum sink_style style, const char *text)
{
    struct mosaic_cell *cell = cell_at(mosaic, row, column);
    cell->kind = MOSAIC_TEXT;
    cell->style = style;
    cell->span = span;
    cell->text = mem_text(text);
}

void mosaic_number(struct mosaic *mosaic, size_t row, size_t column, int64_t scaled, int scale)
{
    struct mosaic_cell *cell = cell_at(mosaic, row, column);
    cell->kind = MOSAIC_NUMBER;
    cell->scaled = scaled;
    cell->scale = scale;
}

void mosaic_percent(struct mosaic *mosaic, size_t row, size_t column, int64_t scaled, int scale)
{
    mosaic_number(mosaic, row, column, scaled, scale);
    mosaic->cells[row * mosaic->column_count + column].kind = MOSAIC_PERCENT;
}

static void write_cell(const struct mosaic_cell *cell, struct sink *sink)
{
    switch (cell->kind) {
    case MOSAIC_NOTHING:
        sink_skip(sink, 1);
        break;
    case MOSAIC_TEXT:
        sink_styled(sink, cell->style, cell->span, cell->text);
        break;
    case MOSAIC_NUMBER:
        sink_number(sink, cell->scaled, cell->scale);
        break;
    case MOSAIC_PERCENT:
        sink_percent(sink, cell->scaled, cell->scale);
        break;
    }
}

void mosaic_write(const struct mosaic *mosaic, struct sink *sink)
{
    for (size_t row = 0; row < mosaic->row_count; row++) {
        const struct mosaic_cell *cells = &mosaic->cells[row * mosaic->column_count];
        sink_begin_row(sink);
        for (size_t i = 0; i < mosaic->column_count; i += cells[i].span ? cells[i].span : 1)
            write_cell(&cells[i], sink);
        sink_end_row(sink, NULL);
    }
}
