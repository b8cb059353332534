#include "core/registers.h"

static const struct field fields[] = {
    {
        .name = "code",
        .label = "行业代码",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 8,
        .min_chars = 4,
        .max_chars = 4,
        .help = "国民经济行业分类的四位小类代码，开头的 0 不能丢。",
        .example = "0912",
        .basis = "GB/T 4754-2017",
    },
    {
        .name = "name",
        .label = "行业名称",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 28,
        .help = "小类的名称。",
        .example = "铅锌矿采选",
        .basis = "GB/T 4754-2017",
    },
    {
        .name = "key_industry",
        .label = "重点行业类别",
        .type = TYPE_CHOICE,
        .flags = FIELD_LIST | FIELD_SEARCH,
        .width = 26,
        .choices =
            (const char *const[]){"重有色金属矿采选业", "重有色金属冶炼业", "铅蓄电池制造业",
                                  "电镀行业", "化学原料及化学制品制造业", "皮革鞣制加工业", NULL},
        .help = "这个小类通常归入哪个重点行业，不归入的为空。",
        .example = "重有色金属矿采选业",
        .basis = "吉环固体字〔2022〕10号 三；桂重金属方案 二",
    },
    {
        .name = "thallium",
        .label = "可能涉铊",
        .type = TYPE_BOOL,
        .flags = FIELD_LIST,
        .width = 8,
        .help = "这个小类的原料或废物里是否常含铊，排查时不要漏掉。",
        .example = "是",
        .basis = "滇规划 三（五）3",
    },
    {
        .name = "confidence",
        .label = "核验状态",
        .type = TYPE_CHOICE,
        .flags = FIELD_LIST,
        .width = 8,
        .choices = (const char *const[]){"已核", "未核", NULL},
        .help = "代码与重点行业的对应是否核对过。未核的仅供参考。",
        .example = "已核",
    },
    {
        .name = "note",
        .label = "说明",
        .type = TYPE_TEXT,
        .flags = FIELD_LIST,
        .width = 30,
        .help = "适用范围和注意事项。",
        .example = "含铬盐、锌无机化合物",
    },
};

static const struct section sections[] = {
    {.label = "行业", .fields = fields, .count = COUNT_OF(fields)},
};

const struct reg reg_industry = {
    .name = "industry",
    .label = "行业代码",
    .title = "涉重金属行业代码表",
    .counter = "个",
    .help = "国民经济行业分类中与重金属、铊有关的小类，随程序提供。",
    .basis = "GB/T 4754-2017",
    .flags = REG_REFERENCE,
    .menu = MENU_BASE,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .name_field = "name",
    .order = "code",
    .identity = (const char *const[]){"code", NULL},
};
