/* A hundred thousand random acts upon problems: whatever is tried, no state is reached without its
 * evidence. The oracle knows the law by itself, without the table of the program, and a shadow
 * remembers what was given when. */
#include "core/plan.h"
#include "tests/core/life_world.h"

#include <stdio.h>
#include <string.h>

enum { ACTS = 100000, TODAY = 165, DAYS = 172 }; /* days of 2026, from 0; 2026-06-15 is 165 */

static uint64_t seed = 20260615;

static uint32_t chance(uint32_t range)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 16) % range;
}

/* ---- days, without core/date.h ---- */

static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static const char *iso(int day)
{
    static char text[DAYS + 90][32];
    int month = 0, rest = day;
    while (rest >= lengths[month])
        rest -= lengths[month++];
    snprintf(text[day], sizeof text[day], "2026-%02d-%02d", month + 1, rest + 1);
    return text[day];
}

/* -1: no day. */
static int day_of(const struct record *record, const char *field)
{
    int month, day, sum = 0;
    if (sscanf(record_text(record, field), "2026-%d-%d", &month, &day) != 2)
        return -1;
    for (int i = 0; i + 1 < month; i++)
        sum += lengths[i];
    return sum + day - 1;
}

/* ---- what is going on ---- */

struct given_sample {
    int day, point; /* 0: workshop, 1: main outlet */
    bool thallium, good;
};

static struct {
    struct record record;
    bool exists;
    int tick;        /* of the act */
    int photo_given; /* tick */
    int report_given;
    int returned_at, returned_day; /* tick, -1: never */
    char returned_photo[80];
    char former_reason[64], former_approval[64], former_pause[64];
    int extensions, returns;
    char paused_from[32];
    struct given_sample samples[16];
    size_t sample_count;
    int progress_day[8], progress_percent[8];
    size_t progress_count;
    bool has_successor;
    const char *lost; /* the picture whose file is lost; NULL: none */
    int reached[12];
    int allowed, refused;
} shadow;

static const char *const line[] = {"已登记",     "已定方案", "整改中",   "企业自验",
                                   "已申请销号", "县级核查", "市级复核", "公示",
                                   "已销号",     "后督察",   "挂起",     "反弹重开"};
enum {
    PLANNED = 1,
    STARTED,
    SELF_CHECKED,
    APPLIED,
    CHECKED,
    REVIEWED,
    NOTICED,
    CLOSED,
    LOOKED_BACK,
    PAUSED,
    REOPENED
};

static int rank_of(const char *state)
{
    for (int i = 0; i < (int)COUNT_OF(line); i++)
        if (strcmp(line[i], state) == 0)
            return i;
    return 0;
}

/* ---- the oracle ---- */

static bool has(const struct record *record, const char *field)
{
    return !value_is_null(record_value(record, field));
}

static bool has_all(const struct record *record, const char *const *fields)
{
    for (; *fields; fields++)
        if (!has(record, *fields))
            return false;
    return true;
}

static bool is_yes(const struct record *record, const char *field)
{
    return has(record, field) && record_value(record, field)->integer == 1;
}

static bool is_file_there(const struct record *record, const char *field)
{
    const char *sum = record_text(record, field);
    return strcmp(sum, PICTURE_LOST) != 0 && (!shadow.lost || strcmp(sum, shadow.lost) != 0);
}

static int latest(int a, int b)
{
    return a > b ? a : b;
}

static bool within(const struct record *record, const char *field, int least)
{
    int day = day_of(record, field);
    return day >= least && day <= TODAY;
}

static bool progress_is_done(void)
{
    int day = -1, percent = 101;
    for (size_t i = 0; i < shadow.progress_count; i++) {
        if (shadow.progress_day[i] > day)
            percent = 101;
        if (shadow.progress_day[i] >= day && shadow.progress_percent[i] < percent) {
            day = shadow.progress_day[i];
            percent = shadow.progress_percent[i];
        }
    }
    return day < 0 || (percent == 100 && day >= shadow.returned_day);
}

static bool sample_proves(const struct record *record)
{
    int from = latest(day_of(record, "started_on"), shadow.returned_day);
    int until = has(record, "closed_on") ? day_of(record, "closed_on") : 100000;
    int best = -1;
    bool good = false;
    for (size_t i = 0; i < shadow.sample_count; i++) {
        const struct given_sample *sample = &shadow.samples[i];
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
    int found = day_of(record, "found_on"), due = day_of(record, "due_on");
    int term = has(record, "original_due_on") ? day_of(record, "original_due_on") : due;
    return found <= TODAY && due >= found && within(record, "planned_on", found) &&
           (!is_yes(record, "fix_at_once") || term - found <= 30) &&
           (shadow.extensions == 0 || has(record, "extension_approval"));
}

/* What the record itself shows for a state; with `now` also what is outside: files, samples,
 * reports. */
static bool holds(const struct record *record, int rank, bool now)
{
    bool measured = strcmp(record_text(record, "category"), "车间口超标") == 0;
    if (rank >= PLANNED && !plan_holds(record))
        return false;
    if (rank >= STARTED &&
        (!within(record, "started_on", day_of(record, "planned_on")) ||
         !has(record, "before_photo") || (now && !is_file_there(record, "before_photo"))))
        return false;
    int since = latest(day_of(record, "started_on"), shadow.returned_day);
    if (rank >= SELF_CHECKED &&
        (!has(record, "after_photo") || shadow.photo_given < shadow.returned_at ||
         strcmp(record_text(record, "after_photo"), record_text(record, "before_photo")) == 0 ||
         strcmp(record_text(record, "after_photo"), shadow.returned_photo) == 0 ||
         !within(record, "after_photo_on", since) || !within(record, "self_checked_on", since)))
        return false;
    if (rank >= SELF_CHECKED && now &&
        (!is_file_there(record, "after_photo") || !progress_is_done()))
        return false;
    if (rank >= APPLIED && !within(record, "applied_on", day_of(record, "self_checked_on")))
        return false;
    if (rank >= APPLIED && measured &&
        (!has(record, "monitoring_report") || shadow.report_given < shadow.returned_at))
        return false;
    if (rank >= APPLIED && measured && now &&
        (!is_file_there(record, "monitoring_report") || !sample_proves(record)))
        return false;
    const char *checkers = record_text(record, "checkers");
    if (rank >= CHECKED &&
        (!within(record, "checked_on", day_of(record, "applied_on")) || !strstr(checkers, "、") ||
         strstr(checkers, "王五") || strcmp(record_text(record, "check_result"), "通过") != 0))
        return false;
    if (rank >= REVIEWED && (!within(record, "reviewed_on", day_of(record, "checked_on")) ||
                             strcmp(record_text(record, "review_result"), "通过") != 0 ||
                             !has(record, "review_opinion")))
        return false;
    if (rank >= NOTICED && (!within(record, "notice_from_on", day_of(record, "reviewed_on")) ||
                            day_of(record, "notice_to_on") < day_of(record, "notice_from_on") + 5))
        return false;
    if (rank >= CLOSED && (!has(record, "notice_objection") || is_yes(record, "notice_objection") ||
                           !within(record, "closed_on", day_of(record, "notice_to_on") + 1) ||
                           !has(record, "closure_no")))
        return false;
    return rank < LOOKED_BACK ||
           (within(record, "lookback_on", day_of(record, "closed_on")) && has(record, "rebound"));
}

static bool is_new(const struct record *record, const char *field, const char *former)
{
    return has(record, field) && strcmp(record_text(record, field), former) != 0;
}

/* Whether the law lets the case go from state to state so. */
static bool may_go(const struct record *before, const struct record *after, int from, int to)
{
    if (to < PAUSED && from < PAUSED && to > from)
        return holds(after, to, true);
    if (to == STARTED && from >= SELF_CHECKED && from <= NOTICED)
        return is_new(after, "return_reason", shadow.former_reason) &&
               within(after, "returned_on",
                      latest(day_of(before, "self_checked_on"), shadow.returned_day + 1)) &&
               !has(after, "after_photo") && !has(after, "self_checked_on") &&
               !has(after, "applied_on") && !has(after, "checkers") && !has(after, "notice_to_on");
    if (to == PAUSED && from <= NOTICED)
        return is_new(after, "suspend_approval", shadow.former_pause) &&
               within(after, "suspended_on", 0) && has(after, "suspend_reason") &&
               day_of(after, "suspended_until_on") > day_of(after, "suspended_on");
    if (from == PAUSED)
        return strcmp(line[to], shadow.paused_from) == 0;
    return to == REOPENED && from == LOOKED_BACK && is_yes(after, "rebound") &&
           shadow.has_successor;
}

static bool is_put_off(const struct record *before, const struct record *after)
{
    return day_of(before, "due_on") >= 0 && day_of(after, "due_on") > day_of(before, "due_on");
}

static int standing_of(const struct record *record)
{
    int rank = rank_of(record_text(record, "state"));
    return rank == PAUSED ? rank_of(shadow.paused_from) : rank == REOPENED ? LOOKED_BACK : rank;
}

/* The gate has let it through: was that right? */
static void judge(const struct record *before, const struct record *after)
{
    int from = rank_of(record_text(before, "state")), to = rank_of(record_text(after, "state"));
    if (from != to && !may_go(before, after, from, to))
        fail_msg("act %d: %s to %s", shadow.tick, line[from], line[to]);
    if (is_put_off(before, after) && standing_of(before) >= PLANNED &&
        !(is_new(after, "extension_approval", shadow.former_approval) &&
          within(after, "extension_approved_on", 0) &&
          (from == PLANNED || from == STARTED || from == PAUSED)))
        fail_msg("act %d: put off in %s", shadow.tick, line[from]);
}

static void remember_text(char *to, size_t size, const struct record *record, const char *field)
{
    if (has(record, field))
        snprintf(to, size, "%s", record_text(record, field));
}

static bool differs(const struct record *before, const struct record *after, const char *field)
{
    return !value_equal(record_value(before, field), record_value(after, field));
}

static void note_given(const struct record *before, const struct record *after)
{
    if (differs(before, after, "after_photo"))
        shadow.photo_given = shadow.tick;
    if (differs(before, after, "monitoring_report"))
        shadow.report_given = shadow.tick;
}

static void remember(const struct record *before, const struct record *after)
{
    int from = rank_of(record_text(before, "state")), to = rank_of(record_text(after, "state"));
    if (is_put_off(before, after) && standing_of(before) >= PLANNED)
        shadow.extensions++;
    if (to == STARTED && from >= SELF_CHECKED && from <= NOTICED) {
        shadow.returns++;
        shadow.returned_at = shadow.tick;
        snprintf(shadow.returned_photo, sizeof shadow.returned_photo, "%s",
                 record_text(before, "after_photo"));
        shadow.returned_day = day_of(after, "returned_on");
    }
    if (to == PAUSED && from != PAUSED)
        snprintf(shadow.paused_from, sizeof shadow.paused_from, "%s", line[from]);
    remember_text(shadow.former_reason, sizeof shadow.former_reason, after, "return_reason");
    remember_text(shadow.former_approval, sizeof shadow.former_approval, after,
                  "extension_approval");
    remember_text(shadow.former_pause, sizeof shadow.former_pause, after, "suspend_approval");
    if (from != to || !shadow.exists)
        shadow.reached[to]++;
    shadow.exists = true;
}

/* ---- what is tried ---- */

static const char *any_day(void)
{
    return iso((int)chance(DAYS));
}

/* A day not long after the last step. */
static const char *next_day(const struct record *record)
{
    static const char *const steps[] = {"found_on",       "planned_on",     "started_on",
                                        "returned_on",    "after_photo_on", "self_checked_on",
                                        "applied_on",     "checked_on",     "reviewed_on",
                                        "notice_from_on", "notice_to_on",   "closed_on"};
    int day = 0;
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        day = latest(day, day_of(record, steps[i]));
    day += (int)chance(4);
    return iso(day < DAYS ? day : DAYS);
}

static const char *counted(const char *word)
{
    static char text[64];
    snprintf(text, sizeof text, "%s第%u号文件", word, chance(60));
    return text;
}

static const char *any_picture(void)
{
    static const char *const pictures[] = {PICTURE_BEFORE, PICTURE_AFTER, PICTURE_AGAIN, REPORT,
                                           PICTURE_LOST};
    return pictures[chance(chance(4) ? COUNT_OF(pictures) - 1 : COUNT_OF(pictures))];
}

static const char *any_text(const struct record *record, const struct field *field, bool honest)
{
    static const char *const names[] = {"张三、李四", "张三", "王五、张三", "钱七、孙八"};
    const char *name = field->name;
    if (!honest && chance(12) == 0)
        return "";
    if (strcmp(name, "due_on") == 0 || strcmp(name, "suspended_until_on") == 0)
        return iso((int)chance(90) + TODAY);
    if (strcmp(name, "notice_to_on") == 0 && honest) {
        int from = day_of(record, "notice_from_on");
        return iso((from < 0 ? 0 : from) + 4 + (int)chance(3));
    }
    if (field->type == TYPE_DATE)
        return honest ? next_day(record) : any_day();
    if (field->type == TYPE_ATTACHMENT)
        return any_picture();
    if (field->type == TYPE_BOOL)
        return chance(honest ? 12 : 2) ? "否" : "是";
    if (strcmp(name, "checkers") == 0)
        return names[honest ? 0 : chance(COUNT_OF(names))];
    if (field->type == TYPE_CHOICE)
        return chance(honest ? 12 : 2) ? "通过" : "退回";
    if (strcmp(name, "category") == 0)
        return chance(2) ? "车间口超标" : "手续";
    if (strcmp(name, "responsible_person") == 0)
        return "王五";
    return counted(field->label);
}

static void set(struct record *record, const char *name, bool honest)
{
    const struct field *field = reg_field_find(record->reg, name);
    if (strcmp(name, "category") == 0)
        world_set(record, name, chance(2) ? "车间口超标" : "手续");
    else
        world_set(record, name, any_text(record, field, honest));
}

static void try_move(const struct record *before, struct record *after, bool honest)
{
    size_t count = 0;
    while (life_move_at(before, count))
        count++;
    if (count == 0)
        return;
    const struct life_move *move = life_move_at(before, chance(3) ? 0 : chance((uint32_t)count));
    life_apply(move, after);
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->asks[i]; i++)
        if (honest || chance(4))
            set(after, move->asks[i], honest);
}

static void try_edit(struct record *after)
{
    static const char *const fields[] = {"found_on",
                                         "measures",
                                         "due_on",
                                         "planned_on",
                                         "fix_at_once",
                                         "started_on",
                                         "before_photo",
                                         "after_photo",
                                         "after_photo_on",
                                         "self_checked_on",
                                         "applied_on",
                                         "monitoring_report",
                                         "checked_on",
                                         "checkers",
                                         "check_result",
                                         "reviewed_on",
                                         "review_result",
                                         "notice_from_on",
                                         "notice_to_on",
                                         "notice_objection",
                                         "closed_on",
                                         "closure_no",
                                         "lookback_on",
                                         "rebound",
                                         "returned_on",
                                         "return_reason",
                                         "category",
                                         "suspended_on",
                                         "suspend_approval",
                                         "extension_approval",
                                         "extension_approved_on"};
    for (uint32_t n = 1 + chance(3); n > 0; n--)
        set(after, fields[chance(COUNT_OF(fields))], chance(2));
    if (chance(2))
        world_set(after, "state", line[chance(COUNT_OF(line))]);
}

/* ---- what happens around it ---- */

static void happen_sample(void)
{
    char id[32];
    struct given_sample sample = {.day = latest(day_of(&shadow.record, "started_on"), 0) +
                                         (int)chance(60),
                                  .point = chance(4) == 0,
                                  .thallium = chance(5) != 0,
                                  .good = chance(5) != 0};
    if (sample.day >= DAYS)
        return;
    if (shadow.sample_count == COUNT_OF(shadow.samples)) {
        for (size_t i = 0; i < shadow.sample_count; i++) {
            snprintf(id, sizeof id, "s%zu", i);
            world_remove(id);
        }
        shadow.sample_count = 0;
        return;
    }
    snprintf(id, sizeof id, "s%zu", shadow.sample_count);
    world_add(&reg_sample, id,
              (const char *const[]){"enterprise", "works", "point_type",
                                    sample.point ? "废水总排放口" : "车间或生产设施废水排放口",
                                    "factor", sample.thallium ? "铊" : "镉", "value", "0.004",
                                    "unit", "mg/L", "sampled_on", iso(sample.day), "verdict",
                                    sample.good ? "达标" : "超标", NULL});
    shadow.samples[shadow.sample_count++] = sample;
}

static void happen_progress(void)
{
    char id[32], percent[8];
    if (shadow.progress_count == COUNT_OF(shadow.progress_day) || chance(6) == 0) {
        for (size_t i = 0; i < shadow.progress_count; i++) {
            snprintf(id, sizeof id, "p%zu", i);
            world_remove(id);
        }
        shadow.progress_count = 0;
        return;
    }
    int day = latest(day_of(&shadow.record, "started_on"), 0) + (int)chance(60);
    int done = chance(5) ? 100 : 90;
    if (day >= DAYS)
        return;
    snprintf(id, sizeof id, "p%zu", shadow.progress_count);
    snprintf(percent, sizeof percent, "%d", done);
    world_add(&reg_progress, id,
              (const char *const[]){"problem", "own", "reported_on", iso(day), "done_percent",
                                    percent, NULL});
    shadow.progress_day[shadow.progress_count] = day;
    shadow.progress_percent[shadow.progress_count++] = done;
}

static void happen(void)
{
    switch (chance(6)) {
    case 0:
        shadow.lost = chance(3) ? NULL : any_picture();
        world_lose(shadow.lost);
        break;
    case 1:
        if (shadow.has_successor)
            world_remove("successor");
        else
            world_add(&reg_problem, "successor",
                      (const char *const[]){"former_problem", "own", NULL});
        shadow.has_successor = !shadow.has_successor;
        break;
    case 2:
        happen_progress();
        break;
    default:
        happen_sample();
        break;
    }
}

/* ---- the acts ---- */

static void begin(const struct plan *plan)
{
    struct record empty;
    record_release(&shadow.record);
    world_clear();
    int tick = shadow.tick, allowed = shadow.allowed, refused = shadow.refused, reached[12];
    memcpy(reached, shadow.reached, sizeof reached);
    memset(&shadow, 0, sizeof shadow);
    memcpy(shadow.reached, reached, sizeof reached);
    shadow.tick = tick;
    shadow.allowed = allowed;
    shadow.refused = refused;
    shadow.returned_at = shadow.returned_day = -1;
    record_init(&empty, &reg_problem);
    strcpy(empty.id, "own");
    world_set(&empty, "state", "已登记");
    world_set(&empty, "category", "车间口超标");
    world_set(&empty, "metals", "铊");
    world_set(&empty, "enterprise", "works");
    world_set(&empty, "found_on", iso((int)chance(60)));
    empty.plan = plan;
    assert_true(life_allows(NULL, &empty, &world_desk, NULL));
    empty.version = 1;
    shadow.record = empty;
    shadow.exists = true;
}

static void act(const struct plan *plan)
{
    struct record after;
    const struct record *before = &shadow.record;
    record_copy(&after, before);
    after.plan = plan;
    if (chance(4))
        try_move(before, &after, chance(5) != 0);
    else
        try_edit(&after);
    record_derive(&after, before);
    int from = rank_of(record_text(before, "state")), to = rank_of(record_text(&after, "state"));
    struct error err = {0};
    int photo_given = shadow.photo_given, report_given = shadow.report_given;
    bool allowed = life_allows(before, &after, &world_desk, &err);
    note_given(before, &after);
    if (!allowed) {
        shadow.refused++;
        assert_true(err.code == ERROR_REFUSED && strlen(err.message) > 20);
        /* A refusal must be right as well: where all is shown and nothing else was touched. */
        if (to < PAUSED && from < PAUSED && to > from &&
            strncmp(err.message, "不能进入", 12) == 0 && holds(&after, to, true))
            fail_msg("act %d: refused, though all is there: %s", shadow.tick, err.message);
        shadow.photo_given = photo_given;
        shadow.report_given = report_given;
        record_release(&after);
        return;
    }
    shadow.allowed++;
    judge(before, &after);
    remember(before, &after);
    if (!holds(&after, standing_of(&after), false))
        fail_msg("act %d: %s without its evidence", shadow.tick, record_text(&after, "state"));
    assert_int_equal(
        has(&after, "extension_count") ? record_value(&after, "extension_count")->integer : 0,
        shadow.extensions);
    assert_int_equal(has(&after, "return_count") ? record_value(&after, "return_count")->integer
                                                 : 0,
                     shadow.returns);
    record_release(&shadow.record);
    shadow.record = after;
}

static void try_removal(const struct plan *plan)
{
    struct record gone;
    record_copy(&gone, &shadow.record);
    gone.plan = plan;
    gone.deleted = true;
    assert_int_equal(life_allows(&shadow.record, &gone, &world_desk, NULL),
                     standing_of(&shadow.record) == 0);
    record_release(&gone);
}

static void no_state_without_its_evidence(void **state)
{
    (void)state;
    struct plans plans;
    plans_init(&plans);
    const struct plan *plan = plans_find(&plans, &reg_problem);
    begin(plan);
    for (shadow.tick = 1; shadow.tick <= ACTS; shadow.tick++) {
        if (chance(3) == 0)
            happen();
        act(plan);
        if (chance(50) == 0)
            try_removal(plan);
        bool ended = rank_of(record_text(&shadow.record, "state")) >= LOOKED_BACK;
        if (chance(ended ? 12 : 150) == 0)
            begin(plan);
    }
    /* The acts came everywhere, else they would prove nothing. */
    for (size_t i = 1; i < COUNT_OF(line); i++)
        assert_in_range(shadow.reached[i], 40, ACTS);
    assert_in_range(shadow.allowed, ACTS / 20, ACTS);
    assert_in_range(shadow.refused, ACTS / 20, ACTS);
    record_release(&shadow.record);
    world_clear();
    plans_release(&plans);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_state_without_its_evidence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
