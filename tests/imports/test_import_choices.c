/* What a person decides after a preview, and what is remembered of it. */
#include "tests/imports/desk.h"

#include "db/learned.h"

#include <stdio.h>
#include <string.h>

#define HEADING "企业名称,县（市、区）,主要产品,详细地址\n"

static const char ours[] = HEADING "甲厂,清城区,锌锭,\n乙厂,清城区,铅锭,东路1号\n";
static const char theirs[] = HEADING "甲厂,清城区,电解锌,西路2号\n乙厂,清城区,,西路3号\n";

static size_t field(const char *name)
{
    return (size_t)reg_field_index(&reg_enterprise, name);
}

static int64_t enterprises(struct store *store, const char *where)
{
    return desk_count(store, &reg_enterprise, where);
}

static void each_change_is_told_by_itself(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise, ours, false, "2=2+0+0+0", NULL);
    struct import *import = desk_list(fixture, store, &reg_enterprise, theirs);
    desk_run(import, store, true, "2=0+2+0+0");
    const struct import_row *row = desk_row(import, 2);
    assert_int_equal(row->change_count, 2);
    assert_true(row->id[0] != '\0');
    assert_int_equal(row->changes[0].side, IMPORT_TAKE);
    assert_string_equal(row->changes[0].before, "");
    assert_string_equal(row->changes[0].after, "西路2号");
    assert_string_equal(row->changes[1].before, "锌锭");
    /* A blank never erases. */
    assert_int_equal(desk_row(import, 3)->change_count, 1);
    import_close(&import);
    desk_close(fixture, store);
}

static void a_field_may_be_kept_or_only_filled(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise, ours, false, "2=2+0+0+0", NULL);
    struct import *import = desk_list(fixture, store, &reg_enterprise, theirs);
    import_choose_field(import, field("products"), IMPORT_KEEP);
    import_choose_field(import, field("address"), IMPORT_FILL);
    desk_run(import, store, true, "2=0+1+1+0");
    const struct import_row *row = desk_row(import, 3);
    assert_int_equal(row->outcome, IMPORT_SAME);
    assert_int_equal(row->changes[0].side, IMPORT_FILL);
    assert_string_equal(row->message, "保留原值（详细地址：东路1号 → 西路3号）");
    /* One row may be decided otherwise, and all of it may be taken back. */
    import_choose_value(import, 2, field("products"), IMPORT_TAKE);
    import_choose_value(import, 2, field("address"), IMPORT_KEEP);
    desk_run(import, store, false, "2=0+1+1+0");
    import_close(&import);
    assert_int_equal(enterprises(store, "products=电解锌"), 1);
    assert_int_equal(enterprises(store, "address=西路2号"), 0);
    assert_int_equal(enterprises(store, "address=东路1号"), 1);
    desk_close(fixture, store);
}

static void a_row_may_be_left_out_or_be_another_record(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct record record;
    desk_import(fixture, store, &reg_enterprise, ours, false, "2=2+0+0+0", NULL);
    assert_true(store_find(store, &reg_enterprise, "甲厂", &record, NULL));
    struct import *import = desk_list(fixture, store, &reg_enterprise,
                                      HEADING "甲厂改名了,清城区,锌锭,\n丙厂,清城区,锡锭,\n");
    desk_run(import, store, true, "2=2+0+0+0");
    import_choose_row(import, 2, IMPORT_SAME_AS, record.id);
    import_choose_row(import, 3, IMPORT_LEAVE_OUT, NULL);
    desk_run(import, store, false, "1=0+1+0+0");
    assert_int_equal(import->counts[IMPORT_SKIPPED], 1);
    assert_string_equal(desk_row(import, 3)->name, "丙厂");
    assert_int_equal(desk_row(import, 3)->choice, IMPORT_LEAVE_OUT);
    assert_string_equal(desk_row(import, 2)->id, record.id);
    import_choose_row(import, 3, IMPORT_AS_READ, NULL);
    desk_run(import, store, true, "2=1+0+1+0");
    import_close(&import);
    record_release(&record);
    assert_int_equal(enterprises(store, "name=甲厂改名了"), 1);
    assert_int_equal(enterprises(store, NULL), 2);
    desk_close(fixture, store);
}

static void a_chosen_column_is_remembered_by_a_real_run(void **state)
{
    static const char list[] = "企业名称,县（市、区）,都做些什么\n甲厂,清城区,锌锭\n";
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = desk_list(fixture, store, &reg_enterprise, list);
    assert_int_equal(import->heading.columns[2].match, HEADING_UNKNOWN);
    import_choose_column(import, 2, (int)field("products"));
    desk_run(import, store, true, "1=1+0+0+0");
    import_close(&import);
    import = desk_list(fixture, store, &reg_enterprise, list);
    assert_false(import->recalled);
    import_choose_column(import, 2, (int)field("products"));
    desk_run(import, store, false, "1=1+0+0+0");
    import_close(&import);
    import = desk_list(fixture, store, &reg_enterprise, list);
    assert_true(import->recalled);
    desk_run(import, store, true, "1=0+0+1+0");
    import_close(&import);
    assert_int_equal(enterprises(store, "products=锌锭"), 1);
    desk_close(fixture, store);
}

static void a_chosen_word_is_remembered_by_a_real_run(void **state)
{
    static const char list[] = "企业名称,县（市、区）,行业代码\n甲厂,清城区,炼锌的行当\n";
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct buffer meaning = {0};
    bool found;
    struct import *import = desk_list(fixture, store, &reg_enterprise, list);
    desk_run(import, store, true, "1=0+0+0+1");
    assert_string_equal(import->rows[0].field, "industry");
    import_choose_word(import, field("industry"), "炼锌的行当", "3212");
    desk_run(import, store, true, "1=1+0+0+0");
    assert_true(learned_find(store, "word", "industry", "炼锌的行当", &meaning, &found, NULL));
    assert_false(found);
    desk_run(import, store, false, "1=1+0+0+0");
    import_close(&import);
    assert_true(learned_find(store, "word", "industry", "炼锌的行当", &meaning, &found, NULL));
    assert_true(found);
    assert_int_equal(enterprises(store, "industry=3212"), 1);
    buffer_release(&meaning);
    desk_close(fixture, store);
}

/* What was read otherwise is told of its row and column, and the history keeps it. */
static void what_a_cell_said_stays_in_the_history(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    char why[400];
    struct import *import =
        desk_list(fixture, store, &reg_enterprise,
                  "企业名称,县（市、区）,纳入日期\n甲厂,清城区,45658\n乙厂,清城区,2025-02-03\n");
    desk_run(import, store, false, "2=2+0+0+0");
    const struct import_row *row = desk_row(import, 2);
    assert_int_equal(row->note_count, 1);
    assert_int_equal(row->notes[0].field, (int)field("entered_on"));
    assert_string_equal(row->notes[0].text, "45658");
    assert_int_equal(import->notes[2].count, 1);
    assert_int_equal(import->notes[2].row, 2);
    assert_non_null(strstr(import->notes[2].note, "2025-01-01"));
    assert_int_equal(import->notes[0].count, 0);
    import_close(&import);
    assert_int_equal(enterprises(store, "entered_on=2025-01-01"), 1);
    desk_why(store, &reg_enterprise, "甲厂", why);
    assert_non_null(strstr(why, "导入 list.csv 第2行；"));
    assert_non_null(strstr(why, "45658"));
    desk_why(store, &reg_enterprise, "乙厂", why);
    assert_string_equal(why, "导入 list.csv 第3行");
    desk_import(fixture, store, &reg_enterprise,
                "企业名称,县（市、区）,纳入日期\n乙厂,清城区,45658\n", false, "1=0+1+0+0", NULL);
    desk_why(store, &reg_enterprise, "乙厂", why);
    assert_non_null(strstr(why, "导入 list.csv 第2行；"));
    assert_non_null(strstr(why, "45658"));
    desk_close(fixture, store);
}

/* Only so many rows are kept, and it is told how many are not. */
static void memory_is_bounded(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct buffer list = {0};
    enum { ROWS = IMPORT_MOST_NOTED + 100 };
    buffer_add(&list, "企业名称,县（市、区）,纳入日期\n");
    for (int i = 0; i < ROWS; i++)
        buffer_addf(&list, "第%d号厂,清城区,%d\n", i, 45000 + i % 300);
    buffer_add(&list, "坏的厂,天上,45001\n");
    struct import *import = desk_list(fixture, store, &reg_enterprise, list.text);
    desk_run(import, store, true, "1101=1100+0+0+1");
    assert_int_equal(import->unkept[IMPORT_NEW], 100);
    assert_int_equal(import->row_count, IMPORT_MOST_NOTED + 1);
    assert_int_equal(import->notes[2].count, ROWS);
    desk_row(import, ROWS + 2);
    import_close(&import);
    buffer_release(&list);
    desk_close(fixture, store);
}

#define unit(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        unit(each_change_is_told_by_itself),
        unit(a_field_may_be_kept_or_only_filled),
        unit(a_row_may_be_left_out_or_be_another_record),
        unit(a_chosen_column_is_remembered_by_a_real_run),
        unit(a_chosen_word_is_remembered_by_a_real_run),
        unit(what_a_cell_said_stays_in_the_history),
        unit(memory_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
