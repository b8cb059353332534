#include "exports/layout_tally.h"

#include "core/decimal.h"
#include "core/mem.h"
#include "core/registers.h"
#include "core/registers/problem.h"
#include "core/text.h"
#include "db/accept.h"
#include "db/check.h"

#include <stdlib.h>
#include <string.h>

struct taking {
    struct tally *tally;
    struct list_tally *list;
    struct run *run;
    int loads[LOAD_GROUP_COUNT][LOAD_COLUMNS]; /* indices of the fields; -1: the list has none */
    struct id_list incomplete;                 /* records of the register, sorted */
    struct check_suspects suspects;
};

/* `filled` counts the values that are there. */
static bool add(int64_t *sum, size_t *filled, const struct value *value, struct error *err)
{
    if (!value || value_is_null(value))
        return true;
    ++*filled;
    if (decimal_add(*sum, value->integer, sum))
        return true;
    return error_set(err, ERROR_REFUSED, "排放量合计太大，无法精确计算，请核对排放量。");
}

/* ---- what carries loads: the enterprises ---- */

static bool has_loads(const struct reg *reg)
{
    return reg_field_find(reg, load_groups[LOAD_BASE].total) &&
           reg_field_find(reg, load_groups[LOAD_ACTUAL].total);
}

static const char *load_name(size_t group, size_t column)
{
    return column < LOAD_METAL_COUNT ? load_groups[group].metals[column] : load_groups[group].total;
}

static void find_loads(struct taking *taking, const struct reg *reg)
{
    struct tally *tally = taking->tally;
    bool first = tally->group_count == 0 && has_loads(reg);
    for (size_t i = 0; i < LOAD_GROUP_COUNT; i++) {
        for (size_t j = 0; j < LOAD_COLUMNS; j++)
            taking->loads[i][j] = reg_field_index(reg, load_name(i, j));
        if (first && taking->loads[i][LOAD_METAL_COUNT] >= 0)
            tally->groups[tally->group_count++] = i;
    }
}

/* NULL: the list has none. */
static const struct value *load_of(const struct taking *taking, const struct record *record,
                                   size_t group, size_t column)
{
    int index = taking->loads[group][column];
    return index < 0 ? NULL : &record->values[index];
}

static struct group_tally *group_of(struct group_tallies *groups, const char *label)
{
    for (size_t i = 0; i < groups->count; i++)
        if (strcmp(groups->items[i].label, label) == 0)
            return &groups->items[i];
    groups->items =
        mem_grow(groups->items, groups->count, &groups->capacity, sizeof *groups->items);
    groups->items[groups->count] = (struct group_tally){.label = mem_text(label)};
    return &groups->items[groups->count++];
}

static bool add_to_group(const struct taking *taking, struct group_tallies *groups,
                         const struct buffer *label, const struct record *record, struct error *err)
{
    struct group_tally *group = group_of(groups, label->length ? label->text : "（未填）");
    bool ok = true;
    group->count++;
    for (size_t i = 0; ok && i < LOAD_GROUP_COUNT; i++)
        ok = add(&group->loads[i], &group->filled[i], load_of(taking, record, i, LOAD_METAL_COUNT),
                 err);
    return ok;
}

/* A bureau of one county needs only the township; above it the county is named as well. */
static void name_town(const struct record *record, const struct check_context *context,
                      struct buffer *out)
{
    enum { COUNTY_CODE = 6 };
    if (text_is_empty(context->jurisdiction) || strlen(context->jurisdiction) < COUNTY_CODE)
        record_display(record, "region", context->lookup, out);
    if (value_is_null(record_value(record, "town")))
        buffer_add(out, "（未填乡镇）");
    record_display(record, "town", context->lookup, out);
}

/* One metal, or the total, of one enterprise. */
static bool take_load(const struct taking *taking, const struct record *record, size_t column,
                      struct error *err)
{
    struct tally *tally = taking->tally;
    const struct value *base = load_of(taking, record, LOAD_BASE, column);
    const struct value *actual = load_of(taking, record, LOAD_ACTUAL, column);
    size_t ignored = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < LOAD_GROUP_COUNT; i++)
        ok = add(&tally->loads[i][column], &tally->filled[i][column],
                 load_of(taking, record, i, column), err);
    if (ok && !value_is_null(base) && !value_is_null(actual))
        ok = add(&tally->paired_base[column], &ignored, base, err) &&
             add(&tally->paired_actual[column], &ignored, actual, err);
    return ok;
}

static bool take_loads(struct taking *taking, const struct record *record, struct error *err)
{
    struct tally *tally = taking->tally;
    struct buffer industry = {0}, town = {0};
    bool ok = true;
    for (size_t j = 0; ok && j < LOAD_COLUMNS; j++)
        ok = take_load(taking, record, j, err);
    record_display(record, "key_industry", taking->run->context.lookup, &industry);
    name_town(record, &taking->run->context, &town);
    ok = ok && add_to_group(taking, &tally->industries, &industry, record, err) &&
         add_to_group(taking, &tally->towns, &town, record, err);
    buffer_release(&industry);
    buffer_release(&town);
    return ok;
}

static int compare_groups(const void *a, const void *b)
{
    const struct group_tally *one = a, *other = b;
    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return strcmp(one->label, other->label);
}

/* ---- problems ---- */

static bool concerns(const struct list_tally *list, const struct record *problem)
{
    const struct reg *reg = problem->reg;
    for (size_t i = 0; i < reg_field_count(reg); i++) {
        const struct value *value = &problem->values[i];
        if (reg_field(reg, i)->type == TYPE_REF && !value_is_null(value) &&
            id_list_has(&list->subjects, value->text))
            return true;
    }
    return false;
}

static void take_problem(struct taking *taking, const struct record *record)
{
    struct tally *tally = taking->tally;
    bool open = !record_matches(record, (struct condition){"state", PROBLEM_CLOSED});
    const struct value *state = record_value(record, "state");
    for (size_t i = 0; i < tally->list_count; i++) {
        struct list_tally *list = &tally->lists[i];
        bool counts = list == taking->list || concerns(list, record);
        list->problems += counts;
        list->open += counts && open;
    }
    for (size_t i = 0; i < tally->state_count; i++)
        tally->states[i].count +=
            !value_is_null(state) && strcmp(state->text, tally->states[i].state) == 0;
}

static void init_states(struct tally *tally)
{
    const char *const *state = reg_field_find(&reg_problem, "state")->choices;
    for (; *state && tally->state_count < TALLY_MAX_STATES; state++)
        tally->states[tally->state_count++].state = *state;
}

/* ---- all lists ---- */

/* A profile is meant by the enterprise that it describes. */
static void take_subjects(struct list_tally *list, const struct record *record)
{
    const char *name = record->reg->name_field;
    const struct value *named = record_value(record, name);
    id_list_add(&list->subjects, &list->capacity, record->id);
    if (reg_field_find(record->reg, name)->type == TYPE_REF && !value_is_null(named))
        id_list_add(&list->subjects, &list->capacity, named->text);
}

/* Neither what is empty counts, nor what was accepted. */
static bool count_findings(struct taking *taking, const char *id, struct error *err)
{
    struct store *store = taking->run->store;
    const struct reg *reg = taking->list->sheet->listing.reg;
    struct findings findings = {0};
    struct acceptances acceptances = {0};
    struct record whole;
    if (!check_is_suspect(&taking->suspects, id))
        return true;
    const struct record *record = &whole;
    bool ok = store_get(store, reg, id, &whole, err);
    if (ok)
        record_check(record, &taking->run->context, &findings);
    ok = ok && acceptances_read(store, reg, id, &acceptances, err);
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        taking->list->findings[finding->severity] +=
            !finding->is_gap && !acceptance_of(&acceptances, record, finding);
    }
    findings_release(&findings);
    acceptances_release(&acceptances);
    record_release(&whole);
    return ok;
}

static bool take_record(void *context, const struct record *record, struct error *err)
{
    struct taking *taking = context;
    struct list_tally *list = taking->list;
    const struct listing *listing = &list->sheet->listing;
    list->total++;
    list->incomplete += id_list_has(&taking->incomplete, record->id);
    list->fresh += listing->since && listing_year(record, listing->since) == taking->run->year;
    if (!count_findings(taking, record->id, err))
        return false;
    take_subjects(list, record);
    if (listing->reg == &reg_problem)
        take_problem(taking, record);
    return !has_loads(listing->reg) || take_loads(taking, record, err);
}

/* What the numbers are made of, beside what tells whether a record belongs to the list. */
static bool *fields_taken(const struct taking *taking, const struct listing *listing)
{
    const char *const names[] = {"region", "town", "key_industry", "state"};
    const struct reg *reg = listing->reg;
    bool *wanted = listing_fields(listing);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        int index = reg_field_index(reg, names[i]);
        if (index >= 0)
            wanted[index] = true;
    }
    for (size_t i = 0; i < LOAD_GROUP_COUNT; i++)
        for (size_t j = 0; j < LOAD_COLUMNS; j++)
            if (taking->loads[i][j] >= 0)
                wanted[taking->loads[i][j]] = true;
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);)
        wanted[walk.index] = wanted[walk.index] || walk.field->type == TYPE_REF;
    return wanted;
}

static bool take_list(struct taking *taking, struct error *err)
{
    struct store *store = taking->run->store;
    struct listing narrow = taking->list->sheet->listing;
    find_loads(taking, narrow.reg);
    bool *wanted = fields_taken(taking, &narrow);
    narrow.wanted = wanted;
    bool ok = query_incomplete(store, narrow.reg, &taking->incomplete, err) &&
              check_suspects_read(store, narrow.reg, &taking->suspects, err) &&
              listing_each(&narrow, taking->run, take_record, taking, err);
    id_list_sort(&taking->list->subjects);
    id_list_release(&taking->incomplete);
    check_suspects_release(&taking->suspects);
    free(wanted);
    return ok;
}

static bool take_lists(struct tally *tally, struct run *run, bool problems, struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < tally->list_count; i++) {
        struct taking taking = {.tally = tally, .list = &tally->lists[i], .run = run};
        if ((taking.list->sheet->listing.reg == &reg_problem) == problems)
            ok = take_list(&taking, err);
    }
    return ok;
}

bool tally_take(struct tally *tally, const struct layout *layout, struct run *run,
                struct error *err)
{
    *tally = (struct tally){.list_count = 0};
    tally->lists = mem_new(layout->sheet_count, sizeof *tally->lists);
    for (size_t i = 0; i < layout->sheet_count; i++)
        if (layout_is_list(layout, i))
            tally->lists[tally->list_count++].sheet = &layout->sheets[i];
    init_states(tally);
    /* Problems last: they are told by the records that they name. */
    bool ok = take_lists(tally, run, false, err) && take_lists(tally, run, true, err);
    struct group_tallies *groups[] = {&tally->industries, &tally->towns};
    for (size_t i = 0; i < COUNT_OF(groups); i++)
        if (groups[i]->count)
            qsort(groups[i]->items, groups[i]->count, sizeof *groups[i]->items, compare_groups);
    return ok;
}

static void release_groups(struct group_tallies *groups)
{
    for (size_t i = 0; i < groups->count; i++)
        free(groups->items[i].label);
    free(groups->items);
}

void tally_release(struct tally *tally)
{
    for (size_t i = 0; i < tally->list_count; i++)
        id_list_release(&tally->lists[i].subjects);
    free(tally->lists);
    release_groups(&tally->industries);
    release_groups(&tally->towns);
    *tally = (struct tally){0};
}
