/* The filing reports in the order of the menus. Each is a file of exports/reports/. */
#include "exports/reports/reports.h"

const struct report *const filing_reports[] = {
    &report_annual,
    &report_inspection_form,
    &report_balance,
    &report_quota,
    &report_reduction,
    &report_dispatch,
    &report_case_folder,
    &report_template,
};

const size_t filing_report_count = COUNT_OF(filing_reports);
