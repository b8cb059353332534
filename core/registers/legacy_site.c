#include "core/grade.h"
#include "core/registers.h"
#include "core/registers/legacy_site.h"
#include "core/registers/shared.h"

#define J10         "吉环固体字〔2022〕10号 "
#define GX          "桂重金属方案 "
#define YN          "滇规划 "
#define ACTION_2025 "重金属环境安全隐患排查整治行动方案（2025—2030年）"

static const struct field basic_fields[] = {
    FIELD_CASE_NO("档案编号"),
    {
        .name = "name",
        .label = "点位名称",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 24,
        .aliases = (const char *const[]){"名称", "历史遗留点位名称", "矿区（点位）名称", "地块名称",
                                         "问题点位名称", "点位", NULL},
        .help = "当地通行的叫法，加上矿区或沟名，避免与别处重名。",
        .example = "老厂沟铅锌废渣堆",
        .basis = J10 "四（八）（一矿一策）",
    },
    {
        .name = "former_owner",
        .label = "原企业（矿山）",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"原企业/矿山", "原企业", "原矿山", "原责任企业", NULL},
        .help = "当年留下问题的企业或矿山，查不清的写“不详”。",
        .example = "示例县老厂铅锌矿",
        .basis = J10 "四（八）",
    },
    {
        .name = "liability",
        .label = "责任主体情况",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = (const char *const[]){"有", "无", "灭失", NULL},
        .aliases = (const char *const[]){"责任主体", "有无责任主体", NULL},
        .help = "现在有没有应当负责治理的单位。",
        .example = "灭失",
        .basis = YN "四（四）（无责任主体）",
    },
    {
        .name = "liable_party",
        .label = "责任单位",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"责任主体名称", "责任企业", NULL},
        .shown_when = {.field = "liability", .values = "有"},
        .help = "负责治理的单位全称；责任主体为有时必填。",
        .example = "示例矿业有限公司",
        .basis = J10 "四（八）",
    },
    {
        .name = "territorial_unit",
        .label = "属地责任单位",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 18,
        .aliases = (const char *const[]){"属地政府", "属地单位", "属地责任政府", NULL},
        .help = "属地的人民政府或管理机构；没有责任主体的由它负责。",
        .example = "示例县人民政府",
        .basis = YN "四（四）（无责任主体）",
    },
};

static const struct field kind_fields[] = {
    {
        .name = "problem_types",
        .label = "问题类型",
        .type = TYPE_CHOICES,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 18,
        .choices =
            (const char *const[]){"矿井（硐）涌水", "废渣堆", "废石场·排土场", "尾矿", "底泥",
                                  "污染地块", "渗滤液", "冶炼遗留渣", "电子拆解渣", NULL},
        .aliases = (const char *const[]){"遗留问题类型", "类型", NULL},
        .help = "现场有哪几类问题，可多选。",
        .example = "矿井（硐）涌水、废渣堆",
        .basis = J10 "四（八）；" GX "四（三）；清远计划 附表7",
    },
    {
        .name = "mineral",
        .label = "矿种（原工艺）",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices =
            (const char *const[]){"重有色金属", "石煤", "硫铁矿", "硫磺", "金", "其他", NULL},
        .aliases = (const char *const[]){"矿种", "原工艺", "矿种/原工艺", NULL},
        .help = "当年采选、冶炼的是什么矿。",
        .example = "重有色金属",
        .basis = GX "四（三）",
    },
    {
        .name = "metals",
        .label = "涉及重金属",
        .type = TYPE_CHOICES,
        .flags = FIELD_SEARCH,
        .width = 12,
        .choices = metal_choices,
        .aliases = (const char *const[]){"重金属种类", "特征污染物", "涉及金属", "主要重金属",
                                         "主要污染物", NULL},
        .help = "监测或资料表明涉及的重金属，可多选。",
        .example = "铅、镉、砷",
        .basis = ACTION_2025,
    },
    {
        .name = "mass_10kt",
        .label = "堆存量（重量）",
        .type = TYPE_DECIMAL,
        .flags = FIELD_TOTAL,
        .unit = "万t",
        .scale = 4,
        .least = "0.0001",
        .aliases = (const char *const[]){"堆存量（万t）", "堆存量（万吨）", "堆存量",
                                         "渣量（万吨）", "堆渣量", "渣量", "废渣量", NULL},
        .shown_when = {.field = "problem_types",
                       .values = "废渣堆|废石场·排土场|尾矿|底泥|污染地块|冶炼遗留渣|电子拆解渣"},
        .help = "废渣、废石、尾矿的堆存重量，单位万吨；与体积至少填一项。",
        .example = "3.2",
        .basis = YN "一（二）1",
    },
    {
        .name = "volume_m3",
        .label = "堆存量（体积）",
        .type = TYPE_DECIMAL,
        .flags = FIELD_TOTAL,
        .unit = "m³",
        .scale = 2,
        .least = "0.01",
        .aliases =
            (const char *const[]){"堆存量（m³）", "堆存体积", "堆存量（立方米）", "方量", NULL},
        .shown_when = {.field = "problem_types",
                       .values = "废渣堆|废石场·排土场|尾矿|底泥|污染地块|冶炼遗留渣|电子拆解渣"},
        .help = "实测或估算的堆体体积，单位立方米；与重量至少填一项。",
        .example = "16000",
        .basis = YN "一（二）1",
    },
    {
        .name = "area_m2",
        .label = "占地面积",
        .type = TYPE_DECIMAL,
        .flags = FIELD_REQUIRED | FIELD_TOTAL,
        .unit = "m²",
        .scale = 2,
        .least = "0.01",
        .aliases =
            (const char *const[]){"占地", "占地面积（m²）", "占地面积（平方米）", "面积", NULL},
        .help = "点位占地的面积，一亩约 666.67 平方米。",
        .example = "5400",
        .basis = YN "一（二）1",
    },
    {
        .name = "flow_dry",
        .label = "枯水期",
        .type = TYPE_DECIMAL,
        .unit = "m³/d",
        .scale = 2,
        .least = "0",
        .group = "涌水量",
        .aliases = (const char *const[]){"枯水期涌水量", "涌水量（枯）", "涌水量（m³/d）/枯", NULL},
        .shown_when = {.field = "problem_types", .values = "矿井（硐）涌水"},
        .help = "枯水期每天的涌水量；有涌水的必填。",
        .example = "120",
        .basis = J10 "四（八）（矿井涌水）",
    },
    {
        .name = "flow_normal",
        .label = "平水期",
        .type = TYPE_DECIMAL,
        .unit = "m³/d",
        .scale = 2,
        .least = "0",
        .group = "涌水量",
        .aliases = (const char *const[]){"平水期涌水量", "涌水量（平）", "涌水量（m³/d）/平", NULL},
        .shown_when = {.field = "problem_types", .values = "矿井（硐）涌水"},
        .help = "平水期每天的涌水量；有涌水的必填。",
        .example = "260",
        .basis = J10 "四（八）（矿井涌水）",
    },
    {
        .name = "flow_wet",
        .label = "丰水期",
        .type = TYPE_DECIMAL,
        .unit = "m³/d",
        .scale = 2,
        .least = "0",
        .group = "涌水量",
        .aliases = (const char *const[]){"丰水期涌水量", "涌水量（丰）", "涌水量（m³/d）/丰", NULL},
        .shown_when = {.field = "problem_types", .values = "矿井（硐）涌水"},
        .help = "丰水期每天的涌水量；有涌水的必填。",
        .example = "800",
        .basis = J10 "四（八）（矿井涌水）",
    },
    {
        .name = "water_ph",
        .label = "涌水pH",
        .type = TYPE_DECIMAL,
        .scale = 2,
        .least = "0",
        .most = "14",
        .aliases = (const char *const[]){"涌水 pH", "水pH", "pH", "涌水pH值", NULL},
        .shown_when = {.field = "problem_types", .values = "矿井（硐）涌水"},
        .help = "现场测的涌水 pH；有涌水的必填。",
        .example = "3.6",
        .basis = J10 "四（八）（矿井涌水）",
    },
    {
        .name = "water_colour",
        .label = "涌水颜色",
        .type = TYPE_TEXT,
        .width = 10,
        .aliases = (const char *const[]){"水色", "颜色", "水体颜色", NULL},
        .shown_when = {.field = "problem_types", .values = "矿井（硐）涌水"},
        .help = "肉眼看到的颜色，如无色、黄褐、乳白；有涌水的必填。",
        .example = "黄褐",
        .basis = J10 "四（八）（矿井涌水）",
    },
    {
        .name = "waste_class",
        .label = "固废属性",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .width = 14,
        .choices = (const char *const[]){"危险废物", "Ⅰ类一般固废", "Ⅱ类一般固废", "未鉴别",
                                         "不涉及固废", NULL},
        .aliases = (const char *const[]){"固体废物属性", "废物属性", NULL},
        .help = "有鉴别结论的按结论填；没有鉴别过的选未鉴别，会列入待办。",
        .example = "Ⅱ类一般固废",
        .basis = YN "三（三）1（属性鉴别）",
    },
};

#define RESULT(NAME, LABEL, HELP, EXAMPLE, ...)                                                    \
    {                                                                                              \
        .name = NAME, .label = LABEL, .type = TYPE_LONGTEXT, .width = 24, .group = "最近监测值",   \
        .aliases = (const char *const[]){__VA_ARGS__, NULL}, .help = HELP, .example = EXAMPLE,     \
        .basis = J10 "四（八）",                                                                   \
    }

static const struct field result_fields[] = {
    RESULT("leaching_result", "浸出",
           "废渣浸出毒性的主要结果，写明元素、数值和单位（mg/L）；水、土、浸出至少填一项。",
           "镉 0.35 mg/L，铅 2.1 mg/L", "浸出监测值", "浸出浓度", "浸出毒性"),
    RESULT("water_result", "水", "涌水、渗滤液或下游水的主要结果，写明元素、数值和单位（mg/L）。",
           "锌 12 mg/L，镉 0.08 mg/L", "水质监测值", "水监测值", "涌水监测值"),
    RESULT("soil_result", "土", "土壤或底泥的主要结果，写明元素、数值和单位（mg/kg）。",
           "砷 186 mg/kg，镉 5.2 mg/kg", "土壤监测值", "土监测值", "底泥监测值"),
    {
        .name = "sampled_on",
        .label = "采样日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED,
        .group = "最近监测值",
        .aliases = (const char *const[]){"监测日期", "最近监测日期", NULL},
        .help = "这些结果是哪一天采的样。",
        .example = "2026-03-18",
        .basis = J10 "四（八）",
    },
    {
        .name = "monitored_result",
        .label = "评价结论",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .group = "最近监测值",
        .choices = (const char *const[]){"超标", "未超标", "无法判定", NULL},
        .aliases = (const char *const[]){"是否超标", "监测评价", NULL},
        .help = "对照相应标准的结论；没有标准或缺条件的选无法判定。",
        .example = "超标",
        .basis = J10 "四（八）",
    },
};

#define BARRIER(NAME, LABEL, HELP, ...)                                                            \
    {                                                                                              \
        .name = NAME, .label = LABEL, .type = TYPE_CHOICE, .flags = FIELD_REQUIRED,                \
        .group = "三防设施", .choices = (const char *const[]){"完好", "破损", "无", NULL},         \
        .aliases = (const char *const[]){__VA_ARGS__, NULL}, .help = HELP, .example = "破损",      \
        .basis = J10 "四（九）；" YN "四（四）",                                                   \
    }

static const struct field barrier_fields[] = {
    BARRIER("anti_seepage", "防渗", "底部和周边的防渗漏措施现在怎样。", "防渗漏", "防渗措施"),
    BARRIER("anti_loss", "防流失", "挡渣墙、拦渣坝等防流失措施现在怎样。", "防流失措施",
            "拦挡设施"),
    BARRIER("anti_dust", "防扬散", "覆盖、洒水等防扬散措施现在怎样。", "防扬散措施", "防扬尘"),
    BARRIER("flood_ditch", "截洪沟", "截洪沟、排水沟现在怎样，淤堵的算破损。", "截排水沟",
            "截洪排水"),
    BARRIER("leachate_collection", "渗滤液收集", "淋溶水、渗滤液收集池现在怎样。", "渗滤液收集处理",
            "淋溶水收集"),
    {
        .name = "receptor_state",
        .label = "敏感目标排查",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .width = 14,
        .choices = (const char *const[]){"已登记", "10 km 内无", NULL},
        .help = "周边敏感目标逐个记在下面的敏感目标表里；查过确实没有的选 10 km 内无。",
        .example = "已登记",
        .basis = J10 "四（八）（环境敏感目标）",
    },
};

static void derive(struct record *record, const struct record *before)
{
    (void)before;
    grade_settle_priority(record);
}

static const struct section sections[] = {
    SECTION("基本", "哪处点位、谁来负责：历史遗留点位一矿一策，没有责任主体的由属地政府负责。",
            basic_fields),
    SECTION_LOCATION,
    SECTION_STATUS,
    SECTION("类型", "有哪几类问题、各有多少：先选问题类型，下面只问与它有关的项。", kind_fields),
    SECTION("监测", "最近的监测结果：浸出、水、土至少有一项，评污染程度要以数据为准。",
            result_fields),
    SECTION("三防", "防渗漏、防流失、防扬散现在怎样：逐项到现场看，破损的和没有的都是隐患。",
            barrier_fields),
    SECTION(
        "分级",
        "按污染程度、环境敏感度、技术经济可行性评等级，各写依据；程序按监测结果和敏感目标提建议。",
        site_grade_fields),
    SECTION("治理", "怎样治、到了哪一步：能根治的治理修复，一时治不了的先阻隔管控。",
            site_treatment_fields),
    SECTION_UPKEEP,
};

static const struct reg_event events[] = {
    {"graded_on", "评级"},
    {"interim_done_on", "临时措施完成"},
    {"works_started_on", "治理开工"},
    {"works_done_on", "治理完工"},
    {"effect_evaluated_on", "效果评估"},
    {NULL, NULL},
};

const struct reg reg_legacy_site = {
    .name = "legacy_site",
    .label = "历史遗留点位",
    .brief = "遗留点位",
    .title = "涉重金属历史遗留点位“一矿一策”清单",
    .counter = "处",
    .help = "采选、冶炼、拆解留下的矿硐涌水、废渣、底泥、污染地块，一处一档。",
    .basis = J10 "四（八）；" GX "四（三）；" YN "三（二）3",
    .flags = REG_DESK | REG_SURVEY,
    .menu = MENU_INVENTORY,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .prefix = "LY",
    .name_field = "name",
    .events = events,
    .identity = (const char *const[]){"case_no", "name region", NULL},
    .derive = derive,
    .conclude = grade_conclude,
    .guard = grade_guard,
};
