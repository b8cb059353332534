/* Which register a table is a list of. */
#include "core/mem.h"
#include "core/text.h"
#include "imports/heading.h"
#include "imports/heading_inside.h"

#include <stdlib.h>
#include <string.h>

struct guess {
    const struct reg *reg;
    size_t fields;
    bool named; /* by the lines above the heading or the sheet's name */
};

static bool names_reg(const char *text, const struct reg *reg)
{
    const char *const names[] = {reg->label, reg->title};
    struct buffer folded = {0};
    bool named = false;
    text_fold(text, &folded);
    for (size_t i = 0; i < COUNT_OF(names) && !named; i++) {
        struct buffer name = {0};
        text_fold(names[i], &name);
        named = strstr(buffer_text(&folded), buffer_text(&name)) != NULL;
        buffer_release(&name);
    }
    buffer_release(&folded);
    return named;
}

static bool is_named(const struct table *table, const struct reg *reg, size_t heading_row)
{
    if (table->sheet && names_reg(table->sheet, reg))
        return true;
    for (size_t row = 0; row < heading_row; row++)
        for (size_t i = 0; i < table->rows[row].count; i++)
            if (*table_cell(table, row, i) && names_reg(table_cell(table, row, i), reg))
                return true;
    return false;
}

/* Two columns that a register names, all of them names of codes, are no list of it. */
enum { LEAST_FIELDS = 3 };

/* Whether `a` is clearly meant rather than `b`. */
static bool is_clear(const struct guess *a, const struct guess *b)
{
    enum { LEAD = 2 };
    return a->fields >= b->fields + LEAD || (a->named && !b->named && a->fields >= b->fields);
}

const struct reg *heading_guess_reg(const struct table *table)
{
    struct guess *guesses = mem_new(register_count, sizeof *guesses);
    const struct reg *found = NULL;
    struct heading_rows rows;
    size_t count = 0;
    heading_rows_init(&rows, table);
    for (size_t i = 0; i < register_count; i++) {
        struct guess *guess = &guesses[count];
        size_t row = 0;
        if (registers[i]->flags & REG_REFERENCE)
            continue;
        *guess = (struct guess){.reg = registers[i],
                                .fields = heading_count_in(&rows, registers[i], &row)};
        guess->named = guess->fields && is_named(table, guess->reg, row);
        count += guess->fields >= LEAST_FIELDS;
    }
    for (size_t i = 0; i < count && !found; i++) {
        size_t other = 0;
        while (other < count && (other == i || is_clear(&guesses[i], &guesses[other])))
            other++;
        found = other == count ? guesses[i].reg : NULL;
    }
    heading_rows_release(&rows);
    free(guesses);
    return found;
}
