/* Layout files: the one that ships, and every way in which one can be wrong. */
#include "exports/layout.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/resource.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define HEAD "表,清单一\n清单,enterprise\n"

static void read_shipped(struct layout *layout, const char *name)
{
    struct error err = {0};
    char path[256];
    snprintf(path, sizeof path, "layouts/%s.csv", name);
    if (!layout_read(layout, path, &err))
        fail_msg("%s", err.message);
}

static void reads_the_annual_layout(void **state)
{
    (void)state;
    static const char *const names[] = {"全口径清单",
                                        "全口径清单（许可与管理）",
                                        "全口径清单（列入和位置）",
                                        "全口径清单（浓度和环境管理）",
                                        "涉铊企业清单",
                                        "历史遗留点位一矿一策",
                                        "耕地周边涉镉污染源",
                                        "整改台账",
                                        "整改台账（督导和销号）"};
    struct layout layout;
    read_shipped(&layout, "annual");
    assert_int_equal(layout.sheet_count, COUNT_OF(names) + 2);
    assert_string_equal(layout.sheets[0].name, "汇总");
    assert_string_equal(layout.sheets[COUNT_OF(names) + 1].name, "核验结果");
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct layout_sheet *sheet = &layout.sheets[i + 1];
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

static const char *key_of(const struct layout_sheet *sheet)
{
    return sheet->key ? sheet->key : sheet->listing.reg->name;
}

/* How many later sheets of the register of sheet `first` there are; each has a name of its own. */
static size_t count_continued(const struct layout *layout, size_t first)
{
    size_t found = 0;
    for (size_t i = first + 1; i < layout->sheet_count; i++) {
        const struct listing *listing = &layout->sheets[i].listing;
        if (!listing->column_count || listing->reg != layout->sheets[first].listing.reg)
            continue;
        assert_string_not_equal(key_of(&layout->sheets[i]), key_of(&layout->sheets[first]));
        found++;
    }
    return found;
}

/* Two sheets of one register need two names in .json. */
static void tells_sheets_of_one_register_apart(void **state)
{
    (void)state;
    static const char *const names[] = {"annual",    "half-year", "thallium",
                                        "site-plan", "cadmium",   "tailings",
                                        "manganese", "reduction", "quota"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct layout layout;
        size_t found = 0;
        read_shipped(&layout, names[i]);
        for (size_t j = 0; j < layout.sheet_count; j++)
            if (layout.sheets[j].listing.column_count && layout.sheets[j].listing.reg)
                found += count_continued(&layout, j);
        assert_true(found > 0);
        layout_release(&layout);
    }
}

/* What the statutes and the practice ask of a list, by field; one sheet of the layout or another
 * shows it. The two lists of 20 June: 吉环固体字〔2022〕12号 二至四, 桂重金属方案 四（一）; the
 * others: the passages that their registers name. */
static const struct asked {
    const char *layout, *reg, *fields;
} asked[] = {
    {"half-year", "construction_project",
     "name owner uscc region industry nature quota_opinion_no quota_opinion_by quota_opinion_on "
     "eia_no eia_authority eia_on added_lead_kg added_mercury_kg added_cadmium_kg "
     "added_chromium_kg added_arsenic_kg added_total_kg ratio required_total_kg source_enterprise "
     "source_name source_kind source_measure source_liable source_due_on source_lead_kg "
     "source_total_kg same_key_industry cross_industry_reason in_verified_list cross_city "
     "from_city_opinion to_city_opinion exempted exemption_kind waste_kinds_met waste_origin_met "
     "location_met process_met treatment_met permit_noted permit_noted_on"},
    {"half-year", "reduction_project",
     "name enterprise enterprise_uscc region enterprise_industry kind measure_kind content "
     "investment_10k planned_start_on planned_completion_on started_on completed_on load_basis "
     "method key_line before_lead_kg before_total_kg after_lead_kg after_total_kg cut_lead_kg "
     "cut_total_kg ledger_on permit_change_due_on permit_change_applied_on permit_changed_on "
     "permit_states evidence_kinds"},
    {"quota", "construction_project",
     "owner uscc quota_opinion_by eia_authority added_lead_kg added_mercury_kg added_cadmium_kg "
     "added_chromium_kg added_arsenic_kg required_lead_kg source_lead_kg same_key_industry "
     "in_verified_list cross_city"},
    {"quota", "quota_transfer",
     "case_no from_enterprise from_enterprise_uscc from_uscc from_city to_enterprise "
     "to_enterprise_uscc to_uscc to_city project transferred_lead_kg transferred_total_kg "
     "transferred_on from_city_opinion to_city_opinion province_opinion_no permit_change_due_on "
     "permit_change_applied_on permit_noted_on unlicensed recorded_on filed_on rebase_period "
     "voided_on void_reason"},
    {"reduction", "reduction_project",
     "key_line evidence_kinds load_basis method before_lead_kg after_lead_kg cut_lead_kg ledger_on "
     "permit_change_due_on permit_change_applied_on permit_changed_on permit_states"},
    {"annual", "enterprise",
     "former_name uscc legal_person env_manager phone key_industry industry zinc_inorganic "
     "entry_reason entered_on entry_basis removed_on removal_reason park key_region products "
     "capacity_t raw_materials high_metal_feed permit_class permit_no permitted_lead_water "
     "permitted_antimony_air permitted_total_kg base_total_kg actual_total_kg actual_method "
     "added_kg cut_kg transferred_out_kg transferred_out_to transferred_in_kg transferred_in_from "
     "special_limits special_limits_on key_discharger soil_key_unit random_inspection audit_on "
     "audit_mandatory audit_grade emergency_plan_no insurance_to_on deposition_on farmland_on "
     "smart_monitoring disclosure credit_grade address lon lat basin source verified_on "
     "verified_by campaigns note"},
    {"annual", "problem",
     "tailings_pond manganese_mine slag_yard park object_name found_by found_by_unit fix_at_once "
     "supervising_unit supervisor technical_support extension_approval before_photo after_photo "
     "monitoring_report contract self_checked_on applied_on checked_on checkers reviewed_on "
     "notice_from_on notice_to_on closure_no lookback_on rebound"},
    {"thallium", "thallium_enterprise",
     "enterprise_uscc enterprise_industry enterprise_permit_no enterprise_address enterprise_lon "
     "enterprise_basin content_max input_kg workshop_outlet main_outlet rain_outlet standard_no "
     "thallium_limit monitoring_point removal_unit zero_discharge_proof assay_on assay_report "
     "downstream_station source_distance_km records_kept records_years risk_reason "
     "plan_completed_on source verified_by campaigns"},
    {"thallium", "problem",
     "park slag_yard found_by measures goal supervisor extension_count extension_approval "
     "before_photo review_opinion notice_objection closure_no lookback_on rebound"},
    {"cadmium", "cadmium_source",
     "uscc listed_before_2020 listed_year batch pathways farmland_mu farmland_class soil_ph "
     "soil_cadmium soil_copper soil_nickel soil_zinc crop_result deposition_points "
     "deposition_frequency deposition_on measures closing_criterion planned_on completed_on "
     "accepted_on closed_on basin source verified_by campaigns"},
    {"site-plan", "legacy_site",
     "former_owner liability liable_party territorial_unit mineral mass_10kt volume_m3 area_m2 "
     "flow_dry flow_normal flow_wet water_ph water_colour waste_class leaching_result "
     "water_result soil_result anti_seepage anti_loss anti_dust flood_ditch leachate_collection "
     "pollution_reason sensitivity_reason feasibility_reason hazard_grade spread_grade "
     "receptor_grade route stage interim_measure interim_done_on investment_10k funding project_no "
     "discovery priority monitoring_plan lon lat"},
    {"tailings", "tailings_pond",
     "ownerless enterprise_uscc grade safety_degree form dam_method minerals composition "
     "waste_class heavy_metal metals head_pond downstream_people downstream_facilities "
     "commissioned_on service_years responsible_person responsible_post phone env_class "
     "hazard_list_on problem_count seepage_barrier leachate outlet_code well_upstream well_factors "
     "risk_assessed_on emergency_plan_no emergency_plan_on emergency_pool_m3 plan_state "
     "online_monitoring safety_permit_no safety_permit_to_on eia_no flood_standard "
     "tailings_10kt_year water_generated water_discharged water_reuse_percent receptors"},
    {"manganese", "manganese_mine",
     "mining_permit_no mining_permit_to_on mining_method capacity_10kt waste_rock_10kt slag_10kt "
     "mine_water_m3d mine_water_manganese drainage restoration restored_ha problem_count "
     "planned_on "
     "address basin source verified_on"},
    {"manganese", "manganese_plant",
     "enterprise_uscc capacity_t output_t slag_generated_t slag_stored_t slag_used_t "
     "chromium6_value manganese_value ammonia_value selenium_value enterprise_permit_no slag_fate "
     "phase_out phase_out_note problem_count planned_on workshop_outlet source verified_on"},
    {"manganese", "manganese_slag_yard",
     "enterprise_uscc volume_design volume_now grade liner leak leachate_m3d leachate_manganese "
     "sealed_on receptors measures planned_on well_count source verified_on"},
    {"full-list-public", "enterprise", "name uscc region key_industry industry status"},
    {"tasks", "task", "article paragraph item measure lead participants deadline"},
    {"balance", "material_flow",
     "enterprise enterprise_uscc period flow material_class material batch supplier origin "
     "quantity "
     "basis moisture_percent thallium_content thallium_unit detection_limit method lab cma "
     "report_no sampled_on reported_on thallium_kg destination receiver receiver_name manifest_no "
     "waste_code arsenic_content cadmium_content mercury_content antimony_content lead_content"},
    {"inspection", "inspection_item",
     "number category content criterion answer photo_numbers problem_text note"},
};

static bool shows(const struct column *column, const struct reg *reg, const char *name)
{
    bool found = column->field && !column->child && strcmp(column->field->name, name) == 0;
    for (size_t i = 0; i < column->either_count; i++)
        found = found || strcmp(reg_field(reg, column->either[i])->name, name) == 0;
    return found;
}

static bool layout_shows(const struct layout *layout, const struct reg *reg, const char *name)
{
    for (size_t i = 0; i < layout->sheet_count; i++) {
        const struct listing *listing = &layout->sheets[i].listing;
        for (size_t j = 0; listing->reg == reg && j < listing->column_count; j++)
            if (shows(&listing->columns[j], reg, name))
                return true;
    }
    return false;
}

static void shows_what_is_asked_for(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        const struct reg *reg = reg_find(asked[i].reg);
        struct layout layout;
        char *fields = mem_text(asked[i].fields);
        read_shipped(&layout, asked[i].layout);
        for (char *name = strtok(fields, " "); name; name = strtok(NULL, " "))
            if (!layout_shows(&layout, reg, name))
                fail_msg("%s: %s.%s", asked[i].layout, asked[i].reg, name);
        free(fields);
        layout_release(&layout);
    }
}

/* A sum of concentrations, heights, ratios or years says nothing; neither does one of people whom
 * two ponds endanger. */
static void sums_up_only_what_adds_up(void **state)
{
    (void)state;
    static const struct {
        const char *reg, *field;
        bool total;
    } cases[] = {
        {"tailings_pond", "volume_design", true},
        {"tailings_pond", "volume_now", true},
        {"tailings_pond", "water_generated", true},
        {"tailings_pond", "well_downstream", true},
        {"tailings_pond", "dam_height_design", false},
        {"tailings_pond", "service_years", false},
        {"tailings_pond", "water_reuse_percent", false},
        {"tailings_pond", "downstream_people", false},
        {"manganese_mine", "mine_water_m3d", true},
        {"manganese_mine", "problem_count", true},
        {"manganese_mine", "mine_water_ph", false},
        {"manganese_slag_yard", "volume_design", true},
        {"legacy_site", "flow_normal", true},
        {"legacy_site", "water_ph", false},
        {"construction_project", "added_total_kg", true},
        {"construction_project", "ratio", false},
        {"thallium_enterprise", "input_kg", true},
        {"thallium_enterprise", "content_max", false},
        {"enterprise", "capacity_t", false},
        {"enterprise", "permitted_lead_water", false},
        {"cadmium_source", "farmland_distance_m", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct column column;
        assert_true(column_parse(&column, reg_find(cases[i].reg), cases[i].field, NULL));
        if (column.sink.total != cases[i].total)
            fail_msg("%s.%s", cases[i].reg, cases[i].field);
    }
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
        {HEAD "字体,封底,宋体\n", "“字体”后面只能是 抬头、标题、左上"},
        {HEAD "字体,标题,一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二\n",
         "第 3 行：字体的名称最多 31 个字"},
        {HEAD "字体,标题,宋体,大\n", "第 3 行：字号“大”应是 5 到 72 的磅数"},
        {HEAD "字体,标题,宋体,4.9\n", "字号“4.9”应是"},
        {HEAD "字体,标题,宋体,72.1\n", "字号“72.1”应是"},
        {HEAD "字体,标题,宋体,12,斜\n", "字体的标记只能是 加粗、不加粗、底色、无底色，不能是“斜”"},
        {HEAD "行高,标题,高\n", "“高”应是 0 到 400 的整数"},
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
        {"公布,是\n" HEAD "列,former_name|phone,名\n", "表“清单一”的“名”不能公布"},
        {"公布,是\n" HEAD "列,phone.filled,有电话\n", "表“清单一”的“有电话”不能公布"},
        {HEAD "列,nothing.filled\n", "第 3 行：全口径涉重金属企业没有名为“nothing.filled”的列"},
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
        {"计算,甲\n列,serial\n", "第 2 行：“列”之前要先有一行“数据”"},
        {"计算,甲\n数据,nothing\n", "第 2 行：没有名为“nothing”的数据，可以用 findings、"},
        {"计算,甲\n数据,targets\n数据,targets\n", "第 3 行：一张表只能有一行“数据”"},
        {"计算,甲\n数据,targets\n列,name\n", "数据 targets 没有名为“name”的列，可以用 serial、"},
        {"计算,甲\n数据,targets\n列,serial,,,,,,,粗\n", "列的标记只能是"},
        {"计算,甲\n数据,targets\n", "“甲”要有一行“数据”和至少一列"},
        {"计算,甲\n清单,enterprise\n", "第 2 行：计算里不能写“清单”"},
        {"公布,是\n计算,甲\n数据,findings\n列,message\n", "“甲”是程序算出来的，不公布"},
        {"汇总,甲\n", "“甲”汇总本工作簿的各张清单，至少要有一张表"},
        {"汇总,甲\n固定列,2\n", "第 2 行：汇总里不能写“固定列”"},
        {"汇总,甲\n纸张,A4\n", "第 2 行：汇总里不能写“纸张”，请删去这一行"},
        {"图表,甲\n左上,乙\n", "第 2 行：图表里不能写“左上”"},
        {"统计图,甲\n签名,乙\n", "第 2 行：统计图里不能写“签名”"},
        {"统计页,甲\n空表,乙\n", "第 2 行：统计页里不能写“空表”"},
        {"进度图,甲\n左上,乙\n", "第 2 行：进度图里不能写“左上”"},
        {"卡片,甲\n抬头,乙\n", "第 2 行：卡片里不能写“抬头”"},
        {"平衡,甲\n固定列,2\n", "第 2 行：平衡里不能写“固定列”"},
        {"公布,是\n汇总,甲\n" HEAD "列,name\n", "不公布，公布版请删去“甲”"},
        {"公布,是\n进度图,甲\n", "不公布，公布版请删去“甲”"},
        {"时点,月末\n", "第 1 行：时点只能是 年末 或 可选，不能是“月末”"},
        {"截止,半年报,6\n时点,年末\n", "第 2 行：“截止”和“时点”只能写一个"},
        {"时点,可选\n截止,半年报,6\n", "第 2 行：“截止”和“时点”只能写一个"},
        {"统计,甲\n分组,nothing\n", "第 2 行：不能按“nothing”分组"},
        {"统计,甲\n分组,town\n列,nothing\n", "没有名为“nothing”的统计项，可以用 objects、"},
        {"公布,是\n统计,甲\n分组,phone\n列,objects\n", "“甲”按不能公布的字段分"},
        {"统计页,甲\n段,{nothing} 个\n", "第 2 行：“{nothing} 个”的花括号里只能是统计项"},
        {"统计页,甲\n段,{率 mended/nothing}\n", "的花括号里只能是统计项"},
        {"统计页,甲\n分组,town\n", "“甲”要有一行“分组”和 1 到"},
        {"公布,是\n统计页,甲\n分组,phone\n列,objects\n", "“甲”按不能公布的字段分"},
        {"统计图,甲\n", "“甲”一个图也没有"},
        {"统计图,甲\n列,problems\n", "第 2 行：“列”之前要先有一行“图”"},
        {"统计图,甲\n图,圈,乙,town\n", "图只能是 柱、条、饼、线"},
        {"统计图,甲\n图,条,乙,nothing\n", "不能按“nothing”分组"},
        {"统计图,甲\n图,条,乙,town\n", "图“乙”一列也没有"},
        {"统计图,甲\n图,线,乙,week\n列,mended\n", "按周只能统计 problems（发现）和 closed"},
        {"统计图,甲\n图,条,乙,town\n列,problems,,画\n", "列的标记只能是 不画"},
        {"公布,是\n统计图,甲\n图,条,乙,phone\n列,objects\n", "“乙”按不能公布的字段分"},
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

/* A size in points or by its name, marks, and what is not said. */
static void takes_fonts_of_the_parts(void **state)
{
    (void)state;
    struct layout layout;
    struct error err = {0};
    const char *text = HEAD "字体,标题,方正小标宋简体,二号,不加粗\n字体,表头,,10.5,加粗、无底色\n"
                            "字体,正文,仿宋\n行高,正文,24\n列,name,,总铊（mg\\/L）\n";
    if (!layout_parse(&layout, "a.csv", text, &err))
        fail_msg("%s", err.message);
    const struct sink_font *fonts = layout.sheets[0].fonts;
    assert_string_equal(fonts[SINK_TITLE].name, "方正小标宋简体");
    assert_int_equal(fonts[SINK_TITLE].size, 220);
    assert_int_equal(fonts[SINK_TITLE].bold, SINK_NO);
    assert_int_equal(fonts[SINK_TITLE].shaded, SINK_AS_USUAL);
    assert_null(fonts[SINK_HEADING].name);
    assert_int_equal(fonts[SINK_HEADING].size, 105);
    assert_int_equal(fonts[SINK_HEADING].bold, SINK_YES);
    assert_int_equal(fonts[SINK_HEADING].shaded, SINK_NO);
    assert_int_equal(fonts[SINK_BODY].size, 0);
    assert_true(fonts[SINK_BODY].height > 23.9 && fonts[SINK_BODY].height < 24.1);
    assert_null(fonts[SINK_NOTES].name);
    layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_annual_layout),
        cmocka_unit_test(keeps_the_print_readable),
        cmocka_unit_test(takes_what_a_column_says),
        cmocka_unit_test(names_the_line_of_an_error),
        cmocka_unit_test(takes_fonts_of_the_parts),
        cmocka_unit_test(what_no_sheet_can_hold_is_refused),
        cmocka_unit_test(knows_every_field_type),
        cmocka_unit_test(tells_sheets_of_one_register_apart),
        cmocka_unit_test(shows_what_is_asked_for),
        cmocka_unit_test(sums_up_only_what_adds_up),
    };
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
