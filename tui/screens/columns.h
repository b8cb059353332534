/* columns.h - which fields of a register a list shows, and how wide: as many as the window has room
 * for, the name first. */
#ifndef TAIZHANG_TUI_SCREENS_COLUMNS_H
#define TAIZHANG_TUI_SCREENS_COLUMNS_H

#include "core/lookup.h"
#include "core/record.h"
#include "tui/grid.h"

enum { COLUMNS_MOST = 24 };

struct column {
    const struct field *field;
    int at, width;
    int fraction; /* decimals of the longest number drawn, for the decimal points to stand in line
                   */
};

struct columns {
    struct column items[COLUMNS_MOST];
    size_t count;
};

/* Lays out columns from `left` to `right`. `one_region`: the bureau is of one county, whose column
 * says the same in nearly every row and gives way to the others. */
void columns_lay_out(struct columns *columns, const struct reg *reg, bool one_region, int left,
                     int right);

/* The same for records that hang on one record: without the field that would say the same in every
 * row, and as wide as there is room. */
void columns_lay_out_below(struct columns *columns, const struct reg *reg, const char *without,
                           int left, int right);

/* Makes room for the decimals of a record's numbers. */
void columns_measure(struct columns *columns, const struct record *record);

/* `order`: the field that the list is sorted by. */
void columns_draw_heading(const struct columns *columns, struct grid *area, const char *order,
                          bool descending);

void columns_draw_row(const struct columns *columns, const struct record *record,
                      const struct lookup *lookup, struct grid *area);

#endif
