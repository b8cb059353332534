#include "fixture.h"
#include "db/history.h"

#include <stdio.h>

/* Operations of a record as "C", "U name", …, one line each, with old and new values of updates. */
static void write_operation(void *context, const struct operation *operation)
{
    struct buffer *out = context;
    buffer_addf(out, "%c", operation->action);
    if (operation->action == 'U')
        buffer_addf(out, " %s %s>%s", operation->field, operation->before, operation->after);
    if (operation->action == 'C')
        buffer_addf(out, " %s", operation->after);
    buffer_addf(out, " %s %s %s %s\n", operation->kind, operation->who, operation->why,
                operation->at);
}

static void assert_history(struct fixture *fixture, const struct reg *reg, const char *id,
                           const char *expected)
{
    struct buffer out = {0};
    assert_ok(history_each(fixture->store, reg, id, write_operation, &out, err));
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

#define STAMP "2026-06-15T10:42:07\n"

static void create_is_one_operation_with_all_fields(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_cadmium_source,
                "name=老厂沟 region=清城区 farmland_mu=1,200.5 metals=镉、铊", id);
    assert_history(
        fixture, &reg_cadmium_source, id,
        "C {\"case_no\":\"CD-441802-2026-0001\",\"name\":\"老厂沟\",\"metals\":\"镉、铊\","
        "\"region\":\"441802\",\"farmland_mu\":\"1200.5\"} edit 张三  " STAMP);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM op"), 1);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM batch"), 1);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM cadmium_source WHERE version = 1"), 1);
    assert_int_equal(strlen(id), 36);
    assert_int_equal(id[14], '7');
}

static void update_is_one_operation_a_field(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 town=龙塘镇", id);
    assert_int_equal(
        fixture_change(fixture, &reg_enterprise, id, "name=乙厂 town= former_name=甲厂"),
        STORE_CHANGED);
    assert_history(fixture, &reg_enterprise, id,
                   "C {\"case_no\":\"QY-441802-2026-0001\",\"name\":\"甲厂\",\"region\":\"441802\","
                   "\"town\":\"龙塘镇\"} edit 张三  " STAMP "U name 甲厂>乙厂 edit 张三  " STAMP
                   "U former_name >甲厂 edit 张三  " STAMP "U town 龙塘镇> edit 张三  " STAMP);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM batch"), 2);
    assert_int_equal(fixture_number(fixture, "SELECT version FROM enterprise"), 2);
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "name"), "乙厂");
}

static void reason_is_kept(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    fixture_fill(fixture, &reg_legacy_site, "name=甲 region=441802", &record);
    assert_ok(store_save(fixture->store, &record, "现场核实", &change, err));
    assert_int_equal(fixture_number(fixture, "SELECT why = '现场核实' FROM op"), 1);
    assert_int_equal(fixture_number(fixture, "SELECT why = '现场核实' FROM batch"), 1);
    record_release(&record);
}

/* For a list from elsewhere: where it was said and how it was read, of each field by itself, and of
 * a new record all together. They count for one put. */
static void origins_are_told_in_place_of_the_reason(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    const char *fields[128] = {NULL};
    const struct store_origins origins = {.where = "导入 表.xlsx 第4行", .fields = fields};
    assert_true(reg_field_count(&reg_enterprise) <= COUNT_OF(fields));
    fields[reg_field_index(&reg_enterprise, "name")] = "“甲廠”读作 甲厂";
    fields[reg_field_index(&reg_enterprise, "town")] = "合并单元格";
    fixture_fill(fixture, &reg_enterprise, "name=甲厂 region=441802 town=龙塘镇", &record);
    assert_ok(store_begin(fixture->store, "import", "导入 表.xlsx", err));
    store_set_origins(fixture->store, &origins);
    assert_ok(store_put(fixture->store, &record, &change, err));
    value_set_text(record_value_for_change(&record, "name"), "乙厂");
    value_set_text(record_value_for_change(&record, "town"), "源潭镇");
    value_set_text(record_value_for_change(&record, "address"), "西路");
    fields[reg_field_index(&reg_enterprise, "town")] = NULL;
    store_set_origins(fixture->store, &origins);
    assert_ok(store_put(fixture->store, &record, &change, err));
    value_set_text(record_value_for_change(&record, "name"), "丙厂");
    assert_ok(store_put(fixture->store, &record, &change, err));
    assert_ok(store_commit(fixture->store, err));
    assert_history(fixture, &reg_enterprise, record.id,
                   "C {\"case_no\":\"QY-441802-2026-0001\",\"name\":\"甲厂\",\"region\":\"441802\","
                   "\"town\":\"龙塘镇\"} import 张三 导入 表.xlsx "
                   "第4行；“甲廠”读作 甲厂；合并单元格 " STAMP
                   "U name 甲厂>乙厂 import 张三 导入 表.xlsx 第4行；“甲廠”读作 甲厂 " STAMP
                   "U town 龙塘镇>源潭镇 import 张三 导入 表.xlsx 第4行 " STAMP
                   "U address >西路 import 张三 导入 表.xlsx 第4行 " STAMP
                   "U name 乙厂>丙厂 import 张三 导入 表.xlsx " STAMP);
    record_release(&record);
}

static void the_same_again_writes_nothing(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    assert_int_equal(fixture_change(fixture, &reg_enterprise, id, "name=甲厂 town="), STORE_SAME);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM op"), 1);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM batch"), 1);
    assert_int_equal(fixture_number(fixture, "SELECT version FROM enterprise"), 1);
}

static void a_record_without_its_key_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    char id[RECORD_ID_SIZE];
    fixture_fill(fixture, &reg_enterprise, "name=甲厂", &record);
    assert_fails(fixture, store_save(fixture->store, &record, NULL, &change, err), ERROR_REFUSED,
                 "这一项必须先填");
    assert_string_equal(fixture->err.field, "region");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM enterprise"), 0);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM op"), 0);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM batch"), 0);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM sequence"), 0);
    record_release(&record);

    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    assert_ok(store_get(fixture->store, &reg_enterprise, id, &record, err));
    value_release(record_value_for_change(&record, "name"));
    assert_fails(fixture, store_save(fixture->store, &record, NULL, &change, err), ERROR_REFUSED,
                 "缺企业名称");
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "name"), "甲厂");
    record_release(&record);
}

static void a_stale_version_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct record early;
    enum store_change change;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    assert_ok(store_get(fixture->store, &reg_enterprise, id, &early, err));
    fixture_change(fixture, &reg_enterprise, id, "town=龙塘镇");
    assert_fails(fixture, store_save(fixture->store, &early, NULL, &change, err), ERROR_BUSY,
                 "在别处已被改动或删除，请重新打开后再改");
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "town"), "龙塘镇");
    record_release(&early);

    assert_ok(store_get(fixture->store, &reg_enterprise, id, &early, err));
    fixture_remove(fixture, &reg_enterprise, id);
    assert_fails(fixture, store_save(fixture->store, &early, NULL, &change, err), ERROR_BUSY,
                 "在别处已被改动或删除");
    record_release(&early);
}

static void a_refused_save_can_be_mended_and_repeated(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    char other[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区 town=龙塘镇", other);
    fixture_fill(fixture, &reg_enterprise, "name=甲厂 region=清城区", &record);
    fixture_execute(fixture->path, "CREATE UNIQUE INDEX stop ON enterprise (deleted)");
    assert_fails(fixture, store_save(fixture->store, &record, NULL, &change, err), ERROR_IO,
                 "UNIQUE");
    assert_int_equal(record.version, 0);
    fixture_execute(fixture->path,
                    "DROP INDEX stop; CREATE UNIQUE INDEX stop ON enterprise (town)");
    assert_ok(store_save(fixture->store, &record, NULL, &change, err));
    assert_int_equal(record.version, 1);
    assert_ok(record_set_text(&record, (size_t)reg_field_index(&reg_enterprise, "town"), "龙塘镇",
                              NULL, err));
    assert_fails(fixture, store_save(fixture->store, &record, NULL, &change, err), ERROR_IO,
                 "UNIQUE");
    fixture_execute(fixture->path, "DROP INDEX stop");
    assert_ok(store_save(fixture->store, &record, NULL, &change, err));
    assert_int_equal(change, STORE_CHANGED);
    assert_int_equal(record.version, 2);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM op"), 3);
    record_release(&record);
}

static void removing_leaves_a_tombstone(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    fixture_remove(fixture, &reg_enterprise, id);
    assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "name"), "-");
    assert_int_equal(fixture_number(fixture, "SELECT deleted AND version = 2 AND name = '甲厂'"
                                             " FROM enterprise"),
                     1);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM op WHERE kind = 'D'"), 1);
    assert_ok(store_begin(fixture->store, "delete", NULL, err));
    assert_fails(fixture, store_remove(fixture->store, &reg_enterprise, id, err), ERROR_MISSING,
                 "这条记录已经删除");
    assert_fails(fixture, store_remove(fixture->store, &reg_enterprise, "nobody", err),
                 ERROR_MISSING, "没有编号为“nobody”的记录");
    store_rollback(fixture->store);
}

static void children_go_with_their_parent(void **state)
{
    struct fixture *fixture = *state;
    char site[RECORD_ID_SIZE], other[RECORD_ID_SIZE], child[RECORD_ID_SIZE], stays[RECORD_ID_SIZE];
    char fields[128];
    fixture_add(fixture, &reg_legacy_site, "name=甲 region=清城区", site);
    fixture_add(fixture, &reg_legacy_site, "name=乙 region=清城区", other);
    snprintf(fields, sizeof fields, "site=%s name=水田", site);
    fixture_add(fixture, &reg_receptor, fields, child);
    snprintf(fields, sizeof fields, "site=%s name=水井", other);
    fixture_add(fixture, &reg_receptor, fields, stays);
    fixture_remove(fixture, &reg_legacy_site, site);
    assert_string_equal(fixture_text(fixture, &reg_receptor, child, "name"), "-");
    assert_string_equal(fixture_text(fixture, &reg_receptor, stays, "name"), "水井");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM op WHERE kind = 'D' AND batch ="
                                             " (SELECT batch FROM op ORDER BY seq DESC LIMIT 1)"),
                     2);
}

static void what_others_point_to_stays(void **state)
{
    struct fixture *fixture = *state;
    char enterprise[RECORD_ID_SIZE], profile[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", enterprise);
    fixture_add(fixture, &reg_thallium_enterprise, "enterprise=甲厂", profile);
    assert_ok(store_begin(fixture->store, "delete", NULL, err));
    assert_fails(fixture, store_remove(fixture->store, &reg_enterprise, enterprise, err),
                 ERROR_REFUSED, "还有 1 条“涉铊企业”引用这条记录，请先处理它们，再删除");
    store_rollback(fixture->store);
    assert_string_equal(fixture_text(fixture, &reg_enterprise, enterprise, "name"), "甲厂");
    fixture_remove(fixture, &reg_thallium_enterprise, profile);
    fixture_remove(fixture, &reg_enterprise, enterprise);
    assert_string_equal(fixture_text(fixture, &reg_enterprise, enterprise, "name"), "-");
}

static void case_numbers_count_by_county_and_year(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *now, *region, *number;
    } cases[] = {
        {"2026-06-15T10:42:07", "清城区", "QY-441802-2026-0001"},
        {"2026-06-15T10:42:07", "清城区", "QY-441802-2026-0002"},
        {"2026-06-15T10:42:07", "英德市", "QY-441881-2026-0001"},
        {"2027-01-01T00:00:00", "清城区", "QY-441802-2027-0001"},
        {"2026-12-31T23:59:59", "清城区", "QY-441802-2026-0003"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char id[RECORD_ID_SIZE], fields[64];
        setenv("TAIZHANG_NOW", cases[i].now, 1);
        snprintf(fields, sizeof fields, "name=厂%zu region=%s", i, cases[i].region);
        fixture_add(fixture, &reg_enterprise, fields, id);
        assert_string_equal(fixture_text(fixture, &reg_enterprise, id, "case_no"), cases[i].number);
    }
}

static void case_numbers_are_never_given_again(void **state)
{
    struct fixture *fixture = *state;
    char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
    struct buffer summary = {0};
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", first);
    fixture_remove(fixture, &reg_enterprise, first);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区", second);
    assert_string_equal(fixture_text(fixture, &reg_enterprise, second, "case_no"),
                        "QY-441802-2026-0002");
    assert_ok(store_undo(fixture->store, &summary, err));
    fixture_add(fixture, &reg_enterprise, "name=丙厂 region=清城区", second);
    assert_string_equal(fixture_text(fixture, &reg_enterprise, second, "case_no"),
                        "QY-441802-2026-0003");
    /* One that came with an import is passed over, also after its record is gone. */
    fixture_add(fixture, &reg_enterprise, "name=丁厂 region=清城区 case_no=QY-441802-2026-0004",
                first);
    fixture_remove(fixture, &reg_enterprise, first);
    fixture_add(fixture, &reg_enterprise, "name=戊厂 region=清城区", second);
    assert_string_equal(fixture_text(fixture, &reg_enterprise, second, "case_no"),
                        "QY-441802-2026-0005");
    buffer_release(&summary);
}

static void nothing_is_written_before_the_commit(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    fixture_fill(fixture, &reg_enterprise, "name=甲厂 region=清城区", &record);
    assert_fails(fixture, store_put(fixture->store, &record, &change, err), ERROR_USAGE,
                 "没有开始的改动");
    assert_ok(store_begin(fixture->store, "edit", NULL, err));
    assert_fails(fixture, store_begin(fixture->store, "edit", NULL, err), ERROR_USAGE,
                 "上一次改动还没有结束");
    assert_ok(store_put(fixture->store, &record, &change, err));
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM enterprise"), 0);
    store_rollback(fixture->store);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM enterprise"), 0);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM batch"), 0);
    record_release(&record);
}

static void an_empty_batch_leaves_no_trace(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(store_begin(fixture->store, "edit", NULL, err));
    assert_ok(store_commit(fixture->store, err));
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM batch"), 0);
    assert_fails(fixture, store_commit(fixture->store, err), ERROR_USAGE, "没有开始的改动");
}

static void operations_are_numbered_without_gaps(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    fixture_change(fixture, &reg_enterprise, id, "name=乙厂 town=龙塘镇");
    fixture_reopen(fixture, STORE_WRITE);
    fixture_change(fixture, &reg_enterprise, id, "town=石角镇");
    assert_int_equal(fixture_number(fixture, "SELECT min(seq) = 1 AND max(seq) = 4 AND count(*) = 4"
                                             " AND count(DISTINCT site) = 1 FROM op"),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(create_is_one_operation_with_all_fields),
        fixture_test(update_is_one_operation_a_field),
        fixture_test(reason_is_kept),
        fixture_test(origins_are_told_in_place_of_the_reason),
        fixture_test(the_same_again_writes_nothing),
        fixture_test(a_record_without_its_key_is_refused),
        fixture_test(a_stale_version_is_refused),
        fixture_test(a_refused_save_can_be_mended_and_repeated),
        fixture_test(removing_leaves_a_tombstone),
        fixture_test(children_go_with_their_parent),
        fixture_test(what_others_point_to_stays),
        fixture_test(case_numbers_count_by_county_and_year),
        fixture_test(case_numbers_are_never_given_again),
        fixture_test(nothing_is_written_before_the_commit),
        fixture_test(an_empty_batch_leaves_no_trace),
        fixture_test(operations_are_numbered_without_gaps),
    };
    return fixture_run(tests);
}
