/* report.h - what can be exported: the filing workbooks, and every register as a plain list.
 *
 * Reports stand in exports/reports/, one file each, and are listed in exports/reports.c. A register
 * is a report by its own name ("enterprise"). */
#ifndef TAIZHANG_EXPORTS_REPORT_H
#define TAIZHANG_EXPORTS_REPORT_H

#include "db/query.h"
#include "exports/sink.h"

/* What a report may be asked beside the year, each as a person types it. */
enum report_choice {
    REPORT_WHERE,      /* only these records, as `list --where` takes them */
    REPORT_COLUMNS,    /* field names separated by commas */
    REPORT_PERIOD,     /* "2025", "2025H1", "2025Q3", "2025-07" */
    REPORT_AS_OF,      /* a day: the counts as they were at its end */
    REPORT_REGISTER,   /* name of a register */
    REPORT_ENTERPRISE, /* of one enterprise only */
    REPORT_PROBLEM,    /* the problem that it is about */
    REPORT_INSPECTION, /* the inspection that it is about */
    REPORT_OBJECT,     /* the object that it is about */
    REPORT_CHOICE__COUNT,
};

/* How the command line calls each: "--where". */
extern const char *const report_choice_options[REPORT_CHOICE__COUNT];

#define REPORT_BIT(CHOICE) (1u << (CHOICE))

struct report_options {
    int year;                                  /* reporting year of a filing; 0: the present one */
    const char *choices[REPORT_CHOICE__COUNT]; /* NULL where nothing is asked */
    const struct id_list *only; /* of a register's list: exactly these, in this order; NULL: all */
    bool publish;               /* leave out what no published list may show */
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
    /* In its place, what is no document of the sink: writes `path` itself, whole or not at all. */
    bool (*write_file)(const struct report *report, struct store *store,
                       const struct report_options *options, const char *path,
                       struct report_result *result, struct error *err);
    const struct reg *reg; /* of a register's list; NULL else */
    unsigned takes;        /* REPORT_BIT of each choice that it takes */
    unsigned needs;        /* of these exactly one must be made; 0: none */
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
