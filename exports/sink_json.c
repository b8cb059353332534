/* sink_json.c - .json for programs: an array of objects with English keys, decimals exact, empty
 * cells null. Several tables make an object of arrays, one for each table key. */
#include "exports/sink_driver.h"

#include "core/buffer.h"
#include "core/decimal.h"
#include "core/mem.h"

#include <stdlib.h>

/* One row at a time is put together here. */
struct json {
    struct buffer row;
};

static void flush(struct sink *sink)
{
    struct json *json = sink->state;
    fputs(buffer_text(&json->row), file_stream(sink->file));
    sink_check_stream(sink);
    buffer_clear(&json->row);
}

static bool has_several(const struct sink *sink)
{
    return sink->options.tables > 1;
}

static void open_json(struct sink *sink)
{
    struct json *json = mem_new(1, sizeof *json);
    sink->state = json;
    buffer_add(&json->row, has_several(sink) ? "{" : "");
    flush(sink);
}

static void begin_table(struct sink *sink)
{
    struct json *json = sink->state;
    if (has_several(sink)) {
        buffer_add(&json->row, sink->tables > 1 ? "\n],\n" : "\n");
        buffer_add_json(&json->row, sink->table->key ? sink->table->key : sink->table->name);
        buffer_add(&json->row, ": ");
    }
    buffer_add(&json->row, "[");
    flush(sink);
}

static void begin_row(struct sink *sink)
{
    struct json *json = sink->state;
    buffer_add(&json->row, sink->rows > 0 ? ",\n{" : "\n{");
}

static void put_cell(struct sink *sink, const struct sink_value *value)
{
    struct json *json = sink->state;
    char number[DECIMAL_TEXT_SIZE], date[DATE_TEXT_SIZE];
    buffer_add(&json->row, sink->column > 0 ? ", " : "");
    buffer_add_json(&json->row, sink->table->columns[sink->column].key);
    buffer_add(&json->row, ": ");
    if (value->kind == SINK_VALUE_TEXT) {
        buffer_add_json(&json->row, value->text);
    } else if (value->kind == SINK_VALUE_NUMBER) {
        decimal_format(value->scaled, value->scale, number);
        buffer_add(&json->row, number);
    } else if (value->kind == SINK_VALUE_DATE) {
        date_format(value->date, date);
        buffer_addf(&json->row, "\"%s\"", date);
    } else {
        buffer_add(&json->row, "null");
    }
}

static void end_row(struct sink *sink)
{
    struct json *json = sink->state;
    buffer_add(&json->row, "}");
    flush(sink);
}

static void finish(struct sink *sink)
{
    struct json *json = sink->state;
    buffer_add(&json->row, has_several(sink) ? "\n]\n}\n" : "\n]\n");
    flush(sink);
}

static void release(struct sink *sink)
{
    struct json *json = sink->state;
    if (json)
        buffer_release(&json->row);
    free(json);
}

const struct sink_driver sink_json = {
    .suffix = ".json",
    .open = open_json,
    .begin_table = begin_table,
    .begin_row = begin_row,
    .cell = put_cell,
    .end_row = end_row,
    .finish = finish,
    .release = release,
};
