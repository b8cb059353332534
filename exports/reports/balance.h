/* balance.h - what the parts of the thallium balance share. Private to this folder. */
#ifndef TAIZHANG_EXPORTS_REPORTS_BALANCE_H
#define TAIZHANG_EXPORTS_REPORTS_BALANCE_H

#include "db/balance.h"
#include "exports/layout.h"

enum { BALANCE_SHOWN_SCALE = 3 }; /* decimals of a kg that are printed: to the gram */

struct balance_report {
    struct run run;
    struct layout layout;
    struct period period;
    struct id_list enterprises; /* in the order in which they are printed */
    struct id_list rows;        /* of all of them */
    struct balance *balances;   /* of each; owned */
    size_t count;
};

/* What a person calls enterprise `index`. Appends. */
void balance_report_name(const struct balance_report *report, size_t index, struct buffer *out);

/* A mass as it is printed. */
int64_t balance_report_grams(int64_t kg);

/* Writes the page of one enterprise: table, chart, what is missing, how it was worked out. */
bool balance_report_page(struct balance_report *report, size_t index, struct error *err);

/* Writes the page 去向 with a chart and the table 去向明细: the chain of db/trace.h. */
bool balance_report_trace(struct balance_report *report, struct error *err);

#endif
