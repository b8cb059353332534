#include "imports/heading_sheets.h"
#include "core/mem.h"
#include "imports/heading.h"

#include <stdlib.h>

enum { LOOKED_AT_ROWS = 60 };

void heading_sheets_look(void *context, const struct table *table)
{
    struct heading_sheets *sheets = context;
    size_t index = sheets->count;
    sheets->items =
        mem_grow(sheets->items, sheets->count, &sheets->capacity, sizeof *sheets->items);
    struct heading_sheet *sheet = &sheets->items[sheets->count++];
    *sheet = (struct heading_sheet){
        .name = mem_text(table->sheet ? table->sheet : ""),
        .hidden = index < table->sheet_count && table->sheets[index].hidden,
        .reg = sheets->reg,
    };
    /* Only what stands on a sheet is compared with the names of fields, which takes a while. */
    if (table->row_count && !sheet->reg)
        sheet->reg = heading_guess_reg(table);
    if (table->row_count && sheet->reg)
        sheet->fields = heading_count_fields(table, sheet->reg, NULL);
}

size_t heading_sheets_choose(void *context, const struct table *table)
{
    struct heading_sheets *sheets = context;
    size_t most = 0;
    sheets->best = sheets->count;
    for (size_t i = 0; i < sheets->count; i++) {
        if (sheets->items[i].hidden || sheets->items[i].fields <= most)
            continue;
        most = sheets->items[i].fields;
        sheets->best = i;
    }
    return sheets->best < sheets->count ? sheets->best : table->sheet_count;
}

bool heading_sheets_read(const char *path, const struct reg *reg, const struct table *like,
                         struct heading_sheets *sheets, struct error *err)
{
    *sheets = (struct heading_sheets){.reg = reg};
    struct table table = {
        .most_rows = LOOKED_AT_ROWS,
        .visit = heading_sheets_look,
        .visit_context = sheets,
    };
    if (like) {
        table.progress = like->progress;
        table.progress_context = like->progress_context;
        table.conversion = like->conversion;
    }
    if (!table_read(path, NULL, &table, err)) {
        heading_sheets_release(sheets);
        return false;
    }
    heading_sheets_choose(sheets, &table);
    table_release(&table);
    return true;
}

void heading_sheets_release(struct heading_sheets *sheets)
{
    for (size_t i = 0; i < sheets->count; i++)
        free(sheets->items[i].name);
    free(sheets->items);
    *sheets = (struct heading_sheets){0};
}
