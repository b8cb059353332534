/* balance_missing.h - what core/balance.c and core/balance_missing.c share. */
#ifndef TAIZHANG_CORE_BALANCE_MISSING_H
#define TAIZHANG_CORE_BALANCE_MISSING_H

#include "core/balance.h"

/* Names what is missing, once the sums are made. */
void balance_find_missing(struct balance *balance, const struct balance_request *request);

#endif
