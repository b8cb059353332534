/* sink_csv.c - .csv for spreadsheets and programs: UTF-8 with BOM, CRLF, one heading row, rows.
 * Quotes and the guard against formulas are those of core/csv.h. */
#include "exports/heading_path.h"
#include "exports/sink_driver.h"

#include "core/csv.h"
#include "core/decimal.h"
#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>

/* The row so far: `sink->state`. */
static void put_field(struct sink *sink, const char *text)
{
    struct buffer *row = sink->state;
    if (sink->column > 0)
        buffer_add_char(row, ',');
    csv_add_cell(row, text);
}

static void open_csv(struct sink *sink)
{
    sink->state = mem_new(1, sizeof(struct buffer));
    fputs("\xEF\xBB\xBF", file_stream(sink->file));
}

static void end_row(struct sink *sink)
{
    struct buffer *row = sink->state;
    buffer_add(row, "\r\n");
    fwrite(row->text, 1, row->length, file_stream(sink->file));
    buffer_clear(row);
    sink_check_stream(sink);
}

static void begin_table(struct sink *sink)
{
    struct buffer label = {0};
    for (; sink->column < sink->table->column_count; sink->column++) {
        const struct sink_column *column = &sink->table->columns[sink->column];
        buffer_clear(&label);
        heading_path_add_names(column->group, "/", &label);
        sink_add_label(column, &label);
        if (column->format == SINK_PERCENT && text_is_empty(column->unit))
            buffer_add(&label, "（%）");
        put_field(sink, buffer_text(&label));
    }
    buffer_release(&label);
    sink->column = 0;
    end_row(sink);
}

static void begin_row(struct sink *sink)
{
    (void)sink; /* separators are written before every cell but the first */
}

static void put_cell(struct sink *sink, const struct sink_value *value)
{
    char number[DECIMAL_TEXT_SIZE], date[DATE_TEXT_SIZE];
    const char *text = "";
    if (value->kind == SINK_VALUE_TEXT) {
        text = value->text;
    } else if (value->kind == SINK_VALUE_NUMBER) {
        decimal_format(value->scaled, value->scale, number);
        text = number;
    } else if (value->kind == SINK_VALUE_DATE) {
        date_format(value->date, date);
        text = date;
    }
    put_field(sink, text);
}

static void finish(struct sink *sink)
{
    (void)sink; /* every row is written as it ends */
}

static void release(struct sink *sink)
{
    if (sink->state)
        buffer_release(sink->state);
    free(sink->state);
}

const struct sink_driver sink_csv = {
    .suffix = ".csv",
    .one_table = true,
    .open = open_csv,
    .begin_table = begin_table,
    .begin_row = begin_row,
    .cell = put_cell,
    .end_row = end_row,
    .finish = finish,
    .release = release,
};
