/* archive.h - a .zip of files with readable names, whole or not at all (file.h). The same files
 * give the same bytes: they are stored as they are, in the order in which they are added. */
#ifndef TAIZHANG_EXPORTS_ARCHIVE_H
#define TAIZHANG_EXPORTS_ARCHIVE_H

#include "core/buffer.h"
#include "core/error.h"
#include "db/digest.h"

#include <stddef.h>
#include <stdint.h>

struct archive;

/* Starts a new version of `target`; `created` is the Unix time that all files in it get. */
bool archive_open(struct archive **archive, const char *target, int64_t created, struct error *err);

/* A file beside the unfinished archive, for what is made only to be added: `name` ends its name.
 * archive_commit and archive_abort remove it. Appends its path. */
void archive_scratch(struct archive *archive, const char *name, struct buffer *path);

/* Appends the name that `wanted` may have in this archive: without separators, control characters
 * and names that Windows keeps to itself, not too long, and with a number when there is another
 * file of that name. It is taken from then on. */
void archive_take_name(struct archive *archive, const char *wanted, struct buffer *name);

/* What went into the archive, whatever the file was before or became since. */
struct archive_entry {
    char sha256[DIGEST_SIZE];
    uint64_t bytes;
};

/* Adds the file at `path` under a name that was taken. */
bool archive_add(struct archive *archive, const char *name, const char *path,
                 struct archive_entry *entry, struct error *err);

/* Closes the archive, reads all of it back, and puts it in the place of the target. `*archive` is
 * released in every case. */
bool archive_commit(struct archive **archive, struct error *err);

/* Gives up: the target is as before, nothing is left beside it. `*archive` may be NULL. */
void archive_abort(struct archive **archive);

#endif
