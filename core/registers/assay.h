/* assay.h - measured values of any substance, whose unit stands in a field beside them as it does
 * in laboratory reports: water in mg/L, soil in mg/kg, air in mg/m³, a signal of a station in ng/L.
 */
#ifndef TAIZHANG_CORE_REGISTERS_ASSAY_H
#define TAIZHANG_CORE_REGISTERS_ASSAY_H

#include "core/measure.h"
#include "core/record.h"

extern const char *const assay_unit_synonyms[];
extern const char *const assay_unit_choices[]; /* mg/L μg/L … 无量纲 */
extern const char *const factor_synonyms[];
extern const char *const factor_choices[]; /* the metals, then 六价铬 铍 硒 氨氮 pH … */
extern const char *const sample_point_choices[]; /* 车间或生产设施废水排放口 … 浸出液 其他 */
extern const char *const sample_point_synonyms[]; /* "总排口" … */
extern const char *const verdict_choices[];       /* 达标 超标 无法判定 仅提示 */

/* The measure in field `value`, whose unit is the one written with it or else the one in field
 * `unit`. False when either is missing or the two are of different dimensions. */
bool assay_read(const struct record *record, const char *value, const char *unit,
                struct measure *measure);

/* Whether `measure`, a value of the record read by assay_read, is below the limit of detection:
 * written as "<0.02", or as a number below what field `detection_limit` holds; then it becomes
 * "<limit". Field `unit` as above. */
bool assay_is_undetected(const struct record *record, const char *unit, struct measure *measure);

/* "4.2 μg/L" typed as the value becomes 4.2 with μg/L in field `unit`. A unit that was given there
 * in the same act and says otherwise stays, and so does the one in the value, which then holds. */
void assay_settle_unit(struct record *record, const struct record *before, const char *value,
                       const char *unit);

#endif
