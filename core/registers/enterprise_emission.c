/* What an enterprise may discharge, did discharge in 2020 and last year, and what it gained or gave
 * away. The columns repeat for each metal, so one macro declares a column of each kind. */
#include "core/registers/enterprise.h"
#include "core/registers/shared.h"

#include <string.h>

#define PERMIT_BASIS "吉环固体字〔2022〕10号 四（四）"
#define BASE_BASIS   "桂重金属方案 附表1；滇规划 附件（一）"
#define ACTUAL_BASIS "吉环固体字〔2022〕10号 四（九）；桂重金属方案 四（五）"

#define CONCENTRATION(NAME, METAL, MEDIUM, UNIT, EXAMPLE)                                          \
    {                                                                                              \
        .name = "permitted_" NAME, .label = METAL, .type = TYPE_DECIMAL, .unit = UNIT, .scale = 6, \
        .width = 9, .least = "0", .group = MEDIUM "许可排放浓度",                                  \
        .aliases =                                                                                 \
            (const char *const[]){MEDIUM "许可排放浓度（" UNIT "）/" METAL,                        \
                                  METAL "许可排放浓度（" UNIT "）", METAL MEDIUM "许可排放浓度",   \
                                  MEDIUM METAL "许可排放浓度", NULL},                              \
        .shown_when = {.field = "permit_class", .values = "重点管理|简化管理"},                    \
        .help = "排污许可证副本载明的" MEDIUM "中" METAL "的许可排放浓度，没有许可的留空。",       \
        .example = EXAMPLE, .basis = PERMIT_BASIS "（许可排放浓度）",                              \
    }
#define WATER(NAME, METAL, EXAMPLE) CONCENTRATION(NAME "_water", METAL, "废水", "mg/L", EXAMPLE)
#define AIR(NAME, METAL, EXAMPLE)   CONCENTRATION(NAME "_air", METAL, "废气", "mg/m³", EXAMPLE)

const struct field concentration_fields[CONCENTRATION_FIELD_COUNT] = {
    WATER("lead", "铅", "0.5"),     WATER("mercury", "汞", "0.03"),
    WATER("cadmium", "镉", "0.05"), WATER("chromium", "铬", "1.5"),
    WATER("arsenic", "砷", "0.3"),  WATER("thallium", "铊", "0.005"),
    WATER("antimony", "锑", "0.3"), AIR("lead", "铅", "8"),
    AIR("mercury", "汞", "0.05"),   AIR("cadmium", "镉", "0.05"),
    AIR("chromium", "铬", "0.07"),  AIR("arsenic", "砷", "0.4"),
    AIR("thallium", "铊", "0.05"),  AIR("antimony", "锑", "1"),
};

#define PERMITTED(NAME, METAL, EXAMPLE)                                                            \
    {                                                                                              \
        .name = "permitted_" NAME "_kg", .label = METAL, .type = TYPE_DECIMAL,                     \
        .flags = FIELD_TOTAL, .unit = "kg/a", .scale = LOAD_SCALE, .width = 11, .least = "0",      \
        .group = "许可排放量",                                                                     \
        .aliases = (const char *const[]){LOAD_HEADINGS("许可排放量", METAL), "排污许可量/" METAL,  \
                                         METAL "许可量", NULL},                                    \
        .required_when = {.field = "permit_class", .values = "重点管理"},                          \
        .shown_when = {.field = "permit_class", .values = "重点管理|简化管理"},                    \
        .help = "排污许可证载明的" METAL "年许可排放量（废水、废气相加），不排放的填 0。",         \
        .example = EXAMPLE, .basis = PERMIT_BASIS "；吉环固体字〔2022〕12号 三",                   \
    }

const struct field permitted_fields[PERMITTED_FIELD_COUNT] = {
    PERMITTED("lead", "铅", "128.5"),
    PERMITTED("mercury", "汞", "1.2"),
    PERMITTED("cadmium", "镉", "9.6"),
    PERMITTED("chromium", "铬", "0"),
    PERMITTED("arsenic", "砷", "42"),
    {
        .name = "permitted_total_kg",
        .label = "合计",
        .type = TYPE_DECIMAL,
        .flags = FIELD_TOTAL,
        .unit = "kg/a",
        .scale = LOAD_SCALE,
        .width = 12,
        .least = "0",
        .group = "许可排放量",
        .aliases = (const char *const[]){LOAD_HEADINGS("许可排放量", "合计"), "许可排放总量",
                                         "许可排放量", "许可排放量（kg/a）", NULL},
        .required_when = {.field = "permit_class", .values = "重点管理"},
        .shown_when = {.field = "permit_class", .values = "重点管理|简化管理"},
        .help = "五种重金属许可排放量之和；不填时由程序按各项相加。",
        .example = "181.3",
        .basis = PERMIT_BASIS "；吉环固体字〔2022〕12号 三",
    },
};

#define BASE(NAME, METAL, EXAMPLE)                                                                 \
    {                                                                                              \
        .name = "base_" NAME "_kg", .label = METAL, .type = TYPE_DECIMAL,                          \
        .flags = FIELD_REQUIRED | FIELD_TOTAL, .unit = "kg/a", .scale = LOAD_SCALE, .width = 11,   \
        .least = "0", .group = "2020年基础排放量",                                                 \
        .aliases = (const char *const[]){LOAD_HEADINGS("2020年基础排放量", METAL),                 \
                                         LOAD_HEADINGS("基础排放量", METAL),                       \
                                         LOAD_HEADINGS("2020年排放量", METAL),                     \
                                         "2020排放量/" METAL, NULL},                               \
        .help = "国家核定清单中 2020 年" METAL "的基础排放量，不排放的填 0。", .example = EXAMPLE, \
        .basis = BASE_BASIS,                                                                       \
    }

#define ACTUAL(NAME, METAL, EXAMPLE)                                                               \
    {                                                                                              \
        .name = "actual_" NAME "_kg", .label = METAL, .type = TYPE_DECIMAL,                        \
        .flags = FIELD_REQUIRED | FIELD_TOTAL, .unit = "kg/a", .scale = LOAD_SCALE, .width = 11,   \
        .of_period = "actual_period", .least = "0", .group = "上年实际排放量",                     \
        .aliases = (const char *const[]){LOAD_HEADINGS("上年实际排放量", METAL),                   \
                                         LOAD_HEADINGS("实际排放量", METAL), NULL},                \
        .help = "上一年全年" METAL "的实际排放量，按许可证执行报告填写，不排放的填 0。",           \
        .example = EXAMPLE, .basis = ACTUAL_BASIS,                                                 \
    }

const struct field balance_fields[BALANCE_FIELD_COUNT] = {
    BASE("lead", "铅", "120.35"),
    BASE("mercury", "汞", "0.8"),
    BASE("cadmium", "镉", "8.125"),
    BASE("chromium", "铬", "0"),
    BASE("arsenic", "砷", "36.5"),
    {
        .name = "base_total_kg",
        .label = "合计",
        .type = TYPE_DECIMAL,
        .flags = FIELD_REQUIRED | FIELD_TOTAL | FIELD_LIST,
        .unit = "kg/a",
        .scale = LOAD_SCALE,
        .width = 12,
        .least = "0",
        .group = "2020年基础排放量",
        .aliases = (const char *const[]){LOAD_HEADINGS("2020年基础排放量", "合计"),
                                         LOAD_HEADINGS("基础排放量", "合计"), "2020年基础排放量",
                                         "2020年基础排放量（kg）", "2020年基础排放量（千克）",
                                         "基础排放量", "基础排放量（kg）", "排放基数", NULL},
        .help = "五种重金属 2020 年基础排放量之和；不填时由程序按各项相加。",
        .example = "165.775",
        .basis = BASE_BASIS,
    },
    ACTUAL("lead", "铅", "98.2"),
    ACTUAL("mercury", "汞", "0.6"),
    ACTUAL("cadmium", "镉", "7.4"),
    ACTUAL("chromium", "铬", "0"),
    ACTUAL("arsenic", "砷", "30.1"),
    {
        .name = "actual_total_kg",
        .label = "合计",
        .type = TYPE_DECIMAL,
        .of_period = "actual_period",
        .flags = FIELD_REQUIRED | FIELD_TOTAL,
        .unit = "kg/a",
        .scale = LOAD_SCALE,
        .width = 12,
        .least = "0",
        .group = "上年实际排放量",
        .aliases = (const char *const[]){LOAD_HEADINGS("上年实际排放量", "合计"),
                                         LOAD_HEADINGS("实际排放量", "合计"), "上年实际排放量",
                                         "实际排放量", "实际排放量（kg）", NULL},
        .help = "五种重金属上一年实际排放量之和；不填时由程序按各项相加。",
        .example = "136.3",
        .basis = ACTUAL_BASIS,
    },
    {
        .name = "actual_period",
        .label = "实际排放量年度",
        .type = TYPE_PERIOD,
        .aliases = (const char *const[]){"核算年度", "核算期", NULL},
        .help = "上面的实际排放量是哪一年的。",
        .example = "2025",
        .basis = ACTUAL_BASIS,
    },
    {
        .name = "former_total_kg",
        .label = "上一期实际排放量合计",
        .type = TYPE_DECIMAL,
        .of_period = "actual_period",
        .unit = "kg/a",
        .scale = LOAD_SCALE,
        .width = 12,
        .least = "0",
        .aliases = (const char *const[]){"前一年实际排放量", "上期实际排放量", NULL},
        .help = "再前一年的实际排放量合计，用来看变化；改填新年度的数据时由程序自动留下。",
        .example = "128.9",
        .basis = "环境统计审核要求（突变指标）",
    },
    {
        .name = "change_reason",
        .label = "变化较大的原因",
        .type = TYPE_TEXT,
        .width = 20,
        .aliases = (const char *const[]){"突变原因", "变化原因", NULL},
        .help = "实际排放量比上一期增减超过 30% 时，写明原因，例如停产、扩产或改变了核算方法。",
        .example = "2025年下半年停产检修",
        .basis = "环境统计审核要求（突变指标）",
    },
    {
        .name = "actual_method",
        .label = "核算方法",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .choices = (const char *const[]){"自动监测", "手工监测", "物料衡算", "产排污系数", NULL},
        .synonyms = (const char *const[]){"在线监测",   "自动监测",   "自动监测法",   "自动监测",
                                          "在线监测法", "自动监测",   "自动监控",     "自动监测",
                                          "手工",       "手工监测",   "手工监测法",   "手工监测",
                                          "人工监测",   "手工监测",   "物料衡算法",   "物料衡算",
                                          "物料平衡",   "物料衡算",   "物料平衡法",   "物料衡算",
                                          "系数法",     "产排污系数", "产排污系数法", "产排污系数",
                                          "排污系数",   "产排污系数", "排污系数法",   "产排污系数",
                                          NULL},
        .aliases = (const char *const[]){"排放量核算方法", "实际排放量核算方法", NULL},
        .help = "实际排放量是怎样算出来的。几种方法并用的，选占比最大的一种。",
        .example = "手工监测",
        .basis = ACTUAL_BASIS,
    },
    /* 本年 is the year after actual_period: both go on together. */
    {
        .name = "added_kg",
        .label = "本年新增量",
        .type = TYPE_DECIMAL,
        .of_period = "actual_period",
        .flags = FIELD_REQUIRED | FIELD_TOTAL,
        .unit = "kg/a",
        .scale = LOAD_SCALE,
        .width = 11,
        .least = "0",
        .aliases =
            (const char *const[]){"新增量", "新增排放量", "本年新增量（kg）", "新增量（kg）", NULL},
        .help = "本年新、改、扩建项目新增的五种重金属排放量之和，没有的填 0。",
        .example = "0",
        .basis = "吉环固体字〔2022〕10号 五（二）",
    },
    {
        .name = "cut_kg",
        .label = "本年减排量",
        .type = TYPE_DECIMAL,
        .of_period = "actual_period",
        .flags = FIELD_REQUIRED | FIELD_TOTAL,
        .unit = "kg/a",
        .scale = LOAD_SCALE,
        .width = 11,
        .least = "0",
        .aliases =
            (const char *const[]){"减排量", "削减量", "本年减排量（kg）", "减排量（kg）", NULL},
        .help = "本年减排工程形成的五种重金属削减量之和，没有的填 0。",
        .example = "12.5",
        .basis = "吉环固体字〔2022〕10号 五（二）",
    },
    {
        .name = "transferred_out_kg",
        .label = "出让量",
        .type = TYPE_DECIMAL,
        .flags = FIELD_TOTAL,
        .unit = "kg/a",
        .scale = LOAD_SCALE,
        .width = 11,
        .least = "0",
        .aliases = (const char *const[]){"指标出让量", "出让量（kg）", NULL},
        .help = "已转让给别家项目作为总量来源的排放量，没有出让的留空。",
        .example = "0.35",
        .basis = "吉环固体字〔2022〕12号 四；滇规划 三（五）2",
    },
    {
        .name = "transferred_out_to",
        .label = "出让去向",
        .type = TYPE_TEXT,
        .width = 20,
        .aliases = (const char *const[]){"指标去向", "受让单位", NULL},
        .help = "接受指标的单位和项目；有出让量时必须写明。",
        .example = "清远市示例新材料有限公司年产2万吨锌合金项目",
        .basis = "吉环固体字〔2022〕10号 四（四）；吉环固体字〔2022〕12号 四",
    },
    {
        .name = "transferred_in_kg",
        .label = "受让量",
        .type = TYPE_DECIMAL,
        .flags = FIELD_TOTAL,
        .unit = "kg/a",
        .scale = LOAD_SCALE,
        .width = 11,
        .least = "0",
        .aliases = (const char *const[]){"指标受让量", "受让量（kg）", NULL},
        .help = "从别家受让、用作本企业项目总量来源的排放量，没有受让的留空。",
        .example = "1.2",
        .basis = "吉环固体字〔2022〕12号 四；桂重金属方案 四（二）",
    },
    {
        .name = "transferred_in_from",
        .label = "受让来源",
        .type = TYPE_TEXT,
        .width = 20,
        .aliases = (const char *const[]){"指标来源", "出让单位", NULL},
        .help = "转出指标的单位；有受让量时必须写明，并与许可证记录一致。",
        .example = "英德市示例电源有限公司",
        .basis = "吉环固体字〔2022〕12号 四",
    },
};

/* Figures of a later year push those of the former year back. */
static void keep_former(struct record *record, const struct record *before)
{
    struct value *former = record_value_for_change(record, "former_total_kg");
    const struct value *year = record_value(record, "actual_period");
    const struct value *year_before = record_value(before, "actual_period");
    const struct value *total_before = record_value(before, "actual_total_kg");
    if (!value_is_null(year) && !value_is_null(year_before) && !value_is_null(total_before) &&
        strcmp(year->text, year_before->text) > 0 &&
        value_equal(former, record_value(before, "former_total_kg")))
        value_set_integer(former, total_before->integer);
}

void enterprise_derive(struct record *record, const struct record *before)
{
    load_derive(record, before);
    if (before)
        keep_former(record, before);
}
