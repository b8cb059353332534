/* A measured value, kept as text in canonical form so that "<0.020" stays what the report says. */
#include "core/measure.h"
#include "core/text.h"
#include "core/types/types.h"

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)lookup;
    struct measure measure;
    if (text_same(text, "未检出") || text_same(text, "nd"))
        return error_set(err, ERROR_REFUSED, "“%s”没有写明检出限，请改写成 <检出限，例如 <0.02",
                         text);
    if (!measure_parse(text, field->unit, &measure, err))
        return false;
    struct buffer canonical = {0};
    measure_format(&measure, field->unit, &canonical);
    value_set_text(value, buffer_text(&canonical));
    buffer_release(&canonical);
    return true;
}

static int qualifier_order(char qualifier)
{
    return qualifier == '<' ? -1 : qualifier == '>' ? 1 : 0;
}

/* By amount in the field's unit; "<x" comes before x. */
static int compare(const struct field *field, const struct value *a, const struct value *b)
{
    struct measure left, right;
    int64_t left_nano = 0, right_nano = 0;
    if (!measure_parse(a->text, field->unit, &left, NULL) ||
        !measure_parse(b->text, field->unit, &right, NULL) ||
        !measure_in_unit(&left, field->unit, &left_nano) ||
        !measure_in_unit(&right, field->unit, &right_nano))
        return type_compare_text(field, a, b);
    if (left_nano != right_nano)
        return left_nano < right_nano ? -1 : 1;
    return qualifier_order(left.qualifier) - qualifier_order(right.qualifier);
}

const struct type type_measure = {
    .name = "measure",
    .label = "监测值",
    .align_right = true,
    .width = 10,
    .max_chars = 40,
    .parse = parse,
    .format = type_format_text,
    .compare = compare,
};
