/* export: workbooks out. */
#include "cli/cli.h"
#include "exports/report.h"

#include <stdlib.h>

static bool read_number(const char *text, int least, int most, int *number, struct error *err)
{
    char *end;
    long value = text ? strtol(text, &end, 10) : 0;
    if (text && (*end || end == text || value < least || value > most))
        return error_set(err, ERROR_USAGE, "“%s”应为 %d 到 %d 的整数", text, least, most);
    *number = (int)value;
    return true;
}

/* --year 2026 --half 1 is short for --period 2026H1. */
static bool read_half(const struct report *report, const char *half, struct report_options *options,
                      struct buffer *period, struct error *err)
{
    int number;
    if (!half)
        return true;
    if (!(report->takes & REPORT_BIT(REPORT_PERIOD)))
        return error_set(err, ERROR_USAGE, "%s按全年填报，没有半年的，请去掉 --half",
                         report->label);
    if (!options->year || options->choices[REPORT_PERIOD])
        return error_set(err, ERROR_USAGE,
                         "半年报请写 --year 年度 --half 1（或 2），不写 --period");
    if (!read_number(half, 1, 2, &number, err))
        return false;
    buffer_addf(period, "%dH%d", options->year, number);
    options->choices[REPORT_PERIOD] = period->text;
    return true;
}

static bool write_report(struct cli *cli, const struct report *report,
                         const struct report_options *options, const char *path, struct error *err)
{
    struct report_result result = {0};
    if (!path)
        return error_set(err, ERROR_USAGE, "请写明输出文件，例如：taizhang export %s -o 报送.xlsx",
                         report->name);
    if (!cli_open(cli, STORE_READ, err) ||
        !report_write(report, cli->store, options, path, &result, err))
        return false;
    if (cli->format == FORMAT_JSON)
        return output_line(err, "{\"rows\":%zu,\"tables\":%zu}", result.rows, result.tables);
    return output_line(err, "已导出%s：%zu 张表，%zu 行，%s", report->label, result.tables,
                       result.rows, path);
}

static bool run_export(struct cli *cli, int argc, char **argv, enum status *status,
                       struct error *err)
{
    (void)status;
    const char *year = NULL, *half = NULL, *path = NULL;
    struct report_options options = {0};
    struct option known[REPORT_CHOICE__COUNT + 6] = {
        {.name = "--year", .value = &year},
        {.name = "--half", .value = &half},
        {.name = "--public", .flag = &options.publish},
        {.name = "--sheet", .value = &options.table},
        {.name = "-o", .value = &path},
    };
    for (size_t i = 0; i < REPORT_CHOICE__COUNT; i++)
        known[5 + i] =
            (struct option){.name = report_choice_options[i], .value = &options.choices[i]};
    struct report report;
    struct buffer period = {0};
    bool ok = cli_parse(cli, argc, argv, known, 1, 1, err) &&
              report_find(cli->arguments[0], &report, err) &&
              read_number(year, 2000, 2199, &options.year, err) &&
              read_half(&report, half, &options, &period, err) &&
              write_report(cli, &report, &options, path, err);
    buffer_release(&period);
    return ok;
}

const struct command command_export = {
    .name = "export",
    .usage = "REPORT [--year Y [--half 1]] [--public] [--inspection I | --object O] "
             "[--enterprise E] [--period P] -o FILE",
    .help = "导出：annual 为年报工作簿，inspection-form 为现场检查表，balance 为铊平衡表，quota "
            "为总量指标，reduction 为减排核算，清单名为该清单",
    .run = run_export,
};
