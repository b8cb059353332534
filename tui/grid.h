/* grid.h - a screenful of character cells, drawn from state and compared as text in tests.
 *
 * Screens draw into a grid and never to the terminal. What a name holds - escape sequences, invalid
 * UTF-8, text that runs backwards - becomes a visible, harmless character here, so nothing below
 * the grid has to be trusted. Rows and columns count from 0; drawing outside is cut off, and a wide
 * character is never cut in half.
 */
#ifndef TAIZHANG_TUI_GRID_H
#define TAIZHANG_TUI_GRID_H

#include "core/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a text means; a terminal decides how that looks. A style is one of these, with any of the
 * attributes below added by `|`. */
enum {
    STYLE_PLAIN,
    STYLE_TITLE,    /* where the user is */
    STYLE_HEADING,  /* column headings, section names */
    STYLE_RULE,     /* lines and boxes */
    STYLE_HINT,     /* explanations, units, the footer's labels */
    STYLE_KEY,      /* a key that can be pressed */
    STYLE_FIELD,    /* where something can be typed */
    STYLE_SELECTED, /* the row or answer that Enter takes */
    STYLE_ERROR,
    STYLE_WARNING,
    STYLE_CHANGED,
    STYLE_DONE,
    STYLE_COUNT,

    STYLE_BOLD = 0x10,
    STYLE_DIM = 0x20,
    STYLE_UNDERLINE = 0x40,
    STYLE_REVERSE = 0x80,
};
#define STYLE_MEANING(style) ((style)&0x0Fu)

enum colour { COLOUR_DEFAULT, COLOUR_RED, COLOUR_GREEN, COLOUR_YELLOW, COLOUR_BLUE, COLOUR_CYAN };

struct look {
    enum colour colour; /* of the letters; the background stays the terminal's own */
    unsigned attributes;
};

/* How a style looks: its own attributes and those added to it. */
struct look style_look(unsigned style);

enum { CELL_CODES = 3 };

struct cell {
    uint32_t codes[CELL_CODES]; /* a character and its combining marks, 0 behind the last */
    uint8_t width;              /* 1, 2, or 0 for the right half of a wide character */
    uint8_t style;
};

struct grid {
    int rows, columns;
    struct cell *cells;            /* owned by the whole grid; NULL in a part */
    int cursor_row, cursor_column; /* of the whole grid; -1: hidden */
    struct grid *whole;            /* NULL in the whole grid itself */
    int top, left;                 /* of a part, in the whole */
};

void grid_init(struct grid *grid, int rows, int columns);
void grid_release(struct grid *grid);
void grid_resize(struct grid *grid, int rows, int columns); /* and clears */
void grid_clear(struct grid *grid);                         /* blank, cursor hidden */

/* A window on `grid`, cut to what exists. It borrows: valid until the whole is resized. */
struct grid grid_part(struct grid *grid, int row, int column, int rows, int columns);

const struct cell *grid_cell(const struct grid *grid, int row, int column);

/* Columns that a character takes when drawn: 2, 1, or 0 for a mark that joins the one before.
 * Unlike text_char_width this counts the substitutes of what may not reach a terminal. */
int grid_char_width(uint32_t code);
int grid_text_width(const char *text);

/* Draws `text` in at most `width` columns, with "…" at the end when it did not fit. Line breaks
 * and tabs are drawn as blanks. Returns the columns used. */
int grid_text(struct grid *grid, int row, int column, int width, unsigned style, const char *text);

int grid_printf(struct grid *grid, int row, int column, int width, unsigned style,
                const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Ends at the right edge of the `width` columns. A text that does not fit is drawn as by
 * grid_text. Returns the column where it begins. */
int grid_text_right(struct grid *grid, int row, int column, int width, unsigned style,
                    const char *text);

/* A number whose decimal point, written or not, has `fraction` columns to its right. A number that
 * does not fit is never shown shortened: the field is filled with '#'. */
void grid_number(struct grid *grid, int row, int column, int width, int fraction, unsigned style,
                 const char *text);

/* Draws lines `first`... of `text`, wrapped at `grid`'s width, into `grid`. Line breaks are kept, a
 * closing mark never begins a line, Latin words stay whole where they fit. Returns how many lines
 * the whole text has; with `rows` of 0 it only counts. */
int grid_wrap(struct grid *grid, int first, unsigned style, const char *text);

void grid_fill(struct grid *grid, int row, int column, int rows, int columns, uint32_t code,
               unsigned style);
void grid_rule(struct grid *grid, int row);
void grid_box(struct grid *grid); /* a line around its edge; the inside is cleared */

/* Gives cells that are drawn already another style: the selected row. Errors and warnings keep
 * their colour; the attributes are added. */
void grid_restyle(struct grid *grid, int row, int column, int columns, unsigned style);

void grid_show_cursor(struct grid *grid, int row, int column);
void grid_hide_cursor(struct grid *grid);

/* Same size, cells and cursor. */
bool grid_equal(const struct grid *a, const struct grid *b);
void grid_copy(struct grid *to, const struct grid *from); /* `to` takes the size of `from` */

/* One line a row, trailing blanks cut. */
void grid_to_text(const struct grid *grid, struct buffer *out);

#endif
