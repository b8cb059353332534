#include "imports/heading_sheets.h"
#include "core/mem.h"
#include "imports/heading.h"

#include <stdlib.h>

enum { LOOKED_AT_ROWS = 60 };

struct survey {
    const struct reg *reg;
    struct heading_sheets *sheets;
};

static void look_at(void *context, const struct table *table)
{
    struct survey *survey = context;
    struct heading_sheets *sheets = survey->sheets;
    size_t index = sheets->count;
    sheets->items =
        mem_grow(sheets->items, sheets->count, &sheets->capacity, sizeof *sheets->items);
    struct heading_sheet *sheet = &sheets->items[sheets->count++];
    *sheet = (struct heading_sheet){
        .name = mem_text(table->sheet ? table->sheet : ""),
        .hidden = index < table->sheet_count && table->sheets[index].hidden,
        .reg = survey->reg ? survey->reg : heading_guess_reg(table),
    };
    if (sheet->reg)
        sheet->fields = heading_count_fields(table, sheet->reg, NULL);
}

bool heading_sheets_read(const char *path, const struct reg *reg, const struct table *like,
                         struct heading_sheets *sheets, struct error *err)
{
    *sheets = (struct heading_sheets){0};
    struct survey survey = {.reg = reg, .sheets = sheets};
    struct table table = {
        .most_rows = LOOKED_AT_ROWS,
        .visit = look_at,
        .visit_context = &survey,
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
    table_release(&table);
    size_t most = 0;
    sheets->best = sheets->count;
    for (size_t i = 0; i < sheets->count; i++) {
        if (sheets->items[i].hidden || sheets->items[i].fields <= most)
            continue;
        most = sheets->items[i].fields;
        sheets->best = i;
    }
    return true;
}

void heading_sheets_release(struct heading_sheets *sheets)
{
    for (size_t i = 0; i < sheets->count; i++)
        free(sheets->items[i].name);
    free(sheets->items);
    *sheets = (struct heading_sheets){0};
}
