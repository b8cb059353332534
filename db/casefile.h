/* casefile.h - everything about one object (一企一档): what hangs on it, what happened, what is
 * open, what is missing, how a measured factor went.
 *
 * Which registers belong to an object is not written down anywhere: they are those with a reference
 * to its register. A profile (a thallium enterprise) has the case file of what it is a profile of.
 */
#ifndef TAIZHANG_DB_CASEFILE_H
#define TAIZHANG_DB_CASEFILE_H

#include "core/measure.h"
#include "db/query.h"

enum { CASEFILE_LINKS = 4, CASEFILE_ROWS = 50, CASEFILE_POINTS = 400 };

/* The records of one register that refer to the object. */
struct casefile_relation {
    const struct reg *reg;
    const struct field *links[CASEFILE_LINKS]; /* references to the object */
    size_t link_count;
    bool is_profile;       /* named after the object */
    int64_t count;         /* live records */
    int64_t incomplete;    /* of these, with required fields empty */
    int64_t open, overdue; /* cases that are not closed */
};

/* Something that happened, the newest first. */
struct casefile_event {
    char date[DATE_TEXT_SIZE]; /* canonical */
    const char *label;         /* "发现问题" */
    const struct reg *reg;
    char id[RECORD_ID_SIZE];
    char *text; /* what the record says in short; owned */
};

/* A case that is not closed, the one that is due first in front. */
struct casefile_case {
    const struct reg *reg;
    char id[RECORD_ID_SIZE];
    char due[DATE_TEXT_SIZE]; /* "" when it has no deadline */
    int days;                 /* until then; negative: overdue, unless it is paused */
    int level;                /* by which it is overdue (core/duty.h); 0: it is not */
    bool is_paused;
    int paused_days;  /* since then */
    const char *next; /* what is to be done next, "现场核查"; NULL: no such step is known */
    int percent;      /* how far it has come by its latest report; -1: none */
    char *number, *name, *state; /* owned; "" when there is nothing to say */
    char *missing;               /* what it lacks for the next step, else for itself; owned */
    bool is_gap;                 /* `missing` names something that is not there */
    char *latest;                /* its latest report; owned */
};

/* A file that a record points to and that is not there. */
struct casefile_loss {
    const struct reg *reg;
    char id[RECORD_ID_SIZE];
    char *name; /* of the record; owned */
};

/* What the rules found about the object or one of its profiles, errors first. */
struct casefile_finding {
    const struct reg *reg;
    char id[RECORD_ID_SIZE];
    enum severity severity;
    char *message; /* owned */
};

/* One result, in the unit of the series, times 10 to the 9th. */
struct casefile_point {
    int day; /* days since 1970-01-01 */
    int64_t nano;
    char qualifier; /* '<' below detection, '>', or 0 */
};

struct casefile_series {
    const struct reg *reg;                /* NULL: nothing was measured */
    char id[RECORD_ID_SIZE];              /* of the newest result */
    char *factor, *point, *unit, *newest; /* owned */
    struct casefile_point *points;        /* oldest first */
    size_t count;
    bool has_limit; /* one that may be judged by */
    int64_t limit;  /* nano */
};

struct casefile {
    struct store *store;   /* borrowed */
    const struct reg *reg; /* of the object */
    struct record object;
    struct casefile_relation *relations; /* with at least one record, in the order of the menus */
    size_t relation_count;
    struct record *profiles; /* one each of the relations that are profiles */
    size_t profile_count;
    struct casefile_event *events;
    size_t event_count, event_capacity;
    struct casefile_case *cases;
    size_t case_count, case_capacity;
    struct casefile_loss *losses;
    size_t loss_count, loss_capacity;
    size_t file_count; /* files that were looked for */
    struct casefile_finding *findings;
    size_t finding_count, finding_capacity;
    struct casefile_series series;
};

/* Reads the case file of a record, by its id. Of each register the CASEFILE_ROWS newest records are
 * looked at for events and files; counts are of all. */
bool casefile_open(struct casefile **file, struct store *store, const struct reg *reg,
                   const char *id, struct error *err);
void casefile_close(struct casefile **file);

/* Whether records of `reg` refer to others of `target`: into `relation`, without its counts. */
bool casefile_relate(const struct reg *reg, const struct reg *target,
                     struct casefile_relation *relation);

/* Ids of all records of a relation, in the order of their register. */
bool casefile_ids(const struct casefile *file, const struct casefile_relation *relation,
                  struct id_list *ids, struct error *err);

/* How many files the record points to; `*lost` how many of them are not there. */
size_t casefile_count_files(const struct store *store, const struct record *record, size_t *lost);

#endif
