/* finder.h - finding any record of the file by its name, its codes, its address: as written, by
 * full pinyin, by initials, while one types.
 *
 * What can be found is held in memory: of every register that stands in a menu the name, the codes
 * and the one-line texts that may be searched for. It is read in slices in quiet moments, and
 * follows the operations that this or another process writes; nothing of it is kept in the file. */
#ifndef TAIZHANG_DB_FINDER_H
#define TAIZHANG_DB_FINDER_H

#include "db/store.h"

struct finder;

/* Costs nothing; to be closed before the store. */
bool finder_open(struct finder **finder, struct store *store, struct error *err);
void finder_close(struct finder **finder);

/* The one that belongs to the store, which opens it at the first call and closes it. */
bool finder_of(struct store *store, struct finder **finder, struct error *err);

/* What is looked for from now on; "" for nothing. */
void finder_ask(struct finder *finder, const char *text);

/* Works for about `milliseconds`: follows changes, looks through what was read, reads on. *more
 * tells whether anything is left. */
bool finder_work(struct finder *finder, unsigned milliseconds, bool *more, struct error *err);

/* How much of the file has been read, in per cent. */
int finder_progress(const struct finder *finder);

enum { FINDER_SHOWN = 50 };

/* The records of one register that were found. */
struct finder_group {
    const struct reg *reg;
    size_t found;               /* all of them, so far */
    size_t count;               /* of these, the best are in `rows` */
    int64_t rows[FINDER_SHOWN]; /* for finder_id; the best first */
};

/* What was found so far, the register with the best answer first; valid until the next call of a
 * finder function. */
size_t finder_groups(struct finder *finder, const struct finder_group **groups);

/* The id of a record that was found. */
bool finder_id(struct finder *finder, const struct reg *reg, int64_t row, char id[RECORD_ID_SIZE],
               struct error *err);

#endif
