#include "db/filter.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/internal.h"
#include "db/words.h"

#include <stdlib.h>
#include <string.h>

enum { SLICE_RECORDS = 64 };

struct filter {
    const struct id_list *ids;
    sqlite3_stmt *stmt;  /* the search fields of one record */
    struct buffer texts; /* folded, one after the other, each with its NUL */
    size_t *starts;      /* of each record's text */
    size_t read;         /* records read so far */
    char *text;          /* as typed; owned */
    struct words words;
    size_t *found; /* records: first those that match, then from `next` to `last` those that matched
                      a shorter text */
    size_t count, next, last;
    size_t scanned; /* records compared so far */
};

static void write_select(const struct reg *reg, struct buffer *sql)
{
    buffer_add(sql, "SELECT t.id");
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        if (!(walk.field->flags & FIELD_SEARCH))
            continue;
        buffer_add(sql, ", ");
        rows_readable_expression(reg, walk.field, sql);
    }
    buffer_addf(sql, " FROM \"%s\" AS t WHERE t.deleted = 0 AND t.id = ?", reg->name);
}

bool filter_open(struct filter **out, struct store *store, const struct reg *reg,
                 const struct id_list *ids, struct error *err)
{
    struct filter *filter = mem_new(1, sizeof *filter);
    struct buffer select = {0};
    filter->ids = ids;
    filter->text = mem_text("");
    filter->starts = mem_new(ids->count, sizeof *filter->starts);
    filter->found = mem_new(ids->count, sizeof *filter->found);
    write_select(reg, &select);
    bool ok = sql_prepare(store->db, select.text, &filter->stmt, err);
    buffer_release(&select);
    *out = filter;
    if (!ok)
        filter_close(out);
    return ok;
}

void filter_close(struct filter **out)
{
    struct filter *filter = *out;
    if (!filter)
        return;
    *out = NULL;
    sqlite3_finalize(filter->stmt);
    buffer_release(&filter->texts);
    words_release(&filter->words);
    free(filter->starts);
    free(filter->found);
    free(filter->text);
    free(filter);
}

void filter_ask(struct filter *filter, const char *text)
{
    bool longer = filter->words.count > 0 && text_starts_with(text, filter->text);
    size_t rest = longer ? filter->last - filter->next : 0;
    words_release(&filter->words);
    words_parse(&filter->words, text);
    free(filter->text);
    filter->text = mem_text(text);
    /* Only what matched the shorter text can match the longer one. */
    memmove(filter->found + (longer ? filter->count : 0), filter->found + filter->next,
            rest * sizeof *filter->found);
    filter->last = longer ? filter->count + rest : 0;
    filter->scanned = longer ? filter->scanned : 0;
    filter->count = filter->next = 0;
}

static bool read_record(struct filter *filter, struct error *err)
{
    struct buffer *texts = &filter->texts;
    bool row = false;
    filter->starts[filter->read] = texts->length;
    sql_lend_text(filter->stmt, 1, filter->ids->ids[filter->read]);
    bool ok = sql_step(filter->stmt, &row, err);
    for (int i = 1; row && i < sqlite3_column_count(filter->stmt); i++) {
        text_fold(sql_column_text(filter->stmt, i), texts);
        buffer_add_char(texts, WORDS_FIELD_END);
    }
    buffer_add_char(texts, '\0');
    sqlite3_reset(filter->stmt);
    filter->read += ok;
    return ok;
}

static void compare(struct filter *filter, size_t record)
{
    const char *text = filter->texts.text + filter->starts[record];
    if (*text && words_match(&filter->words, text, true))
        filter->found[filter->count++] = record;
}

/* One record further; false when nothing is left to do. */
static bool step(struct filter *filter, bool *ok, struct error *err)
{
    *ok = true;
    if (filter->next < filter->last)
        compare(filter, filter->found[filter->next++]);
    else if (filter->scanned < filter->read)
        compare(filter, filter->scanned++);
    else if (filter->read < filter->ids->count)
        *ok = read_record(filter, err);
    else
        return false;
    return true;
}

bool filter_work(struct filter *filter, unsigned milliseconds, bool *more, struct error *err)
{
    uint64_t begin = clock_milliseconds();
    bool ok = true;
    *more = true;
    while (ok && *more && clock_milliseconds() - begin < milliseconds)
        for (int i = 0; ok && *more && i < SLICE_RECORDS; i++)
            *more = step(filter, &ok, err);
    return ok;
}

size_t filter_count(const struct filter *filter)
{
    return filter->count;
}

const char *filter_id(const struct filter *filter, size_t index)
{
    return index < filter->count ? filter->ids->ids[filter->found[index]] : NULL;
}

void filter_list(const struct filter *filter, struct id_list *list)
{
    list->ids = mem_new(filter->count, sizeof *list->ids);
    list->count = filter->count;
    for (size_t i = 0; i < filter->count; i++)
        memcpy(list->ids[i], filter->ids->ids[filter->found[i]], RECORD_ID_SIZE);
}
