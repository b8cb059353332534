/* The heading of a table: labels, and above them up to two rows of groups. */
#include "exports/heading_path.h"
#include "exports/wrap.h"
#include "exports/xlsx.h"

#include "core/text.h"

#include <string.h>

/* Columns from `first` on that stand under one group heading of this level. */
static size_t group_span(const struct sink_table *table, size_t first, size_t level)
{
    size_t span = 1;
    while (first + span < table->column_count &&
           heading_path_is_shared(table->columns[first].group, table->columns[first + span].group,
                                  level))
        span++;
    return span;
}

struct heading {
    struct sink *sink;
    size_t rows;
    double heights[SINK_HEADING_ROWS]; /* of the rows written */
    struct buffer text;
};

static void put_group(struct heading *heading, size_t level, size_t column, size_t span)
{
    struct xlsx *xlsx = heading->sink->state;
    buffer_clear(&heading->text);
    heading_path_add_name(heading->sink->table->columns[column].group, level, &heading->text);
    xlsx_write_across(heading->sink, column, span, buffer_text(&heading->text), XLSX_HEADING);
    xlsx_fit_height(xlsx, buffer_text(&heading->text), xlsx_width(xlsx, column, span),
                    XLSX_HEADING);
}

/* A label fills all rows below its groups: its text stands in the first of them, and the last one
 * gets what height is still missing. */
static void put_label(struct heading *heading, size_t level, size_t column)
{
    struct sink *sink = heading->sink;
    struct xlsx *xlsx = sink->state;
    const size_t first = heading_path_levels(sink->table->columns[column].group),
                 last = heading->rows - 1;
    buffer_clear(&heading->text);
    sink_add_label(&sink->table->columns[column], &heading->text);
    const char *label = buffer_text(&heading->text);
    if (level == last) {
        int room = xlsx_room(&xlsx->looks, XLSX_HEADING, xlsx->slots[column].width);
        double need = xlsx_row_height(&xlsx->looks, XLSX_HEADING, wrap_lines(label, room));
        for (size_t i = first; i < last; i++)
            need -= heading->heights[i];
        xlsx_need_height(xlsx, need);
    }
    /* Writing the cell makes its row the current one, which the merge below relies on. */
    xlsx_write_text(sink, column, level == first ? label : "", XLSX_HEADING);
    if (level == last && first < last)
        xlsx_check(sink, worksheet_merge_range(xlsx->sheet, xlsx->row - (lxw_row_t)(last - first),
                                               (lxw_col_t)column, xlsx->row, (lxw_col_t)column, "",
                                               xlsx_look(&xlsx->looks, XLSX_HEADING)));
}

static void put_row(struct heading *heading, size_t level)
{
    struct sink *sink = heading->sink;
    struct xlsx *xlsx = sink->state;
    const struct sink_table *table = sink->table;
    xlsx_begin_row(sink);
    if (table->heading_heights[level] > 0) {
        xlsx->height = table->heading_heights[level];
        xlsx->fixed_height = true;
    }
    for (size_t i = 0, span; i < table->column_count; i += span) {
        span = group_span(table, i, level);
        if (level < heading_path_levels(table->columns[i].group))
            put_group(heading, level, i, span);
        else
            put_label(heading, level, i);
    }
    heading->heights[level] = xlsx->height;
    xlsx_end_row(sink);
}

/* The numbers of the columns, if the form has any. */
static void put_numbers(struct sink *sink)
{
    const struct sink_table *table = sink->table;
    bool any = false;
    for (size_t i = 0; i < table->column_count; i++)
        any = any || !text_is_empty(table->columns[i].number);
    if (!any)
        return;
    xlsx_begin_row(sink);
    for (size_t i = 0; i < table->column_count; i++) {
        const char *number = table->columns[i].number;
        xlsx_write_text(sink, i, number ? number : "", XLSX_CENTRE);
    }
    xlsx_end_row(sink);
}

void xlsx_put_heading(struct sink *sink)
{
    struct heading heading = {.sink = sink, .rows = 1};
    for (size_t i = 0; i < sink->table->column_count; i++) {
        size_t rows = heading_path_levels(sink->table->columns[i].group) + 1;
        heading.rows = rows > heading.rows ? rows : heading.rows;
    }
    for (size_t level = 0; level < heading.rows; level++)
        put_row(&heading, level);
    put_numbers(sink);
    buffer_release(&heading.text);
}
