/* Which problems only a measurement can prove to be mended, and whether one does. */
#include "core/facts.h"
#include "core/registers/assay.h"
#include "core/registers/problem.h"
#include "core/registers/shared.h"
#include "core/rules/reading.h"

#include <string.h>

#define WORKSHOP "车间或生产设施废水排放口"

/* At the main outlet the water is diluted: J10 四（七）, GX 四（三）, YN 三（五）3 ask for thallium
 * at the outlet of the workshop. */
#define THALLIUM "铊"

/* Where the samples count for what is discharged, separated by '|'; for the other categories of
 * PROBLEM_MEASURED anywhere. */
static const struct {
    const char *category, *points;
} discharges[] = {
    {"车间口超标", WORKSHOP},
    {"废水处理", WORKSHOP "|废水总排放口"},
    {"雨污混排", WORKSHOP "|雨水排放口"},
};

struct search {
    const char *metal, *points;
    int from, until; /* days */
    int day;         /* of the result that counts so far */
    enum problem_proof proof;
    char sampled_on[DATE_TEXT_SIZE];
    struct buffer verdict;
};

/* Of a limit that nobody has checked the sample only says whether it is above. */
static bool is_above(const struct record *sample)
{
    struct measure value, limit;
    int64_t nano_value, nano_limit;
    const char *text = read_text(sample, "verdict_limit");
    if (!text || !assay_read(sample, "value", "unit", &value) ||
        !measure_parse(text, NULL, &limit, NULL) ||
        !measure_align(&value, &limit, &nano_value, &nano_limit))
        return true;
    return value.qualifier != '<' && nano_value > nano_limit;
}

/* No laboratory measures nothing: what it does not find is below its detection limit. */
static bool is_nothing(const struct record *sample)
{
    struct measure value;
    return assay_read(sample, "value", "unit", &value) && value.digits == 0;
}

static enum problem_proof proof_of(const struct record *sample)
{
    if (is_nothing(sample))
        return PROOF_AGAINST;
    if (!read_is_filled(sample, "verdict"))
        return PROOF_OPEN;
    if (read_is(sample, "verdict", "达标"))
        return PROOF_MET;
    return read_is(sample, "verdict", "仅提示") && !is_above(sample) ? PROOF_OPEN : PROOF_AGAINST;
}

/* The last result counts, of several on one day the worst: nobody picks the best one. */
static bool see_sample(void *data, const struct record *sample)
{
    struct search *search = data;
    struct date date;
    const char *point = read_text(sample, "point_type");
    if (!read_is_filled(sample, "value") || !read_date(sample, "sampled_on", &date) ||
        (search->points && (!point || !record_is_alternative(search->points, point))))
        return true;
    int day = date_to_days(date);
    enum problem_proof proof = proof_of(sample);
    if (day < search->from || day > search->until || day < search->day ||
        (day == search->day && proof >= search->proof))
        return true;
    search->day = day;
    search->proof = proof;
    date_format(date, search->sampled_on);
    buffer_clear(&search->verdict);
    buffer_add(&search->verdict, record_text(sample, "verdict"));
    return true;
}

static int day_of(const struct record *record, const char *name, int fallback)
{
    struct date date;
    return read_date(record, name, &date) ? date_to_days(date) : fallback;
}

/* Samples count from the day on which the work began, or it was sent back, and as long as the case
 * is not closed: what is measured later is a matter of its own. What is dated later than today has
 * not been measured. */
static void search_period(const struct record *problem, const struct check_context *context,
                          struct search *search)
{
    enum { FIRST = -100000, LAST = 1000000 };
    int started = day_of(problem, "started_on", day_of(problem, "found_on", FIRST));
    int returned = day_of(problem, "returned_on", FIRST);
    search->from = returned > started ? returned : started;
    int today = context->today.year ? date_to_days(context->today) : LAST;
    int closed = day_of(problem, "closed_on", LAST);
    search->until = closed < today ? closed : today;
    search->day = FIRST - 1;
}

static void search_samples(const struct record *problem, const struct check_context *context,
                           struct search *search)
{
    static const char *const wanted[] = {"factor", "point_type", "sampled_on",    "value",
                                         "unit",   "verdict",    "verdict_limit", NULL};
    search_period(problem, context, search);
    for (size_t i = 0; i < OBJECT_FIELD_COUNT; i++) {
        const char *object = read_text(problem, object_fields[i].name);
        if (object)
            facts_each(context,
                       &(struct facts_query){.reg = "sample",
                                             .field = object_fields[i].name,
                                             .value = object,
                                             .also = {{"factor", search->metal}},
                                             .wanted = wanted},
                       see_sample, search);
    }
}

/* Where a sample counts for a metal of the problem; NULL: anywhere. */
static const char *points_for(const struct record *problem, const char *metal)
{
    for (size_t i = 0; i < COUNT_OF(discharges); i++)
        if (read_is(problem, "category", discharges[i].category))
            return strcmp(metal, THALLIUM) == 0 ? WORKSHOP : discharges[i].points;
    return NULL;
}

struct proving {
    const struct record *problem;
    const struct check_context *context;
    void (*visit)(void *data, const char *metal, enum problem_proof proof, const char *day,
                  const char *verdict);
    void *data;
};

static void prove(void *context, const char *metal)
{
    const struct proving *proving = context;
    struct search search = {.metal = metal, .points = points_for(proving->problem, metal)};
    search_samples(proving->problem, proving->context, &search);
    proving->visit(proving->data, metal, search.proof, search.sampled_on,
                   buffer_text(&search.verdict));
    buffer_release(&search.verdict);
}

void problem_each_proof(const struct record *problem, const struct check_context *context,
                        void (*visit)(void *data, const char *metal, enum problem_proof proof,
                                      const char *day, const char *verdict),
                        void *data)
{
    struct proving proving = {.problem = problem, .context = context, .visit = visit, .data = data};
    const char *metals = read_text(problem, "metals");
    if (metals && read_is(problem, "category", PROBLEM_MEASURED))
        read_each(metals, prove, &proving);
}

void problem_write_points(const struct record *problem, const char *metal, struct buffer *out)
{
    const char *points = points_for(problem, metal);
    for (const char *at = points; at && *at; at++) {
        if (*at == '|')
            buffer_add(out, "或");
        else
            buffer_add_char(out, *at);
    }
}
