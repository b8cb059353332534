/* The annual workbook: cover, summary, the lists of the layout file, and what the check found. */
#include "exports/reports/annual.h"
#include "exports/reports/reports.h"

#define LAYOUT "layouts/annual.csv"

enum { PASSES = 4 }; /* over each list: summary, table, findings, what is missing */

static bool count_tables(size_t *count, struct error *err)
{
    struct layout layout;
    bool ok = layout_read(&layout, LAYOUT, err);
    *count = layout.sheet_count + 1; /* the findings are a table too */
    layout_release(&layout);
    return ok;
}

static bool count_steps(const struct layout *layout, struct run *run, struct error *err)
{
    for (size_t i = 0; i < layout->sheet_count; i++) {
        size_t records;
        if (!listing_count(&layout->sheets[i].listing, run->store, &records, err))
            return error_prefix(err, "版式文件中表“%s”的筛选", layout->sheets[i].name);
        run->total += PASSES * records;
    }
    return true;
}

static bool write_sheets(const struct layout *layout, struct run *run, struct error *err)
{
    for (size_t i = 0; i < layout->sheet_count; i++)
        if (!layout_write_sheet(&layout->sheets[i], run, err))
            return false;
    return true;
}

static bool write(const struct report *report, struct store *store,
                  const struct report_options *options, struct sink *sink,
                  struct report_result *result, struct error *err)
{
    struct run run;
    struct layout layout;
    if (options->half)
        return error_set(err, ERROR_USAGE, "%s按全年填报，没有半年的，请去掉 --half",
                         report->label);
    run_init(&run, store, options, sink, result);
    bool ok = layout_read(&layout, LAYOUT, err) && count_steps(&layout, &run, err);
    if (ok)
        annual_write_cover(&layout, &run);
    ok = ok && annual_write_summary(&layout, &run, err) && write_sheets(&layout, &run, err) &&
         annual_write_findings(&layout, &run, err);
    layout_release(&layout);
    return ok;
}

const struct report report_annual = {
    .name = "annual",
    .label = "重金属污染防控年报工作簿",
    .help = "封面、汇总、全口径清单、涉铊企业、一矿一策、涉镉污染源、整改台账和核验结果。",
    .file = "%d年度报送.xlsx",
    .count_tables = count_tables,
    .write = write,
};
