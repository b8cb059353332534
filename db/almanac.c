#include "core/mem.h"
#include "db/internal.h"
#include "db/pack_rows.h"
#include "db/query.h"

#include <stdlib.h>
#include <string.h>

static const char register_name[] = "holiday";
static const char resource[] = "base/holiday.csv";

static void add_day(struct almanac *almanac, const struct record *record)
{
    struct date date;
    const char *kind = record_text(record, "kind");
    bool work = strcmp(kind, "班") == 0;
    if ((!work && strcmp(kind, "休") != 0) ||
        !date_parse(record_text(record, "day_on"), &date, NULL))
        return;
    size_t count = almanac->calendar.count++;
    almanac->days = mem_grow(almanac->days, count, &almanac->capacity, sizeof *almanac->days);
    almanac->days[count] = (struct calendar_day){.day = date_to_days(date), .work = work};
    almanac->calendar.days = almanac->days;
}

/* Of the same day the working one first. */
static int compare_days(const void *left, const void *right)
{
    const struct calendar_day *a = left, *b = right;
    return a->day != b->day ? (a->day > b->day) - (a->day < b->day) : b->work - a->work;
}

static void put_in_order(struct almanac *almanac)
{
    size_t kept = 0;
    if (almanac->calendar.count == 0)
        return;
    qsort(almanac->days, almanac->calendar.count, sizeof *almanac->days, compare_days);
    for (size_t i = 1; i < almanac->calendar.count; i++)
        if (almanac->days[i].day != almanac->days[kept].day)
            almanac->days[++kept] = almanac->days[i];
    almanac->calendar.count = kept + 1;
}

static bool load_records(struct almanac *almanac, struct store *store, struct error *err)
{
    struct cursor *cursor;
    const struct record *record = NULL;
    if (!cursor_open(&cursor, store, &(struct query){.reg = reg_find(register_name)}, err))
        return false;
    bool ok;
    while ((ok = cursor_next(cursor, &record, err)) && record)
        add_day(almanac, record);
    cursor_close(&cursor);
    return ok;
}

static void take_row(void *data, const struct record *record)
{
    add_day(data, record);
}

bool almanac_load(struct almanac *almanac, struct store *store, struct error *err)
{
    bool ok = store ? load_records(almanac, store, err)
                    : pack_each_row(reg_find(register_name), resource, take_row, almanac, err);
    put_in_order(almanac);
    return ok;
}

void almanac_release(struct almanac *almanac)
{
    free(almanac->days);
    *almanac = (struct almanac){.days = NULL};
}

void almanac_forget(struct store *store, const struct reg *changed)
{
    if (changed && strcmp(changed->name, register_name) != 0)
        return;
    almanac_release(&store->almanac);
    store->has_almanac = false;
}

const struct calendar *store_calendar(struct store *store)
{
    store_follow_others(store);
    if (!store->has_almanac) {
        store->has_almanac = true;
        if (!almanac_load(&store->almanac, store, NULL))
            almanac_release(&store->almanac);
    }
    return &store->almanac.calendar;
}
