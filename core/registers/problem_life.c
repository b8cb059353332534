/* The moves of a problem, and what the program counts of them. */
#include "core/facts.h"
#include "core/registers/problem.h"
#include "core/rules/reading.h"
#include "core/text.h"

enum { REASON_LEAST = 10 };

/* ---- what a move demands ---- */

/* Begins another clause of the sentence. */
static struct buffer *clause(struct buffer *out)
{
    buffer_add(out, out->length ? LIFE_CLAUSE : "");
    return out;
}

/* Of this time, not of the last one. */
static bool write_stale(const struct record *before, const struct record *after, const char *name,
                        struct buffer *out)
{
    const char *label = reg_field_find(after->reg, name)->label;
    if (!read_is_filled(after, name))
        buffer_addf(clause(out), "缺%s", label);
    else if (value_equal(record_value(before, name), record_value(after, name)))
        buffer_addf(clause(out), "%s还是上一次的，请填这一次的", label);
    else
        return false;
    return true;
}

/* The day has come, and is not before the one in `earliest` of the record as it was. */
static void write_day(const struct record *before, const struct record *after, const char *name,
                      const char *earliest, const struct check_context *context, struct buffer *out)
{
    struct date date, first;
    if (write_stale(before, after, name, out) || !read_date(after, name, &date))
        return;
    const char *label = reg_field_find(after->reg, name)->label;
    if (context->today.year && date_compare(date, context->today) > 0)
        buffer_addf(clause(out), "%s %s 晚于今天", label, record_text(after, name));
    else if (read_date(before, earliest, &first) && date_compare(date, first) < 0)
        buffer_addf(clause(out), "%s %s 早于%s %s，请核对", label, record_text(after, name),
                    reg_field_find(after->reg, earliest)->label, record_text(before, earliest));
}

static void write_reason(const struct record *before, const struct record *after, const char *name,
                         struct buffer *out)
{
    if (!write_stale(before, after, name, out) &&
        text_count(record_text(after, name)) < REASON_LEAST)
        buffer_addf(clause(out), "%s太短，至少写 %d 个字", reg_field_find(after->reg, name)->label,
                    REASON_LEAST);
}

/* The last thing that was done, before which a case cannot have been sent back. */
static const char *last_step(const struct record *record)
{
    static const char *const steps[] = {"self_checked_on", "applied_on",     "checked_on",
                                        "reviewed_on",     "notice_from_on", "returned_on"};
    const char *last = "started_on";
    struct date date, latest = {0};
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (read_date(record, steps[i], &date) && date_compare(date, latest) > 0) {
            latest = date;
            last = steps[i];
        }
    return last;
}

static void lacks_return(const struct record *before, const struct record *after,
                         const struct check_context *context, struct buffer *out)
{
    write_day(before, after, "returned_on", last_step(before), context, out);
    write_reason(before, after, "return_reason", out);
}

#define EXTENSIBLE "已定方案|整改中|挂起"

static bool is_put_off(const struct record *before, const struct record *after)
{
    struct date was, is;
    return read_date(before, "due_on", &was) && read_date(after, "due_on", &is) &&
           date_compare(is, was) > 0;
}

static void lacks_extension(const struct record *before, const struct record *after,
                            const struct check_context *context, struct buffer *out)
{
    if (!is_put_off(before, after))
        return;
    if (!read_is(before, "state", EXTENSIBLE)) {
        buffer_addf(out, "已经“%s”，时限不能再推迟，退回整改以后可以申请延期",
                    record_text(before, "state"));
        return;
    }
    write_stale(before, after, "extension_approval", out);
    write_day(before, after, "extension_approved_on", "planned_on", context, out);
}

static void lacks_suspension(const struct record *before, const struct record *after,
                             const struct check_context *context, struct buffer *out)
{
    struct date from, until;
    write_day(before, after, "suspended_on", "found_on", context, out);
    write_reason(before, after, "suspend_reason", out);
    write_stale(before, after, "suspend_approval", out);
    if (!read_is_filled(after, "suspended_until_on"))
        buffer_add(clause(out), "缺挂起至哪一天");
    else if (read_date(after, "suspended_on", &from) &&
             read_date(after, "suspended_until_on", &until) && date_compare(until, from) <= 0)
        buffer_addf(clause(out), "挂起至 %s 不晚于挂起日期，请核对",
                    record_text(after, "suspended_until_on"));
}

static void lacks_successor(const struct record *before, const struct record *after,
                            const struct check_context *context, struct buffer *out)
{
    static const char *const wanted[] = {"former_problem", NULL};
    (void)before;
    if (!read_says(after, "rebound", true))
        buffer_add(clause(out), "后督察没有记明反弹，“是否反弹”为是的才能重开");
    if (!facts_any(context, &(struct facts_query){.reg = "problem",
                                                  .field = "former_problem",
                                                  .value = after->id,
                                                  .wanted = wanted}))
        buffer_add(clause(out), "缺接着办的新问题，请先另立一条，“原问题”填这一条");
}

#define AHEAD(FROM, TO, LABEL, HELP, FLAGS, BASIS, ...)                                            \
    {                                                                                              \
        .name = "advance", .label = (LABEL), .help = (HELP), .from = (FROM), .to = (TO),           \
        .flags = LIFE_AHEAD | (FLAGS), .asks = {__VA_ARGS__}, .basis = (BASIS)                     \
    }

#define OPEN "已登记|已定方案|整改中|企业自验|已申请销号|县级核查|市级复核|公示"
#define SENT "企业自验|已申请销号|县级核查|市级复核|公示"

/* One document reviews, announces or closes many cases; what is done on the spot is done for each.
 */
static const struct life_move moves[] = {
    AHEAD("已登记", "已定方案", "定方案", "写明怎样改、谁负责、什么时候改完。", 0, PROBLEM_LEDGER,
          "measures", "goal", "responsible_unit", "responsible_person", "supervising_unit",
          "supervisor", "fix_at_once", "due_on", "planned_on"),
    AHEAD("已定方案", "整改中", "开工整改", "动手以前先拍照。", 0, PROBLEM_MANAGED, "started_on",
          "before_photo"),
    AHEAD("整改中", "企业自验", "企业自验", "责任单位自己验收，同一位置拍整改后的照片。", 0,
          PROBLEM_CLOSURE, "self_checked_on", "after_photo", "after_photo_on"),
    AHEAD("企业自验", "已申请销号", "申请销号", "责任单位提出申请，该监测的附监测报告。", 0,
          PROBLEM_CLOSURE, "monitoring_report", "applied_on"),
    AHEAD("已申请销号", "县级核查", "现场核查", "县里至少两个人到现场核查，责任人不能核查自己。", 0,
          PROBLEM_CLOSURE, "checked_on", "checkers", "check_result"),
    AHEAD("县级核查", "市级复核", "市级复核", "市里复核签字，可以一批办理。", LIFE_BULK,
          PROBLEM_CLOSURE, "reviewed_on", "review_result", "review_opinion"),
    AHEAD("市级复核", "公示", "公示", "公布拟销号的问题，可以一批办理。", LIFE_BULK,
          PROBLEM_CLOSURE, "notice_from_on", "notice_to_on"),
    AHEAD("公示", "已销号", "销号", "公示期满没有异议的批准销号，可以一批办理。", LIFE_BULK,
          PROBLEM_CLOSURE, "notice_objection", "closed_on", "closure_no"),
    AHEAD("已销号", "后督察", "后督察", "销号以后再去看有没有反弹。", 0, PROBLEM_LOOKBACK,
          "lookback_on", "rebound"),
    {
        .name = "return",
        .label = "退回",
        .help = "没有改到位，退回整改；照片、监测、自验和以后各步都要重做。",
        .from = SENT,
        .to = "整改中",
        .asks = {"returned_on", "return_reason"},
        .clears = {"after_photo", "after_photo_on", "monitoring_report", "self_checked_on",
                   "applied_on", "checked_on", "checkers", "check_result", "reviewed_on",
                   "review_result", "review_opinion", "notice_from_on", "notice_to_on",
                   "notice_objection", "closed_on", "closure_no"},
        .lacks = lacks_return,
        .basis = PROBLEM_CLOSURE,
    },
    {
        .name = "extend",
        .label = "延期",
        .help = "推迟完成时限，每次都要有新的批准；提前不用。",
        .from = EXTENSIBLE,
        .asks = {"due_on", "extension_approval", "extension_approved_on"},
        .lacks = lacks_extension,
        .changes = "due_on",
        .basis = PROBLEM_TERM,
    },
    {
        .name = "suspend",
        .label = "挂起",
        .help = "眼下办不下去的，经批准暂停办理，期间不算逾期。",
        .from = OPEN,
        .to = "挂起",
        .back = "suspended_state",
        .asks = {"suspended_on", "suspended_until_on", "suspend_reason", "suspend_approval"},
        .lacks = lacks_suspension,
        .basis = PROBLEM_TERM,
    },
    {
        .name = "resume",
        .label = "恢复",
        .help = "从挂起以前的那一步接着办；时限要改的另外申请延期。",
        .from = "挂起",
        .back = "suspended_state",
        .basis = PROBLEM_TERM,
    },
    {
        .name = "reopen",
        .label = "反弹重开",
        .help = "后督察发现反弹的，另立一条新问题从头办起，这一条留着。",
        .from = "后督察",
        .to = "反弹重开",
        .flags = LIFE_NEW,
        .asks = {"lookback_on", "rebound"},
        .lacks = lacks_successor,
        .basis = PROBLEM_LOOKBACK,
    },
    {.name = NULL},
};

const struct life problem_life = {
    .state = "state",
    .line = OPEN "|已销号|后督察",
    .needs = problem_needs,
    .moves = moves,
    .rule = "V21",
    .successor = "former_problem",
    .inherited = (const char *const[]){"region", "town", "category", "description", "metals",
                                       "risk_level", "enterprise", "site", "cadmium_source",
                                       "tailings_pond", "manganese_mine", "slag_yard", "park",
                                       "object_name", "campaigns", NULL},
    .continued = (const char *const[]){"found_on", "lookback_on", NULL},
    .sealed_at = "已销号",
    .settled_at = "整改中",
    .settled = (const char *const[]){"found_on", "category", "metals", "enterprise", "site",
                                     "cadmium_source", "tailings_pond", "manganese_mine",
                                     "slag_yard", "park", "object_name", NULL},
};

/* ---- what the program counts and notes ---- */

static void count_one_more(struct record *record, const char *name)
{
    int64_t count = 0;
    read_integer(record, name, &count);
    value_set_integer(record_value_for_change(record, name), count + 1);
}

/* Who was responsible once does not become a checker by being replaced. */
static void note_former_responsible(struct record *record, const struct record *before)
{
    struct buffer names = {0};
    const char *former = read_text(before, "responsible_person");
    if (!former || read_is(record, "responsible_person", former) ||
        read_lists(record, "former_responsible", former))
        return;
    const char *others = read_text(record, "former_responsible");
    buffer_addf(&names, "%s%s%s", others ? others : "", others ? "、" : "", former);
    value_set_text(record_value_for_change(record, "former_responsible"), names.text);
    buffer_release(&names);
}

void problem_derive(struct record *record, const struct record *before)
{
    static const char *const counted[] = {"extension_count", "original_due_on", "return_count",
                                          "returned_photo", "former_responsible"};
    if (!before)
        return;
    for (size_t i = 0; i < COUNT_OF(counted); i++)
        value_copy(record_value_for_change(record, counted[i]), record_value(before, counted[i]));
    if (life_has_reached(before, "已定方案") && is_put_off(before, record)) {
        count_one_more(record, "extension_count");
        if (!read_is_filled(record, "original_due_on"))
            value_copy(record_value_for_change(record, "original_due_on"),
                       record_value(before, "due_on"));
    }
    if (life_has_reached(before, "已定方案"))
        note_former_responsible(record, before);
    if (read_is(record, "state", "挂起") && !read_is(before, "state", "挂起"))
        value_copy(record_value_for_change(record, "suspended_state"),
                   record_value(before, "state"));
    if (read_is(before, "state", "挂起") && !read_is(record, "state", "挂起"))
        value_release(record_value_for_change(record, "suspended_state"));
    if (read_is(before, "state", SENT) && read_is(record, "state", "整改中")) {
        count_one_more(record, "return_count");
        value_copy(record_value_for_change(record, "returned_photo"),
                   record_value(before, "after_photo"));
    }
}
