/* tailings_pond.h - the sections of the tailings pond register that fill a file of their own. */
#ifndef TAIZHANG_CORE_REGISTERS_TAILINGS_POND_H
#define TAIZHANG_CORE_REGISTERS_TAILINGS_POND_H

#include "core/reg.h"

enum {
    DAM_FIELD_COUNT = 14,
    TAILINGS_FIELD_COUNT = 12,
};

/* The body of the pond: grade, safety, dam, volume, years of service. */
extern const struct field dam_fields[DAM_FIELD_COUNT];
/* What lies in it, its water, and what keeps both in. */
extern const struct field tailings_fields[TAILINGS_FIELD_COUNT];

#endif
