/* Hazardous waste code of the national list: industry group, sequence, category 01 to 50. */
#include "core/types/types.h"

#include <stdio.h>
#include <string.h>

static bool has_form(const char *code)
{
    return strlen(code) == 10 && strspn(code, "0123456789") == 3 && code[3] == '-' &&
           strspn(code + 4, "0123456789") == 3 && code[7] == '-' &&
           strspn(code + 8, "0123456789") == 2;
}

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)field;
    (void)lookup;
    int category = 0;
    if (!has_form(text) || sscanf(text + 8, "%2d", &category) != 1 || category < 1 || category > 50)
        return error_set(err, ERROR_REFUSED,
                         "“%s”不是危险废物代码，请按 261-055-30 的样子填写，末两位为类别 01–50",
                         text);
    value_set_text(value, text);
    return true;
}

const struct type type_waste = {
    .name = "waste",
    .label = "危险废物代码",
    .width = 11,
    .max_chars = 20,
    .parse = parse,
    .format = type_format_text,
    .compare = type_compare_text,
};
