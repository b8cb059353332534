/* Files that records point to. */
#include "core/facts.h"
#include "core/rules/rules.h"

static void check_files(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    const struct facts *facts = context->facts;
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        const struct value *value = &record->values[walk.index];
        if (walk.field->type != TYPE_ATTACHMENT || !field_is_stored(walk.field) ||
            value_is_null(value) || facts->has_file(facts->context, value->text))
            continue;
        rule_report(rule, findings, walk.field->name,
                    "附件文件不见了（%.8s…），请从备份找回或重新添加", value->text);
    }
}

const struct rule rule_attachment = {
    .id = "V70",
    .severity = SEVERITY_ERROR,
    .label = "登记的附件文件应在",
    .basis = "可追溯要求：整改前后照片、监测报告、合同票据留存备查",
    .check = check_files,
};
