/* Reports from a small county: lists of registers, and the annual workbook. */
#include "core/csv.h"
#include "core/life.h"
#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/accept.h"
#include "db/check.h"
#include "db/history.h"
#include "exports/report.h"
#include "tests/exports/bureau.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define PLAN                                                                                       \
    "measures", "建截洪沟和收集池", "goal", "雨天无渗滤液外流", "responsible_unit", "龙塘镇政府",  \
        "responsible_person", "王五", "supervising_unit", "清城分局", "supervisor", "赵六",        \
        "fix_at_once", "否"

static void fill_problems(struct bureau *bureau, const char *site)
{
    char id[RECORD_ID_SIZE], problem[RECORD_ID_SIZE];
    BUREAU_ADD(bureau, reg_problem, problem, "region", "清城区", "category", "手续", "site", site,
               "description", "老渣堆渗滤液流入下游水田，未设截洪沟", "found_on", "2025-02-01",
               PLAN, "due_on", "2025-12-31", "planned_on", "2025-02-10", "started_on", "2025-02-20",
               "before_photo", BUREAU_JPEG, "state", "整改中");
    BUREAU_ADD(bureau, reg_progress, id, "problem", problem, "reported_on", "2025-03-01",
               "done_percent", "30", "description", "进场");
    BUREAU_ADD(bureau, reg_progress, id, "problem", problem, "reported_on", "2025-09-01",
               "done_percent", "60", "description", "截洪沟完工");
    BUREAU_ADD(bureau, reg_problem, id, "region", "清城区", "category", "手续", "object_name",
               "无名小作坊", "description", "露天堆放含铅废渣，没有防雨措施", "found_on",
               "2023-02-01", PLAN, "due_on", "2024-06-30", "planned_on", "2023-02-10", "started_on",
               "2023-03-01", "before_photo", BUREAU_JPEG, "after_photo", BUREAU_PNG,
               "after_photo_on", "2024-04-01", "self_checked_on", "2024-04-02", "applied_on",
               "2024-04-08", "checked_on", "2024-04-15", "checkers", "张三、李四", "check_result",
               "通过", "reviewed_on", "2024-05-06", "review_result", "通过", "review_opinion",
               "同意", "notice_from_on", "2024-05-08", "notice_to_on", "2024-05-15",
               "notice_objection", "否", "closed_on", "2024-06-30", "closure_no",
               "清城环函〔2024〕21号", "state", "已销号");
}

static void fill(struct bureau *bureau)
{
    char id[RECORD_ID_SIZE], problem[RECORD_ID_SIZE];
    BUREAU_ADD(bureau, reg_enterprise, id, "name", "甲厂", "region", "清城区", "town", "龙塘镇",
               "key_industry", "电镀行业", "industry", "3360", "base_lead_kg", "0.1", "entered_on",
               "2024-05-01");
    BUREAU_ADD(bureau, reg_enterprise, id, "name", "乙厂", "region", "清城区", "base_lead_kg",
               "0.2", "removed_on", "2024-03-01");
    BUREAU_ADD(bureau, reg_enterprise, id, "name", "丙厂", "region", "清新区", "entered_on",
               "2026-01-02");
    BUREAU_ADD(bureau, reg_thallium_enterprise, id, "enterprise", "甲厂", "thallium_limit", "0.005",
               "limit_state", "未核", "monitored_value", "0.02", "monitored_result", "超标");
    BUREAU_ADD(bureau, reg_thallium_enterprise, id, "enterprise", "乙厂", "thallium_limit", "0.005",
               "limit_state", "已核", "monitored_value", "0.001", "monitored_result", "达标");
    BUREAU_ADD(bureau, reg_legacy_site, id, "name", "老渣堆", "region", "清城区", "mass_10kt",
               "1.5");
    BUREAU_ADD(bureau, reg_receptor, problem, "site", id, "kind", "耕地", "name", "村田",
               "distance_m", "350", "downstream", "是");
    BUREAU_ADD(bureau, reg_receptor, problem, "site", id, "kind", "居民", "name", "石板村",
               "distance_m", "80.5", "downstream", "否");
    fill_problems(bureau, id);
}

static int set_up(void **state)
{
    if (bureau_set_up(state) != 0)
        return -1;
    bureau_go_to("2026-01-05T09:00:00");
    fill(*state);
    return 0;
}

/* ---- exporting ---- */

/* The text of what was written. */
static char *export(void **state, const char *name, const struct report_options *options,
                    const char *file, struct report_result *result)
{
    struct bureau *bureau = *state;
    struct error err = {0};
    if (!bureau_try(bureau, name, options, file, result, &err))
        fail_msg("%s", err.message);
    return scratch_read(bureau_path(bureau, file), NULL);
}

static void assert_refused(void **state, const char *name, const struct report_options *options,
                           const char *file, const char *sentence)
{
    struct bureau *bureau = *state;
    struct report_result result;
    struct error err = {0};
    size_t before = scratch_count((void **)&bureau->folder);
    assert_false(bureau_try(bureau, name, options, file, &result, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_has(err.message, sentence);
    assert_int_equal(scratch_count((void **)&bureau->folder), before);
}

static void writes_chosen_columns(void **state)
{
    struct report_result result;
    struct report_options options = {
        .choices = {[REPORT_WHERE] = "region=清城区",
                    [REPORT_COLUMNS] =
                        "serial,name,region,region.code,industry,base_lead_kg, entered_on"},
    };
    char *text = export(state, "enterprise", &options, "a.csv", &result);
    assert_string_equal(
        text, "\xEF\xBB\xBF序号,企业名称,县（市、区）,县（市、区）,行业代码,"
              "2020年基础排放量/铅（kg/a）,纳入日期\r\n"
              "1,乙厂,清城区,441802,,0.2,\r\n2,甲厂,清城区,441802,3360,0.1,2024-05-01\r\n");
    assert_int_equal(result.rows, 2);
    assert_int_equal(result.tables, 1);
    free(text);
    text = export(state, "enterprise", &options, "a.json", &result);
    assert_string_equal(text, "[\n"
                              "{\"serial\": 1, \"name\": \"乙厂\", \"region\": \"清城区\", "
                              "\"region.code\": \"441802\", \"industry\": null, "
                              "\"base_lead_kg\": 0.2, \"entered_on\": null},\n"
                              "{\"serial\": 2, \"name\": \"甲厂\", \"region\": \"清城区\", "
                              "\"region.code\": \"441802\", \"industry\": \"3360\", "
                              "\"base_lead_kg\": 0.1, \"entered_on\": \"2024-05-01\"}\n]\n");
    free(text);
}

/* 0.1 + 0.2 is 0.3, not 0.30000000000000004. */
static void sums_exactly(void **state)
{
    struct bureau *bureau = *state;
    struct report_result result;
    struct report_options options = {.choices = {[REPORT_COLUMNS] = "name,base_lead_kg"}};
    free(export(state, "enterprise", &options, "a.xlsx", &result));
    char *sheet = scratch_unzip(bureau_path(bureau, "a.xlsx"), "xl/worksheets/sheet1.xml");
    assert_non_null(sheet);
    assert_non_null(strstr(sheet, "<f>SUM(B4:B6)</f><v>0.3</v>"));
    free(sheet);
}

/* ---- a list can be read back ---- */

/* A record with the example of every field that its declaration gives. */
static size_t set_examples(struct store *store, struct record *record)
{
    size_t count = 0;
    for (size_t i = 0; i < reg_field_count(record->reg); i++) {
        const struct field *field = reg_field(record->reg, i);
        bool typed = field_is_stored(field) && field->example && field->type != TYPE_REF;
        if (typed)
            count += record_set_text(record, i, field->example, store_lookup(store), NULL);
    }
    if (record->reg->life) /* a case begins at its beginning */
        value_set_text(record_value_for_change(record, record->reg->life->state),
                       reg_field_find(record->reg, record->reg->life->state)->choices[0]);
    return count;
}

/* Exports columns [first, first + count) of one record and types them into an empty one. */
static void read_back(void **state, const struct record *record, size_t first, size_t count)
{
    struct bureau *bureau = *state;
    struct report_result result;
    struct buffer names = {0}, where = {0};
    buffer_addf(&where, "case_no=%s", record_value(record, "case_no")->text);
    for (size_t i = first; i < first + count; i++)
        buffer_addf(&names, "%s,", reg_field(record->reg, i)->name);
    struct report_options options = {
        .choices = {[REPORT_WHERE] = where.text, [REPORT_COLUMNS] = names.text}};
    char *text = export(state, record->reg->name, &options, "a.csv", &result);
    struct csv csv;
    struct record copy;
    record_init(&copy, record->reg);
    csv_init(&csv, text);
    assert_true(csv_next(&csv) && csv_next(&csv));
    for (size_t i = 0; i < count; i++) {
        const struct field *field = reg_field(record->reg, first + i);
        struct error err = {0};
        if (!field_is_stored(field))
            continue;
        if (!record_set_text(&copy, first + i, csv_cell(&csv, i), store_lookup(bureau->store),
                             &err))
            fail_msg("%s.%s: %s", record->reg->name, field->name, err.message);
        if (!value_equal(&copy.values[first + i], &record->values[first + i]))
            fail_msg("%s.%s: %s", record->reg->name, field->name, csv_cell(&csv, i));
    }
    record_release(&copy);
    free(text);
    buffer_release(&names);
    buffer_release(&where);
}

static void lists_can_be_read_back(void **state)
{
    enum { AT_ONCE = 30 };
    static const struct reg *const regs[] = {&reg_enterprise, &reg_legacy_site, &reg_cadmium_source,
                                             &reg_problem};
    struct bureau *bureau = *state;
    for (size_t i = 0; i < COUNT_OF(regs); i++) {
        struct record record;
        struct error err = {0};
        enum store_change change;
        record_init(&record, regs[i]);
        assert_true(set_examples(bureau->store, &record) > 20);
        if (!store_save(bureau->store, &record, NULL, &change, &err))
            fail_msg("%s", err.message);
        for (size_t at = 0; at < reg_field_count(regs[i]); at += AT_ONCE) {
            size_t rest = reg_field_count(regs[i]) - at;
            read_back(state, &record, at, rest < AT_ONCE ? rest : AT_ONCE);
        }
        /* Not all of them may be removed. */
        struct buffer summary = {0};
        assert_true(store_undo(bureau->store, &summary, &err));
        buffer_release(&summary);
        record_release(&record);
    }
}

/* ---- the annual workbook ---- */

static void lists_what_was_there_in_the_year(void **state)
{
    static const struct {
        int year;
        const char *table;
        bool first, second, third;
    } cases[] = {
        {2023, "enterprise", false, true, false},
        {2024, "enterprise", true, true, false},
        {2025, "全口径清单", true, false, false},
        {2026, "enterprise", true, false, true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct report_result result;
        struct report_options options = {.year = cases[i].year, .table = cases[i].table};
        char *text = export(state, "annual", &options, "a.csv", &result);
        assert_int_equal(strstr(text, "甲厂") != NULL, cases[i].first);
        assert_int_equal(strstr(text, "乙厂") != NULL, cases[i].second);
        assert_int_equal(strstr(text, "丙厂") != NULL, cases[i].third);
        assert_non_null(strstr(text, "\r\n1,")); /* numbered from 1, whatever is left out */
        free(text);
    }
}

static void joins_what_hangs_on_a_record(void **state)
{
    struct report_result result;
    struct report_options options = {.year = 2025, .table = "legacy_site"};
    char *text = export(state, "annual", &options, "a.csv", &result);
    assert_non_null(strstr(text, "耕地 村田 350m 位于下游"));
    assert_non_null(strstr(text, "居民 石板村 80.5m"));
    assert_null(strstr(text, "80.5m 位于下游"));
    free(text);
    options.table = "problem";
    text = export(state, "annual", &options, "a.csv", &result);
    assert_non_null(strstr(text, ",60,2025-09-01,截洪沟完工,"));
    assert_null(strstr(text, "进场"));
    assert_non_null(strstr(text, ",老渣堆,"));
    assert_null(strstr(text, "无名小作坊"));
    free(text);
    options.year = 2024;
    text = export(state, "annual", &options, "a.csv", &result);
    assert_non_null(strstr(text, ",无名小作坊,"));
    free(text);
}

/* An exceedance is a legal finding: it is not printed against a limit that nobody has checked. */
static void judges_by_checked_limits_only(void **state)
{
    struct report_result result;
    struct report_options options = {.year = 2025, .table = "thallium_enterprise"};
    char *text = export(state, "annual", &options, "a.csv", &result);
    assert_non_null(strstr(text, "未核,0.02,,限值未核,"));
    assert_non_null(strstr(text, "已核,0.001,,达标,"));
    assert_null(strstr(text, "超标"));
    free(text);
}

static void lists_every_finding(void **state)
{
    struct report_result result;
    struct report_options options = {.year = 2025, .table = "核验结果"};
    char *text = export(state, "annual", &options, "a.csv", &result);
    assert_non_null(strstr(text, ",甲厂,"));
    assert_non_null(strstr(text, "V01,待补：统一社会信用代码"));
    assert_null(strstr(text, "丙厂"));
    free(text);
}

/* What was found in quiet moments is not asked again, and the workbook is the same. */
static void tells_what_was_found_before(void **state)
{
    struct bureau *bureau = *state;
    struct report_result result;
    const struct report_options options = {.year = 2025};
    struct error err = {0};
    size_t asked_length, kept_length;
    bool more = true;
    free(export(state, "annual", &options, "asked.xlsx", &result));
    assert_true(check_note_day(bureau->store, &err));
    while (more)
        assert_true(check_catch_up(bureau->store, 50, &more, &err));
    free(export(state, "annual", &options, "kept.xlsx", &result));
    char *asked = scratch_read(bureau_path(bureau, "asked.xlsx"), &asked_length);
    char *kept = scratch_read(bureau_path(bureau, "kept.xlsx"), &kept_length);
    assert_int_equal(asked_length, kept_length);
    assert_memory_equal(asked, kept, asked_length);
    free(asked);
    free(kept);
}

/* An accepted warning is printed with its reason. */
static void prints_why_a_warning_is_accepted(void **state)
{
    struct bureau *bureau = *state;
    struct report_result result;
    struct report_options options = {.year = 2025, .table = "核验结果"};
    struct error err = {0};
    char id[RECORD_ID_SIZE];
    BUREAU_ADD(bureau, reg_legacy_site, id, "name", "新渣堆", "region", "清城区", "lon", "113.05");
    const struct accept_subject subject = {
        .reg = &reg_legacy_site, .record = id, .rule = "V06", .field = "lat"};
    char *before = export(state, "annual", &options, "a.csv", &result);
    assert_null(strstr(before, "仪器复测无误"));
    if (!accept_warning(bureau->store, &subject, "仪器复测无误", &err))
        fail_msg("%s", err.message);
    char *after = export(state, "annual", &options, "b.csv", &result);
    assert_non_null(strstr(after, ",仪器复测无误（张三 2026-01-05）"));
    free(before);
    free(after);
}

static bool has_part_with(const char *path, const char *part, const char *text)
{
    char *content = scratch_unzip(path, part);
    bool found = content && strstr(content, text);
    free(content);
    return found;
}

static void writes_the_workbook(void **state)
{
    struct bureau *bureau = *state;
    struct report_result result;
    struct report_options options = {.year = 2025};
    free(export(state, "annual", &options, "a.xlsx", &result));
    assert_int_equal(result.tables, 12);
    const char *path = bureau_path(bureau, "a.xlsx");
    static const char *const names[] = {"封面",
                                        "汇总",
                                        "全口径清单",
                                        "全口径清单（许可与管理）",
                                        "全口径清单（列入和位置）",
                                        "全口径清单（浓度和环境管理）",
                                        "涉铊企业清单",
                                        "历史遗留点位一矿一策",
                                        "耕地周边涉镉污染源",
                                        "整改台账",
                                        "整改台账（督导和销号）",
                                        "核验结果"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        assert_true(has_part_with(path, "xl/workbook.xml", names[i]));
    assert_true(has_part_with(path, "xl/worksheets/sheet1.xml", "清城区重金属污染防控年度报送"));
    assert_true(has_part_with(path, "xl/worksheets/sheet1.xml", "清城区生态环境局"));
    assert_true(has_part_with(path, "xl/worksheets/sheet1.xml", "2026年1月5日"));
    assert_true(has_part_with(path, "xl/worksheets/sheet2.xml", "上年实际排放量"));
    assert_false(has_part_with(path, "xl/worksheets/sheet2.xml", "转让量"));
    assert_true(has_part_with(path, "xl/worksheets/sheet3.xml", "填表人：张三"));
    assert_true(has_part_with(path, "xl/worksheets/sheet9.xml", "本年度无"));
    assert_false(has_part_with(path, "xl/worksheets/sheet3.xml", "本年度无"));
    assert_true(has_part_with(path, "xl/charts/chart5.xml", "乡镇企业数"));
    assert_true(has_part_with(path, "docProps/app.xml", "清城区生态环境局"));
}

/* ---- refusing ---- */

static void refuses_what_it_does_not_know(void **state)
{
    const struct report_options none = {0};
    assert_refused(state, "nothing", &none, "n.xlsx", "可以导出的有：annual");
    assert_refused(state, "enterprise",
                   &(struct report_options){.choices = {[REPORT_COLUMNS] = "name,foo"}}, "n.xlsx",
                   "没有名为“foo”的列");
    assert_refused(state, "enterprise",
                   &(struct report_options){.choices = {[REPORT_COLUMNS] = "name,name"}}, "n.xlsx",
                   "写了两次");
    assert_refused(state, "enterprise",
                   &(struct report_options){.choices = {[REPORT_COLUMNS] = " ,"}}, "n.xlsx",
                   "没有写要导出哪些列");
    assert_refused(state, "enterprise",
                   &(struct report_options){.choices = {[REPORT_WHERE] = "foo=1"}}, "n.xlsx",
                   "没有名为“foo”的字段");
    assert_refused(state, "enterprise", &none, "n.doc", ".xlsx、.csv 或 .json");
    assert_refused(state, "annual", &none, "n.csv", "只能放一张表");
    assert_refused(state, "annual", &(struct report_options){.table = "没有"}, "n.csv",
                   "没有名为“没有”的表");
    assert_refused(state, "annual",
                   &(struct report_options){.choices = {[REPORT_WHERE] = "name=甲厂"}}, "n.xlsx",
                   "请去掉 --where");
    assert_refused(state, "annual",
                   &(struct report_options){.choices = {[REPORT_PERIOD] = "2026H1"}}, "n.xlsx",
                   "--period");
    assert_refused(state, "annual", &(struct report_options){.year = 25}, "n.xlsx", "年度应是");
}

static bool stop(void *context, size_t done, size_t total)
{
    size_t *calls = context;
    assert_true(done <= total);
    ++*calls;
    return false;
}

static void cancelling_keeps_the_old_file(void **state)
{
    struct bureau *bureau = *state;
    static const char *const names[] = {"annual", "enterprise"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        size_t calls = 0;
        struct report_result result;
        struct error err = {0};
        struct report_options options = {.year = 2025, .progress = stop, .context = &calls};
        scratch_write(bureau_path(bureau, "old.xlsx"), "old");
        size_t before = scratch_count((void **)&bureau->folder);
        assert_false(bureau_try(bureau, names[i], &options, "old.xlsx", &result, &err));
        assert_int_equal(err.code, ERROR_CANCELLED);
        assert_int_equal(calls, 1);
        assert_int_equal(scratch_count((void **)&bureau->folder), before);
        char *text = scratch_read(bureau_path(bureau, "old.xlsx"), NULL);
        assert_string_equal(text, "old");
        free(text);
    }
}

static void offers_its_reports(void **state)
{
    (void)state;
    struct report report;
    static const char *const names[] = {
        "annual",   "inspection-form", "balance",  "quota",     "reduction", "half-year",
        "thallium", "cadmium",         "tailings", "manganese", "tasks",     "full-list-public"};
    struct report_list list;
    report_list_read(&list);
    assert_int_equal(list.faults.length, 0);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        size_t at = 0;
        while (at < list.count && strcmp(list.items[at].name, names[i]) != 0)
            at++;
        assert_true(at < list.count);
        assert_true(report_find(names[i], &report, NULL));
        assert_string_equal(report.label, list.items[at].label);
        assert_true(*report.help);
        report_release(&report);
    }
    report_list_release(&list);
    for (size_t i = 0; i < register_count; i++) {
        assert_true(report_find(registers[i]->name, &report, NULL));
        assert_ptr_equal(report.reg, registers[i]);
        assert_string_equal(report.label, registers[i]->title);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_chosen_columns),
        cmocka_unit_test(sums_exactly),
        cmocka_unit_test(lists_can_be_read_back),
        cmocka_unit_test(lists_what_was_there_in_the_year),
        cmocka_unit_test(joins_what_hangs_on_a_record),
        cmocka_unit_test(judges_by_checked_limits_only),
        cmocka_unit_test(lists_every_finding),
        cmocka_unit_test(tells_what_was_found_before),
        cmocka_unit_test(writes_the_workbook),
        cmocka_unit_test(refuses_what_it_does_not_know),
        cmocka_unit_test(cancelling_keeps_the_old_file),
        cmocka_unit_test(offers_its_reports),
        cmocka_unit_test(prints_why_a_warning_is_accepted),
    };
    return cmocka_run_group_tests_name("report", tests, set_up, bureau_tear_down);
}
