#include "tests/core/stage.h"
#include "tests/core/typing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct other *others;
static size_t other_count;

void stage_use(const struct other *table, size_t count)
{
    others = table;
    other_count = count;
}

void stage_apply(struct record *record, const struct setting *settings)
{
    for (size_t i = 0; i < MOST_SETTINGS && settings[i].field; i++) {
        struct error err = {0};
        int index = reg_field_index(record->reg, settings[i].field);
        if (index < 0)
            fail_msg("no field %s", settings[i].field);
        if (!record_set_text(record, (size_t)index, settings[i].text, &typing_lookup, &err))
            fail_msg("%s = %s: %s", settings[i].field, settings[i].text, err.message);
    }
}

static void show_others(void *context, const struct facts_query *query, facts_visitor *visit,
                        void *data)
{
    (void)context;
    bool go_on = true;
    for (size_t i = 0; go_on && i < other_count; i++) {
        struct record record;
        struct buffer value = {0};
        if (strcmp(others[i].reg->name, query->reg) != 0)
            continue;
        record_init(&record, others[i].reg);
        if (others[i].id)
            snprintf(record.id, sizeof record.id, "%s", others[i].id);
        else
            snprintf(record.id, sizeof record.id, "r%zu", i);
        stage_apply(&record, others[i].settings);
        if (strcmp(query->field, "id") == 0)
            buffer_add(&value, record.id);
        else
            record_format(&record, query->field, &value);
        if (strcmp(buffer_text(&value), query->value) == 0)
            go_on = visit(data, &record);
        buffer_release(&value);
        record_release(&record);
    }
}

static bool has_file(void *context, const char *sha256)
{
    (void)context;
    return strcmp(sha256, LOST_FILE) != 0;
}

static const struct facts facts = {.each = show_others, .has_file = has_file};
static const struct calendar calendar;
const struct check_context stage_desk = {
    .today = {.year = 2026, .month = 6, .day = 15},
    .lookup = &typing_lookup,
    .calendar = &calendar,
    .facts = &facts,
    .campaign = "",
    .jurisdiction = "441802",
};
