#include "exports/report.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/resource.h"
#include "exports/file.h"
#include "exports/layout.h"
#include "exports/layout_report.h"
#include "exports/reports/reports.h"
#include "exports/reports/revision.h"
#include "exports/run.h"
#include "exports/settle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LAYOUT_SUFFIX ".csv"

/* ---- which there are ---- */

static const struct report *find_filing(const char *name)
{
    for (size_t i = 0; i < filing_report_count; i++)
        if (strcmp(filing_reports[i]->name, name) == 0)
            return filing_reports[i];
    return NULL;
}

/* Whether the report of a layout file may have the name that it has. */
static bool check_name(const struct report_list *list, const struct report *report,
                       const char *file, struct error *err)
{
    bool taken = find_filing(report->name) || reg_find(report->name);
    for (size_t i = 0; i < list->count; i++)
        taken = taken || strcmp(list->items[i].name, report->name) == 0;
    return !taken || error_set(err, ERROR_FORMAT,
                               "版式文件 layouts/%s：已有名为“%s”的报表或清单，请换一个名称", file,
                               report->name);
}

static void add_layout(struct report_list *list, const char *file)
{
    struct report report;
    struct error err = {0};
    bool good = layout_report_read(file, &report, &err);
    if (good && report.name && check_name(list, &report, file, &err)) {
        list->items = mem_grow(list->items, list->count, &list->capacity, sizeof *list->items);
        list->items[list->count++] = report;
        return;
    }
    if (err.code)
        buffer_addf(&list->faults, "%s\n", err.message);
    report_release(&report);
}

/* Calls `take` for every layout file until it returns false. */
static void each_layout(bool (*take)(void *context, const char *file), void *context)
{
    struct buffer files = {0};
    char *rest;
    resource_entries("layouts", &files);
    char *names = buffer_take(&files);
    for (char *name = strtok_r(names, "\n", &rest); name; name = strtok_r(NULL, "\n", &rest))
        if (text_ends_with(name, LAYOUT_SUFFIX) && !take(context, name))
            break;
    free(names);
}

static bool list_layout(void *context, const char *file)
{
    add_layout(context, file);
    return true;
}

void report_list_read(struct report_list *list)
{
    *list = (struct report_list){.count = 0};
    each_layout(list_layout, list);
    for (size_t i = 0; i < filing_report_count; i++) {
        list->items = mem_grow(list->items, list->count, &list->capacity, sizeof *list->items);
        list->items[list->count++] = *filing_reports[i];
    }
}

void report_list_release(struct report_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        report_release(&list->items[i]);
    free(list->items);
    buffer_release(&list->faults);
    *list = (struct report_list){.count = 0};
}

void report_release(struct report *report)
{
    layout_report_release(report);
}

/* ---- finding one ---- */

/* A layout file of that name that makes no report: of a former version, or only a part of one. */
static bool refuse_part(const char *name, struct error *err)
{
    return error_set(err, ERROR_USAGE,
                     "版式文件 layouts/%s.csv 没有“报表”一行，不能导出；请照程序自带的版式文件补上",
                     name);
}

static bool refuse_name(const char *name, struct error *err)
{
    struct buffer names = {0};
    struct report_list list;
    report_list_read(&list);
    for (size_t i = 0; i < list.count; i++)
        buffer_addf(&names, "%s%s（%s）", names.length ? "、" : "", list.items[i].name,
                    list.items[i].label);
    for (size_t i = 0; i < register_count; i++)
        buffer_addf(&names, "、%s", registers[i]->name);
    error_set(err, ERROR_USAGE, "没有名为“%s”的报表，可以导出的有：%s", name, buffer_text(&names));
    report_list_release(&list);
    buffer_release(&names);
    return false;
}

struct search {
    const char *name;
    struct report *report;
    struct error *err;
    bool met, good;
    bool is_part; /* a file is called so, but is no report */
};

static bool look_at_layout(void *context, const char *file)
{
    struct search *search = context;
    struct error reason = {0};
    bool good = layout_report_read(file, search->report, &reason);
    const size_t length = strlen(search->name);
    search->is_part |= good && !search->report->name && strncmp(file, search->name, length) == 0 &&
                       strcmp(file + length, LAYOUT_SUFFIX) == 0;
    search->met = search->report->name && strcmp(search->report->name, search->name) == 0;
    search->good = search->met && good;
    if (search->met && !good && search->err)
        *search->err = reason;
    if (!search->good)
        report_release(search->report);
    return !search->met;
}

bool report_find(const char *name, struct report *report, struct error *err)
{
    const struct report *filing = find_filing(name);
    const struct reg *reg = reg_find(name);
    struct search search = {.name = name, .report = report, .err = err};
    *report = filing ? *filing : reg ? report_register_list : (struct report){0};
    if (reg && !filing) {
        report->name = reg->name;
        report->label = reg->title;
        report->help = reg->help;
        report->reg = reg;
    }
    if (filing || reg)
        return true;
    each_layout(look_at_layout, &search);
    if (search.met)
        return search.good;
    return search.is_part ? refuse_part(name, err) : refuse_name(name, err);
}

const char *const report_choice_options[REPORT_CHOICE__COUNT] = {
    [REPORT_WHERE] = "--where",       [REPORT_COLUMNS] = "--columns",
    [REPORT_PERIOD] = "--period",     [REPORT_AS_OF] = "--as-of",
    [REPORT_REGISTER] = "--register", [REPORT_ENTERPRISE] = "--enterprise",
    [REPORT_PROBLEM] = "--problem",   [REPORT_INSPECTION] = "--inspection",
    [REPORT_OBJECT] = "--object",
};

const char *const report_choice_registers[REPORT_CHOICE__COUNT] = {
    [REPORT_ENTERPRISE] = "enterprise",
    [REPORT_PROBLEM] = "problem",
    [REPORT_INSPECTION] = "inspection",
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

bool report_is_public(const struct report *report)
{
    return report->layout && report->layout->is_public;
}

static bool check_options(const struct report *report, const struct report_options *options,
                          struct error *err)
{
    if (!check_choices(report, options, err))
        return false;
    if (options->publish && !report->reg && !report_is_public(report))
        return error_set(err, ERROR_USAGE,
                         "%s不是公布用的，没有去掉不公布内容的写法，请去掉 --public",
                         report->label);
    if (options->year && (options->year < 1900 || options->year > 2199))
        return error_set(err, ERROR_USAGE, "年度应是 1900 到 2199 之间的年份，不能是 %d",
                         options->year);
    return true;
}

int64_t report_created(void)
{
    enum { DAY = 24 * 60 * 60 };
    return (int64_t)date_to_days(clock_today()) * DAY;
}

bool report_check_target(const struct store *store, const char *path, struct error *err)
{
    if (store_is_at(store, path))
        return error_set(err, ERROR_REFUSED, "“%s”就是正在使用的数据文件，请换一个文件名", path);
    return file_check_target(path, err);
}

bool report_write(const struct report *report, struct store *store,
                  const struct report_options *options, const char *path,
                  struct report_result *result, struct error *err)
{
    *result = (struct report_result){0};
    size_t tables = 1;
    if (path && (!report_check_target(store, path, err) || !settle_target(store, path, err)))
        return false;
    if (report->write_file)
        return check_options(report, options, err) &&
               report->write_file(report, store, options, path, result, err);
    if (!check_options(report, options, err) ||
        (report->count_tables && !report->count_tables(&tables, err)))
        return false;
    if (report->layout)
        tables = layout_count_tables(report->layout);
    struct run run;
    struct sink *sink;
    struct buffer bureau = {0};
    run_init(&run, store, options, NULL, result);
    run_fill(&run, "{填报单位}", &bureau);
    struct sink_options sink_options = {
        .created = report_created(),
        .title = report->label,
        .author = buffer_text(&bureau),
        .tables = tables + (options->revision != NULL),
        .only = options->table,
        .proof = options->proof,
    };
    bool ok = sink_open(&sink, path, &sink_options, err);
    run.sink = sink;
    if (ok && report->write(report, store, options, sink, result, err) &&
        (!options->revision || revision_write(&run, options->revision, err)))
        ok = sink_commit(&sink, err);
    else if (ok) {
        sink_abort(&sink);
        ok = false;
    }
    buffer_release(&bureau);
    return ok;
}

struct period report_propose_period(const struct report *report, struct date today)
{
    enum { LAST_MONTH_OF_FILING = 6 };
    if (report->months)
        return period_of_month(today.year, today.month - 1, report->months);
    return period_of_month(today.month <= LAST_MONTH_OF_FILING ? today.year - 1 : today.year, 0,
                           12);
}
