/* Streams of an accounting report: what they add up to, and what they fill. */
#include "core/reduction.h"
#include "core/calendar.h"
#include "core/facts.h"
#include "core/registers.h"
#include "tests/core/typing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct row {
    const char *stage, *metal, *medium, *amount, *hours, *concentration, *load;
};

static void fill(const struct row *row, struct record *stream)
{
    bool water = strcmp(row->medium, "废水") == 0;
    record_init(stream, &reg_emission_stream);
    type_in(stream, "stage", row->stage);
    type_in(stream, "metal", row->metal);
    type_in(stream, "medium", row->medium);
    type_in(stream, water ? "water_m3" : "gas_flow_m3h", row->amount);
    type_in(stream, water ? "water_concentration" : "gas_concentration", row->concentration);
    if (!water)
        type_in(stream, "gas_hours", row->hours);
    record_derive(stream, NULL);
}

/* Worked by hand. Water: m³/a × mg/L ÷ 1000; gas: m³/h × h/a × mg/m³ ÷ 1000000.
 *   36500 × 0.35 ÷ 1000               = 12.775 kg
 *   36500 × 0.00035 (0.35 μg/L) ÷ 1000 = 0.012775 kg
 *   365.25 × 0.0005 ÷ 1000            = 0.000182625 kg, rounded to 0.000183 (a milligram)
 *   25000 × 7200 × 0.12 ÷ 1000000     = 21.6 kg
 *   12345.678 × 7919.5 = 97771596.921 m³, × 0.7 = 68440117.8447 mg = 68.440118 kg
 *   36500 × <0.02 ÷ 1000              = half of 0.73 = 0.365 kg
 *   36500 × 0.02L                      = the same */
static void test_one_stream(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"减排前", "铅", "废水", "36500", NULL, "0.35", "12.775"},
        {"减排前", "铅", "废水", "36500", NULL, "0.35 μg/L", "0.012775"},
        {"减排前", "汞", "废水", "365.25", NULL, "0.0005", "0.000183"},
        {"减排前", "铅", "废气", "25000", "7200", "0.12", "21.6"},
        {"减排前", "铅", "废气", "12345.678", "7919.5", "0.7", "68.440118"},
        {"减排前", "镉", "废水", "36500", NULL, "<0.02", "0.365"},
        {"减排前", "镉", "废水", "36500", NULL, "0.02L", "0.365"},
        {"减排前", "镉", "废水", "36500", NULL, ">5", ""},
        {"减排前", "镉", "废气", "25000", "", "0.12", ""},
        {"减排前", "镉", "废气", "", "7200", "0.12", ""},
        {"减排前", "镉", "废水", "", NULL, "0.12", ""},
        {"减排前", "镉", "废水", "36500", NULL, "", ""},
        {"减排前", "镉", "废水", "999999999999", NULL, "9000000", ""},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct record stream;
        fill(&rows[i], &stream);
        assert_field(&stream, "load_kg", rows[i].load);
        record_release(&stream);
    }
}

/* Water in mg/L, gas in mg/m³: the gate takes no other dimension. */
static void test_units(void **state)
{
    (void)state;
    struct record stream;
    struct error err = {0};
    record_init(&stream, &reg_emission_stream);
    size_t water = (size_t)reg_field_index(&reg_emission_stream, "water_concentration");
    size_t gas = (size_t)reg_field_index(&reg_emission_stream, "gas_concentration");
    assert_false(record_set_text(&stream, water, "0.12 mg/m³", &typing_lookup, &err));
    assert_false(record_set_text(&stream, gas, "0.12 mg/L", &typing_lookup, &err));
    assert_true(record_set_text(&stream, gas, "120 μg/m³", &typing_lookup, &err));
    record_release(&stream);
}

/* What the streams of a project say. */
static const struct row report[] = {
    {"减排前", "铅", "废水", "36500", NULL, "0.35", NULL},   /* 12.775 */
    {"减排前", "铅", "废气", "25000", "7200", "0.12", NULL}, /* 21.6 */
    {"减排前", "镉", "废水", "36500", NULL, "<0.02", NULL},  /* 0.365 */
    {"减排后", "铅", "废气", "25000", "7200", "0.05", NULL}, /* 9 */
    {"减排后", "镉", "废水", "0", NULL, "0.02", NULL},       /* 0 */
    {"减排后", "汞", "废水", "100", NULL, ">5", NULL},       /* says nothing */
};

static void each(void *context, const struct facts_query *query, facts_visitor *visit, void *data)
{
    (void)context;
    if (strcmp(query->reg, "emission_stream") != 0 || strcmp(query->field, "project") != 0 ||
        strcmp(query->value, "own") != 0)
        return;
    for (size_t i = 0; i < COUNT_OF(report); i++) {
        struct record stream;
        fill(&report[i], &stream);
        visit(data, &stream);
        record_release(&stream);
    }
}

static const struct facts facts = {.each = each};
static const struct calendar calendar = {.count = 0};
static const struct check_context context = {.lookup = &typing_lookup,
                                             .calendar = &calendar,
                                             .facts = &facts,
                                             .campaign = "",
                                             .jurisdiction = ""};

static void begin(struct record *project, const char *basis)
{
    record_init(project, &reg_reduction_project);
    strcpy(project->id, "own");
    type_in(project, "load_basis", basis);
}

static void save(struct record *project, const struct record *before)
{
    record_compute(project, before, &context);
}

/* Before 12.775 + 21.6 = 34.375 of lead and 0.365 of cadmium, after 9 and 0. Nobody has said
 * anything about mercury, chromium and arsenic. */
static void test_streams_fill_what_is_empty(void **state)
{
    (void)state;
    struct record project;
    begin(&project, "核算报告");
    save(&project, NULL);
    assert_field(&project, "before_lead_kg", "34.375");
    assert_field(&project, "before_cadmium_kg", "0.365");
    assert_field(&project, "before_mercury_kg", "");
    assert_field(&project, "before_total_kg", "34.74");
    assert_field(&project, "after_lead_kg", "9");
    assert_field(&project, "after_cadmium_kg", "0");
    assert_field(&project, "after_mercury_kg", "");
    assert_field(&project, "cut_lead_kg", "25.375");
    assert_field(&project, "cut_total_kg", "25.74");
    record_release(&project);
}

static void test_nothing_typed_is_overwritten(void **state)
{
    (void)state;
    struct record project, before;
    begin(&project, "核算报告");
    type_in(&project, "before_arsenic_kg", "1.5");
    save(&project, NULL);
    assert_field(&project, "before_lead_kg", "");
    assert_field(&project, "before_arsenic_kg", "1.5");
    assert_field(&project, "before_total_kg", "1.5");
    assert_field(&project, "after_lead_kg", "9"); /* of the other stage nothing was typed */

    /* Emptied again, the streams fill it and the total follows. */
    record_copy(&before, &project);
    type_in(&project, "before_arsenic_kg", "");
    save(&project, &before);
    assert_field(&project, "before_lead_kg", "34.375");
    assert_field(&project, "before_total_kg", "34.74");
    record_release(&before);
    record_release(&project);
}

/* Permits and assessments are read off, not worked out. */
static void test_other_ways_take_no_streams(void **state)
{
    (void)state;
    static const char *const bases[] = {"许可量差值", "注销许可有效量", "环评差值"};
    for (size_t i = 0; i < COUNT_OF(bases); i++) {
        struct record project;
        begin(&project, bases[i]);
        save(&project, NULL);
        assert_field(&project, "before_total_kg", "");
        record_release(&project);
    }
}

/* The four ways of 12号 三, each to the gram: what was permitted less what is permitted now; the
 * whole of a cancelled permit; the difference of two assessments; the report. */
static void test_four_ways(void **state)
{
    (void)state;
    static const struct {
        const char *basis, *before, *after, *cut;
    } ways[] = {
        {"许可量差值", "98.929", "72.008", "26.921"}, {"注销许可有效量", "120.35", "0", "120.35"},
        {"环评差值", "8.125", "8.124", "0.001"},      {"核算报告", "34.375", "9", "25.375"},
        {"许可量差值", "5", "5.001", "-0.001"},
    };
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        struct record project;
        begin(&project, ways[i].basis);
        type_in(&project, "before_lead_kg", ways[i].before);
        type_in(&project, "after_lead_kg", ways[i].after);
        save(&project, NULL);
        assert_field(&project, "cut_lead_kg", ways[i].cut);
        assert_field(&project, "cut_total_kg", ways[i].cut);
        struct findings findings = {0};
        record_check(&project, &context, &findings);
        bool negative = false;
        for (size_t j = 0; j < findings.count; j++)
            negative = negative || (!findings.items[j].is_gap && findings.items[j].field &&
                                    strcmp(findings.items[j].field, "cut_lead_kg") == 0);
        assert_int_equal(negative, ways[i].cut[0] == '-');
        findings_release(&findings);
        record_release(&project);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_stream),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_streams_fill_what_is_empty),
        cmocka_unit_test(test_nothing_typed_is_overwritten),
        cmocka_unit_test(test_other_ways_take_no_streams),
        cmocka_unit_test(test_four_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
