#include "core/record.h"
#include "core/registers.h"
#include "core/registers/shared.h"

#include <string.h>

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
        .aliases = (const char *const[]){"重金属种类", "特征污染物", "涉及金属", NULL},
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
                                         "渣量（万吨）", NULL},
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

#define GRADE(NAME, LABEL, GROUP, CHOICES, HELP, BASIS)                                            \
    {                                                                                              \
        .name = NAME, .label = "等级", .type = TYPE_CHOICE, .flags = FIELD_REQUIRED,               \
        .group = GROUP, .choices = CHOICES,                                                        \
        .aliases = (const char *const[]){LABEL, LABEL "等级", NULL}, .help = HELP,                 \
        .example = "高", .basis = BASIS,                                                           \
    }
#define SCORE(NAME, LABEL, GROUP, BASIS)                                                           \
    {                                                                                              \
        .name = NAME, .label = "分值", .type = TYPE_INTEGER, .least = "0", .most = "100",          \
        .group = GROUP, .aliases = (const char *const[]){LABEL "分值", LABEL "得分", NULL},        \
        .help = "按省里打分办法得出的分值，0 到 100；没有打分办法的不填。", .example = "75",       \
        .basis = BASIS,                                                                            \
    }
#define REASON(NAME, LABEL, GROUP, EXAMPLE, BASIS)                                                 \
    {                                                                                              \
        .name = NAME, .label = "依据", .type = TYPE_LONGTEXT, .flags = FIELD_REQUIRED,             \
        .width = 20, .group = GROUP, .aliases = (const char *const[]){LABEL "依据", NULL},         \
        .help = "为什么评这个等级，写出监测数据或现场事实。", .example = EXAMPLE, .basis = BASIS,  \
    }
#define DIMENSION_BASIS J10 "四（八）；" YN "三（二）3（一点一策）"

/* "No data" stands first: a site that nobody measured is not a harmless one. */
static const char *const pollution_choices[] = {"无数据", "高", "中", "低", NULL};

static const struct field grade_fields[] = {
    GRADE("pollution_grade", "污染程度", "污染程度", pollution_choices,
          "超过排放限值、土壤管制值或地表水Ⅴ类的评高；超过筛选值或Ⅲ类的评中；没监测过的选无数据。",
          DIMENSION_BASIS),
    SCORE("pollution_score", "污染程度", "污染程度", DIMENSION_BASIS),
    REASON("pollution_reason", "污染程度", "污染程度", "涌水镉超过排放限值", DIMENSION_BASIS),
    GRADE("sensitivity_grade", "环境敏感度", "环境敏感度", grade_choices,
          "水源保护区内，或耕地、居民很近的评高，越远越低。", DIMENSION_BASIS),
    SCORE("sensitivity_score", "环境敏感度", "环境敏感度", DIMENSION_BASIS),
    REASON("sensitivity_reason", "环境敏感度", "环境敏感度", "下游 400 米有水田", DIMENSION_BASIS),
    GRADE("feasibility_grade", "技术经济可行性", "技术经济可行性", grade_choices,
          "有成熟技术、资金落实的评高；现阶段难以根治的评低。", DIMENSION_BASIS),
    SCORE("feasibility_score", "技术经济可行性", "技术经济可行性", DIMENSION_BASIS),
    REASON("feasibility_reason", "技术经济可行性", "技术经济可行性", "可就近回填，资金已入库",
           DIMENSION_BASIS),
    {
        .name = "hazard_grade",
        .label = "危害性",
        .type = TYPE_CHOICE,
        .group = "2025年行动方案分级",
        .choices = grade_choices,
        .aliases = (const char *const[]){"危害性等级", NULL},
        .help = "污染物毒性和数量的危害有多大；属于 2025—2030 年专项的必填。",
        .example = "高",
        .basis = ACTION_2025,
    },
    {
        .name = "spread_grade",
        .label = "扩散性",
        .type = TYPE_CHOICE,
        .group = "2025年行动方案分级",
        .choices = grade_choices,
        .aliases = (const char *const[]){"扩散性等级", NULL},
        .help = "污染物随水、随风跑出去有多容易；属于 2025—2030 年专项的必填。",
        .example = "中",
        .basis = ACTION_2025,
    },
    {
        .name = "receptor_grade",
        .label = "环境敏感性",
        .type = TYPE_CHOICE,
        .group = "2025年行动方案分级",
        .choices = grade_choices,
        .aliases = (const char *const[]){"环境敏感性等级", NULL},
        .help = "周边水源、耕地、居民有多敏感；属于 2025—2030 年专项的必填。",
        .example = "高",
        .basis = ACTION_2025,
    },
    {
        .name = "risk_level",
        .label = "风险等级",
        .type = TYPE_CHOICE,
        .flags = FIELD_SEARCH,
        .width = 8,
        .group = "2025年行动方案分级",
        .choices = grade_choices,
        .aliases = (const char *const[]){"综合风险等级", "环境风险等级", NULL},
        .help = "三项综合后的高、中、低；属于 2025—2030 年专项的必填。",
        .example = "高",
        .basis = ACTION_2025,
    },
    {
        .name = "downstream_farmland",
        .label = "周边下游耕地污染较重",
        .type = TYPE_BOOL,
        .width = 8,
        .aliases = (const char *const[]){"下游耕地污染较重", "是否影响下游耕地", NULL},
        .help = "周边或下游有安全利用类、严格管控类耕地的填是，这样的点位优先整治。",
        .example = "是",
        .basis = GX "四（三）",
    },
    {
        .name = "priority",
        .label = "优先级",
        .type = TYPE_CHOICE,
        .flags = FIELD_AUTO | FIELD_LIST,
        .width = 8,
        .choices = (const char *const[]){"待监测", "第一", "第二", "第三", NULL},
        .aliases = (const char *const[]){"整治优先级", "优先次序", NULL},
        .help = "程序按污染程度和环境敏感度排出；下游耕地污染较重的排第一，没有数据的先监测。",
        .example = "第一",
        .basis = GX "四（三）（优先整治）",
    },
};

static const struct field treatment_fields[] = {
    {
        .name = "route",
        .label = "治理路线",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .width = 14,
        .choices = (const char *const[]){"风险管控（阻隔）", "治理修复", "综合利用", "清运处置",
                                         "监测留观", NULL},
        .aliases = (const char *const[]){"治理措施类型", "治理技术路线", NULL},
        .help = "打算怎样治：能根治的治理修复，一时治不了的先阻隔管控。",
        .example = "风险管控（阻隔）",
        .basis = J10 "四（八）",
    },
    {
        .name = "stage",
        .label = "阶段",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 6,
        .choices =
            (const char *const[]){"排查", "调查", "评估", "方案", "施工", "验收", "管护", NULL},
        .aliases = (const char *const[]){"治理阶段", "工作阶段", "进展阶段", NULL},
        .help = "现在进行到哪一步。",
        .example = "方案",
        .basis = GX "四（三）（分阶段治理）",
    },
    {
        .name = "interim_measure",
        .label = "临时管控措施",
        .type = TYPE_TEXT,
        .width = 20,
        .aliases = (const char *const[]){"临时管控", "污染阻隔措施", NULL},
        .shown_when = {.field = "stage", .values = "排查|调查|评估|方案|施工"},
        .help = "施工以前先做的阻隔、导流、覆盖等措施；风险高而未施工的必填。",
        .example = "彩条布覆盖，修临时截水沟 120 米",
        .basis = J10 "四（八）；" GX "四（三）（污染阻隔）",
    },
    {
        .name = "interim_done_on",
        .label = "临时措施完成日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"临时管控完成日期", "临时管控完成日", NULL},
        .shown_when = {.field = "stage", .values = "排查|调查|评估|方案|施工"},
        .help = "临时管控措施做完的日期。",
        .example = "2026-04-30",
        .basis = J10 "四（八）；" GX "四（三）（污染阻隔）",
    },
    {
        .name = "investment_10k",
        .label = "投资",
        .type = TYPE_DECIMAL,
        .flags = FIELD_TOTAL,
        .unit = "万元",
        .scale = 4,
        .least = "0",
        .aliases =
            (const char *const[]){"总投资", "投资（万元）", "投资额（万元）", "估算投资", NULL},
        .help = "治理工程的总投资或估算，单位万元。",
        .example = "860",
        .basis = GX "五（二）；清远计划 四（二）",
    },
    {
        .name = "funding",
        .label = "资金来源",
        .type = TYPE_CHOICES,
        .width = 10,
        .choices = (const char *const[]){"中央", "省", "市县", "企业", "PPP", NULL},
        .help = "钱从哪里来，可多选。",
        .example = "中央、市县",
        .basis = GX "五（二）；清远计划 四（二）",
    },
    {
        .name = "project_no",
        .label = "项目入库编号",
        .type = TYPE_TEXT,
        .width = 16,
        .aliases = (const char *const[]){"入库编号", "项目库编号", NULL},
        .help = "中央或省级项目储备库的编号，没有入库的不填。",
        .example = "TR-2025-0123",
        .basis = GX "五（二）",
    },
    {
        .name = "discovery",
        .label = "发现方式",
        .type = TYPE_CHOICES,
        .width = 12,
        .choices = (const char *const[]){"卫星遥感", "无人机", "踏勘", "举报", "大数据", NULL},
        .aliases = (const char *const[]){"排查方式", "发现途径", NULL},
        .help = "这个点位是怎样发现的，可多选。",
        .example = "无人机、踏勘",
        .basis = J10 "四（八）；" GX "四（三）",
    },
    {
        .name = "monitoring_plan",
        .label = "长期监测计划",
        .type = TYPE_LONGTEXT,
        .width = 24,
        .aliases = (const char *const[]){"跟踪监测计划", "监测计划", NULL},
        .required_when = {.field = "stage", .values = "管护"},
        .shown_when = {.field = "stage", .values = "施工|验收|管护"},
        .help = "治理完成后由谁、在哪些点、多久监测一次、测哪些元素；进入管护阶段必填。",
        .example = "县监测站每季度在上下游两个断面测铅镉砷铊",
        .basis = YN "三（二）3",
    },
};

static int weight(const struct value *grade)
{
    static const char *const names[] = {"低", "中", "高"};
    for (int i = 0; i < 3; i++)
        if (grade->kind == VALUE_TEXT && strcmp(grade->text, names[i]) == 0)
            return i + 1;
    return 0;
}

/* Pollution times sensitivity, nine cells in three classes. Farmland at stake goes first whatever
 * the product (GX: 优先整治周边及下游耕地土壤污染较重的矿区). */
static void derive(struct record *record, const struct record *before)
{
    (void)before;
    const struct value *pollution = record_value(record, "pollution_grade");
    const struct value *farmland = record_value(record, "downstream_farmland");
    int product = weight(pollution) * weight(record_value(record, "sensitivity_grade"));
    bool unmeasured = pollution->kind == VALUE_TEXT && weight(pollution) == 0;
    const char *priority = NULL;
    if (farmland->kind == VALUE_INTEGER && farmland->integer)
        priority = "第一";
    else if (unmeasured)
        priority = "待监测";
    else if (product > 0)
        priority = product >= 6 ? "第一" : product >= 3 ? "第二" : "第三";
    value_set_text(record_value_for_change(record, "priority"), priority);
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
    SECTION("分级", "按污染程度、环境敏感度、技术经济可行性评等级，各写依据；程序据此排优先级。",
            grade_fields),
    SECTION("治理", "怎样治、到了哪一步：能根治的治理修复，一时治不了的先阻隔管控。",
            treatment_fields),
    SECTION_UPKEEP,
};

static const struct reg_event events[] = {
    {"interim_done_on", "临时措施完成"},
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
};
