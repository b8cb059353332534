#include "type_helper.h"
#include "core/text.h"

#include <string.h>

static const struct {
    const char *id, *name;
} known[] = {{"id-1", "甲"}, {"id-2", "乙"}};

static bool find(void *context, const char *target, const char *text, struct buffer *id,
                 struct error *err)
{
    (void)context;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(text, known[i].id) == 0 || strcmp(text, known[i].name) == 0) {
            buffer_add(id, known[i].id);
            return true;
        }
    }
    return error_set(err, ERROR_REFUSED, "%s中没有“%s”", target, text);
}

static bool label(void *context, const char *target, const char *id, struct buffer *out)
{
    (void)context;
    (void)target;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(id, known[i].id) == 0) {
            buffer_add(out, known[i].name);
            return true;
        }
    }
    return false;
}

const struct lookup helper_lookup = {.find = find, .label = label};

static void parse(const struct field *field, const char *text, struct value *value)
{
    struct error err = {0};
    if (!type_parse(field, &helper_lookup, text, value, &err))
        fail_msg("“%s” was refused: %s", text, err.message);
}

void assert_accepts(const struct field *field, const char *text, const char *canonical)
{
    struct value value = {0}, again = {0}, restored = {0};
    struct buffer shown = {0};
    parse(field, text, &value);
    type_format(field, &value, &shown);
    assert_string_equal(buffer_text(&shown), canonical);
    parse(field, buffer_text(&shown), &again);
    assert_true(value_equal(&value, &again));
    assert_true(type_restore(field, buffer_text(&shown), &restored, NULL));
    assert_true(value_equal(&value, &restored));
    buffer_release(&shown);
    value_release(&value);
    value_release(&again);
    value_release(&restored);
}

void assert_refuses(const struct field *field, const char *text, const char *part)
{
    struct value value = {0};
    struct error err = {0};
    value_set_integer(&value, 4711);
    if (type_parse(field, &helper_lookup, text, &value, &err))
        fail_msg("“%s” was not refused", text);
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_true(text_starts_with(err.message, field->label));
    if (!strstr(err.message, part))
        fail_msg("“%s” does not say “%s”", err.message, part);
    assert_string_equal(err.field, field->name);
    assert_int_equal(value.kind, VALUE_INTEGER);
    assert_int_equal(value.integer, 4711);
}

int order_of(const struct field *field, const char *a, const char *b)
{
    struct value left = {0}, right = {0};
    parse(field, a, &left);
    parse(field, b, &right);
    int order = type_compare(field, &left, &right);
    int opposite = type_compare(field, &right, &left);
    assert_int_equal((order > 0) - (order < 0), (opposite < 0) - (opposite > 0));
    value_release(&left);
    value_release(&right);
    return (order > 0) - (order < 0);
}

void assert_json(const struct field *field, const char *text, const char *json)
{
    struct value value = {0};
    struct buffer out = {0};
    parse(field, text, &value);
    type_json(field, &value, &out);
    assert_string_equal(buffer_text(&out), json);
    buffer_release(&out);
    value_release(&value);
}

void assert_finding(const struct field *field, const char *text, const char *rule,
                    enum severity severity, const char *part)
{
    static const struct calendar calendar = {.count = 0};
    const struct check_context context = {
        .lookup = &helper_lookup, .calendar = &calendar, .campaign = "", .jurisdiction = ""};
    struct value value = {0};
    struct findings findings = {0};
    parse(field, text, &value);
    assert_non_null(type_of(field->type)->check);
    type_of(field->type)->check(field, &value, &context, &findings);
    assert_int_equal(findings.count, rule ? 1 : 0);
    if (rule) {
        assert_string_equal(findings.items[0].rule, rule);
        assert_int_equal(findings.items[0].severity, severity);
        assert_string_equal(findings.items[0].field, field->name);
        assert_non_null(findings.items[0].basis);
        if (!strstr(findings.items[0].message, part))
            fail_msg("“%s” does not say “%s”", findings.items[0].message, part);
    }
    findings_release(&findings);
    value_release(&value);
}

static void assert_shows(const struct field *field, const struct lookup *lookup, const char *text)
{
    struct value value = {0};
    struct buffer shown = {0};
    assert_true(type_parse(field, &helper_lookup, "甲", &value, NULL));
    type_display(field, &value, lookup, &shown);
    assert_string_equal(buffer_text(&shown), text);
    buffer_release(&shown);
    value_release(&value);
}

void assert_points_to(const struct field *field, const char *target)
{
    struct buffer missing = {0};
    buffer_addf(&missing, "%s中没有“丙”", target);
    assert_string_equal(type_target(field), target);
    assert_accepts(field, "甲", "id-1");
    assert_accepts(field, " id-2 ", "id-2");
    assert_json(field, "乙", "\"id-2\"");
    assert_refuses(field, "丙", missing.text);
    assert_shows(field, &helper_lookup, "甲");
    assert_shows(field, NULL, "id-1");
    buffer_release(&missing);
}
