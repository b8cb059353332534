#include "core/registers.h"
#include "core/registers/shared.h"

static const struct field basic_fields[] = {
    FIELD_CASE_NO("档案编号"),
    {
        .name = "name",
        .label = "矿山名称",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 24,
        .help = "锰矿山的名称，与批复或许可证一致。",
        .example = "示例锰矿",
        .basis = "桂重金属方案 四（三）",
    },
};

static const struct section sections[] = {
    {.label = "基本", .fields = basic_fields, .count = COUNT_OF(basic_fields)},
    SECTION_LOCATION,
    SECTION_UPKEEP,
};

const struct reg reg_manganese_mine = {
    .name = "manganese_mine",
    .label = "锰矿山",
    .title = "锰矿山清单",
    .counter = "座",
    .help = "锰矿山，一座一条。",
    .basis = "桂重金属方案 四（三）",
    .menu = MENU_INVENTORY,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .prefix = "MK",
    .name_field = "name",
    .identity = (const char *const[]){"case_no", "region name", NULL},
};
