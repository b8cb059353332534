#include "exports/template.h"

#include "core/mem.h"
#include "core/text.h"
#include "exports/wrap.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_WIDTH = 9, MOST_WIDTH = 40, MOST_FIXED = 3 };

/* ---- hints ---- */

/* Excel counts UTF-16 units, of which a character has two at most; cut texts end with a mark. */
static char *cut(const char *text, size_t most)
{
    size_t units = 0, end = 0, shown = 0;
    for (size_t step; text[end]; end += step) {
        size_t more = text_decode(text + end, &step) > 0xFFFF ? 2 : 1;
        if (units + more > most) {
            struct buffer out = {0};
            buffer_add_bytes(&out, text, shown);
            buffer_add(&out, "…");
            return buffer_take(&out);
        }
        units += more;
        if (units < most)
            shown = end + step;
    }
    return mem_text(text);
}

static void add_terms(const struct field *field, struct buffer *out)
{
    for (const char *const *choice = field->choices; *choice; choice++)
        buffer_addf(out, "%s%s", choice == field->choices ? "" : CHOICES_SEPARATOR, *choice);
}

/* How the cell is filled, by type; what a drop-down list says by itself is left out. */
static const char *const ways[TYPE__COUNT] = {
    [TYPE_MEASURE] = "未检出的写小于号和检出限，例如 <0.02。",
    [TYPE_DATE] = "写成 2025-03-05 的样子。",
    [TYPE_PERIOD] = "写成 2025、2025H1、2025Q3 或 2025-03 的样子。",
    [TYPE_REGION] = "从列表中选；外地的写六位区划代码。",
    [TYPE_INDUSTRY] = "从列表中选，或写四位代码。",
    [TYPE_WASTE] = "写成 261-055-30 的样子。",
    [TYPE_LON] = "写成 113.052345 或 113°03′08.4″ 的样子。",
    [TYPE_LAT] = "写成 23.682345 或 23°40′56.4″ 的样子。",
    [TYPE_REF] = "从列表中选，或写它的代码、编号。",
    [TYPE_ATTACHMENT] = "写文件名，文件与本表放在同一个文件夹里。",
};

/* "状态为在产时必填。" */
static void add_requirement(const struct reg *reg, const struct field *field, struct buffer *out)
{
    struct condition when = field_required_when(field);
    const struct field *asked = when.field ? reg_field_find(reg, when.field) : NULL;
    if (field_is_required(field))
        buffer_add(out, "必填。");
    else if (asked) {
        buffer_addf(out, "%s为", asked->label);
        for (const char *c = when.values; *c; c++)
            if (*c == '|')
                buffer_add(out, "或");
            else
                buffer_add_char(out, *c);
        buffer_add(out, "时必填。");
    }
}

static void write_hint(const struct reg *reg, const struct field *field, struct buffer *out)
{
    add_requirement(reg, field, out);
    buffer_add(out, field->help);
    if (ways[field->type])
        buffer_add(out, ways[field->type]);
    if (field->unit)
        buffer_addf(out, "\n单位：%s", field->unit);
    if (field->type == TYPE_ATTACHMENT)
        buffer_add(out, "\n例：现场照片.jpg");
    else if (field->example)
        buffer_addf(out, "\n例：%s", field->example);
    if (field->type == TYPE_CHOICES) {
        buffer_add(out, "\n可以写几项，用顿号（、）隔开：");
        add_terms(field, out);
    }
}

/* ---- columns ---- */

static bool is_typed(const struct field *field)
{
    return field_is_stored(field) && !(field->flags & FIELD_AUTO);
}

/* Without it no row is taken. */
static bool is_indispensable(const struct field *field)
{
    return (field->flags & (FIELD_KEY | FIELD_KEY_WHEN)) != 0;
}

/* Whether `names` has `name`; without names everything is wanted. */
static bool is_named(const char *names, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = names; at && *at; at += strcspn(at, ", ")) {
        at += strspn(at, ", ");
        if (strcspn(at, ", ") == length && strncmp(at, name, length) == 0)
            return true;
    }
    return !names;
}

static bool check_names(const struct reg *reg, const char *names, struct error *err)
{
    for (const char *at = names; at && *at; at += strspn(at, ", ")) {
        size_t length = strcspn(at, ", ");
        char *name = mem_text_part(at, length);
        const struct field *field = reg_field_find(reg, name);
        bool ok = true;
        if (length && !field)
            ok = error_set(err, ERROR_USAGE,
                           "%s没有名为“%s”的字段，可用 taizhang schema %s 查看全部字段", reg->label,
                           name, reg->name);
        else if (length && !is_typed(field))
            ok = error_set(err, ERROR_USAGE, "“%s”由程序填写，不能放进填报表，请去掉“%s”",
                           field->label, name);
        free(name);
        if (!ok)
            return false;
        at += length;
    }
    return true;
}

/* Room for what is typed there, and for the heading in two lines. */
static int fitting_width(const struct field *field, const char *heading)
{
    int width = field->width ? field->width : type_of(field->type)->width;
    int half = (text_width(heading) + 3) / 2;
    width = width < half ? half : width;
    return width < LEAST_WIDTH ? LEAST_WIDTH : width > MOST_WIDTH ? MOST_WIDTH : width;
}

static bool add_column(struct template *template, struct store *store, const struct field *field,
                       struct error *err)
{
    struct template_column *column = &template->columns[template->column_count++];
    struct buffer heading = {0}, hint = {0}, title = {0};
    column->field = field;
    column->required = field_is_required(field);
    buffer_addf(&heading, "%s%s", column->required ? "*" : "", field->label);
    if (field->unit)
        buffer_addf(&heading, "（%s）", field->unit);
    field_add_title(field, &title);
    write_hint(template->reg, field, &hint);
    column->width = fitting_width(field, buffer_text(&heading));
    column->heading = buffer_take(&heading);
    column->hint_title = cut(buffer_text(&title), TEMPLATE_MAX_HINT_TITLE);
    column->hint = cut(buffer_text(&hint), TEMPLATE_MAX_HINT);
    buffer_release(&title);
    buffer_release(&hint);
    template->has_groups = template->has_groups || field->group;
    if ((field->flags & FIELD_KEY) && template->column_count <= MOST_FIXED)
        template->fixed = template->column_count;
    return template_find_list(template, store, field, &column->list, &column->has_list, err);
}

bool template_init(struct template *template, struct store *store, const struct reg *reg,
                   const char *names, struct error *err)
{
    *template = (struct template){.reg = reg};
    if (reg->flags & REG_REFERENCE)
        return error_set(err, ERROR_REFUSED, "%s是随程序提供的基础数据，不用填报", reg->label);
    if (!check_names(reg, names, err))
        return false;
    template->columns = mem_new(reg_field_count(reg), sizeof *template->columns);
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);)
        if (is_typed(walk.field) &&
            (is_indispensable(walk.field) || is_named(names, walk.field->name)) &&
            !add_column(template, store, walk.field, err))
            return false;
    return template->column_count > 0 ||
           error_set(err, ERROR_REFUSED, "%s全部由程序填写，没有可以填报的内容", reg->label);
}

void template_release(struct template *template)
{
    for (size_t i = 0; i < template->column_count; i++) {
        free(template->columns[i].heading);
        free(template->columns[i].hint_title);
        free(template->columns[i].hint);
    }
    for (size_t i = 0; i < template->list_count; i++) {
        for (size_t j = 0; j < template->lists[i].count; j++)
            free(template->lists[i].entries[j]);
        free(template->lists[i].entries);
    }
    free(template->columns);
    free(template->lists);
    *template = (struct template){0};
}
