#include "exports/column.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum { DEGREE_SCALE = 6 }; /* of TYPE_LON and TYPE_LAT */

/* ---- cells ---- */

static void put_text(const struct column *column, const struct value *value,
                     const struct lookup *lookup, struct column_memo *memo, struct sink *sink)
{
    (void)column;
    (void)lookup;
    (void)memo;
    sink_text(sink, value->text);
}

static void put_date(const struct column *column, const struct value *value,
                     const struct lookup *lookup, struct column_memo *memo, struct sink *sink)
{
    (void)column;
    (void)lookup;
    (void)memo;
    sink_date(sink, value->text);
}

static void put_number(const struct column *column, const struct value *value,
                       const struct lookup *lookup, struct column_memo *memo, struct sink *sink)
{
    (void)lookup;
    (void)memo;
    sink_number(sink, value->integer, column->sink.scale);
}

static void put_formatted(const struct column *column, const struct value *value,
                          const struct lookup *lookup, struct column_memo *memo, struct sink *sink)
{
    (void)lookup;
    buffer_clear(&memo->label);
    type_format(column->field, value, &memo->label);
    sink_text(sink, buffer_text(&memo->label));
}

/* Neighbouring rows mostly point to the same record: its label is looked up once. */
static void put_label(const struct column *column, const struct value *value,
                      const struct lookup *lookup, struct column_memo *memo, struct sink *sink)
{
    if (strcmp(buffer_text(&memo->id), value->text) != 0) {
        buffer_clear(&memo->id);
        buffer_clear(&memo->label);
        buffer_add(&memo->id, value->text);
        type_display(column->field, value, lookup, &memo->label);
    }
    sink_text(sink, buffer_text(&memo->label));
}

const struct type_column type_columns[TYPE__COUNT] = {
    [TYPE_TEXT] = {.format = SINK_TEXT, .put = put_text},
    [TYPE_LONGTEXT] = {.format = SINK_TEXT, .put = put_text},
    [TYPE_INTEGER] = {.format = SINK_INTEGER, .centre = true, .put = put_number},
    [TYPE_DECIMAL] = {.format = SINK_DECIMAL, .put = put_number},
    [TYPE_MEASURE] = {.format = SINK_TEXT, .centre = true, .put = put_formatted},
    [TYPE_DATE] = {.format = SINK_DATE, .put = put_date},
    [TYPE_PERIOD] = {.format = SINK_TEXT, .centre = true, .put = put_formatted},
    [TYPE_BOOL] = {.format = SINK_TEXT, .centre = true, .put = put_formatted},
    [TYPE_CHOICE] = {.format = SINK_TEXT, .centre = true, .put = put_text},
    [TYPE_CHOICES] = {.format = SINK_TEXT, .put = put_formatted},
    [TYPE_REGION] = {.format = SINK_TEXT, .centre = true, .put = put_label},
    [TYPE_INDUSTRY] = {.format = SINK_TEXT, .centre = true, .put = put_text},
    [TYPE_WASTE] = {.format = SINK_TEXT, .centre = true, .put = put_formatted},
    [TYPE_USCC] = {.format = SINK_TEXT, .centre = true, .put = put_text},
    [TYPE_PERMIT] = {.format = SINK_TEXT, .centre = true, .put = put_text},
    [TYPE_LON] = {.format = SINK_DECIMAL, .put = put_number},
    [TYPE_LAT] = {.format = SINK_DECIMAL, .put = put_number},
    [TYPE_REF] = {.format = SINK_TEXT, .put = put_label},
    [TYPE_ATTACHMENT] = {.format = SINK_TEXT, .put = put_text},
};

/* The field that a row shows. */
static size_t shown_field(const struct column *column, const struct record *record)
{
    for (size_t i = 0; i < column->either_count; i++)
        if (!value_is_null(&record->values[column->either[i]]))
            return column->either[i];
    return column->index;
}

void column_put(const struct column *given, const struct record *record,
                const struct lookup *lookup, struct column_memo *memo, struct sink *sink)
{
    struct column chosen;
    const struct column *column = given;
    if (record && given->source == COLUMN_EITHER) {
        chosen = *given;
        chosen.index = shown_field(given, record);
        chosen.field = reg_field(record->reg, chosen.index);
        column = &chosen;
    }
    const struct value *value = record ? &record->values[column->index] : NULL;
    if (!value || value_is_null(value))
        sink_empty(sink);
    else if (column->when.field && !record_matches(record, column->when))
        sink_text(sink, column->otherwise);
    else if (column->source == COLUMN_CHECK)
        sink_text(sink, record_matches(record, column->check) ? "√" : "");
    else if (column->source == COLUMN_FILLED)
        sink_text(sink, "√");
    else if (column->source == COLUMN_CODE)
        put_text(column, value, lookup, memo, sink);
    else
        type_columns[column->field->type].put(column, value, lookup, memo, sink);
}

bool column_is_private(const struct column *column, const struct reg *reg)
{
    const struct reg *child = column->child;
    bool is_private = column->field && (column->field->flags & FIELD_PRIVATE);
    for (size_t i = 0; i < column->either_count; i++)
        is_private = is_private || (reg_field(reg, column->either[i])->flags & FIELD_PRIVATE);
    for (size_t i = 0; child && column->source == COLUMN_LIST && i < reg_field_count(child); i++) {
        const unsigned flags = reg_field(child, i)->flags;
        is_private = is_private || ((flags & FIELD_LIST) && (flags & FIELD_PRIVATE));
    }
    return is_private;
}

void column_memo_release(struct column_memo *memo)
{
    buffer_release(&memo->id);
    buffer_release(&memo->label);
}

/* ---- headings ---- */

static int field_scale(const struct field *field)
{
    bool degrees = field->type == TYPE_LON || field->type == TYPE_LAT;
    return degrees ? DEGREE_SCALE : field->scale;
}

static void take_field(struct column *column, const struct reg *reg, int index, const char *key)
{
    const struct field *field = reg_field(reg, (size_t)index);
    const struct type_column *type = &type_columns[field->type];
    column->field = field;
    column->index = (size_t)index;
    column->sink = (struct sink_column){
        .key = key,
        .group = field->group,
        .label = field->label,
        .unit = field->unit,
        .format = type->format,
        .scale = field_scale(field),
        .width = field->width ? field->width : type_of(field->type)->width,
        .centre = type->centre,
        .total = (field->flags & FIELD_TOTAL) != 0,
    };
}

static bool refuse(const struct reg *reg, const char *text, struct error *err)
{
    return error_set(err, ERROR_USAGE, "%s没有名为“%s”的列，可用 taizhang schema %s 查看全部字段",
                     reg->label, text, reg->name);
}

/* "region.code" of a field that points to reference data. */
static bool parse_code(struct column *column, const struct reg *reg, int index, const char *text,
                       struct error *err)
{
    if (!type_target(reg_field(reg, (size_t)index)))
        return error_set(err, ERROR_USAGE, "%s的“%s”没有代码，请去掉“.code”", reg->label,
                         reg_field(reg, (size_t)index)->label);
    take_field(column, reg, index, text);
    column->source = COLUMN_CODE;
    column->sink.centre = true;
    return true;
}

/* "report.filled": what stands there is no text for a table, or too long for one. */
static void take_filled(struct column *column, const struct reg *reg, int index, const char *text)
{
    take_field(column, reg, index, text);
    column->source = COLUMN_FILLED;
    column->sink.format = SINK_TEXT;
    column->sink.unit = NULL;
    column->sink.centre = true;
    column->sink.total = false;
}

static const struct reg *find_child(const struct reg *reg, const char *name)
{
    const struct reg *child;
    for (size_t i = 0; (child = reg_child(reg, i)) && strcmp(child->name, name) != 0; i++)
        continue;
    return child;
}

static bool parse_child(struct column *column, const struct reg *child, const char *what,
                        const char *text, struct error *err)
{
    column->child = child;
    column->sink = (struct sink_column){.key = text, .label = child->label};
    if (strcmp(what, "list") == 0) {
        column->source = COLUMN_LIST;
        column->sink.width = 24;
        return true;
    }
    if (strcmp(what, "count") == 0) {
        column->source = COLUMN_COUNT;
        column->sink.format = SINK_INTEGER;
        column->sink.unit = child->counter;
        column->sink.centre = true;
        column->sink.total = true;
        return true;
    }
    int index = reg_field_index(child, what);
    if (index < 0)
        return refuse(child, what, err);
    take_field(column, child, index, text);
    column->source = COLUMN_FIRST;
    column->sink.total = false;
    return true;
}

static bool parse_dotted(struct column *column, const struct reg *reg, const char *head,
                         const char *tail, const char *text, struct error *err)
{
    int index = reg_field_index(reg, head);
    const struct reg *child = find_child(reg, head);
    if (index >= 0 && strcmp(tail, "code") == 0)
        return parse_code(column, reg, index, text, err);
    if (index >= 0 && strcmp(tail, "filled") == 0) {
        take_filled(column, reg, index, text);
        return true;
    }
    return child ? parse_child(column, child, tail, text, err) : refuse(reg, text, err);
}

/* "enterprise|site": texts of every kind may stand in one column, numbers and dates not. */
static bool parse_either(struct column *column, const struct reg *reg, const char *text,
                         struct error *err)
{
    for (const char *at = text; *at; at += *at == '|') {
        size_t length = strcspn(at, "|");
        char *name = mem_text_part(at, length);
        int index = reg_field_index(reg, name);
        bool ok = index >= 0 || refuse(reg, name, err);
        if (ok && type_columns[reg_field(reg, (size_t)index)->type].format != SINK_TEXT)
            ok = error_set(err, ERROR_USAGE, "“%s”不是文字，不能与别的字段合在一列", name);
        if (ok && column->either_count == COLUMN_MAX_EITHER)
            ok = error_set(err, ERROR_USAGE, "一列最多合并 %d 个字段", COLUMN_MAX_EITHER);
        free(name);
        if (!ok)
            return false;
        if (column->either_count == 0)
            take_field(column, reg, index, text);
        column->either[column->either_count++] = (size_t)index;
        at += length;
    }
    column->source = COLUMN_EITHER;
    return column->either_count > 0 || refuse(reg, text, err);
}

/* "answer=是" */
static bool parse_check(struct column *column, const struct reg *reg, const char *text,
                        size_t length, struct error *err)
{
    char *name = mem_text_part(text, length);
    int index = reg_field_index(reg, name);
    free(name);
    if (index < 0)
        return refuse(reg, text, err);
    take_field(column, reg, index, text);
    column->source = COLUMN_CHECK;
    column->check = (struct condition){column->field->name, text + length + 1};
    column->sink.format = SINK_TEXT;
    column->sink.label = column->check.values;
    column->sink.unit = NULL;
    column->sink.centre = true;
    column->sink.total = false;
    return true;
}

/* "blank1": each column has a key of its own. */
static bool is_blank(const char *text)
{
    static const char word[] = "blank";
    size_t digits = text_starts_with(text, word) ? strlen(text) - (sizeof word - 1) : 0;
    return digits >= 1 && digits <= 3 && strspn(text + sizeof word - 1, "0123456789") == digits;
}

bool column_parse(struct column *column, const struct reg *reg, const char *text, struct error *err)
{
    const char *dot = strchr(text, '.');
    *column = (struct column){.source = COLUMN_FIELD};
    if (strchr(text, '='))
        return parse_check(column, reg, text, strcspn(text, "="), err);
    if (strchr(text, '|'))
        return parse_either(column, reg, text, err);
    if (dot) {
        char *head = mem_text_part(text, (size_t)(dot - text));
        bool ok = parse_dotted(column, reg, head, dot + 1, text, err);
        free(head);
        return ok;
    }
    if (strcmp(text, "serial") == 0) {
        column->source = COLUMN_SERIAL;
        column->sink = (struct sink_column){
            .key = text, .label = "序号", .format = SINK_INTEGER, .width = 5, .centre = true};
        return true;
    }
    if (strcmp(text, "carry") == 0) {
        column->source = COLUMN_CARRY;
        column->sink =
            (struct sink_column){.key = text, .label = "统计", .width = 5, .centre = true};
        return true;
    }
    if (is_blank(text)) {
        column->source = COLUMN_BLANK;
        column->sink = (struct sink_column){.key = text, .label = "", .width = 10};
        return true;
    }
    int index = reg_field_index(reg, text);
    if (index < 0)
        return refuse(reg, text, err);
    take_field(column, reg, index, text);
    return true;
}
