/* The printed form of a field inspection: with its answers, and blank with the object's data. */
#include "core/mem.h"
#include "core/registers.h"
#include "db/inspection.h"
#include "exports/report.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct county {
    char *folder;
    struct store *store;
    char visit[RECORD_ID_SIZE], number[64]; /* the inspection: its id, its case number */
};

static void put(struct store *store, const struct reg *reg, const char *const *pairs,
                char id[RECORD_ID_SIZE])
{
    struct record record;
    struct error err = {0};
    enum store_change change;
    record_init(&record, reg);
    for (; *pairs; pairs += 2)
        if (!record_set_text(&record, (size_t)reg_field_index(reg, pairs[0]), pairs[1],
                             store_lookup(store), &err))
            fail_msg("%s: %s", pairs[0], err.message);
    if (!store_save(store, &record, NULL, &change, &err))
        fail_msg("%s", err.message);
    memcpy(id, record.id, RECORD_ID_SIZE);
    record_release(&record);
}

#define PUT(store, reg, id, ...) put(store, &reg, (const char *const[]){__VA_ARGS__, NULL}, id)

static void fill(struct county *county)
{
    struct store *store = county->store;
    struct inspection_object object;
    struct inspection inspection;
    struct error err = {0};
    char id[RECORD_ID_SIZE], plant[RECORD_ID_SIZE], problem[RECORD_ID_SIZE];
    PUT(store, reg_checklist, id, "list", "涉铊企业检查表", "number", "1", "category", "雨水",
        "content", "雨水排口晴天没有水", "criterion", "三天无雨仍有水的判为有问题", "evidence",
        "照片", "passage", "某条", "problem_category", "雨污混排", "statement",
        "雨水排口（位置……）晴天有水流出，疑混入废水", "measure", "封堵");
    PUT(store, reg_checklist, id, "list", "涉铊企业检查表", "number", "2", "category", "台账",
        "content", "有铊平衡表", "criterion", "没有的判为有问题", "evidence", "平衡表", "passage",
        "某条", "problem_category", "台账监测", "statement", "没有编制铊平衡表，铊的去向不清楚",
        "measure", "编制");
    PUT(store, reg_enterprise, plant, "name", "甲厂", "region", "清城区", "uscc",
        "91441803MA5832486X", "legal_person", "陈示", "verified_on", "2026-01-02");
    PUT(store, reg_thallium_enterprise, id, "enterprise", "甲厂", "thallium_limit", "0.005",
        "limit_state", "已核");
    PUT(store, reg_sample, id, "enterprise", "甲厂", "point_type", "车间或生产设施废水排放口",
        "point_name", "去年采样点", "sampled_on", "2025-03-01", "factor", "铊", "value", "0.004",
        "unit", "mg/L");
    if (!inspection_find_object(store, &reg_enterprise, plant, &object, &err) ||
        !inspection_prepare(&inspection, store, &object, "涉铊企业检查表", &err) ||
        !inspection_answer(&inspection, store, 0, "否", &err) ||
        !inspection_answer(&inspection, store, 1, "不适用", &err) ||
        !inspection_raise(&inspection, store, 0, problem, &err))
        fail_msg("%s", err.message);
    memcpy(county->visit, inspection.record.id, sizeof county->visit);
    snprintf(county->number, sizeof county->number, "%s",
             record_value(&inspection.record, "case_no")->text);
    PUT(store, reg_sample, id, "enterprise", "甲厂", "inspection", county->visit, "point_type",
        "车间或生产设施废水排放口", "point_name", "污酸站出口", "sampled_on", "2026-01-05",
        "factor", "铊", "value", "0.008", "unit", "mg/L");
    inspection_release(&inspection);
}

static int set_up(void **state)
{
    struct county *county = mem_new(1, sizeof *county);
    struct error err = {0};
    if (setenv("TAIZHANG_NOW", "2026-01-05T09:00:00", 1) != 0 ||
        scratch_make((void **)&county->folder) != 0)
        return -1;
    const char *path = scratch_path((void **)&county->folder, "county.db");
    if (!store_create(path, NULL, &err) || !store_open(&county->store, path, STORE_WRITE, &err) ||
        !store_set_setting(county->store, "region", "441802", &err) ||
        !store_set_setting(county->store, "operator", "张三", &err)) {
        print_error("%s\n", err.message);
        return -1;
    }
    fill(county);
    *state = county;
    return 0;
}

static int tear_down(void **state)
{
    struct county *county = *state;
    store_close(&county->store);
    int result = scratch_remove((void **)&county->folder);
    free(county);
    return result;
}

static bool try_export(struct county *county, const struct report_options *options,
                       const char *file, struct report_result *result, struct error *err)
{
    struct report report;
    return report_find("inspection-form", &report, err) &&
           report_write(&report, county->store, options,
                        scratch_path((void **)&county->folder, file), result, err);
}

/* Table `table` as .csv, or a part of the .xlsx. */
static char *export(struct county *county, const struct report_options *options, const char *file,
                    const char *part)
{
    struct report_result result;
    struct error err = {0};
    if (!try_export(county, options, file, &result, &err))
        fail_msg("%s", err.message);
    const char *path = scratch_path((void **)&county->folder, file);
    return part ? scratch_unzip(path, part) : scratch_read(path, NULL);
}

static void assert_has(const char *text, const char *part)
{
    assert_non_null(text);
    if (!strstr(text, part))
        fail_msg("no “%s” in %s", part, text);
}

static void the_answers_are_ticked(void **state)
{
    struct county *county = *state;
    struct report_options options = {.choices = {[REPORT_INSPECTION] = county->number},
                                     .table = "检查表"};
    char *text = export(county, &options, "a.csv", NULL);
    assert_has(text, "序号,类别,检查内容,判断依据,是,否,不适用,待确认,照片编号,问题描述,备注");
    assert_has(text, "1,雨水,雨水排口晴天没有水,三天无雨仍有水的判为有问题,,√,,,,"
                     "雨水排口（位置……）晴天有水流出，疑混入废水,");
    assert_has(text, "2,台账,有铊平衡表,没有的判为有问题,,,√,,,,");
    free(text);
}

static void samples_stand_apart_from_former_ones(void **state)
{
    struct county *county = *state;
    struct report_options options = {.choices = {[REPORT_INSPECTION] = county->number},
                                     .table = "采样结果"};
    char *text = export(county, &options, "a.csv", NULL);
    assert_has(text, "污酸站出口");
    assert_has(text, "超标");
    assert_has(text, "(0.008 − 0.005) ÷ 0.005 = 0.6 倍");
    assert_null(strstr(text, "去年采样点"));
    free(text);
    options.table = "以往监测";
    text = export(county, &options, "a.csv", NULL);
    assert_has(text, "去年采样点");
    assert_null(strstr(text, "污酸站出口"));
    free(text);
}

static void the_object_is_filled_in(void **state)
{
    struct county *county = *state;
    const struct report_options options = {.choices = {[REPORT_INSPECTION] = county->visit}};
    char *text = export(county, &options, "a.xlsx", "xl/sharedStrings.xml");
    if (!text)
        text = export(county, &options, "a.xlsx", "xl/worksheets/sheet1.xml");
    assert_has(text, "91441803MA5832486X");
    assert_has(text, "陈示");
    assert_has(text, "总铊限值（mg/L）");
    assert_has(text, county->number);
    free(text);
}

static void a_blank_form_asks_the_same(void **state)
{
    struct county *county = *state;
    struct report_options options = {.choices = {[REPORT_OBJECT] = "甲厂"}, .table = "检查表"};
    char *text = export(county, &options, "b.csv", NULL);
    assert_has(text, "1,雨水,雨水排口晴天没有水,三天无雨仍有水的判为有问题,,,,,,,");
    free(text);
    options.table = "采样结果";
    text = export(county, &options, "b.csv", NULL);
    assert_null(strstr(text, "污酸站出口"));
    free(text);
    options.table = "以往监测";
    text = export(county, &options, "b.csv", NULL);
    assert_has(text, "污酸站出口");
    free(text);
    /* Nothing was stored for it. */
    int64_t count;
    assert_true(query_count(county->store, &(struct query){.reg = &reg_inspection}, &count, NULL));
    assert_int_equal(count, 1);
}

static void it_must_be_said_which(void **state)
{
    struct county *county = *state;
    static const struct {
        struct report_options options;
        const char *sentence;
    } cases[] = {
        {{.year = 0}, "写明现场检查表是关于哪一个的"},
        {{.choices = {[REPORT_INSPECTION] = "XC-1", [REPORT_OBJECT] = "甲厂"}}, "只写其中一个"},
        {{.choices = {[REPORT_INSPECTION] = "XC-1"}}, "XC-1"},
        {{.choices = {[REPORT_OBJECT] = "乙厂"}}, "没有“乙厂”"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct report_result result;
        struct error err = {0};
        assert_false(try_export(county, &cases[i].options, "c.xlsx", &result, &err));
        assert_has(err.message, cases[i].sentence);
    }
    struct report report;
    struct report_result result;
    struct error err = {0};
    assert_true(report_find("enterprise", &report, &err));
    assert_false(report_write(&report, county->store,
                              &(struct report_options){.choices = {[REPORT_OBJECT] = "甲厂"}},
                              scratch_path((void **)&county->folder, "c.xlsx"), &result, &err));
    assert_has(err.message, "请去掉 --object");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_answers_are_ticked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(samples_stand_apart_from_former_ones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_object_is_filled_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_blank_form_asks_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_must_be_said_which, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
