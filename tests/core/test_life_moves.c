/* The moves between the states of a problem: ahead, back, aside and anew. */
#include "core/registers/problem.h"
#include "tests/core/life_world.h"
#include "tests/core/typing.h"

#include <string.h>

/* ---- ahead ---- */

static void each_step_ahead_is_a_move(void **state)
{
    (void)state;
    static const char *const bulk[] = {"市级复核", "公示", "已销号"};
    for (size_t n = 1; world_state(n); n++) {
        struct record before, after, full;
        struct findings findings = {0};
        world_begin(world_state(n - 1), &before, &after);
        const struct life_move *move = life_move_at(&before, 0);
        assert_string_equal(move->name, "advance");
        assert_ptr_equal(world_move(&before, "advance"), move);
        assert_string_equal(life_target(move, &before), world_state(n));
        bool many = false;
        for (size_t i = 0; i < COUNT_OF(bulk); i++)
            many = many || strcmp(bulk[i], world_state(n)) == 0;
        assert_int_equal((move->flags & LIFE_BULK) != 0, many);
        world_apply("advance", &before, &after);
        world_refuses(&before, &after, "不能进入“");
        life_add_refusals(move, &before, &after, &world_desk, "", SEVERITY_ERROR, &findings);
        assert_true(findings.count > 0);
        findings_release(&findings);
        /* What it asks for is all that is missing. */
        world_problem(world_state(n), &full);
        for (size_t i = 0; i < LIFE_MOST_FIELDS && move->asks[i]; i++)
            value_copy(record_value_for_change(&after, move->asks[i]),
                       record_value(&full, move->asks[i]));
        world_allows(&before, &after);
        life_add_refusals(move, &before, &after, &world_desk, "", SEVERITY_ERROR, &findings);
        assert_int_equal(findings.count, 0);
        record_release(&full);
        world_end(&before, &after);
    }
    struct record before, after;
    struct error err = {0};
    world_begin("后督察", &before, &after);
    assert_null(life_move_find(&before, "advance", &err));
    assert_non_null(strstr(err.message, "现在是“后督察”，这一步只能在 已登记/已定方案/"));
    world_end(&before, &after);
}

/* ---- 退回 ---- */

static void a_return_begins_the_proof_anew(void **state)
{
    (void)state;
    for (size_t n = 3; n <= 7; n++) {
        struct record before, after, again;
        world_begin(world_state(n), &before, &after);
        world_apply("return", &before, &after);
        world_refuses(&before, &after, "不能退回：缺退回日期、退回原因");
        type_in(&after, "returned_on", "2026-06-01");
        type_in(&after, "return_reason", "太短");
        world_refuses(&before, &after, "至少写 10 个字");
        type_in(&after, "return_reason", "复测车间口总铊仍高于限值，要返工");
        world_allows(&before, &after);
        type_in(&after, "returned_on", "2026-06-16");
        world_refuses(&before, &after, "退回日期 2026-06-16 晚于今天");
        type_in(&after, "returned_on", "2026-05-05");
        world_refuses(&before, &after, "早于");
        type_in(&after, "returned_on", "2026-06-01");
        assert_string_equal(record_text(&after, "state"), "整改中");
        assert_int_equal(record_value(&after, "return_count")->integer, 1);
        assert_string_equal(record_text(&after, "returned_photo"), PICTURE_AFTER);
        assert_string_equal(record_text(&after, "before_photo"), PICTURE_BEFORE);
        assert_true(value_is_null(record_value(&after, "self_checked_on")));
        /* Nothing of what was cleared is kept. */
        record_copy(&again, &after);
        type_in(&again, "after_photo", PICTURE_AFTER);
        world_refuses(&before, &again, "整改后照片要重新填写，请先清空");
        record_release(&again);
        world_end(&before, &after);
    }
    struct record before, after;
    struct error err = {0};
    world_begin("整改中", &before, &after);
    assert_null(life_move_find(&before, "return", &err));
    world_end(&before, &after);
    world_begin("已销号", &before, &after);
    assert_null(life_move_find(&before, "return", &err));
    world_end(&before, &after);
}

/* What came before the return proves nothing after it. */
static void nothing_old_serves_twice(void **state)
{
    (void)state;
    struct record before, after;
    world_begin("已申请销号", &before, &after);
    world_apply("return", &before, &after);
    type_in(&after, "returned_on", "2026-06-01");
    type_in(&after, "return_reason", "复测车间口总铊仍高于限值，要返工");
    world_allows(&before, &after);
    record_release(&before);
    record_copy(&before, &after);

    type_in(&after, "state", "已申请销号");
    type_in(&after, "after_photo", PICTURE_AFTER);
    type_in(&after, "after_photo_on", "2026-05-31");
    type_in(&after, "self_checked_on", "2026-06-02");
    type_in(&after, "monitoring_report", REPORT);
    type_in(&after, "applied_on", "2026-06-03");
    world_refuses(&before, &after, "被退回的那一张");
    world_refuses(&before, &after, "2026-05-31 早于退回日期 2026-06-01");
    world_refuses(&before, &after, "退回以后还没有填报进展");
    world_refuses(&before, &after, "缺退回以后在车间或生产设施废水排放口采的铊监测结果");
    type_in(&after, "after_photo", PICTURE_AGAIN);
    type_in(&after, "after_photo_on", "2026-06-01");
    world_add(&reg_progress, "done",
              (const char *const[]){"problem", "own", "reported_on", "2026-06-02", "done_percent",
                                    "100", NULL});
    world_sample("new", "2026-06-01", "达标");
    world_allows(&before, &after);
    /* The day of the return is not to be talked away. */
    type_in(&after, "state", "整改中");
    type_in(&after, "returned_on", "");
    world_refuses(&before, &after, "退回日期只在办理“退回”时填写");
    record_release(&after);

    /* A second return is a new one. */
    record_copy(&after, &before);
    type_in(&before, "state", "企业自验");
    world_apply("return", &before, &after);
    world_refuses(&before, &after, "退回日期还是上一次的");
    world_refuses(&before, &after, "退回原因还是上一次的");
    type_in(&after, "returned_on", "2026-06-10");
    world_refuses(&before, &after, "退回原因还是上一次的");
    type_in(&after, "return_reason", "公示期间有人反映夜间直排，要查清");
    world_allows(&before, &after);
    assert_int_equal(record_value(&after, "return_count")->integer, 2);
    world_end(&before, &after);
}

/* A case from elsewhere that lacks what it should show can at least be sent back. */
static void a_case_without_evidence_can_be_returned(void **state)
{
    (void)state;
    struct record before, after;
    world_begin("县级核查", &before, &after);
    type_in(&before, "planned_on", "");
    type_in(&before, "before_photo", "");
    record_release(&after);
    record_copy(&after, &before);
    world_apply("return", &before, &after);
    type_in(&after, "returned_on", "2026-06-01");
    type_in(&after, "return_reason", "整改前照片和方案都没有，要补齐");
    world_allows(&before, &after);
    world_end(&before, &after);
}

/* ---- 延期 ---- */

static void an_extension_wants_a_new_approval(void **state)
{
    (void)state;
    static const char *const possible[] = {"已定方案", "整改中"};
    for (size_t i = 0; i < COUNT_OF(possible); i++) {
        struct record before, after;
        world_begin(possible[i], &before, &after);
        assert_non_null(world_move(&before, "extend"));
        type_in(&after, "due_on", "2026-07-31");
        record_derive(&after, &before);
        world_refuses(&before, &after, "不能延期：缺延期批准文号、延期批准日期");
        type_in(&after, "extension_approval", "清城环函〔2026〕8号");
        world_refuses(&before, &after, "缺延期批准日期");
        type_in(&after, "extension_approved_on", "2026-06-16");
        world_refuses(&before, &after, "晚于今天");
        type_in(&after, "extension_approved_on", "2026-03-11");
        world_refuses(&before, &after, "早于方案确定日期");
        type_in(&after, "extension_approved_on", "2026-06-10");
        world_allows(&before, &after);
        assert_int_equal(record_value(&after, "extension_count")->integer, 1);
        assert_string_equal(record_text(&after, "original_due_on"), "2026-06-30");
        record_release(&before);
        record_copy(&before, &after);
        type_in(&after, "due_on", "2026-08-31");
        record_derive(&after, &before);
        world_refuses(&before, &after, "延期批准文号还是上一次的");
        type_in(&after, "extension_approval", "清城环函〔2026〕9号");
        type_in(&after, "extension_approved_on", "2026-06-12");
        world_allows(&before, &after);
        assert_int_equal(record_value(&after, "extension_count")->integer, 2);
        assert_string_equal(record_text(&after, "original_due_on"), "2026-06-30");
        world_end(&before, &after);
    }
}

static void what_is_no_extension_is_free(void **state)
{
    (void)state;
    struct record before, after;
    world_begin("整改中", &before, &after);
    type_in(&after, "due_on", "2026-05-31");
    record_derive(&after, &before);
    world_allows(&before, &after);
    assert_true(value_is_null(record_value(&after, "extension_count")));
    world_end(&before, &after);
    world_begin("已登记", &before, &after);
    type_in(&before, "due_on", "2026-05-31");
    type_in(&after, "due_on", "2026-07-31");
    record_derive(&after, &before);
    world_allows(&before, &after);
    assert_true(value_is_null(record_value(&after, "extension_count")));
    world_end(&before, &after);
}

/* Where nothing can be put off any more, an approval does not help. */
static void there_is_no_extension_behind_the_work(void **state)
{
    (void)state;
    for (size_t n = 3; world_state(n); n++) {
        struct record before, after;
        world_begin(world_state(n), &before, &after);
        type_in(&after, "due_on", "2026-07-31");
        type_in(&after, "extension_approval", "清城环函〔2026〕8号");
        type_in(&after, "extension_approved_on", "2026-06-10");
        world_refuses(&before, &after, "时限不能再推迟");
        if (n < 9) { /* nor together with a step ahead */
            struct record full;
            world_problem(world_state(n + 1 < 9 ? n + 1 : 9), &full);
            type_in(&full, "due_on", "2026-07-31");
            world_refuses(&before, &full, "时限不能再推迟");
            record_release(&full);
        }
        world_end(&before, &after);
    }
}

/* Nobody counts but the program. */
static void counts_are_not_typed(void **state)
{
    (void)state;
    struct record before, after;
    world_begin("整改中", &before, &after);
    type_in(&before, "extension_count", "2");
    type_in(&after, "extension_count", "");
    type_in(&after, "return_count", "7");
    type_in(&after, "original_due_on", "2026-12-31");
    record_derive(&after, &before);
    assert_int_equal(record_value(&after, "extension_count")->integer, 2);
    assert_true(value_is_null(record_value(&after, "return_count")));
    assert_true(value_is_null(record_value(&after, "original_due_on")));
    world_end(&before, &after);
}

/* ---- 挂起, 恢复 ---- */

static void set_suspension(struct record *record)
{
    type_in(record, "suspended_on", "2026-06-10");
    type_in(record, "suspended_until_on", "2026-09-30");
    type_in(record, "suspend_reason", "厂区整体拆除，等拆除方案备案");
    type_in(record, "suspend_approval", "清城环函〔2026〕11号");
}

/* Nobody becomes a checker by handing over what he is to be checked for. */
static void a_former_responsible_does_not_check(void **state)
{
    (void)state;
    struct record before, after;
    world_begin("已申请销号", &before, &after);
    type_in(&after, "responsible_person", "钱七");
    record_derive(&after, &before);
    assert_string_equal(record_text(&after, "former_responsible"), "王五");
    world_allows(&before, &after);
    record_release(&before);
    record_copy(&before, &after);
    type_in(&after, "state", "县级核查");
    type_in(&after, "checked_on", "2026-06-12");
    type_in(&after, "check_result", "通过");
    type_in(&after, "checkers", "王五、赵六");
    record_derive(&after, &before);
    world_refuses(&before, &after, "王五既是整改责任人又是核查人");
    type_in(&after, "checkers", "张三、赵六");
    world_allows(&before, &after);
    world_end(&before, &after);
}

static void a_pause_comes_back_to_where_it_was(void **state)
{
    (void)state;
    for (size_t n = 0; n <= 7; n++) {
        struct record before, paused, after;
        world_begin(world_state(n), &before, &paused);
        world_apply("suspend", &before, &paused);
        world_refuses(&before, &paused,
                      "不能挂起：缺挂起日期、挂起原因、挂起批准文号、挂起至哪一天");
        set_suspension(&paused);
        type_in(&paused, "suspended_until_on", "2026-06-10");
        world_refuses(&before, &paused, "不晚于挂起日期");
        type_in(&paused, "suspended_until_on", "2026-09-30");
        world_allows(&before, &paused);
        assert_string_equal(life_stand(&paused), world_state(n));
        assert_string_equal(record_text(&paused, "suspended_state"), world_state(n));
        record_copy(&after, &paused);
        world_apply("resume", &paused, &after);
        assert_string_equal(record_text(&after, "state"), world_state(n));
        assert_true(value_is_null(record_value(&after, "suspended_state")));
        world_allows(&paused, &after);
        /* Nowhere else, and with nothing less than it had. */
        if (n < 7) {
            type_in(&after, "state", world_state(n + 1));
            world_refuses(&paused, &after, "不能从“挂起”直接改为");
        }
        if (n > 0) {
            type_in(&after, "state", world_state(n));
            type_in(&after, "measures", "");
            world_refuses(&paused, &after, "缺整改措施");
            type_in(&after, "state", "挂起");
            type_in(&after, "suspended_state", world_state(n));
            world_refuses(&paused, &after, "缺整改措施");
        }
        record_release(&after);
        world_end(&before, &paused);
    }
}

static void a_pause_is_not_written_by_hand(void **state)
{
    (void)state;
    struct record before, after;
    world_begin("整改中", &before, &after);
    type_in(&after, "state", "挂起");
    set_suspension(&after);
    type_in(&after, "suspended_state", "公示");
    world_refuses(&before, &after, "挂起");
    record_derive(&after, &before); /* the program notes where it was */
    world_allows(&before, &after);
    record_release(&before);
    record_copy(&before, &after);
    type_in(&after, "suspended_state", "公示");
    world_refuses(&before, &after, "挂起前状态由程序记录，不能改");
    record_release(&after);
    record_copy(&after, &before);
    type_in(&after, "suspended_until_on", "2027-09-30");
    world_refuses(&before, &after, "挂起至只在办理“挂起”时填写");
    record_release(&after);
    /* The second pause is another one. */
    record_copy(&after, &before);
    world_apply("resume", &before, &after);
    record_release(&before);
    record_copy(&before, &after);
    world_apply("suspend", &before, &after);
    world_refuses(&before, &after, "挂起批准文号还是上一次的");
    world_end(&before, &after);
    world_begin("已销号", &before, &after); /* is closed: there is nothing to pause */
    assert_null(life_move_find(&before, "suspend", &(struct error){.code = ERROR_NONE}));
    world_end(&before, &after);
}

/* ---- 反弹重开 ---- */

static void a_rebound_goes_on_as_a_new_case(void **state)
{
    (void)state;
    struct record before, after, new;
    world_begin("后督察", &before, &after);
    world_apply("reopen", &before, &after);
    world_refuses(&before, &after, "没有记明反弹");
    type_in(&after, "rebound", "是");
    world_refuses(&before, &after, "不能反弹重开：缺接着办的新问题");
    life_begin_successor(&after, &new);
    assert_string_equal(record_text(&new, "state"), "已登记");
    assert_string_equal(record_text(&new, "former_problem"), "own");
    assert_string_equal(record_text(&new, "enterprise"), "works");
    assert_string_equal(record_text(&new, "description"), record_text(&before, "description"));
    assert_string_equal(record_text(&new, "found_on"), "2026-06-10");
    static const char *const history[] = {"case_no",      "measures",  "due_on",   "before_photo",
                                          "closure_no",   "rebound",   "contract", "note",
                                          "return_count", "closed_on", "checkers"};
    for (size_t i = 0; i < COUNT_OF(history); i++)
        assert_true(value_is_null(record_value(&new, history[i])));
    world_allows(NULL, &new);
    world_add(&reg_problem, "new",
              (const char *const[]){"former_problem", "own", "state", "已登记", NULL});
    world_allows(&before, &after);
    assert_string_equal(life_stand(&after), "后督察");
    record_release(&new);
    world_end(&before, &after);
}

/* The new case is what the old one's state rests on. */
static void the_new_case_stays(void **state)
{
    (void)state;
    struct record before, after;
    world_begin("已登记", &before, &after);
    type_in(&before, "former_problem", "old");
    type_in(&after, "former_problem", "");
    world_allows(&before, &after);
    world_add(&reg_problem, "old", (const char *const[]){"state", "后督察", NULL});
    world_allows(&before, &after);
    world_remove("old");
    world_add(&reg_problem, "old", (const char *const[]){"state", "反弹重开", NULL});
    world_refuses(&before, &after, "原问题不能改");
    record_release(&after);
    record_copy(&after, &before);
    type_in(&after, "note", "接着办");
    world_allows(&before, &after);
    after.deleted = true;
    world_refuses(&before, &after, "不能删除");
    world_end(&before, &after);
}

static void the_table_is_whole(void **state)
{
    (void)state;
    const struct field *field = reg_field_find(&reg_problem, problem_life.state);
    for (const struct life_need *need = problem_life.needs; need->state; need++)
        for (struct field_walk walk = {.reg = &reg_problem}; reg_walk(&walk);)
            assert_true(
                strcmp(walk.field->name, need->field) == 0 ||
                strcmp(walk.field->label, reg_field_find(&reg_problem, need->field)->label) != 0);
    for (const struct life_move *move = problem_life.moves; move->name; move++) {
        assert_true(move->label && move->help && move->basis);
        assert_true(!move->back || reg_field_find(&reg_problem, move->back));
        for (size_t i = 0; i < LIFE_MOST_FIELDS; i++) {
            assert_true(!move->asks[i] || reg_field_find(&reg_problem, move->asks[i]));
            assert_true(!move->clears[i] || reg_field_find(&reg_problem, move->clears[i]));
        }
        bool known = move->to == NULL;
        for (size_t i = 0; field->choices[i]; i++)
            known = known || strcmp(field->choices[i], move->to) == 0;
        assert_true(known);
    }
    assert_string_equal(life_pause(&problem_life)->name, "suspend");
    assert_string_equal(life_pause(&problem_life)->asks[0], "suspended_on");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_ahead_is_a_move),
        cmocka_unit_test(a_return_begins_the_proof_anew),
        cmocka_unit_test(nothing_old_serves_twice),
        cmocka_unit_test(a_case_without_evidence_can_be_returned),
        cmocka_unit_test(an_extension_wants_a_new_approval),
        cmocka_unit_test(what_is_no_extension_is_free),
        cmocka_unit_test(there_is_no_extension_behind_the_work),
        cmocka_unit_test(counts_are_not_typed),
        cmocka_unit_test(a_former_responsible_does_not_check),
        cmocka_unit_test(a_pause_comes_back_to_where_it_was),
        cmocka_unit_test(a_pause_is_not_written_by_hand),
        cmocka_unit_test(a_rebound_goes_on_as_a_new_case),
        cmocka_unit_test(the_new_case_stays),
        cmocka_unit_test(the_table_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
