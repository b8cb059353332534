/* How lists write the headings of single columns: what must be recognised, and what must not. */
#include "tests/imports/fixture.h"

#include "core/mem.h"
#include "core/registers.h"
#include "imports/heading.h"
#include "imports/heading_text.h"
#include "imports/heading_unit.h"

#include <string.h>

/* Reads rows of one column as a heading. "name" a field, "~name" proposed, "?" unknown, "-"
 * ignored; behind a blank the unit. */
static void read_meaning(struct fixture *fixture, const struct reg *reg, const char *const *cells,
                         struct buffer *meaning)
{
    struct buffer text = {0};
    struct heading heading;
    size_t rows = 0;
    for (; cells[rows]; rows++)
        buffer_addf(&text, "\"%s\"\n", cells[rows]);
    fixture_write_text(fixture, "list.csv", text.text);
    if (!table_read(fixture->path, NULL, &fixture->table, &fixture->err))
        fail_msg("%s", fixture->err.message);
    heading_read(&fixture->table, reg, 0, rows, &heading);
    const struct heading_column *column = &heading.columns[0];
    bool has_field = column->match == HEADING_FIELD || column->match == HEADING_NEAR;
    buffer_clear(meaning);
    buffer_addf(meaning, "%s%s%s%s", column->match == HEADING_NEAR ? "~" : "",
                has_field                          ? reg_field(reg, column->field)->name
                : column->match == HEADING_IGNORED ? "-"
                                                   : "?",
                *column->unit ? " " : "", column->unit);
    heading_release(&heading);
    table_release(&fixture->table);
    buffer_release(&text);
}

struct example {
    const struct reg *reg;
    const char *cells[4];
    const char *meaning;
};

static void check(struct fixture *fixture, const struct example *examples, size_t count)
{
    struct buffer meaning = {0};
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        read_meaning(fixture, examples[i].reg, examples[i].cells, &meaning);
        if (strcmp(meaning.text, examples[i].meaning) == 0)
            continue;
        print_error("%s: “%s” “%s” is %s, not %s\n", examples[i].reg->name, examples[i].cells[0],
                    examples[i].cells[1] ? examples[i].cells[1] : "", meaning.text,
                    examples[i].meaning);
        failed++;
    }
    buffer_release(&meaning);
    assert_int_equal(failed, 0);
}

#define E  &reg_enterprise
#define TH &reg_thallium_enterprise
#define CD &reg_cadmium_source
#define SI &reg_legacy_site

static void marks_and_numbering(void **state)
{
    static const struct example examples[] = {
        {E, {"企业\n名称"}, "name"},
        {E, {" 企业\r\n名称 "}, "name"},
        {E, {"企　业　名　称"}, "name"},
        {E, {"1.企业名称"}, "name"},
        {E, {"1、企业名称"}, "name"},
        {E, {"１．企业名称"}, "name"},
        {E, {"（1）企业名称"}, "name"},
        {E, {"(3)乡镇（街道）"}, "town"},
        {E, {"（3）乡镇"}, "town"},
        {E, {"一、企业名称"}, "name"},
        {E, {"（二）企业名称"}, "name"},
        {E, {"①企业名称"}, "name"},
        {E, {"1.1 企业名称"}, "name"},
        {E, {"3 企业名称"}, "name"},
        {E, {"*企业名称"}, "name"},
        {E, {"企业名称*"}, "name"},
        {E, {"＊企业名称"}, "name"},
        {E, {"★企业名称"}, "name"},
        {E, {"※ 企业名称 ※"}, "name"},
        {E, {"企业名称（必填）"}, "name"},
        {E, {"企业名称【必填】"}, "name"},
        {E, {"企业名称(*必填项)"}, "name"},
        {E, {"曾用名（选填）"}, "former_name"},
        {E, {"企业名称："}, "name"},
        {E, {"企业名称①"}, "name"},
        {E, {"“企业名称”"}, "name"},
        {E, {"ＵＳＣＣ"}, "uscc"},
        {E, {"Uscc"}, "uscc"},
        {E, {"企業名稱"}, "name"},
        {E, {"縣（市、區）"}, "region"},
        /* A number that belongs to the heading is no numbering. */
        {E, {"2020年基础排放量/铅"}, "base_lead_kg"},
        {E, {"1"}, "?"},
        {E, {"（1）"}, "?"},
        {E, {"①"}, "?"},
        {E, {"2020年"}, "?"},
        {E, {"12.5"}, "?"},
    };
    check(*state, examples, COUNT_OF(examples));
}

static void synonyms(void **state)
{
    static const struct example examples[] = {
        {E, {"单位名称"}, "name"},
        {E, {"企业全称"}, "name"},
        {E, {"企业名称（全称）"}, "name"},
        {E, {"企业名称（盖章）"}, "name"},
        {E, {"排污单位名称"}, "name"},
        {E, {"企业（单位）名称"}, "name"},
        {E, {"单位详细名称"}, "name"},
        {E, {"社会信用代码"}, "uscc"},
        {E, {"组织机构代码（统一社会信用代码）"}, "uscc"},
        {E, {"统一社会信用代码（18位）"}, "uscc"},
        {E, {"统一社会信用代码/组织机构代码"}, "uscc"},
        {E, {"社会统一信用代码"}, "uscc"},
        {E, {"所属区县"}, "region"},
        {E, {"县区"}, "region"},
        {E, {"区县"}, "region"},
        {E, {"县(区、市)"}, "region"},
        {E, {"县（区）"}, "region"},
        {E, {"所在县区"}, "region"},
        {E, {"行政区划"}, "region"},
        {E, {"乡（镇）"}, "town"},
        {E, {"镇街"}, "town"},
        {E, {"街道"}, "town"},
        {E, {"乡镇街道"}, "town"},
        {E, {"所在乡镇"}, "town"},
        {E, {"所属镇（街）"}, "town"},
        {E, {"经度(E)"}, "lon"},
        {E, {"东经"}, "lon"},
        {E, {"东经（E）"}, "lon"},
        {E, {"经度（°）"}, "lon °"},
        {E, {"经度（度分秒）"}, "lon 度分秒"},
        {E, {"中心经度"}, "lon"},
        {E, {"纬度(N)"}, "lat"},
        {E, {"北纬"}, "lat"},
        {E, {"法人代表"}, "legal_person"},
        {E, {"法人"}, "legal_person"},
        {E, {"联系方式"}, "phone"},
        {E, {"电话"}, "phone"},
        {E, {"联系电话（手机）"}, "phone"},
        {E, {"地址"}, "address"},
        {E, {"企业地址"}, "address"},
        {E, {"所属行业"}, "industry_name"},
        {E, {"是否土壤污染重点监管单位"}, "soil_key_unit"},
        {E, {"是否属于重点排污单位"}, "key_discharger"},
        {E, {"最近核实时间"}, "verified_on"},
        {E, {"排污许可证编码"}, "permit_no"},
        {E, {"铅基础排放量"}, "base_lead_kg"},
        {E, {"许可排放量（镉）"}, "permitted_cadmium_kg"},
        {E, {"许可排放量-镉"}, "permitted_cadmium_kg"},
        {SI, {"点位名称"}, "name"},
        {SI, {"开工日期"}, "works_started_on"},
        {CD, {"企业名称"}, "name"},
        /* What nobody asks for. */
        {E, {"注册资本"}, "?"},
        {E, {"开户银行"}, "?"},
        {E, {"铅"}, "?"},
        {E, {"是否"}, "?"},
        {E, {"排放量"}, "?"},
        {E, {"姓名"}, "?"},
        {SI, {"等级"}, "?"},
        {E, {"序号"}, "-"},
        {E, {"编号"}, "-"},
        {E, {"No."}, "-"},
        {E, {"拒绝原因"}, "-"},
        {&reg_inspection_item, {"序号"}, "number"},
        {&reg_obligation, {"编号"}, "code"},
    };
    check(*state, examples, COUNT_OF(examples));
}

static void units(void **state)
{
    static const struct example examples[] = {
        {E, {"产能（吨/年）"}, "capacity_t 吨/年"},
        {E, {"年产能（万吨/年）"}, "capacity_t 万吨/年"},
        {E, {"产能(t/a)"}, "capacity_t t/a"},
        {E, {"产能/t/a"}, "capacity_t t/a"},
        {E, {"产能 t/a"}, "capacity_t t/a"},
        {E, {"产能t/a"}, "capacity_t t/a"},
        {E, {"产能（ｔ／ａ）"}, "capacity_t t/a"},
        {E, {"产能［吨］"}, "capacity_t 吨"},
        {E, {"产能（单位：吨）"}, "capacity_t 吨"},
        {E, {"产能，单位：万吨"}, "capacity_t 万吨"},
        {E, {"产能\n（吨/年）"}, "capacity_t 吨/年"},
        {E, {"产能（设计，吨/年）"}, "capacity_t 吨/年"},
        {E, {"产能万吨"}, "capacity_t 万吨"},
        {E, {"许可排放量/镉（kg/a）"}, "permitted_cadmium_kg kg/a"},
        {E, {"许可排放量（千克/年）", "镉"}, "permitted_cadmium_kg 千克/年"},
        {E, {"许可排放量", "镉（kg）"}, "permitted_cadmium_kg kg"},
        {E, {"许可排放量", "镉/kg"}, "permitted_cadmium_kg kg"},
        {E, {"许可排放量（kg）", "镉（t）"}, "permitted_cadmium_kg t"},
        {E, {"许可排放量", "镉", "kg"}, "permitted_cadmium_kg kg"},
        {E, {"许可排放量", "镉", "（千克）"}, "permitted_cadmium_kg 千克"},
        {E, {"许可排放量", "镉", "kg/a"}, "permitted_cadmium_kg kg/a"},
        {E, {"许可排放量", "镉", "单位：千克/年"}, "permitted_cadmium_kg 千克/年"},
        {E, {"产能", "万吨/年"}, "capacity_t 万吨/年"},
        {TH, {"总铊限值（mg/L）"}, "thallium_limit mg/L"},
        {TH, {"总铊限值（μg/L）"}, "thallium_limit μg/L"},
        {TH, {"总铊限值 mg/L"}, "thallium_limit mg/L"},
        {TH, {"总铊限值", "mg/L"}, "thallium_limit mg/L"},
        {TH, {"总铊限值（毫克/升）"}, "thallium_limit 毫克/升"},
        {TH, {"最近总铊监测值(ug/L)"}, "monitored_value ug/L"},
        {CD, {"周边耕地面积（亩）"}, "farmland_mu 亩"},
        {CD, {"周边耕地面积/公顷"}, "farmland_mu 公顷"},
        {CD, {"距最近耕地距离（米）"}, "farmland_distance_m 米"},
        {CD, {"土壤重金属含量（mg/kg）", "镉"}, "soil_cadmium mg/kg"},
        {SI, {"堆存量（重量，万吨）"}, "mass_10kt 万吨"},
        {SI, {"占地面积m²"}, "area_m2 m²"},
        {SI, {"占地面积（㎡）"}, "area_m2 ㎡"},
        {SI, {"占地面积（平方米）"}, "area_m2 平方米"},
        {SI, {"投资（万元）"}, "investment_10k 万元"},
        {SI, {"投资万元"}, "investment_10k 万元"},
        {&reg_tailings_pond, {"库容（万m³）", "设计"}, "volume_design 万m³"},
        {&reg_tailings_pond, {"坝高（m）", "现状"}, "dam_height_now m"},
        {&reg_park, {"污水处理", "规模（吨/日）"}, "sewage_capacity 吨/日"},
        /* A bare metal with a unit that only one group has. */
        {CD, {"镉（mg/kg）"}, "soil_cadmium mg/kg"},
        {E, {"废水铅（mg/L）"}, "? mg/L"},
        /* A unit of something else: proposed at most. */
        {E, {"产能（千瓦）"}, "capacity_t"},
        {CD, {"周边耕地面积（吨）"}, "~farmland_mu 吨"},
        /* No units. */
        {E, {"法定代表人（姓 名）"}, "legal_person"},
        {E, {"备 注"}, "note"},
        {E, {"附件（A）"}, "attachment"},
    };
    check(*state, examples, COUNT_OF(examples));
}

static void themes_and_owners(void **state)
{
    static const struct example examples[] = {
        {E, {"企业基本情况", "联系电话"}, "phone"},
        {E, {"基本信息", "企业名称"}, "name"},
        {E, {"地理坐标", "经度"}, "lon"},
        {E, {"企业", "名称"}, "name"},
        {E, {"企业名称", "联系电话"}, "phone"},
        {E, {"全口径涉重金属企业清单", "企业名称"}, "name"},
        {E, {"法定代表人", "姓名"}, "legal_person"},
        {E, {"重金属排放情况", "2020年基础排放量", "铅"}, "base_lead_kg"},
        {E, {"基础排放量", "铅"}, "base_lead_kg"},
        {E, {"2024年实际排放量（千克）", "铅"}, "actual_lead_kg 千克"},
        {E, {"2024年度重金属实际排放量", "Pb"}, "actual_lead_kg"},
        {E, {"实际排放量", "总砷"}, "actual_arsenic_kg"},
        {E, {"实际排放量", "铅及其化合物"}, "actual_lead_kg"},
        {E, {"实际排放量", "五类重金属合计"}, "actual_total_kg"},
        /* Somebody else's, another year's, one of several: a person must say. */
        {E, {"法定代表人", "电话"}, "~phone"},
        {E, {"运输单位", "联系电话"}, "~phone"},
        {E, {"2013年基础排放量", "铅"}, "~base_lead_kg"},
        {E, {"重金属排放量", "铅"}, "?"},
        {E, {"注册资本", "币种"}, "?"},
    };
    check(*state, examples, COUNT_OF(examples));
}

static void typos(void **state)
{
    static const struct example examples[] = {
        {E, {"企业名你"}, "~name"},
        {E, {"统一社会信用代玛"}, "~uscc"},
        {E, {"统一社会信用代"}, "~uscc"},
        {E, {"基础排方量", "铅"}, "~base_lead_kg"},
        {E, {"排污许可证遍号"}, "~permit_no"},
        {E, {"法定代表入"}, "~legal_person"},
        /* Too short, too far, or another term. */
        {E, {"电活"}, "?"},
        {E, {"企业性质"}, "?"},
        {E, {"统一编号"}, "?"},
        {E, {"废水许可排放浓度", "铜"}, "?"},
        {E, {"废渣许可排放浓度", "铅"}, "?"},
        {E, {"许可证有效期至今"}, "?"},
    };
    check(*state, examples, COUNT_OF(examples));
}

/* Every field's unit is one that a heading may state, and agrees with itself. */
static void units_of_all_fields_are_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < register_count; i++) {
        for (struct field_walk walk = {.reg = registers[i]}; reg_walk(&walk);) {
            const char *own = walk.field->unit;
            if (own &&
                (!heading_unit_is(own) || heading_unit_compare(own, own) != HEADING_UNITS_AGREE))
                fail_msg("%s.%s: %s", registers[i]->name, walk.field->name, own);
        }
    }
}

static void collect(void *context, const char *of, const char *unit)
{
    buffer_addf(context, "[%s|%s]", of, unit);
}

static void units_in_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line, *units;
    } lines[] = {
        {"单位：千克", "[|千克]"},
        {"（单位：kg/a）", "[|kg/a]"},
        {"填报单位：清远市生态环境局清城分局　　排放量单位：千克", "[排放量|千克]"},
        {"产量单位：吨；排放量单位：千克", "[产量|吨][排放量|千克]"},
        {"单位：吨、万元", "[|吨][|万元]"},
        {"计量单位:mg/L", "[计量|mg/L]"},
        {"填报单位：吨位公司", ""},
        {"编制单位：清远市示例环保有限公司", ""},
        {"单位名称：示例", ""},
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        struct buffer units = {0};
        heading_text_each_unit(lines[i].line, collect, &units);
        assert_string_equal(buffer_text(&units), lines[i].units);
        buffer_release(&units);
    }
}

#define unit(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

/* A word for one column in one list stands over several in another. */
static void words_over_several_columns(void **state)
{
    static const struct example examples[] = {
        {&reg_problem, {"整改情况"}, "state"},
        {&reg_problem, {"整改情况", "责任单位"}, "responsible_unit"},
        {&reg_problem, {"整改情况", "整改时限"}, "due_on"},
        {&reg_problem, {"整改照片", "整改前"}, "before_photo"},
    };
    check(*state, examples, COUNT_OF(examples));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        unit(marks_and_numbering),
        unit(synonyms),
        unit(units),
        unit(themes_and_owners),
        unit(words_over_several_columns),
        unit(typos),
        cmocka_unit_test(units_of_all_fields_are_known),
        cmocka_unit_test(units_in_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
