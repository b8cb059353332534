/* card.h - a sheet for each record of a register, as a form on paper (卡片): labels and values,
 * texts, small tables of what hangs on the record, photos. Read by layout_card.c, written by
 * card.c. Private to this folder. */
#ifndef TAIZHANG_EXPORTS_CARD_H
#define TAIZHANG_EXPORTS_CARD_H

#include "db/casefile.h"
#include "exports/layout.h"

enum {
    CARD_MOST_COLUMNS = 24, /* of the grid */
    CARD_MOST_EITHER = 8,   /* fields of which the first filled one is shown; fields with photos */
    CARD_MOST_SHEETS = 200,
};

enum card_part {
    CARD_BLOCK,    /* 块: heading of what follows */
    CARD_CELL,     /* 格: a label and a value */
    CARD_TEXT,     /* 段: a text over the whole width */
    CARD_BREAK,    /* 换行: what follows begins a new row */
    CARD_GAP,      /* 空行 */
    CARD_CHILDREN, /* 明细: a table of records that point to this one */
    CARD_PICTURES, /* 照片 */
};

struct card_column {
    const struct field *field;
    const char *label;
    size_t span;
};

struct card_item {
    enum card_part part;
    const char *text;                             /* of a block, a text; label of a cell */
    enum sink_style style;                        /* of a text */
    size_t span;                                  /* of a value; rows of a gap */
    const struct field *fields[CARD_MOST_EITHER]; /* of a cell, or of photos */
    size_t field_count;
    bool is_blank;                  /* of a cell: to be filled in by hand */
    struct condition when;          /* the item is there only then; no field: always */
    const char *where, *empty;      /* of a table: which records; what stands there without any */
    struct casefile_relation links; /* of a table, and of photos of other records: how they point */
    size_t most;                    /* records, photos */
    struct card_column *columns;    /* of a table; owned */
    size_t column_count, capacity;
    int height;    /* of a photo, pixels */
    size_t across; /* photos beside each other */
};

struct card {
    int widths[CARD_MOST_COLUMNS]; /* character cells */
    size_t column_count;
    const char *name;        /* field that names the sheet; NULL: the register's name_field */
    bool dense;              /* rows as low as their texts allow */
    bool is_named;           /* the sheet's own name does: there is only one record */
    struct card_item *items; /* owned */
    size_t item_count, capacity;
};

/* Whether the braces in `text` hold only fields of `reg` and what run_fill knows, and none that is
 * private where it is published. */
bool card_check_text(const struct reg *reg, const char *text, bool is_public, struct error *err);

/* Writes a sheet for each record, in order. */
bool card_write(const struct layout_sheet *sheet, struct run *run, struct error *err);

#endif
