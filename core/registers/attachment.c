#include "core/registers.h"
#include "core/registers/shared.h"

#define KEPT     "可追溯要求：整改前后照片、监测报告、合同票据留存备查"
#define EVIDENCE "桂重金属方案 四（三）（逐条整改销号）"

static const struct field file_fields[] = {
    FIELD_CASE_NO("附件编号"),
    {
        .name = "file",
        .label = "文件",
        .type = TYPE_ATTACHMENT,
        .flags = FIELD_KEY,
        .help = "填文件的路径，程序把它复制到数据库旁，按校验值保存。",
        .example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        .basis = KEPT,
    },
    {
        .name = "file_name",
        .label = "文件名",
        .type = TYPE_TEXT,
        .flags = FIELD_AUTO | FIELD_LIST | FIELD_SEARCH,
        .width = 24,
        .describes = "file",
        .help = "文件原来的名字，添加文件时由程序记下。",
    },
    {
        .name = "bytes",
        .label = "大小",
        .type = TYPE_INTEGER,
        .flags = FIELD_AUTO,
        .unit = "字节",
        .width = 12,
        .least = "0",
        .describes = "file",
        .help = "文件有多少字节，添加文件时由程序记下。",
    },
    {
        .name = "kind",
        .label = "类别",
        .type = TYPE_CHOICE,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 8,
        .choices = (const char *const[]){"整改前", "整改后", "监测", "合同", "其他", NULL},
        .aliases = (const char *const[]){"附件类别", "附件种类", NULL},
        .help = "这份文件证明什么：整改前后的照片、监测报告、合同票据，或其他。",
        .example = "整改前",
        .basis = EVIDENCE,
    },
    {
        .name = "title",
        .label = "标题",
        .type = TYPE_TEXT,
        .flags = FIELD_LIST | FIELD_SEARCH,
        .width = 24,
        .aliases = (const char *const[]){"附件名称", "照片说明", NULL},
        .help = "用一句话说明这是什么，照片写清楚拍的是哪里。",
        .example = "二期雨水排口晴天出水",
    },
    {
        .name = "taken_on",
        .label = "拍摄（出具）日期",
        .type = TYPE_DATE,
        .flags = FIELD_LIST,
        .aliases = (const char *const[]){"拍摄日期", "出具日期", "报告日期", NULL},
        .required_when = {.field = "kind", .values = "整改前|整改后|监测"},
        .help = "照片哪一天拍的，报告、合同哪一天出的。",
        .example = "2026-05-06",
        .basis = EVIDENCE,
    },
    {
        .name = "photo_no",
        .label = "照片编号",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 10,
        .max_chars = 40,
        .help = "检查表里写的照片编号，不是照片的空着。",
        .example = "12-1",
    },
    {
        .name = "taken_by",
        .label = "拍摄（提供）人",
        .type = TYPE_TEXT,
        .flags = FIELD_PRIVATE,
        .width = 10,
        .aliases = (const char *const[]){"拍摄人", "提供人", NULL},
        .help = "谁拍的，或者谁交来的。",
        .example = "张三",
        .initial = "@operator",
    },
};

#define BELONGS(NAME, LABEL, TARGET, WHAT, EXAMPLE)                                                \
    {                                                                                              \
        .name = (NAME), .label = (LABEL), .type = TYPE_REF, .flags = FIELD_SEARCH, .width = 20,    \
        .target = (TARGET), .help = "文件证明的是" WHAT "的，选那一条；几栏可以都填。",            \
        .example = (EXAMPLE), .basis = KEPT,                                                       \
    }

static const struct field owner_fields[] = {
    BELONGS("problem", "整改问题", "problem", "整改问题",
            "车间口总铊超标0.6倍，初期雨水池与清净下水混排"),
    BELONGS("inspection", "现场检查", "inspection", "某一次现场检查", "XC-441802-2026-0003"),
    BELONGS("sample", "监测结果", "sample", "一次监测", "JC-441802-2026-0005"),
    BELONGS("reduction_project", "减排工程", "reduction_project", "减排工程",
            "示例电源公司一期铅熔炼线淘汰"),
    BELONGS("construction_project", "建设项目", "construction_project", "建设项目",
            "清远市示例新材料有限公司年产2万吨锌合金项目"),
    BELONGS("quota_transfer", "指标转让", "quota_transfer", "一笔指标转让", "ZR-441802-2026-0001"),
    BELONGS("filing", "报送记录", "filing", "一次报送", "BS-441802-2026-0002"),
};

static const struct section sections[] = {
    {.label = "文件", .fields = file_fields, .count = COUNT_OF(file_fields)},
    SECTION_OBJECT_LISTED,
    {.label = "附于", .fields = owner_fields, .count = COUNT_OF(owner_fields)},
};

static const struct reg_event events[] = {
    {"taken_on", "附件"},
    {NULL, NULL},
};

const struct reg reg_attachment = {
    .name = "attachment",
    .label = "附件",
    .title = "附件清单",
    .counter = "份",
    .help = "照片、报告、合同的文件，说明它证明什么、附在哪个对象和哪件事上。",
    .basis = KEPT,
    .menu = MENU_RECTIFY,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .prefix = "FJ",
    .name_field = "file_name",
    .events = events,
    .order = "taken_on",
    .descending = true,
    .identity = (const char *const[]){"case_no", NULL},
};
