#include "core/text.h"
#include "core/types/types.h"

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)field;
    (void)lookup;
    if (!text_is_sha256(text))
        return error_set(err, ERROR_REFUSED, "附件应由程序登记，不能直接填写“%s”", text);
    value_set_text(value, text);
    return true;
}

const struct type type_attachment = {
    .name = "attachment",
    .label = "附件",
    .width = 16,
    .max_chars = 100,
    .parse = parse,
    .format = type_format_text,
    .compare = type_compare_text,
};
