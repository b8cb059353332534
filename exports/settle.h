/* settle.h - what a filing that was killed has left beside its target. */
#ifndef TAIZHANG_EXPORTS_SETTLE_H
#define TAIZHANG_EXPORTS_SETTLE_H

#include "db/store.h"

/* A filing that was killed while its file took the place of another one left that one aside.
 * Removes it when the file at `path` was filed, else puts it back. Nothing happens where there is
 * none, or while another program writes to the data file. */
bool settle_target(struct store *store, const char *path, struct error *err);

#endif
