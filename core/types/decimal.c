#include "core/decimal.h"
#include "core/types/types.h"

static const int64_t DIGITS_15 = INT64_C(999999999999999);

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)lookup;
    int64_t scaled;
    if (!decimal_parse(text, field->scale, &scaled, err))
        return false;
    /* A spreadsheet keeps fifteen digits; what has more could never be filed. */
    if (scaled > DIGITS_15 || scaled < -DIGITS_15)
        return error_set(err, ERROR_REFUSED, "“%s”超过 15 位有效数字，请核对数值和单位", text);
    value_set_integer(value, scaled);
    return true;
}

static void format(const struct field *field, const struct value *value, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(value->integer, field->scale, text);
    buffer_add(out, text);
}

/* An integer is a decimal of scale 0; field declarations leave the scale out. */
const struct type type_integer = {
    .name = "integer",
    .label = "整数",
    .json = TYPE_JSON_NUMBER,
    .align_right = true,
    .width = 8,
    .max_chars = 24,
    .parse = parse,
    .format = format,
    .compare = type_compare_integer,
};

const struct type type_decimal = {
    .name = "decimal",
    .label = "小数",
    .json = TYPE_JSON_NUMBER,
    .align_right = true,
    .width = 12,
    .max_chars = 32,
    .parse = parse,
    .format = format,
    .compare = type_compare_integer,
};
