#include "db/shipped.h"
#include "core/calendar.h"
#include "core/facts.h"
#include "core/mem.h"
#include "db/clock.h"
#include "db/pack_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *reg, *resource;
} tables[] = {
    {"limit", "base/limit.csv"},
    {"parameter", "base/parameter.csv"},
};

struct shipped {
    struct record *records;
    size_t count, capacity;
    struct facts facts;
    struct lookup lookup;
    struct calendar calendar;
};

static bool find_nothing(void *context, const char *target, const char *text, struct buffer *id,
                         struct error *err)
{
    (void)context;
    (void)target;
    (void)id;
    return error_set(err, ERROR_REFUSED, "还没有数据文件，找不到“%s”，请先用 taizhang init 建立",
                     text);
}

static bool label_nothing(void *context, const char *target, const char *id, struct buffer *label)
{
    (void)context;
    (void)target;
    (void)id;
    (void)label;
    return false;
}

/* Rows have no id of their own; their place tells them apart. */
static void take(void *data, const struct record *record)
{
    struct shipped *shipped = data;
    shipped->records =
        mem_grow(shipped->records, shipped->count, &shipped->capacity, sizeof *shipped->records);
    struct record *copy = &shipped->records[shipped->count++];
    record_copy(copy, record);
    snprintf(copy->id, sizeof copy->id, "%zu", shipped->count);
}

static bool is_asked_for(const struct record *record, const struct facts_query *query)
{
    struct buffer text = {0};
    if (strcmp(record->reg->name, query->reg) != 0)
        return false;
    if (query->field)
        record_format(record, query->field, &text);
    bool same = !query->field || strcmp(buffer_text(&text), query->value) == 0;
    buffer_release(&text);
    return same;
}

static void each(void *context, const struct facts_query *query, facts_visitor *visit, void *data)
{
    const struct shipped *shipped = context;
    bool go_on = true;
    for (size_t i = 0; go_on && i < shipped->count; i++)
        if (is_asked_for(&shipped->records[i], query))
            go_on = visit(data, &shipped->records[i]);
}

static bool has_file(void *context, const char *sha256)
{
    (void)context;
    (void)sha256;
    return false;
}

bool shipped_open(struct shipped **out, struct error *err)
{
    struct shipped *shipped = *out = mem_new(1, sizeof *shipped);
    bool ok = true;
    shipped->facts = (struct facts){.context = shipped, .each = each, .has_file = has_file};
    shipped->lookup = (struct lookup){.find = find_nothing, .label = label_nothing};
    for (size_t i = 0; ok && i < COUNT_OF(tables); i++)
        ok = pack_each_row(reg_find(tables[i].reg), tables[i].resource, take, shipped, err);
    if (!ok)
        shipped_close(out);
    return ok;
}

void shipped_close(struct shipped **shipped)
{
    if (!*shipped)
        return;
    for (size_t i = 0; i < (*shipped)->count; i++)
        record_release(&(*shipped)->records[i]);
    free((*shipped)->records);
    free(*shipped);
    *shipped = NULL;
}

struct check_context shipped_context(struct shipped *shipped)
{
    return (struct check_context){
        .today = clock_today(),
        .lookup = &shipped->lookup,
        .calendar = &shipped->calendar,
        .facts = &shipped->facts,
        .campaign = "",
        .jurisdiction = "",
    };
}
