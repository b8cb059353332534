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
    int width;    /* character cells */
    enum heading_match match;
    const struct field *field; /* of HEADING_FIELD and HEADING_NEAR; NULL else */
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
    struct form_sample *samples; /* owned */
    size_t sample_count, sample_capacity;
    size_t hidden_columns; /* left out */
};

/* Reads sheet `sheet` (NULL: the first with something on it) of the workbook as a form of `reg`.
 * `form` is initialised in every case. ERROR_FORMAT when there is no heading of the register, and
 * what table_read refuses. */
bool form_read(struct form *form, const char *path, const char *sheet, const struct reg *reg,
               struct error *err);
void form_release(struct form *form);

#endif
