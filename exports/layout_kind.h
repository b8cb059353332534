/* layout_kind.h - the kinds of sheets that a layout may have, and the kinds of rows that describe
 * them. Private to exports/. A kind is a file layout_NAME.c and its line in layout.c; one
 * that belongs to a report of exports/reports/ stands there. */
#ifndef TAIZHANG_EXPORTS_LAYOUT_KIND_H
#define TAIZHANG_EXPORTS_LAYOUT_KIND_H

#include "core/csv.h"
#include "exports/layout.h"

/* A layout while its file is read; `csv` stands on the row to be taken. */
struct layout_reading {
    struct layout *layout;
    struct csv csv;
};

/* What must stand above a row: nothing, a sheet, one that is a table, one that shows records, the
 * register of these. */
enum layout_need {
    LAYOUT_NEEDS_NOTHING,
    LAYOUT_NEEDS_SHEET,
    LAYOUT_NEEDS_TABLE,
    LAYOUT_NEEDS_RECORDS,
    LAYOUT_NEEDS_REGISTER,
};

/* The cells of a row 列 of a table. */
enum {
    LAYOUT_NAME_CELL = 1,
    LAYOUT_LABEL_CELL,
    LAYOUT_GROUP_CELL,
    LAYOUT_WIDTH_CELL,
    LAYOUT_UNIT_CELL,
    LAYOUT_CONDITION_CELL,
    LAYOUT_OTHERWISE_CELL,
    LAYOUT_MARKS_CELL,
    LAYOUT_NUMBER_CELL,
};

/* What the rows that begin with a word mean. Their second cell is never empty. The last three say
 * where it goes. */
struct layout_row {
    const char *word;
    enum layout_need need;
    bool placeholders; /* its text may have some */
    size_t text;       /* offset of a text in struct layout_sheet; 0 none */
    size_t lines;      /* offset of a struct layout_lines; 0 none */
    bool (*read)(struct layout_reading *reading, struct error *err);
};

struct layout_kind {
    const char *word; /* of the row that begins a sheet of this kind: 表,NAME */
    bool is_table;    /* one table of the sink, else pages */
    bool has_records; /* shows those of a register: it may say which */
    bool notes_below; /* every 说明 stands below, wherever it is in the file */
    /* What it has a place for, of the rows that every sheet may have (those about its records
     * apart): their words, NULL-terminated. NULL: all. */
    const char *const *takes;
    /* Rows of this kind: they go before those of every sheet (layout_parse.c). */
    const struct layout_row *rows;
    size_t row_count;
    /* Asked when the file has been read: does the sheet have what it needs? */
    bool (*check)(const struct layout *layout, const struct layout_sheet *sheet, struct error *err);
    bool (*count)(const struct layout_sheet *sheet, struct store *store, size_t *count,
                  struct error *err);
    bool (*write)(const struct layout_sheet *sheet, struct run *run, struct error *err);
    void (*release)(struct layout_sheet *sheet); /* of `own`; NULL: there is none */
};

extern const struct layout_kind layout_table;       /* layout_table.c */
extern const struct layout_kind layout_chart;       /* layout_chart.c */
extern const struct layout_kind layout_card;        /* layout_card.c */
extern const struct layout_kind layout_count;       /* layout_count.c */
extern const struct layout_kind layout_count_page;  /* layout_count_page.c */
extern const struct layout_kind layout_count_chart; /* layout_count_chart.c */
extern const struct layout_kind layout_summary;     /* layout_summary.c */
extern const struct layout_kind layout_computed;    /* layout_computed.c */
extern const struct layout_kind layout_progress;    /* layout_progress.c */
extern const struct layout_kind layout_balance;     /* reports/balance.c */

/* The kind whose sheets begin with `word`, NULL for none. */
const struct layout_kind *layout_kind_find(const char *word);

/* The sheet being described: the last one so far, NULL before the first. */
struct layout_sheet *layout_current(const struct layout_reading *reading);

/* One more column of the sheet, still empty; NULL with a reason when it has too many. */
struct column *layout_add_column(struct layout_sheet *sheet, struct error *err);

/* Heading, group, unit, number, width and marks of a row 列, where they are given. */
bool layout_read_look(const struct csv *csv, struct sink_column *look, struct error *err);

/* A width in an optional cell. */
bool layout_read_width(const struct csv *csv, size_t cell, int *width, struct error *err);

/* An optional cell: empty keeps what is there, "-" takes it away. */
void layout_take_text(const struct csv *csv, size_t cell, const char **text);

/* 柱, 条, 饼 or 线. */
bool layout_read_chart_kind(const char *word, enum sink_chart_kind *kind, struct error *err);

/* A whole number from 0 to `most`. */
bool layout_read_whole(const char *text, int most, int *number, struct error *err);

/* One of two words in the second cell. */
bool layout_read_either(const struct layout_reading *reading, const char *yes, const char *no,
                        bool *answer, struct error *err);

/* layout_font.c: the rows 字体 and 行高 of tables, and the word for a part there. */
bool layout_read_font(struct layout_reading *reading, struct error *err);
bool layout_read_height(struct layout_reading *reading, struct error *err);
const char *layout_part_word(enum sink_part part);

/* Writes the rows of a table, and says how many they were. */
typedef bool layout_put_rows(const struct layout_sheet *sheet, struct run *run, void *context,
                             size_t *written, struct error *err);

/* Writes a sheet that is one table, with the columns of its listing and all that stands above and
 * below; `key` is what .json calls it where the sheet does not say. */
bool layout_write_table(const struct layout_sheet *sheet, const char *key, struct run *run,
                        layout_put_rows *put, void *context, struct error *err);

/* layout_page.c: the page of a sheet that is no table, on the paper that the layout says; `widths`
 * (as in struct sink_page, which borrows them) has `columns`. */
struct sink_page layout_page(const struct layout_sheet *sheet, const int *widths, size_t columns);

/* A row with one cell across `columns`: `text` with its placeholders filled. */
bool layout_put_wide(struct run *run, enum sink_style style, size_t columns, const char *text,
                     struct error *err);

/* `text` with its placeholders filled, owned by the caller; NULL gives NULL. */
char *layout_fill(const struct run *run, const char *text);

#endif
