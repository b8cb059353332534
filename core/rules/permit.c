/* Discharge permits. */
#include "core/facts.h"
#include "core/duty.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

static void check_shut(const struct rule *rule, const struct record *record,
                       const struct check_context *context, struct findings *findings)
{
    int age;
    if (read_is_shut(record) && !read_is_filled(record, "permit_cancelled_on") &&
        read_age(record, "permit_to_on", context, &age) && age <= 0)
        rule_report(rule, findings, "permit_cancelled_on",
                    "企业已关闭，许可证却还有效（到 %s），请督促注销并填写注销日期",
                    read_text(record, "permit_to_on"));
}

const struct rule rule_shut_permit = {
    .id = "V24",
    .severity = SEVERITY_WARNING,
    .label = "已关闭企业的许可证应当注销",
    .basis = "吉环固体字〔2022〕12号 四",
    .check = check_shut,
};

static void check_period(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    (void)context;
    struct date from, to;
    if (read_date(record, "permit_from_on", &from) && read_date(record, "permit_to_on", &to) &&
        date_compare(to, from) <= 0)
        rule_report(rule, findings, "permit_to_on",
                    "许可证有效期止应晚于有效期起，现在填反了或填错了，请对照许可证正本改正");
}

const struct rule rule_permit_period = {
    .id = "V35",
    .severity = SEVERITY_ERROR,
    .label = "许可证有效期止应晚于起",
    .basis = "吉环固体字〔2022〕10号 四（四）",
    .check = check_period,
};

static bool is_running(const struct record *record)
{
    return !read_is_shut(record) && !read_is_filled(record, "permit_cancelled_on");
}

static void check_expiring(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    int age;
    if (is_running(record) && read_age(record, "permit_to_on", context, &age) && age <= 0 &&
        -age <= facts_parameter(context, "permit_expiring_days", 0, DUTY_RENEWAL_DAYS))
        rule_report(rule, findings, "permit_to_on",
                    "许可证还有 %d 天到期（%s），请提醒企业及时申请延续", -age,
                    read_text(record, "permit_to_on"));
}

const struct rule rule_permit_expiring = {
    .id = "V38",
    .severity = SEVERITY_HINT,
    .label = "许可证到期前 90 天提醒延续",
    .basis = "滇规划 三（五）2（申领变更延续）",
    .check = check_expiring,
};

static void check_expired(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    int age;
    if (is_running(record) && read_age(record, "permit_to_on", context, &age) && age > 0)
        rule_report(rule, findings, "permit_to_on",
                    "许可证已过期 %d 天，请核实是否已延续；延续了的请更新有效期，没有的依法处理",
                    age);
}

const struct rule rule_permit_expired = {
    .id = "V63",
    .severity = SEVERITY_WARNING,
    .label = "没有关闭的企业许可证不能过期",
    .basis = "滇规划 三（五）2（申领变更延续）",
    .check = check_expired,
};
