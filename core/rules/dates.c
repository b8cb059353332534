/* What lies in the future, in the wrong order, or too long ago. */
#include "core/facts.h"
#include "core/duty.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#include <string.h>

/* Everything else that bears a date is something that already happened. What is shown from another
 * record is told there. */
static bool may_lie_ahead(const char *name)
{
    static const char *const names[] = {
        "due_on",
        "original_due_on",
        "suspended_until_on",
        "source_due_on",
        "permit_change_due_on",
        "rebase_due_on",
        "credit_on",
        "planned_start_on",
        "planned_completion_on",
        "planned_on",
        "permit_from_on",
        "permit_to_on",
        "safety_permit_from_on",
        "safety_permit_to_on",
        "mining_permit_from_on",
        "mining_permit_to_on",
        "insurance_to_on",
        "special_limits_on",
        "notice_from_on",
        "notice_to_on",
    };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void check_future(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    /* Policies say what is to be. */
    if (record->reg->flags & REG_POLICY)
        return;
    for (size_t i = 0; i < reg_field_count(record->reg); i++) {
        const struct field *field = reg_field(record->reg, i);
        int age;
        if (field->type != TYPE_DATE || field->via || may_lie_ahead(field->name) ||
            !read_age(record, field->name, context, &age) || age >= 0)
            continue;
        struct buffer label = {0};
        read_label(record, field->name, &label);
        rule_report(rule, findings, field->name, "%s %s 晚于今天，还没发生的事不能先填，请核对日期",
                    label.text, read_text(record, field->name));
        buffer_release(&label);
    }
}

const struct rule rule_future = {
    .id = "V39",
    .severity = SEVERITY_ERROR,
    .label = "已发生的日期不能晚于今天",
    .basis = "可追溯要求",
    .check = check_future,
};

enum { CHAIN_LENGTH = 6 };

/* Dates that follow each other, by register. Chains of the closure of a problem are rule V21. */
static const struct {
    const char *reg;
    const char *dates[CHAIN_LENGTH];
} chains[] = {
    {"enterprise", {"stopped_on", "shut_on"}},
    {"enterprise", {"entered_on", "removed_on"}},
    {"thallium_enterprise", {"plan_drafted_on", "plan_reviewed_on", "plan_completed_on"}},
    {"legacy_site", {"stopped_on", "shut_on"}},
    {"cadmium_source", {"stopped_on", "shut_on"}},
    {"cadmium_source", {"completed_on", "accepted_on", "closed_on"}},
    {"tailings_pond", {"safety_permit_from_on", "safety_permit_to_on"}},
    {"tailings_pond", {"plan_drafted_on", "completed_on", "accepted_on", "closed_on"}},
    {"manganese_mine", {"mining_permit_from_on", "mining_permit_to_on"}},
    {"manganese_mine", {"stopped_on", "shut_on"}},
    {"manganese_mine", {"completed_on", "accepted_on", "closed_on"}},
    {"manganese_plant", {"completed_on", "accepted_on", "closed_on"}},
    {"manganese_slag_yard", {"commissioned_on", "sealed_on"}},
    {"manganese_slag_yard", {"completed_on", "accepted_on", "closed_on"}},
    {"park", {"suspended_on", "resumed_on"}},
    {"material_flow", {"sampled_on", "reported_on"}},
    {"sample", {"sampled_on", "reported_on"}},
    {"inspection", {"drawn_on", "inspected_on", "signed_on"}},
    {"construction_project", {"eia_on", "permit_noted_on"}},
    {"reduction_project", {"planned_start_on", "planned_completion_on"}},
    {"reduction_project",
     {"started_on", "completed_on", "ledger_on", "permit_change_applied_on", "permit_changed_on"}},
    {"reduction_project", {"completed_on", "confirmed_on"}},
    {"quota_transfer", {"province_opinion_on", "transferred_on", "permit_change_applied_on"}},
    {"quota_transfer", {"transferred_on", "permit_noted_on"}},
    {"quota_transfer", {"transferred_on", "recorded_on", "filed_on"}},
    {"quota_transfer", {"transferred_on", "voided_on"}},
};

static void check_pair(const struct rule *rule, const struct record *record, const char *earlier,
                       const char *later, struct findings *findings)
{
    struct buffer first = {0}, second = {0};
    read_label(record, earlier, &first);
    read_label(record, later, &second);
    rule_report(rule, findings, later, "%s %s 早于%s %s，前后颠倒了，请核对这两个日期", second.text,
                read_text(record, later), first.text, read_text(record, earlier));
    buffer_release(&first);
    buffer_release(&second);
}

/* Reports each of the dates in `names` (up to `count`, or NULL) that lies before the nearest filled
 * one ahead of it in the list. */
static void check_chain(const struct rule *rule, const struct record *record,
                        const char *const *names, size_t count, struct findings *findings)
{
    const char *previous = NULL;
    struct date before = {0};
    for (size_t i = 0; i < count && names[i]; i++) {
        struct date date;
        if (!read_date(record, names[i], &date))
            continue;
        if (previous && date_compare(date, before) < 0)
            check_pair(rule, record, previous, names[i], findings);
        previous = names[i];
        before = date;
    }
}

static void check_order(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(chains); i++)
        if (strcmp(chains[i].reg, record->reg->name) == 0)
            check_chain(rule, record, chains[i].dates, CHAIN_LENGTH, findings);
}

const struct rule rule_order = {
    .id = "V42",
    .severity = SEVERITY_ERROR,
    .label = "前后相接的日期不能颠倒",
    .basis = "可追溯要求",
    .check = check_order,
};

/* A deadline that has passed, of an old list, needs no calendar any more; what a policy demands
 * years ahead needs none yet. */
static void check_calendar(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    static const struct {
        const char *due, *done;
    } deadlines[] = {{"due_on", NULL}, {"permit_change_due_on", "permit_change_applied_on"}};
    if (record->reg->flags & REG_POLICY)
        return;
    for (size_t i = 0; i < COUNT_OF(deadlines); i++) {
        const char *name = deadlines[i].due, *done = deadlines[i].done;
        struct date due;
        int age;
        if (!read_date(record, name, &due) || (done && read_is_filled(record, done)) ||
            calendar_has_year(context->calendar, due.year) ||
            (read_age(record, name, context, &age) && age > 0))
            continue;
        rule_report(rule, findings, name,
                    "%d 年" CALENDAR_ESTIMATE "；放假安排公布后请补录到节假日，再核对这个期限",
                    due.year);
    }
}

const struct rule rule_calendar = {
    .id = "V23",
    .severity = SEVERITY_HINT,
    .label = "期限所在年份要有工作日历",
    .basis = "国务院办公厅年度节假日安排；行政许可法 第八十二条",
    .check = check_calendar,
};

static void check_stale(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    int age;
    if (!read_age(record, "verified_on", context, &age))
        return;
    int most = (int)facts_parameter(context, "stale_days", 0, DUTY_STALE_DAYS);
    if (age > most)
        rule_report(rule, findings, "verified_on",
                    "已 %d 天没有核实，超过 %d 天，请到现场或对照材料核实后更新核实日期", age,
                    most);
}

const struct rule rule_stale = {
    .id = "V30",
    .severity = SEVERITY_WARNING,
    .label = "每条记录每年至少核实一次",
    .basis = "动态更新要求：吉环固体字〔2022〕10号 四（二）",
    .check = check_stale,
};
