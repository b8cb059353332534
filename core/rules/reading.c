#include "core/rules/reading.h"
#include "core/registers/shared.h"
#include "core/text.h"

#include <string.h>

static const struct value *filled(const struct record *record, const char *name)
{
    const struct value *value = record_value(record, name);
    return value && !value_is_null(value) ? value : NULL;
}

bool read_is_filled(const struct record *record, const char *name)
{
    return filled(record, name) != NULL;
}

const char *read_text(const struct record *record, const char *name)
{
    const struct value *value = filled(record, name);
    return value && value->kind == VALUE_TEXT ? value->text : NULL;
}

bool read_integer(const struct record *record, const char *name, int64_t *integer)
{
    const struct value *value = filled(record, name);
    if (!value || value->kind != VALUE_INTEGER)
        return false;
    *integer = value->integer;
    return true;
}

bool read_date(const struct record *record, const char *name, struct date *date)
{
    const char *text = read_text(record, name);
    return text && date_parse(text, date, NULL);
}

bool read_age(const struct record *record, const char *name, const struct check_context *context,
              int *days)
{
    struct date date;
    if (context->today.year == 0 || !read_date(record, name, &date))
        return false;
    *days = date_to_days(context->today) - date_to_days(date);
    return true;
}

bool read_says(const struct record *record, const char *name, bool yes)
{
    int64_t answer;
    return read_integer(record, name, &answer) && (answer != 0) == yes;
}

bool read_is(const struct record *record, const char *name, const char *values)
{
    return record_matches(record, (struct condition){.field = name, .values = values});
}

bool read_is_shut(const struct record *record)
{
    return read_is(record, "status", STATUS_SHUT);
}

bool read_is_key_industry(const struct record *record)
{
    return read_is(record, "key_industry",
                   "重有色金属矿采选业|重有色金属冶炼业|铅蓄电池制造业|电镀行业|"
                   "化学原料及化学制品制造业|皮革鞣制加工业");
}

static size_t separator(const char *text)
{
    static const char *const marks[] = {"、", "，", ",", "；", ";", "/", " "};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (text_starts_with(text, marks[i]))
            return strlen(marks[i]);
    return 0;
}

size_t read_each(const char *list, void (*visit)(void *context, const char *item), void *context)
{
    size_t count = 0;
    struct buffer item = {0};
    for (const char *at = list;;) {
        size_t mark = separator(at);
        if (*at && !mark) {
            buffer_add_char(&item, *at++);
            continue;
        }
        if (item.length > 0) {
            count++;
            if (visit)
                visit(context, item.text);
        }
        buffer_clear(&item);
        if (!*at)
            break;
        at += mark;
    }
    buffer_release(&item);
    return count;
}

struct search {
    const char *item;
    bool found;
};

static void compare(void *context, const char *item)
{
    struct search *search = context;
    search->found = search->found || text_same(item, search->item);
}

bool read_lists(const struct record *record, const char *name, const char *item)
{
    struct search search = {.item = item};
    const char *list = read_text(record, name);
    if (list)
        read_each(list, compare, &search);
    return search.found;
}

/* ---- persons ---- */

/* What stands behind a name in brackets, as an office, does not make another person. */
static size_t bracket(const char *text)
{
    static const char *const pairs[][2] = {{"（", "）"}, {"(", ")"}};
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        const char *end = text_starts_with(text, pairs[i][0]) ? strstr(text, pairs[i][1]) : NULL;
        if (end)
            return (size_t)(end - text) + strlen(pairs[i][1]);
    }
    return 0;
}

/* How many characters there are up to the next mark. */
static size_t count_to_mark(const char *text)
{
    size_t count = 0;
    for (size_t step; *text && !separator(text); text += step, count++)
        text_decode(text, &step);
    return count;
}

/* Whether the blank at `at` only spreads out one name, as in "李 四": no name has one character. */
static bool is_padding(const char *at, const char *before)
{
    return *at == ' ' && (text_count(before) == 1 || count_to_mark(at + 1) == 1);
}

struct persons {
    struct buffer seen; /* the folded names, each between line breaks */
    void (*visit)(void *context, const char *item);
    void *context;
    size_t count;
};

/* Each person once, however often and however the name is written. */
static void take_person(struct persons *persons, struct buffer *name)
{
    struct buffer key = {0};
    buffer_add_char(&key, '\n');
    text_fold(buffer_text(name), &key);
    bool is_new = key.length > 1;
    buffer_add_char(&key, '\n');
    if (is_new && !strstr(buffer_text(&persons->seen), key.text)) {
        buffer_add(&persons->seen, key.text);
        persons->count++;
        if (persons->visit)
            persons->visit(persons->context, name->text);
    }
    buffer_release(&key);
    buffer_clear(name);
}

size_t read_each_person(const char *list, void (*visit)(void *context, const char *item),
                        void *context)
{
    struct persons persons = {.visit = visit, .context = context};
    struct buffer name = {0};
    for (const char *at = list; *at;) {
        size_t skipped = bracket(at), mark = separator(at);
        if (!skipped && !mark) {
            buffer_add_char(&name, *at++);
            continue;
        }
        if (mark && !is_padding(at, buffer_text(&name)))
            take_person(&persons, &name);
        at += skipped ? skipped : mark;
    }
    take_person(&persons, &name);
    buffer_release(&name);
    buffer_release(&persons.seen);
    return persons.count;
}

bool read_has_person(const struct record *record, const char *name, const char *person)
{
    struct search search = {.item = person};
    const char *list = read_text(record, name);
    if (list)
        read_each_person(list, compare, &search);
    return search.found;
}

void read_label(const struct record *record, const char *name, struct buffer *out)
{
    const struct field *field = reg_field_find(record->reg, name);
    if (field)
        field_add_title(field, out);
    else
        buffer_add(out, name);
}
