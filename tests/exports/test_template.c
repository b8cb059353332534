/* Workbooks to fill in: that they come back through the import without questions, what may be typed
 * into them, and that they are written whole or not at all. */
#include "exports/template.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "exports/report.h"
#include "imports/heading.h"
#include "tests/exports/bureau.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static int set_up(void **state)
{
    char id[RECORD_ID_SIZE];
    if (bureau_set_up(state) != 0)
        return -1;
    struct bureau *bureau = *state;
    BUREAU_ADD(bureau, reg_enterprise, id, "name", "甲厂", "uscc", "无", "region", "清城区");
    BUREAU_ADD(bureau, reg_enterprise, id, "name", "乙厂", "uscc", "91441802MA4UKQ1A1X", "region",
               "清城区");
    BUREAU_ADD(bureau, reg_enterprise, id, "name", "乙厂", "uscc", "91441802MA4W1C2B3C", "region",
               "清城区");
    return 0;
}

static const char *write_form(struct bureau *bureau, const char *reg, const char *columns,
                              const char *name)
{
    const char *path = scratch_path((void **)&bureau->folder, name);
    struct report report;
    struct report_result result;
    struct error err = {0};
    struct report_options options = {
        .choices = {[REPORT_REGISTER] = reg, [REPORT_COLUMNS] = columns}};
    if (!report_find("template", &report, &err) ||
        !report_write(&report, bureau->store, &options, path, &result, &err))
        fail_msg("%s: %s", reg, err.message);
    return path;
}

static bool is_handed_out(const struct reg *reg)
{
    return !(reg->flags & REG_REFERENCE);
}

static size_t count_units(const char *text)
{
    size_t units = 0;
    for (size_t step; *text; text += step)
        units += text_decode(text, &step) > 0xFFFF ? 2 : 1;
    return units;
}

/* ---- coming back ---- */

static void check_form(struct bureau *bureau, const struct reg *reg)
{
    struct table table = {0};
    struct heading heading;
    struct template template;
    struct error err = {0};
    bool found = false;
    const char *path = write_form(bureau, reg->name, NULL, "form.xlsx");
    if (!table_read(path, NULL, &table, &err) ||
        !heading_of_template(path, reg, &table, &heading, &found, &err))
        fail_msg("%s: %s", reg->name, err.message);
    if (!found)
        fail_msg("%s: its own form is not recognised", reg->name);
    assert_true(template_init(&template, bureau->store, reg, NULL, &err));
    assert_string_equal(table.sheet, reg->label);
    assert_int_equal(table.column_count, template.column_count);
    for (size_t i = 0; i < template.column_count; i++) {
        const struct template_column *column = &template.columns[i];
        assert_int_equal(heading.columns[i].match, HEADING_FIELD);
        assert_ptr_equal(reg_field(reg, heading.columns[i].field), column->field);
        assert_true(count_units(column->hint_title) <= TEMPLATE_MAX_HINT_TITLE);
        assert_true(*column->hint && count_units(column->hint) <= TEMPLATE_MAX_HINT);
        assert_int_equal(column->heading[0] == '*', field_is_required(column->field));
        if (column->field->choices && column->field->type == TYPE_CHOICE)
            assert_true(column->has_list && template.lists[column->list].strict);
    }
    template_release(&template);
    heading_release(&heading);
    table_release(&table);
}

static void comes_back_as_what_it_is(void **state)
{
    size_t forms = 0;
    for (size_t i = 0; i < register_count; i++) {
        if (!is_handed_out(registers[i]))
            continue;
        check_form(*state, registers[i]);
        forms++;
    }
    assert_true(forms >= 20);
}

/* No field that a person types is missing, and none that the program fills is asked for. */
static void asks_for_what_is_typed(void **state)
{
    struct bureau *bureau = *state;
    struct template template;
    assert_true(template_init(&template, bureau->store, &reg_thallium_enterprise, NULL, NULL));
    size_t next = 0;
    for (struct field_walk walk = {.reg = template.reg}; reg_walk(&walk);) {
        if (!field_is_stored(walk.field) || (walk.field->flags & FIELD_AUTO))
            continue;
        assert_ptr_equal(template.columns[next].field, walk.field);
        next++;
    }
    assert_int_equal(next, template.column_count);
    template_release(&template);
}

/* ---- what may be typed ---- */

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)); at++)
        count++;
    return count;
}

static void checks_what_is_typed(void **state)
{
    struct bureau *bureau = *state;
    struct template template;
    const char *path = write_form(bureau, "thallium_enterprise", NULL, "form.xlsx");
    char *sheet = scratch_unzip(path, "xl/worksheets/sheet1.xml");
    char *book = scratch_unzip(path, "xl/workbook.xml");
    assert_true(template_init(&template, bureau->store, &reg_thallium_enterprise, NULL, NULL));
    assert_int_equal(count_of(sheet, "<dataValidation "), template.column_count);
    /* A list in the cell itself may have 255 characters only. */
    assert_int_equal(count_of(sheet, "type=\"list\""), count_of(sheet, "<formula1>list_"));
    assert_non_null(strstr(sheet, "<formula1>list_thallium_industry</formula1>"));
    assert_non_null(strstr(book, "<definedName name=\"list_thallium_industry\">"));
    assert_non_null(strstr(sheet, "<formula1>DATE(1900,1,1)</formula1>"));
    assert_non_null(strstr(sheet, "<sheetProtection sheet=\"1\""));
    assert_null(strstr(sheet, "password"));
    assert_non_null(strstr(sheet, "formatColumns=\"0\""));
    assert_non_null(strstr(sheet, "insertRows=\"0\""));
    assert_int_equal(count_of(book, "state=\"hidden\""), 2);
    template_release(&template);
    free(sheet);
    free(book);
}

static bool offers(const struct template_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->entries[i], text) == 0)
            return true;
    return false;
}

static const struct template_list *list_of(const struct template *template, const char *field)
{
    for (size_t i = 0; i < template->column_count; i++)
        if (strcmp(template->columns[i].field->name, field) == 0)
            return template->columns[i].has_list ? &template->lists[template->columns[i].list]
                                                 : NULL;
    return NULL;
}

static void offers_what_there_is(void **state)
{
    struct bureau *bureau = *state;
    struct template template;
    assert_true(template_init(&template, bureau->store, &reg_thallium_enterprise, NULL, NULL));
    const struct template_list *list = list_of(&template, "enterprise");
    assert_int_equal(list->count, 3);
    assert_false(list->strict);
    assert_true(offers(list, "甲厂"));
    /* A name that two have would be refused. */
    assert_false(offers(list, "乙厂"));
    assert_true(offers(list, "91441802MA4UKQ1A1X"));
    assert_null(list_of(&template, "thallium_steps")); /* several may be chosen */
    template_release(&template);
    assert_true(template_init(&template, bureau->store, &reg_enterprise, NULL, NULL));
    list = list_of(&template, "region");
    assert_true(offers(list, "清城区") && offers(list, "连南瑶族自治县"));
    assert_false(offers(list, "花都区"));
    assert_true(offers(list_of(&template, "industry"), "铅锌矿采选"));
    assert_null(list_of(&template, "name"));
    template_release(&template);
}

/* ---- a part of the columns ---- */

static void takes_some_columns(void **state)
{
    struct bureau *bureau = *state;
    static const struct {
        const char *names;
        const char *message;
    } bad[] = {
        {"nothing", "没有名为“nothing”的字段"},
        {"content_max,input_kg", "由程序填写"},
        {"enterprise_uscc", "由程序填写"},
    };
    struct template template;
    struct error err = {0};
    assert_true(template_init(&template, bureau->store, &reg_thallium_enterprise,
                              "content_max, thallium_industry", &err));
    assert_int_equal(template.column_count,
                     3); /* and the enterprise, without which no row is taken */
    assert_string_equal(template.columns[0].field->name, "enterprise");
    assert_string_equal(template.columns[1].field->name, "thallium_industry");
    template_release(&template);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(
            template_init(&template, bureau->store, &reg_thallium_enterprise, bad[i].names, &err));
        assert_int_equal(err.code, ERROR_USAGE);
        assert_non_null(strstr(err.message, bad[i].message));
        template_release(&template);
    }
    assert_false(template_init(&template, bureau->store, &reg_region, NULL, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    template_release(&template);
}

/* ---- the file ---- */

static void gives_the_same_bytes(void **state)
{
    struct bureau *bureau = *state;
    size_t length, other_length;
    char *bytes = scratch_read(write_form(bureau, "sample", NULL, "one.xlsx"), &length);
    char *other = scratch_read(write_form(bureau, "sample", NULL, "two.xlsx"), &other_length);
    assert_int_equal(length, other_length);
    assert_memory_equal(bytes, other, length);
    free(bytes);
    free(other);
}

static void refuses_without_a_trace(void **state)
{
    struct bureau *bureau = *state;
    static const struct {
        const char *reg, *file;
        enum error_code code;
    } cases[] = {
        {"nothing", "x.xlsx", ERROR_USAGE},     {"sample", "x.csv", ERROR_USAGE},
        {"sample", "nowhere/x.xlsx", ERROR_IO}, {"region", "x.xlsx", ERROR_REFUSED},
        {NULL, "x.xlsx", ERROR_USAGE},
    };
    size_t before = scratch_count((void **)&bureau->folder);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct report report;
        struct report_result result;
        struct error err = {0};
        struct report_options options = {.choices = {[REPORT_REGISTER] = cases[i].reg}};
        assert_true(report_find("template", &report, &err));
        assert_false(report_write(&report, bureau->store, &options,
                                  scratch_path((void **)&bureau->folder, cases[i].file), &result,
                                  &err));
        assert_int_equal(err.code, cases[i].code);
        assert_int_equal(scratch_count((void **)&bureau->folder), before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back_as_what_it_is), cmocka_unit_test(asks_for_what_is_typed),
        cmocka_unit_test(checks_what_is_typed),     cmocka_unit_test(offers_what_there_is),
        cmocka_unit_test(takes_some_columns),       cmocka_unit_test(gives_the_same_bytes),
        cmocka_unit_test(refuses_without_a_trace),
    };
    return cmocka_run_group_tests_name("template", tests, set_up, bureau_tear_down);
}
