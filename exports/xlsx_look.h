/* xlsx_look.h - the look of a workbook: formats, heights, widths, paper. */
#ifndef TAIZHANG_EXPORTS_XLSX_LOOK_H
#define TAIZHANG_EXPORTS_XLSX_LOOK_H

#include "exports/sink.h"

#include <xlsxwriter.h>

/* Every format of a cell. The first ones are those of enum sink_style. No two are equal: the
 * library numbers an equal one anew with every cell, for a fifth of the time of a large workbook.
 */
enum xlsx_look {
    XLSX_TITLE = SINK_STYLE_TITLE,
    XLSX_HEADING = SINK_STYLE_HEADING,
    XLSX_TEXT = SINK_STYLE_LABEL,      /* of a table, left */
    XLSX_CENTRE = SINK_STYLE_CELL,     /* text in a column of numbers or dates */
    XLSX_UNIT_LEFT = SINK_STYLE_COUNT, /* at the margins over a table */
    XLSX_UNIT_RIGHT,
    XLSX_HEADS, /* lines over and under it */
    XLSX_NOTES,
    XLSX_SIGNATURES,
    XLSX_DATE,
    XLSX_TOTAL_LABEL,
    XLSX_WRONG,          /* text that must be mended */
    XLSX_TEMPLATE_TITLE, /* of a form, at its left: it may be wider than the screen */
    XLSX_REQUIRED,       /* heading over what must be filled in */
    XLSX_INPUT_TEXT,     /* cells of a protected sheet that are open to be filled in */
    XLSX_INPUT_DATE,
    XLSX_BELOW_TEXT, /* the same below those that are printed empty */
    XLSX_BELOW_DATE,
    XLSX_NUMBER,        /* right */
    XLSX_NUMBER_CENTRE, /* a serial number, a year */
    XLSX_NUMBER_TOTAL,
    XLSX_INPUT_NUMBER,
    XLSX_BELOW_NUMBER,
    XLSX_LOOK_COUNT
};

enum { XLSX_SCALES = 10, XLSX_NUMBERS = XLSX_LOOK_COUNT - XLSX_NUMBER };

struct xlsx_looks {
    lxw_workbook *book;
    const struct sink_font *fonts; /* of the table being written, by part; NULL: the usual ones */
    bool dense;                    /* rows as low as their texts allow */
    /* Those asked for so far, of the present fonts. */
    lxw_format *plain[XLSX_LOOK_COUNT];
    lxw_format *numbers[XLSX_NUMBERS][2][XLSX_SCALES]; /* look, percent, scale */
    struct xlsx_made *made;                            /* all of the workbook; owned */
    size_t made_count, made_capacity;
};

/* From here on these fonts; they stay until the next call. */
void xlsx_looks_use(struct xlsx_looks *looks, const struct sink_font *fonts, bool dense);
void xlsx_looks_release(struct xlsx_looks *looks);

/* Formats are made when first asked for and belong to the workbook. */
lxw_format *xlsx_look(struct xlsx_looks *looks, enum xlsx_look look);
lxw_format *xlsx_number_look(struct xlsx_looks *looks, enum xlsx_look look, bool percent,
                             int scale);

/* Points that `lines` lines of text need in a row of this look. */
double xlsx_row_height(const struct xlsx_looks *looks, enum xlsx_look look, int lines);

/* How many character cells of this look have room in columns of `cells` of the body font. */
int xlsx_room(const struct xlsx_looks *looks, enum xlsx_look look, int cells);

/* Width that holds `cells` character cells of the body font. */
double xlsx_column_width(int cells);

/* What that takes on paper, in points. */
double xlsx_column_points(int cells);

/* Points of rows that one sheet of paper holds when all columns, `width` points, are on it. */
double xlsx_paper_room(enum sink_paper paper, bool landscape, double width);

void xlsx_set_paper(lxw_worksheet *sheet, enum sink_paper paper, bool landscape);

#endif
