#include "core/registers/shared.h"
#include "core/registers/words.h"

#include <string.h>

const char *const metal_choices[] = {
    "铅", "汞", "镉", "铬", "砷", "铊", "锑", "锰", "锌", "铜", "镍", "银", "钒", "钴", NULL,
};

const char *const status_choices[] = {
    "在产", "停产", "长期停产", "在建", "关闭", "拆除中", "已关闭未清理", "无主", NULL,
};

const char *const grade_choices[] = {"高", "中", "低", NULL};

const char *const dam_grade_choices[] = {"一等", "二等", "三等", "四等", "五等", "未定等", NULL};

const char *const barrier_choices[] = {"完好", "破损", "无", NULL};

const char *const risk_choices[] = {"重大", "较大", "一般", "未评估", NULL};

const char *const water_fate_choices[] = {"直接外排", "纳管", "全部回用", "零排放", NULL};

const char *const frequency_choices[] = {"日", "周", "月", "季", "半年", "年", NULL};

const char *const checklist_choices[] = {
    "涉铊企业检查表",
    "历史遗留点位检查表",
    "涉镉污染源检查表",
    NULL,
};

const char *const problem_category_choices[] = {
    "原料管控", "废水处理", "车间口超标", "雨污混排", "物料堆场", "固废贮存", "台账监测",
    "应急",     "手续",     "在线",       "历史遗留", "其他",     NULL,
};

/* The six of the policy, and what a wider local scope adds (清远计划 also lists gold, pigments …).
 */
const char *const key_industry_choices[] = {
    "重有色金属矿采选业",       "重有色金属冶炼业", "铅蓄电池制造业",   "电镀行业",
    "化学原料及化学制品制造业", "皮革鞣制加工业",   "其他涉重金属行业", NULL,
};

static const char *const source_choices[] = {
    "排查", "环评", "许可", "执法", "企业申报", "遥感", "其他", NULL,
};

const char *const region_headings[] = {
    "所在县（区、市）", "所在县区",       "县区",         "区县",     "县",   "行政区划",
    "行政区划代码",     "所属县区",       "县市区",       "市县区",   "县级", "所属区县",
    "区（县）",         "建设地点（县）", "所属行政区划", "行政区域", NULL};
const char *const town_headings[] = {"乡镇",     "乡（镇）", "乡镇街道", "镇街",
                                     "所在乡镇", "街道",     "镇（街）", "街镇",
                                     "镇",       "所属乡镇", "乡镇名称", NULL};

const struct field location_fields[LOCATION_FIELD_COUNT] = {
    {
        .name = "region",
        .label = "县（市、区）",
        .type = TYPE_REGION,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .aliases = region_headings,
        .help = "所在县级行政区，可填名称、简称或六位区划代码。按实际所在地填，不按注册地。",
        .example = "清城区",
        .initial = "@region",
        .basis = "GB/T 2260；属地管理",
    },
    {
        .name = "town",
        .label = "乡镇（街道）",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 12,
        .suggest = "region",
        .aliases = town_headings,
        .help = "所在乡、镇或街道的全称，按 F3 从本县名单中选取。",
        .example = "龙塘镇",
        .basis = "全口径清单：填到乡镇",
    },
    {
        .name = "village",
        .label = "村（社区）",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 12,
        .aliases = (const char *const[]){"村", "行政村", "村组", "村庄", "村（居）", "村名", NULL},
        .help = "所在行政村或社区，没有的可不填。",
        .example = "石板村",
    },
    {
        .name = "address",
        .label = "详细地址",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 30,
        .min_chars = 6,
        .aliases = (const char *const[]){"地址", "生产经营场所地址", "建设地点", "地点", "所在地",
                                         "具体地址", "详细位置", "具体位置", "位置", "坐落", NULL},
        .help = "能据此找到现场的地址，至少六个字。",
        .example = "清远市清城区龙塘镇工业大道12号",
        .basis = "涉重金属企业清单（地址列）",
    },
    {
        .name = "lon",
        .label = "经度",
        .type = TYPE_LON,
        .flags = FIELD_REQUIRED,
        .unit = "°",
        .aliases = (const char *const[]){"东经", "中心经度", "经度（E）", "经度坐标",
                                         "X坐标（经度）", "东经经度", NULL},
        .help = "CGCS2000 经度，十进制度或度分秒均可，保留六位小数。",
        .example = "113.056122",
        .basis = "CGCS2000 坐标系",
    },
    {
        .name = "lat",
        .label = "纬度",
        .type = TYPE_LAT,
        .flags = FIELD_REQUIRED,
        .unit = "°",
        .aliases = (const char *const[]){"北纬", "中心纬度", "纬度（N）", "纬度坐标",
                                         "Y坐标（纬度）", "北纬纬度", NULL},
        .help = "CGCS2000 纬度，十进制度或度分秒均可，保留六位小数。",
        .example = "23.682064",
        .basis = "CGCS2000 坐标系",
    },
    {
        .name = "basin",
        .label = "所属流域（受纳水体）",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 16,
        .aliases =
            (const char *const[]){"所属流域", "流域", "受纳水体", "所属水系", "流域名称", NULL},
        .help = "废水、淋溶水最终流入的河流或水库；有废水外排的必填。",
        .example = "北江",
        .basis = "环境统计审核要求；桂方案 七大流域",
    },
};

const struct field status_fields[STATUS_FIELD_COUNT] = {
    {
        .name = "status",
        .label = "状态",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 10,
        .choices = status_choices,
        .synonyms = status_synonyms,
        .akin = status_akin,
        .aliases = (const char *const[]){"生产状态", "生产状况", "运行状况", "企业状态", "使用情况",
                                         "现状", "运营状况", NULL},
        .help = "现在的生产或存续状态。停产满一年的选长期停产，没有责任主体的选无主。",
        .example = "在产",
        .basis = "吉环固体字〔2022〕12号 三（一）2；滇规划 三（五）2",
    },
    {
        .name = "stopped_on",
        .label = "停产起始日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"停产日期", "停产时间", "停产起始日", NULL},
        .required_when = {.field = "status", .values = "停产|长期停产"},
        .shown_when = {.field = "status", .values = "停产|长期停产|关闭|拆除中|已关闭未清理"},
        .help = "从哪一天起停止生产；状态为停产、长期停产时必填。",
        .example = "2025-05-10",
        .basis = "滇规划 三（五）2（核查长期停产企业）",
    },
    {
        .name = "shut_on",
        .label = "关闭日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED,
        .aliases = (const char *const[]){"关闭时间", "关停日期", "关停时间", NULL},
        .shown_when = {.field = "status", .values = "关闭|拆除中|已关闭未清理"},
        .help = "正式关闭的日期，以关停文件为准；关闭后还要办理排污许可证注销。",
        .example = "2024-12-31",
        .basis = "吉环固体字〔2022〕12号 三（一）2",
    },
};

const struct field upkeep_fields[UPKEEP_FIELD_COUNT] = {
    {
        .name = "source",
        .label = "数据来源",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = source_choices,
        .synonyms = source_synonyms,
        .help = "这条记录的信息从哪里来。",
        .example = "排查",
        .basis = "可追溯要求",
    },
    {
        .name = "verified_on",
        .label = "最近核实日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED,
        .aliases = (const char *const[]){"核实日期", "最近核实", NULL},
        .help = "最近一次到现场或据材料核实的日期；超过一年未核实会提醒。",
        .example = "2026-03-02",
        .basis = "动态更新要求：吉环固体字〔2022〕10号 四（二）",
    },
    {
        .name = "verified_by",
        .label = "核实人",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_PRIVATE,
        .width = 8,
        .help = "最近一次核实的人员姓名。",
        .example = "张三",
        .basis = "可追溯要求",
    },
    {
        .name = "campaigns",
        .label = "所属专项",
        .type = TYPE_CHOICES,
        .flags = FIELD_REQUIRED,
        .choices =
            (const char *const[]){"十四五重金属污染防控", "重金属环境安全隐患排查整治2025-2030",
                                  "涉铊排查整治", "涉镉等重金属排查整治", "其他专项", NULL},
        .synonyms = (const char *const[]){"十四五",
                                          "十四五重金属污染防控",
                                          "十四五重金属",
                                          "十四五重金属污染防控",
                                          "重金属环境安全隐患排查整治",
                                          "重金属环境安全隐患排查整治2025-2030",
                                          "重金属隐患排查整治",
                                          "重金属环境安全隐患排查整治2025-2030",
                                          "涉铊",
                                          "涉铊排查整治",
                                          "涉铊专项",
                                          "涉铊排查整治",
                                          "铊污染排查整治",
                                          "涉铊排查整治",
                                          "涉铊企业排查整治",
                                          "涉铊排查整治",
                                          "涉镉",
                                          "涉镉等重金属排查整治",
                                          "涉镉专项",
                                          "涉镉等重金属排查整治",
                                          "涉镉排查整治",
                                          "涉镉等重金属排查整治",
                                          "涉镉等重金属污染源排查整治",
                                          "涉镉等重金属排查整治",
                                          NULL},
        .width = 16,
        .help = "记录归哪个专项行动统计，可多选。",
        .example = "十四五重金属污染防控",
        .basis = "重金属环境安全隐患排查整治行动方案（2025—2030年）",
    },
    {
        .name = "note",
        .label = "备注",
        .type = TYPE_LONGTEXT,
        .flags = FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"备注说明", "其他说明", "备注信息", NULL},
        .help = "其他需要说明的情况。",
        .example = "2026年5月起停产检修",
    },
    {
        .name = "attachment",
        .label = "附件",
        .type = TYPE_ATTACHMENT,
        .help = "证照、报告或照片的扫描件，由程序复制到数据库旁并登记校验值。",
        .example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        .basis = "可追溯要求",
    },
};

#define OBJECT(NAME, LABEL, TARGET, WHERE, EXAMPLE, BASIS, ...)                                    \
    {                                                                                              \
        .name = (NAME), .label = (LABEL), .type = TYPE_REF, .flags = FIELD_SEARCH,                 \
        .target = (TARGET), .aliases = (const char *const[]){__VA_ARGS__, NULL},                   \
        .help = "对象是" WHERE "的，从那张清单选取；几栏里填一栏就够。", .example = (EXAMPLE),     \
        .basis = (BASIS),                                                                          \
    }

const struct field object_fields[OBJECT_FIELD_COUNT] = {
    {
        .name = "enterprise",
        .label = "涉及企业",
        .type = TYPE_REF,
        .flags = FIELD_LIST | FIELD_SEARCH,
        .width = 20,
        .target = "enterprise",
        .aliases = (const char *const[]){"企业名称", "企业", "责任企业", NULL},
        .help = "对象是企业的，从全口径清单选取；几栏里填一栏就够。",
        .example = "清远市示例冶炼有限公司",
        .basis = "吉环固体字〔2022〕10号 四（七）",
    },
    OBJECT("site", "涉及点位", "legacy_site", "历史遗留点位", "老厂沟铅锌废渣堆",
           "吉环固体字〔2022〕10号 四（八）", "点位名称", "历史遗留点位"),
    OBJECT("cadmium_source", "涉及涉镉污染源", "cadmium_source", "涉镉污染源",
           "示例县白石岩铅锌矿硐", "桂重金属方案 四（三）", "涉镉污染源", "污染源名称"),
    OBJECT("tailings_pond", "涉及尾矿库", "tailings_pond", "尾矿库、堆场", "寨塘选矿厂尾矿库",
           "吉环固体字〔2022〕10号 四（九）3", "尾矿库", "堆场"),
    OBJECT("manganese_mine", "涉及锰矿山", "manganese_mine", "锰矿山", "示例锰矿",
           "桂重金属方案 四（三）", "锰矿山"),
    OBJECT("slag_yard", "涉及锰渣库", "manganese_slag_yard", "锰渣库", "示例电解锰厂一号渣库",
           "桂重金属方案 四（三）", "锰渣库"),
    OBJECT("park", "涉及园区", "park", "涉重金属园区", "示例有色金属产业园",
           "吉环固体字〔2022〕10号 四（二）", "园区"),
    {
        .name = "object_name",
        .label = "其他对象",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"对象名称", "问题对象", "对象", NULL},
        .help = "河段、断面、暗管等不在各张清单里的对象，写它的名称。",
        .example = "乌石河龙塘段",
        .basis = "吉环固体字〔2022〕10号 四（九）",
    },
};

const struct field *object_field_of(const struct reg *reg)
{
    for (size_t i = 0; i < OBJECT_FIELD_COUNT; i++)
        if (object_fields[i].target && strcmp(object_fields[i].target, reg->name) == 0)
            return &object_fields[i];
    return NULL;
}

const struct field remedy_fields[REMEDY_FIELD_COUNT] = {
    {
        .name = "problem_count",
        .label = "问题数",
        .type = TYPE_INTEGER,
        .flags = FIELD_REQUIRED | FIELD_TOTAL,
        .unit = "个",
        .width = 6,
        .least = "0",
        .most = "9999",
        .aliases = (const char *const[]){"存在问题数", "问题个数", NULL},
        .help = "现场查出、需要整治的问题一共几个；没有问题的填 0。",
        .example = "2",
        .basis = "桂重金属方案 四（三）",
    },
    {
        .name = "problems",
        .label = "主要问题",
        .type = TYPE_LONGTEXT,
        .flags = FIELD_SEARCH,
        .width = 24,
        .aliases = (const char *const[]){"存在问题", "存在的问题", NULL},
        .help = "逐条写问题在哪里、是什么；每条还应在整改台账里登记。",
        .example = "淋溶水收集沟淤堵，下雨时外溢",
        .basis = "桂重金属方案 四（三）",
    },
    {
        .name = "measures",
        .label = "整治措施",
        .type = TYPE_LONGTEXT,
        .flags = FIELD_REQUIRED,
        .width = 24,
        .aliases = (const char *const[]){"整治方案", "治理措施", NULL},
        .help = "打算怎样治，写工程内容和地点；没有问题的写无需整治。",
        .example = "清淤收集沟，新建 200 m³ 应急池",
        .basis = "桂重金属方案 四（三）",
    },
    {
        .name = "planned_on",
        .label = "计划完成日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED | FIELD_LIST,
        .aliases = (const char *const[]){"整治时限", "计划完成时间", "完成时限", NULL},
        .help = "整治要在哪一天前做完，以下达的时限为准。",
        .example = "2026-12-31",
        .basis = "桂重金属方案 四（三）",
    },
    {
        .name = "completed_on",
        .label = "实际完成日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"实际完成时间", "整治完成日期", NULL},
        .help = "措施全部做完的日期，没完成的不填。",
        .example = "2026-05-20",
        .basis = "桂重金属方案 四（三）",
    },
    {
        .name = "accepted_on",
        .label = "验收日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"验收时间", NULL},
        .help = "通过验收的日期，不早于实际完成日期。",
        .example = "2026-06-10",
        .basis = "桂重金属方案 四（三）",
    },
    {
        .name = "closed_on",
        .label = "销号日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"销号时间", NULL},
        .help = "批准销号的日期，不早于验收日期。",
        .example = "2026-06-12",
        .basis = "桂重金属方案 四（三）",
    },
};

const struct reg_event remedy_events[] = {
    {"completed_on", "整治完成"},
    {"closed_on", "销号"},
    {NULL, NULL},
};
