/* import: tables in. */
#include "cli/cli.h"
#include "imports/import.h"

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
