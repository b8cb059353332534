#include "db/target_parts.h"
#include "core/decimal.h"
#include "core/mem.h"
#include "core/region.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CITY_CODE = 4, COUNTY_CODE = 6 };

static struct target_part *part_of(struct target_parts *parts, const char *id, const char *name)
{
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp(parts->parts[i].id, id) == 0 && strcmp(parts->parts[i].name, name) == 0)
            return &parts->parts[i];
    parts->parts = mem_grow(parts->parts, parts->count, &parts->capacity, sizeof *parts->parts);
    struct target_part *part = &parts->parts[parts->count++];
    *part = (struct target_part){.name = mem_text(name)};
    strncat(part->id, id, sizeof part->id - 1);
    return part;
}

/* The part named after record or region `id`. */
static struct target_part *part_named(struct target_parts *parts, struct store *store,
                                      const char *target, const char *id)
{
    const struct lookup *lookup = store_lookup(store);
    struct buffer name = {0};
    if (!*id || !lookup->label(lookup->context, target, id, &name))
        buffer_add(&name, *id ? id : "（建设单位未建档）");
    struct target_part *part = part_of(parts, id, buffer_text(&name));
    buffer_release(&name);
    return part;
}

static struct target_part *part_of_region(struct target_parts *parts, struct store *store,
                                          const char *region, enum target_by by)
{
    char code[COUNTY_CODE + 1];
    snprintf(code, sizeof code, "%.*s", by == BY_CITY ? CITY_CODE : COUNTY_CODE, region);
    return part_named(parts, store, "region", code);
}

static void add_contribution(struct target_parts *parts, struct store *store,
                             const struct target_line *line,
                             const struct contribution *contribution, enum target_by by)
{
    if (targets_role(line, contribution) != ROLE_DONE)
        return;
    struct target_part *part =
        by == BY_ENTERPRISE ? part_named(parts, store, "enterprise", contribution->enterprise)
                            : part_of_region(parts, store, contribution->region, by);
    int64_t effect = targets_effect(line, contribution);
    part->projects++;
    if (contribution->sign < 0)
        decimal_gather(&part->cut, -effect);
    else
        decimal_gather(&part->added, effect);
}

static void add_listed(struct target_parts *parts, struct store *store,
                       const struct target_line *line, const struct holding *holding,
                       enum target_by by)
{
    if (!region_is_within(holding->region, line->region) || target_metal(line) < LOAD_METAL_COUNT ||
        (!holding->listed_cut && !holding->listed_added))
        return;
    struct target_part *part = by == BY_ENTERPRISE
                                   ? part_of(parts, "", "（企业清单自填，没有工程记录）")
                                   : part_of_region(parts, store, holding->region, by);
    decimal_gather(&part->cut, holding->listed_cut);
    decimal_gather(&part->added, holding->listed_added);
}

static int compare(const void *a, const void *b)
{
    const struct target_part *left = a, *right = b;
    int64_t one = left->cut - left->added, other = right->cut - right->added;
    return one != other ? (one < other) - (one > other) : strcmp(left->name, right->name);
}

void target_parts_read(struct target_parts *parts, struct store *store,
                       const struct target_line *line, const struct target_facts *facts,
                       enum target_by by)
{
    for (size_t i = 0; i < facts->contribution_count; i++)
        add_contribution(parts, store, line, &facts->contributions[i], by);
    for (size_t i = 0; i < facts->holding_count; i++)
        add_listed(parts, store, line, &facts->holdings[i], by);
    if (parts->count)
        qsort(parts->parts, parts->count, sizeof *parts->parts, compare);
}

void target_parts_release(struct target_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        free(parts->parts[i].name);
    free(parts->parts);
    *parts = (struct target_parts){.count = 0};
}
