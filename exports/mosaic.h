/* mosaic.h - small tables side by side on a page of the sink, which takes cells only row by row. */
#ifndef TAIZHANG_EXPORTS_MOSAIC_H
#define TAIZHANG_EXPORTS_MOSAIC_H

#include "exports/sink.h"

struct mosaic_cell;

struct mosaic {
    size_t row_count, column_count;
    struct mosaic_cell *cells; /* row by row; owned */
};

void mosaic_init(struct mosaic *mosaic, size_t rows, size_t columns);
void mosaic_release(struct mosaic *mosaic);

/* A text, copied, over `span` cells. */
void mosaic_text(struct mosaic *mosaic, size_t row, size_t column, size_t span,
                 enum sink_style style, const char *text);
void mosaic_number(struct mosaic *mosaic, size_t row, size_t column, int64_t scaled, int scale);
void mosaic_percent(struct mosaic *mosaic, size_t row, size_t column, int64_t scaled, int scale);

/* Writes all rows to the page that the sink has begun. */
void mosaic_write(const struct mosaic *mosaic, struct sink *sink);

#endif
