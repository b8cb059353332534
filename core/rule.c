#include "core/rule.h"

#include <string.h>

const struct rule *rule_find(const char *id)
{
    for (size_t i = 0; i < rule_count; i++)
        if (strcmp(rules[i]->id, id) == 0)
            return rules[i];
    return NULL;
}

const char *rule_label(const char *id)
{
    static const struct {
        const char *id, *label;
    } elsewhere[] = {{"V01", "数值、字数应在规定的范围内"},
                     {"V02", "统一社会信用代码应合乎编码规则"}};
    const struct rule *rule = rule_find(id);
    for (size_t i = 0; !rule && i < COUNT_OF(elsewhere); i++)
        if (strcmp(elsewhere[i].id, id) == 0)
            return elsewhere[i].label;
    return rule ? rule->label : "";
}

bool rule_concerns(const struct rule *rule, const struct reg *reg)
{
    return !rule->reg || strcmp(rule->reg, reg->name) == 0;
}
