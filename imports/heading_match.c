#include "imports/heading_match.h"
#include "core/text.h"
#include "imports/heading_unit.h"

#include <string.h>

/* What one grade of a term is worth against what is left out to reach it. */
enum { GRADE_WORTH = 10 };

/* ---- levels ---- */

static const char *key_of(const struct heading_text *text, enum heading_variant variant)
{
    return buffer_text(&text->keys[variant]);
}

/* The levels that name something; the unit of the lowest that states one. */
static void read_names(const struct heading_levels *levels, struct heading_levels *names,
                       const char **unit)
{
    *names = (struct heading_levels){0};
    *unit = "";
    for (size_t i = 0; i < levels->count; i++) {
        const struct heading_text *text = levels->texts[i];
        /* A level that is nothing but a unit belongs to the heading over it. */
        if (levels->count > 1 && text->is_unit) {
            *unit = text->unit.length ? text->unit.text : buffer_text(&text->shown);
            continue;
        }
        if (text->unit.length)
            *unit = text->unit.text;
        names->texts[names->count++] = text;
    }
}

static void join(const struct heading_levels *names, size_t first, size_t count,
                 enum heading_variant variant, struct buffer *key)
{
    buffer_clear(key);
    for (size_t i = first; i < first + count; i++)
        buffer_add(key, key_of(names->texts[i], variant));
}

/* ---- one reading of the levels ---- */

/* A year that a heading names and a field's own one must not differ. */
static bool is_other_year(const struct field *field, const char *key)
{
    int asked = heading_text_year(key);
    int own = heading_text_year(field->group ? field->group : field->label);
    return asked && own && asked != own;
}

/* Looks up the levels from `first` on, `count` of them, in each variant. */
static enum term_grade find(const struct terms *terms, const struct heading_levels *names,
                            size_t first, size_t count, struct heading_meaning *meaning)
{
    const struct buffer *word_unit = &names->texts[first + count - 1]->word_unit;
    struct buffer key = {0}, loose = {0};
    enum term_grade grade = TERM_NONE;
    size_t field = 0;
    for (int variant = HEADING_WHOLE; variant < HEADING_SHORT && !grade; variant++) {
        join(names, first, count, (enum heading_variant)variant, &key);
        grade = terms_find(terms, buffer_text(&key), &meaning->field);
        if (grade && terms_find_other(terms, buffer_text(&key), meaning->field, &field))
            meaning->other = (int)field;
    }
    if (word_unit->length) {
        join(names, first, count, HEADING_SHORT, &key);
        enum term_grade without = terms_find(terms, buffer_text(&key), &field);
        meaning->field = grade ? meaning->field : field;
        if (without && field == meaning->field)
            meaning->unit = *meaning->unit ? meaning->unit : word_unit->text;
        grade = grade ? grade : without;
    }
    meaning->is_sure = grade != TERM_NONE;
    meaning->is_free = false;
    if (!grade) {
        join(names, first, count, HEADING_WHOLE, &key);
        for (int variant = HEADING_NAMED_LOOSE; variant <= HEADING_LOOSE && !grade; variant++) {
            join(names, first, count, (enum heading_variant)variant, &loose);
            grade = terms_find_loose(terms, buffer_text(&loose), &meaning->field);
        }
        meaning->is_free = grade != TERM_NONE;
        meaning->is_sure =
            grade && !is_other_year(reg_field(terms->reg, meaning->field), buffer_text(&key));
    }
    buffer_release(&key);
    buffer_release(&loose);
    return grade;
}

/* ---- levels that may be left out ---- */

static bool ends_with_any(const char *key, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_ends_with(key, words[i]))
            return true;
    return false;
}

/* "企业基本情况", "地理坐标", the register's own name, or the word for what every row is. */
static bool is_theme(const struct terms *terms, const struct heading_text *text)
{
    static const char *const words[] = {
        "情况",   "信息", "概况",   "资料", "内容",   "数据",   "指标", "坐标",
        "位置",   "属性", "明细",   "基本", "要素",   "状况",   "特征", "清单",
        "一览表", "台账", "统计表", "档案", "登记表", "汇总表",
    };
    size_t field;
    const char *key = key_of(text, HEADING_BARE);
    if (terms_is_group(terms, key_of(text, HEADING_LOOSE)))
        return false;
    enum term_grade grade = terms_find(terms, key, &field);
    /* "整改情况" is a column of its own in one list and stands over several in another. */
    if (grade)
        return strcmp(reg_field(terms->reg, field)->name, terms->reg->name_field) == 0 ||
               (grade == TERM_ALIAS && text_ends_with(key, "情况"));
    for (size_t i = 0; i < terms->reg->section_count; i++)
        if (text_same(key, terms->reg->sections[i].label))
            return true;
    return ends_with_any(key, words, COUNT_OF(words));
}

/* A last level that only says that something is to be written. */
static bool is_filler(const struct heading_text *text)
{
    static const char *const words[] = {"名称", "姓名", "内容", "具体内容", "情况", "数值", "说明"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(key_of(text, HEADING_BARE), words[i]) == 0)
            return true;
    return false;
}

static void take_better(struct heading_meaning *best, const struct heading_meaning *other)
{
    if (other->quality > best->quality)
        *best = *other;
}

static void match_fewer_levels(const struct terms *terms, const struct heading_levels *names,
                               const char *unit, struct heading_meaning *best)
{
    for (size_t left_out = 0; left_out < names->count; left_out++) {
        struct heading_meaning meaning = {.unit = unit, .other = -1};
        enum term_grade grade = find(terms, names, left_out, names->count - left_out, &meaning);
        if (!grade)
            continue;
        for (size_t i = 0; i < left_out && meaning.is_sure; i++)
            meaning.is_sure = is_theme(terms, names->texts[i]);
        meaning.is_free = meaning.is_free || left_out > 0;
        meaning.quality = (int)grade * GRADE_WORTH - 2 * (int)left_out;
        if (!meaning.is_sure)
            meaning.quality = meaning.quality > 3 * GRADE_WORTH ? GRADE_WORTH / 2 : 1;
        take_better(best, &meaning);
    }
}

static void match_without_filler(const struct terms *terms, const struct heading_levels *names,
                                 const char *unit, struct heading_meaning *best)
{
    struct heading_meaning meaning = {.unit = unit, .other = -1};
    if (names->count < 2 || !is_filler(names->texts[names->count - 1]))
        return;
    enum term_grade grade = find(terms, names, 0, names->count - 1, &meaning);
    meaning.quality = (int)grade * GRADE_WORTH - 3;
    if (grade)
        take_better(best, &meaning);
}

/* ---- a bare label of a group ---- */

/* Whether all characters of `part` occur in `text`, in their order. */
static bool is_drawn_from(const char *part, const char *text)
{
    size_t step, other;
    while (*part) {
        uint32_t code = text_decode(part, &step);
        while (*text && text_decode(text, &other) != code)
            text += other;
        if (!*text)
            return false;
        text += other;
        part += step;
    }
    return true;
}

/* How a group may be told, from the surest to the least sure. */
enum hint { HINT_CONTAINED, HINT_CONTAINS, HINT_DRAWN, HINT_UNIT, HINT_ONLY, HINT__COUNT };

struct part_search {
    const struct terms *terms;
    const char *above; /* key, years apart: of the levels above, or of the lines above */
    bool has_levels;   /* there are levels above */
    const char *unit;
};

static bool hint_holds(const struct part_search *search, enum hint hint, const struct field *field)
{
    enum { LEAST = 3 };
    struct heading_text text = {0};
    struct buffer group = {0};
    heading_text_read(field->group, &text);
    heading_text_undate(key_of(&text, HEADING_LOOSE), &group);
    bool holds = hint == HINT_ONLY;
    bool is_long = text_count(search->above) >= LEAST;
    if (hint == HINT_CONTAINED)
        holds = strstr(search->above, buffer_text(&group)) != NULL;
    else if (hint == HINT_CONTAINS)
        holds = search->has_levels && is_long && strstr(buffer_text(&group), search->above);
    else if (hint == HINT_DRAWN)
        holds = search->has_levels && is_long && is_drawn_from(search->above, buffer_text(&group));
    else if (hint == HINT_UNIT)
        holds = heading_unit_compare(search->unit, field->unit) == HEADING_UNITS_AGREE;
    heading_text_release(&text);
    buffer_release(&group);
    return holds;
}

/* The one field among those with the label for which the hint holds. */
static bool find_part(const struct part_search *search, const struct term *first, enum hint hint,
                      size_t *field)
{
    const struct term_list *parts = &search->terms->parts;
    size_t count = 0;
    for (const struct term *term = first;
         term < parts->items + parts->count && strcmp(term->key, first->key) == 0; term++) {
        if (!hint_holds(search, hint, reg_field(search->terms->reg, term->field)))
            continue;
        *field = term->field;
        count++;
    }
    return count == 1;
}

static void match_part(const struct terms *terms, const char *title,
                       const struct heading_levels *names, const char *unit,
                       struct heading_meaning *best)
{
    const struct term *first =
        term_list_find(&terms->parts, key_of(names->texts[names->count - 1], HEADING_LOOSE));
    if (!first)
        return;
    struct buffer joined = {0}, above = {0};
    join(names, 0, names->count - 1, HEADING_BARE, &joined);
    struct part_search search = {.terms = terms, .has_levels = names->count > 1, .unit = unit};
    heading_text_undate(search.has_levels ? buffer_text(&joined) : title, &above);
    search.above = buffer_text(&above);
    for (int hint = 0; hint < HINT__COUNT; hint++) {
        struct heading_meaning meaning = {.unit = unit, .other = -1, .is_free = true};
        if (!find_part(&search, first, (enum hint)hint, &meaning.field))
            continue;
        /* "编号" alone may be that of anything, "开工日期" less so. */
        bool by_name = hint == HINT_CONTAINED || hint == HINT_CONTAINS;
        bool by_itself = !search.has_levels && (hint == HINT_UNIT || text_count(first->key) >= 3);
        meaning.is_sure = (by_name || by_itself) &&
                          !is_other_year(reg_field(terms->reg, meaning.field),
                                         search.has_levels ? buffer_text(&joined) : title);
        meaning.quality = (int)TERM_PART * GRADE_WORTH - hint;
        take_better(best, &meaning);
        break;
    }
    buffer_release(&joined);
    buffer_release(&above);
}

/* ---- all together ---- */

/* A unit of another dimension than the field's: the column holds something else. */
static void weigh_unit(const struct terms *terms, struct heading_meaning *meaning)
{
    enum heading_units units =
        heading_unit_compare(meaning->unit, reg_field(terms->reg, meaning->field)->unit);
    bool same = units == HEADING_UNITS_AGREE;
    if (units == HEADING_UNITS_UNKNOWN)
        return;
    meaning->units = same ? 1 : -1;
    meaning->is_sure = meaning->is_sure && same;
}

void heading_match(const struct terms *terms, const char *title,
                   const struct heading_levels *levels, struct heading_meaning *meaning)
{
    struct heading_levels names;
    const char *unit;
    read_names(levels, &names, &unit);
    *meaning = (struct heading_meaning){.unit = unit, .other = -1};
    if (!names.count)
        return;
    match_fewer_levels(terms, &names, unit, meaning);
    match_without_filler(terms, &names, unit, meaning);
    match_part(terms, title, &names, unit, meaning);
    if (meaning->quality)
        weigh_unit(terms, meaning);
}

bool heading_match_near(const struct terms *terms, const struct heading_levels *levels,
                        const bool *taken, size_t *field)
{
    static const enum heading_variant variants[] = {HEADING_WHOLE, HEADING_NAMED, HEADING_BARE,
                                                    HEADING_LOOSE};
    struct heading_levels names;
    const char *unit;
    struct buffer key = {0};
    bool found = false;
    read_names(levels, &names, &unit);
    for (size_t first = 0; first < names.count && !found; first++) {
        for (size_t i = 0; i < COUNT_OF(variants) && !found; i++) {
            join(&names, first, names.count - first, variants[i], &key);
            found = terms_find_near(terms, buffer_text(&key), taken, field);
        }
    }
    buffer_release(&key);
    return found;
}

void heading_match_text(const struct heading_levels *levels, struct buffer *text)
{
    for (size_t i = 0; i < levels->count; i++)
        buffer_addf(text, "%s%s", i ? "/" : "", buffer_text(&levels->texts[i]->shown));
}
