/* report.h - what can be exported: the filing workbooks, and every register as a plain list.
 *
 * A layout file with a row 报表 is a report; what is no workbook of sheets that a layout could list
 * is a file of exports/reports/ and stands in exports/reports.c. A register is a report by its own
 * name ("enterprise"). */
#ifndef TAIZHANG_EXPORTS_REPORT_H
#define TAIZHANG_EXPORTS_REPORT_H

#include "core/date.h"
#include "core/period.h"
#include "db/filing.h"
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

/* The register of which a record is chosen; NULL where it is something else. */
extern const char *const report_choice_registers[REPORT_CHOICE__COUNT];

#define REPORT_BIT(CHOICE) (1u << (CHOICE))

struct report_options {
    int year;                                  /* reporting year of a filing; 0: the present one */
    const char *choices[REPORT_CHOICE__COUNT]; /* NULL where nothing is asked */
    const struct id_list *only; /* of a register's list: exactly these, in this order; NULL: all */
    bool publish;               /* leave out what no published list may show */
    const char *table; /* name of the one table that a .csv takes; NULL: there is only one */
    struct filing_rows *filed; /* gets the records shown and what their columns show; NULL: nobody
                                  asks */
    struct proof *proof;       /* as in struct sink_options */
    const struct report_revision *revision; /* adds the sheet 修订说明; NULL: there is none */
    /* Called now and then; returning false cancels (ERROR_CANCELLED, the target stays as it was).
     */
    bool (*progress)(void *context, size_t done, size_t total);
    void *context;
};

/* What has become of the figures of the filing before. */
struct report_revision {
    const char *since; /* "BS-441802-2026-0001（2025 年报）" */
    const struct filing_comparison *changes;
};

struct report_result {
    size_t rows;   /* data rows written, over all tables */
    size_t tables; /* tables and pages */
    size_t files;  /* in an archive; 0: it is one document */
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
    int months;            /* of the period that it is always about: 6, 3, 1; 0: it is not so */
    unsigned takes;        /* REPORT_BIT of each choice that it takes */
    unsigned needs;        /* of these exactly one must be made; 0: none */
    struct layout *layout; /* of a report that is a layout file: what it says; owned. NULL else */
};

/* Finds a filing report, a register or a layout file's report by name and fills `report`, which
 * must be released. ERROR_USAGE lists the names; of a layout file that cannot be read the error
 * says why.
 */
bool report_find(const char *name, struct report *report, struct error *err);
void report_release(struct report *report);

/* Whether whatever it writes is for everybody: of a layout with 公布. */
bool report_is_public(const struct report *report);

/* All filing reports in the order of the menus: those of layout files, by the names of the files
 * (the program's own first), then those of exports/reports.c. */
struct report_list {
    struct report *items; /* owned */
    size_t count, capacity;
    struct buffer faults; /* a line for each layout file that is no report for a reason */
};

void report_list_read(struct report_list *list);
void report_list_release(struct report_list *list);

/* Whether a report could be put at `path`: not the data file, whatever name leads there, but
 * nothing or a file that may be written. */
bool report_check_target(const struct store *store, const char *path, struct error *err);

/* Writes the report to `path` (.xlsx, .csv, .json by suffix); an existing file is replaced only
 * when all went well. NULL writes nowhere: only `filed` and the result are wanted. */
bool report_write(const struct report *report, struct store *store,
                  const struct report_options *options, const char *path,
                  struct report_result *result, struct error *err);

/* What the report is proposed for on that day: the period of its length (`months`) with this day in
 * it; else the year, up to June the one before, which is due then. */
struct period report_propose_period(const struct report *report, struct date today);

/* The time that a file says it was made at: the day begins, so that the same data give the same
 * bytes all day long. */
int64_t report_created(void);

#endif
