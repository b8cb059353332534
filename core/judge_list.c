/* All limits of a factor, and what each is worth for a sample. */
#include "core/decimal.h"
#include "core/judge.h"
#include "core/judge_limit.h"
#include "core/mem.h"
#include "core/registers/assay.h"
#include "core/rules/reading.h"

#include <stdlib.h>
#include <string.h>

const char *standing_name(enum standing standing)
{
    static const char *const names[STANDING__ALL] = {
        [STANDS_VERIFIED] = "适用",         [STANDS_UNVERIFIED] = "适用未核",
        [STANDS_NOT_GRADE] = "别类水体",    [STANDS_REFERENCE] = "参照",
        [STANDS_ELSEWHERE] = "车间口",      [STANDS_NOT_POINT] = "位置不同",
        [STANDS_NOT_DATE] = "不在施行期",   [STANDS_NOT_REGION] = "别的地区",
        [STANDS_NOT_STANDARD] = "别的标准", [STANDS_NOT_USE] = "类别不同",
        [STANDS_NOT_PH] = "pH 不同",        [STANDS_NOT_VALUE] = "没有数值",
        [STANDS_NOT_UNIT] = "单位不同",
    };
    return names[standing];
}

static struct judge_limit *find(const struct judge_limits *limits, const char *id)
{
    for (size_t i = 0; i < limits->count; i++)
        if (strcmp(limits->items[i].id, id) == 0)
            return &limits->items[i];
    return NULL;
}

/* A limit is seen twice where rice and other crops take turns: it is worth the better of both. */
static void take(void *data, const struct limit_seen *seen)
{
    struct judge_limits *limits = data;
    const struct record *limit = seen->limit;
    struct judge_limit *known = find(limits, limit->id);
    if (known) {
        known->standing = seen->standing < known->standing ? seen->standing : known->standing;
        return;
    }
    limits->items =
        mem_grow(limits->items, limits->count, &limits->capacity, sizeof *limits->items);
    struct judge_limit *added = &limits->items[limits->count++];
    *added = (struct judge_limit){
        .standing = seen->standing,
        .is_verified = read_is(limit, "state", "已核"),
        .is_control = read_is(limit, "category", "风险管制值"),
        .value = *seen->value,
    };
    memcpy(added->id, limit->id, sizeof added->id);
    buffer_add(&added->name, seen->name);
    limit_write_number(limit, &added->number);
    buffer_add(&added->place, read_is_filled(limit, "point") ? read_text(limit, "point") : "");
}

/* Limits of water, soil and air do not compare: they stand apart. */
static int family(const struct measure *value)
{
    static const char *const units[] = {"mg/L", "mg/kg", "mg/m³"};
    int64_t nano;
    for (int i = 0; i < (int)COUNT_OF(units); i++)
        if (*value->unit && measure_in_unit(value, units[i], &nano))
            return i;
    return (int)COUNT_OF(units);
}

/* What decides first, of that the strictest. */
static int compare(const void *left, const void *right)
{
    const struct judge_limit *a = left, *b = right;
    int64_t mine, other;
    if (a->standing != b->standing)
        return a->standing < b->standing ? -1 : 1;
    if (a->is_control != b->is_control)
        return a->is_control - b->is_control;
    int families = family(&a->value) - family(&b->value);
    if (families)
        return families;
    if (measure_align(&a->value, &b->value, &mine, &other) && mine != other)
        return mine < other ? -1 : 1;
    if (a->is_verified != b->is_verified)
        return b->is_verified - a->is_verified;
    return strcmp(buffer_text(&a->name), buffer_text(&b->name));
}

void judge_list_limits(const struct judge_question *question, const struct check_context *context,
                       struct judge_limits *limits)
{
    struct limit_search search;
    *limits = (struct judge_limits){.items = NULL};
    limit_search_init(&search, question, context);
    if (!search.factor)
        return;
    if (!assay_read(question->sample, "value", "unit", &search.measure))
        search.measure = (struct measure){.qualifier = '\0'};
    search.see = take;
    search.sees_all = true;
    search.data = limits;
    limit_search_run(&search);
    limit_search_release(&search);
    if (limits->count)
        qsort(limits->items, limits->count, sizeof *limits->items, compare);
}

void judge_limits_release(struct judge_limits *limits)
{
    for (size_t i = 0; i < limits->count; i++) {
        buffer_release(&limits->items[i].name);
        buffer_release(&limits->items[i].number);
        buffer_release(&limits->items[i].place);
    }
    free(limits->items);
    *limits = (struct judge_limits){.items = NULL};
}
