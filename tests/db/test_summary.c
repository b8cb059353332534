/* What SQL counts as missing is what the gate calls missing. */
#include "db/summary.h"
#include "core/record.h"
#include "db/query.h"
#include "fixture.h"

enum { GAPS_MOST = 300 };

static int64_t count_lacking(const struct fixture *fixture, const struct reg *reg, size_t field)
{
    struct id_list ids;
    int64_t count = 0;
    assert_ok(query_ids(fixture->store, &(struct query){.reg = reg}, &ids, err));
    for (size_t i = 0; i < ids.count; i++) {
        struct record record;
        assert_ok(store_get(fixture->store, reg, ids.ids[i], &record, err));
        count += record_lacks(&record, field);
        record_release(&record);
    }
    id_list_release(&ids);
    return count;
}

static int64_t gap_of(const struct summary_gap *gaps, size_t count, const struct field *field)
{
    for (size_t i = 0; i < count; i++)
        if (gaps[i].field == field)
            return gaps[i].count;
    return 0;
}

static void compare(struct fixture *fixture, const struct reg *reg)
{
    struct summary_gap gaps[GAPS_MOST];
    size_t count;
    assert_ok(summary_gaps(fixture->store, reg, gaps, GAPS_MOST, &count, err));
    assert_true(count > 0);
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        int64_t by_sql = gap_of(gaps, count, walk.field);
        int64_t by_record = count_lacking(fixture, reg, walk.index);
        if (by_sql != by_record)
            fail_msg("%s.%s: %lld by SQL, %lld by record", reg->name, walk.field->name,
                     (long long)by_sql, (long long)by_record);
    }
}

/* Each kind of condition on both of its sides, also where nothing stands in the field that decides.
 */
static void gaps_agree_with_records(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const struct reg *reg;
        const char *fields;
    } records[] = {
        {&reg_enterprise, "name=甲厂 region=清城区"},
        {&reg_enterprise, "name=乙厂 region=清城区 uscc=无 status=停产 entry_reason=新建"},
        {&reg_enterprise, "name=丙厂 region=清城区 status=关闭 permit_class=登记管理 "
                          "high_metal_feed=是 special_limits=否"},
        {&reg_enterprise, "name=丁厂 region=清城区 status=在产 shut_on=2024-12-31 "
                          "permit_class=重点管理 permitted_lead_kg=3 handles_hazardous_waste=是"},
        {&reg_thallium_enterprise, "enterprise=甲厂"},
        {&reg_thallium_enterprise, "enterprise=乙厂 removal_unit=是 water_fate=零排放"},
        {&reg_thallium_enterprise, "enterprise=丙厂 removal_unit=否 removal_capacity=20 "
                                   "water_fate=纳管 records_kept=是"},
        {&reg_legacy_site, "name=一号硐 region=清城区 problem_types=矿井（硐）涌水、废渣堆"},
        {&reg_legacy_site, "name=二号堆 region=清城区 liability=有 stage=管护"},
        {&reg_legacy_site, "name=三号堆 region=清城区 liability=灭失 stage=方案"},
        {&reg_cadmium_source, "name=四号沟 region=清城区"},
        {&reg_cadmium_source, "name=五号厂 region=清城区 source_type=关停企业 "
                              "listed_before_2020=是 pathways=淋溶径流、废气沉降"},
        {&reg_cadmium_source, "name=六号塘 region=清城区 source_type=底泥 batch=第一批"},
    };
    char id[RECORD_ID_SIZE];
    for (size_t i = 0; i < COUNT_OF(records); i++)
        fixture_add(fixture, records[i].reg, records[i].fields, id);
    compare(fixture, &reg_enterprise);
    compare(fixture, &reg_thallium_enterprise);
    compare(fixture, &reg_legacy_site);
    compare(fixture, &reg_cadmium_source);
}

static void what_does_not_apply_is_not_missing(void **state)
{
    struct fixture *fixture = *state;
    struct summary_gap gaps[GAPS_MOST];
    size_t count;
    char id[RECORD_ID_SIZE];
    const struct field *process = reg_field_find(&reg_thallium_enterprise, "removal_process");
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    fixture_add(fixture, &reg_thallium_enterprise, "enterprise=甲厂 removal_unit=否", id);
    assert_ok(summary_gaps(fixture->store, &reg_thallium_enterprise, gaps, GAPS_MOST, &count, err));
    assert_int_equal(gap_of(gaps, count, process), 0);
    fixture_change(fixture, &reg_thallium_enterprise, id, "removal_unit=是");
    assert_ok(summary_gaps(fixture->store, &reg_thallium_enterprise, gaps, GAPS_MOST, &count, err));
    assert_int_equal(gap_of(gaps, count, process), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(gaps_agree_with_records),
        fixture_test(what_does_not_apply_is_not_missing),
    };
    return fixture_run(tests);
}
