/* What can be exported and is no workbook of sheets that a layout could list: each a file of
 * exports/reports/. */
#include "exports/reports/reports.h"

const struct report *const filing_reports[] = {
    &report_inspection_form,
    &report_balance,
    &report_case_folder,
    &report_template,
};

const size_t filing_report_count = COUNT_OF(filing_reports);
