/* Rules about the base data of a policy. */
#include "core/registers.h"
#include "tests/core/rule_cases.h"

static const struct rule_case cases[] = {
    {"V65", "ph_upto", &reg_limit, {{"ph_above", "6.5"}, {"ph_upto", "5.5"}}, {{"ph_upto", "7.5"}}},
    {"V65",
     "to_on",
     &reg_limit,
     {{"from_on", "2018-08-01"}, {"to_on", "2018-07-31"}},
     {{"to_on", "2018-08-01"}}},
    {"V65", "unit", &reg_limit, {{"unit", "furlong"}}, {{"unit", "μg/L"}}},
    {"V66",
     "other_ratio",
     &reg_key_region,
     {{"ratio", "1.2"}, {"other_ratio", "1"}},
     {{"other_ratio", "1.2"}}},
    {"V66",
     "other_due_on",
     &reg_obligation,
     {{"due_on", "2018-12-31"}, {"other_due_on", "2019-12-31"}},
     {{"other_due_on", ""}}},
    {"V67", "ratio", &reg_key_region, {{"ratio", "1"}, {"other_ratio", "1.2"}}, {{"ratio", "1.2"}}},
    {"V67",
     "due_on",
     &reg_obligation,
     {{"due_on", "2019-12-31"}, {"other_due_on", "2018-12-31"}},
     {{"due_on", "2018-12-31"}}},
    {"V71",
     "due_day",
     &reg_obligation,
     {{"due_kind", "每年"}, {"due_day", "99-99"}},
     {{"due_day", "06-20"}}},
    {"V71", "reg_name", &reg_obligation, {{"reg_name", "nowhere"}}, {{"reg_name", "problem"}}},
    {"V72", "checked_by", &reg_limit, {{"state", "已核"}}, {{"checked_by", "张三"}}},
    {"V72", "checked_on", &reg_limit, {{"state", "已核"}}, {{"state", "未核"}}},
};

const struct rule_case_set rule_cases_policy = {cases, COUNT_OF(cases)};
