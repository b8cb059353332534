/* export: workbooks out. */
#include "cli/cli.h"
#include "cli/json.h"
#include "cli/stopping.h"
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
                         struct report_options *options, const char *path, struct error *err)
{
    struct report_result result = {0};
    struct stopping stopping;
    if (!path)
        return error_set(err, ERROR_USAGE, "请写明输出文件，例如：taizhang export %s -o 报送.xlsx",
                         report->name);
    if (!cli_open(cli, STORE_READ, err))
        return false;
    options->progress = stopping_export;
    options->context = &stopping;
    stopping_begin(&stopping);
    bool ok = report_write(report, cli->store, options, path, &result, err);
    stopping_end(&stopping);
    if (!ok)
        return false;
    if (cli->format == FORMAT_JSON)
        return result.files
                   ? output_line(err, "{\"files\":%zu}", result.files)
                   : output_line(err, "{\"rows\":%zu,\"tables\":%zu}", result.rows, result.tables);
    if (result.files)
        return output_line(err, "已导出%s：%zu 个文件，%s", report->label, result.files, path);
    return output_line(err, "已导出%s：%zu 张表，%zu 行，%s", report->label, result.tables,
                       result.rows, path);
}

/* ---- which reports there are ---- */

static void add_options(unsigned choices, bool json, struct buffer *out)
{
    const char *separator = json ? "," : " ";
    bool first = true;
    for (size_t i = 0; i < REPORT_CHOICE__COUNT; i++) {
        if (!(choices & REPORT_BIT(i)))
            continue;
        const char *quote = json ? "\"" : "";
        buffer_addf(out, "%s%s%s%s", first ? "" : separator, quote, report_choice_options[i],
                    quote);
        first = false;
    }
}

static void list_json(const struct report_list *list, struct buffer *out)
{
    buffer_add(out, "[");
    for (size_t i = 0; i < list->count; i++) {
        const struct report *report = &list->items[i];
        buffer_add(out, i ? ",\n{" : "{");
        json_text("name", report->name, out);
        json_text("label", report->label, out);
        json_text("help", report->help, out);
        json_key("options", out);
        buffer_add(out, "[");
        add_options(report->takes | report->needs, true, out);
        buffer_add_char(out, ']');
        json_key("needs", out); /* exactly one of these */
        buffer_add_char(out, '[');
        add_options(report->needs, true, out);
        buffer_add(out, "]}");
    }
    buffer_add(out, "]\n");
}

static void list_table(const struct report_list *list, struct buffer *out)
{
    enum { NAME_WIDTH = 18, LABEL_WIDTH = 26 };
    for (size_t i = 0; i < list->count; i++) {
        const struct report *report = &list->items[i];
        struct buffer options = {0};
        output_cell(report->name, NAME_WIDTH, out);
        output_cell(report->label, LABEL_WIDTH, out);
        buffer_add(out, report->help);
        add_options(report->takes | report->needs, false, &options);
        if (options.length)
            buffer_addf(out, "（%s）", options.text);
        buffer_add(out, "\n");
        buffer_release(&options);
    }
    buffer_add(
        out,
        "清单名（taizhang schema 列出）也可导出，例如 taizhang export enterprise -o 企业.xlsx\n");
    if (list->faults.length)
        buffer_addf(out, "以下版式文件读不出来，改正以前不能用：\n%s", list->faults.text);
}

/* A layout file that cannot be read is a finding. */
static bool list_reports(const struct cli *cli, enum status *status, struct error *err)
{
    struct report_list list;
    struct buffer out = {0};
    report_list_read(&list);
    if (cli->format == FORMAT_JSON)
        list_json(&list, &out);
    else
        list_table(&list, &out);
    if (list.faults.length)
        *status = STATUS_FINDINGS;
    bool ok = output_write(&out, err);
    buffer_release(&out);
    report_list_release(&list);
    return ok;
}

static bool run_export(struct cli *cli, int argc, char **argv, enum status *status,
                       struct error *err)
{
    const char *year = NULL, *half = NULL, *path = NULL;
    struct report_options options = {0};
    bool list = false;
    struct option known[REPORT_CHOICE__COUNT + 7] = {
        {.name = "--list", .flag = &list},
        {.name = "--year", .value = &year},
        {.name = "--half", .value = &half},
        {.name = "--public", .flag = &options.publish},
        {.name = "--sheet", .value = &options.table},
        {.name = "-o", .value = &path},
    };
    for (size_t i = 0; i < REPORT_CHOICE__COUNT; i++)
        known[6 + i] =
            (struct option){.name = report_choice_options[i], .value = &options.choices[i]};
    struct report report = {0};
    struct buffer period = {0};
    if (!cli_parse(cli, argc, argv, known, 0, 1, err))
        return false;
    if (list)
        return list_reports(cli, status, err);
    if (cli->argument_count == 0)
        return error_set(err, ERROR_USAGE, "请写导出哪一种，taizhang export --list 列出全部");
    bool ok = report_find(cli->arguments[0], &report, err) &&
              read_number(year, 2000, 2199, &options.year, err) &&
              read_half(&report, half, &options, &period, err) &&
              write_report(cli, &report, &options, path, err);
    buffer_release(&period);
    report_release(&report);
    return ok;
}

const struct command command_export = {
    .name = "export",
    .usage = "--list | REPORT [--year Y [--half 1]] [--period P] [--as-of DATE] [--where EXPR] "
             "[--columns A,B] [--public] [--sheet S] [--enterprise E | --inspection I | --object O "
             "| --problem P | --register R] "
             "-o FILE",
    .help = "导出报送表（--list 列出全部，各取哪些选项）或清单",
    .run = run_export,
};
