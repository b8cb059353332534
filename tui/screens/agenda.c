#include "core/mem.h"
#include "db/query.h"
#include "tui/screens/draft_name.h"
#include "tui/screens/workbench.h"
#include "tui/wording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GAPS_SHOWN = 3 };

static void slot_clear(struct slot *slot)
{
    for (size_t i = 0; i < slot->count; i++) {
        free(slot->items[i].where);
        free(slot->items[i].name);
        free(slot->items[i].detail);
        free(slot->items[i].more);
    }
    slot->count = 0;
}

static struct item *add_item(struct slot *slot, struct item item)
{
    slot->items[slot->count] = item;
    return &slot->items[slot->count++];
}

/* ---- duties: how many, and the most pressing records ---- */

static void tell_person(const struct record *record, struct buffer *out)
{
    static const char *const names[] = {"state", "responsible_person", "status"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct value *value = record_value(record, names[i]);
        if (value && value->kind == VALUE_TEXT)
            buffer_addf(out, "%s%s", out->length ? "  " : "", value->text);
    }
}

static void fill_record(struct item *item, const struct duty *duty, const struct record *record,
                        struct date today, const struct lookup *lookup)
{
    struct buffer name = {0}, detail = {0}, more = {0};
    record_name(record, lookup, &name);
    duty_tell(duty, record, today, &detail);
    tell_person(record, &more);
    item->name = buffer_take(&name);
    item->detail = buffer_take(&detail);
    item->more = buffer_take(&more);
}

/* A missed day is shown with its records, a coming one with the next. */
static bool add_records(struct slot *slot, const struct query *query, int64_t total,
                        struct date today, struct store *store, struct error *err)
{
    struct cursor *cursor;
    const struct record *record;
    size_t most = slot->duty->mark == '!' ? SLOT_ITEMS : 1;
    bool ok = cursor_open(&cursor, store, query, err);
    for (size_t i = 0; ok && i < most && (ok = cursor_next(cursor, &record, err)) && record; i++) {
        struct item *item = add_item(slot, (struct item){.mark = slot->duty->mark,
                                                         .label = i ? "" : slot->duty->label,
                                                         .count = total,
                                                         .reg = slot->reg});
        if (i == 0 && total > 1)
            item->where = mem_text(query->where);
        else
            memcpy(item->id, record->id, sizeof item->id);
        fill_record(item, slot->duty, record, today, store_lookup(store));
    }
    cursor_close(&cursor);
    return ok;
}

static bool fill_duty(struct slot *slot, struct date today, struct store *store, struct error *err)
{
    struct buffer where = {0};
    int64_t total = 0;
    duty_write_where(slot->duty, today, &where);
    const struct query query = {.reg = slot->reg, .where = where.text, .order = slot->duty->date};
    bool ok = query_count(store, &query, &total, err) &&
              (total == 0 || add_records(slot, &query, total, today, store, err));
    buffer_release(&where);
    return ok;
}

/* ---- incomplete records, and what they lack ---- */

static void add_incomplete(struct slot *slot, int64_t count, char *gaps)
{
    if (count == 0) {
        free(gaps);
        return;
    }
    add_item(slot, (struct item){.mark = '?',
                                 .label = "待补资料",
                                 .count = count,
                                 .reg = slot->reg,
                                 .name = mem_text(slot->reg->label),
                                 .more = gaps});
}

static bool fill_incomplete(struct slot *slot, int64_t count, struct store *store,
                            struct error *err)
{
    struct summary_gap gaps[GAPS_SHOWN];
    size_t found = 0;
    struct buffer text = {0};
    if (count && !summary_gaps(store, slot->reg, gaps, GAPS_SHOWN, &found, err))
        return false;
    for (size_t i = 0; i < found; i++) {
        buffer_add(&text, i ? "、" : "缺 ");
        field_add_title(gaps[i].field, &text);
        buffer_addf(&text, " %lld", (long long)gaps[i].count);
    }
    add_incomplete(slot, count, buffer_take(&text));
    return true;
}

/* ---- drafts ---- */

static bool fill_drafts(struct slot *slot, struct date today, struct store *store,
                        struct error *err)
{
    struct draft *drafts;
    size_t count;
    if (!draft_list(store, &drafts, &count, err))
        return false;
    for (size_t i = 0; i < count && i < SLOT_ITEMS; i++) {
        struct item *item = add_item(slot, (struct item){.mark = '~',
                                                         .label = i ? "" : "草稿",
                                                         .count = (int64_t)count,
                                                         .reg = drafts[i].reg});
        struct buffer name = {0}, more = {0};
        memcpy(item->id, drafts[i].record, sizeof item->id);
        draft_name(store, &drafts[i], &name);
        draft_tell(&drafts[i], today, &more);
        item->name = buffer_take(&name);
        item->more = buffer_take(&more);
    }
    free(drafts);
    return true;
}

/* ---- the agenda ---- */

static void add_slot(struct agenda *agenda, struct slot slot)
{
    agenda->slots[agenda->slot_count++] = slot;
}

static void add_duties(struct agenda *agenda, char mark)
{
    for (size_t i = 0; i < duty_count; i++)
        for (size_t j = 0; j < agenda->tally_count; j++)
            if (duties[i].mark == mark && duty_concerns(&duties[i], agenda->tallies[j].reg))
                add_slot(agenda, (struct slot){.kind = SLOT_DUTY,
                                               .duty = &duties[i],
                                               .reg = agenda->tallies[j].reg});
}

void agenda_init(struct agenda *agenda, struct date today)
{
    *agenda = (struct agenda){.today = today};
    agenda->tallies = mem_new(register_count, sizeof *agenda->tallies);
    for (size_t i = 0; i < register_count; i++)
        if (reg_is_main(registers[i]))
            agenda->tallies[agenda->tally_count++] =
                (struct tally){.reg = registers[i], .entered = -1};
    agenda->slots = mem_new((duty_count + 1) * register_count + 1, sizeof *agenda->slots);
    add_duties(agenda, '!');
    add_duties(agenda, '?');
    for (size_t i = 0; i < agenda->tally_count; i++)
        add_slot(agenda, (struct slot){.kind = SLOT_INCOMPLETE, .reg = agenda->tallies[i].reg});
    add_slot(agenda, (struct slot){.kind = SLOT_DRAFTS});
}

void agenda_release(struct agenda *agenda)
{
    for (size_t i = 0; i < agenda->slot_count; i++)
        slot_clear(&agenda->slots[i]);
    free(agenda->slots);
    free(agenda->tallies);
}

static int64_t count_incomplete(const struct agenda *agenda, const struct reg *reg)
{
    for (size_t i = 0; i < agenda->tally_count; i++)
        if (agenda->tallies[i].reg == reg)
            return agenda->tallies[i].counts.incomplete;
    return 0;
}

bool agenda_begin(struct agenda *agenda, struct store *store, struct error *err)
{
    agenda->step = 0;
    for (size_t i = 0; i < agenda->tally_count; i++)
        if (!summary_count(store, agenda->tallies[i].reg, &agenda->tallies[i].counts, err))
            return false;
    for (size_t i = 0; i < agenda->slot_count; i++) {
        struct slot *slot = &agenda->slots[i];
        if (slot->kind == SLOT_INCOMPLETE && slot->count == 0)
            add_incomplete(slot, count_incomplete(agenda, slot->reg), NULL);
    }
    struct slot *drafts = &agenda->slots[agenda->slot_count - 1];
    slot_clear(drafts);
    return fill_drafts(drafts, agenda->today, store, err);
}

static bool fill_slot(struct agenda *agenda, struct slot *slot, struct store *store,
                      struct error *err)
{
    slot_clear(slot);
    switch (slot->kind) {
    case SLOT_DUTY:
        return fill_duty(slot, agenda->today, store, err);
    case SLOT_INCOMPLETE:
        return fill_incomplete(slot, count_incomplete(agenda, slot->reg), store, err);
    case SLOT_DRAFTS:
        return fill_drafts(slot, agenda->today, store, err);
    }
    return true;
}

static bool fill_tally(struct tally *tally, struct date today, struct store *store,
                       struct error *err)
{
    char since[DATE_TEXT_SIZE];
    date_format((struct date){today.year, 1, 1}, since);
    tally->problems_known = summary_problems(store, tally->reg, &tally->problems, err);
    return tally->problems_known &&
           summary_count_new(store, tally->reg, since, &tally->entered, err);
}

bool agenda_step(struct agenda *agenda, struct store *store, bool *more, struct error *err)
{
    size_t step = agenda->step++;
    bool ok = true;
    if (step < agenda->slot_count)
        ok = fill_slot(agenda, &agenda->slots[step], store, err);
    else if (step < agenda->slot_count + agenda->tally_count)
        ok = fill_tally(&agenda->tallies[step - agenda->slot_count], agenda->today, store, err);
    *more = ok && agenda->step < agenda->slot_count + agenda->tally_count;
    return ok;
}
