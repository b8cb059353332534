#include "exports/listing.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/casefile.h"
#include "db/figures.h"

#include <stdlib.h>
#include <string.h>

/* ---- which records ---- */

int listing_year(const struct record *record, const char *field)
{
    struct buffer text = {0};
    record_format(record, field, &text);
    int year = (int)strtol(buffer_text(&text), NULL, 10);
    buffer_release(&text);
    return year;
}

/* Whether `record` belongs to the list of `year`. */
static bool is_of_year(const struct listing *listing, const struct record *record, int year)
{
    int came = listing->since ? listing_year(record, listing->since) : 0;
    int left = listing->until ? listing_year(record, listing->until) : 0;
    return came <= year && (left == 0 || left >= year);
}

enum part { PART_NONE, PART_PRESENT, PART_CARRIED };

/* Whether and as what `record` belongs to the run's list. */
static enum part find_part(const struct listing *listing, const struct run *run,
                           const struct record *record)
{
    const struct run_cut *cut = &run->cut;
    if (!*cut->until || !listing->since)
        return is_of_year(listing, record, run->year) ? PART_PRESENT : PART_NONE;
    const char *came = record_text(record, listing->since);
    const char *left = listing->until ? record_text(record, listing->until) : came;
    if (!*came || strcmp(came, cut->until) > 0)
        return PART_NONE;
    if (!*left || strcmp(left, cut->from) >= 0)
        return PART_PRESENT;
    return strcmp(left, cut->former) > 0 ? PART_CARRIED : PART_NONE;
}

/* ---- which of them the options ask for ---- */

struct narrowed {
    struct buffer where;
    struct id_list only;
};

/* The record of `reg` that `record` points to; NULL: it points to none. */
static const char *target_of(const struct record *record, const struct reg *reg)
{
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);)
        if (walk.field->type == TYPE_REF && field_is_stored(walk.field) &&
            strcmp(walk.field->target, reg->name) == 0 &&
            !value_is_null(&record->values[walk.index]))
            return record->values[walk.index].text;
    return NULL;
}

/* The record that is named, when it is one of the list; else the one that it points to, else those
 * that point to it. */
static bool narrow_to_record(const struct listing *listing, const struct run *run,
                             enum report_choice choice, struct narrowed *narrowed,
                             struct error *err)
{
    const char *text = run->options->choices[choice];
    const char *name = report_choice_registers[choice];
    const struct reg *reg = name ? reg_find(name) : listing->reg;
    struct casefile_relation links;
    struct record record;
    size_t capacity = 0;
    bool ok = store_find(run->store, reg, text, &record, err);
    if (ok && record.deleted)
        ok = error_set(err, ERROR_MISSING, "“%s”已经删除，请先恢复", text);
    const char *target = !ok                   ? NULL
                         : reg == listing->reg ? record.id
                                               : target_of(&record, listing->reg);
    if (target)
        id_list_add(&narrowed->only, &capacity, target);
    else if (ok && casefile_relate(listing->reg, reg, &links))
        buffer_addf(&narrowed->where, " %s=\"%s\"", links.links[0]->name, record.id);
    record_release(&record);
    return ok;
}

static bool narrow(const struct listing *listing, const struct run *run, struct query *query,
                   struct narrowed *narrowed, struct error *err)
{
    bool ok = true;
    buffer_add(&narrowed->where, listing->where ? listing->where : "");
    for (size_t i = 0; ok && i < REPORT_CHOICE__COUNT; i++) {
        const char *text = run->options->choices[i];
        if (!text || !(listing->scope & REPORT_BIT(i)))
            continue;
        if (i == REPORT_WHERE)
            buffer_addf(&narrowed->where, " %s", text);
        else
            ok = narrow_to_record(listing, run, (enum report_choice)i, narrowed, err);
    }
    query->where = narrowed->where.length ? narrowed->where.text : NULL;
    query->only = narrowed->only.count ? &narrowed->only : listing->only;
    return ok;
}

/* ---- walking them ---- */

static bool each_given(const struct listing *listing, struct run *run,
                       bool (*each)(void *context, const struct record *record, struct error *err),
                       void *context, struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < listing->record_count; i++)
        ok = run_step(run, err) && each(context, &listing->records[i], err);
    return ok;
}

static bool each_stored(const struct listing *listing, struct run *run, const struct query *query,
                        bool (*each)(void *context, const struct record *record, struct error *err),
                        void *context, struct error *err)
{
    struct cursor *cursor;
    const struct record *record = NULL;
    if (!cursor_open(&cursor, run->store, query, err))
        return false;
    bool ok;
    while ((ok = cursor_next(cursor, &record, err)) && record) {
        ok = run_step(run, err) &&
             (find_part(listing, run, record) == PART_NONE || each(context, record, err));
        if (!ok)
            break;
    }
    cursor_close(&cursor);
    return ok;
}

bool listing_each(const struct listing *listing, struct run *run,
                  bool (*each)(void *context, const struct record *record, struct error *err),
                  void *context, struct error *err)
{
    struct query query = {.reg = listing->reg, .order = listing->order, .wanted = listing->wanted};
    struct narrowed narrowed = {.where = {0}};
    if (listing->records)
        return each_given(listing, run, each, context, err);
    bool ok = narrow(listing, run, &query, &narrowed, err) &&
              each_stored(listing, run, &query, each, context, err);
    buffer_release(&narrowed.where);
    id_list_release(&narrowed.only);
    return ok;
}

bool *listing_fields(const struct listing *listing)
{
    const struct reg *reg = listing->reg;
    const char *const names[] = {listing->since, listing->until, reg->name_field, "case_no"};
    bool *wanted = mem_new(reg_field_count(reg), sizeof *wanted);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        int index = names[i] ? reg_field_index(reg, names[i]) : -1;
        if (index >= 0)
            wanted[index] = true;
    }
    return wanted;
}

bool listing_count(const struct listing *listing, struct store *store, size_t *count,
                   struct error *err)
{
    struct query query = {.reg = listing->reg, .where = listing->where, .only = listing->only};
    int64_t found = (int64_t)listing->record_count;
    bool ok = listing->records || query_count(store, &query, &found, err);
    *count = (size_t)found;
    return ok;
}

bool listing_each_child(struct store *store, const struct reg *child, const char *parent,
                        bool (*each)(void *context, const struct record *record, struct error *err),
                        void *context, struct error *err)
{
    struct query query = {.reg = child, .parent = parent};
    struct cursor *cursor;
    const struct record *record = NULL;
    if (!cursor_open(&cursor, store, &query, err))
        return false;
    bool ok;
    while ((ok = cursor_next(cursor, &record, err)) && record)
        if (!(ok = each(context, record, err)))
            break;
    cursor_close(&cursor);
    return ok;
}

/* ---- child records of the current row ---- */

struct children {
    const struct reg *reg;
    const struct run *run;
    bool *of_first, *of_each; /* by field index: what columns show; NULL: nothing; owned */
    struct record first;      /* initialised when count > 0 */
    size_t count;
    struct buffer joined;
};

/* "居民区 石板村 350m 位于下游": names as they are, numbers with their unit, a yes by its label. */
static void join_field(const struct record *record, const struct field *field,
                       const struct lookup *lookup, struct buffer *out)
{
    struct buffer text = {0};
    record_display(record, field->name, lookup, &text);
    bool no =
        field->type == TYPE_BOOL && !record_matches(record, (struct condition){field->name, "是"});
    if (text.length && !no) {
        buffer_add(out, out->length && !text_ends_with(out->text, "\n") ? " " : "");
        buffer_add(out, field->type == TYPE_BOOL ? field->label : text.text);
        buffer_add(out, field->unit ? field->unit : "");
    }
    buffer_release(&text);
}

static bool is_joined(const struct reg *reg, const struct field *field)
{
    return (field->flags & FIELD_LIST) && strcmp(field->name, reg->parent) != 0;
}

static bool take_child(void *context, const struct record *record, struct error *err)
{
    (void)err;
    struct children *children = context;
    const bool *shown = children->count == 0 ? children->of_first : children->of_each;
    if (shown)
        run_note_within(children->run, record, shown);
    if (children->count++ == 0)
        record_copy(&children->first, record);
    else
        buffer_add_char(&children->joined, '\n');
    for (size_t i = 0; i < reg_field_count(record->reg); i++) {
        const struct field *field = reg_field(record->reg, i);
        if (is_joined(record->reg, field))
            join_field(record, field, children->run->context.lookup, &children->joined);
    }
    return true;
}

/* A number of records is shown of each, though none of its fields. */
static void find_shown(const struct listing *listing, struct children *children)
{
    const size_t count = reg_field_count(children->reg);
    children->of_first = mem_new(count, sizeof *children->of_first);
    for (size_t i = 0; i < listing->column_count; i++) {
        const struct column *column = &listing->columns[i];
        if (column->child != children->reg)
            continue;
        if (column->field)
            children->of_first[column->index] = true;
        else if (!children->of_each)
            children->of_each = mem_new(count, sizeof *children->of_each);
        for (size_t n = 0; column->source == COLUMN_LIST && n < count; n++)
            if (is_joined(children->reg, reg_field(children->reg, n)))
                children->of_each[n] = children->of_first[n] = true;
    }
    figures_add_periods(children->reg, children->of_first);
    if (children->of_each)
        figures_add_periods(children->reg, children->of_each);
}

static void drop_children(struct children *children)
{
    if (children->count > 0)
        record_release(&children->first);
    children->count = 0;
    buffer_clear(&children->joined);
}

/* ---- rows ---- */

struct writer {
    const struct listing *listing;
    struct run *run;
    struct column_memo *memos; /* one for each column; owned */
    struct children *children; /* one for each child register shown; owned */
    size_t child_count;
    bool *shown; /* by field index: what the columns show of the record itself; owned */
    size_t rows;
};

static struct children *children_of(struct writer *writer, const struct reg *reg)
{
    for (size_t i = 0; i < writer->child_count; i++)
        if (writer->children[i].reg == reg)
            return &writer->children[i];
    return NULL;
}

static void put_cell(struct writer *writer, size_t at, const struct record *record)
{
    const struct column *column = &writer->listing->columns[at];
    const struct lookup *lookup = writer->run->context.lookup;
    struct sink *sink = writer->run->sink;
    const struct children *children = column->child ? children_of(writer, column->child) : NULL;
    switch (column->source) {
    case COLUMN_FIELD:
    case COLUMN_EITHER:
    case COLUMN_CODE:
    case COLUMN_CHECK:
    case COLUMN_FILLED:
        column_put(column, record, lookup, &writer->memos[at], sink);
        break;
    case COLUMN_SERIAL:
        sink_number(sink, (int64_t)writer->rows, 0);
        break;
    case COLUMN_FIRST:
        column_put(column, children->count ? &children->first : NULL, lookup, &writer->memos[at],
                   sink);
        break;
    case COLUMN_LIST:
        sink_text(sink, buffer_text(&children->joined));
        break;
    case COLUMN_COUNT:
        sink_number(sink, (int64_t)children->count, 0);
        break;
    case COLUMN_CARRY:
        sink_text(sink, find_part(writer->listing, writer->run, record) == PART_CARRIED ? "结转"
                                                                                        : "本期");
        break;
    case COLUMN_BLANK:
        sink_empty(sink);
        break;
    }
}

static bool shows_field(const struct column *column, size_t index)
{
    for (size_t i = 0; i < column->either_count; i++)
        if (column->either[i] == index)
            return true;
    return column->field && !column->child && column->index == index;
}

static bool *fields_shown(const struct listing *listing)
{
    bool *shown = mem_new(reg_field_count(listing->reg), sizeof *shown);
    for (size_t i = 0; i < reg_field_count(listing->reg); i++)
        for (size_t n = 0; n < listing->column_count && !shown[i]; n++)
            shown[i] = shows_field(&listing->columns[n], i);
    figures_add_periods(listing->reg, shown);
    return shown;
}

static bool write_row(void *context, const struct record *record, struct error *err)
{
    struct writer *writer = context;
    for (size_t i = 0; i < writer->child_count; i++) {
        struct children *children = &writer->children[i];
        drop_children(children);
        if (!listing_each_child(writer->run->store, children->reg, record->id, take_child, children,
                                err))
            return false;
    }
    writer->rows++;
    run_note_shown(writer->run, record, writer->shown);
    sink_begin_row(writer->run->sink);
    for (size_t i = 0; i < writer->listing->column_count; i++)
        put_cell(writer, i, record);
    return sink_end_row(writer->run->sink, err);
}

/* What must be read of a record to show it; its name goes with it into a filing. */
static bool *fields_read(const struct listing *listing, const bool *shown)
{
    const struct reg *reg = listing->reg;
    bool *wanted = listing_fields(listing);
    for (size_t i = 0; i < reg_field_count(reg); i++)
        wanted[i] = wanted[i] || shown[i];
    for (size_t i = 0; i < listing->column_count; i++) {
        const struct column *column = &listing->columns[i];
        if (column->when.field && !column->child)
            wanted[reg_field_index(reg, column->when.field)] = true;
    }
    return wanted;
}

bool listing_write(const struct listing *listing, struct run *run, size_t *rows, struct error *err)
{
    struct writer writer = {
        .listing = listing,
        .run = run,
        .memos = mem_new(listing->column_count, sizeof *writer.memos),
        .children = mem_new(listing->column_count, sizeof *writer.children),
        .shown = fields_shown(listing),
    };
    for (size_t i = 0; i < listing->column_count; i++) {
        const struct reg *child = listing->columns[i].child;
        if (!child || children_of(&writer, child))
            continue;
        struct children *children = &writer.children[writer.child_count++];
        *children = (struct children){.reg = child, .run = run};
        find_shown(listing, children);
    }
    bool *wanted = fields_read(listing, writer.shown);
    struct listing narrowed = *listing;
    narrowed.wanted = wanted;
    bool ok = listing_each(&narrowed, run, write_row, &writer, err);
    free(wanted);
    for (size_t i = 0; i < writer.child_count; i++) {
        drop_children(&writer.children[i]);
        buffer_release(&writer.children[i].joined);
        free(writer.children[i].of_first);
        free(writer.children[i].of_each);
    }
    for (size_t i = 0; i < listing->column_count; i++)
        column_memo_release(&writer.memos[i]);
    free(writer.memos);
    free(writer.children);
    free(writer.shown);
    *rows = writer.rows;
    run->result->rows += writer.rows;
    return ok;
}
