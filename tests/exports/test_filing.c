/* A report goes out: written, read back, recorded and put in its place, or nothing happens. */
#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/attachment.h"
#include "db/history.h"
#include "exports/filing.h"
#include "exports/proof.h"
#include "imports/table.h"
#include "tests/exports/bureau.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

struct county {
    struct bureau *bureau;
    struct report report;
    struct report_options options;
};

static struct county *county_of(void **state)
{
    return *state;
}

static const char *path_of(struct county *county, const char *name)
{
    return bureau_path(county->bureau, name);
}

static void add(struct county *county, const char *name, const char *uscc, const char *lead)
{
    char id[RECORD_ID_SIZE];
    BUREAU_ADD(county->bureau, reg_enterprise, id, "name", name, "region", "清城区", "uscc", uscc,
               "base_lead_kg", lead);
}

/* Sets a field of the enterprise. */
static void set(struct county *county, const char *name, const char *field, const char *text,
                const char *why)
{
    struct record record;
    struct error err = {0};
    enum store_change change;
    if (!store_find(county->bureau->store, &reg_enterprise, name, &record, &err) ||
        !record_set_text(&record, (size_t)reg_field_index(&reg_enterprise, field), text,
                         store_lookup(county->bureau->store), &err) ||
        !store_save(county->bureau->store, &record, why, &change, &err))
        fail_msg("%s", err.message);
    record_release(&record);
}

static void open_store(struct county *county, enum store_mode mode)
{
    struct error err = {0};
    store_close(&county->bureau->store);
    if (!store_open(&county->bureau->store, path_of(county, "county.db"), mode, &err))
        fail_msg("%s", err.message);
}

static int set_up(void **state)
{
    struct county *county = mem_new(1, sizeof *county);
    *state = county;
    if (bureau_set_up((void **)&county->bureau) != 0 ||
        !report_find("enterprise", &county->report, NULL))
        return -1;
    add(county, "甲厂", "91451200791318129Y", "12.5");
    add(county, "乙厂\n分厂", "", "0.25");
    return 0;
}

static int tear_down(void **state)
{
    struct county *county = *state;
    report_release(&county->report);
    int result = bureau_tear_down((void **)&county->bureau);
    free(county);
    return result;
}

/* Files the list of enterprises; `filing` is initialised here. */
static bool file(struct county *county, const char *period, const char *path, struct record *filing,
                 struct filing_findings *findings, struct error *err)
{
    struct report_result result;
    const struct filing_request request = {
        .report = &county->report, .options = &county->options, .path = path};
    record_init(filing, &reg_filing);
    value_set_text(record_value_for_change(filing, "kind"), "清单更新");
    value_set_text(record_value_for_change(filing, "period"), period);
    return filing_make(county->bureau->store, &request, filing, &result, findings, err);
}

static void file_well(struct county *county, const char *period, const char *path,
                      struct record *filing)
{
    struct filing_findings findings;
    struct error err = {0};
    if (!file(county, period, path, filing, &findings, &err))
        fail_msg("%s", err.message);
    filing_findings_release(&findings);
}

static void assert_field(const struct record *record, const char *field, const char *expected)
{
    struct buffer text = {0};
    record_format(record, field, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
}

/* ---- what goes well ---- */

static void a_filing_is_recorded_with_its_file(void **state)
{
    struct county *county = county_of(state);
    struct record filing, stored;
    char sha256[ATTACHMENT_HASH_SIZE];
    char *path = mem_text(path_of(county, "报送.xlsx"));
    size_t before = scratch_count((void **)&county->bureau->folder);
    file_well(county, "2025", path, &filing);
    assert_int_equal(scratch_count((void **)&county->bureau->folder), before + 1);
    assert_true(attachment_sum(path, sha256));
    assert_true(store_get(county->bureau->store, &reg_filing, filing.id, &stored, NULL));
    assert_field(&stored, "case_no", "BS-441802-2026-0001");
    assert_field(&stored, "file_sha256", sha256);
    assert_field(&stored, "file_name", "报送.xlsx");
    assert_field(&stored, "filed_on", "2026-06-15");
    assert_field(&stored, "filed_by", "张三");
    assert_field(&stored, "report", "enterprise");
    assert_field(&stored, "row_counts", "全口径涉重金属企业 2 行");
    assert_field(&stored, "current_count", "2");
    assert_field(&stored, "former_count", "");
    assert_non_null(strstr(record_text(&stored, "figures"), "2020年基础排放量 铅 12.75 kg/a"));
    record_release(&stored);
    record_release(&filing);
    free(path);
}

/* The row of 修订说明 about that field. */
static size_t find_row(const struct table *table, const char *field)
{
    for (size_t row = 0; row < table->row_count; row++)
        if (strcmp(table_cell(table, row, 3), field) == 0)
            return row;
    fail_msg("%s is not told", field);
    return 0;
}

/* Without a change of what was filed the next workbook has no such sheet. */
static void changes_stand_in_the_next_filing(void **state)
{
    struct county *county = county_of(state);
    struct record filing;
    struct table table = {0};
    struct error err = {0};
    char *path = mem_text(path_of(county, "报送.xlsx"));
    file_well(county, "2024", path, &filing);
    record_release(&filing);
    file_well(county, "2025", path, &filing);
    assert_false(table_read(path, "修订说明", &table, &err));
    record_release(&filing);
    set(county, "甲厂", "base_lead_kg", "14.1", "企业补报了检测报告");
    set(county, "甲厂", "industry", "3360", NULL);
    file_well(county, "2025", path, &filing);
    assert_field(&filing, "former_count", "2");
    assert_true(*record_text(&filing, "revises") != '\0'); /* sent once more */
    assert_non_null(strstr(record_text(&filing, "revision_note"), "3 处"));
    record_release(&filing);
    if (!table_read(path, "修订说明", &table, &err))
        fail_msg("%s", err.message);
    assert_int_equal(table.row_count, 6);
    size_t lead = find_row(&table, "2020年基础排放量 铅");
    assert_string_equal(table_cell(&table, lead, 2), "甲厂");
    assert_string_equal(table_cell(&table, lead, 4), "12.5 kg/a");
    assert_string_equal(table_cell(&table, lead, 5), "14.1 kg/a");
    assert_string_equal(table_cell(&table, lead, 6), "企业补报了检测报告");
    assert_string_equal(table_cell(&table, lead, 7), "张三");
    assert_string_equal(table_cell(&table, lead, 8), "2026-06-15");
    find_row(&table, "2020年基础排放量 合计");
    size_t industry = find_row(&table, "行业代码");
    assert_string_equal(table_cell(&table, industry, 4), "（空）");
    assert_string_equal(table_cell(&table, industry, 6), "补填");
    table_release(&table);
    free(path);
}

static void a_name_is_proposed(void **state)
{
    struct county *county = county_of(state);
    struct record filing;
    struct buffer name = {0};
    assert_true(filing_propose_name(county->bureau->store, &county->report, "清单更新", "2025",
                                    &name, NULL));
    assert_string_equal(name.text, "清城区_2025_清单更新_全口径涉重金属重点行业企业清单_v1.xlsx");
    file_well(county, "2025", path_of(county, "a.xlsx"), &filing);
    buffer_clear(&name);
    assert_true(filing_propose_name(county->bureau->store, &county->report, "清单更新", "2025",
                                    &name, NULL));
    assert_string_equal(name.text, "清城区_2025_清单更新_全口径涉重金属重点行业企业清单_v2.xlsx");
    record_release(&filing);
    buffer_release(&name);
}

/* ---- what does not ---- */

/* Nothing is as before but what was said. */
static void assert_refused(struct county *county, const char *period, const char *path,
                           size_t errors, const char *part)
{
    struct record filing;
    struct filing_findings findings = {0};
    struct error err = {0};
    const struct filing_subject updates = {
        .kind = "清单更新", .period = "2025", .report = county->report.name};
    int64_t count = -1, after = -1;
    size_t files = scratch_count((void **)&county->bureau->folder);
    char *old = scratch_read(path, NULL);
    assert_true(filing_count(county->bureau->store, &updates, &count, NULL));
    assert_false(file(county, period, path, &filing, &findings, &err));
    if (!strstr(err.message, part))
        fail_msg("“%s”", err.message);
    assert_int_equal(findings.counts[SEVERITY_ERROR], errors);
    assert_int_equal(filing.version, 0);
    assert_true(filing_count(county->bureau->store, &updates, &after, NULL));
    assert_int_equal(after, count);
    assert_int_equal(scratch_count((void **)&county->bureau->folder), files);
    char *now = scratch_read(path, NULL);
    assert_true(!old == !now && (!old || strcmp(old, now) == 0));
    free(old);
    free(now);
    filing_findings_release(&findings);
    record_release(&filing);
}

static void an_error_blocks(void **state)
{
    struct county *county = county_of(state);
    char *path = mem_text(path_of(county, "报送.xlsx"));
    scratch_write(path, "原来的文件");
    set(county, "甲厂", "verified_on", "2026-12-31", NULL);
    assert_refused(county, "2025", path, 1, "有 1 个错误，不能报送");
    set(county, "甲厂", "verified_on", "2026-05-31", NULL);
    struct record filing;
    file_well(county, "2025", path, &filing);
    record_release(&filing);
    free(path);
}

static void what_cannot_be_filed_leaves_no_trace(void **state)
{
    struct county *county = county_of(state);
    char *path = mem_text(path_of(county, "报送.xlsx"));
    char *csv = mem_text(path_of(county, "报送.csv"));
    scratch_write(path, "原来的文件");
    assert_refused(county, "2025", csv, 0, "以 .xlsx 结尾");
    assert_refused(county, "去年", path, 0, "报告期“去年”应写成");
    assert_refused(county, "2025", path_of(county, "没有/报送.xlsx"), 0, "文件夹不存在");
    /* The file was written and read back, but it cannot be recorded. */
    open_store(county, STORE_READ);
    assert_refused(county, "2025", path, 0, "只读查看");
    free(path);
    free(csv);
}

static bool stop(void *context, size_t done, size_t total)
{
    (void)context;
    (void)done;
    (void)total;
    return false;
}

static void a_cancelled_filing_leaves_no_trace(void **state)
{
    struct county *county = county_of(state);
    char *path = mem_text(path_of(county, "报送.xlsx"));
    scratch_write(path, "原来的文件");
    county->options.progress = stop;
    assert_refused(county, "2025", path, 0, "已取消");
    free(path);
}

/* ---- reading back ---- */

static void write_list(struct county *county, const char *path, struct proof *proof)
{
    struct report_options options = {.proof = proof};
    struct report_result result;
    struct error err = {0};
    if (!report_write(&county->report, county->bureau->store, &options, path, &result, &err))
        fail_msg("%s", err.message);
}

/* Another workbook in its place is noticed, down to the cell. */
static void what_is_read_back_must_be_what_was_written(void **state)
{
    struct county *county = county_of(state);
    struct proof proof = {0};
    struct error err = {0};
    char *path = mem_text(path_of(county, "清单.xlsx"));
    write_list(county, path, &proof);
    if (!proof_check(&proof, path, &err))
        fail_msg("%s", err.message);
    set(county, "甲厂", "uscc", "", NULL);
    write_list(county, path, NULL);
    assert_false(proof_check(&proof, path, &err));
    assert_int_equal(err.code, ERROR_IO);
    assert_non_null(strstr(err.message, "表“全口径涉重金属企业”"));
    assert_non_null(strstr(err.message, "“统一社会信用代码”"));
    set(county, "甲厂", "uscc", "91451200791318129Y", NULL);
    write_list(county, path, NULL);
    assert_true(proof_check(&proof, path, &err));
    add(county, "丙厂", "", "");
    write_list(county, path, NULL);
    assert_false(proof_check(&proof, path, &err));
    scratch_write(path, "这不是工作簿");
    assert_false(proof_check(&proof, path, &err));
    assert_non_null(strstr(err.message, "读回写出的文件"));
    proof_release(&proof);
    free(path);
}

/* The sum is the same and every number stands somewhere in the column: the rows tell. */
static void numbers_that_changed_places_are_noticed(void **state)
{
    struct county *county = county_of(state);
    struct proof proof = {0};
    struct error err = {0};
    char *path = mem_text(path_of(county, "清单.xlsx"));
    write_list(county, path, &proof);
    set(county, "甲厂", "base_lead_kg", "0.25", NULL);
    set(county, "乙厂 分厂", "base_lead_kg", "12.5", NULL);
    write_list(county, path, NULL);
    assert_false(proof_check(&proof, path, &err));
    assert_non_null(strstr(err.message, "铅"));
    set(county, "甲厂", "base_lead_kg", "", NULL);
    set(county, "甲厂", "base_cadmium_kg", "12.5", NULL);
    set(county, "乙厂 分厂", "base_lead_kg", "0.25", NULL);
    write_list(county, path, NULL);
    assert_false(proof_check(&proof, path, &err));
    proof_release(&proof);
    free(path);
}

/* Sums are compared as well: a column may be right and its total not. */
static void sums_are_read_back(void **state)
{
    struct county *county = county_of(state);
    struct proof proof = {0};
    struct error err = {0};
    char *path = mem_text(path_of(county, "清单.xlsx"));
    write_list(county, path, &proof);
    struct proof_table *table = &proof.tables[0];
    size_t lead = 0;
    while (!table->columns[lead].sum || strcmp(table->columns[lead].sum, "12.75") != 0)
        lead++;
    assert_true(table->total_row == table->first_row + table->row_count);
    free(table->columns[lead].sum);
    table->columns[lead].sum = mem_text("12.76");
    assert_false(proof_check(&proof, path, &err));
    assert_non_null(strstr(err.message, "铅”的合计不对"));
    proof_release(&proof);
    free(path);
}

int main(void)
{
#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_filing_is_recorded_with_its_file),
        TEST(changes_stand_in_the_next_filing),
        TEST(a_name_is_proposed),
        TEST(an_error_blocks),
        TEST(what_cannot_be_filed_leaves_no_trace),
        TEST(a_cancelled_filing_leaves_no_trace),
        TEST(what_is_read_back_must_be_what_was_written),
        TEST(numbers_that_changed_places_are_noticed),
        TEST(sums_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
