/* What is worked out once for many records is what would be worked out for each. */
#include "core/facts.h"
#include "core/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void every_field_is_found(void **state)
{
    (void)state;
    struct plans plans;
    plans_init(&plans);
    for (size_t i = 0; i < register_count; i++) {
        const struct plan *plan = plans_find(&plans, registers[i]);
        assert_non_null(plan);
        for (struct field_walk walk = {.reg = registers[i]}; reg_walk(&walk);)
            assert_int_equal(plan_field_index(plan, walk.field->name), walk.index);
        assert_int_equal(plan_field_index(plan, "no_such_field"), -1);
        assert_int_equal(plan_field_index(plan, ""), -1);
    }
    plans_release(&plans);
}

static void every_rule_is_asked_where_it_concerns(void **state)
{
    (void)state;
    struct plans plans;
    plans_init(&plans);
    for (size_t i = 0; i < register_count; i++) {
        const struct plan *plan = plans_find(&plans, registers[i]);
        size_t at = 0;
        for (size_t j = 0; j < rule_count; j++)
            if (rule_concerns(rules[j], registers[i]))
                assert_ptr_equal(plan->rules[at++], rules[j]);
        assert_int_equal(at, plan->rule_count);
    }
    plans_release(&plans);
}

/* A lookup that knows no code, facts about nothing. */
static bool no_label(void *context, const char *target, const char *id, struct buffer *out)
{
    (void)context;
    (void)target;
    (void)id;
    (void)out;
    return false;
}

static void no_facts(void *context, const struct facts_query *query, facts_visitor *visit,
                     void *data)
{
    (void)context;
    (void)query;
    (void)visit;
    (void)data;
}

static void the_findings_are_the_same(void **state)
{
    (void)state;
    const struct lookup lookup = {.label = no_label};
    const struct facts facts = {.each = no_facts};
    const struct calendar calendar = {.count = 0};
    struct plans plans;
    struct record record;
    struct findings anew = {0}, planned = {0};
    struct check_context context = {.today = {2026, 6, 15},
                                    .lookup = &lookup,
                                    .calendar = &calendar,
                                    .facts = &facts,
                                    .campaign = "",
                                    .jurisdiction = "441802"};
    plans_init(&plans);
    record_init(&record, reg_find("enterprise"));
    value_set_text(record_value_for_change(&record, "name"), "甲厂");
    value_set_text(record_value_for_change(&record, "verified_on"), "2024-01-01");
    value_set_integer(record_value_for_change(&record, "lon"), 113050000);
    value_set_integer(record_value_for_change(&record, "actual_cadmium_kg"), 1000);
    record_check(&record, &context, &anew);
    context.plans = &plans;
    record_check(&record, &context, &planned);
    assert_null(record.plan);
    assert_true(anew.count > 3);
    assert_int_equal(planned.count, anew.count);
    for (size_t i = 0; i < anew.count; i++) {
        assert_string_equal(planned.items[i].rule, anew.items[i].rule);
        assert_string_equal(planned.items[i].message, anew.items[i].message);
    }
    findings_release(&anew);
    findings_release(&planned);
    record_release(&record);
    plans_release(&plans);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_found),
        cmocka_unit_test(every_rule_is_asked_where_it_concerns),
        cmocka_unit_test(the_findings_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
