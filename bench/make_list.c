/* make_list.c - a list of enterprises to import: 20 columns a row, as .csv or .xlsx.
 * Usage: make_list ROWS FILE.csv (or .xlsx) */
#include "exports/sink.h"

#include <stdio.h>
#include <stdlib.h>

static const struct sink_column columns[] = {
    {.key = "name", .label = "企业名称"},
    {.key = "former_name", .label = "曾用名"},
    {.key = "region", .label = "县（市、区）"},
    {.key = "town", .label = "乡镇（街道）"},
    {.key = "address", .label = "详细地址"},
    {.key = "status", .label = "状态"},
    {.key = "industry", .label = "行业代码"},
    {.key = "products", .label = "主要产品"},
    {.key = "raw_materials", .label = "主要原料"},
    {.key = "legal_person", .label = "法定代表人"},
    {.key = "phone", .label = "联系电话"},
    {.key = "verified_by", .label = "核实人"},
    {.key = "base_lead_kg",
     .group = "2020年基础排放量",
     .label = "铅",
     .format = SINK_DECIMAL,
     .scale = 3},
    {.key = "base_mercury_kg",
     .group = "2020年基础排放量",
     .label = "汞",
     .format = SINK_DECIMAL,
     .scale = 3},
    {.key = "base_cadmium_kg",
     .group = "2020年基础排放量",
     .label = "镉",
     .format = SINK_DECIMAL,
     .scale = 3},
    {.key = "base_chromium_kg",
     .group = "2020年基础排放量",
     .label = "铬",
     .format = SINK_DECIMAL,
     .scale = 3},
    {.key = "base_arsenic_kg",
     .group = "2020年基础排放量",
     .label = "砷",
     .format = SINK_DECIMAL,
     .scale = 3},
    {.key = "capacity_t", .label = "产能", .format = SINK_DECIMAL, .scale = 1},
    {.key = "entered_on", .label = "纳入日期", .format = SINK_DATE},
    {.key = "verified_on", .label = "最近核实日期", .format = SINK_DATE},
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };

static const char *const counties[] = {"清城区", "清新区", "佛冈县", "阳山县",
                                       "连山县", "连南县", "英德市", "连州市"};
static const char *const states[] = {"在产", "停产", "在建", "关闭"};

static void put_row(struct sink *sink, unsigned row)
{
    char name[96], former[96], address[96], phone[32], day[16];
    const char *county = counties[row % 8];
    snprintf(name, sizeof name, "%s丰利恒泰冶炼%06u厂", county, row);
    snprintf(former, sizeof former, "%s第%u冶炼厂", county, row);
    snprintf(address, sizeof address, "清远市%s示例工业大道%u号", county, row % 997);
    snprintf(phone, sizeof phone, "0763-%07u", row);
    snprintf(day, sizeof day, "2026-%02u-%02u", row % 10 + 1, row % 28 + 1);
    const char *const texts[] = {name,   former,       county,   "示例镇", address, states[row % 4],
                                 "3212", "锌锭、硫酸", "锌精矿", "陈示例", phone,   "张示例"};
    sink_begin_row(sink);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        sink_text(sink, texts[i]);
    for (unsigned i = 0; i < 5; i++)
        sink_number(sink, (int64_t)(row * 7u + i * 13u) % 90000, 3);
    sink_number(sink, (int64_t)row % 50000 + 1, 1);
    sink_date(sink, day);
    sink_date(sink, day);
}

int main(int argc, char **argv)
{
    static const struct sink_table table = {
        .name = "全口径清单", .columns = columns, .column_count = COLUMNS};
    struct sink *sink;
    struct error err = {0};
    if (argc != 3)
        return 2;
    bool ok = sink_open(&sink, argv[2], &(struct sink_options){.tables = 1}, &err);
    if (ok) {
        unsigned rows = (unsigned)strtoul(argv[1], NULL, 10);
        sink_begin_table(sink, &table);
        for (unsigned row = 0; ok && row < rows; row++) {
            put_row(sink, row);
            ok = sink_end_row(sink, &err);
        }
        ok = sink_commit(&sink, &err) && ok;
    }
    if (!ok)
        fprintf(stderr, "%s\n", err.message);
    return ok ? 0 : 3;
}
