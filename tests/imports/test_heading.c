/* Headings of all shapes that lists come with. */
#include "tests/imports/fixture.h"

#include "core/registers.h"
#include "imports/heading.h"

#include <string.h>

/* Reads `text` as a .csv and finds its heading for enterprises. */
static bool find(struct fixture *fixture, const char *text, struct heading *heading)
{
    fixture_write_text(fixture, "list.csv", text);
    if (!table_read(fixture->path, NULL, &fixture->table, &fixture->err))
        fail_msg("%s", fixture->err.message);
    return heading_find(&fixture->table, &reg_enterprise, heading, &fixture->err);
}

static void release(struct fixture *fixture, struct heading *heading)
{
    heading_release(heading);
    table_release(&fixture->table);
}

/* The name of the field of a column; "?" unknown, "-" ignored. */
static const char *meaning(const struct heading *heading, size_t column)
{
    const struct heading_column *at = &heading->columns[column];
    if (at->match == HEADING_FIELD)
        return reg_field(&reg_enterprise, at->field)->name;
    return at->match == HEADING_IGNORED ? "-" : "?";
}

static void assert_columns(const struct heading *heading, const char *const *expected)
{
    for (size_t i = 0; expected[i]; i++)
        assert_string_equal(meaning(heading, i), expected[i]);
}

static void labels_names_and_synonyms(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    assert_true(find(fixture, "序号,企业名称,uscc,所在县（区、市）,牵头部门,无关列\n", &heading));
    assert_columns(&heading,
                   (const char *const[]){"-", "name", "uscc", "region", "audit_lead", "?", NULL});
    assert_int_equal(heading.first_row, 0);
    assert_int_equal(heading.row_count, 1);
    release(fixture, &heading);
}

static void title_rows_are_skipped(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    assert_true(find(fixture,
                     "2025年全口径涉重金属企业清单,,\n填报单位：清远市,,单位：千克\n"
                     "企业名称,县（市、区）,统一社会信用代码\n甲厂,清城区,\n",
                     &heading));
    assert_int_equal(heading.first_row, 2);
    assert_int_equal(heading.row_count, 1);
    release(fixture, &heading);
}

static void two_rows_join_group_and_label(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    assert_true(find(fixture,
                     "企业名称,县（市、区）,2020年基础排放量（kg/a）,,上年实际排放量（kg/a）,\n"
                     ",,铅,合计,铅,合计\n甲厂,清城区,1,2,3,4\n",
                     &heading));
    assert_int_equal(heading.row_count, 2);
    assert_columns(&heading,
                   (const char *const[]){"name", "region", "base_lead_kg", "base_total_kg",
                                         "actual_lead_kg", "actual_total_kg", NULL});
    release(fixture, &heading);
}

static void one_row_may_hold_group_and_label(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    assert_true(find(fixture, "企业名称,县（市、区）,许可排放量/镉（kg/a）\n", &heading));
    assert_columns(&heading, (const char *const[]){"name", "region", "permitted_cadmium_kg", NULL});
    release(fixture, &heading);
}

static void width_space_and_marks_do_not_matter(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    assert_true(find(fixture, "* 企业 名称,ＵＳＣＣ,县(市、区)\n", &heading));
    assert_columns(&heading, (const char *const[]){"name", "uscc", "region", NULL});
    release(fixture, &heading);
}

static void a_repeated_heading_is_taken_once(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    assert_true(find(fixture, "企业名称,县（市、区）,企业名称\n", &heading));
    assert_columns(&heading, (const char *const[]){"name", "region", "?", NULL});
    assert_int_equal(heading_column_of(&heading, (size_t)reg_field_index(&reg_enterprise, "name")),
                     0);
    release(fixture, &heading);
}

static void a_sheet_without_heading_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    assert_false(find(fixture, "甲,乙,丙\n1,2,3\n", &heading));
    assert_int_equal(fixture->err.code, ERROR_FORMAT);
    assert_non_null(strstr(fixture->err.message, "企业名称"));
    table_release(&fixture->table);
}

static void one_match_is_not_a_heading(void **state)
{
    struct fixture *fixture = *state;
    struct heading heading;
    assert_false(find(fixture, "备注\n甲厂\n", &heading));
    table_release(&fixture->table);
}

#define unit(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        unit(labels_names_and_synonyms),           unit(title_rows_are_skipped),
        unit(two_rows_join_group_and_label),       unit(one_row_may_hold_group_and_label),
        unit(width_space_and_marks_do_not_matter), unit(a_repeated_heading_is_taken_once),
        unit(a_sheet_without_heading_is_refused),  unit(one_match_is_not_a_heading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
