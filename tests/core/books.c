#include "tests/core/books.h"
#include "core/facts.h"
#include "tests/core/typing.h"

#include <stdio.h>
#include <string.h>

enum { MOST_RECORDS = 64 };

static struct record *seen[MOST_RECORDS];
static size_t seen_count;

static void show_seen(void *context, const struct facts_query *query, facts_visitor *visit,
                      void *data)
{
    (void)context;
    for (size_t i = 0; i < seen_count; i++) {
        const struct record *record = seen[i];
        bool is_id = query->field && strcmp(query->field, "id") == 0;
        if (strcmp(record->reg->name, query->reg) != 0 || record->deleted ||
            (query->field &&
             strcmp(is_id ? record->id : record_text(record, query->field), query->value) != 0))
            continue;
        if (!visit(data, record))
            return;
    }
}

static const struct facts facts = {.each = show_seen};
static const struct calendar calendar = {.days = NULL};
const struct check_context books_desk = {
    .today = {.year = 2026, .month = 6, .day = 15},
    .lookup = &typing_lookup,
    .calendar = &calendar,
    .facts = &facts,
    .campaign = "",
    .jurisdiction = "",
};

void books_set(struct record *record, const char *field, const char *text)
{
    struct record before;
    record_copy(&before, record);
    type_in(record, field, text);
    record_derive(record, &before);
    record_release(&before);
}

/* "name=甲 key_line=是": fields and values, separated by blanks. */
void books_fill(struct record *record, const struct reg *reg, const char *id, const char *fields)
{
    char text[512];
    record_init(record, reg);
    snprintf(record->id, sizeof record->id, "%s", id);
    snprintf(text, sizeof text, "%s", fields);
    for (char *part = strtok(text, " "); part; part = strtok(NULL, " ")) {
        char *value = strchr(part, '=');
        *value++ = '\0';
        books_set(record, part, value);
    }
}

void books_forget(void)
{
    seen_count = 0;
}

void books_see(struct record *record)
{
    assert_true(seen_count < MOST_RECORDS);
    seen[seen_count++] = record;
}

void books_expect(const struct loads *loads, size_t metal, int64_t grams)
{
    assert_int_equal(loads->kg[metal], grams);
}
