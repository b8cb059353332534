/* New rows that may be there already. */
#include "tests/imports/desk.h"

#include "core/mem.h"
#include "core/text.h"

#include <string.h>

#define HEADING "企业名称,县（市、区）,统一社会信用代码,经度,纬度\n"

static const char ours[] = HEADING "清远市丰利冶炼有限公司,清城区,91451200791318129Y,,\n"
                                   "恒泰电镀厂,清城区,,113.050000,23.700000\n";

/* Runs one row after `ours` and tells "原因 名称" of its possible doubles, joined by |. */
static void expect_doubles(struct fixture *fixture, struct store *store, const char *row,
                           const char *expected)
{
    struct buffer list = {0}, got = {0};
    buffer_addf(&list, "%s%s\n", HEADING, row);
    struct import *import = desk_list(fixture, store, &reg_enterprise, list.text);
    desk_run(import, store, true, "1=1+0+0+0");
    for (size_t i = 0; import->row_count && i < import->rows[0].double_count; i++) {
        const struct import_double *found = &import->rows[0].doubles[i];
        buffer_addf(&got, "%s%s %s", i ? "|" : "", import_likeness_name(found->likeness),
                    found->name);
        assert_true(found->id[0] != '\0');
    }
    assert_int_equal(import->doubles, got.length > 0);
    assert_string_equal(buffer_text(&got), expected);
    import_close(&import);
    buffer_release(&list);
    buffer_release(&got);
}

static void code_name_and_place_tell(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise, ours, false, "2=2+0+0+0", NULL);
    /* The same code in another county is no identity, but a hint. */
    expect_doubles(fixture, store, "丰达矿业,清新区,91451200791318129Y,,",
                   "信用代码相同 清远市丰利冶炼有限公司");
    expect_doubles(fixture, store, "丰利冶炼有限责任公司,清城区,,,",
                   "名称相近 清远市丰利冶炼有限公司");
    expect_doubles(fixture, store, "丰俐冶炼,清城区,,,", "名称相近 清远市丰利冶炼有限公司");
    /* 0.0005° of latitude are 56 m. */
    expect_doubles(fixture, store, "新厂,清城区,,113.050000,23.700500",
                   "相距 100 米以内 恒泰电镀厂");
    expect_doubles(fixture, store, "恒秦电镀厂,清城区,,113.050000,23.700500",
                   "名称相近 恒泰电镀厂");
    desk_close(fixture, store);
}

static void what_is_different_is_silent(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise, ours, false, "2=2+0+0+0", NULL);
    expect_doubles(fixture, store, "丰利冶炼有限责任公司,清新区,,,", ""); /* another county */
    expect_doubles(fixture, store, "丰泰铸造,清城区,,,", "");
    expect_doubles(fixture, store, "丰利冶炼二厂,清城区,,,", "");
    expect_doubles(fixture, store, "丙厂,清城区,无,,", "");
    expect_doubles(fixture, store, "新厂,清城区,,113.050000,23.702000", ""); /* 220 m */
    expect_doubles(fixture, store, "新厂,清城区,,113.050000,", "");
    desk_close(fixture, store);
}

static void rows_of_the_file_are_compared_too(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import =
        desk_list(fixture, store, &reg_enterprise,
                  HEADING "丰利冶炼厂,清城区,,,\n乙厂,清城区,,,\n丰利冶炼,清城区,,,\n");
    desk_run(import, store, false, "3=3+0+0+0");
    const struct import_row *row = desk_row(import, 4);
    assert_int_equal(row->double_count, 1);
    assert_int_equal(row->doubles[0].row, 2);
    assert_string_equal(row->doubles[0].id, "");
    assert_string_equal(row->message, "可能重复：“丰利冶炼厂”（第 2 行）名称相近");
    assert_int_equal(import->row_count, 1);
    import_close(&import);
    desk_close(fixture, store);
}

static void a_person_decides(void **state)
{
    static const char list[] = HEADING "丰利冶炼有限责任公司,清城区,,,\n丁厂,清城区,,,\n";
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise, ours, false, "2=2+0+0+0", NULL);
    struct import *import = desk_list(fixture, store, &reg_enterprise, list);
    import_choose_doubles(import, IMPORT_DOUBLES_REFUSE);
    desk_run(import, store, true, "2=1+0+0+1");
    assert_string_equal(import->rows[0].field, "name");
    assert_non_null(strstr(import->rows[0].message, "可能与已有的重复：“清远市丰利冶炼有限公司”"));
    /* What was decided about the row goes before what holds for all. */
    import_choose_row(import, 2, IMPORT_AS_NEW, NULL);
    desk_run(import, store, true, "2=2+0+0+0");
    assert_int_equal(import->doubles, 0);
    assert_int_equal(desk_row(import, 2)->double_count, 1);
    import_choose_row(import, 2, IMPORT_AS_READ, NULL);
    import_choose_doubles(import, IMPORT_DOUBLES_MERGE);
    desk_run(import, store, false, "2=1+1+0+0");
    import_close(&import);
    assert_int_equal(desk_count(store, &reg_enterprise, "name=丰利冶炼有限责任公司"), 1);
    assert_int_equal(desk_count(store, &reg_enterprise, "uscc=91451200791318129Y"), 1);
    assert_int_equal(desk_count(store, &reg_enterprise, NULL), 3);
    desk_close(fixture, store);
}

static void another_code_is_never_merged(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise, ours, false, "2=2+0+0+0", NULL);
    struct import *import = desk_list(fixture, store, &reg_enterprise,
                                      HEADING "丰利冶炼有限责任公司,清城区,911101066976941872,,\n");
    import_choose_doubles(import, IMPORT_DOUBLES_MERGE);
    desk_run(import, store, false, "1=1+0+0+0");
    assert_int_equal(desk_row(import, 2)->double_count, 1);
    import_close(&import);
    assert_int_equal(desk_count(store, &reg_enterprise, "uscc=91451200791318129Y"), 1);
    assert_int_equal(desk_count(store, &reg_enterprise, NULL), 3);
    desk_close(fixture, store);
}

static void merging_into_one_of_several_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise,
                HEADING "丰利冶炼厂,清城区,,,\n丰利冶炼,清城区,,,\n", false, "2=2+0+0+0", NULL);
    struct import *import =
        desk_list(fixture, store, &reg_enterprise, HEADING "丰利冶炼场,清城区,,,\n");
    import_choose_doubles(import, IMPORT_DOUBLES_MERGE);
    desk_run(import, store, true, "1=0+0+0+1");
    assert_int_equal(import->rows[0].double_count, 2);
    import_close(&import);
    desk_close(fixture, store);
}

/* Names that end alike, as thousands in a county may, do not slow an import down without end: of
 * those only some are compared, but names that begin alike are still found. */
static void many_names_that_end_alike(void **state)
{
    enum { FIRST_HAN = 0x4E10, NAMES = 3000, APART = 7 };
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct buffer list = {0};
    buffer_add(&list, HEADING);
    for (uint32_t i = 0; i < NAMES; i++) {
        char name[13] = "";
        size_t length = 0;
        for (uint32_t part = 0; part < 3; part++)
            length += text_encode(FIRST_HAN + (i + part * 211) * APART % 20000, name + length);
        buffer_addf(&list, "%s金属冶炼,清城区,,,\n", name);
    }
    char *again = mem_text_part(list.text + strlen(HEADING), 9);
    buffer_addf(&list, "%s金属治炼,清城区,,,\n", again);
    struct import *import = desk_list(fixture, store, &reg_enterprise, list.text);
    desk_run(import, store, true, "3001=3001+0+0+0");
    assert_int_equal(desk_row(import, NAMES + 2)->doubles[0].row, 2);
    import_close(&import);
    free(again);
    buffer_release(&list);
    desk_close(fixture, store);
}

#define unit(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        unit(code_name_and_place_tell),          unit(what_is_different_is_silent),
        unit(rows_of_the_file_are_compared_too), unit(a_person_decides),
        unit(another_code_is_never_merged),      unit(merging_into_one_of_several_is_refused),
        unit(many_names_that_end_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
