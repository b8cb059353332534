/* Grades in the file: a new sample, receptor or limit makes the proposals follow; the series is the
 * log; a grade is not lowered without evidence, whoever tries. */
#include "core/grade.h"
#include "db/attachment.h"
#include "db/check.h"
#include "db/grades.h"
#include "db/history.h"
#include "fixture.h"

#include <stdio.h>

#define SAMPLE                                                                                     \
    "point_type=土壤 point_name=T1 medium=土壤 factor=镉 unit=mg/kg land_use=水田 soil_ph=5.4 "
#define LIMITS "standard=GB15618 factor=镉 unit=mg/kg point=耕作层土壤 state=已核 ph_upto=5.5 "

static void add_limits(struct fixture *fixture)
{
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_limit, LIMITS "category=风险筛选值 value=0.3", id);
    fixture_add(fixture, &reg_limit, LIMITS "category=风险管制值 value=1.5", id);
}

static void add_site(struct fixture *fixture, const char *fields, char id[RECORD_ID_SIZE])
{
    struct buffer all = {0};
    buffer_addf(&all, "name=老厂沟 region=清城区 %s", fields);
    fixture_add(fixture, &reg_legacy_site, all.text, id);
    buffer_release(&all);
}

static void add_sample(struct fixture *fixture, const char *site, const char *value,
                       const char *day, char id[RECORD_ID_SIZE])
{
    struct buffer all = {0};
    buffer_addf(&all, SAMPLE "site=%s value=%s sampled_on=%s", site, value, day);
    fixture_add(fixture, &reg_sample, all.text, id);
    buffer_release(&all);
}

static void expect(struct fixture *fixture, const char *id, const char *field, const char *text)
{
    assert_string_equal(fixture_text(fixture, &reg_legacy_site, id, field), text);
}

static void catch_up(struct fixture *fixture)
{
    bool more = true;
    while (more)
        assert_ok(check_catch_up(fixture->store, 1000, &more, err));
}

/* ---- proposals follow ---- */

static void samples_and_receptors_are_followed(void **state)
{
    struct fixture *fixture = *state;
    char site[RECORD_ID_SIZE], sample[RECORD_ID_SIZE], receptor[RECORD_ID_SIZE];
    struct buffer fields = {0};
    add_limits(fixture);
    add_site(fixture, "", site);
    expect(fixture, site, "pollution_proposed", "无数据");
    expect(fixture, site, "priority", "待监测");
    add_sample(fixture, site, "1.6", "2026-05-20", sample);
    expect(fixture, site, "pollution_proposed", "高");
    buffer_addf(&fields, "site=%s kind=耕地 name=水田 distance_m=400 downstream=是", site);
    fixture_add(fixture, &reg_receptor, fields.text, receptor);
    expect(fixture, site, "sensitivity_proposed", "高");
    expect(fixture, site, "priority", "第一");
    fixture_change(fixture, &reg_receptor, receptor, "distance_m=900");
    expect(fixture, site, "sensitivity_proposed", "中");
    fixture_change(fixture, &reg_sample, sample, "value=0.2");
    expect(fixture, site, "pollution_proposed", "低");
    fixture_remove(fixture, &reg_sample, sample);
    expect(fixture, site, "pollution_proposed", "无数据");
    buffer_release(&fields);
}

/* What follows is no change of the record: nobody typed it. */
static void following_writes_no_operation(void **state)
{
    struct fixture *fixture = *state;
    char site[RECORD_ID_SIZE], sample[RECORD_ID_SIZE];
    static const char sql[] = "SELECT count(*) FROM op WHERE register = 'legacy_site'";
    add_limits(fixture);
    add_site(fixture, "", site);
    long long before = fixture_number(fixture, sql);
    add_sample(fixture, site, "1.6", "2026-05-20", sample);
    expect(fixture, site, "pollution_proposed", "高");
    assert_int_equal(fixture_number(fixture, sql), before);
    assert_int_equal(fixture_number(fixture, "SELECT version FROM legacy_site"), 1);
}

static void a_limit_and_a_parameter_are_followed(void **state)
{
    struct fixture *fixture = *state;
    char site[RECORD_ID_SIZE], sample[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
    struct buffer fields = {0};
    add_site(fixture, "", site);
    add_sample(fixture, site, "1.6", "2026-05-20", sample);
    expect(fixture, site, "pollution_proposed", "待核");
    add_limits(fixture);
    catch_up(fixture);
    expect(fixture, site, "pollution_proposed", "高");
    buffer_addf(&fields, "site=%s kind=耕地 name=水田 distance_m=600 downstream=是", site);
    fixture_add(fixture, &reg_receptor, fields.text, other);
    expect(fixture, site, "sensitivity_proposed", "中");
    fixture_add(fixture, &reg_parameter, "code=grade_farmland_near_m label=近 value=600", other);
    catch_up(fixture);
    expect(fixture, site, "sensitivity_proposed", "高");
    buffer_release(&fields);
}

static long long findings_of(struct fixture *fixture, const char *rule)
{
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT count(*) FROM finding WHERE rule = '%s'", rule);
    long long count = fixture_number(fixture, sql.text);
    buffer_release(&sql);
    return count;
}

static void the_rules_follow_too(void **state)
{
    struct fixture *fixture = *state;
    char site[RECORD_ID_SIZE], sample[RECORD_ID_SIZE];
    add_limits(fixture);
    add_site(fixture, "problem_types=底泥 pollution_grade=低 graded_on=2026-05-01", site);
    assert_int_equal(findings_of(fixture, "V59"), 1);
    assert_int_equal(findings_of(fixture, "V97"), 1);
    assert_int_equal(findings_of(fixture, "V99"), 0);
    add_sample(fixture, site, "1.6", "2026-05-20", sample);
    assert_int_equal(findings_of(fixture, "V59"), 0);
    assert_int_equal(findings_of(fixture, "V97"), 0);
    assert_int_equal(findings_of(fixture, "V95"), 1);
    assert_int_equal(findings_of(fixture, "V99"), 1);
    fixture_change(fixture, &reg_legacy_site, site,
                   "pollution_reason=另一条沟的点 graded_on=2026-05-21");
    assert_int_equal(findings_of(fixture, "V95"), 0);
    assert_int_equal(findings_of(fixture, "V99"), 0);
}

/* ---- the gate and the series ---- */

static void keep_file(struct fixture *fixture, const char *text, struct attachment_file *file)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s.txt", fixture->folder, text);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
    assert_ok(attachment_keep(fixture->store, path, file, err));
}

/* Sets fields and tries to save; ERROR_REFUSED with `part` when it names one. */
static void try_change(struct fixture *fixture, const char *id, const char *fields,
                       const char *part)
{
    struct record stored, record;
    enum store_change change;
    assert_ok(store_get(fixture->store, &reg_legacy_site, id, &stored, err));
    fixture_fill(fixture, &reg_legacy_site, fields, &record);
    for (struct field_walk walk = {.reg = &reg_legacy_site}; reg_walk(&walk);)
        if (!value_is_null(&record.values[walk.index]))
            value_copy(&stored.values[walk.index], &record.values[walk.index]);
    if (part)
        assert_fails(fixture, store_save(fixture->store, &stored, NULL, &change, err),
                     ERROR_REFUSED, part);
    else
        assert_ok(store_save(fixture->store, &stored, NULL, &change, err));
    record_release(&stored);
    record_release(&record);
}

static void write_step(void *context, const struct grade_step *step)
{
    buffer_addf(context, "%s %s %s→%s %s %s%s;", step->on, grade_places[step->dimension].name,
                step->from, step->to, step->who, step->why, step->is_undo ? " undone" : "");
}

static void assert_series(struct fixture *fixture, const char *id, const char *expected)
{
    struct buffer out = {0};
    assert_ok(grades_each(fixture->store, id, write_step, &out, err));
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void a_downgrade_needs_its_evidence(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    struct attachment_file file;
    struct buffer fields = {0};
    add_site(fixture, "risk_level=高 risk_reason=下游取水 graded_on=2026-05-01", id);
    try_change(fixture, id, "risk_level=低", "风险等级由高改为低是降级");
    try_change(fixture, id, "risk_level=低 downgrade_reason=完工 graded_on=2026-06-01",
               "新的降级佐证");
    expect(fixture, id, "risk_level", "高");
    keep_file(fixture, "report", &file);
    buffer_addf(&fields,
                "risk_level=低 downgrade_reason=截渗完工 graded_on=2026-06-01 "
                "downgrade_evidence=%s",
                file.sha256);
    try_change(fixture, id, fields.text, NULL);
    expect(fixture, id, "risk_level", "低");
    try_change(fixture, id, "risk_level=中 risk_reason=复发", NULL);
    assert_series(fixture, id,
                  "2026-06-15 risk_level →高 张三 下游取水;"
                  "2026-06-15 risk_level 高→低 张三 截渗完工;"
                  "2026-06-15 risk_level 低→中 张三 复发;");
    buffer_release(&fields);
}

/* A change of many records at once stands or falls as a whole. */
static void an_import_does_not_go_round_it(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    struct record record;
    enum store_change change;
    add_site(fixture, "pollution_grade=高", id);
    assert_ok(store_get(fixture->store, &reg_legacy_site, id, &record, err));
    value_set_text(record_value_for_change(&record, "pollution_grade"), "中");
    assert_ok(store_begin(fixture->store, "import", "导入", err));
    assert_fails(fixture, store_put(fixture->store, &record, &change, err), ERROR_REFUSED,
                 "污染程度由高改为中是降级");
    assert_ok(store_commit(fixture->store, err));
    expect(fixture, id, "pollution_grade", "高");
    /* What an import brings anew is not lowered. */
    record_release(&record);
    fixture_fill(fixture, &reg_legacy_site, "name=另一处 region=清城区 pollution_grade=低",
                 &record);
    assert_ok(store_begin(fixture->store, "import", "导入", err));
    assert_ok(store_put(fixture->store, &record, &change, err));
    assert_ok(store_commit(fixture->store, err));
    assert_series(fixture, record.id, "2026-06-15 pollution →低 张三 导入;");
    record_release(&record);
}

/* To take back what one has just done is no downgrade; the series tells of it. */
static void undo_is_told(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    struct buffer summary = {0};
    add_site(fixture, "pollution_grade=低", id);
    fixture_change(fixture, &reg_legacy_site, id, "pollution_grade=高");
    assert_ok(store_undo(fixture->store, &summary, err));
    expect(fixture, id, "pollution_grade", "低");
    assert_series(fixture, id,
                  "2026-06-15 pollution →低 张三 ;2026-06-15 pollution 低→高 张三 ;"
                  "2026-06-15 pollution 高→低 张三  undone;");
    buffer_release(&summary);
}

static void a_high_site_is_not_removed(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    struct error refusal = {0};
    add_site(fixture, "pollution_grade=高", id);
    assert_ok(store_begin(fixture->store, "delete", NULL, err));
    assert_false(store_remove(fixture->store, &reg_legacy_site, id, &refusal));
    assert_non_null(strstr(refusal.message, "评为高的点位不能删除"));
    store_rollback(fixture->store);
    add_site(fixture, "name=新厂沟 pollution_grade=中", id);
    fixture_remove(fixture, &reg_legacy_site, id);
    assert_int_equal(fixture_number(fixture, "SELECT sum(deleted) FROM legacy_site"), 1);
}

/* ---- the order ---- */

static void no_data_comes_first(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = {"丁", "丙", "乙", "甲"};
    char id[RECORD_ID_SIZE];
    struct id_list sites;
    fixture_add(fixture, &reg_legacy_site,
                "name=甲 region=清城区 pollution_grade=低 sensitivity_grade=低", id);
    fixture_add(fixture, &reg_legacy_site,
                "name=乙 region=清城区 pollution_grade=高 sensitivity_grade=中", id);
    fixture_add(fixture, &reg_legacy_site,
                "name=丙 region=清城区 pollution_grade=高 sensitivity_grade=高", id);
    fixture_add(fixture, &reg_legacy_site, "name=丁 region=清城区", id);
    fixture_add(fixture, &reg_legacy_site, "name=戊 region=清城区", id);
    fixture_remove(fixture, &reg_legacy_site, id);
    assert_ok(grades_order(fixture->store, &sites, err));
    assert_int_equal(sites.count, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++)
        expect(fixture, sites.ids[i], "name", names[i]);
    id_list_release(&sites);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(samples_and_receptors_are_followed),
        fixture_test(following_writes_no_operation),
        fixture_test(a_limit_and_a_parameter_are_followed),
        fixture_test(the_rules_follow_too),
        fixture_test(a_downgrade_needs_its_evidence),
        fixture_test(an_import_does_not_go_round_it),
        fixture_test(undo_is_told),
        fixture_test(a_high_site_is_not_removed),
        fixture_test(no_data_comes_first),
    };
    return fixture_run(tests);
}
