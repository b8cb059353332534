/* What registers compute: totals of loads, thallium put in, the priority of a site. */
#include "core/record.h"
#include "core/registers.h"
#include "core/registers/loads.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct lookup lookup = {0}; /* no field here points anywhere */

static void set(struct record *record, const char *name, const char *text)
{
    struct error err = {0};
    int index = reg_field_index(record->reg, name);
    assert_true(index >= 0);
    if (!record_set_text(record, (size_t)index, text, &lookup, &err))
        fail_msg("%s = %s: %s", name, text, err.message);
}

static void assert_field(const struct record *record, const char *name, const char *expected)
{
    struct buffer text = {0};
    record_format(record, name, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
}

static void test_totals_follow_their_parts(void **state)
{
    (void)state;
    struct record record, before;
    record_init(&record, &reg_enterprise);
    record_derive(&record, NULL);
    assert_field(&record, "base_total_kg", "");
    set(&record, "base_lead_kg", "120.35");
    set(&record, "base_cadmium_kg", "8.125");
    record_derive(&record, NULL);
    assert_field(&record, "base_total_kg", "128.475");
    assert_field(&record, "actual_total_kg", "");

    /* A part changes: the total was the sum of the former parts and goes along. */
    record_copy(&before, &record);
    set(&record, "base_cadmium_kg", "9.125");
    record_derive(&record, &before);
    assert_field(&record, "base_total_kg", "129.475");
    record_release(&before);

    /* A total typed otherwise stays, now and after a further change of a part. */
    set(&record, "base_total_kg", "200");
    record_copy(&before, &record);
    record_derive(&record, &before);
    assert_field(&record, "base_total_kg", "200");
    set(&record, "base_lead_kg", "1");
    record_derive(&record, &before);
    assert_field(&record, "base_total_kg", "200");
    record_release(&before);

    set(&record, "base_total_kg", "");
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
    for (size_t i = 0; i < LOAD_GROUP_COUNT; i++) {
        const struct field *total = reg_field_find(&reg_enterprise, load_groups[i].total);
        assert_non_null(total);
        assert_int_equal(total->scale, LOAD_SCALE);
        assert_string_equal(total->group, load_groups[i].label);
        for (size_t j = 0; j < LOAD_METAL_COUNT; j++) {
            const struct field *part = reg_field_find(&reg_enterprise, load_groups[i].metals[j]);
            assert_non_null(part);
            assert_string_equal(part->label, load_metals[j]);
            assert_string_equal(part->group, load_groups[i].label);
            assert_int_equal(part->scale, LOAD_SCALE);
        }
    }
}

static void test_thallium_input(void **state)
{
    (void)state;
    struct record record;
    record_init(&record, &reg_thallium_enterprise);
    set(&record, "throughput_t", "46000");
    record_derive(&record, NULL);
    assert_field(&record, "input_kg", "");
    set(&record, "content_mean", "21.0");
    record_derive(&record, NULL);
    assert_field(&record, "input_kg", "966");
    set(&record, "content_mean", "0.0001");
    record_derive(&record, NULL);
    assert_field(&record, "input_kg", "0.005"); /* 0.0046 kg, to the gram */
    set(&record, "throughput_t", "");
    record_derive(&record, NULL);
    assert_field(&record, "input_kg", "");
    record_release(&record);
}

static void assert_priority(const char *pollution, const char *sensitivity, const char *farmland,
                            const char *expected)
{
    struct record record;
    record_init(&record, &reg_legacy_site);
    set(&record, "pollution_grade", pollution);
    set(&record, "sensitivity_grade", sensitivity);
    set(&record, "downstream_farmland", farmland);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totals_follow_their_parts),
        cmocka_unit_test(test_totals_never_wrap),
        cmocka_unit_test(test_load_fields_exist),
        cmocka_unit_test(test_thallium_input),
        cmocka_unit_test(test_site_priority),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
