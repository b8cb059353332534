/* Which sheet of a workbook is the list, and of what. */
#include "core/mem.h"
#include "imports/heading_sheets.h"
#include "imports/import_inside.h"

#include <stdlib.h>
#include <string.h>

bool sheets_read(struct import *import, const char *sheet, struct error *err)
{
    struct table *table = &import->table;
    struct heading_sheets sheets = {.reg = import->reg};
    table->visit = heading_sheets_look;
    table->choose = heading_sheets_choose;
    table->visit_context = &sheets;
    bool ok = table_read(import->path, sheet, table, err);
    table->visit = NULL;
    table->choose = NULL;
    table->visit_context = NULL;
    if (ok) {
        import->sheet_fields = mem_new(table->sheet_count + 1, sizeof *import->sheet_fields);
        for (size_t i = 0; i < table->sheet_count; i++)
            import->sheet_fields[i] = i < sheets.count ? (int)sheets.items[i].fields : -1;
    } else {
        *table = (struct table){0};
    }
    heading_sheets_release(&sheets);
    return ok;
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
