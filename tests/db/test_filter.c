#include "db/filter.h"
#include "fixture.h"

#include <stdio.h>

static struct filter *open_filter(struct fixture *fixture, const struct query *query,
                                  struct id_list *ids)
{
    struct filter *filter;
    assert_ok(query_ids(fixture->store, query, ids, err));
    assert_ok(filter_open(&filter, fixture->store, query->reg, ids, err));
    return filter;
}

static void work(struct filter *filter)
{
    bool more = true;
    while (more)
        assert_ok(filter_work(filter, 5, &more, err));
}

static void expect(struct filter *filter, const char *text, size_t expected)
{
    filter_ask(filter, text);
    work(filter);
    if (filter_count(filter) != expected)
        fail_msg("“%s” finds %zu records, not %zu", text, filter_count(filter), expected);
    assert_null(filter_id(filter, expected));
}

static void add_five(struct fixture *fixture)
{
    static const char *const records[] = {
        "name=甲厂 region=清城区 note=第三",
        "name=乙锌厂 region=佛冈县 town=石角镇 status=停产",
        "name=丙_Zinc厂 region=清城区 status=在产",
        "name=丁重阳厂 region=英德市",
        "name=河池（南丹）ＡＢＣ冶炼厂 region=英德市",
    };
    char id[RECORD_ID_SIZE];
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++)
        fixture_add(fixture, &reg_enterprise, records[i], id);
}

static void as_written_and_by_pinyin(void **state)
{
    struct fixture *fixture = *state;
    const struct query query = {.reg = &reg_enterprise};
    struct id_list ids;
    add_five(fixture);
    struct filter *filter = open_filter(fixture, &query, &ids);
    expect(filter, "", 5);
    expect(filter, "  ", 5);
    expect(filter, "厂", 5);
    expect(filter, "锌", 1);
    expect(filter, "河池(南丹)abc", 1);
    expect(filter, "河池 abc 英德", 1);
    expect(filter, "abc　河池", 1);
    expect(filter, "河池 锌", 0);
    expect(filter, "清城", 2);
    expect(filter, "QY-441802-2026", 2);
    expect(filter, "（", 5);
    expect(filter, "hechi", 1);
    expect(filter, "hcndabcyl", 1);
    expect(filter, "yxc", 1);
    expect(filter, "yixinc", 1);
    expect(filter, "zhongyang", 1);
    expect(filter, "chongyang", 1);
    expect(filter, "河chi", 1);
    expect(filter, "qingcheng", 2);
    expect(filter, "tingchan", 1);
    expect(filter, "zinc", 1);
    expect(filter, "dcy", 1);
    expect(filter, "yc yingde", 1);
    expect(filter, "xyz", 0);
    filter_close(&filter);
    assert_null(filter);
    id_list_release(&ids);
}

static void in_the_order_of_the_list(void **state)
{
    struct fixture *fixture = *state;
    const struct query query = {.reg = &reg_enterprise, .order = "case_no", .descending = true};
    struct id_list ids, found = {0};
    add_five(fixture);
    struct filter *filter = open_filter(fixture, &query, &ids);
    expect(filter, "qingcheng", 2);
    assert_string_equal(fixture_text(fixture, &reg_enterprise, filter_id(filter, 0), "name"),
                        "丙_Zinc厂");
    assert_string_equal(fixture_text(fixture, &reg_enterprise, filter_id(filter, 1), "name"),
                        "甲厂");
    filter_list(filter, &found);
    assert_int_equal(found.count, 2);
    assert_string_equal(found.ids[1], filter_id(filter, 1));
    id_list_release(&found);
    filter_close(&filter);
    id_list_release(&ids);
}

/* What was asked before, and how far it came, makes no difference. */
static void while_typing(void **state)
{
    enum { MANY = 300 };
    static const struct {
        const char *text;
        size_t found;
    } steps[] = {{"p", MANY},    {"pi", MANY},      {"pl", MANY},      {"pl1", 111},
                 {"pl12", 11},   {"pl1", 111},      {"x", 0},          {"", MANY},
                 {"pili", MANY}, {"piliang299", 1}, {"piliang2999", 0}};
    struct fixture *fixture = *state;
    const struct query query = {.reg = &reg_enterprise};
    struct id_list ids;
    struct record record;
    enum store_change change;
    assert_ok(store_begin(fixture->store, "import", NULL, err));
    for (int i = 0; i < MANY; i++) {
        char fields[80];
        snprintf(fields, sizeof fields, "name=批量%d region=清城区", i);
        fixture_fill(fixture, &reg_enterprise, fields, &record);
        assert_ok(store_put(fixture->store, &record, &change, err));
        record_release(&record);
    }
    assert_ok(store_commit(fixture->store, err));
    struct filter *filter = open_filter(fixture, &query, &ids);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        expect(filter, steps[i].text, steps[i].found);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        filter_ask(filter, steps[i].text); /* no time between the keys */
    expect(filter, "piliang29", 11);
    filter_close(&filter);
    id_list_release(&ids);
}

static void nothing_to_choose_from(void **state)
{
    struct fixture *fixture = *state;
    const struct query query = {.reg = &reg_problem};
    struct id_list ids;
    struct filter *filter = open_filter(fixture, &query, &ids);
    expect(filter, "", 0);
    expect(filter, "甲", 0);
    filter_close(&filter);
    id_list_release(&ids);
}

static void what_was_removed_meanwhile(void **state)
{
    struct fixture *fixture = *state;
    const struct query query = {.reg = &reg_enterprise};
    struct id_list ids;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区", id);
    struct filter *filter = open_filter(fixture, &query, &ids);
    fixture_remove(fixture, &reg_enterprise, id);
    expect(filter, "厂", 1);
    filter_close(&filter);
    id_list_release(&ids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(as_written_and_by_pinyin),
        fixture_test(in_the_order_of_the_list),
        fixture_test(while_typing),
        fixture_test(nothing_to_choose_from),
        fixture_test(what_was_removed_meanwhile),
    };
    return fixture_run(tests);
}
