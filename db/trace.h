/* trace.h - reads the graph of core/trace.h from the ledgers of register material_flow
 * (铊物料台账): flow, material_class, thallium_kg, receiver, receiver_name, destination,
 * waste_code, manifest_no, supplier. */
#ifndef TAIZHANG_DB_TRACE_H
#define TAIZHANG_DB_TRACE_H

#include "core/period.h"
#include "core/trace.h"
#include "db/store.h"

/* All entries whose period lies within `period`, sealed. A supplier or receiver that is only named
 * is an enterprise of the list when one is called so, now or formerly (text_fold). `trace` is
 * initialised by the call in every case and must be released. */
bool trace_load(struct trace *trace, struct store *store, struct period period, struct error *err);

/* The periods for which there are entries, of `enterprise` or of all (NULL), and the years that
 * they lie in: the latest year first, and behind each year its parts. `*periods` is owned by the
 * caller. */
bool trace_periods(struct store *store, const char *enterprise, struct period **periods,
                   size_t *count, struct error *err);

#endif
