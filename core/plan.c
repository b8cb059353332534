#include "core/plan.h"
#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static struct plan_place *place_of(const struct plan *plan, const char *name)
{
    size_t at = text_hash(0, name) & plan->mask;
    while (plan->places[at].name && strcmp(plan->places[at].name, name) != 0)
        at = (at + 1) & plan->mask;
    return &plan->places[at];
}

static void init(struct plan *plan, const struct reg *reg)
{
    size_t size = 1;
    while (size < 4 * reg_field_count(reg)) /* so that most names find their place at once */
        size *= 2;
    *plan = (struct plan){.reg = reg, .mask = size - 1};
    plan->places = mem_new(size, sizeof *plan->places);
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);)
        *place_of(plan, walk.field->name) =
            (struct plan_place){.name = walk.field->name, .index = (int)walk.index};
    plan->rules = mem_new(rule_count, sizeof(const struct rule *));
    for (size_t i = 0; i < rule_count; i++)
        if (rule_concerns(rules[i], reg))
            plan->rules[plan->rule_count++] = rules[i];
}

void plans_init(struct plans *plans)
{
    plans->items = mem_new(register_count, sizeof *plans->items);
    for (size_t i = 0; i < register_count; i++)
        init(&plans->items[i], registers[i]);
}

void plans_release(struct plans *plans)
{
    for (size_t i = 0; plans->items && i < register_count; i++) {
        free(plans->items[i].places);
        free(plans->items[i].rules);
    }
    free(plans->items);
    plans->items = NULL;
}

const struct plan *plans_find(const struct plans *plans, const struct reg *reg)
{
    for (size_t i = 0; plans && i < register_count; i++)
        if (plans->items[i].reg == reg)
            return &plans->items[i];
    return NULL;
}

int plan_field_index(const struct plan *plan, const char *name)
{
    const struct plan_place *place = place_of(plan, name);
    return place->name ? place->index : -1;
}
