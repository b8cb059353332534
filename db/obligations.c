#include "db/obligations.h"
#include "core/mem.h"
#include "db/query.h"

#include <stdlib.h>
#include <string.h>

/* What is read once for all obligations. */
struct reading {
    struct store *store;
    struct date today;
    bool whenever; /* also of campaigns that have not begun */
    struct obligations *list;
    struct record *campaigns; /* owned */
    size_t count, capacity;
};

const char *obligation_text(const struct obligation_item *item, const char *field)
{
    return record_text(&item->record, field);
}

void obligations_release(struct obligations *list)
{
    for (size_t i = 0; i < list->count; i++) {
        record_release(&list->items[i].record);
        free(list->items[i].campaign);
        free(list->items[i].settlements);
    }
    free(list->items);
    *list = (struct obligations){0};
}

static bool each_record(struct store *store, const struct query *query,
                        bool (*take)(struct reading *reading, const struct record *record),
                        struct reading *reading, struct error *err)
{
    struct cursor *cursor;
    const struct record *record = NULL;
    if (!cursor_open(&cursor, store, query, err))
        return false;
    bool ok, go_on = true;
    while ((ok = cursor_next(cursor, &record, err)) && record && go_on)
        go_on = take(reading, record);
    cursor_close(&cursor);
    return ok;
}

static bool take_campaign(struct reading *reading, const struct record *record)
{
    reading->campaigns = mem_grow(reading->campaigns, reading->count, &reading->capacity,
                                  sizeof *reading->campaigns);
    record_copy(&reading->campaigns[reading->count++], record);
    return true;
}

static const struct record *campaign_of(const struct reading *reading, const struct record *record)
{
    const struct value *id = record_value(record, "campaign");
    for (size_t i = 0; id && id->kind == VALUE_TEXT && i < reading->count; i++)
        if (strcmp(reading->campaigns[i].id, id->text) == 0)
            return &reading->campaigns[i];
    return NULL;
}

static bool has_begun(const struct record *campaign, struct date today)
{
    const struct value *from = campaign ? record_value(campaign, "from_year") : NULL;
    return !from || from->kind != VALUE_INTEGER || from->integer <= today.year;
}

static bool take_obligation(struct reading *reading, const struct record *record)
{
    struct obligations *list = reading->list;
    const struct record *campaign = campaign_of(reading, record);
    struct buffer name = {0};
    if (!reading->whenever && !has_begun(campaign, reading->today))
        return true;
    list->items = mem_grow(list->items, list->count, &list->capacity, sizeof *list->items);
    struct obligation_item *item = &list->items[list->count++];
    *item = (struct obligation_item){.is_core = false};
    record_copy(&item->record, record);
    item->is_core = strcmp(obligation_text(item, "scope"), "核心") == 0;
    record_display(record, "campaign", store_lookup(reading->store), &name);
    item->campaign = mem_text(buffer_text(&name));
    obligation_read(record, campaign, &item->when);
    buffer_release(&name);
    return true;
}

static bool take_settlement(struct reading *reading, const struct record *record)
{
    struct settlement settlement;
    const struct value *obligation = record_value(record, "obligation");
    if (obligation->kind != VALUE_TEXT || !obligation_read_settlement(record, &settlement))
        return true;
    for (size_t i = 0; i < reading->list->count; i++) {
        struct obligation_item *item = &reading->list->items[i];
        if (strcmp(item->record.id, obligation->text) != 0)
            continue;
        item->settlements =
            mem_grow(item->settlements, item->count, &item->capacity, sizeof *item->settlements);
        item->settlements[item->count++] = settlement;
    }
    return true;
}

static bool read_settlements(struct reading *reading, struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < register_count; i++)
        if (obligation_is_settled_by(registers[i]))
            ok = each_record(reading->store,
                             &(struct query){.reg = registers[i], .where = "obligation!="},
                             take_settlement, reading, err);
    return ok;
}

/* Those with a day first, by day; then the core ones; then by code. */
static int compare(const void *left, const void *right)
{
    const struct obligation_item *a = left, *b = right;
    bool a_has = a->next.nominal.year != 0, b_has = b->next.nominal.year != 0;
    int order = a_has != b_has ? b_has - a_has : a_has ? date_compare(a->next.due, b->next.due) : 0;
    if (order == 0)
        order = b->is_core - a->is_core;
    return order ? order : strcmp(obligation_text(a, "code"), obligation_text(b, "code"));
}

static bool finish(struct reading *reading, struct error *err)
{
    struct obligations *list = reading->list;
    bool ok = read_settlements(reading, err);
    const struct calendar *calendar = store_calendar(reading->store);
    for (size_t i = 0; ok && i < list->count; i++)
        list->items[i].next =
            obligation_next(&list->items[i].when, calendar, list->items[i].settlements,
                            list->items[i].count, reading->today);
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare);
    for (size_t i = 0; i < reading->count; i++)
        record_release(&reading->campaigns[i]);
    free(reading->campaigns);
    return ok;
}

bool obligations_load(struct obligations *list, struct store *store, struct date today,
                      struct error *err)
{
    struct reading reading = {.store = store, .today = today, .list = list};
    bool ok = each_record(store, &(struct query){.reg = reg_find("campaign")}, take_campaign,
                          &reading, err) &&
              each_record(store, &(struct query){.reg = reg_find("obligation")}, take_obligation,
                          &reading, err);
    return finish(&reading, err) && ok;
}

bool obligations_load_one(struct obligations *list, struct store *store, const char *id,
                          struct date today, struct error *err)
{
    struct reading reading = {.store = store, .today = today, .whenever = true, .list = list};
    struct record record;
    bool ok = store_get(store, reg_find("obligation"), id, &record, err) &&
              each_record(store, &(struct query){.reg = reg_find("campaign")}, take_campaign,
                          &reading, err);
    if (ok)
        take_obligation(&reading, &record);
    record_release(&record);
    return finish(&reading, err) && ok;
}
