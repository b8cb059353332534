/* words.h - what lists write for the choices of fields (field.synonyms, field.akin), as far as
 * several fields share them. A word that means the same is a synonym; one of another scale, or one
 * that says nearly the same, is akin. What can be meant in two ways stands in neither. */
#ifndef TAIZHANG_CORE_REGISTERS_WORDS_H
#define TAIZHANG_CORE_REGISTERS_WORDS_H

extern const char *const status_synonyms[], *const status_akin[]; /* of status_choices */
extern const char *const grade_synonyms[], *const grade_akin[];   /* of grade_choices */
extern const char *const risk_synonyms[], *const risk_akin[];     /* of risk_choices */
extern const char *const dam_grade_synonyms[];                    /* of dam_grade_choices */
extern const char *const frequency_synonyms[];                    /* of frequency_choices */
extern const char *const metal_synonyms[];                        /* of metal_choices */
extern const char *const key_industry_synonyms[], *const key_industry_akin[];
extern const char *const problem_category_synonyms[];
extern const char *const source_synonyms[];
extern const char *const barrier_synonyms[], *const barrier_akin[]; /* of barrier_choices */
extern const char *const water_fate_synonyms[], *const water_fate_akin[];
extern const char *const result_synonyms[]; /* of 通过, 退回 */

/* water_fate_synonyms, for a field that has more choices. */
#define WATER_FATE_WORDS                                                                           \
    "外排", "直接外排", "直排", "直接外排", "直接排放", "直接外排", "排入地表水", "直接外排",      \
        "排入环境", "直接外排", "间接排放", "纳管", "纳管排放", "纳管", "接管", "纳管",            \
        "接管排放", "纳管", "排入污水处理厂", "纳管", "进入污水处理厂", "纳管", "进污水处理厂",    \
        "纳管", "排入城镇污水处理厂", "纳管", "排入园区污水处理厂", "纳管", "回用", "全部回用",    \
        "回用不外排", "全部回用", "全部回用不外排", "全部回用", "循环使用", "全部回用",            \
        "循环利用", "全部回用", "全部循环利用", "全部回用", "废水零排放", "零排放"

/* Of 涉铊企业, whose declarations they would drown. */
extern const char *const thallium_industry_synonyms[], *const thallium_evidence_synonyms[];
extern const char *const removal_process_synonyms[], *const removal_process_akin[];
extern const char *const thallium_risk_synonyms[], *const thallium_risk_akin[];
extern const char *const upgrade_state_synonyms[], *const monitored_result_synonyms[];

#endif
