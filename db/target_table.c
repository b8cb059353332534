#include "db/target_table.h"
#include "core/decimal.h"
#include "core/mem.h"
#include "core/region.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE = 10000, PERCENT_SCALE = 2, PRINTED_UNIT = 10 /* 0.01 kg at LOAD_SCALE */ };

static const struct {
    const char *key, *name;
} figures[] = {
    {"enterprise_count", "企业数量"}, {"base_kg", "基准排放量"},      {"net_cut_kg", "净削减量"},
    {"target_kg", "目标排放量"},      {"target_percent", "削减比例"},
};

const char *target_figure_name(const struct contradiction *contradiction)
{
    for (size_t i = 0; i < COUNT_OF(figures); i++)
        if (strcmp(figures[i].key, contradiction->what) == 0)
            return figures[i].name;
    return contradiction->what;
}

static void compare(struct target_table *table, const struct target_line *line, const char *what,
                    const char *reason, struct amount printed, struct amount computed, int scale)
{
    if (!printed.known || !computed.known || printed.value == computed.value)
        return;
    table->contradictions = mem_grow(table->contradictions, table->contradiction_count,
                                     &table->contradiction_capacity, sizeof *table->contradictions);
    struct contradiction *found = &table->contradictions[table->contradiction_count++];
    *found = (struct contradiction){.year = line->year,
                                    .what = what,
                                    .reason = reason,
                                    .printed = printed.value,
                                    .computed = computed.value,
                                    .scale = scale};
    memcpy(found->region, line->region, sizeof found->region);
    memcpy(found->name, line->name, sizeof found->name);
    memcpy(found->metal, line->metal, sizeof found->metal);
}

/* ---- a row against itself ---- */

/* As a table prints it: to 0.01 kg. */
static struct amount round_printed(struct amount amount)
{
    int64_t hundredths;
    amount.known = amount.known && decimal_multiply(amount.value, 1, PRINTED_UNIT, &hundredths);
    if (amount.known)
        amount.value = hundredths * PRINTED_UNIT;
    return amount;
}

static void check_row(struct target_table *table, const struct target_line *line)
{
    struct amount cut = {.known = false}, left = {.known = false};
    if (line->base_source != BASE_PUBLISHED)
        return;
    cut.known = line->percent.known &&
                decimal_multiply(line->base.value, line->percent.value, WHOLE, &cut.value);
    left.known = line->cut.known && decimal_add(line->base.value, -line->cut.value, &left.value);
    if (line->cut_printed)
        compare(table, line, "net_cut_kg", "基准排放量乘削减比例", line->cut, round_printed(cut),
                LOAD_SCALE);
    if (line->target_printed)
        compare(table, line, "target_kg", "基准排放量减净削减量", line->target, round_printed(left),
                LOAD_SCALE);
}

/* ---- the whole against its parts ---- */

/* The smallest region with a target in which the row's region lies. */
static const struct target_line *find_parent(const struct targets *targets,
                                             const struct target_line *row)
{
    const struct target_line *parent = NULL;
    for (size_t i = 0; i < targets->count; i++) {
        const struct target_line *line = &targets->lines[i];
        if (region_prefix(line->region) < region_prefix(row->region) &&
            region_is_within(row->region, line->region) && strcmp(line->metal, row->metal) == 0 &&
            (!parent || region_prefix(line->region) > region_prefix(parent->region)))
            parent = line;
    }
    return parent;
}

static struct target_sum *sum_of(struct target_table *table, const struct target_line *parent,
                                 int year)
{
    for (size_t i = 0; i < table->sum_count; i++) {
        struct target_sum *sum = &table->sums[i];
        if (sum->year == year && strcmp(sum->region, parent->region) == 0 &&
            strcmp(sum->metal, parent->metal) == 0)
            return sum;
    }
    table->sums =
        mem_grow(table->sums, table->sum_count, &table->sum_capacity, sizeof *table->sums);
    struct target_sum *sum = &table->sums[table->sum_count++];
    *sum = (struct target_sum){.year = year,
                               .enterprises = {.known = true},
                               .base = {.known = true},
                               .cut = {.known = true},
                               .target = {.known = true}};
    memcpy(sum->region, parent->region, sizeof sum->region);
    memcpy(sum->name, parent->name, sizeof sum->name);
    memcpy(sum->metal, parent->metal, sizeof sum->metal);
    return sum;
}

static void add(struct amount *sum, struct amount part)
{
    sum->known = sum->known && part.known && decimal_add(sum->value, part.value, &sum->value);
}

static void add_row(struct target_sum *sum, const struct target_line *row)
{
    static const struct amount none = {.known = false};
    bool published = row->base_source == BASE_PUBLISHED;
    sum->rows++;
    add(&sum->enterprises, row->enterprises);
    add(&sum->base, published ? row->base : none);
    add(&sum->cut, published ? row->cut : none);
    add(&sum->target, published ? row->target : none);
}

static void check_sum(struct target_table *table, struct target_sum *sum,
                      const struct targets *targets)
{
    sum->percent.known =
        sum->base.known && sum->cut.known && sum->base.value > 0 &&
        decimal_multiply(sum->cut.value, WHOLE, sum->base.value, &sum->percent.value);
    for (size_t i = 0; i < targets->count; i++) {
        const struct target_line *line = &targets->lines[i];
        if (strcmp(line->region, sum->region) != 0 || strcmp(line->metal, sum->metal) != 0 ||
            line->year != sum->year)
            continue;
        compare(table, line, "enterprise_count", "各地区企业数量之和", line->enterprises,
                sum->enterprises, 0);
        if (line->base_source == BASE_PUBLISHED)
            compare(table, line, "base_kg", "各地区基准排放量之和", line->base, sum->base,
                    LOAD_SCALE);
        compare(table, line, "target_percent", "各地区净削减量之和除以基准排放量之和",
                line->percent, sum->percent, PERCENT_SCALE);
    }
}

void target_table_read(struct target_table *table, const struct targets *targets)
{
    *table = (struct target_table){.sum_count = 0};
    for (size_t i = 0; i < targets->count; i++) {
        const struct target_line *line = &targets->lines[i];
        const struct target_line *parent = find_parent(targets, line);
        check_row(table, line);
        if (parent)
            add_row(sum_of(table, parent, line->year), line);
    }
    for (size_t i = 0; i < table->sum_count; i++)
        check_sum(table, &table->sums[i], targets);
}

void target_table_release(struct target_table *table)
{
    free(table->sums);
    free(table->contradictions);
    *table = (struct target_table){.sum_count = 0};
}
