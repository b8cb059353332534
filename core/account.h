/* account.h - the quota accounts: each paper moves kilograms from one account to another, so that
 * every debit has its credit and all accounts together are zero on any day.
 *
 *     核定减排 → a reduction project (source) → a construction project → 需求
 *                              外地调入 ↗
 *
 * A source is credited with its cut once that is verified, a transfer moves quota from the source
 * (or from outside) to a project, voiding moves it back from its own day on, and a project that is
 * not exempt is debited what it must replace from its quota opinion on.
 *
 * Sources: 吉环固体字〔2022〕12号 二, 三, 四, 五, 六（二）（三）. */
#ifndef TAIZHANG_CORE_ACCOUNT_H
#define TAIZHANG_CORE_ACCOUNT_H

#include "core/registers/loads.h"

/* Five metals and their sum, in kg/a at LOAD_SCALE. */
struct loads {
    int64_t kg[LOAD_FIELD_COUNT];
    bool named[LOAD_FIELD_COUNT]; /* whether the record says it; else kg is 0 */
};

/* "Pb" … "As", "total": for programs. */
extern const char *const loads_keys[LOAD_FIELD_COUNT];

/* "铅" … "砷", "合计". */
const char *loads_name(size_t i);

void loads_read(const struct record *record, const struct load_group *group, struct loads *loads);

/* Adds `sign` (1 or -1) times `loads`; what does not fit stays at the limit. */
void loads_add(struct loads *sum, const struct loads *loads, int sign);

bool loads_equal(const struct loads *a, const struct loads *b);

/* ---- entries ---- */

enum account_kind {
    ACCOUNT_ORIGIN,  /* 核定减排: owes what the sources were credited with */
    ACCOUNT_OUTSIDE, /* 外地调入: owes what came from sources that stand in no list here */
    ACCOUNT_SOURCE,  /* a reduction project */
    ACCOUNT_PROJECT, /* a construction project; below zero while it lacks sources */
    ACCOUNT_DEMAND,  /* 需求: holds what the projects must replace */
};

struct account {
    enum account_kind kind;
    char id[RECORD_ID_SIZE]; /* of the project; "" of the other accounts */
};

/* `id` may be NULL. */
struct account account_of(enum account_kind kind, const char *id);

enum entry_kind { ENTRY_CREDIT, ENTRY_TRANSFER, ENTRY_VOIDING, ENTRY_DEMAND };

/* "核定" "转让" "作废" "需求" */
const char *entry_name(enum entry_kind kind);

struct entry {
    enum entry_kind kind;
    struct date on; /* year 0: of no known day, counts from the beginning */
    struct account from, to;
    struct loads loads;
    char record[RECORD_ID_SIZE]; /* the paper: id of a record of the register that `kind` implies */
};

enum { ACCOUNT_MOST_ENTRIES = 2 };

/* What a record of one of the three registers books; returns how many entries. A deleted one books
 * nothing. */
size_t account_write(const struct record *record, struct entry entries[ACCOUNT_MOST_ENTRIES]);

/* Behind every day. */
extern const struct date account_end;

/* ---- what decides ---- */

/* Why the cut of a reduction project is no source. */
enum credit_flaw {
    CREDIT_SOUND,
    CREDIT_OTHER_LINE, /* not of a line of a key industry: 12号 三, last paragraph */
    CREDIT_NO_BASIS,   /* nobody says how it was worked out */
    CREDIT_MISFIT, /* worked out in a way that its permit does not allow: 12号 三（一）（二） */
    CREDIT_UNVERIFIED, /* not verified yet: 12号 六（二） */
    CREDIT_NO_CUT,     /* it cuts nothing */
};

/* From which day the cut may be used: the day of its verification, else of its entry in the
 * reduction ledger, which the bureau keeps. Without a day (year 0) the flaw says why not. */
enum credit_flaw account_credit(const struct record *reduction, struct date *from);

/* Whether the way in which the cut was worked out is one that the permit allows: the first two for
 * who holds one, the last two for who does not. True where one of them is empty. */
bool account_basis_fits(const struct record *reduction);

/* Whether nothing need be replaced: exempted by one of the two kinds, and of the use of waste all
 * five conditions are met (12号 五). */
bool account_is_exempt(const struct record *project);

/* What it must replace, zero of an exempt project, less what it got; never below zero. */
void account_shortage(const struct record *project, const struct loads *covered,
                      struct loads *required, struct loads *shortage);

/* ---- books ---- */

/* Entries in the order in which they were added. Starts as {0}. */
struct book {
    struct entry *entries; /* owned */
    size_t count, capacity;
};

void book_release(struct book *book);
void book_add(struct book *book, const struct record *record);
void book_copy(struct book *to, const struct book *from); /* `to` is initialised by it */

/* Names of the fields of a quota_transfer that account_write looks at, NULL-terminated. */
extern const char *const account_transfer_fields[];

/* Adds the transfers whose reference field `by` ("source", "project") is `id`, but for `except` (a
 * transfer's id, "" none); returns how many there are. Looks at quota_transfer. */
size_t book_add_transfers(struct book *book, const struct check_context *context, const char *by,
                          const char *id, const char *except);

/* By day, those of one day as the papers follow from each other. */
void book_sort(struct book *book);

/* What `entry` does to the account: 1 brings, -1 takes, 0 nothing. */
int entry_sign(const struct entry *entry, const struct account *account);

/* What the account holds at the end of day `on`; `named` tells of each metal whether any of its
 * entries names it. */
void book_balance(const struct book *book, const struct account *account, struct date on,
                  struct loads *balance);

/* Where a source falls below zero. */
struct shortfall {
    struct date on;  /* the first such day */
    size_t metal;    /* index into struct loads; the sum where that falls short */
    int64_t balance; /* below zero */
};

/* Whether the account falls below zero on any day: in the sum, or in a metal that its credit names.
 * With `former` (NULL: none) only where it falls below what it was in those books: who mends a file
 * step by step may. */
bool book_falls_short(const struct book *book, const struct book *former,
                      const struct account *account, struct shortfall *shortfall);

#endif
