/* Forms that the program has handed out itself. */
#include "core/text.h"
#include "imports/heading.h"

#include <stdlib.h>
#include <string.h>

enum { TEMPLATE_MOST_ROWS = 3 };

static bool has_sheet(const struct table *table)
{
    for (size_t i = 0; i < table->sheet_count; i++)
        if (strcmp(table->sheets[i].name, HEADING_TEMPLATE_SHEET) == 0)
            return true;
    return false;
}

static bool is_template(const struct table *hidden)
{
    return strcmp(table_cell(hidden, 0, 0), "taizhang") == 0 && hidden->rows[0].number == 1 &&
           hidden->row_count > 1;
}

/* Index of the row with that number, or row_count. */
static size_t row_index(const struct table *table, unsigned long number)
{
    size_t row = 0;
    while (row < table->row_count && table->rows[row].number < number)
        row++;
    return row < table->row_count && table->rows[row].number == number ? row : table->row_count;
}

/* Whether the headings that are to be seen mean what the form says of them. */
static bool agrees(const struct table *hidden, const struct reg *reg, const struct heading *heading)
{
    size_t named = 0;
    for (size_t i = 0; i < hidden->column_count; i++) {
        const char *name = table_cell(hidden, 1, i);
        int field = reg_field_index(reg, name);
        if (!*name)
            continue;
        if (field < 0 || i >= heading->column_count || heading->columns[i].match != HEADING_FIELD ||
            heading->columns[i].field != (size_t)field)
            return false;
        named++;
    }
    return named > 0;
}

/* A column of the form that is not for the program stays out, whatever its heading reads like. */
static void leave_out(const struct table *hidden, struct heading *heading)
{
    for (size_t i = 0; i < hidden->rows[1].count && i < heading->column_count; i++)
        if (!*table_cell(hidden, 1, i))
            heading->columns[i].match = HEADING_IGNORED;
}

static void read_template(const struct table *hidden, const struct reg *reg,
                          const struct table *table, struct heading *heading, bool *found)
{
    size_t row = row_index(table, strtoul(table_cell(hidden, 0, 2), NULL, 10));
    unsigned long rows = strtoul(table_cell(hidden, 0, 3), NULL, 10);
    if (row == table->row_count || rows < 1 || rows > TEMPLATE_MOST_ROWS)
        return;
    heading_read(table, reg, row, rows, heading);
    *found = agrees(hidden, reg, heading);
    if (*found)
        leave_out(hidden, heading);
    else
        heading_release(heading);
}

static bool check_reg(const char *name, const struct reg *reg, struct error *err)
{
    const struct reg *own = reg_find(name);
    return !own || own == reg ||
           error_set(err, ERROR_REFUSED, "这是“%s”的填报表，不是“%s”的，请导入到%s", own->label,
                     reg->label, own->label);
}

bool heading_of_template(const char *path, const struct reg *reg, const struct table *table,
                         struct heading *heading, bool *found, struct error *err)
{
    *found = false;
    if (!has_sheet(table))
        return true;
    struct table hidden = {.conversion = table->conversion};
    struct error problem = {0};
    if (!table_read(path, HEADING_TEMPLATE_SHEET, &hidden, &problem))
        return problem.code == ERROR_FORMAT || /* an empty sheet */
               error_set(err, problem.code, "%s", problem.message);
    bool ok = true;
    if (is_template(&hidden)) {
        ok = check_reg(table_cell(&hidden, 0, 1), reg, err);
        if (ok && reg_find(table_cell(&hidden, 0, 1)))
            read_template(&hidden, reg, table, heading, found);
    }
    table_release(&hidden);
    return ok;
}
