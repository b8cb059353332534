/* pack.h - the policy packs that come with the program: which province's or campaign's rules a file
 * follows. */
#ifndef TAIZHANG_DB_PACK_H
#define TAIZHANG_DB_PACK_H

#include "core/buffer.h"
#include "core/error.h"

/* Appends what a person reads for pack `name` ("云南 2022"). ERROR_USAGE lists the packs when there
 * is none of that name. */
bool pack_label(const char *name, struct buffer *label, struct error *err);

#endif
