#include "core/decimal.h"
#include "core/measure.h"
#include "core/registers.h"
#include "core/registers/loads.h"

#define REPORT   "吉环固体字〔2022〕12号 三（二）2（污染物总量削减核算报告）"
#define HALF_LOD "本程序约定（低于检出限的按一半计）；" REPORT

#define IS_WATER                                                                                   \
    {                                                                                              \
        .field = "medium", .values = "废水"                                                      \
    }
#define IS_GAS                                                                                     \
    {                                                                                              \
        .field = "medium", .values = "废气"                                                      \
    }

static const struct field stream_fields[] = {
    {
        .name = "project",
        .label = "减排工程",
        .type = TYPE_REF,
        .flags = FIELD_KEY | FIELD_SEARCH,
        .width = 24,
        .target = "reduction_project",
        .aliases = (const char *const[]){"工程名称", "减排工程名称", "工程编号", NULL},
        .help = "是哪个减排工程的核算报告里的数。",
        .example = "示例电源公司一期铅熔炼线淘汰",
        .basis = REPORT,
    },
    {
        .name = "stage",
        .label = "阶段",
        .type = TYPE_CHOICE,
        .flags = FIELD_KEY | FIELD_LIST,
        .width = 8,
        .choices = (const char *const[]){"减排前", "减排后", NULL},
        .aliases = (const char *const[]){"减排前后", "前后", NULL},
        .help = "工程实施以前的源强选减排前，完成以后的选减排后。",
        .example = "减排前",
        .basis = REPORT,
    },
    {
        .name = "source",
        .label = "排放源",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"污染源", "排放口", "源强名称", "排放口名称", NULL},
        .help = "哪个排放口或哪道工序，照核算报告写；减排前后是同一个的，名称要写得一样。",
        .example = "DA003 熔炼烟气",
        .basis = REPORT,
    },
    {
        .name = "medium",
        .label = "介质",
        .type = TYPE_CHOICE,
        .flags = FIELD_KEY | FIELD_LIST,
        .width = 6,
        .choices = (const char *const[]){"废水", "废气", NULL},
        .aliases = (const char *const[]){"废水废气", "类别", NULL},
        .help = "从水里排还是从气里排，两种算法不同。",
        .example = "废气",
        .basis = REPORT,
    },
    {
        .name = "metal",
        .label = "重金属",
        .type = TYPE_CHOICE,
        .flags = FIELD_KEY | FIELD_LIST,
        .width = 6,
        .choices = (const char *const[]){"铅", "汞", "镉", "铬", "砷", NULL},
        .synonyms = (const char *const[]){"总铅", "铅", "总汞", "汞", "总镉", "镉", "总铬", "铬",
                                          "总砷", "砷", NULL},
        .aliases = (const char *const[]){"污染物", "重金属种类", "因子", NULL},
        .help = "哪一种重金属，一种一条。",
        .example = "铅",
        .basis = REPORT,
    },
};

static const struct field amount_fields[] = {
    {
        .name = "water_m3",
        .label = "年废水量",
        .type = TYPE_DECIMAL,
        .unit = "m³/a",
        .scale = 3,
        .width = 12,
        .least = "0",
        .aliases = (const char *const[]){"废水量", "废水排放量", "废水量（m³/a）", NULL},
        .required_when = IS_WATER,
        .shown_when = IS_WATER,
        .help = "这个排放源一年排多少立方米废水。",
        .example = "36500",
        .basis = REPORT,
    },
    {
        .name = "water_concentration",
        .label = "废水浓度",
        .type = TYPE_MEASURE,
        .unit = "mg/L",
        .width = 10,
        .aliases = (const char *const[]){"废水排放浓度", "废水浓度（mg/L）", NULL},
        .required_when = IS_WATER,
        .shown_when = IS_WATER,
        .help = "废水里的浓度，是 μg/L 的连单位一起写；低于检出限的写成 <检出限，按它的一半计。",
        .example = "0.35",
        .basis = HALF_LOD,
    },
    {
        .name = "gas_flow_m3h",
        .label = "废气流量",
        .type = TYPE_DECIMAL,
        .unit = "m³/h",
        .scale = 3,
        .width = 12,
        .least = "0",
        .aliases = (const char *const[]){"烟气量", "风量", "标干流量", "废气量（m³/h）", NULL},
        .required_when = IS_GAS,
        .shown_when = IS_GAS,
        .help = "这个排放源的标干流量。",
        .example = "25000",
        .basis = REPORT,
    },
    {
        .name = "gas_hours",
        .label = "年运行时间",
        .type = TYPE_DECIMAL,
        .unit = "h/a",
        .scale = 1,
        .width = 10,
        .least = "0",
        .most = "8784",
        .aliases = (const char *const[]){"年运行小时", "运行时数", "运行时间（h/a）", NULL},
        .required_when = IS_GAS,
        .shown_when = IS_GAS,
        .help = "一年开多少小时，全年不停是 8760。",
        .example = "7200",
        .basis = REPORT,
    },
    {
        .name = "gas_concentration",
        .label = "废气浓度",
        .type = TYPE_MEASURE,
        .unit = "mg/m³",
        .width = 10,
        .aliases = (const char *const[]){"废气排放浓度", "废气浓度（mg/m³）", NULL},
        .required_when = IS_GAS,
        .shown_when = IS_GAS,
        .help = "废气里的浓度，是 μg/m³ 的连单位一起写；低于检出限的写成 <检出限，按它的一半计。",
        .example = "0.12",
        .basis = HALF_LOD,
    },
    {
        .name = "load_kg",
        .label = "年排放量",
        .type = TYPE_DECIMAL,
        .flags = FIELD_AUTO | FIELD_LIST | FIELD_TOTAL,
        .unit = "kg/a",
        .scale = STREAM_SCALE,
        .width = 14,
        .help = "由程序计算：废水是水量×浓度÷1000，废气是流量×时间×浓度÷1000000。",
        .basis = REPORT,
    },
};

static const struct section sections[] = {
    {.label = "源强", .fields = stream_fields, .count = COUNT_OF(stream_fields)},
    {.label = "数量", .fields = amount_fields, .count = COUNT_OF(amount_fields)},
};

/* A concentration in units of 10 to the -9th; what is below the detection limit counts half, which
 * `share` tells. False for what is empty or above the range of the method. */
static bool read_concentration(const struct record *record, const char *field, const char *unit,
                               int64_t *nano, int64_t *share)
{
    struct measure measure;
    const char *text = record_text(record, field);
    if (!*text || !measure_parse(text, unit, &measure, NULL) || measure.qualifier == '>')
        return false;
    *share = measure.qualifier == '<' ? 2 : 1;
    return measure_in_unit(&measure, unit, nano);
}

enum { NANO = 9, WATER_SCALE = 3, GAS_SCALE = 4, GRAMS = 3, MILLIGRAMS = 6 };

/* m³/a × mg/L is grams. */
static bool water_load(const struct record *record, int64_t *load)
{
    const struct value *amount = record_value(record, "water_m3");
    int64_t nano, share;
    return !value_is_null(amount) &&
           read_concentration(record, "water_concentration", "mg/L", &nano, &share) &&
           decimal_multiply(amount->integer, nano,
                            share * decimal_unit(WATER_SCALE + NANO + GRAMS - STREAM_SCALE), load);
}

/* m³/h × h/a × mg/m³ is milligrams. */
static bool gas_load(const struct record *record, int64_t *load)
{
    const struct value *flow = record_value(record, "gas_flow_m3h");
    const struct value *hours = record_value(record, "gas_hours");
    int64_t amount, nano, share;
    return !value_is_null(flow) && !value_is_null(hours) &&
           decimal_multiply(flow->integer, hours->integer, 1, &amount) &&
           read_concentration(record, "gas_concentration", "mg/m³", &nano, &share) &&
           decimal_multiply(amount, nano,
                            share * decimal_unit(GAS_SCALE + NANO + MILLIGRAMS - STREAM_SCALE),
                            load);
}

static void derive(struct record *record, const struct record *before)
{
    (void)before;
    static const struct condition is_water = IS_WATER;
    struct value *load = record_value_for_change(record, "load_kg");
    int64_t kg;
    if (record_matches(record, is_water) ? water_load(record, &kg) : gas_load(record, &kg))
        value_set_integer(load, kg);
    else
        value_release(load);
}

const struct reg reg_emission_stream = {
    .name = "emission_stream",
    .label = "核算源强",
    .title = "减排核算报告源强表",
    .counter = "条",
    .help = "减排核算报告里的各个排放源，减排前后各排多少，按浓度和水量、气量算成每年公斤数。",
    .basis = REPORT,
    .flags = REG_HANDED_OUT,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .name_field = "source",
    .parent = "project",
    .order = "stage",
    .identity = (const char *const[]){"project stage source medium metal", NULL},
    .derive = derive,
};
