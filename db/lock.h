/* lock.h - one writer at a time: a lock file beside the database, held by flock(2), so that a
 * killed process never leaves a lock behind. It says who holds it. */
#ifndef TAIZHANG_DB_LOCK_H
#define TAIZHANG_DB_LOCK_H

#include "core/error.h"

struct lock {
    int file;   /* descriptor, -1 when not held */
    char *path; /* owned */
};

/* Tries once. ERROR_BUSY says who has the database at `path` and since when. */
bool lock_take(struct lock *lock, const char *path, const char *who, struct error *err);
void lock_release(struct lock *lock);

#endif
