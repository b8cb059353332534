#include "exports/source.h"

#include "core/text.h"
#include "db/query.h"

#include <assert.h>
#include <string.h>

static const struct source *const sources[] = {
    &source_findings,      &source_quota_projects, &source_quota_balances,
    &source_quota_entries, &source_targets,
};

const struct source *source_find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(sources); i++)
        if (strcmp(sources[i]->name, name) == 0)
            return sources[i];
    return NULL;
}

void source_list(struct buffer *out)
{
    for (size_t i = 0; i < COUNT_OF(sources); i++)
        buffer_addf(out, "%s%s", i ? "、" : "", sources[i]->name);
}

static void add_cell(struct source_rows *rows, struct source_cell cell)
{
    assert(rows->cell_count < SOURCE_MOST_COLUMNS);
    rows->cells[rows->cell_count++] = cell;
}

void source_text(struct source_rows *rows, const char *text)
{
    add_cell(rows, (struct source_cell){.kind = SOURCE_TEXT, .text = text});
}

void source_number(struct source_rows *rows, int64_t scaled, int scale)
{
    add_cell(rows, (struct source_cell){.kind = SOURCE_NUMBER, .scaled = scaled, .scale = scale});
}

void source_date(struct source_rows *rows, const char *date)
{
    add_cell(rows, (struct source_cell){.kind = SOURCE_DATE, .text = date});
}

void source_empty(struct source_rows *rows)
{
    add_cell(rows, (struct source_cell){.kind = SOURCE_EMPTY});
}

static void put_cell(struct sink *sink, const struct source_cell *cell)
{
    switch (cell->kind) {
    case SOURCE_EMPTY:
        sink_empty(sink);
        break;
    case SOURCE_TEXT:
        sink_text(sink, cell->text);
        break;
    case SOURCE_NUMBER:
        sink_number(sink, cell->scaled, cell->scale);
        break;
    case SOURCE_DATE:
        sink_date(sink, cell->text);
        break;
    }
}

bool source_end_row(struct source_rows *rows, struct error *err)
{
    const struct listing *listing = &rows->sheet->listing;
    struct sink *sink = rows->run->sink;
    rows->written++;
    sink_begin_row(sink);
    for (size_t i = 0; i < listing->column_count; i++) {
        const struct column *column = &listing->columns[i];
        if (column->source == COLUMN_SERIAL)
            sink_number(sink, (int64_t)rows->written, 0);
        else
            put_cell(sink, &rows->cells[column->index]);
    }
    rows->cell_count = 0;
    return sink_end_row(sink, err);
}

bool source_count_register(struct store *store, const char *name, size_t *count, struct error *err)
{
    const struct query query = {.reg = reg_find(name)};
    int64_t found = 0;
    bool ok = query_count(store, &query, &found, err);
    *count = (size_t)found;
    return ok;
}
