#include "fixture.h"

#include "core/csv.h"
#include "db/near.h"
#include "db/resource.h"

#include <stdio.h>

static const char *nearest(struct fixture *fixture, const char *target, const char *text,
                           size_t *count)
{
    static struct near_match matches[NEAR_MOST];
    assert_ok(near_find(fixture->store, target, text, matches, count, err));
    for (size_t i = 1; i < *count; i++)
        assert_true(matches[i - 1].score >= matches[i].score);
    return *count ? matches[0].name : "";
}

static void names_of_reference_data(void **state)
{
    struct fixture *fixture = *state;
    size_t count;
    assert_string_equal(nearest(fixture, "industry", "铅锌采选", &count), "铅锌矿采选");
    assert_string_equal(nearest(fixture, "industry", "铅锌矿采选", &count), "铅锌矿采选");
    assert_string_equal(nearest(fixture, "industry", "有色金属冶炼", &count),
                        "其他常用有色金属冶炼");
    assert_int_equal(count, NEAR_MOST);
    assert_string_equal(nearest(fixture, "industry", "餐饮", &count), "");
    assert_string_equal(nearest(fixture, "region", "清诚区", &count), "清城区");
    assert_string_equal(nearest(fixture, "region", "和平县县", &count),
                        "和平县"); /* the province */
    assert_string_equal(nearest(fixture, "region", "亚特兰蒂斯", &count), "");
}

static void names_of_records_follow_changes(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    size_t count;
    assert_string_equal(nearest(fixture, "enterprise", "示例锌业公司", &count), "");
    fixture_add(fixture, &reg_enterprise, "name=示例锌业有限公司 region=清城区", id);
    assert_string_equal(nearest(fixture, "enterprise", "示例锌业公司", &count), "示例锌业有限公司");
    fixture_remove(fixture, &reg_enterprise, id);
    assert_string_equal(nearest(fixture, "enterprise", "示例锌业公司", &count), "");
}

static void proposals_end_in_a_change_of_very_many(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    size_t count = 0, proposed = 0;
    fixture_add(fixture, &reg_enterprise, "name=示例锌业有限公司 region=清城区", id);
    for (int round = 0; round < 2; round++) {
        proposed = 0;
        assert_ok(store_begin(fixture->store, "import", NULL, err));
        for (int i = 0; i < 3000; i++) {
            nearest(fixture, "enterprise", "示例锌业公司", &count);
            proposed += count;
        }
        assert_string_equal(nearest(fixture, "industry", "铅锌采选", &count), "铅锌矿采选");
        store_rollback(fixture->store);
        assert_int_equal(proposed, 2000);
    }
}

static void assert_county(struct fixture *fixture, const char *text, const char *code)
{
    struct buffer found_code = {0};
    bool found;
    assert_ok(near_county(fixture->store, text, &found_code, &found, err));
    if (found != (code != NULL) || strcmp(buffer_text(&found_code), code ? code : "") != 0)
        fail_msg("%s: %s", text, buffer_text(&found_code));
    buffer_release(&found_code);
}

static void counties_behind_their_city(void **state)
{
    struct fixture *fixture = *state;
    assert_county(fixture, "清远市清城区", "441802");
    assert_county(fixture, "广东清远清城", "441802");
    assert_county(fixture, "清远市连南县", "441826");
    assert_county(fixture, "重庆市江北区", "500105");
    assert_county(fixture, "湖南省吉首市", "433101");
    assert_county(fixture, "湘西州吉首市", "433101");
    assert_county(fixture, "江苏省鼓楼区", NULL); /* two of them */
    assert_county(fixture, "南京市鼓楼区", "320106");
    assert_county(fixture, "南京市清城区", NULL);
    assert_county(fixture, "清远市", NULL);
    assert_county(fixture, "", NULL);
}

static void former_codes_and_names(void **state)
{
    struct fixture *fixture = *state;
    assert_county(fixture, "441827", "441803");
    assert_county(fixture, "清新县", "441803");
    assert_county(fixture, "清远市清新县", "441803");
    assert_county(fixture, "遵义县", "520304");
    assert_county(fixture, "芒市", NULL); /* its present name is no former one */
    assert_county(fixture, "潞西市", "533103");
}

static void the_table_leads_to_counties_of_today(void **state)
{
    struct fixture *fixture = *state;
    const struct lookup *lookup = store_lookup(fixture->store);
    struct buffer text = {0}, name = {0};
    struct csv csv;
    assert_ok(resource_read("base/former_region.csv", &text, err));
    csv_init(&csv, text.text);
    assert_true(csv_next(&csv));
    assert_string_equal(csv_cell(&csv, 2), "code");
    size_t rows = 0;
    for (; csv_next(&csv); rows++) {
        buffer_clear(&name);
        if (!lookup->label(lookup->context, "region", csv_cell(&csv, 2), &name) ||
            strlen(csv_cell(&csv, 0)) != 6)
            fail_msg("row %zu of former_region.csv", csv.line);
        /* Where the code is the same the name is another one, and the other way round. */
        if (strcmp(csv_cell(&csv, 0), csv_cell(&csv, 2)) == 0)
            assert_string_not_equal(csv_cell(&csv, 1), name.text);
        else
            assert_false(lookup->label(lookup->context, "region", csv_cell(&csv, 0), &name));
    }
    assert_true(rows > 60);
    buffer_release(&name);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(names_of_reference_data),
        fixture_test(names_of_records_follow_changes),
        fixture_test(proposals_end_in_a_change_of_very_many),
        fixture_test(counties_behind_their_city),
        fixture_test(former_codes_and_names),
        fixture_test(the_table_leads_to_counties_of_today),
    };
    return fixture_run(tests);
}
