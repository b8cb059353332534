#include "tui/grid.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct look style_look(unsigned style)
{
    static const struct look looks[STYLE_COUNT] = {
        [STYLE_PLAIN] = {COLOUR_DEFAULT, 0},
        [STYLE_TITLE] = {COLOUR_CYAN, STYLE_BOLD},
        [STYLE_HEADING] = {COLOUR_CYAN, 0},
        [STYLE_RULE] = {COLOUR_BLUE, 0},
        [STYLE_HINT] = {COLOUR_DEFAULT, STYLE_DIM},
        [STYLE_KEY] = {COLOUR_DEFAULT, STYLE_BOLD},
        [STYLE_FIELD] = {COLOUR_DEFAULT, STYLE_UNDERLINE},
        [STYLE_SELECTED] = {COLOUR_DEFAULT, STYLE_REVERSE},
        [STYLE_ERROR] = {COLOUR_RED, STYLE_BOLD},
        [STYLE_WARNING] = {COLOUR_YELLOW, STYLE_BOLD},
        [STYLE_CHANGED] = {COLOUR_BLUE, STYLE_BOLD},
        [STYLE_DONE] = {COLOUR_GREEN, 0},
    };
    unsigned meaning = STYLE_MEANING(style);
    struct look look = looks[meaning < STYLE_COUNT ? meaning : STYLE_PLAIN];
    look.attributes |= style & ~0x0Fu;
    return look;
}

static struct cell blank_cell(unsigned style)
{
    return (struct cell){.codes = {' '}, .width = 1, .style = (uint8_t)style};
}

void grid_init(struct grid *grid, int rows, int columns)
{
    *grid = (struct grid){0};
    grid_resize(grid, rows, columns);
}

void grid_release(struct grid *grid)
{
    free(grid->cells);
    *grid = (struct grid){0};
}

void grid_resize(struct grid *grid, int rows, int columns)
{
    grid->rows = rows > 0 ? rows : 0;
    grid->columns = columns > 0 ? columns : 0;
    size_t count = (size_t)grid->rows * (size_t)grid->columns;
    grid->cells = mem_resize(grid->cells, count, sizeof *grid->cells);
    for (size_t i = 0; i < count; i++)
        grid->cells[i] = blank_cell(STYLE_PLAIN);
    grid_hide_cursor(grid);
}

void grid_clear(struct grid *grid)
{
    grid_fill(grid, 0, 0, grid->rows, grid->columns, ' ', STYLE_PLAIN);
    grid_hide_cursor(grid);
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

struct grid grid_part(struct grid *grid, int row, int column, int rows, int columns)
{
    int top = clamp(row, 0, grid->rows), left = clamp(column, 0, grid->columns);
    return (struct grid){
        .rows = clamp(rows, 0, grid->rows - top),
        .columns = clamp(columns, 0, grid->columns - left),
        .whole = grid->whole ? grid->whole : grid,
        .top = grid->top + top,
        .left = grid->left + left,
    };
}

static struct cell *cell_at(const struct grid *grid, int row, int column)
{
    const struct grid *whole = grid->whole ? grid->whole : grid;
    return whole->cells + (ptrdiff_t)(grid->top + row) * whole->columns + grid->left + column;
}

const struct cell *grid_cell(const struct grid *grid, int row, int column)
{
    return cell_at(grid, row, column);
}

/* Marks that belong to the character before them. */
static bool joins(uint32_t code)
{
    return (code >= 0x300 && code <= 0x36F) || (code >= 0x20D0 && code <= 0x20F0) ||
           (code >= 0x302A && code <= 0x302D) || (code >= 0xFE00 && code <= 0xFE0F);
}

/* What is drawn for `code`: itself, or for what could steer or confuse a terminal a sign that
 * something is there. */
static uint32_t visible(uint32_t code)
{
    if (code == '\n' || code == '\t' || code == '\r')
        return ' ';
    if (code < 0x20)
        return 0x2400 + code;
    if (code == 0x7F)
        return 0x2421;
    bool line_control = (code >= 0x80 && code < 0xA0) || code == 0x2028 || code == 0x2029;
    bool isolate = code >= 0x2066 && code <= 0x2069;
    bool unseen = text_char_width(code) == 0 && !joins(code);
    return code == TEXT_INVALID || line_control || isolate || unseen ? 0xFFFD : code;
}

int grid_char_width(uint32_t code)
{
    return joins(code) ? 0 : text_char_width(visible(code));
}

int grid_text_width(const char *text)
{
    int width = 0;
    for (size_t step; *text; text += step)
        width += grid_char_width(text_decode(text, &step));
    return width;
}

/* Blanks the half that a wide character leaves behind when its other half is drawn over. */
static void mend_halves(const struct grid *grid, int row, int column)
{
    struct cell *cell = cell_at(grid, row, column);
    if (cell->width == 0)
        cell[-1] = blank_cell(cell[-1].style);
    if (cell->width == 2)
        cell[1] = blank_cell(cell[1].style);
}

static void put(const struct grid *grid, int row, int column, uint32_t code, int width,
                unsigned style)
{
    for (int i = 0; i < width; i++)
        mend_halves(grid, row, column + i);
    struct cell *cell = cell_at(grid, row, column);
    *cell = (struct cell){.codes = {code}, .width = (uint8_t)width, .style = (uint8_t)style};
    if (width == 2)
        cell[1] = (struct cell){.style = (uint8_t)style};
}

static void put_mark(struct cell *cell, uint32_t mark)
{
    for (int i = 1; i < CELL_CODES; i++)
        if (!cell->codes[i]) {
            cell->codes[i] = mark;
            return;
        }
}

/* Draws the `length` bytes, which fit in `width` columns. Columns outside the grid are skipped.
 * Returns the columns used. */
static int put_text(struct grid *grid, int row, int column, unsigned style, const char *text,
                    size_t length)
{
    int used = 0;
    struct cell *last = NULL;
    for (size_t at = 0, step; at < length; at += step) {
        uint32_t code = text_decode(text + at, &step);
        int width = grid_char_width(code);
        if (width == 0) {
            if (last)
                put_mark(last, code);
            continue;
        }
        int x = column + used;
        used += width;
        bool inside = row >= 0 && row < grid->rows && x >= 0 && x + width <= grid->columns;
        last = inside ? cell_at(grid, row, x) : NULL;
        if (inside)
            put(grid, row, x, visible(code), width, style);
    }
    return used;
}

/* The longest prefix that fits, in bytes, with the marks that belong to its last character. */
static size_t fit(const char *text, int columns)
{
    size_t at = 0;
    int used = 0;
    for (size_t step; text[at]; at += step) {
        used += grid_char_width(text_decode(text + at, &step));
        if (used > columns)
            break;
    }
    return at;
}

int grid_text(struct grid *grid, int row, int column, int width, unsigned style, const char *text)
{
    if (column + width > grid->columns)
        width = grid->columns - column;
    if (width <= 0)
        return 0;
    size_t length = fit(text, width);
    if (!text[length])
        return put_text(grid, row, column, style, text, length);
    int used = put_text(grid, row, column, style, text, fit(text, width - 1));
    return used + put_text(grid, row, column + used, style, "…", strlen("…"));
}

int grid_printf(struct grid *grid, int row, int column, int width, unsigned style,
                const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    text_cut_bytes(text, sizeof text - 1);
    return grid_text(grid, row, column, width, style, text);
}

int grid_text_right(struct grid *grid, int row, int column, int width, unsigned style,
                    const char *text)
{
    int spare = width - grid_text_width(text);
    int start = spare > 0 ? spare : 0;
    grid_text(grid, row, column + start, width - start, style, text);
    return column + start;
}

void grid_number(struct grid *grid, int row, int column, int width, int fraction, unsigned style,
                 const char *text)
{
    const char *point = strchr(text, '.');
    int behind = point ? grid_text_width(point) : 0;
    int room = fraction > 0 ? fraction + 1 : 0;
    int end = width - room + behind;
    int start = end - grid_text_width(text);
    if (start < 0 || end > width)
        start = width - grid_text_width(text);
    if (start < 0)
        grid_fill(grid, row, column, 1, width, '#', style);
    else
        grid_text(grid, row, column + start, width - start, style, text);
}

static bool is_word(uint32_t code)
{
    return code > ' ' && code < 0x300 && code != TEXT_INVALID;
}

/* Punctuation that never begins a line: it hangs on the character before it. */
static bool is_closing(uint32_t code)
{
    static const uint32_t marks[] = {0xFF0C, 0x3002, 0x3001, 0xFF1B, 0xFF1A, 0xFF01,
                                     0xFF1F, 0xFF09, 0x300B, 0x300D, 0x300F, 0x3011,
                                     0x201D, 0x2019, 0x3015, 0xFF05, 0x2026};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (marks[i] == code)
            return true;
    return false;
}

/* Whether a line may end between the characters around byte `at`. */
static bool may_break(const char *text, size_t at)
{
    size_t step;
    uint32_t before = text_decode(text + text_previous(text, at), &step);
    uint32_t after = text_decode(text + at, &step);
    return !is_closing(after) && grid_char_width(after) > 0 && !(is_word(before) && is_word(after));
}

/* The bytes of the line that begins at `text`, without its line break. */
static size_t wrap_line(const char *text, int columns)
{
    size_t length = strcspn(text, "\n");
    size_t end = fit(text, columns);
    if (end >= length)
        return length;
    size_t cut = end;
    while (cut > 0 && !may_break(text, cut))
        cut = text_previous(text, cut);
    if (cut == 0)
        cut = end;
    return cut ? cut : text_next(text, 0);
}

int grid_wrap(struct grid *grid, int first, unsigned style, const char *text)
{
    if (grid->columns <= 0)
        return 0;
    int line = 0;
    while (*text) {
        size_t length = wrap_line(text, grid->columns);
        if (line >= first && line - first < grid->rows)
            put_text(grid, line - first, 0, style, text, length);
        line++;
        text += length;
        if (*text == '\n')
            text++;
        else
            while (*text == ' ')
                text++;
    }
    return line;
}

void grid_fill(struct grid *grid, int row, int column, int rows, int columns, uint32_t code,
               unsigned style)
{
    int bottom = clamp(row + rows, 0, grid->rows),
        right = clamp(column + columns, 0, grid->columns);
    int width = grid_char_width(code);
    if (width == 0)
        return;
    for (int y = clamp(row, 0, grid->rows); y < bottom; y++)
        for (int x = clamp(column, 0, grid->columns); x + width <= right; x += width)
            put(grid, y, x, visible(code), width, style);
}

void grid_rule(struct grid *grid, int row)
{
    grid_fill(grid, row, 0, 1, grid->columns, 0x2500, STYLE_RULE);
}

void grid_box(struct grid *grid)
{
    int bottom = grid->rows - 1, right = grid->columns - 1;
    if (bottom < 1 || right < 1)
        return;
    grid_fill(grid, 0, 0, grid->rows, grid->columns, ' ', STYLE_PLAIN);
    grid_rule(grid, 0);
    grid_rule(grid, bottom);
    grid_fill(grid, 1, 0, bottom - 1, 1, 0x2502, STYLE_RULE);
    grid_fill(grid, 1, right, bottom - 1, 1, 0x2502, STYLE_RULE);
    put(grid, 0, 0, 0x250C, 1, STYLE_RULE);
    put(grid, 0, right, 0x2510, 1, STYLE_RULE);
    put(grid, bottom, 0, 0x2514, 1, STYLE_RULE);
    put(grid, bottom, right, 0x2518, 1, STYLE_RULE);
}

void grid_restyle(struct grid *grid, int row, int column, int columns, unsigned style)
{
    if (row < 0 || row >= grid->rows)
        return;
    int right = clamp(column + columns, 0, grid->columns);
    unsigned added = style_look(style).attributes;
    for (int x = clamp(column, 0, grid->columns); x < right; x++) {
        struct cell *cell = cell_at(grid, row, x);
        unsigned meaning = STYLE_MEANING(cell->style);
        bool keeps = meaning == STYLE_ERROR || meaning == STYLE_WARNING;
        cell->style = (uint8_t)((keeps ? meaning : STYLE_MEANING(style)) | added);
    }
}

void grid_show_cursor(struct grid *grid, int row, int column)
{
    struct grid *whole = grid->whole ? grid->whole : grid;
    if (row < 0 || row >= grid->rows || column < 0 || column >= grid->columns)
        return;
    whole->cursor_row = grid->top + row;
    whole->cursor_column = grid->left + column;
}

void grid_hide_cursor(struct grid *grid)
{
    struct grid *whole = grid->whole ? grid->whole : grid;
    whole->cursor_row = whole->cursor_column = -1;
}

static bool cell_equal(const struct cell *a, const struct cell *b)
{
    return a->width == b->width && a->style == b->style &&
           memcmp(a->codes, b->codes, sizeof a->codes) == 0;
}

bool grid_equal(const struct grid *a, const struct grid *b)
{
    if (a->rows != b->rows || a->columns != b->columns || a->cursor_row != b->cursor_row ||
        a->cursor_column != b->cursor_column)
        return false;
    for (int row = 0; row < a->rows; row++)
        for (int column = 0; column < a->columns; column++)
            if (!cell_equal(cell_at(a, row, column), cell_at(b, row, column)))
                return false;
    return true;
}

void grid_copy(struct grid *to, const struct grid *from)
{
    grid_resize(to, from->rows, from->columns);
    for (int row = 0; row < from->rows && from->columns; row++)
        memcpy(cell_at(to, row, 0), cell_at(from, row, 0),
               (size_t)from->columns * sizeof(struct cell));
    to->cursor_row = from->cursor_row;
    to->cursor_column = from->cursor_column;
}

void grid_to_text(const struct grid *grid, struct buffer *out)
{
    for (int row = 0; row < grid->rows; row++) {
        size_t end = out->length;
        for (int column = 0; column < grid->columns; column++) {
            const struct cell *cell = cell_at(grid, row, column);
            for (int i = 0; i < CELL_CODES && cell->codes[i]; i++) {
                char bytes[4];
                buffer_add_bytes(out, bytes, text_encode(cell->codes[i], bytes));
            }
            if (cell->codes[0] && cell->codes[0] != ' ')
                end = out->length;
        }
        if (out->length > end) {
            out->length = end;
            out->text[end] = '\0';
        }
        buffer_add_char(out, '\n');
    }
}
