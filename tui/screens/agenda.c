#include "core/mem.h"
#include "tui/screens/workbench.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is looked for, the most urgent first ---- */

static struct slot *add_slot(struct agenda *agenda, enum slot_kind kind)
{
    struct slot *slot = &agenda->slots[agenda->slot_count++];
    *slot = (struct slot){.kind = kind};
    return slot;
}

static void add_part(struct slot *slot, const struct reg *reg)
{
    if (!slot->parts)
        slot->parts = mem_new(register_count, sizeof *slot->parts);
    slot->parts[slot->part_count++] = (struct part){.reg = reg};
}

/* Deadlines and pauses are called after their register, so each has a slot of its own. */
static void add_duty(struct agenda *agenda, const struct duty *duty)
{
    struct slot *slot = NULL;
    for (size_t i = 0; i < register_count; i++) {
        if (!duty_concerns(duty, registers[i]))
            continue;
        if (!slot || duty->is_deadline || duty->is_pause)
            slot = add_slot(agenda, SLOT_DUTY);
        slot->duty = duty;
        add_part(slot, registers[i]);
    }
}

static void add_duties(struct agenda *agenda, char mark, bool with_day)
{
    for (size_t i = 0; i < duty_count; i++)
        if (duties[i].mark == mark && (duties[i].only.field == NULL) == with_day)
            add_duty(agenda, &duties[i]);
}

static void add_incomplete(struct agenda *agenda)
{
    struct slot *slot = add_slot(agenda, SLOT_INCOMPLETE);
    for (size_t i = 0; i < register_count; i++)
        if (reg_is_main(registers[i]))
            add_part(slot, registers[i]);
}

void agenda_init(struct agenda *agenda, struct date today)
{
    enum { OTHERS = 7 };
    const struct reg *reg;
    *agenda = (struct agenda){.today = today};
    agenda->tallies = mem_new(register_count, sizeof *agenda->tallies);
    while ((reg = reg_on_desk(agenda->tally_count)))
        agenda->tallies[agenda->tally_count++] = (struct tally){.reg = reg, .entered = -1};
    agenda->slots = mem_new(duty_count * register_count + OTHERS, sizeof *agenda->slots);
    add_duties(agenda, '!', true);
    add_slot(agenda, SLOT_MISSED);
    add_slot(agenda, SLOT_COMING);
    add_duties(agenda, '?', true);
    add_incomplete(agenda);
    add_duties(agenda, '?', false);
    add_slot(agenda, SLOT_FINDINGS);
    add_slot(agenda, SLOT_CALENDAR);
    add_slot(agenda, SLOT_DRAFTS);
}

void agenda_release(struct agenda *agenda)
{
    for (size_t i = 0; i < agenda->slot_count; i++) {
        struct slot *slot = &agenda->slots[i];
        slot_clear_items(slot);
        for (size_t j = 0; j < slot->part_count; j++) {
            free(slot->parts[j].where);
            free(slot->parts[j].more);
        }
        free(slot->parts);
    }
    free(agenda->slots);
    free(agenda->tallies);
    obligations_release(&agenda->obligations);
    target_facts_release(&agenda->facts);
    balance_tally_release(&agenda->next_balance);
}

/* ---- looking ---- */

static struct slot *slot_of(struct agenda *agenda, enum slot_kind kind)
{
    for (size_t i = 0; i < agenda->slot_count; i++)
        if (agenda->slots[i].kind == kind)
            return &agenda->slots[i];
    return NULL;
}

/* What was worked out for it stands until it is worked out anew. */
static void find_target(struct agenda *agenda, struct store *store)
{
    targets_find_own(store, agenda->today, &agenda->next_target);
    if (strcmp(agenda->next_target.id, agenda->target.id) == 0)
        return;
    agenda->target = agenda->next_target;
    agenda->target_judged = false;
}

bool agenda_begin(struct agenda *agenda, struct store *store, struct error *err)
{
    agenda->slot = agenda->part = agenda->tally = 0;
    target_facts_release(&agenda->facts);
    balance_tally_release(&agenda->next_balance);
    for (size_t i = 0; i < agenda->tally_count; i++) {
        struct tally *tally = &agenda->tallies[i];
        memset(&tally->next, 0, sizeof tally->next);
        if (!summary_count(store, tally->reg, &tally->counts, err))
            return false;
    }
    find_target(agenda, store);
    return slot_finish(slot_of(agenda, SLOT_DRAFTS), agenda, store, err);
}

bool agenda_count_findings(struct agenda *agenda, struct store *store, struct error *err)
{
    return check_count(store, agenda->findings, err) && agenda_note_waiting(agenda, store, err);
}

bool agenda_note_waiting(struct agenda *agenda, struct store *store, struct error *err)
{
    return slot_finish(slot_of(agenda, SLOT_FINDINGS), agenda, store, err);
}

static bool step_slot(struct agenda *agenda, struct store *store, struct error *err)
{
    struct slot *slot = &agenda->slots[agenda->slot];
    if (agenda->part < slot->part_count)
        return slot_fill_part(slot, agenda->part++, store, err);
    agenda->slot++;
    agenda->part = 0;
    if (slot->kind == SLOT_FINDINGS)
        return agenda_count_findings(agenda, store, err);
    return slot_finish(slot, agenda, store, err);
}

static bool step_tally(struct agenda *agenda, struct store *store, struct error *err)
{
    struct tally *tally = &agenda->tallies[agenda->tally];
    char since[DATE_TEXT_SIZE];
    bool ok;
    date_format((struct date){agenda->today.year, 1, 1}, since);
    if (!tally->next.new_walk.done) {
        ok = summary_count_new(store, tally->reg, since, &tally->next.new_walk,
                               &tally->next.entered, err);
        if (ok && tally->next.new_walk.done)
            tally->entered = tally->next.entered;
        return ok;
    }
    ok = summary_problems(store, tally->reg, &tally->next.problem_walk, &tally->next.problems, err);
    if (ok && tally->next.problem_walk.done) {
        tally->problems = tally->next.problems;
        tally->problems_known = true;
        agenda->tally++;
    }
    return ok;
}

static bool step_target(struct agenda *agenda, struct store *store, struct error *err)
{
    bool ok = target_facts_step(&agenda->facts, store, err);
    if (ok && agenda->facts.done) {
        targets_judge(&agenda->next_target, &agenda->facts);
        agenda->target = agenda->next_target;
        agenda->target_judged = true;
    }
    return ok;
}

/* Until all plants are through, what was counted last stands. */
static bool step_balance(struct agenda *agenda, struct store *store, struct error *err)
{
    bool ok = balance_tally_step(store, &agenda->next_balance, err);
    if (ok && agenda->next_balance.done) {
        agenda->balance = agenda->next_balance;
        agenda->balance.plants = (struct id_list){0};
    }
    return ok;
}

bool agenda_step(struct agenda *agenda, struct store *store, bool *more, struct error *err)
{
    bool ok = true;
    if (agenda->slot < agenda->slot_count)
        ok = step_slot(agenda, store, err);
    else if (agenda->tally < agenda->tally_count)
        ok = step_tally(agenda, store, err);
    else if (!agenda->facts.done)
        ok = step_target(agenda, store, err);
    else if (!agenda->next_balance.done)
        ok = step_balance(agenda, store, err);
    *more = ok && !(agenda->slot == agenda->slot_count && agenda->tally == agenda->tally_count &&
                    agenda->facts.done && agenda->next_balance.done);
    return ok;
}
