/* shipped.h - limits and parameters that come with the program (data/base), for calculations where
 * there is no data file yet. */
#ifndef TAIZHANG_DB_SHIPPED_H
#define TAIZHANG_DB_SHIPPED_H

#include "core/type.h"

struct shipped;

/* Reads the tables. ERROR_FORMAT names the file and the row that is faulty. */
bool shipped_open(struct shipped **shipped, struct error *err);
void shipped_close(struct shipped **shipped);

/* What a calculation may know: today and these tables; no region, no other record. Lent by
 * `shipped`. */
struct check_context shipped_context(struct shipped *shipped);

#endif
