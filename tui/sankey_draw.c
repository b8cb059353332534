/* Boxes and bands as characters. A band is made of blocks; the topmost of its rows is as high as
 * the eighths tell, from ▁ to █. A plain terminal shows _ = and # (tui/glyph.h). */
#include "core/text.h"
#include "tui/sankey.h"

#include <string.h>

enum {
    EIGHTHS = 8,
    BOX_LEAST = 14,
    BOX_MOST = 30,
    GAP_LEAST = 19,
    TURN_COLUMNS = 6, /* of the gap, at most, for bands that change their row */
    LABEL_LEAST = 8,
};

#define FULL_BLOCK 0x2588u

/* Where the layers of a view stand. */
struct columns {
    int box, gap, layers, left;
};

static struct columns divide(const struct sankey *sankey, int columns)
{
    int all = sankey->most_layer - sankey->least_layer + 1;
    int fit = (columns + GAP_LEAST) / (BOX_LEAST + GAP_LEAST);
    struct columns result = {.layers = fit < 1 ? 1 : fit > all ? all : fit};
    if (result.layers == 1) {
        result.box = columns < BOX_MOST ? columns : BOX_MOST;
        return result;
    }
    /* What is left over goes to the names first. */
    int room = columns - (result.layers - 1) * GAP_LEAST;
    result.box = room / result.layers > BOX_MOST ? BOX_MOST : room / result.layers;
    result.gap = (columns - result.layers * result.box) / (result.layers - 1);
    return result;
}

static int box_column(const struct columns *columns, const struct sankey_view *view, int layer)
{
    return columns->left + (layer - view->layer) * (columns->box + columns->gap);
}

int sankey_layers(const struct sankey *sankey, int columns)
{
    return divide(sankey, columns).layers;
}

/* ---- bands ---- */

/* The character of one row of a band. */
static uint32_t block_of(const struct sankey_band *band, int row)
{
    int part = row == 0 ? band->eighths - (band->height - 1) * EIGHTHS : EIGHTHS;
    return band->is_unknown ? 0x2504u : FULL_BLOCK - (uint32_t)(EIGHTHS - part);
}

static void draw_run(struct grid *grid, const struct sankey_band *band, int row, int from, int to)
{
    for (int i = 0; i < band->height; i++)
        grid_fill(grid, row + i, from, 1, to - from, block_of(band, i), band->style);
}

/* The way from one row to another, in one column, or in two for a thick band. */
static void draw_turn(struct grid *grid, const struct sankey_band *band,
                      const struct sankey_piece *piece, int top, int column)
{
    bool down = piece->to_row > piece->from_row;
    int from = piece->from_row - top, to = piece->to_row - top;
    int low = down ? from : to, high = down ? to : from;
    if (band->height > 1) {
        grid_fill(grid, low + 1, column, high - low + band->height - 1, 2, FULL_BLOCK, band->style);
        return;
    }
    grid_fill(grid, low + 1, column, high - low - 1, 1, 0x2502u, band->style);
    grid_fill(grid, from, column, 1, 1, down ? 0x256Eu : 0x256Fu, band->style);
    grid_fill(grid, to, column, 1, 1, down ? 0x2570u : 0x256Du, band->style);
}

static int turn_column(const struct columns *columns, int gap, const struct sankey_piece *piece)
{
    int most =
        columns->gap - LABEL_LEAST < TURN_COLUMNS ? columns->gap - LABEL_LEAST : TURN_COLUMNS;
    return gap + (piece->turn < most ? piece->turn : most);
}

static void draw_piece(const struct sankey *sankey, const struct sankey_view *view,
                       const struct columns *columns, const struct sankey_piece *piece,
                       struct grid *grid)
{
    const struct sankey_band *band = &sankey->bands[piece->band];
    int gap = box_column(columns, view, sankey->boxes[piece->from].layer) + columns->box;
    int end = gap + columns->gap, top = view->row;
    if (piece->turn == 0) {
        draw_run(grid, band, piece->from_row - top, gap, end);
        return;
    }
    int column = turn_column(columns, gap, piece), thick = band->height > 1;
    draw_run(grid, band, piece->from_row - top, gap, column + 2 * thick);
    draw_run(grid, band, piece->to_row - top, column + 1 - thick, end);
    draw_turn(grid, band, piece, top, column);
}

/* The amount is always whole; of the label what fits in `room` columns beside it. */
static void write_words(const struct sankey_band *band, int room, struct buffer *out)
{
    size_t fits = text_fit(band->label, room - text_width(band->amount) - 1);
    if (text_width(band->amount) > room)
        return;
    buffer_add_bytes(out, band->label, fits);
    buffer_add(out, fits ? " " : "");
    buffer_add(out, band->amount);
}

/* In the middle of what is left of the gap behind the turn, with a blank on both sides. */
static void draw_label(const struct sankey *sankey, const struct sankey_view *view,
                       const struct columns *columns, const struct sankey_piece *piece,
                       struct grid *grid)
{
    const struct sankey_band *band = &sankey->bands[piece->band];
    int gap = box_column(columns, view, sankey->boxes[piece->from].layer) + columns->box;
    int from = piece->turn ? turn_column(columns, gap, piece) + 1 : gap;
    int room = gap + columns->gap - from;
    int row = piece->to_row - view->row + band->height / 2;
    struct buffer words = {0};
    write_words(band, room - 4, &words);
    int width = text_width(buffer_text(&words)) + 2, column = from + (room - width + 1) / 2;
    if (words.length) {
        grid_fill(grid, row, column, 1, width, ' ', STYLE_PLAIN);
        grid_text(grid, row, column + 1, width - 1, STYLE_BOLD, words.text);
    }
    buffer_release(&words);
}

/* ---- boxes ---- */

static void draw_box(const struct sankey_box *box, bool is_selected, struct grid *area)
{
    unsigned style = is_selected ? STYLE_SELECTED : STYLE_PLAIN;
    grid_fill(area, 0, 0, box->height, 1, 0x2502u, STYLE_RULE);
    grid_fill(area, 0, area->columns - 1, box->height, 1, 0x2502u, STYLE_RULE);
    int rows = box->height - 1, width = area->columns - 2;
    if (is_selected)
        grid_show_cursor(area, 0, 1);
    grid_fill(area, 0, 1, box->height, width, ' ', style);
    if (rows < 2) {
        grid_text(area, 0, 1, width, style | STYLE_BOLD, box->name);
    } else {
        struct grid name = grid_part(area, 0, 1, 2, width);
        int lines = grid_wrap(&name, 0, style | STYLE_BOLD, box->name);
        rows = lines < 2 ? lines : 2;
    }
    if (rows)
        grid_text(area, rows, 1, width, is_selected ? STYLE_SELECTED : STYLE_HINT, box->note);
}

static bool is_within(const struct columns *columns, const struct sankey_view *view, int layer)
{
    return layer >= view->layer && layer < view->layer + columns->layers;
}

void sankey_draw(const struct sankey *sankey, const struct sankey_view *view, struct grid *grid)
{
    struct columns columns = divide(sankey, grid->columns);
    for (size_t i = 0; i < sankey->piece_count; i++) {
        int from = sankey->boxes[sankey->pieces[i].from].layer;
        if (is_within(&columns, view, from) && is_within(&columns, view, from + 1))
            draw_piece(sankey, view, &columns, &sankey->pieces[i], grid);
    }
    for (size_t i = 0; i < sankey->piece_count; i++) {
        int from = sankey->boxes[sankey->pieces[i].from].layer;
        if (sankey->pieces[i].is_first && is_within(&columns, view, from) &&
            is_within(&columns, view, from + 1))
            draw_label(sankey, view, &columns, &sankey->pieces[i], grid);
    }
    for (size_t i = 0; i < sankey->box_count; i++) {
        const struct sankey_box *box = &sankey->boxes[i];
        if (!is_within(&columns, view, box->layer))
            continue;
        int cut = box->row < view->row ? view->row - box->row : 0;
        /* Of a box that begins above, what is left to see is drawn from its top: the name. */
        struct sankey_box seen = *box;
        seen.height -= cut;
        struct grid area =
            grid_part(grid, box->row + cut - view->row, box_column(&columns, view, box->layer),
                      seen.height, columns.box);
        if (seen.height <= 0 || area.rows <= 0)
            continue;
        if (box->name)
            draw_box(&seen, i == view->selected, &area);
        else
            draw_run(&area, &sankey->bands[box->band], -cut, 0, area.columns);
    }
}

size_t sankey_box_at(const struct sankey *sankey, const struct sankey_view *view,
                     const struct grid *grid, int row, int column)
{
    struct columns columns = divide(sankey, grid->columns);
    for (size_t i = 0; i < sankey->box_count; i++) {
        const struct sankey_box *box = &sankey->boxes[i];
        int left = box_column(&columns, view, box->layer);
        if (box->name && is_within(&columns, view, box->layer) && column >= left &&
            column < left + columns.box && row + view->row >= box->row &&
            row + view->row < box->row + box->height)
            return i;
    }
    return SIZE_MAX;
}
