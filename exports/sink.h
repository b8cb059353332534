/* sink.h - where an export writes its tables and pages: .xlsx, .csv or .json, by the suffix.
 *
 * A document is a sequence of tables (sheets with a heading and rows) and pages (free-form sheets:
 * a cover, a summary with charts). Everything is written once, from top to bottom and from left to
 * right; nothing written is kept, so a table may have a million rows.
 *
 *     sink_open(&sink, path, &options, err)
 *     sink_begin_table(sink, &table);
 *     for every row: sink_begin_row(sink); sink_text(sink, ...); ... sink_end_row(sink, err)
 *     sink_total_row(sink, "合计");
 *     sink_line(sink, "填表人：……");
 *     sink_commit(&sink, err)
 *
 * Errors: like a stdio stream, a sink remembers the first error and ignores everything after it.
 * sink_end_row and sink_commit report it; a report needs no other check. No error ever leaves a
 * cut file: the target is replaced by sink_commit alone, and only when all went well.
 *
 * Texts are UTF-8 and copied at once. A `struct sink_table` or `sink_page` with what it points to
 * must stay until sink_end_sheet, the next begin, or the commit.
 */
#ifndef TAIZHANG_EXPORTS_SINK_H
#define TAIZHANG_EXPORTS_SINK_H

#include "core/error.h"

#include <stddef.h>
#include <stdint.h>

struct sink;
struct proof;

struct sink_options {
    int64_t created;     /* Unix time that the document names; equal data gives equal bytes */
    const char *title;   /* document properties of a workbook; each may be NULL */
    const char *author;  /* the bureau */
    size_t tables;       /* how many tables will follow; 0 means 1 */
    const char *only;    /* name or key of the table that a .csv takes; NULL: there is only one */
    struct proof *proof; /* gets what a workbook must say when it is read back; NULL: nobody asks */
};

enum sink_format {
    SINK_TEXT, /* also codes: 18 digits stay 18 digits */
    SINK_INTEGER,
    SINK_DECIMAL, /* `scale` decimals are shown, all are kept */
    SINK_PERCENT, /* values are percent points: 12.5 is shown as 12.5%; `scale` decimals */
    SINK_DATE,
};

struct sink_column {
    const char *key;   /* English, for .json */
    const char *group; /* heading above neighbouring columns of the same group, a path of up to two
                          levels: "土壤/表层" (heading_path.h); NULL none */
    const char *label;
    const char *unit; /* shown as 标签（单位）; NULL none */
    enum sink_format format;
    int scale;   /* 0..9 */
    int width;   /* character cells, a Han character takes two; 0: as wide as the heading asks */
    bool centre; /* short texts, serial numbers; else texts stand left and numbers right */
    bool total;  /* summed up by sink_total_row */
    const char *number; /* in a row below the labels: "甲", "1"; NULL none */
    bool merge; /* equal texts below each other are one cell, as far as those left of it are */
};

enum sink_paper { SINK_A4, SINK_A3 };

enum { SINK_HEADING_ROWS = 3 }; /* the most rows of a heading: two of groups, one of labels */

struct sink_lines {
    const char *const *items;
    size_t count;
};

/* The parts of a table of which a form may say how they look. */
enum sink_part {
    SINK_HEADS = 1,
    SINK_TITLE,
    SINK_MARGINS, /* left and right */
    SINK_HEADING,
    SINK_BODY, /* rows and sums */
    SINK_NOTES,
    SINK_SIGNATURES,
    SINK_PART_COUNT
};

enum sink_wish { SINK_AS_USUAL, SINK_YES, SINK_NO };

/* Tenths of a point, and characters of a name: a spreadsheet takes no longer one. */
enum { SINK_FONT_SMALLEST = 50, SINK_FONT_LARGEST = 720, SINK_FONT_NAME = 31 };

/* How a part looks where it is not the usual way. */
struct sink_font {
    const char *name; /* NULL: the usual one */
    int size;         /* tenths of a point; 0: the usual one */
    enum sink_wish bold, shaded;
    double height; /* points of a row with one line of text, and at least; 0: as the text needs */
};

struct sink_table {
    const char *name;        /* of the sheet: at most 31 characters, none of []:*?/\ */
    const char *key;         /* English, for .json with several tables; NULL: the name */
    struct sink_lines heads; /* lines above the title: 附件2 */
    const char *title;       /* above the table; NULL none */
    const char *left;        /* small, under the title: 填报单位, 单位; NULL none */
    const char *right;       /* the same at the right margin: 填报日期; NULL none */
    struct sink_lines notes; /* lines between those and the heading */
    const struct sink_column *columns;
    size_t column_count;
    double heading_heights[SINK_HEADING_ROWS]; /* points of its rows; 0: as the texts need */
    struct sink_font fonts[SINK_PART_COUNT];
    size_t fixed; /* identifying columns that stay in view */
    enum sink_paper paper;
    bool portrait;
    bool filter; /* filter buttons in the heading */
};

/* Chooses the kind by the suffix of `path` (.xlsx .csv .json); NULL writes nowhere. The previous
 * file stays as it is until sink_commit. */
bool sink_open(struct sink **sink, const char *path, const struct sink_options *options,
               struct error *err);

/* Ends the document and puts it in the place of `path`. `*sink` is released in every case. */
bool sink_commit(struct sink **sink, struct error *err);

/* Gives up: `path` is as before, nothing is left beside it. `*sink` may be NULL. */
void sink_abort(struct sink **sink);

void sink_begin_table(struct sink *sink, const struct sink_table *table);

enum { SINK_MOST_COLUMNS = 16384 }; /* of a sheet */

/* Whether a sheet may be called so. */
bool sink_check_name(const char *name, struct error *err);

/* Whether a sheet of that name was begun. */
bool sink_has_sheet(const struct sink *sink, const char *name);

/* Cells follow in column order; what is missing at the end of a row is empty. */
void sink_begin_row(struct sink *sink);
void sink_text(struct sink *sink, const char *text);            /* NULL and "": empty */
void sink_number(struct sink *sink, int64_t scaled, int scale); /* scaled / 10^scale, exact */
void sink_date(struct sink *sink, const char *date);            /* "2026-06-15"; "": empty */
void sink_empty(struct sink *sink);

/* The text or empty cell that comes next is wrong: it is red, and `note`, which stays until then,
 * tells why. For people: .csv and .json leave it out. */
void sink_mark(struct sink *sink, const char *note);
bool sink_end_row(struct sink *sink, struct error *err);

/* What follows the rows is for people: .csv and .json leave it out. The total row shows the exact
 * sum of every `total` column; a workbook gets it as a SUM formula with its value, or a stroke
 * where rows are but none has a number. */
void sink_total_row(struct sink *sink, const char *label);
void sink_line(struct sink *sink, const char *text);      /* over the whole width, wrapped */
void sink_signature(struct sink *sink, const char *text); /* the same, of who signs */

/* The usual font of a part, its size in tenths of a point, whether it is bold and shaded. */
struct sink_font sink_usual_font(enum sink_part part);

/* Pages: each is printed on one sheet of paper, unless it is `tall`. .csv and .json leave them out.
 */

enum sink_style {
    SINK_STYLE_COVER,    /* very large, centred */
    SINK_STYLE_TITLE,    /* of a sheet */
    SINK_STYLE_SUBTITLE, /* of a block, left */
    SINK_STYLE_CENTRE,   /* large plain text, centred: bureau and date of a cover */
    SINK_STYLE_FILLED,   /* the same on a line: what is filled in on a cover */
    SINK_STYLE_HEADING,  /* of a small table: bordered, grey, centred */
    SINK_STYLE_LABEL,    /* first cell of a row: bordered, left */
    SINK_STYLE_CELL,     /* bordered, centred */
    SINK_STYLE_NOTE,     /* small, left, no border */
    SINK_STYLE_BODY,     /* of a letter: left, no border */
    SINK_STYLE_CLOSING,  /* of a letter: right, no border */
    SINK_STYLE_COUNT
};

struct sink_page {
    const char *name;  /* as in struct sink_table */
    const int *widths; /* character cells of each column */
    size_t column_count;
    enum sink_paper paper;
    bool landscape;
    bool dense;   /* rows as low as their texts allow */
    bool centred; /* in the middle of the paper, as a cover is */
    bool tall; /* as wide as the paper, on as many sheets of it as its rows need; what exceeds one
                  only by a little is made to fit */
};

void sink_begin_page(struct sink *sink, const struct sink_page *page);

/* On a page a row consists of these and of sink_text (style CELL), sink_number, sink_date. */
void sink_styled(struct sink *sink, enum sink_style style, size_t span, const char *text);
void sink_percent(struct sink *sink, int64_t scaled, int scale); /* percent points */
void sink_skip(struct sink *sink, size_t cells);
void sink_skip_rows(struct sink *sink, size_t rows);
void sink_row_height(struct sink *sink,
                     double points); /* of the row begun; else it fits its text */

/* The row begun is printed on the page of the next one: a heading with what stands under it. */
void sink_keep_row(struct sink *sink);

/* Number of the row begun, or else of the next one, counted from 0 on this sheet: what ranges of
 * charts are made of. 0 where sheets have no rows of their own (.csv, .json). */
size_t sink_row(const struct sink *sink);

enum sink_chart_kind { SINK_COLUMNS, SINK_BARS, SINK_PIE, SINK_LINES };

/* Cells already written on the current page or table. */
struct sink_range {
    size_t first_row, first_column, last_row, last_column;
};

struct sink_series {
    const char *name; /* NULL for a pie */
    struct sink_range values;
};

struct sink_chart {
    enum sink_chart_kind kind;
    const char *title;
    const char *value_title; /* of the value axis: the unit; NULL none */
    bool percent;            /* the values are percentages */
    size_t row, column;      /* the cell under its upper left corner */
    int width, height;       /* pixels at 96 dpi; a row without text has 20 */
    struct sink_range categories;
    const struct sink_series *series;
    size_t series_count;
};

void sink_chart(struct sink *sink, const struct sink_chart *chart);

/* A photo on the current page, over rows that have no text (sink_skip_rows). */
struct sink_picture {
    const char *path;        /* what picture_read accepts; stays there until the commit */
    const char *description; /* for who cannot see it; NULL none */
    size_t row, column;      /* the cell under its upper left corner */
    int x, y;                /* pixels from that cell's corner */
    int width, height;       /* pixels at 96 dpi; a row without text has 20 */
};

void sink_put_picture(struct sink *sink, const struct sink_picture *picture);

/* Nothing more follows on this table or page; its description is not needed any longer. Optional.
 */
void sink_end_sheet(struct sink *sink);

#endif
