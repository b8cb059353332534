/* What a policy says of itself: limits, and passages of one document that disagree. */
#include "core/decimal.h"
#include "core/measure.h"
#include "core/obligation.h"
#include "core/registers.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

/* What cannot be compared with a result cannot limit it. */
static bool is_known_unit(const char *unit)
{
    struct buffer text = {0};
    struct measure measure;
    buffer_addf(&text, "1 %s", unit);
    bool known = measure_parse(text.text, NULL, &measure, NULL);
    buffer_release(&text);
    return known;
}

static void check_limit(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    (void)context;
    int64_t above, upto;
    struct date from, to;
    const char *unit = read_text(record, "unit");
    if (unit && !is_known_unit(unit))
        rule_report(rule, findings, "unit",
                    "单位“%s”不认得，监测结果没法与它比较，请改成 mg/L、μg/L、mg/kg 等单位", unit);
    if (read_integer(record, "ph_above", &above) && read_integer(record, "ph_upto", &upto) &&
        upto <= above)
        rule_report(rule, findings, "ph_upto",
                    "pH 的上限不大于下限，没有哪个 pH 适用，请对照标准改正");
    if (read_date(record, "from_on", &from) && read_date(record, "to_on", &to) &&
        date_compare(to, from) < 0)
        rule_report(rule, findings, "to_on", "废止日期早于施行日期，前后颠倒了，请对照标准改正");
}

const struct rule rule_limit_range = {
    .id = "V65",
    .severity = SEVERITY_ERROR,
    .reg = "limit",
    .label = "限值的单位要认得，pH 范围和起止日期不能颠倒",
    .basis = "GB 15618-2018 表1、表3（pH 分段）",
    .check = check_limit,
};

static void check_verified(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    static const char *const names[] = {"checked_by", "checked_on"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (read_is(record, "state", "已核") && !read_is_filled(record, names[i]))
            rule_report(rule, findings, names[i],
                        "限值标了已核，却没有写谁在哪一天对照原文核的，请补填；没核过的改回未核");
}

const struct rule rule_verified = {
    .id = "V72",
    .severity = SEVERITY_WARNING,
    .reg = "limit",
    .label = "已核的限值要写明核验人和核验日期",
    .basis = "可追溯要求：未核的限值不能判定超标",
    .check = check_verified,
};

/* Two places of one document that give different values for the same thing. */
static const struct {
    const char *field, *passage, *other, *other_passage;
    int stricter; /* sign of `field` minus `other` when `field` is the stricter one */
} pairs[] = {
    {"ratio", "passage", "other_ratio", "other_passage", 1},
    {"due_on", "passage", "other_due_on", "other_passage", -1},
};

/* How `field` differs from `other`, times the sign that is strict; 0 when one is empty or both are
 * the same. */
static int compare_pair(const struct record *record, size_t pair)
{
    int index = reg_field_index(record->reg, pairs[pair].field);
    int other = reg_field_index(record->reg, pairs[pair].other);
    if (index < 0 || other < 0 || value_is_null(&record->values[index]) ||
        value_is_null(&record->values[other]))
        return 0;
    return pairs[pair].stricter * type_compare(reg_field(record->reg, (size_t)index),
                                               &record->values[index], &record->values[other]);
}

/* "1.2（附件（二））" */
static void write_place(const struct record *record, const char *field, const char *passage,
                        struct buffer *out)
{
    record_format(record, field, out);
    buffer_addf(out, "（%s）", read_is_filled(record, passage) ? read_text(record, passage) : "—");
}

static void check_conflict(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        if (compare_pair(record, i) == 0)
            continue;
        struct buffer here = {0}, there = {0};
        write_place(record, pairs[i].field, pairs[i].passage, &here);
        write_place(record, pairs[i].other, pairs[i].other_passage, &there);
        rule_report(rule, findings, pairs[i].other,
                    "文件两处说法不一：%s 与 %s，按较严的一处执行；有疑问请向发文机关核实",
                    here.text, there.text);
        buffer_release(&here);
        buffer_release(&there);
    }
}

const struct rule rule_passages = {
    .id = "V66",
    .severity = SEVERITY_HINT,
    .label = "文件前后说法不一的，两处都列出",
    .basis = "滇规划 三（五）1 与专栏；清远计划 二与附表2、附表6",
    .check = check_conflict,
};

static void check_stricter(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        if (compare_pair(record, i) >= 0)
            continue;
        struct buffer label = {0}, other = {0};
        read_label(record, pairs[i].field, &label);
        read_label(record, pairs[i].other, &other);
        rule_report(rule, findings, pairs[i].field,
                    "%s比%s宽，应当填两处中较严的一处，请把两栏对调", label.text, other.text);
        buffer_release(&label);
        buffer_release(&other);
    }
}

const struct rule rule_stricter = {
    .id = "V67",
    .severity = SEVERITY_ERROR,
    .label = "文件前后说法不一的，按较严的执行",
    .basis = "滇规划 三（五）1 与专栏；清远计划 二与附表2、附表6",
    .check = check_stricter,
};

/* A duty whose day cannot be read would never fall due, and nobody would miss it. */
static void check_duty(const struct rule *rule, const struct record *record,
                       const struct check_context *context, struct findings *findings)
{
    (void)context;
    struct obligation obligation;
    obligation_read(record, NULL, &obligation);
    if (read_is(record, "due_kind", "每年") && read_is_filled(record, "due_day") &&
        obligation.kind != OBLIGATION_YEARLY)
        rule_report(rule, findings, "due_day", "“%s”不是月日，请写成两位月、两位日，例如 06-20",
                    read_text(record, "due_day"));
    if (read_is_filled(record, "reg_name") && !reg_find(read_text(record, "reg_name")))
        rule_report(rule, findings, "reg_name", "没有名为“%s”的清单，请写清单的英文名，或空着",
                    read_text(record, "reg_name"));
}

const struct rule rule_duty = {
    .id = "V71",
    .severity = SEVERITY_ERROR,
    .reg = "obligation",
    .label = "法定任务的月日和清单要认得出",
    .basis = "任务台账要求：期限、责任清单明确",
    .check = check_duty,
};
