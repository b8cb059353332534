/* What a person has decided about a form's columns, when the form comes again. */
#include "tests/imports/fixture.h"

#include "core/registers.h"
#include "db/learned.h"
#include "imports/mapping.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct desk {
    struct fixture *fixture;
    struct store *store;
};

static void open_desk(struct desk *desk, void **state)
{
    char path[128];
    struct error err = {0};
    *desk = (struct desk){.fixture = *state};
    snprintf(path, sizeof path, "%s/desk.db", desk->fixture->folder);
    if (!store_create(path, NULL, &err) || !store_open(&desk->store, path, STORE_WRITE, &err))
        fail_msg("%s", err.message);
}

static void close_desk(struct desk *desk)
{
    char path[128];
    store_close(&desk->store);
    snprintf(path, sizeof path, "%s/desk.db", desk->fixture->folder);
    unlink(path);
}

static void read_heading(struct desk *desk, const struct reg *reg, const char *line,
                         struct heading *heading)
{
    struct fixture *fixture = desk->fixture;
    table_release(&fixture->table);
    fixture_write_text(fixture, "list.csv", line);
    if (!table_read(fixture->path, NULL, &fixture->table, &fixture->err) ||
        !heading_find(&fixture->table, reg, heading, &fixture->err))
        fail_msg("%s", fixture->err.message);
}

static int field(const char *name)
{
    int index = reg_field_index(&reg_enterprise, name);
    assert_true(index >= 0);
    return index;
}

static void keep(struct desk *desk, const struct reg *reg, const struct heading *heading)
{
    struct error err = {0};
    if (!store_begin(desk->store, "import", "导入", &err) ||
        !mapping_keep(desk->store, reg, heading, &err) || !store_commit(desk->store, &err))
        fail_msg("%s", err.message);
}

/* The columns after recalling: "name", "~name" proposed, "?" unknown, "-" ignored. */
static void expect(struct desk *desk, const struct reg *reg, const char *line, bool recalled,
                   const char *columns)
{
    struct heading heading;
    struct buffer found = {0};
    struct error err = {0};
    bool was_recalled = !recalled;
    read_heading(desk, reg, line, &heading);
    if (!mapping_recall(desk->store, reg, &heading, &was_recalled, &err))
        fail_msg("%s", err.message);
    for (size_t i = 0; i < heading.column_count; i++) {
        const struct heading_column *column = &heading.columns[i];
        bool near = column->match == HEADING_NEAR, holds = near || column->match == HEADING_FIELD;
        buffer_addf(&found, "%s%s%s", i ? " " : "", near ? "~" : "",
                    holds                              ? reg_field(reg, column->field)->name
                    : column->match == HEADING_IGNORED ? "-"
                                                       : "?");
    }
    assert_string_equal(buffer_text(&found), columns);
    assert_int_equal(was_recalled, recalled);
    buffer_release(&found);
    heading_release(&heading);
}

#define LINE "企业名称,县（市、区）,联系电话,值班室,厂长,备注\n"

/* Moves the telephone to 值班室, gives 厂长 a field and leaves 备注 out. */
static void decide(struct desk *desk)
{
    struct heading heading;
    read_heading(desk, &reg_enterprise, LINE, &heading);
    heading_choose(&heading, 3, field("phone"));
    heading_choose(&heading, 4, field("legal_person"));
    heading_choose(&heading, 5, -1);
    keep(desk, &reg_enterprise, &heading);
    heading_release(&heading);
}

static void the_same_form_is_taken_as_decided(void **state)
{
    struct desk desk;
    open_desk(&desk, state);
    expect(&desk, &reg_enterprise, LINE, false, "name region phone ? ? note");
    decide(&desk);
    expect(&desk, &reg_enterprise, LINE, true, "name region ? phone legal_person ?");
    /* Line breaks, blanks and a title make no other form. */
    expect(&desk, &reg_enterprise,
           "企业清单,,,,,\n企业名称,县（市、区）,联系电话,\"值班\n室\",厂长,备注\n", true,
           "name region ? phone legal_person ?");
    close_desk(&desk);
}

/* Nothing that the new heading says by itself is overruled. */
static void another_form_with_the_same_words_is_proposed(void **state)
{
    struct desk desk;
    open_desk(&desk, state);
    decide(&desk);
    expect(&desk, &reg_enterprise, "企业名称,县（市、区）,厂长,值班室,联系电话\n", false,
           "name region ~legal_person ? phone");
    expect(&desk, &reg_enterprise, "企业名称,县（市、区）,值班室,厂 长,法定代表人,备注\n", false,
           "name region ~phone ? legal_person note");
    /* Another register is another matter. */
    expect(&desk, &reg_park, "园区名称,县（市、区）,联系电话,值班室,厂长,备注\n", false,
           "name region phone ? ? note");
    close_desk(&desk);
}

static void columns_with_the_same_words_are_told_apart(void **state)
{
    static const char line[] = "企业名称,县（市、区）,情况,情况\n";
    struct desk desk;
    struct heading heading;
    open_desk(&desk, state);
    read_heading(&desk, &reg_enterprise, line, &heading);
    heading_choose(&heading, 2, field("note"));
    heading_choose(&heading, 3, field("source"));
    keep(&desk, &reg_enterprise, &heading);
    heading_release(&heading);
    expect(&desk, &reg_enterprise, line, true, "name region note source");
    close_desk(&desk);
}

static void only_choices_are_kept_and_the_last_one_counts(void **state)
{
    struct desk desk;
    struct heading heading;
    struct error err = {0};
    struct buffer meaning = {0};
    bool found = true;
    open_desk(&desk, state);
    decide(&desk);
    assert_true(
        learned_find(desk.store, "column", "enterprise", "企业名称", &meaning, &found, &err));
    assert_false(found);
    read_heading(&desk, &reg_enterprise, LINE, &heading);
    heading_choose(&heading, 3, field("env_manager"));
    keep(&desk, &reg_enterprise, &heading);
    heading_release(&heading);
    expect(&desk, &reg_enterprise, LINE, true, "name region phone env_manager legal_person ?");
    buffer_release(&meaning);
    close_desk(&desk);
}

static void a_field_that_is_no_more_is_passed_over(void **state)
{
    struct desk desk;
    struct heading heading;
    struct error err = {0};
    char print[HEADING_FINGERPRINT_SIZE], scope[64];
    open_desk(&desk, state);
    read_heading(&desk, &reg_enterprise, LINE, &heading);
    heading_fingerprint(&heading, print);
    heading_release(&heading);
    snprintf(scope, sizeof scope, "enterprise:%s", print);
    assert_true(learned_keep(desk.store, "column", scope, "值班室", "no_such_field", &err));
    assert_true(learned_keep(desk.store, "column", "enterprise", "厂长", "no_such_field", &err));
    expect(&desk, &reg_enterprise, LINE, false, "name region phone ? ? note");
    close_desk(&desk);
}

#define unit(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        unit(the_same_form_is_taken_as_decided),
        unit(another_form_with_the_same_words_is_proposed),
        unit(columns_with_the_same_words_are_told_apart),
        unit(only_choices_are_kept_and_the_last_one_counts),
        unit(a_field_that_is_no_more_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
