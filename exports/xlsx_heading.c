/* The heading of a table: labels, and above them up to two rows of groups. */
#include "exports/wrap.h"
#include "exports/xlsx.h"

#include "core/text.h"

#include <string.h>

/* How many parts the group path of a column has. */
static size_t count_levels(const struct sink_column *column)
{
    size_t levels = !text_is_empty(column->group);
    for (const char *at = levels ? column->group : ""; (at = strchr(at, '/')); at++)
        levels++;
    return levels;
}

/* Bytes of the path up to the end of part `level`, without its slash. */
static size_t path_length(const char *path, size_t level)
{
    size_t length = strcspn(path, "/");
    while (level-- > 0)
        length += 1 + strcspn(path + length + 1, "/");
    return length;
}

static bool same_group(const struct sink_column *a, const struct sink_column *b, size_t level)
{
    if (count_levels(a) <= level || count_levels(b) <= level)
        return false;
    size_t length = path_length(a->group, level);
    return length == path_length(b->group, level) && memcmp(a->group, b->group, length) == 0;
}

/* Columns from `first` on that stand under one group heading of this level. */
static size_t group_span(const struct sink_table *table, size_t first, size_t level)
{
    size_t span = 1;
    while (first + span < table->column_count &&
           same_group(&table->columns[first], &table->columns[first + span], level))
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
    const char *path = heading->sink->table->columns[column].group;
    size_t end = path_length(path, level);
    size_t start = level > 0 ? path_length(path, level - 1) + 1 : 0;
    buffer_clear(&heading->text);
    buffer_add_bytes(&heading->text, path + start, end - start);
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
    const size_t first = count_levels(&sink->table->columns[column]), last = heading->rows - 1;
    buffer_clear(&heading->text);
    sink_add_label(&sink->table->columns[column], &heading->text);
    const char *label = buffer_text(&heading->text);
    if (level == last) {
        double need = xlsx_row_height(XLSX_HEADING, wrap_lines(label, xlsx->slots[column].width));
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
        if (level < count_levels(&table->columns[i]))
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
        xlsx_write_text(sink, i, number ? number : "", XLSX_CELL);
    }
    xlsx_end_row(sink);
}

void xlsx_put_heading(struct sink *sink)
{
    struct heading heading = {.sink = sink, .rows = 1};
    for (size_t i = 0; i < sink->table->column_count; i++) {
        size_t rows = count_levels(&sink->table->columns[i]) + 1;
        heading.rows = rows > heading.rows ? rows : heading.rows;
    }
    for (size_t level = 0; level < heading.rows; level++)
        put_row(&heading, level);
    put_numbers(sink);
    buffer_release(&heading.text);
}
