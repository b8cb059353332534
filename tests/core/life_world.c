#include "tests/core/life_world.h"
#include "core/facts.h"
#include "tests/core/typing.h"

#include <string.h>

enum { MOST_OTHERS = 64 };

static struct record others[MOST_OTHERS];
static size_t other_count;
static const char *lost;

static bool is_asked_for(const struct record *record, const struct facts_query *query)
{
    struct buffer text = {0};
    if (!query->field)
        return true;
    if (strcmp(query->field, "id") == 0)
        buffer_add(&text, record->id);
    else
        record_format(record, query->field, &text);
    bool same = text.length && strcmp(text.text, query->value) == 0;
    buffer_release(&text);
    return same;
}

static void show(void *context, const struct facts_query *query, facts_visitor *visit, void *data)
{
    (void)context;
    for (size_t i = 0; i < other_count; i++)
        if (strcmp(others[i].reg->name, query->reg) == 0 && is_asked_for(&others[i], query) &&
            !visit(data, &others[i]))
            return;
}

static bool has_file(void *context, const char *sha256)
{
    (void)context;
    return strcmp(sha256, PICTURE_LOST) != 0 && (!lost || strcmp(sha256, lost) != 0);
}

static const struct facts facts = {.each = show, .has_file = has_file};

const struct check_context world_desk = {
    .today = {.year = 2026, .month = 6, .day = 15},
    .lookup = &typing_lookup,
    .facts = &facts,
    .campaign = "",
    .jurisdiction = "4418",
};

void world_clear(void)
{
    while (other_count > 0)
        record_release(&others[--other_count]);
    lost = NULL;
}

void world_lose(const char *sha256)
{
    lost = sha256;
}

void world_add(const struct reg *reg, const char *id, const char *const *settings)
{
    assert_in_range(other_count, 0, MOST_OTHERS - 1);
    struct record *record = &others[other_count++];
    record_init(record, reg);
    strncpy(record->id, id, RECORD_ID_SIZE - 1);
    for (; settings[0]; settings += 2)
        type_in(record, settings[0], settings[1]);
}

void world_remove(const char *id)
{
    for (size_t i = other_count; i-- > 0;) {
        if (strcmp(others[i].id, id) != 0)
            continue;
        record_release(&others[i]);
        others[i] = others[--other_count];
    }
}

static const struct {
    const char *state, *field, *text;
} steps[] = {
    {"已登记", "region", "441802"},
    {"已登记", "enterprise", "works"},
    {"已登记", "description", "车间口总铊超标0.6倍，初期雨水池与清净下水混排"},
    {"已登记", "category", "车间口超标"},
    {"已登记", "metals", "铊"},
    {"已登记", "found_on", "2026-03-05"},
    {"已定方案", "measures", "除铊设施增加二级硫化"},
    {"已定方案", "goal", "车间口总铊连续三个月不超过 0.005 mg/L"},
    {"已定方案", "responsible_unit", "清远市示例冶炼有限公司"},
    {"已定方案", "responsible_person", "王五"},
    {"已定方案", "supervising_unit", "清城分局"},
    {"已定方案", "supervisor", "赵六"},
    {"已定方案", "fix_at_once", "否"},
    {"已定方案", "due_on", "2026-06-30"},
    {"已定方案", "planned_on", "2026-03-12"},
    {"整改中", "started_on", "2026-03-20"},
    {"整改中", "before_photo", PICTURE_BEFORE},
    {"企业自验", "after_photo", PICTURE_AFTER},
    {"企业自验", "after_photo_on", "2026-05-05"},
    {"企业自验", "self_checked_on", "2026-05-06"},
    {"已申请销号", "monitoring_report", REPORT},
    {"已申请销号", "applied_on", "2026-05-08"},
    {"县级核查", "checked_on", "2026-05-11"},
    {"县级核查", "checkers", "张三、李四"},
    {"县级核查", "check_result", "通过"},
    {"市级复核", "reviewed_on", "2026-05-15"},
    {"市级复核", "review_result", "通过"},
    {"市级复核", "review_opinion", "同意销号"},
    {"公示", "notice_from_on", "2026-05-18"},
    {"公示", "notice_to_on", "2026-05-25"},
    {"已销号", "notice_objection", "否"},
    {"已销号", "closed_on", "2026-05-28"},
    {"已销号", "closure_no", "清城环函〔2026〕21号"},
    {"后督察", "lookback_on", "2026-06-10"},
    {"后督察", "rebound", "否"},
};

const char *world_state(size_t n)
{
    const char *state = NULL;
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        if (state && strcmp(steps[i].state, state) == 0)
            continue;
        state = steps[i].state;
        if (n-- == 0)
            return state;
    }
    return NULL;
}

static size_t rank_of(const char *state)
{
    for (size_t n = 0; world_state(n); n++)
        if (strcmp(world_state(n), state) == 0)
            return n;
    fail_msg("no state %s", state);
    return 0;
}

void world_problem(const char *state, struct record *record)
{
    world_clear();
    world_add(&reg_sample, "sample",
              (const char *const[]){"enterprise", "works", "point_type", "车间或生产设施废水排放口",
                                    "factor", "铊", "value", "0.0042", "unit", "mg/L", "sampled_on",
                                    "2026-05-07", "verdict", "达标", NULL});
    world_add(&reg_progress, "progress",
              (const char *const[]){"problem", "own", "reported_on", "2026-05-05", "done_percent",
                                    "100", NULL});
    record_init(record, &reg_problem);
    strcpy(record->id, "own");
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (rank_of(steps[i].state) <= rank_of(state))
            type_in(record, steps[i].field, steps[i].text);
    type_in(record, "state", state);
}

void world_allows(const struct record *before, const struct record *after)
{
    struct error err = {0};
    if (!life_allows(before, after, &world_desk, &err))
        fail_msg("%s", err.message);
}

void world_refuses(const struct record *before, const struct record *after, const char *part)
{
    struct error err = {0};
    if (life_allows(before, after, &world_desk, &err))
        fail_msg("allowed, though: %s", part);
    assert_int_equal(err.code, ERROR_REFUSED);
    if (!strstr(err.message, part))
        fail_msg("“%s” is not in: %s", part, err.message);
    assert_true(!err.field[0] || reg_field_find(after->reg, err.field));
}

void world_begin(const char *state, struct record *before, struct record *after)
{
    world_problem(state, before);
    before->version = 1;
    record_copy(after, before);
}

void world_end(struct record *before, struct record *after)
{
    record_release(before);
    record_release(after);
    world_clear();
}

const struct life_move *world_move(const struct record *record, const char *name)
{
    struct error err = {0};
    const struct life_move *move = life_move_find(record, name, &err);
    if (!move)
        fail_msg("%s", err.message);
    return move;
}

void world_apply(const char *name, const struct record *before, struct record *after)
{
    life_apply(world_move(before, name), after);
    record_derive(after, before);
}

void world_sample(const char *id, const char *day, const char *verdict)
{
    world_add(&reg_sample, id,
              (const char *const[]){"enterprise", "works", "point_type", "车间或生产设施废水排放口",
                                    "factor", "铊", "value", "0.009", "unit", "mg/L", "sampled_on",
                                    day, "verdict", verdict, NULL});
}
