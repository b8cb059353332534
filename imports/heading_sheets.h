/* heading_sheets.h - which sheet of a workbook is the list: covers and summaries come first in real
 * ones. Only the top of each sheet is read. */
#ifndef TAIZHANG_IMPORTS_HEADING_SHEETS_H
#define TAIZHANG_IMPORTS_HEADING_SHEETS_H

#include "core/error.h"
#include "core/reg.h"
#include "imports/table.h"

struct heading_sheet {
    char *name; /* "" for .csv; owned */
    bool hidden;
    const struct reg *reg; /* that its heading was looked at for; NULL: no register fits */
    size_t fields;         /* that its heading names */
};

struct heading_sheets {
    const struct reg *reg; /* that the sheets are looked at for; NULL: the one that each of them
                              seems to be a list of. Set by the caller */
    struct heading_sheet *items; /* in tab order */
    size_t count, capacity;
    size_t
        best; /* the visible one that names most fields, the first of equals; `count`: none does */
};

/* Let table_read() take the one that is meant: for `visit` and `choose` of a table, with the struct
 * heading_sheets, which is released afterwards, as their context. */
void heading_sheets_look(void *context, const struct table *table);
size_t heading_sheets_choose(void *context, const struct table *table);

/* With `reg` NULL each sheet is looked at for the register that it seems to be a list of. Progress
 * and conversion are those of `like`, another table of the file; NULL: none. Errors as
 * table_read().
 */
bool heading_sheets_read(const char *path, const struct reg *reg, const struct table *like,
                         struct heading_sheets *sheets, struct error *err);
void heading_sheets_release(struct heading_sheets *sheets);

#endif
