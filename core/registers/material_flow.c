#include "core/decimal.h"
#include "core/registers.h"
#include "core/registers/assay.h"
#include "core/registers/shared.h"

#include <string.h>

#define J10 "吉环固体字〔2022〕10号 "
#define GX  "桂重金属方案 "

static const struct field material_fields[] = {
    FIELD_CASE_NO("档案编号"),
    {
        .name = "enterprise",
        .label = "所属企业",
        .type = TYPE_REF,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 24,
        .target = "enterprise",
        .aliases = (const char *const[]){"企业名称", "单位名称", "企业", NULL},
        .help = "这批物料是哪家企业的，从全口径清单选取。",
        .example = "清远市示例冶炼有限公司",
        .basis = J10 "四（七）（可核算可追踪）",
    },
    FIELD_FROM_ENTERPRISE("uscc", "统一社会信用代码", TYPE_USCC, 0),
    FIELD_FROM_ENTERPRISE("region", "县（市、区）", TYPE_REGION, 0),
    {
        .name = "period",
        .label = "核算期",
        .type = TYPE_PERIOD,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .aliases = (const char *const[]){"时段", "核算时段", "年度", "月份", "期间", NULL},
        .help = "按年、季或月核算：2025、2025Q3 或 2025-03；同一家企业前后用同一种。",
        .example = "2025Q3",
        .basis = J10 "四（七）（可核算可追踪）",
    },
    {
        .name = "flow",
        .label = "物流方向",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 8,
        .choices = (const char *const[]){"投入", "产出", "排放", "库存期初", "库存期末", NULL},
        .aliases = (const char *const[]){"方向", "类型", NULL},
        .help = "进厂投入、出厂产出、排到环境，还是期初期末的库存。",
        .example = "投入",
        .basis = J10 "四（七）（可核算可追踪）",
    },
    {
        .name = "material_class",
        .label = "物料类别",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 10,
        .choices =
            (const char *const[]){"矿石原料", "精矿", "返料", "辅料", "主产品", "副产品", "废渣",
                                  "烟尘", "污泥", "酸泥", "废水", "废气", "外委危废", NULL},
        .aliases = (const char *const[]){"类别", NULL},
        .help = "最接近的一类；送外单位处置的危险废物选外委危废。",
        .example = "精矿",
        .basis = J10 "四（七）；" GX "四（三）（矿石原料、主副产品和生产废物）",
    },
    {
        .name = "material",
        .label = "物料名称",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 16,
        .aliases = (const char *const[]){"名称", "物料", NULL},
        .help = "物料的具体名称，同一种物料每次写一样。",
        .example = "锌精矿",
        .basis = J10 "四（七）；" GX "四（三）",
    },
    {
        .name = "batch",
        .label = "批次号",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 12,
        .aliases = (const char *const[]){"批次", "批号", "批次编号", NULL},
        .required_when = {.field = "flow", .values = "投入"},
        .help = "进厂批号、化验批号或转移批号；每批矿石原料都要有。",
        .example = "ZK2507-018",
        .basis = "清远计划 附表2第19项",
    },
    {
        .name = "supplier",
        .label = "供应商",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 16,
        .aliases = (const char *const[]){"供货单位", "来源单位", "供应单位", NULL},
        .required_when = {.field = "flow", .values = "投入"},
        .help = "从哪家单位买来的，写全称。",
        .example = "示例矿业贸易有限公司",
        .basis = "清远计划 二（二）3",
    },
    {
        .name = "origin",
        .label = "产地",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 14,
        .aliases = (const char *const[]){"原料产地", "来源", NULL},
        .required_when = {.field = "material_class", .values = "矿石原料|精矿"},
        .help = "矿产自哪个国家、哪个矿；混矿的分别写。",
        .example = "南丹县示例矿山",
        .basis = "清远计划 二（二）3",
    },
};

static const struct field quantity_fields[] = {
    {
        .name = "quantity",
        .label = "数量",
        .type = TYPE_DECIMAL,
        .flags = FIELD_REQUIRED,
        .scale = 3,
        .width = 12,
        .least = "0",
        .aliases = (const char *const[]){"重量", "数量（t）", "用量", "实物量", NULL},
        .help = "这一期这种物料有多少；固体填吨，废水填立方米，废气填标准立方米。",
        .example = "11500",
        .basis = J10 "四（七）（可核算可追踪）",
    },
    {
        .name = "quantity_unit",
        .label = "数量单位",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = (const char *const[]){"t", "m³", "Nm³", NULL},
        .aliases = (const char *const[]){"计量单位", "数量计量单位", NULL},
        .initial = "t",
        .help = "固体选 t，废水选 m³，废气选 Nm³。",
        .example = "t",
        .basis = J10 "四（七）（可核算可追踪）",
    },
    {
        .name = "basis",
        .label = "计量基准",
        .type = TYPE_CHOICE,
        .choices = (const char *const[]){"湿基", "干基", NULL},
        .aliases = (const char *const[]){"干湿基", "基准", NULL},
        .required_when = {.field = "quantity_unit", .values = "t"},
        .help = "过磅的一般是湿基；已扣除水分的是干基。",
        .example = "湿基",
        .basis = J10 "四（七）（可核算可追踪）",
    },
    {
        .name = "moisture_percent",
        .label = "含水率",
        .type = TYPE_DECIMAL,
        .unit = "%",
        .scale = 2,
        .width = 8,
        .least = "0",
        .most = "100",
        .aliases = (const char *const[]){"水分", "含水率（%）", "水分（%）", NULL},
        .required_when = {.field = "basis", .values = "湿基"},
        .help = "化验单上的水分百分数，湿基物料没有它就折算不出干重。",
        .example = "8.5",
        .basis = J10 "四（七）（可核算可追踪）",
    },
    {
        .name = "thallium_kg",
        .label = "铊量",
        .type = TYPE_DECIMAL,
        .flags = FIELD_AUTO | FIELD_LIST | FIELD_TOTAL,
        .unit = "kg",
        .scale = 6,
        .width = 14,
        .aliases = (const char *const[]){"铊金属量", "铊量（kg）", NULL},
        .help = "程序自动计算：固体为 t ×（1 − 含水率）× mg/kg ÷ 1000，废水为 m³ × mg/L ÷ "
                "1000，废气为 Nm³ × mg/m³ ÷ 10⁶。低于检出限的按 0 "
                "计；缺数量、含量、湿基的含水率，或单位对不上的，不计算。",
        .basis = J10 "四（七）（可核算可追踪）",
    },
    {
        .name = "destination",
        .label = "去向",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 14,
        .aliases = (const char *const[]){"物料去向", "处置去向", NULL},
        .required_when = {.field = "flow", .values = "产出|排放"},
        .help = "产出或排放以后到哪里去：外售、自用、填埋场、河流、委托处置等。",
        .example = "外售",
        .basis = J10 "四（九）3",
    },
    {
        .name = "receiver",
        .label = "接收企业",
        .type = TYPE_REF,
        .flags = FIELD_SEARCH,
        .width = 20,
        .target = "enterprise",
        .aliases = (const char *const[]){"接收企业（清单内）", NULL},
        .help = "接收单位在全口径清单里的选上它；不在清单里的填下一栏。",
        .example = "清远市示例冶炼有限公司",
        .basis = J10 "四（九）3",
    },
    {
        .name = "receiver_name",
        .label = "接收单位（清单外）",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 18,
        .aliases = (const char *const[]){"接收单位", "处置单位", NULL},
        .help = "接收单位不在全口径清单里的写它的全称。",
        .example = "示例固体废物处置有限公司",
        .basis = J10 "四（九）3",
    },
    {
        .name = "waste_code",
        .label = "危险废物代码",
        .type = TYPE_WASTE,
        .flags = FIELD_SEARCH,
        .aliases = (const char *const[]){"危废代码", "废物代码", NULL},
        .required_when = {.field = "material_class", .values = "外委危废"},
        .help = "属于危险废物的填八位代码，看转移联单；铊生产废渣粉尘是 261-055-30。",
        .example = "261-055-30",
        .basis = "国家危险废物名录（2025年版）",
    },
    {
        .name = "manifest_no",
        .label = "联单号",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 16,
        .aliases = (const char *const[]){"转移联单号", "转移联单编号", "联单编号", NULL},
        .required_when = {.field = "material_class", .values = "外委危废"},
        .help = "危险废物电子转移联单的编号，几张联单用顿号隔开。",
        .example = "20254518000123",
        .basis = J10 "四（九）3",
    },
};

static const struct field assay_fields[] = {
    {
        .name = "thallium_content",
        .label = "铊含量",
        .type = TYPE_MEASURE,
        .flags = FIELD_REQUIRED | FIELD_LIST,
        .width = 10,
        .aliases = (const char *const[]){"总铊", "铊", "铊品位", "铊浓度", NULL},
        .help = "检测报告上的数，固体按干基；未检出写成 <检出限。可连单位一起写，如 38.5 mg/kg。",
        .example = "38.5",
        .basis = GX "四（三）（台账记录及检测分析结果）",
    },
    {
        .name = "thallium_unit",
        .label = "含量单位",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = assay_unit_choices,
        .synonyms = assay_unit_synonyms,
        .aliases = (const char *const[]){"单位", "铊含量单位", "原始单位", NULL},
        .help = "照报告上的单位选，不要自己换算；1 g/t 就是 1 mg/kg，ng/L 与 mg/L 差一百万倍。",
        .example = "mg/kg",
        .basis = GX "四（三）（台账记录及检测分析结果）",
    },
    {
        .name = "detection_limit",
        .label = "检出限",
        .type = TYPE_MEASURE,
        .aliases = (const char *const[]){"方法检出限", "检出限值", NULL},
        .help = "方法的检出限，不带单位的按含量单位算。",
        .example = "0.02",
        .basis = "HJ 700（检出限）",
    },
    {
        .name = "method",
        .label = "检测方法",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED,
        .width = 16,
        .aliases = (const char *const[]){"分析方法", "检测方法标准", NULL},
        .help = "分析方法的标准号，报告上有。",
        .example = "HJ 766-2015",
        .basis = GX "四（三）（台账记录及检测分析结果）",
    },
    {
        .name = "lab",
        .label = "检测单位",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 18,
        .aliases = (const char *const[]){"检测机构", "监测单位", NULL},
        .help = "出报告的化验室或检测公司。",
        .example = "示例检测技术有限公司",
        .basis = GX "四（三）（台账记录及检测分析结果）",
    },
    {
        .name = "cma",
        .label = "CMA资质",
        .type = TYPE_BOOL,
        .flags = FIELD_REQUIRED,
        .width = 8,
        .aliases = (const char *const[]){"CMA", "是否CMA", "资质认定", NULL},
        .help = "检测单位有没有检验检测机构资质认定（报告封面有 CMA 章）。",
        .example = "是",
        .basis = GX "四（三）（台账记录及检测分析结果）",
    },
    {
        .name = "report_no",
        .label = "报告编号",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 18,
        .aliases = (const char *const[]){"检测报告编号", "报告号", "检测报告", NULL},
        .help = "检测报告的编号。",
        .example = "GXHJ-2025-0718",
        .basis = GX "四（三）（台账记录及检测分析结果）",
    },
    {
        .name = "sampled_on",
        .label = "采样日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED,
        .aliases = (const char *const[]){"取样日期", "采样时间", NULL},
        .help = "样品是哪一天采的。",
        .example = "2025-07-12",
        .basis = GX "四（三）（台账记录及检测分析结果）",
    },
    {
        .name = "reported_on",
        .label = "报告日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED,
        .aliases = (const char *const[]){"报告签发日期", "检测日期", NULL},
        .help = "报告签发的日期，不早于采样日期。",
        .example = "2025-07-20",
        .basis = GX "四（三）（台账记录及检测分析结果）",
    },
    {
        .name = "arsenic_content",
        .label = "砷",
        .type = TYPE_MEASURE,
        .group = "其他元素含量",
        .aliases = (const char *const[]){"砷含量", "砷（mg/kg）", NULL},
        .help = "同一批样品的砷含量；不带单位的按铊含量的单位算，未检出写成 <检出限。",
        .example = "1200",
        .basis = "清远计划 附表2第19项",
    },
    {
        .name = "cadmium_content",
        .label = "镉",
        .type = TYPE_MEASURE,
        .group = "其他元素含量",
        .aliases = (const char *const[]){"镉含量", "镉（mg/kg）", NULL},
        .help = "同一批样品的镉含量；不带单位的按铊含量的单位算，未检出写成 <检出限。",
        .example = "1800",
        .basis = "清远计划 附表2第19项",
    },
    {
        .name = "mercury_content",
        .label = "汞",
        .type = TYPE_MEASURE,
        .group = "其他元素含量",
        .aliases = (const char *const[]){"汞含量", "汞（mg/kg）", NULL},
        .help = "同一批样品的汞含量；不带单位的按铊含量的单位算，未检出写成 <检出限。",
        .example = "25",
        .basis = "清远计划 附表2第19项",
    },
    {
        .name = "antimony_content",
        .label = "锑",
        .type = TYPE_MEASURE,
        .group = "其他元素含量",
        .aliases = (const char *const[]){"锑含量", "锑（mg/kg）", NULL},
        .help = "同一批样品的锑含量；不带单位的按铊含量的单位算，未检出写成 <检出限。",
        .example = "310",
        .basis = "清远计划 附表2第19项",
    },
    {
        .name = "lead_content",
        .label = "铅",
        .type = TYPE_MEASURE,
        .group = "其他元素含量",
        .aliases = (const char *const[]){"铅含量", "铅（mg/kg）", NULL},
        .help = "同一批样品的铅含量；不带单位的按铊含量的单位算，未检出写成 <检出限。",
        .example = "9600",
        .basis = "清远计划 附表2第19项",
    },
};

/* How the amount and the content of a flow make kilograms: amount × content ÷ 10^power. */
static const struct {
    const char *quantity_unit, *content_unit;
    int power;
} balances[] = {
    {.quantity_unit = "t", .content_unit = "mg/kg", .power = 3},
    {.quantity_unit = "m³", .content_unit = "mg/L", .power = 3},
    {.quantity_unit = "Nm³", .content_unit = "mg/m³", .power = 6},
};

enum {
    PERCENT_SCALE = 2, /* a share of one is a percentage with two more decimals */
    NANO_SCALE = 9,    /* of measure_in_unit */
};

/* The share of the amount that counts, times 10^(scale of the moisture + 2): all of a liquid, a gas
 * or a dry solid, what is not water of a wet one. False while that is not known. */
static bool read_share(const struct record *record, bool is_solid, int64_t *share)
{
    const struct field *field = reg_field_find(record->reg, "moisture_percent");
    const struct value *moisture = record_value(record, "moisture_percent");
    const struct value *basis = record_value(record, "basis");
    *share = decimal_unit(field->scale + PERCENT_SCALE);
    if (!is_solid || (basis->kind == VALUE_TEXT && strcmp(basis->text, "干基") == 0))
        return true;
    if (value_is_null(basis) || value_is_null(moisture))
        return false;
    *share -= moisture->integer;
    return *share >= 0 && moisture->integer >= 0;
}

/* Exact up to one rounding at the last decimal. What is below the detection limit counts as none;
 * of what is above the range of the method nobody knows how much it is. */
static bool calculate(const struct record *record, int64_t *kilograms)
{
    const struct value *quantity = record_value(record, "quantity");
    const struct value *unit = record_value(record, "quantity_unit");
    struct measure content;
    int64_t nano, share, amount;
    if (value_is_null(quantity) || value_is_null(unit) ||
        !assay_read(record, "thallium_content", "thallium_unit", &content) ||
        content.qualifier == '>')
        return false;
    for (size_t i = 0; i < COUNT_OF(balances); i++) {
        if (strcmp(unit->text, balances[i].quantity_unit) != 0)
            continue;
        int from = reg_field_find(record->reg, "quantity")->scale +
                   reg_field_find(record->reg, "moisture_percent")->scale + PERCENT_SCALE +
                   NANO_SCALE + balances[i].power;
        int to = reg_field_find(record->reg, "thallium_kg")->scale;
        if (!measure_in_unit(&content, balances[i].content_unit, &nano) ||
            !read_share(record, i == 0, &share) ||
            !decimal_multiply(quantity->integer, share, 1, &amount))
            return false;
        return decimal_multiply(amount, content.qualifier == '<' ? 0 : nano,
                                decimal_unit(from - to), kilograms);
    }
    return false;
}

static void derive(struct record *record, const struct record *before)
{
    assay_settle_unit(record, before, "thallium_content", "thallium_unit");
    struct value *mass = record_value_for_change(record, "thallium_kg");
    int64_t kilograms;
    if (calculate(record, &kilograms))
        value_set_integer(mass, kilograms);
    else
        value_release(mass);
}

static const struct section sections[] = {
    {.label = "物料", .fields = material_fields, .count = COUNT_OF(material_fields)},
    {.label = "数量", .fields = quantity_fields, .count = COUNT_OF(quantity_fields)},
    {.label = "检测", .fields = assay_fields, .count = COUNT_OF(assay_fields)},
    SECTION_NOTES,
};

const struct reg reg_material_flow = {
    .name = "material_flow",
    .label = "铊物料台账",
    .brief = "物料",
    .title = "铊成分检测与物料台账",
    .counter = "条",
    .help = "含铊的原料、产品、废物和废水废气，每期每种（每批）一条，铊的来龙去脉靠它算清。",
    .basis = J10 "四（七）；" GX "四（三）；"
                 "清远计划 附表2第19项",
    .menu = MENU_MONITOR,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .prefix = "WL",
    .name_field = "material",
    .order = "period",
    .descending = true,
    .identity = (const char *const[]){"case_no", "enterprise period flow material batch",
                                      "enterprise period flow material", NULL},
    .derive = derive,
};
