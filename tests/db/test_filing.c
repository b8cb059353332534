/* What was filed: frozen, compared, changed only with a reason, and what keeps a report back. */
#include "db/figures.h"
#include "db/filing_check.h"
#include "db/history.h"
#include "db/query.h"
#include "fixture.h"

#include <stdio.h>

/* ---- the text of figures ---- */

static void figures_come_back(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    struct buffer figures = {0}, text = {0}, name = {0};
    bool shown[256] = {false};
    fixture_fill(fixture, &reg_enterprise, "name=甲\"厂\\一 region=清城区 base_lead_kg=12.50",
                 &record);
    shown[reg_field_index(&reg_enterprise, "name")] = true;
    shown[reg_field_index(&reg_enterprise, "town")] = true;
    shown[reg_field_index(&reg_enterprise, "base_lead_kg")] = true;
    figures_write(&record, shown, &figures);
    assert_string_equal(figures.text,
                        "{\"name\":\"甲\\\"厂\\\\一\",\"town\":\"\",\"base_lead_kg\":\"12.5\"}");
    assert_true(figures_find(figures.text, "name", &text));
    assert_string_equal(text.text, "甲\"厂\\一");
    assert_true(figures_find(figures.text, "town", &text));
    assert_int_equal(text.length, 0);
    assert_false(figures_find(figures.text, "region", &text));
    figures_join(&figures, "{\"name\":\"乙\",\"region\":\"441802\"}");
    assert_true(figures_find(figures.text, "name", &text));
    assert_string_equal(text.text, "甲\"厂\\一");
    assert_true(figures_find(figures.text, "region", &text));
    assert_string_equal(text.text, "441802");
    const char *at = "{\"a\":\"x\\u000ay\\n\",\"b\":1}";
    assert_true(figures_next(&at, &name, &text));
    assert_string_equal(text.text, "x\ny\n");
    assert_false(figures_next(&at, &name, &text)); /* no text: no such object */
    at = "{\"a\":\"x\\u00";
    assert_false(figures_next(&at, &name, &text));
    at = "{}";
    assert_false(figures_next(&at, &name, &text));
    record_release(&record);
    buffer_release(&figures);
    buffer_release(&text);
    buffer_release(&name);
}

static bool freezes(const struct reg *reg, const char *field)
{
    return figures_freeze(reg, reg_field_find(reg, field));
}

static void figures_are_numbers_names_and_codes(void **state)
{
    (void)state;
    assert_true(freezes(&reg_enterprise, "base_lead_kg"));
    assert_true(freezes(&reg_enterprise, "name"));
    assert_true(freezes(&reg_enterprise, "uscc"));
    assert_true(freezes(&reg_enterprise, "region"));
    assert_true(freezes(&reg_enterprise, "permit_no"));
    assert_false(freezes(&reg_enterprise, "status"));
    assert_false(freezes(&reg_enterprise, "note"));
    assert_false(freezes(&reg_enterprise, "verified_on"));
    assert_true(freezes(&reg_problem, "description"));
    assert_false(freezes(&reg_problem, "state"));
    assert_false(freezes(&reg_problem, "closed_on"));
    assert_false(freezes(&reg_problem, "extension_count")); /* the program counts */
    assert_false(freezes(&reg_limit, "value"));             /* the policy's, not the bureau's */
}

/* ---- filing ---- */

static const char *const shown_fields[] = {
    "name", "uscc", "region", "status", "base_lead_kg", "base_cadmium_kg", "actual_lead_kg", NULL};

static void collect_of(struct fixture *fixture, const struct reg *reg, const char *const *fields,
                       struct filing_rows *rows)
{
    bool shown[256] = {false};
    struct cursor *cursor;
    const struct record *record = NULL;
    struct query query = {.reg = reg};
    *rows = (struct filing_rows){.count = 0};
    for (size_t i = 0; fields[i]; i++)
        shown[reg_field_index(reg, fields[i])] = true;
    figures_add_periods(reg, shown);
    assert_ok(cursor_open(&cursor, fixture->store, &query, err));
    for (;;) {
        assert_ok(cursor_next(cursor, &record, err));
        if (!record)
            break;
        filing_rows_add(rows, record, shown, store_lookup(fixture->store));
    }
    cursor_close(&cursor);
    filing_rows_settle(rows);
}

static void collect(struct fixture *fixture, struct filing_rows *rows)
{
    collect_of(fixture, &reg_enterprise, shown_fields, rows);
}

/* Files all enterprises as they stand. */
static void file(struct fixture *fixture, const char *fields, char id[RECORD_ID_SIZE])
{
    struct filing_rows rows;
    struct record filing;
    collect(fixture, &rows);
    fixture_fill(fixture, &reg_filing, fields, &filing);
    assert_ok(store_begin(fixture->store, "filing", "报送", err));
    assert_ok(filing_keep(fixture->store, &filing, &rows, err));
    assert_ok(store_commit(fixture->store, err));
    memcpy(id, filing.id, RECORD_ID_SIZE);
    record_release(&filing);
    filing_rows_release(&rows);
}

static bool save(struct fixture *fixture, const char *id, const char *field, const char *text,
                 const char *why, struct error *err)
{
    enum store_change change;
    struct record record;
    bool ok = store_get(fixture->store, &reg_enterprise, id, &record, err) &&
              record_set_text(&record, (size_t)reg_field_index(&reg_enterprise, field), text,
                              store_lookup(fixture->store), err) &&
              store_save(fixture->store, &record, why, &change, err);
    record_release(&record);
    return ok;
}

static bool delete_from(struct fixture *fixture, const struct reg *reg, const char *id,
                        const char *why, struct error *err)
{
    bool ok = store_begin(fixture->store, "delete", NULL, err) &&
              store_explain(fixture->store, why, err) &&
              store_remove(fixture->store, reg, id, err) && store_commit(fixture->store, err);
    if (!ok)
        store_rollback(fixture->store);
    return ok;
}

static bool delete (struct fixture *fixture, const char *id, const char *why, struct error *err)
{
    return delete_from(fixture, &reg_enterprise, id, why, err);
}

static void a_filed_figure_wants_a_reason(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], filing[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise,
                "name=甲厂 region=清城区 status=在产 base_lead_kg=12.5 town=龙塘镇", id);
    assert_ok(save(fixture, id, "base_lead_kg", "12.4", NULL, err)); /* not filed yet */
    assert_ok(save(fixture, id, "base_lead_kg", "12.5", NULL, err));
    file(fixture, "kind=年报 period=2025", filing);
    const char *case_no = "BS-441802-2026-0001";
    assert_string_equal(fixture_text(fixture, &reg_filing, filing, "case_no"), case_no);
    assert_fails(fixture, save(fixture, id, "base_lead_kg", "13", NULL, err), ERROR_REFUSED,
                 "“2020年基础排放量 铅”已随 BS-441802-2026-0001 报出（12.5 kg/a），改动请写明原因");
    assert_true(fixture->err.wants_reason);
    assert_string_equal(fixture->err.field, "base_lead_kg");
    assert_fails(fixture, save(fixture, id, "base_lead_kg", "", "", err), ERROR_REFUSED, "12.5");
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "base_lead_kg"), "12.5");
    /* Neither a state, nor what was not shown, nor what was filed empty. */
    assert_ok(save(fixture, id, "status", "停产", NULL, err));
    assert_ok(save(fixture, id, "town", "源潭镇", NULL, err));
    assert_ok(save(fixture, id, "base_cadmium_kg", "1", NULL, err));
    assert_ok(save(fixture, id, "base_lead_kg", "13", "企业补报了检测报告", err));
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "base_lead_kg"), "13");
    assert_fails(fixture, save(fixture, id, "base_lead_kg", "14", NULL, err), ERROR_REFUSED,
                 "12.5");
    assert_ok(save(fixture, id, "base_lead_kg", "12.5", NULL, err)); /* as it was filed */
    assert_fails(fixture, delete (fixture, id, NULL, err), ERROR_REFUSED,
                 "“甲厂”已随 BS-441802-2026-0001 报出，删除请写明原因");
    assert_true(fixture->err.wants_reason);
    assert_ok(delete (fixture, id, "重复登记", err));
}

static void a_program_gives_no_reason(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], filing[RECORD_ID_SIZE];
    struct record record;
    enum store_change change;
    struct buffer summary = {0};
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 base_lead_kg=12.5", id);
    file(fixture, "kind=年报 period=2025", filing);
    assert_ok(store_get(fixture->store, &reg_enterprise, id, &record, err));
    value_set_integer(record_value_for_change(&record, "base_lead_kg"), 1);
    assert_ok(store_begin(fixture->store, "import", "导入 新表.xlsx", err));
    assert_fails(fixture, store_put(fixture->store, &record, &change, err), ERROR_REFUSED,
                 "改动请写明原因");
    assert_ok(store_explain(fixture->store, "按复核结果更正", err));
    assert_ok(store_put(fixture->store, &record, &change, err));
    assert_ok(store_commit(fixture->store, err));
    record_release(&record);
    /* Undo takes back what was said to be right. */
    assert_ok(store_undo(fixture->store, &summary, err));
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "base_lead_kg"), "12.5");
    buffer_release(&summary);
}

static void a_later_filing_binds_in_its_place(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], first[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
    struct buffer summary = {0};
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 base_lead_kg=12.5", id);
    file(fixture, "kind=年报 period=2024", first);
    assert_ok(save(fixture, id, "base_lead_kg", "13", "企业补报了检测报告", err));
    file(fixture, "kind=年报 period=2025", second);
    assert_fails(fixture, save(fixture, id, "base_lead_kg", "12.5", NULL, err), ERROR_REFUSED,
                 "BS-441802-2026-0002 报出（13 kg/a）");
    /* Taken back, the first one holds again. */
    assert_ok(store_undo(fixture->store, &summary, err));
    assert_ok(save(fixture, id, "base_lead_kg", "12.5", NULL, err));
    assert_fails(fixture, delete_from(fixture, &reg_filing, first, "\343\200\200", err),
                 ERROR_REFUSED, "“BS-441802-2026-0001”报出的数字以它为准，删除请写明原因");
    assert_true(fixture->err.wants_reason);
    assert_ok(delete_from(fixture, &reg_filing, first, "报错了单位", err));
    assert_ok(save(fixture, id, "base_lead_kg", "9", NULL, err));
    buffer_release(&summary);
}

/* Sets what is not NULL of the figure and of the year that it is of. */
static bool save_year(struct fixture *fixture, const char *id, const char *year, const char *lead,
                      struct error *err)
{
    enum store_change change;
    struct record record;
    const char *const pairs[][2] = {{"actual_period", year}, {"actual_lead_kg", lead}};
    bool ok = store_get(fixture->store, &reg_enterprise, id, &record, err);
    for (size_t i = 0; i < 2 && ok; i++)
        ok = !pairs[i][1] ||
             record_set_text(&record, (size_t)reg_field_index(&reg_enterprise, pairs[i][0]),
                             pairs[i][1], NULL, err);
    ok = ok && store_save(fixture->store, &record, NULL, &change, err);
    record_release(&record);
    return ok;
}

static void the_figure_of_a_later_year_corrects_nothing(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], filing[RECORD_ID_SIZE];
    struct filing_comparison since;
    fixture_add(fixture, &reg_enterprise,
                "name=甲厂 region=清城区 actual_lead_kg=98.2 actual_period=2024", id);
    file(fixture, "kind=年报 period=2024", filing);
    assert_fails(fixture, save_year(fixture, id, NULL, "90", err), ERROR_REFUSED,
                 "“上年实际排放量 铅”已随 BS-441802-2026-0001 报出（98.2 kg/a），改动请写明原因");
    /* Neither an earlier year nor a part of the same one. */
    assert_fails(fixture, save_year(fixture, id, "2023", "90", err), ERROR_REFUSED, "98.2");
    assert_fails(fixture, save_year(fixture, id, "2024H2", "90", err), ERROR_REFUSED, "98.2");
    assert_ok(save_year(fixture, id, "2025", "90", err));
    assert_ok(save_year(fixture, id, NULL, "91", err)); /* of 2025 nothing was filed yet */
    assert_ok(filing_changes_since(fixture->store, filing, &since, err));
    assert_int_equal(since.count, 0);
    filing_comparison_release(&since);
    /* Said to be of the year that was filed, it is another figure than that. */
    assert_fails(fixture, save_year(fixture, id, "2024", NULL, err), ERROR_REFUSED, "98.2");
    assert_fails(fixture, save_year(fixture, id, "", NULL, err), ERROR_REFUSED, "98.2");
    assert_ok(save_year(fixture, id, "2024", "98.2", err));
    /* Nor does a year with nothing in between make the way free. */
    assert_ok(save_year(fixture, id, "2025", "", err));
    assert_fails(fixture, save_year(fixture, id, "2024", NULL, err), ERROR_REFUSED, "98.2");
    assert_fails(fixture, save_year(fixture, id, "2024", "5", err), ERROR_REFUSED, "98.2");
    assert_ok(save_year(fixture, id, NULL, "5", err));
}

/* Else anybody could lift a filing by typing the record of another one. */
static void a_typed_filing_corrects_nothing(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], filing[RECORD_ID_SIZE], typed[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 base_lead_kg=12.5", id);
    file(fixture, "kind=年报 period=2025", filing);
    fixture_add(fixture, &reg_filing, "kind=年报 period=2025 revises=BS-441802-2026-0001", typed);
    assert_fails(fixture, save(fixture, id, "base_lead_kg", "13", NULL, err), ERROR_REFUSED,
                 "BS-441802-2026-0001");
    fixture_remove(fixture, &reg_filing, typed); /* holds nothing, so it may go */
    fixture_change(fixture, &reg_filing, filing, "revises=BS-441802-2026-0001");
    assert_fails(fixture, save(fixture, id, "base_lead_kg", "13", NULL, err), ERROR_REFUSED,
                 "BS-441802-2026-0001");
}

/* ---- comparing ---- */

static void write_changes(const struct filing_comparison *comparison, struct buffer *out)
{
    static const char marks[] = "+-~";
    buffer_clear(out);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct filing_change *change = &comparison->changes[i];
        buffer_addf(out, "%c%s", marks[change->kind], change->name);
        if (change->field)
            buffer_addf(out, " %s %s→%s", change->field->name, change->former, change->now);
        if (change->why && *change->why)
            buffer_addf(out, " %s %.10s %s", change->who, change->at, change->why);
        buffer_add_char(out, ';');
    }
    for (size_t i = 0; i < comparison->balance_count; i++) {
        const struct filing_balance *balance = &comparison->balances[i];
        assert_int_equal(balance->former + balance->entered - balance->removed, balance->current);
        buffer_addf(out, "%s %lld+%lld-%lld=%lld ~%lld", balance->reg->name,
                    (long long)balance->former, (long long)balance->entered,
                    (long long)balance->removed, (long long)balance->current,
                    (long long)balance->changed);
    }
}

static void two_filings_are_compared(void **state)
{
    struct fixture *fixture = *state;
    char ids[3][RECORD_ID_SIZE], first[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
    struct filing_comparison comparison;
    struct buffer out = {0};
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 status=在产 base_lead_kg=12.5",
                ids[0]);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区", ids[1]);
    file(fixture, "kind=年报 period=2024", first);
    assert_string_equal(fixture_text(fixture, &reg_filing, first, "current_count"), "2");
    assert_string_equal(fixture_text(fixture, &reg_filing, first, "former_count"), "");
    assert_ok(save(fixture, ids[0], "base_lead_kg", "13", "企业补报了检测报告", err));
    assert_ok(save(fixture, ids[0], "status", "停产", NULL, err));
    assert_ok(delete (fixture, ids[1], "已经关闭拆除", err));
    fixture_add(fixture, &reg_enterprise, "name=丙厂 region=清城区", ids[2]);
    /* What has become of it so far: figures only. */
    assert_ok(filing_changes_since(fixture->store, first, &comparison, err));
    write_changes(&comparison, &out);
    assert_string_equal(out.text, "~甲厂 base_lead_kg 12.5→13 张三 2026-06-15 企业补报了检测报告;"
                                  "-乙厂 张三 2026-06-15 已经关闭拆除;"
                                  "enterprise 2+0-1=1 ~1");
    filing_comparison_release(&comparison);
    file(fixture, "kind=年报 period=2025", second);
    assert_string_equal(fixture_text(fixture, &reg_filing, second, "former_count"), "2");
    assert_string_equal(fixture_text(fixture, &reg_filing, second, "entered_count"), "1");
    assert_string_equal(fixture_text(fixture, &reg_filing, second, "removed_count"), "1");
    assert_string_equal(fixture_text(fixture, &reg_filing, second, "current_count"), "2");
    assert_ok(filing_compare(fixture->store, first, second, &comparison, err));
    write_changes(&comparison, &out);
    assert_string_equal(out.text, "~甲厂 status 在产→停产;~甲厂 base_lead_kg 12.5→13;"
                                  "-乙厂;+丙厂;enterprise 2+1-1=2 ~1");
    filing_comparison_release(&comparison);
    assert_ok(filing_compare(fixture->store, second, first, &comparison, err));
    assert_int_equal(comparison.balances[0].entered, 1);
    filing_comparison_release(&comparison);
    assert_ok(filing_changes_since(fixture->store, second, &comparison, err));
    assert_int_equal(comparison.count, 0);
    filing_comparison_release(&comparison);
    buffer_release(&out);
}

/* Entered by hand, a filing has its number and no rows: who entered cannot be known. */
static void a_filing_by_hand_gives_its_number(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], hand[RECORD_ID_SIZE], filing[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_filing, "kind=年报 period=2024 current_count=61", hand);
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    file(fixture, "kind=年报 period=2025", filing);
    assert_string_equal(fixture_text(fixture, &reg_filing, filing, "former_count"), "61");
    assert_string_equal(fixture_text(fixture, &reg_filing, filing, "entered_count"), "");
    assert_string_equal(fixture_text(fixture, &reg_filing, filing, "current_count"), "1");
}

static bool find_last(struct fixture *fixture, const char *report, const char *period,
                      bool with_same, char id[RECORD_ID_SIZE], struct error *err)
{
    const struct filing_subject subject = {.kind = "年报", .period = period, .report = report};
    return filing_last(fixture->store, &subject, with_same, id, err);
}

static void the_last_one_is_found(void **state)
{
    struct fixture *fixture = *state;
    char ids[4][RECORD_ID_SIZE], last[RECORD_ID_SIZE];
    int64_t count;
    fixture_add(fixture, &reg_filing, "kind=年报 period=2023", ids[0]);
    fixture_add(fixture, &reg_filing, "kind=年报 period=2024", ids[1]);
    fixture_add(fixture, &reg_filing, "kind=年报 period=2024 filed_on=2026-01-01 report=annual",
                ids[2]);
    fixture_add(fixture, &reg_filing, "kind=半年报 period=2024H1", ids[3]);
    assert_ok(find_last(fixture, "annual", "2025", false, last, err));
    assert_string_equal(last, ids[2]);
    assert_ok(find_last(fixture, "annual", "2024", false, last, err));
    assert_string_equal(last, ids[0]);
    assert_ok(find_last(fixture, "annual", "2024", true, last, err));
    assert_string_equal(last, ids[2]);
    assert_ok(find_last(fixture, "annual", "2023", false, last, err));
    assert_string_equal(last, "");
    assert_ok(find_last(fixture, "quota", "2024", true, last, err)); /* another report */
    assert_string_equal(last, ids[1]);
    const struct filing_subject annual = {.kind = "年报", .period = "2024", .report = "annual"};
    const struct filing_subject quota = {.kind = "年报", .period = "2024", .report = "quota"};
    assert_ok(filing_count(fixture->store, &annual, &count, err));
    assert_int_equal(count, 2); /* with the one by hand */
    assert_ok(filing_count(fixture->store, &quota, &count, err));
    assert_int_equal(count, 1);
}

/* ---- what blocks ---- */

static void errors_block_and_warnings_are_listed(void **state)
{
    struct fixture *fixture = *state;
    char bad[RECORD_ID_SIZE], warned[RECORD_ID_SIZE], filing[RECORD_ID_SIZE];
    struct filing_rows rows;
    struct filing_findings findings;
    fixture_add(fixture, &reg_enterprise, "name=丁厂 region=清城区 lon=113.05", warned);
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 verified_on=2026-12-31", bad);
    collect(fixture, &rows);
    assert_ok(filing_check(fixture->store, &rows, "", &findings, err));
    assert_int_equal(findings.counts[SEVERITY_ERROR], 1);
    assert_true(findings.counts[SEVERITY_WARNING] >= 1);
    assert_true(findings.gaps > 0);
    assert_string_equal(findings.items[0].rule, "V39");
    assert_string_equal(findings.items[0].id, bad);
    assert_string_equal(findings.items[0].field->name, "verified_on");
    filing_findings_release(&findings);
    assert_ok(save(fixture, bad, "verified_on", "2026-05-31", NULL, err));
    assert_ok(filing_check(fixture->store, &rows, "", &findings, err));
    assert_int_equal(findings.counts[SEVERITY_ERROR], 0);
    filing_findings_release(&findings);
    filing_rows_release(&rows);
    file(fixture, "kind=年报 period=2025", filing);
}

/* A child record that a workbook shows beside its parent is asked once. */
static void nothing_is_told_twice(void **state)
{
    struct fixture *fixture = *state;
    char problem[RECORD_ID_SIZE], progress[RECORD_ID_SIZE];
    const struct reg *const regs[] = {&reg_problem, &reg_progress};
    struct filing_rows rows = {.count = 0};
    struct filing_findings findings;
    size_t told = 0;
    fixture_add_problem(fixture, "整改中", "description=没有标志牌", problem);
    fixture_add(fixture, &reg_progress,
                "problem=没有标志牌 reported_on=2026-12-31 done_percent=30 description=进场",
                progress);
    const char *const ids[] = {problem, progress};
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        bool shown[256] = {false};
        struct record record;
        assert_ok(store_get(fixture->store, regs[i], ids[i], &record, err));
        filing_rows_add(&rows, &record, shown, store_lookup(fixture->store));
        record_release(&record);
    }
    filing_rows_settle(&rows);
    assert_true(filing_rows_have(&rows, &reg_progress, progress));
    assert_false(filing_rows_have(&rows, &reg_progress, problem));
    assert_ok(filing_check(fixture->store, &rows, "", &findings, err));
    for (size_t i = 0; i < findings.count; i++)
        told +=
            findings.items[i].reg == &reg_progress && findings.items[i].severity == SEVERITY_ERROR;
    assert_int_equal(told, 1);
    filing_findings_release(&findings);
    filing_rows_release(&rows);
}

static size_t count_rule(const struct filing_findings *findings, const char *rule)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += strcmp(findings->items[i].rule, rule) == 0;
    return count;
}

static const struct filing_finding *find_rule(const struct filing_findings *findings,
                                              const char *rule)
{
    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(findings->items[i].rule, rule) == 0)
            return &findings->items[i];
    return NULL;
}

/* An overdue problem is told, but as a warning. */
static void what_is_late_does_not_block(void **state)
{
    struct fixture *fixture = *state;
    static const char *const fields[] = {"description", "due_on", NULL};
    char late[RECORD_ID_SIZE];
    struct filing_rows rows;
    struct filing_findings findings;
    fixture_add(fixture, &reg_problem,
                "region=清城区 found_on=2026-01-05 due_on=2026-03-01 description=雨污混排", late);
    collect_of(fixture, &reg_problem, fields, &rows);
    assert_ok(filing_check(fixture->store, &rows, "", &findings, err));
    const struct filing_finding *overdue = find_rule(&findings, "V76");
    assert_non_null(overdue);
    assert_int_equal(overdue->severity, SEVERITY_WARNING);
    filing_findings_release(&findings);
    filing_rows_release(&rows);
}

/* V03 from year to year: the same code under another name. */
static void another_name_than_filed_is_a_warning(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], filing[RECORD_ID_SIZE];
    struct filing_rows rows;
    struct filing_findings findings;
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 uscc=91451200791318129Y", id);
    file(fixture, "kind=年报 period=2024", filing);
    assert_ok(save(fixture, id, "name", "甲冶炼有限公司", "营业执照更名", err));
    collect(fixture, &rows);
    assert_ok(filing_check(fixture->store, &rows, filing, &findings, err));
    assert_int_equal(count_rule(&findings, "V03"), 1);
    filing_findings_release(&findings);
    assert_ok(save(fixture, id, "former_name", "甲厂", NULL, err));
    assert_ok(filing_check(fixture->store, &rows, filing, &findings, err));
    assert_int_equal(count_rule(&findings, "V03"), 0);
    filing_findings_release(&findings);
    filing_rows_release(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(figures_come_back),
        fixture_test(figures_are_numbers_names_and_codes),
        fixture_test(a_filed_figure_wants_a_reason),
        fixture_test(a_program_gives_no_reason),
        fixture_test(a_later_filing_binds_in_its_place),
        fixture_test(the_figure_of_a_later_year_corrects_nothing),
        fixture_test(a_typed_filing_corrects_nothing),
        fixture_test(two_filings_are_compared),
        fixture_test(a_filing_by_hand_gives_its_number),
        fixture_test(the_last_one_is_found),
        fixture_test(errors_block_and_warnings_are_listed),
        fixture_test(what_is_late_does_not_block),
        fixture_test(nothing_is_told_twice),
        fixture_test(another_name_than_filed_is_a_warning),
    };
    return fixture_run(tests);
}
