#include "exports/reports/annual_tally.h"
#include "exports/reports/annual.h"

#include "core/decimal.h"
#include "core/mem.h"
#include "core/registers.h"
#include "core/registers/problem.h"
#include "core/text.h"
#include "db/accept.h"

#include <stdlib.h>
#include <string.h>

struct taking {
    struct tally *tally;
    struct list_tally *list;
    struct run *run;
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

/* ---- enterprises ---- */

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

static bool add_to_group(struct group_tallies *groups, const struct buffer *label,
                         const struct record *record, struct error *err)
{
    struct group_tally *group = group_of(groups, label->length ? label->text : "（未填）");
    bool ok = true;
    group->count++;
    for (size_t i = 0; ok && i < LOAD_GROUP_COUNT; i++)
        ok = add(&group->loads[i], &group->filled[i], record_value(record, load_groups[i].total),
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

static const struct value *load_of(const struct record *record, size_t group, size_t column)
{
    return record_value(record, column < LOAD_METAL_COUNT ? load_groups[group].metals[column]
                                                          : load_groups[group].total);
}

/* One metal, or the total, of one enterprise. */
static bool take_load(struct tally *tally, const struct record *record, size_t column,
                      struct error *err)
{
    const struct value *base = load_of(record, LOAD_BASE, column);
    const struct value *actual = load_of(record, LOAD_ACTUAL, column);
    size_t ignored = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < LOAD_GROUP_COUNT; i++)
        ok = add(&tally->loads[i][column], &tally->filled[i][column], load_of(record, i, column),
                 err);
    if (ok && !value_is_null(base) && !value_is_null(actual))
        ok = add(&tally->paired_base[column], &ignored, base, err) &&
             add(&tally->paired_actual[column], &ignored, actual, err);
    return ok;
}

static bool take_enterprise(struct taking *taking, const struct record *record, struct error *err)
{
    struct tally *tally = taking->tally;
    struct buffer industry = {0}, town = {0};
    bool ok = true;
    for (size_t j = 0; ok && j < LOAD_COLUMNS; j++)
        ok = take_load(tally, record, j, err);
    record_display(record, "key_industry", taking->run->context.lookup, &industry);
    name_town(record, &taking->run->context, &town);
    ok = ok && add_to_group(&tally->industries, &industry, record, err) &&
         add_to_group(&tally->towns, &town, record, err);
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

static int compare_ids(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool concerns(const struct list_tally *list, const struct record *problem)
{
    const struct reg *reg = problem->reg;
    for (size_t i = 0; i < reg_field_count(reg); i++) {
        const struct value *value = &problem->values[i];
        if (reg_field(reg, i)->type == TYPE_REF && !value_is_null(value) && list->subjects.count &&
            bsearch(value->text, list->subjects.ids, list->subjects.count,
                    sizeof *list->subjects.ids, compare_ids))
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

static void add_subject(struct list_tally *list, const char *id)
{
    list->subjects.ids = mem_grow(list->subjects.ids, list->subjects.count, &list->capacity,
                                  sizeof *list->subjects.ids);
    char *to = list->subjects.ids[list->subjects.count++];
    strncpy(to, id, RECORD_ID_SIZE - 1);
    to[RECORD_ID_SIZE - 1] = '\0';
}

/* A profile is meant by the enterprise that it describes. */
static void take_subjects(struct list_tally *list, const struct record *record)
{
    const char *name = record->reg->name_field;
    const struct value *named = record_value(record, name);
    add_subject(list, record->id);
    if (reg_field_find(record->reg, name)->type == TYPE_REF && !value_is_null(named))
        add_subject(list, named->text);
}

/* Neither what is empty counts, nor what was accepted. */
static bool count_findings(struct taking *taking, const struct record *record, struct error *err)
{
    struct findings findings = {0};
    struct acceptances acceptances;
    record_check(record, &taking->run->context, &findings);
    bool ok = acceptances_read(taking->run->store, record->reg, record->id, &acceptances, err);
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        taking->list->findings[finding->severity] +=
            !finding->is_gap && !acceptance_of(&acceptances, record, finding);
    }
    findings_release(&findings);
    acceptances_release(&acceptances);
    return ok;
}

static bool take_record(void *context, const struct record *record, struct error *err)
{
    struct taking *taking = context;
    struct list_tally *list = taking->list;
    const struct listing *listing = &list->sheet->listing;
    list->total++;
    list->incomplete += record_missing(record) > 0;
    list->fresh += listing->since && listing_year(record, listing->since) == taking->run->year;
    if (!count_findings(taking, record, err))
        return false;
    take_subjects(list, record);
    if (listing->reg == &reg_problem)
        take_problem(taking, record);
    return listing->reg != &reg_enterprise || take_enterprise(taking, record, err);
}

static bool take_lists(struct tally *tally, struct run *run, bool problems, struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < tally->list_count; i++) {
        struct taking taking = {.tally = tally, .list = &tally->lists[i], .run = run};
        const struct listing *listing = &taking.list->sheet->listing;
        if ((listing->reg == &reg_problem) != problems)
            continue;
        ok = listing_each(listing, run, take_record, &taking, err);
        if (taking.list->subjects.count)
            qsort(taking.list->subjects.ids, taking.list->subjects.count,
                  sizeof *taking.list->subjects.ids, compare_ids);
    }
    return ok;
}

bool tally_take(struct tally *tally, const struct layout *layout, struct run *run,
                struct error *err)
{
    *tally = (struct tally){.list_count = 0};
    tally->lists = mem_new(layout->sheet_count, sizeof *tally->lists);
    for (size_t i = 0; i < layout->sheet_count; i++)
        if (!layout_is_continued(layout, i))
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
