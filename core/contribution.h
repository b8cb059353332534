/* contribution.h - what one project does to the emissions of its region: a reduction project cuts
 * them, a construction project adds to them.
 *
 * Sources: 桂重金属方案 三, 附表1; 滇规划 三（五）2, 附件（一） (净削减量): net cut = cuts less
 * additions. A cut counts from its completion once the bureau has verified it or entered it in the
 * reduction ledger; what is added counts from the approval of the environmental assessment. */
#ifndef TAIZHANG_CORE_CONTRIBUTION_H
#define TAIZHANG_CORE_CONTRIBUTION_H

#include "core/account.h"
#include "core/registers/loads.h"

struct contribution {
    const struct reg *reg;
    char id[RECORD_ID_SIZE];
    char enterprise[RECORD_ID_SIZE]; /* "" when it has no file yet */
    char region[8];
    int sign;           /* of what it does to the emissions: -1 cuts, 1 adds */
    bool foreign;       /* of a line outside the key industries: the targets are not about it */
    bool verified;      /* nothing is left to be confirmed about it */
    struct date done;   /* completed, approved; year 0: not yet */
    struct date due;    /* planned; year 0: nobody says */
    bool promised;      /* not done, but there is a quota opinion */
    struct loads loads; /* of the five metals and their sum */
};

/* The n-th register whose records contribute; NULL behind the last. */
const struct reg *contribution_reg(size_t n);

/* Names of the fields that contribution_read looks at, NULL-terminated. */
const char *const *contribution_fields(size_t n);

/* The field of `enterprise` in which its list tells what the records of that register add up to in
 * the year (本年减排量, 本年新增量). */
const char *contribution_listed(size_t n);

/* False for a record of another register. */
bool contribution_read(const struct record *record, struct contribution *contribution);

/* The time that a target looks at. */
struct contribution_span {
    struct date from, upto; /* what was done on these days counts, both included */
    struct date today;
    struct date end; /* by then the target is to be reached */
};

enum contribution_role {
    ROLE_NONE,       /* says nothing about the target */
    ROLE_DONE,       /* counts */
    ROLE_UNVERIFIED, /* completed; counts once it is verified */
    ROLE_COMING,     /* planned for completion by the end, or about to be approved */
    ROLE_LATE,       /* should be completed by now and is not */
    ROLE_FOREIGN,    /* would count, but is of no key industry */
    ROLE__COUNT
};

/* "已计入" … "不计" */
const char *contribution_role_name(enum contribution_role role);

/* "done", "unverified" …: for programs. */
const char *contribution_role_key(enum contribution_role role);

enum contribution_role contribution_role(const struct contribution *contribution,
                                         const struct contribution_span *span);

#endif
