/* loads.h - the tables of yearly loads that enterprises, projects and transfers carry: five metals
 * under total control and their sum, each exact to the gram. */
#ifndef TAIZHANG_CORE_REGISTERS_LOADS_H
#define TAIZHANG_CORE_REGISTERS_LOADS_H

#include "core/record.h"

enum {
    LOAD_METAL_COUNT = 5,
    LOAD_FIELD_COUNT = LOAD_METAL_COUNT + 1,
    LOAD_SCALE = 3,   /* of kg/a */
    RATIO_SCALE = 3,  /* of a replacement ratio */
    BASE_YEAR = 2020, /* of the base loads of enterprises */
    STREAM_SCALE = 6, /* of what one stream of an accounting report emits, in kg/a */
};

struct load_group {
    const char *label; /* "2020年基础排放量" */
    const char
        *metals[LOAD_METAL_COUNT]; /* names of fields: lead, mercury, cadmium, chromium, arsenic */
    const char *total;
};

enum {
    LOAD_PERMITTED, /* enterprise */
    LOAD_BASE,
    LOAD_ACTUAL,
    LOAD_ADDED, /* construction_project: what it will discharge anew, and what its source gives */
    LOAD_SOURCE,
    LOAD_BEFORE, /* reduction_project */
    LOAD_AFTER,
    LOAD_TRANSFERRED, /* quota_transfer */
    LOAD_GROUP_COUNT
};

extern const struct load_group load_groups[LOAD_GROUP_COUNT];

/* What the program works out: construction_project, what must be replaced; reduction_project, what
 * was cut. Their totals are no sums of their metals. */
extern const struct load_group load_required, load_cut;

/* "铅", "汞", "镉", "铬", "砷" */
extern const char *const load_metals[LOAD_METAL_COUNT];

/* The ways in which real lists head a column of a group: "GROUP（千克）/铅", "铅GROUP". */
#define LOAD_HEADINGS(GROUP, METAL)                                                                \
    GROUP "/" METAL, GROUP "（kg）/" METAL, GROUP "（千克）/" METAL, GROUP "（kg/a）/" METAL,      \
        GROUP "（千克/年）/" METAL, METAL GROUP, METAL GROUP "（kg）", METAL GROUP "（千克）",     \
        METAL GROUP "（kg/a）"

/* A column of a group; the arguments that follow HELP are further designated initialisers. */
#define LOAD_FIELD(NAME, GROUP, METAL, FLAGS, EXAMPLE, HELP, ...)                                  \
    {                                                                                              \
        .name = NAME "_kg", .label = METAL, .type = TYPE_DECIMAL, .flags = (FLAGS) | FIELD_TOTAL,  \
        .unit = "kg/a", .scale = LOAD_SCALE, .width = 11, .least = "0", .group = GROUP,            \
        .aliases = (const char *const[]){LOAD_HEADINGS(GROUP, METAL), NULL}, .help = HELP,         \
        .example = EXAMPLE, __VA_ARGS__                                                            \
    }

/* The five metals of a group and their sum; WHAT says what a metal's load is and how to
 * fill it: "的新增年排放量，没有的填 0。" */
#define LOAD_FIELDS(PREFIX, GROUP, FLAGS, TOTAL_FLAGS, WHAT, ...)                                  \
    LOAD_FIELD(PREFIX "_lead", GROUP, "铅", FLAGS, "120.35", "铅" WHAT, __VA_ARGS__),              \
        LOAD_FIELD(PREFIX "_mercury", GROUP, "汞", FLAGS, "0.8", "汞" WHAT, __VA_ARGS__),          \
        LOAD_FIELD(PREFIX "_cadmium", GROUP, "镉", FLAGS, "8.125", "镉" WHAT, __VA_ARGS__),        \
        LOAD_FIELD(PREFIX "_chromium", GROUP, "铬", FLAGS, "0", "铬" WHAT, __VA_ARGS__),           \
        LOAD_FIELD(PREFIX "_arsenic", GROUP, "砷", FLAGS, "36.5", "砷" WHAT, __VA_ARGS__),         \
        LOAD_FIELD(PREFIX "_total", GROUP, "合计", (FLAGS) | (TOTAL_FLAGS), "165.775",             \
                   "五种重金属之和；不填时由程序按各项相加。", __VA_ARGS__)

/* Name of the field of metal `i` of a group; behind the metals stands the total. */
const char *load_field_name(const struct load_group *group, size_t i);

/* Adds up the metals of `group` that are filled. False when none is, when the register has no such
 * fields, or when the sum does not fit. */
bool load_sum(const struct record *record, const struct load_group *group, int64_t *sum);

/* Fills each total that is empty or that still is the sum of the parts as they were `before`; a
 * total that a person typed otherwise stays, and rule V09 names the difference. */
void load_derive(struct record *record, const struct record *before);

#endif
