/* import, export: tables in, workbooks out. */
#include "cli/cli.h"
#include "exports/report.h"
#include "imports/import.h"

#include <stdlib.h>

/* ---- import ---- */

static void write_rows_json(const struct import *import, enum import_outcome outcome,
                            struct buffer *out)
{
    bool first = true;
    buffer_add_char(out, '[');
    for (size_t i = 0; i < import->row_count; i++) {
        const struct import_row *row = &import->rows[i];
        if (row->outcome != outcome)
            continue;
        buffer_addf(out, "%s{\"row\":%u,\"field\":", first ? "" : ",\n", row->number);
        first = false;
        buffer_add_json(out, row->field);
        buffer_addf(out,
                    ",\"severity\":\"%s\",\"name\":", outcome == IMPORT_REFUSED ? "error" : "hint");
        buffer_add_json(out, row->name);
        buffer_add(out, ",\"message\":");
        buffer_add_json(out, row->message);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void write_unknown_json(const struct heading *heading, struct buffer *out)
{
    bool first = true;
    buffer_add_char(out, '[');
    for (size_t i = 0; i < heading->column_count; i++) {
        if (heading->columns[i].match != HEADING_UNKNOWN)
            continue;
        buffer_add(out, first ? "" : ",");
        first = false;
        buffer_add_json(out, heading->columns[i].text);
    }
    buffer_add_char(out, ']');
}

static void write_import_json(const struct import *import, bool dry, struct buffer *out)
{
    buffer_addf(out,
                "{\"read\":%lld,\"new\":%lld,\"changed\":%lld,\"same\":%lld,\"refused\":%lld,"
                "\"left_out\":%lld,\"dry_run\":%s,\"unknown_columns\":",
                (long long)import->read, (long long)import->counts[IMPORT_NEW],
                (long long)import->counts[IMPORT_CHANGED], (long long)import->counts[IMPORT_SAME],
                (long long)import->counts[IMPORT_REFUSED], (long long)import->left_out,
                dry ? "true" : "false");
    write_unknown_json(&import->heading, out);
    buffer_add(out, ",\"rows\":");
    write_rows_json(import, IMPORT_REFUSED, out);
    buffer_add(out, ",\"changes\":");
    write_rows_json(import, IMPORT_CHANGED, out);
    buffer_add(out, "}\n");
}

static void write_import_text(const struct import *import, bool dry, struct buffer *out)
{
    buffer_addf(out, "%s读入 %lld 行 = 新增 %lld + 变更 %lld + 相同 %lld + 拒绝 %lld\n",
                dry ? "（试导入，没有写入）" : "", (long long)import->read,
                (long long)import->counts[IMPORT_NEW], (long long)import->counts[IMPORT_CHANGED],
                (long long)import->counts[IMPORT_SAME], (long long)import->counts[IMPORT_REFUSED]);
    if (import->left_out)
        buffer_addf(out, "另有合计、签名等 %lld 行没有导入\n", (long long)import->left_out);
    for (size_t i = 0; i < import->heading.column_count; i++)
        if (import->heading.columns[i].match == HEADING_UNKNOWN)
            buffer_addf(out, "列“%s”没有对应的字段，没有导入\n", import->heading.columns[i].text);
    if (import->table.uncalculated_count)
        buffer_addf(out,
                    "有 %zu 个公式没有计算结果（首见第 %u 行），按空白处理；请在 WPS 或 Excel "
                    "中打开并保存一次再导入\n",
                    import->table.uncalculated_count, import->table.uncalculated_row);
    for (size_t i = 0; i < import->row_count; i++) {
        const struct import_row *row = &import->rows[i];
        buffer_addf(out, "%s 第 %u 行 %s：%s\n",
                    row->outcome == IMPORT_REFUSED ? "! 拒绝" : "~ 变更", row->number, row->name,
                    row->message);
    }
}

static bool import_and_report(struct cli *cli, const struct reg *reg, const char *path,
                              const char *sheet, bool dry, enum status *status, struct error *err)
{
    struct import *import;
    if (!import_open(&import, cli->store, reg, path, sheet, NULL, NULL, err))
        return false;
    struct buffer out = {0};
    bool ok = import_run(import, cli->store, dry, err);
    if (ok) {
        if (cli->format == FORMAT_JSON)
            write_import_json(import, dry, &out);
        else
            write_import_text(import, dry, &out);
        *status = import->counts[IMPORT_REFUSED] ? STATUS_FINDINGS : STATUS_DONE;
        ok = output_write(&out, err);
    }
    buffer_release(&out);
    import_close(&import);
    return ok;
}

static bool run_import(struct cli *cli, int argc, char **argv, enum status *status,
                       struct error *err)
{
    const struct reg *reg;
    const char *sheet = NULL;
    bool dry = false;
    const struct option options[] = {
        {.name = "--sheet", .value = &sheet},
        {.name = "--dry-run", .flag = &dry},
        {.name = NULL},
    };
    return cli_parse(cli, argc, argv, options, 2, 2, err) &&
           cli_find_reg(cli->arguments[0], &reg, err) && cli_open(cli, STORE_WRITE, err) &&
           import_and_report(cli, reg, cli->arguments[1], sheet, dry, status, err);
}

const struct command command_import = {
    .name = "import",
    .usage = "REGISTER FILE [--sheet S] [--dry-run]",
    .help = "导入 .xlsx 或 .csv；--dry-run 只看结果不写入",
    .run = run_import,
};

/* ---- export ---- */

static bool read_number(const char *text, int least, int most, int *number, struct error *err)
{
    char *end;
    long value = text ? strtol(text, &end, 10) : 0;
    if (text && (*end || end == text || value < least || value > most))
        return error_set(err, ERROR_USAGE, "“%s”应为 %d 到 %d 的整数", text, least, most);
    *number = (int)value;
    return true;
}

static bool run_export(struct cli *cli, int argc, char **argv, enum status *status,
                       struct error *err)
{
    (void)status;
    const char *year = NULL, *half = NULL, *path = NULL;
    struct report_options options = {0};
    const struct option known[] = {
        {.name = "--year", .value = &year},
        {.name = "--half", .value = &half},
        {.name = "--where", .value = &options.where},
        {.name = "--public", .flag = &options.publish},
        {.name = "--columns", .value = &options.columns},
        {.name = "--inspection", .value = &options.inspection},
        {.name = "--object", .value = &options.object},
        {.name = "--enterprise", .value = &options.enterprise},
        {.name = "--period", .value = &options.period},
        {.name = "--sheet", .value = &options.table},
        {.name = "-o", .value = &path},
        {.name = NULL},
    };
    struct report report;
    struct report_result result = {0};
    if (!cli_parse(cli, argc, argv, known, 1, 1, err) ||
        !report_find(cli->arguments[0], &report, err) ||
        !read_number(year, 2000, 2199, &options.year, err) ||
        !read_number(half, 0, 2, &options.half, err))
        return false;
    if (!path)
        return error_set(err, ERROR_USAGE, "请写明输出文件，例如：taizhang export %s -o 报送.xlsx",
                         report.name);
    if (!cli_open(cli, STORE_READ, err) ||
        !report_write(&report, cli->store, &options, path, &result, err))
        return false;
    if (cli->format == FORMAT_JSON)
        return output_line(err, "{\"rows\":%zu,\"tables\":%zu}", result.rows, result.tables);
    return output_line(err, "已导出%s：%zu 张表，%zu 行，%s", report.label, result.tables,
                       result.rows, path);
}

const struct command command_export = {
    .name = "export",
    .usage = "REPORT [--year Y] [--public] [--inspection I | --object O] "
             "[--enterprise E] [--period P] -o FILE",
    .help = "导出：annual 为年报工作簿，inspection-form 为现场检查表，balance 为铊平衡表，quota "
            "为总量指标，reduction 为减排核算，清单名为该清单",
    .run = run_export,
};
