/* The chain of thallium as it is read from the ledgers of three enterprises. */
#include "core/decimal.h"
#include "db/check.h"
#include "db/trace.h"
#include "fixture.h"

#include <stdio.h>

struct chain {
    char smelter[RECORD_ID_SIZE], recycler[RECORD_ID_SIZE], kiln[RECORD_ID_SIZE];
    char first_flow[RECORD_ID_SIZE];
};

/* A flow of `kg` kilograms in 1000 mg/kg, dry. */
static void add_flow(struct fixture *fixture, const char *enterprise, const char *kg,
                     const char *fields, char id[RECORD_ID_SIZE])
{
    char text[512];
    snprintf(text, sizeof text,
             "enterprise=%s quantity=%s quantity_unit=t basis=干基 thallium_content=1000 "
             "thallium_unit=mg/kg %s",
             enterprise, kg, fields);
    fixture_add(fixture, &reg_material_flow, text, id);
}

/* The chain of tests/core/test_trace.c, told in all the ways in which ledgers tell it. */
static void make_chain(struct fixture *fixture, struct chain *chain)
{
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise,
                "name=示例锌业 former_name=示例锌厂（清远） region=清城区", chain->smelter);
    fixture_add(fixture, &reg_enterprise, "name=示例再生（北江） region=清城区", chain->recycler);
    fixture_add(fixture, &reg_enterprise, "name=示例水泥 region=清城区", chain->kiln);
    add_flow(
        fixture, chain->smelter, "90",
        "period=2026Q1 flow=产出 material_class=烟尘 material=焙烧烟尘 receiver=示例再生（北江）"
        " waste_code=321-014-48 manifest_no=001",
        chain->first_flow);
    add_flow(
        fixture, chain->smelter, "10",
        "period=2026-02 flow=产出 material_class=酸泥 material=酸泥 receiver_name=示例再生(北江)",
        id);
    add_flow(fixture, chain->smelter, "2",
             "period=2026Q1 flow=排放 material_class=废水 material=废水 destination=北江", id);
    add_flow(fixture, chain->smelter, "7",
             "period=2026Q1 flow=产出 material_class=返料 material=返料 destination=自用", id);
    add_flow(fixture, chain->smelter, "5",
             "period=2026Q1 flow=库存期初 material_class=精矿 material=精矿", id);
    add_flow(fixture, chain->recycler, "97.5",
             "period=2026Q1 flow=投入 material_class=返料 material=烟尘 supplier=示例锌厂(清远)",
             id);
    add_flow(fixture, chain->recycler, "60",
             "period=2026Q1 flow=产出 material_class=废渣 material=窑渣 receiver=示例水泥", id);
    add_flow(fixture, chain->recycler, "10",
             "period=2026Q1 flow=产出 material_class=废渣 material=炉渣 destination=填埋场", id);
    add_flow(fixture, chain->kiln, "20",
             "period=2026Q1 flow=产出 material_class=烟尘 material=窑灰 receiver=示例再生（北江）",
             id);
    add_flow(fixture, chain->kiln, "40",
             "period=2026Q1 flow=产出 material_class=主产品 material=熟料", id);
    add_flow(fixture, chain->kiln, "20",
             "period=2026Q1 flow=投入 material_class=矿石原料 material=石灰石 supplier=示例石场",
             id);
}

static void load(struct fixture *fixture, const char *text, struct trace *trace)
{
    struct period period;
    assert_true(period_parse(text, &period));
    assert_ok(trace_load(trace, fixture->store, period, err));
}

static const struct trace_link *link_between(const struct trace *trace, const char *from,
                                             const char *to)
{
    for (size_t i = 0; i < trace->link_count; i++)
        if (strcmp(trace->nodes[trace->links[i].from].name, from) == 0 &&
            strcmp(trace->nodes[trace->links[i].to].name, to) == 0)
            return &trace->links[i];
    fail_msg("nothing goes from %s to %s", from, to);
    return NULL;
}

static void expect_kg(int64_t actual, const char *expected)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(actual, TRACE_SCALE, text);
    assert_string_equal(text, expected);
}

static void ledgers_become_a_chain(void **state)
{
    struct fixture *fixture = *state;
    struct chain chain;
    struct trace trace;
    struct trace_walk walk;
    struct buffer text = {0};
    make_chain(fixture, &chain);
    load(fixture, "2026", &trace);
    const struct trace_link *link = link_between(&trace, "示例锌业", "示例再生（北江）");
    expect_kg(link->kg, "100");
    expect_kg(link->booked_kg, "97.5");
    assert_int_equal(link->edge_count, 2);
    const struct trace_edge *edge = &trace.edges[link->first_edge];
    assert_string_equal(edge->material, "烟尘");
    assert_string_equal(trace_row_id(&trace, edge->first_row), chain.first_flow);
    trace_write_waste_codes(&trace, edge, &text);
    buffer_add(&text, " ");
    trace_write_manifests(&trace, edge, &text);
    assert_string_equal(text.text, "321-014-48 001");
    assert_int_equal(trace.nodes[link_between(&trace, "示例锌业", "北江")->to].kind, TRACE_WATER);
    assert_int_equal(trace.nodes[link_between(&trace, "示例再生（北江）", "填埋场")->to].kind,
                     TRACE_PLACE);
    assert_int_equal(trace.nodes[link_between(&trace, "示例水泥", "去向未写明")->to].kind,
                     TRACE_UNKNOWN);
    assert_int_equal(trace.nodes[link_between(&trace, "示例石场", "示例水泥")->from].kind,
                     TRACE_OUTSIDE);
    expect_kg(link_between(&trace, "示例锌业", "示例锌业")->kg, "7");
    trace_walk(&trace, trace_find(&trace, TRACE_ENTERPRISE, chain.smelter), &walk);
    expect_kg(walk.left_kg, "102");
    expect_kg(walk.places[trace_find(&trace, TRACE_ENTERPRISE, chain.recycler)].attributed_kg,
              "47.619047");
    expect_kg(walk.places[trace_find(&trace, TRACE_ENTERPRISE, chain.kiln)].attributed_kg,
              "14.285714");
    assert_int_equal(walk.cycles, 2);
    trace_walk_release(&walk);
    buffer_release(&text);
    trace_release(&trace);
}

static void a_row_counts_when_its_period_lies_within(void **state)
{
    struct fixture *fixture = *state;
    struct chain chain;
    struct trace trace;
    make_chain(fixture, &chain);
    load(fixture, "2026Q1", &trace);
    expect_kg(link_between(&trace, "示例锌业", "示例再生（北江）")->kg, "100");
    trace_release(&trace);
    load(fixture, "2026-02", &trace);
    expect_kg(link_between(&trace, "示例锌业", "示例再生（北江）")->kg, "10");
    assert_int_equal(trace.link_count, 1);
    trace_release(&trace);
    load(fixture, "2026H2", &trace);
    assert_int_equal(trace.node_count, 0);
    trace_release(&trace);
    load(fixture, "2025", &trace);
    assert_int_equal(trace.node_count, 0);
    trace_release(&trace);
    fixture_remove(fixture, &reg_material_flow, chain.first_flow);
    load(fixture, "2026", &trace);
    expect_kg(link_between(&trace, "示例锌业", "示例再生（北江）")->kg, "10");
    trace_release(&trace);
}

/* Two of one name: nobody knows which one is meant. */
static void a_name_of_two_is_nobody_s(void **state)
{
    struct fixture *fixture = *state;
    struct chain chain;
    struct trace trace;
    char id[RECORD_ID_SIZE];
    make_chain(fixture, &chain);
    fixture_add(fixture, &reg_enterprise, "name=示例锌厂（清远） region=清新区", id);
    load(fixture, "2026", &trace);
    expect_kg(link_between(&trace, "示例锌业", "示例再生（北江）")->booked_kg, "0");
    const struct trace_link *link = link_between(&trace, "示例锌厂(清远)", "示例再生（北江）");
    assert_true(link->is_booked_only);
    assert_int_equal(trace.nodes[link->from].kind, TRACE_OUTSIDE);
    trace_release(&trace);
}

static void what_is_not_measured_is_an_edge(void **state)
{
    struct fixture *fixture = *state;
    struct trace trace;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=示例锌业 region=清城区", id);
    fixture_add(fixture, &reg_material_flow,
                "enterprise=示例锌业 period=2026 flow=排放 material_class=废水 material=废水 "
                "destination=园区污水处理厂",
                id);
    load(fixture, "2026", &trace);
    assert_int_equal(trace.edge_count, 1);
    assert_int_equal(trace.edges[0].unknown_count, 1);
    /* A sewage works is no river. */
    assert_int_equal(trace.nodes[trace.links[0].to].kind, TRACE_PLACE);
    trace_release(&trace);
}

static void periods_that_there_are(void **state)
{
    static const char *const expected[] = {"2026", "2026Q1", "2026-02", "2025", "2025H2"};
    struct fixture *fixture = *state;
    struct chain chain;
    struct period *periods;
    size_t count;
    char id[RECORD_ID_SIZE];
    make_chain(fixture, &chain);
    add_flow(fixture, chain.kiln, "1", "period=2025H2 flow=产出 material_class=废渣 material=渣",
             id);
    assert_ok(trace_periods(fixture->store, NULL, &periods, &count, err));
    assert_int_equal(count, COUNT_OF(expected));
    for (size_t i = 0; i < count; i++) {
        char text[PERIOD_TEXT_SIZE];
        period_format(periods[i], text);
        assert_string_equal(text, expected[i]);
    }
    free(periods);
    assert_ok(trace_periods(fixture->store, chain.recycler, &periods, &count, err));
    assert_int_equal(count, 2);
    free(periods);
    assert_ok(trace_periods(fixture->store, "nobody", &periods, &count, err));
    assert_int_equal(count, 0);
    free(periods);
}

static void add_group(void *context, const struct check_group *group)
{
    *(int64_t *)context += group->count;
}

static int64_t count_findings(struct fixture *fixture, const char *rule)
{
    const struct check_filter filter = {.rule = rule};
    int64_t records = 1, registers_waiting = 0, count = 0;
    bool more;
    while (records + registers_waiting) {
        assert_ok(check_catch_up(fixture->store, 1000, &more, err));
        assert_ok(check_waiting(fixture->store, &records, &registers_waiting, err));
    }
    assert_ok(check_groups(fixture->store, &filter, add_group, &count, err));
    return count;
}

/* The rule is asked again when the other ledger changes. */
static void a_receiver_that_books_nothing_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct chain chain;
    char id[RECORD_ID_SIZE];
    make_chain(fixture, &chain);
    /* 60 kg to the kiln, 20 kg back: neither ledger shows the input. */
    assert_int_equal(count_findings(fixture, "V83"), 2);
    add_flow(fixture, chain.kiln, "59",
             "period=2026Q1 flow=投入 material_class=废渣 material=窑渣 supplier=示例再生（北江）",
             id);
    assert_int_equal(count_findings(fixture, "V83"), 1);
    fixture_change(fixture, &reg_enterprise, chain.recycler, "name=示例再生资源");
    assert_int_equal(count_findings(fixture, "V83"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(ledgers_become_a_chain),
        fixture_test(a_row_counts_when_its_period_lies_within),
        fixture_test(a_name_of_two_is_nobody_s),
        fixture_test(what_is_not_measured_is_an_edge),
        fixture_test(periods_that_there_are),
        fixture_test(a_receiver_that_books_nothing_is_told),
    };
    return fixture_run(tests);
}
