#include "core/registers.h"
#include "core/registers/shared.h"

#define FORM     "现场检查表（类别、检查内容、判断依据、结果、照片、问题描述）"
#define RANDOM   "吉环固体字〔2022〕10号 四（九）（双随机、一公开）"
#define PUNISH   "行政处罚法 第四十二条（执法人员不少于两人）、第五十五条（出示执法证件）"
#define LOOKBACK "防止虚假整改（后督察）"

static const struct field basic_fields[] = {
    FIELD_CASE_NO("检查编号"),
    FIELD_REGION(0, "检查现场所在的县级行政区，可填名称、简称或六位区划代码。"),
    FIELD_TOWN("检查现场所在的乡、镇或街道，按 F3 从本县名单中选取。"),
    {
        .name = "checklist",
        .label = "检查表",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 20,
        .choices = (const char *const[]){"涉铊企业检查表", "历史遗留点位检查表", "涉镉污染源检查表",
                                         "其他", NULL},
        .aliases = (const char *const[]){"检查表名称", "检查表类型", NULL},
        .help = "用哪一张检查表逐项检查，按对象的种类选。",
        .example = "涉铊企业检查表",
        .basis = FORM,
    },
    {
        .name = "inspected_on",
        .label = "检查日期",
        .type = TYPE_DATE,
        .flags = FIELD_KEY | FIELD_LIST,
        .aliases = (const char *const[]){"检查时间", "现场检查日期", "监察日期", NULL},
        .help = "到现场检查的那一天，连查几天的填第一天。",
        .example = "2026-05-06",
        .initial = "@today",
        .basis = FORM,
    },
    {
        .name = "kind",
        .label = "检查类型",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 10,
        .choices = (const char *const[]){"日常", "双随机", "专项", "复查", "后督察", "信访举报",
                                         "其他", NULL},
        .aliases = (const char *const[]){"检查方式", "检查种类", NULL},
        .help = "为什么去检查；双随机抽中的，在“抽查”一页写明是哪一次抽取。",
        .example = "专项",
        .basis = RANDOM,
    },
    {
        .name = "inspectors",
        .label = "检查人员",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH | FIELD_PRIVATE,
        .width = 14,
        .aliases = (const char *const[]){"检查人", "执法人员", "监察人员", NULL},
        .help = "到现场检查的执法人员，至少两人，用顿号隔开。",
        .example = "张三、李四",
        .basis = PUNISH,
    },
    {
        .name = "certificate_nos",
        .label = "执法证号",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_PRIVATE,
        .width = 20,
        .aliases = (const char *const[]){"执法证件号", "执法证编号", NULL},
        .help = "检查人员的执法证号，与人员顺序一致，用顿号隔开。",
        .example = "19180201001、19180201002",
        .basis = PUNISH,
    },
    {
        .name = "accompanied_by",
        .label = "陪同人员",
        .type = TYPE_TEXT,
        .flags = FIELD_PRIVATE,
        .width = 14,
        .aliases = (const char *const[]){"现场负责人", "被检查方人员", NULL},
        .help = "被检查一方在场的人，写姓名和职务；没有人在场的不填。",
        .example = "王五（安环部部长）",
    },
    {
        .name = "weather",
        .label = "天气",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .width = 8,
        .choices =
            (const char *const[]){"晴", "多云", "阴", "小雨", "中雨", "大雨以上", "雪", NULL},
        .aliases = (const char *const[]){"天气情况", NULL},
        .help = "检查时的天气；晴天雨水口有没有流水、雨天取样，都要看它。",
        .example = "晴",
        .basis = "雨水排放口晴天有水、雨天超标的教训",
    },
};

#define DRAWN                                                                                      \
    {                                                                                              \
        .field = "kind", .values = "双随机"                                                     \
    }

static const struct field draw_fields[] = {
    {
        .name = "draw_batch",
        .label = "抽查批次",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 14,
        .aliases = (const char *const[]){"批次", "双随机批次", NULL},
        .required_when = DRAWN,
        .help = "双随机任务的批次号，与抽取记录一致。",
        .example = "2026-2-01",
        .basis = RANDOM,
    },
    {
        .name = "draw_quarter",
        .label = "抽查季度",
        .type = TYPE_PERIOD,
        .aliases = (const char *const[]){"季度", NULL},
        .required_when = DRAWN,
        .help = "这一次抽取属于哪个季度。",
        .example = "2026Q2",
        .basis = RANDOM,
    },
    {
        .name = "draw_seed",
        .label = "随机种子",
        .type = TYPE_TEXT,
        .width = 12,
        .max_chars = 40,
        .help = "抽取时所用的随机种子，凭它能把同一份名单重抽一遍核对；摇号抽取的不填。",
        .example = "20260406",
    },
    {
        .name = "drawn_on",
        .label = "抽取日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"抽取时间", NULL},
        .required_when = DRAWN,
        .help = "抽出对象和人员的那一天，不晚于检查日期。",
        .example = "2026-04-06",
        .basis = RANDOM,
    },
    {
        .name = "drawn_by",
        .label = "抽取人员",
        .type = TYPE_TEXT,
        .flags = FIELD_PRIVATE,
        .width = 14,
        .aliases = (const char *const[]){"抽取人", NULL},
        .required_when = DRAWN,
        .help = "谁抽取的，至少两人，用顿号隔开，可在名字后写执法证号。",
        .example = "赵六、钱七",
        .basis = RANDOM,
    },
    {
        .name = "published",
        .label = "是否公开",
        .type = TYPE_BOOL,
        .width = 8,
        .aliases = (const char *const[]){"结果公开", "抽查结果是否公开", NULL},
        .required_when = DRAWN,
        .help = "抽查的情况和查处结果有没有向社会公开。",
        .example = "是",
        .basis = RANDOM,
    },
};

static const struct field result_fields[] = {
    {
        .name = "summary",
        .label = "检查情况",
        .type = TYPE_LONGTEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 30,
        .aliases = (const char *const[]){"现场情况", "检查概况", "监察情况", NULL},
        .help = "现场看到的主要情况：生产、治理设施、排口、堆场；逐项结果在检查表里。",
        .example = "一期在产，除铊设施运行正常，雨水口晴天有水流出",
        .basis = FORM,
    },
    {
        .name = "conclusion",
        .label = "检查结论",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 10,
        .choices = (const char *const[]){"符合", "存在问题", "责令改正", "立案查处", "移送处理",
                                         "未能检查", NULL},
        .aliases = (const char *const[]){"结论", "检查结果", "处理意见", NULL},
        .help = "检查完怎样定性；有多种处理的选最重的一种，问题另在整改台账登记。",
        .example = "存在问题",
        .basis = RANDOM,
    },
    {
        .name = "previous_inspection",
        .label = "上次检查",
        .type = TYPE_REF,
        .width = 20,
        .target = "inspection",
        .aliases = (const char *const[]){"上次检查编号", "前次检查", NULL},
        .required_when = {.field = "kind", .values = "复查|后督察"},
        .help = "这次是复查哪一次检查，填那次的检查编号；也用来核对老问题有没有复发。",
        .example = "XC-441802-2025-0007",
        .basis = LOOKBACK,
    },
    {
        .name = "signed_on",
        .label = "签字日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED,
        .aliases = (const char *const[]){"签名日期", "笔录签字日期", NULL},
        .help = "检查表由检查人员和被检查方签字的日期，不早于检查日期。",
        .example = "2026-05-06",
        .basis = PUNISH,
    },
};

static const struct section sections[] = {
    {.label = "检查", .fields = basic_fields, .count = COUNT_OF(basic_fields)},
    SECTION_OBJECT,
    {.label = "抽查", .fields = draw_fields, .count = COUNT_OF(draw_fields)},
    {.label = "结论", .fields = result_fields, .count = COUNT_OF(result_fields)},
    SECTION_REMARKS,
};

static const struct reg_event events[] = {
    {"inspected_on", "现场检查"},
    {NULL, NULL},
};

const struct reg reg_inspection = {
    .name = "inspection",
    .label = "现场检查",
    .brief = "检查",
    .title = "重金属污染防控现场检查记录",
    .counter = "次",
    .help = "到企业、点位、库区、园区的每一次检查，一次一条，逐项结果记在检查表里。",
    .basis = RANDOM "；桂重金属方案 四（五）",
    .menu = MENU_RECTIFY,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .prefix = "XC",
    .name_field = "case_no",
    .events = events,
    .order = "inspected_on",
    .descending = true,
    .identity =
        (const char *const[]){
            "case_no", "enterprise inspected_on checklist", "site inspected_on checklist",
            "cadmium_source inspected_on checklist", "tailings_pond inspected_on checklist",
            "manganese_mine inspected_on checklist", "slag_yard inspected_on checklist",
            "park inspected_on checklist", "object_name inspected_on checklist", NULL},
};
