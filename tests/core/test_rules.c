/* Runs the table of cases: each rule speaks about the record that breaks it, and not about its
 * neighbour. */
#include "core/facts.h"
#include "core/registers.h"
#include "core/rule.h"
#include "tests/core/holidays.h"
#include "tests/core/rule_cases.h"
#include "tests/core/typing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool label_region(void *context, const char *target, const char *id, struct buffer *label)
{
    (void)context;
    (void)target;
    buffer_add(label, strcmp(id, "441801") == 0 ? "市辖区" : "清城区");
    return true;
}

static bool has_file(void *context, const char *sha256)
{
    (void)context;
    return strcmp(sha256, LOST_FILE) != 0;
}

static void show_others(void *context, const struct facts_query *query, facts_visitor *visit,
                        void *data);

static const struct facts facts = {.each = show_others, .has_file = has_file};
static const struct lookup lookup = {.find = typing_find, .label = label_region};
static struct calendar calendar; /* 2022 to 2026 */
static const struct check_context desk = {
    .today = {.year = 2026, .month = 6, .day = 15},
    .lookup = &lookup,
    .calendar = &calendar,
    .facts = &facts,
    .campaign = "other",
    .jurisdiction = "4418",
};

/* The case at hand, whose other records the rules may see; NULL: the record stands alone. */
static const struct rule_scene *scene;

static void apply(struct record *record, const struct setting *settings, size_t count)
{
    for (size_t i = 0; i < count && settings[i].field; i++) {
        struct error err = {0};
        int index = reg_field_index(record->reg, settings[i].field);
        if (index < 0)
            fail_msg("%s has no field %s", record->reg->name, settings[i].field);
        if (!record_set_text(record, (size_t)index, settings[i].text, &lookup, &err))
            fail_msg("%s = %s: %s", settings[i].field, settings[i].text, err.message);
    }
    record_derive(record, NULL);
}

/* A rule that looks further than it says would not be asked again when that changes. */
static bool is_declared(const struct facts_query *query)
{
    if (reg_find(query->reg)->flags & REG_POLICY)
        return true;
    for (size_t i = 0; i < rule_count; i++) {
        const struct rule *rule = rules[i];
        for (const struct rule_link *link = rule->links; link->match; link++)
            if (query->field && (!link->reg || strcmp(link->reg, query->reg) == 0) &&
                strcmp(link->field, query->field) == 0)
                return true;
        if (rule->whole && strcmp(rule->whole, query->reg) == 0)
            return true;
    }
    return false;
}

static bool is_asked_for(const struct record *record, const struct facts_query *query)
{
    struct buffer value = {0};
    if (!query->field)
        return true;
    if (strcmp(query->field, "id") == 0)
        buffer_add(&value, record->id);
    else
        record_format(record, query->field, &value);
    bool same = strcmp(buffer_text(&value), query->value) == 0;
    buffer_release(&value);
    return same;
}

static void show_others(void *context, const struct facts_query *query, facts_visitor *visit,
                        void *data)
{
    (void)context;
    if (!is_declared(query))
        fail_msg("%s.%s is looked at, but no rule is linked to it", query->reg, query->field);
    for (size_t i = 0; scene && i < MOST_NEIGHBOURS && scene->others[i].reg; i++) {
        const struct neighbour *other = &scene->others[i];
        struct record record;
        if (strcmp(other->reg->name, query->reg) != 0)
            continue;
        record_init(&record, other->reg);
        strcpy(record.id, "other");
        apply(&record, other->settings, MOST_SETTINGS);
        if (is_asked_for(&record, query))
            visit(data, &record);
        record_release(&record);
    }
}

static size_t findings_by(const struct record *record, const struct check_context *context,
                          const char *rule, const char *field)
{
    struct findings findings = {0};
    record_check(record, context, &findings);
    size_t count = 0;
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        assert_non_null(strstr(finding->message, "，") || strstr(finding->message, "："));
        assert_true(!finding->field || reg_field_find(record->reg, finding->field));
        count += strcmp(finding->rule, rule) == 0 &&
                 (!field || (finding->field && strcmp(finding->field, field) == 0));
    }
    findings_release(&findings);
    return count;
}

static void try_case(const struct rule_case *row)
{
    struct record record;
    record_init(&record, row->reg);
    strcpy(record.id, "own");
    apply(&record, row->settings, MOST_SETTINGS);
    if (findings_by(&record, &desk, row->rule, row->field) != 1)
        fail_msg("%s is silent about %s = %s", row->rule, row->settings[0].field,
                 row->settings[0].text);
    apply(&record, row->mended, COUNT_OF(row->mended));
    if (findings_by(&record, &desk, row->rule, row->field) != 0)
        fail_msg("%s still speaks about %s", row->rule, row->field);
    record_release(&record);
}

static void test_each_rule_and_its_neighbour(void **state)
{
    (void)state;
    for (size_t i = 0; rule_case_at(i); i++)
        try_case(rule_case_at(i));
    for (size_t i = 0; i < rule_scene_count; i++) {
        scene = &rule_scenes[i];
        try_case(&rule_scenes[i].row);
    }
    scene = NULL;
}

static bool has_case(const char *id)
{
    for (size_t i = 0; rule_case_at(i); i++)
        if (strcmp(rule_case_at(i)->rule, id) == 0)
            return true;
    for (size_t i = 0; i < rule_scene_count; i++)
        if (strcmp(rule_scenes[i].row.rule, id) == 0)
            return true;
    return false;
}

static void test_no_rule_without_a_case(void **state)
{
    (void)state;
    for (size_t i = 0; i < rule_count; i++)
        if (!has_case(rules[i]->id))
            fail_msg("no case for %s", rules[i]->id);
}

/* Those that the policy texts and the practice of statistics ask for, also where the record itself
 * or a field type speaks. */
static void test_the_catalogue_is_complete(void **state)
{
    enum { CATALOGUE = 32 };
    (void)state;
    for (int i = 1; i <= CATALOGUE; i++) {
        char id[8];
        snprintf(id, sizeof id, "V%02d", i);
        if (!has_case(id))
            fail_msg("no case for %s", id);
    }
}

static void test_rule_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < rule_count; i++) {
        const struct rule *rule = rules[i];
        assert_non_null(rule->label);
        assert_non_null(rule->basis);
        assert_true(rule->severity < SEVERITY__COUNT);
        assert_true(!rule->reg || reg_find(rule->reg));
        if (i > 0)
            assert_true(atoi(rules[i - 1]->id + 1) < atoi(rule->id + 1));
    }
}

/* An empty record lacks much (V01), but of what is not there no rule knows that it is wrong, except
 * the few that demand one of several fields. */
static void test_empty_records_are_only_incomplete(void **state)
{
    (void)state;
    for (size_t i = 0; i < register_count; i++) {
        struct record record;
        struct findings findings = {0};
        record_init(&record, registers[i]);
        record_check(&record, &desk, &findings);
        for (size_t j = 0; j < findings.count; j++) {
            const char *rule = findings.items[j].rule;
            if (strcmp(rule, "V01") != 0 && strcmp(rule, "V44") != 0 && strcmp(rule, "V59") != 0)
                fail_msg("%s speaks about an empty %s", rule, registers[i]->name);
        }
        findings_release(&findings);
        record_release(&record);
    }
}

/* Without a date nothing is old, late or ahead. */
static void test_rules_of_age_need_a_date(void **state)
{
    (void)state;
    struct check_context undated = desk;
    undated.today = (struct date){0};
    static const char *const aged[] = {"V24", "V30", "V32", "V38", "V39", "V48", "V61",
                                       "V62", "V63", "V64", "V76", "V78", "V85"};
    const struct rule_case *row;
    for (size_t i = 0; (row = rule_case_at(i)) != NULL; i++) {
        for (size_t j = 0; j < COUNT_OF(aged); j++) {
            if (strcmp(row->rule, aged[j]) != 0 ||
                strcmp(row->settings[0].field, "thallium_evidence") == 0)
                continue;
            struct record record;
            record_init(&record, row->reg);
            apply(&record, row->settings, MOST_SETTINGS);
            assert_int_equal(findings_by(&record, &undated, aged[j], NULL), 0);
            record_release(&record);
        }
    }
}

static void test_no_jurisdiction_means_any_county(void **state)
{
    (void)state;
    struct check_context anywhere = desk;
    anywhere.jurisdiction = "";
    struct record record;
    record_init(&record, &reg_enterprise);
    apply(&record, (struct setting[]){{"region", "451202"}}, 1);
    assert_int_equal(findings_by(&record, &anywhere, "V05", "region"), 0);
    record_release(&record);
}

static void test_every_name_in_common_is_seen(void **state)
{
    (void)state;
    struct record record;
    struct findings findings = {0};
    record_init(&record, &reg_problem);
    apply(&record,
          (struct setting[]){{"responsible_person", "王五，赵六"}, {"checkers", "赵六/王五"}}, 2);
    record_check(&record, &desk, &findings);
    const struct finding *finding = NULL;
    for (size_t i = 0; i < findings.count; i++)
        if (strcmp(findings.items[i].rule, "V22") == 0)
            finding = &findings.items[i];
    assert_non_null(finding);
    assert_non_null(strstr(finding->message, "赵六、王五"));
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    findings_release(&findings);
    record_release(&record);
}

/* A deadline may lie ahead; what is done may not. */
static void test_deadlines_may_lie_ahead(void **state)
{
    (void)state;
    struct record record;
    record_init(&record, &reg_problem);
    apply(&record, (struct setting[]){{"due_on", "2027-01-01"}, {"started_on", "2027-01-01"}}, 2);
    assert_int_equal(findings_by(&record, &desk, "V39", "due_on"), 0);
    assert_int_equal(findings_by(&record, &desk, "V39", NULL), 1);
    record_release(&record);
}

/* Without a clock no deadline has passed; what a policy demands years ahead is no deadline yet. */
static void test_which_deadlines_need_a_calendar(void **state)
{
    (void)state;
    static const struct {
        const struct reg *reg;
        bool dated;
        size_t count;
    } rows[] = {{&reg_problem, true, 0}, {&reg_problem, false, 1}, {&reg_obligation, false, 0}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct check_context context = desk;
        struct record record;
        context.today = rows[i].dated ? desk.today : (struct date){0};
        record_init(&record, rows[i].reg);
        apply(&record, (struct setting[]){{"due_on", "2021-12-31"}}, 1);
        assert_int_equal(findings_by(&record, &context, "V23", "due_on"), rows[i].count);
        record_release(&record);
    }
}

static void test_plans_may_lie_ahead(void **state)
{
    (void)state;
    static const struct {
        const struct reg *reg;
        const char *planned, *happened;
    } rows[] = {
        {&reg_reduction_project, "planned_start_on", "started_on"},
        {&reg_reduction_project, "planned_completion_on", "completed_on"},
        {&reg_reduction_project, "permit_change_due_on", "permit_change_applied_on"},
        {&reg_construction_project, "source_due_on", "eia_on"},
        {&reg_quota_transfer, "permit_change_due_on", "permit_change_applied_on"},
        {&reg_task, "due_on", "done_on"},
        {&reg_filing, "due_on", "filed_on"},
        {&reg_manganese_plant, "enterprise_permit_to_on", "verified_on"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct record record;
        record_init(&record, rows[i].reg);
        apply(&record, (struct setting[]){{rows[i].planned, "2027-01-01"}}, 1);
        assert_int_equal(findings_by(&record, &desk, "V39", NULL), 0);
        apply(&record, (struct setting[]){{rows[i].happened, "2027-01-01"}}, 1);
        assert_int_equal(findings_by(&record, &desk, "V39", rows[i].happened), 1);
        record_release(&record);
    }
}

/* The longer the worse. */
static void test_levels_of_being_overdue(void **state)
{
    (void)state;
    static const struct {
        const char *due_on;
        int severity; /* -1: silent */
    } rows[] = {{"2026-06-15", -1},
                {"2026-06-14", SEVERITY_HINT},
                {"2026-06-09", SEVERITY_HINT},
                {"2026-06-08", SEVERITY_WARNING},
                {"2026-05-17", SEVERITY_WARNING},
                {"2026-05-16", SEVERITY_ERROR}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct record record;
        struct findings findings = {0};
        int severity = -1;
        record_init(&record, &reg_problem);
        apply(&record, (struct setting[]){{"due_on", rows[i].due_on}}, 1);
        record_check(&record, &desk, &findings);
        for (size_t j = 0; j < findings.count; j++)
            if (strcmp(findings.items[j].rule, "V76") == 0)
                severity = (int)findings.items[j].severity;
        assert_int_equal(severity, rows[i].severity);
        findings_release(&findings);
        record_release(&record);
    }
}

static void test_old_lists_are_due_after_2023(void **state)
{
    (void)state;
    struct check_context then = desk;
    struct record record;
    record_init(&record, &reg_cadmium_source);
    apply(&record, (struct setting[]){{"listed_before_2020", "是"}}, 1);
    then.today = (struct date){.year = 2023, .month = 12, .day = 31};
    assert_int_equal(findings_by(&record, &then, "V61", NULL), 0);
    then.today = (struct date){.year = 2024, .month = 1, .day = 1};
    assert_int_equal(findings_by(&record, &then, "V61", NULL), 1);
    record_release(&record);
}

/* The sum of the five decides; what a single metal amounts to is the bureau's choice. */
static void test_single_metals_weigh_as_the_parameter_says(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        size_t count;
        enum severity severity;
    } rows[] = {{"错误", 1, SEVERITY_ERROR},
                {"警告", 1, SEVERITY_WARNING},
                {"提示", 1, SEVERITY_HINT},
                {"别的", 1, SEVERITY_WARNING},
                {"不查", 0, SEVERITY_HINT}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct rule_scene parameter = {
            .others = {
                {&reg_parameter, {{"code", "per_metal_severity"}, {"value", rows[i].value}}}}};
        struct record record;
        struct findings findings = {0};
        size_t count = 0;
        scene = &parameter;
        record_init(&record, &reg_construction_project);
        apply(&record,
              (struct setting[]){{"added_lead_kg", "2"},
                                 {"ratio", "1"},
                                 {"source_lead_kg", "1"},
                                 {"source_cadmium_kg", "1"}},
              4);
        record_check(&record, &desk, &findings);
        for (size_t j = 0; j < findings.count; j++) {
            if (strcmp(findings.items[j].rule, "V11") != 0)
                continue;
            assert_string_equal(findings.items[j].field, "required_lead_kg");
            assert_int_equal(findings.items[j].severity, rows[i].severity);
            count++;
        }
        assert_int_equal(count, rows[i].count);
        findings_release(&findings);
        record_release(&record);
    }
    scene = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_rule_and_its_neighbour),
        cmocka_unit_test(test_no_rule_without_a_case),
        cmocka_unit_test(test_the_catalogue_is_complete),
        cmocka_unit_test(test_rule_table),
        cmocka_unit_test(test_empty_records_are_only_incomplete),
        cmocka_unit_test(test_rules_of_age_need_a_date),
        cmocka_unit_test(test_no_jurisdiction_means_any_county),
        cmocka_unit_test(test_every_name_in_common_is_seen),
        cmocka_unit_test(test_deadlines_may_lie_ahead),
        cmocka_unit_test(test_which_deadlines_need_a_calendar),
        cmocka_unit_test(test_plans_may_lie_ahead),
        cmocka_unit_test(test_old_lists_are_due_after_2023),
        cmocka_unit_test(test_single_metals_weigh_as_the_parameter_says),
        cmocka_unit_test(test_levels_of_being_overdue),
    };
    calendar = *holidays_calendar();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
