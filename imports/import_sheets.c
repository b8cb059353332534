/* Which sheet of a workbook is the list, and of what. */
#include "core/mem.h"
#include "imports/heading_sheets.h"
#include "imports/import_inside.h"

#include <stdlib.h>
#include <string.h>

static void count_fields(struct import *import, const struct heading_sheets *sheets)
{
    for (size_t i = 0; i < import->table.sheet_count && i < sheets->count; i++)
        import->sheet_fields[i] = (int)sheets->items[i].fields;
}

/* Reads `name` in place of the sheet that was read. */
static bool read_instead(struct import *import, const char *name, struct error *err)
{
    struct table *table = &import->table;
    struct table other = {.progress = table->progress,
                          .progress_context = table->progress_context,
                          .conversion = table->conversion};
    if (!table_read(import->path, name, &other, err))
        return false;
    table_release(table);
    *table = other;
    return true;
}

/* Looks at the top of all sheets and reads the one that names most fields, unless it is read. */
static bool choose_best(struct import *import, struct error *err)
{
    struct table *table = &import->table;
    struct heading_sheets sheets;
    if (!heading_sheets_read(import->path, import->reg, table, &sheets, err))
        return false;
    count_fields(import, &sheets);
    const char *best = sheets.best < sheets.count ? sheets.items[sheets.best].name : table->sheet;
    bool ok = strcmp(best, table->sheet) == 0 || read_instead(import, best, err);
    heading_sheets_release(&sheets);
    return ok;
}

bool sheets_read(struct import *import, const char *sheet, struct error *err)
{
    struct table *table = &import->table;
    if (!table_read(import->path, sheet, table, err)) {
        *table = (struct table){0};
        return false;
    }
    size_t visible = 0;
    import->sheet_fields = mem_new(table->sheet_count + 1, sizeof *import->sheet_fields);
    for (size_t i = 0; i < table->sheet_count; i++) {
        visible += !table->sheets[i].hidden;
        import->sheet_fields[i] = -1;
    }
    /* Only where there is a choice: it costs another look at the file. */
    return sheet || visible < 2 || choose_best(import, err);
}

static const struct reg *guess(const struct heading_sheets *sheets, const char *sheet)
{
    for (size_t i = 0; sheet && i < sheets->count; i++)
        if (strcmp(sheets->items[i].name, sheet) == 0)
            return sheets->items[i].reg;
    return !sheet && sheets->best < sheets->count ? sheets->items[sheets->best].reg : NULL;
}

bool sheets_guess_reg(struct import *import, const char *sheet, struct error *err)
{
    struct heading_sheets sheets;
    if (!heading_sheets_read(import->path, NULL, &import->table, &sheets, err))
        return false;
    import->reg = guess(&sheets, sheet);
    heading_sheets_release(&sheets);
    return import->reg || error_set(err, ERROR_USAGE,
                                    "从标题行看不出这是哪一种清单，请写明清单，例如：taizhang "
                                    "import enterprise FILE");
}
