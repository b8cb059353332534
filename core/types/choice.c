#include "core/text.h"
#include "core/types/types.h"

#include <string.h>

/* Folding lets "重有色金属冶炼业 " or a half-width bracket pass; the stored text is always ours. */
static const char *find_choice(const struct field *field, const char *text, size_t length)
{
    char word[256];
    if (length >= sizeof word)
        return NULL;
    memcpy(word, text, length);
    word[length] = '\0';
    for (const char *const *choice = field->choices; *choice; choice++)
        if (text_same(word, *choice))
            return *choice;
    for (const char *const *pair = field->synonyms; pair && pair[0]; pair += 2)
        if (text_same(word, pair[0]))
            return pair[1];
    return NULL;
}

static void list_choices(const struct field *field, struct buffer *out)
{
    for (const char *const *choice = field->choices; *choice; choice++)
        buffer_addf(out, "%s%s", choice == field->choices ? "" : "、", *choice);
}

static bool refuse(const struct field *field, const char *text, struct error *err)
{
    struct buffer all = {0};
    list_choices(field, &all);
    error_set(err, ERROR_REFUSED, "“%s”不在可选范围内，请从这些中选：%s", text, all.text);
    buffer_release(&all);
    return false;
}

static bool parse_one(const struct field *field, const struct lookup *lookup, const char *text,
                      struct value *value, struct error *err)
{
    (void)lookup;
    const char *choice = find_choice(field, text, strlen(text));
    if (!choice)
        return refuse(field, text, err);
    value_set_text(value, choice);
    return true;
}

static int position(const struct field *field, const char *text)
{
    int at = 0;
    while (field->choices[at] && strcmp(field->choices[at], text) != 0)
        at++;
    return at;
}

/* In the order of declaration: 高 before 中 before 低. */
static int compare_one(const struct field *field, const struct value *a, const struct value *b)
{
    return position(field, a->text) - position(field, b->text);
}

/* Length of the separator at `text`, 0 when there is none. */
static size_t separator(const char *text)
{
    static const char *const marks[] = {"、", "，", ",", "；", ";",  "/",
                                        "|",  "+",  " ", "和", "及", "与"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (text_starts_with(text, marks[i]))
            return strlen(marks[i]);
    return 0;
}

enum { MAX_CHOICES = 64 };

/* Length of the longest choice that `text` begins with and that a separator or the end follows: a
 * choice may itself hold a separator. 0 when there is none. */
static size_t longest_choice(const struct field *field, const char *text, const char **choice)
{
    for (size_t length = strlen(text); length > 0; length--) {
        if (text[length] && !separator(text + length))
            continue;
        *choice = find_choice(field, text, length);
        if (*choice)
            return length;
    }
    return 0;
}

/* Stored in the order of declaration, so that the same set is always the same text. */
static void store_chosen(const struct field *field, const bool chosen[MAX_CHOICES],
                         struct value *value)
{
    struct buffer all = {0};
    for (size_t i = 0; field->choices[i]; i++)
        if (chosen[i])
            buffer_addf(&all, "%s%s", all.length ? CHOICES_SEPARATOR : "", field->choices[i]);
    value_set_text(value, buffer_text(&all));
    buffer_release(&all);
}

static bool parse_many(const struct field *field, const struct lookup *lookup, const char *text,
                       struct value *value, struct error *err)
{
    (void)lookup;
    bool chosen[MAX_CHOICES] = {false};
    size_t count = 0;
    for (const char *at = text; *at;) {
        const char *choice;
        size_t step = separator(at);
        if (!step) {
            step = longest_choice(field, at, &choice);
            if (!step)
                return refuse(field, text, err);
            chosen[position(field, choice)] = true;
            count++;
        }
        at += step;
    }
    if (!count)
        return refuse(field, text, err);
    store_chosen(field, chosen, value);
    return true;
}

const struct type type_choice = {
    .name = "choice",
    .label = "单选",
    .width = 10,
    .max_chars = 200,
    .parse = parse_one,
    .format = type_format_text,
    .compare = compare_one,
};

const struct type type_choices = {
    .name = "choices",
    .label = "多选",
    .width = 16,
    .max_chars = 1000,
    .parse = parse_many,
    .format = type_format_text,
    .compare = type_compare_text,
};
