#include "tests/core/life_oracle.h"

#include <stdio.h>
#include <string.h>

struct oracle_shadow oracle_shadow;

/* ---- days, without core/date.h ---- */

static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

const char *oracle_iso(int day)
{
    static char text[DAYS + 90][32];
    int month = 0, rest = day;
    while (rest >= lengths[month])
        rest -= lengths[month++];
    snprintf(text[day], sizeof text[day], "2026-%02d-%02d", month + 1, rest + 1);
    return text[day];
}

int oracle_day_of(const struct record *record, const char *field)
{
    int month, day, sum = 0;
    if (sscanf(record_text(record, field), "2026-%d-%d", &month, &day) != 2)
        return -1;
    for (int i = 0; i + 1 < month; i++)
        sum += lengths[i];
    return sum + day - 1;
}

/* ---- what is going on ---- */

const char *const oracle_states[ORACLE_STATES] = {"已登记",     "已定方案", "整改中",   "企业自验",
                                                  "已申请销号", "县级核查", "市级复核", "公示",
                                                  "已销号",     "后督察",   "挂起",     "反弹重开"};

int oracle_rank_of(const char *state)
{
    for (int i = 0; i < (int)COUNT_OF(oracle_states); i++)
        if (strcmp(oracle_states[i], state) == 0)
            return i;
    return 0;
}

/* ---- the oracle ---- */

bool oracle_has(const struct record *record, const char *field)
{
    return !value_is_null(record_value(record, field));
}

static bool has_all(const struct record *record, const char *const *fields)
{
    for (; *fields; fields++)
        if (!oracle_has(record, *fields))
            return false;
    return true;
}

static bool is_yes(const struct record *record, const char *field)
{
    return oracle_has(record, field) && record_value(record, field)->integer == 1;
}

static bool is_file_there(const struct record *record, const char *field)
{
    const char *sum = record_text(record, field);
    return strcmp(sum, PICTURE_LOST) != 0 &&
           (!oracle_shadow.lost || strcmp(sum, oracle_shadow.lost) != 0);
}

int oracle_latest(int a, int b)
{
    return a > b ? a : b;
}

static bool within(const struct record *record, const char *field, int least)
{
    int day = oracle_day_of(record, field);
    return day >= least && day <= TODAY;
}

static bool progress_is_done(void)
{
    int day = -1, percent = 101;
    for (size_t i = 0; i < oracle_shadow.progress_count; i++) {
        if (oracle_shadow.progress_day[i] > TODAY)
            continue;
        if (oracle_shadow.progress_day[i] > day)
            percent = 101;
        if (oracle_shadow.progress_day[i] >= day && oracle_shadow.progress_percent[i] < percent) {
            day = oracle_shadow.progress_day[i];
            percent = oracle_shadow.progress_percent[i];
        }
    }
    return day < 0 || (percent == 100 && day >= oracle_shadow.returned_day);
}

static bool sample_proves(const struct record *record)
{
    int from = oracle_latest(oracle_day_of(record, "started_on"), oracle_shadow.returned_day);
    int until = oracle_has(record, "closed_on") ? oracle_day_of(record, "closed_on") : TODAY;
    until = until < TODAY ? until : TODAY;
    int best = -1;
    bool good = false;
    for (size_t i = 0; i < oracle_shadow.sample_count; i++) {
        const struct given_sample *sample = &oracle_shadow.samples[i];
        if (!sample->thallium || sample->point != 0 || sample->day < from || sample->day > until)
            continue;
        if (sample->day > best) {
            best = sample->day;
            good = sample->good;
        } else if (sample->day == best) {
            good = good && sample->good;
        }
    }
    return best >= 0 && good;
}

static bool plan_holds(const struct record *record)
{
    static const char *const fields[] = {
        "found_on",   "measures",    "goal",       "responsible_unit", "responsible_person",
        "planned_on", "fix_at_once", "supervisor", "due_on",           "supervising_unit",
        NULL};
    if (!has_all(record, fields))
        return false;
    int found = oracle_day_of(record, "found_on"), due = oracle_day_of(record, "due_on");
    int term =
        oracle_has(record, "original_due_on") ? oracle_day_of(record, "original_due_on") : due;
    return found <= TODAY && due >= found && within(record, "planned_on", found) &&
           (!is_yes(record, "fix_at_once") || term - found <= 30) &&
           (oracle_shadow.extensions == 0 || oracle_has(record, "extension_approval"));
}

/* A photo is no report of a laboratory. */
static bool is_own_report(const struct record *record)
{
    static const char *const others[] = {"before_photo", "after_photo", "contract",
                                         "other_evidence"};
    const char *report = record_text(record, "monitoring_report");
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (strcmp(record_text(record, others[i]), report) == 0)
            return false;
    return *report != '\0';
}

bool oracle_holds(const struct record *record, int rank, bool now)
{
    bool measured = strcmp(record_text(record, "category"), "车间口超标") == 0;
    if (rank >= PLANNED && !plan_holds(record))
        return false;
    if (rank >= STARTED &&
        (!within(record, "started_on", oracle_day_of(record, "planned_on")) ||
         !oracle_has(record, "before_photo") || (now && !is_file_there(record, "before_photo"))))
        return false;
    int since = oracle_latest(oracle_day_of(record, "started_on"), oracle_shadow.returned_day);
    if (rank >= SELF_CHECKED &&
        (!oracle_has(record, "after_photo") ||
         oracle_shadow.photo_given < oracle_shadow.returned_at ||
         strcmp(record_text(record, "after_photo"), record_text(record, "before_photo")) == 0 ||
         strcmp(record_text(record, "after_photo"), oracle_shadow.returned_photo) == 0 ||
         !within(record, "after_photo_on", since) || !within(record, "self_checked_on", since)))
        return false;
    if (rank >= SELF_CHECKED && now &&
        (!is_file_there(record, "after_photo") || !progress_is_done()))
        return false;
    if (rank >= APPLIED && !within(record, "applied_on", oracle_day_of(record, "self_checked_on")))
        return false;
    if (rank >= APPLIED && measured &&
        (!is_own_report(record) || oracle_shadow.report_given < oracle_shadow.returned_at))
        return false;
    if (rank >= APPLIED && measured && now &&
        (!is_file_there(record, "monitoring_report") || !sample_proves(record)))
        return false;
    const char *checkers = record_text(record, "checkers");
    if (rank >= CHECKED && (!within(record, "checked_on", oracle_day_of(record, "applied_on")) ||
                            !strstr(checkers, "、") || strstr(checkers, "王五") ||
                            strcmp(record_text(record, "check_result"), "通过") != 0))
        return false;
    if (rank >= REVIEWED && (!within(record, "reviewed_on", oracle_day_of(record, "checked_on")) ||
                             strcmp(record_text(record, "review_result"), "通过") != 0 ||
                             !oracle_has(record, "review_opinion")))
        return false;
    if (rank >= NOTICED &&
        (!within(record, "notice_from_on", oracle_day_of(record, "reviewed_on")) ||
         oracle_day_of(record, "notice_to_on") < oracle_day_of(record, "notice_from_on") + 5))
        return false;
    if (rank >= CLOSED &&
        (!oracle_has(record, "notice_objection") || is_yes(record, "notice_objection") ||
         !within(record, "closed_on", oracle_day_of(record, "notice_to_on") + 1) ||
         !oracle_has(record, "closure_no")))
        return false;
    return rank < LOOKED_BACK ||
           (within(record, "lookback_on", oracle_day_of(record, "closed_on")) &&
            oracle_has(record, "rebound"));
}

static bool is_new(const struct record *record, const char *field, const char *former)
{
    return oracle_has(record, field) && strcmp(record_text(record, field), former) != 0;
}

/* Whether the law lets the case go from state to state so. */
static bool may_go(const struct record *before, const struct record *after, int from, int to)
{
    if (to < PAUSED && from < PAUSED && to > from)
        return oracle_holds(after, to, true);
    if (to == STARTED && from >= SELF_CHECKED && from <= NOTICED)
        return is_new(after, "return_reason", oracle_shadow.former_reason) &&
               within(after, "returned_on",
                      oracle_latest(oracle_day_of(before, "self_checked_on"),
                                    oracle_shadow.returned_day + 1)) &&
               !oracle_has(after, "after_photo") && !oracle_has(after, "self_checked_on") &&
               !oracle_has(after, "applied_on") && !oracle_has(after, "checkers") &&
               !oracle_has(after, "notice_to_on");
    if (to == PAUSED && from <= NOTICED)
        return is_new(after, "suspend_approval", oracle_shadow.former_pause) &&
               within(after, "suspended_on", 0) && oracle_has(after, "suspend_reason") &&
               oracle_day_of(after, "suspended_until_on") > oracle_day_of(after, "suspended_on");
    if (from == PAUSED)
        return strcmp(oracle_states[to], oracle_shadow.paused_from) == 0;
    return to == REOPENED && from == LOOKED_BACK && is_yes(after, "rebound") &&
           oracle_shadow.has_successor;
}

static bool is_put_off(const struct record *before, const struct record *after)
{
    return oracle_day_of(before, "due_on") >= 0 &&
           oracle_day_of(after, "due_on") > oracle_day_of(before, "due_on");
}

int oracle_standing_of(const struct record *record)
{
    int rank = oracle_rank_of(record_text(record, "state"));
    return rank == PAUSED     ? oracle_rank_of(oracle_shadow.paused_from)
           : rank == REOPENED ? LOOKED_BACK
                              : rank;
}

static bool differs(const struct record *before, const struct record *after, const char *field)
{
    return !value_equal(record_value(before, field), record_value(after, field));
}

void oracle_judge(const struct record *before, const struct record *after)
{
    int from = oracle_rank_of(record_text(before, "state")),
        to = oracle_rank_of(record_text(after, "state"));
    if (from != to && !may_go(before, after, from, to))
        fail_msg("act %d: %s to %s", oracle_shadow.tick, oracle_states[from], oracle_states[to]);
    if (oracle_standing_of(before) >= CLOSED && oracle_holds(before, CLOSED, true) &&
        (differs(before, after, "after_photo") || differs(before, after, "checked_on")))
        fail_msg("act %d: closed, and its proof is another one", oracle_shadow.tick);
    if (is_put_off(before, after) && oracle_standing_of(before) >= PLANNED &&
        !(is_new(after, "extension_approval", oracle_shadow.former_approval) &&
          within(after, "extension_approved_on", 0) &&
          (from == PLANNED || from == STARTED || from == PAUSED)))
        fail_msg("act %d: put off in %s", oracle_shadow.tick, oracle_states[from]);
}

static void remember_text(char *to, size_t size, const struct record *record, const char *field)
{
    if (oracle_has(record, field))
        snprintf(to, size, "%s", record_text(record, field));
}

void oracle_note_given(const struct record *before, const struct record *after)
{
    if (differs(before, after, "after_photo"))
        oracle_shadow.photo_given = oracle_shadow.tick;
    if (differs(before, after, "monitoring_report"))
        oracle_shadow.report_given = oracle_shadow.tick;
}

void oracle_remember(const struct record *before, const struct record *after)
{
    int from = oracle_rank_of(record_text(before, "state")),
        to = oracle_rank_of(record_text(after, "state"));
    if (is_put_off(before, after) && oracle_standing_of(before) >= PLANNED)
        oracle_shadow.extensions++;
    if (to == STARTED && from >= SELF_CHECKED && from <= NOTICED) {
        oracle_shadow.returns++;
        oracle_shadow.returned_at = oracle_shadow.tick;
        snprintf(oracle_shadow.returned_photo, sizeof oracle_shadow.returned_photo, "%s",
                 record_text(before, "after_photo"));
        oracle_shadow.returned_day = oracle_day_of(after, "returned_on");
    }
    if (to == PAUSED && from != PAUSED)
        snprintf(oracle_shadow.paused_from, sizeof oracle_shadow.paused_from, "%s",
                 oracle_states[from]);
    remember_text(oracle_shadow.former_reason, sizeof oracle_shadow.former_reason, after,
                  "return_reason");
    remember_text(oracle_shadow.former_approval, sizeof oracle_shadow.former_approval, after,
                  "extension_approval");
    remember_text(oracle_shadow.former_pause, sizeof oracle_shadow.former_pause, after,
                  "suspend_approval");
    if (from != to || !oracle_shadow.exists)
        oracle_shadow.reached[to]++;
    oracle_shadow.exists = true;
}
