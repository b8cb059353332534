/* sankey.h - a drawing of flows: boxes in columns, and between them bands as thick as what flows.
 *
 * The caller lists boxes and bands, sankey_arrange finds the place of each, sankey_draw shows a
 * part of it. Text says everything that thickness and colour do. Bands lead from a lower layer to a
 * higher one; the box of layer 0 that was added first is the middle of all.
 */
#ifndef TAIZHANG_TUI_SANKEY_H
#define TAIZHANG_TUI_SANKEY_H

#include "tui/grid.h"

#include <stddef.h>
#include <stdint.h>

struct sankey_box {
    int layer;       /* 0 in the middle, negative to the left */
    char *name;      /* over as many lines as there is room for; owned; NULL: not a box but the
                        lane of a band that passes */
    char *note;      /* below it; owned */
    bool is_last;    /* below others that hang on the same box; the caller may set it */
    int row, height; /* set by sankey_arrange */
    size_t band;     /* of a lane */
};

struct sankey_band {
    size_t from, to;
    int64_t mass;    /* its thickness in proportion */
    bool is_unknown; /* has no thickness: a dotted line */
    char *label;     /* what flows: "烟尘"; owned */
    char *amount;    /* how much: "142.600"; never shortened; owned */
    unsigned style;
    int eighths, height; /* set by sankey_arrange: thickness in eighths of a row, rows */
};

/* A band between two neighbouring layers. */
struct sankey_piece {
    size_t band, from, to;
    int from_row, to_row;
    int turn;      /* after how many columns it changes its row */
    bool is_first; /* of its band: the label stands there */
};

struct sankey {
    struct sankey_box *boxes;
    struct sankey_band *bands;
    struct sankey_piece *pieces;
    size_t box_count, band_count, piece_count;
    size_t box_capacity, band_capacity, piece_capacity;
    int least_layer, most_layer, rows; /* set by sankey_arrange */
};

void sankey_release(struct sankey *sankey);

/* Texts are copied; returns the index. */
size_t sankey_add_box(struct sankey *sankey, int layer, const char *name, const char *note);
size_t sankey_add_band(struct sankey *sankey, const struct sankey_band *band);

/* Finds the places; the thickest band gets at most a third of `rows`. To be called once. */
void sankey_arrange(struct sankey *sankey, int rows);

/* What a part of the drawing shows. */
struct sankey_view {
    int layer;       /* the leftmost */
    int row;         /* the topmost */
    size_t selected; /* box; SIZE_MAX none */
};

/* How many layers stand side by side in `columns`. */
int sankey_layers(const struct sankey *sankey, int columns);

void sankey_draw(const struct sankey *sankey, const struct sankey_view *view, struct grid *grid);

/* The box at a place of that drawing; SIZE_MAX: none. */
size_t sankey_box_at(const struct sankey *sankey, const struct sankey_view *view,
                     const struct grid *grid, int row, int column);

/* The box to which an arrow key leads: up and down within the layer, left and right along the
 * thickest band; `box` itself when there is none. */
size_t sankey_neighbour(const struct sankey *sankey, size_t box, int right, int down);

#endif
