/* Layout files: the one that ships, and every way in which one can be wrong. */
#include "exports/layout.h"

#include "core/text.h"
#include "db/resource.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define HEAD "表,清单一\n清单,enterprise\n"

static void reads_the_annual_layout(void **state)
{
    (void)state;
    static const char *const names[] = {"全口径清单",         "全口径清单（许可与管理）",
                                        "涉铊企业清单",       "历史遗留点位一矿一策",
                                        "耕地周边涉镉污染源", "整改台账"};
    struct layout layout;
    struct error err = {0};
    if (!layout_read(&layout, "layouts/annual.csv", &err))
        fail_msg("%s", err.message);
    assert_int_equal(layout.sheet_count, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct layout_sheet *sheet = &layout.sheets[i];
        assert_string_equal(sheet->name, names[i]);
        assert_string_equal(sheet->columns[0].sink.key, "serial");
        assert_non_null(sheet->title);
        assert_string_equal(sheet->empty, "本年度无");
        assert_true(sheet->signatures.count > 0);
    }
    layout_release(&layout);
}

/* Column widths of the largest paper at 70 %: below that the print is too small to read. */
static void keeps_the_print_readable(void **state)
{
    (void)state;
    enum { A3_CELLS = 213, A4_CELLS = 147, LEAST_PERCENT = 70, PADDING_TENTHS = 17 };
    struct buffer files = {0};
    size_t read = 0;
    resource_entries("layouts", &files);
    for (char *name = strtok(files.text, "\n"); name; name = strtok(NULL, "\n")) {
        struct layout layout;
        struct error err = {0};
        char path[256];
        snprintf(path, sizeof path, "layouts/%s", name);
        if (!layout_read(&layout, path, &err))
            fail_msg("%s", err.message);
        for (size_t i = 0; i < layout.sheet_count; i++) {
            const struct layout_sheet *sheet = &layout.sheets[i];
            if (!sheet->title)
                continue; /* what an inspection form prints of an object, as pairs */
            int tenths = 0, room = sheet->paper == SINK_A3 ? A3_CELLS : A4_CELLS;
            for (size_t j = 0; j < sheet->listing.column_count; j++)
                tenths += sheet->columns[j].sink.width * 10 + PADDING_TENTHS;
            if (tenths * LEAST_PERCENT > room * 1000)
                fail_msg("%s %s: %d 格", name, sheet->name, tenths / 10);
            read++;
        }
        layout_release(&layout);
    }
    assert_true(read > 20);
    buffer_release(&files);
}

/* Two sheets of one register need two names in .json. */
static void tells_sheets_of_one_register_apart(void **state)
{
    (void)state;
    struct layout layout;
    struct error err = {0};
    assert_true(layout_read(&layout, "layouts/quota.csv", &err));
    assert_int_equal(layout.sheet_count, 3);
    assert_ptr_equal(layout.sheets[1].listing.reg, layout.sheets[2].listing.reg);
    assert_null(layout.sheets[1].key);
    assert_string_equal(layout.sheets[2].key, "voided_transfer");
    layout_release(&layout);
}

static void takes_what_a_column_says(void **state)
{
    (void)state;
    static const char text[] =
        "\xEF\xBB\xBF# 说明\r\n"
        "封面,{地区}报送\r\n\r\n" HEAD "标题,\"{地区}{年度}年度,清单\"\n"
        "纳入,entered_on\n移出,removed_on\n筛选,status=在产\n"
        "纸张,A3\n方向,竖\n固定列,2\n"
        "抬头,附件1\n说明,{截止日期}前\n表头行高,20,0,36\n排序,town\n"
        "列,serial\n列,name,单位名称,甲组,30\n列,base_lead_kg,,,,-,,,居中、不合计\n"
        "列,base_lead_kg,,-\n列,region.code,代码\n"
        "列,name|former_name,,甲/乙\n列,blank1,签收,-,12,,,,合并\n"
        "合计,总计\n空表,无\n签名,甲：{填表人}\n签名,乙\n"
        "说明,注一\n说明,注二\n";
    struct layout layout;
    struct error err = {0};
    if (!layout_parse(&layout, "x.csv", text, &err))
        fail_msg("%s", err.message);
    const struct layout_sheet *sheet = &layout.sheets[0];
    assert_string_equal(layout.cover, "{地区}报送");
    assert_string_equal(sheet->title, "{地区}{年度}年度,清单");
    assert_string_equal(sheet->listing.since, "entered_on");
    assert_string_equal(sheet->listing.until, "removed_on");
    assert_string_equal(sheet->listing.where, "status=在产");
    assert_int_equal(sheet->paper, SINK_A3);
    assert_int_equal(sheet->fixed, 2);
    assert_true(sheet->portrait);
    assert_int_equal(sheet->heads.count, 1);
    assert_string_equal(sheet->heads.items[0], "附件1");
    assert_int_equal(sheet->above.count, 1);
    assert_int_equal(sheet->below.count, 2);
    assert_string_equal(sheet->below.items[1], "注二");
    assert_int_equal(sheet->heading_heights[0], 20);
    assert_int_equal(sheet->heading_heights[1], 0);
    assert_int_equal(sheet->heading_heights[2], 36);
    assert_string_equal(sheet->listing.order, "town");
    assert_int_equal(sheet->signatures.count, 2);
    assert_int_equal(sheet->listing.column_count, 7);
    assert_string_equal(sheet->columns[1].sink.label, "单位名称");
    assert_string_equal(sheet->columns[1].sink.group, "甲组");
    assert_int_equal(sheet->columns[1].sink.width, 30);
    assert_null(sheet->columns[2].sink.unit);
    assert_string_equal(sheet->columns[2].sink.group, "2020年基础排放量");
    assert_false(sheet->columns[2].sink.total);
    assert_true(sheet->columns[2].sink.centre);
    assert_true(sheet->columns[3].sink.total);
    assert_null(sheet->columns[3].sink.group);
    assert_string_equal(sheet->columns[3].sink.unit, "kg/a");
    assert_int_equal(sheet->columns[4].source, COLUMN_CODE);
    assert_int_equal(sheet->columns[5].source, COLUMN_EITHER);
    assert_int_equal(sheet->columns[5].either_count, 2);
    assert_string_equal(sheet->columns[5].sink.group, "甲/乙");
    assert_int_equal(sheet->columns[6].source, COLUMN_BLANK);
    assert_true(sheet->columns[6].sink.merge);
    assert_false(sheet->columns[5].sink.merge);
    layout_release(&layout);
}

static void names_the_line_of_an_error(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message; /* a part of it */
    } cases[] = {
        {"乱写,x\n", "第 1 行：不认识“乱写”"},
        {"# a\n\n\n标题,x\n", "第 4 行：“标题”之前要先有一行“表”"},
        {"表,甲\n列,name\n", "第 2 行：“列”之前要先有一行“清单”"},
        {"表,甲\n清单,nothing\n", "第 2 行：没有名为“nothing”的清单"},
        {"表\n", "第 1 行：“表”后面缺内容"},
        {HEAD "列,nothing\n", "第 3 行：全口径涉重金属企业没有名为“nothing”的列"},
        {HEAD "列,name.code\n", "第 3 行：全口径涉重金属企业的“企业名称”没有代码"},
        {HEAD "列,receptor.list\n", "第 3 行"},
        {HEAD "列,name|base_lead_kg\n", "“base_lead_kg”不是文字"},
        {HEAD "列,name,,,宽\n", "列宽：“宽”应是 0 到 100 的整数"},
        {HEAD "列,name,,,,,status\n", "条件“status”应写成 字段=值"},
        {HEAD "列,name,,,,,foo=1\n", "没有名为“foo”的字段，不能作条件"},
        {HEAD "列,name,-\n", "第 3 行：列的表头不能为空"},
        {HEAD "纸张,B5\n", "第 3 行：纸张只能是 A3 或 A4"},
        {HEAD "方向,斜\n", "第 3 行：方向只能是 竖 或 横，不能是“斜”"},
        {HEAD "排序,nothing\n", "没有名为“nothing”的字段，不能按它排序"},
        {HEAD "表头行高,20,高\n", "“高”应是 0 到 400 的整数"},
        {HEAD "列,name,,甲/乙/丙\n", "分组“甲/乙/丙”应是一层“甲”或两层“甲/乙”"},
        {HEAD "列,name,,甲/\n", "分组“甲/”应是"},
        {HEAD "列,name,,,,,,,合并、粗\n", "列的标记只能是 合并、居中、不合计，不能是“粗”"},
        {"报表,Half,甲,乙\n", "第 1 行：报表名“Half”只能用小写字母、数字和 -"},
        {"报表,half,甲\n", "第 1 行：“报表”应写成"},
        {"报表,half,甲,乙,%s.xlsx\n", "只能是一个 %d（年度）"},
        {"报表,half,甲,乙,%d%n.xlsx\n", "只能是一个 %d（年度）"},
        {"公布,也许\n", "第 1 行：公布只能是 是 或 否"},
        {"截止,半年报,5\n", "“截止”的月数只能是 1、3、6 或 12"},
        {"截止,半年报,6\n" HEAD "列,name\n", "有“截止”时表“清单一”要有“纳入”"},
        {"公布,是\n" HEAD "列,name\n列,phone\n", "表“清单一”的“联系电话”不能公布"},
        {"图表,甲\n图,条,乙,清单一,status,个数\n", "第 2 行：前面没有叫“清单一”的清单"},
        {"图表,甲\n", "图表“甲”一个图也没有"},
        {HEAD "列,name\n图表,甲\n图,圈,乙,清单一,status,个数\n", "图只能是 柱、条、饼、线"},
        {HEAD "列,name\n图表,甲\n图,条,乙,清单一,status.month,个数\n", "不能按“status.month”分"},
        {HEAD "列,name\n图表,甲\n图,条,乙,清单一,status,name\n", "不能是“name”"},
        {HEAD "列,name\n图表,甲\n列,name\n", "第 5 行：不认识“列”"},
        {HEAD "纳入,name\n", "第 3 行：全口径涉重金属企业没有名为“name”的日期"},
        {HEAD "标题,{月份}报表\n", "第 3 行：花括号里只能是"},
        {HEAD "标题,\"两\n行\"\n列,nothing\n", "第 5 行"},
        {HEAD "列,name\n表,清单一\n", "第 4 行：前面已有一张叫“清单一”的表"},
        {HEAD "清单,problem\n", "第 3 行：一张表只能有一行“清单”"},
        {HEAD, "表“清单一”一列也没有"},
        {"表,甲/乙\n", "第 1 行：工作表名称“甲/乙”里有符号"},
        {"表,History\n", "第 1 行：工作表名称“History”是 Excel 的保留名称"},
        {"表,长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长\n", "超过 31 个字"},
        {"报表,x,甲,乙,../../x.xlsx\n", "第 1 行：文件名“../../x.xlsx”里不能有 /"},
        {"", "一张表也没有"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct layout layout;
        struct error err = {0};
        assert_false(layout_parse(&layout, "x.csv", cases[i].text, &err));
        assert_int_equal(err.code, ERROR_FORMAT);
        if (!text_starts_with(err.message, "版式文件 x.csv") ||
            !strstr(err.message, cases[i].message))
            fail_msg("%s\ninstead of\n%s", err.message, cases[i].message);
        layout_release(&layout);
    }
}

/* As `layout check` promises: what cannot be exported is told beforehand. */
static void what_no_sheet_can_hold_is_refused(void **state)
{
    struct buffer wide = {0}, longest = {0};
    struct layout layout;
    struct error err = {0};
    (void)state;
    buffer_add(&wide, HEAD);
    for (int i = 0; i <= SINK_MOST_COLUMNS; i++)
        buffer_add(&wide, "列,name\n");
    assert_false(layout_parse(&layout, "x.csv", wide.text, &err));
    assert_string_equal(err.message,
                        "版式文件 x.csv 第 16387 行：一张表最多 16384 列，请删去多余的");
    layout_release(&layout);
    buffer_add(&longest, HEAD "列,name,");
    for (int i = 0; i <= 10000; i++)
        buffer_add(&longest, "题");
    assert_false(layout_parse(&layout, "x.csv", longest.text, &err));
    assert_string_equal(err.message, "版式文件 x.csv 第 3 行：第 3 格超过 10000 个字，请缩短");
    layout_release(&layout);
    buffer_release(&wide);
    buffer_release(&longest);
}

/* Every type has a row: a hole would be a call through NULL. */
static void knows_every_field_type(void **state)
{
    (void)state;
    for (int type = 0; type < TYPE__COUNT; type++)
        assert_non_null(type_columns[type].put);
    for (size_t i = 0; i < register_count; i++) {
        for (size_t j = 0; j < reg_field_count(registers[i]); j++) {
            const struct field *field = reg_field(registers[i], j);
            struct column column;
            struct error err = {0};
            if (!column_parse(&column, registers[i], field->name, &err))
                fail_msg("%s", err.message);
            assert_ptr_equal(column.field, field);
            assert_string_equal(column.sink.key, field->name);
            assert_true(column.sink.width > 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_annual_layout),
        cmocka_unit_test(keeps_the_print_readable),
        cmocka_unit_test(takes_what_a_column_says),
        cmocka_unit_test(names_the_line_of_an_error),
        cmocka_unit_test(what_no_sheet_can_hold_is_refused),
        cmocka_unit_test(knows_every_field_type),
        cmocka_unit_test(tells_sheets_of_one_register_apart),
    };
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
