#include "core/text.h"
#include "core/types/types.h"

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)field;
    (void)lookup;
    static const char *const words[2][14] = {
        {"否", "无", "不是", "没有", "false", "no", "n", "f", "0", "×", "✗", "✘", "x", "☒"},
        {"是", "有", "已", "对", "true", "yes", "y", "t", "1", "√", "✓", "✔", "☑", "■"},
    };
    for (int truth = 0; truth < 2; truth++) {
        for (size_t i = 0; i < sizeof words[truth] / sizeof words[truth][0]; i++) {
            if (text_same(text, words[truth][i])) {
                value_set_integer(value, truth);
                return true;
            }
        }
    }
    return error_set(err, ERROR_REFUSED, "“%s”应填“是”或“否”", text);
}

static void format(const struct field *field, const struct value *value, struct buffer *out)
{
    (void)field;
    buffer_add(out, value->integer ? "是" : "否");
}

const struct type type_bool = {
    .name = "bool",
    .label = "是否",
    .json = TYPE_JSON_BOOL,
    .width = 4,
    .max_chars = 8,
    .parse = parse,
    .format = format,
    .compare = type_compare_integer,
};
