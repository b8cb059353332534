/* The printed form of a field inspection: with its answers, and blank with the object's data. */
#include "core/mem.h"
#include "core/registers.h"
#include "db/inspection.h"
#include "exports/report.h"
#include "tests/exports/bureau.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The inspection of the running test: its id, its case number. */
static char visit[RECORD_ID_SIZE], number[64];

static void fill(struct bureau *bureau)
{
    struct store *store = bureau->store;
    struct inspection_object object;
    struct inspection inspection;
    struct error err = {0};
    char id[RECORD_ID_SIZE], plant[RECORD_ID_SIZE], problem[RECORD_ID_SIZE];
    BUREAU_ADD(bureau, reg_checklist, id, "list", "涉铊企业检查表", "number", "1", "category",
               "雨水", "content", "雨水排口晴天没有水", "criterion", "三天无雨仍有水的判为有问题",
               "evidence", "照片", "passage", "某条", "problem_category", "雨污混排", "statement",
               "雨水排口（位置……）晴天有水流出，疑混入废水", "measure", "封堵");
    BUREAU_ADD(bureau, reg_checklist, id, "list", "涉铊企业检查表", "number", "2", "category",
               "台账", "content", "有铊平衡表", "criterion", "没有的判为有问题", "evidence",
               "平衡表", "passage", "某条", "problem_category", "台账监测", "statement",
               "没有编制铊平衡表，铊的去向不清楚", "measure", "编制");
    BUREAU_ADD(bureau, reg_enterprise, plant, "name", "甲厂", "region", "清城区", "uscc",
               "91441803MA5832486X", "legal_person", "陈示", "verified_on", "2026-01-02");
    BUREAU_ADD(bureau, reg_thallium_enterprise, id, "enterprise", "甲厂", "thallium_limit", "0.005",
               "limit_state", "已核");
    BUREAU_ADD(bureau, reg_sample, id, "enterprise", "甲厂", "point_type",
               "车间或生产设施废水排放口", "point_name", "去年采样点", "sampled_on", "2025-03-01",
               "factor", "铊", "value", "0.004", "unit", "mg/L");
    if (!inspection_find_object(store, &reg_enterprise, plant, &object, &err) ||
        !inspection_prepare(&inspection, store, &object, "涉铊企业检查表", &err) ||
        !inspection_answer(&inspection, store, 0, "否", &err) ||
        !inspection_answer(&inspection, store, 1, "不适用", &err) ||
        !inspection_raise(&inspection, store, 0, problem, &err))
        fail_msg("%s", err.message);
    memcpy(visit, inspection.record.id, sizeof visit);
    snprintf(number, sizeof number, "%s", record_value(&inspection.record, "case_no")->text);
    BUREAU_ADD(bureau, reg_sample, id, "enterprise", "甲厂", "inspection", visit, "point_type",
               "车间或生产设施废水排放口", "point_name", "污酸站出口", "sampled_on", "2026-01-05",
               "factor", "铊", "value", "0.008", "unit", "mg/L");
    inspection_release(&inspection);
}

static int set_up(void **state)
{
    if (bureau_set_up(state) != 0)
        return -1;
    bureau_go_to("2026-01-05T09:00:00");
    fill(*state);
    return 0;
}

/* Table `table` as .csv, or a part of the .xlsx. */
static char *export(struct bureau *bureau, const struct report_options *options, const char *file,
                    const char *part)
{
    bureau_export(bureau, "inspection-form", options, file);
    const char *path = bureau_path(bureau, file);
    return part ? scratch_unzip(path, part) : scratch_read(path, NULL);
}

static void the_answers_are_ticked(void **state)
{
    struct bureau *bureau = *state;
    struct report_options options = {.choices = {[REPORT_INSPECTION] = number}, .table = "检查表"};
    char *text = export(bureau, &options, "a.csv", NULL);
    assert_has(text, "序号,类别,检查内容,判断依据,是,否,不适用,待确认,照片编号,问题描述,备注");
    assert_has(text, "1,雨水,雨水排口晴天没有水,三天无雨仍有水的判为有问题,,√,,,,"
                     "雨水排口（位置……）晴天有水流出，疑混入废水,");
    assert_has(text, "2,台账,有铊平衡表,没有的判为有问题,,,√,,,,");
    free(text);
}

static void samples_stand_apart_from_former_ones(void **state)
{
    struct bureau *bureau = *state;
    struct report_options options = {.choices = {[REPORT_INSPECTION] = number},
                                     .table = "采样结果"};
    char *text = export(bureau, &options, "a.csv", NULL);
    assert_has(text, "污酸站出口");
    assert_has(text, "超标");
    assert_has(text, "(0.008 − 0.005) ÷ 0.005 = 0.6 倍");
    assert_null(strstr(text, "去年采样点"));
    free(text);
    options.table = "以往监测";
    text = export(bureau, &options, "a.csv", NULL);
    assert_has(text, "去年采样点");
    assert_null(strstr(text, "污酸站出口"));
    free(text);
}

static void the_object_is_filled_in(void **state)
{
    struct bureau *bureau = *state;
    const struct report_options options = {.choices = {[REPORT_INSPECTION] = visit}};
    char *text = export(bureau, &options, "a.xlsx", "xl/sharedStrings.xml");
    if (!text)
        text = export(bureau, &options, "a.xlsx", "xl/worksheets/sheet1.xml");
    assert_has(text, "91441803MA5832486X");
    assert_has(text, "陈示");
    assert_has(text, "总铊限值（mg/L）");
    assert_has(text, number);
    free(text);
}

static void a_blank_form_asks_the_same(void **state)
{
    struct bureau *bureau = *state;
    struct report_options options = {.choices = {[REPORT_OBJECT] = "甲厂"}, .table = "检查表"};
    char *text = export(bureau, &options, "b.csv", NULL);
    assert_has(text, "1,雨水,雨水排口晴天没有水,三天无雨仍有水的判为有问题,,,,,,,");
    free(text);
    options.table = "采样结果";
    text = export(bureau, &options, "b.csv", NULL);
    assert_null(strstr(text, "污酸站出口"));
    free(text);
    options.table = "以往监测";
    text = export(bureau, &options, "b.csv", NULL);
    assert_has(text, "污酸站出口");
    free(text);
    /* Nothing was stored for it. */
    int64_t count;
    assert_true(query_count(bureau->store, &(struct query){.reg = &reg_inspection}, &count, NULL));
    assert_int_equal(count, 1);
}

static void it_must_be_said_which(void **state)
{
    struct bureau *bureau = *state;
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
        assert_false(
            bureau_try(bureau, "inspection-form", &cases[i].options, "c.xlsx", &result, &err));
        assert_has(err.message, cases[i].sentence);
    }
    const struct report_options about_one = {.choices = {[REPORT_OBJECT] = "甲厂"}};
    bureau_refuses(bureau, "enterprise", &about_one, ERROR_USAGE, "请去掉 --object");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_answers_are_ticked, set_up, bureau_tear_down),
        cmocka_unit_test_setup_teardown(samples_stand_apart_from_former_ones, set_up,
                                        bureau_tear_down),
        cmocka_unit_test_setup_teardown(the_object_is_filled_in, set_up, bureau_tear_down),
        cmocka_unit_test_setup_teardown(a_blank_form_asks_the_same, set_up, bureau_tear_down),
        cmocka_unit_test_setup_teardown(it_must_be_said_which, set_up, bureau_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
