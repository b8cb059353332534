#include "core/judge_limit.h"
#include "core/decimal.h"
#include "core/facts.h"
#include "core/rules/reading.h"
#include "core/text.h"

#include <ctype.h>
#include <string.h>

#define WORKSHOP  "车间或生产设施废水排放口"
#define DISCHARGE "直接排放|间接排放|特别排放"
#define QUALITY   "水质"
#define SOIL      "风险筛选值|风险管制值"
#define FARMLAND  "水田|水旱轮作|果园|其他"
#define BUILDING  "第一类用地|第二类用地"

/* GB 8978, 第一类污染物: judged where the water leaves the workshop, before it is diluted. */
#define FIRST_CLASS "铊|汞|镉|铬|六价铬|砷|铅|镍|铍|银"

/* Which limits concern a point: those of these categories whose place of monitoring begins so (one
 * that names no place fits everywhere). The first line that fits holds. */
static const struct scope {
    const char *point, *categories, *place;
    const char *land_uses;  /* NULL: any */
    enum standing standing; /* STANDS_VERIFIED: it applies */
} scopes[] = {
    {WORKSHOP, DISCHARGE, "车间", NULL, STANDS_VERIFIED},
    {"废水总排放口", DISCHARGE, "废水总排放口", NULL, STANDS_VERIFIED},
    {"废水总排放口", DISCHARGE, "企业废水总排放口", NULL, STANDS_VERIFIED},
    {"废水总排放口", DISCHARGE, "车间", NULL, STANDS_ELSEWHERE},
    {"雨水排放口", DISCHARGE, "车间", NULL, STANDS_ELSEWHERE},
    {"矿井（硐）涌水", DISCHARGE, "车间", NULL, STANDS_REFERENCE},
    {"渗滤液", DISCHARGE, "车间", NULL, STANDS_REFERENCE},
    {"饮用水水源地", QUALITY, "水源地", NULL, STANDS_VERIFIED},
    {"饮用水水源地", QUALITY, "监测断面", NULL, STANDS_REFERENCE},
    {"地表水断面", QUALITY, "监测断面", NULL, STANDS_VERIFIED},
    {"地表水断面", QUALITY, "水源地", NULL, STANDS_REFERENCE},
    {"地下水井", QUALITY, "监测井", NULL, STANDS_VERIFIED},
    {"生活饮用水", QUALITY, "出厂水", NULL, STANDS_VERIFIED},
    {"农田灌溉水", QUALITY, "灌溉", NULL, STANDS_VERIFIED},
    {"土壤", SOIL, "耕作层", FARMLAND, STANDS_VERIFIED},
    {"土壤", SOIL, "表层", BUILDING, STANDS_VERIFIED},
};

bool limit_is_expected(const char *point)
{
    for (size_t i = 0; i < COUNT_OF(scopes); i++)
        if (strcmp(scopes[i].point, point) == 0)
            return true;
    return false;
}

bool limit_is_building(const char *land_use)
{
    return land_use && record_is_alternative(BUILDING, land_use);
}

/* Whether the point lets out waste water. */
static bool is_outlet(const char *point)
{
    for (size_t i = 0; i < COUNT_OF(scopes); i++)
        if (strcmp(scopes[i].point, point) == 0)
            return strcmp(scopes[i].categories, DISCHARGE) == 0;
    return false;
}

static bool is_first_class_elsewhere(const struct limit_search *search)
{
    return strcmp(search->point, WORKSHOP) != 0 && is_outlet(search->point) &&
           record_is_alternative(FIRST_CLASS, search->factor);
}

/* ---- does a limit concern the sample? ---- */

static bool fits_scope(const struct scope *scope, const struct limit_search *search,
                       const struct record *limit)
{
    const char *place = read_text(limit, "point");
    return strcmp(scope->point, search->point) == 0 &&
           read_is(limit, "category", scope->categories) &&
           (!place || text_starts_with(place, scope->place)) &&
           (!scope->land_uses || !search->land_use ||
            record_is_alternative(scope->land_uses, search->land_use));
}

/* A sample of which nobody says where it was taken counts as taken where the limit is monitored;
 * of soil one has to know. */
static bool find_standing(const struct limit_search *search, const struct record *limit,
                          enum standing *standing)
{
    const char *place = read_text(limit, "point");
    *standing = STANDS_VERIFIED;
    if (!search->point)
        return !read_is(limit, "category", SOIL);
    for (size_t i = 0; i < COUNT_OF(scopes); i++) {
        if (fits_scope(&scopes[i], search, limit)) {
            *standing = scopes[i].standing;
            return true;
        }
    }
    return place && text_same(place, search->point);
}

/* Dates are written so that their order is that of their texts. */
static bool is_in_force(const struct limit_search *search, const struct record *limit)
{
    const char *from = read_text(limit, "from_on"), *to = read_text(limit, "to_on");
    return !search->sampled_on || ((!from || strcmp(from, search->sampled_on) <= 0) &&
                                   (!to || strcmp(search->sampled_on, to) <= 0));
}

static bool is_of_region(const struct limit_search *search, const struct record *limit)
{
    const char *region = read_text(limit, "region");
    return !region || search->standard || text_starts_with(search->context->jurisdiction, region);
}

static void pack(const char *text, struct buffer *out)
{
    for (; *text; text++)
        if (*text != ' ')
            buffer_add_char(out, (char)toupper((unsigned char)*text));
}

/* Where in `text` a standard's number ends; NULL when it does not name it: "GB 25466-2010 修改单"
 * names "GB 25466", but not "GB 254". Both are packed. */
static const char *find_number(const char *text, const char *number)
{
    size_t length = strlen(number);
    for (const char *at = text; length && (at = strstr(at, number)); at++)
        if (!isdigit((unsigned char)at[length]))
            return at + length;
    return NULL;
}

/* Whether what was typed names the limit's standard; of an edition it must be the same. */
static bool names(const char *typed, const struct record *limit, bool with_edition)
{
    enum { YEAR_DIGITS = 4 };
    const char *standard = read_text(limit, "standard"), *edition = read_text(limit, "edition");
    struct buffer all = {0}, one = {0};
    pack(typed, &all);
    pack(standard ? standard : "", &one);
    const char *end = find_number(buffer_text(&all), buffer_text(&one));
    bool same = end != NULL;
    if (same && with_edition && edition && *end == '-' &&
        strspn(end + 1, "0123456789") == YEAR_DIGITS)
        same = strncmp(end + 1, edition, YEAR_DIGITS) == 0;
    buffer_release(&all);
    buffer_release(&one);
    return same;
}

/* "DB41/777-2013 铅冶炼废水" names a trade of the standard as well. */
static bool names_trade(const struct limit_search *search, const struct record *limit)
{
    const char *typed = search->standard ? search->standard : buffer_text(&search->executed);
    const char *trade = read_text(limit, "applies_to");
    return trade && strstr(typed, trade) && names(typed, limit, false);
}

/* Of waste water: the outlet's own standard, and the kind of discharge. */
static bool fits_discharge(const struct limit_search *search, const struct record *limit,
                           enum standing *standing)
{
    bool is_special = read_is(limit, "category", "特别排放");
    if (!read_is(limit, "category", DISCHARGE))
        return true;
    if (search->executed.length && !names(search->executed.text, limit, false))
        return false;
    if (read_is(limit, "category", "间接排放") && !search->piped)
        return false;
    bool is_indirect = search->piped && read_is(limit, "category", "直接排放") && search->point &&
                       strcmp(search->point, WORKSHOP) != 0;
    const char *executed = search->standard ? search->standard : buffer_text(&search->executed);
    bool is_elsewhere = is_special && !strstr(executed, "特别");
    if (*standing == STANDS_VERIFIED && (is_indirect || is_elsewhere))
        *standing = STANDS_REFERENCE;
    return true;
}

/* Of soil: above the one, up to the other; 5.5 belongs to the band that ends with it. */
static bool fits_ph(struct limit_search *search, const struct record *limit)
{
    int64_t above, upto, ph;
    bool has_above = read_integer(limit, "ph_above", &above);
    bool has_upto = read_integer(limit, "ph_upto", &upto);
    if (!has_above && !has_upto)
        return true;
    if (!read_integer(search->sample, "soil_ph", &ph)) {
        search->lacks_ph = true;
        return false;
    }
    return (!has_above || ph > above) && (!has_upto || ph <= upto);
}

/* ---- collecting ---- */

void limit_write_number(const struct record *limit, struct buffer *out)
{
    buffer_add(out, read_is_filled(limit, "standard") ? read_text(limit, "standard") : "");
    if (read_is_filled(limit, "edition"))
        buffer_addf(out, "-%s", read_text(limit, "edition"));
}

/* Whether it belongs to the standard and edition of that number. */
static bool is_of(const struct record *limit, const struct buffer *number)
{
    struct buffer own = {0};
    limit_write_number(limit, &own);
    bool same = number->length && strcmp(buffer_text(&own), number->text) == 0;
    buffer_release(&own);
    return same;
}

/* " pH≤5.5", " 5.5<pH≤6.5", " pH>7.5": else the lines of GB 15618 look the same. */
static void write_band(const struct record *limit, struct buffer *out)
{
    struct buffer above = {0}, upto = {0};
    record_format(limit, "ph_above", &above);
    record_format(limit, "ph_upto", &upto);
    if (above.length && upto.length)
        buffer_addf(out, " %s<pH≤%s", above.text, upto.text);
    else if (above.length)
        buffer_addf(out, " pH>%s", above.text);
    else if (upto.length)
        buffer_addf(out, " pH≤%s", upto.text);
    buffer_release(&above);
    buffer_release(&upto);
}

/* "GB 25466-2010 铅、锌工业废水 直接排放" */
static void write_name(const struct record *limit, struct buffer *out)
{
    static const char *const parts[] = {"applies_to", "category", "grade", "land_use"};
    limit_write_number(limit, out);
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (read_is_filled(limit, parts[i]))
            buffer_addf(out, " %s", read_text(limit, parts[i]));
    write_band(limit, out);
}

static bool is_stricter(const struct limit_found *kept, const struct measure *value)
{
    int64_t mine, other;
    return !kept->found || (measure_align(value, &kept->value, &mine, &other) && mine < other);
}

/* Makes room for another limit; the caller writes its name. */
static void replace(struct limit_found *kept, const struct measure *value, bool verified,
                    bool discharge)
{
    kept->found = true;
    kept->verified = verified;
    kept->discharge = discharge;
    kept->value = *value;
    buffer_clear(&kept->name);
    buffer_clear(&kept->number);
    buffer_clear(&kept->place);
    buffer_clear(&kept->trade);
}

static bool can_compare(struct limit_search *search, const struct measure *value)
{
    int64_t mine, other;
    bool ok = !*search->measure.unit || measure_align(&search->measure, value, &mine, &other);
    search->other_unit = search->other_unit || !ok;
    return ok;
}

/* For a class of water that the sample does not name: the third is what most waters are to be. */
static bool fits_grade(const struct record *limit, enum standing *standing)
{
    if (!read_is_filled(limit, "grade"))
        return true;
    *standing = STANDS_REFERENCE;
    return read_is(limit, "grade", "Ⅲ");
}

/* "0.3 mg/kg": a unit that is not known compares with nothing. */
static bool read_amount(const struct record *record, const char *field, int scale, const char *unit,
                        struct measure *value)
{
    int64_t number;
    char digits[DECIMAL_TEXT_SIZE];
    struct buffer text = {0};
    if (!unit || !read_integer(record, field, &number))
        return false;
    decimal_format(number, scale, digits);
    buffer_addf(&text, "%s %s", digits, unit);
    bool ok = measure_parse(text.text, NULL, value, NULL);
    buffer_release(&text);
    return ok;
}

struct collecting {
    struct limit_search *search;
    const char *land_use; /* only limits of this use, or of none; NULL: any */
    bool has_use;         /* there is one that names it */
};

static bool fits_use(struct collecting *collecting, const struct record *limit)
{
    const char *use = read_text(limit, "land_use");
    bool is_same = use && collecting->land_use && strcmp(use, collecting->land_use) == 0;
    collecting->has_use = collecting->has_use || is_same;
    return !use || !collecting->land_use || is_same;
}

/* Whether the limit concerns the sample, whatever its value. */
static enum standing find_concern(struct collecting *collecting, const struct record *limit)
{
    struct limit_search *search = collecting->search;
    enum standing standing;
    if (search->standard && !names(search->standard, limit, true))
        return STANDS_NOT_STANDARD;
    if (is_of(limit, &search->settled) && !names_trade(search, limit))
        return STANDS_NOT_STANDARD;
    if (!find_standing(search, limit, &standing))
        return STANDS_NOT_POINT;
    if (!is_in_force(search, limit))
        return STANDS_NOT_DATE;
    if (!is_of_region(search, limit))
        return STANDS_NOT_REGION;
    if (!fits_discharge(search, limit, &standing))
        return STANDS_NOT_STANDARD;
    bool is_other_grade = !fits_grade(limit, &standing);
    if (!fits_use(collecting, limit))
        return STANDS_NOT_USE;
    if (!fits_ph(search, limit))
        return STANDS_NOT_PH;
    if (is_other_grade)
        return STANDS_NOT_GRADE;
    return standing == STANDS_VERIFIED && !read_is(limit, "state", "已核") ? STANDS_UNVERIFIED
                                                                           : standing;
}

/* What the limit is worth; `value` is that of the row, as far as anybody wants to know it. */
static enum standing rank(struct collecting *collecting, const struct record *limit,
                          struct measure *value)
{
    struct limit_search *search = collecting->search;
    enum standing standing = find_concern(collecting, limit);
    bool concerns = standing <= STANDS_NOT_GRADE;
    bool is_read = (concerns || search->sees_all) &&
                   read_amount(limit, "value", DECIMAL_MAX_SCALE, read_text(limit, "unit"), value);
    if (!is_read)
        *value = (struct measure){.qualifier = '\0'};
    if (concerns && !is_read)
        return STANDS_NOT_VALUE;
    return concerns && !can_compare(search, value) ? STANDS_NOT_UNIT : standing;
}

static void show(const struct limit_search *search, const struct record *limit,
                 enum standing standing, const struct measure *value)
{
    bool is_other_grade = standing == STANDS_NOT_GRADE;
    struct buffer name = {0};
    if (!search->see || (standing >= STANDING__COUNT && !is_other_grade && !search->sees_all))
        return;
    write_name(limit, &name);
    search->see(search->data, &(struct limit_seen){.limit = limit,
                                                   .standing = is_other_grade && !search->sees_all
                                                                   ? STANDS_REFERENCE
                                                                   : standing,
                                                   .value = value,
                                                   .name = buffer_text(&name)});
    buffer_release(&name);
}

static void keep(struct limit_found *kept, const struct record *limit, const struct measure *value)
{
    replace(kept, value, read_is(limit, "state", "已核"), read_is(limit, "category", DISCHARGE));
    write_name(limit, &kept->name);
    limit_write_number(limit, &kept->number);
    buffer_add(&kept->place, read_is_filled(limit, "point") ? read_text(limit, "point") : "");
    buffer_add(&kept->trade,
               read_is_filled(limit, "applies_to") ? read_text(limit, "applies_to") : "");
}

static bool take_limit(void *data, const struct record *limit)
{
    struct collecting *collecting = data;
    struct limit_search *search = collecting->search;
    struct measure value;
    enum standing standing = rank(collecting, limit, &value);
    show(search, limit, standing, &value);
    if (standing != STANDS_NOT_STANDARD && standing < search->nearest)
        search->nearest = standing;
    if (standing >= STANDING__COUNT)
        return true;
    struct limit_found *kept = read_is(limit, "category", "风险管制值") ? &search->control[standing]
                                                                        : &search->best[standing];
    if (!is_stricter(kept, &value))
        return true;
    keep(kept, limit, &value);
    return true;
}

/* Shows `visit` every limit of the factor: 总铊 and 铊 are the same. */
static void each_limit(const struct limit_search *search, facts_visitor *visit, void *data)
{
    struct buffer total = {0};
    buffer_addf(&total, "总%s", search->factor);
    const char *const spellings[] = {search->factor, buffer_text(&total)};
    for (size_t i = 0; i < COUNT_OF(spellings); i++)
        facts_each(search->context,
                   &(struct facts_query){.reg = "limit", .field = "factor", .value = spellings[i]},
                   visit, data);
    buffer_release(&total);
}

/* Whether a limit named the land use (true also when none is asked for). */
static bool collect(struct limit_search *search, const char *land_use)
{
    struct collecting collecting = {.search = search, .land_use = land_use};
    each_limit(search, take_limit, &collecting);
    return !land_use || collecting.has_use;
}

static bool find_trade(void *data, const struct record *limit)
{
    struct limit_search *search = data;
    if (names_trade(search, limit))
        limit_write_number(limit, &search->settled);
    return !search->settled.length;
}

static bool take_rival(void *data, const struct record *limit)
{
    struct collecting *collecting = data;
    struct limit_search *search = collecting->search;
    const struct limit_found *best = &search->best[STANDS_VERIFIED];
    struct limit_found *rival = &search->rival;
    struct measure value;
    int64_t mine, other;
    const char *trade = read_text(limit, "applies_to"), *kind = read_text(limit, "category");
    bool is_rival = trade && kind && best->trade.length && strcmp(trade, best->trade.text) != 0 &&
                    is_of(limit, &best->number) && strstr(best->name.text, kind) &&
                    rank(collecting, limit, &value) == STANDS_VERIFIED;
    const struct limit_found *least = rival->found ? rival : best;
    if (is_rival && measure_align(&value, &least->value, &mine, &other) && mine > other)
        keep(rival, limit, &value);
    return true;
}

/* GB 15618: a use without a line of its own is 其他; where rice and other crops take turns, the
 * stricter of both holds. */
static void collect_soil(struct limit_search *search)
{
    static const char *const rotated[] = {"水田", "其他"};
    if (strcmp(search->land_use, "水旱轮作") == 0) {
        for (size_t i = 0; i < COUNT_OF(rotated); i++)
            collect(search, rotated[i]);
    } else if (!collect(search, search->land_use) &&
               record_is_alternative(FARMLAND, search->land_use)) {
        collect(search, "其他");
    }
}

/* ---- what the outlet and the profile say ---- */

/* A limit that the permit or the profile gives this outlet itself. */
static void take_own(struct limit_search *search, const struct record *record,
                     const struct measure *value, const char *what)
{
    bool verified = read_is(record, "limit_state", "已核");
    enum standing standing = is_first_class_elsewhere(search) ? STANDS_ELSEWHERE
                             : verified                       ? STANDS_VERIFIED
                                                              : STANDS_UNVERIFIED;
    struct limit_found *kept = &search->best[standing];
    if (search->standard || !*value->unit || !can_compare(search, value) ||
        !is_stricter(kept, value))
        return;
    replace(kept, value, verified, true);
    if (read_is_filled(record, "standard_no"))
        buffer_addf(&kept->name, "%s，", read_text(record, "standard_no"));
    buffer_add(&kept->name, what);
}

static void take_executed(struct limit_search *search, const struct record *record)
{
    if (!search->standard && !search->executed.length && read_is_filled(record, "standard_no"))
        buffer_add(&search->executed, read_text(record, "standard_no"));
}

static bool take_outlet(void *data, const struct record *outlet)
{
    struct limit_search *search = data;
    const char *text = read_text(outlet, "limit_value");
    struct measure value;
    take_executed(search, outlet);
    search->piped = read_is(outlet, "fate", "纳管");
    if (text && read_is(outlet, "limit_factor", search->factor) &&
        measure_parse(text, NULL, &value, NULL))
        take_own(search, outlet, &value, "排放口档案的限值");
    return false;
}

static bool take_profile(void *data, const struct record *profile)
{
    enum { PROFILE_SCALE = 6 };
    struct limit_search *search = data;
    struct measure value;
    take_executed(search, profile);
    if (read_amount(profile, "thallium_limit", PROFILE_SCALE, "mg/L", &value))
        take_own(search, profile, &value, "涉铊企业档案的限值");
    return false;
}

static void ask_outlet(struct limit_search *search)
{
    const char *outlet = read_text(search->sample, "outlet");
    const char *enterprise = read_text(search->sample, "enterprise");
    if (!search->point || !is_outlet(search->point))
        return;
    if (outlet)
        facts_each(search->context,
                   &(struct facts_query){.reg = "outlet", .field = "id", .value = outlet},
                   take_outlet, search);
    if (enterprise && strcmp(search->factor, "铊") == 0)
        facts_each(search->context,
                   &(struct facts_query){
                       .reg = "thallium_enterprise", .field = "enterprise", .value = enterprise},
                   take_profile, search);
}

void limit_search_init(struct limit_search *search, const struct judge_question *question,
                       const struct check_context *context)
{
    const struct record *sample = question->sample;
    *search = (struct limit_search){
        .sample = sample,
        .context = context,
        .factor = read_text(sample, "factor"),
        .point = read_text(sample, "point_type"),
        .land_use = read_text(sample, "land_use"),
        .sampled_on = read_text(sample, "sampled_on"),
        .standard = text_is_empty(question->standard) ? NULL : question->standard,
        .nearest = STANDING__ALL,
    };
    if (!search->point && read_is(sample, "medium", "土壤"))
        search->point = "土壤";
}

void limit_search_run(struct limit_search *search)
{
    bool is_soil = search->point && strcmp(search->point, "土壤") == 0;
    ask_outlet(search);
    if (search->land_use && is_soil) {
        collect_soil(search);
        return;
    }
    each_limit(search, find_trade, search);
    collect(search, NULL);
    if (search->best[STANDS_VERIFIED].found && !is_soil)
        each_limit(search, take_rival, &(struct collecting){.search = search});
}

static void release_found(struct limit_found *found)
{
    buffer_release(&found->name);
    buffer_release(&found->number);
    buffer_release(&found->place);
    buffer_release(&found->trade);
}

void limit_search_release(struct limit_search *search)
{
    for (size_t i = 0; i < STANDING__COUNT; i++) {
        release_found(&search->best[i]);
        release_found(&search->control[i]);
    }
    release_found(&search->rival);
    buffer_release(&search->settled);
    buffer_release(&search->executed);
}

/* ---- which standards there are ---- */

static bool write_standard(void *data, const struct record *limit)
{
    struct buffer *out = data, number = {0}, all = {0}, one = {0};
    limit_write_number(limit, &number);
    buffer_addf(&all, "、%s、", buffer_text(out));
    buffer_addf(&one, "、%s、", buffer_text(&number));
    if (!strstr(buffer_text(&all), buffer_text(&one)))
        buffer_addf(out, "%s%s", out->length ? "、" : "", buffer_text(&number));
    buffer_release(&number);
    buffer_release(&all);
    buffer_release(&one);
    return true;
}

void limit_write_standards(const struct limit_search *search, struct buffer *out)
{
    each_limit(search, write_standard, out);
}
