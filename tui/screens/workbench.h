/* workbench.h - what the files of the desk share: agenda.c knows in which order what is to be done
 * is looked for, agenda_slots.c finds it, workbench.c opens it, workbench_draw.c shows it. */
#ifndef TAIZHANG_TUI_SCREENS_WORKBENCH_H
#define TAIZHANG_TUI_SCREENS_WORKBENCH_H

#include "db/balance.h"
#include "db/check.h"
#include "db/draft.h"
#include "db/obligations.h"
#include "db/summary.h"
#include "db/targets.h"
#include "tui/app.h"
#include "tui/duty.h"

/* What Enter on an item opens. */
enum item_target {
    ITEM_RECORD,      /* the form of `id` */
    ITEM_LIST,        /* the list of `reg`, narrowed to `where` */
    ITEM_PARTS,       /* one of the lists of its slot, which is asked */
    ITEM_OBLIGATION,  /* the sheet of `id` */
    ITEM_OBLIGATIONS, /* one of the obligations of its slot, which is asked */
    ITEM_FINDINGS,
};

/* One thing to do: a line of the desk. */
struct item {
    const char *mark; /* "!", "?", "▸", "x", "~" or "·" */
    char *label;      /* "整改逾期"; NULL for a further record of the item above; owned */
    int64_t count;
    enum item_target target;
    const struct slot *slot; /* that it belongs to */
    const struct reg *reg;
    char *where;             /* NULL: only incomplete records; owned */
    char id[RECORD_ID_SIZE]; /* of a single record, else "" */
    char *name, *detail,
        *more; /* what it is about, how long it has, what else; owned, may be NULL */
};

/* What a slot has found in one register. */
struct part {
    const struct reg *reg;
    int64_t count;
    int64_t levels[DUTY_LEVELS]; /* of these by level, the lowest first, of a duty that has any */
    char *where;                 /* NULL: the incomplete ones; owned */
    char *more;  /* what they lack; owned, may be NULL */
};

enum { SLOT_ITEMS = 3 };

/* Things of one kind, looked for together. */
struct slot {
    enum slot_kind {
        SLOT_DUTY,
        SLOT_MISSED, /* obligations whose day has passed */
        SLOT_COMING, /* obligations of the next month */
        SLOT_INCOMPLETE,
        SLOT_FINDINGS,
        SLOT_DRAFTS,
        SLOT_CALENDAR,
    } kind;
    const struct duty *duty;
    struct part *parts; /* one for each register that it may concern; owned */
    size_t part_count;
    struct item items[SLOT_ITEMS];
    size_t count;
};

/* A register as the desk counts it. */
struct tally {
    const struct reg *reg;
    struct summary_counts counts;
    int64_t entered; /* this year; -1: not known yet */
    struct summary_problems problems;
    bool problems_known;
    struct { /* what is being counted */
        struct summary_walk new_walk, problem_walk;
        int64_t entered;
        struct summary_problems problems;
    } next;
};

struct agenda {
    struct date today;
    struct slot *slots;
    size_t slot_count;
    struct tally *tallies;
    size_t tally_count;
    struct obligations obligations;
    int64_t findings[SEVERITY__COUNT]; /* as counted last */
    struct target_line target; /* the bureau's own; id "": none */
    bool target_judged;        /* whether it tells of the progress */
    struct target_line next_target;
    struct target_facts facts; /* by which that is being judged */
    struct balance_tally balance, next_balance; /* as worked out last; what is being worked out */
    size_t slot, part, tally; /* how much of agenda_step is done */
};

void agenda_init(struct agenda *agenda, struct date today);
void agenda_release(struct agenda *agenda);

/* Reads what costs nothing: counts and drafts. The rest is left to agenda_step; until then it stays
 * as it was before. */
bool agenda_begin(struct agenda *agenda, struct store *store, struct error *err);

/* Computes one more thing that may take a moment. *more tells whether there is anything left. */
bool agenda_step(struct agenda *agenda, struct store *store, bool *more, struct error *err);

/* Counts the findings again; tells only how much the rules have still to look at, which is quick.
 */
bool agenda_count_findings(struct agenda *agenda, struct store *store, struct error *err);
bool agenda_note_waiting(struct agenda *agenda, struct store *store, struct error *err);

/* ---- agenda_slots.c ---- */

/* Looks into one more register, or, for a slot without parts, everywhere. */
bool slot_fill_part(struct slot *slot, size_t part, struct store *store, struct error *err);

/* Makes the items of what was found. */
bool slot_finish(struct slot *slot, struct agenda *agenda, struct store *store, struct error *err);

/* Whether an obligation belongs to a slot of obligations. */
bool slot_has_obligation(const struct slot *slot, const struct obligation_item *item,
                         struct date today);

void slot_clear_items(struct slot *slot);

/* ---- workbench.c ---- */

enum line_kind { LINE_ITEM, LINE_TALLY, LINE_PROGRESS, LINE_TEXT, LINE_RULE, LINE_HEADING };

/* A row of the screen. */
struct line {
    enum line_kind kind;
    const struct item *item;
    const struct tally *tally;
    int digit;
    const char *text;
};

enum { LINES_MOST = 160 };

struct workbench {
    struct screen base;
    struct agenda agenda;
    struct line lines[LINES_MOST];
    size_t line_count;
    size_t selected; /* a line that can be opened */
    bool touched;    /* whether the clerk has moved the selection */
    int64_t stamp;   /* of what the agenda was read from */
    size_t top, page;
    int rows;      /* of the terminal for which the lines were chosen */
    bool checking; /* the rules have not caught up yet */
};

bool workbench_can_open(const struct line *line);

/* Chooses the lines as the agenda stands, for the size of the terminal. */
void workbench_lay_out(struct workbench *self);

/* ---- workbench_draw.c ---- */

void workbench_draw(struct screen *screen, struct grid *body);

#endif
