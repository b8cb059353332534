/* Walks every register and finds what a declaration forgot or mistyped (fields: test_fields.c). */
#include "core/record.h"
#include "core/registers.h"
#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static void check_identity(const struct reg *reg)
{
    assert_non_null(reg->identity);
    assert_non_null(reg->identity[0]);
    for (const char *const *names = reg->identity; *names; names++) {
        char copy[128];
        assert_in_range(strlen(*names), 1, sizeof copy - 1);
        strcpy(copy, *names);
        char *rest = NULL;
        for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
            const struct field *field = reg_field_find(reg, name);
            assert_non_null(field);
            assert_true(field_is_stored(field));
        }
    }
}

static void test_registers(void **state)
{
    (void)state;
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        assert_ptr_equal(reg_find(reg->name), reg);
        assert_false(text_is_empty(reg->label) || text_is_empty(reg->title));
        assert_false(text_is_empty(reg->counter) || text_is_empty(reg->help));
        assert_false(text_is_empty(reg->basis));
        assert_non_null(reg_field_find(reg, reg->name_field));
        assert_true(!reg->order || reg_field_find(reg, reg->order));
        assert_true(!reg->parent || (reg_field_find(reg, reg->parent)->type == TYPE_REF &&
                                     reg_field_find(reg, reg->parent)->flags & FIELD_KEY));
        assert_int_equal(reg->prefix != NULL, reg_is_main(reg));
        assert_int_equal(reg->prefix != NULL, reg_field_index(reg, "case_no") == 0);
        check_identity(reg);
        for (size_t j = 0; j < i; j++)
            assert_true(!reg->prefix || !registers[j]->prefix ||
                        strcmp(reg->prefix, registers[j]->prefix) != 0);
    }
}

/* Each step of a survey says what it asks for. */
static void test_surveys(void **state)
{
    (void)state;
    size_t surveys = 0, reconciled = 0;
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        for (size_t j = 0; reg->flags & REG_SURVEY && j < reg->section_count; j++) {
            const struct section *section = &reg->sections[j];
            if (text_is_empty(section->intro) || !text_ends_with(section->intro, "。"))
                fail_msg("%s: %s has no introduction", reg->name, section->label);
        }
        surveys += (reg->flags & REG_SURVEY) != 0;
        reconciled += (reg->flags & REG_RECONCILED) != 0;
        assert_true(!(reg->flags & REG_SURVEY) || !reg->parent);
    }
    assert_true(surveys >= 4);
    assert_true(reg_legacy_site.flags & REG_SURVEY);
    assert_int_equal(reconciled, 1); /* the fields of a filing have room for one */
}

/* A column that gets lost, and a list that grows too wide to read, are noticed here. */
static void test_counts(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t fields, keys, listed;
    } expected[] = {
        {"enterprise", 108, 2, 6},
        {"thallium_enterprise", 58, 1, 5},
        {"legacy_site", 90, 2, 7},
        {"receptor", 6, 1, 5},
        {"cadmium_source", 52, 2, 7},
        {"tailings_pond", 88, 2, 7},
        {"manganese_mine", 47, 2, 7},
        {"manganese_plant", 47, 1, 6},
        {"manganese_slag_yard", 44, 2, 7},
        {"park", 49, 2, 7},
        {"outlet", 42, 2, 6},
        {"material_flow", 40, 3, 7},
        {"sample", 35, 2, 8},
        {"problem", 71, 2, 5},
        {"progress", 6, 1, 5},
        {"inspection", 32, 2, 5},
        {"inspection_item", 10, 2, 5},
        {"attachment", 23, 2, 5},
        {"construction_project", 59, 2, 5},
        {"reduction_project", 49, 3, 6},
        {"emission_stream", 11, 5, 5},
        {"quota_transfer", 37, 1, 5},
        {"task", 18, 1, 5},
        {"filing", 25, 2, 6},
        {"acceptance", 9, 4, 6},
        {"campaign", 20, 2, 6},
        {"target", 14, 4, 7},
        {"key_region", 10, 2, 5},
        {"obligation", 22, 3, 6},
        {"parameter", 7, 2, 6},
        {"limit", 20, 2, 7},
        {"checklist", 10, 3, 5},
        {"holiday", 4, 2, 4},
        {"region", 6, 2, 5},
        {"industry", 6, 2, 6},
    };
    assert_int_equal(register_count, COUNT_OF(expected));
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        size_t keys = 0, listed = 0;
        for (size_t j = 0; j < reg_field_count(reg); j++) {
            keys += (reg_field(reg, j)->flags & FIELD_KEY) != 0;
            listed += (reg_field(reg, j)->flags & FIELD_LIST) != 0;
        }
        assert_string_equal(reg->name, expected[i].name);
        assert_int_equal(reg_field_count(reg), expected[i].fields);
        assert_int_equal(keys, expected[i].keys);
        assert_int_equal(listed, expected[i].listed);
    }
}

static void test_children(void **state)
{
    (void)state;
    assert_ptr_equal(reg_child(&reg_legacy_site, 0), &reg_receptor);
    assert_ptr_equal(reg_child(&reg_problem, 0), &reg_progress);
    assert_ptr_equal(reg_child(&reg_inspection, 0), &reg_inspection_item);
    assert_null(reg_child(&reg_enterprise, 0));
}

/* The real list of Qingyuan must be kept whole: every heading but the running number has its field.
 */
static void test_qingyuan_headings(void **state)
{
    (void)state;
    static const struct {
        const char *heading, *field;
    } columns[] = {
        {"企业名称", "name"},       {"所在县（区、市）", "region"}, {"行业类别", "industry_name"},
        {"牵头部门", "audit_lead"}, {"实施时间", "audit_schedule"},
    };
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        const struct field *field = reg_field_find(&reg_enterprise, columns[i].field);
        bool found = !field->group && text_same(field->label, columns[i].heading);
        for (const char *const *alias = field->aliases; alias && *alias; alias++)
            found = found || text_same(*alias, columns[i].heading);
        assert_true(found);
    }
}

static void assert_is(const struct reg *reg, const char *name, enum field_type type)
{
    const struct field *field = reg_field_find(reg, name);
    if (!field || field->type != type || !field_is_stored(field))
        fail_msg("%s: %s is no such field", reg->name, name);
}

/* What the case file is told about by a register names fields of the right kind. */
static void test_events_series_deadlines(void **state)
{
    (void)state;
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        for (const struct reg_event *event = reg->events; event && event->date; event++) {
            assert_is(reg, event->date, TYPE_DATE);
            assert_false(text_is_empty(event->label));
        }
        if (reg->deadline) {
            assert_is(reg, reg->deadline->date, TYPE_DATE);
            if (reg->deadline->closed.field)
                assert_is(reg, reg->deadline->closed.field, TYPE_CHOICE);
            if (reg->deadline->met)
                assert_is(reg, reg->deadline->met, TYPE_DATE);
            assert_true(reg->deadline->closed.field || reg->deadline->met);
        }
        if (reg->series) {
            assert_is(reg, reg->series->value, TYPE_MEASURE);
            assert_is(reg, reg->series->date, TYPE_DATE);
            assert_is(reg, reg->series->factor, TYPE_CHOICE);
            assert_is(reg, reg->series->unit, TYPE_CHOICE);
            assert_is(reg, reg->series->point, TYPE_TEXT);
            assert_is(reg, reg->series->limit, TYPE_TEXT);
            assert_is(reg, reg->series->is_judged.field, TYPE_CHOICE);
        }
        if (reg->menu == MENU_INVENTORY) /* stands beside others in the tabs of a case file */
            assert_in_range(text_width(reg_brief(reg)), 4, 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events_series_deadlines),
        cmocka_unit_test(test_registers),
        cmocka_unit_test(test_surveys),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_children),
        cmocka_unit_test(test_qingyuan_headings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
