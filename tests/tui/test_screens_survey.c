/* The survey: step by step, only what concerns the record, left and taken up at any step. */
#include "form_stage.h"

#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define RULE "────────────────────────────────────────────────────────────────────────────────\n"

static const char *const plant[] = {
    "name", "清远市示例冶炼有限公司", "region", "清城区", "town", "龙塘镇", NULL};

/* Of a new record, or of a stored one, which key F7 of its form turns into steps. */
static void open_survey(struct stage *stage, const char *reg, const char *id)
{
    if (id)
        form_open(&stage->app, reg_find(reg), id, NULL);
    else
        form_begin(&stage->app, reg_find(reg), NULL);
    stage_play(stage, id ? "<F7>" : "");
}

static void test_first_step(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    open_survey(&stage, "legacy_site", NULL);
    stage_expect_screen(
        &stage,
        " 历史遗留点位排查向导 · （新建）                                第 1/10 步 基本\n" RULE
        " [基本] 位置  状态  类型  监测  三防  分级  治理  核实  敏感目标 0  小结\n"
        "────────────────────────────────────────────── 本步 0/4 · 已填 1/58 · 待补 34 ──\n"
        "   哪处点位、谁来负责：历史遗留点位一矿一策，没有责任主体的由属地政府负责。\n"
        " ▸ 点位名称       * [                                                  ]\n"
        "   原企业（矿山） * [                                          ]\n"
        "   责任主体情况   * [       ▾ ]\n"
        "   属地责任单位   * [                                      ]\n"
        "\n\n\n\n\n\n\n\n\n" RULE " 当地通行的叫法，加上矿区或沟名，避免与别处重名。\n"
        " 依据 吉环固体字〔2022〕10号 四（八）（一矿一策）。例 老厂沟铅锌废渣堆。\n"
        "\n" RULE
        " Enter 下一项  PgUp/PgDn 上下步  F2 保存  F1 依据  F6 待补  F7 表单  Esc 返回\n");
    stage_play(&stage, "<F1>");
    stage_expect(&stage,
                 "哪处点位、谁来负责：历史遗留点位一矿一策"); /* what the law wants of the step */
    stage_expect(&stage, "例：老厂沟铅锌废渣堆");
    stage_play(&stage, "<Esc><Esc>");
    assert_int_equal(stage.app.count, 0);
    stage_end(&stage);
}

/* One inventory from the first step to the last, with nothing but Enter and what is typed. */
static void test_all_steps_of_a_site(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    open_survey(&stage, "legacy_site", NULL);
    stage_play(&stage, "老厂沟废渣堆<Enter>不详<Enter>有<Enter>");
    stage_expect(&stage, "▸ 责任单位       * ["); /* only because somebody is liable */
    stage_play(&stage, "示例矿业有限公司<Enter>示例县人民政府<Enter>");
    stage_expect(&stage, "第 2/10 步 位置");
    stage_expect(&stage, "基本✓");
    stage_play(&stage,
               "<Enter>龙塘镇<Enter><Enter>清城区龙塘镇老厂沟<Enter>113.05<Enter>23.68<Enter>"
               "北江<Enter>");
    stage_expect(&stage, "第 3/10 步 状态");
    stage_expect_not(&stage, "停产起始日期"); /* not before it is closed */
    stage_play(&stage, "无主<Enter>");
    stage_expect(&stage, "第 4/10 步 类型");
    stage_expect_not(&stage, "涌水pH");
    stage_expect_not(&stage, "堆存量");
    stage_play(&stage, "废渣堆<Tab><Enter>");
    stage_expect(&stage, "堆存量（重量）");
    stage_expect_not(&stage, "涌水pH");
    stage_play(&stage, "重有<Enter><Enter>3.2<Enter><Enter>5400<Enter>");
    stage_expect(&stage, "▸ 固废属性"); /* past the water that there is none of */
    stage_play(&stage, "未鉴<Enter>");
    stage_expect(&stage, "第 5/10 步 监测");
    stage_play(&stage, "<PgDn><PgDn><PgDn><PgDn>");
    stage_expect(&stage, "第 9/10 步 核实");
    stage_play(&stage, "<PgDn>");
    stage_expect(&stage, "第 10/10 步 敏感目标");
    stage_expect(&stage, "先按 F2 保存这一条，再来添加敏感目标。");
    stage_play(&stage, "<F2>");
    stage_expect(&stage, "✓ 已保存 10:42:07，编号 LY-441802-2026-0001");
    stage_expect(&stage, "还没有敏感目标，按 n 添加。");
    stage_play(&stage, "<PgDn>");
    stage_expect(&stage, " 小结 · 已保存 10:42:07\n");
    stage_expect(&stage, "✓ 已保存，还有 ");
    stage_expect(&stage, "▶ ✓ 基本        填好了 5/5");
    stage_expect(&stage, "? 监测        待补 3 项：最近监测值 浸出、采样日期、评价结论");
    stage_expect(&stage, "· 敏感目标    0 个");
    stage_only_id(&stage, "legacy_site", id);
    stage_expect_value(&stage, "legacy_site", id, "liable_party", "示例矿业有限公司");
    stage_expect_value(&stage, "legacy_site", id, "problem_types", "废渣堆");
    stage_expect_value(&stage, "legacy_site", id, "area_m2", "5400");
    stage_end(&stage);
}

static void test_summary_leads_everywhere(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "legacy_site",
              (const char *const[]){"name", "一号硐", "region", "清城区", "problem_types",
                                    "矿井（硐）涌水", "waste_class", "未鉴别", NULL},
              id);
    open_survey(&stage, "legacy_site", id);
    stage_play(&stage, "<BackTab>"); /* there is nothing before the first step */
    stage_expect(&stage, "第 1/10 步 基本");
    for (int i = 0; i < 12; i++)
        stage_play(&stage, "<Tab>"); /* nor behind the summary */
    stage_expect(&stage, "[小结]");
    stage_play(&stage, "<Down><Down><Down>");
    stage_expect(&stage,
                 "▶ ? 类型        待补 7 项：矿种（原工艺）、占地面积、涌水量 枯水期"); /* V55 */
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "第 4/10 步 类型");
    stage_expect(&stage, "▸ 矿种（原工艺）");
    stage_play(&stage, "<PgDn><PgDn><PgDn><PgDn><PgDn><PgDn><PgDn><PgDn><End>");
    stage_expect(&stage, "固废属性还没有鉴别");
    stage_expect(&stage, "V56 提示：固废属性还没有鉴别"); /* in full, below */
    stage_expect(&stage, "依据 滇规划 三（三）1");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "▸ 固废属性");
    stage_play(&stage, "<F1>");
    stage_expect(&stage, "V56 提示");
    stage_play(&stage, "<Esc><Esc>");
    assert_int_equal(stage.app.count, 0);
    stage_end(&stage);
}

/* What is not asked for is not lost. */
static void test_hidden_values_are_kept(void **state)
{
    (void)state;
    struct stage stage;
    char plant_id[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, plant_id);
    open_survey(&stage, "thallium_enterprise", NULL);
    stage_expect_not(&stage,
                     "统一社会信用代码"); /* nothing to see before the enterprise is known */
    stage_play(&stage, "清远<Enter>");
    stage_expect(&stage, "龙塘镇");
    stage_play(&stage, "<PgDn><PgDn><PgDn>");
    stage_expect(&stage, "第 4/7 步 除铊");
    stage_expect(&stage, "本步 0/2");
    stage_expect_not(&stage, "除铊工艺");
    stage_play(&stage, "是");
    stage_expect(&stage, "▸ 除铊工艺         * [");
    stage_expect(&stage, "本步 1/5");
    stage_play(&stage, "氧化<Tab><Enter>1200<Enter><Up><Up><Up>否");
    stage_expect_not(&stage, "除铊工艺");
    stage_expect(&stage, "本步 1/2");
    stage_expect(&stage, "▸ 除铊升级改造");
    stage_play(&stage, "<F2>");
    stage_only_id(&stage, "thallium_enterprise", id);
    stage_expect_value(&stage, "thallium_enterprise", id, "removal_unit", "否");
    stage_expect_value(&stage, "thallium_enterprise", id, "removal_process", "氧化硫化");
    stage_expect_value(&stage, "thallium_enterprise", id, "removal_capacity", "1200");
    stage_play(&stage, "<Up>是");
    stage_expect(&stage, "氧化硫化");
    stage_expect(&stage, "[ 1200 ");
    stage_end(&stage);
}

static void test_all_steps_of_thallium(void **state)
{
    (void)state;
    struct stage stage;
    char plant_id[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, plant_id);
    open_survey(&stage, "thallium_enterprise", NULL);
    stage_play(&stage, "清远<Enter>有色冶炼<Enter>原料<Enter>烟尘<Tab><Enter>");
    stage_expect(&stage, "第 2/7 步 物料");
    stage_play(&stage,
               "进口锌精矿<Enter>38.5<Enter>21<Enter>2026-04-20<Enter>GDHJ-1<Enter>46000<Up>");
    stage_expect(&stage, "966 kg/a");
    stage_play(&stage, "<Down><Enter>零排<Enter>");
    stage_expect(&stage, "▸ 不外排证明 ");
    stage_expect_not(&stage, "总排口编号");
    stage_play(&stage, "水平衡报告<Enter><Enter>YS001<Enter>GB 25466-2010<Enter>0.005<Enter><Enter>"
                       "车间<Enter>");
    stage_expect(&stage, "第 4/7 步 除铊");
    stage_play(&stage, "否无需<Enter>");
    stage_expect(&stage, "第 5/7 步 监测");
    stage_play(&stage,
               "月<Enter>0.0042<Enter>20260520<Enter>达标<Enter>七星岗断面<Enter>12.5<Enter>否");
    stage_expect(&stage, "第 6/7 步 方案"); /* how long the records are kept is not asked */
    stage_play(&stage, "橙<Enter>车间口去年两次接近限值<Down>20250310<Enter>20250402<Enter>20251220"
                       "<Enter>");
    stage_expect(&stage, "第 7/7 步 核实");
    stage_play(&stage, "排查<Enter>20260601<Enter>张<Enter>涉铊<Tab><Enter><PgDn>");
    stage_expect(&stage, "按 F2 保存；");
    stage_expect(&stage, "✓ 物料        填好了 6/6");
    stage_play(&stage, "<F2>");
    stage_expect(&stage, "✓ 已保存，必填的都填好了。");
    stage_only_id(&stage, "thallium_enterprise", id);
    stage_expect_value(&stage, "thallium_enterprise", id, "plan_completed_on", "2025-12-20");
    stage_expect_drafts(&stage, "thallium_enterprise", "");
    stage_expect(&stage, "接着可以：n 排查下一条，i 现场检查，c 看案卷，Esc 返回。");
    stage_play(&stage, "c");
    assert_int_equal(stage.app.count, 2);
    stage_expect(&stage, "案卷 · ");
    stage_play(&stage, "<Esc>");
    assert_int_equal(stage.app.count, 1);
    stage_play(&stage, "n");
    stage_expect(&stage, "涉铊企业排查向导 · （新建）");
    stage_expect(&stage, "上一条：清远市示例冶炼有限公司（^D 取用）");
    stage_play(&stage, "<PgDn><^D>");
    stage_expect(&stage, "[ 进口锌精矿");
    stage_end(&stage);
}

static void test_left_and_taken_up(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    open_survey(&stage, "legacy_site", NULL);
    stage_play(&stage, "老厂沟废渣堆<Enter><PgDn><PgDn><PgDn>");
    stage_expect(&stage, "第 4/10 步 类型");
    stage_play(&stage, "<Esc><Enter>");
    assert_true(term_memory_saw(stage.terminal, "改动还没有保存"));
    assert_int_equal(stage.app.count, 0);
    stage_expect_drafts(&stage, "legacy_site", "name=老厂沟废渣堆\n");
    stage_restart(&stage, STORE_WRITE);
    stage_draft_id(&stage, id);
    form_open(&stage.app, reg_find("legacy_site"), id, NULL); /* as the desk does */
    stage_play(&stage, "");
    stage_expect(&stage, "历史遗留点位排查向导 · 老厂沟废渣堆");
    stage_expect(&stage, "第 4/10 步 类型");
    stage_play(&stage,
               "<PgDn><PgDn><PgDn><PgDn><PgDn><PgDn><PgDn><Esc><Enter>"); /* from the summary */
    stage_restart(&stage, STORE_WRITE);
    term_memory_type(stage.terminal, "<Enter>", NULL); /* the answer: go on */
    open_survey(&stage, "legacy_site", NULL);
    assert_true(term_memory_saw(stage.terminal, "上次有一条没有填完：老厂沟废渣堆"));
    stage_expect(&stage, "[小结]");
    stage_play(&stage, "<F2>");
    stage_expect(&stage, "✓ 已保存");
    stage_expect_drafts(&stage, "legacy_site", "");
    stage_play(&stage, "<Esc>");
    open_survey(&stage, "legacy_site", NULL); /* nothing is left to go on with */
    stage_expect(&stage, "（新建）");
    stage_play(&stage, "<Esc>");
    assert_int_equal(stage.app.count, 0);
    stage_end(&stage);
}

static void test_another_beside_the_unfinished(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    open_survey(&stage, "legacy_site", NULL);
    stage_play(&stage, "甲<Enter><Esc><Enter>");
    term_memory_type(stage.terminal, "<Down><Enter>", NULL);
    open_survey(&stage, "legacy_site", NULL);
    stage_expect(&stage, "（新建）");
    stage_expect(&stage, "第 1/10 步 基本");
    stage_play(&stage, "<Esc>");
    stage_expect_drafts(&stage, "legacy_site", "name=甲\n");
    stage_end(&stage);
}

static void test_form_and_survey_are_one(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "legacy_site", NULL, NULL);
    stage_play(&stage, "甲<Tab><Tab>");
    stage_expect(&stage, "第 3/10 页");
    stage_play(&stage, "<F7>");
    stage_expect(&stage, "第 3/10 步 状态");
    stage_play(&stage, "<F7><Tab>");
    stage_expect(&stage, "第 4/10 页");
    stage_expect_not(&stage, "小结");
    stage_play(&stage, "<Esc><Enter>");
    stage_draft_id(&stage, id);
    stage_open(&stage, "legacy_site", id, NULL);
    stage_expect(&stage, "第 1/10 页"); /* it was left as a form */
    stage_play(&stage, "<Esc><Enter>");
    stage_open(&stage, "receptor", NULL, NULL);
    stage_play(&stage, "<F7>"); /* a register that declares no survey */
    stage_expect(&stage, "第 1/1 页");
    stage_end(&stage);
}

/* Where all of a section is hidden there is no such step. */
static void test_pages_without_fields_are_left_out(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, id);
    open_survey(&stage, "enterprise", id);
    stage_expect(&stage, "第 1/9 步 基本");
    stage_play(&stage, "<PgDn><PgDn><PgDn><PgDn><PgDn>");
    stage_expect(&stage, "第 6/9 步 许可");
    stage_play(&stage, "登记<Enter>");
    stage_expect(&stage, "第 6/9 步 许可");
    stage_play(&stage, "<Up>重点<Enter>");
    stage_expect(&stage, "第 6/11 步 许可");
    stage_play(&stage, "<PgDn>");
    stage_expect(&stage, "第 7/11 步 浓度");
    stage_play(&stage, "<PgUp>无需<Enter>");
    stage_expect(&stage, "第 7/9 步 排放量"); /* nothing else is asked about the permit */
    stage_play(&stage, "<Esc>3");
    stage_open(&stage, "enterprise", id, NULL);
    stage_expect(&stage, "第 1/9 页");
    stage_end(&stage);
}

/* What only can be looked at is looked at in the form. */
static void test_read_only(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "legacy_site",
              (const char *const[]){"name", "一号硐", "region", "清城区", NULL}, id);
    stage_restart(&stage, STORE_READ);
    form_open(&stage.app, reg_find("legacy_site"), id, NULL);
    stage_play(&stage, "");
    stage_expect(&stage, "现在只能查看");
    stage_play(&stage, "x<F7><F2>");
    stage_expect(&stage, "第 1/10 页 · 只读");
    stage_expect_not(&stage, "小结");
    stage_play(&stage, "<Esc>");
    assert_int_equal(stage.app.count, 0);
    stage_end(&stage);
}

static void test_any_size(void **state)
{
    (void)state;
    struct stage stage;
    static const struct {
        int rows, columns;
    } sizes[] = {{10, 40}, {43, 132}, {11, 57}, {24, 80}};
    stage_begin(&stage, 24, 80);
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        if (!(reg->flags & REG_SURVEY))
            continue;
        open_survey(&stage, reg->name, NULL);
        for (size_t step = 0; step < reg->section_count + 2; step++) {
            for (size_t j = 0; j < COUNT_OF(sizes); j++) {
                stage_resize(&stage, sizes[j].rows, sizes[j].columns);
                stage_play(&stage, "<Down><Up>");
            }
            stage_play(&stage, "<PgDn>");
        }
        stage_expect(&stage, "[小结]");
        stage_play(&stage, "<Esc>");
        assert_int_equal(stage.app.count, 0);
    }
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_step),
        cmocka_unit_test(test_all_steps_of_a_site),
        cmocka_unit_test(test_summary_leads_everywhere),
        cmocka_unit_test(test_hidden_values_are_kept),
        cmocka_unit_test(test_all_steps_of_thallium),
        cmocka_unit_test(test_left_and_taken_up),
        cmocka_unit_test(test_another_beside_the_unfinished),
        cmocka_unit_test(test_form_and_survey_are_one),
        cmocka_unit_test(test_pages_without_fields_are_left_out),
        cmocka_unit_test(test_read_only),
        cmocka_unit_test(test_any_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
