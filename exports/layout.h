/* layout.h - how a filing workbook looks, read from a CSV of data/layouts/.
 *
 * The first cell of a row says what the row is; rows that begin with # and empty rows are comments.
 *
 *     封面,{地区}重金属污染防控年度报送    title of the workbook
 *     表,全口径清单                        begins a sheet, named so
 *     清单,enterprise                      the register it shows, before any column
 *     标题,… / 左上,… / 右上,…             above the table
 *     筛选,status!=关闭                    only these records, as `list --where` takes them
 *     纳入,entered_on / 移出,removed_on    see struct listing
 *     纸张,A3                              A3 or A4 (landscape); else A4
 *     固定列,2                             columns that stay in view
 *     列,name,企业名称,分组,24,单位        a column, see below
 *     合计,合计                            label of the total row; without it there is none
 *     键,voided_transfer                   what .json calls it; without it the register's name
 *     空表,本年度无                        what stands in a list without records
 *     签名,填表人：{填表人}                a line below the table; there may be several
 *
 * A column is named as column.h says. Heading, group, width and unit follow where they should not
 * be the field's own; - means none. Two more cells, such as "limit_state=已核" and "限值未核", show
 * what is filled in only while the field named has the value, and else the text.
 */
#ifndef TAIZHANG_EXPORTS_LAYOUT_H
#define TAIZHANG_EXPORTS_LAYOUT_H

#include "exports/listing.h"

enum { LAYOUT_MAX_LINES = 8 };

struct layout_sheet {
    const char *name;
    const char *title, *left, *right; /* with placeholders (run.h); NULL none */
    enum sink_paper paper;
    size_t fixed;
    const char *total, *empty; /* NULL none */
    const char *key;           /* NULL: the register's name */
    const char *lines[LAYOUT_MAX_LINES];
    size_t line_count;
    struct listing listing;
    struct column *columns; /* owned; listing.columns */
    size_t capacity;
};

struct layout {
    char *text; /* everything points into it; owned */
    const char *cover;
    struct layout_sheet *sheets; /* owned */
    size_t sheet_count, capacity;
};

/* Reads data file `name` ("layouts/annual.csv"). An error names the file and the line. `layout` is
 * initialised in every case. */
bool layout_read(struct layout *layout, const char *name, struct error *err);

/* The same from a text; `name` is only named in errors. */
bool layout_parse(struct layout *layout, const char *name, const char *text, struct error *err);

void layout_release(struct layout *layout);

/* How many sheets data file `name` has. */
bool layout_count_sheets(const char *name, size_t *count, struct error *err);

/* How many records the lists of all sheets have. */
bool layout_count_records(const struct layout *layout, struct store *store, size_t *count,
                          struct error *err);

/* Writes one sheet with its title, rows, total row and lines. */
bool layout_write_sheet(const struct layout_sheet *sheet, struct run *run, struct error *err);

/* Writes all sheets in their order. */
bool layout_write_sheets(const struct layout *layout, struct run *run, struct error *err);

#endif
