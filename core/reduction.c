#include "core/reduction.h"
#include "core/decimal.h"
#include "core/facts.h"
#include "core/rules/reading.h"

static const char *const stages[STAGE__COUNT] = {
    [STAGE_BEFORE] = "减排前",
    [STAGE_AFTER] = "减排后",
};

const struct load_group *reduction_loads(enum reduction_stage stage)
{
    return &load_groups[stage == STAGE_BEFORE ? LOAD_BEFORE : LOAD_AFTER];
}

static bool add_stream(void *data, const struct record *stream)
{
    struct reduction_streams *streams = data;
    int64_t load;
    if (!read_integer(stream, "load_kg", &load))
        return true;
    for (size_t i = 0; i < STAGE__COUNT; i++)
        for (size_t j = 0; j < LOAD_METAL_COUNT; j++) {
            if (!read_is(stream, "stage", stages[i]) || !read_is(stream, "metal", load_metals[j]))
                continue;
            streams->counts[i][j]++;
            if (!decimal_add(streams->loads[i][j], load, &streams->loads[i][j]))
                streams->overflow = true;
        }
    return true;
}

struct reduction_streams reduction_sum_streams(const struct record *record,
                                               const struct check_context *context)
{
    static const char *const wanted[] = {"stage", "metal", "load_kg", NULL};
    struct reduction_streams streams = {.overflow = false};
    if (*record->id)
        facts_each(context,
                   &(struct facts_query){.reg = "emission_stream",
                                         .field = "project",
                                         .value = record->id,
                                         .wanted = wanted},
                   add_stream, &streams);
    return streams;
}

bool reduction_stream_load(const struct reduction_streams *streams, enum reduction_stage stage,
                           size_t metal, int64_t *load)
{
    return !streams->overflow && streams->counts[stage][metal] > 0 &&
           decimal_multiply(streams->loads[stage][metal], 1,
                            decimal_unit(STREAM_SCALE - LOAD_SCALE), load);
}

void reduction_complete(struct record *record, const struct check_context *context)
{
    int64_t load, sum;
    if (!read_is(record, "load_basis", "核算报告"))
        return;
    const struct reduction_streams streams = reduction_sum_streams(record, context);
    for (size_t i = 0; i < STAGE__COUNT; i++) {
        const struct load_group *group = reduction_loads((enum reduction_stage)i);
        if (load_sum(record, group, &sum))
            continue;
        for (size_t j = 0; j < LOAD_METAL_COUNT; j++)
            if (reduction_stream_load(&streams, (enum reduction_stage)i, j, &load))
                value_set_integer(record_value_for_change(record, group->metals[j]), load);
    }
}
