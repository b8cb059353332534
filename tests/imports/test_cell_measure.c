#include "cells.h"

#include <string.h>

static const struct cell_context usual = {.unit = ""};
static const struct field water = {
    .name = "lead", .label = "铅", .type = TYPE_MEASURE, .unit = "mg/L"};
static const struct field soil = {
    .name = "cadmium", .label = "镉", .type = TYPE_MEASURE, .unit = "mg/kg"};
static const struct field any = {.name = "value", .label = "监测值", .type = TYPE_MEASURE};

static void values(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"0.0042", "0.0042", NULL, false},
        {"0.020", "0.020", NULL, false},
        {"<0.02", "<0.02", NULL, false},
        {"＜0.02", "＜0.02", NULL, false},
        {"0.02L", "0.02L", NULL, false},
        {"0.005 mg/L", "0.005 mg/L", NULL, false},
        {"5μg/L", "5μg/L", NULL, false},
        {"小于0.02", "小于0.02", NULL, false},
        {">10", ">10", NULL, false},
        {"0.020。", "0.020", "读作 0.020", false},
        {"0.005（mg/L）", "0.005（mg/L）", NULL, false},
        {"约5.0（μg/L）", "5.0 μg/L", "原为约数", true},
        {"2E-05", "0.00002", "读作 0.00002", false},
        {"1.2×10^-3", "0.0012", "读作", false},
        {"0.020000000000000004", "0.02", "去掉尾差", false},
        {"约0.5", "0.5", "原为约数", true},
        {"0.02l", "<0.02", "读作 <0.02", false},
        {"/", "", NULL, false},
        {"—", "", NULL, false},
        {"不涉及", "", "当作没有填", false},
        {"0.1-0.5", NULL, "是一个范围", false},
        {"0.1~0.5", NULL, "是一个范围", false},
        {"0.5±0.1", NULL, "带着误差", false},
    };
    CELLS_CHECK(&usual, &water, cases);
    static const char *const left[] = {"达标", "0.5 mg/kg", "5吨", "1.2.3", "0,5"};
    CELLS_LEFT(&usual, &water, left);
}

/* One reading for all rows, as in an import: the same word means another value in the next one. */
static void below_the_limit_of_the_row(void **state)
{
    static const struct {
        const char *cell, *unit, *limit, *reading;
    } cases[] = {
        {"未检出", "", "0.02", "<0.02"},
        {"未检出", "", "0.0040", "<0.0040"},
        {"未检出", "", "", NULL},
        {"ND", "", "<0.02", "<0.02"},
        {"未检出", "", "0.02 μg/L", "<0.02 μg/L"},
        {"0.02L", "μg/L", "", "<0.02 μg/L"},
        {">10", "μg/L", "", ">10 μg/L"},
        {"≥0.5", "", "", "≥0.5"},
        {"未检出", "μg/L", "0.02", "<0.02 μg/L"},
        {"未检出", "mg/L", "0.02 μg/L", "<0.02 μg/L"},
        {"未检出（<0.05）", "", "0.02", "<0.05"},
        {"0.07", "", "0.02", "0.07"},
        {"未检出", "", "很低", NULL},
        {"未检出", "", ">3", NULL},
    };
    (void)state;
    struct cell_reading reading = {.is_guess = false};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err = {0};
        const struct cell_context context = {.unit = cases[i].unit, .limit = cases[i].limit};
        assert_int_equal(cell_read(&context, &any, cases[i].cell, &reading, &err),
                         cases[i].reading != NULL);
        if (cases[i].reading)
            assert_string_equal(buffer_text(&reading.text), cases[i].reading);
        else
            assert_non_null(strstr(err.message, "没有写明检出限"));
    }
    cell_reading_release(&reading);
}

static void below_the_limit(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"未检出（<0.02）", "<0.02", "读作 <0.02", false},
        {"未检出(0.02)", "<0.02", "读作", false},
        {"未检出（检出限0.020）", "<0.020", "读作", false},
        {"未检出，检出限为0.02mg/L", "<0.02", "读作", false},
        {"ND(0.02)", "<0.02", "读作", false},
        {"ND<0.02", "<0.02", "读作", false},
        {"N.D.(0.02 μg/L)", "<0.02 μg/L", "读作", false},
        {"n.d. (0.02)", "<0.02", "读作", false},
        {"0.02（未检出）", "<0.02", "读作", false},
        {"0.02ND", "<0.02", "读作", false},
        {"<0.02（ND）", "<0.02", "读作", false},
        {"<0.02L", "<0.02", "读作", false},
        {"低于检出限（0.02）", "<0.02", "读作", false},
        {"低于检出限0.02", "<0.02", "读作", false},
        {"未检出0.02L", "<0.02", "读作", false},
        {"未检出", NULL, "没有写明检出限", false},
        {"ND", NULL, "没有写明检出限", false},
        {"N.D.", NULL, "没有写明检出限", false},
        {"n.d.", NULL, "没有写明检出限", false},
        {"低于检出限", NULL, "没有写明检出限", false},
        {"<检出限", NULL, "没有写明检出限", false},
        {"＜LOD", NULL, "没有写明检出限", false},
    };
    CELLS_CHECK(&usual, &water, cases);
}

static void units_of_headings(void **state)
{
    (void)state;
    static const struct cell_context micro = {.unit = "μg/L"}, written = {.unit = "微克/升"},
                                     same = {.unit = "MG/L"}, none = {.unit = "无量纲"},
                                     percent = {.unit = "%"};
    static const struct cell_case cases[] = {
        {"5", "5 μg/L", "单位见列标题", false},
        {"<0.02", "<0.02 μg/L", "单位见列标题", false},
        {"ND(0.02)", "<0.02 μg/L", "单位见列标题", false},
        {"0.005 mg/L", "0.005 mg/L", NULL, false},
    };
    CELLS_CHECK(&micro, &water, cases);
    static const struct cell_case chinese[] = {{"5.0", "5.0 μg/L", "单位见列标题", false}};
    CELLS_CHECK(&written, &water, chinese);
    static const struct cell_case kept[] = {{"5", "5", NULL, false},
                                            {"<0.02", "<0.02", NULL, false}};
    CELLS_CHECK(&same, &water, kept);
    CELLS_CHECK(&none, &any, kept);
    static const struct cell_case unknown[] = {{"5", "5 μg/L", "单位见列标题", false}};
    CELLS_CHECK(&micro, &any, unknown);
    static const struct cell_case converted[] = {{"0.5", "0.5 %", "单位见列标题", false}};
    CELLS_CHECK(&percent, &soil, converted);
    static const struct cell_case wrong[] = {
        {"5", NULL, "列标题的单位“μg/L”不能换算成 mg/kg", false}};
    CELLS_CHECK(&micro, &soil, wrong);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(below_the_limit),
        cmocka_unit_test(below_the_limit_of_the_row),
        cmocka_unit_test(units_of_headings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
