/* enterprise.h - the sections of the enterprise register that fill files of their own. */
#ifndef TAIZHANG_CORE_REGISTERS_ENTERPRISE_H
#define TAIZHANG_CORE_REGISTERS_ENTERPRISE_H

#include "core/registers/loads.h"

enum {
    CONCENTRATION_FIELD_COUNT = 14, /* seven metals, in water and in air */
    PERMITTED_FIELD_COUNT = LOAD_FIELD_COUNT,
    BALANCE_FIELD_COUNT = 2 * LOAD_FIELD_COUNT + 10,
    CARE_FIELD_COUNT = 15,
};

extern const struct field concentration_fields[CONCENTRATION_FIELD_COUNT];
extern const struct field permitted_fields[PERMITTED_FIELD_COUNT];
/* Base loads, actual loads, how they were found, how they changed, what was added, cut and
 * transferred. */
extern const struct field balance_fields[BALANCE_FIELD_COUNT];

/* Cleaner production, emergencies, insurance, monitoring around the site, disclosure. */
extern const struct field care_fields[CARE_FIELD_COUNT];

/* Reasons of removal with which an enterprise stays in the base: it did emit in the base year. */
#define REMOVED_IN_BASE "关闭|转产"

/* Of the choices of key_industry the one that is none: the targets are not about it. */
#define NO_KEY_INDUSTRY "其他涉重金属行业"

/* Totals, and the former year's total when a later year is entered. */
void enterprise_derive(struct record *record, const struct record *before);

#endif
