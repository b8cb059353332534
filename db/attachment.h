/* attachment.h - the files that belong to records: photos, reports, contracts.
 *
 * A file is copied into the folder "<data file>.files", under the SHA-256 of its contents:
 * "county.db.files/9f/9f86d081…". The same file is so kept once, however often it is added, and
 * what a record holds can be checked years later. The name has no ending: it stands in the record.
 * A copy that no record points to (the form was given up) is left alone; it harms nothing. */
#ifndef TAIZHANG_DB_ATTACHMENT_H
#define TAIZHANG_DB_ATTACHMENT_H

#include "db/digest.h"
#include "db/store.h"

enum { ATTACHMENT_HASH_SIZE = DIGEST_SIZE, ATTACHMENT_NAME_SIZE = 256, ATTACHMENT_MOST_MB = 200 };

struct attachment_file {
    char sha256[ATTACHMENT_HASH_SIZE]; /* 64 hexadecimal digits */
    char name[ATTACHMENT_NAME_SIZE];   /* as it was called where it came from */
    uint64_t bytes;
    bool is_new; /* there was no copy of it before */
};

/* Whether `path` can be added: a readable file, not empty, of at most ATTACHMENT_MOST_MB. */
bool attachment_accepts(const char *path, struct error *err);

/* Copies the file and makes sure that the copy is on the disk; one that is kept already and whole
 * stays as it is. ERROR_REFUSED for what attachment_accepts refuses, ERROR_MISSING for a path
 * without file, ERROR_IO with nothing left behind when the disk does not allow it, ERROR_BUSY when
 * the store is read-only. */
bool attachment_keep(struct store *store, const char *path, struct attachment_file *file,
                     struct error *err);

/* As record_set_text; but in a TYPE_ATTACHMENT field a text that is no SHA-256 is the path of a
 * file, which is kept. The fields that describe the file (`struct field` describes) follow: the
 * bytes always, the name when it is known, and both are cleared with the file. */
bool attachment_set_text(struct store *store, struct record *record, size_t field, const char *text,
                         struct error *err);

/* The same for the path of a file; tells what was kept. */
bool attachment_add(struct store *store, struct record *record, size_t field, const char *path,
                    struct attachment_file *file, struct error *err);

/* The same for a file that is kept. */
bool attachment_put(struct record *record, size_t field, const struct attachment_file *file,
                    struct error *err);

/* Removes those of `count` kept files that no record (also a deleted one) and no draft points to:
 * copies of a change that was given up. Not between store_begin and store_commit. */
bool attachment_remove_unused(struct store *store, char (*sums)[ATTACHMENT_HASH_SIZE], size_t count,
                              struct error *err);

/* Whether the file is kept and not empty; its size. `bytes` may be NULL. */
bool attachment_has(const struct store *store, const char *sha256, uint64_t *bytes);

/* The SHA-256 of any file; false when it cannot be read. */
bool attachment_sum(const char *path, char sha256[ATTACHMENT_HASH_SIZE]);

/* Whether the kept file still is what was kept: reads all of it. */
bool attachment_is_whole(const struct store *store, const char *sha256);

/* Where the kept file lies, or would lie. Appends; nothing for what is no SHA-256. */
void attachment_path(const struct store *store, const char *sha256, struct buffer *path);

/* The folder of all of them; it may not exist yet. Appends. */
void attachment_folder(const struct store *store, struct buffer *path);

/* How many files are kept. */
size_t attachment_count(const struct store *store);

#endif
