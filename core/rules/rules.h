/* rules.h - the rules of this folder, for core/rules.c alone, and what its files share. */
#ifndef TAIZHANG_CORE_RULES_RULES_H
#define TAIZHANG_CORE_RULES_RULES_H

#include "core/rule.h"

/* Links to the samples of whatever object a record is about. */
#define RULES_OF_OBJECT(FIELD)                                                                     \
    {                                                                                              \
        .reg = "sample", .field = FIELD, .match = FIELD                                            \
    }
#define RULES_SAMPLES_OF_OBJECT                                                                    \
    RULES_OF_OBJECT("enterprise"), RULES_OF_OBJECT("site"), RULES_OF_OBJECT("cadmium_source"),     \
        RULES_OF_OBJECT("tailings_pond"), RULES_OF_OBJECT("manganese_mine"),                       \
        RULES_OF_OBJECT("slag_yard"), RULES_OF_OBJECT("park"), RULES_OF_OBJECT("object_name")

/* place.c */
extern const struct rule rule_jurisdiction;
extern const struct rule rule_statistical_zone;

/* identical.c */
extern const struct rule rule_one_name;
extern const struct rule rule_duplicate;
extern const struct rule rule_position;

/* identity.c */
extern const struct rule rule_industry;
extern const struct rule rule_permit_owner;
extern const struct rule rule_removal;
extern const struct rule rule_phone;
extern const struct rule rule_key_discharger;

/* permit.c */
extern const struct rule rule_shut_permit;
extern const struct rule rule_permit_period;
extern const struct rule rule_permit_expiring;
extern const struct rule rule_permit_expired;

/* emissions.c */
extern const struct rule rule_sums;
extern const struct rule rule_permitted;
extern const struct rule rule_transfer;
extern const struct rule rule_concentrations;
extern const struct rule rule_change;

/* verdict.c */
extern const struct rule rule_exceedance;
extern const struct rule rule_clue;
extern const struct rule rule_outlet;

/* quota.c */
extern const struct rule rule_replacement;
extern const struct rule rule_source;
extern const struct rule rule_elements;
extern const struct rule rule_approval;
extern const struct rule rule_exemption;
extern const struct rule rule_permit_change;
extern const struct rule rule_rebase;
extern const struct rule rule_basis;
extern const struct rule rule_one_paper;
extern const struct rule rule_origin;

/* reduction.c */
extern const struct rule rule_streams;
extern const struct rule rule_cancelled;
extern const struct rule rule_before;
extern const struct rule rule_listed;
extern const struct rule rule_table;

/* totals.c */
extern const struct rule rule_base;
extern const struct rule rule_continuity;
extern const struct rule rule_key_region;

/* care.c */
extern const struct rule rule_cadmium_monitoring;
extern const struct rule rule_audit;
extern const struct rule rule_emergency;
extern const struct rule rule_insurance;

/* dates.c */
extern const struct rule rule_future;
extern const struct rule rule_order;
extern const struct rule rule_calendar;
extern const struct rule rule_stale;

/* thallium.c */
extern const struct rule rule_assay;
extern const struct rule rule_presumed;
extern const struct rule rule_point;
extern const struct rule rule_detection;
extern const struct rule rule_unit;
extern const struct rule rule_result;
extern const struct rule rule_removal_unit;
extern const struct rule rule_frequency;
extern const struct rule rule_outlets;
extern const struct rule rule_records;

/* chain.c */
extern const struct rule rule_counterpart;
extern const struct rule rule_waste_way;

/* site.c */
extern const struct rule rule_density;
extern const struct rule rule_quantity;
extern const struct rule rule_drainage;
extern const struct rule rule_waste;
extern const struct rule rule_interim;
extern const struct rule rule_grades;
extern const struct rule rule_samples;
extern const struct rule rule_soil;
extern const struct rule rule_metals;
extern const struct rule rule_old_list;

/* grading.c */
extern const struct rule rule_override;
extern const struct rule rule_effect;
extern const struct rule rule_unsampled;
extern const struct rule rule_receptors;
extern const struct rule rule_outdated;

/* closure.c */
extern const struct rule rule_closure;
extern const struct rule rule_checkers;
extern const struct rule rule_two_checkers;
extern const struct rule rule_due;
extern const struct rule rule_at_once;
extern const struct rule rule_extension;
extern const struct rule rule_object;
extern const struct rule rule_blanks;

/* problem.c */
extern const struct rule rule_falling;
extern const struct rule rule_overdue;
extern const struct rule rule_resting;
extern const struct rule rule_pause;
extern const struct rule rule_rebound;

/* attachment.c */
extern const struct rule rule_attachment;
extern const struct rule rule_duty;

/* policy.c */
extern const struct rule rule_limit_range;
extern const struct rule rule_passages;
extern const struct rule rule_stricter;
extern const struct rule rule_verified;

/* balance.c */
extern const struct rule rule_booked_twice;
extern const struct rule rule_balance;

#endif
