/* What registers compute: totals of loads, thallium put in, the priority of a site. */
#include "core/record.h"
#include "core/registers.h"
#include "core/registers/assay.h"
#include "core/registers/loads.h"
#include "tests/core/typing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_totals_follow_their_parts(void **state)
{
    (void)state;
    struct record record, before;
    record_init(&record, &reg_enterprise);
    record_derive(&record, NULL);
    assert_field(&record, "base_total_kg", "");
    type_in(&record, "base_lead_kg", "120.35");
    type_in(&record, "base_cadmium_kg", "8.125");
    record_derive(&record, NULL);
    assert_field(&record, "base_total_kg", "128.475");
    assert_field(&record, "actual_total_kg", "");

    /* A part changes: the total was the sum of the former parts and goes along. */
    record_copy(&before, &record);
    type_in(&record, "base_cadmium_kg", "9.125");
    record_derive(&record, &before);
    assert_field(&record, "base_total_kg", "129.475");
    record_release(&before);

    /* A total typed otherwise stays, now and after a further change of a part. */
    type_in(&record, "base_total_kg", "200");
    record_copy(&before, &record);
    record_derive(&record, &before);
    assert_field(&record, "base_total_kg", "200");
    type_in(&record, "base_lead_kg", "1");
    record_derive(&record, &before);
    assert_field(&record, "base_total_kg", "200");
    record_release(&before);

    type_in(&record, "base_total_kg", "");
    record_derive(&record, NULL);
    assert_field(&record, "base_total_kg", "10.125");
    record_release(&record);
}

static void test_totals_never_wrap(void **state)
{
    (void)state;
    struct record record;
    record_init(&record, &reg_enterprise);
    value_set_integer(record_value_for_change(&record, "permitted_lead_kg"),
                      INT64_C(9000000000000000000));
    value_set_integer(record_value_for_change(&record, "permitted_arsenic_kg"),
                      INT64_C(9000000000000000000));
    record_derive(&record, NULL);
    assert_field(&record, "permitted_total_kg", "");
    record_release(&record);
}

static void test_load_fields_exist(void **state)
{
    (void)state;
    static const struct reg *const owners[LOAD_GROUP_COUNT] = {
        [LOAD_PERMITTED] = &reg_enterprise,        [LOAD_BASE] = &reg_enterprise,
        [LOAD_ACTUAL] = &reg_enterprise,           [LOAD_ADDED] = &reg_construction_project,
        [LOAD_SOURCE] = &reg_construction_project, [LOAD_BEFORE] = &reg_reduction_project,
        [LOAD_AFTER] = &reg_reduction_project,     [LOAD_TRANSFERRED] = &reg_quota_transfer,
    };
    for (size_t i = 0; i < LOAD_GROUP_COUNT; i++) {
        const struct field *total = reg_field_find(owners[i], load_groups[i].total);
        assert_non_null(total);
        assert_int_equal(total->scale, LOAD_SCALE);
        assert_string_equal(total->group, load_groups[i].label);
        for (size_t j = 0; j < LOAD_METAL_COUNT; j++) {
            const struct field *part = reg_field_find(owners[i], load_groups[i].metals[j]);
            assert_non_null(part);
            assert_string_equal(part->label, load_metals[j]);
            assert_string_equal(part->group, load_groups[i].label);
            assert_int_equal(part->scale, LOAD_SCALE);
        }
    }
}

/* What is demanded is rounded up at the gram, the total by itself and not as a sum of roundings. */
static void test_required_loads(void **state)
{
    (void)state;
    struct record record;
    record_init(&record, &reg_construction_project);
    type_in(&record, "added_lead_kg", "10.001");
    type_in(&record, "added_arsenic_kg", "0.001");
    record_derive(&record, NULL);
    assert_field(&record, "added_total_kg", "10.002");
    assert_field(&record, "required_lead_kg", "");
    assert_field(&record, "required_total_kg", "");
    type_in(&record, "ratio", "1.2");
    record_derive(&record, NULL);
    assert_field(&record, "required_lead_kg", "12.002");   /* 12.0012 */
    assert_field(&record, "required_arsenic_kg", "0.002"); /* 0.0012 */
    assert_field(&record, "required_total_kg", "12.003");  /* 12.0024, not 12.004 */
    assert_field(&record, "required_mercury_kg", "");
    type_in(&record, "ratio", "1");
    record_derive(&record, NULL);
    assert_field(&record, "required_total_kg", "10.002");
    type_in(&record, "added_lead_kg", "");
    record_derive(&record, NULL);
    assert_field(&record, "required_lead_kg", "");
    record_release(&record);
}

static void test_cut_loads(void **state)
{
    (void)state;
    struct record record;
    record_init(&record, &reg_reduction_project);
    type_in(&record, "before_lead_kg", "120.35");
    type_in(&record, "before_cadmium_kg", "8.125");
    type_in(&record, "after_lead_kg", "20.351");
    record_derive(&record, NULL);
    assert_field(&record, "cut_lead_kg", "99.999");
    assert_field(&record, "cut_cadmium_kg", "");
    assert_field(&record, "cut_total_kg", "108.124");
    type_in(&record, "after_cadmium_kg", "9");
    record_derive(&record, NULL);
    assert_field(&record, "cut_cadmium_kg", "-0.875");
    type_in(&record, "before_cadmium_kg", "");
    record_derive(&record, NULL);
    assert_field(&record, "cut_cadmium_kg", "");
    value_set_integer(record_value_for_change(&record, "after_lead_kg"), INT64_MIN);
    record_derive(&record, NULL);
    assert_field(&record, "cut_lead_kg", "");
    record_release(&record);
}

static void test_thallium_input(void **state)
{
    (void)state;
    struct record record;
    record_init(&record, &reg_thallium_enterprise);
    type_in(&record, "throughput_t", "46000");
    record_derive(&record, NULL);
    assert_field(&record, "input_kg", "");
    type_in(&record, "content_mean", "21.0");
    record_derive(&record, NULL);
    assert_field(&record, "input_kg", "966");
    type_in(&record, "content_mean", "0.0001");
    record_derive(&record, NULL);
    assert_field(&record, "input_kg", "0.005"); /* 0.0046 kg, to the gram */
    type_in(&record, "throughput_t", "");
    record_derive(&record, NULL);
    assert_field(&record, "input_kg", "");
    record_release(&record);
}

static void assert_priority(const char *pollution, const char *sensitivity, const char *farmland,
                            const char *expected)
{
    struct record record;
    record_init(&record, &reg_legacy_site);
    type_in(&record, "pollution_grade", pollution);
    type_in(&record, "sensitivity_grade", sensitivity);
    type_in(&record, "downstream_farmland", farmland);
    record_derive(&record, NULL);
    assert_field(&record, "priority", expected);
    record_release(&record);
}

static void test_site_priority(void **state)
{
    (void)state;
    assert_priority("高", "高", "否", "第一");
    assert_priority("高", "中", "", "第一");
    assert_priority("中", "中", "", "第二");
    assert_priority("高", "低", "", "第二");
    assert_priority("低", "中", "", "第三");
    assert_priority("低", "低", "是", "第一");
    assert_priority("无数据", "高", "否", "待监测");
    assert_priority("", "高", "", "");
    assert_priority("高", "", "", "");
}

/* A unit written with the number moves beside it; a unit given beside it is never talked over. */
static void test_unit_beside_the_value(void **state)
{
    (void)state;
    struct record record, before;
    record_init(&record, &reg_sample);
    type_in(&record, "value", "<0.020 ug/L");
    record_derive(&record, NULL);
    assert_field(&record, "value", "<0.020");
    assert_field(&record, "unit", "μg/L");

    record_copy(&before, &record);
    type_in(&record, "value", "4.2 ng/L");
    record_derive(&record, &before);
    assert_field(&record, "value", "4.2");
    assert_field(&record, "unit", "ng/L");
    record_release(&before);

    record_copy(&before, &record);
    type_in(&record, "value", "4.2 mg/L");
    type_in(&record, "unit", "μg/L");
    record_derive(&record, &before);
    assert_field(&record, "value", "4.2 mg/L");
    assert_field(&record, "unit", "μg/L");
    struct measure measure;
    assert_true(assay_read(&record, "value", "unit", &measure));
    assert_string_equal(measure.unit, "mg/L");
    record_release(&before);

    type_in(&record, "unit", "mg/kg");
    assert_false(assay_read(&record, "value", "unit", &measure));
    type_in(&record, "value", "4.2");
    type_in(&record, "unit", "");
    assert_false(assay_read(&record, "value", "unit", &measure));
    record_derive(&record, NULL);
    assert_field(&record, "value", "4.2");
    assert_field(&record, "unit", "");
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totals_follow_their_parts),
        cmocka_unit_test(test_totals_never_wrap),
        cmocka_unit_test(test_load_fields_exist),
        cmocka_unit_test(test_required_loads),
        cmocka_unit_test(test_cut_loads),
        cmocka_unit_test(test_thallium_input),
        cmocka_unit_test(test_unit_beside_the_value),
        cmocka_unit_test(test_site_priority),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
