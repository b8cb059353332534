/* An inspection: begun without a trace, kept with the first answer, gone on with, made problems of.
 */
#include "db/inspection.h"
#include "core/registers/checklist.h"
#include "core/registers/shared.h"
#include "tests/db/fixture.h"

#include <stdio.h>

#define SITE_LIST "历史遗留点位检查表"

static void add_question(struct fixture *fixture, const char *number, const char *content)
{
    char id[RECORD_ID_SIZE], text[400];
    snprintf(text, sizeof text,
             "list=" SITE_LIST " number=%s category=堆体 content=%s criterion=看现场 "
             "evidence=照片 passage=某条 problem_category=历史遗留 "
             "statement=堆体边坡有裂缝，长约几米，下方有农田 measure=削坡并设截洪沟",
             number, content);
    fixture_add(fixture, &reg_checklist, text, id);
}

static void begin(struct fixture *fixture, struct inspection_object *object)
{
    char site[RECORD_ID_SIZE];
    struct error err = {0};
    add_question(fixture, "1", "边坡稳定");
    add_question(fixture, "2", "截洪沟完好");
    add_question(fixture, "10", "标志齐全");
    fixture_add(fixture, &reg_legacy_site, "name=老厂沟 region=清新区 town=禾云镇", site);
    if (!inspection_find_object(fixture->store, &reg_legacy_site, site, object, &err))
        fail_msg("%s", err.message);
}

static void test_nothing_is_stored_before_an_answer(void **state)
{
    struct fixture *fixture = *state;
    struct inspection_object object;
    struct inspection inspection;
    char open[RECORD_ID_SIZE];
    begin(fixture, &object);
    assert_ok(inspection_prepare(&inspection, fixture->store, &object, SITE_LIST, err));
    assert_int_equal(inspection.count, 3);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM inspection"), 0);
    assert_ok(inspection_find_open(fixture->store, &object, open, err));
    assert_string_equal(open, "");

    assert_ok(inspection_answer(&inspection, fixture->store, 1, "否", err));
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM inspection_item"), 3);
    assert_string_equal(fixture_text(fixture, &reg_inspection, inspection.record.id, "region"),
                        "441803");
    assert_string_equal(
        fixture_text(fixture, &reg_inspection, inspection.record.id, "inspected_on"), "2026-06-15");
    assert_string_equal(fixture_text(fixture, &reg_inspection, inspection.record.id, "inspectors"),
                        "张三");
    assert_string_equal(
        fixture_text(fixture, &reg_inspection_item, inspection.items[1].id, "answer"), "否");
    assert_ok(inspection_find_open(fixture->store, &object, open, err));
    assert_string_equal(open, inspection.record.id);

    fixture_change(fixture, &reg_inspection, open, "conclusion=符合");
    assert_ok(inspection_find_open(fixture->store, &object, open, err));
    assert_string_equal(open, "");
    inspection_release(&inspection);
}

static void test_going_on(void **state)
{
    struct fixture *fixture = *state;
    struct inspection_object object;
    struct inspection inspection, again;
    begin(fixture, &object);
    assert_ok(inspection_prepare(&inspection, fixture->store, &object, SITE_LIST, err));
    assert_ok(inspection_answer(&inspection, fixture->store, 0, "是", err));
    assert_ok(inspection_answer(&inspection, fixture->store, 2, "待确认", err));
    assert_ok(inspection_load(&again, fixture->store, inspection.record.id, err));
    struct inspection_count count = inspection_count(&again);
    assert_int_equal(count.answered, 2);
    assert_int_equal(count.by[0], 1);
    assert_int_equal(count.by[3], 1);
    /* By number, not by text. */
    assert_string_equal(record_value(&again.items[2], "content")->text, "标志齐全");
    assert_ok(inspection_answer(&again, fixture->store, 0, "", err));
    assert_int_equal(inspection_count(&again).answered, 1);
    /* What another window has changed is not overwritten, and is seen afterwards. */
    fixture_change(fixture, &reg_inspection_item, again.items[1].id, "note=量过");
    assert_fails(fixture, inspection_answer(&again, fixture->store, 1, "是", err), ERROR_BUSY,
                 "别处");
    assert_ok(inspection_answer(&again, fixture->store, 1, "是", err));
    inspection_release(&again);
    inspection_release(&inspection);
}

static void test_a_no_becomes_a_problem(void **state)
{
    struct fixture *fixture = *state;
    struct inspection_object object;
    struct inspection inspection;
    char problem[RECORD_ID_SIZE];
    begin(fixture, &object);
    assert_ok(inspection_prepare(&inspection, fixture->store, &object, SITE_LIST, err));
    assert_ok(inspection_answer(&inspection, fixture->store, 0, "否", err));
    assert_int_equal(inspection_count(&inspection).raised, 0);
    assert_ok(inspection_raise(&inspection, fixture->store, 0, problem, err));
    assert_int_equal(inspection_count(&inspection).raised, 1);
    static const char *const expected[][2] = {
        {"region", "441803"},
        {"town", "禾云镇"},
        {"category", "历史遗留"},
        {"found_on", "2026-06-15"},
        {"found_by", "张三"},
        {"measures", "削坡并设截洪沟"},
        {"origin", "日常执法检查"},
        {"state", "已登记"},
        {"description", "堆体边坡有裂缝，长约几米，下方有农田"},
    };
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        assert_string_equal(fixture_text(fixture, &reg_problem, problem, expected[i][0]),
                            expected[i][1]);
    assert_string_equal(fixture_text(fixture, &reg_problem, problem, "site"), object.id);
    assert_string_equal(fixture_text(fixture, &reg_problem, problem, "inspection"),
                        inspection.record.id);
    assert_string_equal(
        fixture_text(fixture, &reg_inspection_item, inspection.items[0].id, "problem"), problem);
    /* What was seen on the spot is better than the template. */
    fixture_change(fixture, &reg_inspection_item, inspection.items[1].id,
                   "answer=否 problem_text=东侧截洪沟塌了约二十米，雨水冲进堆体");
    char id[RECORD_ID_SIZE];
    memcpy(id, inspection.record.id, sizeof id);
    inspection_release(&inspection);
    assert_ok(inspection_load(&inspection, fixture->store, id, err));
    assert_ok(inspection_raise(&inspection, fixture->store, 1, problem, err));
    assert_string_equal(fixture_text(fixture, &reg_problem, problem, "description"),
                        "东侧截洪沟塌了约二十米，雨水冲进堆体");
    inspection_release(&inspection);
}

static void test_a_profile_is_its_enterprise(void **state)
{
    struct fixture *fixture = *state;
    struct inspection_object object;
    char plant[RECORD_ID_SIZE], profile[RECORD_ID_SIZE], limit[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", plant);
    fixture_add(fixture, &reg_thallium_enterprise, "enterprise=甲厂", profile);
    assert_ok(
        inspection_find_object(fixture->store, &reg_thallium_enterprise, profile, &object, err));
    assert_ptr_equal(object.reg, &reg_enterprise);
    assert_string_equal(object.id, plant);
    assert_string_equal(object.field->name, "enterprise");
    fixture_add(fixture, &reg_limit, "standard=GB1 factor=铊", limit);
    assert_fails(fixture, inspection_find_object(fixture->store, &reg_limit, limit, &object, err),
                 ERROR_REFUSED, "不是现场检查的对象");
    assert_true(inspection_is_possible(&reg_park));
    assert_true(inspection_is_possible(&reg_thallium_enterprise));
    assert_false(inspection_is_possible(&reg_task));
}

static void test_lists(void **state)
{
    struct fixture *fixture = *state;
    struct inspection_object object;
    struct inspection inspection;
    begin(fixture, &object);
    assert_fails(fixture,
                 inspection_prepare(&inspection, fixture->store, &object, "涉铊企业检查表", err),
                 ERROR_MISSING, "没有“涉铊企业检查表”的条目");
    inspection_release(&inspection);
    /* Every list belongs to some objects, and is one that can be chosen. */
    for (size_t i = 0; checklist_choices[i]; i++) {
        bool found = false;
        for (size_t j = 0; j < register_count; j++)
            for (size_t n = 0; checklist_for(registers[j], n); n++)
                found = found || strcmp(checklist_for(registers[j], n), checklist_choices[i]) == 0;
        assert_true(found);
    }
    assert_string_equal(checklist_for(&reg_enterprise, 0), "涉铊企业检查表");
    assert_null(checklist_for(&reg_park, 0));
}

static void test_read_only(void **state)
{
    struct fixture *fixture = *state;
    struct inspection_object object;
    struct inspection inspection;
    begin(fixture, &object);
    fixture_reopen(fixture, STORE_READ);
    assert_ok(inspection_prepare(&inspection, fixture->store, &object, SITE_LIST, err));
    struct error refused = {0};
    assert_false(inspection_answer(&inspection, fixture->store, 0, "是", &refused));
    assert_int_equal(inspection_count(&inspection).answered, 0);
    assert_int_equal(inspection.record.version, 0);
    inspection_release(&inspection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_nothing_is_stored_before_an_answer),
        fixture_test(test_going_on),
        fixture_test(test_a_no_becomes_a_problem),
        fixture_test(test_a_profile_is_its_enterprise),
        fixture_test(test_lists),
        fixture_test(test_read_only),
    };
    return fixture_run(tests);
}
