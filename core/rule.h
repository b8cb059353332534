/* rule.h - a rule over one record: a pure function with an id, a severity and its basis. The list
 * stands in core/rules.c; the functions in core/rules/, one file a theme. */
#ifndef TAIZHANG_CORE_RULE_H
#define TAIZHANG_CORE_RULE_H

#include "core/record.h"

/* What a rule looks at beside its own record and the policy registers, which it may always ask:
 * records of register `reg` whose field `field` equals the record's own field `match` ("id": its
 * id). When such a record changes, the rule is asked again. */
struct rule_link {
    const char *reg; /* NULL: the record's own register */
    const char *field, *match;
};

enum { RULE_MAX_LINKS = 12 };

struct rule {
    const char *id; /* "V09" */
    enum severity severity;
    const char *reg; /* register it applies to; NULL: every register that has its fields */
    struct rule_link links[RULE_MAX_LINKS]; /* ends with one without `match` */
    const char *whole; /* a register of which the rule looks at all records: when one changes, the
                          rule is asked again in a quiet moment; NULL none */
    const char *label; /* what it demands, one short sentence */
    const char *basis;
    bool is_delay; /* tells how late work is, not that what was entered is wrong: a report that
                      shows it is right, so that it keeps none from being filed */
    void (*check)(const struct rule *rule, const struct record *record,
                  const struct check_context *context, struct findings *findings);
};

extern const struct rule *const rules[];
extern const size_t rule_count;

/* NULL when there is none of that id. */
const struct rule *rule_find(const char *id);

/* What rule `id` demands, also of those that are checked elsewhere: by core/record.c and the types.
 */
const char *rule_label(const char *id);

/* Whether `rule` judges records of `reg`. */
bool rule_concerns(const struct rule *rule, const struct reg *reg);

/* Adds a finding of `rule` about `field`. */
#define rule_report(rule, findings, field_name, ...)                                               \
    findings_add(findings,                                                                         \
                 &(struct finding){.rule = (rule)->id,                                             \
                                   .severity = (rule)->severity,                                   \
                                   .field = (field_name),                                          \
                                   .basis = (rule)->basis},                                        \
                 __VA_ARGS__)

#endif
