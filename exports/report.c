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

const char *const report_choice_options[REPORT_CHOICE__COUNT] = {
    [REPORT_WHERE] = "--where",       [REPORT_COLUMNS] = "--columns",
    [REPORT_PERIOD] = "--period",     [REPORT_AS_OF] = "--as-of",
    [REPORT_REGISTER] = "--register", [REPORT_ENTERPRISE] = "--enterprise",
    [REPORT_PROBLEM] = "--problem",   [REPORT_INSPECTION] = "--inspection",
    [REPORT_OBJECT] = "--object",
};

/* Appends the options whose bits are set: "--inspection、--object". */
static void add_choices(unsigned bits, struct buffer *out)
{
    for (size_t i = 0; i < REPORT_CHOICE__COUNT; i++)
        if (bits & REPORT_BIT(i))
            buffer_addf(out, "%s%s", out->length ? "、" : "", report_choice_options[i]);
}

/* What a report cannot do is not silently left out. */
static bool check_choices(const struct report *report, const struct report_options *options,
                          struct error *err)
{
    struct buffer names = {0};
    unsigned made = 0;
    size_t needed = 0;
    bool ok = true;
    for (size_t i = 0; i < REPORT_CHOICE__COUNT; i++) {
        if (!options->choices[i])
            continue;
        made |= REPORT_BIT(i);
        needed += (report->needs & REPORT_BIT(i)) != 0;
    }
    add_choices(made & ~(report->takes | report->needs), &names);
    if (names.length)
        ok = error_set(err, ERROR_USAGE, "%s没有这样的选项，请去掉 %s", report->label, names.text);
    else if (report->needs && needed != 1) {
        add_choices(report->needs, &names);
        ok = error_set(err, ERROR_USAGE, "请用 %s 写明%s是关于哪一个的，只写其中一个", names.text,
                       report->label);
    }
    buffer_release(&names);
    return ok;
}

static bool check_options(const struct report *report, const struct report_options *options,
                          struct error *err)
{
    if (!check_choices(report, options, err))
        return false;
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
    if (report->write_file)
        return check_options(report, options, err) &&
               report->write_file(report, store, options, path, result, err);
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
