#include "core/registers.h"
#include "core/registers/shared.h"

static const struct field basic_fields[] = {
    FIELD_CASE_NO("档案编号"),
    {
        .name = "name",
        .label = "园区名称",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 24,
        .help = "涉重金属园区的名称，与批复或许可证一致。",
        .example = "示例有色金属产业园",
        .basis = "吉环固体字〔2022〕10号 四（二）",
    },
};

static const struct section sections[] = {
    {.label = "基本", .fields = basic_fields, .count = COUNT_OF(basic_fields)},
    SECTION_LOCATION,
    SECTION_UPKEEP,
};

const struct reg reg_park = {
    .name = "park",
    .label = "涉重金属园区",
    .title = "涉重金属工业园区清单",
    .counter = "个",
    .help = "以重点行业企业为主的工业园区，一个一条。",
    .basis = "吉环固体字〔2022〕10号 四（二）",
    .menu = MENU_INVENTORY,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .prefix = "YQ",
    .name_field = "name",
    .identity = (const char *const[]){"case_no", "region name", NULL},
};
