#include "core/decimal.h"
#include "core/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int64_t kg(const char *text)
{
    int64_t scaled;
    struct error err = {0};
    if (!decimal_parse(text, TRACE_SCALE, &scaled, &err))
        fail_msg("%s", err.message);
    return scaled;
}

static size_t enterprise(struct trace *trace, const char *name)
{
    return trace_node(trace, TRACE_ENTERPRISE, name, name);
}

static size_t place(struct trace *trace, const char *name)
{
    return trace_node(trace, TRACE_PLACE, name, name);
}

static void send(struct trace *trace, size_t from, size_t to, const char *material,
                 const char *mass)
{
    char id[64];
    snprintf(id, sizeof id, "%zu-%zu-%s", from, to, material);
    trace_send(
        trace, from, to,
        &(struct trace_entry){.id = id, .material = material, .kg = kg(mass), .is_known = true});
}

static void book(struct trace *trace, size_t from, size_t to, const char *mass)
{
    trace_book(trace, from, to,
               &(struct trace_entry){
                   .id = "booked", .material = "返料", .kg = kg(mass), .is_known = true});
}

static void seal(struct trace *trace)
{
    struct error err = {0};
    if (!trace_seal(trace, &err))
        fail_msg("%s", err.message);
}

static void expect_kg(int64_t actual, const char *expected)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format_fixed(actual, TRACE_SCALE, text);
    assert_string_equal(text, expected);
}

static const struct trace_link *link_of(const struct trace *trace, size_t from, size_t to)
{
    for (size_t i = 0; i < trace->link_count; i++)
        if (trace->links[i].from == from && trace->links[i].to == to)
            return &trace->links[i];
    fail_msg("no link %zu-%zu", from, to);
    return NULL;
}

/* Three enterprises; B sends ash to C, C sends some of it back.
 *
 *     A -> B 100     A -> river 2
 *     B -> C 60      B -> kiln 10
 *     C -> B 20      C -> landfill 40     C buys 20 from outside
 *
 * To B come 100 + 20 = 120, of which 60/120 go to C, 10/120 to the kiln, 50/120 stay.
 * To C come 60 + 20 = 80, of which 20/80 go back, 40/80 to the landfill, 20/80 stay.
 * Of A's thallium b comes to B and c to C: b = 100 + c/4, c = b/2, so b = 800/7, c = 400/7.
 *
 *     B     800/7 * 50/120 = 333.3/7 = 47.619048      kiln  800/7 * 10/120 =  9.523810
 *     C     400/7 * 20/80  = 100/7   = 14.285714      landfill 400/7 / 2   = 28.571429
 *     river 2                                         together 102.000000 */
struct three {
    struct trace trace;
    size_t a, b, c, kiln, river, landfill, outside;
};

static void begin_three(struct three *three)
{
    struct trace *trace = &three->trace;
    trace_init(trace);
    three->a = enterprise(trace, "甲");
    three->b = enterprise(trace, "乙");
    three->c = enterprise(trace, "丙");
    three->kiln = place(trace, "水泥窑");
    three->landfill = place(trace, "填埋场");
    three->river = trace_node(trace, TRACE_WATER, "北江", "北江");
    three->outside = trace_node(trace, TRACE_OUTSIDE, "丁", "丁");
    send(trace, three->a, three->b, "烟尘", "70");
    send(trace, three->a, three->b, "烟尘", "20");
    send(trace, three->a, three->b, "酸泥", "10");
    send(trace, three->a, three->river, "废水", "2");
    send(trace, three->b, three->c, "废渣", "60");
    send(trace, three->b, three->kiln, "废渣", "10");
    send(trace, three->c, three->b, "烟尘", "20");
    send(trace, three->c, three->landfill, "废渣", "40");
    book(trace, three->outside, three->c, "20");
    book(trace, three->a, three->b, "97.5");
    seal(trace);
}

static void three_enterprises_with_a_return_stream(void **state)
{
    (void)state;
    struct three three;
    struct trace_walk walk;
    begin_three(&three);
    trace_walk(&three.trace, three.a, &walk);
    expect_kg(walk.left_kg, "102.000000");
    expect_kg(walk.places[three.a].attributed_kg, "0.000000");
    expect_kg(walk.places[three.b].attributed_kg, "47.619047");
    expect_kg(walk.places[three.c].attributed_kg, "14.285714");
    expect_kg(walk.places[three.kiln].attributed_kg, "9.523810");
    expect_kg(walk.places[three.landfill].attributed_kg, "28.571429");
    expect_kg(walk.places[three.river].attributed_kg, "2.000000");
    assert_int_equal(walk.cycles, 1);
    assert_int_equal(walk.step_count, 6);
    assert_int_equal(walk.down_count, 6);
    expect_kg(walk.places[three.b].received_kg, "120.000000");
    assert_int_equal(walk.places[three.c].layer, 2);
    assert_int_equal(walk.places[three.landfill].layer, 3);
    assert_false(walk.places[three.outside].is_shown);
    expect_kg(trace_ended(&three.trace, &walk, three.b), "50.000000");
    expect_kg(trace_ended(&three.trace, &walk, three.landfill), "40.000000");
    trace_walk_release(&walk);
    trace_release(&three.trace);
}

/* Seen from C its supplier and A lie upstream; B, to which it sends and from which it gets,
 * downstream. What B gives back to C has come back to the start. */
static void the_same_chain_from_its_end(void **state)
{
    (void)state;
    struct three three;
    struct trace_walk walk;
    begin_three(&three);
    trace_walk(&three.trace, three.c, &walk);
    /* 40 to the landfill; of the 20 to B 60/120 come back, 10/120 go to the kiln, 50/120 stay. */
    expect_kg(walk.left_kg, "60.000000");
    expect_kg(walk.places[three.landfill].attributed_kg, "40.000000");
    expect_kg(walk.places[three.c].attributed_kg, "10.000000");
    expect_kg(walk.places[three.kiln].attributed_kg, "1.666667");
    expect_kg(walk.places[three.b].attributed_kg, "8.333333");
    assert_int_equal(walk.cycles, 1);
    assert_int_equal(walk.places[three.b].layer, 1);
    assert_int_equal(walk.places[three.outside].layer, -1);
    /* A sends to B, and B to C: it is a source although B lies downstream as well. */
    assert_true(walk.places[three.a].is_upstream);
    assert_int_equal(walk.places[three.a].layer, -1);
    assert_int_equal(walk.step_count - walk.down_count, 2);
    trace_walk_release(&walk);
    trace_walk(&three.trace, three.landfill, &walk);
    assert_int_equal(walk.down_count, 0);
    assert_int_equal(walk.step_count, 5);
    assert_int_equal(walk.places[three.a].layer, -3);
    expect_kg(walk.left_kg, "0.000000");
    trace_walk_release(&walk);
    trace_release(&three.trace);
}

static void entries_of_one_class_are_one_edge(void **state)
{
    (void)state;
    struct three three;
    struct buffer text = {0};
    begin_three(&three);
    const struct trace_link *link = link_of(&three.trace, three.a, three.b);
    assert_int_equal(link->edge_count, 2);
    const struct trace_edge *edge = &three.trace.edges[link->first_edge];
    assert_string_equal(edge->material, "烟尘");
    expect_kg(edge->kg, "90.000000");
    assert_int_equal(edge->row_count, 2);
    assert_string_equal(trace_row_id(&three.trace, edge->first_row), "0-1-烟尘");
    expect_kg(edge[1].kg, "10.000000");
    buffer_release(&text);
    trace_release(&three.trace);
}

static void both_ledgers_are_compared(void **state)
{
    (void)state;
    struct three three;
    int64_t difference;
    begin_three(&three);
    assert_true(
        trace_difference(&three.trace, link_of(&three.trace, three.a, three.b), &difference));
    expect_kg(difference, "2.500000");
    /* C's ledger does not show the ash at all. */
    assert_true(
        trace_difference(&three.trace, link_of(&three.trace, three.b, three.c), &difference));
    expect_kg(difference, "60.000000");
    assert_false(
        trace_difference(&three.trace, link_of(&three.trace, three.b, three.kiln), &difference));
    const struct trace_link *bought = link_of(&three.trace, three.outside, three.c);
    assert_true(bought->is_booked_only);
    assert_false(trace_difference(&three.trace, bought, &difference));
    expect_kg(three.trace.nodes[three.c].input_kg, "20.000000");
    expect_kg(three.trace.nodes[three.a].discharged_kg, "2.000000");
    trace_release(&three.trace);
}

static void what_is_used_again_has_not_left(void **state)
{
    (void)state;
    struct trace trace;
    struct trace_walk walk;
    trace_init(&trace);
    size_t a = enterprise(&trace, "甲"), b = enterprise(&trace, "乙");
    send(&trace, a, a, "返料", "50");
    send(&trace, a, b, "烟尘", "8");
    /* Half of what B holds goes round in it, and B books that as input from itself. */
    send(&trace, b, b, "返料", "8");
    book(&trace, b, b, "8");
    send(&trace, b, place(&trace, "外售"), "副产品", "2");
    seal(&trace);
    trace_walk(&trace, a, &walk);
    expect_kg(walk.left_kg, "8.000000");
    expect_kg(walk.places[b].attributed_kg, "6.000000");
    expect_kg(trace.nodes[b].input_kg, "0.000000");
    assert_int_equal(walk.cycles, 2);
    assert_int_equal(walk.step_count, 4);
    trace_walk_release(&walk);
    trace_release(&trace);
}

static void unknown_masses_are_counted_not_guessed(void **state)
{
    (void)state;
    struct trace trace;
    struct buffer text = {0};
    trace_init(&trace);
    size_t a = enterprise(&trace, "甲"), b = enterprise(&trace, "乙");
    trace_send(&trace, a, b,
               &(struct trace_entry){.id = "1",
                                     .material = "烟尘",
                                     .waste_code = "321-014-48",
                                     .manifest_no = "001",
                                     .kg = kg("3"),
                                     .is_known = true});
    trace_send(
        &trace, a, b,
        &(struct trace_entry){
            .id = "2", .material = "烟尘", .waste_code = "321-014-48", .manifest_no = "0012"});
    trace_send(
        &trace, a, b,
        &(struct trace_entry){
            .id = "3", .material = "烟尘", .manifest_no = "001", .kg = -kg("3"), .is_known = true});
    seal(&trace);
    assert_int_equal(trace.edge_count, 1);
    expect_kg(trace.edges[0].kg, "3.000000");
    assert_int_equal(trace.edges[0].row_count, 3);
    assert_int_equal(trace.edges[0].unknown_count, 2);
    trace_write_waste_codes(&trace, trace.edges, &text);
    assert_string_equal(text.text, "321-014-48");
    buffer_clear(&text);
    trace_write_manifests(&trace, trace.edges, &text);
    assert_string_equal(text.text, "001、0012");
    buffer_release(&text);
    trace_release(&trace);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    struct trace trace;
    struct error err = {0};
    trace_init(&trace);
    size_t a = enterprise(&trace, "甲"), b = enterprise(&trace, "乙");
    const struct trace_entry huge = {
        .id = "1", .material = "烟尘", .kg = INT64_MAX / 2, .is_known = true};
    trace_send(&trace, a, b, &huge);
    trace_send(&trace, a, b, &huge);
    trace_send(&trace, b, a, &huge);
    assert_false(trace_seal(&trace, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_non_null(strstr(err.message, "请核对物料台账里的数量和铊含量的单位"));
    trace_release(&trace);
}

/* The largest masses that are accepted, round a circle that keeps almost nothing. */
static void a_tight_circle_ends(void **state)
{
    (void)state;
    struct trace trace;
    struct trace_walk walk;
    trace_init(&trace);
    size_t a = enterprise(&trace, "甲"), b = enterprise(&trace, "乙"), c = enterprise(&trace, "丙");
    size_t river = place(&trace, "河"), kiln = place(&trace, "窑");
    send(&trace, a, b, "烟尘", "1000");
    send(&trace, b, c, "烟尘", "2000000999000");
    send(&trace, c, b, "烟尘", "2000000998000");
    send(&trace, c, kiln, "烟尘", "750");
    send(&trace, c, river, "烟尘", "250");
    seal(&trace);
    trace_walk(&trace, a, &walk);
    expect_kg(walk.left_kg, "1000.000000");
    int64_t sum = 0;
    for (size_t i = 0; i < trace.node_count; i++)
        sum += walk.places[i].attributed_kg;
    expect_kg(sum, "1000.000000");
    /* B and C keep next to nothing: three quarters end in the kiln. */
    assert_true(llabs(walk.places[kiln].attributed_kg - kg("750")) <= kg("0.001"));
    assert_true(llabs(walk.places[river].attributed_kg - kg("250")) <= kg("0.001"));
    trace_walk_release(&walk);
    trace_release(&trace);
}

static void a_very_long_chain(void **state)
{
    (void)state;
    enum { LENGTH = 100000 };
    struct trace trace;
    struct trace_walk walk;
    char name[32];
    trace_init(&trace);
    size_t former = enterprise(&trace, "0");
    for (int i = 1; i < LENGTH; i++) {
        snprintf(name, sizeof name, "%d", i);
        size_t next = enterprise(&trace, name);
        send(&trace, former, next, "废渣", "1");
        former = next;
    }
    send(&trace, former, trace_find(&trace, TRACE_ENTERPRISE, "0"), "返料", "0.25");
    seal(&trace);
    trace_walk(&trace, trace_find(&trace, TRACE_ENTERPRISE, "0"), &walk);
    assert_int_equal(walk.step_count, LENGTH);
    assert_int_equal(walk.places[former].layer, LENGTH - 1);
    expect_kg(walk.places[former].attributed_kg, "0.750000");
    expect_kg(walk.places[walk.start].attributed_kg, "0.250000");
    trace_walk_release(&walk);
    trace_release(&trace);
}

/* ---- any graph ---- */

static uint64_t random_state = 88172645463325252u;

static uint64_t draw(uint64_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state % below;
}

enum { MOST = 14 };

/* A graph as a matrix of milligrams, and as a trace. */
struct sketch {
    size_t count;
    int64_t mass[MOST][MOST], bought[MOST];
    bool is_linked[MOST][MOST];
    struct trace trace;
};

static void make_sketch(struct sketch *sketch)
{
    char name[32];
    *sketch = (struct sketch){.count = 2 + (size_t)draw(MOST - 1)};
    trace_init(&sketch->trace);
    for (size_t i = 0; i < sketch->count; i++) {
        snprintf(name, sizeof name, "%zu", i);
        enterprise(&sketch->trace, name);
    }
    for (uint64_t n = draw(sketch->count * 4); n > 0; n--) {
        size_t from = (size_t)draw(sketch->count), to = (size_t)draw(sketch->count);
        const struct trace_entry entry = {
            .id = "x",
            .material = draw(2) ? "烟尘" : "废渣",
            .kg = (int64_t)draw(draw(3) ? 1000000000 : 3),
            .is_known = true,
        };
        trace_send(&sketch->trace, from, to, &entry);
        sketch->mass[from][to] += entry.kg;
        sketch->is_linked[from][to] = true;
    }
    for (size_t i = 0; i < sketch->count; i++) {
        const struct trace_entry entry = {
            .id = "y", .kg = draw(2) ? (int64_t)draw(1000000000) : 0, .is_known = true};
        trace_book(&sketch->trace, TRACE_NOBODY, i, &entry);
        sketch->bought[i] = entry.kg;
    }
    seal(&sketch->trace);
}

static void mark_reachable(const struct sketch *sketch, size_t from, bool down, bool *reached)
{
    reached[from] = true;
    for (size_t i = 0; i < sketch->count; i++)
        if (!reached[i] && (down ? sketch->is_linked[from][i] : sketch->is_linked[i][from]))
            mark_reachable(sketch, i, down, reached);
}

static void check_steps(const struct sketch *sketch, const struct trace_walk *walk)
{
    bool down[MOST] = {false}, up[MOST] = {false};
    int seen[MOST][MOST] = {{0}};
    mark_reachable(sketch, walk->start, true, down);
    mark_reachable(sketch, walk->start, false, up);
    for (size_t i = 0; i < walk->step_count; i++) {
        const struct trace_link *link = &sketch->trace.links[walk->steps[i].link];
        seen[link->from][link->to]++;
        if (!walk->steps[i].is_return)
            assert_true(walk->places[link->to].layer > walk->places[link->from].layer);
    }
    for (size_t i = 0; i < sketch->count; i++) {
        assert_int_equal(walk->places[i].is_shown, down[i] || up[i]);
        for (size_t j = 0; j < sketch->count; j++) {
            bool belongs = down[i] || up[j];
            assert_int_equal(seen[i][j], sketch->is_linked[i][j] && belongs);
        }
    }
}

static long double larger(long double a, long double b)
{
    return a > b ? a : b;
}

static bool is_nothing(long double a)
{
    return a < 1e-15L && a > -1e-15L;
}

/* The masses that come to each node, by elimination; in milligrams. */
static void solve(const struct sketch *sketch, size_t start, const long double *through,
                  long double *arrived)
{
    long double row[MOST][MOST + 1] = {{0}};
    size_t n = sketch->count;
    for (size_t to = 0; to < n; to++) {
        row[to][to] = 1;
        for (size_t from = 0; from < n; from++) {
            if (from == to)
                continue;
            if (from == start)
                row[to][n] += (long double)sketch->mass[from][to];
            else if (through[from] > 0)
                row[to][from] -= (long double)sketch->mass[from][to] / through[from];
        }
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            /* A closed circle that nothing enters has no pivot, and holds nothing. */
            if (j == i || is_nothing(row[i][i]))
                continue;
            long double factor = row[j][i] / row[i][i];
            for (size_t k = 0; k <= n; k++)
                row[j][k] -= factor * row[i][k];
        }
    for (size_t i = 0; i < n; i++)
        arrived[i] = is_nothing(row[i][i]) ? 0 : row[i][n] / row[i][i];
}

static void check_attribution(const struct sketch *sketch, const struct trace_walk *walk)
{
    long double through[MOST] = {0}, out[MOST] = {0}, arrived[MOST];
    int64_t sum = 0;
    for (size_t i = 0; i < sketch->count; i++) {
        long double in = 0;
        for (size_t j = 0; j < sketch->count; j++) {
            in += i == j ? 0 : (long double)sketch->mass[j][i];
            out[i] += i == j ? 0 : (long double)sketch->mass[i][j];
        }
        assert_int_equal(sketch->trace.nodes[i].in_kg, (int64_t)in);
        assert_int_equal(sketch->trace.nodes[i].out_kg, (int64_t)out[i]);
        through[i] = larger(larger(in, (long double)sketch->bought[i]), out[i]);
    }
    solve(sketch, walk->start, through, arrived);
    for (size_t i = 0; i < sketch->count; i++) {
        bool is_start = i == walk->start;
        long double stays =
            is_start || through[i] == 0 ? arrived[i] : arrived[i] * (1 - out[i] / through[i]);
        sum += walk->places[i].attributed_kg;
        stays -= (long double)walk->places[i].attributed_kg;
        if (stays > 3 || stays < -3)
            fail_msg("node %zu: %Lf mg too little", i, stays);
    }
    assert_int_equal(sum, walk->left_kg);
    assert_int_equal(walk->left_kg, sketch->trace.nodes[walk->start].out_kg);
}

static void any_graph(void **state)
{
    (void)state;
    enum { TIMES = 5000 };
    size_t cycles = 0;
    for (int i = 0; i < TIMES; i++) {
        struct sketch sketch;
        struct trace_walk walk;
        make_sketch(&sketch);
        trace_walk(&sketch.trace, (size_t)draw(sketch.count), &walk);
        check_steps(&sketch, &walk);
        check_attribution(&sketch, &walk);
        cycles += walk.cycles;
        trace_walk_release(&walk);
        trace_release(&sketch.trace);
    }
    assert_true(cycles > TIMES);
}

static void what_stays_is_told_by_its_destination(void **state)
{
    (void)state;
    assert_true(trace_stays("厂内渣库贮存"));
    assert_true(trace_stays("自用炼钢"));
    assert_false(trace_stays("自用、外售"));
    assert_false(trace_stays("外售"));
    assert_false(trace_stays("委托处置"));
    assert_false(trace_stays(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_enterprises_with_a_return_stream),
        cmocka_unit_test(the_same_chain_from_its_end),
        cmocka_unit_test(entries_of_one_class_are_one_edge),
        cmocka_unit_test(both_ledgers_are_compared),
        cmocka_unit_test(what_is_used_again_has_not_left),
        cmocka_unit_test(unknown_masses_are_counted_not_guessed),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(a_tight_circle_ends),
        cmocka_unit_test(a_very_long_chain),
        cmocka_unit_test(any_graph),
        cmocka_unit_test(what_stays_is_told_by_its_destination),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
