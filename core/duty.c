#include "core/duty.h"
#include "core/facts.h"
#include "core/life.h"
#include "core/registers/shared.h"

#include <string.h>

enum { EVER = -100000, TODAY = 0, YESTERDAY = -1 };

#define VOIDED                                                                                     \
    {                                                                                              \
        .field = "voided", .values = "是"                                                         \
    }
#define SHUT                                                                                       \
    {                                                                                              \
        .field = "status", .values = STATUS_SHUT                                                   \
    }

/* The most urgent first. */
const struct duty duties[] = {
    {
        .mark = '!',
        .label = "逾期",
        .is_deadline = true,
        .has_levels = true,
        .first = EVER,
        .last = YESTERDAY,
        .verb = "逾期",
        .day_label = "到期",
    },
    {
        .mark = '!',
        .label = "许可证过期",
        .date = "permit_to_on",
        .first = EVER,
        .last = YESTERDAY,
        .unless = SHUT,
        .ended = "permit_cancelled_on",
        .verb = "过期",
        .day_label = "许可证到期",
    },
    {
        .mark = '!',
        .label = "许可变更逾期",
        .date = "permit_change_due_on",
        .first = EVER,
        .last = YESTERDAY,
        .unless = VOIDED,
        .ended = "permit_change_applied_on",
        .verb = "逾期",
        .day_label = "许可变更到期",
    },
    {
        .mark = '!',
        .label = "基数核定逾期",
        .date = "rebase_due_on",
        .first = EVER,
        .last = YESTERDAY,
        .unless = VOIDED,
        .ended = "rebase_period",
        .verb = "逾期",
        .day_label = "基数核定到期",
    },
    {
        .mark = '?',
        .label = " 7 天内",
        .is_deadline = true,
        .first = TODAY,
        .last = DUTY_WEEK,
        .verb = "还有",
        .day_label = "到期",
    },
    {
        .mark = '?',
        .label = " 30 天内",
        .is_deadline = true,
        .first = DUTY_WEEK + 1,
        .last = DUTY_MONTH,
        .verb = "还有",
        .day_label = "到期",
    },
    {
        .mark = '?',
        .label = "挂起",
        .is_pause = true,
        .verb = "挂起",
    },
    {
        .mark = '?',
        .label = "许可变更",
        .date = "permit_change_due_on",
        .first = TODAY,
        .last = DUTY_MONTH,
        .unless = VOIDED,
        .ended = "permit_change_applied_on",
        .verb = "还有",
        .day_label = "许可变更到期",
    },
    {
        .mark = '?',
        .label = "基数核定",
        .date = "rebase_due_on",
        .first = TODAY,
        .last = DUTY_MONTH,
        .unless = VOIDED,
        .ended = "rebase_period",
        .verb = "还有",
        .day_label = "基数核定到期",
    },
    {
        .mark = '?',
        .label = "许可将到期",
        .date = "permit_to_on",
        .first = TODAY,
        .last = DUTY_RENEWAL_DAYS,
        .parameter = "permit_expiring_days",
        .unless = SHUT,
        .ended = "permit_cancelled_on",
        .verb = "还有",
        .day_label = "许可证到期",
    },
    {
        .mark = '?',
        .label = "久未核实",
        .date = "verified_on",
        .first = EVER,
        .last = -DUTY_STALE_DAYS - 1,
        .parameter = "stale_days",
        .verb = "已过",
    },
    {
        .mark = '?',
        .label = "限值未核",
        .only = {.field = "limit_state", .values = "未核"},
    },
};

const size_t duty_count = COUNT_OF(duties);

const struct duty *duty_overdue(void)
{
    const struct duty *duty = duties;
    while (!duty->is_deadline || !duty->has_levels)
        duty++;
    return duty;
}

const struct duty *duty_pause(void)
{
    const struct duty *duty = duties;
    while (!duty->is_pause)
        duty++;
    return duty;
}

static const struct {
    const char *parameter;
    int days; /* where it is not set */
} levels[DUTY_LEVELS] = {
    {"overdue_days", 1},
    {"overdue_days_more", DUTY_WEEK},
    {"overdue_days_most", DUTY_MONTH},
};

/* The first day that the move asks for. */
static const char *pause_date(const struct reg *reg)
{
    const struct life_move *pause = life_pause(reg->life);
    for (size_t i = 0; pause && i < LIFE_MOST_FIELDS && pause->asks[i]; i++)
        if (reg_field_find(reg, pause->asks[i])->type == TYPE_DATE)
            return pause->asks[i];
    return NULL;
}

const char *duty_date(const struct duty *duty, const struct reg *reg)
{
    if (duty->is_deadline)
        return reg->deadline ? reg->deadline->date : NULL;
    return duty->is_pause ? pause_date(reg) : duty->date;
}

static struct condition pause_of(const struct reg *reg)
{
    const struct life_move *pause = life_pause(reg->life);
    return pause ? (struct condition){.field = reg->life->state, .values = pause->to}
                 : (struct condition){0};
}

struct condition duty_paused(const struct duty *duty, const struct reg *reg)
{
    return duty->is_deadline ? pause_of(reg) : (struct condition){0};
}

struct condition duty_closed(const struct duty *duty, const struct reg *reg)
{
    const struct condition none = {0};
    if (duty->is_deadline)
        return reg->deadline->closed;
    return duty->unless.field && reg_field_find(reg, duty->unless.field) ? duty->unless : none;
}

const char *duty_ended_field(const struct duty *duty, const struct reg *reg)
{
    return duty->is_deadline ? reg->deadline->met : duty->ended;
}

bool duty_concerns(const struct duty *duty, const struct reg *reg)
{
    const char *name = duty->only.field ? duty->only.field : duty_date(duty, reg);
    const struct field *field = name ? reg_field_find(reg, name) : NULL;
    return reg_is_main(reg) && field && field_is_stored(field);
}

void duty_write_label(const struct duty *duty, const struct reg *reg, struct buffer *out)
{
    bool of_deadline = reg->deadline && (duty->is_deadline || duty->is_pause);
    buffer_addf(out, "%s%s", of_deadline ? reg->deadline->label : "", duty->label);
}

void duty_write_day_label(const struct duty *duty, const struct reg *reg, struct buffer *out)
{
    buffer_addf(out, "%s%s", duty->is_deadline ? reg->deadline->label : "", duty->day_label);
}

static void write_day(const char *field, const char *sign, int day, struct buffer *out)
{
    char text[DATE_TEXT_SIZE];
    date_format(date_from_days(day), text);
    buffer_addf(out, "%s%s%s", field, sign, text);
}

int duty_level_days(int level, const struct check_context *context)
{
    return (int)facts_parameter(context, levels[level - 1].parameter, 0, levels[level - 1].days);
}

/* So many days ahead, or more than so many days ago. */
static int last_day(const struct duty *duty, const struct check_context *context)
{
    if (duty->has_levels)
        return -duty_level_days(1, context);
    if (!duty->parameter)
        return duty->last;
    int usual = duty->last < 0 ? -duty->last - 1 : duty->last;
    int days = (int)facts_parameter(context, duty->parameter, 0, usual);
    return duty->last < 0 ? -days - 1 : days;
}

static void write_days(const struct duty *duty, const char *date,
                       const struct check_context *context, struct buffer *out)
{
    int now = date_to_days(context->today);
    if (duty->first != EVER) {
        write_day(date, ">=", now + duty->first, out);
        buffer_add_char(out, ' ');
    }
    write_day(date, "<=", now + last_day(duty, context), out);
}

/* " state!=已销号 state!=后督察" */
static void write_without(struct condition without, struct buffer *out)
{
    for (const char *at = without.field ? without.values : NULL; at && *at;) {
        size_t length = strcspn(at, "|");
        buffer_addf(out, " %s!=%.*s", without.field, (int)length, at);
        at += length + (at[length] == '|');
    }
}

void duty_write_open(const struct duty *duty, const struct reg *reg, struct buffer *out)
{
    write_without(duty_closed(duty, reg), out);
    write_without(duty_paused(duty, reg), out);
    if (duty_ended_field(duty, reg))
        buffer_addf(out, " %s=", duty_ended_field(duty, reg));
}

void duty_write_where(const struct duty *duty, const struct reg *reg,
                      const struct check_context *context, struct buffer *out)
{
    const struct condition only = duty->is_pause ? pause_of(reg) : duty->only;
    if (only.field)
        buffer_addf(out, "%s=%s", only.field, only.values);
    if (duty->is_pause) { /* few cases have the day: by it they are found */
        buffer_add_char(out, ' ');
        write_day(duty_date(duty, reg), "<=", date_to_days(context->today), out);
    }
    if (only.field)
        return;
    write_days(duty, duty_date(duty, reg), context, out);
    duty_write_open(duty, reg, out);
}

void duty_write_level_where(const struct duty *duty, const struct reg *reg, int level,
                            const struct check_context *context, struct buffer *out)
{
    const char *date = duty_date(duty, reg);
    int now = date_to_days(context->today);
    write_day(date, "<=", now - duty_level_days(level, context), out);
    if (level < DUTY_LEVELS) {
        buffer_add_char(out, ' ');
        write_day(date, ">", now - duty_level_days(level + 1, context), out);
    }
    duty_write_open(duty, reg, out);
}

int duty_level(const struct duty *duty, const struct record *record,
               const struct check_context *context)
{
    int days, level = DUTY_LEVELS;
    if (!duty->has_levels || !duty_days(duty, record, context->today, &days))
        return 0;
    while (level > 0 && -days < duty_level_days(level, context))
        level--;
    return level;
}

bool duty_days(const struct duty *duty, const struct record *record, struct date today, int *days)
{
    const char *name = duty_date(duty, record->reg);
    const struct value *value = name ? record_value(record, name) : NULL;
    struct date date;
    if (!value || value->kind != VALUE_TEXT || !date_parse(value->text, &date, NULL))
        return false;
    *days = date_to_days(date) - date_to_days(today);
    return true;
}

static bool is_ended(const struct duty *duty, const struct record *record)
{
    const char *name = duty_ended_field(duty, record->reg);
    const struct value *ended = name ? record_value(record, name) : NULL;
    return (ended && !value_is_null(ended)) ||
           record_matches(record, duty_closed(duty, record->reg)) ||
           record_matches(record, duty_paused(duty, record->reg));
}

bool duty_holds(const struct duty *duty, const struct record *record,
                const struct check_context *context)
{
    int days;
    if (!duty_concerns(duty, record->reg))
        return false;
    if (duty->only.field)
        return record_matches(record, duty->only);
    if (duty->is_pause)
        return duty_days(duty, record, context->today, &days) && days <= TODAY &&
               record_matches(record, pause_of(record->reg));
    return duty_days(duty, record, context->today, &days) && days >= duty->first &&
           days <= last_day(duty, context) && !is_ended(duty, record);
}

const struct duty *duty_of(const struct record *record, const struct check_context *context)
{
    for (size_t i = 0; i < duty_count; i++)
        if (duty_holds(&duties[i], record, context))
            return &duties[i];
    return NULL;
}

static bool is_first_of_date(size_t index, const struct reg *reg, const char *date)
{
    for (size_t i = 0; i < index; i++) {
        const char *other = duty_date(&duties[i], reg);
        if (other && strcmp(other, date) == 0)
            return false;
    }
    return true;
}

void duty_each_date(const struct reg *reg, void (*visit)(void *context, const struct duty *duty),
                    void *context)
{
    for (size_t i = 0; i < duty_count; i++) {
        const char *date = duty_concerns(&duties[i], reg) ? duty_date(&duties[i], reg) : NULL;
        if (date && is_first_of_date(i, reg, date))
            visit(context, &duties[i]);
    }
}
