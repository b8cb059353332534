#include "fixture.h"
#include "db/query.h"

#include <stdio.h>

/* Names of the records of a query in its order, joined by blanks. */
static void assert_query(struct fixture *fixture, const struct query *query, const char *expected)
{
    struct buffer names = {0};
    struct cursor *cursor;
    const struct record *record;
    struct id_list list;
    int64_t count, read = 0;
    assert_ok(cursor_open(&cursor, fixture->store, query, err));
    for (;;) {
        assert_ok(cursor_next(cursor, &record, err));
        if (!record)
            break;
        if (names.length)
            buffer_add_char(&names, ' ');
        record_format(record, query->reg->name_field, &names);
        read++;
    }
    cursor_close(&cursor);
    assert_string_equal(buffer_text(&names), expected);
    assert_ok(query_count(fixture->store, query, &count, err));
    assert_int_equal(count, read);
    assert_ok(query_ids(fixture->store, query, &list, err));
    assert_int_equal(list.count, read);
    id_list_release(&list);
    buffer_release(&names);
}

static void assert_where(struct fixture *fixture, const char *where, const char *expected)
{
    assert_query(fixture,
                 &(struct query){.reg = &reg_enterprise, .where = where, .order = "case_no"},
                 expected);
}

static void assert_bad_where(struct fixture *fixture, const char *where, const char *part)
{
    const struct query query = {.reg = &reg_enterprise, .where = where};
    struct cursor *cursor = NULL;
    struct id_list list;
    int64_t count;
    assert_fails(fixture, cursor_open(&cursor, fixture->store, &query, err), ERROR_USAGE, part);
    assert_null(cursor);
    assert_fails(fixture, query_count(fixture->store, &query, &count, err), ERROR_USAGE, part);
    assert_fails(fixture, query_ids(fixture->store, &query, &list, err), ERROR_USAGE, part);
}

static void add_four(struct fixture *fixture)
{
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise,
                "name=甲厂 region=清城区 status=在产 base_lead_kg=100.5 zinc_inorganic=是"
                " stopped_on=2025-05-10",
                id);
    fixture_add(fixture, &reg_enterprise,
                "name=乙100%厂 region=英德市 status=停产 base_lead_kg=20 zinc_inorganic=否"
                " stopped_on=2024-12-31",
                id);
    fixture_add(fixture, &reg_enterprise, "name=丙_Zinc厂 region=清城区 base_lead_kg=3", id);
    fixture_add(fixture, &reg_enterprise, "name=丁锌厂 region=连南县 status=在产", id);
    fixture_add(fixture, &reg_enterprise, "name=删去 region=清城区 status=在产", id);
    fixture_remove(fixture, &reg_enterprise, id);
}

static void operators(void **state)
{
    struct fixture *fixture = *state;
    add_four(fixture);
    assert_where(fixture, NULL, "甲厂 丙_Zinc厂 丁锌厂 乙100%厂");
    assert_where(fixture, "", "甲厂 丙_Zinc厂 丁锌厂 乙100%厂");
    assert_where(fixture, "status=在产", "甲厂 丁锌厂");
    assert_where(fixture, "status!=在产", "丙_Zinc厂 乙100%厂");
    assert_where(fixture, "status=", "丙_Zinc厂");
    assert_where(fixture, "status!=", "甲厂 丁锌厂 乙100%厂");
    assert_where(fixture, "base_lead_kg>20", "甲厂");
    assert_where(fixture, "base_lead_kg>=20", "甲厂 乙100%厂");
    assert_where(fixture, "base_lead_kg<20", "丙_Zinc厂");
    assert_where(fixture, "base_lead_kg<=20.0", "丙_Zinc厂 乙100%厂");
    assert_where(fixture, "base_lead_kg=100.5", "甲厂");
    assert_where(fixture, "stopped_on<2025-1-1", "乙100%厂");
    assert_where(fixture, "zinc_inorganic=是", "甲厂");
    assert_where(fixture, "zinc_inorganic!=是", "丙_Zinc厂 丁锌厂 乙100%厂");
    assert_where(fixture, "status=在产 base_lead_kg>100", "甲厂");
    assert_where(fixture, "  status=在产   name~丁  ", "丁锌厂");
}

static void contains(void **state)
{
    struct fixture *fixture = *state;
    add_four(fixture);
    assert_where(fixture, "name~锌", "丁锌厂");
    assert_where(fixture, "name~zinc", "丙_Zinc厂");
    assert_where(fixture, "name~%", "乙100%厂");
    assert_where(fixture, "name~_", "丙_Zinc厂");
    assert_where(fixture, "name~\\", "");
    assert_where(fixture, "region~连南", "丁锌厂");
}

static void regions_by_name(void **state)
{
    struct fixture *fixture = *state;
    add_four(fixture);
    assert_where(fixture, "region=清城", "甲厂 丙_Zinc厂");
    assert_where(fixture, "region=441802", "甲厂 丙_Zinc厂");
    assert_where(fixture, "region!=清城区", "丁锌厂 乙100%厂");
}

static void quotes(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    fixture_fill(fixture, &reg_enterprise, "region=清城区", &record);
    value_set_text(record_value_for_change(&record, "name"), "Acme \"One\" it's");
    assert_ok(store_save(fixture->store, &record, NULL, &change, err));
    record_release(&record);
    assert_where(fixture, "name='Acme \"One\" it' name~x", "");
    assert_where(fixture, "name~'Acme \"One\"'", "Acme \"One\" it's");
    assert_where(fixture, "name~\"One\" ", "Acme \"One\" it's");
    assert_where(fixture, "name~\"it's\" region='清城区'", "Acme \"One\" it's");
    assert_where(fixture, "name=\"'; DROP TABLE enterprise; --\"", "");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM enterprise"), 1);
}

static void what_cannot_be_understood(void **state)
{
    struct fixture *fixture = *state;
    assert_bad_where(fixture, "weight>3",
                     "没有名为“weight”的字段，可用 taizhang schema enterprise");
    assert_bad_where(fixture, "status", "缺少比较符号，可用 = != < <= > >= ~");
    assert_bad_where(fixture, "=在产", "看不懂条件“=在产”");
    assert_bad_where(fixture, "在产", "看不懂条件“在产”");
    assert_bad_where(fixture, "name='甲厂", "引号没有成对");
    assert_bad_where(fixture, "status=很好", "不在可选范围内");
    assert_bad_where(fixture, "base_lead_kg>很多", "不是数值");
    assert_bad_where(fixture, "region=亚特兰蒂斯", "没有叫“亚特兰蒂斯”的县");
    char many[512] = "";
    for (int i = 0; i < 33; i++)
        strcat(many, "name~a ");
    assert_bad_where(fixture, many, "条件太多，最多 32 个");
    const struct query query = {.reg = &reg_enterprise, .order = "weight"};
    struct cursor *cursor = NULL;
    assert_fails(fixture, cursor_open(&cursor, fixture->store, &query, err), ERROR_USAGE,
                 "没有名为“weight”的字段，不能按它排序");
}

static void measures_are_compared_by_amount(void **state)
{
    struct fixture *fixture = *state;
    static const char *const values[] = {"0.1", "<0.02", "15μg/L", "0.02", "9", "10", ""};
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        char id[RECORD_ID_SIZE], fields[96];
        snprintf(fields, sizeof fields, "name=厂%zu region=清城区", i);
        fixture_add(fixture, &reg_enterprise, fields, id);
        snprintf(fields, sizeof fields, "enterprise=厂%zu monitored_value=%s", i, values[i]);
        fixture_add(fixture, &reg_thallium_enterprise, fields, id);
    }
    struct query query = {.reg = &reg_thallium_enterprise, .order = "monitored_value"};
    struct cursor *cursor;
    const struct record *record;
    struct buffer seen = {0};
    assert_ok(cursor_open(&cursor, fixture->store, &query, err));
    for (;;) {
        assert_ok(cursor_next(cursor, &record, err));
        if (!record)
            break;
        record_format(record, "monitored_value", &seen);
        buffer_add_char(&seen, ';');
    }
    cursor_close(&cursor);
    assert_true(strcmp(seen.text, "15 μg/L;<0.02;0.02;0.1;9;10;;") == 0 ||
                strcmp(seen.text, "15 μg/L;0.02;<0.02;0.1;9;10;;") == 0);
    buffer_release(&seen);
    int64_t count;
    query.where = "monitored_value>0.02";
    assert_ok(query_count(fixture->store, &query, &count, err));
    assert_int_equal(count, 3);
    query.where = "monitored_value<\"20 μg/L\"";
    assert_ok(query_count(fixture->store, &query, &count, err));
    assert_int_equal(count, 1);
    query.where = "monitored_value>=15μg/L";
    assert_ok(query_count(fixture->store, &query, &count, err));
    assert_int_equal(count, 6);
    query.where = "monitored_value=<0.02";
    assert_ok(query_count(fixture->store, &query, &count, err));
    assert_int_equal(count, 1);
}

static void order_has_empty_values_last(void **state)
{
    struct fixture *fixture = *state;
    struct query query = {.reg = &reg_enterprise, .order = "base_lead_kg"};
    add_four(fixture);
    assert_query(fixture, &query, "丙_Zinc厂 乙100%厂 甲厂 丁锌厂");
    query.descending = true;
    assert_query(fixture, &query, "甲厂 乙100%厂 丙_Zinc厂 丁锌厂");
    query.order = "stopped_on";
    query.descending = false;
    query.where = "stopped_on!=";
    assert_query(fixture, &query, "乙100%厂 甲厂");
}

static void choices_are_sorted_as_declared(void **state)
{
    struct fixture *fixture = *state;
    struct query query = {.reg = &reg_enterprise, .order = "status"};
    add_four(fixture);
    assert_query(fixture, &query, "甲厂 丁锌厂 乙100%厂 丙_Zinc厂");
    query.descending = true;
    assert_query(fixture, &query, "乙100%厂 丁锌厂 甲厂 丙_Zinc厂");
}

static void children_and_what_comes_through_a_reference(void **state)
{
    struct fixture *fixture = *state;
    char sites[2][RECORD_ID_SIZE], id[RECORD_ID_SIZE], fields[128];
    fixture_add(fixture, &reg_legacy_site, "name=甲 region=清城区", sites[0]);
    fixture_add(fixture, &reg_legacy_site, "name=乙 region=清城区", sites[1]);
    static const char *const names[] = {"远", "近", "无"};
    static const char *const distances[] = {"400", "30.5", ""};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        snprintf(fields, sizeof fields, "site=%s name=%s distance_m=%s", sites[0], names[i],
                 distances[i]);
        fixture_add(fixture, &reg_receptor, fields, id);
    }
    snprintf(fields, sizeof fields, "site=%s name=别处", sites[1]);
    fixture_add(fixture, &reg_receptor, fields, id);
    assert_query(fixture, &(struct query){.reg = &reg_receptor, .parent = sites[0]}, "近 远 无");
    assert_query(fixture, &(struct query){.reg = &reg_receptor, .parent = sites[1]}, "别处");
    assert_query(
        fixture,
        &(struct query){.reg = &reg_receptor, .parent = sites[0], .where = "distance_m<100"}, "近");
    assert_query(fixture, &(struct query){.reg = &reg_receptor, .where = "site=乙"}, "别处");

    add_four(fixture);
    fixture_add(fixture, &reg_thallium_enterprise, "enterprise=甲厂", id);
    fixture_add(fixture, &reg_thallium_enterprise, "enterprise=丁锌厂", id);
    int64_t count;
    const struct query query = {.reg = &reg_thallium_enterprise,
                                .where = "enterprise_region=连南县 enterprise~丁锌"};
    assert_ok(query_count(fixture->store, &query, &count, err));
    assert_int_equal(count, 1);
}

static void incomplete_records(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
    const struct query query = {.reg = &reg_receptor, .incomplete = true};
    fixture_add(fixture, &reg_legacy_site, "name=甲 region=清城区", id);
    fixture_add(fixture, &reg_receptor, "site=甲 name=全 kind=耕地 distance_m=1 downstream=是", id);
    assert_query(fixture, &query, "");
    fixture_add(fixture, &reg_receptor, "site=甲 name=缺 kind=耕地", id);
    assert_query(fixture, &query, "缺");
    fixture_add(fixture, &reg_receptor, "site=甲 name=也缺 kind=耕地", other);
    struct id_list list;
    assert_ok(query_incomplete(fixture->store, &reg_receptor, &list, err));
    assert_int_equal(list.count, 2);
    assert_true(strcmp(list.ids[0], list.ids[1]) < 0);
    assert_true(id_list_has(&list, id) && id_list_has(&list, other) && !id_list_has(&list, "x"));
    id_list_release(&list);
    fixture_change(fixture, &reg_receptor, other, "distance_m=1 downstream=否");
    fixture_change(fixture, &reg_receptor, id, "distance_m=1 downstream=否");
    assert_query(fixture, &query, "");
}

static void nothing_there(void **state)
{
    struct fixture *fixture = *state;
    const struct query query = {.reg = &reg_problem};
    assert_query(fixture, &query, "");
}

static void chosen_records_come_in_their_order(void **state)
{
    struct fixture *fixture = *state;
    char ids[3][RECORD_ID_SIZE] = {""};
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", ids[2]);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区", ids[0]);
    fixture_add(fixture, &reg_enterprise, "name=丙厂 region=清城区", ids[1]);
    fixture_remove(fixture, &reg_enterprise, ids[1]);
    const struct id_list only = {.ids = ids, .count = 3};
    const struct query query = {.reg = &reg_enterprise, .only = &only};
    struct cursor *cursor;
    const struct record *record;
    assert_ok(cursor_open(&cursor, fixture->store, &query, err));
    static const char *const names[] = {"乙厂", "甲厂"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        assert_ok(cursor_next(cursor, &record, err));
        assert_non_null(record);
        assert_string_equal(record_value(record, "name")->text, names[i]);
    }
    assert_ok(cursor_next(cursor, &record, err));
    assert_null(record);
    cursor_close(&cursor);
}

static void unwanted_fields_stay_empty(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    bool *wanted = calloc(reg_field_count(&reg_enterprise), sizeof *wanted);
    wanted[reg_field_index(&reg_enterprise, "town")] = true;
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 town=龙塘镇", id);
    const struct query query = {.reg = &reg_enterprise, .wanted = wanted};
    struct cursor *cursor;
    const struct record *record;
    assert_ok(cursor_open(&cursor, fixture->store, &query, err));
    assert_ok(cursor_next(cursor, &record, err));
    assert_string_equal(record_value(record, "town")->text, "龙塘镇");
    assert_true(value_is_null(record_value(record, "name")));
    cursor_close(&cursor);
    free(wanted);
}

/* What was chosen, in the order of the query; what is gone is left out. */
static void only_what_was_chosen(void **state)
{
    struct fixture *fixture = *state;
    struct id_list all, chosen = {0}, none = {0};
    size_t capacity = 0;
    add_four(fixture);
    assert_ok(query_ids(fixture->store, &(struct query){.reg = &reg_enterprise}, &all, err));
    assert_int_equal(all.count, 4);
    id_list_add(&chosen, &capacity, all.ids[3]);
    id_list_add(&chosen, &capacity, "gone");
    id_list_add(&chosen, &capacity, all.ids[1]);
    char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
    memcpy(first, all.ids[1], sizeof first);
    memcpy(second, all.ids[3], sizeof second);
    id_list_keep(&all, &chosen);
    assert_int_equal(all.count, 2);
    assert_string_equal(all.ids[0], first);
    assert_string_equal(all.ids[1], second);
    id_list_keep(&all, &none);
    assert_int_equal(all.count, 0);
    id_list_release(&chosen);
    id_list_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(chosen_records_come_in_their_order),
        fixture_test(unwanted_fields_stay_empty),
        fixture_test(operators),
        fixture_test(contains),
        fixture_test(regions_by_name),
        fixture_test(quotes),
        fixture_test(what_cannot_be_understood),
        fixture_test(measures_are_compared_by_amount),
        fixture_test(order_has_empty_values_last),
        fixture_test(choices_are_sorted_as_declared),
        fixture_test(children_and_what_comes_through_a_reference),
        fixture_test(incomplete_records),
        fixture_test(nothing_there),
        fixture_test(only_what_was_chosen),
    };
    return fixture_run(tests);
}
