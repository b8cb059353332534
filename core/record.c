#include "core/record.h"
#include "core/life.h"
#include "core/mem.h"
#include "core/plan.h"
#include "core/rule.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

void record_init(struct record *record, const struct reg *reg)
{
    *record = (struct record){.reg = reg};
    record->values = mem_new(reg_field_count(reg), sizeof *record->values);
}

void record_release(struct record *record)
{
    if (record->values)
        for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);)
            value_release(&record->values[walk.index]);
    free(record->values);
    memset(record, 0, sizeof *record);
}

void record_copy(struct record *to, const struct record *from)
{
    *to = *from;
    to->plan = NULL;
    size_t count = reg_field_count(from->reg);
    to->values = mem_new(count, sizeof *to->values);
    for (size_t i = 0; i < count; i++)
        value_copy(&to->values[i], &from->values[i]);
}

static const char *initial_of(const struct field *field, const struct record_origin *origin)
{
    if (!field->initial || field->initial[0] != '@')
        return field->initial;
    const struct {
        const char *name, *text;
    } facts[] = {{"@today", origin ? origin->today : ""},
                 {"@operator", origin ? origin->operator_name : ""},
                 {"@region", origin ? origin->region : ""}};
    for (size_t i = 0; i < COUNT_OF(facts); i++)
        if (strcmp(field->initial, facts[i].name) == 0)
            return facts[i].text;
    return NULL;
}

void record_set_initial(struct record *record, const struct lookup *lookup,
                        const struct record_origin *origin)
{
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        const char *initial = initial_of(walk.field, origin);
        if (!text_is_empty(initial))
            record_set_text(record, walk.index, initial, lookup, NULL);
    }
}

static int index_of(const struct record *record, const char *name)
{
    return record->plan ? plan_field_index(record->plan, name) : reg_field_index(record->reg, name);
}

const struct value *record_value(const struct record *record, const char *name)
{
    int index = index_of(record, name);
    return index < 0 ? NULL : &record->values[index];
}

struct value *record_value_for_change(struct record *record, const char *name)
{
    int index = index_of(record, name);
    return index < 0 ? NULL : &record->values[index];
}

const char *record_text(const struct record *record, const char *field)
{
    const struct value *value = record_value(record, field);
    return value && value->kind == VALUE_TEXT ? value->text : "";
}

bool record_set_text(struct record *record, size_t field, const char *text,
                     const struct lookup *lookup, struct error *err)
{
    return type_parse(reg_field(record->reg, field), lookup, text, &record->values[field], err);
}

void record_format(const struct record *record, const char *field, struct buffer *out)
{
    int index = index_of(record, field);
    if (index >= 0)
        type_format(reg_field(record->reg, (size_t)index), &record->values[index], out);
}

void record_display(const struct record *record, const char *field, const struct lookup *lookup,
                    struct buffer *out)
{
    int index = index_of(record, field);
    if (index >= 0)
        type_display(reg_field(record->reg, (size_t)index), &record->values[index], lookup, out);
}

void record_name(const struct record *record, const struct lookup *lookup, struct buffer *out)
{
    size_t before = out->length;
    record_display(record, record->reg->name_field, lookup, out);
    if (out->length == before)
        record_format(record, "case_no", out);
    if (out->length == before)
        buffer_add(out, "（未命名）");
}

/* Whether `word` is one of the alternatives separated by '|'. */
static bool is_alternative(const char *alternatives, const char *word, size_t length)
{
    for (const char *at = alternatives; at; at = strchr(at, '|')) {
        at += *at == '|';
        if (strncmp(at, word, length) == 0 && (at[length] == '\0' || at[length] == '|'))
            return true;
    }
    return false;
}

bool record_is_alternative(const char *alternatives, const char *word)
{
    return is_alternative(alternatives, word, strlen(word));
}

/* Whether one of the choices in `chosen` is among the alternatives. */
static bool has_alternative(const char *alternatives, const char *chosen)
{
    const char *end;
    while ((end = strstr(chosen, CHOICES_SEPARATOR))) {
        if (is_alternative(alternatives, chosen, (size_t)(end - chosen)))
            return true;
        chosen = end + strlen(CHOICES_SEPARATOR);
    }
    return record_is_alternative(alternatives, chosen);
}

bool record_matches(const struct record *record, struct condition condition)
{
    int index = condition.field ? index_of(record, condition.field) : -1;
    if (index < 0 || value_is_null(&record->values[index]))
        return false;
    const struct field *field = reg_field(record->reg, (size_t)index);
    const struct value *value = &record->values[index];
    if (field->type == TYPE_CHOICES)
        return has_alternative(condition.values, value->text);
    if (value->kind == VALUE_TEXT)
        return record_is_alternative(condition.values, value->text);
    struct buffer text = {0};
    type_format(field, value, &text);
    bool matches = is_alternative(condition.values, buffer_text(&text), text.length);
    buffer_release(&text);
    return matches;
}

bool record_shows(const struct record *record, const struct field *field)
{
    const char *decides = field->shown_when.field;
    if (!decides || record_matches(record, field->shown_when))
        return true;
    return value_is_null(record_value(record, decides)) &&
           !value_is_null(record_value(record, field->name));
}

bool record_requires(const struct record *record, const struct field *field)
{
    bool required = (field->flags & (FIELD_REQUIRED | FIELD_KEY)) != 0 ||
                    record_matches(record, field->required_when);
    return required && record_shows(record, field);
}

/* `field` is the one at `index`: who walks over all of them has it at hand. */
static bool lacks(const struct record *record, const struct field *field, size_t index)
{
    return value_is_null(&record->values[index]) && field_is_stored(field) &&
           record_requires(record, field);
}

bool record_lacks(const struct record *record, size_t field)
{
    return lacks(record, reg_field(record->reg, field), field);
}

size_t record_missing(const struct record *record)
{
    size_t missing = 0;
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);)
        missing += lacks(record, walk.field, walk.index);
    return missing;
}

void record_derive(struct record *record, const struct record *before)
{
    if (record->reg->derive)
        record->reg->derive(record, before);
}

void record_conclude(struct record *record, const struct check_context *context)
{
    if (record->reg->conclude)
        record->reg->conclude(record, context);
}

void record_compute(struct record *record, const struct record *before,
                    const struct check_context *context)
{
    if (record->reg->complete)
        record->reg->complete(record, context);
    record_derive(record, before);
    record_conclude(record, context);
}

/* Compares with a bound that the declaration gives as text; 0 when there is no bound. */
static int compare_bound(const struct field *field, const struct value *value, const char *bound,
                         const struct lookup *lookup)
{
    struct value limit = {0};
    int order = 0;
    if (bound && type_parse(field, lookup, bound, &limit, NULL))
        order = type_compare(field, value, &limit);
    value_release(&limit);
    return order;
}

static struct finding finding_at(const struct field *field)
{
    return (struct finding){
        .rule = "V01", .severity = SEVERITY_ERROR, .field = field->name, .basis = field->basis};
}

static void report_gap(const struct field *field, struct findings *findings)
{
    struct finding at = finding_at(field);
    struct buffer title = {0};
    at.is_gap = true;
    field_add_title(field, &title);
    findings_add(findings, &at, "%s待补：%s", title.text, field->help);
    buffer_release(&title);
}

static void check_value(const struct record *record, const struct field *field, size_t index,
                        const struct check_context *context, struct findings *findings)
{
    const struct value *value = &record->values[index];
    const struct type *type = type_of(field->type);
    const struct finding at = finding_at(field);
    const char *unit = field->unit ? field->unit : "";
    if (!record_shows(record, field))
        return;
    if (value_is_null(value)) {
        if (record_requires(record, field))
            report_gap(field, findings);
        return;
    }
    if (compare_bound(field, value, field->least, context->lookup) < 0)
        findings_add(findings, &at, "%s不能小于 %s%s，请核对", field->label, field->least, unit);
    if (compare_bound(field, value, field->most, context->lookup) > 0)
        findings_add(findings, &at, "%s不能大于 %s%s，请核对", field->label, field->most, unit);
    if (field->min_chars && text_count(value->text) < (size_t)field->min_chars)
        findings_add(findings, &at, "%s太短，至少写 %d 个字", field->label, field->min_chars);
    if (type->check)
        type->check(field, value, context, findings);
}

void record_gaps(const struct record *record, struct findings *findings)
{
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);)
        if (lacks(record, walk.field, walk.index))
            report_gap(walk.field, findings);
}

void record_check(const struct record *record, const struct check_context *context,
                  struct findings *findings)
{
    struct record planned = *record; /* shares the values */
    const struct plan *plan = planned.plan = plans_find(context->plans, record->reg);
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);)
        if (field_is_stored(walk.field))
            check_value(&planned, walk.field, walk.index, context, findings);
    for (size_t i = 0; plan && i < plan->rule_count; i++)
        plan->rules[i]->check(plan->rules[i], &planned, context, findings);
    for (size_t i = 0; !plan && i < rule_count; i++)
        if (rule_concerns(rules[i], record->reg))
            rules[i]->check(rules[i], &planned, context, findings);
}

/* Says what the field of a condition is called and holds: "核验状态为“已核”". */
static void write_condition(const struct record *record, struct condition condition,
                            struct buffer *out)
{
    buffer_addf(out, "%s为“", reg_field_find(record->reg, condition.field)->label);
    record_format(record, condition.field, out);
    buffer_add(out, "”");
}

static bool refuse_gap(const struct record *record, const struct field *field, struct error *err)
{
    struct buffer when = {0};
    if (field->flags & FIELD_KEY) {
        error_set(err, ERROR_REFUSED, "缺%s，这一项必须先填", field->label);
    } else {
        write_condition(record, field->required_when, &when);
        error_set(err, ERROR_REFUSED, "%s，却缺%s，请先填上%s", when.text, field->label,
                  field->label);
    }
    buffer_release(&when);
    return error_at_field(err, field->name, field->basis);
}

bool record_check_key(const struct record *record, struct error *err)
{
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        if ((field->flags & (FIELD_KEY | FIELD_KEY_WHEN)) && lacks(record, field, walk.index))
            return refuse_gap(record, field, err);
    }
    return true;
}

bool record_guard(const struct record *before, const struct record *after,
                  const struct check_context *context, struct error *err)
{
    return life_allows(before, after, context, err) &&
           (!after->reg->guard || after->reg->guard(before, after, context, err));
}
