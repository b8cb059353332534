/* demo: a county to try everything on. The real public list of 60 Qingyuan enterprises, and
 * invented cases from data/demo/, all through the import; then the annual workbook. */
#include "cli/cli.h"
#include "db/clock.h"
#include "db/resource.h"
#include "exports/report.h"
#include "imports/import.h"

#include <stdlib.h>
#include <unistd.h>

/* In this order: what is referred to, or proves something, comes first. */
static const struct {
    const char *reg, *file;
} lists[] = {
    {"enterprise", "demo/enterprise_qingyuan.csv"},
    {"enterprise", "demo/enterprise.csv"},
    {"thallium_enterprise", "demo/thallium_enterprise.csv"},
    {"legacy_site", "demo/legacy_site.csv"},
    {"receptor", "demo/receptor.csv"},
    {"cadmium_source", "demo/cadmium_source.csv"},
    {"park", "demo/park.csv"},
    {"tailings_pond", "demo/tailings_pond.csv"},
    {"manganese_mine", "demo/manganese_mine.csv"},
    {"manganese_plant", "demo/manganese_plant.csv"},
    {"manganese_slag_yard", "demo/manganese_slag_yard.csv"},
    {"outlet", "demo/outlet.csv"},
    {"material_flow", "demo/material_flow.csv"},
    {"inspection", "demo/inspection.csv"},
    {"sample", "demo/sample.csv"},
    {"problem", "demo/problem.csv"},
    {"inspection_item", "demo/inspection_item.csv"},
    {"progress", "demo/progress.csv"},
    {"reduction_project", "demo/reduction_project.csv"},
    {"emission_stream", "demo/emission_stream.csv"},
    {"construction_project", "demo/construction_project.csv"},
    {"quota_transfer", "demo/quota_transfer.csv"},
    {"task", "demo/task.csv"},
};

static bool import_list(struct store *store, const char *reg_name, const char *file,
                        struct error *err)
{
    struct buffer path = {0};
    struct import *import = NULL;
    const struct reg *reg = reg_find(reg_name);
    bool ok = resource_path(file, &path, err) &&
              import_open(&import, store, reg, path.text, NULL, NULL, NULL, err) &&
              import_run(import, store, false, err);
    ok = ok &&
         output_line(err, "%s：读入 %lld 行 = 新增 %lld + 变更 %lld + 相同 %lld + 拒绝 %lld",
                     reg->label, (long long)import->read, (long long)import->counts[IMPORT_NEW],
                     (long long)import->counts[IMPORT_CHANGED],
                     (long long)import->counts[IMPORT_SAME],
                     (long long)import->counts[IMPORT_REFUSED]);
    if (ok && import->counts[IMPORT_REFUSED])
        ok = error_set(err, ERROR_FORMAT, "示范数据 %s 第 %u 行：%s", file, import->rows[0].number,
                       import->rows[0].message);
    import_close(&import);
    buffer_release(&path);
    return ok;
}

static bool export_annual(struct store *store, const char *folder, struct error *err)
{
    struct report report;
    struct report_result result;
    struct report_options options = {.year = clock_today().year};
    struct buffer path = {0};
    if (!report_find("annual", &report, err))
        return false;
    buffer_addf(&path, "%s/%d年度报送.xlsx", folder, options.year);
    bool ok = report_write(&report, store, &options, path.text, &result, err);
    char *full = ok ? realpath(path.text, NULL) : NULL;
    ok = ok && output_line(err, "年报工作簿：%s", full ? full : path.text);
    free(full);
    buffer_release(&path);
    report_release(&report);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    if (!cli_parse(cli, argc, argv, NULL, 0, 1, err))
        return false;
    const char *folder = cli->argument_count ? cli->arguments[0] : "demo";
    struct buffer path = {0};
    buffer_addf(&path, "%s/taizhang.db", folder);
    cli->db = path.text;
    static const struct store_bureau bureau = {
        .pack = "qingyuan-2018,campaign-2025-2030", .region = "4418", .operator_name = "示范"};
    bool exists = access(cli->db, F_OK) == 0;
    bool ok = exists ? cli_open(cli, STORE_WRITE, err) : cli_create(cli, &bureau, err);
    for (size_t i = 0; ok && i < COUNT_OF(lists); i++)
        ok = import_list(cli->store, lists[i].reg, lists[i].file, err);
    ok = ok && export_annual(cli->store, folder, err);
    ok = ok &&
         output_line(err, "数据文件：%s\n打开工作台：%s --db %s", cli->db, cli->program, cli->db);
    store_close(&cli->store);
    buffer_release(&path);
    return ok;
}

const struct command command_demo = {
    .name = "demo",
    .usage = "[FOLDER]",
    .help = "建立示范数据并导出年报工作簿",
    .run = run,
};
