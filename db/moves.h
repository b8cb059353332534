/* moves.h - what a person does to cases (core/life.h), done in the file: form, bulk action and
 * command line say it in the same way. */
#ifndef TAIZHANG_DB_MOVES_H
#define TAIZHANG_DB_MOVES_H

#include "core/life.h"
#include "db/query.h"

/* Adds a finding for all that stands in the way of the move from `stored`, as the file has it, to
 * `filled`, which holds what the move asks for. */
void moves_add_refusals(struct store *store, const struct life_move *move,
                        const struct record *stored, const struct record *filled,
                        struct findings *findings);

/* Does the move to `record`, which holds what it asks for, as one change. A LIFE_NEW move first
 * begins the case that follows: its id goes to `successor`, else that is "". `why` as in
 * store_explain (NULL: the history says the move's label). When it fails, `record` stays as it
 * was. */
bool moves_do(struct store *store, const struct life_move *move, struct record *record,
              char successor[RECORD_ID_SIZE], const char *why, struct error *err);

/* The same with a case that follows as the caller has filled it (NULL unless LIFE_NEW), which then
 * has its id. */
bool moves_do_filled(struct store *store, const struct life_move *move, struct record *record,
                     struct record *successor, const char *why, struct error *err);

/* A case that a move was not done to. */
struct moves_refusal {
    char id[RECORD_ID_SIZE];
    char *name; /* of the case; owned */
    char *why;  /* one sentence; owned */
};

struct moves_result {
    size_t done;
    struct moves_refusal *refusals;
    size_t count, capacity;
};

void moves_result_release(struct moves_result *result);

/* Does a LIFE_BULK move to many cases as one change, which one undo takes back: each gets what
 * `asked` holds in the fields that the move asks for, as far as they are filled. A case that must
 * not be moved is left out and told in `result`; the others go on. Nothing is done when it fails.
 * No reason is asked for: what such a move changes is no figure that a filing freezes
 * (db/figures.h; a test holds it). */
bool moves_do_all(struct store *store, const struct life_move *move, const struct id_list *cases,
                  const struct record *asked, struct moves_result *result, struct error *err);

#endif
