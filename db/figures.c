#include "db/figures.h"

#include "core/period.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

static void add_member(struct buffer *out, const char *name, const char *text)
{
    if (out->length)
        out->text[out->length - 1] = ','; /* in place of the brace */
    else
        buffer_add_char(out, '{');
    buffer_add_json(out, name);
    buffer_add_char(out, ':');
    buffer_add_json(out, text);
    buffer_add_char(out, '}');
}

void figures_write(const struct record *record, const bool *shown, struct buffer *out)
{
    struct buffer object = {0}, text = {0};
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        if (!shown[walk.index] || !field_is_stored(walk.field))
            continue;
        buffer_clear(&text);
        type_format(walk.field, &record->values[walk.index], &text);
        add_member(&object, walk.field->name, buffer_text(&text));
    }
    buffer_add(out, object.length ? object.text : "{}");
    buffer_release(&object);
    buffer_release(&text);
}

/* ---- reading ---- */

static const char *read_escape(const char *at, struct buffer *out)
{
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    char digits[5] = "", bytes[4];
    const char *letter = *at ? strchr(letters, *at) : NULL;
    if (letter)
        buffer_add_char(out, meanings[letter - letters]);
    if (letter || *at != 'u') {
        if (!letter && *at)
            buffer_add_char(out, *at);
        return *at ? at + 1 : NULL;
    }
    strncat(digits, at + 1, 4);
    buffer_add_bytes(out, bytes, text_encode((uint32_t)strtoul(digits, NULL, 16), bytes));
    return strlen(digits) == 4 ? at + 5 : NULL;
}

/* Reads a JSON string; what follows it, NULL when there is none. */
static const char *read_string(const char *at, struct buffer *out)
{
    buffer_clear(out);
    if (*at++ != '"')
        return NULL;
    while (at && *at && *at != '"') {
        size_t length = strcspn(at, "\\\"");
        buffer_add_bytes(out, at, length);
        at += length;
        if (*at == '\\')
            at = read_escape(at + 1, out);
    }
    return at && *at == '"' ? at + 1 : NULL;
}

bool figures_next(const char **at, struct buffer *name, struct buffer *text)
{
    const char *next = *at;
    if (*next != '{' && *next != ',')
        return false;
    next = read_string(next + 1, name);
    next = next && *next == ':' ? read_string(next + 1, text) : NULL;
    *at = next ? next : "";
    return next != NULL;
}

bool figures_find(const char *figures, const char *field, struct buffer *text)
{
    struct buffer name = {0};
    bool found = false;
    while (!found && figures_next(&figures, &name, text))
        found = strcmp(buffer_text(&name), field) == 0;
    buffer_release(&name);
    if (!found)
        buffer_clear(text);
    return found;
}

void figures_join(struct buffer *into, const char *from)
{
    struct buffer name = {0}, text = {0}, had = {0};
    while (figures_next(&from, &name, &text)) {
        if (figures_find(buffer_text(into), buffer_text(&name), &had))
            continue;
        if (into->length == strlen("{}"))
            buffer_clear(into);
        add_member(into, buffer_text(&name), buffer_text(&text));
    }
    buffer_release(&name);
    buffer_release(&text);
    buffer_release(&had);
}

/* ---- marked ---- */

#define WITHIN "{\"#within\":\"\""

void figures_add_within(struct buffer *out, const char *figures)
{
    struct buffer marked = {0};
    buffer_add(&marked, WITHIN "}");
    figures_join(&marked, figures);
    buffer_add(out, marked.text);
    buffer_release(&marked);
}

bool figures_are_within(const char *figures)
{
    return text_starts_with(figures, WITHIN);
}

/* ---- of when they are ---- */

void figures_add_periods(const struct reg *reg, bool *shown)
{
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);)
        if (shown[walk.index] && walk.field->of_period)
            shown[reg_field_index(reg, walk.field->of_period)] = true;
}

/* Days and years follow each other as texts do. */
static bool is_later(const struct field *field, const char *now, const char *then)
{
    struct period after, before;
    if (field->type != TYPE_PERIOD)
        return *then && strcmp(now, then) > 0;
    return period_parse(now, &after) && period_parse(then, &before) &&
           period_compare(after, before) > 0 && !period_overlaps(after, before);
}

bool figures_are_past(const char *figures, const struct record *record, const struct field *field)
{
    struct buffer then = {0}, now = {0};
    bool past = false;
    if (field->of_period && figures_find(figures, field->of_period, &then)) {
        record_format(record, field->of_period, &now);
        past = is_later(reg_field_find(record->reg, field->of_period), buffer_text(&now),
                        buffer_text(&then));
    }
    buffer_release(&then);
    buffer_release(&now);
    return past;
}

/* ---- what is frozen ---- */

static bool identifies(const struct reg *reg, const struct field *field)
{
    size_t length = strlen(field->name);
    for (size_t i = 0; reg->identity && reg->identity[i]; i++)
        for (const char *at = reg->identity[i]; *at; at += strspn(at, " ")) {
            size_t word = strcspn(at, " ");
            if (word == length && strncmp(at, field->name, length) == 0)
                return true;
            at += word;
        }
    return strcmp(reg->name_field, field->name) == 0;
}

bool figures_freeze(const struct reg *reg, const struct field *field)
{
    static const bool by_type[TYPE__COUNT] = {
        [TYPE_INTEGER] = true,  [TYPE_DECIMAL] = true, [TYPE_MEASURE] = true, [TYPE_REGION] = true,
        [TYPE_INDUSTRY] = true, [TYPE_WASTE] = true,   [TYPE_USCC] = true,    [TYPE_PERMIT] = true,
    };
    if (!field_is_stored(field) || (field->flags & FIELD_AUTO) ||
        (reg->flags & (REG_POLICY | REG_REFERENCE)))
        return false;
    return by_type[field->type] || (field->flags & FIELD_KEY) || identifies(reg, field);
}
