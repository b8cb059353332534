/* run.h - what the parts of a report share while it is written: the store, the sink, the year, and
 * how far it is. Private to exports/. */
#ifndef TAIZHANG_EXPORTS_RUN_H
#define TAIZHANG_EXPORTS_RUN_H

#include "core/period.h"
#include "exports/report.h"

/* What a report that is due before its period ends tells of: what came until a day, and what came
 * after the report before had been closed. Days as stored, "2026-06-20"; `until` is "" when the
 * report is of no such kind. */
struct run_cut {
    struct period period;
    char from[DATE_TEXT_SIZE];   /* its first day */
    char until[DATE_TEXT_SIZE];  /* the last day told */
    char former[DATE_TEXT_SIZE]; /* the last day told by the report before */
};

struct layout;
struct run;

/* What several sheets of a workbook show is worked out once, by the first of them. */
struct run_work {
    size_t size; /* of the result, which begins as zeroes */
    bool (*take)(void *result, struct run *run, const struct layout *layout, struct error *err);
    void (*release)(void *result);
};

struct run_shared {
    const struct run_work *work;
    void *result; /* owned */
};

struct run {
    struct store *store;
    const struct report_options *options;
    struct sink *sink;
    struct report_result *result;
    struct check_context context; /* today, lookup, the bureau's own region */
    int year;                     /* never 0 */
    struct run_cut cut;
    size_t done, total;        /* records looked at */
    struct run_shared *shared; /* owned */
    size_t shared_count, shared_capacity;
};

void run_init(struct run *run, struct store *store, const struct report_options *options,
              struct sink *sink, struct report_result *result);

/* Forgets what sheets shared. */
void run_release(struct run *run);

/* What `work` gives for the workbook of `layout`; stays until run_release. NULL: it failed. */
const void *run_share(struct run *run, const struct run_work *work, const struct layout *layout,
                      struct error *err);

/* The last day that counts: the cut-off day; without one the end of the year, of the present year
 * today. */
struct date run_last_day(const struct run *run);

/* One record more; tells the caller now and then. False with ERROR_CANCELLED. */
bool run_step(struct run *run, struct error *err);

/* Tells whoever asks (report_options.filed) that the report shows this record with these columns.
 */
void run_note_shown(const struct run *run, const struct record *record, const bool *shown);

/* The same of a record that stands only in cells of another one. */
void run_note_within(const struct run *run, const struct record *record, const bool *shown);

/* Whether `text` has nothing in braces but what run_fill knows; the error lists it. */
bool run_check_placeholders(const char *text, struct error *err);

/* Appends `text` with its placeholders ({年度}, {填报单位} …: run.c) filled. */
void run_fill(const struct run *run, const char *text, struct buffer *out);

#endif
