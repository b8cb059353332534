/* The annual workbook: cover, summary, the lists of the layout file, and what the check found. */
#include "exports/reports/annual.h"
#include "exports/reports/reports.h"

#define LAYOUT "layouts/annual.csv"

enum { PASSES = 4 }; /* over each list: summary, table, findings, what is missing */

static bool count_tables(size_t *count, struct error *err)
{
    bool ok = layout_count_sheets(LAYOUT, count, err);
    *count += 1; /* the findings are a table too */
    return ok;
}

static bool write(const struct report *report, struct store *store,
                  const struct report_options *options, struct sink *sink,
                  struct report_result *result, struct error *err)
{
    (void)report;
    struct run run;
    struct layout layout;
    run_init(&run, store, options, sink, result);
    bool ok =
        layout_read(&layout, LAYOUT, err) && layout_count_records(&layout, store, &run.total, err);
    run.total *= PASSES;
    if (ok)
        annual_write_cover(&layout, &run);
    ok = ok && annual_write_summary(&layout, &run, err) &&
         layout_write_sheets(&layout, &run, err) && annual_write_findings(&layout, &run, err);
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
