/* run.h - what the parts of a report share while it is written: the store, the sink, the year, and
 * how far it is. Private to this folder. */
#ifndef TAIZHANG_EXPORTS_RUN_H
#define TAIZHANG_EXPORTS_RUN_H

#include "exports/report.h"

struct run {
    struct store *store;
    const struct report_options *options;
    struct sink *sink;
    struct report_result *result;
    struct check_context context; /* today, lookup, the bureau's own region */
    int year;                     /* never 0 */
    size_t done, total;           /* records looked at */
};

void run_init(struct run *run, struct store *store, const struct report_options *options,
              struct sink *sink, struct report_result *result);

/* One record more; tells the caller now and then. False with ERROR_CANCELLED. */
bool run_step(struct run *run, struct error *err);

/* What may stand in braces in the texts of a layout: {年度} {核算期} {地区} {填报单位} {填表人}
 * {填报日期}.
 */
bool run_knows_placeholders(const char *text);

/* Appends `text` with its placeholders filled. */
void run_fill(const struct run *run, const char *text, struct buffer *out);

#endif
