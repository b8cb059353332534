/* What a filing fills by itself: who gets it and until which day it counts; and what is done about
 * one that was killed. */
#include "core/mem.h"
#include "core/registers.h"
#include "exports/filing.h"
#include "exports/settle.h"
#include "tests/exports/bureau.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct wanted {
    const char *report, *kind, *period, *recipient, *cutoff; /* the last two: NULL is not given */
};

static bool try_file(struct bureau *bureau, const struct wanted *wanted, const char *path,
                     struct record *filing, struct error *err)
{
    struct report report;
    struct report_result result;
    struct filing_findings findings;
    const struct report_options options = {.year = 0};
    const char *const pairs[][2] = {{"kind", wanted->kind},
                                    {"period", wanted->period},
                                    {"recipient", wanted->recipient},
                                    {"cutoff_on", wanted->cutoff}};
    if (!report_find(wanted->report, &report, err))
        fail_msg("%s", err->message);
    const struct filing_request request = {.report = &report, .options = &options, .path = path};
    record_init(filing, &reg_filing);
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        if (pairs[i][1] &&
            !record_set_text(filing, (size_t)reg_field_index(&reg_filing, pairs[i][0]), pairs[i][1],
                             store_lookup(bureau->store), err))
            fail_msg("%s", err->message);
    bool ok = filing_make(bureau->store, &request, filing, &result, &findings, err);
    filing_findings_release(&findings);
    report_release(&report);
    return ok;
}

/* What stands in two fields of the filing once it is made. */
static void assert_filed(struct bureau *bureau, struct wanted wanted, const char *recipient,
                         const char *cutoff)
{
    struct record filing;
    struct error err = {0};
    struct buffer day = {0};
    char *path = mem_text(bureau_path(bureau, "报送.xlsx"));
    if (!try_file(bureau, &wanted, path, &filing, &err))
        fail_msg("%s", err.message);
    record_format(&filing, "cutoff_on", &day);
    assert_string_equal(record_text(&filing, "recipient"), recipient);
    assert_string_equal(buffer_text(&day), cutoff);
    buffer_release(&day);
    record_release(&filing);
    free(path);
}

/* ---- who gets it ---- */

static void assert_superior(struct bureau *bureau, const char *region, const char *expected)
{
    struct buffer found = {0};
    struct error err = {0};
    const struct filing_subject subject = {
        .kind = "年报", .period = "2025", .report = "enterprise"};
    assert_true(store_set_setting(bureau->store, "region", region, &err));
    assert_true(filing_propose_recipient(bureau->store, &subject, &found, &err));
    assert_string_equal(buffer_text(&found), expected);
    buffer_release(&found);
}

static void the_department_above_is_proposed(void **state)
{
    struct bureau *bureau = *state;
    assert_superior(bureau, "441802", "清远市生态环境局");
    assert_superior(bureau, "4418", "广东省生态环境厅");
    assert_superior(bureau, "441800", "广东省生态环境厅");
    assert_superior(bureau, "310104", "上海市生态环境局");
    assert_superior(bureau, "429004", "湖北省生态环境厅");
    assert_superior(bureau, "532501", "红河哈尼族彝族自治州生态环境局");
    assert_superior(bureau, "4501", "广西壮族自治区生态环境厅");
    assert_superior(bureau, "44", "");
    assert_superior(bureau, "", "");
}

static void who_got_the_last_one_gets_the_next(void **state)
{
    struct bureau *bureau = *state;
    assert_filed(bureau, (struct wanted){"enterprise", "年报", "2024", "市局土壤科", NULL},
                 "市局土壤科", "");
    bureau_go_to("2026-06-16T08:00:00");
    assert_filed(bureau, (struct wanted){"quota", "年报", "2024", "市局环评科", NULL}, "市局环评科",
                 "");
    /* The same report, then any report of the kind, then the department above. */
    assert_filed(bureau, (struct wanted){"enterprise", "年报", "2025", NULL, NULL}, "市局土壤科",
                 "");
    assert_filed(bureau, (struct wanted){"enterprise", "清单更新", "2025", NULL, NULL},
                 "清远市生态环境局", "");
    bureau_go_to("2026-06-17T08:00:00");
    assert_filed(bureau, (struct wanted){"quota", "年报", "2025", "市局", NULL}, "市局", "");
    assert_filed(bureau, (struct wanted){"reduction", "年报", "2025", NULL, NULL}, "市局", "");
}

static void without_a_recipient_nothing_is_filed(void **state)
{
    struct bureau *bureau = *state;
    struct record filing;
    struct error err = {0};
    const struct wanted wanted = {"enterprise", "年报", "2025", NULL, NULL};
    char *path = mem_text(bureau_path(bureau, "报送.xlsx"));
    assert_true(store_set_setting(bureau->store, "region", "", &err));
    assert_false(try_file(bureau, &wanted, path, &filing, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_has(err.message, "请写明报送对象");
    assert_int_not_equal(access(path, F_OK), 0);
    record_release(&filing);
    free(path);
}

/* ---- until which day ---- */

static void the_cutoff_stays_within_the_period(void **state)
{
    struct bureau *bureau = *state;
    const struct wanted half = {"half-year", "半年报", "2026H1", "市局", NULL};
    assert_filed(bureau, half, "市局", "2026-06-15");
    bureau_go_to("2026-11-22T09:00:00"); /* long after the half-year */
    assert_filed(bureau, half, "市局", "2026-06-30");
    char *book = scratch_unzip(bureau_path(bureau, "报送.xlsx"), "xl/worksheets/sheet1.xml");
    assert_has(book, "截止日期：2026年6月30日");
    free(book);
    assert_filed(bureau, (struct wanted){"half-year", "半年报", "2026H1", "市局", "2026-06-20"},
                 "市局", "2026-06-20");
    assert_filed(bureau, (struct wanted){"half-year", "半年报", "2026H2", "市局", NULL}, "市局",
                 "2026-11-22");
    /* What is due after its period has no such day. */
    assert_filed(bureau, (struct wanted){"enterprise", "年报", "2025", "市局", NULL}, "市局", "");
}

/* ---- what a kill left ---- */

#define ASIDE ".报送.xlsx.part.former"

/* Any next one that is not made: what it found first is put in order. */
static void try_in_vain(struct bureau *bureau)
{
    struct record filing;
    struct error err = {0};
    char *path = mem_text(bureau_path(bureau, "报送.xlsx"));
    const struct wanted wanted = {"half-year", "半年报", "2025", "市局", NULL};
    assert_false(try_file(bureau, &wanted, path, &filing, &err));
    assert_has(err.message, "一期是 6 个月");
    record_release(&filing);
    free(path);
}

static void assert_target(struct bureau *bureau, const char *expected)
{
    char *text = scratch_read(bureau_path(bureau, "报送.xlsx"), NULL);
    assert_string_equal(text, expected);
    free(text);
    assert_int_not_equal(access(bureau_path(bureau, ASIDE), F_OK), 0);
}

static void what_was_not_filed_goes_back(void **state)
{
    struct bureau *bureau = *state;
    scratch_write(bureau_path(bureau, ASIDE), "原来的文件");
    scratch_write(bureau_path(bureau, "报送.xlsx"), "没有报出的新文件");
    try_in_vain(bureau);
    assert_target(bureau, "原来的文件");
    /* Killed before the new one had its place: on a disk without links … */
    char *aside = mem_text(bureau_path(bureau, ASIDE));
    assert_int_equal(rename(bureau_path(bureau, "报送.xlsx"), aside), 0);
    try_in_vain(bureau);
    assert_target(bureau, "原来的文件");
    /* … and on one that has them. */
    assert_int_equal(link(bureau_path(bureau, "报送.xlsx"), aside), 0);
    try_in_vain(bureau);
    assert_target(bureau, "原来的文件");
    free(aside);
}

static void what_was_filed_stays(void **state)
{
    struct bureau *bureau = *state;
    assert_filed(bureau, (struct wanted){"enterprise", "年报", "2025", "市局", NULL}, "市局", "");
    size_t length, after;
    char *filed = scratch_read(bureau_path(bureau, "报送.xlsx"), &length);
    scratch_write(bureau_path(bureau, ASIDE), "更早的文件");
    try_in_vain(bureau);
    char *now = scratch_read(bureau_path(bureau, "报送.xlsx"), &after);
    assert_int_equal(after, length);
    assert_memory_equal(now, filed, length);
    assert_int_not_equal(access(bureau_path(bureau, ASIDE), F_OK), 0);
    free(filed);
    free(now);
}

/* An export does it as well, also by a program that only looks, unless another one writes. */
static void an_export_puts_in_order_unless_another_writes(void **state)
{
    struct bureau *bureau = *state;
    struct store *reader;
    struct error err = {0};
    char *path = mem_text(bureau_path(bureau, "报送.xlsx"));
    scratch_write(bureau_path(bureau, ASIDE), "原来的文件");
    scratch_write(path, "没有报出的新文件");
    if (!store_open(&reader, bureau_path(bureau, "county.db"), STORE_READ, &err))
        fail_msg("%s", err.message);
    assert_true(settle_target(reader, path, &err));
    assert_int_equal(access(bureau_path(bureau, ASIDE), F_OK), 0);
    store_close(&bureau->store);
    assert_true(settle_target(reader, path, &err));
    assert_target(bureau, "原来的文件");
    store_close(&reader);
    if (!store_open(&bureau->store, bureau_path(bureau, "county.db"), STORE_WRITE, &err))
        fail_msg("%s", err.message);
    scratch_write(bureau_path(bureau, ASIDE), "原来的文件");
    bureau_export(bureau, "enterprise", &(struct report_options){.year = 2026}, "报送.xlsx");
    assert_int_not_equal(access(bureau_path(bureau, ASIDE), F_OK), 0);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bureau_test(the_department_above_is_proposed),
        bureau_test(who_got_the_last_one_gets_the_next),
        bureau_test(without_a_recipient_nothing_is_filed),
        bureau_test(the_cutoff_stays_within_the_period),
        bureau_test(what_was_not_filed_goes_back),
        bureau_test(what_was_filed_stays),
        bureau_test(an_export_puts_in_order_unless_another_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
