/* What the record of a site keeps of its grades: own and proposed, the priority, and the gate. */
#include "core/facts.h"
#include "core/grade_parts.h"
#include "core/rules/reading.h"

#include <string.h>

#define SEED "吉环固体字〔2022〕10号 四（八）；行动方案（分级、动态调整）"

enum grade grade_own(const struct record *site, enum grade_dimension dimension)
{
    return grade_find(record_text(site, grade_places[dimension].own));
}

enum grade grade_proposed(const struct record *site, enum grade_dimension dimension)
{
    return grade_find(record_text(site, grade_places[dimension].proposed));
}

enum grade grade_effective(const struct record *site, enum grade_dimension dimension)
{
    enum grade own = grade_own(site, dimension);
    return own ? own : grade_proposed(site, dimension);
}

/* ---- priority ---- */

static int weight(enum grade grade)
{
    return grade_is_rated(grade) ? (int)(grade - GRADE_LOW) + 1 : 0;
}

int grade_product(const struct record *site)
{
    return weight(grade_effective(site, GRADE_POLLUTION)) *
           weight(grade_effective(site, GRADE_SENSITIVITY));
}

/* Nine cells in three classes. Farmland at stake goes first whatever the product. */
void grade_settle_priority(struct record *site)
{
    enum grade pollution = grade_effective(site, GRADE_POLLUTION);
    int product = grade_product(site);
    const char *priority = NULL;
    if (read_says(site, "downstream_farmland", true))
        priority = "第一";
    else if (pollution == GRADE_NO_DATA)
        priority = "待监测";
    else if (pollution == GRADE_OPEN)
        priority = "待核";
    else if (product > 0)
        priority = product >= 6 ? "第一" : product >= 3 ? "第二" : "第三";
    value_set_text(record_value_for_change(site, "priority"), priority);
}

/* 0 for a site of which nothing is known. */
static int place_of(const struct record *site)
{
    static const char *const order[] = {"待监测", "待核", "第一", "第二", "第三"};
    enum grade pollution = grade_effective(site, GRADE_POLLUTION);
    if (pollution == GRADE_NONE || pollution == GRADE_NO_DATA)
        return 0;
    if (pollution == GRADE_OPEN)
        return 1;
    for (size_t i = 2; i < COUNT_OF(order); i++)
        if (strcmp(record_text(site, "priority"), order[i]) == 0)
            return (int)i;
    return COUNT_OF(order);
}

int grade_compare_sites(const struct record *a, const struct record *b)
{
    bool farmland_a = read_says(a, "downstream_farmland", true);
    bool farmland_b = read_says(b, "downstream_farmland", true);
    int order = place_of(a) - place_of(b);
    if (!order)
        order = grade_product(b) - grade_product(a);
    if (!order)
        order = (int)farmland_b - (int)farmland_a;
    if (!order)
        order = strcmp(record_text(a, "name"), record_text(b, "name"));
    return order ? order : strcmp(a->id, b->id);
}

/* ---- concluding ---- */

void grade_conclude(struct record *site, const struct check_context *context)
{
    struct grading grading;
    grading_work_out(site, context, &grading);
    for (enum grade_dimension i = 0; i < GRADE_DIMENSIONS; i++) {
        const struct grade_proposal *proposal = &grading.proposals[i];
        struct buffer grounds = {0};
        value_set_text(record_value_for_change(site, grade_places[i].proposed),
                       grade_name(proposal->grade));
        if (!grade_places[i].grounds)
            continue;
        for (size_t j = 0; j < proposal->reason_count; j++)
            buffer_add(&grounds, proposal->reasons[j]);
        value_set_text(record_value_for_change(site, grade_places[i].grounds),
                       buffer_text(&grounds));
        buffer_release(&grounds);
    }
    value_set_text(record_value_for_change(site, "route_proposed"), grading.route);
    grade_settle_priority(site);
    grading_release(&grading);
}

/* ---- the gate ---- */

static bool is_new_text(const struct record *before, const struct record *after, const char *field)
{
    return read_is_filled(after, field) &&
           strcmp(record_text(before, field), record_text(after, field)) != 0;
}

struct lack {
    const char *field, *what;
};

static bool is_ahead(const struct record *site, const struct check_context *context)
{
    struct date date;
    return context->today.year && read_date(site, "graded_on", &date) &&
           date_compare(date, context->today) > 0;
}

/* What a lowered grade lacks; NULL: nothing. */
static const struct lack *find_lack(const struct record *before, const struct record *after,
                                    const struct check_context *context)
{
    static const struct lack evidence = {"downgrade_evidence",
                                         "新的降级佐证（附件：治理后监测报告、验收意见等）"},
                             file_lost = {"downgrade_evidence",
                                          "降级佐证的文件（登记了而文件不在，请重新添加附件）"},
                             reason = {"downgrade_reason", "新写的降级理由"},
                             day = {"graded_on", "比上次晚的评级日期"},
                             ahead = {"graded_on", "不晚于今天的评级日期"};
    const char *file = record_text(after, "downgrade_evidence");
    if (!is_new_text(before, after, "downgrade_evidence"))
        return &evidence;
    if (!context->facts->has_file(context->facts->context, file))
        return &file_lost;
    if (!is_new_text(before, after, "downgrade_reason"))
        return &reason;
    if (strcmp(record_text(after, "graded_on"), record_text(before, "graded_on")) <= 0)
        return &day;
    return is_ahead(after, context) ? &ahead : NULL;
}

/* Whoever could put the day of a high grade back would have a later one for nothing. */
static bool keeps_day(const struct record *before, const struct record *after,
                      const struct check_context *context, struct error *err)
{
    const char *was = record_text(before, "graded_on");
    bool is_high =
        grade_own(before, GRADE_POLLUTION) > GRADE_LOW || grade_own(before, GRADE_RISK) > GRADE_LOW;
    if (!is_high || !*was || is_ahead(before, context) ||
        strcmp(record_text(after, "graded_on"), was) >= 0)
        return true;
    error_set(err, ERROR_REFUSED,
              "评级日期 %s 不能清空或改早，降级要凭比它晚的评级日期；刚填错的可以撤销（" SEED "）",
              was);
    return error_at_field(err, "graded_on", SEED);
}

/* Removed and entered again it would have no history of its grade. */
static bool may_remove(const struct record *site, struct error *err)
{
    return (grade_own(site, GRADE_RISK) != GRADE_HIGH &&
            grade_own(site, GRADE_POLLUTION) != GRADE_HIGH) ||
           error_set(err, ERROR_REFUSED,
                     "评为高的点位不能删除；登记错或重复的，先凭降级佐证改评，再删除（" SEED "）");
}

bool grade_guard(const struct record *before, const struct record *after,
                 const struct check_context *context, struct error *err)
{
    static const enum grade_dimension guarded[] = {GRADE_POLLUTION, GRADE_RISK};
    if (!before)
        return true;
    if (after->deleted)
        return may_remove(before, err);
    if (!keeps_day(before, after, context, err))
        return false;
    for (size_t i = 0; i < COUNT_OF(guarded); i++) {
        enum grade from = grade_own(before, guarded[i]), to = grade_own(after, guarded[i]);
        const struct lack *lack;
        if (from <= GRADE_LOW || to >= from || !(lack = find_lack(before, after, context)))
            continue;
        error_set(err, ERROR_REFUSED,
                  "%s由%s%s%s是降级，要在同一次改动里有降级佐证、降级理由和评级日期，"
                  "现在缺%s；等级是一条有据可查的经历，只凭改字不能降低（" SEED "）",
                  grade_places[guarded[i]].label, grade_name(from), to ? "改为" : "改成",
                  to ? grade_name(to) : "空白", lack->what);
        return error_at_field(err, lack->field, SEED);
    }
    return true;
}
