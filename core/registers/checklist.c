#include "core/registers/checklist.h"
#include "core/registers.h"
#include "core/registers/shared.h"

#include <string.h>

#define BASIS "吉环固体字〔2022〕10号 四（七）（八）（九）；桂重金属方案 四（三）"

static const struct field fields[] = {
    {
        .name = "list",
        .label = "检查表",
        .type = TYPE_CHOICE,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 20,
        .choices = checklist_choices,
        .help = "这一条属于哪张检查表。",
        .example = "涉铊企业检查表",
        .basis = BASIS,
    },
    {
        .name = "number",
        .label = "序号",
        .type = TYPE_INTEGER,
        .flags = FIELD_KEY | FIELD_LIST,
        .width = 4,
        .least = "1",
        .most = "999",
        .help = "在检查表中的顺序号，同一张表里不重复。",
        .example = "12",
        .basis = BASIS,
    },
    {
        .name = "category",
        .label = "类别",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 10,
        .max_chars = 20,
        .help = "检查的方面，印检查表时按它分栏。",
        .example = "雨水",
        .basis = BASIS,
    },
    {
        .name = "content",
        .label = "检查内容",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 36,
        .aliases = (const char *const[]){"内容", NULL},
        .help = "到现场看什么，写成做到了的样子：“是”就是做到了，“否”就是有问题。",
        .example = "雨水排口晴天没有水流出",
        .basis = BASIS,
    },
    {
        .name = "criterion",
        .label = "判断依据",
        .type = TYPE_LONGTEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 30,
        .help = "看到什么算合格，看到什么算有问题，新手照着就能判断。",
        .example = "连续三天没有下雨仍有水流出的，判为有问题",
        .basis = BASIS,
    },
    {
        .name = "evidence",
        .label = "佐证",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED,
        .width = 20,
        .help = "要拍什么照片、调什么材料。",
        .example = "排口照片、雨天水样报告",
        .basis = BASIS,
    },
    {
        .name = "passage",
        .label = "依据",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 24,
        .help = "哪个文件的哪一条要求查；来自以往事件教训的照实写。",
        .example = "吉环固体字〔2022〕10号 四（六）",
        .basis = BASIS,
    },
    {
        .name = "problem_category",
        .label = "问题类别",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_LIST,
        .width = 10,
        .choices = problem_category_choices,
        .help = "查出问题以后，在整改台账中归入哪一类。",
        .example = "雨污混排",
        .basis = BASIS,
    },
    {
        .name = "statement",
        .label = "问题描述模板",
        .type = TYPE_LONGTEXT,
        .flags = FIELD_REQUIRED,
        .width = 30,
        .min_chars = 15,
        .help = "查出问题时带进整改台账的话，带进去以后把省略号处补全。",
        .example = "雨水排口（位置……）晴天有水流出，流量约……，疑为生产废水混入",
        .basis = BASIS,
    },
    {
        .name = "measure",
        .label = "整改建议",
        .type = TYPE_LONGTEXT,
        .flags = FIELD_REQUIRED,
        .width = 30,
        .help = "通常怎样整改，带进整改台账后可以改。",
        .example = "查清来水，封堵混接口，雨水排口加装闸门并采样监测",
        .basis = BASIS,
    },
};

static const struct section sections[] = {
    {.label = "条目", .fields = fields, .count = COUNT_OF(fields)},
};

const struct reg reg_checklist = {
    .name = "checklist",
    .label = "检查表条目",
    .title = "现场检查表条目",
    .counter = "条",
    .help = "三张现场检查表的条目，每条写明看什么、怎样判断、有问题怎么写。",
    .basis = BASIS,
    .flags = REG_POLICY,
    .menu = MENU_BASE,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .name_field = "content",
    .order = "number",
    .identity = (const char *const[]){"list number", NULL},
};

static const struct {
    const char *list;
    const struct reg *reg;
} scopes[] = {
    {"涉铊企业检查表", &reg_thallium_enterprise},
    {"历史遗留点位检查表", &reg_legacy_site},
    {"涉镉污染源检查表", &reg_cadmium_source},
};

const char *checklist_for(const struct reg *reg, size_t n)
{
    for (size_t i = 0; i < COUNT_OF(scopes); i++)
        if ((scopes[i].reg == reg || reg_subject(scopes[i].reg) == reg) && n-- == 0)
            return scopes[i].list;
    return NULL;
}
