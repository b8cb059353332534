#include "core/registers.h"

const struct reg *const registers[] = {
    &reg_enterprise,
    &reg_thallium_enterprise,
    &reg_legacy_site,
    &reg_receptor,
    &reg_cadmium_source,
    &reg_tailings_pond,
    &reg_manganese_mine,
    &reg_manganese_slag_yard,
    &reg_park,
    &reg_problem,
    &reg_progress,
    &reg_region,
    &reg_industry,
};

const size_t register_count = COUNT_OF(registers);
