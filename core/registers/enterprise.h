/* enterprise.h - the sections of the enterprise register that fill files of their own. */
#ifndef TAIZHANG_CORE_REGISTERS_ENTERPRISE_H
#define TAIZHANG_CORE_REGISTERS_ENTERPRISE_H

#include "core/registers/loads.h"

enum {
    CONCENTRATION_FIELD_COUNT = 14, /* seven metals, in water and in air */
    PERMITTED_FIELD_COUNT = LOAD_FIELD_COUNT,
    BALANCE_FIELD_COUNT = 2 * LOAD_FIELD_COUNT + 8,
};

extern const struct field concentration_fields[CONCENTRATION_FIELD_COUNT];
extern const struct field permitted_fields[PERMITTED_FIELD_COUNT];
/* Base loads, actual loads, how they were found, what was added, cut and transferred. */
extern const struct field balance_fields[BALANCE_FIELD_COUNT];

#endif
