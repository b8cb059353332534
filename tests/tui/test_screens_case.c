/* The case file of an object: its pages, what Enter opens, what the keys begin, sizes, a desk that
 * only looks. */
#include "form_stage.h"

#include "tui/screens/case.h"
#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct scene {
    struct stage stage;
    char works[RECORD_ID_SIZE], profile[RECORD_ID_SIZE], problem[RECORD_ID_SIZE];
    char inspection[RECORD_ID_SIZE];
};

static void add_sample(struct scene *scene, const char *day, const char *value)
{
    char id[RECORD_ID_SIZE];
    stage_add(&scene->stage, "sample",
              (const char *const[]){"enterprise", scene->works, "factor", "铊", "value", value,
                                    "unit", "mg/L", "sampled_on", day, "point_name", "车间口 DW003",
                                    NULL},
              id);
}

static void add_enterprise(struct scene *scene)
{
    stage_add(&scene->stage, "enterprise",
              (const char *const[]){"name", "甲示例冶炼厂", "region", "清城区", "town", "龙塘镇",
                                    "status", "在产", "verified_on", "2026-03-02", NULL},
              scene->works);
    stage_add(&scene->stage, "thallium_enterprise",
              (const char *const[]){"enterprise", scene->works, "risk_level", "红", NULL},
              scene->profile);
}

static void fill(struct scene *scene)
{
    char id[RECORD_ID_SIZE];
    struct stage *stage = &scene->stage;
    add_enterprise(scene);
    add_sample(scene, "2025-07-15", "<0.00002");
    add_sample(scene, "2026-01-15", "0.004");
    add_sample(scene, "2026-05-20", "0.008");
    stage_add_problem(stage, "县级核查",
                      (const char *const[]){"enterprise", scene->works, "description",
                                            "车间口总铊超标", "due_on", "2026-06-03", NULL},
                      scene->problem);
    stage_add(stage, "inspection",
              (const char *const[]){"enterprise", scene->works, "region", "清城区", "checklist",
                                    "涉铊企业检查表", "inspected_on", "2026-05-06", NULL},
              scene->inspection);
    stage_add(stage, "outlet",
              (const char *const[]){"enterprise", scene->works, "name", "车间排口", "code", "DW003",
                                    NULL},
              id);
}

static void begin(struct scene *scene, int rows, int columns)
{
    memset(scene, 0, sizeof *scene);
    stage_begin(&scene->stage, rows, columns);
    fill(scene);
    case_open(&scene->stage.app, reg_find("enterprise"), scene->works);
    stage_play(&scene->stage, "");
}

static void test_first_page(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    stage_expect(stage, " 案卷 · 甲示例冶炼厂");
    stage_expect(stage, "! 逾期 · 红 · 在产 · 龙塘镇\n");
    stage_expect(stage, "[概要] 涉铊 1  排口 1  监测 3  问题 1  检查 1  历史");
    stage_expect(stage, "档案编号 QY-441802-2026-0001");
    stage_expect(stage, "最近核实 2026-03-02（3 个月）");
    stage_expect(stage, "铊  车间口 DW003  mg/L");
    stage_expect(stage, "2026-05-20  最近 0.008");
    stage_expect(stage, "未办结的问题");
    stage_expect(stage, "1 项，! 逾期 1");
    stage_expect(stage,
                 " ! 2026-0001 车间口总铊超标  缺：市级复核日期等 3 项  县级核查  !! 逾期 12 天");
    stage_expect(stage, "待办");
    stage_expect(stage, "? 企业待补");
    stage_expect(stage, "Enter 打开  Tab/⇧Tab 翻页  i 检查  ");
    stage_expect_cursor(stage, 4, 0);
    stage_end(stage);
}

/* What is open says where it stands, how long it has, what the next step lacks and how far it has
 * come. */
static void test_open_cases(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    char id[RECORD_ID_SIZE], report[RECORD_ID_SIZE];
    begin(&scene, 43, 132);
    stage_add_problem(stage, "整改中",
                      (const char *const[]){"enterprise", scene.works, "description",
                                            "初期雨水池容积不足", "due_on", "2026-07-16", NULL},
                      id);
    stage_add(stage, "progress",
              (const char *const[]){"problem", id, "reported_on", "2026-05-08", "done_percent",
                                    "20", NULL},
              report);
    stage_add(stage, "progress",
              (const char *const[]){"problem", id, "reported_on", "2026-06-08", "done_percent",
                                    "40", NULL},
              report);
    stage_play(stage, "e<Esc>");
    stage_expect(stage, "2 项，! 逾期 1");
    stage_expect(stage, "   2026-0002 初期雨水池容积不足  缺：整改后照片等 4 项   进度 40%");
    stage_expect(stage, "整改中  剩 31 天");
    stage_play(stage, "<Home><Down><Down><Down><Down><Down>");
    stage_expect(stage, "▶   2026-0002");
    stage_expect(stage, "t 办理");
    stage_play(stage, "t");
    stage_expect(stage, " 办理 · 初期雨水池容积不足");
    stage_play(stage, "3<Enter><Up><Up><^U>2026-06-01<Enter>2026-09-30<Enter>"
                      "厂区整体拆除，等方案备案以后再改<Down>清城环函〔2026〕11号<F2>2<Esc>");
    stage_expect(stage, "? 2026-0002 初期雨水池容积不足");
    stage_expect(stage, "挂起  14 天");
    stage_play(stage, "5");
    stage_expect(stage, "[问题 2]");
    stage_play(stage, "t");
    stage_expect(stage, " 办理 · 车间口总铊超标");
    stage_end(stage);
}

/* Below detection at the bottom, steps from result to result, the axis with its months. */
static void test_chart(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    stage_expect(stage, "0.008 ┤");
    stage_expect(stage, "▽");
    stage_expect(stage, "─╯");
    stage_expect(stage, " 2025-06 ");
    stage_expect(stage, " 2026-05 ");
    stage_expect(stage, "▽ 未检出");
    stage_expect_not(stage, "限值 0"); /* none that is verified */
    stage_end(stage);
}

static struct grid row_of(struct grid *whole, int row)
{
    return grid_part(whole, row, 0, 1, whole->columns);
}

static void draw_chart(const struct casefile_series *series, int rows, int columns,
                       struct buffer *text)
{
    struct grid whole = {0};
    grid_init(&whole, rows, columns);
    for (int i = 0; i < rows; i++) {
        struct grid row = row_of(&whole, i);
        case_chart_draw_row(series, i, rows, &row);
    }
    buffer_clear(text);
    grid_to_text(&whole, text);
    grid_release(&whole);
}

static const char limit_chart[] = "     0.008 ┤                            ▲──────────╮\n"
                                  "           │                            │          │\n"
                                  "     0.005 ┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄│┄┄┄┄┄┄┄┄┄┄●┄┄ 限值\n"
                                  "           │     ●───────────╮          │\n"
                                  "         0 ┤                 ▽──────────╯\n"
                                  "           └─ 2025-06 ────────────────────── 2026-05 ─\n";

static void test_limit_line(void **state)
{
    (void)state;
    enum { MILLI = 1000000 };
    const int day = date_to_days((struct date){2026, 5, 20});
    struct casefile_point points[] = {{day - 300, 2 * MILLI, 0},
                                      {day - 200, 1 * MILLI, '<'},
                                      {day - 100, 8 * MILLI, 0},
                                      {day, 4 * MILLI, 0}};
    struct casefile_series series = {
        .points = points, .count = 4, .has_limit = true, .limit = 5 * MILLI};
    struct buffer text = {0};
    draw_chart(&series, 6, 60, &text);
    assert_string_equal(text.text, limit_chart);
    series.has_limit = false; /* then nothing exceeds it, and no line is drawn */
    draw_chart(&series, 6, 60, &text);
    assert_null(strstr(text.text, "┄"));
    assert_null(strstr(text.text, "▲"));
    points[0].nano = 1000; /* very far apart: both can still be told from the bottom */
    points[1] = points[0];
    draw_chart(&series, 6, 60, &text);
    assert_non_null(strstr(text.text, "0.000001 ┤"));
    draw_chart(&series, 6, 12, &text); /* too narrow for anything */
    draw_chart(&(struct casefile_series){.count = 0}, 6, 60, &text);
    assert_string_equal(text.text, "\n\n\n\n\n\n");
    buffer_release(&text);
}

static void test_opening(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    stage_play(stage, "<Enter>");
    stage_expect(stage, "全口径涉重金属企业 · 甲示例冶炼厂");
    stage_play(stage, "<Esc>");
    stage_expect(stage, "案卷 · 甲示例冶炼厂");
    stage_play(stage, "<Down><Down><Enter>");
    stage_expect(stage, "涉铊企业 · 甲示例冶炼厂");
    stage_play(stage, "<Esc><Down><Enter>");
    stage_expect(stage, "监测结果 · 车间口 DW003");
    stage_play(stage, "<Esc><Down><Enter>");
    stage_expect(stage, "整改台账 · 车间口总铊超标");
    stage_play(stage, "<Esc>e");
    stage_expect(stage, "全口径涉重金属企业 · 甲示例冶炼厂");
    stage_play(stage, "<Esc>h");
    stage_expect(stage, "历史 · 甲示例冶炼厂");
    stage_play(stage, "<Esc><End>");
    stage_expect(stage, "▶   2025-07-15  监测");
    stage_play(stage, "<Home>");
    stage_expect(stage, "▶   档案编号");
    stage_end(stage);
}

static void test_pages(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    stage_play(stage, "<Tab><Tab><Tab>");
    stage_expect(stage, "[监测 3]");
    stage_expect(stage, "▶ ? 车间口 DW003");
    stage_expect(stage, "0.008"); /* the value has its column */
    stage_expect_not(stage, "涉及企业");
    stage_play(stage, "<Down><Enter>");
    stage_expect(stage, "监测结果 · 车间口 DW003");
    stage_play(stage, "<Esc>");
    stage_expect(stage, "[监测 3]"); /* as it was left */
    stage_play(stage, "5");
    stage_expect(stage, "[问题 1]");
    stage_expect(stage, "▶ !!  车间口总铊超标");
    stage_play(stage, "<BackTab><BackTab><BackTab><BackTab><BackTab>");
    stage_expect(stage, "[历史]"); /* round the corner */
    stage_expect(stage, "▶ 今天 10:42  涉铊  张  编辑，新建");
    stage_expect(stage, "  今天 10:42  企业  张  编辑，新建");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "新建了这条记录，填写：");
    stage_play(stage, "<Esc>1");
    stage_expect(stage, "[概要]");
    stage_end(stage);
}

/* The object is filled in; where it lies as well; leaving at once leaves nothing behind. */
static void test_new_problem(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    stage_play(stage, "p");
    stage_expect(stage, "整改台账 · （新建）");
    stage_expect(stage, "龙塘镇");
    stage_play(stage, "<Tab>");
    stage_expect(stage, "甲示例冶炼厂");
    stage_play(stage, "<Esc>");
    stage_expect(stage, "案卷 · 甲示例冶炼厂"); /* without a question */
    stage_expect_drafts(stage, "problem", "");
    stage_end(stage);
}

/* A draft of such a record knows what it was begun with. */
static void test_draft_keeps_presets(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    char id[RECORD_ID_SIZE];
    begin(&scene, 24, 80);
    stage_play(stage, "m<Esc>");
    stage_expect_drafts(stage, "sample", "");
    stage_play(stage, "m<Down><Down>雨水口<Esc><Enter>");
    stage_expect(stage, "案卷 · 甲示例冶炼厂");
    stage_draft_id(stage, id);
    stage_restart(stage, STORE_WRITE);
    stage_open(stage, "sample", id, NULL);
    stage_expect(stage, "雨水口");
    stage_play(stage, "<Tab>");
    stage_expect(stage, "甲示例冶炼厂");
    stage_end(stage);
}

/* With the cursor on an inspection, the problem comes from it. */
static void test_new_from_row(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    stage_play(stage, "6");
    stage_expect(stage, "[检查 1]");
    stage_play(stage, "p");
    stage_expect(stage, "整改台账 · （新建）");
    stage_expect(stage, "XC-441802-2026-0001");
    stage_end(stage);
}

/* The inspection begins with its questions. */
static void test_inspecting(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    stage_expect(stage, "i 检查");
    stage_play(stage, "i");
    stage_expect_not(stage, "案卷 · 甲示例冶炼厂");
    stage_end(stage);
}

/* What was saved above is seen below. */
static void test_reads_again(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    stage_play(stage, "4");
    stage_expect(stage, "[监测 3]");
    add_sample(&scene, "2026-06-01", "0.001");
    stage_play(stage, "h<Esc>");
    stage_expect(stage, "[监测 4]");
    stage_expect(stage, "2026-06-01");
    stage_play(stage, "n");
    stage_expect(stage, "监测结果 · （新建）");
    stage_end(stage);
}

static void test_choosing_what_to_add(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    stage_play(stage, "n物料<Enter>");
    stage_expect(stage, "铊物料台账 · （新建）");
    stage_expect(stage, "甲示例冶炼厂");
    stage_end(stage);
}

static void test_empty(void **state)
{
    (void)state;
    struct scene scene = {0};
    struct stage *stage = &scene.stage;
    stage_begin(stage, 24, 80);
    add_enterprise(&scene);
    case_open(&stage->app, reg_find("thallium_enterprise"), scene.profile);
    stage_play(stage, "");
    stage_expect(stage, "案卷 · 甲示例冶炼厂"); /* of what it is a profile of */
    stage_expect(stage, "[概要] 涉铊 1  历史");
    stage_expect(stage, "还没有监测、检查、问题的记录。按 n 添加。");
    stage_expect_not(stage, "未办结");
    stage_play(stage, "e");
    stage_expect(stage, "涉铊企业 · 甲示例冶炼厂"); /* what it was opened for */
    stage_end(stage);
}

static void test_no_such_record(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    case_open(&stage->app, reg_find("enterprise"), "nobody");
    stage_play(stage, "");
    stage_expect(stage, "没有编号为“nobody”的记录");
    stage_expect(stage, "案卷 · 甲示例冶炼厂");
    stage_end(stage);
}

static void test_sizes(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 43, 132);
    stage_expect(stage, "时间线");
    stage_expect(stage, "2026-05-06  现场检查  涉铊企业检查表");
    stage_expect(stage, "x 导出  Esc 返回");
    stage_resize(stage, 10, 40);
    stage_expect(stage, "案卷 · 甲示例");
    stage_expect(stage, "[概要]");
    stage_play(stage, "<End>");
    stage_expect(stage, "▶   2025-07-15");
    for (int columns = 40; columns < 170; columns += 7) {
        stage_resize(stage, 10 + columns % 33, columns);
        stage_play(stage, "<Tab>");
        stage_expect(stage, "案卷");
    }
    stage_end(stage);
}

static void test_looking_only(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    stage_restart(stage, STORE_READ);
    case_open(&stage->app, reg_find("enterprise"), scene.works);
    stage_play(stage, "");
    stage_expect(stage, "· 只读");
    stage_expect_not(stage, "p 新问题");
    stage_play(stage, "p");
    stage_expect(stage, "案卷 · 甲示例冶炼厂");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "只读");
    stage_end(stage);
}

/* Enter in the list of an inventory opens it, e the form; elsewhere Enter opens the form. */
static void test_from_the_list(void **state)
{
    (void)state;
    struct scene scene;
    struct stage *stage = &scene.stage;
    begin(&scene, 24, 80);
    list_open(&stage->app, reg_find("thallium_enterprise"), NULL);
    stage_play(stage, "");
    stage_expect(stage, "Enter 案卷  e 编辑");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "案卷 · 甲示例冶炼厂");
    stage_play(stage, "<Esc>e");
    stage_expect(stage, "涉铊企业 · 甲示例冶炼厂");
    stage_play(stage, "<Esc>");
    list_open(&stage->app, reg_find("problem"), NULL);
    stage_play(stage, "");
    stage_expect(stage, "Enter 打开");
    stage_expect_not(stage, "e 编辑");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "整改台账 · 车间口总铊超标");
    stage_end(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_page),    cmocka_unit_test(test_open_cases),
        cmocka_unit_test(test_chart),         cmocka_unit_test(test_limit_line),
        cmocka_unit_test(test_opening),       cmocka_unit_test(test_pages),
        cmocka_unit_test(test_new_problem),   cmocka_unit_test(test_draft_keeps_presets),
        cmocka_unit_test(test_new_from_row),  cmocka_unit_test(test_inspecting),
        cmocka_unit_test(test_reads_again),   cmocka_unit_test(test_choosing_what_to_add),
        cmocka_unit_test(test_empty),         cmocka_unit_test(test_no_such_record),
        cmocka_unit_test(test_sizes),         cmocka_unit_test(test_looking_only),
        cmocka_unit_test(test_from_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
