#include "exports/count.h"

#include "core/duty.h"
#include "core/life.h"
#include "core/mem.h"
#include "core/registers.h"
#include "core/registers/problem.h"
#include "core/registers/shared.h"
#include "core/rules/reading.h"
#include "core/text.h"
#include "db/asof.h"
#include "db/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNNAMED "（未填）"

/* ---- what is counted ---- */

static bool is_any(const struct record *record, const struct check_context *context)
{
    (void)record;
    (void)context;
    return true;
}

static int days_ago(const struct record *record, const char *name,
                    const struct check_context *context)
{
    enum { NEVER = 1000000 };
    int days;
    return read_age(record, name, context, &days) && days >= 0 ? days : NEVER;
}

/* From Monday, and from the first of the month, until the day. */
static bool is_of_week(const struct record *record, const char *name,
                       const struct check_context *context)
{
    return days_ago(record, name, context) <= date_weekday(context->today);
}

static bool is_of_month(const struct record *record, const char *name,
                        const struct check_context *context)
{
    return days_ago(record, name, context) < context->today.day;
}

#define OF_SPAN(NAME, SPAN, FIELD)                                                                 \
    static bool NAME(const struct record *record, const struct check_context *context)             \
    {                                                                                              \
        return is_of_##SPAN(record, FIELD, context);                                               \
    }

OF_SPAN(is_verified_this_week, week, "verified_on")
OF_SPAN(is_verified_this_month, month, "verified_on")
OF_SPAN(is_found_this_week, week, "found_on")
OF_SPAN(is_found_this_month, month, "found_on")
OF_SPAN(is_mended_this_week, week, "self_checked_on")
OF_SPAN(is_mended_this_month, month, "self_checked_on")
OF_SPAN(is_closed_this_week, week, "closed_on")
OF_SPAN(is_closed_this_month, month, "closed_on")

static bool is_verified(const struct record *record, const struct check_context *context)
{
    (void)context;
    return read_is_filled(record, "verified_on");
}

/* 高 is red, 中 orange, 低 yellow: the registers name the three levels in one way or another. */
#define OF_LEVEL(NAME, VALUES)                                                                     \
    static bool NAME(const struct record *record, const struct check_context *context)             \
    {                                                                                              \
        (void)context;                                                                             \
        return read_is(record, "risk_level", VALUES);                                              \
    }

OF_LEVEL(is_red, "红|高|重大")
OF_LEVEL(is_orange, "橙|中|较大")
OF_LEVEL(is_yellow, "黄|低|一般")

static bool is_at_once(const struct record *record, const struct check_context *context)
{
    (void)context;
    return read_says(record, "fix_at_once", true);
}

static bool is_mended(const struct record *record, const struct check_context *context)
{
    (void)context;
    return life_has_reached(record, "企业自验");
}

static bool is_unmended(const struct record *record, const struct check_context *context)
{
    return !is_mended(record, context);
}

static bool is_at_once_mended(const struct record *record, const struct check_context *context)
{
    return is_at_once(record, context) && is_mended(record, context);
}

static bool is_closed(const struct record *record, const struct check_context *context)
{
    (void)context;
    return life_has_reached(record, "已销号");
}

static bool is_overdue(const struct record *record, const struct check_context *context)
{
    return duty_holds(duty_overdue(), record, context);
}

static bool is_paused(const struct record *record, const struct check_context *context)
{
    (void)context;
    return record_matches(record, duty_paused(duty_overdue(), record->reg));
}

const struct measure measures[] = {
    {"objects", "清单数", NULL, is_any},
    {"verified", "已排查", NULL, is_verified},
    {"verified_week", "本周排查", NULL, is_verified_this_week},
    {"verified_month", "本月排查", NULL, is_verified_this_month},
    {"objects_red", "红", NULL, is_red},
    {"objects_orange", "橙", NULL, is_orange},
    {"objects_yellow", "黄", NULL, is_yellow},
    {"problems", "问题数", "problem", is_any},
    {"problems_week", "本周发现", "problem", is_found_this_week},
    {"problems_month", "本月发现", "problem", is_found_this_month},
    {"problems_red", "红", "problem", is_red},
    {"problems_orange", "橙", "problem", is_orange},
    {"problems_yellow", "黄", "problem", is_yellow},
    {"at_once", "立行立改", "problem", is_at_once},
    {"at_once_mended", "立行立改已改", "problem", is_at_once_mended},
    {"mended", "已整改", "problem", is_mended},
    {"mended_week", "本周整改", "problem", is_mended_this_week},
    {"mended_month", "本月整改", "problem", is_mended_this_month},
    {"unmended", "未整改", "problem", is_unmended},
    {"closed", "已销号", "problem", is_closed},
    {"closed_week", "本周销号", "problem", is_closed_this_week},
    {"closed_month", "本月销号", "problem", is_closed_this_month},
    {"overdue", "逾期", "problem", is_overdue},
    {"paused", "挂起", "problem", is_paused},
};

const size_t measure_count = COUNT_OF(measures);

_Static_assert(COUNT_OF(measures) <= COUNT_MOST_MEASURES, "COUNT_MOST_MEASURES is too small");

int measure_find(const char *key)
{
    for (size_t i = 0; i < measure_count; i++)
        if (strcmp(measures[i].key, key) == 0)
            return (int)i;
    return -1;
}

/* ---- groups ---- */

/* What has a profile, and in which register. */
struct profile {
    char id[RECORD_ID_SIZE];
    const struct reg *reg;
};

struct counting {
    struct counts *counts;
    struct run *run;
    struct check_context context; /* of the day */
    const char **wanted;          /* names of the fields that are looked at; owned */
    struct profile *profiles;     /* sorted once all are there; owned */
    size_t profile_count, profile_capacity;
};

static struct count_row *row_called(struct count_rows *rows, const char *label, size_t place)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].place == place && strcmp(rows->items[i].label, label) == 0)
            return &rows->items[i];
    rows->items = mem_grow(rows->items, rows->count, &rows->capacity, sizeof *rows->items);
    struct count_row *row = &rows->items[rows->count++];
    *row = (struct count_row){.label = mem_text(label), .place = place};
    return row;
}

static bool stands_for_itself(const struct reg *reg)
{
    return reg->menu == MENU_INVENTORY && !reg_subject(reg);
}

/* A profile of an object of the inventories. */
static bool is_profile(const struct reg *reg)
{
    return reg->menu == MENU_INVENTORY && reg_subject(reg);
}

enum { LAST_PLACE = 100000 };

/* Where `value` stands among the choices of a field. */
static size_t place_of(const struct field *field, const char *value)
{
    size_t place = 0;
    while (field && field->choices && field->choices[place])
        if (strcmp(field->choices[place++], value) == 0)
            return place;
    return LAST_PLACE - 1;
}

static void add(struct count_row *row, const bool *holds)
{
    for (size_t i = 0; i < measure_count; i++)
        row->numbers[i] += holds[i];
}

struct adding {
    struct count_rows *rows;
    const struct field *field;
    const bool *holds;
};

static void add_item(void *context, const char *item)
{
    const struct adding *adding = context;
    add(row_called(adding->rows, item, place_of(adding->field, item)), adding->holds);
}

/* Of several choices each counts; what has no such field is in none of these groups. */
static void add_by_field(struct count_rows *rows, const struct record *record, const bool *holds,
                         const struct lookup *lookup)
{
    const struct field *field = reg_field_find(record->reg, rows->by);
    struct adding adding = {.rows = rows, .field = field, .holds = holds};
    struct buffer label = {0};
    if (!field)
        return;
    record_display(record, rows->by, lookup, &label);
    if (!label.length)
        add(row_called(rows, UNNAMED, LAST_PLACE), holds);
    else if (field->type == TYPE_CHOICES)
        read_each(label.text, add_item, &adding);
    else
        add_item(&adding, label.text);
    buffer_release(&label);
}

/* The list in which the object of a problem stands; NULL: in none. */
static const struct reg *list_of(const struct record *problem, const char **object)
{
    for (size_t i = 0; i < OBJECT_FIELD_COUNT; i++)
        if (object_fields[i].target && (*object = read_text(problem, object_fields[i].name)))
            return reg_find(object_fields[i].target);
    return NULL;
}

/* A profile has its row behind that of what it is a profile of. */
static struct count_row *row_of_register(struct count_rows *rows, const struct reg *reg)
{
    const struct reg *subject = reg ? reg_subject(reg) : NULL;
    size_t place = LAST_PLACE;
    if (reg)
        place = reg_index(subject ? subject : reg) * (register_count + 1) +
                (subject ? reg_index(reg) + 1 : 0);
    struct count_row *row = row_called(rows, reg ? reg->label : "不在清单的对象", place);
    row->is_part = subject != NULL;
    return row;
}

static int compare_profiles(const void *a, const void *b)
{
    const struct profile *left = a, *right = b;
    return strcmp(left->id, right->id);
}

static size_t first_profile(const struct counting *counting, const char *object)
{
    size_t low = 0, high = counting->profile_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(counting->profiles[middle].id, object) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A problem of what has a profile counts there too. */
static void add_by_register(const struct counting *counting, struct count_rows *rows,
                            const struct record *record, const bool *holds)
{
    const char *object = NULL;
    bool is_object = record->reg->menu == MENU_INVENTORY;
    const struct reg *reg = is_object ? record->reg : list_of(record, &object);
    add(row_of_register(rows, reg), holds);
    for (size_t i = object ? first_profile(counting, object) : counting->profile_count;
         i < counting->profile_count && strcmp(counting->profiles[i].id, object) == 0; i++)
        add(row_of_register(rows, counting->profiles[i].reg), holds);
}

bool count_knows(const char *by)
{
    if (strcmp(by, COUNT_BY_REGISTER) == 0 || reg_field_find(&reg_problem, by))
        return true;
    for (size_t i = 0; i < register_count; i++)
        if (stands_for_itself(registers[i]) && reg_field_find(registers[i], by))
            return true;
    return false;
}

static bool is_private(const struct reg *reg, const char *name)
{
    const struct field *field = reg_field_find(reg, name);
    return field && (field->flags & FIELD_PRIVATE);
}

bool count_is_private(const char *by)
{
    bool found = is_private(&reg_problem, by);
    for (size_t i = 0; i < register_count; i++)
        found = found || (stands_for_itself(registers[i]) && is_private(registers[i], by));
    return found;
}

/* ---- one pass ---- */

/* Those of objects are asked of objects, the others of the records of their register. */
static void judge(const struct counting *counting, const struct record *record, bool *holds)
{
    for (size_t i = 0; i < measure_count; i++) {
        const char *of = measures[i].of;
        bool concerns =
            of ? strcmp(of, record->reg->name) == 0 : record->reg->menu == MENU_INVENTORY;
        holds[i] = concerns && measures[i].holds(record, &counting->context);
    }
}

static void add_week(struct counting *counting, const struct record *record)
{
    struct count_week *weeks = counting->counts->weeks;
    struct date found, closed;
    bool is_found = read_date(record, "found_on", &found);
    bool is_ended = read_date(record, "closed_on", &closed);
    for (size_t i = 0; i < COUNT_WEEKS; i++) {
        int first = date_to_days(weeks[i].monday), last = date_to_days(counting->counts->day);
        last = first + 6 < last ? first + 6 : last;
        weeks[i].found += is_found && date_to_days(found) >= first && date_to_days(found) <= last;
        weeks[i].closed +=
            is_ended && date_to_days(closed) >= first && date_to_days(closed) <= last;
    }
}

static void note_profile(struct counting *counting, const struct record *record)
{
    const char *object = read_text(record, record->reg->name_field);
    if (!object)
        return;
    counting->profiles = mem_grow(counting->profiles, counting->profile_count,
                                  &counting->profile_capacity, sizeof *counting->profiles);
    struct profile *profile = &counting->profiles[counting->profile_count++];
    snprintf(profile->id, sizeof profile->id, "%s", object);
    profile->reg = record->reg;
}

static bool count_record(void *context, const struct record *record, struct error *err)
{
    struct counting *counting = context;
    struct counts *counts = counting->counts;
    bool holds[COUNT_MOST_MEASURES];
    bool is_part = is_profile(record->reg);
    judge(counting, record, holds);
    if (is_part)
        note_profile(counting, record);
    else
        add(&counts->total, holds);
    if (record->reg == &reg_problem)
        add_week(counting, record);
    for (size_t i = 0; i < counts->grouping_count; i++) {
        struct count_rows *rows = &counts->groupings[i];
        if (strcmp(rows->by, COUNT_BY_REGISTER) == 0)
            add_by_register(counting, rows, record, holds);
        else if (!is_part)
            add_by_field(rows, record, holds, counting->context.lookup);
    }
    return run_step(counting->run, err);
}

/* What every measure reads, what names an object, and what is grouped by. */
static void want_fields(struct counting *counting)
{
    static const char *const read[] = {"verified_on",     "risk_level", "found_on", "fix_at_once",
                                       "self_checked_on", "closed_on",  "state",    "due_on",
                                       "suspended_state", "enterprise"};
    const struct counts *counts = counting->counts;
    size_t count = 0;
    counting->wanted = mem_new(COUNT_OF(read) + OBJECT_FIELD_COUNT + counts->grouping_count + 1,
                               sizeof *counting->wanted);
    for (size_t i = 0; i < COUNT_OF(read); i++)
        counting->wanted[count++] = read[i];
    for (size_t i = 0; i < OBJECT_FIELD_COUNT; i++)
        counting->wanted[count++] = object_fields[i].name;
    for (size_t i = 0; i < counts->grouping_count; i++)
        counting->wanted[count++] = counts->groupings[i].by;
}

/* In the order of choices and registers; what has no such order by number of problems, and what is
 * unnamed at the end. */
static int compare_rows(const void *a, const void *b)
{
    const struct count_row *left = a, *right = b;
    const size_t problems = (size_t)measure_find("problems");
    if (left->place != right->place)
        return left->place < right->place ? -1 : 1;
    if (left->numbers[problems] != right->numbers[problems])
        return left->numbers[problems] > right->numbers[problems] ? -1 : 1;
    return strcmp(left->label, right->label);
}

/* A list in which nothing stands is told as well. */
static void add_lists(struct count_rows *rows)
{
    for (size_t i = 0; i < register_count; i++)
        if (registers[i]->menu == MENU_INVENTORY)
            row_of_register(rows, registers[i]);
}

static void begin(struct counting *counting, struct date day, const char *const *by,
                  size_t by_count)
{
    struct counts *counts = counting->counts;
    int monday = date_to_days(day) - date_weekday(day);
    counts->day = day;
    counting->context.today = day;
    for (size_t i = 0; i < COUNT_WEEKS; i++)
        counts->weeks[i].monday = date_from_days(monday - 7 * (int)(COUNT_WEEKS - 1 - i));
    for (size_t i = 0; i < by_count && counts->grouping_count < COUNT_MOST_GROUPINGS; i++)
        if (!counts_by(counts, by[i]))
            counts->groupings[counts->grouping_count++].by = by[i];
    for (size_t i = 0; i < counts->grouping_count; i++)
        if (strcmp(counts->groupings[i].by, COUNT_BY_REGISTER) == 0)
            add_lists(&counts->groupings[i]);
    want_fields(counting);
}

static bool take_register(struct counting *counting, const struct reg *reg, struct error *err)
{
    return asof_each(counting->run->store, reg, counting->counts->day, counting->wanted,
                     count_record, counting, err);
}

/* Profiles first, for a problem to find them; then what stands for itself. */
bool counts_take(struct counts *counts, struct run *run, struct date day, const char *const *by,
                 size_t by_count, struct error *err)
{
    *counts = (struct counts){.grouping_count = 0};
    struct counting counting = {.counts = counts, .run = run, .context = run->context};
    bool ok = true;
    begin(&counting, day, by, by_count);
    for (size_t i = 0; ok && i < register_count; i++)
        if (is_profile(registers[i]))
            ok = take_register(&counting, registers[i], err);
    if (counting.profile_count)
        qsort(counting.profiles, counting.profile_count, sizeof *counting.profiles,
              compare_profiles);
    for (size_t i = 0; ok && i < register_count; i++)
        if (stands_for_itself(registers[i]))
            ok = take_register(&counting, registers[i], err);
    ok = ok && take_register(&counting, &reg_problem, err);
    for (size_t i = 0; i < counts->grouping_count; i++)
        if (counts->groupings[i].count)
            qsort(counts->groupings[i].items, counts->groupings[i].count,
                  sizeof *counts->groupings[i].items, compare_rows);
    free(counting.wanted);
    free(counting.profiles);
    return ok;
}

bool counts_add_records(struct store *store, size_t *count, struct error *err)
{
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        int64_t records = 0;
        if (reg->menu != MENU_INVENTORY && reg != &reg_problem)
            continue;
        if (!query_count(store, &(struct query){.reg = reg}, &records, err))
            return false;
        *count += (size_t)records;
    }
    return true;
}

void counts_release(struct counts *counts)
{
    for (size_t i = 0; i < counts->grouping_count; i++) {
        struct count_rows *rows = &counts->groupings[i];
        for (size_t j = 0; j < rows->count; j++)
            free(rows->items[j].label);
        free(rows->items);
    }
    *counts = (struct counts){.grouping_count = 0};
}

const struct count_rows *counts_by(const struct counts *counts, const char *by)
{
    for (size_t i = 0; i < counts->grouping_count; i++)
        if (strcmp(counts->groupings[i].by, by) == 0)
            return &counts->groupings[i];
    return NULL;
}
