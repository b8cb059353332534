#include "core/quota.h"
#include "core/facts.h"
#include "core/rules/reading.h"

#include <string.h>

enum { USUAL_DAYS = 30 };

/* What starts the clock in each register. */
static const struct {
    const char *reg, *start, *parameter;
    bool workdays;
} clocks[] = {
    {"quota_transfer", "transferred_on", "transfer_permit_days", false},
    {"reduction_project", "ledger_on", "ledger_permit_workdays", true},
};

static bool starts_none(const struct record *record)
{
    return read_says(record, "voided", true) || read_says(record, "unlicensed", true);
}

bool quota_permit_due(const struct record *record, const struct check_context *context,
                      struct deadline *deadline)
{
    for (size_t i = 0; i < COUNT_OF(clocks); i++) {
        struct date start;
        if (strcmp(clocks[i].reg, record->reg->name) != 0 || starts_none(record) ||
            !read_date(record, clocks[i].start, &start))
            continue;
        int days = (int)facts_parameter(context, clocks[i].parameter, 0, USUAL_DAYS);
        *deadline = clocks[i].workdays
                        ? calendar_add_workdays(context->calendar, start, days)
                        : calendar_add_days(context->calendar, start, days, ROLL_FORWARD);
        return true;
    }
    return false;
}

void quota_conclude(struct record *record, const struct check_context *context)
{
    struct value *due = record_value_for_change(record, "permit_change_due_on");
    struct deadline deadline;
    char text[DATE_TEXT_SIZE] = "";
    if (quota_permit_due(record, context, &deadline))
        date_format(deadline.due, text);
    value_set_text(due, text);
}
