/* Walks every register and finds what a declaration forgot or mistyped. */
#include "core/decimal.h"
#include "core/record.h"
#include "core/registers.h"
#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* A lookup that finds whatever it is asked for, under that very name. */
static bool find_any(void *context, const char *target, const char *text, struct buffer *id,
                     struct error *err)
{
    (void)context;
    (void)err;
    assert_non_null(reg_find(target));
    buffer_add(id, text);
    return true;
}

static bool label_any(void *context, const char *target, const char *id, struct buffer *label)
{
    (void)context;
    (void)target;
    buffer_add(label, id);
    return true;
}

static const struct lookup lookup = {.find = find_any, .label = label_any};

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
    bool ok = type_parse(field, &lookup, text, value, &err);
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
    for (const char *const *pair = field->synonyms; pair && pair[0]; pair += 2) {
        EXPECT(is_choice(field, pair[1], strlen(pair[1])));
        EXPECT(!is_choice(field, pair[0], strlen(pair[0])));
    }
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

static void check_identity(const struct reg *reg)
{
    assert_non_null(reg->identity);
    assert_non_null(reg->identity[0]);
    for (const char *const *names = reg->identity; *names; names++) {
        char copy[128];
        assert_in_range(strlen(*names), 1, sizeof copy - 1);
        strcpy(copy, *names);
        char *rest = NULL;
        for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
            const struct field *field = reg_field_find(reg, name);
            assert_non_null(field);
            assert_true(field_is_stored(field));
        }
    }
}

static void test_registers(void **state)
{
    (void)state;
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        /* Tables are always quoted; "limit" is the one word that everybody calls it by. */
        assert_true(is_name(reg->name) &&
                    (!is_reserved(reg->name) || strcmp(reg->name, "limit") == 0));
        assert_ptr_equal(reg_find(reg->name), reg);
        assert_false(text_is_empty(reg->label) || text_is_empty(reg->title));
        assert_false(text_is_empty(reg->counter) || text_is_empty(reg->help));
        assert_false(text_is_empty(reg->basis));
        assert_non_null(reg_field_find(reg, reg->name_field));
        assert_true(!reg->order || reg_field_find(reg, reg->order));
        assert_true(!reg->parent || (reg_field_find(reg, reg->parent)->type == TYPE_REF &&
                                     reg_field_find(reg, reg->parent)->flags & FIELD_KEY));
        assert_int_equal(reg->prefix != NULL, reg_is_main(reg));
        assert_int_equal(reg->prefix != NULL, reg_field_index(reg, "case_no") == 0);
        check_identity(reg);
        for (size_t j = 0; j < i; j++)
            assert_true(!reg->prefix || !registers[j]->prefix ||
                        strcmp(reg->prefix, registers[j]->prefix) != 0);
    }
}

/* Each step of a survey says what it asks for. */
static void test_surveys(void **state)
{
    (void)state;
    size_t surveys = 0;
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        for (size_t j = 0; reg->flags & REG_SURVEY && j < reg->section_count; j++) {
            const struct section *section = &reg->sections[j];
            if (text_is_empty(section->intro) || !text_ends_with(section->intro, "。"))
                fail_msg("%s: %s has no introduction", reg->name, section->label);
        }
        surveys += (reg->flags & REG_SURVEY) != 0;
        assert_true(!(reg->flags & REG_SURVEY) || !reg->parent);
    }
    assert_true(surveys >= 4);
    assert_true(reg_legacy_site.flags & REG_SURVEY);
}

/* A column that gets lost, and a list that grows too wide to read, are noticed here. */
static void test_counts(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t fields, keys, listed;
    } expected[] = {
        {"enterprise", 108, 2, 6},
        {"thallium_enterprise", 58, 1, 5},
        {"legacy_site", 90, 2, 7},
        {"receptor", 6, 1, 5},
        {"cadmium_source", 52, 2, 7},
        {"tailings_pond", 88, 2, 7},
        {"manganese_mine", 47, 2, 7},
        {"manganese_plant", 47, 1, 6},
        {"manganese_slag_yard", 44, 2, 7},
        {"park", 49, 2, 7},
        {"outlet", 42, 2, 6},
        {"material_flow", 40, 3, 7},
        {"sample", 35, 2, 8},
        {"problem", 71, 2, 5},
        {"progress", 6, 1, 5},
        {"inspection", 32, 2, 5},
        {"inspection_item", 10, 2, 5},
        {"attachment", 23, 2, 5},
        {"construction_project", 59, 2, 5},
        {"reduction_project", 49, 3, 6},
        {"emission_stream", 11, 5, 5},
        {"quota_transfer", 33, 1, 5},
        {"task", 18, 1, 5},
        {"filing", 25, 2, 6},
        {"acceptance", 9, 4, 6},
        {"campaign", 20, 2, 6},
        {"target", 14, 4, 7},
        {"key_region", 10, 2, 5},
        {"obligation", 22, 3, 6},
        {"parameter", 7, 2, 6},
        {"limit", 20, 2, 7},
        {"checklist", 10, 3, 5},
        {"holiday", 4, 2, 4},
        {"region", 6, 2, 5},
        {"industry", 6, 2, 6},
    };
    assert_int_equal(register_count, COUNT_OF(expected));
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        size_t keys = 0, listed = 0;
        for (size_t j = 0; j < reg_field_count(reg); j++) {
            keys += (reg_field(reg, j)->flags & FIELD_KEY) != 0;
            listed += (reg_field(reg, j)->flags & FIELD_LIST) != 0;
        }
        assert_string_equal(reg->name, expected[i].name);
        assert_int_equal(reg_field_count(reg), expected[i].fields);
        assert_int_equal(keys, expected[i].keys);
        assert_int_equal(listed, expected[i].listed);
    }
}

static void test_children(void **state)
{
    (void)state;
    assert_ptr_equal(reg_child(&reg_legacy_site, 0), &reg_receptor);
    assert_ptr_equal(reg_child(&reg_problem, 0), &reg_progress);
    assert_ptr_equal(reg_child(&reg_inspection, 0), &reg_inspection_item);
    assert_null(reg_child(&reg_enterprise, 0));
}

/* The real list of Qingyuan must be kept whole: every heading but the running number has its field.
 */
static void test_qingyuan_headings(void **state)
{
    (void)state;
    static const struct {
        const char *heading, *field;
    } columns[] = {
        {"企业名称", "name"},       {"所在县（区、市）", "region"}, {"行业类别", "industry_name"},
        {"牵头部门", "audit_lead"}, {"实施时间", "audit_schedule"},
    };
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        const struct field *field = reg_field_find(&reg_enterprise, columns[i].field);
        bool found = !field->group && text_same(field->label, columns[i].heading);
        for (const char *const *alias = field->aliases; alias && *alias; alias++)
            found = found || text_same(*alias, columns[i].heading);
        assert_true(found);
    }
}

static void assert_is(const struct reg *reg, const char *name, enum field_type type)
{
    const struct field *field = reg_field_find(reg, name);
    if (!field || field->type != type || !field_is_stored(field))
        fail_msg("%s: %s is no such field", reg->name, name);
}

/* What the case file is told about by a register names fields of the right kind. */
static void test_events_series_deadlines(void **state)
{
    (void)state;
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        for (const struct reg_event *event = reg->events; event && event->date; event++) {
            assert_is(reg, event->date, TYPE_DATE);
            assert_false(text_is_empty(event->label));
        }
        if (reg->deadline) {
            assert_is(reg, reg->deadline->date, TYPE_DATE);
            if (reg->deadline->closed.field)
                assert_is(reg, reg->deadline->closed.field, TYPE_CHOICE);
            if (reg->deadline->met)
                assert_is(reg, reg->deadline->met, TYPE_DATE);
            assert_true(reg->deadline->closed.field || reg->deadline->met);
        }
        if (reg->series) {
            assert_is(reg, reg->series->value, TYPE_MEASURE);
            assert_is(reg, reg->series->date, TYPE_DATE);
            assert_is(reg, reg->series->factor, TYPE_CHOICE);
            assert_is(reg, reg->series->unit, TYPE_CHOICE);
            assert_is(reg, reg->series->point, TYPE_TEXT);
            assert_is(reg, reg->series->limit, TYPE_TEXT);
            assert_is(reg, reg->series->is_judged.field, TYPE_CHOICE);
        }
        if (reg->menu == MENU_INVENTORY) /* stands beside others in the tabs of a case file */
            assert_in_range(text_width(reg_brief(reg)), 4, 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events_series_deadlines),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_shape),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_registers),
        cmocka_unit_test(test_surveys),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_children),
        cmocka_unit_test(test_qingyuan_headings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
