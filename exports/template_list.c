/* What the cells of a template offer to choose from: terms, counties, industries, records. */
#include "exports/template.h"

#include "core/mem.h"
#include "core/region.h"
#include "core/text.h"
#include "db/query.h"

#include <stdlib.h>
#include <string.h>

/* The last rows of a sheet stay free. */
enum { MOST_ENTRIES = 1000000 };

static void add_entry(struct template_list *list, const char *text)
{
    list->entries = mem_grow(list->entries, list->count, &list->capacity, sizeof *list->entries);
    list->entries[list->count++] = mem_text(text);
}

static void add_terms(struct template_list *list, const char *const *terms)
{
    for (; *terms; terms++)
        add_entry(list, *terms);
}

/* ---- records: by their names where these are unique, else by a code ---- */

struct named {
    char *name, *code; /* owned */
    size_t place;
    bool repeated;
};

struct names {
    struct named *items;
    size_t count, capacity;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

static int by_place(const void *a, const void *b)
{
    size_t left = ((const struct named *)a)->place, right = ((const struct named *)b)->place;
    return (left > right) - (left < right);
}

static void mark_repeated(struct names *names)
{
    if (names->count == 0)
        return;
    qsort(names->items, names->count, sizeof *names->items, by_name);
    for (size_t i = 1; i < names->count; i++)
        if (strcmp(names->items[i - 1].name, names->items[i].name) == 0)
            names->items[i - 1].repeated = names->items[i].repeated = true;
    qsort(names->items, names->count, sizeof *names->items, by_place);
}

/* What finds the record when its name does not, as far as a person may know it. */
static void write_code(const struct record *record, struct buffer *out)
{
    static const char *const fields[] = {"uscc", "code", "case_no"};
    for (size_t i = 0; i < COUNT_OF(fields) && out->length == 0; i++)
        buffer_add(out, record_text(record, fields[i]));
    if (out->length == 0)
        buffer_add(out, record->id);
}

static void add_name(struct names *names, const struct record *record, const struct lookup *lookup)
{
    struct buffer name = {0}, code = {0};
    record_name(record, lookup, &name);
    write_code(record, &code);
    names->items = mem_grow(names->items, names->count, &names->capacity, sizeof *names->items);
    names->items[names->count] = (struct named){
        .name = buffer_take(&name), .code = buffer_take(&code), .place = names->count};
    names->count++;
}

static void names_release(struct names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->items[i].name);
        free(names->items[i].code);
    }
    free(names->items);
}

/* `prefix`: only records whose id begins so. */
static bool add_records(struct template_list *list, struct store *store, const struct query *query,
                        const char *prefix, struct error *err)
{
    struct names names = {0};
    struct cursor *cursor;
    const struct record *record = NULL;
    bool ok = cursor_open(&cursor, store, query, err);
    bool opened = ok;
    while (ok && names.count < MOST_ENTRIES && (ok = cursor_next(cursor, &record, err)) && record)
        if (text_starts_with(record->id, prefix))
            add_name(&names, record, store_lookup(store));
    if (opened)
        cursor_close(&cursor);
    mark_repeated(&names);
    for (size_t i = 0; ok && i < names.count; i++)
        add_entry(list, names.items[i].repeated ? names.items[i].code : names.items[i].name);
    names_release(&names);
    return ok;
}

/* Counties of the bureau's own city; of a province's bureau, of the province. */
static bool add_counties(struct template_list *list, struct store *store, struct error *err)
{
    enum { CITY_DIGITS = 4 };
    struct query query = {.reg = reg_find("region"), .where = "level=县 statistical=否"};
    char *prefix = mem_text(store_setting(store, "region"));
    size_t digits = region_prefix(prefix);
    prefix[digits < CITY_DIGITS ? digits : CITY_DIGITS] = '\0';
    bool ok = add_records(list, store, &query, prefix, err);
    free(prefix);
    return ok;
}

static bool fill(struct template_list *list, struct store *store, const struct field *field,
                 struct error *err)
{
    static const char *const truths[] = {"是", "否", NULL};
    struct query query = {.reg = type_target(field) ? reg_find(type_target(field)) : NULL};
    if (field->type == TYPE_REGION)
        return add_counties(list, store, err);
    if (query.reg)
        return add_records(list, store, &query, "", err);
    list->strict = true;
    add_terms(list, field->type == TYPE_BOOL ? truths : field->choices);
    return true;
}

/* Fields with equal sources have equal lists. NULL: nothing is offered; of TYPE_CHOICES several may
 * be written, which a list cannot do. */
static const void *source_of(const struct field *field)
{
    static const char truth[] = "bool";
    if (field->type == TYPE_BOOL)
        return truth;
    if (field->type == TYPE_CHOICE)
        return field->choices;
    return type_target(field) ? reg_find(type_target(field)) : NULL;
}

bool template_find_list(struct template *template, struct store *store, const struct field *field,
                        size_t *found_list, bool *found, struct error *err)
{
    const void *source = source_of(field);
    *found = source != NULL;
    for (*found_list = 0; *found_list < template->list_count; ++*found_list)
        if (template->lists[*found_list].source == source)
            break;
    if (!source)
        return true;
    if (*found_list == template->list_count) {
        template->lists =
            mem_resize(template->lists, template->list_count + 1, sizeof *template->lists);
        template->lists[template->list_count++] =
            (struct template_list){.source = source, .field = field->name};
        if (!fill(&template->lists[*found_list], store, field, err))
            return false;
    }
    *found = template->lists[*found_list].count > 0;
    return true;
}
