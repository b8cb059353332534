/* The registers as they were at the end of a day: created before, not deleted then, each field as
 * it stood; what was taken back or restored since does not count. */
#include "core/mem.h"
#include "db/asof.h"
#include "db/history.h"
#include "db/query.h"
#include "fixture.h"

#include <stdio.h>

static struct date day_of(const char *text)
{
    struct date day;
    assert_ok(date_parse(text, &day, err));
    return day;
}

/* From here on it is this time. */
static void go_to(const char *now)
{
    assert_int_equal(setenv("TAIZHANG_NOW", now, 1), 0);
}

static bool tell(void *context, const struct record *record, struct error *err)
{
    struct buffer *out = context;
    (void)err;
    assert_int_equal(record->version, 1);
    assert_false(record->deleted);
    buffer_addf(out, "%s", record_text(record, "name"));
    for (const char *const *name = (const char *const[]){"town", "area_m2", "stopped_on", NULL};
         *name; name++) {
        buffer_add_char(out, ' ');
        record_format(record, *name, out);
    }
    buffer_add_char(out, ';');
    return true;
}

static void expect(struct fixture *fixture, const char *day, const char *sites)
{
    struct buffer out = {0};
    assert_ok(asof_each(fixture->store, &reg_legacy_site, day_of(day), NULL, tell, &out, err));
    assert_string_equal(buffer_text(&out), sites);
    buffer_release(&out);
}

static void add(struct fixture *fixture, const char *fields, char id[RECORD_ID_SIZE])
{
    struct buffer all = {0};
    buffer_addf(&all, "region=清城区 %s", fields);
    fixture_add(fixture, &reg_legacy_site, all.text, id);
    buffer_release(&all);
}

static void undo(struct fixture *fixture)
{
    struct buffer summary = {0};
    assert_ok(store_undo(fixture->store, &summary, err));
    buffer_release(&summary);
}

/* ---- what is told ---- */

static void a_change_counts_from_its_day(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    go_to("2026-06-10T23:59:59");
    add(fixture, "name=老厂沟 town=龙塘镇 area_m2=12.5", id);
    go_to("2026-06-12T00:00:01");
    fixture_change(fixture, &reg_legacy_site, id, "town=源潭镇 stopped_on=2026-06-11");
    go_to("2026-06-12T18:00:00");
    fixture_change(fixture, &reg_legacy_site, id, "area_m2=");
    go_to("2026-06-14T09:00:00");
    fixture_change(fixture, &reg_legacy_site, id, "name=老厂沟渣堆 area_m2=7");
    go_to("2026-06-20T09:00:00");
    expect(fixture, "2026-06-09", "");
    expect(fixture, "2026-06-10", "老厂沟 龙塘镇 12.5 ;");
    expect(fixture, "2026-06-11", "老厂沟 龙塘镇 12.5 ;");
    expect(fixture, "2026-06-12", "老厂沟 源潭镇  2026-06-11;");
    expect(fixture, "2026-06-13", "老厂沟 源潭镇  2026-06-11;");
    expect(fixture, "2026-06-14", "老厂沟渣堆 源潭镇 7 2026-06-11;");
}

static void what_was_deleted_was_there_before(void **state)
{
    struct fixture *fixture = *state;
    char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
    go_to("2026-06-01T08:00:00");
    add(fixture, "name=甲", first);
    go_to("2026-06-02T08:00:00");
    add(fixture, "name=乙", second);
    go_to("2026-06-03T08:00:00");
    fixture_remove(fixture, &reg_legacy_site, first);
    go_to("2026-06-04T08:00:00");
    undo(fixture); /* the removal: it is restored */
    go_to("2026-06-20T09:00:00");
    expect(fixture, "2026-06-01", "甲   ;");
    expect(fixture, "2026-06-02", "甲   ;乙   ;");
    expect(fixture, "2026-06-03", "乙   ;");
    expect(fixture, "2026-06-04", "甲   ;乙   ;");
    go_to("2026-06-05T08:00:00");
    undo(fixture); /* 乙 was never made */
    go_to("2026-06-20T09:00:00");
    expect(fixture, "2026-06-05", "甲   ;");
    expect(fixture, "2026-06-04", "甲   ;乙   ;");
}

static void what_was_taken_back_stood_until_then(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    go_to("2026-06-01T08:00:00");
    add(fixture, "name=甲 town=龙塘镇", id);
    go_to("2026-06-02T08:00:00");
    fixture_change(fixture, &reg_legacy_site, id, "town=源潭镇");
    go_to("2026-06-03T08:00:00");
    undo(fixture);
    go_to("2026-06-20T09:00:00");
    expect(fixture, "2026-06-01", "甲 龙塘镇  ;");
    expect(fixture, "2026-06-02", "甲 源潭镇  ;");
    expect(fixture, "2026-06-03", "甲 龙塘镇  ;");
}

/* Bureau laptops have wrong clocks: one act is then misplaced, and nothing else; today shows all.
 */
static void a_wrong_clock_misplaces_only_its_act(void **state)
{
    struct fixture *fixture = *state;
    char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
    go_to("2026-06-01T08:00:00");
    add(fixture, "name=甲 town=龙塘镇", first);
    go_to("2031-01-01T08:00:00");
    add(fixture, "name=乙", second);
    fixture_change(fixture, &reg_legacy_site, first, "stopped_on=2026-05-01");
    go_to("2026-06-02T08:00:00");
    fixture_change(fixture, &reg_legacy_site, first, "town=源潭镇");
    fixture_change(fixture, &reg_legacy_site, second, "town=源潭镇");
    go_to("2001-01-01T08:00:00");
    fixture_change(fixture, &reg_legacy_site, first, "area_m2=3");
    go_to("2026-06-04T08:00:00");
    expect(fixture, "2026-06-01", "甲 龙塘镇 3 ;");
    expect(fixture, "2026-06-02", "甲 源潭镇 3 ;");
    expect(fixture, "2026-06-04", "甲 源潭镇 3 2026-05-01;乙 源潭镇  ;");
}

/* ---- today is what is in the rows ---- */

struct walk {
    struct fixture *fixture;
    size_t count;
};

static bool compare(void *context, const struct record *record, struct error *err)
{
    struct walk *walk = context;
    struct record live;
    assert_true(store_get(walk->fixture->store, record->reg, record->id, &live, err));
    assert_false(live.deleted);
    for (struct field_walk at = {.reg = record->reg}; reg_walk(&at);)
        if (field_is_stored(at.field) &&
            !value_equal(&record->values[at.index], &live.values[at.index]))
            fail_msg("%s.%s", record->reg->name, at.field->name);
    record_release(&live);
    walk->count++;
    return true;
}

static void today_equals_the_rows(void **state)
{
    struct fixture *fixture = *state;
    struct walk walk = {.fixture = fixture};
    char id[RECORD_ID_SIZE];
    int64_t live;
    fixture_add_problem(fixture, "整改中", "description=雨水排口晴天有水流出疑混入废水", id);
    fixture_add_problem(fixture, "已登记", "description=围堰有裂缝，雨天有渗水流进农田水渠", id);
    fixture_change(fixture, &reg_problem, id, "metals=铅、镉 note=再看");
    fixture_add_problem(fixture, "已登记", "description=台账没有记录原料的来源和成分请补上", id);
    fixture_remove(fixture, &reg_problem, id);
    go_to("2026-06-16T08:00:00");
    assert_ok(
        asof_each(fixture->store, &reg_problem, day_of("2026-06-15"), NULL, compare, &walk, err));
    assert_ok(query_count(fixture->store, &(struct query){.reg = &reg_problem}, &live, err));
    assert_int_equal(walk.count, 2);
    assert_int_equal(live, 2);
    assert_ok(
        asof_each(fixture->store, &reg_problem, day_of("2026-06-14"), NULL, compare, &walk, err));
    assert_int_equal(walk.count, 2);
}

static bool refuse(void *context, const struct record *record, struct error *err)
{
    (void)record;
    ++*(size_t *)context;
    return error_set(err, ERROR_CANCELLED, "够了");
}

static void only_what_is_wanted_is_filled(void **state)
{
    struct fixture *fixture = *state;
    static const char *const wanted[] = {"name", "area_m2", NULL};
    static const char *const none[] = {NULL};
    char id[RECORD_ID_SIZE];
    struct buffer out = {0};
    struct date day = day_of("2026-06-15");
    add(fixture, "name=甲 town=龙塘镇 area_m2=1", id);
    fixture_change(fixture, &reg_legacy_site, id, "town=源潭镇 area_m2=2");
    assert_ok(asof_each(fixture->store, &reg_legacy_site, day, wanted, tell, &out, err));
    assert_ok(asof_each(fixture->store, &reg_legacy_site, day, none, tell, &out, err));
    assert_string_equal(buffer_text(&out), "甲  2 ;   ;");
    buffer_release(&out);
}

static void the_caller_may_end_it(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    size_t calls = 0;
    add(fixture, "name=甲", id);
    add(fixture, "name=乙", id);
    assert_fails(fixture,
                 asof_each(fixture->store, &reg_legacy_site, day_of("2026-06-15"), NULL, refuse,
                           &calls, err),
                 ERROR_CANCELLED, "够了");
    assert_int_equal(calls, 1);
}

/* ---- what this program does not know, and the first day ---- */

static void what_is_unknown_says_nothing(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    add(fixture, "name=甲", id);
    fixture_change(fixture, &reg_legacy_site, id, "town=龙塘镇");
    fixture_change(fixture, &reg_legacy_site, id, "area_m2=4");
    fixture_execute(fixture->path, "UPDATE op SET field = 'gone' WHERE field = 'town';"
                                   "UPDATE op SET new = '四' WHERE field = 'area_m2'");
    expect(fixture, "2026-06-15", "甲   ;");
}

static void the_first_day_is_that_of_the_first_act(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    struct date day;
    assert_ok(asof_first_day(fixture->store, &day, err));
    assert_int_equal(day.year, 0);
    go_to("2026-05-04T08:00:00");
    add(fixture, "name=甲", id);
    go_to("2026-05-09T08:00:00");
    add(fixture, "name=乙", id);
    assert_ok(asof_first_day(fixture->store, &day, err));
    assert_int_equal(date_compare(day, day_of("2026-05-04")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(a_change_counts_from_its_day),
        fixture_test(what_was_deleted_was_there_before),
        fixture_test(what_was_taken_back_stood_until_then),
        fixture_test(a_wrong_clock_misplaces_only_its_act),
        fixture_test(today_equals_the_rows),
        fixture_test(only_what_is_wanted_is_filled),
        fixture_test(the_caller_may_end_it),
        fixture_test(what_is_unknown_says_nothing),
        fixture_test(the_first_day_is_that_of_the_first_act),
    };
    return fixture_run(tests);
}
