/* The case file of an object: what belongs to it, what is open, what happened, what was measured.
 */
#include "fixture.h"

#include "db/attachment.h"
#include "db/casefile.h"

#include <stdio.h>
#include <unistd.h>

static struct casefile *open_file(struct fixture *fixture, const struct reg *reg, const char *id)
{
    struct casefile *file;
    assert_ok(casefile_open(&file, fixture->store, reg, id, err));
    return file;
}

static const struct casefile_relation *relation_of(const struct casefile *file, const char *reg)
{
    for (size_t i = 0; i < file->relation_count; i++)
        if (strcmp(file->relations[i].reg->name, reg) == 0)
            return &file->relations[i];
    return NULL;
}

static void add(struct fixture *fixture, const char *reg, char id[RECORD_ID_SIZE],
                const char *format, const char *object)
{
    char fields[512];
    snprintf(fields, sizeof fields, format, object);
    fixture_add(fixture, reg_find(reg), fields, id);
}

static void add_problem(struct fixture *fixture, const char *state, const char *format,
                        const char *object, char id[RECORD_ID_SIZE])
{
    char fields[512];
    snprintf(fields, sizeof fields, format, object);
    fixture_add_problem(fixture, state, fields, id);
}

/* An enterprise with a profile; another one with a problem of its own. */
struct county {
    char works[RECORD_ID_SIZE], profile[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
    char id[RECORD_ID_SIZE]; /* of whatever was added last */
};

static void found(struct fixture *fixture, struct county *county)
{
    fixture_add(fixture, &reg_enterprise, "name=甲示例冶炼厂 region=清城区", county->works);
    fixture_add(fixture, &reg_enterprise, "name=乙示例化工厂 region=清城区", county->other);
    add(fixture, "thallium_enterprise", county->profile,
        "enterprise=%s thallium_industry=有色冶炼 risk_level=红", county->works);
    add(fixture, "problem", county->id,
        "enterprise=%s region=清城区 description=别家的事 found_on=2026-05-01", county->other);
}

/* ---- what belongs to it ---- */

static void test_relating(void **state)
{
    (void)state;
    struct casefile_relation relation;
    assert_true(casefile_relate(&reg_sample, &reg_enterprise, &relation));
    assert_int_equal(relation.link_count, 1);
    assert_false(relation.is_profile);
    assert_true(casefile_relate(&reg_quota_transfer, &reg_enterprise, &relation));
    assert_int_equal(relation.link_count, 2); /* who sells and who buys */
    assert_true(casefile_relate(&reg_thallium_enterprise, &reg_enterprise, &relation));
    assert_true(relation.is_profile);
    assert_true(casefile_relate(&reg_receptor, &reg_legacy_site, &relation));
    assert_false(casefile_relate(&reg_receptor, &reg_enterprise, &relation));
    assert_false(casefile_relate(&reg_obligation, &reg_campaign, &relation)); /* policy */
}

/* Nobody lists the registers: whoever points to the object is there, and only with records. */
static void test_relations(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    found(fixture, &county);
    add(fixture, "sample", county.id, "enterprise=%s factor=铊 value=0.004 sampled_on=2026-05-01",
        county.works);
    add(fixture, "sample", county.id, "enterprise=%s factor=铊 value=0.005 sampled_on=2026-05-02",
        county.works);
    fixture_remove(fixture, &reg_sample, county.id);
    struct casefile *file = open_file(fixture, &reg_enterprise, county.works);
    assert_string_equal(file->object.id, county.works);
    assert_int_equal(file->relation_count, 2);
    assert_int_equal(relation_of(file, "sample")->count, 1);
    assert_int_equal(relation_of(file, "sample")->incomplete, 1);
    assert_int_equal(relation_of(file, "thallium_enterprise")->count, 1);
    assert_null(relation_of(file, "problem")); /* the other one's */
    struct id_list ids;
    assert_ok(casefile_ids(file, relation_of(file, "sample"), &ids, err));
    assert_int_equal(ids.count, 1);
    id_list_release(&ids);
    casefile_close(&file);
    assert_null(file);
}

static void test_profile(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    found(fixture, &county);
    struct casefile *file = open_file(fixture, &reg_thallium_enterprise, county.profile);
    assert_ptr_equal(file->reg, &reg_enterprise);
    assert_string_equal(file->object.id, county.works);
    assert_int_equal(file->profile_count, 1);
    assert_string_equal(file->profiles[0].id, county.profile);
    casefile_close(&file);
}

static void test_no_such_record(void **state)
{
    struct fixture *fixture = *state;
    struct casefile *file;
    assert_fails(fixture, casefile_open(&file, fixture->store, &reg_enterprise, "nobody", err),
                 ERROR_MISSING, "没有编号为");
    assert_null(file);
}

/* ---- what is open ---- */

static void test_cases(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    char late[RECORD_ID_SIZE], soon[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    found(fixture, &county);
    add_problem(fixture, "整改中", "enterprise=%s description=以后 due_on=2026-07-16", county.works,
                soon);
    add_problem(fixture, "县级核查", "enterprise=%s description=早该完成 due_on=2026-06-03",
                county.works, late);
    add(fixture, "problem", county.id,
        "enterprise=%s region=清城区 description=没有时限 state=已登记", county.works);
    add_problem(fixture, "已销号", "enterprise=%s description=完了 due_on=2026-04-20", county.works,
                county.id);
    add(fixture, "progress", county.id,
        "problem=%s reported_on=2026-05-01 done_percent=20 description=开工", late);
    add(fixture, "progress", county.id,
        "problem=%s reported_on=2026-05-02 done_percent=100 description=完工", late);
    add(fixture, "progress", id, "problem=%s reported_on=2026-06-01 done_percent=40", soon);
    struct casefile *file = open_file(fixture, &reg_enterprise, county.works);
    const struct casefile_relation *problems = relation_of(file, "problem");
    assert_int_equal(problems->count, 4);
    assert_int_equal(problems->open, 3);
    assert_int_equal(problems->overdue, 1);
    assert_int_equal(file->case_count, 3);
    assert_string_equal(file->cases[0].id, late);
    assert_string_equal(file->cases[0].name, "早该完成");
    assert_string_equal(file->cases[0].state, "县级核查");
    assert_int_equal(file->cases[0].days, -12);
    assert_int_equal(file->cases[0].level, 2);
    assert_string_equal(file->cases[0].next, "市级复核");
    assert_string_equal(file->cases[0].missing, "市级复核日期等 3 项");
    assert_true(file->cases[0].is_gap);
    assert_int_equal(file->cases[0].percent, 100);
    assert_non_null(strstr(file->cases[0].latest, "100 %  完工"));
    assert_string_equal(file->cases[1].name, "以后");
    assert_int_equal(file->cases[1].days, 31);
    assert_int_equal(file->cases[1].level, 0);
    assert_int_equal(file->cases[1].percent, 40);
    assert_string_equal(file->cases[1].next, "企业自验");
    assert_int_equal(file->cases[2].percent, -1);
    assert_string_equal(file->cases[2].due, "");
    casefile_close(&file);
}

/* A paused case is open, but nobody is late with it. */
static void test_paused_case(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    char id[RECORD_ID_SIZE];
    found(fixture, &county);
    add_problem(fixture, "整改中", "enterprise=%s description=拆除 due_on=2026-06-03", county.works,
                id);
    fixture_change(fixture, &reg_problem, id,
                   "state=挂起 suspended_state=整改中 suspended_on=2026-06-01 "
                   "suspended_until_on=2026-09-30 suspend_approval=清城环函〔2026〕11号 "
                   "suspend_reason=厂区整体拆除，等方案备案以后再改");
    struct casefile *file = open_file(fixture, &reg_enterprise, county.works);
    assert_int_equal(relation_of(file, "problem")->open, 1);
    assert_int_equal(relation_of(file, "problem")->overdue, 0);
    assert_true(file->cases[0].is_paused);
    assert_int_equal(file->cases[0].paused_days, 14);
    assert_int_equal(file->cases[0].level, 0);
    assert_null(file->cases[0].next); /* going on is no step ahead */
    casefile_close(&file);
}

/* A deadline that a filled date says was met. */
static void test_met(void **state)
{
    struct fixture *fixture = *state;
    char campaign[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_campaign, "code=c1 name=示例专项", campaign);
    add(fixture, "filing", id, "campaign=%s kind=其他 period=2025 due_on=2026-06-03", campaign);
    add(fixture, "filing", id,
        "campaign=%s kind=其他 period=2026H1 due_on=2026-06-03 filed_on=2026-06-01", campaign);
    struct casefile *file = open_file(fixture, &reg_campaign, campaign);
    assert_int_equal(relation_of(file, "filing")->count, 2);
    assert_int_equal(relation_of(file, "filing")->open, 1);
    assert_int_equal(file->case_count, 1);
    assert_int_equal(file->cases[0].days, -12);
    assert_string_equal(file->cases[0].state, ""); /* it has none */
    casefile_close(&file);
}

/* ---- what happened ---- */

static void test_events(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    char text[64];
    found(fixture, &county);
    add_problem(fixture, "已销号", "enterprise=%s description=完了 found_on=2026-01-05",
                county.works, county.id);
    add(fixture, "sample", county.id,
        "enterprise=%s factor=铊 value=0.0042 unit=mg/L sampled_on=2026-02-10", county.works);
    add(fixture, "material_flow", county.id,
        "enterprise=%s period=2026Q1 flow=投入 material=铅精矿", county.works); /* not of a day */
    struct casefile *file = open_file(fixture, &reg_enterprise, county.works);
    static const char *const expected[] = {"2026-05-15 问题销号", "2026-02-10 监测",
                                           "2026-01-05 发现问题"};
    assert_int_equal(file->event_count, 3);
    for (size_t i = 0; i < 3; i++) {
        snprintf(text, sizeof text, "%s %s", file->events[i].date, file->events[i].label);
        assert_string_equal(text, expected[i]);
    }
    assert_non_null(strstr(file->events[1].text, "铊  0.0042  mg/L"));
    assert_null(strstr(file->events[1].text, "甲示例冶炼厂")); /* that is whose file it is */
    casefile_close(&file);
}

/* The newest of all, although each register is asked for its newest only. */
static void test_many_events(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    char sql[1024];
    found(fixture, &county);
    add(fixture, "problem", county.id,
        "enterprise=%s region=清城区 description=新近 found_on=2026-06-14", county.works);
    snprintf(
        sql, sizeof sql,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
        "INSERT INTO sample (id, version, deleted, missing, created_at, updated_at, enterprise,"
        " sampled_on, factor, value, unit) SELECT printf('s-%%05d', i), 1, 0, 0, '', '', '%s',"
        " date('2024-01-01', '+' || i || ' days'), '铊', '0.004', 'mg/L' FROM n",
        county.works);
    fixture_execute(fixture->path, sql);
    struct casefile *file = open_file(fixture, &reg_enterprise, county.works);
    assert_int_equal(relation_of(file, "sample")->count, 900);
    assert_int_equal(file->event_count, CASEFILE_ROWS);
    assert_string_equal(file->events[0].date, "2026-06-19");
    assert_string_equal(file->events[1].date, "2026-06-18");
    assert_string_equal(file->events[6].label, "发现问题"); /* in its place among the others */
    assert_int_equal(file->series.count, CASEFILE_POINTS);
    casefile_close(&file);
}

/* ---- what was measured ---- */

static void set(struct fixture *fixture, const char *id, const char *verdict, const char *limit)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "UPDATE sample SET verdict = '%s', verdict_limit = '%s' WHERE id = '%s'", verdict,
             limit, id);
    fixture_execute(fixture->path, sql);
}

static void add_result(struct fixture *fixture, struct county *county, const char *rest)
{
    char format[256];
    snprintf(format, sizeof format, "enterprise=%%s point_name=%s", rest);
    add(fixture, "sample", county->id, format, county->works);
}

static void test_series(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    found(fixture, &county);
    add_result(fixture, &county, "车间口 factor=铊 value=4.2 unit=μg/L sampled_on=2026-02-01");
    add_result(fixture, &county, "车间口 factor=铊 value=<0.002 unit=mg/L sampled_on=2026-03-01");
    add_result(fixture, &county, "车间口 factor=镉 value=0.9 unit=mg/L sampled_on=2026-03-01");
    add_result(fixture, &county, "总排口 factor=铊 value=0.7 unit=mg/L sampled_on=2026-03-02");
    add_result(fixture, &county, "车间口 factor=铊 value=0.008 unit=mg/L sampled_on=2026-05-01");
    set(fixture, county.id, "超标", "0.005 mg/L");
    struct casefile *file = open_file(fixture, &reg_enterprise, county.works);
    const struct casefile_series *series = &file->series;
    assert_string_equal(series->factor, "铊");
    assert_string_equal(series->point, "车间口");
    assert_string_equal(series->unit, "mg/L");
    assert_int_equal(series->count, 3);                /* one factor at one place */
    assert_int_equal(series->points[0].nano, 4200000); /* converted */
    assert_int_equal(series->points[1].qualifier, '<');
    assert_int_equal(series->points[2].nano, 8000000);
    assert_true(series->has_limit);
    assert_int_equal(series->limit, 5000000);
    casefile_close(&file);
}

/* A limit that nobody has verified draws no line. */
static void test_unverified_limit(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    found(fixture, &county);
    struct casefile *file = open_file(fixture, &reg_enterprise, county.works);
    assert_null(file->series.reg); /* nothing was measured */
    casefile_close(&file);
    add_result(fixture, &county, "车间口 factor=铊 value=0.008 unit=mg/L sampled_on=2026-05-01");
    set(fixture, county.id, "仅提示", "0.005 mg/L");
    file = open_file(fixture, &reg_enterprise, county.works);
    assert_ptr_equal(file->series.reg, &reg_sample);
    assert_false(file->series.has_limit);
    casefile_close(&file);
}

/* Of the newest day the result that could be judged. */
static void test_judged_first(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    found(fixture, &county);
    add_result(fixture, &county, "车间口 factor=铊 value=0.004 unit=mg/L sampled_on=2026-05-01");
    set(fixture, county.id, "达标", "0.005 mg/L");
    add_result(fixture, &county, "车间口 factor=锌 value=1.5 unit=mg/L sampled_on=2026-05-01");
    set(fixture, county.id, "无法判定", "");
    struct casefile *file = open_file(fixture, &reg_enterprise, county.works);
    assert_string_equal(file->series.factor, "铊");
    casefile_close(&file);
}

/* ---- files and findings ---- */

static void test_lost_file(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    struct attachment_file kept;
    char path[128], format[256];
    found(fixture, &county);
    snprintf(path, sizeof path, "%s/photo.jpg", fixture->folder);
    FILE *photo = fopen(path, "w");
    fputs("a photograph", photo);
    fclose(photo);
    assert_ok(attachment_keep(fixture->store, path, &kept, err));
    snprintf(format, sizeof format, "enterprise=%%s file=%s file_name=photo.jpg kind=整改前",
             kept.sha256);
    add(fixture, "attachment", county.id, format, county.works);
    struct casefile *file = open_file(fixture, &reg_enterprise, county.works);
    assert_int_equal(file->file_count, 1);
    assert_int_equal(file->loss_count, 0);
    casefile_close(&file);
    struct buffer place = {0};
    attachment_path(fixture->store, kept.sha256, &place);
    assert_int_equal(unlink(place.text), 0);
    buffer_release(&place);
    file = open_file(fixture, &reg_enterprise, county.works);
    assert_int_equal(file->file_count, 1);
    assert_int_equal(file->loss_count, 1);
    assert_string_equal(file->losses[0].id, county.id);
    assert_string_equal(file->losses[0].name, "photo.jpg");
    casefile_close(&file);
}

static void test_findings(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    found(fixture, &county);
    fixture_change(fixture, &reg_enterprise, county.works,
                   "permit_from_on=2026-05-01 permit_to_on=2026-01-01");
    struct casefile *file = open_file(fixture, &reg_enterprise, county.works);
    assert_true(file->finding_count > 0);
    assert_int_equal(file->findings[0].severity, SEVERITY_ERROR); /* errors stand first */
    for (size_t i = 1; i < file->finding_count; i++)
        assert_true(file->findings[i].severity <= file->findings[i - 1].severity);
    casefile_close(&file);
}

/* Also what nobody would call an object has a case file: nothing is written down by name. */
static void test_any_register(void **state)
{
    struct fixture *fixture = *state;
    struct county county;
    found(fixture, &county);
    struct casefile *file = open_file(fixture, &reg_problem, county.id);
    assert_ptr_equal(file->reg, &reg_problem);
    assert_int_equal(file->relation_count, 0);
    casefile_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_relating),
        fixture_test(test_relations),
        fixture_test(test_profile),
        fixture_test(test_no_such_record),
        fixture_test(test_cases),
        fixture_test(test_events),
        fixture_test(test_paused_case),
        fixture_test(test_met),
        fixture_test(test_many_events),
        fixture_test(test_series),
        fixture_test(test_unverified_limit),
        fixture_test(test_judged_first),
        fixture_test(test_lost_file),
        fixture_test(test_findings),
        fixture_test(test_any_register),
    };
    return fixture_run(tests);
}
