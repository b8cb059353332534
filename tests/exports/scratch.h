/* scratch.h - a folder of its own for each test, and readers of what was written there. */
#ifndef TAIZHANG_TESTS_EXPORTS_SCRATCH_H
#define TAIZHANG_TESTS_EXPORTS_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>

/* cmocka set-up and tear-down: *state is the path of the folder. */
int scratch_make(void **state);
int scratch_remove(void **state);

/* "FOLDER/name"; valid until the next call. */
const char *scratch_path(void **state, const char *name);

/* Entries of the folder, hidden ones too. */
size_t scratch_count(void **state);

/* The whole file, NUL-terminated, or NULL; freed by the caller. `length` may be NULL. */
char *scratch_read(const char *path, size_t *length);

void scratch_write(const char *path, const char *text);

/* A part of a zip package as text, or NULL; freed by the caller. */
char *scratch_unzip(const char *path, const char *part);

#endif
