/* card_writer.h - what the files card*.c share while cards are written: cells that wait until their
 * row is full. */
#ifndef TAIZHANG_EXPORTS_CARD_WRITER_H
#define TAIZHANG_EXPORTS_CARD_WRITER_H

#include "exports/card.h"

/* The last cell of a row is stretched to its end. */
struct card_pending {
    enum sink_style style;
    size_t span;
    bool is_blank; /* to be written by hand: its row is high */
    char *text;    /* owned */
};

struct card_writer {
    const struct layout_sheet *sheet;
    const struct card *card;
    struct run *run;
    const struct record *record;
    struct card_pending cells[CARD_MOST_COLUMNS];
    size_t cell_count, used; /* cells, and columns that they take */
    bool keep;               /* the row that waits stays on the page of the next one */
    size_t written;          /* cards */
    struct sink_page page;   /* the one being written */
};

/* ---- card_rows.c ---- */

/* Appends what a person reads for a field of `record`. */
void card_add_value(const struct card_writer *writer, const struct record *record,
                    const struct field *field, struct buffer *out);

/* Appends `text` with its braces filled. */
void card_fill(const struct card_writer *writer, const char *text, struct buffer *out);

/* Character cells of `span` columns of the grid. */
int card_width(const struct card *card, size_t first, size_t span);

/* One more cell of the row, for which there is room. */
void card_add_cell(struct card_writer *writer, enum sink_style style, size_t span,
                   const char *text);

/* Writes the cells that wait, in as many rows as their texts need; and so that none of them are
 * left over, whatever comes. */
bool card_flush(struct card_writer *writer, struct error *err);

/* A text over the whole width, in a row of its own. */
bool card_put_line(struct card_writer *writer, enum sink_style style, const char *text,
                   struct error *err);

/* The same for the heading of what follows, on one page with it. */
bool card_put_heading(struct card_writer *writer, const char *text, struct error *err);

/* ---- card_parts.c ---- */

bool card_put_item(struct card_writer *writer, const struct card_item *item, struct error *err);

/* A walk over what points to the record. */
struct card_visit {
    struct card_writer *writer;
    const struct card_item *item;
    size_t most, count;
    bool (*take)(struct card_visit *visit, const struct record *record, struct error *err);
    void *context;
};

/* Calls `take` for the records that point to this one, at most `most` of them. */
bool card_each_child(struct card_visit *visit, struct error *err);

/* ---- card_photos.c ---- */

bool card_put_pictures(struct card_writer *writer, const struct card_item *item, struct error *err);

#endif
