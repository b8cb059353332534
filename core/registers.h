/* registers.h - the declarations of core/registers/, one constant a file. The order of the menus is
 * in core/registers.c. */
#ifndef TAIZHANG_CORE_REGISTERS_H
#define TAIZHANG_CORE_REGISTERS_H

#include "core/reg.h"

extern const struct reg reg_enterprise;
extern const struct reg reg_thallium_enterprise;
extern const struct reg reg_legacy_site;
extern const struct reg reg_receptor;
extern const struct reg reg_cadmium_source;
extern const struct reg reg_tailings_pond;
extern const struct reg reg_manganese_mine;
extern const struct reg reg_manganese_slag_yard;
extern const struct reg reg_park;
extern const struct reg reg_problem;
extern const struct reg reg_progress;
extern const struct reg reg_region;
extern const struct reg reg_industry;

#endif
