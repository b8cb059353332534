/* A register as a plain list: every field, or the chosen ones, with headings that the import knows.
 */
#include "exports/listing.h"
#include "exports/reports/reports.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

struct choice {
    char *names; /* the names of the columns cut into its parts; owned, the keys point into it */
    struct column *columns;
    size_t count, capacity;
};

static bool add_column(struct choice *choice, const struct reg *reg, const char *name,
                       struct error *err)
{
    struct column column;
    if (!column_parse(&column, reg, name, err))
        return false;
    for (size_t i = 0; i < choice->count; i++)
        if (strcmp(choice->columns[i].sink.key, name) == 0)
            return error_set(err, ERROR_USAGE, "列“%s”写了两次，请去掉一个", name);
    choice->columns =
        mem_grow(choice->columns, choice->count, &choice->capacity, sizeof *choice->columns);
    choice->columns[choice->count++] = column;
    return true;
}

/* `publish`: without what no published list may show. */
static bool choose_all(struct choice *choice, const struct reg *reg, bool publish,
                       struct error *err)
{
    bool ok = true;
    for (struct field_walk walk = {.reg = reg}; ok && reg_walk(&walk);)
        if (!publish || !(walk.field->flags & FIELD_PRIVATE))
            ok = add_column(choice, reg, walk.field->name, err);
    return ok;
}

/* "name, uscc,status" */
static bool choose_named(struct choice *choice, const struct reg *reg, const char *names,
                         struct error *err)
{
    char *rest;
    choice->names = mem_text(names);
    char *name = strtok_r(choice->names, ", ", &rest);
    if (!name)
        return error_set(err, ERROR_USAGE, "没有写要导出哪些列，请用逗号隔开字段名，如 name,uscc");
    bool ok = true;
    for (; ok && name; name = strtok_r(NULL, ", ", &rest))
        ok = add_column(choice, reg, name, err);
    return ok;
}

/* The columns up to the record's name, when it is among the first. */
static size_t count_fixed(const struct listing *listing)
{
    enum { MOST = 3 };
    for (size_t i = 0; i < listing->column_count && i < MOST; i++)
        if (strcmp(listing->columns[i].sink.key, listing->reg->name_field) == 0)
            return i + 1;
    return 0;
}

static bool write_table(struct run *run, const struct listing *listing, struct error *err)
{
    struct sink_column *columns = mem_new(listing->column_count, sizeof *columns);
    bool totals = false;
    size_t rows = 0;
    for (size_t i = 0; i < listing->column_count; i++) {
        columns[i] = listing->columns[i].sink;
        totals = totals || columns[i].total;
    }
    struct sink_table table = {
        .name = listing->reg->label,
        .key = listing->reg->name,
        .title = listing->reg->title,
        .columns = columns,
        .column_count = listing->column_count,
        .fixed = count_fixed(listing),
        .paper = SINK_A3,
        .filter = true,
    };
    sink_begin_table(run->sink, &table);
    run->result->tables++;
    bool ok = listing_write(listing, run, &rows, err);
    if (ok && totals)
        sink_total_row(run->sink, "合计");
    sink_end_sheet(run->sink);
    free(columns);
    return ok;
}

static bool write(const struct report *report, struct store *store,
                  const struct report_options *options, struct sink *sink,
                  struct report_result *result, struct error *err)
{
    struct run run;
    struct choice choice = {0};
    run_init(&run, store, options, sink, result);
    bool ok = options->choices[REPORT_COLUMNS]
                  ? choose_named(&choice, report->reg, options->choices[REPORT_COLUMNS], err)
                  : choose_all(&choice, report->reg, options->publish, err);
    if (ok) {
        struct listing listing = {
            .reg = report->reg,
            .where = options->choices[REPORT_WHERE],
            .only = options->only,
            .columns = choice.columns,
            .column_count = choice.count,
        };
        ok = listing_count(&listing, store, &run.total, err) && write_table(&run, &listing, err);
    }
    free(choice.columns);
    free(choice.names);
    return ok;
}

const struct report report_register_list = {
    .write = write,
    .takes = REPORT_BIT(REPORT_WHERE) | REPORT_BIT(REPORT_COLUMNS),
};
