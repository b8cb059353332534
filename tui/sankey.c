/* Where boxes and bands stand. Layer by layer outward from the middle: a box is put beside what it
 * hangs on, in an order in which few bands cross. */
#include "tui/sankey.h"

#include "core/mem.h"

#include <stdlib.h>

enum { EIGHTHS = 8, BOX_ROWS = 2, THICKEST_ROWS = 6, KEY_UNIT = 64, TURNS_MOST = 6 };

void sankey_release(struct sankey *sankey)
{
    for (size_t i = 0; i < sankey->box_count; i++) {
        free(sankey->boxes[i].name);
        free(sankey->boxes[i].note);
    }
    for (size_t i = 0; i < sankey->band_count; i++) {
        free(sankey->bands[i].label);
        free(sankey->bands[i].amount);
    }
    free(sankey->boxes);
    free(sankey->bands);
    free(sankey->pieces);
    *sankey = (struct sankey){0};
}

size_t sankey_add_box(struct sankey *sankey, int layer, const char *name, const char *note)
{
    sankey->boxes =
        mem_grow(sankey->boxes, sankey->box_count, &sankey->box_capacity, sizeof *sankey->boxes);
    sankey->boxes[sankey->box_count] = (struct sankey_box){
        .layer = layer, .name = mem_text(name), .note = mem_text(note), .band = SIZE_MAX};
    return sankey->box_count++;
}

size_t sankey_add_band(struct sankey *sankey, const struct sankey_band *band)
{
    sankey->bands =
        mem_grow(sankey->bands, sankey->band_count, &sankey->band_capacity, sizeof *sankey->bands);
    struct sankey_band *to = &sankey->bands[sankey->band_count];
    *to = *band;
    to->label = mem_text(band->label);
    to->amount = mem_text(band->amount);
    return sankey->band_count++;
}

/* ---- pieces ---- */

static void add_piece(struct sankey *sankey, const struct sankey_piece *piece)
{
    sankey->pieces = mem_grow(sankey->pieces, sankey->piece_count, &sankey->piece_capacity,
                              sizeof *sankey->pieces);
    sankey->pieces[sankey->piece_count++] = *piece;
}

/* A band over several layers passes through each in a lane of its own. */
static void cut_bands(struct sankey *sankey)
{
    for (size_t i = 0; i < sankey->band_count; i++) {
        size_t from = sankey->bands[i].from, to = sankey->bands[i].to;
        bool is_first = true;
        for (int layer = sankey->boxes[from].layer + 1; layer < sankey->boxes[to].layer; layer++) {
            size_t lane = sankey_add_box(sankey, layer, NULL, NULL);
            sankey->boxes[lane].band = i;
            add_piece(sankey, &(struct sankey_piece){
                                  .band = i, .from = from, .to = lane, .is_first = is_first});
            from = lane;
            is_first = false;
        }
        add_piece(sankey,
                  &(struct sankey_piece){.band = i, .from = from, .to = to, .is_first = is_first});
    }
}

/* ---- heights ---- */

static void measure_bands(struct sankey *sankey, int rows)
{
    int64_t most = 1;
    int thickest = rows / 3 < 1 ? 1 : rows / 3 > THICKEST_ROWS ? THICKEST_ROWS : rows / 3;
    for (size_t i = 0; i < sankey->band_count; i++)
        most = sankey->bands[i].mass > most ? sankey->bands[i].mass : most;
    int64_t unit = most / (thickest * EIGHTHS);
    for (size_t i = 0; i < sankey->band_count; i++) {
        struct sankey_band *band = &sankey->bands[i];
        int64_t eighths = band->mass / (unit + (unit == 0));
        band->eighths = eighths > thickest * EIGHTHS ? thickest * EIGHTHS : (int)eighths;
        band->eighths += band->eighths == 0;
        band->height = (band->eighths + EIGHTHS - 1) / EIGHTHS;
    }
}

static void measure_boxes(struct sankey *sankey)
{
    int *in = mem_new(sankey->box_count + 1, sizeof *in);
    int *out = mem_new(sankey->box_count + 1, sizeof *out);
    for (size_t i = 0; i < sankey->piece_count; i++) {
        const struct sankey_piece *piece = &sankey->pieces[i];
        out[piece->from] += sankey->bands[piece->band].height;
        in[piece->to] += sankey->bands[piece->band].height;
    }
    for (size_t i = 0; i < sankey->box_count; i++) {
        struct sankey_box *box = &sankey->boxes[i];
        int most = in[i] > out[i] ? in[i] : out[i];
        box->height = box->name && most < BOX_ROWS ? BOX_ROWS : most;
        if (box->layer < sankey->least_layer)
            sankey->least_layer = box->layer;
        if (box->layer > sankey->most_layer)
            sankey->most_layer = box->layer;
    }
    free(in);
    free(out);
}

/* ---- places ---- */

/* A box of the layer that is being placed. */
struct seat {
    size_t box;
    int key;    /* mean row of what it hangs on, in parts of a row */
    int wanted; /* the row at which its thickest band is straight; -1: any */
    bool is_last;
    int64_t mass; /* of all its bands */
};

/* The end of a piece that lies nearer to the middle, and the other one. */
static size_t inner_end(const struct sankey_piece *piece, int side)
{
    return side > 0 ? piece->from : piece->to;
}

static size_t outer_end(const struct sankey_piece *piece, int side)
{
    return side > 0 ? piece->to : piece->from;
}

static int compare_seats(const void *left, const void *right)
{
    const struct seat *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->is_last != b->is_last)
        return a->is_last ? 1 : -1;
    if (a->mass != b->mass)
        return a->mass > b->mass ? -1 : 1;
    return (a->box > b->box) - (a->box < b->box);
}

static size_t seat_layer(const struct sankey *sankey, int layer, int side, struct seat *seats)
{
    size_t count = 0;
    for (size_t i = 0; i < sankey->box_count; i++) {
        if (sankey->boxes[i].layer != layer)
            continue;
        int sum = 0, pieces = 0;
        int64_t mass = 0;
        for (size_t n = 0; n < sankey->piece_count; n++) {
            const struct sankey_piece *piece = &sankey->pieces[n];
            if (outer_end(piece, side) != i)
                continue;
            sum += sankey->boxes[inner_end(piece, side)].row;
            pieces++;
            mass += sankey->bands[piece->band].mass;
        }
        seats[count++] = (struct seat){.box = i,
                                       .key = pieces ? sum * KEY_UNIT / pieces : 0,
                                       .wanted = -1,
                                       .is_last = sankey->boxes[i].is_last,
                                       .mass = mass};
    }
    qsort(seats, count, sizeof *seats, compare_seats);
    return count;
}

/* The rows at which the pieces leave the inner layer: in the order of where they lead. */
static void leave_inner(struct sankey *sankey, int side, struct seat *seats, size_t count)
{
    int *used = mem_new(sankey->box_count + 1, sizeof *used);
    int64_t most = 0;
    for (size_t i = 0; i < count; i++, most = 0)
        for (size_t n = 0; n < sankey->piece_count; n++) {
            struct sankey_piece *piece = &sankey->pieces[n];
            size_t inner = inner_end(piece, side);
            const struct sankey_band *band = &sankey->bands[piece->band];
            if (outer_end(piece, side) != seats[i].box)
                continue;
            int row = sankey->boxes[inner].row + used[inner];
            used[inner] += band->height;
            if (side > 0)
                piece->from_row = row;
            else
                piece->to_row = row;
            if (seats[i].wanted < 0 || band->mass > most) {
                seats[i].wanted = row;
                most = band->mass;
            }
        }
    free(used);
}

/* Each where it wants to be, or below the one before; then up again as far as the rows are fewer.
 */
static void place(struct sankey *sankey, const struct seat *seats, size_t count, int rows)
{
    int next = 0, needed = 0;
    for (size_t i = 0; i < count; i++) {
        struct sankey_box *box = &sankey->boxes[seats[i].box];
        box->row = seats[i].wanted > next ? seats[i].wanted : next;
        next = box->row + box->height + (box->name != NULL);
        needed += box->height + (box->name != NULL);
    }
    int end = needed > rows ? needed : rows;
    for (size_t i = count; i-- > 0;) {
        struct sankey_box *box = &sankey->boxes[seats[i].box];
        if (box->row + box->height > end)
            box->row = end - box->height;
        end = box->row - (i > 0 && sankey->boxes[seats[i - 1].box].name != NULL);
        if (box->row + box->height > sankey->rows)
            sankey->rows = box->row + box->height;
    }
}

/* What orders the pieces of a box on its outer side: where they come from. */
struct arrival {
    size_t piece;
    int row;
};

static int compare_arrivals(const void *left, const void *right)
{
    const struct arrival *a = left, *b = right;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->piece > b->piece) - (a->piece < b->piece);
}

static void arrive(struct sankey *sankey, int side, size_t box, struct arrival *arrivals)
{
    size_t count = 0;
    int row = sankey->boxes[box].row;
    for (size_t n = 0; n < sankey->piece_count; n++) {
        const struct sankey_piece *piece = &sankey->pieces[n];
        if (outer_end(piece, side) == box)
            arrivals[count++] = (struct arrival){n, side > 0 ? piece->from_row : piece->to_row};
    }
    qsort(arrivals, count, sizeof *arrivals, compare_arrivals);
    for (size_t i = 0; i < count; i++) {
        struct sankey_piece *piece = &sankey->pieces[arrivals[i].piece];
        if (side > 0)
            piece->to_row = row;
        else
            piece->from_row = row;
        row += sankey->bands[piece->band].height;
    }
}

static void place_layer(struct sankey *sankey, int layer, int side, int rows)
{
    struct seat *seats = mem_new(sankey->box_count + 1, sizeof *seats);
    struct arrival *arrivals = mem_new(sankey->piece_count + 1, sizeof *arrivals);
    size_t count = seat_layer(sankey, layer, side, seats);
    leave_inner(sankey, side, seats, count);
    place(sankey, seats, count, rows);
    for (size_t i = 0; i < count; i++)
        arrive(sankey, side, seats[i].box, arrivals);
    free(seats);
    free(arrivals);
}

/* The layer from which the others hang: in the order in which its boxes were added. */
static void place_middle(struct sankey *sankey, int rows)
{
    struct seat *seats = mem_new(sankey->box_count + 1, sizeof *seats);
    size_t count = 0;
    for (size_t i = 0; i < sankey->box_count; i++)
        if (sankey->boxes[i].layer == 0)
            seats[count++] = (struct seat){.box = i, .wanted = -1};
    place(sankey, seats, count, rows);
    free(seats);
}

/* ---- turns ---- */

static bool spans_meet(const struct sankey *sankey, const struct sankey_piece *a,
                       const struct sankey_piece *b)
{
    int a_low = a->from_row < a->to_row ? a->from_row : a->to_row;
    int b_low = b->from_row < b->to_row ? b->from_row : b->to_row;
    int a_high = a->from_row + a->to_row - a_low + sankey->bands[a->band].height;
    int b_high = b->from_row + b->to_row - b_low + sankey->bands[b->band].height;
    return a_low < b_high && b_low < a_high;
}

/* Whether `a` must turn before `b`: of those that go down the lower one, of those that go up the
 * upper one, so that neither crosses the other. */
static bool turns_before(const struct sankey_piece *a, const struct sankey_piece *b)
{
    bool down = b->to_row > b->from_row;
    return down ? a->from_row > b->from_row : a->from_row < b->from_row;
}

static void turn(struct sankey *sankey)
{
    bool changed = true;
    for (size_t i = 0; i < sankey->piece_count; i++)
        sankey->pieces[i].turn = sankey->pieces[i].from_row == sankey->pieces[i].to_row ? 0 : 1;
    /* There is room for a few columns only, and a circle of crossing bands must end. */
    for (int pass = 0; changed && pass < TURNS_MOST; pass++) {
        changed = false;
        for (size_t i = 0; i < sankey->piece_count; i++) {
            struct sankey_piece *late = &sankey->pieces[i];
            for (size_t n = 0; late->turn && n < sankey->piece_count; n++) {
                const struct sankey_piece *early = &sankey->pieces[n];
                if (n == i || !early->turn || early->turn < late->turn ||
                    sankey->boxes[early->from].layer != sankey->boxes[late->from].layer ||
                    !turns_before(early, late) || !spans_meet(sankey, early, late))
                    continue;
                late->turn = early->turn + 1;
                changed = true;
            }
        }
    }
}

void sankey_arrange(struct sankey *sankey, int rows)
{
    cut_bands(sankey);
    measure_bands(sankey, rows);
    measure_boxes(sankey);
    place_middle(sankey, rows);
    for (int layer = 1; layer <= sankey->most_layer; layer++)
        place_layer(sankey, layer, 1, rows);
    for (int layer = -1; layer >= sankey->least_layer; layer--)
        place_layer(sankey, layer, -1, rows);
    turn(sankey);
}

/* ---- moving about ---- */

static size_t along_band(const struct sankey *sankey, size_t box, int right)
{
    size_t best = box;
    int64_t most = -1;
    for (size_t i = 0; i < sankey->band_count; i++) {
        const struct sankey_band *band = &sankey->bands[i];
        bool leads = right > 0 ? band->from == box : band->to == box;
        if (leads && band->mass > most) {
            most = band->mass;
            best = right > 0 ? band->to : band->from;
        }
    }
    return best;
}

size_t sankey_neighbour(const struct sankey *sankey, size_t box, int right, int down)
{
    const struct sankey_box *from = &sankey->boxes[box];
    size_t best = box;
    if (right)
        return along_band(sankey, box, right);
    for (size_t i = 0; i < sankey->box_count; i++) {
        const struct sankey_box *to = &sankey->boxes[i];
        if (!to->name || to->layer != from->layer || (to->row - from->row) * down <= 0)
            continue;
        if (best == box || (to->row - sankey->boxes[best].row) * down < 0)
            best = i;
    }
    return best;
}
