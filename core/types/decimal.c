#include "core/decimal.h"
#include "core/text.h"
#include "core/types/types.h"

#include <string.h>

static const int64_t DIGITS_15 = INT64_C(999999999999999);

/* What a Chinese input method or a word processor makes of comma and signs. */
static void write_ascii(const char *text, struct buffer *out)
{
    static const struct {
        const char *from;
        char to;
    } marks[] = {{"，", ','}, {"＋", '+'}, {"−", '-'}};
    while (*text) {
        size_t i = 0, count = sizeof marks / sizeof marks[0];
        while (i < count && !text_starts_with(text, marks[i].from))
            i++;
        buffer_add_char(out, i < count ? marks[i].to : *text);
        text += i < count ? strlen(marks[i].from) : 1;
    }
}

static bool parse_number(const char *text, int scale, int64_t *scaled, struct error *err)
{
    if (decimal_parse(text, scale, scaled, NULL))
        return true;
    struct buffer ascii = {0};
    write_ascii(text, &ascii);
    bool ok = decimal_parse(buffer_text(&ascii), scale, scaled, err);
    buffer_release(&ascii);
    return ok;
}

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)lookup;
    int64_t scaled;
    if (!parse_number(text, field->scale, &scaled, err))
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
