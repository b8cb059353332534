/* table.h - one sheet of a source file as text cells, whatever the file was.
 *
 * The whole file is read before anyone sees a cell: a damaged archive betrays itself only at its
 * end, so nothing may be stored until table_read() has returned true.
 *
 *     struct table table = {.progress = on_progress, .progress_context = &state};
 *     if (!table_read(path, NULL, &table, err))
 *         return false;
 *     for (size_t row = 0; row < table.row_count; row++)
 *         use(table.rows[row].number, table_cell(&table, row, 0));
 *     table_release(&table);
 */
#ifndef TAIZHANG_IMPORTS_TABLE_H
#define TAIZHANG_IMPORTS_TABLE_H

#include "core/buffer.h"
#include "core/error.h"

#include <stddef.h>
#include <stdint.h>

/* The limits of a worksheet (ECMA-376, Excel specifications), held for .csv as well, and the size
 * above which no inventory is meant. */
enum {
    TABLE_MAX_LOOKS = 200000, /* cells of a blank form; those behind them are not told of */
    TABLE_MAX_ROWS = 1048576,
    TABLE_MAX_COLUMNS = 16384,
    TABLE_MAX_CHARACTERS = 32767, /* of one cell, in UTF-16 units as Excel counts */
    TABLE_MAX_CELLS = 50000000,
    TABLE_MAX_MERGES = 1000000,
    TABLE_MAX_IMAGES = 100000,
    TABLE_MAX_FILE = 1 << 30,        /* bytes */
    TABLE_MAX_IMAGE_FILE = 50 << 20, /* bytes of one picture */
};

struct zip;
struct conversion;

/* Rows in which every cell is empty are left out; `number` says where a row stands in the file. */
struct table_row {
    uint32_t number; /* 1-based, as a spreadsheet program shows it */
    uint32_t first;  /* index in `cells` of its first column */
    uint32_t count;  /* cells up to the last one that is not empty */
    uint16_t height; /* points, rounded; 0: the usual */
    bool sized;      /* somebody has set it; else it follows from the text */
    bool hidden;
};

struct table_column {
    uint16_t width; /* character cells, rounded; 0: the usual */
    bool hidden;
};

/* A picture on the sheet, by the cell under its upper left corner; also one that lies in a cell, as
 * WPS and newer Excel keep them: such a cell has no text. */
struct table_image {
    uint32_t row;    /* 1-based, compare with table_row.number */
    uint32_t column; /* 0-based */
    char *part;      /* its name inside of the file; owned by the table */
};

/* A merged area; only its top left cell holds text. Areas may overlap in a hostile file. */
struct table_merge {
    uint32_t first_row, last_row;       /* 1-based, compare with table_row.number */
    uint32_t first_column, last_column; /* 0-based, as for table_cell() */
};

/* How cells of one style look. */
struct table_style {
    char *font;    /* its name, "" not said; owned by the table */
    uint16_t size; /* tenths of a point; 0 not said */
    bool bold, shaded, centred;
};

/* A cell of the sheet, also one without text, by its style. */
struct table_look {
    uint32_t row;    /* 1-based, compare with table_row.number */
    uint32_t column; /* 0-based */
    uint32_t style;  /* index in table.styles */
    uint16_t height; /* of its row where somebody has set it, points; 0: nobody has */
};

struct table_sheet {
    char *name; /* owned by the table */
    bool hidden;
};

/* Called now and then with the work done so far; `total` may be estimated. Returning false makes
 * table_read() give up with ERROR_CANCELLED. */
typedef bool table_progress(void *context, int64_t done, int64_t total);

struct table;

/* Called with each sheet in turn; it may look at the table but not keep anything of it. */
typedef void table_visit(void *context, const struct table *table);

/* Called once the top of each sheet was shown: index of the one to be read whole, or sheet_count
 * for the first visible one that holds data. */
typedef size_t table_choose(void *context, const struct table *table);

struct table {
    /* Set by the caller before table_read(); may be NULL and 0. */
    table_progress *progress;
    void *progress_context;
    size_t most_rows; /* only so many rows from the top are read, to look at the heading; areas and
                         whatever else stands behind the cells of a longer sheet are not. 0: all */
    table_visit
        *visit; /* every sheet is read, also the hidden ones, and shown; the last one stays */
    table_choose *choose; /* of several visible sheets, when none is named: only the top of each is
                             shown to `visit`, and the one that is chosen is read whole */
    void *visit_context;  /* of both */
    bool with_looks;      /* also what cells look like: `looks` and `styles`, .xlsx only */
    struct conversion *conversion; /* where a file that was converted stays for the next table_read
                                      of the same path (convert.h); NULL: it is removed */

    char *text; /* every distinct text, each with a NUL behind it; text[0] is "" */
    size_t text_length, text_capacity;
    uint32_t *cells; /* offsets in `text`; 0 for an empty cell */
    size_t cell_count, cell_capacity;
    struct table_row *rows; /* ascending by number */
    size_t row_count, row_capacity;
    uint32_t column_count;      /* of the widest row */
    struct table_merge *merges; /* in file order */
    size_t merge_count, merge_capacity;
    struct table_column *columns; /* as far as the file describes them; .xlsx only */
    size_t described_columns;
    struct table_image *images; /* ascending by row, then column */
    size_t image_count, image_capacity;
    struct zip *archive;      /* open for table_save_image() while there are images, else NULL */
    struct table_look *looks; /* in file order; only when asked for */
    size_t look_count, look_capacity;
    struct table_style *styles;
    size_t style_count;
    uint16_t row_height; /* of rows that say nothing themselves, points; 0 unknown */
    bool first_1904;     /* days are counted from 1904 */
    int paper;           /* as in the file: 8 is A3, 9 is A4; 0 unknown */
    bool is_landscape;
    bool has_panes;         /* rows or columns stay in view */
    uint16_t fixed_columns; /* as many of them; 0 none */
    bool is_converted;      /* from .xls, .et or .ods, by LibreOffice */

    struct table_sheet *sheets; /* all worksheets in tab order; none for .csv */
    size_t sheet_count, sheet_capacity;
    char *sheet; /* name of the sheet that was read; "" for .csv */

    /* Formulas that were never calculated have no value to read and count as empty cells. */
    size_t uncalculated_count;
    uint32_t uncalculated_row; /* number of the first such row, 0 when there is none */

    unsigned char *filled; /* a bit for each of `cells` that merge_fill_down() wrote */
    size_t filled_size;    /* bytes */
};

/* Reads a .xlsx or .csv/.tsv file, and through LibreOffice, where it is installed, .xls, .et and
 * .ods (convert.h); the content decides, not the name. `sheet` names a worksheet (a
 * hidden one too); NULL takes the first visible one that holds data. Only the fields of
 * `table` that the caller sets are looked at. On failure nothing needs releasing, and the sentence
 * starts with the file's name. Errors: ERROR_MISSING (no such file or sheet), ERROR_IO (not
 * readable), ERROR_FORMAT (not a table, damaged or beyond the limits), ERROR_USAGE (a sheet asked
 * of .csv), ERROR_CANCELLED.
 *
 * Cells come out as a person would type them: dates as 2025-01-31 or 2025-01-31 08:30, numbers
 * without binary noise, percentages as 6%, integers of more than 15 digits exactly as stored. */
bool table_read(const char *path, const char *sheet, struct table *table, struct error *err);

void table_release(struct table *table);

/* Whether the text of the cell was written there from a merged cell above, by merge_fill_down(). */
bool table_is_filled(const struct table *table, size_t row, size_t column);

/* Writes picture `index` into `folder` as a new file ("第12行图片3.png") and appends its path. What
 * it is, and so its ending, is told by its bytes; nothing inside of the workbook names a file.
 * ERROR_FORMAT when it is no picture of a usual kind, damaged, or larger than
 * TABLE_MAX_IMAGE_FILE; ERROR_IO when it could not be written. Nothing is left behind then. */
bool table_save_image(const struct table *table, size_t index, const char *folder,
                      struct buffer *path, struct error *err);

/* Appends the name without folder that picture `index` gets: "第12行图片3.png". */
void table_name_image(const struct table *table, size_t index, const char *ending,
                      struct buffer *name);

/* Text of a cell, "" when there is none. `row` is an index in `rows`, `column` counts from 0. */
const char *table_cell(const struct table *table, size_t row, size_t column);

#endif
