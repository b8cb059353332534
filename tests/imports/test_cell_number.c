#include "cells.h"
#include "imports/cell_unit.h"

#include <string.h>

static const struct cell_context usual = {.unit = ""};

#define NUMBER(NAME, UNIT, SCALE)                                                                  \
    {                                                                                              \
        .name = NAME, .label = "数量", .type = TYPE_DECIMAL, .unit = UNIT, .scale = SCALE          \
    }

static const struct field kg_per_year = NUMBER("base_lead_kg", "kg/a", 3);
static const struct field plain = NUMBER("ratio", NULL, 2);
static const struct field money = NUMBER("budget", "万元", 2);
static const struct field mu = NUMBER("area_mu", "亩", 2);
static const struct field square = NUMBER("area", "m²", 2);
static const struct field flow = NUMBER("flow", "m³/d", 2);
static const struct field capacity = NUMBER("capacity", "万t/a", 2);
static const struct field percent = NUMBER("percent", "%", 2);
static const struct field length = NUMBER("distance", "km", 3);
static const struct field odd = NUMBER("deposition", "mg/(m²·a)", 3);
static const struct field people = {
    .name = "people", .label = "人数", .type = TYPE_INTEGER, .unit = "人"};
static const struct field count = {.name = "count", .label = "个数", .type = TYPE_INTEGER};

static void spellings(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"12.5", "12.5", NULL, false},
        {"1,234.5", "1,234.5", NULL, false},
        {"１２．５", "１２．５", NULL, false},
        {"1，234", "1，234", NULL, false},
        {"−5", "−5", NULL, false},
        {"＋5", "＋5", NULL, false},
        {"1.2E+3", "1.2E+3", NULL, false},
        {"-3", "-3", NULL, false},
        {"1 234 567.5", "1234567.5", "读作 1234567.5", false},
        {"1\xC2\xA0"
         "234",
         "1234", "读作 1234", false},
        {"12。", "12", "读作 12", false},
        {"12。5", "12.5", "读作 12.5", false},
        {"1.2×10^3", "1200", "读作 1200", false},
        {"1.2×10³", "1200", "读作 1200", false},
        {"5x10^-2", "0.05", "读作 0.05", false},
        {"2.5*10^2 ", "250", "读作 250", false},
        {"约12", "12", "原为约数", true},
        {"12左右", "12", "原为约数", true},
        {"≈0.5", "0.5", "原为约数", true},
        {"'12", "12", "读作 12", false},
        {"=\"12.5\"", "12.5", "读作 12.5", false},
    };
    CELLS_CHECK(&usual, &plain, cases);
    static const char *const left[] = {"1,2",     "1.234,5", "1,23,456", "十二吨多", "abc", "1.2.3",
                                       "12 kg 3", "0.125",   "1/3",      "12;13",    "5E"};
    CELLS_LEFT(&usual, &plain, left);
}

static void no_number(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"3-5", NULL, "是一个范围", false},
        {"3～5", NULL, "是一个范围", false},
        {"3至5", NULL, "是一个范围", false},
        {"3kg-5kg", NULL, "是一个范围", false},
        {"100以上", NULL, "不是一个确定的数", false},
        {"≥100", NULL, "不是一个确定的数", false},
        {"＜0.5", NULL, "不是一个确定的数", false},
        {"不超过10", NULL, "不是一个确定的数", false},
        {"100多", NULL, "不是一个确定的数", false},
        {"5±0.1", NULL, "带着误差", false},
        {"2025-03-05", NULL, "是日期，不是数", false},
        {"#REF!", NULL, "出错标记", false},
        {"#DIV/0!", NULL, "出错标记", false},
        {"########", NULL, "出错标记", false},
        {"/", "", NULL, false},
        {"—", "", NULL, false},
        {"-", "", NULL, false},
        {"　", "", NULL, false},
        {"无", "", "当作没有填", false},
        {"不涉及", "", "当作没有填", false},
        {"N/A", "", "当作没有填", false},
        {"NaN", "", "当作没有填", false},
    };
    CELLS_CHECK(&usual, &plain, cases);
}

static void noise(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"0.30000000000000004", "0.3", "去掉尾差", false},
        {"12.340000000000001", "12.34", "去掉尾差", false},
        {"2.9999999999999996", "3", "去掉尾差", false},
        {"33.333333333333336", "33.33", "小数太长", true},
        {"66.6666666666667", "66.67", "小数太长", true},
        {"12.3400000", "12.3400000", NULL, false},
    };
    CELLS_CHECK(&usual, &plain, cases);
    static const char *const left[] = {"12.345", "12.3456789", "1234567890123456.5"};
    CELLS_LEFT(&usual, &plain, left);
}

static void units_of_cells(void **state)
{
    (void)state;
    static const struct cell_case masses[] = {
        {"12吨", "12000", "读作 12000 kg/a", false},
        {"12 t/a", "12000", "读作", false},
        {"0.5吨/年", "500", "读作", false},
        {"1,234.5千克", "1234.5", "读作", false},
        {"12 kg", "12", "读作 12", false},
        {"12（公斤）", "12", "读作", false},
        {"12kg/a", "12", "读作 12", false},
        {"1500g", "1.5", "读作 1.5", false},
        {"1斤", "0.5", "读作", false},
        {"2万", "20000", "读作", false},
        {"1.5万吨", "15000000", "读作", false},
        {"约3吨", "3000", "原为约数", true},
        {"1234567克", "1234.567", "读作", false},
        /* a load is never rounded, only what a formula left */
        {"1234567.8克", NULL, "超过 3 位小数", false},
        {"1200.4g", NULL, "超过 3 位小数", false},
        {"1.2004 t", "1200.4", "读作", false},
        {"0.333333333333333 t", "333.333", "四舍五入到 3 位小数", true},
        {"0.4g", NULL, "超过 3 位小数", false},
        {"12 m³", NULL, "不能换算成 kg/a", false},
        {"12 kg/d", NULL, "不能换算成 kg/a", false},
        {"12 mg/L", NULL, "不能换算成 kg/a", false},
        {"5万元", NULL, "不能换算成 kg/a", false},
        {"9999999999亿吨", NULL, "太大", false},
    };
    CELLS_CHECK(&usual, &kg_per_year, masses);
    static const struct cell_case sums[] = {
        {"3000元", "0.3", "读作 0.3 万元", false},
        {"1.2亿元", "12000", "读作", false},
        {"500万", "500", "推断", true},
        {"500万元", "500", "读作 500", false},
        {"￥12", "12", "读作 12", false},
        {"¥1,200 万元", "1200", "读作 1200", false},
        {"1.2亿", "12000", "推断", true},
        {"30元", NULL, "超过 2 位小数", false},
    };
    CELLS_CHECK(&usual, &money, sums);
    static const struct cell_case areas[] = {
        {"1公顷", "15", "读作 15 亩", false}, {"1hm²", "15", "读作", false},
        {"2000m2", "3", "读作", false},       {"1000平方米", "1.5", "读作", false},
        {"0.01km²", "15", "读作", false},     {"5亩", "5", "读作", false},
        {"100㎡", "0.15", "读作", false},     {"7km", NULL, "不能换算成 亩", false},
    };
    CELLS_CHECK(&usual, &mu, areas);
    static const struct cell_case squares[] = {
        {"3亩", "2000", "读作 2000 m²", false},
        {"1亩", "666.67", "四舍五入", false},
        {"2 公顷", "20000", "读作", false},
    };
    CELLS_CHECK(&usual, &square, squares);
    static const struct cell_case flows[] = {
        {"100吨/天", "100", "推断", true},    {"100 t/d", "100", "推断", true},
        {"10m³/h", "240", "推断", true},      {"0.5万立方米/日", "5000", "读作", false},
        {"12m3/d", "12", "读作", false},      {"12立方米/天", "12", "读作", false},
        {"100m³/a", NULL, "不能换算", false}, {"100 Nm³/h", NULL, "不能换算", false},
    };
    CELLS_CHECK(&usual, &flow, flows);
    static const struct cell_case capacities[] = {
        {"5万吨/年", "5", "读作 5", false},
        {"5万", "5", "推断", true},
        {"50000吨", "5", "读作", false},
        {"0.3亿吨", "3000", "读作", false},
    };
    CELLS_CHECK(&usual, &capacity, capacities);
    static const struct cell_case shares[] = {
        {"12%", "12", "读作 12", false},  {"12％", "12", "读作 12", false},
        {"5‰", "0.5", "读作 0.5", false}, {"12.5", "12.5", NULL, false},
        {"5 g/kg", "0.5", "读作", false}, {"12元", NULL, "不能换算成 %", false},
    };
    CELLS_CHECK(&usual, &percent, shares);
    static const struct cell_case lengths[] = {{"500米", "0.5", "读作", false},
                                               {"1.5公里", "1.5", "读作", false},
                                               {"800m", "0.8", "读作", false}};
    CELLS_CHECK(&usual, &length, lengths);
    static const struct cell_case depositions[] = {{"5 mg/(m²·a)", "5", "读作 5", false},
                                                   {"5", "5", NULL, false}};
    CELLS_CHECK(&usual, &odd, depositions);
    static const char *const left[] = {"5 kg/foo", "5 升升"};
    CELLS_LEFT(&usual, &kg_per_year, left);
}

static void counts(void **state)
{
    (void)state;
    static const struct cell_case persons[] = {{"120人", "120", "读作 120", false},
                                               {"120", "120", NULL, false},
                                               {"3个", "3", "读作 3", false},
                                               {"1.2万", "12000", "读作", false},
                                               {"3家", NULL, "不能换算成 人", false}};
    CELLS_CHECK(&usual, &people, persons);
    static const struct cell_case things[] = {
        {"3家", "3", "读作 3", false},        {"3 座", "3", "读作 3", false},
        {"3.0", "3.0", NULL, false},          {"2万", "20000", "读作", false},
        {"3吨", NULL, "带着单位“吨”", false}, {"3%", NULL, "带着单位“%”", false}};
    CELLS_CHECK(&usual, &count, things);
    static const char *const left[] = {"3.5", "三"};
    CELLS_LEFT(&usual, &count, left);
}

static void units_of_headings(void **state)
{
    (void)state;
    static const struct cell_context tonnes = {.unit = "吨"}, ten_thousand = {.unit = "万元"},
                                     yuan = {.unit = "元"}, same = {.unit = "千克/年"},
                                     unknown = {.unit = "选填"}, water = {.unit = "mg/L"};
    static const struct cell_case masses[] = {
        {"12", "12000", "列标题的单位是 吨", false},
        {"12kg", "12", "读作 12", false}, /* the cell's own counts more */
        {"1万", "10000000", "读作", false},
        {"0.0005", "0.5", "列标题的单位是 吨", false},
        {"/", "", NULL, false},
    };
    CELLS_CHECK(&tonnes, &kg_per_year, masses);
    static const struct cell_case kept[] = {{"12", "12", NULL, false},
                                            {"12.125", "12.125", NULL, false}};
    CELLS_CHECK(&same, &kg_per_year, kept);
    CELLS_CHECK(&unknown, &kg_per_year, kept);
    static const struct cell_case bare[] = {{"12", "12", NULL, false}};
    CELLS_CHECK(&tonnes, &plain, bare); /* a field without unit has nothing to convert to */
    CELLS_CHECK(&tonnes, &count, bare);
    static const struct cell_case sums[] = {{"5000", "0.5", "列标题的单位是 元", false}};
    CELLS_CHECK(&yuan, &money, sums);
    static const struct cell_case same_sums[] = {{"500", "500", NULL, false},
                                                 {"500万", "500", "推断", true}};
    CELLS_CHECK(&ten_thousand, &money, same_sums);
    static const struct cell_case wrong[] = {{"12", NULL, "单位“mg/L”不能换算成 kg/a", false}};
    CELLS_CHECK(&water, &kg_per_year, wrong);
}

static void every_unit_of_a_field_is_known(void **state)
{
    (void)state;
    static const char *const units[] = {
        "kg/a", "m³/d", "t/a",  "口",    "万t", "万m³", "m³",    "mg/kg", "m",    "%",
        "m³/a", "个",   "万元", "万t/a", "t",   "kg",   "hm²",   "家",    "字节", "倍",
        "人",   "亩",   "m³/h", "m²",    "km",  "h/a",  "Nm³/h", "a",     "mg/L", "mg/m³"};
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        struct cell_unit unit;
        int64_t numerator = 0, denominator = 0;
        if (!cell_unit_read(units[i], &unit))
            fail_msg("%s is no known unit", units[i]);
        assert_int_equal(cell_unit_convert(&unit, &unit, &numerator, &denominator),
                         CELL_UNIT_EXACT);
        assert_int_equal(numerator, 1);
        assert_int_equal(denominator, 1);
    }
    static const char *const none[] = {"", "kg/", "/a", "foo", "万foo", "kg/a/d", "unit"};
    struct cell_unit unit;
    for (size_t i = 0; i < COUNT_OF(none); i++)
        assert_false(cell_unit_read(none[i], &unit));
}

/* What no number can hold is refused with a sentence, and never computed. */
static void units_that_are_too_far_apart(void **state)
{
    (void)state;
    static const struct field heap = {
        .name = "heap", .label = "堆存量", .type = TYPE_DECIMAL, .unit = "亿t", .scale = 2};
    static const struct field trace = {
        .name = "trace", .label = "痕量", .type = TYPE_DECIMAL, .unit = "μg", .scale = 2};
    static const struct cell_case far[] = {{"5μg", NULL, "与 亿t 相差太大，换算不了", false},
                                           {"3亿吨", "3", "读作", false}};
    CELLS_CHECK(&usual, &heap, far);
    static const struct cell_case near[] = {{"5亿t", NULL, "与 μg 相差太大，换算不了", false},
                                            {"900000t", NULL, "换算后太大", false},
                                            {"5t", "5000000000000", "读作", false}};
    CELLS_CHECK(&usual, &trace, near);
    static const char *const units[] = {"μg", "亿t", "mg", "t", "ppb", "%", "亿", "km²", "亩"};
    for (size_t i = 0; i < COUNT_OF(units); i++)
        for (size_t j = 0; j < COUNT_OF(units); j++) {
            struct cell_unit from, to;
            int64_t numerator, denominator;
            assert_true(cell_unit_read(units[i], &from) && cell_unit_read(units[j], &to));
            enum cell_conversion way = cell_unit_convert(&from, &to, &numerator, &denominator);
            if (way == CELL_UNIT_EXACT)
                assert_true(numerator > 0 && denominator > 0);
        }
    struct cell_unit huge;
    assert_false(cell_unit_read("亿t/ppb", &huge));
    assert_false(cell_unit_read("亿t/μg", &huge));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings),
        cmocka_unit_test(no_number),
        cmocka_unit_test(noise),
        cmocka_unit_test(units_of_cells),
        cmocka_unit_test(counts),
        cmocka_unit_test(units_of_headings),
        cmocka_unit_test(every_unit_of_a_field_is_known),
        cmocka_unit_test(units_that_are_too_far_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
