/* Moves of cases, one and many, in the file. */
#include "fixture.h"

#include "db/figures.h"
#include "db/history.h"
#include "db/moves.h"
#include "db/query.h"

static const struct life_move *move_of(struct fixture *fixture, const char *id, const char *name)
{
    struct record record;
    struct error err = {0};
    if (!store_get(fixture->store, &reg_problem, id, &record, &err))
        fail_msg("%s", err.message);
    const struct life_move *move = life_move_find(&record, name, &err);
    if (!move)
        fail_msg("%s", err.message);
    record_release(&record);
    return move;
}

static void fill(struct fixture *fixture, struct record *record, const char *fields)
{
    struct record filled;
    fixture_fill(fixture, record->reg, fields, &filled);
    for (size_t i = 0; i < reg_field_count(record->reg); i++)
        if (!value_is_null(&filled.values[i]))
            value_copy(&record->values[i], &filled.values[i]);
    record_release(&filled);
}

static size_t count_refusals(struct fixture *fixture, const char *id, const char *name,
                             const char *fields, char message[256])
{
    struct record stored, filled;
    struct findings findings = {0};
    assert_true(store_get(fixture->store, &reg_problem, id, &stored, NULL));
    record_copy(&filled, &stored);
    fill(fixture, &filled, fields);
    moves_add_refusals(fixture->store, move_of(fixture, id, name), &stored, &filled, &findings);
    size_t count = findings.count;
    *message = '\0';
    if (count)
        strncat(message, findings.items[0].message, 255);
    findings_release(&findings);
    record_release(&stored);
    record_release(&filled);
    return count;
}

/* What is told beforehand is what the gate says. */
static void test_refusals_beforehand(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], message[256];
    fixture_add_problem(fixture, "已申请销号", "description=没有标志牌", id);
    assert_int_equal(count_refusals(fixture, id, "advance", "", message), 3);
    assert_string_equal(message, "缺现场核查日期");
    assert_int_equal(count_refusals(fixture, id, "advance",
                                    "checked_on=2026-06-15 checkers=张示、王示 check_result=通过",
                                    message),
                     0);
    assert_int_equal(count_refusals(fixture, id, "return", "", message), 2);
    fixture_add_problem(fixture, "后督察", "description=又坏了 rebound=是", id);
    assert_int_equal(count_refusals(fixture, id, "reopen", "", message), 0);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM problem"), 2); /* taken back */
}

static void test_one(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], successor[RECORD_ID_SIZE];
    struct record record;
    fixture_add_problem(fixture, "已申请销号", "description=没有标志牌", id);
    const struct life_move *move = move_of(fixture, id, "advance");
    assert_true(store_get(fixture->store, &reg_problem, id, &record, NULL));
    assert_false(moves_do(fixture->store, move, &record, successor, NULL, &fixture->err));
    assert_int_equal(fixture->err.code, ERROR_REFUSED);
    assert_string_equal(record_text(&record, "state"), "已申请销号"); /* as it was */
    fill(fixture, &record, "checked_on=2026-06-15 checkers=张示、王示 check_result=通过");
    assert_true(moves_do(fixture->store, move, &record, successor, NULL, NULL));
    assert_string_equal(successor, "");
    assert_string_equal(record_text(&record, "state"), "县级核查");
    assert_string_equal(fixture_text(fixture, &reg_problem, id, "state"), "县级核查");
    record_release(&record);
}

static void test_one_that_came_back(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], successor[RECORD_ID_SIZE];
    struct record record;
    struct buffer summary = {0};
    fixture_add_problem(fixture, "后督察", "description=没有标志牌", id);
    const struct life_move *move = move_of(fixture, id, "reopen");
    assert_true(store_get(fixture->store, &reg_problem, id, &record, NULL));
    assert_false(moves_do(fixture->store, move, &record, successor, NULL, &fixture->err));
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM problem"), 1);
    fill(fixture, &record, "rebound=是");
    assert_true(moves_do(fixture->store, move, &record, successor, NULL, NULL));
    assert_string_equal(fixture_text(fixture, &reg_problem, successor, "former_problem"), id);
    assert_string_equal(fixture_text(fixture, &reg_problem, successor, "state"), "已登记");
    assert_string_equal(fixture_text(fixture, &reg_problem, id, "state"), "反弹重开");
    assert_true(store_undo(fixture->store, &summary, NULL));
    assert_string_equal(fixture_text(fixture, &reg_problem, successor, "state"), "-");
    assert_string_equal(fixture_text(fixture, &reg_problem, id, "state"), "后督察");
    buffer_release(&summary);
    record_release(&record);
}

static void test_many(void **state)
{
    struct fixture *fixture = *state;
    char ids[3][RECORD_ID_SIZE];
    struct id_list cases = {.ids = ids, .count = 3};
    struct record asked;
    struct moves_result result;
    struct buffer summary = {0};
    fixture_add_problem(fixture, "县级核查", "description=甲", ids[0]);
    fixture_add_problem(fixture, "县级核查", "description=乙 checked_on=2026-06-14", ids[1]);
    fixture_add_problem(fixture, "整改中", "description=丙", ids[2]);
    const struct life_move *move = move_of(fixture, ids[0], "advance");
    fixture_fill(fixture, &reg_problem,
                 "reviewed_on=2026-06-10 review_result=通过 review_opinion=同意", &asked);
    assert_true(moves_do_all(fixture->store, move, &cases, &asked, &result, NULL));
    assert_int_equal(result.done, 1);
    assert_int_equal(result.count, 2);
    assert_string_equal(result.refusals[0].id, ids[1]);
    assert_string_equal(result.refusals[0].name, "乙");
    assert_non_null(strstr(result.refusals[0].why, "早于现场核查日期"));
    assert_string_equal(result.refusals[1].why, "现在是“整改中”，不能市级复核");
    assert_string_equal(fixture_text(fixture, &reg_problem, ids[0], "state"), "市级复核");
    assert_string_equal(fixture_text(fixture, &reg_problem, ids[1], "reviewed_on"), "");
    moves_result_release(&result);
    assert_true(store_undo(fixture->store, &summary, NULL));
    assert_string_equal(fixture_text(fixture, &reg_problem, ids[0], "state"), "县级核查");
    move = move_of(fixture, ids[2], "advance");
    assert_false(moves_do_all(fixture->store, move, &cases, &asked, &result, &fixture->err));
    assert_non_null(strstr(fixture->err.message, "不能成批"));
    assert_int_equal(result.count, 0);
    buffer_release(&summary);
    record_release(&asked);
}

/* Whether the move writes a field of the list that a filing may have frozen. */
static const char *frozen_field(const struct reg *reg, const char *const fields[LIFE_MOST_FIELDS])
{
    for (size_t i = 0; i < LIFE_MOST_FIELDS && fields[i]; i++)
        if (figures_freeze(reg, reg_field_find(reg, fields[i])))
            return fields[i];
    return NULL;
}

/* Else many cases at once would want a reason, which nobody is asked for. */
static void test_many_touch_no_figures(void **state)
{
    size_t seen = 0;
    (void)state;
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        if (!reg->life)
            continue;
        assert_false(figures_freeze(reg, reg_field_find(reg, reg->life->state)));
        for (const struct life_move *move = reg->life->moves; move->name; move++) {
            if (!(move->flags & LIFE_BULK))
                continue;
            seen++;
            const char *asked = frozen_field(reg, move->asks);
            const char *cleared = frozen_field(reg, move->clears);
            if (asked || cleared)
                fail_msg("%s changes %s", move->label, asked ? asked : cleared);
        }
    }
    assert_true(seen > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_refusals_beforehand),   fixture_test(test_one),
        fixture_test(test_one_that_came_back),    fixture_test(test_many),
        fixture_test(test_many_touch_no_figures),
    };
    return fixture_run(tests);
}
