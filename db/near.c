#include "db/near.h"
#include "core/csv.h"
#include "core/mem.h"
#include "core/region.h"
#include "core/text.h"
#include "db/internal.h"
#include "db/resource.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_NAMES = 200000,
    MOST_ASKED = 2000, /* in one change, of registers that are no reference */
    COMMON_LEAST = ALIKE_EQUAL / 2,
};

struct entry {
    size_t id, name, folded, brief; /* offsets in the text of the table */
    uint64_t mask;
};

/* The names of one register, by id. */
struct names {
    bool is_read;
    char batch[RECORD_ID_SIZE]; /* in which they were read; "" outside */
    struct buffer text;         /* each with a NUL behind it; "" at its beginning */
    struct entry *entries;      /* owned */
    size_t count, capacity;
};

/* A county as it was called before a change, or its code of then. */
struct former {
    char *code, *folded, *now; /* owned */
};

struct near {
    struct names *names; /* by register index */
    char batch[RECORD_ID_SIZE];
    int64_t asked; /* in this batch */
    bool has_former;
    struct former *former;
    size_t former_count, former_capacity;
};

static void names_clear(struct names *names)
{
    buffer_release(&names->text);
    free(names->entries);
    *names = (struct names){.is_read = false};
}

void near_forget(struct store *store)
{
    struct near *near = store->near;
    if (!near)
        return;
    store->near = NULL;
    for (size_t i = 0; i < register_count; i++)
        names_clear(&near->names[i]);
    for (size_t i = 0; i < near->former_count; i++) {
        free(near->former[i].code);
        free(near->former[i].folded);
        free(near->former[i].now);
    }
    free(near->former);
    free(near->names);
    free(near);
}

static struct near *near_of(struct store *store)
{
    if (!store->near) {
        store->near = mem_new(1, sizeof *store->near);
        store->near->names = mem_new(register_count, sizeof *store->near->names);
    }
    return store->near;
}

/* ---- reading the names ---- */

static size_t add_text(struct names *names, const char *text)
{
    size_t at = names->text.length;
    buffer_add_bytes(&names->text, text, strlen(text) + 1);
    return at;
}

static void add_entry(struct names *names, const char *id, const char *name, bool shortens)
{
    struct buffer folded = {0}, brief = {0}, brief_folded = {0};
    alike_fold(name, &folded);
    if (shortens)
        region_shorten(name, &brief);
    alike_fold(buffer_text(&brief), &brief_folded);
    names->entries =
        mem_grow(names->entries, names->count, &names->capacity, sizeof *names->entries);
    struct entry *entry = &names->entries[names->count++];
    entry->id = add_text(names, id);
    entry->name = add_text(names, name);
    entry->folded = add_text(names, buffer_text(&folded));
    entry->brief = add_text(names, buffer_text(&brief_folded));
    entry->mask = alike_mask(buffer_text(&folded));
    buffer_release(&folded);
    buffer_release(&brief);
    buffer_release(&brief_folded);
}

static bool read_names(struct store *store, const struct reg *reg, struct names *names,
                       struct error *err)
{
    bool is_region = strcmp(reg->name, "region") == 0, row = false;
    struct buffer sql = {0};
    sqlite3_stmt *select;
    names_clear(names);
    buffer_add(&sql, "SELECT t.id, ");
    rows_readable_expression(reg, reg_field_find(reg, reg->name_field), &sql);
    buffer_addf(&sql, " FROM \"%s\" AS t WHERE t.deleted = 0%s ORDER BY t.id LIMIT %d", reg->name,
                is_region ? " AND t.level <> '乡' AND t.statistical = 0" : "", MOST_NAMES);
    bool ok = sql_cached(store, sql.text, &select, err);
    buffer_release(&sql);
    if (!ok)
        return false;
    while ((ok = sql_step(select, &row, err)) && row) {
        const char *name = sql_column_text(select, 1);
        if (*name)
            add_entry(names, sql_column_text(select, 0), name, is_region);
    }
    sqlite3_reset(select);
    names->is_read = ok;
    if (store->in_batch)
        memcpy(names->batch, store->batch.id, sizeof names->batch);
    return ok;
}

/* Names of reference data stay; others are read once in a change, and anew outside of one. */
static bool names_of(struct store *store, const struct reg *reg, struct names **out,
                     struct error *err)
{
    struct names *names = *out = &near_of(store)->names[reg_index(reg)];
    bool holds = (reg->flags & REG_REFERENCE) ||
                 (store->in_batch && strcmp(names->batch, store->batch.id) == 0);
    return (names->is_read && holds) || read_names(store, reg, names, err);
}

/* ---- the names most like a text ---- */

/* Keeps the best, of equal ones the one that comes first. */
static void keep_match(struct near_match matches[NEAR_MOST], size_t *count, struct near_match match)
{
    size_t at = *count;
    while (at > 0 && matches[at - 1].score < match.score)
        at--;
    if (at == NEAR_MOST)
        return;
    *count += *count < NEAR_MOST;
    for (size_t i = *count - 1; i > at; i--)
        matches[i] = matches[i - 1];
    matches[at] = match;
}

static void match_names(const struct names *names, const char *folded, const char *prefix,
                        size_t least_id, struct near_match matches[NEAR_MOST], size_t *count)
{
    uint64_t mask = alike_mask(folded);
    int bits = __builtin_popcountll(mask);
    *count = 0;
    for (size_t i = 0; i < names->count; i++) {
        const struct entry *entry = &names->entries[i];
        const char *id = names->text.text + entry->id;
        /* What has few characters in common is not worth being compared. */
        if (2 * __builtin_popcountll(mask & entry->mask) < bits || !text_starts_with(id, prefix) ||
            strlen(id) < least_id)
            continue;
        int score = alike_score(names->text.text + entry->folded, folded);
        if (score >= COMMON_LEAST)
            keep_match(matches, count,
                       (struct near_match){
                           .id = id, .name = names->text.text + entry->name, .score = score});
    }
}

static bool may_ask(struct store *store, const struct reg *reg)
{
    struct near *near = near_of(store);
    if (reg->flags & REG_REFERENCE || !store->in_batch)
        return true;
    if (strcmp(near->batch, store->batch.id) != 0) {
        near->asked = 0;
        memcpy(near->batch, store->batch.id, sizeof near->batch);
    }
    return near->asked++ < MOST_ASKED;
}

bool near_find(struct store *store, const char *target, const char *text,
               struct near_match matches[NEAR_MOST], size_t *count, struct error *err)
{
    enum { CODE = 6, CITY = 4, PROVINCE = 2 };
    const struct reg *reg = reg_find(target);
    bool is_region = strcmp(target, "region") == 0;
    struct buffer folded = {0};
    struct names *names;
    *count = 0;
    if (!may_ask(store, reg))
        return true;
    if (!names_of(store, reg, &names, err))
        return false;
    alike_fold(text, &folded);
    if (is_region) {
        char own[CODE + 1] = "";
        strncpy(own, store_setting(store, "region"), CODE);
        for (size_t length = CITY; *count == 0 && length >= PROVINCE; length -= 2) {
            own[length] = '\0';
            match_names(names, buffer_text(&folded), own, CODE, matches, count);
        }
    } else {
        match_names(names, buffer_text(&folded), "", 0, matches, count);
    }
    buffer_release(&folded);
    return true;
}

/* ---- counties ---- */

static bool read_former(struct near *near, struct error *err)
{
    struct buffer text = {0};
    struct csv csv;
    if (near->has_former)
        return true;
    if (!resource_read("base/former_region.csv", &text, err)) {
        buffer_release(&text);
        return false;
    }
    csv_init(&csv, text.text);
    csv_next(&csv); /* the heading */
    while (csv_next(&csv)) {
        struct buffer folded = {0};
        alike_fold(csv_cell(&csv, 1), &folded);
        near->former = mem_grow(near->former, near->former_count, &near->former_capacity,
                                sizeof *near->former);
        near->former[near->former_count++] = (struct former){.code = mem_text(csv_cell(&csv, 0)),
                                                             .folded = buffer_take(&folded),
                                                             .now = mem_text(csv_cell(&csv, 2))};
    }
    buffer_release(&text);
    near->has_former = true;
    return true;
}

/* What follows the name of a province or city at the front of `text`, in full or short; NULL when
 * it does not stand there. */
static const char *skip_area(const char *text, const char *name)
{
    enum { TWO_CHARACTERS = 6 };
    static const char *const endings[] = {"省", "自治区", "市", "自治州", "地区", "盟", "州"};
    size_t same = 0;
    while (name[same] && name[same] == text[same])
        same++;
    while (same > 0 && ((unsigned char)text[same] & 0xC0) == 0x80)
        same--;
    if (same < TWO_CHARACTERS)
        return NULL;
    text += same;
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (text_starts_with(text, endings[i]))
            return text + strlen(endings[i]);
    return text;
}

/* The one county that was found; `several` when there is another. */
struct county {
    const char *code;
    bool several;
};

static void take_county(struct county *county, const char *code)
{
    county->several = county->several || (county->code && strcmp(county->code, code) != 0);
    county->code = code;
}

/* Counties of `area` (a prefix of codes) called `folded` now or formerly. */
static void find_within(const struct near *near, const struct names *names, const char *area,
                        const char *folded, struct county *county)
{
    enum { CODE = 6 };
    struct buffer brief = {0};
    region_shorten(folded, &brief);
    for (size_t i = 0; i < names->count; i++) {
        const struct entry *entry = &names->entries[i];
        const char *id = names->text.text + entry->id;
        if (strlen(id) == CODE && text_starts_with(id, area) &&
            (strcmp(names->text.text + entry->folded, folded) == 0 ||
             strcmp(names->text.text + entry->brief, buffer_text(&brief)) == 0))
            take_county(county, id);
    }
    for (size_t i = 0; i < near->former_count; i++)
        if (text_starts_with(near->former[i].now, area) &&
            strcmp(near->former[i].folded, folded) == 0)
            take_county(county, near->former[i].now);
    buffer_release(&brief);
}

/* "广东省清远市清城区", "清远清城": province and city may each be left out, not both. */
static void find_behind_areas(struct store *store, const struct names *names, const char *folded,
                              struct county *county)
{
    enum { CITY = 4 };
    const char *province = "";
    for (size_t i = 0; i < names->count; i++) {
        const char *id = names->text.text + names->entries[i].id;
        const char *name = names->text.text + names->entries[i].folded;
        if (strlen(id) > CITY)
            continue;
        const char *rest = folded;
        if (strlen(id) < CITY) {
            province = name;
        } else {
            const char *behind = skip_area(folded, province);
            rest = behind ? behind : folded;
        }
        rest = skip_area(rest, name);
        if (rest && *rest)
            find_within(store->near, names, id, rest, county);
    }
}

/* Folds "广东省/清远市/清城区" without its divisions. */
static void add_undivided(const char *text, struct buffer *out)
{
    struct buffer folded = {0};
    alike_fold(text, &folded);
    for (const char *c = buffer_text(&folded); *c; c++)
        if (!strchr("/|>\\", *c))
            buffer_add_char(out, *c);
    buffer_release(&folded);
}

bool near_county(struct store *store, const char *text, struct buffer *code, bool *found,
                 struct error *err)
{
    struct near *near = near_of(store);
    struct names *names;
    struct county county = {NULL, false};
    struct buffer folded = {0};
    *found = false;
    if (!names_of(store, reg_find("region"), &names, err) || !read_former(near, err))
        return false;
    add_undivided(text, &folded);
    for (size_t i = 0; i < near->former_count; i++)
        if (strcmp(near->former[i].code, text) == 0 ||
            strcmp(near->former[i].folded, buffer_text(&folded)) == 0)
            take_county(&county, near->former[i].now);
    if (!county.code)
        find_behind_areas(store, names, buffer_text(&folded), &county);
    buffer_release(&folded);
    *found = county.code && !county.several;
    if (*found)
        buffer_add(code, county.code);
    return true;
}
