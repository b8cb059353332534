/* form.h - a blank form from elsewhere, taken apart: what stands above the heading, the heading
 * itself, what stands below the rows, widths and paper. */
#ifndef TAIZHANG_EXPORTS_FORM_H
#define TAIZHANG_EXPORTS_FORM_H

#include "exports/sink.h"
#include "imports/heading.h"

struct form_lines {
    char **items; /* owned */
    size_t count, capacity;
};

struct form_column {
    char *label;  /* as it stands there; owned */
    char *group;  /* "土壤/表层" as in struct sink_column, "" none; owned */
    char *number; /* in a row of numbers below the heading; "" none; owned */
    char *unit;   /* that the heading states; "" none; owned */
    char *text;   /* all its headings on one line, as struct heading_column has it; owned */
    char *chosen; /* what a person wants there, named as in a layout; NULL nothing said; owned */
    uint32_t at;  /* column of the sheet, counted from 0 */
    int width;    /* character cells */
    bool centred; /* rows to be filled in stand so */
    enum heading_match match;
    const struct field *field; /* of HEADING_FIELD and HEADING_NEAR; NULL else, and of a chosen
                                  column that is no field */
};

/* A row in the body of the form, which ought to be blank: an example. */
struct form_sample {
    uint32_t row; /* as a spreadsheet shows it */
    char *text;   /* its first text; owned */
};

struct form {
    const struct reg *reg;
    char *sheet;                                /* its name; owned */
    char *title, *left, *right, *total, *empty; /* NULL none; owned */
    struct form_lines heads, above, below, signatures;
    struct form_column *columns; /* owned */
    size_t column_count;
    double heights[SINK_HEADING_ROWS]; /* points; 0: not said */
    bool is_a3, portrait;
    struct sink_font fonts[SINK_PART_COUNT]; /* where a part does not look as usual */
    char *font_names[SINK_PART_COUNT];       /* owned */
    uint32_t part_rows[SINK_PART_COUNT];     /* first row of each, from 1; 0 there is none */
    uint32_t total_row;                      /* the same of the sums */
    bool has_panes;                          /* the form says how many columns stay in view */
    size_t fixed;                            /* these */
    struct form_sample *samples;             /* owned */
    size_t sample_count, sample_capacity;
    size_t hidden_columns; /* left out */
};

/* Reads sheet `sheet` (NULL: the first with something on it) of the workbook as a form of `reg`.
 * `form` is initialised in every case. ERROR_FORMAT when there is no heading of the register, and
 * what table_read refuses. */
bool form_read(struct form *form, const char *path, const char *sheet, const struct reg *reg,
               struct error *err);
void form_release(struct form *form);

/* A person's choice: column `column` shows what a layout calls `name` (column.h), "" nothing.
 * Another column that held the same field holds none then. ERROR_USAGE when there is no such. */
bool form_choose(struct form *form, size_t column, const char *name, struct error *err);

#endif
