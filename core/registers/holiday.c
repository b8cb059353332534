#include "core/registers.h"

#define BASIS "国务院办公厅每年的节假日安排通知"

static const struct field fields[] = {
    {
        .name = "day_on",
        .label = "日期",
        .type = TYPE_DATE,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .help = "与平常星期不同的日子，一天一行；平常的周末不用写。",
        .example = "2026-10-01",
        .basis = BASIS,
    },
    {
        .name = "kind",
        .label = "类型",
        .type = TYPE_CHOICE,
        .flags = FIELD_KEY | FIELD_LIST,
        .width = 6,
        .choices = (const char *const[]){"休", "班", NULL},
        .help = "放假的选休，周末调成上班的选班。",
        .example = "休",
        .basis = BASIS,
    },
    {
        .name = "name",
        .label = "节日",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 12,
        .help = "因为哪个节日放假或调班。",
        .example = "国庆节",
        .basis = BASIS,
    },
    {
        .name = "basis",
        .label = "依据",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_LIST,
        .width = 40,
        .help = "哪一年的节假日安排通知。",
        .example = "2026年部分节假日安排的通知",
        .basis = BASIS,
    },
};

static const struct section sections[] = {
    {.label = "节假日", .fields = fields, .count = COUNT_OF(fields)},
};

const struct reg reg_holiday = {
    .name = "holiday",
    .label = "节假日",
    .title = "节假日和调班表",
    .counter = "天",
    .help = "法定节假日和调休上班的日子，算工作日期限要用；每年年底补下一年的。",
    .basis = BASIS,
    .flags = REG_POLICY,
    .menu = MENU_BASE,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .name_field = "day_on",
    .order = "day_on",
    .identity = (const char *const[]){"day_on", NULL},
};
