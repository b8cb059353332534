/* reports.h - the reports of this folder, one constant a file. */
#ifndef TAIZHANG_EXPORTS_REPORTS_REPORTS_H
#define TAIZHANG_EXPORTS_REPORTS_REPORTS_H

#include "exports/report.h"

extern const struct report report_balance;
extern const struct report report_case_folder;
extern const struct report report_inspection_form;
extern const struct report report_template;

/* All of them, in the order of the menus (exports/reports.c). */
extern const struct report *const filing_reports[];
extern const size_t filing_report_count;

/* The list of a register: what report_find gives for a register's name, but for its names. */
extern const struct report report_register_list;

#endif
