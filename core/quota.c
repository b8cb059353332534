#include "core/quota.h"
#include "core/account.h"
#include "core/facts.h"
#include "core/rules/reading.h"

#include <stdio.h>
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

bool quota_rebase_due(const struct record *transfer, const struct check_context *context,
                      struct date *due)
{
    struct buffer day = {0};
    struct date transferred;
    int month, of_month;
    facts_parameter_text(context, "rebase_day", &day);
    bool known = sscanf(buffer_text(&day), "%2d-%2d", &month, &of_month) == 2 &&
                 read_date(transfer, "transferred_on", &transferred);
    buffer_release(&day);
    if (!known || read_says(transfer, "voided", true))
        return false;
    *due = (struct date){.year = transferred.year + 1, .month = month, .day = of_month};
    return date_is_valid(*due);
}

static void conclude_date(struct record *record, const char *field, bool known, struct date date)
{
    struct value *value = record_value_for_change(record, field);
    char text[DATE_TEXT_SIZE] = "";
    if (!value)
        return;
    if (known)
        date_format(date, text);
    value_set_text(value, text);
}

void quota_conclude(struct record *record, const struct check_context *context)
{
    struct deadline deadline = {.complete = false};
    struct date date = {.year = 0};
    bool known = quota_permit_due(record, context, &deadline);
    conclude_date(record, "permit_change_due_on", known, deadline.due);
    if (record_value(record, "credit_on"))
        conclude_date(record, "credit_on", account_credit(record, &date) == CREDIT_SOUND, date);
    if (record_value(record, "rebase_due_on"))
        conclude_date(record, "rebase_due_on", quota_rebase_due(record, context, &date), date);
}
