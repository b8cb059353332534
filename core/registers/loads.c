#include "core/registers/loads.h"
#include "core/decimal.h"

const char *const load_metals[LOAD_METAL_COUNT] = {"铅", "汞", "镉", "铬", "砷"};

const struct load_group load_groups[LOAD_GROUP_COUNT] = {
    [LOAD_PERMITTED] = {.label = "许可排放量",
                        .metals = {"permitted_lead_kg", "permitted_mercury_kg",
                                   "permitted_cadmium_kg", "permitted_chromium_kg",
                                   "permitted_arsenic_kg"},
                        .total = "permitted_total_kg"},
    [LOAD_BASE] = {.label = "2020年基础排放量",
                   .metals = {"base_lead_kg", "base_mercury_kg", "base_cadmium_kg",
                              "base_chromium_kg", "base_arsenic_kg"},
                   .total = "base_total_kg"},
    [LOAD_ACTUAL] = {.label = "上年实际排放量",
                     .metals = {"actual_lead_kg", "actual_mercury_kg", "actual_cadmium_kg",
                                "actual_chromium_kg", "actual_arsenic_kg"},
                     .total = "actual_total_kg"},
};

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
