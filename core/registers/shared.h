/* shared.h - blocks of fields that several registers have in common (domain.md 1.2 calls them the
 * common column block). A register lists them among its sections. */
#ifndef TAIZHANG_CORE_REGISTERS_SHARED_H
#define TAIZHANG_CORE_REGISTERS_SHARED_H

#include "core/reg.h"

enum {
    LOCATION_FIELD_COUNT = 7,
    STATUS_FIELD_COUNT = 3,
    UPKEEP_FIELD_COUNT = 6,
    REMARK_FIELD_COUNT = 3,
    OBJECT_FIELD_COUNT = 8,
    REMEDY_FIELD_COUNT = 7,
    NOTE_FIELD_COUNT = 2,
};

/* 位置: region, town, village, address, lon, lat, basin */
extern const struct field location_fields[LOCATION_FIELD_COUNT];

/* Values of `status` in which it is shut for good, for conditions. */
#define STATUS_SHUT "关闭|拆除中|已关闭未清理"

/* 状态: status, stopped_on, shut_on */
extern const struct field status_fields[STATUS_FIELD_COUNT];

/* 核实: source, verified_on, verified_by, then the remarks: campaigns, note, attachment */
extern const struct field upkeep_fields[UPKEEP_FIELD_COUNT];

/* 对象: what an inspection, a problem, a sample or an attachment is about; one of them is filled:
 * enterprise, site, cadmium_source, tailings_pond, manganese_mine, slag_yard, park, object_name.
 * A register that has the last one demands that one of them is filled (V44). */
extern const struct field object_fields[OBJECT_FIELD_COUNT];

/* A section of an array of fields, with its introduction. */
#define SECTION(LABEL, INTRO, FIELDS)                                                              \
    {                                                                                              \
        .label = (LABEL), .intro = (INTRO), .fields = (FIELDS), .count = COUNT_OF(FIELDS)          \
    }

/* The field of this block in which a record of `reg` stands; NULL when it is no such object. */
const struct field *object_field_of(const struct reg *reg);

#define SECTION_OBJECT                                                                             \
    {                                                                                              \
        .label = "对象", .fields = object_fields, .count = OBJECT_FIELD_COUNT                      \
    }
/* The objects that stand in a list, without object_name. */
#define SECTION_OBJECT_LISTED                                                                      \
    {                                                                                              \
        .label = "对象", .fields = object_fields, .count = OBJECT_FIELD_COUNT - 1                  \
    }
#define SECTION_LOCATION                                                                           \
    {                                                                                              \
        .label = "位置",                                                                           \
        .intro = "在哪里：填到乡镇，经纬度以现场定位为准；按实际所在地填，不按注册地。",           \
        .fields = location_fields, .count = LOCATION_FIELD_COUNT                                   \
    }
#define SECTION_UPKEEP                                                                             \
    {                                                                                              \
        .label = "核实",                                                                           \
        .intro = "这些信息从哪里来、谁在哪一天核实过；满一年没有核实的，工作台会提醒。",           \
        .fields = upkeep_fields, .count = UPKEEP_FIELD_COUNT                                       \
    }
#define SECTION_STATUS                                                                             \
    {                                                                                              \
        .label = "状态",                                                                           \
        .intro = "现在的状态：停产的写起始日期，关闭的写关闭日期；长期停产的要核查。",             \
        .fields = status_fields, .count = STATUS_FIELD_COUNT                                       \
    }
/* The last fields of upkeep_fields, for a register that is not itself verified on site. */
#define SECTION_REMARKS                                                                            \
    {                                                                                              \
        .label = "备注", .fields = upkeep_fields + UPKEEP_FIELD_COUNT - REMARK_FIELD_COUNT,        \
        .count = REMARK_FIELD_COUNT                                                                \
    }
/* Only note and attachment, for a register whose records belong to no campaign of their own. */
#define SECTION_NOTES                                                                              \
    {                                                                                              \
        .label = "备注", .fields = upkeep_fields + UPKEEP_FIELD_COUNT - NOTE_FIELD_COUNT,          \
        .count = NOTE_FIELD_COUNT                                                                  \
    }

/* Shown from the enterprise that `enterprise` points to: it is entered there, once. */
#define FIELD_FROM_ENTERPRISE(FIELD, LABEL, TYPE, FLAGS)                                           \
    {                                                                                              \
        .name = "enterprise_" FIELD, .label = LABEL, .type = (TYPE), .flags = (FLAGS),             \
        .via = "enterprise", .source = FIELD, .help = "取自所属企业，要改请打开那家企业。",        \
    }

/* The first field of each register that numbers its records. */
#define FIELD_CASE_NO(LABEL)                                                                       \
    {                                                                                              \
        .name = "case_no", .label = (LABEL), .type = TYPE_TEXT,                                    \
        .flags = FIELD_AUTO | FIELD_SEARCH, .width = 20,                                           \
        .help = "由程序编号：类别、区划代码、年份、序号，编号不重复使用。",                        \
    }

/* 整治: problem_count, problems, measures, planned_on, completed_on, accepted_on, closed_on */
extern const struct field remedy_fields[REMEDY_FIELD_COUNT];

/* Their dates, for the time line. */
extern const struct reg_event remedy_events[];

#define SECTION_REMEDY                                                                             \
    {                                                                                              \
        .label = "整治", .fields = remedy_fields, .count = REMEDY_FIELD_COUNT                      \
    }

/* The county and township of what happened somewhere; HELP says what lies there. */
#define FIELD_REGION(FLAGS, HELP)                                                                  \
    {                                                                                              \
        .name = "region", .label = "县（市、区）", .type = TYPE_REGION,                            \
        .flags = FIELD_KEY | FIELD_SEARCH | (FLAGS), .aliases = region_headings, .help = (HELP),   \
        .example = "清城区", .initial = "@region", .basis = "GB/T 2260；属地管理",                 \
    }
#define FIELD_TOWN(HELP)                                                                           \
    {                                                                                              \
        .name = "town", .label = "乡镇（街道）", .type = TYPE_TEXT, .flags = FIELD_SEARCH,         \
        .width = 12, .suggest = "region", .aliases = town_headings, .help = (HELP),                \
        .example = "龙塘镇",                                                                       \
    }

/* How real lists head these columns. */
extern const char *const region_headings[];
extern const char *const town_headings[];

/* Lists that several registers choose from. */
extern const char *const metal_choices[]; /* 铅 汞 镉 铬 砷 铊 锑 锰 锌 铜 镍 银 钒 钴 */
extern const char *const status_choices[];     /* 在产 停产 在建 … */
extern const char *const grade_choices[];      /* 高 中 低 */
extern const char *const dam_grade_choices[];  /* 一等 … 五等 未定等 */
extern const char *const barrier_choices[];    /* 完好 破损 无 */
extern const char *const risk_choices[];       /* 重大 较大 一般 未评估 */
extern const char *const water_fate_choices[]; /* 直接外排 纳管 全部回用 零排放 */
extern const char *const frequency_choices[];  /* 日 周 月 季 半年 年 */
extern const char *const key_industry_choices[]; /* 重有色金属矿采选业 … 其他涉重金属行业 */
extern const char *const checklist_choices[];        /* the three lists of an inspection */
extern const char *const problem_category_choices[]; /* 原料管控 废水处理 … */

#endif
