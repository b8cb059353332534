#include "tests/exports/sample.h"

const struct sink_column sample_columns[SAMPLE_COLUMNS] = {
    {.key = "name", .label = "企业名称", .width = 20},
    {.key = "uscc", .label = "统一社会信用代码", .width = 20},
    {.key = "lead_kg",
     .group = "排放量",
     .label = "铅",
     .unit = "kg",
     .format = SINK_DECIMAL,
     .scale = 3,
     .total = true},
    {.key = "cadmium_kg",
     .group = "排放量",
     .label = "镉",
     .unit = "kg",
     .format = SINK_DECIMAL,
     .scale = 2},
    {.key = "cut_percent", .label = "减排比例", .format = SINK_PERCENT, .scale = 1},
    {.key = "checked_on", .label = "核查日期", .format = SINK_DATE},
};

const struct sink_table sample_table = {
    .name = "企业清单",
    .key = "enterprises",
    .title = "涉重金属企业清单",
    .left = "填报单位：清城区",
    .right = "2026年6月",
    .columns = sample_columns,
    .column_count = SAMPLE_COLUMNS,
    .fixed = 1,
    .filter = true,
};

const struct sink_options sample_options = {.created = 1750000000, .title = "清单"};

void sample_put_rows(struct sink *sink)
{
    sink_begin_row(sink);
    sink_text(sink, "丰利“恒泰”,冶炼厂");
    sink_text(sink, "914418001234567890");
    sink_number(sink, 112763010, 3);
    sink_text(sink, "<0.02");
    sink_number(sink, 125, 1);
    sink_date(sink, "2026-06-15");
    sink_end_row(sink, NULL);
    sink_begin_row(sink);
    sink_text(sink, "=HYPERLINK(\"x\")");
    sink_empty(sink);
    sink_number(sink, -5, 1);
    sink_end_row(sink, NULL);
    sink_total_row(sink, "合计");
    sink_line(sink, "填表人：____  审核人：____");
}

bool sample_write(const char *path, struct error *err)
{
    struct sink *sink;
    if (!sink_open(&sink, path, &sample_options, err))
        return false;
    sink_begin_table(sink, &sample_table);
    sample_put_rows(sink);
    return sink_commit(&sink, err);
}
