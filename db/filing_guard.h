/* filing_guard.h - a figure that was filed changes only with a reason. How commit.c asks; nobody
 * else includes it. */
#ifndef TAIZHANG_DB_FILING_GUARD_H
#define TAIZHANG_DB_FILING_GUARD_H

#include "db/internal.h"

/* Refuses (ERROR_REFUSED with wants_reason, at the field) a change or a removal of a record whose
 * filed figures it touches, unless a person has typed why. What was filed empty may be filled, and
 * what was filed may be put back; the value of a later period (`of_period`) corrects nothing. A
 * filing that a later one of its kind shows anew, or that another one corrects, binds no longer. */
bool filing_guard(struct store *store, const struct record *before, const struct record *after,
                  struct error *err);

#endif
