/* Types that point to a record of another register: its id is kept, its label shown. */
#include "core/types/types.h"

const struct type type_region = {
    .name = "region",
    .label = "行政区划",
    .width = 12,
    .max_chars = 60,
    .parse = type_parse_target,
    .format = type_format_text,
    .compare = type_compare_text,
};

const struct type type_industry = {
    .name = "industry",
    .label = "行业代码",
    .width = 12,
    .max_chars = 60,
    .parse = type_parse_target,
    .format = type_format_text,
    .compare = type_compare_text,
};

const struct type type_ref = {
    .name = "ref",
    .label = "引用",
    .width = 20,
    .max_chars = 200,
    .parse = type_parse_target,
    .format = type_format_text,
    .compare = type_compare_text,
};
