#include "db/targets.h"
#include "core/decimal.h"
#include "core/mem.h"
#include "core/region.h"
#include "core/rules/reading.h"
#include "db/facts.h"
#include "db/policy.h"

#include <stdlib.h>
#include <string.h>

enum { PRINTED_SCALE = 2, WHOLE = 10000 /* 100 % */ };

/* ---- what the document says ---- */

static struct amount read_load(const struct record *record, const char *field)
{
    struct amount amount = {.known = false};
    amount.known = read_integer(record, field, &amount.value) &&
                   decimal_rescale(amount.value, PRINTED_SCALE, LOAD_SCALE, &amount.value);
    return amount;
}

static void name_region(struct store *store, struct target_line *line)
{
    const struct lookup *lookup = store_lookup(store);
    struct buffer label = {0};
    if (!lookup->label(lookup->context, "region", line->region, &label))
        buffer_add(&label, line->region);
    strncat(line->name, buffer_text(&label), sizeof line->name - 1);
    buffer_release(&label);
}

static void read_figures(const struct record *record, struct target_line *line)
{
    int64_t year = 0, base_year = 0;
    read_integer(record, "year", &year);
    read_integer(record, "base_year", &base_year);
    line->year = (int)year;
    line->base_year = (int)base_year;
    line->cumulative = !read_is(record, "cumulative", "当年");
    line->percent.known = read_integer(record, "percent", &line->percent.value);
    line->enterprises.known = read_integer(record, "enterprise_count", &line->enterprises.value);
    line->base = read_load(record, "base_kg");
    line->cut = read_load(record, "cut_kg");
    line->target = read_load(record, "target_kg");
    line->cut_printed = line->cut.known;
    line->target_printed = line->target.known;
    line->base_source = line->base.known ? BASE_PUBLISHED : BASE_NONE;
}

/* By when, from when. */
static void set_span(struct target_line *line, struct date as_of, struct date today)
{
    int from = line->cumulative ? line->base_year + 1 : line->year;
    int end = line->cumulative && as_of.year > line->year ? as_of.year : line->year;
    if (line->base_source != BASE_PUBLISHED && line->cumulative)
        from = BASE_YEAR + 1;
    line->span = (struct contribution_span){
        .from = {from, 1, 1}, .upto = as_of, .today = today, .end = {end, 12, 31}};
    if (date_compare(line->span.end, as_of) < 0)
        line->span.upto = line->span.end;
}

static void read_line(struct store *store, const struct record *record, struct date as_of,
                      struct date today, struct target_line *line)
{
    *line = (struct target_line){.year = 0};
    memcpy(line->id, record->id, sizeof line->id);
    strncat(line->campaign, record_text(record, "campaign"), sizeof line->campaign - 1);
    strncat(line->region, record_text(record, "region"), sizeof line->region - 1);
    strncat(line->metal, record_text(record, "metal"), sizeof line->metal - 1);
    strncat(line->kind, record_text(record, "kind"), sizeof line->kind - 1);
    read_figures(record, line);
    set_span(line, as_of, today);
    name_region(store, line);
    const char *own = store_setting(store, "region");
    line->partial = *own && region_prefix(own) > region_prefix(line->region) &&
                    region_is_within(own, line->region);
}

size_t target_metal(const struct target_line *line)
{
    size_t metal = 0;
    while (metal < LOAD_METAL_COUNT && strcmp(load_metals[metal], line->metal) != 0)
        metal++;
    return metal;
}

/* ---- which of several years ---- */

/* Whether a target of `year` is nearer to what is to be reached in `wanted` than one of `best`: the
 * one that comes next, else the last. */
static bool is_nearer(int year, int best, int wanted)
{
    if (year >= wanted)
        return best < wanted || year < best;
    return best < wanted && year > best;
}

static int year_of(const struct record *target)
{
    int64_t year = 0;
    read_integer(target, "year", &year);
    return (int)year;
}

struct own {
    const char *region, *campaign;
    int this_year;
    const struct record *best; /* NULL: none yet */
};

static bool is_better(const struct own *own, const struct record *record)
{
    if (!own->best)
        return true;
    const char *region = record_text(record, "region"), *best = record_text(own->best, "region");
    bool followed = strcmp(record_text(record, "campaign"), own->campaign) == 0;
    bool best_followed = strcmp(record_text(own->best, "campaign"), own->campaign) == 0;
    if (region_prefix(region) != region_prefix(best))
        return region_prefix(region) > region_prefix(best);
    return followed != best_followed
               ? followed
               : is_nearer(year_of(record), year_of(own->best), own->this_year);
}

void targets_find_own(struct store *store, struct date today, struct target_line *line)
{
    const struct policy_table *table = policy_table(store, reg_find("target"));
    struct buffer region = {0}, campaign = {0};
    buffer_add(&region, store_setting(store, "region"));
    facts_write_campaign(store, &campaign);
    struct own own = {.region = buffer_text(&region),
                      .campaign = buffer_text(&campaign),
                      .this_year = today.year};
    for (size_t i = 0; i < table->count; i++) {
        const struct record *record = &table->records[i];
        if (read_is(record, "metal", "合计") && *own.region &&
            region_is_within(own.region, record_text(record, "region")) && is_better(&own, record))
            own.best = record;
    }
    *line = (struct target_line){.year = 0};
    if (own.best)
        read_line(store, own.best, today, today, line);
    buffer_release(&region);
    buffer_release(&campaign);
}

/* ---- what the file says ---- */

enum contribution_role targets_role(const struct target_line *line,
                                    const struct contribution *contribution)
{
    return region_is_within(contribution->region, line->region)
               ? contribution_role(contribution, &line->span)
               : ROLE_NONE;
}

int64_t targets_effect(const struct target_line *line, const struct contribution *contribution)
{
    return contribution->sign * contribution->loads.kg[target_metal(line)];
}

static void sum_holdings(struct target_line *line, const struct target_facts *facts)
{
    size_t metal = target_metal(line);
    for (size_t i = 0; i < facts->holding_count; i++) {
        const struct holding *holding = &facts->holdings[i];
        if (!region_is_within(holding->region, line->region))
            continue;
        line->holdings += holding->count;
        line->own_base.known = line->own_base.known || holding->base.named[metal];
        decimal_gather(&line->own_base.value, holding->base.kg[metal]);
        if (metal < LOAD_METAL_COUNT)
            continue; /* the list gives no single metal */
        decimal_gather(&line->cuts, holding->listed_cut);
        decimal_gather(&line->additions, holding->listed_added);
    }
}

/* What is still to be expected of the emissions, below zero less. */
struct outlook {
    int64_t expected, best;
};

static struct outlook sum_contributions(struct target_line *line, const struct target_facts *facts)
{
    struct outlook outlook = {0};
    for (size_t i = 0; i < facts->contribution_count; i++) {
        const struct contribution *contribution = &facts->contributions[i];
        enum contribution_role role = targets_role(line, contribution);
        int64_t effect = targets_effect(line, contribution);
        bool is_cut = contribution->sign < 0;
        if (role == ROLE_DONE)
            decimal_gather(is_cut ? &line->cuts : &line->additions, is_cut ? -effect : effect);
        if (role == ROLE_UNVERIFIED || role == ROLE_COMING)
            decimal_gather(&outlook.expected, effect);
        if (role == ROLE_UNVERIFIED || role == ROLE_LATE || (role == ROLE_COMING && is_cut))
            decimal_gather(&outlook.best, effect);
    }
    return outlook;
}

static struct amount difference(struct amount from, int64_t less)
{
    struct amount left = {.known = from.known};
    left.known = left.known && decimal_add(from.value, -less, &left.value);
    return left;
}

/* What is demanded of a region for which no document prints it. */
static void settle_target(struct target_line *line)
{
    if (!line->base.known && line->own_base.known) {
        line->base = line->own_base;
        line->base_source = line->base_year == BASE_YEAR ? BASE_ENTERPRISES : BASE_SUBSTITUTE;
    }
    if (!line->cut.known && line->base.known) {
        bool is_share = strcmp(line->kind, "削减比例") == 0;
        line->cut.known = !is_share || (line->percent.known &&
                                        decimal_multiply(line->base.value, line->percent.value,
                                                         WHOLE, &line->cut.value));
    }
    if (!line->target.known && line->cut.known)
        line->target = difference(line->base, line->cut.value);
}

static enum answer is_reached(struct amount load, struct amount target)
{
    if (!load.known || !target.known)
        return ANSWER_UNKNOWN;
    return load.value <= target.value ? ANSWER_YES : ANSWER_NO;
}

static void forecast(struct target_line *line, const struct outlook *outlook)
{
    line->expected = difference(line->actual, -outlook->expected);
    line->best = difference(line->actual, -outlook->best);
    if (is_reached(line->expected, line->target) == ANSWER_YES)
        line->forecast = FORECAST_MET;
    else if (is_reached(line->best, line->target) == ANSWER_NO)
        line->forecast = FORECAST_MISSED;
}

/* The projects of one county do not show what becomes of a whole city's load, nor do loads of 2020
 * show what has become of those of another year. Its own part of a base can be compared. */
static bool can_conclude(const struct target_line *line)
{
    return line->base_source == BASE_ENTERPRISES ||
           (line->base_source == BASE_PUBLISHED && !line->partial);
}

static const char *reason_of(const struct target_line *line)
{
    if (line->holdings == 0)
        return "本机清单里没有这个地区的企业，算不出实际排放量";
    if (!line->base.known)
        return "文件没有公布基准排放量，企业也没有填2020年基础排放量，算不出实际排放量";
    if (line->base_source == BASE_SUBSTITUTE)
        return "文件没有公布基准排放量，企业只有2020年的，暂以它代替";
    if (line->partial)
        return "本机只有其中一部分县的企业和工程，全地区的进度要看上级合计";
    return NULL;
}

void targets_judge(struct target_line *line, const struct target_facts *facts)
{
    sum_holdings(line, facts);
    struct outlook outlook = sum_contributions(line, facts);
    int64_t net = 0;
    settle_target(line);
    decimal_gather(&net, line->cuts);
    decimal_gather(&net, -line->additions);
    if (line->holdings > 0)
        line->actual = difference(line->base, net);
    const struct amount *whole = line->partial ? &line->own_base : &line->base;
    line->progress.known = line->holdings > 0 && whole->known && whole->value > 0 &&
                           decimal_multiply(net, WHOLE, whole->value, &line->progress.value);
    forecast(line, &outlook);
    if (can_conclude(line))
        line->met = is_reached(line->actual, line->target);
    else
        line->forecast = FORECAST_OPEN;
    line->reason = reason_of(line);
}

/* ---- all of them ---- */

static struct target_line *find_line(struct targets *targets, const struct record *record)
{
    for (size_t i = 0; i < targets->count; i++) {
        struct target_line *line = &targets->lines[i];
        if (strcmp(line->region, record_text(record, "region")) == 0 &&
            strcmp(line->metal, record_text(record, "metal")) == 0)
            return line;
    }
    return NULL;
}

bool target_concerns(const char *area, const char *code)
{
    return !code || region_is_within(area, code) || region_is_within(code, area);
}

static void collect(struct targets *targets, struct store *store, const struct targets_query *query,
                    const char *campaign, struct date today)
{
    const struct policy_table *table = policy_table(store, reg_find("target"));
    struct date as_of = query->year ? (struct date){query->year, 12, 31} : today;
    for (size_t i = 0; i < table->count; i++) {
        const struct record *record = &table->records[i];
        if (strcmp(record_text(record, "campaign"), campaign) != 0)
            continue;
        struct target_line *line = find_line(targets, record);
        if (line && !is_nearer(year_of(record), line->year, as_of.year))
            continue;
        if (!line) {
            targets->lines = mem_grow(targets->lines, targets->count, &targets->capacity,
                                      sizeof *targets->lines);
            line = &targets->lines[targets->count++];
        }
        read_line(store, record, as_of, today, line);
    }
}

/* The whole before its parts, the five metals together before each. */
static int compare_lines(const void *a, const void *b)
{
    const struct target_line *left = a, *right = b;
    int order = strcmp(left->region, right->region);
    if (order != 0)
        return order;
    size_t one = (target_metal(left) + 1) % LOAD_FIELD_COUNT,
           other = (target_metal(right) + 1) % LOAD_FIELD_COUNT;
    return (one > other) - (one < other);
}

bool targets_read(struct targets *targets, struct store *store, const struct targets_query *query,
                  struct date today, struct error *err)
{
    struct buffer campaign = {0};
    *targets = (struct targets){.count = 0};
    if (query->campaign)
        buffer_add(&campaign, query->campaign);
    else
        facts_write_campaign(store, &campaign);
    collect(targets, store, query, buffer_text(&campaign), today);
    buffer_release(&campaign);
    if (targets->count)
        qsort(targets->lines, targets->count, sizeof *targets->lines, compare_lines);
    bool ok = target_facts_read(&targets->facts, store, err);
    for (size_t i = 0; ok && i < targets->count; i++)
        targets_judge(&targets->lines[i], &targets->facts);
    return ok;
}

void targets_release(struct targets *targets)
{
    free(targets->lines);
    target_facts_release(&targets->facts);
    *targets = (struct targets){.count = 0};
}
