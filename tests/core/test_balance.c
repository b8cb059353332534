/* The thallium balance: one worked out by hand, and what is named when it cannot be. */
#include "core/balance.h"
#include "core/facts.h"
#include "core/registers.h"
#include "tests/core/typing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static void show_nothing(void *context, const struct facts_query *query, facts_visitor *visit,
                         void *data)
{
    (void)context;
    (void)query;
    (void)visit;
    (void)data;
}

static const struct facts facts = {.each = show_nothing};
static const struct calendar calendar;
static struct check_context desk = {
    .today = {.year = 2026, .month = 6, .day = 15},
    .lookup = &typing_lookup,
    .calendar = &calendar,
    .facts = &facts,
    .campaign = "",
    .jurisdiction = "",
};

static struct period period_of(const char *text)
{
    struct period period;
    assert_true(period_parse(text, &period));
    return period;
}

/* A row of the ledger as a clerk writes it. */
struct flow {
    const char *period, *flow, *material_class;
    const char *quantity, *unit, *basis, *moisture, *content, *content_unit, *sampled;
};

enum { MOST_FLOWS = 16 };

static void read_flow(const struct flow *flow, const struct balance_policy *policy,
                      struct period period, struct balance_row *row)
{
    struct record record;
    record_init(&record, &reg_material_flow);
    type_in(&record, "period", flow->period);
    type_in(&record, "flow", flow->flow ? flow->flow : "");
    type_in(&record, "material_class", flow->material_class ? flow->material_class : "");
    type_in(&record, "quantity", flow->quantity ? flow->quantity : "1000");
    type_in(&record, "quantity_unit", flow->unit ? flow->unit : "t");
    type_in(&record, "basis", flow->basis ? flow->basis : "干基");
    type_in(&record, "moisture_percent", flow->moisture ? flow->moisture : "");
    type_in(&record, "thallium_content", flow->content ? flow->content : "");
    type_in(&record, "thallium_unit", flow->content_unit ? flow->content_unit : "mg/kg");
    type_in(&record, "sampled_on", flow->sampled ? flow->sampled : "");
    record_derive(&record, NULL);
    record_conclude(&record, &desk);
    balance_read_row(&record, balance_assayed_since(policy, period), row);
    record_release(&record);
}

static void make_on(struct date today, const struct flow *flows, size_t count, const char *period,
                    enum flow_lod lod, const struct record *profile, struct balance *balance)
{
    struct balance_row rows[MOST_FLOWS];
    struct balance_request request = {.period = period_of(period),
                                      .profile = profile,
                                      .rows = rows,
                                      .row_count = count,
                                      .today = today};
    struct error err = {0};
    balance_read_policy(&request.policy, &desk);
    request.policy.lod = lod;
    for (size_t i = 0; i < count; i++)
        read_flow(&flows[i], &request.policy, request.period, &rows[i]);
    if (!balance_make(balance, &request, &err))
        fail_msg("%s", err.message);
}

static void make(const struct flow *flows, size_t count, const char *period, enum flow_lod lod,
                 const struct record *profile, struct balance *balance)
{
    make_on((struct date){0}, flows, count, period, lod, profile, balance);
}

#define MAKE(flows, period, balance)                                                               \
    make(flows, COUNT_OF(flows), period, FLOW_LOD_HALF, NULL, balance)

/* What is missing, a line each: "input 缺含水率 2". */
static void list_missing(const struct balance *balance, struct buffer *out)
{
    for (size_t i = 0; i < balance->missing_count; i++)
        buffer_addf(out, "%s %s %lld\n", balance_stream_key(balance->missing[i].stream),
                    balance->missing[i].text, (long long)balance->missing[i].rows);
}

static void assert_missing(const struct balance *balance, const char *expected)
{
    struct buffer text = {0};
    list_missing(balance, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
}

/* ---- by hand ---- */

/*  2025Q3                                                                             kg of Tl
 *  opening  100 t dry × 20 mg/kg                                                      2.000
 *  input    500 t wet, 8 % water: 460 t × 25 mg/kg                                   11.500
 *  input     40 t dry × 0.005 % (50 mg/kg), assayed 13 months before the end          2.000
 *  product  210 t dry × <1 mg/kg: 0.210 at the limit, half of it                      0.105
 *  acid     300 t wet, 2 %: 294 t × 0.5 g/t                                           0.147
 *  slag     250 t wet, 24 %: 190 t × 10 mg/kg                                         1.900
 *  dust      20 t dry × 305 mg/kg                                                     6.100
 *  sludge    10 t wet, 60 %: 4 t × 0.5 g/kg                                           2.000
 *  water   2000 m³ × 4.2 μg/L                                                         0.0084
 *  water   5000 m³ × <20 ng/L: 0.0001 at the limit, half of it                        0.00005
 *  gas     10,000,000 Nm³ × 20 μg/m³                                                  0.200
 *  closing   90 t dry × 21.5 mg/kg                                                    1.935
 *
 *  outputs 0.105 + 0.147 + 1.9 + 6.1 + 2 + 0.00845 + 0.2 = 10.46045
 *  stock change 1.935 − 2 = −0.065; unaccounted 13.5 − 10.46045 + 0.065 = 3.10455
 *  closure (10.46045 + 1.935) ÷ (13.5 + 2) = 12.39545 ÷ 15.5 = 79.97 %: 需说明
 *  with 0 for what is below: 12.2904 ÷ 15.5 = 79.29 %; with the limit: 12.5005 ÷ 15.5 = 80.65 %:
 * 正常 without stock 10.46045 ÷ (13.5 + 0.065) = 77.11 % coverage 460 t of 500 t dry = 92 % */
static const struct flow quarter[] = {
    {"2025Q3", "库存期初", "精矿", "100", .content = "20", .sampled = "2025-07-01"},
    {"2025Q3", "投入", "精矿", "500", "t", "湿基", "8", "25", .sampled = "2025-07-12"},
    {"2025Q3", "投入", "返料", "40", .content = "0.005", .content_unit = "%",
     .sampled = "2024-08-30"},
    {"2025Q3", "产出", "主产品", "210", .content = "<1"},
    {"2025Q3", "产出", "副产品", "300", "t", "湿基", "2", "0.5", "g/t", .sampled = NULL},
    {"2025Q3", "产出", "废渣", "250", "t", "湿基", "24", "10", .sampled = NULL},
    {"2025Q3", "产出", "烟尘", "20", .content = "305"},
    {"2025Q3", "产出", "酸泥", "10", "t", "湿基", "60", "0.5", "g/kg", .sampled = NULL},
    {"2025Q3", "排放", "废水", "2000", "m³", .content = "4.2", .content_unit = "μg/L"},
    {"2025Q3", "排放", "废水", "5000", "m³", .content = "<20", .content_unit = "ng/L"},
    {"2025Q3", "排放", "废气", "10000000", "Nm³", .content = "20", .content_unit = "μg/m³"},
    {"2025Q3", "库存期末", "精矿", "90", .content = "21.5"},
};

static void assert_kg(const struct balance *balance, const char *expected)
{
    struct buffer text = {0};
    struct balance_line lines[BALANCE_LINES];
    balance_list_lines(balance, lines);
    for (size_t i = 0; i < BALANCE_LINES; i++)
        buffer_addf(&text, "%s%lld", i ? " " : "", (long long)lines[i].kg);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
}

static void test_by_hand(void **state)
{
    (void)state;
    struct balance balance;
    MAKE(quarter, "2025Q3", &balance);
    assert_kg(&balance, "13500000 105000 147000 1900000 6100000 2000000 8450 200000 10460450"
                        " 2000000 1935000 -65000 3104550");
    assert_true(balance.has_closure && balance.has_flow_closure && balance.has_coverage);
    assert_int_equal(balance.closure_percent, 7997);
    assert_int_equal(balance.flow_closure_percent, 7711);
    assert_int_equal(balance.coverage_percent, 9200);
    assert_int_equal(balance.band, BALANCE_EXPLAIN);
    assert_int_equal(balance.below_rows, 2);
    assert_int_equal(balance.below_kg[FLOW_LOD_NONE], 0);
    assert_int_equal(balance.below_kg[FLOW_LOD_HALF], 105050);
    assert_int_equal(balance.below_kg[FLOW_LOD_WHOLE], 210100);
    assert_missing(&balance, "input 检测早于期末前 12 个月，或没有采样日期 1\n");
    struct buffer text = {0};
    balance_write_formula(&balance, &text);
    assert_string_equal(text.text, "（产出和排放 10.46045 + 期末库存 1.935）÷（投入 13.5 + "
                                   "期初库存 2）= 79.97%");
    buffer_clear(&text);
    balance_write_below(&balance, &text);
    assert_string_equal(text.text, "低于检出限的按 LOD/2 计（本程序约定）：2 条，按 0 计 0 "
                                   "kg、闭合率 79.29%，按 LOD/2 计 0.10505 kg、闭合率 79.97%，"
                                   "按 LOD 计 0.2101 kg、闭合率 80.65%");
    buffer_release(&text);
    balance_release(&balance);
}

/* The same whatever rule the rows were concluded by; the band may turn on it. */
static void test_detection_limit_rules(void **state)
{
    (void)state;
    static const struct {
        enum flow_lod lod;
        int64_t product, unaccounted, closure;
        enum balance_band band;
    } rules[] = {{FLOW_LOD_NONE, 0, 3209600, 7929, BALANCE_EXPLAIN},
                 {FLOW_LOD_HALF, 105000, 3104550, 7997, BALANCE_EXPLAIN},
                 {FLOW_LOD_WHOLE, 210000, 2999500, 8065, BALANCE_NORMAL}};
    for (size_t i = 0; i < COUNT_OF(rules); i++) {
        struct balance balance;
        make(quarter, COUNT_OF(quarter), "2025Q3", rules[i].lod, NULL, &balance);
        assert_int_equal(balance.totals[BALANCE_PRODUCT].kg, rules[i].product);
        assert_int_equal(balance.unaccounted_kg, rules[i].unaccounted);
        assert_int_equal(balance.closure_percent, rules[i].closure);
        assert_int_equal(balance.band, rules[i].band);
        assert_int_equal(balance.closure_by_lod[FLOW_LOD_WHOLE], 8065);
        balance_release(&balance);
    }
}

/* ---- where rows belong ---- */

static void test_every_class_of_output_has_its_stream(void **state)
{
    (void)state;
    const struct field *classes = reg_field_find(&reg_material_flow, "material_class");
    const struct field *flows = reg_field_find(&reg_material_flow, "flow");
    for (size_t i = 0; classes->choices[i]; i++) {
        assert_true(balance_is_output(balance_stream_of("产出", classes->choices[i])));
        assert_true(balance_is_output(balance_stream_of("排放", classes->choices[i])));
        assert_int_equal(balance_stream_of("投入", classes->choices[i]), BALANCE_INPUT);
    }
    for (size_t i = 0; flows->choices[i]; i++)
        assert_int_not_equal(balance_stream_of(flows->choices[i], "烟尘"), BALANCE_UNPLACED);
    assert_int_equal(balance_stream_of("产出", "外委危废"), BALANCE_WASTE);
    assert_int_equal(balance_stream_of("产出", "返料"), BALANCE_BYPRODUCT);
    assert_int_equal(balance_stream_of("产出", ""), BALANCE_UNPLACED);
    assert_int_equal(balance_stream_of("", "烟尘"), BALANCE_UNPLACED);
}

/* ---- bands ---- */

static void assert_band(const char *output, enum balance_band band)
{
    struct balance balance;
    const struct flow flows[] = {{"2025Q1", "投入", "精矿", "1000", .content = "10"},
                                 {"2025Q1", "产出", "废渣", output, .content = "1"}};
    MAKE(flows, "2025Q1", &balance);
    assert_int_equal(balance.band, band);
    balance_release(&balance);
}

static void test_bands(void **state)
{
    (void)state;
    assert_band("5999", BALANCE_RETEST);
    assert_band("6000", BALANCE_EXPLAIN);
    assert_band("7999", BALANCE_EXPLAIN);
    assert_band("8000", BALANCE_NORMAL);
    assert_band("12000", BALANCE_NORMAL);
    assert_band("12001", BALANCE_EXPLAIN);
    assert_band("14000", BALANCE_EXPLAIN);
    assert_band("14001", BALANCE_RETEST);
}

/* A balance of which one side is unknown is not 0 %. */
static void test_undetermined(void **state)
{
    (void)state;
    static const struct flow flows[] = {
        {"2025Q1", "产出", "废渣", .content = "10"},
        {"2025Q2", "投入", "精矿", .content = "10", .sampled = "2025-05-01"},
        {"2025Q3", "投入", "精矿", "500", "t", "湿基", .content = "10"},
        {"2025Q3", "产出", "废渣", .content = "10"},
    };
    static const char *const periods[] = {"2025Q1", "2025Q2", "2025Q3", "2025Q4"};
    for (size_t i = 0; i < COUNT_OF(periods); i++) {
        struct balance balance;
        MAKE(flows, periods[i], &balance);
        assert_false(balance.has_closure || balance.has_flow_closure);
        assert_int_equal(balance.band, BALANCE_UNDETERMINED);
        balance_release(&balance);
    }
    struct balance year;
    MAKE(flows, "2025", &year);
    assert_int_equal(year.closure_percent, 20000);
    assert_missing(&year, "input 缺含水率 1\n"
                          "input 检测早于期末前 12 个月，或没有采样日期 1\n"
                          "input 没有 2025Q1、2025Q4 的台账 0\n"
                          "product 没有台账（每家企业都有） 0\n");
    balance_release(&year);
}

/* What has not ended yet is not missing: who books by the quarter has until its end, who books by
 * the month until the month's. */
static void test_unended(void **state)
{
    (void)state;
    static const struct flow quarters[] = {
        {"2025Q1", "投入", "精矿", .content = "10", .sampled = "2025-01-01"},
        {"2025Q1", "产出", "主产品", .content = "10", .sampled = "2025-01-01"},
        {"2025Q1", "库存期初", "精矿", .content = "10", .sampled = "2025-01-01"},
        {"2025Q1", "库存期末", "精矿", .content = "10", .sampled = "2025-01-01"},
    };
    static const struct flow months[] = {
        {"2025-01", "投入", "精矿", .content = "10", .sampled = "2025-01-01"},
        {"2025-01", "产出", "主产品", .content = "10", .sampled = "2025-01-01"},
    };
    static const struct {
        struct date today;
        const char *quarters, *months;
    } days[] = {
        {{2025, 3, 31}, "", "input 没有 2025-02 的台账 0\n"},
        {{2025, 6, 15}, "", "input 没有 2025-02、2025-03、2025-04、2025-05 的台账 0\n"},
        {{2025, 7, 1},
         "input 没有 2025Q2 的台账 0\nclosing_stock 最晚的是 2025Q1 的，不是本期期末的 0\n",
         "input 没有 2025-02、2025-03、2025Q2 的台账 0\n"},
        {{2026, 1, 1},
         "input 没有 2025Q2、2025Q3、2025Q4 的台账 0\n"
         "closing_stock 最晚的是 2025Q1 的，不是本期期末的 0\n",
         "input 没有 2025-02、2025-03、2025Q2、2025Q3、2025Q4 的台账 0\n"},
    };
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        struct balance balance;
        make_on(days[i].today, quarters, COUNT_OF(quarters), "2025", FLOW_LOD_HALF, NULL, &balance);
        assert_missing(&balance, days[i].quarters);
        balance_release(&balance);
        make_on(days[i].today, months, COUNT_OF(months), "2025", FLOW_LOD_HALF, NULL, &balance);
        assert_missing(&balance, days[i].months);
        balance_release(&balance);
    }
}

/* ---- periods and stocks ---- */

static void test_periods(void **state)
{
    (void)state;
    static const struct flow flows[] = {
        {"2025-01", "投入", "精矿", "1", .content = "10", .sampled = "2025-01-01"},
        {"2025Q2", "投入", "精矿", "10", .content = "10", .sampled = "2025-01-01"},
        {"2025H2", "投入", "精矿", "100", .content = "10", .sampled = "2025-01-01"},
        {"2025", "投入", "精矿", "1000", .content = "10", .sampled = "2025-01-01"},
        {"2024Q4", "投入", "精矿", "10000", .content = "10", .sampled = "2025-01-01"},
    };
    static const struct {
        const char *period, *missing;
        int64_t kg; /* in 10 g */
    } cases[] = {
        {"2025", "", 1111},
        {"2025H1",
         "input 没有 2025-02、2025-03 的台账 0\n"
         "input 按 2025 登记的不能拆到 2025H1，没有计入 1\n",
         11},
        {"2025Q1",
         "input 没有 2025-02、2025-03 的台账 0\n"
         "input 按 2025 登记的不能拆到 2025Q1，没有计入 1\n",
         1},
        {"2025Q3",
         "input 按 2025 登记的不能拆到 2025Q3，没有计入 1\n"
         "input 按 2025H2 登记的不能拆到 2025Q3，没有计入 1\n",
         0},
        {"2025-01", "input 按 2025 登记的不能拆到 2025-01，没有计入 1\n", 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct balance balance;
        struct buffer expected = {0};
        MAKE(flows, cases[i].period, &balance);
        assert_int_equal(balance.totals[BALANCE_INPUT].kg, cases[i].kg * 10000);
        buffer_addf(&expected, "%sproduct 没有台账（每家企业都有） 0\n", cases[i].missing);
        assert_missing(&balance, expected.text);
        buffer_release(&expected);
        balance_release(&balance);
    }
}

static void test_stocks(void **state)
{
    (void)state;
    static const struct flow flows[] = {
        {"2025Q1", "库存期初", "精矿", "100", .content = "10"},
        {"2025Q1", "库存期末", "精矿", "200", .content = "10"},
        {"2025Q2", "库存期初", "精矿", "190", .content = "10"},
        {"2025Q2", "库存期末", "精矿", "300", .content = "10"},
        {"2025Q3", "库存期初", "精矿", "300", .content = "10"},
    };
    struct balance balance;
    MAKE(flows, "2025", &balance);
    assert_int_equal(balance.totals[BALANCE_OPENING].kg, 1000000);
    assert_int_equal(balance.totals[BALANCE_CLOSING].kg, 3000000);
    assert_int_equal(balance.stock_change_kg, 2000000);
    assert_missing(&balance, "input 没有台账（每家企业都有） 0\n"
                             "product 没有台账（每家企业都有） 0\n"
                             "opening_stock 3 月末 2 kg 与 4 月初 1.9 kg 对不上 0\n"
                             "closing_stock 最晚的是 2025Q2 的，不是本期期末的 0\n");
    balance_release(&balance);
    MAKE(flows, "2025Q3", &balance);
    assert_int_equal(balance.stock_change_kg, -3000000);
    assert_missing(&balance, "input 没有台账（每家企业都有） 0\n"
                             "product 没有台账（每家企业都有） 0\n"
                             "closing_stock 有期初库存，没有期末库存 0\n");
    balance_release(&balance);
    MAKE(flows, "2025-08", &balance);
    assert_int_equal(balance.stock_change_kg, 0);
    balance_release(&balance);
}

/* ---- what a plant of that kind must have ---- */

static void assert_expected(const char *steps, const char *fate, const char *removal,
                            const char *industry, const char *expected)
{
    struct record profile;
    struct balance balance;
    static const struct flow flows[] = {
        {"2025", "投入", "精矿", .content = "10", .sampled = "2025-03-01"},
        {"2025", "产出", "主产品", .content = "10"}};
    record_init(&profile, &reg_thallium_enterprise);
    type_in(&profile, "thallium_steps", steps);
    type_in(&profile, "water_fate", fate);
    type_in(&profile, "removal_unit", removal);
    type_in(&profile, "thallium_industry", industry);
    make(flows, COUNT_OF(flows), "2025", FLOW_LOD_HALF, &profile, &balance);
    assert_true(balance.has_profile);
    assert_missing(&balance, expected);
    balance_release(&balance);
    record_release(&profile);
}

static void test_expected_streams(void **state)
{
    (void)state;
    assert_expected("", "", "", "", "");
    assert_expected("烟尘、净化渣", "全部回用", "", "有色冶炼",
                    "waste 没有台账（涉铊工序有净化渣） 0\n"
                    "dust 没有台账（涉铊工序有烟尘） 0\n"
                    "gas 没有台账（涉铊工序有烟尘） 0\n");
    assert_expected("", "直接外排", "是", "",
                    "sludge 没有台账（有除铊设施，铊转到了污泥里） 0\n"
                    "wastewater 没有台账（废水外排） 0\n");
    /* Water that is all used again leaves by no outlet. */
    assert_expected("矿坑涌水", "零排放", "", "", "");
    assert_expected("矿坑涌水", "", "", "", "wastewater 没有台账（涉铊工序有矿坑涌水） 0\n");
    assert_expected("焙烧制酸污酸", "零排放", "", "有色冶炼",
                    "byproduct 没有台账（冶炼烟气制酸，硫酸是副产品） 0\n"
                    "sludge 没有台账（涉铊工序有焙烧制酸污酸） 0\n"
                    "gas 没有台账（涉铊工序有焙烧制酸污酸） 0\n");
    assert_expected("焙烧制酸污酸", "零排放", "", "硫酸（硫铁矿制酸）",
                    "sludge 没有台账（涉铊工序有焙烧制酸污酸） 0\n"
                    "gas 没有台账（涉铊工序有焙烧制酸污酸） 0\n");
}

/* ---- edges ---- */

static void test_rows_that_belong_nowhere(void **state)
{
    (void)state;
    static const struct flow flows[] = {
        {"2025", "投入", "精矿", .content = "10", .sampled = "2025-03-01"},
        {"2025", "产出", "主产品", .content = "10"},
        {"2025", "产出", NULL, .content = "10"},
        {"2025", NULL, "烟尘", .content = "10"},
    };
    struct balance balance;
    MAKE(flows, "2025", &balance);
    assert_int_equal(balance.closure_percent, 10000);
    assert_missing(&balance, "unplaced 缺物流方向或物料类别，没有计入 2\n");
    balance_release(&balance);
}

static void test_sums_never_wrap(void **state)
{
    (void)state;
    struct error err = {0};
    struct balance balance;
    const struct balance_row rows[] = {
        {.period = period_of("2025"), .stream = BALANCE_INPUT, .rows = 1, .kg = INT64_MAX},
        {.period = period_of("2025"), .stream = BALANCE_INPUT, .rows = 1, .kg = 1}};
    struct balance_request request = {
        .period = period_of("2025"), .rows = rows, .row_count = COUNT_OF(rows)};
    balance_read_policy(&request.policy, &desk);
    assert_false(balance_make(&balance, &request, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    balance_release(&balance);
}

static void test_what_is_due(void **state)
{
    (void)state;
    static const struct {
        struct date today;
        const char *quarter, *year;
    } days[] = {{{2026, 6, 15}, "2026Q1", "2025"},
                {{2026, 4, 30}, "2025Q4", "2025"},
                {{2026, 5, 1}, "2026Q1", "2025"},
                {{2026, 1, 30}, "2025Q3", "2024"},
                {{2026, 1, 31}, "2025Q4", "2025"}};
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        struct check_context context = desk;
        context.today = days[i].today;
        const struct balance_due due = balance_find_due(&context);
        assert_int_equal(period_compare(due.quarter, period_of(days[i].quarter)), 0);
        assert_int_equal(period_compare(due.year, period_of(days[i].year)), 0);
    }
}

static void assert_since(const char *period, int months, struct date expected)
{
    const struct balance_policy policy = {.assay_months = months};
    assert_int_equal(date_compare(balance_assayed_since(&policy, period_of(period)), expected), 0);
}

static void test_assays_count_for_months(void **state)
{
    (void)state;
    assert_since("2025", 12, (struct date){2024, 12, 31});
    assert_since("2025Q1", 12, (struct date){2024, 3, 31});
    assert_since("2025-03", 1, (struct date){2025, 2, 28});
    assert_since("2024-08", 18, (struct date){2023, 2, 28});
    assert_since("2025Q1", 0, (struct date){2025, 3, 31});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_detection_limit_rules),
        cmocka_unit_test(test_every_class_of_output_has_its_stream),
        cmocka_unit_test(test_bands),
        cmocka_unit_test(test_undetermined),
        cmocka_unit_test(test_unended),
        cmocka_unit_test(test_periods),
        cmocka_unit_test(test_stocks),
        cmocka_unit_test(test_expected_streams),
        cmocka_unit_test(test_rows_that_belong_nowhere),
        cmocka_unit_test(test_sums_never_wrap),
        cmocka_unit_test(test_what_is_due),
        cmocka_unit_test(test_assays_count_for_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
