/* pack.h - the policy packs that come with the program, and the base data that every file has.
 *
 * A pack is a folder data/packs/NAME/ with one CSV file for each policy register (REG_POLICY) that
 * it fills; data/base/ is the same for what holds everywhere. A bureau may edit them: a file below
 * TAIZHANG_DATA is taken in place of the program's own. Headings are labels, names or aliases of
 * fields. The column `campaign` (专项) is left out: rows belong to the pack's own campaign. */
#ifndef TAIZHANG_DB_PACK_H
#define TAIZHANG_DB_PACK_H

#include "core/buffer.h"
#include "core/error.h"
#include "db/store.h"

/* The folder of what every file has, as if it were a pack. */
#define PACK_BASE "base"

/* What loading did, in rows. read = added + changed + same + kept, always. */
struct pack_result {
    size_t read, added, changed, same;
    size_t kept; /* a person changed or deleted the record: what differs was left alone */
};

/* Appends the names of all packs, in order, each ended by a line break. */
void pack_names(struct buffer *names);

/* Appends what a person reads for pack `name` ("云南 2022"). ERROR_USAGE lists the packs when there
 * is none of that name. */
bool pack_label(const char *name, struct buffer *label, struct error *err);

/* Writes the rows of a pack, PACK_BASE apart, as one change. A row that is not as it must be is
 * refused with file, row and column in one sentence. Rows that an earlier load wrote are found
 * again and only what differs is changed. The file's first pack becomes the one that the bureau
 * follows. */
bool pack_load(struct store *store, const char *name, struct pack_result *result,
               struct error *err);

/* For a file just created or brought up to date: the base data and the packs in `names`, separated
 * by commas, as one change that undo does not take back. */
bool pack_install(struct store *store, const char *names, struct error *err);

#endif
