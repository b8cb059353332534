/* Accepting a warning: with a reason, as long as the value is the same, with a history. */
#include "db/accept.h"
#include "db/check.h"
#include "db/history.h"
#include "fixture.h"

#include <stdio.h>

static struct accept_subject about(const char *id, const char *rule, const char *field)
{
    return (struct accept_subject){
        .reg = &reg_enterprise, .record = id, .rule = rule, .field = field};
}

static bool write_item(void *context, const struct check_item *item)
{
    buffer_addf(context, "%s %s %s %s %s;", item->rule, item->field->name, item->accepted,
                item->accepted_by, item->accepted_on);
    return true;
}

static void assert_stored(struct fixture *fixture, const char *id, bool with_accepted,
                          const char *expected)
{
    struct buffer out = {0};
    const struct check_filter filter = {.record = id, .with_accepted = with_accepted};
    assert_ok(check_each(fixture->store, &filter, write_item, &out, err));
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

/* Whether the findings about the record in memory are accepted. */
static size_t count_accepted(struct fixture *fixture, const char *id)
{
    struct record record;
    struct findings findings = {0};
    struct acceptances acceptances;
    struct check_context context = store_check_context(fixture->store);
    size_t count = 0;
    assert_ok(store_get(fixture->store, &reg_enterprise, id, &record, err));
    assert_ok(acceptances_read(fixture->store, &reg_enterprise, id, &acceptances, err));
    record_check(&record, &context, &findings);
    for (size_t i = 0; i < findings.count; i++)
        count += acceptance_of(&acceptances, &record, &findings.items[i]) != NULL;
    findings_release(&findings);
    acceptances_release(&acceptances);
    record_release(&record);
    return count;
}

static void a_reason_lets_a_warning_stand(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    int64_t counts[SEVERITY__COUNT];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 lon=113.05", id);
    struct accept_subject subject = about(id, "V06", "lat");
    assert_stored(fixture, id, false, "V06 lat   ;");
    assert_int_equal(count_accepted(fixture, id), 0);
    assert_ok(accept_warning(fixture->store, &subject, "无人机定位补充中", err));
    assert_stored(fixture, id, false, "");
    assert_stored(fixture, id, true, "V06 lat 无人机定位补充中 张三 2026-06-15;");
    assert_int_equal(count_accepted(fixture, id), 1);
    assert_ok(check_count(fixture->store, counts, err));
    assert_int_equal(counts[SEVERITY_WARNING], 0);
    assert_ok(accept_withdraw(fixture->store, &subject, err));
    assert_stored(fixture, id, false, "V06 lat   ;");
    assert_int_equal(count_accepted(fixture, id), 0);
    assert_fails(fixture, accept_withdraw(fixture->store, &subject, err), ERROR_MISSING,
                 "没有接受过");
}

static void the_reason_must_say_something(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 lon=113.05", id);
    struct accept_subject subject = about(id, "V06", NULL);
    assert_fails(fixture, accept_warning(fixture->store, &subject, "没问题", err), ERROR_REFUSED,
                 "至少写 4 个字");
    assert_fails(fixture, accept_warning(fixture->store, &subject, "", err), ERROR_REFUSED,
                 "至少写 4 个字");
    assert_ok(accept_warning(fixture->store, &subject, "确无问题", err));
}

static void only_warnings_that_are_there(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 verified_on=2026-12-31", id);
    struct accept_subject error = about(id, "V39", "verified_on");
    struct accept_subject none = about(id, "V06", "lat");
    assert_fails(fixture, accept_warning(fixture->store, &error, "日期没有错", err), ERROR_REFUSED,
                 "是错误，不能接受");
    assert_fails(fixture, accept_warning(fixture->store, &none, "日期没有错", err), ERROR_MISSING,
                 "没有 V06 的警告");
    /* Nor does a record of the register that came in otherwise accept an error. */
    char fields[200], acceptance[RECORD_ID_SIZE];
    snprintf(fields, sizeof fields,
             "reg_name=enterprise record=%s rule=V39 field_name=verified_on value=2026-12-31"
             " reason=日期没有错",
             id);
    fixture_add(fixture, &reg_acceptance, fields, acceptance);
    assert_stored(fixture, id, false, "V39 verified_on   ;");
    assert_int_equal(count_accepted(fixture, id), 0);
}

static void the_field_tells_which(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 status=在产 actual_cadmium_kg=1",
                id);
    struct accept_subject either = about(id, "V26", NULL);
    struct accept_subject one = about(id, "V26", "farmland_on");
    assert_fails(fixture, accept_warning(fixture->store, &either, "周边没有耕地", err), ERROR_USAGE,
                 "不止一栏");
    assert_ok(accept_warning(fixture->store, &one, "周边没有耕地", err));
    assert_stored(fixture, id, false, "V26 deposition_on   ;");
}

/* Another day changes the sentence, not the value; another value must be looked at again. */
static void another_value_is_looked_at_again(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 verified_on=2025-01-01", id);
    struct accept_subject subject = about(id, "V30", NULL);
    assert_ok(accept_warning(fixture->store, &subject, "停产待拆除中", err));
    setenv("TAIZHANG_NOW", "2026-06-20T08:00:00", 1);
    assert_ok(check_note_day(fixture->store, err));
    for (bool more = true; more;)
        assert_ok(check_catch_up(fixture->store, 50, &more, err));
    assert_stored(fixture, id, true, "V30 verified_on 停产待拆除中 张三 2026-06-15;");
    assert_int_equal(count_accepted(fixture, id), 1);
    fixture_change(fixture, &reg_enterprise, id, "verified_on=2025-02-01");
    assert_stored(fixture, id, true, "V30 verified_on   ;");
    assert_int_equal(count_accepted(fixture, id), 0);
    /* The former acceptance is brought up to date, not joined by another. */
    assert_ok(accept_warning(fixture->store, &subject, "仍在拆除之中", err));
    assert_stored(fixture, id, true, "V30 verified_on 仍在拆除之中 张三 2026-06-20;");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM acceptance"), 1);
    setenv("TAIZHANG_NOW", "2026-06-15T10:42:07", 1);
}

static void count_operation(void *context, const struct operation *operation)
{
    (void)operation;
    ++*(int *)context;
}

static void write_act(void *context, const struct operation *operation)
{
    buffer_addf(context, "%c %s %s;", operation->action, operation->reg->name, operation->why);
}

static void it_has_a_history_and_can_be_undone(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    struct acceptances acceptances;
    struct buffer summary = {0}, acts = {0};
    int operations = 0;
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 lon=113.05", id);
    struct accept_subject subject = about(id, "V06", "lat");
    assert_ok(accept_warning(fixture->store, &subject, " 无人机定位补充中 ", err));
    assert_ok(acceptances_read(fixture->store, &reg_enterprise, id, &acceptances, err));
    assert_int_equal(acceptances.count, 1);
    assert_ok(accept_withdraw(fixture->store, &subject, err));
    assert_ok(history_each(fixture->store, &reg_acceptance, acceptances.items[0].id,
                           count_operation, &operations, err));
    assert_int_equal(operations, 2);
    assert_ok(
        history_each_with_acceptances(fixture->store, &reg_enterprise, id, write_act, &acts, err));
    assert_string_equal(acts.text, "C enterprise ;C acceptance 接受警告 V06：无人机定位补充中;"
                                   "D acceptance 撤回接受警告 V06;");
    buffer_release(&acts);
    assert_ok(store_undo(fixture->store, &summary, err));
    assert_stored(fixture, id, false, "");
    acceptances_release(&acceptances);
    buffer_release(&summary);
}

static void nobody_accepts_while_only_looking(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 lon=113.05", id);
    struct accept_subject subject = about(id, "V06", "lat");
    fixture_reopen(fixture, STORE_READ);
    assert_fails(fixture, accept_warning(fixture->store, &subject, "无人机定位补充中", err),
                 ERROR_BUSY, "只读");
    assert_fails(fixture, accept_withdraw(fixture->store, &subject, err), ERROR_BUSY, "只读");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(a_reason_lets_a_warning_stand),
        fixture_test(the_reason_must_say_something),
        fixture_test(only_warnings_that_are_there),
        fixture_test(the_field_tells_which),
        fixture_test(another_value_is_looked_at_again),
        fixture_test(it_has_a_history_and_can_be_undone),
        fixture_test(nobody_accepts_while_only_looking),
    };
    return fixture_run(tests);
}
