/* check.h - what the rules found, kept in the file and current as records change.
 *
 * Saving a record asks the rules about it and about those that look at it, within the same
 * transaction. A change of many records (an import) only notes what is to be asked again, and so
 * does a new day; check_catch_up does it in quiet moments. Gaps (required fields that are empty)
 * are not findings here: they are counted in each record's row. check.c asks and keeps,
 * check_list.c reads. */
#ifndef TAIZHANG_DB_CHECK_H
#define TAIZHANG_DB_CHECK_H

#include "core/rule.h"
#include "db/query.h"

/* Asks the rules about records that were noted, for about `milliseconds`. *more tells whether there
 * are any left. Refused in a store that only reads. */
bool check_catch_up(struct store *store, int milliseconds, bool *more, struct error *err);

/* Whether this process has changed what policy says, so that verdicts are to be concluded anew. */
bool check_policy_changed(const struct store *store);

/* Whether the rules were asked today, or what waits for them was noted today. */
bool check_is_of_today(struct store *store);

/* On a new day everything is to be asked again: what was sound may be stale. Call before catching
 * up.
 */
bool check_note_day(struct store *store, struct error *err);

/* How many records, and how many registers as a whole, wait for the rules. */
bool check_waiting(struct store *store, int64_t *records, int64_t *registers_waiting,
                   struct error *err);

/* The records of a register that the rules have to be asked about to know what they say: those in
 * which they found something, and those that wait for them. About all others they say nothing. */
struct check_suspects {
    bool all; /* any record may be one: the register waits as a whole, or it is a new day */
    struct id_list list; /* the others; sorted */
};

/* `suspects` is initialised in every case and must be released. */
bool check_suspects_read(struct store *store, const struct reg *reg,
                         struct check_suspects *suspects, struct error *err);
bool check_is_suspect(const struct check_suspects *suspects, const char *id);
bool check_suspects_none(const struct check_suspects *suspects);
void check_suspects_release(struct check_suspects *suspects);

/* A stored finding and what it is about; strings are borrowed during the call. */
struct check_item {
    const struct reg *reg;
    const char *record;        /* id */
    const char *rule;          /* "V09" */
    const struct field *field; /* NULL when about the whole record */
    enum severity severity;
    const char *message, *basis;
    const char *accepted;                  /* why the warning is let stand; "" when it is not */
    const char *accepted_by, *accepted_on; /* "" when it is not */
};

struct check_filter {
    enum severity least;   /* this or more severe */
    bool alone;            /* of `least`, only this */
    const struct reg *reg; /* NULL: all */
    const char *rule;      /* id; NULL: all */
    const char *record;    /* id; NULL: all */
    bool with_accepted;    /* also warnings that are let stand */
    int64_t skip, most;    /* for check_each: after the first `skip`, `most`; 0: all */
};

/* The most severe first, then by register, rule and record. Stops when `each` returns false. A page
 * of one rule in one register is read without sorting, however many findings there are. */
bool check_each(struct store *store, const struct check_filter *filter,
                bool (*each)(void *context, const struct check_item *item), void *context,
                struct error *err);

/* Findings of one rule in one register; the rule's id is borrowed during the call. */
struct check_group {
    enum severity severity;
    const struct reg *reg;
    const char *rule;
    int64_t count;
};

/* The most severe first, then by register and rule. */
bool check_groups(struct store *store, const struct check_filter *filter,
                  void (*each)(void *context, const struct check_group *group), void *context,
                  struct error *err);

/* Findings that are not accepted, by severity. */
bool check_count(struct store *store, int64_t counts[SEVERITY__COUNT], struct error *err);

#endif
