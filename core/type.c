#include "core/types/types.h"
#include "core/text.h"

#include <string.h>

static const struct type *const types[TYPE__COUNT] = {
    [TYPE_TEXT] = &type_text,
    [TYPE_LONGTEXT] = &type_longtext,
    [TYPE_INTEGER] = &type_integer,
    [TYPE_DECIMAL] = &type_decimal,
    [TYPE_MEASURE] = &type_measure,
    [TYPE_DATE] = &type_date,
    [TYPE_PERIOD] = &type_period,
    [TYPE_BOOL] = &type_bool,
    [TYPE_CHOICE] = &type_choice,
    [TYPE_CHOICES] = &type_choices,
    [TYPE_REGION] = &type_region,
    [TYPE_INDUSTRY] = &type_industry,
    [TYPE_WASTE] = &type_waste,
    [TYPE_USCC] = &type_uscc,
    [TYPE_PERMIT] = &type_permit,
    [TYPE_LON] = &type_lon,
    [TYPE_LAT] = &type_lat,
    [TYPE_REF] = &type_ref,
    [TYPE_ATTACHMENT] = &type_attachment,
};

const struct type *type_of(enum field_type type)
{
    return types[type];
}

const char *type_target(const struct field *field)
{
    static const char *const fixed[TYPE__COUNT] = {
        [TYPE_REGION] = "region",
        [TYPE_INDUSTRY] = "industry",
    };
    return fixed[field->type] ? fixed[field->type] : field->target;
}

static bool parse_clean(const struct field *field, const struct lookup *lookup, const char *text,
                        struct value *value, struct error *err)
{
    const struct type *type = type_of(field->type);
    size_t limit = (size_t)(field->max_chars ? field->max_chars : type->max_chars);
    size_t count = text_count(text);
    if (count > limit)
        return error_set(err, ERROR_REFUSED, "内容有 %zu 个字，超过 %zu 个字的上限，请缩短", count,
                         limit);
    return type->parse(field, lookup, text, value, err);
}

bool type_parse(const struct field *field, const struct lookup *lookup, const char *text,
                struct value *value, struct error *err)
{
    struct buffer clean = {0};
    bool ok = text_clean(text, field->type == TYPE_LONGTEXT, &clean);
    if (!ok)
        error_set(err, ERROR_REFUSED, "含有控制字符或乱码，请删去后重新填写");
    else if (clean.length == 0)
        value_release(value);
    else
        ok = parse_clean(field, lookup, clean.text, value, err);
    buffer_release(&clean);
    if (!ok) {
        struct buffer title = {0};
        field_add_title(field, &title);
        error_prefix(err, "%s", title.text);
        buffer_release(&title);
        error_at_field(err, field->name, field->basis);
    }
    return ok;
}

bool type_restore(const struct field *field, const char *canonical, struct value *value,
                  struct error *err)
{
    if (!type_target(field))
        return type_parse(field, NULL, canonical, value, err);
    value_set_text(value, canonical);
    return true;
}

void type_format(const struct field *field, const struct value *value, struct buffer *out)
{
    if (value->kind != VALUE_NULL)
        type_of(field->type)->format(field, value, out);
}

void type_display(const struct field *field, const struct value *value, const struct lookup *lookup,
                  struct buffer *out)
{
    const char *target = type_target(field);
    if (value->kind == VALUE_TEXT && target && lookup &&
        lookup->label(lookup->context, target, value->text, out))
        return;
    type_format(field, value, out);
}

void type_json(const struct field *field, const struct value *value, struct buffer *out)
{
    if (value->kind == VALUE_NULL) {
        buffer_add(out, "null");
        return;
    }
    enum type_json json = type_of(field->type)->json;
    if (json == TYPE_JSON_BOOL) {
        buffer_add(out, value->integer ? "true" : "false");
        return;
    }
    if (json == TYPE_JSON_NUMBER) {
        type_format(field, value, out);
        return;
    }
    struct buffer text = {0};
    type_format(field, value, &text);
    buffer_add_json(out, buffer_text(&text));
    buffer_release(&text);
}

int type_compare(const struct field *field, const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_NULL || b->kind == VALUE_NULL)
        return (a->kind == VALUE_NULL) - (b->kind == VALUE_NULL);
    return type_of(field->type)->compare(field, a, b);
}

void type_format_text(const struct field *field, const struct value *value, struct buffer *out)
{
    (void)field;
    buffer_add(out, value->text);
}

int type_compare_text(const struct field *field, const struct value *a, const struct value *b)
{
    (void)field;
    return strcmp(a->text, b->text);
}

int type_compare_integer(const struct field *field, const struct value *a, const struct value *b)
{
    (void)field;
    return (a->integer > b->integer) - (a->integer < b->integer);
}

bool type_parse_target(const struct field *field, const struct lookup *lookup, const char *text,
                       struct value *value, struct error *err)
{
    struct buffer id = {0};
    bool found = lookup->find(lookup->context, type_target(field), text, &id, err);
    if (found)
        value_set_text(value, buffer_text(&id));
    buffer_release(&id);
    return found;
}
