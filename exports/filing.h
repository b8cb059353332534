/* filing.h - a report goes out: it is written, checked, read back and recorded, or nothing happens.
 */
#ifndef TAIZHANG_EXPORTS_FILING_H
#define TAIZHANG_EXPORTS_FILING_H

#include "core/date.h"
#include "db/filing_check.h"
#include "exports/report.h"

struct filing_request {
    const struct report *report;
    const struct report_options *options; /* year, period and as-of day follow the filing's own */
    const char *path;                     /* an .xlsx */
};

/* What blocks `filing` (its kind, period and cut-off day count) and what its reader will ask about,
 * without writing anything. `findings` is initialised by the call and must be released. */
bool filing_inspect(struct store *store, const struct filing_request *request,
                    const struct record *filing, struct filing_findings *findings,
                    struct error *err);

/* Writes the workbook, reads it back and compares every cell with what was written, records the
 * filing with the SHA-256 of the file and the figures shown, and puts the file in its place; the
 * record and the file appear together. `filing` is a record of register filing with at least kind
 * and period; what it leaves empty (recipient, dates, numbers, file, duty, which filing it
 * corrects) is filled, and it then holds the stored state. ERROR_USAGE when nobody knows who gets
 * it. When figures of the filing before have been changed
 * since, the workbook has a sheet 修订说明.
 *
 * False with ERROR_REFUSED when a finding blocks (findings->counts[SEVERITY_ERROR] > 0). Whatever
 * goes wrong, the data file, the target and its folder stay as they were. */
bool filing_make(struct store *store, const struct filing_request *request, struct record *filing,
                 struct report_result *result, struct filing_findings *findings, struct error *err);

/* Appends the file name proposed: "清城区_2025_年报_涉铊工作簿_v1.xlsx", the number counting the
 * filings of that kind and period by that report. */
bool filing_propose_name(struct store *store, const struct report *report, const char *kind,
                         const char *period, struct buffer *out, struct error *err);

/* Appends who is to get it: who got the latest filing of the kind, by the same report if there is
 * one, else the department above the bureau (of a county the city's, of a city the province's).
 * Nothing when neither is known. */
bool filing_propose_recipient(struct store *store, const struct filing_subject *subject,
                              struct buffer *out, struct error *err);

/* The day until which the figures count, of a report that is due before its period is over: today,
 * after the period its last day. False when the report is of no such kind. */
bool filing_propose_cutoff(const struct report *report, const char *period,
                           char cutoff[DATE_TEXT_SIZE]);

#endif
