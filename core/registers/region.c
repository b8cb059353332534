#include "core/mem.h"
#include "core/record.h"
#include "core/region.h"
#include "core/registers.h"

#include <stdlib.h>
#include <string.h>

static const struct field fields[] = {
    {
        .name = "code",
        .label = "区划代码",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 12,
        .min_chars = 2,
        .max_chars = 9,
        .help = "省两位、市四位、县六位、乡镇九位，上级代码是下级代码的前几位。",
        .example = "441802",
        .basis = "GB/T 2260；GB/T 10114",
    },
    {
        .name = "name",
        .label = "名称",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 20,
        .help = "行政区划的法定名称。",
        .example = "清城区",
        .basis = "GB/T 2260",
    },
    {
        .name = "short_name",
        .label = "简称",
        .type = TYPE_TEXT,
        .flags = FIELD_LIST | FIELD_SEARCH,
        .width = 12,
        .help = "去掉省、市、县、自治州等通名后的叫法。",
        .example = "清城",
    },
    {
        .name = "level",
        .label = "级别",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_LIST,
        .width = 4,
        .choices = (const char *const[]){"省", "市", "县", "乡", NULL},
        .help = "行政级别：省、市、县、乡。",
        .example = "县",
        .basis = "GB/T 2260",
    },
    {
        .name = "parent_code",
        .label = "上级代码",
        .type = TYPE_TEXT,
        .width = 8,
        .max_chars = 6,
        .help = "上一级区划的代码，省级没有。",
        .example = "4418",
    },
    {
        .name = "statistical",
        .label = "统计用区划",
        .type = TYPE_BOOL,
        .flags = FIELD_LIST,
        .width = 10,
        .help = "代码第五、六位为 71—79 的开发区、功能区等，只用于统计，不是县级行政区。",
        .example = "否",
    },
};

/* What follows from the code and the name is computed when the table is loaded. */
static void derive(struct record *record, const struct record *before)
{
    (void)before;
    const struct value *code = record_value(record, "code"), *name = record_value(record, "name");
    struct buffer short_name = {0};
    if (value_is_null(code) || value_is_null(name))
        return;
    region_shorten(name->text, &short_name);
    value_set_text(record_value_for_change(record, "short_name"), buffer_text(&short_name));
    buffer_release(&short_name);

    /* Two digits a level, three for a township. */
    size_t length = strlen(code->text);
    size_t parent = length > 6 ? 6 : length > 2 ? length - 2 : 0;
    char *parent_code = mem_text_part(code->text, parent);
    value_set_text(record_value_for_change(record, "parent_code"), parent_code);
    free(parent_code);
}

static const struct section sections[] = {
    {.label = "行政区划", .fields = fields, .count = COUNT_OF(fields)},
};

const struct reg reg_region = {
    .name = "region",
    .label = "行政区划",
    .title = "行政区划代码表",
    .counter = "个",
    .help = "全国省、市、县、乡四级行政区划，随程序提供。",
    .basis = "GB/T 2260",
    .flags = REG_REFERENCE,
    .menu = MENU_BASE,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .name_field = "name",
    .order = "code",
    .identity = (const char *const[]){"code", "name", "short_name", NULL},
    .derive = derive,
};
