/* file.h - a file that appears whole or not at all.
 *
 * It is written beside its target under the name ".NAME.part", brought to the disk, renamed over
 * the target, and the folder is brought to the disk too. Until the rename the previous file is
 * untouched: by a full disk, a kill, or an abort. What a killed program left behind is reused by
 * the next one, so leftovers never pile up; two programs writing one target are told so.
 */
#ifndef TAIZHANG_EXPORTS_FILE_H
#define TAIZHANG_EXPORTS_FILE_H

#include "core/error.h"

#include <stdint.h>
#include <stdio.h>

struct file;

/* Starts a new version of `target`. Links are followed, the mode of an existing file is kept. */
bool file_open(struct file **file, const char *target, struct error *err);

/* The unfinished file, for a library that opens it itself (without replacing it). */
const char *file_part(const struct file *file);

/* The folder that both files are in. */
const char *file_folder(const struct file *file);

/* The unfinished file as a stream that is written from its start; owned by `file`. */
FILE *file_stream(struct file *file);

/* Whether the folder's disk can take `bytes` more. */
bool file_has_room(const struct file *file, uint64_t bytes, struct error *err);

/* Fills `err` with the sentence for `code`, an errno value met while writing. Returns false. */
bool file_fail(const struct file *file, int code, struct error *err);

/* Makes the new version the target. Whatever the outcome `*file` is released and NULL, and no
 * unfinished file is left. */
bool file_commit(struct file **file, struct error *err);

/* Removes the unfinished file. `*file` may be NULL. */
void file_abort(struct file **file);

/* Whether a file could be put at `target`: nothing there, or a file that may be written. */
bool file_check_target(const char *target, struct error *err);

/* A finished file in the place of another one, as long as it is not certain that it may stay. */
struct file_swap {
    char *target, *former; /* owned; former: where the previous file waits, NULL: there was none */
};

/* Renames `part` (in the folder of `target`) to `target`. On failure all is as before. */
bool file_swap_begin(struct file_swap *swap, const char *part, const char *target,
                     struct error *err);

/* Forgets the previous file, or brings it back. May be called for a swap that never began. */
void file_swap_end(struct file_swap *swap, bool keep);

/* A swap at `target` that a killed program began and did not end: file_swap_end decides it. False:
 * there is none, and `swap` is one that never began. */
bool file_swap_find(struct file_swap *swap, const char *target);

/* Leaves it as it is, to be found once more. */
void file_swap_leave(struct file_swap *swap);

#endif
