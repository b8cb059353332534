/* rule.h - a rule over one record: a pure function with an id, a severity and its basis. The list
 * stands in core/rules.c; the functions in core/rules/, one file a theme. */
#ifndef TAIZHANG_CORE_RULE_H
#define TAIZHANG_CORE_RULE_H

#include "core/record.h"

struct rule {
    const char *id; /* "V09" */
    enum severity severity;
    const char *reg;   /* register it applies to; NULL: every register that has its fields */
    const char *label; /* what it demands, one short sentence */
    const char *basis;
    void (*check)(const struct rule *rule, const struct record *record,
                  const struct check_context *context, struct findings *findings);
};

extern const struct rule *const rules[];
extern const size_t rule_count;

/* Adds a finding of `rule` about `field`. */
#define rule_report(rule, findings, field_name, ...)                                               \
    findings_add(findings,                                                                         \
                 &(struct finding){.rule = (rule)->id,                                             \
                                   .severity = (rule)->severity,                                   \
                                   .field = (field_name),                                          \
                                   .basis = (rule)->basis},                                        \
                 __VA_ARGS__)

#endif
