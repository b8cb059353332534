/* Every rule over one record, in the order of their numbers. Required fields, ranges and lengths
 * (V01) are checked by core/record.c; the forms of credit codes (V02), permit numbers (V08, its
 * check digit) and positions by their types; rules over several records stand where the records
 * are. */
#include "core/rule.h"
#include "core/rules/rules.h"

const struct rule *const rules[] = {
    &rule_one_name,           /* V03 */
    &rule_duplicate,          /* V04 */
    &rule_jurisdiction,       /* V05 */
    &rule_position,           /* V06 */
    &rule_industry,           /* V07 */
    &rule_permit_owner,       /* V08 */
    &rule_sums,               /* V09 */
    &rule_base,               /* V10 */
    &rule_replacement,        /* V11 */
    &rule_source,             /* V12 */
    &rule_elements,           /* V13 */
    &rule_approval,           /* V14 */
    &rule_exemption,          /* V15 */
    &rule_permitted,          /* V16 */
    &rule_change,             /* V17 */
    &rule_point,              /* V18 */
    &rule_detection,          /* V19 */
    &rule_unit,               /* V20 */
    &rule_closure,            /* V21 */
    &rule_checkers,           /* V22 */
    &rule_calendar,           /* V23 */
    &rule_shut_permit,        /* V24 */
    &rule_permit_change,      /* V25 */
    &rule_cadmium_monitoring, /* V26 */
    &rule_audit,              /* V27 */
    &rule_soil,               /* V28 */
    &rule_removal,            /* V29 */
    &rule_stale,              /* V30 */
    &rule_continuity,         /* V31 */
    &rule_assay,              /* V32 */
    &rule_statistical_zone,   /* V33 */
    &rule_two_checkers,       /* V34 */
    &rule_permit_period,      /* V35 */
    &rule_transfer,           /* V36 */
    &rule_concentrations,     /* V37 */
    &rule_permit_expiring,    /* V38 */
    &rule_future,             /* V39 */
    &rule_due,                /* V40 */
    &rule_at_once,            /* V41 */
    &rule_order,              /* V42 */
    &rule_extension,          /* V43 */
    &rule_object,             /* V44 */
    &rule_phone,              /* V45 */
    &rule_key_discharger,     /* V46 */
    &rule_outlets,            /* V47 */
    &rule_frequency,          /* V48 */
    &rule_result,             /* V49 */
    &rule_presumed,           /* V50 */
    &rule_removal_unit,       /* V51 */
    &rule_records,            /* V52 */
    &rule_density,            /* V53 */
    &rule_quantity,           /* V54 */
    &rule_drainage,           /* V55 */
    &rule_waste,              /* V56 */
    &rule_interim,            /* V57 */
    &rule_grades,             /* V58 */
    &rule_samples,            /* V59 */
    &rule_metals,             /* V60 */
    &rule_old_list,           /* V61 */
    &rule_emergency,          /* V62 */
    &rule_permit_expired,     /* V63 */
    &rule_insurance,          /* V64 */
    &rule_limit_range,        /* V65 */
    &rule_passages,           /* V66 */
    &rule_stricter,           /* V67 */
    &rule_key_region,         /* V68 */
    &rule_exceedance,         /* V69 */
    &rule_attachment,         /* V70 */
    &rule_duty,               /* V71 */
    &rule_verified,           /* V72 */
    &rule_outlet,             /* V73 */
    &rule_blanks,             /* V74 */
    &rule_falling,            /* V75 */
    &rule_overdue,            /* V76 */
    &rule_resting,            /* V77 */
    &rule_pause,              /* V78 */
    &rule_rebound,            /* V79 */
    &rule_booked_twice,       /* V80 */
    &rule_balance,            /* V81 */
    &rule_counterpart,        /* V83 */
    &rule_waste_way,          /* V84 */
    &rule_rebase,             /* V85 */
    &rule_basis,              /* V86 */
    &rule_one_paper,          /* V87 */
    &rule_origin,             /* V88 */
    &rule_streams,            /* V90 */
    &rule_cancelled,          /* V91 */
    &rule_before,             /* V92 */
    &rule_listed,             /* V93 */
    &rule_table,              /* V94 */
    &rule_override,           /* V95 */
    &rule_effect,             /* V96 */
    &rule_unsampled,          /* V97 */
    &rule_receptors,          /* V98 */
    &rule_outdated,           /* V99 */
    &rule_clue,               /* V100 */
};

const size_t rule_count = COUNT_OF(rules);
