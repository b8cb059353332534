#include "core/types/types.h"

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)field;
    (void)lookup;
    struct date date;
    if (!date_parse(text, &date, err))
        return false;
    char canonical[DATE_TEXT_SIZE];
    date_format(date, canonical);
    value_set_text(value, canonical);
    return true;
}

const struct type type_date = {
    .name = "date",
    .label = "日期",
    .width = 10,
    .max_chars = 20,
    .parse = parse,
    .format = type_format_text,
    .compare = type_compare_text,
};
