/* report.h - what can be exported: the filing workbooks, and every register as a plain list.
 *
 * Reports stand in exports/reports/, one file each, and are listed in exports/reports.c. A register
 * is a report by its own name ("enterprise"). */
#ifndef TAIZHANG_EXPORTS_REPORT_H
#define TAIZHANG_EXPORTS_REPORT_H

#include "db/query.h"
#include "exports/sink.h"

struct report_options {
    int year;                   /* reporting year of a filing; 0: the present one */
    int half;                   /* 1, 2: a half-year, 0: the whole year */
    const char *where;          /* of a register's list: only these records; NULL: all */
    const struct id_list *only; /* of a register's list: exactly these, in this order; NULL: all */
    bool publish;        /* of a register's list: leave out what no published list may show */
    const char *columns; /* of a register's list: field names separated by commas; NULL: all */
    const char *inspection, *object; /* of a report about one of them: which, as a person types it;
                                        NULL none */
    const char *enterprise, *period; /* of a report by period: of one enterprise only (NULL: all),
                                        and of which period ("2025Q3"; NULL: the year) */
    const char *table; /* name of the one table that a .csv takes; NULL: there is only one */
    /* Called now and then; returning false cancels (ERROR_CANCELLED, the target stays as it was).
     */
    bool (*progress)(void *context, size_t done, size_t total);
    void *context;
};

struct report_result {
    size_t rows;   /* data rows written, over all tables */
    size_t tables; /* tables and pages */
};

struct report {
    const char *name;  /* "annual" */
    const char *label; /* "年报工作簿" */
    const char *help;  /* one sentence */
    const char *file;  /* proposed file name, with %d for the year: "%d年度报送.xlsx"; NULL of a
                          register's list, which is called after its title */
    /* How many tables the report has, pages not counted; NULL: one. */
    bool (*count_tables)(size_t *count, struct error *err);
    bool (*write)(const struct report *report, struct store *store,
                  const struct report_options *options, struct sink *sink,
                  struct report_result *result, struct error *err);
    const struct reg *reg; /* of a register's list; NULL else */
    bool of_one;           /* it is about one inspection or object, which the options name */
    bool by_period;        /* it is about a period and may be about one enterprise */
    bool of_whole_year;    /* there is none of a half-year */
};

/* The n-th filing report, NULL behind the last. */
const struct report *report_at(size_t n);

/* Finds a filing report or a register by name and fills `report`. ERROR_USAGE lists the names. */
bool report_find(const char *name, struct report *report, struct error *err);

/* Writes the report to `path` (.xlsx, .csv, .json by suffix); an existing file is replaced only
 * when all went well. */
bool report_write(const struct report *report, struct store *store,
                  const struct report_options *options, const char *path,
                  struct report_result *result, struct error *err);

#endif
