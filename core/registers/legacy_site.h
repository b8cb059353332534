/* legacy_site.h - the sections of the register of legacy sites that fill a file of their own. */
#ifndef TAIZHANG_CORE_REGISTERS_LEGACY_SITE_H
#define TAIZHANG_CORE_REGISTERS_LEGACY_SITE_H

#include "core/reg.h"

enum { SITE_GRADE_FIELD_COUNT = 30, SITE_TREATMENT_FIELD_COUNT = 15 };

/* 分级: the dimensions, own and proposed, with reasons; what a downgrade rests on; the priority. */
extern const struct field site_grade_fields[SITE_GRADE_FIELD_COUNT];

/* 治理: route, stage, interim measures, works, what they have brought, money. */
extern const struct field site_treatment_fields[SITE_TREATMENT_FIELD_COUNT];

#endif
