/* The heading of a blank form: labels, the groups above them, numbers below them. */
#include "exports/form_inside.h"
#include "exports/heading_path.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- cells ---- */

/* Text of the cell in the row with that number; "" when there is none. */
static const char *text_at(const struct table *table, uint32_t row, uint32_t column)
{
    for (size_t i = 0; i < table->row_count && table->rows[i].number <= row; i++)
        if (table->rows[i].number == row)
            return table_cell(table, i, column);
    return "";
}

struct table_merge form_area(const struct table *table, uint32_t row, uint32_t column)
{
    for (size_t i = 0; i < table->merge_count; i++) {
        const struct table_merge *area = &table->merges[i];
        if (area->first_row <= row && row <= area->last_row && area->first_column <= column &&
            column <= area->last_column)
            return *area;
    }
    return (struct table_merge){row, row, column, column};
}

/* ---- rows ---- */

/* Rows that hold nothing but the lower half of merged cells belong to the heading too. */
static void find_rows(const struct table *table, const struct heading *heading,
                      struct form_rows *rows)
{
    size_t last = heading->first_row + heading->row_count - 1;
    rows->first = table->rows[heading->first_row].number;
    rows->last = table->rows[last].number;
    rows->has_numbers = heading->has_numbers;
    for (size_t i = 0; i < table->merge_count; i++) {
        const struct table_merge *area = &table->merges[i];
        bool goes_on = area->first_row >= rows->first && area->first_row <= rows->last &&
                       area->last_row > rows->last &&
                       *text_at(table, area->first_row, area->first_column);
        if (goes_on && !rows->has_numbers && area->last_row - rows->first < SINK_HEADING_ROWS)
            rows->last = area->last_row;
    }
}

static void read_heights(struct form *form, const struct table *table, const struct form_rows *rows)
{
    uint32_t last = rows->last - rows->has_numbers;
    for (size_t i = 0; i < table->row_count; i++) {
        uint32_t number = table->rows[i].number;
        if (table->rows[i].sized && number >= rows->first && number <= last &&
            number - rows->first < SINK_HEADING_ROWS)
            form->heights[number - rows->first] = table->rows[i].height;
    }
}

/* ---- levels ---- */

enum { MOST_LEVELS = 6 };

struct levels {
    const char *texts[MOST_LEVELS]; /* the uppermost first */
    struct table_merge areas[MOST_LEVELS];
    size_t count;
};

/* Without merged areas an empty cell belongs to the text on its left, as far as something stands
 * below it. */
static uint32_t guess_column(const struct table *table, uint32_t row, uint32_t last,
                             uint32_t column)
{
    bool goes_on = false;
    for (uint32_t below = row + 1; below <= last; below++)
        goes_on = goes_on || *text_at(table, below, column);
    uint32_t at = column;
    while (goes_on && at > 0 && !*text_at(table, row, at))
        at--;
    return *text_at(table, row, at) ? at : column;
}

static void read_levels(const struct table *table, const struct form_rows *rows, uint32_t column,
                        bool guess, struct levels *levels)
{
    uint32_t last = rows->last - rows->has_numbers;
    *levels = (struct levels){0};
    for (uint32_t row = rows->first; row <= last && levels->count < MOST_LEVELS;) {
        struct table_merge area = form_area(table, row, column);
        if (guess)
            area.first_column = area.last_column = guess_column(table, row, last, column);
        const char *text = text_at(table, area.first_row, area.first_column);
        if (*text && area.first_row == row) {
            levels->texts[levels->count] = text;
            levels->areas[levels->count++] = area;
        }
        row = area.last_row + 1;
    }
}

/* What is more than the rows of a heading can say stands in the label. */
static void name_column(const struct levels *levels, struct form_column *column)
{
    struct buffer path = {0}, label = {0};
    size_t groups = levels->count > 0 ? levels->count - 1 : 0;
    size_t kept = groups < SINK_HEADING_ROWS - 1 ? groups : SINK_HEADING_ROWS - 1;
    for (size_t i = 0; i < kept; i++)
        heading_path_extend(&path, levels->texts[i]);
    for (size_t i = kept; i < levels->count; i++)
        buffer_addf(&label, "%s%s", i > kept ? "\n" : "", levels->texts[i]);
    /* A column without heading is there to be written into as well. */
    buffer_add(&label, label.length ? "" : "　");
    column->group = mem_text(buffer_text(&path));
    column->label = buffer_take(&label);
    buffer_release(&path);
}

/* ---- columns ---- */

/* Characters that the column has room for; the file counts its padding as well. */
static int read_width(const struct table *table, uint32_t column)
{
    enum { USUAL = 9, PADDING = 2, LEAST = 2, MOST = 100 };
    int width = column < table->described_columns ? table->columns[column].width : 0;
    width = (width ? width : USUAL) - PADDING;
    return width < LEAST ? LEAST : width > MOST ? MOST : width;
}

static bool is_hidden(const struct table *table, uint32_t column)
{
    return column < table->described_columns && table->columns[column].hidden;
}

static void add_column(struct form *form, const struct table *table, const struct heading *heading,
                       const struct form_rows *rows, const struct levels *levels, uint32_t at)
{
    const struct heading_column *own = &heading->columns[at];
    struct form_column *column = &form->columns[form->column_count++];
    bool named = own->match == HEADING_FIELD || own->match == HEADING_NEAR;
    name_column(levels, column);
    column->number = mem_text(rows->has_numbers ? text_at(table, rows->last, at) : "");
    column->unit = mem_text(own->unit);
    column->text = mem_text(own->text);
    column->at = at;
    column->width = read_width(table, at);
    column->match = own->match;
    column->field = named ? reg_field(form->reg, own->field) : NULL;
}

/* Whether the label goes on over the column before: then both are one, as wide as both. */
static bool goes_on(const struct levels *before, const struct levels *levels, uint32_t at)
{
    return levels->count > 0 && levels->count == before->count &&
           levels->areas[levels->count - 1].first_column < at &&
           levels->areas[levels->count - 1].first_row == before->areas[before->count - 1].first_row;
}

void form_read_columns(struct form *form, const struct table *table, const struct heading *heading,
                       struct form_rows *rows)
{
    struct levels levels, before = {0};
    uint32_t count = (uint32_t)heading->column_count, end = 0, first = UINT32_MAX;
    bool merged = false;
    find_rows(table, heading, rows);
    read_heights(form, table, rows);
    for (size_t i = 0; i < table->merge_count; i++)
        merged = merged || (table->merges[i].first_row >= rows->first &&
                            table->merges[i].first_row <= rows->last);
    for (uint32_t i = 0; i < count; i++) {
        read_levels(table, rows, i, !merged, &levels);
        if (levels.count) {
            first = first == UINT32_MAX ? i : first;
            end = i + 1;
        }
    }
    form->columns = mem_new(heading->column_count, sizeof *form->columns);
    for (uint32_t i = first; i < end; i++) {
        read_levels(table, rows, i, !merged, &levels);
        if (is_hidden(table, i))
            form->hidden_columns++;
        else if (merged && form->column_count && goes_on(&before, &levels, i))
            form->columns[form->column_count - 1].width += read_width(table, i) + 2;
        else
            add_column(form, table, heading, rows, &levels, i);
        before = levels;
    }
}
