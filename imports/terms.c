#include "imports/terms.h"
#include "core/mem.h"
#include "core/text.h"
#include "imports/heading_text.h"

#include <stdlib.h>
#include <string.h>

/* ---- lists ---- */

static void add_term(struct term_list *list, const char *key, size_t field, enum term_grade grade)
{
    if (!*key)
        return;
    list->items = mem_grow(list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] =
        (struct term){.key = mem_text(key), .field = field, .grade = grade};
}

/* By key; of two fields with the same key the surer one, then the one declared first. */
static int compare_terms(const void *a, const void *b)
{
    const struct term *left = a, *right = b;
    int order = strcmp(left->key, right->key);
    if (order)
        return order;
    if (left->grade != right->grade)
        return left->grade < right->grade ? 1 : -1;
    return (left->field > right->field) - (left->field < right->field);
}

static void sort(struct term_list *list)
{
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_terms);
}

/* Leaves out keys that several fields claim. */
static void drop_ambiguous(struct term_list *list)
{
    size_t kept = 0;
    for (size_t i = 0, end; i < list->count; i = end) {
        bool same = true;
        for (end = i + 1; end < list->count && !strcmp(list->items[end].key, list->items[i].key);
             end++)
            same = same && list->items[end].field == list->items[i].field;
        for (size_t j = same ? i + 1 : i; j < end; j++)
            free(list->items[j].key);
        if (same)
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

static void release_list(struct term_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].key);
    free(list->items);
    *list = (struct term_list){0};
}

const struct term *term_list_find(const struct term_list *list, const char *key)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(list->items[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && strcmp(list->items[low].key, key) == 0 ? &list->items[low] : NULL;
}

/* ---- what a register's fields are called ---- */

static void add_loose(struct terms *terms, size_t field, const char *key)
{
    struct buffer loose = {0}, undated = {0};
    heading_text_loosen(key, &loose);
    heading_text_undate(buffer_text(&loose), &undated);
    add_term(&terms->loose, buffer_text(&loose), field, TERM_LOOSE);
    add_term(&terms->loose, buffer_text(&undated), field, TERM_LOOSE);
    buffer_release(&loose);
    buffer_release(&undated);
}

static void add_heading(struct terms *terms, size_t field, const char *words, enum term_grade grade)
{
    struct heading_text text = {0};
    heading_text_read(words, &text);
    add_term(&terms->exact, buffer_text(&text.keys[HEADING_WHOLE]), field, grade);
    add_loose(terms, field, buffer_text(&text.keys[HEADING_WHOLE]));
    add_loose(terms, field, buffer_text(&text.keys[HEADING_BARE]));
    heading_text_release(&text);
}

/* Group and label in either order: "基础排放量/铅", "铅基础排放量". */
static void add_grouped(struct terms *terms, size_t field, const char *group, const char *label)
{
    struct heading_text above = {0}, below = {0};
    struct buffer joined = {0};
    heading_text_read(group, &above);
    heading_text_read(label, &below);
    const char *outer = buffer_text(&above.keys[HEADING_WHOLE]);
    const char *inner = buffer_text(&below.keys[HEADING_WHOLE]);
    buffer_addf(&joined, "%s%s", outer, inner);
    add_term(&terms->exact, joined.text, field, TERM_LABEL);
    add_loose(terms, field, joined.text);
    buffer_clear(&joined);
    buffer_addf(&joined, "%s%s", inner, outer);
    add_loose(terms, field, joined.text);
    buffer_clear(&joined);
    buffer_addf(&joined, "%s%s", buffer_text(&above.keys[HEADING_BARE]), inner);
    add_loose(terms, field, joined.text);
    add_term(&terms->parts, buffer_text(&below.keys[HEADING_LOOSE]), field, TERM_PART);
    buffer_clear(&joined);
    heading_text_undate(buffer_text(&above.keys[HEADING_LOOSE]), &joined);
    add_term(&terms->groups, joined.text, field, TERM_PART);
    buffer_release(&joined);
    heading_text_release(&above);
    heading_text_release(&below);
}

/* What is shown from elsewhere is called as it is there; a field of this register that is called so
 * comes first. */
static void add_shown(struct terms *terms, size_t index, const struct field *field)
{
    const struct reg *target = reg_find(reg_field_find(terms->reg, field->via)->target);
    const struct field *source = reg_field_find(target, field->source);
    add_heading(terms, index, field->label, TERM_ALIAS);
    for (const char *const *alias = source->aliases; alias && *alias; alias++)
        add_heading(terms, index, *alias, TERM_LOOSE);
}

void terms_init(struct terms *terms, const struct reg *reg)
{
    *terms = (struct terms){.reg = reg};
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        /* Under a group a bare label ("铅") would be ambiguous between groups. */
        if (field->via)
            add_shown(terms, walk.index, field);
        else if (field->group)
            add_grouped(terms, walk.index, field->group, field->label);
        else
            add_heading(terms, walk.index, field->label, TERM_LABEL);
        add_term(&terms->exact, field->name, walk.index, TERM_LABEL);
        for (const char *const *alias = field->aliases; alias && *alias; alias++)
            add_heading(terms, walk.index, *alias, TERM_ALIAS);
    }
    sort(&terms->exact);
    sort(&terms->loose);
    sort(&terms->parts);
    sort(&terms->groups);
    drop_ambiguous(&terms->loose);
}

void terms_release(struct terms *terms)
{
    release_list(&terms->exact);
    release_list(&terms->loose);
    release_list(&terms->parts);
    release_list(&terms->groups);
}

enum term_grade terms_find(const struct terms *terms, const char *key, size_t *field)
{
    const struct term *term = *key ? term_list_find(&terms->exact, key) : NULL;
    *field = term ? term->field : *field;
    return term ? term->grade : TERM_NONE;
}

bool terms_find_other(const struct terms *terms, const char *key, size_t not_field, size_t *field)
{
    const struct term *term = term_list_find(&terms->exact, key);
    const struct term *end = terms->exact.items + terms->exact.count;
    for (; term && term < end && strcmp(term->key, key) == 0; term++) {
        if (term->field == not_field)
            continue;
        *field = term->field;
        return true;
    }
    return false;
}

enum term_grade terms_find_loose(const struct terms *terms, const char *key, size_t *field)
{
    const struct term *term = *key ? term_list_find(&terms->loose, key) : NULL;
    if (!term && strstr(key, "年")) {
        struct buffer undated = {0};
        heading_text_undate(key, &undated);
        term = term_list_find(&terms->loose, buffer_text(&undated));
        buffer_release(&undated);
    }
    *field = term ? term->field : *field;
    return term ? TERM_LOOSE : TERM_NONE;
}

bool terms_is_group(const struct terms *terms, const char *key)
{
    struct buffer undated = {0};
    heading_text_undate(key, &undated);
    bool is_group = term_list_find(&terms->groups, buffer_text(&undated)) != NULL;
    buffer_release(&undated);
    return is_group;
}

/* ---- typos ---- */

enum { LONGEST = 32 }; /* characters of a key that is compared by distance */

static size_t decode(const char *key, uint32_t codes[LONGEST])
{
    size_t count = 0;
    for (size_t step; *key && count < LONGEST; key += step)
        codes[count++] = text_decode(key, &step);
    return *key ? 0 : count;
}

static bool holds(const char *set, uint32_t code)
{
    for (size_t step; *set; set += step)
        if (text_decode(set, &step) == code)
            return true;
    return false;
}

static size_t pick(const uint32_t *codes, size_t count, const char *set, uint32_t *picked)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        if (holds(set, codes[i]))
            picked[length++] = codes[i];
    return length;
}

/* Characters of one line tell terms apart: to take one for another is no typo. */
static bool tells_same(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    static const char *const lines[] = {
        "水气土渣",   "起止始终",
        "上中下",     "前后",
        "出入进",     "受让转",
        "经纬",       "大小",
        "新旧原",     "铅汞镉铬砷铊锑铜锌镍锰锡硒氨",
        "年月日时",   "省市州县区乡镇村",
        "0123456789", "有无",
        "总均",       "干湿",
        "内外",
    };
    for (size_t line = 0; line < COUNT_OF(lines); line++) {
        uint32_t own[LONGEST], other[LONGEST];
        size_t own_count = pick(a, a_count, lines[line], own);
        size_t other_count = pick(b, b_count, lines[line], other);
        if (own_count == other_count && memcmp(own, other, own_count * sizeof *own) != 0)
            return false;
    }
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, or more than `most`. */
static size_t distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count,
                       size_t most)
{
    size_t row[LONGEST + 1];
    if ((a_count > b_count ? a_count - b_count : b_count - a_count) > most)
        return most + 1;
    for (size_t j = 0; j <= b_count; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_count; i++) {
        size_t diagonal = row[0], smallest = row[0] = i;
        for (size_t j = 1; j <= b_count; j++) {
            size_t here =
                least(least(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] != b[j - 1]));
            diagonal = row[j];
            row[j] = here;
            smallest = least(smallest, here);
        }
        if (smallest > most)
            return most + 1;
    }
    return row[b_count];
}

/* How many characters of `count` may be wrong; in short words one other character is another word.
 */
static size_t tolerance(size_t count)
{
    return count < 4 ? 0 : count < 8 ? 1 : count < 14 ? 2 : 3;
}

struct nearest {
    size_t distance, field;
    bool unique;
};

static void look_near(const struct term_list *list, const uint32_t *codes, size_t count,
                      const bool *taken, struct nearest *nearest)
{
    for (size_t i = 0; i < list->count; i++) {
        uint32_t other[LONGEST];
        if (taken[list->items[i].field])
            continue;
        size_t length = decode(list->items[i].key, other);
        size_t most = least(nearest->distance, tolerance(length < count ? length : count));
        if (!length || !most)
            continue;
        size_t found = distance(codes, count, other, length, most);
        if (found > most || !tells_same(codes, count, other, length))
            continue;
        bool same = found == nearest->distance && nearest->field == list->items[i].field;
        nearest->unique = found < nearest->distance || (same && nearest->unique);
        nearest->distance = found;
        nearest->field = list->items[i].field;
    }
}

bool terms_find_near(const struct terms *terms, const char *key, const bool *taken, size_t *field)
{
    uint32_t codes[LONGEST];
    struct nearest nearest = {.distance = LONGEST};
    size_t count = decode(key, codes);
    if (!tolerance(count))
        return false;
    look_near(&terms->exact, codes, count, taken, &nearest);
    look_near(&terms->loose, codes, count, taken, &nearest);
    if (nearest.distance == LONGEST || !nearest.unique)
        return false;
    *field = nearest.field;
    return true;
}
