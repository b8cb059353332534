/* xlsx.h - what the files sink_xlsx.c and xlsx_*.c share; no others know libxlsxwriter.
 *
 * In the library's constant-memory mode a row goes to a temporary file as soon as a cell of a
 * later row is written. What concerns a row (its height, its merged cells) must be said before. A
 * merged area over two rows is declared while the lower one is current: the library then only
 * adds blanks to the lower row and leaves the upper one, already written, as it is. */
#ifndef TAIZHANG_EXPORTS_XLSX_H
#define TAIZHANG_EXPORTS_XLSX_H

#include "exports/sink_driver.h"
#include "exports/xlsx_axis.h"
#include "exports/xlsx_look.h"
#include "exports/xlsx_pages.h"

#include "core/buffer.h"

enum { XLSX_ROW_LIMIT = 1048576, XLSX_SHEET_LIMIT = 256 };

/* What a column asks for, looked up once. */
struct xlsx_slot {
    enum xlsx_look look; /* of text */
    lxw_format *text, *number;
    int width;  /* character cells */
    int room;   /* for characters of its look */
    int scale;  /* decimals shown */
    int digits; /* characters of the longest number so far */
};

/* A column up to the last one that is merged downwards. */
struct xlsx_held {
    struct sink_value value; /* of the row that has not been written yet */
    struct buffer text;      /* what it points to */
    struct buffer above;     /* text of the area that the row above belongs to */
    lxw_row_t first;         /* of that area */
    bool merge;              /* of the column */
};

struct xlsx {
    lxw_workbook *book;
    lxw_worksheet *sheet; /* NULL before the first one */
    struct xlsx_looks looks;
    struct xlsx_slot *slots; /* one for each column of the sheet */
    size_t slot_count;
    lxw_row_t row;       /* the current or the next one */
    lxw_row_t first_row; /* of the data */
    double height;       /* that the current row needs, in points */
    double usual_height; /* of a row whose texts all fit in one line */
    bool fixed_height;
    bool has_filter;                  /* written, or not wanted */
    uint64_t sizes[XLSX_SHEET_LIMIT]; /* bytes of the rows of each sheet */
    size_t sheet_count;
    uint64_t picture_bytes;      /* of all photos */
    struct xlsx_figures figures; /* of the page */
    struct xlsx_page_rows rows;  /* of the page, when it is tall */
    bool keep_row;               /* the current row with the next one */
    enum sink_paper paper;
    bool landscape;
    struct buffer scratch;
    struct xlsx_held *held; /* `held_most` of them, `held_count` in use: 0 if nothing is merged */
    size_t held_count, held_most;
    size_t held_open; /* columns whose areas go on, from the left */
};

/* Fails unless `code` says that all went well. */
void xlsx_check(struct sink *sink, lxw_error code);

/* Fails when the sheet is full. */
bool xlsx_has_row(struct sink *sink);

/* `text` such that no reader takes a part of it for a character code; valid until the next call. */
const char *xlsx_escape(struct xlsx *xlsx, const char *text);

void xlsx_write_text(struct sink *sink, size_t column, const char *text, enum xlsx_look look);

/* A text over `span` cells of the current row. */
void xlsx_write_across(struct sink *sink, size_t column, size_t span, const char *text,
                       enum xlsx_look look);

/* The number as the file holds it. Excel keeps 15 significant digits: more is refused. */
bool xlsx_to_double(struct sink *sink, int64_t scaled, int scale, bool percent, double *out);

int xlsx_width(const struct xlsx *xlsx, size_t column, size_t span); /* character cells */
void xlsx_set_width(struct sink *sink, size_t column, int width);
/* Notes how long a number is shown, and widens the columns whose numbers do not fit: a spreadsheet
 * shows those as ####. */
void xlsx_note_number(struct xlsx *xlsx, size_t column, int64_t scaled, int scale, int shown);
void xlsx_fit_numbers(struct sink *sink);

void xlsx_need_height(struct xlsx *xlsx, double height);
void xlsx_fit_height(struct xlsx *xlsx, const char *text, int width, enum xlsx_look look);

void xlsx_begin_row(struct sink *sink);
void xlsx_end_row(struct sink *sink);

/* A row that holds a single text over all columns. */
void xlsx_put_line(struct sink *sink, const char *text, enum xlsx_look look);

/* xlsx_table.c: title, heading and foot of `sink->table` on a sheet just begun. */
void xlsx_begin_table(struct sink *sink);
void xlsx_end_rows(struct sink *sink); /* what had to wait until the last row was known */
void xlsx_put_total(struct sink *sink, const char *label);
void xlsx_put_note(struct sink *sink, const char *text, enum sink_part part);

/* xlsx_heading.c: the rows of the heading of `sink->table`. */
void xlsx_put_heading(struct sink *sink);

/* xlsx_merge.c: columns whose equal texts are one cell. Whether an area ends is only known when the
 * next row's texts are, and it must be declared before that row is begun in the file: cells up to
 * the last such column are held back until all of them are there. */
void xlsx_begin_merges(struct sink *sink);
bool xlsx_hold(struct sink *sink, const struct sink_value *value); /* false: write it */
void xlsx_end_merges(struct sink *sink);
void xlsx_release_merges(struct xlsx *xlsx);

/* sink_xlsx.c: writes the cell of column `sink->column`. */
void xlsx_put_value(struct sink *sink, const struct sink_value *value);

/* xlsx_picture.c */
void xlsx_put_picture(struct sink *sink, const struct sink_picture *picture);

/* xlsx_chart.c */
void xlsx_put_chart(struct sink *sink, const struct sink_chart *chart);

#endif
