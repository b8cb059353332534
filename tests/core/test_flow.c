/* The thallium in one flow: every unit, wet and dry, and what is below the detection limit. */
#include "core/facts.h"
#include "core/flow.h"
#include "core/registers.h"
#include "tests/core/typing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static const char *lod_rule; /* the parameter; NULL: there is none */

static void show_parameter(void *context, const struct facts_query *query, facts_visitor *visit,
                           void *data)
{
    (void)context;
    if (!lod_rule || strcmp(query->reg, "parameter") != 0 ||
        strcmp(query->value, "balance_lod") != 0)
        return;
    struct record record;
    record_init(&record, reg_find("parameter"));
    value_set_text(record_value_for_change(&record, "value"), lod_rule);
    visit(data, &record);
    record_release(&record);
}

static const struct facts facts = {.each = show_parameter};
static const struct calendar calendar;
static const struct check_context desk = {.lookup = &typing_lookup,
                                          .calendar = &calendar,
                                          .facts = &facts,
                                          .campaign = "",
                                          .jurisdiction = ""};

/* How a row is written, and what is worked out from it: kg, or why not. */
struct row {
    const char *quantity, *unit, *basis, *moisture, *content, *content_unit, *limit;
    const char *kg, *gap;
};

static void work_out(const struct row *row, struct record *record)
{
    record_init(record, &reg_material_flow);
    type_in(record, "quantity", row->quantity);
    type_in(record, "quantity_unit", row->unit);
    type_in(record, "basis", row->basis);
    type_in(record, "moisture_percent", row->moisture);
    type_in(record, "thallium_content", row->content);
    type_in(record, "thallium_unit", row->content_unit);
    type_in(record, "detection_limit", row->limit ? row->limit : "");
    record_derive(record, NULL);
    record_conclude(record, &desk);
}

static void assert_row(const struct row *row)
{
    struct record record;
    work_out(row, &record);
    assert_field(&record, "thallium_kg", row->kg);
    assert_field(&record, "thallium_gap", row->gap ? row->gap : "");
    record_release(&record);
}

#define ASSERT_ROW(...) assert_row(&(const struct row){__VA_ARGS__})

static void test_scales(void **state)
{
    (void)state;
    static const struct {
        const char *field;
        int scale;
    } fields[] = {{"quantity", FLOW_MASS_SCALE},
                  {"dry_quantity", FLOW_MASS_SCALE},
                  {"thallium_kg", FLOW_KG_SCALE},
                  {"thallium_lod_kg", FLOW_KG_SCALE}};
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        assert_int_equal(reg_field_find(&reg_material_flow, fields[i].field)->scale,
                         fields[i].scale);
}

static void test_solids(void **state)
{
    (void)state;
    ASSERT_ROW("11500", "t", "干基", "", "38.5", "mg/kg", .kg = "442.75");
    ASSERT_ROW("11500", "t", "湿基", "8.5", "38.5", "mg/kg", .kg = "405.11625");
    ASSERT_ROW("11500", "t", "湿基", "0", "38.5", "mg/kg", .kg = "442.75");
    ASSERT_ROW("11500", "t", "湿基", "100", "38.5", "mg/kg", .kg = "0");
    /* Of a dry weight the moisture is gone already. */
    ASSERT_ROW("11500", "t", "干基", "8.5", "38.5", "g/t", .kg = "442.75");
    ASSERT_ROW("2", "t", "干基", "", "0.05", "%", .kg = "1");
    ASSERT_ROW("2", "t", "干基", "", "0.5", "g/kg", .kg = "1");
    ASSERT_ROW("2000", "t", "干基", "", "500", "μg/kg", .kg = "1");
    ASSERT_ROW("0.001", "t", "湿基", "33.33", "500", "μg/kg", .kg = "0"); /* 0.00000033 kg */
    ASSERT_ROW("0.001", "t", "湿基", "0", "500", "μg/kg", .kg = "0.000001");
}

static void test_water_and_gas(void **state)
{
    (void)state;
    ASSERT_ROW("226300", "m³", "", "", "0.0042", "mg/L", .kg = "0.95046");
    ASSERT_ROW("226300", "m³", "", "", "4.2", "μg/L", .kg = "0.95046");
    ASSERT_ROW("226300", "m³", "", "", "4200", "ng/L", .kg = "0.95046");
    ASSERT_ROW("226300", "m³", "", "", "0.0000042", "g/L", .kg = "0.95046");
    ASSERT_ROW("226300", "m³", "湿基", "", "4.2 μg/L", "", .kg = "0.95046");
    ASSERT_ROW("302400000", "Nm³", "", "", "0.05", "mg/m³", .kg = "15.12");
    ASSERT_ROW("302400000", "Nm³", "", "", "50", "μg/m³", .kg = "15.12");
}

static void test_gaps(void **state)
{
    (void)state;
    ASSERT_ROW("", "t", "干基", "", "38.5", "mg/kg", .kg = "", .gap = "缺数量");
    ASSERT_ROW("5", "", "干基", "", "38.5", "mg/kg", .kg = "", .gap = "缺数量");
    ASSERT_ROW("5", "t", "干基", "", "", "mg/kg", .kg = "", .gap = "没有检测");
    ASSERT_ROW("5", "t", "干基", "", "38.5", "", .kg = "", .gap = "缺含量单位");
    ASSERT_ROW("5", "m³", "", "", ">1", "mg/L", .kg = "", .gap = "超出测定上限");
    ASSERT_ROW("5", "t", "", "8.5", "38.5", "mg/kg", .kg = "", .gap = "缺计量基准");
    ASSERT_ROW("5", "t", "湿基", "", "38.5", "mg/kg", .kg = "", .gap = "缺含水率");
    ASSERT_ROW("5", "t", "湿基", "", "<0.02", "mg/kg", .kg = "", .gap = "缺含水率");
    ASSERT_ROW("5", "t", "湿基", "100.01", "38.5", "mg/kg", .kg = "", .gap = "缺含水率");
    ASSERT_ROW("5", "t", "干基", "", "0.005", "mg/L", .kg = "", .gap = "单位对不上");
    ASSERT_ROW("5", "m³", "", "", "38.5", "mg/kg", .kg = "", .gap = "单位对不上");
    ASSERT_ROW("5", "m³", "", "", "0.05", "mg/m³", .kg = "", .gap = "单位对不上");
    ASSERT_ROW("5", "Nm³", "", "", "0.05", "mg/L", .kg = "", .gap = "单位对不上");
    ASSERT_ROW("999999999999", "t", "干基", "", "100", "%", .kg = "", .gap = "数值过大");
}

static void assert_lod(const char *rule, const char *content, const char *limit, const char *kg,
                       const char *lod_kg)
{
    struct record record;
    lod_rule = rule;
    work_out(&(const struct row){"1000", "t", "湿基", "20", content, "mg/kg", limit, .kg = NULL},
             &record);
    assert_field(&record, "thallium_kg", kg);
    assert_field(&record, "thallium_lod_kg", lod_kg);
    assert_field(&record, "dry_quantity", "800");
    record_release(&record);
    lod_rule = NULL;
}

/* 800 t dry at 0.1 mg/kg are 0.08 kg. */
static void test_below_the_limit(void **state)
{
    (void)state;
    assert_lod("0", "<0.1", "", "0", "0.08");
    assert_lod("LOD/2", "<0.1", "", "0.04", "0.08");
    assert_lod("LOD", "<0.1", "", "0.08", "0.08");
    assert_lod(NULL, "<0.1", "", "0.04", "0.08");
    assert_lod("一半", "<0.1", "", "0.04", "0.08");
    assert_lod("lod", "<0.1", "", "0.08", "0.08");
    /* What the report says comes before what the method could do. */
    assert_lod("LOD", "<0.1", "0.5", "0.08", "0.08");
    /* A number below the limit is no result, whatever it is. */
    assert_lod("LOD", "0", "0.1", "0.08", "0.08");
    assert_lod("LOD/2", "0.05", "100 μg/kg", "0.04", "0.08");
    assert_lod("0", "0.1", "0.1", "0.08", "");
    assert_lod("0", "0", "", "0", "");
}

/* The policy changes: the row follows when it is concluded again, and nothing else does. */
static void test_policy_changes(void **state)
{
    (void)state;
    struct record record;
    lod_rule = "0";
    work_out(&(const struct row){"0.003", "t", "干基", "", "<1", "mg/kg", .kg = NULL}, &record);
    assert_field(&record, "thallium_lod_kg", "0.000003");
    lod_rule = "LOD/2";
    record_conclude(&record, &desk);
    assert_field(&record, "thallium_kg", "0.000002"); /* half a milligram is rounded up */
    lod_rule = NULL;
    type_in(&record, "thallium_content", "5");
    record_conclude(&record, &desk);
    assert_field(&record, "thallium_kg", "0.000015");
    assert_field(&record, "thallium_lod_kg", "");
    record_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scales),          cmocka_unit_test(test_solids),
        cmocka_unit_test(test_water_and_gas),   cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_below_the_limit), cmocka_unit_test(test_policy_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
