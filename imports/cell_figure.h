/* cell_figure.h - a number as people write it: thousands separated in any way, powers of ten, and
 * what stands around it. */
#ifndef TAIZHANG_IMPORTS_CELL_FIGURE_H
#define TAIZHANG_IMPORTS_CELL_FIGURE_H

#include "core/buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* What keeps a text from being one number. */
enum cell_figure_fault {
    FIGURE_FINE,
    FIGURE_NONE,   /* it is no number at all, or written in a way that may mean two */
    FIGURE_RANGE,  /* 3-5 */
    FIGURE_BOUND,  /* 100以上 */
    FIGURE_SPREAD, /* 5±1 */
};

struct cell_figure {
    int64_t digits;     /* the number without its point; negative of a negative one */
    int decimals;       /* digits of it that stand behind the point; negative when zeros follow */
    int significant;    /* digits that were written, without zeros in front */
    bool is_noisy;      /* more than 15 of them: rounded to those that a spreadsheet knows */
    bool is_about;      /* 约, 左右 */
    const char *number; /* where its digits begin in the text that was read */
    const char *unit;   /* in the text that was read, behind the number, up to its end; "" none */
    size_t unit_length;
};

/* Reads one number with what may stand around it. `text` is clean. */
enum cell_figure_fault cell_figure_read(const char *text, struct cell_figure *figure);

/* Appends it without exponent: "-0.05". */
void cell_figure_format(const struct cell_figure *figure, struct buffer *out);

#endif
