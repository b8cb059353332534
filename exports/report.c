#include "exports/report.h"

#include "core/text.h"
#include "db/clock.h"
#include "exports/reports/reports.h"
#include "exports/run.h"

#include <stdio.h>
#include <string.h>

const struct report *report_at(size_t n)
{
    return n < filing_report_count ? filing_reports[n] : NULL;
}

static bool refuse_name(const char *name, struct error *err)
{
    struct buffer names = {0};
    for (size_t i = 0; i < filing_report_count; i++)
        buffer_addf(&names, "%s%s（%s）", names.length ? "、" : "", filing_reports[i]->name,
                    filing_reports[i]->label);
    for (size_t i = 0; i < register_count; i++)
        buffer_addf(&names, "%s%s", names.length ? "、" : "", registers[i]->name);
    error_set(err, ERROR_USAGE, "没有名为“%s”的报表，可以导出的有：%s", name, buffer_text(&names));
    buffer_release(&names);
    return false;
}

bool report_find(const char *name, struct report *report, struct error *err)
{
    for (size_t i = 0; i < filing_report_count; i++) {
        if (strcmp(filing_reports[i]->name, name) == 0) {
            *report = *filing_reports[i];
            return true;
        }
    }
    const struct reg *reg = reg_find(name);
    if (!reg)
        return refuse_name(name, err);
    *report = report_register_list;
    report->name = reg->name;
    report->label = reg->title;
    report->help = reg->help;
    report->reg = reg;
    return true;
}

/* What only a register's list can do is not silently left out of a filing. */
static bool check_options(const struct report *report, const struct report_options *options,
                          struct error *err)
{
    if (!report->reg && (options->where || options->columns))
        return error_set(err, ERROR_USAGE,
                         "%s的内容由版式文件决定，不能再筛选或选列；请导出单个清单，或修改版式文件",
                         report->label);
    if (!report->of_one && (options->inspection || options->object))
        return error_set(err, ERROR_USAGE, "%s不是一个对象的表，请去掉 --inspection 和 --object",
                         report->label);
    if (!report->by_period && (options->enterprise || options->period))
        return error_set(err, ERROR_USAGE,
                         "%s不按企业和核算期导出，请去掉 --enterprise 和 --period", report->label);
    if (report->of_whole_year && options->half)
        return error_set(err, ERROR_USAGE, "%s按全年填报，没有半年的，请去掉 --half",
                         report->label);
    if (report->of_one && !options->inspection == !options->object)
        return error_set(err, ERROR_USAGE,
                         "请写明%s是哪一次检查的（--inspection 检查编号），"
                         "或给哪个对象印空白的（--object 名称），两个只写一个",
                         report->label);
    if (options->year && (options->year < 1900 || options->year > 2199))
        return error_set(err, ERROR_USAGE, "年度应是 1900 到 2199 之间的年份，不能是 %d",
                         options->year);
    return true;
}

/* The file carries the time on the clock, so that TAIZHANG_NOW gives equal bytes. */
static int64_t created_now(void)
{
    char now[CLOCK_TEXT_SIZE];
    int hour = 0, minute = 0, second = 0;
    clock_now(now);
    sscanf(now + 11, "%2d:%2d:%2d", &hour, &minute, &second);
    return ((int64_t)date_to_days(clock_today()) * 24 + hour) * 3600 + minute * 60 + second;
}

bool report_write(const struct report *report, struct store *store,
                  const struct report_options *options, const char *path,
                  struct report_result *result, struct error *err)
{
    *result = (struct report_result){0};
    size_t tables = 1;
    if (store_is_at(store, path))
        return error_set(err, ERROR_REFUSED, "“%s”就是正在使用的数据文件，请换一个文件名", path);
    if (!check_options(report, options, err) ||
        (report->count_tables && !report->count_tables(&tables, err)))
        return false;
    struct run run;
    struct sink *sink;
    struct buffer bureau = {0};
    run_init(&run, store, options, NULL, result);
    run_fill(&run, "{填报单位}", &bureau);
    struct sink_options sink_options = {
        .created = created_now(),
        .title = report->label,
        .author = buffer_text(&bureau),
        .tables = tables,
        .only = options->table,
    };
    bool ok = sink_open(&sink, path, &sink_options, err);
    if (ok && report->write(report, store, options, sink, result, err))
        ok = sink_commit(&sink, err);
    else if (ok) {
        sink_abort(&sink);
        ok = false;
    }
    buffer_release(&bureau);
    return ok;
}
