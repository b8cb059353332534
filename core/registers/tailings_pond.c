#include "core/registers.h"
#include "core/registers/shared.h"

static const struct field basic_fields[] = {
    FIELD_CASE_NO("档案编号"),
    {
        .name = "name",
        .label = "尾矿库（堆场）名称",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 24,
        .help = "尾矿库、堆场的名称，与批复或许可证一致。",
        .example = "寨塘选矿厂尾矿库",
        .basis = "吉环固体字〔2022〕10号 四（九）3",
    },
};

static const struct section sections[] = {
    {.label = "基本", .fields = basic_fields, .count = COUNT_OF(basic_fields)},
    SECTION_LOCATION,
    SECTION_UPKEEP,
};

const struct reg reg_tailings_pond = {
    .name = "tailings_pond",
    .label = "尾矿库、堆场",
    .title = "尾矿库、堆场清单",
    .counter = "座",
    .help = "尾矿库和涉重金属堆场，一座一条。",
    .basis = "吉环固体字〔2022〕10号 四（九）3",
    .menu = MENU_INVENTORY,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .prefix = "WK",
    .name_field = "name",
    .identity = (const char *const[]){"case_no", "region name", NULL},
};
