/* xlsx_look.h - the look of a workbook: formats, heights, widths, paper. */
#ifndef TAIZHANG_EXPORTS_XLSX_LOOK_H
#define TAIZHANG_EXPORTS_XLSX_LOOK_H

#include "exports/sink.h"

#include <xlsxwriter.h>

/* Every format of a cell. The first ones are those of enum sink_style. */
enum xlsx_look {
    XLSX_TITLE = SINK_STYLE_TITLE,
    XLSX_HEADING = SINK_STYLE_HEADING,
    XLSX_CELL = SINK_STYLE_CELL,
    XLSX_UNIT_LEFT = SINK_STYLE_COUNT,
    XLSX_UNIT_RIGHT,
    XLSX_TEXT,   /* of a table, left */
    XLSX_CENTRE, /* text in a column of numbers or dates */
    XLSX_DATE,
    XLSX_TOTAL_LABEL,
    XLSX_WRONG, /* text that must be mended */
    XLSX_TEMPLATE_TITLE, /* of a form, at its left: it may be wider than the screen */
    XLSX_TEMPLATE_NOTE,
    XLSX_REQUIRED,   /* heading over what must be filled in */
    XLSX_INPUT_TEXT, /* cells of a protected sheet that are open to be filled in */
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
    lxw_format *plain[XLSX_LOOK_COUNT];
    lxw_format *numbers[XLSX_NUMBERS][2][XLSX_SCALES]; /* look, percent, scale */
};

/* Formats are made when first asked for and belong to the workbook. */
lxw_format *xlsx_look(struct xlsx_looks *looks, enum xlsx_look look);
lxw_format *xlsx_number_look(struct xlsx_looks *looks, enum xlsx_look look, bool percent,
                             int scale);

/* Points that `lines` lines of text need in a row of this look. */
double xlsx_row_height(enum xlsx_look look, int lines);

/* Width that holds `cells` character cells of the body font. */
double xlsx_column_width(int cells);

void xlsx_set_paper(lxw_worksheet *sheet, enum sink_paper paper, bool landscape);

#endif
