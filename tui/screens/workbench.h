/* workbench.h - what the two files of the desk share: agenda.c knows what is to be done today,
 * workbench.c shows it. */
#ifndef TAIZHANG_TUI_SCREENS_WORKBENCH_H
#define TAIZHANG_TUI_SCREENS_WORKBENCH_H

#include "db/draft.h"
#include "db/summary.h"
#include "tui/duty.h"

/* One thing to do. Enter opens its record, or else the list that it counts. */
struct item {
    char mark;
    const char *label; /* "整改逾期"; "" for a further record of the item above */
    int64_t count;
    const struct reg *reg;
    char *where;                /* of the list; NULL: only incomplete records */
    char id[RECORD_ID_SIZE];    /* of a single record, else "" */
    char *name, *detail, *more; /* what it is about, how long it has, and what else; may be NULL */
};

enum { SLOT_ITEMS = 3 };

/* Things of one kind in one register, computed together. */
struct slot {
    enum { SLOT_DUTY, SLOT_INCOMPLETE, SLOT_DRAFTS } kind;
    const struct duty *duty;
    const struct reg *reg;
    struct item items[SLOT_ITEMS];
    size_t count;
};

/* A register as the desk counts it. */
struct tally {
    const struct reg *reg;
    struct summary_counts counts;
    int64_t entered; /* this year; -1: not counted yet */
    struct summary_problems problems;
    bool problems_known;
};

struct agenda {
    struct date today;
    struct slot *slots;
    size_t slot_count;
    struct tally *tallies;
    size_t tally_count;
    size_t step; /* how much of agenda_step is done */
};

void agenda_init(struct agenda *agenda, struct date today);
void agenda_release(struct agenda *agenda);

/* Reads what costs nothing: counts and drafts. The rest is left to agenda_step, as it was before.
 */
bool agenda_begin(struct agenda *agenda, struct store *store, struct error *err);

/* Computes one more thing that may take a moment. *more tells whether there is anything left. */
bool agenda_step(struct agenda *agenda, struct store *store, bool *more, struct error *err);

#endif
