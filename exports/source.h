/* source.h - tables that the program works out: what sheets of kind 计算 show. A source names all
 * the columns that it can fill and gives its rows; the layout says which columns stand where, how
 * they are headed, and in which workbook. Private to exports/. A source is a file of
 * exports/sources/ and its line in source.c. */
#ifndef TAIZHANG_EXPORTS_SOURCE_H
#define TAIZHANG_EXPORTS_SOURCE_H

#include "exports/layout.h"

enum { SOURCE_MOST_COLUMNS = 32 };

enum source_kind { SOURCE_EMPTY, SOURCE_TEXT, SOURCE_NUMBER, SOURCE_DATE };

struct source_cell {
    enum source_kind kind;
    const char *text; /* borrowed until the row ends */
    int64_t scaled;
    int scale;
};

/* The rows of one sheet while they are written. */
struct source_rows {
    const struct layout_sheet *sheet;
    struct run *run;
    struct source_cell cells[SOURCE_MOST_COLUMNS]; /* of the row begun */
    size_t cell_count;
    size_t written;
};

struct source {
    const char *name; /* "quota_balance": in layouts, and for .json where a sheet has no 键 */
    /* What it can show, in the order of its cells; a layout may have a column `serial` too. */
    const struct sink_column *columns;
    size_t column_count;
    /* How many records are looked at for it. */
    bool (*count)(const struct layout *layout, struct store *store, size_t *count,
                  struct error *err);
    bool (*write)(struct source_rows *rows, struct error *err);
};

/* The one called `name`; NULL for none. */
const struct source *source_find(const char *name);

/* Appends the names of all: "findings、targets". */
void source_list(struct buffer *out);

/* The cells of a row follow in the order of the source's columns; then the row ends, and what the
 * sheet shows of it is written. */
void source_text(struct source_rows *rows, const char *text); /* NULL and "": empty */
void source_number(struct source_rows *rows, int64_t scaled, int scale);
void source_date(struct source_rows *rows, const char *date); /* as sink_date */
void source_empty(struct source_rows *rows);
bool source_end_row(struct source_rows *rows, struct error *err);

/* How many records register `name` has, for `count`. */
bool source_count_register(struct store *store, const char *name, size_t *count, struct error *err);

extern const struct source source_findings;       /* sources/findings.c */
extern const struct source source_quota_projects; /* sources/quota.c */
extern const struct source source_quota_balances;
extern const struct source source_quota_entries;
extern const struct source source_targets; /* sources/targets.c */

#endif
