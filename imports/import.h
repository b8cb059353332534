/* import.h - a table into a register: through the same gate as a form, all accepted rows in one
 * transaction and one step of undo.
 *
 *     import_open    reads the file and finds its heading; nothing is written
 *     import_run     does every row; with dry = true takes everything back again
 *
 * so that a preview shows exactly what the import then does. A row finds its record by the
 * register's identity. A blank cell never erases what is there. The cell of an attachment names a
 * file, from the folder of the list on when the path is not absolute; it is kept (db/attachment.h)
 * as soon as its row is read, also by a preview: a copy that no record points to harms nothing. */
#ifndef TAIZHANG_IMPORTS_IMPORT_H
#define TAIZHANG_IMPORTS_IMPORT_H

#include "db/store.h"
#include "imports/heading.h"

enum import_outcome { IMPORT_NEW, IMPORT_CHANGED, IMPORT_SAME, IMPORT_REFUSED, IMPORT__COUNT };

/* A row worth showing: changed or refused. New and identical rows are only counted. */
struct import_row {
    uint32_t number; /* as the spreadsheet shows it */
    enum import_outcome outcome;
    char *name;    /* of the record, as far as known; owned */
    char *field;   /* English name of the field that was refused, or ""; owned */
    char *message; /* why it was refused, or "字段：旧 → 新；…"; owned */
};

struct import {
    const struct reg *reg;
    struct table table;
    struct heading heading;
    int64_t read, counts[IMPORT__COUNT]; /* read is the sum of the counts, always */
    int64_t left_out;                    /* 合计 and signature lines below the data */
    struct import_row *rows;
    size_t row_count, row_capacity;
    char *region_by_default; /* given to rows because the file has no county column, or ""; owned */
    char *file_name;         /* without folders; owned */
    char *folder;            /* in which the file lies; owned */
};

/* `progress` may be NULL; it is called during reading and running, and cancels by returning false
 * (ERROR_CANCELLED, nothing is written). */
bool import_open(struct import **import, struct store *store, const struct reg *reg,
                 const char *path, const char *sheet, table_progress *progress, void *context,
                 struct error *err);

bool import_run(struct import *import, struct store *store, bool dry, struct error *err);

void import_close(struct import **import);

#endif
