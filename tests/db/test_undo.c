#include "fixture.h"
#include "db/history.h"

#include <stdio.h>

static void undo(struct fixture *fixture, const char *expected)
{
    struct buffer summary = {0};
    assert_ok(store_undo(fixture->store, &summary, err));
    assert_string_equal(buffer_text(&summary), expected);
    buffer_release(&summary);
}

static void assert_nothing_left(struct fixture *fixture)
{
    struct buffer summary = {0};
    assert_fails(fixture, store_undo(fixture->store, &summary, err), ERROR_MISSING,
                 "没有可以撤销的改动");
    assert_int_equal(summary.length, 0);
}

#define EDIT_UNDONE(name) "已撤销 张三 于 2026-06-15 10:42 的编辑：全口径涉重金属企业“" name "”"

static void an_edit_is_taken_back(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 town=龙塘镇 base_lead_kg=5.5",
                id);
    fixture_change(fixture, &reg_enterprise, id, "town= region=英德市 base_lead_kg=7 lon=113.5");
    undo(fixture, EDIT_UNDONE("甲厂"));
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "town"), "龙塘镇");
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "region"), "441802");
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "base_lead_kg"), "5.5");
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "lon"), "");
    /* Taking back is a change of its own: version and history grow. */
    assert_true(fixture_number(fixture, "SELECT version FROM enterprise") > 2);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM batch WHERE kind = 'undo' AND"
                                             " undoes = (SELECT id FROM batch WHERE undone_by"
                                             " IS NOT NULL)"),
                     1);
}

static void a_create_is_taken_back(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    undo(fixture, EDIT_UNDONE("甲厂"));
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "name"), "-");
    assert_nothing_left(fixture);
}

static void a_delete_is_taken_back_with_the_children(void **state)
{
    struct fixture *fixture = *state;
    char site[RECORD_ID_SIZE], child[RECORD_ID_SIZE], fields[96];
    fixture_add(fixture, &reg_legacy_site, "name=甲 region=清城区", site);
    snprintf(fields, sizeof fields, "site=%s name=水田", site);
    fixture_add(fixture, &reg_receptor, fields, child);
    fixture_remove(fixture, &reg_legacy_site, site);
    undo(fixture, "已撤销 张三 于 2026-06-15 10:42 的删除：历史遗留点位“甲”等 2 条记录");
    assert_string_equal(fixture_text(fixture, &reg_legacy_site, site, "name"), "甲");
    assert_string_equal(fixture_text(fixture, &reg_receptor, child, "name"), "水田");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM op WHERE kind = 'R'"), 2);
}

static void an_import_is_one_step(void **state)
{
    struct fixture *fixture = *state;
    char old[RECORD_ID_SIZE];
    enum store_change change;
    fixture_add(fixture, &reg_enterprise, "name=老厂 region=清城区", old);
    assert_ok(store_begin(fixture->store, "import", "清单.xlsx", err));
    for (int i = 0; i < 60; i++) {
        struct record record;
        char fields[64];
        snprintf(fields, sizeof fields, "name=厂%d region=清城区", i);
        fixture_fill(fixture, &reg_enterprise, fields, &record);
        assert_ok(store_put(fixture->store, &record, &change, err));
        record_release(&record);
    }
    struct record record;
    assert_ok(store_get(fixture->store, &reg_enterprise, old, &record, err));
    value_set_text(record_value_for_change(&record, "town"), "龙塘镇");
    assert_ok(store_put(fixture->store, &record, &change, err));
    record_release(&record);
    assert_ok(store_commit(fixture->store, err));
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM enterprise WHERE NOT deleted"),
                     61);
    undo(fixture, "已撤销 张三 于 2026-06-15 10:42 的导入：全口径涉重金属企业“厂0”等 61 条记录");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM enterprise WHERE NOT deleted"),
                     1);
    assert_string_equal(fixture_text(fixture, &reg_enterprise, old, "town"), "");
}

static void twice_in_a_row(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    fixture_change(fixture, &reg_enterprise, id, "name=乙厂");
    fixture_change(fixture, &reg_enterprise, id, "name=丙厂");
    undo(fixture, EDIT_UNDONE("乙厂"));
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "name"), "乙厂");
    undo(fixture, EDIT_UNDONE("甲厂"));
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "name"), "甲厂");
    undo(fixture, EDIT_UNDONE("甲厂"));
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "name"), "-");
    assert_nothing_left(fixture);
}

static void after_reopening(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    fixture_change(fixture, &reg_enterprise, id, "name=乙厂");
    fixture_reopen(fixture, STORE_WRITE);
    undo(fixture, EDIT_UNDONE("甲厂"));
    fixture_reopen(fixture, STORE_WRITE);
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "name"), "甲厂");
}

static void a_change_after_an_undo_is_the_next_to_be_undone(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    fixture_change(fixture, &reg_enterprise, id, "name=乙厂");
    undo(fixture, EDIT_UNDONE("甲厂"));
    fixture_change(fixture, &reg_enterprise, id, "name=丁厂");
    undo(fixture, EDIT_UNDONE("甲厂"));
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "name"), "甲厂");
}

static void every_type_of_value_comes_back(void **state)
{
    struct fixture *fixture = *state;
    static const char *const fields[] = {"name",      "uscc",           "lon",
                                         "industry",  "zinc_inorganic", "stopped_on",
                                         "campaigns", "actual_period",  "note"};
    char id[RECORD_ID_SIZE], before[COUNT_OF(fields)][64];
    fixture_add(
        fixture, &reg_enterprise,
        "name=甲厂 region=清城区 uscc=91451200791318129Y lon=113.056122 industry=0912"
        " zinc_inorganic=否 stopped_on=2025-05-10 campaigns=涉铊排查整治 actual_period=2025H1"
        " note=无",
        id);
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        snprintf(before[i], sizeof before[i], "%s",
                 fixture_text(fixture, &reg_enterprise, id, fields[i]));
    fixture_change(fixture, &reg_enterprise, id,
                   "name=乙厂 uscc=无 lon=113.1 industry=3212 zinc_inorganic=是 stopped_on="
                   " campaigns=其他专项 actual_period=2025 note=改");
    undo(fixture, EDIT_UNDONE("甲厂"));
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        assert_string_equal(fixture_text(fixture, &reg_enterprise, id, fields[i]), before[i]);
}

static void nothing_to_undo(void **state)
{
    struct fixture *fixture = *state;
    assert_nothing_left(fixture);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM batch"), 0);
    fixture_reopen(fixture, STORE_READ);
    struct buffer summary = {0};
    assert_fails(fixture, store_undo(fixture->store, &summary, err), ERROR_BUSY, "只读查看");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(an_edit_is_taken_back),
        fixture_test(a_create_is_taken_back),
        fixture_test(a_delete_is_taken_back_with_the_children),
        fixture_test(an_import_is_one_step),
        fixture_test(twice_in_a_row),
        fixture_test(after_reopening),
        fixture_test(a_change_after_an_undo_is_the_next_to_be_undone),
        fixture_test(every_type_of_value_comes_back),
        fixture_test(nothing_to_undo),
    };
    return fixture_run(tests);
}
