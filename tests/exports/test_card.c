/* Sheets of kind 卡片: cells that flow, names of sheets, small tables, photos, long texts, and what
 * a layout may not say. */
#include "core/mem.h"
#include "core/registers.h"
#include "db/attachment.h"
#include "tests/exports/bureau.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define REPORT "报表,own,试卡,试一试。\n"
#define SITES  "卡片,点位卡\n清单,legacy_site\n"
#define GRID   "列宽,10,10,10,10,10,10\n"

static char *sheet_of(struct bureau *bureau, const char *layout, struct report_options options,
                      const char *part)
{
    bureau_write_layout(bureau, layout);
    bureau_export(bureau, "own", &options, "own.xlsx");
    return scratch_unzip(bureau_path(bureau, "own.xlsx"), part);
}

static const struct report_options plain = {.year = 2026};

static char *first_sheet(struct bureau *bureau, const char *layout)
{
    return sheet_of(bureau, layout, plain, "xl/worksheets/sheet1.xml");
}

static void add_site(struct bureau *bureau, const char *name, char id[RECORD_ID_SIZE])
{
    BUREAU_ADD(bureau, reg_legacy_site, id, "name", name, "region", "清城区", "town", "源潭镇",
               "area_m2", "1200", "former_owner", "老矿", "liable_party", "示例公司");
}

/* ---- cells ---- */

static void cells_flow_and_fill_their_row(void **state)
{
    struct bureau *bureau = *state;
    char id[RECORD_ID_SIZE];
    add_site(bureau, "甲", id);
    char *text = first_sheet(bureau, REPORT SITES GRID
                             "段,{name}在{town}（{填报单位}），{graded_on}评级,标题\n"
                             "块,基本\n格,name,3,名称\n格,area_m2\n格,town,1\n换行,-\n"
                             "格,note|former_owner,1,原主\n格,blank,2,签字\n空行,2\n格,region,5\n");
    assert_has(text, "甲在源潭镇（清城区生态环境局），评级");
    assert_has(text, "占地面积（m²）");
    assert_has(text, "<mergeCell ref=\"B3:D3\"/>"); /* 名称 over three */
    assert_has(text, "<mergeCell ref=\"B4:F4\"/>"); /* 乡镇, stretched to the end */
    assert_has(text, "老矿");
    assert_has(text, "<mergeCell ref=\"D5:F5\"/>"); /* to be signed, stretched from two */
    assert_has(text, "<mergeCell ref=\"B8:F8\"/>"); /* behind two empty rows */
    free(text);
}

static void conditions_decide_what_is_there(void **state)
{
    struct bureau *bureau = *state;
    char id[RECORD_ID_SIZE];
    add_site(bureau, "甲", id);
    char *text = first_sheet(bureau, REPORT SITES GRID
                             "块,有堆场,liability=有\n块,没有主体,liability=无\n"
                             "格,liable_party,1,责任,town=源潭镇\n段,别处,左,town=龙塘镇\n");
    assert_lacks(text, "没有主体");
    assert_has(text, "示例公司");
    assert_lacks(text, "别处");
    free(text);
}

static void a_long_text_goes_on_in_the_next_row(void **state)
{
    struct bureau *bureau = *state;
    struct buffer note = {0};
    char id[RECORD_ID_SIZE];
    for (int i = 0; i < 60; i++)
        buffer_addf(&note, "第%d行\n", i);
    buffer_add(&note, "完");
    BUREAU_ADD(bureau, reg_legacy_site, id, "name", "甲", "region", "清城区", "note", note.text);
    char *text = first_sheet(bureau, REPORT SITES GRID "格,note,5,备注\n");
    assert_has(text, "<mergeCell ref=\"B1:F1\"/>");
    assert_has(text, "<mergeCell ref=\"B3:F3\"/>");
    assert_lacks(text, "<mergeCell ref=\"B4:F4\"/>");
    assert_has(text, "第21行</t>");
    assert_has(text, ">第22行\n");
    assert_has(text, "完</t>");
    free(text);
    buffer_release(&note);
}

/* ---- sheets ---- */

static void each_record_has_a_sheet_of_its_name(void **state)
{
    struct bureau *bureau = *state;
    static const char *const names[] = {"甲/乙[一]:?*",
                                        "同名",
                                        "同名",
                                        "History",
                                        "很长很长的名字很长很长的名字很长很长的名字很长很长的名字",
                                        "清册"};
    char id[RECORD_ID_SIZE];
    for (size_t i = 0; i < COUNT_OF(names); i++)
        add_site(bureau, names[i], id);
    char *book =
        sheet_of(bureau, REPORT "表,清册\n清单,legacy_site\n列,name\n" SITES GRID "格,name\n",
                 plain, "xl/workbook.xml");
    assert_has(book, "name=\"甲_乙_一____\"");
    assert_has(book, "name=\"同名\"");
    assert_has(book, "name=\"同名(2)\"");
    assert_has(book, "name=\"History_\"");
    assert_has(book, "name=\"很长很长的名字很长很长的名字很长很长的名字很长很长的名字\"");
    assert_has(book, "name=\"清册(2)\"");
    free(book);
}

static void too_many_are_refused(void **state)
{
    struct bureau *bureau = *state;
    char id[RECORD_ID_SIZE], name[16];
    for (int i = 0; i < 201; i++) {
        snprintf(name, sizeof name, "点位%d", i);
        add_site(bureau, name, id);
    }
    bureau_write_layout(bureau, REPORT SITES "范围,where\n" GRID "格,name\n");
    bureau_refuses(bureau, "own", &plain, ERROR_REFUSED,
                   "最多放 200 张历史遗留点位卡片，请用 --where");
    struct report_options some = {.choices = {[REPORT_WHERE] = "name~点位20"}};
    bureau_export(bureau, "own", &some, "own.xlsx");
    char *book = scratch_unzip(bureau_path(bureau, "own.xlsx"), "xl/workbook.xml");
    assert_has(book, "name=\"点位20\"");
    assert_has(book, "name=\"点位200\"");
    assert_lacks(book, "name=\"点位1\"");
    free(book);
}

static void one_record_may_be_asked_for(void **state)
{
    struct bureau *bureau = *state;
    char site[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
    add_site(bureau, "甲", site);
    add_site(bureau, "乙", other);
    bureau_write_layout(bureau, REPORT SITES "范围,object,必选\n" GRID "格,name\n");
    bureau_refuses(bureau, "own", &plain, ERROR_USAGE, "--object");
    struct report_options one = {.choices = {[REPORT_OBJECT] = "乙"}};
    bureau_export(bureau, "own", &one, "own.xlsx");
    char *book = scratch_unzip(bureau_path(bureau, "own.xlsx"), "xl/workbook.xml");
    assert_has(book, "name=\"乙\"");
    assert_lacks(book, "name=\"甲\"");
    free(book);
    one.choices[REPORT_OBJECT] = "丙";
    bureau_refuses(bureau, "own", &one, ERROR_MISSING, "丙");
}

/* The list in front of the cards is narrowed like them. */
static void a_plan_of_some_sites_lists_only_these(void **state)
{
    static const struct report_options some[] = {
        {.choices = {[REPORT_WHERE] = "name~乙"}},
        {.choices = {[REPORT_OBJECT] = "乙矿"}},
    };
    struct bureau *bureau = *state;
    char id[RECORD_ID_SIZE];
    add_site(bureau, "甲矿", id);
    add_site(bureau, "乙矿", id);
    for (size_t i = 0; i < COUNT_OF(some); i++) {
        char *table = bureau_csv(bureau, "site-plan", some[i], "点位总表");
        assert_has(table, "乙矿");
        assert_lacks(table, "甲矿");
        free(table);
    }
}

static void without_records_it_says_so(void **state)
{
    char *text = first_sheet(*state, REPORT SITES GRID "空表,还没有点位。\n格,name\n");
    assert_has(text, "还没有点位。");
    free(text);
    text = first_sheet(*state, REPORT SITES GRID "格,name\n");
    assert_has(text, "没有符合条件的记录。");
    free(text);
}

/* ---- what hangs on the record ---- */

static void small_tables_stand_in_the_card(void **state)
{
    struct bureau *bureau = *state;
    char site[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    add_site(bureau, "甲", site);
    static const char *const names[] = {"水田", "鱼塘", "村子"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        BUREAU_ADD(bureau, reg_receptor, id, "site", site, "kind", i < 2 ? "耕地" : "居民", "name",
                   names[i], "distance_m", "300");
    char *text =
        first_sheet(bureau, REPORT SITES GRID
                    "明细,receptor,没有目标,20,kind=耕地\n明细列,kind,类别,2\n明细列,name,,2\n"
                    "明细列,distance_m\n明细,problem,没有问题\n明细列,description,,6\n");
    assert_has(text, "距离（m）");
    assert_has(text, "水田");
    assert_has(text, "鱼塘");
    assert_lacks(text, "村子");
    assert_has(text, "没有问题");
    assert_has(text, "<mergeCell ref=\"E1:F1\"/>"); /* the last column is stretched */
    free(text);
    text = first_sheet(bureau, REPORT SITES GRID "明细,receptor,没有目标,1\n明细列,name,,2\n");
    assert_has(text, "<row r=\"2\"");
    assert_lacks(text, "<row r=\"3\"");
    free(text);
}

/* ---- photos ---- */

static void add_file(struct bureau *bureau, const char *site, const char *title,
                     const char *contents)
{
    char id[RECORD_ID_SIZE];
    BUREAU_ADD(bureau, reg_attachment, id, "site", site, "kind", "其他", "title", title, "file",
               contents, "file_name", title);
}

static size_t count_in(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text++)
        count++;
    return count;
}

static void photos_are_shown_and_other_files_named(void **state)
{
    struct bureau *bureau = *state;
    struct attachment_file kept;
    struct error err = {0};
    struct buffer path = {0};
    char site[RECORD_ID_SIZE];
    add_site(bureau, "甲", site);
    add_file(bureau, site, "东侧.jpg", BUREAU_JPEG);
    add_file(bureau, site, "图.png", BUREAU_PNG);
    add_file(bureau, site, "坏.jpg", "\xFF\xD8\xFF\xE0 broken");
    add_file(bureau, site, "图.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    add_file(bureau, site, "没了.jpg", "gone");
    scratch_write(bureau_path(bureau, "gone"), "gone");
    assert_true(attachment_keep(bureau->store, bureau_path(bureau, "gone"), &kept, &err));
    attachment_path(bureau->store, kept.sha256, &path);
    assert_int_equal(unlink(path.text), 0);
    const char *layout = REPORT SITES GRID "照片,attachment.file,200,2,4\n";
    char *text = first_sheet(bureau, layout);
    assert_has(text, "坏.jpg（不是能显示的图片）");
    assert_has(text, "图.svg（不是能显示的图片）");
    assert_has(text, "没了.jpg（文件缺失）");
    assert_has(text, ">东侧.jpg</t>");
    free(text);
    char *drawing = scratch_unzip(bureau_path(bureau, "own.xlsx"), "xl/drawings/drawing1.xml");
    assert_int_equal(count_in(drawing, "<xdr:pic>"), 2);
    assert_has(drawing, "descr=\"东侧.jpg\"");
    free(drawing);
    char *media = scratch_unzip(bureau_path(bureau, "own.xlsx"), "xl/media/image1.png");
    char *other = scratch_unzip(bureau_path(bureau, "own.xlsx"), "xl/media/image2.png");
    assert_true(media || other);
    free(media);
    free(other);
    /* one more than there is room for is named */
    text = first_sheet(bureau, REPORT SITES GRID "照片,attachment.file,200,2,1\n");
    drawing = scratch_unzip(bureau_path(bureau, "own.xlsx"), "xl/drawings/drawing1.xml");
    assert_int_equal(count_in(drawing, "<xdr:pic>"), 1);
    free(drawing);
    free(text);
    buffer_release(&path);
}

/* Evidence that somebody has replaced is not shown as if nothing had happened. */
static void a_photo_that_was_changed_is_told(void **state)
{
    struct bureau *bureau = *state;
    struct record record;
    struct error err = {0};
    struct buffer path = {0};
    char id[RECORD_ID_SIZE];
    BUREAU_ADD_PROBLEM(bureau, "整改中", id, "description", "雨水排口晴天有水流出疑混入废水",
                       "before_photo", BUREAU_PNG);
    const char *layout =
        REPORT "卡片,卡\n清单,problem\n卡名,-\n" GRID "照片,before_photo|after_photo,100\n";
    char *text = first_sheet(bureau, layout);
    assert_has(text, ">整改前照片</t>");
    assert_lacks(text, "另有附件");
    free(text);
    assert_true(store_get(bureau->store, &reg_problem, id, &record, &err));
    attachment_path(bureau->store, record_text(&record, "before_photo"), &path);
    record_release(&record);
    unlink(path.text);
    scratch_write(path.text, "something else");
    text = first_sheet(bureau, layout);
    assert_has(text, "整改前照片（文件被改动过）");
    free(text);
    buffer_release(&path);
}

static void without_photos_it_says_so(void **state)
{
    struct bureau *bureau = *state;
    char id[RECORD_ID_SIZE];
    add_site(bureau, "甲", id);
    char *text = first_sheet(bureau, REPORT SITES GRID "照片,attachment.file\n");
    assert_has(text, "没有照片。");
    free(text);
}

/* ---- what a layout may not say ---- */

static void faults_are_told_with_their_line(void **state)
{
    static const struct {
        const char *rows, *sentence;
    } faults[] = {
        {SITES "格,name\n", "要有一行“列宽”"},
        {SITES GRID "格,nowhere\n", "第 5 行：历史遗留点位没有名为“nowhere”的字段"},
        {SITES GRID "格,name,6\n", "有一格跨 6 列"},
        {SITES GRID "格,blank,2\n", "手填的格要写标签"},
        {SITES GRID "段,{nowhere},左\n", "花括号"},
        {SITES GRID "段,好,斜\n", "段的样式只能是"},
        {SITES GRID "照片,name\n", "不是附件"},
        {SITES GRID "照片,receptor.nowhere\n", "没有名为“nowhere”"},
        {SITES GRID "明细,progress\n", "没有指向历史遗留点位的字段"},
        {SITES GRID "明细,receptor\n", "一列也没有"},
        {SITES GRID "明细,receptor\n明细列,name,,4\n明细列,kind,,3\n", "共跨 7 列，一行只有 6 列"},
        {SITES GRID "明细列,name\n", "要写在“明细”后面"},
        {SITES GRID "块,甲,state\n", "条件“state”应写成 字段=值"},
        {SITES GRID "块,甲,nowhere=是\n", "不能作条件"},
        {SITES "范围,year\n", "范围只能是"},
        {SITES "范围,where,也许\n", "只能是“必选”"},
        {SITES "列宽,0,10\n", "应是 1 到 100 的整数"},
        {"公布,是\n卡片,卡\n清单,enterprise\n" GRID "格,phone\n", "“联系电话”不能公布"},
        {"公布,是\n卡片,卡\n清单,enterprise\n" GRID "段,法人{legal_person}。\n", "不能公布"},
        {"公布,是\n卡片,卡\n清单,enterprise\n" GRID "块,{phone}\n", "“联系电话”不能公布"},
        {SITES GRID "块,{nowhere}\n", "花括号"},
        {"统计,乡\n筛选,state=整改中\n", "统计里不能写“筛选”"},
        {"统计,乡\n清单,problem\n", "统计里不能写“清单”"},
        {"卡片,卡\n格,name\n", "之前要先有一行“清单”"},
    };
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        struct buffer text = {0};
        buffer_addf(&text, "%s%s", REPORT, faults[i].rows);
        bureau_write_layout(*state, text.text);
        bureau_refuses(*state, "own", &plain, ERROR_FORMAT, faults[i].sentence);
        buffer_release(&text);
    }
}

/* ---- the layouts that come with the program ---- */

static void a_notice_is_about_one_problem(void **state)
{
    struct bureau *bureau = *state;
    char id[RECORD_ID_SIZE];
    BUREAU_ADD_PROBLEM(bureau, "已定方案", id, "description", "雨水排口晴天有水流出疑混入废水",
                       "object_name", "河边堆场", "metals", "铊");
    bureau_refuses(bureau, "notice", &plain, ERROR_USAGE, "--problem");
    struct report_options options = {.choices = {[REPORT_PROBLEM] = id}};
    bureau_export(bureau, "notice", &options, "n.xlsx");
    char *text = scratch_unzip(bureau_path(bureau, "n.xlsx"), "xl/worksheets/sheet1.xml");
    assert_has(text, "环境问题整改通知");
    assert_has(text, "2026年4月1日");
    assert_has(text, "河边堆场");
    assert_has(text, "签收人");
    free(text);
}

static void each_site_has_its_plan(void **state)
{
    struct bureau *bureau = *state;
    char site[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    add_site(bureau, "老厂沟", site);
    add_site(bureau, "石板沟", id);
    BUREAU_ADD(bureau, reg_receptor, id, "site", site, "kind", "耕地", "name", "水田", "distance_m",
               "300");
    add_file(bureau, site, "东侧.jpg", BUREAU_JPEG);
    bureau_export(bureau, "site-plan", &plain, "s.xlsx");
    char *book = scratch_unzip(bureau_path(bureau, "s.xlsx"), "xl/workbook.xml");
    assert_has(book, "name=\"点位总表\"");
    assert_has(book, "name=\"老厂沟\"");
    assert_has(book, "name=\"石板沟\"");
    free(book);
    char *text = scratch_unzip(bureau_path(bureau, "s.xlsx"), "xl/worksheets/sheet5.xml");
    assert_has(text, "水田");
    assert_has(text, "fitToHeight=\"0\"");
    assert_lacks(text, "landscape");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bureau_test(cells_flow_and_fill_their_row),
        bureau_test(conditions_decide_what_is_there),
        bureau_test(a_long_text_goes_on_in_the_next_row),
        bureau_test(each_record_has_a_sheet_of_its_name),
        bureau_test(too_many_are_refused),
        bureau_test(one_record_may_be_asked_for),
        bureau_test(a_plan_of_some_sites_lists_only_these),
        bureau_test(without_records_it_says_so),
        bureau_test(small_tables_stand_in_the_card),
        bureau_test(photos_are_shown_and_other_files_named),
        bureau_test(a_photo_that_was_changed_is_told),
        bureau_test(without_photos_it_says_so),
        bureau_test(faults_are_told_with_their_line),
        bureau_test(a_notice_is_about_one_problem),
        bureau_test(each_site_has_its_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
