#include "db/progress.h"
#include "core/decimal.h"
#include "db/facts.h"
#include "db/query.h"

#include <stdlib.h>
#include <string.h>

struct choice {
    const char *region, *campaign;
    int this_year;
    size_t length; /* of the best one's region code */
    bool is_own;   /* whether the best one is of the followed pack */
    struct progress_target best;
    struct buffer code; /* of its region */
};

/* Whether `year` is nearer to what is to be reached now than the best one's. */
static bool is_nearer(const struct choice *choice, int year)
{
    int best = choice->best.year;
    if (year >= choice->this_year)
        return best < choice->this_year || year < best;
    return best < choice->this_year && year > best;
}

static bool is_better(const struct choice *choice, const struct record *record, int year)
{
    size_t length = strlen(record_text(record, "region"));
    bool own = strcmp(record_text(record, "campaign"), choice->campaign) == 0;
    if (!choice->best.id[0] || length != choice->length)
        return length > choice->length;
    return own != choice->is_own ? own : is_nearer(choice, year);
}

static void consider(struct choice *choice, const struct record *record)
{
    const struct value *year = record_value(record, "year");
    const struct value *percent = record_value(record, "percent");
    const char *region = record_text(record, "region");
    if (strncmp(region, choice->region, strlen(region)) != 0 || year->kind != VALUE_INTEGER ||
        !is_better(choice, record, (int)year->integer))
        return;
    choice->length = strlen(region);
    choice->is_own = strcmp(record_text(record, "campaign"), choice->campaign) == 0;
    choice->best = (struct progress_target){.year = (int)year->integer,
                                            .has_percent = percent->kind == VALUE_INTEGER};
    choice->best.percent = choice->best.has_percent ? percent->integer : 0;
    memcpy(choice->best.id, record->id, sizeof choice->best.id);
    strncat(choice->best.kind, record_text(record, "kind"), sizeof choice->best.kind - 1);
    buffer_clear(&choice->code);
    buffer_add(&choice->code, region);
}

static bool read_targets(struct store *store, struct choice *choice, struct error *err)
{
    struct cursor *cursor;
    const struct record *record = NULL;
    const struct query query = {.reg = reg_find("target"), .where = "metal=合计"};
    if (!cursor_open(&cursor, store, &query, err))
        return false;
    bool ok;
    while ((ok = cursor_next(cursor, &record, err)) && record)
        consider(choice, record);
    cursor_close(&cursor);
    return ok;
}

bool progress_target(struct store *store, struct date today, struct progress_target *target,
                     struct error *err)
{
    struct buffer region = {0}, campaign = {0}, label = {0};
    buffer_add(&region, store_setting(store, "region"));
    facts_write_campaign(store, &campaign);
    struct choice choice = {.region = buffer_text(&region),
                            .campaign = buffer_text(&campaign),
                            .this_year = today.year};
    bool ok = read_targets(store, &choice, err);
    if (choice.best.id[0] && strcmp(buffer_text(&choice.code), choice.region) != 0) {
        const struct lookup *lookup = store_lookup(store);
        if (!lookup->label(lookup->context, "region", choice.code.text, &label))
            buffer_add(&label, choice.code.text);
        strncat(choice.best.region, label.text, sizeof choice.best.region - 1);
    }
    *target = choice.best;
    buffer_release(&region);
    buffer_release(&campaign);
    buffer_release(&label);
    buffer_release(&choice.code);
    return ok;
}

bool progress_percent(const struct summary_loads *loads, int64_t *percent)
{
    enum { PERCENT = 100, SCALE = 100 };
    int64_t net;
    return loads->base > 0 && decimal_add(loads->cut, -loads->added, &net) &&
           decimal_multiply(net, PERCENT * SCALE, loads->base, percent);
}
