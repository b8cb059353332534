/* life.h - the life of a case: the states that it goes through, what each of them demands, and the
 * moves between them, as a table that a register declares.
 *
 * A state stands for what has been done: who is in 县级核查 was checked and passed. What a state
 * demands holds from there on, so a record may go several states ahead at once (an imported case
 * that was closed years ago) when it shows what each of them demands; going back, pausing and
 * reopening have moves of their own, with what they demand. The store refuses everything else, so
 * form, command line, import and bulk action pass one gate. */
#ifndef TAIZHANG_CORE_LIFE_H
#define TAIZHANG_CORE_LIFE_H

#include "core/record.h"

/* What must hold from state `state` of the main line on. */
struct life_need {
    const char *state;
    const char *field;     /* must be filled; of a file that it is there, of a date that it does not
                              lie ahead of today. Where the cursor goes */
    struct condition when; /* demanded only then; no field: always */
    bool ahead;            /* the date may lie ahead */
    const char *not_before; /* other dates, separated by '|', before which it must not lie */
    const char *must;       /* the value that it must have; NULL: any */
    /* Instead of all that: appends what is wrong and how to mend it, nothing when all is well. */
    void (*lacks)(const struct record *record, const struct check_context *context,
                  struct buffer *sentence);
    const char *mended_by; /* register of which a new record mends it; NULL: the field does */
    const char *rule;  /* the rule that tells of it in whatever state, and that says nothing while
                          `field` is empty; NULL: the life's own, from `state` on */
    const char *basis; /* why the law wants it; required */
};

enum life_move_flag {
    LIFE_BULK = 1 << 0,  /* one document may do it for many cases at once */
    LIFE_AHEAD = 1 << 1, /* one state ahead on the main line */
    LIFE_NEW = 1 << 2,   /* also begins a new case that points to this one (反弹重开) */
};

#define LIFE_CLAUSE "；"

enum { LIFE_MOST_FIELDS = 16 };

/* What a person does to a case. */
struct life_move {
    const char *name;  /* of the command: "advance"; several moves may share it, from one state only
                          one of them is possible */
    const char *label; /* what is done: "现场核查" */
    const char *help;  /* one sentence */
    const char *from;  /* states, separated by '|' */
    const char *to;    /* NULL: the state stays (延期), or is the one that `back` names */
    const char *back;  /* field that keeps the state from which the case was paused; NULL: none */
    unsigned flags;    /* enum life_move_flag */
    const char *asks[LIFE_MOST_FIELDS];   /* fields that are filled for it, in this order */
    const char *clears[LIFE_MOST_FIELDS]; /* fields that have to be filled anew after it */
    /* What this move demands beside its state's needs: of a move that is not LIFE_AHEAD, that the
     * reason or the approval is there and is not the former one; LIFE_CLAUSE between what has to be
     * seen to. NULL: nothing. */
    void (*lacks)(const struct record *before, const struct record *after,
                  const struct check_context *context, struct buffer *sentence);
    const char *changes; /* field that the move is there to change; NULL: none in particular */
    const char *basis;   /* required */
};

struct life {
    const char *state;             /* name of the TYPE_CHOICE field; its choices are the states */
    const char *line;              /* the main line, states separated by '|', in order */
    const struct life_need *needs; /* in the order of the line; ends with one without state */
    const struct life_move *moves; /* ends with one without name */
    const char *rule;              /* tells of the needs that name no rule of their own */
    const char *successor;         /* field by which a new case points to the one that it follows */
    const char *const *inherited;  /* fields that the new case takes over; ends with NULL */
    const char *const *continued;  /* pairs: a field of the new case, the field of the former one
                                      that it is filled from; ends with NULL */
    /* What has to be proven: from `settled_at` on these fields may still be filled and, where
     * several can be chosen, added to, but not otherwise changed. Ends with NULL. */
    const char *settled_at;
    const char *const *settled;
    const char *sealed_at; /* from here on what was shown up to here may no longer be changed; only
                              what is lost may be replaced. NULL: it may */
};

/* ---- the gate ---- */

/* Whether the change from `before` (NULL: a new record) to `after` (deleted: its removal) keeps to
 * the life that its register declares; true when it declares none. ERROR_REFUSED says what is
 * missing, and why the law wants it; when the record claims to be further than it proves, it names
 * in err->proven how far it may go.
 *
 * This is the one door: the store asks it for every record that it writes or removes, and a merge
 * of operations from another copy of the file is to ask it for the record as it was and as it would
 * be. Only undo does not: it takes back the last act of this copy, so that what stood before stands
 * again. */
bool life_allows(const struct record *before, const struct record *after,
                 const struct check_context *context, struct error *err);

/* ---- what stands in the way ---- */

/* The state on the main line whose demands the record is held to: its own; of a paused case the one
 * that it was paused in; of one off the line else the last. Borrowed. */
const char *life_stand(const struct record *record);

/* Whether the record stands at `state` of the main line or further on. */
bool life_has_reached(const struct record *record, const char *state);

/* Adds a finding for each need that is not met of those that rule `rule` tells of: where gate and
 * rule say the same, they ask the same. */
void life_tell(const struct record *record, const char *rule, const struct check_context *context,
               enum severity severity, struct findings *findings);

/* ---- moves ---- */

/* The n-th move that is possible from the record's state, NULL behind the last; the one ahead comes
 * first. */
const struct life_move *life_move_at(const struct record *record, size_t n);

/* The possible move called `name`; NULL when there is none, with err saying from which states there
 * is. */
const struct life_move *life_move_find(const struct record *record, const char *name,
                                       struct error *err);

/* The state that the move leads to. Borrowed from the record or the register. */
const char *life_target(const struct life_move *move, const struct record *record);

/* Does to the record what the move does beside the fields that it asks for: state and cleared
 * fields. The caller fills `asks` and saves; the gate decides. */
void life_apply(const struct life_move *move, struct record *record);

/* Adds a finding for all that stands in the way of `move` from `before` to `after`, to which it was
 * applied: what the move demands, and what its state does. Rule and severity are the caller's. */
void life_add_refusals(const struct life_move *move, const struct record *before,
                       const struct record *after, const struct check_context *context,
                       const char *rule, enum severity severity, struct findings *findings);

/* The move by which cases are paused; NULL: there is none, or no life. */
const struct life_move *life_pause(const struct life *life);

/* Begins the new case of a LIFE_NEW move: what describes the case and its object is taken over, its
 * history is not. `record` is initialised by the call. */
void life_begin_successor(const struct record *former, struct record *record);

#endif
