/* Walks every field of every register and finds what a declaration forgot or mistyped. */
#include "core/decimal.h"
#include "core/record.h"
#include "core/registers.h"
#include "core/text.h"
#include "tests/core/typing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

typedef void field_visitor(const struct reg *reg, const struct field *field);

static void each_field(field_visitor *visit)
{
    for (size_t i = 0; i < register_count; i++)
        for (size_t j = 0; j < reg_field_count(registers[i]); j++)
            visit(registers[i], reg_field(registers[i], j));
}

#define EXPECT(condition)                                                                          \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fail_msg("%s.%s: %s", reg->name, field->name, #condition);                             \
    } while (0)

static bool is_name(const char *name)
{
    return name[0] >= 'a' && name[0] <= 'z' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name) &&
           name[strlen(name) - 1] != '_';
}

/* Words that a statement of SQLite or of C could not carry unquoted, and columns of our own tables.
 */
static bool is_reserved(const char *name)
{
    static const char *const words[] = {
        "add",      "all",     "alter",      "and",         "as",      "between",  "break",
        "case",     "char",    "check",      "collate",     "commit",  "const",    "continue",
        "create",   "default", "delete",     "distinct",    "do",      "double",   "drop",
        "else",     "enum",    "escape",     "exists",      "extern",  "float",    "for",
        "foreign",  "from",    "goto",       "group",       "having",  "if",       "in",
        "index",    "insert",  "int",        "into",        "is",      "isnull",   "join",
        "limit",    "long",    "not",        "notnull",     "null",    "on",       "or",
        "order",    "primary", "references", "register",    "return",  "rowid",    "select",
        "set",      "short",   "signed",     "sizeof",      "static",  "struct",   "switch",
        "table",    "then",    "to",         "transaction", "typedef", "union",    "unique",
        "unsigned", "update",  "using",      "values",      "void",    "volatile", "when",
        "where",    "while",   "id",         "version",     "deleted",
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(words[i], name) == 0)
            return true;
    return false;
}

static void check_name(const struct reg *reg, const struct field *field)
{
    EXPECT(is_name(field->name));
    EXPECT(!is_reserved(field->name));
    size_t same = 0;
    for (size_t i = 0; i < reg_field_count(reg); i++)
        same += strcmp(reg_field(reg, i)->name, field->name) == 0;
    EXPECT(same == 1);
    if (field->type == TYPE_DATE && field_is_stored(field))
        EXPECT(text_ends_with(field->name, "_on"));
}

static void test_names(void **state)
{
    (void)state;
    each_field(check_name);
    /* Tables are always quoted; "limit" is the one word that everybody calls it by. */
    for (size_t i = 0; i < register_count; i++)
        assert_true(is_name(registers[i]->name) &&
                    (!is_reserved(registers[i]->name) || strcmp(registers[i]->name, "limit") == 0));
}

static void check_words(const struct reg *reg, const struct field *field)
{
    EXPECT(!text_is_empty(field->label));
    EXPECT(!text_is_empty(field->help));
    EXPECT(text_ends_with(field->help, "。"));
    if (!field_is_stored(field) || (field->flags & FIELD_AUTO))
        return;
    EXPECT(!text_is_empty(field->example));
    if (field->flags & (FIELD_REQUIRED | FIELD_KEY) || field->required_when.field)
        EXPECT(!text_is_empty(field->basis));
}

static void test_words(void **state)
{
    (void)state;
    each_field(check_words);
}

static bool parses(const struct field *field, const char *text, struct value *value)
{
    struct error err = {0};
    bool ok = type_parse(field, &typing_lookup, text, value, &err);
    if (!ok)
        print_error("%s = %s: %s\n", field->name, text, err.message);
    return ok;
}

/* Parses, keeps its value when formatted and parsed again, and lies within the bounds. */
static void check_text(const struct reg *reg, const struct field *field, const char *text)
{
    struct value value = {0}, again = {0};
    struct buffer canonical = {0};
    EXPECT(parses(field, text, &value) && !value_is_null(&value));
    type_format(field, &value, &canonical);
    EXPECT(parses(field, buffer_text(&canonical), &again));
    EXPECT(value_equal(&value, &again));
    value_release(&again);
    if (field->least && parses(field, field->least, &again))
        EXPECT(type_compare(field, &value, &again) >= 0);
    value_release(&again);
    if (field->most && parses(field, field->most, &again))
        EXPECT(type_compare(field, &value, &again) <= 0);
    if (value.kind == VALUE_TEXT)
        EXPECT(text_count(value.text) >= (size_t)field->min_chars);
    value_release(&again);
    value_release(&value);
    buffer_release(&canonical);
}

/* An initial value is one that can be typed, or one of the facts of where and when it is made. */
static void check_initial(const struct reg *reg, const struct field *field)
{
    static const struct {
        const char *name;
        enum field_type type;
    } facts[] = {{"@today", TYPE_DATE}, {"@operator", TYPE_TEXT}, {"@region", TYPE_REGION}};
    if (field->initial[0] != '@') {
        check_text(reg, field, field->initial);
        return;
    }
    bool is_known = false;
    for (size_t i = 0; i < COUNT_OF(facts); i++)
        is_known |= strcmp(field->initial, facts[i].name) == 0 && field->type == facts[i].type;
    EXPECT(is_known);
}

static void check_examples(const struct reg *reg, const struct field *field)
{
    if (field->example)
        check_text(reg, field, field->example);
    if (field->initial)
        check_initial(reg, field);
}

static void test_examples(void **state)
{
    (void)state;
    each_field(check_examples);
}

static bool is_choice_type(enum field_type type)
{
    return type == TYPE_CHOICE || type == TYPE_CHOICES;
}

static bool is_choice(const struct field *field, const char *text, size_t length)
{
    for (const char *const *choice = field->choices; *choice; choice++)
        if (strlen(*choice) == length && strncmp(*choice, text, length) == 0)
            return true;
    return false;
}

/* A word stands once, and for a choice that there is. */
static void check_words_for_choices(const struct reg *reg, const struct field *field,
                                    const char *const *pairs)
{
    for (const char *const *pair = pairs; pair && pair[0]; pair += 2) {
        size_t same = 0;
        EXPECT(is_choice(field, pair[1], strlen(pair[1])));
        EXPECT(pair[0][0] && strchr(pair[0], '|') == NULL);
        for (const char *const *choice = field->choices; *choice; choice++)
            same += text_same(*choice, pair[0]);
        for (const char *const *other = field->synonyms; other && other[0]; other += 2)
            same += text_same(other[0], pair[0]);
        for (const char *const *other = field->akin; other && other[0]; other += 2)
            same += text_same(other[0], pair[0]);
        if (same != 1)
            fail_msg("%s.%s: “%s”", reg->name, field->name, pair[0]);
    }
}

static void check_choices(const struct reg *reg, const struct field *field)
{
    EXPECT(is_choice_type(field->type) == (field->choices != NULL));
    struct buffer all = {0};
    for (const char *const *choice = field->choices; choice && *choice; choice++) {
        check_text(reg, field, *choice);
        for (const char *const *other = field->choices; other < choice; other++)
            EXPECT(!text_same(*other, *choice));
        buffer_addf(&all, "%s%s", all.length ? "、" : "", *choice);
    }
    check_words_for_choices(reg, field, field->synonyms);
    check_words_for_choices(reg, field, field->akin);
    /* The whole set must come back, so no choice may hold what separates choices. */
    struct value value = {0};
    if (field->type == TYPE_CHOICES) {
        EXPECT(parses(field, all.text, &value));
        EXPECT(strcmp(value.text, all.text) == 0);
    }
    value_release(&value);
    buffer_release(&all);
}

static void test_choices(void **state)
{
    (void)state;
    each_field(check_choices);
}

static void check_links(const struct reg *reg, const struct field *field)
{
    EXPECT((field->type == TYPE_REF) == (field->target != NULL));
    if (type_target(field))
        EXPECT(reg_find(type_target(field)) != NULL);
    if (field->suggest)
        EXPECT(reg_find(field->suggest) != NULL && field->type == TYPE_TEXT);
    EXPECT((field->via == NULL) == (field->source == NULL));
    const struct field *limit =
        field->detection_limit ? reg_field_find(reg, field->detection_limit) : NULL;
    if (field->detection_limit)
        EXPECT(field->type == TYPE_MEASURE && limit && limit->type == TYPE_MEASURE);
    const struct field *period = field->of_period ? reg_field_find(reg, field->of_period) : NULL;
    if (field->of_period)
        EXPECT(period && field_is_stored(period) &&
               (period->type == TYPE_PERIOD || period->type == TYPE_DATE ||
                period->type == TYPE_INTEGER));
    const struct field *file = field->describes ? reg_field_find(reg, field->describes) : NULL;
    if (field->describes)
        EXPECT(file && file->type == TYPE_ATTACHMENT && field_is_stored(file) &&
               (field->type == TYPE_TEXT || field->type == TYPE_INTEGER));
    if (!field->via)
        return;
    const struct field *via = reg_field_find(reg, field->via);
    EXPECT(via != NULL && via->type == TYPE_REF && field_is_stored(via));
    const struct field *source = reg_field_find(reg_find(via->target), field->source);
    EXPECT(source != NULL && source->type == field->type && field_is_stored(source));
    EXPECT(source->choices == field->choices && source->scale == field->scale);
    EXPECT(!(field->flags & (FIELD_REQUIRED | FIELD_KEY)));
}

static void test_links(void **state)
{
    (void)state;
    each_field(check_links);
}

/* The field exists and may hold the values. */
static void check_values(const struct reg *reg, const struct field *field, struct condition when)
{
    const struct field *other = reg_field_find(reg, when.field);
    EXPECT(other != NULL && other != field && when.values != NULL);
    for (const char *at = when.values; *at;) {
        size_t length = strcspn(at, "|");
        char value[64];
        assert_in_range(length, 1, sizeof value - 1);
        memcpy(value, at, length);
        value[length] = '\0';
        if (other->choices)
            EXPECT(is_choice(other, at, length));
        else
            check_text(reg, other, value);
        at += length + (at[length] == '|');
    }
}

static void check_condition(const struct reg *reg, const struct field *field)
{
    EXPECT(field->required_when.field != NULL || !(field->flags & FIELD_KEY_WHEN));
    if (!field->required_when.field)
        return;
    EXPECT(!(field->flags & (FIELD_REQUIRED | FIELD_KEY)));
    check_values(reg, field, field->required_when);
}

/* What decides is asked for before, and itself in every case; what must be there always is shown.
 */
static void check_shown(const struct reg *reg, const struct field *field)
{
    if (!field->shown_when.field)
        return;
    check_values(reg, field, field->shown_when);
    const struct field *decides = reg_field_find(reg, field->shown_when.field);
    EXPECT(reg_field_index(reg, decides->name) < reg_field_index(reg, field->name));
    EXPECT(!decides->shown_when.field && field_is_stored(decides) && field_is_stored(field));
    EXPECT(!(field->flags & (FIELD_KEY | FIELD_KEY_WHEN | FIELD_AUTO)));
}

static void test_conditions(void **state)
{
    (void)state;
    each_field(check_condition);
    each_field(check_shown);
}

static void check_shape(const struct reg *reg, const struct field *field)
{
    const int widest = 40;
    int width = field->width ? field->width : type_of(field->type)->width;
    EXPECT(field->width >= 0 && width <= widest);
    EXPECT(field->scale >= 0 && field->scale <= DECIMAL_MAX_SCALE);
    EXPECT(field->scale == 0 || field->type == TYPE_DECIMAL);
    bool counts = field->type == TYPE_DECIMAL || field->type == TYPE_INTEGER;
    if (field->flags & FIELD_TOTAL)
        EXPECT(counts && field->unit != NULL);
    if (field->flags & FIELD_LIST)
        EXPECT(width >= 4);
    /* A number that is printed in less than its bounds need would be cut. */
    if (field->most)
        EXPECT(text_width(field->most) <= width);
    if (field->type == TYPE_CHOICE && (field->flags & FIELD_LIST))
        for (const char *const *choice = field->choices; *choice; choice++)
            EXPECT(text_width(*choice) <= width + 10);
}

static void test_shape(void **state)
{
    (void)state;
    each_field(check_shape);
}

/* How a heading reads when the fold of a reader has gone over it. */
static char *fold(const char *group, const char *label)
{
    struct buffer joined = {0}, folded = {0};
    buffer_addf(&joined, "%s%s%s", group ? group : "", group ? "/" : "", label);
    text_fold(joined.text, &folded);
    buffer_release(&joined);
    return buffer_take(&folded);
}

struct heading {
    char *text;
    const struct field *field;
};

static void add_heading(struct heading *all, size_t *count, const struct reg *reg,
                        const struct field *field, const char *group, const char *label)
{
    char *text = fold(group, label);
    for (size_t i = 0; i < *count; i++)
        if (strcmp(all[i].text, text) == 0 && all[i].field != field)
            fail_msg("%s: %s and %s both claim the heading %s", reg->name, all[i].field->name,
                     field->name, text);
    all[*count] = (struct heading){.text = text, .field = field};
    (*count)++;
}

/* No heading of a file may mean two fields. Fields shown from elsewhere are not imported. */
static void test_headings(void **state)
{
    (void)state;
    enum { MOST = 2000 };
    struct heading *all = calloc(MOST, sizeof *all);
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        size_t count = 0;
        for (size_t j = 0; j < reg_field_count(reg); j++) {
            const struct field *field = reg_field(reg, j);
            if (!field_is_stored(field))
                continue;
            add_heading(all, &count, reg, field, field->group, field->label);
            add_heading(all, &count, reg, field, NULL, field->name);
            for (const char *const *alias = field->aliases; alias && *alias; alias++)
                add_heading(all, &count, reg, field, NULL, *alias);
            assert_in_range(count, 1, MOST - 20);
        }
        while (count > 0)
            free(all[--count].text);
    }
    free(all);
}

/* Labels are what a person tells fields apart by. */
static void check_label(const struct reg *reg, const struct field *field)
{
    for (size_t i = 0; i < reg_field_count(reg); i++) {
        const struct field *other = reg_field(reg, i);
        bool same_group = (!other->group && !field->group) ||
                          (other->group && field->group && strcmp(other->group, field->group) == 0);
        if (other != field && same_group && strcmp(other->label, field->label) == 0)
            fail_msg("%s: %s and %s are both called %s", reg->name, field->name, other->name,
                     field->label);
    }
}

static void test_labels(void **state)
{
    (void)state;
    each_field(check_label);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),    cmocka_unit_test(test_words),
        cmocka_unit_test(test_examples), cmocka_unit_test(test_choices),
        cmocka_unit_test(test_links),    cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_shape),    cmocka_unit_test(test_headings),
        cmocka_unit_test(test_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
