/* account.h - the quota accounts of the file (core/account.h): what each source still holds on a
 * day, how it came to that, and what a construction project still lacks. */
#ifndef TAIZHANG_DB_ACCOUNT_H
#define TAIZHANG_DB_ACCOUNT_H

#include "core/account.h"
#include "db/store.h"

/* One reduction project. */
struct account_balance {
    char id[RECORD_ID_SIZE];
    char *name, *enterprise;        /* owned; "" where there is none */
    char credit_on[DATE_TEXT_SIZE]; /* from when it may be used; "" not yet */
    struct loads credited, transferred, remaining;
};

struct account_balances {
    struct account_balance *items; /* owned; by name */
    size_t count, capacity;
    struct loads credited, transferred, remaining; /* sums over all of them */
    struct loads outside; /* 外地调入: transferred without a source here */
};

/* What the sources hold at the end of day `on` (account_end: when all that is entered has
 * happened); `source` is an id, NULL: all. `list` is initialised in every case. */
bool account_balances_load(struct account_balances *list, struct store *store, struct date on,
                           const char *source, struct error *err);
void account_balances_release(struct account_balances *list);

/* A line of a source's statement. */
struct account_line {
    struct entry entry;
    int sign;             /* 1: in, -1: out */
    char *paper;          /* number of the paper; owned */
    char *other;          /* from or to whom; owned */
    struct loads balance; /* after it */
};

struct account_statement {
    char id[RECORD_ID_SIZE];
    char *name; /* owned */
    enum credit_flaw flaw;
    struct account_line *lines; /* owned; in the order of the days */
    size_t count;
};

/* `statement` is initialised in every case. ERROR_MISSING when there is no such reduction project.
 */
bool account_statement_load(struct account_statement *statement, struct store *store,
                            const char *source, struct error *err);
void account_statement_release(struct account_statement *statement);

/* A transfer to a project. */
struct account_use {
    char transfer[RECORD_ID_SIZE], source[RECORD_ID_SIZE]; /* source "": from outside */
    char *case_no, *name, *enterprise; /* of the transfer; of its source; owned */
    char on[DATE_TEXT_SIZE];
    bool voided;                         /* and not counted on the day that was asked about */
    struct loads transferred, remaining; /* what its source still holds; of one outside nothing */
};

struct account_project {
    char id[RECORD_ID_SIZE];
    char *name, *owner; /* owned */
    bool exempt, has_ratio;
    int64_t ratio; /* at RATIO_SCALE */
    struct loads required, covered, shortage;
    struct loads promised;    /* what its replacement plan says of its sources */
    struct account_use *uses; /* owned; oldest first */
    size_t use_count, use_capacity;
};

/* What project `id` must replace, whatever the day, and got until the end of day `on`. */
bool account_project_load(struct account_project *project, struct store *store, const char *id,
                          struct date on, struct error *err);
void account_project_release(struct account_project *project);

struct account_projects {
    struct account_project *items; /* owned; in the order of the register */
    size_t count;
};

/* The same of all construction projects. `list` is initialised in every case. */
bool account_projects_load(struct account_projects *list, struct store *store, struct date on,
                           struct error *err);
void account_projects_release(struct account_projects *list);

#endif
