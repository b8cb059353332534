/* checklist.h - which lists of questions an inspection may go through. */
#ifndef TAIZHANG_CORE_REGISTERS_CHECKLIST_H
#define TAIZHANG_CORE_REGISTERS_CHECKLIST_H

#include "core/reg.h"

/* The n-th list that is made for objects of `reg` or for a profile of them; NULL behind the last.
 * All lists are `checklist_choices`. */
const char *checklist_for(const struct reg *reg, size_t n);

#endif
