/* layout_tally.h - the numbers of a summary sheet, counted in one pass over the lists of its
 * workbook. Private to this folder. */
#ifndef TAIZHANG_EXPORTS_LAYOUT_TALLY_H
#define TAIZHANG_EXPORTS_LAYOUT_TALLY_H

#include "core/registers/loads.h"
#include "exports/layout.h"

/* One list of the layout. */
struct list_tally {
    const struct layout_sheet *sheet;
    size_t total;
    size_t fresh; /* came in this year; only when the list has a field that says so */
    size_t incomplete;
    size_t findings[SEVERITY__COUNT]; /* without those about what is empty */
    size_t problems, open;            /* problems about records of the list; those not closed */
    struct id_list subjects;          /* sorted ids that a problem may name; owned */
    size_t capacity;
};

/* Enterprises that have something in common. */
struct group_tally {
    char *label; /* owned */
    size_t count;
    int64_t loads[LOAD_GROUP_COUNT]; /* totals in kg/a at LOAD_SCALE */
    size_t filled[LOAD_GROUP_COUNT]; /* enterprises that give the figure: none is not zero */
};

struct group_tallies {
    struct group_tally *items; /* owned */
    size_t count, capacity;
};

/* Problems in one state. */
struct state_tally {
    const char *state;
    size_t count;
};

enum { TALLY_MAX_STATES = 16, LOAD_COLUMNS = LOAD_METAL_COUNT + 1 };

struct tally {
    struct list_tally *lists; /* as many as sheets of the layout; owned */
    size_t list_count;
    size_t groups[LOAD_GROUP_COUNT]; /* those of load_groups that the enterprises carry */
    size_t group_count;
    int64_t loads[LOAD_GROUP_COUNT]
                 [LOAD_COLUMNS]; /* by load_groups: metals, then their total; at LOAD_SCALE */
    size_t filled[LOAD_GROUP_COUNT][LOAD_COLUMNS]; /* enterprises that give the figure */
    /* Base and actual load of those enterprises that give both: only they can be compared. */
    int64_t paired_base[LOAD_COLUMNS], paired_actual[LOAD_COLUMNS];
    struct group_tallies industries, towns;      /* by number of enterprises */
    struct state_tally states[TALLY_MAX_STATES]; /* in the order of the field's choices */
    size_t state_count;
};

/* `tally` is initialised in every case. */
bool tally_take(struct tally *tally, const struct layout *layout, struct run *run,
                struct error *err);
void tally_release(struct tally *tally);

#endif
