/* What each state of a problem demands. */
#include "core/facts.h"
#include "core/registers/problem.h"
#include "core/rules/reading.h"

#include <string.h>

#define OWNERS   "清远计划 附表2（牵头、参与部门、时限）"
#define AT_ONCE  "重金属环境安全隐患排查整治行动方案（2025—2030年）（立行立改）"
#define PROGRESS "重金属环境安全隐患排查整治行动方案（2025—2030年）（定期调度）"
#define MEASURED                                                                                   \
    "吉环固体字〔2022〕10号 四（七）；桂重金属方案 四（三）；滇规划 三（五）3（车间口达标）"
#define FAKED  "本程序约定：防止虚假整改，谁验收谁负责"
#define NOTICE PROBLEM_CLOSURE "；公示天数为本程序约定"

#define BY_MEASURING                                                                               \
    {                                                                                              \
        .field = "category", .values = PROBLEM_MEASURED,                                           \
    }

/* The steps in the order in which they happen, the last one first: where one has no date, the date
 * before it counts. */
#define SINCE_PLANNED  "planned_on|found_on"
#define SINCE_STARTED  "started_on|" SINCE_PLANNED
#define SINCE_RETURNED "returned_on|" SINCE_STARTED
#define SINCE_CHECKING "self_checked_on|" SINCE_RETURNED
#define SINCE_APPLIED  "applied_on|" SINCE_CHECKING
#define SINCE_CHECKED  "checked_on|" SINCE_APPLIED
#define SINCE_REVIEWED "reviewed_on|" SINCE_CHECKED
#define SINCE_NOTICE   "notice_to_on|notice_from_on|" SINCE_REVIEWED
#define SINCE_CLOSED   "closed_on|" SINCE_NOTICE

enum { AT_ONCE_DAYS = 30, CHECKERS_LEAST = 2, NOTICE_DAYS = 5 };

static bool read_days(const struct record *record, const char *from, const char *to, int *days)
{
    struct date first, last;
    if (!read_date(record, from, &first) || !read_date(record, to, &last))
        return false;
    *days = date_to_days(last) - date_to_days(first);
    return true;
}

/* A bureau may ask for more or less, but not for nothing: a number that makes no sense does not
 * count. */
static int read_bound(const struct check_context *context, const char *code, int least, int usual)
{
    enum { MOST = 3660 };
    int64_t number = facts_parameter(context, code, 0, usual);
    return number >= least && number <= MOST ? (int)number : usual;
}

/* The term that the plan set; what was put off with approval is another matter. */
static void lacks_short_term(const struct record *record, const struct check_context *context,
                             struct buffer *out)
{
    int days, most = read_bound(context, "at_once_days", 1, AT_ONCE_DAYS);
    const char *due = read_is_filled(record, "original_due_on") ? "original_due_on" : "due_on";
    if (read_says(record, "fix_at_once", true) && read_days(record, "found_on", due, &days) &&
        days > most)
        buffer_addf(out, "立行立改的期限是 %d 天，超过 %d 天，请提前时限，或改为不是立行立改", days,
                    most);
}

static void lacks_approval(const struct record *record, const struct check_context *context,
                           struct buffer *out)
{
    int64_t count;
    (void)context;
    if (read_integer(record, "extension_count", &count) && count > 0 &&
        !read_is_filled(record, "extension_approval"))
        buffer_addf(out, "延期 %d 次却没有批准文号，请补填；没有批准的按原时限办", (int)count);
}

static void lacks_own_picture(const struct record *record, const struct check_context *context,
                              struct buffer *out)
{
    const char *after = read_text(record, "after_photo");
    (void)context;
    if (after && strcmp(after, record_text(record, "before_photo")) == 0)
        buffer_add(out, "整改后照片与整改前照片是同一个文件，请换成整改以后拍的");
    else if (after && strcmp(after, record_text(record, "returned_photo")) == 0)
        buffer_add(out, "整改后照片还是被退回的那一张，请换成退回以后拍的");
}

static void lacks_own_report(const struct record *record, const struct check_context *context,
                             struct buffer *out)
{
    static const char *const others[] = {"before_photo", "after_photo", "contract",
                                         "other_evidence"};
    const char *report = read_text(record, "monitoring_report");
    (void)context;
    for (size_t i = 0; report && i < COUNT_OF(others); i++) {
        if (strcmp(report, record_text(record, others[i])) != 0)
            continue;
        buffer_add(out, "监测报告与");
        read_label(record, others[i], out);
        buffer_add(out, "是同一个文件，请换成监测报告");
        return;
    }
}

struct latest {
    int today; /* 0: not known; what is reported of a later day has not happened */
    int day;
    int64_t percent;
    char date[DATE_TEXT_SIZE];
};

static bool see_progress(void *data, const struct record *progress)
{
    struct latest *latest = data;
    struct date date;
    int64_t percent;
    if (!read_date(progress, "reported_on", &date) ||
        !read_integer(progress, "done_percent", &percent))
        return true;
    int day = date_to_days(date);
    if ((latest->today && day > latest->today) ||
        (latest->date[0] &&
         (day < latest->day || (day == latest->day && percent >= latest->percent))))
        return true;
    latest->day = day;
    latest->percent = percent;
    date_format(date, latest->date);
    return true;
}

static void lacks_progress(const struct record *record, const struct check_context *context,
                           struct buffer *out)
{
    static const char *const wanted[] = {"reported_on", "done_percent", NULL};
    struct latest latest = {.today = context->today.year ? date_to_days(context->today) : 0};
    struct date returned;
    facts_each(context,
               &(struct facts_query){
                   .reg = "progress", .field = "problem", .value = record->id, .wanted = wanted},
               see_progress, &latest);
    if (!latest.date[0])
        return;
    if (latest.percent < 100)
        buffer_addf(out, "最近一次进展（%s）是 %d %%，不到 100 %%，请先填报完成的进展", latest.date,
                    (int)latest.percent);
    else if (read_date(record, "returned_on", &returned) && latest.day < date_to_days(returned))
        buffer_addf(out, "%s 退回以后还没有填报进展，请先填报", record_text(record, "returned_on"));
}

struct results {
    const struct record *record;
    struct buffer *out;
};

static void see_proof(void *data, const char *metal, enum problem_proof proof, const char *day,
                      const char *verdict)
{
    struct results *results = data;
    struct buffer *out = results->out;
    if (proof >= PROOF_OPEN)
        return;
    buffer_add(out, out->length ? "；" : "");
    if (proof == PROOF_AGAINST) {
        buffer_addf(out, "%s最近一次监测结果（%s）是“%s”，证明不了整改到位", metal, day, verdict);
        return;
    }
    const char *since = read_is_filled(results->record, "returned_on") ? "退回" : "整改开始";
    buffer_addf(out, "缺%s以后", since);
    size_t length = out->length;
    buffer_add(out, "在");
    problem_write_points(results->record, metal, out);
    if (out->length == length + strlen("在"))
        out->length = length;
    buffer_addf(out, "采的%s监测结果", metal);
}

static void lacks_results(const struct record *record, const struct check_context *context,
                          struct buffer *out)
{
    problem_each_proof(record, context, see_proof, &(struct results){.record = record, .out = out});
}

static void lacks_second_checker(const struct record *record, const struct check_context *context,
                                 struct buffer *out)
{
    const char *names = read_text(record, "checkers");
    int least = read_bound(context, "checkers_least", CHECKERS_LEAST, CHECKERS_LEAST);
    if (names && read_each_person(names, NULL, NULL) < (size_t)least)
        buffer_addf(out, "现场核查至少要 %d 个人，现在只有%s，请补上，名字之间用顿号隔开", least,
                    names);
}

struct overlap {
    const struct record *record;
    struct buffer names;
};

static void see_checker(void *context, const char *item)
{
    struct overlap *overlap = context;
    if (read_has_person(overlap->record, "responsible_person", item) ||
        read_has_person(overlap->record, "former_responsible", item))
        buffer_addf(&overlap->names, "%s%s", overlap->names.length ? "、" : "", item);
}

static void lacks_other_checkers(const struct record *record, const struct check_context *context,
                                 struct buffer *out)
{
    struct overlap overlap = {.record = record};
    const char *checkers = read_text(record, "checkers");
    (void)context;
    if (checkers)
        read_each_person(checkers, see_checker, &overlap);
    if (overlap.names.length)
        buffer_addf(out, "%s既是整改责任人又是核查人，请换别人核查", overlap.names.text);
    buffer_release(&overlap.names);
}

static void lacks_notice_days(const struct record *record, const struct check_context *context,
                              struct buffer *out)
{
    int days, least = read_bound(context, "notice_days", 1, NOTICE_DAYS);
    if (read_days(record, "notice_from_on", "notice_to_on", &days) && days >= 0 && days < least)
        buffer_addf(out, "公示从 %s 到 %s，不满 %d 天", record_text(record, "notice_from_on"),
                    record_text(record, "notice_to_on"), least);
}

static void lacks_end_of_notice(const struct record *record, const struct check_context *context,
                                struct buffer *out)
{
    int days;
    (void)context;
    if (read_days(record, "notice_to_on", "closed_on", &days) && days == 0)
        buffer_addf(out, "销号日期 %s 就是公示截止日期，公示期满才能销号",
                    record_text(record, "closed_on"));
}

/* A notice that has been put up ends on a day that may lie ahead; the rest has happened. */
const struct life_need problem_needs[] = {
    {.state = "已定方案", .field = "found_on", .basis = PROBLEM_MANAGED},
    {.state = "已定方案", .field = "category", .basis = PROBLEM_LEDGER},
    {.state = "已定方案", .field = "measures", .basis = PROBLEM_LEDGER},
    {.state = "已定方案", .field = "goal", .basis = PROBLEM_TERM},
    {.state = "已定方案", .field = "responsible_unit", .basis = OWNERS},
    {.state = "已定方案", .field = "responsible_person", .basis = OWNERS},
    {.state = "已定方案", .field = "supervising_unit", .basis = OWNERS},
    {.state = "已定方案", .field = "supervisor", .basis = OWNERS},
    {.state = "已定方案", .field = "fix_at_once", .basis = AT_ONCE},
    {.state = "已定方案", .field = "due_on", .ahead = true, .basis = PROBLEM_TERM},
    {
        .state = "已定方案",
        .field = "due_on",
        .ahead = true,
        .not_before = "found_on",
        .rule = "V40",
        .basis = PROBLEM_TERM,
    },
    {
        .state = "已定方案",
        .field = "due_on",
        .lacks = lacks_short_term,
        .rule = "V41",
        .basis = AT_ONCE,
    },
    {
        .state = "已定方案",
        .field = "extension_approval",
        .lacks = lacks_approval,
        .rule = "V43",
        .basis = PROBLEM_TERM,
    },
    {
        .state = "已定方案",
        .field = "planned_on",
        .not_before = "found_on",
        .basis = PROBLEM_LEDGER,
    },
    {.state = "整改中",
     .field = "started_on",
     .not_before = SINCE_PLANNED,
     .basis = PROBLEM_MANAGED},
    {.state = "整改中", .field = "before_photo", .basis = PROBLEM_CLOSURE},
    {.state = "企业自验", .field = "after_photo", .basis = PROBLEM_CLOSURE},
    {.state = "企业自验", .field = "after_photo", .lacks = lacks_own_picture, .basis = FAKED},
    {
        .state = "企业自验",
        .field = "after_photo_on",
        .not_before = SINCE_RETURNED,
        .basis = PROBLEM_CLOSURE,
    },
    {
        .state = "企业自验",
        .field = "self_checked_on",
        .lacks = lacks_progress,
        .mended_by = "progress",
        .basis = PROGRESS,
    },
    {
        .state = "企业自验",
        .field = "self_checked_on",
        .not_before = SINCE_RETURNED,
        .basis = PROBLEM_CLOSURE,
    },
    {
        .state = "已申请销号",
        .field = "applied_on",
        .not_before = SINCE_CHECKING,
        .basis = PROBLEM_CLOSURE,
    },
    {.state = "已申请销号", .field = "metals", .when = BY_MEASURING, .basis = MEASURED},
    {.state = "已申请销号", .field = "monitoring_report", .when = BY_MEASURING, .basis = MEASURED},
    {
        .state = "已申请销号",
        .field = "monitoring_report",
        .when = BY_MEASURING,
        .lacks = lacks_own_report,
        .basis = MEASURED,
    },
    {
        .state = "已申请销号",
        .field = "monitoring_report",
        .lacks = lacks_results,
        .mended_by = "sample",
        .basis = MEASURED,
    },
    {
        .state = "县级核查",
        .field = "checked_on",
        .not_before = SINCE_APPLIED,
        .basis = PROBLEM_CLOSURE,
    },
    {.state = "县级核查", .field = "checkers", .basis = PROBLEM_CLOSURE},
    {
        .state = "县级核查",
        .field = "checkers",
        .lacks = lacks_second_checker,
        .rule = "V34",
        .basis = PROBLEM_CLOSURE,
    },
    {
        .state = "县级核查",
        .field = "checkers",
        .lacks = lacks_other_checkers,
        .rule = "V22",
        .basis = "本程序约定：谁验收谁负责",
    },
    {
        .state = "县级核查",
        .field = "check_result",
        .must = "通过",
        .basis = PROBLEM_CLOSURE,
    },
    {
        .state = "市级复核",
        .field = "reviewed_on",
        .not_before = SINCE_CHECKED,
        .basis = PROBLEM_CLOSURE,
    },
    {
        .state = "市级复核",
        .field = "review_result",
        .must = "通过",
        .basis = PROBLEM_CLOSURE,
    },
    {.state = "市级复核", .field = "review_opinion", .basis = PROBLEM_CLOSURE},
    {
        .state = "公示",
        .field = "notice_from_on",
        .not_before = SINCE_REVIEWED,
        .basis = PROBLEM_CLOSURE,
    },
    {.state = "公示",
     .field = "notice_to_on",
     .ahead = true,
     .not_before = "notice_from_on",
     .basis = PROBLEM_CLOSURE},
    {.state = "公示", .field = "notice_to_on", .lacks = lacks_notice_days, .basis = NOTICE},
    {.state = "已销号", .field = "notice_objection", .must = "否", .basis = PROBLEM_CLOSURE},
    {.state = "已销号", .field = "closed_on", .not_before = SINCE_NOTICE, .basis = PROBLEM_CLOSURE},
    {.state = "已销号", .field = "closed_on", .lacks = lacks_end_of_notice, .basis = NOTICE},
    {.state = "已销号", .field = "closure_no", .basis = PROBLEM_CLOSURE},
    {.state = "后督察",
     .field = "lookback_on",
     .not_before = SINCE_CLOSED,
     .basis = PROBLEM_LOOKBACK},
    {.state = "后督察", .field = "rebound", .basis = PROBLEM_LOOKBACK},
    {.state = NULL},
};
