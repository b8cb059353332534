/* balance.h - the thallium balance of an enterprise, read from the ledger (core/balance.h). The
 * sums are made by SQLite over an index: a hundred thousand rows take as long as a page to draw. */
#ifndef TAIZHANG_DB_BALANCE_H
#define TAIZHANG_DB_BALANCE_H

#include "core/balance.h"
#include "db/query.h"

/* The balance of the enterprise with that id. `balance` is initialised in every case. */
bool balance_read(struct store *store, const char *enterprise, struct period period,
                  struct balance *balance, struct error *err);

/* The rows behind a figure of the balance that was read for `enterprise`: those of `missing` (one
 * of its own), or with NULL those that are summed up in `stream`. `ids` is empty before. */
bool balance_rows(struct store *store, const char *enterprise, const struct balance *balance,
                  enum balance_stream stream, const struct balance_missing *missing,
                  struct id_list *ids, struct error *err);

/* All rows of the enterprise that lie within the period, in the ledger's order. */
bool balance_all_rows(struct store *store, const char *enterprise, struct period period,
                      struct id_list *ids, struct error *err);

/* Enterprises that must have a balance, those that have shut for good apart, and those that have
 * rows within `period`; by name. */
bool balance_enterprises(struct store *store, struct period period, struct id_list *ids,
                         struct error *err);

/* The balance that is due by now: of the last quarter or, of an enterprise that books by the year
 * and so has nothing in the quarter, of the last year. */
bool balance_read_due(struct store *store, const char *enterprise, struct balance *balance,
                      struct error *err);

/* The period of the newest rows of the enterprise: their quarter, or what they are booked by when
 * that is longer. Year 0 when there are none. */
struct period balance_newest_period(struct store *store, const char *enterprise);

/* How many plants there are that must have a balance, and of how many the one that is due closes
 * (BALANCE_NORMAL). One plant a call until it is done; begins with zero. */
struct balance_tally {
    int64_t normal, total;
    bool done;
    struct id_list plants; /* owned */
    size_t next;           /* of these */
};
bool balance_tally_step(struct store *store, struct balance_tally *tally, struct error *err);
void balance_tally_release(struct balance_tally *tally); /* and begins anew */

#endif
