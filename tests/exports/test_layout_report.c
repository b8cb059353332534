/* Reports that are layout files only: in the user's folder, with a cut-off day, with charts. */
#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "exports/report.h"
#include "tests/exports/bureau.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#define PUT(BUREAU, REG, ...) BUREAU_ADD(BUREAU, REG, (char[RECORD_ID_SIZE]){0}, __VA_ARGS__)

static void put_project(struct bureau *bureau, const char *name, const char *eia_on)
{
    PUT(bureau, reg_construction_project, "name", name, "region", "清城区", "eia_on", eia_on,
        "added_lead_kg", "1");
}

static void put_works(struct bureau *bureau, const char *name, const char *started_on,
                      const char *completed_on)
{
    PUT(bureau, reg_reduction_project, "name", name, "enterprise", "甲厂", "region", "清城区",
        "started_on", started_on, "completed_on", completed_on);
}

static void fill(struct bureau *bureau)
{
    PUT(bureau, reg_enterprise, "name", "甲厂", "region", "清城区", "town", "龙塘镇", "phone",
        "13800000000", "status", "在产", "base_lead_kg", "3");
    PUT(bureau, reg_enterprise, "name", "乙厂", "region", "清城区", "town", "石角镇", "status",
        "停产", "base_lead_kg", "1.5");
    PUT(bureau, reg_enterprise, "name", "丙厂", "region", "清城区", "town", "石角镇", "status",
        "在产");
    put_project(bureau, "上次已报", "2025-06-20");
    put_project(bureau, "截止后批复", "2025-06-21");
    put_project(bureau, "本期", "2026-03-01");
    put_project(bureau, "截止日当天", "2026-06-15");
    put_project(bureau, "截止日以后", "2026-06-16");
    put_project(bureau, "没有批复", "");
    put_works(bureau, "早已完工", "2024-01-01", "2025-05-01");
    put_works(bureau, "截止后完工", "2025-01-01", "2025-11-28");
    put_works(bureau, "在建", "2025-09-01", "");
    put_works(bureau, "还没开工", "", "");
}

static int set_up(void **state)
{
    if (bureau_set_up(state) != 0)
        return -1;
    struct bureau *bureau = *state;
    mkdir(bureau_path(bureau, "taizhang"), 0700);
    mkdir(bureau_path(bureau, "taizhang/layouts"), 0700);
    fill(bureau);
    return setenv("XDG_DATA_HOME", bureau->folder, 1);
}

static int tear_down(void **state)
{
    const struct bureau *bureau = *state;
    char command[600];
    snprintf(command, sizeof command, "rm -rf '%s/taizhang'", bureau->folder);
    int result = system(command);
    unsetenv("XDG_DATA_HOME");
    return bureau_tear_down(state) | result;
}

/* A layout of the user's, in XDG_DATA_HOME. */
static void give_layout(void **state, const char *file, const char *text)
{
    struct bureau *bureau = *state;
    char name[200];
    snprintf(name, sizeof name, "taizhang/layouts/%s", file);
    scratch_write(bureau_path(bureau, name), text);
}

static bool try_export(void **state, const char *name, const struct report_options *options,
                       const char *file, struct error *err)
{
    struct report_result result;
    return bureau_try(*state, name, options, file, &result, err);
}

/* The text of what was written. */
static char *export(void **state, const char *name, const struct report_options *options,
                    const char *file)
{
    bureau_export(*state, name, options, file);
    return scratch_read(bureau_path(*state, file), NULL);
}

static const struct report *find_item(const struct report_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return &list->items[i];
    fail_msg("%s", name);
    return NULL;
}

#define MINE                                                                                                      \
    "报表,mine,我的表,市里要的表,%d年我的表.xlsx\n表,厂\n清单,enterprise\n标题,{地区}厂\n" \
    "列,name\n列,blank1,签收\n"

static void a_file_makes_a_report(void **state)
{
    give_layout(state, "mine.csv", MINE);
    struct report report;
    struct error err = {0};
    assert_true(report_find("mine", &report, &err));
    assert_string_equal(report.label, "我的表");
    assert_string_equal(report.help, "市里要的表");
    assert_string_equal(report.file, "%d年我的表.xlsx");
    report_release(&report);
    char *text = export(state, "mine", &(struct report_options){.year = 0}, "a.csv");
    assert_string_equal(text, "\xEF\xBB\xBF企业名称,签收\r\n丙厂,\r\n乙厂,\r\n甲厂,\r\n");
    free(text);
    struct report_list list;
    report_list_read(&list);
    assert_string_equal(find_item(&list, "mine")->label, "我的表");
    assert_int_equal(list.faults.length, 0);
    report_list_release(&list);
}

/* The user's file goes before the program's of the same name. */
static void the_users_file_goes_first(void **state)
{
    give_layout(state, "tasks.csv",
                "报表,tasks,县里的分工表,县里改过的,%d.xlsx\n表,厂\n清单,enterprise\n列,town\n");
    char *text = export(state, "tasks", &(struct report_options){.year = 0}, "a.csv");
    assert_has(text, "龙塘镇");
    free(text);
    struct report_list list;
    report_list_read(&list);
    size_t met = 0;
    for (size_t i = 0; i < list.count; i++)
        met += strcmp(list.items[i].name, "tasks") == 0;
    assert_int_equal(met, 1);
    report_list_release(&list);
}

static void a_broken_file_is_named_and_others_go_on(void **state)
{
    struct error err = {0};
    struct report_options options = {.year = 0};
    give_layout(state, "bad.csv", "报表,bad,坏的,坏的表,%d.xlsx\n表,甲\n清单,nothing\n");
    give_layout(state, "worse.csv", "乱写,1\n");
    give_layout(state, "mine.csv", MINE);
    give_layout(state, "readme.txt", "不是版式");
    char *text = export(state, "mine", &options, "a.csv");
    free(text);
    assert_false(try_export(state, "bad", &options, "b.csv", &err));
    assert_has(err.message, "版式文件 layouts/bad.csv 第 3 行：没有名为“nothing”的清单");
    err = (struct error){0};
    assert_false(try_export(state, "worse", &options, "b.csv", &err));
    assert_has(err.message, "layouts/worse.csv 第 1 行：不认识“乱写”");
    err = (struct error){0};
    assert_false(try_export(state, "nothing", &options, "b.csv", &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_has(err.message, "mine（我的表）");
    struct report_list list;
    report_list_read(&list);
    assert_string_equal(find_item(&list, "mine")->label, "我的表");
    assert_has(list.faults.text, "layouts/bad.csv 第 3 行");
    assert_has(list.faults.text, "layouts/worse.csv 第 1 行");
    assert_null(strstr(list.faults.text, "readme"));
    report_list_release(&list);
}

/* Names are the program's first. */
static void a_name_is_given_once(void **state)
{
    give_layout(state, "x1.csv", "报表,annual,甲,乙\n表,厂\n清单,enterprise\n列,name\n");
    give_layout(state, "x2.csv", "报表,problem,甲,乙\n表,厂\n清单,enterprise\n列,name\n");
    give_layout(state, "x3.csv", "报表,mine,甲,乙\n表,厂\n清单,enterprise\n列,name\n");
    give_layout(state, "x4.csv", "报表,mine,丙,丁\n表,厂\n清单,enterprise\n列,name\n");
    struct report_list list;
    report_list_read(&list);
    assert_has(list.faults.text, "layouts/x1.csv：已有名为“annual”的报表");
    assert_has(list.faults.text, "layouts/x2.csv：已有名为“problem”的");
    assert_has(list.faults.text, "layouts/x4.csv：已有名为“mine”的");
    assert_null(strstr(list.faults.text, "x3.csv"));
    assert_string_equal(find_item(&list, "mine")->label, "甲");
    struct report report;
    assert_true(report_find("annual", &report, NULL));
    assert_string_equal(report.label, find_item(&list, "annual")->label);
    assert_string_not_equal(report.label, "甲");
    report_release(&report);
    report_list_release(&list);
}

/* A file of a former version, when the report was none of the layout's. */
static void a_file_that_makes_no_report_is_told(void **state)
{
    struct error err = {0};
    give_layout(state, "annual.csv", "表,厂\n清单,enterprise\n列,name\n");
    assert_false(try_export(state, "annual", &(struct report_options){.year = 0}, "a.csv", &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_has(err.message, "layouts/annual.csv 没有“报表”一行");
}

/* ---- what the program works out, in any workbook ---- */

#define LISTS "报表,mine,甲,乙\n表,厂\n清单,enterprise\n列,name\n"

static void findings_are_of_the_lists_of_their_workbook(void **state)
{
    struct report_options options = {.table = "疑问"};
    give_layout(state, "mine.csv",
                LISTS "计算,疑问\n数据,findings\n列,record,哪家,,20\n列,register\n列,serial\n");
    char *text = export(state, "mine", &options, "a.csv");
    assert_has(text, "\xEF\xBB\xBF哪家,清单,序号\r\n");
    assert_has(text, "乙厂,全口径涉重金属企业,");
    assert_null(strstr(text, "建设项目"));
    free(text);
    give_layout(state, "mine.csv",
                LISTS "表,项目\n清单,construction_project\n列,name\n"
                      "计算,疑问\n数据,findings\n列,record\n列,register\n");
    text = export(state, "mine", &options, "b.csv");
    assert_has(text, "没有批复,");
    free(text);
}

static void a_summary_counts_the_lists_of_its_workbook(void **state)
{
    struct bureau *bureau = *state;
    const struct report_options options = {.year = 2026};
    give_layout(state, "mine.csv",
                LISTS "表,厂的地址\n清单,enterprise\n列,town\n汇总,总的\n标题,{年度}年的\n");
    bureau_export(bureau, "mine", &options, "a.xlsx");
    char *sheet = scratch_unzip(bureau_path(bureau, "a.xlsx"), "xl/worksheets/sheet3.xml");
    assert_has(sheet, "2026年的");
    assert_has(sheet, ">厂<");
    assert_null(strstr(sheet, "厂的地址")); /* the same records once more */
    assert_has(sheet, "石角镇");
    free(sheet);
}

static void accounts_are_as_of_the_last_day(void **state)
{
    struct report_options options = {.year = 2025, .table = "缺口"};
    give_layout(state, "mine.csv",
                "报表,mine,甲,乙\n时点,年末\n"
                "计算,缺口\n数据,quota_projects\n列,state\n列,name,项目\n"
                "表,批了的\n清单,construction_project\n纳入,eia_on\n右上,截至{截止日期}\n"
                "列,name\n");
    char *text = export(state, "mine", &options, "a.csv");
    assert_has(text, "来源,项目\r\n");
    assert_has(text, ",没有批复\r\n");
    free(text);
    options.table = "批了的";
    text = export(state, "mine", &options, "a.csv");
    assert_has(text, "\r\n上次已报\r\n");
    assert_has(text, "\r\n截止后批复\r\n");
    assert_null(strstr(text, "本期"));
    assert_null(strstr(text, "没有批复"));
    free(text);
    options.year = 2026; /* until today */
    text = export(state, "mine", &options, "a.csv");
    assert_has(text, "截止日当天");
    assert_null(strstr(text, "截止日以后"));
    free(text);
}

#define COUNTS "统计,按乡镇\n分组,town,乡镇\n列,objects\n"

static void a_day_is_asked_for_where_the_layout_says_so(void **state)
{
    struct report_options options = {.choices = {[REPORT_AS_OF] = "2026-06-15"}};
    struct error err = {0};
    give_layout(state, "mine.csv", "报表,mine,甲,乙\n" COUNTS);
    assert_false(try_export(state, "mine", &options, "a.csv", &err));
    assert_has(err.message, "请去掉 --as-of");
    give_layout(state, "mine.csv", "报表,mine,甲,乙\n时点,可选\n" COUNTS);
    char *text = export(state, "mine", &options, "a.csv");
    assert_has(text, "石角镇,2");
    free(text);
    options.choices[REPORT_AS_OF] = "2026-07-01";
    assert_false(try_export(state, "mine", &options, "a.csv", &err));
    assert_has(err.message, "还没有到");
}

/* Sheets of three kinds, one pass: they cannot differ. */
static void figures_stand_in_words_and_charts(void **state)
{
    struct bureau *bureau = *state;
    const struct report_options options = {.year = 2026};
    give_layout(state, "mine.csv",
                "报表,mine,甲,乙\n统计图,图\n图,饼,按乡镇,town,乡镇\n列,objects,对象\n" COUNTS
                "统计页,页\n段,{地区}有 {objects} 个{排查率 verified/objects}{销号率 "
                "closed/problems}。\n分组,town,乡镇,15\n列,objects\n说明,注：{年度}\n");
    bureau_export(bureau, "mine", &options, "a.xlsx");
    char *page = scratch_unzip(bureau_path(bureau, "a.xlsx"), "xl/worksheets/sheet3.xml");
    assert_has(page, "清城区有 3 个（排查率 0%）。");
    assert_has(page, "注：2026");
    assert_null(strstr(page, "合计"));
    free(page);
    char *chart = scratch_unzip(bureau_path(bureau, "a.xlsx"), "xl/charts/chart1.xml");
    assert_has(chart, "pieChart");
    free(chart);
}

/* Projects approved until the day, and those approved after the day of the year before. */
static void half_year_carries_over(void **state)
{
    struct report_options options = {.choices = {[REPORT_PERIOD] = "2026H1"},
                                     .table = "总量替代清单"};
    options.choices[REPORT_AS_OF] = "2026-06-15";
    struct error err = {0};
    char *text = export(state, "half-year", &options, "a.csv");
    /* Without a filing of the year before, its day is 15 June. */
    assert_has(text, "1,结转,上次已报,");
    assert_has(text, "2,结转,截止后批复,");
    assert_has(text, "3,本期,本期,");
    assert_has(text, "4,本期,截止日当天,");
    assert_null(strstr(text, "截止日以后"));
    assert_null(strstr(text, "没有批复"));
    free(text);
    struct bureau *bureau = *state;
    PUT(bureau, reg_filing, "kind", "半年报", "period", "2025H1", "filed_on", "2025-06-20",
        "cutoff_on", "2025-06-20");
    text = export(state, "half-year", &options, "a.csv");
    assert_null(strstr(text, "上次已报"));
    assert_has(text, "1,结转,截止后批复,");
    free(text);
    options.table = "减排工程实施清单";
    text = export(state, "half-year", &options, "a.csv");
    assert_has(text, ",结转,截止后完工,");
    assert_has(text, ",本期,在建,");
    assert_null(strstr(text, "早已完工"));
    assert_null(strstr(text, "还没开工"));
    free(text);
    options.choices[REPORT_AS_OF] = "2026-02-28";
    options.table = "总量替代清单";
    text = export(state, "half-year", &options, "a.csv");
    assert_null(strstr(text, "本期,本期"));
    free(text);
    options.choices[REPORT_AS_OF] = "2025-12-31";
    assert_false(try_export(state, "half-year", &options, "a.csv", &err));
    assert_has(err.message, "截止日期 2025-12-31 在核算期之前");
    options.choices[REPORT_PERIOD] = "2026";
    assert_false(try_export(state, "half-year", &options, "a.csv", &err));
    assert_has(err.message, "一期是 6 个月");
}

static char *part_of(void **state, const char *file, const char *part)
{
    struct bureau *bureau = *state;
    return scratch_unzip(bureau_path(bureau, file), part);
}

static void half_year_says_its_days(void **state)
{
    struct report_options options = {.year = 2026};
    free(export(state, "half-year", &options, "a.xlsx"));
    char *xml = part_of(state, "a.xlsx", "xl/worksheets/sheet1.xml");
    assert_has(xml, "<t>附件1</t>");
    assert_has(xml, "2026年上半年重点行业建设项目重金属总量替代清单");
    assert_has(xml, "截止日期：2026年6月15日");
    assert_has(xml, "统计 2025年6月15日之后至 2026年6月15日");
    free(xml);
}

static void charts_count_what_the_list_shows(void **state)
{
    give_layout(state, "mine.csv",
                "报表,mine,图,图\n表,厂\n清单,enterprise\n筛选,name!=没有\n列,name\n图表,图表\n"
                "图,条,按状态,厂,status,个数\n图,饼,按乡镇,厂,town,base_lead_kg\n"
                "说明,截至{年度}年底。\n平衡,平衡\n左上,{年度}年报\n");
    free(export(state, "mine", &(struct report_options){.year = 2026}, "a.xlsx"));
    char *xml = part_of(state, "a.xlsx", "xl/worksheets/sheet2.xml");
    assert_has(xml, "<t>在产</t></is></c><c r=\"B4\" s=\"");
    assert_has(xml, "><v>2</v></c>"); /* two are working */
    assert_has(xml, "<t>龙塘镇</t>");
    assert_has(xml, "<v>1.5</v>"); /* the one at 石角镇 that says how much */
    assert_null(strstr(xml, "<v>0</v>"));
    assert_has(xml, "截至2026年底。");
    free(xml);
    xml = part_of(state, "a.xlsx", "xl/worksheets/sheet3.xml");
    assert_has(xml, "铊平衡表（2026年）");
    assert_has(xml, "2026年报");
    free(xml);
    char *chart = part_of(state, "a.xlsx", "xl/charts/chart1.xml");
    assert_has(chart, "$B$4:$B$5");
    free(chart);
    chart = part_of(state, "a.xlsx", "xl/charts/chart2.xml");
    assert_has(chart, "pieChart");
    free(chart);
    char *none = part_of(state, "a.xlsx", "xl/charts/chart3.xml");
    assert_null(none);
}

static void nothing_private_is_published(void **state)
{
    char *text = export(state, "full-list-public", &(struct report_options){.year = 2026}, "a.csv");
    assert_has(text, "甲厂");
    assert_null(strstr(text, "13800000000"));
    free(text);
    struct error err = {0};
    give_layout(state, "mine.csv",
                "报表,mine,甲,乙\n公布,是\n表,厂\n清单,enterprise\n列,name\n列,phone\n");
    assert_false(try_export(state, "mine", &(struct report_options){.year = 2026}, "b.csv", &err));
    assert_has(err.message, "不能公布");
    const struct report_options published = {.year = 2026, .publish = true};
    char *list = export(state, "enterprise", &(struct report_options){.publish = true}, "c.csv");
    assert_null(strstr(list, "13800000000"));
    free(list);
    assert_false(try_export(state, "annual", &published, "d.xlsx", &err));
    assert_has(err.message, "请去掉 --public");
}

static bool stop(void *context, size_t done, size_t total)
{
    (void)done;
    (void)total;
    ++*(size_t *)context;
    return false;
}

static void cancelling_keeps_the_old_file(void **state)
{
    struct bureau *bureau = *state;
    static const char *const names[] = {"half-year", "tasks", "full-list-public", "thallium",
                                        "manganese"};
    size_t calls = 0;
    struct error err = {0};
    struct report_options options = {.year = 2026, .progress = stop, .context = &calls};
    scratch_write(bureau_path(bureau, "old.xlsx"), "old");
    PUT(bureau, reg_manganese_mine, "name", "锰矿", "region", "清城区");
    PUT(bureau, reg_thallium_enterprise, "enterprise", "甲厂");
    PUT(bureau, reg_task, "measure", "摸清底数");
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        size_t before = scratch_count((void **)&bureau->folder);
        assert_false(try_export(state, names[i], &options, "old.xlsx", &err));
        assert_int_equal(err.code, ERROR_CANCELLED);
        assert_int_equal(calls, i + 1);
        assert_int_equal(scratch_count((void **)&bureau->folder), before);
        char *text = scratch_read(bureau_path(bureau, "old.xlsx"), NULL);
        assert_string_equal(text, "old");
        free(text);
    }
}

#define TEST(FUNCTION) cmocka_unit_test_setup_teardown(FUNCTION, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_makes_a_report),
        TEST(the_users_file_goes_first),
        TEST(a_broken_file_is_named_and_others_go_on),
        TEST(a_name_is_given_once),
        TEST(a_file_that_makes_no_report_is_told),
        TEST(findings_are_of_the_lists_of_their_workbook),
        TEST(a_summary_counts_the_lists_of_its_workbook),
        TEST(accounts_are_as_of_the_last_day),
        TEST(a_day_is_asked_for_where_the_layout_says_so),
        TEST(figures_stand_in_words_and_charts),
        TEST(half_year_carries_over),
        TEST(half_year_says_its_days),
        TEST(charts_count_what_the_list_shows),
        TEST(nothing_private_is_published),
        TEST(cancelling_keeps_the_old_file),
    };
    return cmocka_run_group_tests_name("layout_report", tests, NULL, NULL);
}
