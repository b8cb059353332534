/* Problems: who, by when, and the chain that closes them. */
#include "core/registers/problem.h"
#include "core/registers/shared.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#include <string.h>

/* What a state demands is asked by the gate and by these rules alike: a file from elsewhere may
 * hold what the gate would have refused, and a sample, a report of progress or a file may go later.
 */
static void check_needs(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    life_tell(record, rule->id, context, rule->severity, findings);
}

static void check_closure(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    check_needs(rule, record, context, findings);
    if (!read_is(record, "state", PROBLEM_DONE) && read_is_filled(record, "closed_on"))
        rule_report(rule, findings, "state",
                    "已填销号日期，整改状态却不是已销号，请改状态，或删去销号日期");
}

const struct rule rule_closure = {
    .id = "V21",
    .severity = SEVERITY_ERROR,
    .reg = "problem",
    .links = {RULES_SAMPLES_OF_OBJECT, {.reg = "progress", .field = "problem", .match = "id"}},
    .label = "走到哪一步，就要有哪一步的佐证，各环节日期齐全、有序",
    .basis = PROBLEM_CLOSURE,
    .check = check_closure,
};

const struct rule rule_checkers = {
    .id = "V22",
    .severity = SEVERITY_ERROR,
    .reg = "problem",
    .label = "核查人不能是整改责任人",
    .basis = "本程序约定：谁验收谁负责",
    .check = check_needs,
};

static void check_two_checkers(const struct rule *rule, const struct record *record,
                               const struct check_context *context, struct findings *findings)
{
    enum { LEAST = 2 };
    static const struct {
        const char *field, *act;
    } pairs[] = {{"inspectors", "现场检查"}, {"drawn_by", "双随机抽取"}};
    if (record->reg->life)
        check_needs(rule, record, context, findings);
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        const char *names = read_text(record, pairs[i].field);
        if (names && read_each_person(names, NULL, NULL) < LEAST)
            rule_report(rule, findings, pairs[i].field,
                        "%s至少要两个人，现在只有%s，请补上另一位，名字之间用顿号隔开",
                        pairs[i].act, names);
    }
}

const struct rule rule_two_checkers = {
    .id = "V34",
    .severity = SEVERITY_ERROR,
    .label = "现场核查、检查和抽取至少两人",
    .basis = PROBLEM_CLOSURE "；行政处罚法 第四十二条",
    .check = check_two_checkers,
};

const struct rule rule_due = {
    .id = "V40",
    .severity = SEVERITY_ERROR,
    .reg = "problem",
    .label = "计划完成时限不早于发现日期",
    .basis = PROBLEM_TERM,
    .check = check_needs,
};

const struct rule rule_at_once = {
    .id = "V41",
    .severity = SEVERITY_WARNING,
    .reg = "problem",
    .label = "立行立改应在规定天数（一般三十天）内完成",
    .basis = "重金属环境安全隐患排查整治行动方案（2025—2030年）",
    .check = check_needs,
};

const struct rule rule_extension = {
    .id = "V43",
    .severity = SEVERITY_ERROR,
    .reg = "problem",
    .label = "延期要有批准文号",
    .basis = PROBLEM_TERM,
    .check = check_needs,
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
    .basis = "清远计划 二（四）1（登记）",
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
