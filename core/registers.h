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
extern const struct reg reg_manganese_plant;
extern const struct reg reg_manganese_slag_yard;
extern const struct reg reg_park;
extern const struct reg reg_outlet;
extern const struct reg reg_material_flow;
extern const struct reg reg_sample;
extern const struct reg reg_problem;
extern const struct reg reg_progress;
extern const struct reg reg_inspection;
extern const struct reg reg_inspection_item;
extern const struct reg reg_construction_project;
extern const struct reg reg_reduction_project;
extern const struct reg reg_emission_stream;
extern const struct reg reg_quota_transfer;
extern const struct reg reg_task;
extern const struct reg reg_filing;
extern const struct reg reg_attachment;
extern const struct reg reg_acceptance;
extern const struct reg reg_campaign;
extern const struct reg reg_target;
extern const struct reg reg_key_region;
extern const struct reg reg_obligation;
extern const struct reg reg_parameter;
extern const struct reg reg_limit;
extern const struct reg reg_checklist;
extern const struct reg reg_holiday;
extern const struct reg reg_region;
extern const struct reg reg_industry;

#endif
