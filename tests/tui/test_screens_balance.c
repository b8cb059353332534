/* 铊平衡: the table with its closure, other periods, the way from a figure to its rows, and what is
 * missing is begun from here. */
#include "form_stage.h"

#include "tui/screens/screens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void add_flow(struct stage *stage, const char *enterprise, const char *period,
                     const char *flow, const char *material_class, const char *quantity,
                     const char *content)
{
    char id[RECORD_ID_SIZE];
    stage_add(stage, "material_flow",
              (const char *const[]){"enterprise",
                                    enterprise,
                                    "period",
                                    period,
                                    "flow",
                                    flow,
                                    "material_class",
                                    material_class,
                                    "material",
                                    material_class,
                                    "quantity",
                                    quantity,
                                    "quantity_unit",
                                    "t",
                                    "basis",
                                    "干基",
                                    "thallium_content",
                                    content,
                                    "thallium_unit",
                                    "mg/kg",
                                    "sampled_on",
                                    "2025-08-12",
                                    NULL},
              id);
}

/* Two quarters of a plant with dust but no sludge, though its profile has a removal unit. */
static void add_plant(struct stage *stage, char id[RECORD_ID_SIZE])
{
    char profile[RECORD_ID_SIZE];
    stage_add(stage, "enterprise",
              (const char *const[]){"name", "示例锌业", "region", "清城区", NULL}, id);
    stage_add(stage, "thallium_enterprise",
              (const char *const[]){"enterprise", "示例锌业", "removal_unit", "有", "water_fate",
                                    "零排放", NULL},
              profile);
    add_flow(stage, id, "2025Q3", "投入", "精矿", "1000", "25");
    add_flow(stage, id, "2025Q3", "产出", "主产品", "600", "<1");
    add_flow(stage, id, "2025Q3", "产出", "烟尘", "70", "300");
    add_flow(stage, id, "2025Q4", "投入", "精矿", "1000", "25");
    add_flow(stage, id, "2025Q4", "产出", "主产品", "600", "");
    add_flow(stage, id, "2025Q4", "产出", "烟尘", "40", "300");
}

static void test_periods_and_bands(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    add_plant(&stage, id);
    balance_open(&stage.app, id);
    stage_play(&stage, "");
    stage_expect(&stage, " 铊平衡 · 示例锌业                               2025Q4 · 低于检出限按 "
                         "LOD/2 计");
    stage_expect(&stage, " ▶ 投入                     25.000    100.00%");
    stage_expect(&stage, "   主产品                 ? 算不出\n");
    stage_expect(&stage, "   副产品                        —\n");
    stage_expect(&stage, "   差额（去向不明）         13.000     52.00%");
    stage_expect(&stage, "   闭合率 48.00% ! 需复测   不计库存 48.00% ! 需复测   检测覆盖 100.00%");
    stage_expect(&stage, "   ! 主产品         没有检测（1 条）");
    stage_expect(&stage, "   ! 污泥、酸泥     没有台账（有除铊设施，铊转到了污泥里）");
    stage_play(&stage, "<PgUp>");
    stage_expect(&stage, "2025Q3 · 低于检出限按 LOD/2 计");
    stage_expect(&stage, "   主产品                    0.300      1.20%");
    stage_expect(&stage, "   闭合率 85.20% ✓ 正常");
    stage_expect(&stage, "按 0 计 0 kg、闭合率 84%");
    stage_play(&stage, "<PgUp>");
    stage_expect(&stage, "2025Q2");
    stage_expect(&stage, "   闭合率 — ? 无法判定");
    stage_play(&stage, "p");
    stage_expect(&stage, " 2025 · ");
    stage_expect(&stage, " ▶ 投入                     50.000    100.00%");
    stage_expect(&stage, "   闭合率 66.60% ? 需说明");
    stage_play(&stage, "p");
    stage_expect(&stage, "2025Q2");
    stage_play(&stage, "p<PgUp>");
    stage_expect(&stage, " 2024 · ");
    stage_end(&stage);
}

static void test_from_a_figure_to_its_rows(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    add_plant(&stage, id);
    balance_open(&stage.app, id);
    stage_play(&stage, "p<Down><Down><Down><Down><Enter>");
    stage_expect(&stage, "铊物料台账 · 只看选出的");
    stage_expect(&stage, "6 条 · 显示 2");
    stage_expect(&stage, " ▶ ? 烟尘");
    /* The list can be sorted and searched like any other, and widened. */
    stage_play(&stage, "F");
    stage_expect_not(&stage, "只看选出的");
    stage_play(&stage, "<Esc><Home><End><Up><Enter>");
    stage_expect(&stage, "6 条 · 显示 1"); /* the product without an assay */
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "铊物料台账 · 主产品");
    stage_play(&stage, "<Esc><Esc>");
    /* The outputs together, then everything behind the rest. */
    stage_play(&stage, "<Home><Down><Down><Down><Down><Down><Down><Down><Down><Enter>");
    stage_expect(&stage, "6 条 · 显示 4");
    stage_play(&stage, "<Esc><Down><Down><Down><Down><Enter>");
    stage_expect(&stage, "铊物料台账 · 只看选出的");
    stage_expect(&stage, " 6 条 · 按");
    stage_end(&stage);
}

static void test_what_is_missing_is_begun(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    add_plant(&stage, id);
    balance_open(&stage.app, id);
    stage_play(&stage, "<End><Enter>");
    stage_expect(&stage, "铊物料台账 · （新建）");
    stage_expect(&stage, "核算期           * [ 2025Q4     ]");
    stage_expect(&stage, "物流方向         * [ 产出      ▾ ]");
    stage_expect(&stage, "物料类别         * [ 污泥      ▾ ]");
    stage_play(&stage, "<Esc>"); /* nothing was typed: nothing is left */
    stage_expect(&stage, "铊平衡 · 示例锌业");
    stage_play(&stage, "<End>n");
    stage_expect(&stage, "铊物料台账 · （新建）");
    stage_play(&stage, "除铊污泥<Enter><F2><Esc>");
    /* The row is there, without amount and content; the balance has read it. */
    stage_expect(&stage, "铊平衡 · 示例锌业");
    stage_expect(&stage, " ▶ ! 污泥、酸泥     缺数量（1 条）");
    stage_end(&stage);
}

static void test_whose(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE], profile[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    menu_open(&stage.app);
    balance_open(&stage.app, NULL);
    stage_play(&stage, "");
    stage_expect(&stage, "? 还没有涉铊企业，也没有物料台账。");
    add_plant(&stage, id);
    stage_add(&stage, "enterprise",
              (const char *const[]){"name", "示例选矿", "region", "清城区", NULL}, other);
    stage_add(&stage, "thallium_enterprise", (const char *const[]){"enterprise", "示例选矿", NULL},
              profile);
    balance_open(&stage.app, id);
    stage_play(&stage, "c选矿<Enter>");
    /* Without rows it is the quarter that is due. */
    stage_expect(&stage, "铊平衡 · 示例选矿                               2026Q1 · ");
    stage_expect(&stage, "   ! 投入           没有台账（每家企业都有）");
    stage_play(&stage, "c锌业<Enter>");
    stage_expect(&stage, "铊平衡 · 示例锌业                               2025Q4 · ");
    stage_end(&stage);
}

static void test_small_and_wide(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 43, 132);
    add_plant(&stage, id);
    balance_open(&stage.app, id);
    stage_play(&stage, "");
    stage_expect(&stage,
                 "   闭合率 = （产出和排放 12 + 期末库存 0）÷（投入 25 + 期初库存 0）= 48.00%");
    stage_expect(&stage, "   80% 到 120% 为正常，低于 60% 或高于 140% 需复测");
    stage_resize(&stage, 10, 40);
    stage_expect(&stage, " ▶ 投入");
    stage_play(&stage, "<End>");
    stage_expect(&stage, " ▶ ! 污泥、酸泥");
    stage_play(&stage, "x");
    stage_resize(&stage, 24, 80);
    stage_expect(&stage, "铊平衡表 ▾");
    stage_expect(&stage, "2025Q4铊平衡表.xlsx");
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_periods_and_bands),
        cmocka_unit_test(test_from_a_figure_to_its_rows),
        cmocka_unit_test(test_what_is_missing_is_begun),
        cmocka_unit_test(test_whose),
        cmocka_unit_test(test_small_and_wide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
