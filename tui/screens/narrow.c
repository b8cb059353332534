#include "tui/screens/narrow.h"

#include "core/mem.h"
#include "core/text.h"
#include "core/type.h"
#include "db/query.h"
#include "tui/desk.h"
#include "tui/screens/picker.h"
#include "tui/screens/prompt.h"

#include <stdlib.h>
#include <string.h>

/* ---- choosing a field ---- */

struct field_choice {
    const struct reg *reg;
    const char *extra;
    const struct field **fields; /* owned */
    size_t count;
};

static const char *section_of(const struct reg *reg, const struct field *field)
{
    for (size_t i = 0; i < reg->section_count; i++) {
        const struct section *section = &reg->sections[i];
        if (field >= section->fields && field < section->fields + section->count)
            return section->label;
    }
    return "";
}

static void describe_field(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct field_choice *choice = context;
    size_t first = choice->extra != NULL;
    if (index < first) {
        buffer_add(name, choice->extra);
        return;
    }
    const struct field *field = choice->fields[index - first];
    if (field->group)
        buffer_addf(name, "%s ", field->group);
    buffer_add(name, field->label);
    buffer_add(detail, section_of(choice->reg, field));
}

static void collect_fields(struct field_choice *choice)
{
    size_t count = reg_field_count(choice->reg);
    choice->fields = mem_new(count, sizeof *choice->fields);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            const struct field *field = reg_field(choice->reg, i);
            bool listed = (field->flags & FIELD_LIST) != 0;
            if (listed == (pass == 0) && field->type != TYPE_ATTACHMENT)
                choice->fields[choice->count++] = field;
        }
    }
}

bool narrow_choose_field(struct app *app, const char *title, const struct reg *reg,
                         const char *current, const char *extra, const struct field **field)
{
    struct field_choice choice = {.reg = reg, .extra = extra};
    collect_fields(&choice);
    size_t first = extra != NULL, index = 0;
    struct picker picker = {.title = title,
                            .count = choice.count + first,
                            .context = &choice,
                            .describe = describe_field};
    for (size_t i = 0; i < choice.count; i++)
        if (current && strcmp(choice.fields[i]->name, current) == 0)
            picker.current = i + first;
    bool chosen = picker_choose(app, &picker, &index);
    if (chosen)
        *field = index < first ? NULL : choice.fields[index - first];
    free(choice.fields);
    return chosen;
}

/* ---- conditions ---- */

/* The mark that a person may put in front of a value; `own` when there is none. */
static const char *take_operator(const char **text, const char *own)
{
    static const struct {
        const char *typed, *mark;
    } marks[] = {
        {"<=", "<="}, {">=", ">="}, {"!=", "!="}, {"≤", "<="}, {"≥", ">="},
        {"≠", "!="},  {"<", "<"},   {">", ">"},   {"=", "="},  {"~", "~"},
    };
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (text_starts_with(*text, marks[i].typed)) {
            *text += strlen(marks[i].typed);
            return marks[i].mark;
        }
    }
    return own;
}

static void write_condition(const struct field *field, const char *text, struct buffer *out)
{
    enum field_type type = field->type;
    bool loose = type == TYPE_TEXT || type == TYPE_LONGTEXT || type == TYPE_CHOICES ||
                 type_target(field) != NULL;
    const char *mark = take_operator(&text, *text && loose ? "~" : "=");
    text += strspn(text, " ");
    const char *quote = strchr(text, '"') ? "'" : "\"";
    buffer_addf(out, "%s%s%s%s%s", field->name, mark, quote, text, quote);
}

struct typed_condition {
    struct store *store;
    const struct reg *reg;
    const struct field *field; /* NULL: an expression is typed */
};

static void write_typed(const struct typed_condition *condition, const char *text,
                        struct buffer *out)
{
    if (condition->field)
        write_condition(condition->field, text, out);
    else
        buffer_add(out, text);
}

static bool accepts(void *context, const char *text, struct error *err)
{
    const struct typed_condition *condition = context;
    struct buffer where = {0};
    int64_t count;
    write_typed(condition, text, &where);
    struct query query = {.reg = condition->reg, .where = buffer_text(&where)};
    bool ok = query_count(condition->store, &query, &count, err);
    buffer_release(&where);
    return ok;
}

static bool type_condition(struct app *app, const struct reg *reg, const struct field *field,
                           struct buffer *out)
{
    struct typed_condition condition = {desk_store(app), reg, field};
    struct buffer text = {0};
    bool ordered = field && (type_of(field->type)->align_right || field->type == TYPE_DATE);
    const struct prompt prompt = {
        .title = "筛选",
        .label = field ? field->label : "条件",
        .help = !field ? "写成 字段=值，几个条件用空格隔开，例如 status=在产 base_total_kg>100 "
                         "name~锌。可用 = != < <= > >= ~（含有）。"
                : ordered ? "写一个值，或在前面加 < <= > >= !=，例如 >=100。什么都不写：没有填的。"
                          : "写名称里含有的字，或在前面加 =（等于）、!=（不等于）。"
                            "什么都不写：没有填的。",
        .context = &condition,
        .accepts = accepts,
    };
    bool done = prompt_ask(app, &prompt, &text);
    if (done)
        write_typed(&condition, buffer_text(&text), out);
    buffer_release(&text);
    return done;
}

struct value_choice {
    const char *const *names;
    size_t count;
};

static void describe_value(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    (void)detail;
    const struct value_choice *choice = context;
    buffer_add(name, index < choice->count ? choice->names[index] : "（没有填的）");
}

static bool choose_value(struct app *app, const struct field *field, struct buffer *out)
{
    static const char *const truths[] = {"是", "否", NULL};
    struct value_choice choice = {.names = field->type == TYPE_BOOL ? truths : field->choices};
    while (choice.names[choice.count])
        choice.count++;
    struct picker picker = {.title = field->label,
                            .count = choice.count + 1,
                            .context = &choice,
                            .describe = describe_value};
    size_t index;
    if (!picker_choose(app, &picker, &index))
        return false;
    write_condition(field, index < choice.count ? choice.names[index] : "", out);
    return true;
}

bool narrow_ask(struct app *app, const struct reg *reg, struct buffer *where)
{
    const struct field *field = NULL;
    struct buffer condition = {0};
    if (!narrow_choose_field(app, "按哪一项筛选", reg, NULL, "直接写条件…", &field))
        return false;
    bool chosen = field && (field->choices || field->type == TYPE_BOOL)
                      ? choose_value(app, field, &condition)
                      : type_condition(app, reg, field, &condition);
    chosen = chosen && condition.length > 0;
    if (chosen)
        buffer_addf(where, "%s%s", where->length ? " " : "", buffer_text(&condition));
    buffer_release(&condition);
    return chosen;
}

/* ---- telling ---- */

static const char *skip_value(const char *at)
{
    char quote = *at == '"' || *at == '\'' ? *at : '\0';
    const char *end = quote ? strchr(at + 1, quote) : at + strcspn(at, " \t\n");
    return quote && end ? end + 1 : end ? end : at + strlen(at);
}

static void tell_operator(const char *mark, struct buffer *out)
{
    static const struct {
        const char *mark, *told;
    } words[] = {{"!=", " 不是 "}, {"<=", " ≤ "}, {">=", " ≥ "}, {"=", " 是 "},
                 {"<", " < "},     {">", " > "},  {"~", " 含 "}};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(mark, words[i].mark) == 0)
            buffer_add(out, words[i].told);
}

void narrow_tell(const struct reg *reg, const char *where, struct buffer *out)
{
    for (const char *at = where + strspn(where, " \t\n"); *at; at += strspn(at, " \t\n")) {
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789_");
        char *name = mem_text_part(at, length);
        const struct field *field = reg_field_find(reg, name);
        buffer_addf(out, "%s%s", at == where ? "" : "，", field ? field->label : name);
        free(name);
        at += length;
        tell_operator(take_operator(&at, ""), out);
        const char *end = skip_value(at);
        bool quoted = *at == '"' || *at == '\'';
        size_t inner = (size_t)(end - at) - (quoted && end - at >= 2 ? 2 : 0);
        if (inner == 0)
            buffer_add(out, "空");
        else
            buffer_add_bytes(out, at + quoted, inner);
        if (end == at)
            break;
        at = end;
    }
}
