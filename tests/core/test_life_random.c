/* A hundred thousand random acts upon problems: whatever is tried, no state is reached without its
 * evidence. */
#include "core/plan.h"
#include "tests/core/life_oracle.h"
#include "tests/core/typing.h"

#include <stdio.h>
#include <string.h>

enum { ACTS = 100000 };

static uint64_t seed = 20260615;

static uint32_t chance(uint32_t range)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 16) % range;
}

/* ---- what is tried ---- */

static const char *any_day(void)
{
    return oracle_iso((int)chance(DAYS));
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
        day = oracle_latest(day, oracle_day_of(record, steps[i]));
    day += (int)chance(4);
    return oracle_iso(day < DAYS ? day : DAYS);
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
        return oracle_iso((int)chance(90) + TODAY);
    if (strcmp(name, "notice_to_on") == 0 && honest) {
        int from = oracle_day_of(record, "notice_from_on");
        return oracle_iso((from < 0 ? 0 : from) + 4 + (int)chance(3));
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
        type_in(record, name, chance(2) ? "车间口超标" : "手续");
    else
        type_in(record, name, any_text(record, field, honest));
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
        type_in(after, "state", oracle_states[chance(COUNT_OF(oracle_states))]);
}

/* ---- what happens around it ---- */

static void happen_sample(void)
{
    char id[32];
    struct given_sample sample = {
        .day =
            oracle_latest(oracle_day_of(&oracle_shadow.record, "started_on"), 0) + (int)chance(60),
        .point = chance(4) == 0,
        .thallium = chance(5) != 0,
        .good = chance(5) != 0};
    if (sample.day >= DAYS)
        return;
    if (oracle_shadow.sample_count == COUNT_OF(oracle_shadow.samples)) {
        for (size_t i = 0; i < oracle_shadow.sample_count; i++) {
            snprintf(id, sizeof id, "s%zu", i);
            world_remove(id);
        }
        oracle_shadow.sample_count = 0;
        return;
    }
    snprintf(id, sizeof id, "s%zu", oracle_shadow.sample_count);
    world_add(&reg_sample, id,
              (const char *const[]){"enterprise", "works", "point_type",
                                    sample.point ? "废水总排放口" : "车间或生产设施废水排放口",
                                    "factor", sample.thallium ? "铊" : "镉", "value", "0.004",
                                    "unit", "mg/L", "sampled_on", oracle_iso(sample.day), "verdict",
                                    sample.good ? "达标" : "超标", NULL});
    oracle_shadow.samples[oracle_shadow.sample_count++] = sample;
}

static void happen_progress(void)
{
    char id[32], percent[8];
    if (oracle_shadow.progress_count == COUNT_OF(oracle_shadow.progress_day) || chance(6) == 0) {
        for (size_t i = 0; i < oracle_shadow.progress_count; i++) {
            snprintf(id, sizeof id, "p%zu", i);
            world_remove(id);
        }
        oracle_shadow.progress_count = 0;
        return;
    }
    int day =
        oracle_latest(oracle_day_of(&oracle_shadow.record, "started_on"), 0) + (int)chance(60);
    int done = chance(5) ? 100 : 90;
    if (day >= DAYS)
        return;
    snprintf(id, sizeof id, "p%zu", oracle_shadow.progress_count);
    snprintf(percent, sizeof percent, "%d", done);
    world_add(&reg_progress, id,
              (const char *const[]){"problem", "own", "reported_on", oracle_iso(day),
                                    "done_percent", percent, NULL});
    oracle_shadow.progress_day[oracle_shadow.progress_count] = day;
    oracle_shadow.progress_percent[oracle_shadow.progress_count++] = done;
}

static void happen(void)
{
    switch (chance(6)) {
    case 0:
        oracle_shadow.lost = chance(3) ? NULL : any_picture();
        world_lose(oracle_shadow.lost);
        break;
    case 1:
        if (oracle_shadow.has_successor)
            world_remove("successor");
        else
            world_add(&reg_problem, "successor",
                      (const char *const[]){"former_problem", "own", NULL});
        oracle_shadow.has_successor = !oracle_shadow.has_successor;
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
    record_release(&oracle_shadow.record);
    world_clear();
    int tick = oracle_shadow.tick, allowed = oracle_shadow.allowed, refused = oracle_shadow.refused,
        reached[12];
    memcpy(reached, oracle_shadow.reached, sizeof reached);
    memset(&oracle_shadow, 0, sizeof oracle_shadow);
    memcpy(oracle_shadow.reached, reached, sizeof reached);
    oracle_shadow.tick = tick;
    oracle_shadow.allowed = allowed;
    oracle_shadow.refused = refused;
    oracle_shadow.returned_at = oracle_shadow.returned_day = -1;
    record_init(&empty, &reg_problem);
    strcpy(empty.id, "own");
    type_in(&empty, "state", "已登记");
    type_in(&empty, "category", "车间口超标");
    type_in(&empty, "metals", "铊");
    type_in(&empty, "enterprise", "works");
    type_in(&empty, "found_on", oracle_iso((int)chance(60)));
    empty.plan = plan;
    assert_true(life_allows(NULL, &empty, &world_desk, NULL));
    empty.version = 1;
    oracle_shadow.record = empty;
    oracle_shadow.exists = true;
}

static void act(const struct plan *plan)
{
    struct record after;
    const struct record *before = &oracle_shadow.record;
    record_copy(&after, before);
    after.plan = plan;
    if (chance(4))
        try_move(before, &after, chance(5) != 0);
    else
        try_edit(&after);
    record_derive(&after, before);
    int from = oracle_rank_of(record_text(before, "state")),
        to = oracle_rank_of(record_text(&after, "state"));
    struct error err = {0};
    int photo_given = oracle_shadow.photo_given, report_given = oracle_shadow.report_given;
    bool allowed = life_allows(before, &after, &world_desk, &err);
    oracle_note_given(before, &after);
    if (!allowed) {
        oracle_shadow.refused++;
        assert_true(err.code == ERROR_REFUSED && strlen(err.message) > 20);
        /* A refusal must be right as well: where all is shown and nothing else was touched. */
        if (to < PAUSED && from < PAUSED && to > from &&
            strncmp(err.message, "不能进入", 12) == 0 && oracle_holds(&after, to, true))
            fail_msg("act %d: refused, though all is there: %s", oracle_shadow.tick, err.message);
        oracle_shadow.photo_given = photo_given;
        oracle_shadow.report_given = report_given;
        record_release(&after);
        return;
    }
    oracle_shadow.allowed++;
    oracle_judge(before, &after);
    oracle_remember(before, &after);
    if (!oracle_holds(&after, oracle_standing_of(&after), false))
        fail_msg("act %d: %s without its evidence", oracle_shadow.tick,
                 record_text(&after, "state"));
    assert_int_equal(oracle_has(&after, "extension_count")
                         ? record_value(&after, "extension_count")->integer
                         : 0,
                     oracle_shadow.extensions);
    assert_int_equal(
        oracle_has(&after, "return_count") ? record_value(&after, "return_count")->integer : 0,
        oracle_shadow.returns);
    record_release(&oracle_shadow.record);
    oracle_shadow.record = after;
}

static void try_removal(const struct plan *plan)
{
    struct record gone;
    record_copy(&gone, &oracle_shadow.record);
    gone.plan = plan;
    gone.deleted = true;
    assert_int_equal(life_allows(&oracle_shadow.record, &gone, &world_desk, NULL),
                     oracle_standing_of(&oracle_shadow.record) == 0);
    record_release(&gone);
}

static void no_state_without_its_evidence(void **state)
{
    (void)state;
    struct plans plans;
    plans_init(&plans);
    const struct plan *plan = plans_find(&plans, &reg_problem);
    begin(plan);
    for (oracle_shadow.tick = 1; oracle_shadow.tick <= ACTS; oracle_shadow.tick++) {
        if (chance(3) == 0)
            happen();
        act(plan);
        if (chance(50) == 0)
            try_removal(plan);
        bool ended = oracle_rank_of(record_text(&oracle_shadow.record, "state")) >= LOOKED_BACK;
        if (chance(ended ? 12 : 150) == 0)
            begin(plan);
    }
    /* The acts came everywhere, else they would prove nothing. */
    for (size_t i = 1; i < COUNT_OF(oracle_states); i++)
        assert_in_range(oracle_shadow.reached[i], 40, ACTS);
    assert_in_range(oracle_shadow.allowed, ACTS / 20, ACTS);
    assert_in_range(oracle_shadow.refused, ACTS / 20, ACTS);
    record_release(&oracle_shadow.record);
    world_clear();
    plans_release(&plans);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_state_without_its_evidence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
