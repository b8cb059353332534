#include "core/registers/loads.h"
#include "core/decimal.h"

const char *const load_metals[LOAD_METAL_COUNT] = {"铅", "汞", "镉", "铬", "砷"};

#define LOAD_GROUP(LABEL, PREFIX)                                                                  \
    {                                                                                              \
        .label = LABEL,                                                                            \
        .metals = {PREFIX "_lead_kg", PREFIX "_mercury_kg", PREFIX "_cadmium_kg",                  \
                   PREFIX "_chromium_kg", PREFIX "_arsenic_kg"},                                   \
        .total = PREFIX "_total_kg",                                                               \
    }

const struct load_group load_groups[LOAD_GROUP_COUNT] = {
    [LOAD_PERMITTED] = LOAD_GROUP("许可排放量", "permitted"),
    [LOAD_BASE] = LOAD_GROUP("2020年基础排放量", "base"),
    [LOAD_ACTUAL] = LOAD_GROUP("上年实际排放量", "actual"),
    [LOAD_ADDED] = LOAD_GROUP("新增量", "added"),
    [LOAD_SOURCE] = LOAD_GROUP("来源量", "source"),
    [LOAD_BEFORE] = LOAD_GROUP("减排前排放量", "before"),
    [LOAD_AFTER] = LOAD_GROUP("减排后排放量", "after"),
    [LOAD_TRANSFERRED] = LOAD_GROUP("转让量", "transferred"),
};

const struct load_group load_required = LOAD_GROUP("需替代量", "required");
const struct load_group load_cut = LOAD_GROUP("减排量", "cut");

const char *load_field_name(const struct load_group *group, size_t i)
{
    return i < LOAD_METAL_COUNT ? group->metals[i] : group->total;
}

bool load_sum(const struct record *record, const struct load_group *group, int64_t *sum)
{
    bool any = false;
    *sum = 0;
    for (size_t i = 0; i < LOAD_METAL_COUNT; i++) {
        const struct value *part = record_value(record, group->metals[i]);
        if (!part || value_is_null(part))
            continue;
        if (!decimal_add(*sum, part->integer, sum))
            return false;
        any = true;
    }
    return any;
}

void load_derive(struct record *record, const struct record *before)
{
    for (size_t i = 0; i < LOAD_GROUP_COUNT; i++) {
        const struct load_group *group = &load_groups[i];
        struct value *total = record_value_for_change(record, group->total);
        int64_t sum, former;
        if (!total || !load_sum(record, group, &sum))
            continue;
        if (value_is_null(total) ||
            (before && load_sum(before, group, &former) && total->integer == former))
            value_set_integer(total, sum);
    }
}
