/* Problems on their way: whether the work goes on, and in time. */
#include "core/duty.h"
#include "core/facts.h"
#include "core/registers/problem.h"
#include "core/registers/shared.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#include <string.h>

#define DISPATCH "重金属环境安全隐患排查整治行动方案（2025—2030年）（定期调度）"

/* ---- V75: the reports of a problem ---- */

struct former_report {
    const struct record *report; /* the one that is judged */
    struct date date;            /* of the newest one before it; year 0: none */
    int64_t percent;
};

/* Of two of the same day the lower one, so that the order does not matter. */
static bool see_report(void *data, const struct record *other)
{
    struct former_report *former = data;
    struct date own, date;
    int64_t percent;
    if (strcmp(other->id, former->report->id) == 0 || !read_date(other, "reported_on", &date) ||
        !read_integer(other, "done_percent", &percent) ||
        !read_date(former->report, "reported_on", &own) || date_compare(date, own) >= 0)
        return true;
    int order = former->date.year ? date_compare(date, former->date) : 1;
    if (order > 0 || (order == 0 && percent < former->percent)) {
        former->date = date;
        former->percent = percent;
    }
    return true;
}

static void check_falling(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    static const char *const wanted[] = {"reported_on", "done_percent", NULL};
    struct former_report former = {.report = record};
    const char *problem = read_text(record, "problem");
    int64_t percent;
    if (!problem || !read_integer(record, "done_percent", &percent) ||
        read_is_filled(record, "fall_reason"))
        return;
    facts_each(context,
               &(struct facts_query){
                   .reg = "progress", .field = "problem", .value = problem, .wanted = wanted},
               see_report, &former);
    if (!former.date.year || percent >= former.percent)
        return;
    char date[DATE_TEXT_SIZE];
    date_format(former.date, date);
    rule_report(rule, findings, "fall_reason",
                "进度从 %s 的 %d %% 降到 %d %%，却没有写原因，请补填，或核对进度", date,
                (int)former.percent, (int)percent);
}

const struct rule rule_falling = {
    .id = "V75",
    .severity = SEVERITY_ERROR,
    .reg = "progress",
    .links = {{.field = "problem", .match = "problem"}},
    .label = "整改进度下降要写原因",
    .basis = DISPATCH,
    .check = check_falling,
};

/* ---- V76, V78: time ---- */

static void check_overdue(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    int days, level = DUTY_LEVELS;
    if (read_is(record, "state", PROBLEM_DONE "|挂起") ||
        !read_age(record, "due_on", context, &days))
        return;
    while (level > 0 && days < duty_level_days(level, context))
        level--;
    if (level == 0)
        return;
    const struct finding at = {.rule = rule->id,
                               .severity = (enum severity)(SEVERITY_HINT + level - 1),
                               .field = "due_on",
                               .basis = rule->basis};
    findings_add(findings, &at, "整改已逾期 %d 天，请督促完成；确有困难的在到期前报批延期", days);
}

const struct rule rule_overdue = {
    .id = "V76",
    .severity = SEVERITY_ERROR,
    .reg = "problem",
    .label = "整改不能超过时限：逾期一天提示，七天警告，三十天错误",
    .basis = PROBLEM_TERM "；分档天数为本程序约定",
    .is_delay = true,
    .check = check_overdue,
};

static void check_pause(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    int days;
    if (read_is(record, "state", "挂起") &&
        read_age(record, "suspended_until_on", context, &days) && days > 0)
        rule_report(rule, findings, "suspended_until_on",
                    "批准挂起到 %s，已经过了 %d 天，请恢复办理，还办不下去的重新报批",
                    read_text(record, "suspended_until_on"), days);
}

const struct rule rule_pause = {
    .id = "V78",
    .severity = SEVERITY_WARNING,
    .reg = "problem",
    .label = "挂起不能超过批准的日期",
    .basis = PROBLEM_TERM,
    .check = check_pause,
};

/* ---- V77, V79: what a closure rests on, and whether it lasts ---- */

struct resting {
    const struct rule *rule;
    struct findings *findings;
};

static void see_proof(void *data, const char *metal, enum problem_proof proof, const char *day,
                      const char *verdict)
{
    const struct resting *resting = data;
    const struct rule *rule = resting->rule;
    if (proof == PROOF_OPEN)
        rule_report(rule, resting->findings, "monitoring_report",
                    "%s的监测结果（%s）%s，只能作参考，请核对限值和监测报告", metal, day,
                    *verdict ? "对照的限值还没有核过" : "没有可以对照的限值");
}

static void check_resting(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    if (read_is_filled(record, "state") && life_has_reached(record, "已申请销号"))
        problem_each_proof(record, context, see_proof,
                           &(struct resting){.rule = rule, .findings = findings});
}

const struct rule rule_resting = {
    .id = "V77",
    .severity = SEVERITY_HINT,
    .reg = "problem",
    .links = {RULES_SAMPLES_OF_OBJECT},
    .label = "证明整改到位的监测结果，限值应当核过",
    .basis = "滇规划 三（五）3；限值未核的只作提示",
    .check = check_resting,
};

static void check_rebound(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    (void)context;
    if (read_is(record, "state", PROBLEM_CLOSED) && read_says(record, "rebound", true))
        rule_report(rule, findings, "rebound",
                    "后督察记明已经反弹，却还是“%s”，请用“反弹重开”另立一条新问题接着办",
                    read_text(record, "state"));
}

const struct rule rule_rebound = {
    .id = "V79",
    .severity = SEVERITY_WARNING,
    .reg = "problem",
    .label = "反弹的问题要重开",
    .basis = PROBLEM_LOOKBACK,
    .check = check_rebound,
};
