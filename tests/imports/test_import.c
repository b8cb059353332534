/* From a file into the store: what becomes new, changed, same, refused. */
#include "tests/imports/desk.h"

#include "db/attachment.h"
#include "db/history.h"
#include "db/query.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char list[] = "企业名称,县（市、区）,主要产品\n甲厂,清城区,锌锭\n乙厂,清新区,铅锭\n";

static void twice_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise, list, false, "2=2+0+0+0", NULL);
    desk_import(fixture, store, &reg_enterprise, list, false, "2=0+0+2+0", NULL);
    assert_int_equal(desk_count(store, &reg_enterprise, NULL), 2);
    desk_close(fixture, store);
}

static void dry_run_writes_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise, list, true, "2=2+0+0+0", NULL);
    assert_int_equal(desk_count(store, &reg_enterprise, NULL), 0);
    desk_close(fixture, store);
}

static void one_undo_takes_all_back(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct buffer summary = {0};
    desk_import(fixture, store, &reg_enterprise, list, false, "2=2+0+0+0", NULL);
    assert_true(store_undo(store, &summary, NULL));
    assert_int_equal(desk_count(store, &reg_enterprise, NULL), 0);
    buffer_release(&summary);
    desk_close(fixture, store);
}

static void a_changed_row_says_from_what_to_what(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    char first[400];
    desk_import(fixture, store, &reg_enterprise, list, false, "2=2+0+0+0", NULL);
    desk_import(fixture, store, &reg_enterprise,
                "企业名称,县（市、区）,主要产品\n甲厂,清城,电解锌\n乙厂,441803,\n", false,
                "2=0+1+1+0", first);
    assert_string_equal(first, "主要产品：锌锭 → 电解锌");
    assert_int_equal(desk_count(store, &reg_enterprise, "products=铅锭"), 1);
    desk_close(fixture, store);
}

static void refused_rows_leave_the_others(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    char first[400];
    desk_import(
        fixture, store, &reg_enterprise,
        "企业名称,县（市、区）,2020年基础排放量/铅\n,清城区,1\n甲厂,清城区,很多\n乙厂,清城区,3.5\n"
        "丙厂,不存在县,1\n",
        false, "4=1+0+0+3", first);
    assert_non_null(strstr(first, "缺企业名称"));
    assert_int_equal(desk_count(store, &reg_enterprise, "base_lead_kg=3.5"), 1);
    desk_close(fixture, store);
}

/* By what they say, when the record that they are about cannot be read. */
static void refused_rows_have_names(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    static const struct {
        const struct reg *reg;
        const char *list, *name;
    } cases[] = {
        {&reg_thallium_enterprise, "企业名称,县（市、区）\n没有的厂,清城区\n", "没有的厂"},
        {&reg_thallium_enterprise, "统一社会信用代码,县（市、区）\n91451200791318129Y,清城区\n",
         "91451200791318129Y"},
        {&reg_sample, "采样日期,企业名称,监测因子,监测值\n2025-03-05,没有的厂,铊,0.1\n",
         "没有的厂"},
        {&reg_enterprise, "主要产品,县（市、区）,企业名称\n锌锭,天上,丁厂\n", "丁厂"},
        {&reg_enterprise, "主要产品,县（市、区）,企业名称\n锌锭,清城区,\n", "（未命名）"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct import *import = desk_list(fixture, store, cases[i].reg, cases[i].list);
        desk_run(import, store, true, "1=0+0+0+1");
        assert_string_equal(import->rows[0].name, cases[i].name);
        assert_true(i > 3 || !strstr(import->rows[0].message, "未命名"));
        import_close(&import);
    }
    desk_close(fixture, store);
}

static void incomplete_rows_are_stored_and_counted(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    int64_t incomplete;
    desk_import(fixture, store, &reg_enterprise, list, false, "2=2+0+0+0", NULL);
    assert_true(query_count(store, &(struct query){.reg = &reg_enterprise, .incomplete = true},
                            &incomplete, NULL));
    assert_int_equal(incomplete, 2);
    desk_close(fixture, store);
}

static void rows_that_fight_over_a_record_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    char first[400];
    const char *text = "企业名称,县（市、区）,主要产品\n甲厂,清城区,锌锭\n甲厂,清城区,铅锭\n"
                       "甲厂,清城区,锌锭\n";
    desk_import(fixture, store, &reg_enterprise, text, false, "3=1+0+1+1", first);
    assert_non_null(strstr(first, "与第 2 行是同一条记录"));
    desk_import(fixture, store, &reg_enterprise, text, false, "3=0+0+2+1", NULL);
    desk_close(fixture, store);
}

static void mines_without_a_code_stay_apart(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise,
                "企业名称,县（市、区）,统一社会信用代码\n甲矿,清城区,无\n乙矿,清城区,无\n", false,
                "2=2+0+0+0", NULL);
    assert_int_equal(desk_count(store, &reg_enterprise, NULL), 2);
    desk_close(fixture, store);
}

static void a_code_finds_a_renamed_enterprise(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise,
                "企业名称,县（市、区）,统一社会信用代码\n甲厂,清城区,91451200791318129Y\n", false,
                "1=1+0+0+0", NULL);
    desk_import(fixture, store, &reg_enterprise,
                "企业名称,县（市、区）,统一社会信用代码\n甲新厂,清城区,91451200791318129Y\n", false,
                "1=0+1+0+0", NULL);
    desk_close(fixture, store);
}

/* A list of what is new: numbers, and the columns that it is about. */
static void a_number_alone_finds_its_record(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise, list, false, "2=2+0+0+0", NULL);
    desk_import(fixture, store, &reg_enterprise,
                "档案编号,主要产品\nQY-441802-2026-0001,镉锭\nQY-441802-2026-0009,汞\n", false,
                "2=0+1+0+1", NULL);
    assert_int_equal(desk_count(store, &reg_enterprise, "name=甲厂 products=镉锭"), 1);
    desk_close(fixture, store);
}

static void sums_and_signatures_are_left_out(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise,
                "序号,企业名称,县（市、区）\n1,甲厂,清城区\n合计,,\n填表人：张三　审核人：,,\n",
                false, "1=1+0+0+0", NULL);
    desk_close(fixture, store);
}

/* "2024年实际排放量" says of when the figures are; two years that differ say nothing. */
static void a_heading_says_of_when_the_figures_are(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise,
                "企业名称,县（市、区）,2024年实际排放量/铅\n甲厂,清城区,1\n乙厂,清城区,\n", false,
                "2=2+0+0+0", NULL);
    assert_int_equal(
        desk_count(store, &reg_enterprise, "name=甲厂 actual_lead_kg=1 actual_period=2024"), 1);
    assert_int_equal(desk_count(store, &reg_enterprise, "name=乙厂 actual_period="), 1);
    desk_import(fixture, store, &reg_enterprise,
                "企业名称,县（市、区）,2023年实际排放量/铅,2025年新增量\n丙厂,清城区,1,2\n", false,
                "1=1+0+0+0", NULL);
    assert_int_equal(desk_count(store, &reg_enterprise, "name=丙厂 actual_period="), 1);
    desk_close(fixture, store);
}

static void the_own_county_fills_a_missing_column(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_enterprise, "企业名称,主要产品\n甲厂,锌锭\n", false,
                "1=1+0+0+0", NULL);
    assert_int_equal(desk_count(store, &reg_enterprise, "region=441802"), 1);
    desk_close(fixture, store);
}

static void a_profile_finds_its_enterprise(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    char first[400];
    desk_import(fixture, store, &reg_enterprise, list, false, "2=2+0+0+0", NULL);
    desk_import(fixture, store, &reg_thallium_enterprise,
                "企业名称,县（市、区）,涉铊行业类别\n甲厂,清城区,有色冶炼\n丁厂,清城区,磷肥\n",
                false, "2=1+0+0+1", first);
    assert_non_null(strstr(first, "丁厂"));
    assert_int_equal(desk_count(store, &reg_thallium_enterprise, "enterprise_name=甲厂"), 1);
    desk_close(fixture, store);
}

static bool stop_at_once(void *context, int64_t done, int64_t total)
{
    (void)total;
    int *calls = context;
    ++*calls;
    return done == 0 && *calls < 2;
}

/* What the program vouches for cannot come from a list, not even for a new record. */
static void a_list_does_not_vouch(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    desk_import(fixture, store, &reg_filing,
                "报送种类,报告期,报送日期,报送对象,文件校验值,报出数字\n"
                "年报,2025,2026-01-05,市局,9f86d081,{}\n",
                false, "1=1+0+0+0", NULL);
    assert_int_equal(desk_count(store, &reg_filing, "period=2025 file_sha256= figures="), 1);
    desk_close(fixture, store);
}

static void cancelling_writes_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = NULL;
    struct error err = {0};
    struct buffer text = {0};
    int calls = 0;
    buffer_add(&text, "企业名称,县（市、区）\n");
    for (int i = 0; i < 2000; i++)
        buffer_addf(&text, "第%d厂,清城区\n", i);
    fixture_write_text(fixture, "list.csv", text.text);
    bool ok = import_open(&import, store, &reg_enterprise, fixture->path, NULL, stop_at_once,
                          &calls, &err) &&
              import_run(import, store, false, &err);
    assert_false(ok);
    assert_int_equal(err.code, ERROR_CANCELLED);
    assert_int_equal(desk_count(store, &reg_enterprise, NULL), 0);
    import_close(&import);
    buffer_release(&text);
    desk_close(fixture, store);
}

static void reference_data_is_not_imported(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = NULL;
    struct error err = {0};
    fixture_write_text(fixture, "list.csv", "code,name,level\n99,某省,省\n");
    assert_false(import_open(&import, store, &reg_region, fixture->path, NULL, NULL, NULL, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_null(import);
    desk_close(fixture, store);
}

#define unit(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

/* The one kept file, and its folders. */
static void remove_files(struct store *store, const char *sum)
{
    struct buffer path = {0};
    attachment_path(store, sum, &path);
    assert_int_equal(unlink(path.text), 0);
    for (int i = 0; i < 2; i++) {
        *strrchr(path.text, '/') = '\0';
        assert_int_equal(rmdir(path.text), 0);
    }
    buffer_release(&path);
}

/* The cell of an attachment names a file, from the folder of the list on. */
static void files_beside_the_list_are_kept(void **state)
{
    static const char heading[] = "企业名称,县（市、区）,附件\n";
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    char text[600], path[160], message[400], sum[65] = "";
    fixture_write_text(fixture, "photo.jpg", "test");
    snprintf(path, sizeof path, "%s", fixture->path);
    snprintf(text, sizeof text, "%s甲厂,清城区, photo.jpg \n乙厂,清城区,%s\n", heading, path);
    desk_import(fixture, store, &reg_enterprise, text, true, "2=2+0+0+0", NULL);
    assert_int_equal(desk_count(store, &reg_enterprise, NULL), 0);
    desk_import(fixture, store, &reg_enterprise, text, false, "2=2+0+0+0", NULL);
    assert_int_equal(attachment_count(store), 1);
    struct record record;
    assert_true(store_find(store, &reg_enterprise, "甲厂", &record, NULL));
    snprintf(sum, sizeof sum, "%s", record_text(&record, "attachment"));
    record_release(&record);
    assert_true(attachment_has(store, sum, NULL));
    desk_import(fixture, store, &reg_enterprise, text, false, "2=0+0+2+0", NULL);
    /* The sum of a kept file, as an export writes it, is taken as it is. */
    snprintf(text, sizeof text, "%s丙厂,清城区,%s\n", heading, sum);
    desk_import(fixture, store, &reg_enterprise, text, false, "1=1+0+0+0", NULL);
    snprintf(text, sizeof text, "%s丁厂,清城区,none.jpg\n戊厂,清城区,\n", heading);
    desk_import(fixture, store, &reg_enterprise, text, false, "2=1+0+0+1", message);
    assert_non_null(strstr(message, "none.jpg”：没有这个文件"));
    assert_int_equal(desk_count(store, &reg_enterprise, NULL), 4);
    remove_files(store, sum);
    assert_int_equal(unlink(path), 0);
    desk_close(fixture, store);
}

/* "未检出" is below the limit that the same row states, in the unit of its own heading. */
static void undetected_values_take_the_limit_of_their_row(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct query query = {.reg = &reg_sample, .where = "sample_no=S2"};
    struct id_list ids = {0};
    struct record record;
    desk_import(fixture, store, &reg_sample,
                "样品编号,采样点位,采样日期,监测因子,监测值,单位,检出限（μg/L）\n"
                "S1,排口,2026-05-01,铊,未检出,mg/L,0.02\nS2,排口,2026-05-01,铊,未检出,mg/L,0.03\n"
                "S3,排口,2026-05-01,铊,未检出,mg/L,\n",
                false, "3=2+0+0+1", NULL);
    assert_true(query_ids(store, &query, &ids, NULL));
    assert_int_equal(ids.count, 1);
    assert_true(store_get(store, &reg_sample, ids.ids[0], &record, NULL));
    assert_string_equal(record_text(&record, "value"), "<0.03 μg/L");
    record_release(&record);
    id_list_release(&ids);
    desk_close(fixture, store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        unit(twice_changes_nothing),
        unit(dry_run_writes_nothing),
        unit(one_undo_takes_all_back),
        unit(a_changed_row_says_from_what_to_what),
        unit(refused_rows_leave_the_others),
        unit(refused_rows_have_names),
        unit(incomplete_rows_are_stored_and_counted),
        unit(rows_that_fight_over_a_record_are_refused),
        unit(mines_without_a_code_stay_apart),
        unit(a_code_finds_a_renamed_enterprise),
        unit(a_number_alone_finds_its_record),
        unit(sums_and_signatures_are_left_out),
        unit(a_heading_says_of_when_the_figures_are),
        unit(the_own_county_fills_a_missing_column),
        unit(a_profile_finds_its_enterprise),
        unit(a_list_does_not_vouch),
        unit(cancelling_writes_nothing),
        unit(reference_data_is_not_imported),
        unit(files_beside_the_list_are_kept),
        unit(undetected_values_take_the_limit_of_their_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
