/* flow.h - how much thallium one flow of material carries: amount × content, exact to the milligram
 * (domain: 吉环固体字〔2022〕10号 四（七）, 铊元素可核算可追踪).
 *
 *     solids  t × (1 − moisture) × mg/kg ÷ 1000 = kg     the content is that of the dry material
 *     water   m³ × mg/L ÷ 1000 = kg
 *     gas     Nm³ × mg/m³ ÷ 10⁶ = kg
 *
 * Contents may stand in any unit of the same kind (g/t, %, μg/L, ng/L …). */
#ifndef TAIZHANG_CORE_FLOW_H
#define TAIZHANG_CORE_FLOW_H

#include "core/record.h"

enum {
    FLOW_KG_SCALE = 6,   /* of thallium_kg and thallium_lod_kg */
    FLOW_MASS_SCALE = 3, /* of quantity and dry_quantity, in t */
};

/* What a content below the detection limit counts as: parameter balance_lod, a convention of this
 * program, told wherever a sum is shown. */
enum flow_lod { FLOW_LOD_NONE, FLOW_LOD_HALF, FLOW_LOD_WHOLE, FLOW_LOD_COUNT };

/* FLOW_LOD_HALF when the parameter says nothing that is known. */
enum flow_lod flow_read_lod(const struct check_context *context);

/* "0", "LOD/2", "LOD": as the parameter is written. */
const char *flow_lod_name(enum flow_lod lod);

/* What `kg`, reckoned with the detection limit itself, counts as. */
int64_t flow_apply_lod(enum flow_lod lod, int64_t kg);

/* Why thallium_kg is empty: the choices of field thallium_gap, the first that applies. */
extern const char *const flow_gap_choices[];

/* The one of them that is `text`; NULL when it is none: then there is a mass. */
const char *flow_find_gap(const char *text);

/* Whether a row with this gap (NULL: none) has a content that was measured. */
bool flow_is_assayed(const char *gap);

/* Fills thallium_kg, thallium_lod_kg, dry_quantity and thallium_gap of a record of material_flow:
 * its `conclude`, for the first follows the policy. */
void flow_conclude(struct record *flow, const struct check_context *context);

#endif
