#include "core/types/types.h"

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)field;
    (void)lookup;
    (void)err;
    value_set_text(value, text);
    return true;
}

const struct type type_text = {
    .name = "text",
    .label = "文字",
    .width = 16,
    .max_chars = 200,
    .parse = parse,
    .format = type_format_text,
    .compare = type_compare_text,
};

const struct type type_longtext = {
    .name = "longtext",
    .label = "长文字",
    .width = 30,
    .max_chars = 4000,
    .parse = parse,
    .format = type_format_text,
    .compare = type_compare_text,
};
