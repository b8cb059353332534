#include "db/where.h"
#include "core/text.h"

#include <string.h>

struct operator
{
    const char *mark;
    const char *sql; /* with a value */
};

/* Longer marks first, so that "<=" is not read as "<". */
static const struct operator operators[] = {
    {.mark = "!=", .sql = "IS NOT"}, {.mark = "<=", .sql = "<="}, {.mark = ">=", .sql = ">="},
    {.mark = "=", .sql = "IS"},      {.mark = "<", .sql = "<"},   {.mark = ">", .sql = ">"},
    {.mark = "~", .sql = "LIKE"},
};

void where_release(struct where *where)
{
    buffer_release(&where->sql);
    for (size_t i = 0; i < where->count; i++)
        value_release(&where->values[i]);
    memset(where, 0, sizeof *where);
}

static const struct operator* read_operator(const char **at)
{
    for (size_t i = 0; i < COUNT_OF(operators); i++) {
        if (text_starts_with(*at, operators[i].mark)) {
            *at += strlen(operators[i].mark);
            return &operators[i];
        }
    }
    return NULL;
}

/* A value ends at a blank, or at the closing quote of the quote it began with. */
static bool read_value(const char **at, struct buffer *value, struct error *err)
{
    char quote = **at == '"' || **at == '\'' ? **at : '\0';
    if (!quote) {
        size_t length = strcspn(*at, " \t\n");
        buffer_add_bytes(value, *at, length);
        *at += length;
        return true;
    }
    const char *end = strchr(*at + 1, quote);
    if (!end)
        return error_set(err, ERROR_USAGE, "条件中的引号没有成对：%s", *at);
    buffer_add_bytes(value, *at + 1, (size_t)(end - *at - 1));
    *at = end + 1;
    return true;
}

/* "%part%" with the pattern's own characters escaped. */
static void write_pattern(const char *part, struct value *value)
{
    struct buffer pattern = {0};
    buffer_add_char(&pattern, '%');
    for (const char *c = part; *c; c++) {
        if (*c == '%' || *c == '_' || *c == '\\')
            buffer_add_char(&pattern, '\\');
        buffer_add_char(&pattern, *c);
    }
    buffer_add_char(&pattern, '%');
    value_set_text(value, pattern.text);
    buffer_release(&pattern);
}

static void write_comparable(const struct reg *reg, const struct field *field, struct buffer *sql)
{
    if (field->type != TYPE_MEASURE) {
        rows_field_expression(reg, field, "t", sql);
        return;
    }
    buffer_add(sql, "measure_nano(");
    rows_field_expression(reg, field, "t", sql);
    buffer_addf(sql, ", '%s')", field->unit ? field->unit : "");
}

static bool add_condition(struct where *where, const struct reg *reg, const struct field *field,
                          const struct operator* operator, const char * text,
                          const struct lookup *lookup, struct error *err)
{
    if (where->count == WHERE_MAX_VALUES)
        return error_set(err, ERROR_USAGE, "条件太多，最多 %d 个", WHERE_MAX_VALUES);
    struct value *value = &where->values[where->count++];
    struct buffer *sql = &where->sql;
    bool contains = strcmp(operator->sql, "LIKE") == 0;
    bool ordered = operator->mark[0] == '<' || operator->mark[0] == '>';
    if (sql->length)
        buffer_add(sql, " AND ");
    if (contains && !schema_is_text(field->type))
        return error_set(err, ERROR_USAGE,
                         "%s不是文字，不能用“~”，请用 = != < <= > >=", field->label);
    if (contains) {
        rows_readable_expression(reg, field, sql);
        buffer_add(sql, " LIKE ? ESCAPE '\\'");
        write_pattern(text, value);
        return true;
    }
    if (!type_parse(field, lookup, text, value, err)) {
        if (err)
            err->code = ERROR_USAGE;
        return false;
    }
    if (ordered) {
        write_comparable(reg, field, sql);
        where->compared = field;
    } else {
        rows_field_expression(reg, field, "t", sql);
    }
    buffer_addf(sql, " %s ", operator->sql);
    if (ordered && field->type == TYPE_MEASURE)
        buffer_addf(sql, "measure_nano(?, '%s')", field->unit ? field->unit : "");
    else
        buffer_add_char(sql, '?');
    return true;
}

static bool read_condition(struct where *where, const struct reg *reg, const char **at,
                           const struct lookup *lookup, struct error *err)
{
    char name[64];
    size_t length = strspn(*at, "abcdefghijklmnopqrstuvwxyz0123456789_");
    const char *start = *at;
    if (length == 0 || length >= sizeof name)
        return error_set(err, ERROR_USAGE, "看不懂条件“%s”，请写成 字段=值，例如 status=在产",
                         start);
    memcpy(name, start, length);
    name[length] = '\0';
    *at += length;
    const struct operator* operator= read_operator(at);
    if (!operator)
        return error_set(err, ERROR_USAGE, "条件“%s”缺少比较符号，可用 = != < <= > >= ~", start);
    const struct field *field = reg_field_find(reg, name);
    if (!field)
        return error_set(err, ERROR_USAGE,
                         "%s没有名为“%s”的字段，可用 taizhang schema %s 查看全部字段", reg->label,
                         name, reg->name);
    enum { VALUE_MAX_BYTES = 1000 };
    struct buffer text = {0};
    bool ok = read_value(at, &text, err) &&
              (text.length <= VALUE_MAX_BYTES ||
               error_set(err, ERROR_USAGE, "条件“%s”的内容太长，请缩短", name)) &&
              add_condition(where, reg, field, operator, buffer_text(&text), lookup, err);
    buffer_release(&text);
    return ok;
}

bool where_parse(struct where *where, const struct reg *reg, const char *text,
                 const struct lookup *lookup, struct error *err)
{
    *where = (struct where){.count = 0};
    for (const char *at = text ? text : ""; *at;) {
        at += strspn(at, " \t\n");
        if (*at && !read_condition(where, reg, &at, lookup, err)) {
            where_release(where);
            return false;
        }
    }
    return true;
}
