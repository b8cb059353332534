/* Problems: who, by when, and the chain that closes them. */
#include "core/registers/problem.h"
#include "core/registers/shared.h"
#include "core/facts.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#include <string.h>

#define CLOSURE "桂重金属方案 四（三）（逐条整改销号）；谁验收谁负责"

enum { AT_ONCE_DAYS = 30, CHECKERS_LEAST = 2 };

/* The steps of closing in the order in which they must happen; then what must follow the start. */
static const char *const steps[] = {
    "found_on",    "started_on",     "self_checked_on", "applied_on", "checked_on",
    "reviewed_on", "notice_from_on", "notice_to_on",    "closed_on",  "lookback_on",
};
static const char *const pictures[] = {"started_on", "after_photo_on"};

/* What a closed problem must be able to show. */
static const char *const proofs[] = {
    "before_photo", "after_photo", "after_photo_on", "self_checked_on", "applied_on", "checked_on",
    "checkers",     "reviewed_on", "notice_from_on", "notice_to_on",    "closed_on",
};

static void check_proofs(const struct rule *rule, const struct record *record,
                         struct findings *findings)
{
    struct buffer missing = {0};
    const char *first = NULL;
    for (size_t i = 0; i < COUNT_OF(proofs); i++) {
        if (read_is_filled(record, proofs[i]))
            continue;
        buffer_addf(&missing, "%s%s", first ? "、" : "",
                    reg_field_find(record->reg, proofs[i])->label);
        first = first ? first : proofs[i];
    }
    if (first)
        rule_report(rule, findings, first, "已销号但缺%s，请补齐；补不齐的应退回整改",
                    missing.text);
    buffer_release(&missing);
}

static void check_closure(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    (void)context;
    bool closed = read_is(record, "state", PROBLEM_CLOSED);
    if (closed)
        check_proofs(rule, record, findings);
    if (closed && read_is(record, "check_result", "退回"))
        rule_report(rule, findings, "check_result",
                    "核查结论是退回，不能销号，请改回整改中，或核对核查结论");
    if (!closed && !read_is(record, "state", "反弹重开") && read_is_filled(record, "closed_on"))
        rule_report(rule, findings, "state",
                    "已填销号日期，整改状态却不是已销号，请改状态，或删去销号日期");
    dates_check_chain(rule, record, steps, COUNT_OF(steps), findings);
    dates_check_chain(rule, record, pictures, COUNT_OF(pictures), findings);
}

const struct rule rule_closure = {
    .id = "V21",
    .severity = SEVERITY_ERROR,
    .reg = "problem",
    .label = "销号要有整改前后佐证，各环节日期齐全、有序",
    .basis = CLOSURE,
    .check = check_closure,
};

struct overlap {
    const struct record *record;
    struct buffer names;
};

static void visit_checker(void *context, const char *item)
{
    struct overlap *overlap = context;
    if (read_lists(overlap->record, "responsible_person", item))
        buffer_addf(&overlap->names, "%s%s", overlap->names.length ? "、" : "", item);
}

static void check_checkers(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    struct overlap overlap = {.record = record};
    const char *checkers = read_text(record, "checkers");
    if (checkers)
        read_each(checkers, visit_checker, &overlap);
    if (overlap.names.length > 0)
        rule_report(rule, findings, "checkers", "%s既是整改责任人又是核查人，请换别人核查",
                    overlap.names.text);
    buffer_release(&overlap.names);
}

const struct rule rule_checkers = {
    .id = "V22",
    .severity = SEVERITY_ERROR,
    .reg = "problem",
    .label = "核查人不能是整改责任人",
    .basis = "谁验收谁负责",
    .check = check_checkers,
};

static void check_two_checkers(const struct rule *rule, const struct record *record,
                               const struct check_context *context, struct findings *findings)
{
    (void)context;
    static const struct {
        const char *field, *act;
    } pairs[] = {{"checkers", "现场核查"}, {"inspectors", "现场检查"}, {"drawn_by", "双随机抽取"}};
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        const char *names = read_text(record, pairs[i].field);
        if (names && read_each(names, NULL, NULL) < CHECKERS_LEAST)
            rule_report(rule, findings, pairs[i].field,
                        "%s至少要两个人，现在只有%s，请补上另一位，名字之间用顿号隔开",
                        pairs[i].act, names);
    }
}

const struct rule rule_two_checkers = {
    .id = "V34",
    .severity = SEVERITY_ERROR,
    .label = "现场核查、检查和抽取至少两人",
    .basis = CLOSURE "；行政处罚法 第四十二条",
    .check = check_two_checkers,
};

static bool read_term(const struct record *record, int *days)
{
    struct date found, due;
    if (!read_date(record, "found_on", &found) || !read_date(record, "due_on", &due))
        return false;
    *days = date_to_days(due) - date_to_days(found);
    return true;
}

static void check_due(const struct rule *rule, const struct record *record,
                      const struct check_context *context, struct findings *findings)
{
    (void)context;
    int days;
    if (read_term(record, &days) && days < 0)
        rule_report(rule, findings, "due_on", "计划完成时限 %s 早于发现日期 %s，请核对这两个日期",
                    read_text(record, "due_on"), read_text(record, "found_on"));
}

const struct rule rule_due = {
    .id = "V40",
    .severity = SEVERITY_ERROR,
    .reg = "problem",
    .label = "计划完成时限不早于发现日期",
    .basis = "吉环固体字〔2022〕10号 四（六）",
    .check = check_due,
};

static void check_at_once(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    int days;
    if (!read_says(record, "fix_at_once", true) || !read_term(record, &days))
        return;
    int most = (int)facts_parameter(context, "at_once_days", 0, AT_ONCE_DAYS);
    if (days > most)
        rule_report(rule, findings, "due_on",
                    "立行立改的期限是 %d 天，超过 %d 天，请提前时限，或改为不是立行立改", days,
                    most);
}

const struct rule rule_at_once = {
    .id = "V41",
    .severity = SEVERITY_WARNING,
    .reg = "problem",
    .label = "立行立改应在规定天数（一般三十天）内完成",
    .basis = "重金属环境安全隐患排查整治行动方案（2025—2030年）",
    .check = check_at_once,
};

static void check_extension(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    (void)context;
    int64_t count;
    if (read_integer(record, "extension_count", &count) && count > 0 &&
        !read_is_filled(record, "extension_approval"))
        rule_report(rule, findings, "extension_approval",
                    "延期 %d 次却没有批准文号，请补填；没有批准的按原时限办", (int)count);
}

const struct rule rule_extension = {
    .id = "V43",
    .severity = SEVERITY_ERROR,
    .reg = "problem",
    .label = "延期要有批准文号",
    .basis = "吉环固体字〔2022〕10号 四（六）",
    .check = check_extension,
};

/* What the checklist leaves to be filled in. */
#define BLANK "……"

static void check_blanks(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    (void)context;
    const char *text = read_text(record, "description");
    if (text && strstr(text, BLANK))
        rule_report(rule, findings, "description",
                    "问题描述里还有没填的“" BLANK "”，请写明地点、物料、数量等实际情况");
}

const struct rule rule_blanks = {
    .id = "V74",
    .severity = SEVERITY_WARNING,
    .reg = "problem",
    .label = "问题描述要写清实际情况",
    .basis = "清远计划 附表2第36项（登记）",
    .check = check_blanks,
};

static void check_object(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    (void)context;
    if (!record_value(record, "object_name"))
        return;
    for (size_t i = 0; i < OBJECT_FIELD_COUNT; i++)
        if (read_is_filled(record, object_fields[i].name))
            return;
    rule_report(rule, findings, object_fields[0].name,
                "没有写明是哪个对象，请从企业、点位、涉镉污染源等清单中选一个，都不是的填其他对象");
}

const struct rule rule_object = {
    .id = "V44",
    .severity = SEVERITY_ERROR,
    .label = "问题、检查、监测至少要有一个对象",
    .basis = "吉环固体字〔2022〕10号 四（七）（问题台账）",
    .check = check_object,
};
