/* Policy packs: what the program brings, what a bureau may have broken, and loading again. */
#include "core/facts.h"
#include "db/history.h"
#include "db/pack.h"
#include "fixture.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define CAMPAIGN_HEADING "专项代码,简称,文件,起始年,截止年\n"
#define CAMPAIGN         CAMPAIGN_HEADING "test-2026,试验 2026,试验方案,2026,2027\n"

static void make_folders(struct fixture *fixture, char folder[160])
{
    snprintf(folder, 160, "%s/packs", fixture->folder);
    mkdir(folder, 0700);
    snprintf(folder, 160, "%s/packs/test-2026", fixture->folder);
    mkdir(folder, 0700);
    setenv("TAIZHANG_DATA", fixture->folder, 1);
}

static void write_file(struct fixture *fixture, const char *name, const char *text)
{
    char folder[160], path[200];
    make_folders(fixture, folder);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static int teardown(void **state)
{
    static const char *const names[] = {"campaign", "parameter",  "key_region",
                                        "target",   "obligation", "limit"};
    struct fixture *fixture = *state;
    char path[200];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        snprintf(path, sizeof path, "%s/packs/test-2026/%s.csv", fixture->folder, names[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/packs/test-2026", fixture->folder);
    rmdir(path);
    snprintf(path, sizeof path, "%s/packs", fixture->folder);
    rmdir(path);
    unsetenv("TAIZHANG_DATA");
    return fixture_teardown(state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, fixture_setup, teardown)

static struct pack_result load(struct fixture *fixture, const char *name)
{
    struct pack_result result;
    assert_ok(pack_load(fixture->store, name, &result, err));
    assert_int_equal(result.read, result.added + result.changed + result.same + result.kept);
    return result;
}

static long long count(struct fixture *fixture, const char *table)
{
    char sql[120];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", table);
    return fixture_number(fixture, sql);
}

/* ---- what the program brings ---- */

static void test_every_pack_loads(void **state)
{
    struct fixture *fixture = *state;
    struct buffer names = {0};
    pack_names(&names);
    assert_non_null(strstr(names.text, "yunnan-2022\n"));
    size_t packs = 0;
    load(fixture, PACK_BASE);
    for (char *rest = names.text, *name; (name = strtok_r(rest, "\n", &rest)) != NULL; packs++) {
        struct buffer label = {0};
        assert_ok(pack_label(name, &label, err));
        assert_true(label.length > 0);
        buffer_release(&label);
        assert_true(load(fixture, name).added > 1);
    }
    assert_int_equal(packs, 5);
    assert_int_equal(count(fixture, "campaign"), 5);
    buffer_release(&names);
}

static void test_base_data(void **state)
{
    struct fixture *fixture = *state;
    load(fixture, PACK_BASE);
    assert_int_equal(count(fixture, "checklist"), 28 + 22 + 18);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM \"limit\" WHERE standard = 'GB 15618'"),
        19 * 4);
    /* Arsenic in paddy soil, above pH 7.5. */
    assert_int_equal(fixture_number(fixture, "SELECT value / 1000000000 FROM \"limit\" WHERE"
                                             " factor = '砷' AND land_use = '水田' AND ph_above ="
                                             " 750 AND category = '风险筛选值'"),
                     20);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM \"limit\" WHERE factor = '铊'"
                                             " AND state = '已核'"),
                     1);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM \"limit\" WHERE state = '已核'"
                                             " AND source LIKE '%凭记忆%'"),
                     0);
    assert_int_equal(fixture_number(fixture,
                                    "SELECT count(*) FROM holiday WHERE day_on LIKE '2026%'"
                                    " AND kind = '班'"),
                     6);
    assert_int_equal(fixture_number(fixture, "SELECT value FROM parameter WHERE code ="
                                             " 'stale_days' AND campaign IS NULL"),
                     365);
}

/* The tables as they were published, checked to the last digit. */
static void test_published_tables(void **state)
{
    struct fixture *fixture = *state;
    load(fixture, "guangxi-2022");
    load(fixture, "yunnan-2022");
    load(fixture, "qingyuan-2018");
    assert_int_equal(fixture_number(fixture, "SELECT sum(base_kg) FROM target WHERE region LIKE"
                                             " '45__' AND year = 2025"),
                     11959472);
    assert_int_equal(fixture_number(fixture, "SELECT sum(enterprise_count) FROM target WHERE"
                                             " region LIKE '45__' AND year = 2025"),
                     408);
    assert_int_equal(
        fixture_number(fixture, "SELECT sum(base_kg) FROM target WHERE region LIKE '53__'"),
        26980534);
    assert_int_equal(
        fixture_number(fixture, "SELECT sum(cut_kg) FROM target WHERE region LIKE '53__'"),
        2372965);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM target WHERE percent = 1200"
                                             " AND base_year = 2013 AND metal <> '合计'"),
                     5);
    /* The stricter of the two ratios counts, the other one is kept beside it. */
    assert_int_equal(fixture_number(fixture, "SELECT ratio * 10000 + other_ratio FROM key_region"
                                             " WHERE region = '533325'"),
                     12001000);
}

static void test_the_first_pack_is_followed(void **state)
{
    struct fixture *fixture = *state;
    load(fixture, "yunnan-2022");
    load(fixture, "campaign-2025-2030");
    assert_string_equal(store_setting(fixture->store, "pack"), "yunnan-2022");
    struct check_context context = store_check_context(fixture->store);
    struct record campaign;
    assert_ok(store_find(fixture->store, &reg_campaign, "yunnan-2022", &campaign, err));
    assert_string_equal(context.campaign, campaign.id);
    record_release(&campaign);
}

static void test_laptops_agree(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], sql[160];
    struct record record;
    write_file(fixture, "campaign.csv", CAMPAIGN);
    load(fixture, "test-2026");
    assert_ok(store_find(fixture->store, &reg_campaign, "test-2026", &record, err));
    strcpy(id, record.id);
    record_release(&record);
    char other[200];
    snprintf(other, sizeof other, "%s/other.db", fixture->folder);
    assert_ok(store_create(other, &(struct store_bureau){.pack = "test-2026"}, err));
    snprintf(sql, sizeof sql, "SELECT count(*) FROM campaign WHERE id = '%s'", id);
    struct fixture second = {.store = NULL};
    strcpy(second.path, other);
    assert_int_equal(fixture_number(&second, sql), 1);
}

/* ---- creating and upgrading ---- */

static void test_create_with_packs(void **state)
{
    struct fixture *fixture = *state;
    struct fixture made = {.store = NULL};
    struct store *store;
    struct buffer what = {0};
    snprintf(made.path, sizeof made.path, "%s/new.db", fixture->folder);
    const struct store_bureau bureau = {.pack = "yunnan-2022,campaign-2025-2030",
                                        .region = "530326"};
    assert_ok(store_create(made.path, &bureau, err));
    assert_int_equal(count(&made, "campaign"), 2);
    assert_int_equal(count(&made, "checklist"), 68);
    assert_ok(store_open(&store, made.path, STORE_WRITE, err));
    assert_string_equal(store_setting(store, "pack"), "yunnan-2022");
    /* Undo must not take the law away. */
    assert_fails(fixture, history_last(store, &what, err), ERROR_MISSING, "没有可以撤销的改动");
    store_close(&store);
    buffer_release(&what);
}

static void test_failing_pack_leaves_no_file(void **state)
{
    struct fixture *fixture = *state;
    char path[200];
    write_file(fixture, "campaign.csv", CAMPAIGN);
    write_file(fixture, "target.csv", "地区,重金属,目标年\n4418,合计,2025\n");
    snprintf(path, sizeof path, "%s/new.db", fixture->folder);
    const struct store_bureau bureau = {.pack = "qingyuan-2018,test-2026"};
    assert_fails(fixture, store_create(path, &bureau, err), ERROR_FORMAT,
                 "packs/test-2026/target.csv：缺少“基准年”一列");
    assert_int_equal(access(path, F_OK), -1);
    assert_fails(fixture, store_create(path, &(struct store_bureau){.pack = "nowhere-2022"}, err),
                 ERROR_USAGE, "yunnan-2022");
    assert_int_equal(access(path, F_OK), -1);
}

/* A file from before there were packs. */
static void test_upgrade(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(store_set_setting(fixture->store, "pack", "qingyuan-2018", err));
    assert_int_equal(count(fixture, "parameter"), 0);
    store_close(&fixture->store);
    fixture_execute(fixture->path, "DROP TABLE parameter");
    fixture_reopen(fixture, STORE_READ);
    assert_true(count(fixture, "parameter") > 20);
    assert_int_equal(count(fixture, "checklist"), 68);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM target WHERE region = '4418'"),
                     6);
    long long operations = count(fixture, "op");
    fixture_reopen(fixture, STORE_READ);
    assert_int_equal(count(fixture, "op"), operations);
}

/* ---- refusing ---- */

/* The row is refused with `words`, and nothing of the pack is in the file. */
static void refuse(struct fixture *fixture, const char *file, const char *text,
                   enum error_code code, const char *words)
{
    struct pack_result result;
    long long operations = count(fixture, "op"), campaigns = count(fixture, "campaign");
    write_file(fixture, file, text);
    assert_fails(fixture, pack_load(fixture->store, "test-2026", &result, err), code, words);
    assert_int_equal(count(fixture, "op"), operations);
    assert_int_equal(count(fixture, "campaign"), campaigns);
    assert_string_equal(store_setting(fixture->store, "pack"), "");
}

static void test_refused_headings(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "campaign.csv", CAMPAIGN);
    static const char file[] = "parameter.csv";
    refuse(fixture, file, "参数代码,含义,依据\na,乙,丙\n", ERROR_FORMAT,
           "packs/test-2026/parameter.csv：缺少“取值”一列");
    refuse(fixture, file, "参数代码,含义,依据,取值,颜色\na,乙,丙,1,红\n", ERROR_FORMAT,
           "第 5 列“颜色”不是参数的列");
    refuse(fixture, file, "参数代码,code,含义,依据,取值\na,a,乙,丙,1\n", ERROR_FORMAT,
           "第 2 列“code”与前面一列重复");
    refuse(fixture, file, "", ERROR_FORMAT, "packs/test-2026/parameter.csv：是空文件");
    refuse(fixture, file, "参数代码,含义,依据,取值\na,\xB2\xCE,丙,1\n", ERROR_FORMAT,
           "不是 UTF-8 编码");
}

static void test_refused_rows(void **state)
{
    struct fixture *fixture = *state;
    static const char target[] = "地区,重金属,目标年,基准年,目标类型,削减比例,累计方式,依据\n%s\n";
    static const struct {
        const char *row, *words;
    } rows[] = {
        {"4418,合计,2025,2020,削减比例,十二,累计,附表1", "target.csv 第 2 行：“削减比例”列"},
        {"4418,合计,2025,2020,削减比例,1.234,累计,附表1", "第 2 行：“削减比例”列"},
        {"4418,合计,2025,2020,削减比例,101,累计,附表1", "不能大于 100"},
        {"9999,合计,2025,2020,削减比例,6,累计,附表1", "第 2 行：“地区”列"},
        {"4418,锡,2025,2020,削减比例,6,累计,附表1", "第 2 行：“重金属”列"},
        {"4418,合计,,2020,削减比例,6,累计,附表1", "第 2 行：“目标年”列"},
        {"4418,合计,2025,2020,削减比例,,累计,附表1", "第 2 行：“削减比例”列"},
        {"4418,合计,2025,2020,削减比例,6,累计,附表1,多", "有 9 格，比列名多"},
        {"4418,合计,2025,2020,削减比例,6,累计,附表1\n4418,合计,2025,2020,持平,,累计,附表1",
         "第 3 行：与前面的第 2 行是同一项"},
    };
    write_file(fixture, "campaign.csv", CAMPAIGN);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char text[400];
        snprintf(text, sizeof text, target, rows[i].row);
        refuse(fixture, "target.csv", text, ERROR_REFUSED, rows[i].words);
    }
}

static void test_refused_contents(void **state)
{
    struct fixture *fixture = *state;
    static const char limit[] = "标准号,适用,因子,类别,限值,单位,来源,核验状态\n";
    char text[400];
    write_file(fixture, "campaign.csv", CAMPAIGN);
    snprintf(text, sizeof text, "%sGB 1,废水,铊,直接排放,0.005,,原文,已核\n", limit);
    refuse(fixture, "limit.csv", text, ERROR_REFUSED, "limit.csv 第 2 行：“单位”列");
    snprintf(text, sizeof text, "%sGB 1,废水,铊,直接排放,,mg/L,原文,已核\n", limit);
    refuse(fixture, "limit.csv", text, ERROR_REFUSED, "limit.csv 第 2 行：“限值”列");
    snprintf(text, sizeof text, "%sGB 1,废水,铊,直接排放,,,原文,未核\n", limit);
    write_file(fixture, "limit.csv", text);
    refuse(fixture, "key_region.csv",
           "县（市、区）,准入要求,替代比例,依据,另处比例\n441802,减量替代,1,四,1.2\n",
           ERROR_REFUSED, "应当填两处中较严的一处");
}

static void test_refused_campaigns(void **state)
{
    struct fixture *fixture = *state;
    struct pack_result result;
    refuse(fixture, "campaign.csv", CAMPAIGN_HEADING "other-2026,别的,方案,2026,2027\n",
           ERROR_REFUSED, "没有专项代码为“test-2026”的一行");
    refuse(fixture, "campaign.csv", CAMPAIGN_HEADING "test-2026,试验,方案,2026,\n", ERROR_REFUSED,
           "campaign.csv 第 2 行：“截止年”列");
    static const char *const names[] = {"nowhere-2022", "../packs/yunnan-2022", ""};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        assert_fails(fixture, pack_load(fixture->store, names[i], &result, err), ERROR_USAGE,
                     "、yunnan-2022");
}

/* The gate holds for whoever brings a limit. */
static void test_unverified_limits_stay_so(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    fixture_fill(fixture, &reg_limit, "standard=GB1 factor=铊 value=0.005 state=已核", &record);
    assert_fails(fixture, store_save(fixture->store, &record, NULL, &change, err), ERROR_REFUSED,
                 "核验状态为“已核”，却缺单位");
    assert_string_equal(fixture->err.field, "unit");
    assert_ok(
        record_set_text(&record, (size_t)reg_field_index(&reg_limit, "unit"), "mg/L", NULL, err));
    assert_ok(store_save(fixture->store, &record, NULL, &change, err));
    record_release(&record);
    fixture_fill(fixture, &reg_limit, "standard=GB2 factor=铊 state=未核", &record);
    assert_ok(store_save(fixture->store, &record, NULL, &change, err));
    record_release(&record);
}

/* ---- loading again ---- */

#define PARAMETERS "参数代码,含义,依据,取值,备注\n"

static void find_parameter(struct fixture *fixture, const char *label, char id[RECORD_ID_SIZE])
{
    struct record record;
    assert_ok(store_find(fixture->store, &reg_parameter, label, &record, err));
    strcpy(id, record.id);
    record_release(&record);
}

static void test_loading_again_changes_only_what_differs(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    write_file(fixture, "campaign.csv", CAMPAIGN);
    write_file(fixture, "parameter.csv", PARAMETERS "a,甲,文,1,\nb,乙,文,2,\n");
    assert_int_equal(load(fixture, "test-2026").added, 3);
    long long operations = count(fixture, "op");
    assert_int_equal(load(fixture, "test-2026").same, 3);
    assert_int_equal(count(fixture, "op"), operations);
    write_file(fixture, "parameter.csv", PARAMETERS "a,甲,文,1,\nb,乙,文,3,\nc,丙,文,4,\n");
    struct pack_result result = load(fixture, "test-2026");
    assert_int_equal(result.same, 2);
    assert_int_equal(result.changed, 1);
    assert_int_equal(result.added, 1);
    find_parameter(fixture, "b", id);
    assert_string_equal(fixture_text(fixture, &reg_parameter, id, "value"), "3");
    assert_int_equal(count(fixture, "op"), operations + 2);
}

static void test_a_persons_value_is_kept(void **state)
{
    struct fixture *fixture = *state;
    char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE];
    write_file(fixture, "campaign.csv", CAMPAIGN);
    write_file(fixture, "parameter.csv", PARAMETERS "a,甲,文,1,旧\nb,乙,文,2,\n");
    load(fixture, "test-2026");
    find_parameter(fixture, "a", a);
    find_parameter(fixture, "b", b);
    assert_int_equal(fixture_change(fixture, &reg_parameter, a, "value=9"), STORE_CHANGED);
    fixture_remove(fixture, &reg_parameter, b);
    write_file(fixture, "parameter.csv", PARAMETERS "a,甲,文,5,新\nb,乙,文,6,\n");
    struct pack_result result = load(fixture, "test-2026");
    assert_int_equal(result.kept, 2);
    assert_int_equal(result.added + result.changed, 0);
    assert_string_equal(fixture_text(fixture, &reg_parameter, a, "value"), "9");
    /* What nobody has touched follows the pack. */
    assert_string_equal(fixture_text(fixture, &reg_parameter, a, "note"), "新");
    assert_string_equal(fixture_text(fixture, &reg_parameter, b, "value"), "-");
}

static void test_an_undone_change_is_no_change(void **state)
{
    struct fixture *fixture = *state;
    char a[RECORD_ID_SIZE];
    struct buffer summary = {0};
    write_file(fixture, "campaign.csv", CAMPAIGN);
    write_file(fixture, "parameter.csv", PARAMETERS "a,甲,文,1,\n");
    load(fixture, "test-2026");
    find_parameter(fixture, "a", a);
    fixture_change(fixture, &reg_parameter, a, "value=9");
    assert_ok(store_undo(fixture->store, &summary, err));
    write_file(fixture, "parameter.csv", PARAMETERS "a,甲,文,5,\n");
    assert_int_equal(load(fixture, "test-2026").changed, 1);
    assert_string_equal(fixture_text(fixture, &reg_parameter, a, "value"), "5");
    buffer_release(&summary);
}

static void test_an_undone_pack_comes_back(void **state)
{
    struct fixture *fixture = *state;
    char a[RECORD_ID_SIZE];
    struct buffer summary = {0};
    write_file(fixture, "campaign.csv", CAMPAIGN);
    write_file(fixture, "parameter.csv", PARAMETERS "a,甲,文,1,\n");
    load(fixture, "test-2026");
    find_parameter(fixture, "a", a);
    assert_ok(store_undo(fixture->store, &summary, err));
    assert_non_null(strstr(summary.text, "装入政策包"));
    assert_string_equal(fixture_text(fixture, &reg_parameter, a, "value"), "-");
    assert_int_equal(load(fixture, "test-2026").added, 2);
    assert_string_equal(fixture_text(fixture, &reg_parameter, a, "value"), "1");
    buffer_release(&summary);
}

/* A row that somebody had typed in before the pack came is not there twice. */
static void test_a_typed_row_is_found(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    load(fixture, PACK_BASE);
    find_parameter(fixture, "stale_days", id);
    fixture_add(fixture, &reg_holiday, "day_on=2027-01-01 kind=休", id);
    write_file(fixture, "campaign.csv", CAMPAIGN);
    load(fixture, "test-2026");
    fixture_add(fixture, &reg_parameter, "campaign=test-2026 code=a value=7", id);
    write_file(fixture, "parameter.csv", PARAMETERS "a,甲,文,1,\n");
    struct pack_result result = load(fixture, "test-2026");
    assert_int_equal(result.kept, 1);
    assert_string_equal(fixture_text(fixture, &reg_parameter, id, "value"), "7");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM parameter WHERE code = 'a'"), 1);
}

/* A pack's value and the national one stand side by side. */
static void test_a_pack_overrides(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "campaign.csv", CAMPAIGN);
    write_file(fixture, "parameter.csv", PARAMETERS "stale_days,甲,文,100,\n");
    load(fixture, PACK_BASE);
    load(fixture, "test-2026");
    load(fixture, PACK_BASE);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM parameter WHERE code = 'stale_days'"), 2);
    struct check_context context = store_check_context(fixture->store);
    assert_int_equal(facts_parameter(&context, "stale_days", 0, 1), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_pack_loads),
        TEST(base_data),
        TEST(published_tables),
        TEST(the_first_pack_is_followed),
        TEST(laptops_agree),
        TEST(create_with_packs),
        TEST(failing_pack_leaves_no_file),
        TEST(upgrade),
        TEST(refused_headings),
        TEST(refused_rows),
        TEST(refused_contents),
        TEST(refused_campaigns),
        TEST(unverified_limits_stay_so),
        TEST(loading_again_changes_only_what_differs),
        TEST(a_persons_value_is_kept),
        TEST(an_undone_change_is_no_change),
        TEST(an_undone_pack_comes_back),
        TEST(a_typed_row_is_found),
        TEST(a_pack_overrides),
    };
    return fixture_run(tests);
}
