/* What a filing shows of other records in the cells of one is frozen as well, but is no entry of a
 * list. */
#include "core/mem.h"
#include "core/registers.h"
#include "exports/filing.h"
#include "tests/exports/bureau.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define REPORT "报表,own,试报,试一试。\n"

/* Files the layout; the id of the filing. */
static void file(struct bureau *bureau, const char *layout, const char *period,
                 char id[RECORD_ID_SIZE])
{
    struct report report;
    struct record filing;
    struct report_result result;
    struct filing_findings findings;
    const struct report_options options = {.year = 2026};
    struct error err = {0};
    bureau_write_layout(bureau, layout);
    if (!report_find("own", &report, &err))
        fail_msg("%s", err.message);
    char *path = mem_text(bureau_path(bureau, "own.xlsx"));
    const struct filing_request request = {.report = &report, .options = &options, .path = path};
    record_init(&filing, &reg_filing);
    value_set_text(record_value_for_change(&filing, "kind"), "清单更新");
    value_set_text(record_value_for_change(&filing, "period"), period);
    if (!filing_make(bureau->store, &request, &filing, &result, &findings, &err))
        fail_msg("%s", err.message);
    memcpy(id, filing.id, RECORD_ID_SIZE);
    filing_findings_release(&findings);
    record_release(&filing);
    report_release(&report);
    free(path);
}

/* Whether the field, or with NULL the record, can be changed only with a reason; unless it wants
 * one, it is changed (removed). */
static bool wants_reason(struct bureau *bureau, const struct reg *reg, const char *id,
                         const char *field, const char *text)
{
    struct record record;
    enum store_change change;
    struct error err = {0};
    struct store *store = bureau->store;
    assert_true(store_get(store, reg, id, &record, &err));
    bool ok = store_begin(store, "edit", NULL, &err) &&
              (field ? record_set_text(&record, (size_t)reg_field_index(reg, field), text,
                                       store_lookup(store), &err) &&
                           store_put(store, &record, &change, &err)
                     : store_remove(store, reg, id, &err)) &&
              store_commit(store, &err);
    store_rollback(store);
    record_release(&record);
    if (!ok && !err.wants_reason)
        fail_msg("%s", err.message);
    return !ok;
}

static void add_problem(struct bureau *bureau, char problem[RECORD_ID_SIZE],
                        char older[RECORD_ID_SIZE], char newest[RECORD_ID_SIZE])
{
    BUREAU_ADD_PROBLEM(bureau, "整改中", problem, "description", "雨水排口晴天有水流出疑混入废水",
                       "object_name", "无名作坊", "region", "清城区");
    BUREAU_ADD(bureau, reg_progress, older, "problem", problem, "reported_on", "2026-05-01",
               "done_percent", "30", "description", "进场");
    BUREAU_ADD(bureau, reg_progress, newest, "problem", problem, "reported_on", "2026-06-01",
               "done_percent", "60", "description", "换了阀门");
}

#define PROBLEMS                                                                                   \
    REPORT "表,台账\n清单,problem\n列,case_no\n列,progress.done_percent\n"                  \
           "列,progress.description\n"

static void the_first_child_is_frozen(void **state)
{
    struct bureau *bureau = *state;
    char problem[RECORD_ID_SIZE], older[RECORD_ID_SIZE], newest[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    add_problem(bureau, problem, older, newest);
    assert_false(wants_reason(bureau, &reg_progress, newest, "done_percent", "55"));
    file(bureau, PROBLEMS, "2025", id);
    assert_true(wants_reason(bureau, &reg_progress, newest, "done_percent", "65"));
    assert_false(wants_reason(bureau, &reg_progress, newest, "description", "换了三个阀门"));
    assert_true(wants_reason(bureau, &reg_progress, newest, NULL, NULL));
    assert_false(wants_reason(bureau, &reg_progress, older, "done_percent", "35")); /* not shown */
    assert_false(wants_reason(bureau, &reg_progress, older, NULL, NULL));
}

/* With a sample, without which it could not be filed. */
static void add_site(struct bureau *bureau, char site[RECORD_ID_SIZE])
{
    char id[RECORD_ID_SIZE];
    BUREAU_ADD(bureau, reg_legacy_site, site, "name", "老渣堆", "region", "清城区");
    BUREAU_ADD(bureau, reg_sample, id, "site", site, "point_type", "地表水断面", "point_name",
               "下游断面", "sampled_on", "2026-05-03", "factor", "铊", "value", "0.0001", "unit",
               "mg/L");
}

static void joined_children_are_frozen(void **state)
{
    struct bureau *bureau = *state;
    char site[RECORD_ID_SIZE], near[RECORD_ID_SIZE], far[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    add_site(bureau, site);
    BUREAU_ADD(bureau, reg_receptor, near, "site", site, "kind", "居民", "name", "石板村",
               "distance_m", "80", "downstream", "是");
    BUREAU_ADD(bureau, reg_receptor, far, "site", site, "kind", "耕地", "name", "村田",
               "distance_m", "350", "downstream", "否");
    file(bureau, REPORT "表,点位\n清单,legacy_site\n列,name\n列,receptor.list\n", "2025", id);
    assert_true(wants_reason(bureau, &reg_receptor, near, "distance_m", "90"));
    assert_true(wants_reason(bureau, &reg_receptor, far, "distance_m", "300"));
    assert_true(wants_reason(bureau, &reg_receptor, far, NULL, NULL));
    assert_false(wants_reason(bureau, &reg_receptor, far, "note", "现场核过"));
}

static void a_number_of_children_is_frozen(void **state)
{
    struct bureau *bureau = *state;
    char site[RECORD_ID_SIZE], near[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    add_site(bureau, site);
    BUREAU_ADD(bureau, reg_receptor, near, "site", site, "kind", "居民", "name", "石板村",
               "distance_m", "80", "downstream", "是");
    file(bureau, REPORT "表,点位\n清单,legacy_site\n列,name\n列,receptor.count\n", "2025", id);
    assert_false(wants_reason(bureau, &reg_receptor, near, "distance_m", "90"));
    assert_true(wants_reason(bureau, &reg_receptor, near, NULL, NULL));
}

static void a_table_on_a_card_is_frozen(void **state)
{
    struct bureau *bureau = *state;
    char problem[RECORD_ID_SIZE], older[RECORD_ID_SIZE], newest[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    add_problem(bureau, problem, older, newest);
    file(bureau,
         REPORT "卡片,问题卡\n清单,problem\n列宽,10,10\n格,case_no\n"
                "明细,progress,进展\n明细列,reported_on\n明细列,done_percent\n",
         "2025", id);
    assert_true(wants_reason(bureau, &reg_progress, older, "done_percent", "35"));
    assert_true(wants_reason(bureau, &reg_progress, newest, "done_percent", "65"));
    assert_false(wants_reason(bureau, &reg_progress, newest, "description", "换了三个阀门"));
}

/* A newer progress in the cell adds nothing to a list and removes nothing; what was corrected is
 * told. */
static void they_are_no_entries_of_a_list(void **state)
{
    struct bureau *bureau = *state;
    char problem[RECORD_ID_SIZE], older[RECORD_ID_SIZE], newest[RECORD_ID_SIZE];
    char former[RECORD_ID_SIZE], now[RECORD_ID_SIZE];
    struct filing_comparison comparison;
    struct error err = {0};
    add_problem(bureau, problem, older, newest);
    file(bureau, PROBLEMS, "2024", former);
    BUREAU_ADD(bureau, reg_progress, older, "problem", problem, "reported_on", "2026-06-10",
               "done_percent", "80", "description", "试运行");
    file(bureau, PROBLEMS, "2025", now);
    assert_true(filing_compare(bureau->store, former, now, &comparison, &err));
    assert_int_equal(comparison.count, 0);
    assert_int_equal(comparison.balance_count, 1);
    assert_ptr_equal(comparison.balances[0].reg, &reg_problem);
    filing_comparison_release(&comparison);
    struct record record;
    enum store_change change;
    assert_true(store_get(bureau->store, &reg_progress, older, &record, &err));
    assert_true(record_set_text(&record, (size_t)reg_field_index(&reg_progress, "done_percent"),
                                "75", NULL, &err));
    assert_true(store_save(bureau->store, &record, "现场核实", &change, &err));
    record_release(&record);
    assert_true(filing_changes_since(bureau->store, now, &comparison, &err));
    assert_int_equal(comparison.count, 1);
    assert_string_equal(comparison.changes[0].former, "80");
    assert_string_equal(comparison.changes[0].now, "75");
    filing_comparison_release(&comparison);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bureau_test(the_first_child_is_frozen),      bureau_test(joined_children_are_frozen),
        bureau_test(a_number_of_children_is_frozen), bureau_test(a_table_on_a_card_is_frozen),
        bureau_test(they_are_no_entries_of_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
