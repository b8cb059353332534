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
};

/* 位置: region, town, village, address, lon, lat, basin */
extern const struct field location_fields[LOCATION_FIELD_COUNT];

/* 状态: status, stopped_on, shut_on */
extern const struct field status_fields[STATUS_FIELD_COUNT];

/* 核实: source, verified_on, verified_by, then the remarks: campaigns, note, attachment */
extern const struct field upkeep_fields[UPKEEP_FIELD_COUNT];

/* 对象: what an inspection, a problem, a sample or an attachment is about; one of them is filled:
 * enterprise, site, cadmium_source, tailings_pond, manganese_mine, slag_yard, park, object_name.
 * A register that has the last one demands that one of them is filled (V44). */
extern const struct field object_fields[OBJECT_FIELD_COUNT];

#define SECTION_OBJECT                                                                             \
    {                                                                                              \
        .label = "对象", .fields = object_fields, .count = OBJECT_FIELD_COUNT                      \
    }
#define SECTION_LOCATION                                                                           \
    {                                                                                              \
        .label = "位置", .fields = location_fields, .count = LOCATION_FIELD_COUNT                  \
    }
#define SECTION_UPKEEP                                                                             \
    {                                                                                              \
        .label = "核实", .fields = upkeep_fields, .count = UPKEEP_FIELD_COUNT                      \
    }
#define SECTION_STATUS                                                                             \
    {                                                                                              \
        .label = "状态", .fields = status_fields, .count = STATUS_FIELD_COUNT                      \
    }
/* The last fields of upkeep_fields, for a register that is not itself verified on site. */
#define SECTION_REMARKS                                                                            \
    {                                                                                              \
        .label = "备注", .fields = upkeep_fields + UPKEEP_FIELD_COUNT - REMARK_FIELD_COUNT,        \
        .count = REMARK_FIELD_COUNT                                                                \
    }

/* The first field of each register that numbers its records. */
#define FIELD_CASE_NO(LABEL)                                                                       \
    {                                                                                              \
        .name = "case_no", .label = (LABEL), .type = TYPE_TEXT,                                    \
        .flags = FIELD_AUTO | FIELD_SEARCH, .width = 20,                                           \
        .help = "由程序编号：类别、区划代码、年份、序号，编号不重复使用。",                        \
    }

/* Lists that several registers choose from. */
extern const char *const metal_choices[]; /* 铅 汞 镉 铬 砷 铊 锑 锰 锌 铜 镍 银 钒 钴 */
extern const char *const status_choices[];    /* 在产 停产 在建 … */
extern const char *const grade_choices[];     /* 高 中 低 */
extern const char *const frequency_choices[]; /* 日 周 月 季 半年 年 */

#endif
