/* Field inspection at the keyboard: one key an answer, nothing lost, a 否 becomes a problem,
 * samples are judged, the summary says what is left. */
#include "form_stage.h"

#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const site[] = {"name", "老厂沟废渣堆", "region", "清城区",
                                   "town", "龙塘镇",       NULL};

static void begin(struct stage *stage, char id[RECORD_ID_SIZE])
{
    static const char *const contents[] = {"边坡稳定", "截洪沟完好", "标志齐全"};
    char question[RECORD_ID_SIZE], number[4];
    stage_begin(stage, 24, 80);
    for (size_t i = 0; i < 3; i++) {
        snprintf(number, sizeof number, "%zu", i + 1);
        const char *const fields[] = {"list",
                                      "历史遗留点位检查表",
                                      "number",
                                      number,
                                      "category",
                                      "堆体",
                                      "content",
                                      contents[i],
                                      "criterion",
                                      "有裂缝、塌方的判为有问题",
                                      "evidence",
                                      "现场照片",
                                      "passage",
                                      "吉环固体字〔2022〕10号 四（八）",
                                      "problem_category",
                                      "历史遗留",
                                      "statement",
                                      "截洪沟（位置……）损坏，雨水冲入堆体",
                                      "measure",
                                      "修复截洪沟",
                                      NULL};
        stage_add(stage, "checklist", fields, question);
    }
    stage_add(stage, "legacy_site", site, id);
    list_open(&stage->app, reg_find("legacy_site"), NULL);
    stage_play(stage, "");
}

/* A question that was passed over is not lost at the end of the list. */
static void test_a_question_passed_over(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, id);
    stage_play(&stage, "iy<Down>y");
    stage_expect(&stage, "第 2 项还没有答");
    stage_expect(&stage, "▶  2");
    stage_play(&stage, "<End><F2>");
    stage_expect(&stage, "还有 1 项没有答，按 Enter 去答");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "▶  2");
    stage_play(&stage, "y<F2><Home><Enter>");
    stage_expect(&stage, "已答 3/3");
    stage_end(&stage);
}

static void test_one_key_an_answer(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE], visit[RECORD_ID_SIZE];
    begin(&stage, id);
    stage_expect(&stage, "i 检查");
    stage_play(&stage, "i");
    stage_expect(&stage, "现场检查 · 老厂沟废渣堆");
    stage_expect(&stage, "已答 0/3 · 否 0");
    stage_expect(&stage, "有裂缝、塌方的判为有问题");
    stage_only_id(&stage, "inspection", visit);
    assert_string_equal(visit, ""); /* looking in leaves nothing behind */
    stage_play(&stage, "y");
    stage_expect(&stage, "1 ✓ 是");
    stage_expect(&stage, "▶  2");
    stage_play(&stage, "n");
    stage_expect(&stage, "2 ! 否");
    stage_expect(&stage, "第 2 项记为否");
    stage_expect(&stage, "p 转整改");
    stage_play(&stage, "4");
    stage_expect(&stage, "3 ? 待确认");
    stage_expect(&stage, "已答 3/3 · 否 1");
    stage_expect(&stage, "3 项都答完了");
    stage_play(&stage, "x");
    stage_expect(&stage, "3 - 不适用");
    stage_play(&stage, "<Delete>");
    stage_expect(&stage, "已答 2/3 · 否 1");
    stage_end(&stage);
}

static void test_going_on(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, id);
    stage_play(&stage, "iyn");
    /* As after a power cut: what was answered is in the file. */
    stage_restart(&stage, STORE_WRITE);
    list_open(&stage.app, reg_find("legacy_site"), NULL);
    stage_play(&stage, "i<Enter>");
    assert_true(term_memory_saw(stage.terminal, "已答 2/3。要接着做吗？"));
    stage_expect(&stage, "已答 2/3 · 否 1");
    stage_expect(&stage, "▶  3"); /* the first without an answer */
    stage_play(&stage, "<Esc>i2");
    stage_expect(&stage, "已答 0/3"); /* a second visit on the same day */
    stage_end(&stage);
}

static void choose(struct stage *stage, const char *script)
{
    assert_true(term_memory_type(stage->terminal, script, NULL));
    inspect_choose(&stage->app);
    stage_play(stage, "");
}

static void test_choosing(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, id);
    stage_play(&stage, "iy<Esc>");
    choose(&stage, "老厂<Enter>"); /* what was begun stands first */
    assert_true(term_memory_saw(stage.terminal, "接着做：2026-06-15 XC-441802-2026-0001"));
    stage_expect(&stage, "已答 1/3");
    choose(&stage, "园区<Enter>");
    stage_expect(&stage, "涉重金属园区");
    stage_expect(&stage, "按 i 开始检查");
    stage_end(&stage);
}

static void test_a_no_becomes_a_problem(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE], problem[RECORD_ID_SIZE];
    begin(&stage, id);
    stage_play(&stage, "iynp");
    stage_expect(&stage, "整改台账 · ");
    stage_expect(&stage, "已登记到整改台账");
    stage_only_id(&stage, "problem", problem);
    stage_expect_value(&stage, "problem", problem, "site", "老厂沟废渣堆");
    stage_expect_value(&stage, "problem", problem, "description",
                       "截洪沟（位置……）损坏，雨水冲入堆体");
    stage_play(&stage, "<Esc>");
    stage_expect(&stage, "已转整改");
    stage_expect(&stage, "▶  3"); /* the next key answers the next question */
    stage_play(&stage, "<Up>p");  /* opens the same one */
    stage_expect(&stage, "整改台账 · ");
    stage_only_id(&stage, "problem", id);
    assert_string_equal(id, problem);
    stage_end(&stage);
}

static void test_photo_and_note(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, id);
    stage_play(&stage, "i<Enter>");
    stage_expect(&stage, "检查表项 · 边坡稳定");
    stage_play(&stage, "<Down><Down><Down><Down><Down><Down>12-1<F2><Esc>");
    stage_expect(&stage, "有照片");
    stage_expect(&stage, "照片 12-1");
    stage_end(&stage);
}

static void test_summary_and_samples(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE], limit[RECORD_ID_SIZE], visit[RECORD_ID_SIZE];
    static const char *const limits[] = {"standard",   "GB 15618", "factor", "镉",      "category",
                                         "风险筛选值", "land_use", "水田",   "ph_upto", "5.5",
                                         "value",      "0.3",      "unit",   "mg/kg",   "point",
                                         "耕作层土壤", "state",    "已核",   NULL};
    begin(&stage, id);
    stage_add(&stage, "limit", limits, limit);
    stage_play(&stage, "iyn?");
    stage_only_id(&stage, "inspection", visit);
    stage_play(&stage, "s");
    stage_expect(&stage, "监测结果 · ");
    const char *const sample[] = {
        "site", id,           "inspection", visit,    "sampled_on", "2026-06-15", "point_type",
        "土壤", "point_name", "村田",       "factor", "镉",         "value",      "0.36",
        "unit", "mg/kg",      "land_use",   "水田",   "soil_ph",    "5.5",        NULL};
    stage_add(&stage, "sample", sample, id);
    stage_play(&stage, "<Esc><F2>");
    stage_expect(&stage, "检查小结 · 老厂沟废渣堆");
    stage_expect(&stage, "✓ 已答 3/3：是 1，否 1，不适用 0，待确认 1");
    stage_expect(&stage, "! 否 2 截洪沟完好：还没有转为整改问题，按 Enter 登记");
    stage_expect(&stage, "? 待确认 3 标志齐全");
    stage_expect(&stage, "! 样品 村田 镉。超过风险筛选值：镉 0.36");
    stage_expect(&stage, "现场检查至少要两个人");
    stage_expect(&stage, "检查信息待补");
    stage_play(&stage, "<Down><Down><Down>");
    stage_expect(&stage, "(0.36 − 0.3) ÷ 0.3 = 0.2 倍"); /* in full below */
    stage_play(&stage, "<Up><Up><Enter><Esc>");
    stage_expect(&stage, "截洪沟完好：已转整改");
    stage_play(&stage, "e");
    stage_expect(&stage, "现场检查 · XC-441802-2026-0001");
    stage_play(&stage, "<Esc>x");
    stage_expect(&stage, "导出 · 现场检查表");
    stage_end(&stage);
}

static void test_verdict_is_told(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    static const char *const sample[] = {
        "object_name", "乌石河", "sampled_on", "2026-06-15", "point_type", "土壤", "factor",
        "镉",          "value",  "0.36",       "unit",       "mg/kg",      NULL};
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "sample", sample, id);
    stage_open(&stage, "sample", id, NULL);
    stage_play(&stage, "<F2>");
    stage_expect(&stage, "已保存。无法判定：缺土地利用");
    stage_end(&stage);
}

static void test_sizes(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, id);
    stage_play(&stage, "iyn");
    stage_resize(&stage, 10, 40);
    stage_expect(&stage, "▶  3");
    stage_resize(&stage, 43, 132);
    stage_expect(&stage, "截洪沟完好");
    stage_expect(&stage, "佐证 现场照片");
    stage_play(&stage, "<F2>");
    stage_resize(&stage, 10, 40);
    stage_expect(&stage, "已答 2/3");
    stage_end(&stage);
}

static void test_read_only(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    begin(&stage, id);
    stage_play(&stage, "iyn");
    stage_restart(&stage, STORE_READ);
    list_open(&stage.app, reg_find("legacy_site"), NULL);
    stage_play(&stage, "i<Enter>");
    stage_expect(&stage, "否 1 · 只读");
    stage_play(&stage, "y"); /* no action */
    stage_expect(&stage, "已答 2/3");
    stage_play(&stage, "<F2>");
    stage_expect(&stage, "检查小结");
    stage_end(&stage);
}

static void test_without_questions(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "legacy_site", site, id);
    list_open(&stage.app, reg_find("legacy_site"), NULL);
    stage_play(&stage, "i");
    stage_expect(&stage, "基础数据里没有“历史遗留点位检查表”的条目");
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_question_passed_over),
        cmocka_unit_test(test_one_key_an_answer),
        cmocka_unit_test(test_going_on),
        cmocka_unit_test(test_choosing),
        cmocka_unit_test(test_a_no_becomes_a_problem),
        cmocka_unit_test(test_photo_and_note),
        cmocka_unit_test(test_summary_and_samples),
        cmocka_unit_test(test_verdict_is_told),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_read_only),
        cmocka_unit_test(test_without_questions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
