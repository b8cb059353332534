/* The quota accounts of a file: balances, statements, shortages, what the gate refuses, and random
 * events that are taken back again. */
#include "db/account.h"
#include "db/check.h"
#include "db/history.h"
#include "db/query.h"
#include "fixture.h"

#include <stdio.h>

enum { LEAD, CADMIUM = 2, TOTAL = LOAD_METAL_COUNT };

#define SOUND "region=清城区 key_line=是 permit_held=已领证 load_basis=许可量差值 "

struct county {
    struct fixture *fixture;
    char enterprise[RECORD_ID_SIZE], source[RECORD_ID_SIZE], project[RECORD_ID_SIZE];
};

/* A source of 25.2 kg lead and 3.15 cadmium from 2026-04-20 on; a project that needs 14.4 and 1.44.
 */
static void begin(struct county *county, struct fixture *fixture)
{
    char fields[512];
    county->fixture = fixture;
    fixture_add(fixture, &reg_enterprise, "name=示例锌业 region=清城区", county->enterprise);
    snprintf(fields, sizeof fields,
             "name=焙烧治理 enterprise=%s " SOUND
             "before_lead_kg=96.4 after_lead_kg=71.2 before_cadmium_kg=8.25 after_cadmium_kg=5.1"
             " confirmed_on=2026-04-20",
             county->enterprise);
    fixture_add(fixture, &reg_reduction_project, fields, county->source);
    fixture_add(
        fixture, &reg_construction_project,
        "name=二期 region=清城区 exempted=否 added_lead_kg=12 added_cadmium_kg=1.2 ratio=1.2"
        " source_total_kg=15.84 quota_opinion_on=2026-03-16",
        county->project);
}

static void add_transfer(struct county *county, const char *more, char id[RECORD_ID_SIZE])
{
    char fields[512];
    snprintf(fields, sizeof fields, "source=%s project=%s %s", county->source, county->project,
             more);
    fixture_add(county->fixture, &reg_quota_transfer, fields, id);
}

#define FIRST "transferred_on=2026-05-12 transferred_lead_kg=14.4 transferred_cadmium_kg=1.44"

static void assert_remaining(struct county *county, struct date on, int64_t lead, int64_t total)
{
    struct account_balances list;
    assert_ok(account_balances_load(&list, county->fixture->store, on, NULL, err));
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].id, county->source);
    assert_string_equal(list.items[0].name, "焙烧治理");
    assert_string_equal(list.items[0].enterprise, "示例锌业");
    assert_int_equal(list.items[0].remaining.kg[LEAD], lead);
    assert_int_equal(list.items[0].remaining.kg[TOTAL], total);
    assert_int_equal(list.remaining.kg[TOTAL], total);
    assert_int_equal(list.credited.kg[TOTAL] - list.transferred.kg[TOTAL], total);
    account_balances_release(&list);
}

static void balances_of_any_day(void **state)
{
    struct county county;
    char id[RECORD_ID_SIZE];
    begin(&county, *state);
    add_transfer(&county, FIRST, id);
    assert_remaining(&county, (struct date){2026, 4, 19}, 0, 0);
    assert_remaining(&county, (struct date){2026, 4, 20}, 25200, 28350);
    assert_remaining(&county, (struct date){2026, 5, 11}, 25200, 28350);
    assert_remaining(&county, (struct date){2026, 5, 12}, 10800, 12510);
    fixture_change(county.fixture, &reg_quota_transfer, id,
                   "voided=是 voided_on=2026-06-02 void_reason=申请材料不实");
    assert_remaining(&county, (struct date){2026, 6, 1}, 10800, 12510);
    assert_remaining(&county, (struct date){2026, 6, 2}, 25200, 28350);
    assert_remaining(&county, account_end, 25200, 28350);
}

static void what_comes_from_outside_is_told_apart(void **state)
{
    struct county county;
    struct account_balances list;
    char fields[256], id[RECORD_ID_SIZE];
    begin(&county, *state);
    snprintf(fields, sizeof fields,
             "from_name=外地铅锌 project=%s transferred_on=2026-05-12 transferred_lead_kg=3",
             county.project);
    fixture_add(county.fixture, &reg_quota_transfer, fields, id);
    assert_ok(account_balances_load(&list, county.fixture->store, account_end, NULL, err));
    assert_int_equal(list.outside.kg[LEAD], 3000);
    assert_int_equal(list.transferred.kg[LEAD], 0);
    account_balances_release(&list);
    assert_ok(
        account_balances_load(&list, county.fixture->store, (struct date){2026, 5, 11}, NULL, err));
    assert_int_equal(list.outside.kg[LEAD], 0);
    account_balances_release(&list);
    assert_fails(county.fixture,
                 account_balances_load(&list, county.fixture->store, account_end, "nobody", err),
                 ERROR_MISSING, "没有这个减排工程");
    account_balances_release(&list);
}

static void a_statement_adds_up(void **state)
{
    struct county county;
    struct account_statement statement;
    char id[RECORD_ID_SIZE];
    begin(&county, *state);
    add_transfer(&county, FIRST, id);
    fixture_change(county.fixture, &reg_quota_transfer, id,
                   "voided=是 voided_on=2026-06-02 void_reason=申请材料不实");
    add_transfer(&county, "transferred_on=2026-06-03 transferred_lead_kg=20", id);
    assert_ok(account_statement_load(&statement, county.fixture->store, county.source, err));
    static const struct {
        enum entry_kind kind;
        int sign;
        int64_t lead, balance;
        const char *other;
    } lines[] = {
        {ENTRY_CREDIT, 1, 25200, 25200, "纳入减排台账"},
        {ENTRY_TRANSFER, -1, 14400, 10800, "二期"},
        {ENTRY_VOIDING, 1, 14400, 25200, "二期"},
        {ENTRY_TRANSFER, -1, 20000, 5200, "二期"},
    };
    assert_int_equal(statement.count, COUNT_OF(lines));
    assert_string_equal(statement.name, "焙烧治理");
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        const struct account_line *line = &statement.lines[i];
        assert_int_equal(line->entry.kind, lines[i].kind);
        assert_int_equal(line->sign, lines[i].sign);
        assert_int_equal(line->entry.loads.kg[LEAD], lines[i].lead);
        assert_int_equal(line->balance.kg[LEAD], lines[i].balance);
        assert_string_equal(line->other, lines[i].other);
        assert_true(strlen(line->paper) > 3);
    }
    account_statement_release(&statement);
    assert_fails(county.fixture,
                 account_statement_load(&statement, county.fixture->store, "nobody", err),
                 ERROR_MISSING, "");
    account_statement_release(&statement);
}

static size_t count_findings(struct fixture *fixture, const char *id, const char *rule)
{
    char sql[160];
    bool more = true;
    while (more)
        assert_ok(check_catch_up(fixture->store, 1000, &more, err));
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM finding WHERE record = '%s' AND rule = '%s' AND severity = 2",
             id, rule);
    return (size_t)fixture_number(fixture, sql);
}

static void voiding_reopens_the_shortage(void **state)
{
    struct county county;
    struct account_project project;
    char id[RECORD_ID_SIZE];
    begin(&county, *state);
    /* What the plan promises covers it until a transfer says otherwise. */
    assert_int_equal(count_findings(county.fixture, county.project, "V11"), 0);
    add_transfer(&county, FIRST, id);
    assert_int_equal(count_findings(county.fixture, county.project, "V11"), 0);
    fixture_change(county.fixture, &reg_quota_transfer, id,
                   "voided=是 voided_on=2026-06-02 void_reason=申请材料不实");
    assert_int_equal(count_findings(county.fixture, county.project, "V11"), 1);
    assert_ok(
        account_project_load(&project, county.fixture->store, county.project, account_end, err));
    assert_int_equal(project.required.kg[LEAD], 14400);
    assert_int_equal(project.required.kg[TOTAL], 15840);
    assert_int_equal(project.covered.kg[TOTAL], 0);
    assert_int_equal(project.shortage.kg[TOTAL], 15840);
    assert_int_equal(project.ratio, 1200);
    assert_int_equal(project.use_count, 1);
    assert_true(project.uses[0].voided);
    assert_int_equal(project.uses[0].remaining.kg[TOTAL], 28350);
    assert_string_equal(project.uses[0].enterprise, "示例锌业");
    account_project_release(&project);
    assert_ok(account_project_load(&project, county.fixture->store, county.project,
                                   (struct date){2026, 6, 1}, err));
    assert_false(project.uses[0].voided);
    assert_int_equal(project.shortage.kg[TOTAL], 0);
    account_project_release(&project);
    fixture_change(county.fixture, &reg_construction_project, county.project,
                   "exempted=是 exemption_kind=国家重大发展战略");
    assert_ok(
        account_project_load(&project, county.fixture->store, county.project, account_end, err));
    assert_true(project.exempt);
    assert_int_equal(project.required.kg[TOTAL], 0);
    account_project_release(&project);
    assert_int_equal(count_findings(county.fixture, county.project, "V11"), 0);
}

static bool save(struct fixture *fixture, struct record *record, struct error *err)
{
    enum store_change change;
    return store_save(fixture->store, record, NULL, &change, err);
}

static void the_gate_refuses(void **state)
{
    struct county county;
    struct record record;
    char id[RECORD_ID_SIZE], fields[256];
    begin(&county, *state);
    add_transfer(&county, FIRST, id);
    snprintf(fields, sizeof fields,
             "source=%s project=%s transferred_on=2026-05-13 transferred_lead_kg=10.801",
             county.source, county.project);
    fixture_fill(county.fixture, &reg_quota_transfer, fields, &record);
    assert_fails(county.fixture, save(county.fixture, &record, err), ERROR_REFUSED,
                 "来源“焙烧治理”到 2026-05-13 只剩 铅 10.8 kg");
    assert_string_equal(county.fixture->err.field, "transferred_lead_kg");
    record_release(&record);
    assert_ok(store_get(county.fixture->store, &reg_quota_transfer, id, &record, err));
    value_set_integer(record_value_for_change(&record, "voided"), 1);
    assert_fails(county.fixture, save(county.fixture, &record, err), ERROR_REFUSED, "却缺作废日期");
    value_set_text(record_value_for_change(&record, "voided_on"), "2026-06-02");
    assert_fails(county.fixture, save(county.fixture, &record, err), ERROR_REFUSED, "却缺作废原因");
    record_release(&record);
    assert_ok(
        store_get(county.fixture->store, &reg_reduction_project, county.source, &record, err));
    value_set_integer(record_value_for_change(&record, "key_line"), 0);
    assert_fails(county.fixture, save(county.fixture, &record, err), ERROR_REFUSED,
                 "已经转让 合计 15.84 kg，改后这项工程没有写明是重点行业生产线");
    record_release(&record);
    assert_ok(store_begin(county.fixture->store, "delete", NULL, err));
    assert_fails(county.fixture,
                 store_remove(county.fixture->store, &reg_reduction_project, county.source, err),
                 ERROR_REFUSED, "引用这条记录");
    store_rollback(county.fixture->store);
    assert_remaining(&county, account_end, 10800, 12510);
}

/* In a file from elsewhere the same is a finding. */
static void a_file_from_elsewhere_is_told(void **state)
{
    struct county county;
    char id[RECORD_ID_SIZE];
    begin(&county, *state);
    add_transfer(&county, FIRST, id);
    assert_int_equal(count_findings(county.fixture, id, "V12"), 0);
    fixture_execute(county.fixture->path, "UPDATE quota_transfer SET transferred_lead_kg = 25201,"
                                          " transferred_total_kg = 26641");
    fixture_change(county.fixture, &reg_quota_transfer, id, "note=复核");
    assert_int_equal(count_findings(county.fixture, id, "V12"), 1);
    assert_remaining(&county, account_end, -1, 1709);
}

static void a_former_file_learns_what_may_be_used(void **state)
{
    struct county county;
    begin(&county, *state);
    assert_string_equal(
        fixture_text(county.fixture, &reg_reduction_project, county.source, "credit_on"),
        "2026-04-20");
    fixture_execute(county.fixture->path, "UPDATE reduction_project SET credit_on = NULL;"
                                          "DELETE FROM setting WHERE name = 'fields'");
    fixture_reopen(county.fixture, STORE_WRITE);
    count_findings(county.fixture, county.source, "V11");
    assert_string_equal(
        fixture_text(county.fixture, &reg_reduction_project, county.source, "credit_on"),
        "2026-04-20");
}

/* ---- random events, and back ---- */

enum { SOURCES = 3, TRANSFERS = 8, EVENTS = 600, UNDO_EVERY = 150 };

/* The lowest balance of any source on any day on which something happens, from the fields that a
 * person types. */
#define LOWEST(METAL)                                                                              \
    "SELECT coalesce(min((SELECT coalesce(sum(CASE WHEN r.key_line = 1"                            \
    " AND r.load_basis = '许可量差值' AND r.confirmed_on <= d.day"                            \
    " THEN r.before_" METAL "_kg - r.after_" METAL "_kg ELSE 0 END), 0)"                           \
    " FROM reduction_project r WHERE r.id = s.id) - (SELECT coalesce(sum(t.transferred_" METAL     \
    "_kg), 0) FROM quota_transfer t WHERE t.source = s.id AND NOT t.deleted"                       \
    " AND t.transferred_on <= d.day AND NOT (t.voided = 1 AND t.voided_on <= d.day))), 0)"         \
    " FROM reduction_project s, (SELECT transferred_on AS day FROM quota_transfer UNION"           \
    " SELECT voided_on FROM quota_transfer UNION SELECT '9999-12-31') d WHERE d.day IS NOT NULL"

static unsigned seed = 4;

static int draw(int below)
{
    seed = seed * 1103515245u + 12345u;
    return (int)((seed >> 16) & 0x7fff) % below;
}

struct random_county {
    struct fixture *fixture;
    char sources[SOURCES][RECORD_ID_SIZE], transfers[TRANSFERS][RECORD_ID_SIZE];
    char project[RECORD_ID_SIZE];
    size_t done;
};

static void write_day(char *out, size_t size, const char *field)
{
    snprintf(out, size, "%s=2026-05-%02d", field, 1 + draw(28));
}

static void choose_change(bool of_source, char *fields, size_t size)
{
    static const char *const of_sources[] = {"key_line=否", "key_line=是", "load_basis=环评差值",
                                             "load_basis=许可量差值", "confirmed_on="};
    static const char *const of_transfers[] = {"voided=否 voided_on= void_reason=", "note=看过"};
    int which = draw(10), kg = 1 + draw(of_source ? 90 : 60);
    if (which < 3)
        write_day(fields, size, of_source ? "confirmed_on" : "transferred_on");
    else if (which < 6)
        snprintf(fields, size, "%s_lead_kg=%d %s_total_kg=%d", of_source ? "before" : "transferred",
                 kg, of_source ? "before" : "transferred", kg);
    else if (of_source)
        snprintf(fields, size, "%s", of_sources[draw(COUNT_OF(of_sources))]);
    else if (which < 8)
        write_day(fields, size, "voided=是 void_reason=不实 voided_on");
    else
        snprintf(fields, size, "%s", of_transfers[draw(COUNT_OF(of_transfers))]);
}

static bool try_change(struct random_county *county, const struct reg *reg, const char *id,
                       const char *fields)
{
    struct record record;
    struct error problem = {0};
    char text[256];
    assert_ok(store_get(county->fixture->store, reg, id, &record, err));
    snprintf(text, sizeof text, "%s", fields);
    for (char *part = strtok(text, " "); part; part = strtok(NULL, " ")) {
        char *value = strchr(part, '=');
        *value++ = '\0';
        assert_ok(record_set_text(&record, (size_t)reg_field_index(reg, part), value,
                                  store_lookup(county->fixture->store), err));
    }
    bool ok = save(county->fixture, &record, &problem);
    assert_true(ok || problem.code == ERROR_REFUSED);
    record_release(&record);
    return ok;
}

static bool try_add(struct random_county *county, int which)
{
    struct record record;
    struct error err = {0};
    char fields[256], day[64];
    int kg = 1 + draw(40);
    write_day(day, sizeof day, "transferred_on");
    snprintf(fields, sizeof fields,
             "source=%s project=%s voided=否 %s transferred_lead_kg=%d transferred_total_kg=%d",
             county->sources[draw(SOURCES)], county->project, day, kg, kg);
    fixture_fill(county->fixture, &reg_quota_transfer, fields, &record);
    bool ok = save(county->fixture, &record, &err);
    assert_true(ok || err.code == ERROR_REFUSED);
    if (ok)
        memcpy(county->transfers[which], record.id, RECORD_ID_SIZE);
    record_release(&record);
    return ok;
}

static bool one_event(struct random_county *county)
{
    char fields[256];
    int which = draw(SOURCES + 3 * TRANSFERS);
    if (which < SOURCES) {
        choose_change(true, fields, sizeof fields);
        return try_change(county, &reg_reduction_project, county->sources[which], fields);
    }
    which = (which - SOURCES) % TRANSFERS;
    if (!county->transfers[which][0])
        return try_add(county, which);
    if (draw(6) == 0) {
        fixture_remove(county->fixture, &reg_quota_transfer, county->transfers[which]);
        county->transfers[which][0] = '\0';
        return true;
    }
    choose_change(false, fields, sizeof fields);
    return try_change(county, &reg_quota_transfer, county->transfers[which], fields);
}

/* Every stored field of the live rows, in one text. */
static char *dump(struct random_county *county)
{
    static const struct reg *const regs[] = {&reg_reduction_project, &reg_quota_transfer};
    struct buffer out = {0};
    for (size_t i = 0; i < COUNT_OF(regs); i++) {
        struct id_list ids = {0};
        assert_ok(query_ids(county->fixture->store,
                            &(struct query){.reg = regs[i], .order = "case_no"}, &ids, err));
        for (size_t j = 0; j < ids.count; j++) {
            struct record record;
            assert_ok(store_get(county->fixture->store, regs[i], ids.ids[j], &record, err));
            for (struct field_walk walk = {.reg = regs[i]}; reg_walk(&walk);) {
                record_format(&record, walk.field->name, &out);
                buffer_add_char(&out, '|');
            }
            record_release(&record);
        }
        id_list_release(&ids);
    }
    return buffer_take(&out);
}

static void assert_sound(struct random_county *county)
{
    struct account_balances list;
    assert_true(fixture_number(county->fixture, LOWEST("lead")) >= 0);
    assert_true(fixture_number(county->fixture, LOWEST("total")) >= 0);
    assert_ok(account_balances_load(&list, county->fixture->store, account_end, NULL, err));
    for (size_t i = 0; i < list.count; i++)
        assert_true(list.items[i].remaining.kg[LEAD] >= 0);
    account_balances_release(&list);
}

static void undo_all(struct random_county *county, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buffer summary = {0};
        assert_ok(store_undo(county->fixture->store, &summary, err));
        buffer_release(&summary);
        if (i % 10 == 0)
            assert_sound(county);
    }
}

static void no_event_takes_a_source_below_zero(void **state)
{
    struct random_county county = {.fixture = *state};
    char enterprise[RECORD_ID_SIZE], fields[512];
    fixture_add(county.fixture, &reg_enterprise, "name=示例锌业 region=清城区", enterprise);
    fixture_add(county.fixture, &reg_construction_project, "name=二期 region=清城区",
                county.project);
    for (int i = 0; i < SOURCES; i++) {
        snprintf(fields, sizeof fields,
                 "name=工程%d enterprise=%s " SOUND
                 "before_lead_kg=80 after_lead_kg=0 before_total_kg=80 after_total_kg=0"
                 " confirmed_on=2026-05-02",
                 i, enterprise);
        fixture_add(county.fixture, &reg_reduction_project, fields, county.sources[i]);
    }
    size_t refused = 0, happened = 0, since = 0;
    char *then = dump(&county);
    struct random_county before = county;
    for (int i = 1; i <= EVENTS; i++) {
        int64_t batches = fixture_number(county.fixture, "SELECT count(*) FROM batch");
        bool ok = one_event(&county);
        refused += !ok;
        happened += ok;
        since += (size_t)(fixture_number(county.fixture, "SELECT count(*) FROM batch") - batches);
        assert_sound(&county);
        if (i % UNDO_EVERY)
            continue;
        if (i % (2 * UNDO_EVERY) == 0) {
            undo_all(&county, since);
            char *now = dump(&county);
            assert_string_equal(now, then);
            free(now);
            county = before;
        }
        free(then);
        then = dump(&county);
        before = county;
        since = 0;
    }
    free(then);
    assert_true(refused > EVENTS / 10 && happened > EVENTS / 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(balances_of_any_day),
        fixture_test(what_comes_from_outside_is_told_apart),
        fixture_test(a_statement_adds_up),
        fixture_test(voiding_reopens_the_shortage),
        fixture_test(the_gate_refuses),
        fixture_test(a_file_from_elsewhere_is_told),
        fixture_test(a_former_file_learns_what_may_be_used),
        fixture_test(no_event_takes_a_source_below_zero),
    };
    return fixture_run(tests);
}
