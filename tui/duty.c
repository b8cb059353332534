#include "tui/duty.h"

#include "tui/wording.h"

#include <stdlib.h>
#include <string.h>

enum { EVER = -100000, YESTERDAY = -1, YEAR = 365, PERMIT_DAYS = 90, MONTH = 30 };

#define PROBLEM_CLOSED                                                                             \
    {                                                                                              \
        .field = "state", .values = "已销号|后督察"                                          \
    }
#define ENTERPRISE_SHUT                                                                            \
    {                                                                                              \
        .field = "status", .values = "关闭|拆除中|已关闭未清理|无主"                  \
    }

const struct duty duties[] = {
    {
        .mark = '!',
        .label = "整改逾期",
        .reg = "problem",
        .date = "due_on",
        .first = EVER,
        .last = YESTERDAY,
        .unless = PROBLEM_CLOSED,
        .verb = "逾期",
    },
    {
        .mark = '!',
        .label = "许可证过期",
        .reg = "enterprise",
        .date = "permit_to_on",
        .first = EVER,
        .last = YESTERDAY,
        .unless = ENTERPRISE_SHUT,
        .ended = "permit_cancelled_on",
        .verb = "过期",
    },
    {
        .mark = '?',
        .label = "整改将到期",
        .reg = "problem",
        .date = "due_on",
        .first = 0,
        .last = MONTH,
        .unless = PROBLEM_CLOSED,
        .verb = "还有",
    },
    {
        .mark = '?',
        .label = "许可将到期",
        .reg = "enterprise",
        .date = "permit_to_on",
        .first = 0,
        .last = PERMIT_DAYS,
        .unless = ENTERPRISE_SHUT,
        .ended = "permit_cancelled_on",
        .verb = "还有",
    },
    {
        .mark = '?',
        .label = "超一年未核实",
        .date = "verified_on",
        .first = EVER,
        .last = -YEAR - 1,
        .verb = "已过",
    },
};

const size_t duty_count = COUNT_OF(duties);

bool duty_concerns(const struct duty *duty, const struct reg *reg)
{
    const struct field *field = reg_field_find(reg, duty->date);
    bool named = duty->reg ? strcmp(duty->reg, reg->name) == 0 : reg_is_main(reg);
    return named && field && field_is_stored(field);
}

static void write_day(const char *field, const char *sign, int day, struct buffer *out)
{
    char text[DATE_TEXT_SIZE];
    date_format(date_from_days(day), text);
    buffer_addf(out, "%s%s%s", field, sign, text);
}

void duty_write_where(const struct duty *duty, struct date today, struct buffer *out)
{
    int now = date_to_days(today);
    if (duty->first != EVER) {
        write_day(duty->date, ">=", now + duty->first, out);
        buffer_add_char(out, ' ');
    }
    write_day(duty->date, "<=", now + duty->last, out);
    for (const char *at = duty->unless.values; at && *at;) {
        size_t length = strcspn(at, "|");
        buffer_addf(out, " %s!=%.*s", duty->unless.field, (int)length, at);
        at += length + (at[length] == '|');
    }
    if (duty->ended)
        buffer_addf(out, " %s=", duty->ended);
}

static bool read_days(const struct duty *duty, const struct record *record, struct date today,
                      int *days)
{
    const struct value *value = record_value(record, duty->date);
    struct date date;
    if (!value || value->kind != VALUE_TEXT || !date_parse(value->text, &date, NULL))
        return false;
    *days = date_to_days(date) - date_to_days(today);
    return true;
}

static bool is_ended(const struct duty *duty, const struct record *record)
{
    const struct value *ended = duty->ended ? record_value(record, duty->ended) : NULL;
    return (ended && !value_is_null(ended)) || record_matches(record, duty->unless);
}

bool duty_holds(const struct duty *duty, const struct record *record, struct date today)
{
    int days;
    return duty_concerns(duty, record->reg) && read_days(duty, record, today, &days) &&
           days >= duty->first && days <= duty->last && !is_ended(duty, record);
}

const struct duty *duty_of(const struct record *record, struct date today)
{
    for (size_t i = 0; i < duty_count; i++)
        if (duty_holds(&duties[i], record, today))
            return &duties[i];
    return NULL;
}

void duty_tell(const struct duty *duty, const struct record *record, struct date today,
               struct buffer *out)
{
    int days;
    if (!read_days(duty, record, today, &days))
        return;
    if (days == 0) {
        buffer_add(out, "今天到期");
        return;
    }
    buffer_addf(out, "%s ", duty->verb);
    wording_span(abs(days), out);
}
