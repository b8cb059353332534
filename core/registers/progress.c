#include "core/registers.h"

#define BASIS "重金属环境安全隐患排查整治行动方案（2025—2030年）（定期调度）"

static const struct field fields[] = {
    {
        .name = "problem",
        .label = "所属问题",
        .type = TYPE_REF,
        .flags = FIELD_KEY | FIELD_LIST,
        .width = 24,
        .target = "problem",
        .aliases = (const char *const[]){"问题", "问题编号", "问题描述", NULL},
        .help = "这条进展是哪个问题的。",
        .example = "车间口总铊超标0.6倍，初期雨水池与清净下水混排",
        .basis = BASIS,
    },
    {
        .name = "reported_on",
        .label = "日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED | FIELD_LIST,
        .aliases = (const char *const[]){"进展日期", "调度日期", "填报日期", NULL},
        .help = "进展到哪一天为止。",
        .example = "2026-06-08",
        .initial = "@today",
        .basis = BASIS,
    },
    {
        .name = "done_percent",
        .label = "进度",
        .type = TYPE_INTEGER,
        .flags = FIELD_REQUIRED | FIELD_LIST,
        .unit = "%",
        .width = 6,
        .least = "0",
        .most = "100",
        .aliases = (const char *const[]){"整改进度", "进度（%）", "完成比例", NULL},
        .help = "整改完成的百分比，0 到 100；比上次低的要写下降原因。",
        .example = "40",
        .basis = BASIS,
    },
    {
        .name = "description",
        .label = "进展说明",
        .type = TYPE_LONGTEXT,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 30,
        .aliases = (const char *const[]){"进展", "整改进展", "说明", NULL},
        .help = "这段时间做了什么，下一步做什么，卡在哪里。",
        .example = "围堰已完成，应急池正在施工，预计月底完工",
        .basis = BASIS,
    },
    {
        .name = "fall_reason",
        .label = "下降原因",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"进度下降原因", "回退原因", NULL},
        .help = "进度比上一次低的，写明为什么；没有降的不填。",
        .example = "县级核查退回，除铊池要返工",
        .basis = BASIS,
    },
    {
        .name = "reported_by",
        .label = "填报人",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_PRIVATE,
        .width = 8,
        .aliases = (const char *const[]){"填表人", "报告人", NULL},
        .help = "这条进展是谁报的。",
        .example = "张三",
        .initial = "@operator",
        .basis = BASIS,
    },
};

static const struct section sections[] = {
    {.label = "整改进展", .fields = fields, .count = COUNT_OF(fields)},
};

static const struct reg_progress progress = {.percent = "done_percent", .date = "reported_on"};

const struct reg reg_progress = {
    .name = "progress",
    .label = "整改进展",
    .title = "问题整改进展记录",
    .counter = "条",
    .help = "每周或每月调度时记下的整改进度。",
    .basis = BASIS,
    .flags = REG_HANDED_OUT,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .name_field = "reported_on",
    .parent = "problem",
    .progress = &progress,
    .order = "reported_on",
    .descending = true,
    .identity = (const char *const[]){"problem reported_on", NULL},
};
