/* proof.h - what a workbook must say when it is read back: for each table the place, the number of
 * its rows, a digest of the text of every row and column, and the sums under it. The sink fills it
 * while it writes; nothing of the cells themselves is kept. */
#ifndef TAIZHANG_EXPORTS_PROOF_H
#define TAIZHANG_EXPORTS_PROOF_H

#include "core/buffer.h"
#include "core/error.h"

#include <stddef.h>
#include <stdint.h>

struct proof_column {
    char *label;     /* "2020年基础排放量 铅"; owned */
    char *unit;      /* NULL none; owned */
    uint64_t digest; /* of its cells, from the top */
    char *sum;       /* as the total row shows it; NULL: none; owned */
};

struct proof_table {
    char *name;                   /* of the sheet; owned */
    struct proof_column *columns; /* owned */
    size_t column_count;
    uint64_t *rows; /* digests; owned */
    size_t row_count, row_capacity;
    uint32_t first_row, total_row; /* 1-based, as a spreadsheet program shows them; 0: none */
};

struct proof {
    struct proof_table *tables; /* owned */
    size_t count, capacity;
};

struct sink_table;
struct sink_value;
struct sink_total;

/* ---- what sink.c tells; nobody else does ---- */

void proof_begin_table(struct proof *proof, const struct sink_table *table);
void proof_begin_row(struct proof *proof, size_t row); /* counted from 0 on the sheet */
void proof_add_cell(struct proof *proof, size_t column, const struct sink_value *value);
void proof_add_totals(struct proof *proof, const struct sink_table *table,
                      const struct sink_total *totals, size_t row);

/* ---- reading back ---- */

/* Reads the workbook with the reader that others' files pass and compares every cell of every row
 * and the sums. ERROR_IO names the sheet, the row and the column of the first difference. */
bool proof_check(const struct proof *proof, const char *path, struct error *err);

/* Appends "全口径清单 61 行", one line for each table. */
void proof_write_counts(const struct proof *proof, struct buffer *out);

/* Appends "全口径清单：2020年基础排放量 铅 112.5 kg/a；…", one line for each table with sums. */
void proof_write_sums(const struct proof *proof, struct buffer *out);

void proof_release(struct proof *proof);

#endif
