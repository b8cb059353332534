/* 铊去向: the drawing of a chain and its table, moving about in both, what a line leads to. */
#include "form_stage.h"

#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static const char chain_screen[] =
    " 铊去向 · 示例锌业                                 2026 · 送出 102.000 kg · ↺ 1\n"
    "────────────────────────────────────────────────────────────────────────────────\n"
    "│示例矿业    │███████████████████│示例锌业    │▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄│示例再生    │\n"
    "│120.000 清… │███ 精矿 120.000 ██│102.000 送出│█ ≠烟尘等 100.000 █│120.000     │\n"
    "│            │███████████████████│            │███████████████████│            │\n"
    "                                 │            │▁╮\n"
    "                                                ╰▁▁▁ 废水 2.000 ▁▁│北江        │\n"
    "                                                                  │2.000 水体  │\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "── ▸ 右边还有 2 列 ────────────────────────────────────────────────── 单位 kg ──\n"
    "     从                        到                      物料             铊量 kg\n"
    "   ≠ 示例锌业                → 示例再生                烟尘           90.000000\n"
    "   ≠ 示例锌业                → 示例再生                酸泥           10.000000\n"
    "     示例锌业                → 北江                    废水            2.000000\n"
    "     示例再生                → 示例水泥                废渣           60.000000\n"
    "     示例再生                → 水泥窑                  废渣           10.000000\n"
    "────────────────────────────────────────────────────────────────────────────────\n"
    " 示例锌业：投入 120.000，送出 100.000，排放 2.000，链内收到 120.000 kg。\n"
    "\n"
    "────────────────────────────────────────────────────────────────────────────────\n"
    " Enter 打开  Tab 图/表  p 核算期  x 导出  Esc 返回  F1 帮助\n";

static const char return_screen[] =
    " 铊去向 · 示例锌业                                 2026 · 送出 102.000 kg · ↺ 1\n"
    "────────────────────────────────────────────────────────────────────────────────\n"
    "│示例再生    │▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄│示例水泥    │██ 主产品 40.000 ██│外售        │\n"
    "│120.000     │███ 废渣 60.000 ███│60.000      │▄╮                 │40.000 去向 │\n"
    "│            │▂╮                                │\n"
    "               ╰▂▂ 废渣 10.000 ▂▂│水泥窑      │ ╰▄▄ !烟尘 20.000 ▄│↺ 示例再生  │\n"
    "│北江        │                   │10.000 去向 │                   │回流        │\n"
    "│2.000 水体  │\n"
    "\n"
    "\n"
    "\n"
    "\n"
    "── ◂ 左边还有 2 列 ────────────────────────────────────────────────── 单位 kg ──\n"
    "     从                        到                      物料             铊量 kg\n"
    "   ≠ 示例锌业                → 示例再生                烟尘           90.000000\n"
    "   ≠ 示例锌业                → 示例再生                酸泥           10.000000\n"
    "     示例锌业                → 北江                    废水            2.000000\n"
    "     示例再生                → 示例水泥                废渣           60.000000\n"
    "     示例再生                → 水泥窑                  废渣           10.000000\n"
    "────────────────────────────────────────────────────────────────────────────────\n"
    " 示例水泥：投入 60.000，送出 60.000，排放 0.000，链内收到 60.000 kg。\n"
    "\n"
    "────────────────────────────────────────────────────────────────────────────────\n"
    " Enter 打开  Tab 图/表  p 核算期  x 导出  Esc 返回  F1 帮助\n";

struct chain {
    struct stage stage;
    char smelter[RECORD_ID_SIZE], recycler[RECORD_ID_SIZE], kiln[RECORD_ID_SIZE];
};

static void add_enterprise(struct stage *stage, const char *name, char id[RECORD_ID_SIZE])
{
    stage_add(stage, "enterprise", (const char *const[]){"name", name, "region", "清城区", NULL},
              id);
}

/* So many tons with 1000 mg/kg; `field` may be "" . */
static void add_flow(struct stage *stage, const char *enterprise, const char *way,
                     const char *class, const char *kg, const char *field, const char *text)
{
    static int number;
    char id[RECORD_ID_SIZE], name[32];
    snprintf(name, sizeof name, "物料%d", ++number);
    stage_add(stage, "material_flow",
              (const char *const[]){"enterprise",
                                    enterprise,
                                    "period",
                                    "2026Q1",
                                    "flow",
                                    way,
                                    "material_class",
                                    class,
                                    "material",
                                    name,
                                    "quantity",
                                    kg,
                                    "quantity_unit",
                                    "t",
                                    "basis",
                                    "干基",
                                    "thallium_content",
                                    "1000",
                                    "thallium_unit",
                                    "mg/kg",
                                    field,
                                    text,
                                    NULL},
              id);
}

/* The chain of tests/core/test_trace.c. */
static void begin(struct chain *chain, int rows, int columns)
{
    struct stage *stage = &chain->stage;
    stage_begin(stage, rows, columns);
    add_enterprise(stage, "示例锌业", chain->smelter);
    add_enterprise(stage, "示例再生", chain->recycler);
    add_enterprise(stage, "示例水泥", chain->kiln);
    add_flow(stage, "示例锌业", "产出", "烟尘", "90", "receiver", "示例再生");
    add_flow(stage, "示例锌业", "产出", "酸泥", "10", "receiver", "示例再生");
    add_flow(stage, "示例锌业", "排放", "废水", "2", "destination", "北江");
    add_flow(stage, "示例锌业", "投入", "精矿", "120", "supplier", "示例矿业");
    add_flow(stage, "示例再生", "投入", "烟尘", "97.5", "supplier", "示例锌业");
    add_flow(stage, "示例再生", "产出", "废渣", "60", "receiver", "示例水泥");
    add_flow(stage, "示例再生", "产出", "废渣", "10", "destination", "水泥窑");
    add_flow(stage, "示例水泥", "投入", "废渣", "60", "supplier", "示例再生");
    add_flow(stage, "示例水泥", "产出", "烟尘", "20", "receiver", "示例再生");
    add_flow(stage, "示例水泥", "产出", "主产品", "40", "destination", "外售");
}

static void open_chain(struct chain *chain)
{
    trace_open(&chain->stage.app, chain->smelter);
    stage_play(&chain->stage, "");
}

static void a_chain_is_drawn(void **state)
{
    (void)state;
    struct chain chain;
    begin(&chain, 24, 80);
    open_chain(&chain);
    stage_expect_screen(&chain.stage, chain_screen);
    stage_end(&chain.stage);
}

static void the_return_stream_is_marked(void **state)
{
    (void)state;
    struct chain chain;
    begin(&chain, 24, 80);
    open_chain(&chain);
    stage_play(&chain.stage, "<Right><Right>");
    stage_expect_screen(&chain.stage, return_screen);
    stage_resize(&chain.stage, 43, 132);
    stage_expect(&chain.stage, "│████ 废渣 60.000 ███│60.000          │███ 主产品 40.000 ██│");
    stage_expect(&chain.stage, " ╰██ !烟尘 20.000 ██│↺ 示例再生      │");
    stage_expect(&chain.stage, "铊量 kg 危废代码    联单号");
    stage_end(&chain.stage);
}

/* Right along the thickest band, down within the layer; Enter makes a node the start, Esc goes
 * back, from the first start out of the screen. */
static void any_node_can_be_the_start(void **state)
{
    (void)state;
    struct chain chain;
    struct stage *stage = &chain.stage;
    begin(&chain, 24, 80);
    open_chain(&chain);
    stage_expect_cursor(stage, 2, 34);
    stage_play(stage, "<Right>");
    stage_expect(stage,
                 "示例再生：投入 97.500，送出 70.000，排放 0.000，链内收到 120.000 kg。起点送出");
    stage_expect(stage, "的铊推算有 50.000 kg（49.0%）留在这里。");
    stage_play(stage, "<Down>");
    stage_expect(stage,
                 "北江：水体，链内收到 2.000 kg。起点送出的铊推算有 2.000 kg（2.0%）到了这里。");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "铊去向 · 北江");
    stage_expect(stage, "2026 · 收到 2.000 kg");
    stage_play(stage, "<Left><Enter>");
    stage_expect(stage, "铊去向 · 示例锌业");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "案卷 · 示例锌业");
    stage_play(stage, "<Esc><Esc>");
    stage_expect(stage, "铊去向 · 北江");
    stage_play(stage, "<Esc>");
    stage_expect(stage, "铊去向 · 示例锌业");
    stage_play(stage, "<Esc>");
    assert_int_equal(stage->app.count, 0);
    stage_end(stage);
}

static void a_line_leads_to_its_rows(void **state)
{
    (void)state;
    struct chain chain;
    struct stage *stage = &chain.stage;
    begin(&chain, 24, 80);
    open_chain(&chain);
    stage_play(stage, "<Tab><Down>");
    stage_expect(stage,
                 "▶ ≠ 示例锌业                → 示例再生                酸泥           10.000000");
    stage_expect(stage, "≠ 送出方共 100 kg，接收方入账 97.5");
    stage_expect(stage, "kg，相差 2.5 kg。");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "铊物料台账");
    stage_expect(stage, "显示 1");
    stage_expect(stage, "酸泥");
    stage_play(stage, "<Esc>b");
    stage_expect(stage, "显示 1");
    stage_expect(stage, "示例再生    2026Q1    投入      烟尘");
    stage_play(stage, "<Esc><End><Up>");
    stage_expect(stage,
                 "▶ ! 示例水泥                → 示例再生                烟尘           20.000000");
    stage_expect(stage, "↺ 回流，不再往下追。! 接收方这一期的");
    stage_expect(stage, "台账里没有这笔投入，请核对。");
    /* What was changed meanwhile is read again. */
    add_flow(stage, "示例再生", "投入", "烟尘", "20", "supplier", "示例水泥");
    stage_play(stage, "<Enter><Esc>");
    stage_expect(stage, "一致。");
    stage_end(stage);
}

static void small_flows_are_folded(void **state)
{
    (void)state;
    struct chain chain;
    struct stage *stage = &chain.stage;
    char name[32], kg[16];
    begin(&chain, 24, 80);
    for (int i = 1; i <= 9; i++) {
        snprintf(name, sizeof name, "示例买家%d", i);
        snprintf(kg, sizeof kg, "0.00%d", i);
        add_flow(stage, "示例锌业", "产出", "副产品", kg, "receiver_name", name);
    }
    open_chain(&chain);
    stage_play(stage, "<Right><Down><Down><Down>");
    stage_expect(stage, "示例买家9");
    stage_expect_not(stage, "示例买家1\n");
    stage_play(stage, "<Down><Down><Down>");
    stage_expect(stage, "│其余 6 条");
    stage_expect(stage, "0.021");
    stage_expect(stage, "较小的并在一起，按 Tab 到下面的表里看每一条。");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "按 Tab 到表里看每一条");
    stage_play(stage, "<Tab><End>");
    stage_resize(stage, 10, 40);
    stage_expect(stage, "铊去向 · 示例锌业");
    stage_end(stage);
}

static void another_period(void **state)
{
    (void)state;
    struct chain chain;
    struct stage *stage = &chain.stage;
    char id[RECORD_ID_SIZE];
    begin(&chain, 24, 80);
    add_enterprise(stage, "示例钢铁", id);
    stage_add(stage, "material_flow",
              (const char *const[]){"enterprise", "示例钢铁", "period", "2025H1", "flow", "排放",
                                    "material_class", "废气", "material", "烟气", NULL},
              id);
    open_chain(&chain);
    term_memory_forget(stage->terminal);
    stage_play(stage, "p2025H1<Enter>");
    assert_true(term_memory_saw(stage->terminal, "看哪个核算期"));
    stage_expect(stage, "示例锌业在 2025H1 没有物料台账，也没有别的企业写到它。按 p 换一个核算期");
    stage_play(stage, "<Tab><Enter><Down>");
    stage_expect(stage, "没有物料台账");
    stage_play(stage, "p2026Q1<Enter>");
    stage_expect(stage, "2026Q1 · 送出 102.000 kg");
    stage_play(stage, "x");
    stage_expect(stage, "铊平衡表");
    stage_expect(stage, "2026Q1");
    stage_play(stage, "<Esc>");
    stage_play(stage, "<Esc>");
    /* From the menu it asks of which. */
    struct error err = {0};
    assert_true(term_memory_type(stage->terminal, "示例再生<Enter>", &err));
    trace_open(&stage->app, NULL);
    stage_play(stage, "");
    assert_true(term_memory_saw(stage->terminal, "追哪家企业的铊"));
    assert_false(term_memory_saw(stage->terminal, "示例钢铁"));
    stage_expect(stage, "铊去向 · 示例再生");
    stage_play(stage, "p2025<Enter>");
    stage_expect(stage, "没有物料台账");
    stage_end(stage);
}

static void what_is_not_measured_is_a_dotted_line(void **state)
{
    (void)state;
    struct chain chain;
    struct stage *stage = &chain.stage;
    char id[RECORD_ID_SIZE];
    begin(&chain, 24, 80);
    add_enterprise(stage, "示例钢铁", id);
    stage_add(stage, "material_flow",
              (const char *const[]){"enterprise", "示例钢铁", "period", "2025H1", "flow", "排放",
                                    "material_class", "废气", "material", "烟气", NULL},
              chain.kiln);
    trace_open(&stage->app, id);
    stage_play(stage, "");
    stage_expect(stage, "2025 · 收到 0.000 kg");
    stage_expect(stage, "┄┄ 废气 未测 ┄┄");
    stage_expect(stage, "废气                未测");
    stage_end(stage);
}

static void without_a_ledger_it_says_so(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    menu_open(&stage.app);
    trace_open(&stage.app, NULL);
    stage_play(&stage, "");
    stage_expect(&stage, "还没有铊物料台账，请先登记投入、产出和接收单位");
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_is_drawn),
        cmocka_unit_test(the_return_stream_is_marked),
        cmocka_unit_test(any_node_can_be_the_start),
        cmocka_unit_test(a_line_leads_to_its_rows),
        cmocka_unit_test(small_flows_are_folded),
        cmocka_unit_test(another_period),
        cmocka_unit_test(what_is_not_measured_is_a_dotted_line),
        cmocka_unit_test(without_a_ledger_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
