#include "fixture.h"

#include <stdio.h>

static void assert_region(struct fixture *fixture, const char *text, const char *id)
{
    const struct lookup *lookup = store_lookup(fixture->store);
    struct buffer found = {0};
    /* Twice: the second answer is remembered. */
    for (int i = 0; i < 2; i++) {
        buffer_clear(&found);
        assert_ok(lookup->find(lookup->context, "region", text, &found, err));
        assert_string_equal(buffer_text(&found), id);
    }
    buffer_release(&found);
}

static void assert_no_region(struct fixture *fixture, const char *text, const char *part)
{
    const struct lookup *lookup = store_lookup(fixture->store);
    struct buffer found = {0};
    assert_fails(fixture, lookup->find(lookup->context, "region", text, &found, err), ERROR_REFUSED,
                 part);
    buffer_release(&found);
}

static void at_home_in(struct fixture *fixture, const char *code)
{
    assert_ok(store_set_setting(fixture->store, "region", code, err));
}

static void counties_by_code_and_name(void **state)
{
    struct fixture *fixture = *state;
    assert_region(fixture, "441802", "441802");
    assert_region(fixture, "清城区", "441802");
    assert_region(fixture, "清城", "441802");
    assert_region(fixture, "连南瑶族自治县", "441826");
    assert_region(fixture, "连南县", "441826");
    assert_region(fixture, "连南", "441826");
    assert_region(fixture, "英德市", "441881");
    assert_region(fixture, "南丹", "451221");
    assert_region(fixture, "双江县", "530925");
    assert_no_region(fixture, "亚特兰蒂斯",
                     "没有叫“亚特兰蒂斯”的县（市、区），请填全称或六位区划代码");
    assert_no_region(fixture, "清远市", "没有叫“清远市”的县");
    assert_no_region(fixture, "999999", "没有叫“999999”的县");
}

static void names_that_repeat_need_a_home(void **state)
{
    struct fixture *fixture = *state;
    at_home_in(fixture, "");
    assert_no_region(fixture, "鼓楼区", "“鼓楼区”在行政区划中不止一条，请改用编号或代码");
    at_home_in(fixture, "350103"); /* its own city */
    assert_region(fixture, "鼓楼区", "350102");
    at_home_in(fixture, "350102"); /* itself */
    assert_region(fixture, "鼓楼", "350102");
    at_home_in(fixture, "3501");
    assert_region(fixture, "鼓楼区", "350102");
    at_home_in(fixture, "410105"); /* its own province */
    assert_region(fixture, "鼓楼区", "410204");
    at_home_in(fixture, "320106");
    assert_region(fixture, "鼓楼区", "320106");
    at_home_in(fixture, "320302");
    assert_region(fixture, "鼓楼区", "320302");
    at_home_in(fixture, "320500"); /* two in the province */
    assert_no_region(fixture, "鼓楼区", "不止一条");
    at_home_in(fixture, "441802");
    assert_no_region(fixture, "鼓楼区", "不止一条");
}

static void industries(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    assert_ok(store_find(fixture->store, &reg_industry, "0912", &record, err));
    assert_string_equal(record_value(&record, "name")->text, "铅锌矿采选");
    record_release(&record);
    assert_ok(store_find(fixture->store, &reg_industry, "铅锌矿采选", &record, err));
    assert_string_equal(record.id, "0912");
    record_release(&record);
    assert_fails(fixture, store_find(fixture->store, &reg_industry, "912", &record, err),
                 ERROR_MISSING, "行业代码中没有“912”");
    record_release(&record);
}

static void records_by_id_number_code_and_name(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 uscc=91451200791318129Y", id);
    const char *const texts[] = {id, "QY-441802-2026-0001", "91451200791318129Y", "甲厂"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct record record;
        assert_ok(store_find(fixture->store, &reg_enterprise, texts[i], &record, err));
        assert_string_equal(record.id, id);
        record_release(&record);
    }
    struct record record;
    fixture_remove(fixture, &reg_enterprise, id);
    assert_fails(fixture, store_find(fixture->store, &reg_enterprise, "甲厂", &record, err),
                 ERROR_MISSING, "全口径涉重金属企业中没有“甲厂”");
    record_release(&record);
}

static void names_that_repeat_are_refused(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    struct record record;
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=英德市", id);
    assert_fails(fixture, store_find(fixture->store, &reg_enterprise, "甲厂", &record, err),
                 ERROR_MISSING, "不止一条，请改用编号或代码");
    record_release(&record);
}

static void labels(void **state)
{
    struct fixture *fixture = *state;
    const struct lookup *lookup = store_lookup(fixture->store);
    char id[RECORD_ID_SIZE], profile[RECORD_ID_SIZE];
    struct buffer out = {0};
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    fixture_add(fixture, &reg_thallium_enterprise, "enterprise=甲厂", profile);
    assert_true(lookup->label(lookup->context, "region", "441802", &out));
    assert_true(lookup->label(lookup->context, "enterprise", id, &out));
    assert_true(lookup->label(lookup->context, "thallium_enterprise", profile, &out));
    assert_string_equal(out.text, "清城区甲厂甲厂");
    assert_false(lookup->label(lookup->context, "enterprise", "nobody", &out));
    assert_false(lookup->label(lookup->context, "nothing", id, &out));
    assert_string_equal(out.text, "清城区甲厂甲厂");
    buffer_release(&out);
}

static void assert_same(struct fixture *fixture, const char *fields, const char *expected)
{
    struct record record;
    char id[RECORD_ID_SIZE];
    fixture_fill(fixture, &reg_enterprise, fields, &record);
    assert_ok(store_find_same(fixture->store, &record, id, err));
    assert_string_equal(id, expected);
    record_release(&record);
}

static void the_record_that_an_imported_row_means(void **state)
{
    struct fixture *fixture = *state;
    char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
    struct record record;
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 uscc=91451200791318129Y", first);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区 uscc=无", second);
    assert_same(fixture, "name=改名 region=清城区 uscc=91451200791318129Y", first);
    assert_same(fixture, "name=甲厂 region=清城区", first);
    assert_same(fixture, "name=甲厂 region=英德市", "");
    assert_same(fixture, "name=丙厂 region=清城区 uscc=无", "");
    assert_same(fixture, "name=乙厂 region=清城区 uscc=无", second);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区", second);
    fixture_fill(fixture, &reg_enterprise, "name=乙厂 region=清城区", &record);
    assert_fails(fixture, store_find_same(fixture->store, &record, second, err), ERROR_REFUSED,
                 "已有不止一条记录与这一行相同");
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(counties_by_code_and_name),
        fixture_test(names_that_repeat_need_a_home),
        fixture_test(industries),
        fixture_test(records_by_id_number_code_and_name),
        fixture_test(names_that_repeat_are_refused),
        fixture_test(labels),
        fixture_test(the_record_that_an_imported_row_means),
    };
    return fixture_run(tests);
}
