/* The published tables of Yunnan and Guangxi, figure by figure, and what the file's own projects do
 * to a target. */
#include "db/target_parts.h"
#include "db/target_table.h"

#include "core/csv.h"
#include "core/decimal.h"
#include "db/clock.h"
#include "db/pack.h"
#include "db/resource.h"
#include "fixture.h"

#include <stdio.h>

static void follow(struct fixture *fixture, const char *pack, const char *region)
{
    struct pack_result result;
    assert_ok(pack_load(fixture->store, pack, &result, err));
    assert_ok(store_set_setting(fixture->store, "pack", pack, err));
    assert_ok(store_set_setting(fixture->store, "region", region, err));
}

static void read_year(struct fixture *fixture, int year, struct targets *targets)
{
    assert_ok(targets_read(targets, fixture->store, &(struct targets_query){.year = year},
                           clock_today(), err));
}

static const struct target_line *line_of(const struct targets *targets, const char *region,
                                         const char *metal)
{
    for (size_t i = 0; i < targets->count; i++)
        if (strcmp(targets->lines[i].region, region) == 0 &&
            strcmp(targets->lines[i].metal, metal) == 0)
            return &targets->lines[i];
    fail_msg("no target of %s for %s", region, metal);
    return NULL;
}

static void assert_amount(struct amount amount, int scale, const char *expected)
{
    char text[DECIMAL_TEXT_SIZE] = "";
    if (amount.known)
        decimal_format(amount.value, scale, text);
    assert_string_equal(text, expected);
}

#define assert_kg(amount, expected) assert_amount(amount, LOAD_SCALE, expected)

/* ---- the tables as shipped ---- */

enum {
    COLUMN_REGION,
    COLUMN_METAL,
    COLUMN_YEAR,
    COLUMN_KIND = 4,
    COLUMN_PERCENT,
    COLUMN_BASE = 7,
    COLUMN_CUT,
    COLUMN_TARGET,
    COLUMN_COUNT
};

static void assert_near(struct amount amount, const char *printed, const char *what,
                        const char *region)
{
    enum { TOLERANCE = 20 /* 0.02 kg */ };
    int64_t expected;
    if (!*printed)
        return;
    assert_ok(decimal_parse(printed, LOAD_SCALE, &expected, err));
    if (!amount.known || amount.value - expected > TOLERANCE || expected - amount.value > TOLERANCE)
        fail_msg("%s of %s: %lld, printed %s", what, region, (long long)amount.value, printed);
}

/* Every row of the year; returns how many there are. */
static size_t compare_table(struct fixture *fixture, const char *pack, int year)
{
    struct buffer path = {0};
    struct buffer text = {0};
    struct csv csv;
    struct targets targets;
    size_t rows = 0;
    buffer_addf(&path, "packs/%s/target.csv", pack);
    assert_ok(resource_read(path.text, &text, err));
    read_year(fixture, year, &targets);
    csv_init(&csv, text.text);
    assert_true(csv_next(&csv));
    assert_string_equal(csv_cell(&csv, COLUMN_TARGET), "目标排放量");
    while (csv_next(&csv)) {
        const char *region = csv_cell(&csv, COLUMN_REGION);
        if (atoi(csv_cell(&csv, COLUMN_YEAR)) != year)
            continue;
        rows++;
        const struct target_line *line = line_of(&targets, region, csv_cell(&csv, COLUMN_METAL));
        assert_int_equal(line->year, year);
        assert_string_equal(line->kind, csv_cell(&csv, COLUMN_KIND));
        assert_near(line->base, csv_cell(&csv, COLUMN_BASE), "base", region);
        assert_near(line->cut, csv_cell(&csv, COLUMN_CUT), "cut", region);
        assert_near(line->target, csv_cell(&csv, COLUMN_TARGET), "target", region);
        assert_int_equal(line->percent.known, *csv_cell(&csv, COLUMN_PERCENT) != '\0');
        assert_false(line->actual.known);
        assert_non_null(line->reason);
        assert_int_equal(line->met, ANSWER_UNKNOWN);
    }
    targets_release(&targets);
    buffer_release(&text);
    buffer_release(&path);
    return rows;
}

static void tables_are_reproduced(void **state)
{
    struct fixture *fixture = *state;
    follow(fixture, "yunnan-2022", "5303");
    assert_int_equal(compare_table(fixture, "yunnan-2022", 2025), 17);
    follow(fixture, "guangxi-2022", "4512");
    for (int year = 2022; year < 2025; year++)
        assert_int_equal(compare_table(fixture, "guangxi-2022", year), 14);
    assert_int_equal(compare_table(fixture, "guangxi-2022", 2025), 15);
}

/* 附件（一） says it with 0.01 kg more in 昆明 and 0.01 less in 昭通 and 普洱 than its own two
 * other columns; the annex adds up to 8.80 % while the plan demands 7 %. Nothing else disagrees. */
static void yunnan_contradicts_itself(void **state)
{
    struct fixture *fixture = *state;
    struct targets targets;
    struct target_table table;
    static const struct {
        const char *region, *what;
        int64_t printed, computed;
    } expected[] = {
        {"5301", "target_kg", 17585720, 17585710},
        {"5306", "target_kg", 11829170, 11829180},
        {"5308", "target_kg", 5549190, 5549200},
        {"53", "target_percent", 700, 880},
    };
    follow(fixture, "yunnan-2022", "5303");
    read_year(fixture, 0, &targets);
    target_table_read(&table, &targets);
    assert_int_equal(table.contradiction_count, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        const struct contradiction *found = &table.contradictions[i];
        assert_string_equal(found->region, expected[i].region);
        assert_string_equal(found->what, expected[i].what);
        assert_int_equal(found->printed, expected[i].printed);
        assert_int_equal(found->computed, expected[i].computed);
    }
    assert_int_equal(table.sum_count, 1);
    assert_int_equal(table.sums[0].rows, 16);
    assert_kg(table.sums[0].base, "269805.34");
    assert_kg(table.sums[0].cut, "23729.65");
    assert_amount(table.sums[0].percent, 2, "8.8");
    /* The printed figure stays. */
    assert_kg(line_of(&targets, "5301", "合计")->target, "17585.72");
    assert_kg(line_of(&targets, "5328", "合计")->cut, "0");
    assert_kg(line_of(&targets, "5328", "合计")->target, "503.64");
    target_table_release(&table);
    targets_release(&targets);
}

/* 附表1 gives percentages only; weighted by the bases they are 1.63, 2.92, 4.77 and 6.63 % and so
 * cumulative. Its totals, 408 enterprises and 119594.72 kg, are right. */
static void guangxi_adds_up(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        int year;
        const char *percent;
        size_t contradictions;
    } years[] = {{2022, "1.63", 0}, {2023, "2.92", 0}, {2024, "4.77", 0}, {2025, "6.63", 1}};
    follow(fixture, "guangxi-2022", "4512");
    for (size_t i = 0; i < COUNT_OF(years); i++) {
        struct targets targets;
        struct target_table table;
        read_year(fixture, years[i].year, &targets);
        target_table_read(&table, &targets);
        assert_int_equal(table.sum_count, 1);
        assert_int_equal(table.sums[0].year, years[i].year);
        assert_int_equal(table.sums[0].rows, 14);
        assert_amount(table.sums[0].enterprises, 0, "408");
        assert_kg(table.sums[0].base, "119594.72");
        assert_amount(table.sums[0].percent, 2, years[i].percent);
        assert_int_equal(table.contradiction_count, years[i].contradictions);
        if (years[i].contradictions) {
            assert_string_equal(table.contradictions[0].what, "target_percent");
            assert_int_equal(table.contradictions[0].printed, 600);
        }
        target_table_release(&table);
        targets_release(&targets);
    }
}

/* "0.0%" is a share of nothing, 控制不新增 no share at all: both leave the base as it is. */
static void nothing_to_cut(void **state)
{
    struct fixture *fixture = *state;
    struct targets targets;
    follow(fixture, "guangxi-2022", "4512");
    read_year(fixture, 2022, &targets);
    const struct target_line *zero = line_of(&targets, "4506", "合计"),
                             *none = line_of(&targets, "4501", "合计");
    assert_true(zero->percent.known);
    assert_kg(zero->cut, "0");
    assert_kg(zero->target, "5836.14");
    assert_false(none->percent.known);
    assert_kg(none->cut, "0");
    assert_kg(none->target, "1265.57");
    /* A year that the table does not have is told by the next one, a later one by the last. */
    assert_int_equal(line_of(&targets, "45", "合计")->year, 2025);
    targets_release(&targets);
    read_year(fixture, 2027, &targets);
    assert_int_equal(line_of(&targets, "4506", "合计")->year, 2025);
    targets_release(&targets);
}

/* ---- progress ---- */

#define CUT                                                                                        \
    "kind=深度治理 key_line=是 load_basis=许可量差值 before_mercury_kg=0 after_mercury_kg=0 "

static void add_cut(struct fixture *fixture, const char *fields, char id[RECORD_ID_SIZE])
{
    struct buffer all = {0};
    buffer_addf(&all, CUT "%s", fields);
    fixture_add(fixture, &reg_reduction_project, all.text, id);
    buffer_release(&all);
}

/* 曲靖: base 15378.53, target 14455.82: 922.71 kg are to be cut.
 *   completed and in the ledger           600.000
 *   completed and verified                400.000
 *   added, approved                      − 80.500
 *   net                                   919.500 → 14459.030, 3.21 kg short: 5.98 %
 * What does not count: cut before 2021, of another line, of another city, not verified. */
static void fill_qujing(struct fixture *fixture)
{
    static const char *const cuts[] = {
        "name=一号 enterprise=甲厂 region=530302 completed_on=2022-03-01 ledger_on=2022-04-01 "
        "before_lead_kg=700 after_lead_kg=100",
        "name=二号 enterprise=乙厂 region=530303 completed_on=2025-12-31 ledger_on=2026-01-05 "
        "before_lead_kg=400.5 after_lead_kg=0.5",
        "name=三号 enterprise=甲厂 region=530302 completed_on=2020-12-31 ledger_on=2021-01-05 "
        "before_lead_kg=50 after_lead_kg=0",
        "name=五号 enterprise=丙厂 region=530102 completed_on=2022-03-01 ledger_on=2022-04-01 "
        "before_lead_kg=50 after_lead_kg=0",
    };
    char id[RECORD_ID_SIZE];
    follow(fixture, "yunnan-2022", "5303");
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=530302 base_lead_kg=2000", id);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=530303 base_lead_kg=500.5", id);
    fixture_add(fixture, &reg_enterprise, "name=丙厂 region=530102 base_lead_kg=70", id);
    for (size_t i = 0; i < COUNT_OF(cuts); i++)
        add_cut(fixture, cuts[i], id);
    fixture_add(fixture, &reg_reduction_project,
                "name=四号 enterprise=甲厂 region=530302 completed_on=2023-03-01 "
                "ledger_on=2023-04-01 key_line=否 before_lead_kg=9 after_lead_kg=0",
                id);
    fixture_add(fixture, &reg_construction_project,
                "name=新线 enterprise=乙厂 region=530303 eia_on=2024-05-06 added_lead_kg=80.5", id);
}

static void net_progress(void **state)
{
    struct fixture *fixture = *state;
    struct targets targets;
    fill_qujing(fixture);
    read_year(fixture, 0, &targets);
    const struct target_line *line = line_of(&targets, "5303", "合计");
    assert_int_equal(line->base_source, BASE_PUBLISHED);
    assert_int_equal(line->holdings, 2);
    assert_kg(line->own_base, "2500.5");
    assert_int_equal(line->cuts, 1000000);
    assert_int_equal(line->additions, 80500);
    assert_kg(line->actual, "14459.03");
    assert_amount(line->progress, 2, "5.98");
    assert_int_equal(line->met, ANSWER_NO);
    assert_false(line->partial);
    assert_null(line->reason);
    /* Nothing more is planned: it will stay so. */
    assert_int_equal(line->forecast, FORECAST_MISSED);
    assert_kg(line->expected, "14459.03");
    /* Elsewhere the file holds one enterprise, or none. */
    assert_kg(line_of(&targets, "5301", "合计")->actual, "19489.68");
    assert_false(line_of(&targets, "5308", "合计")->actual.known);
    targets_release(&targets);

    /* By the end of 2024 the second project was not done. */
    read_year(fixture, 2024, &targets);
    line = line_of(&targets, "5303", "合计");
    assert_int_equal(line->year, 2025);
    assert_kg(line->actual, "14859.03");
    targets_release(&targets);
}

/* Short of 3.21 kg on 2026-06-15. Each step adds one project. */
static void forecasts(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *cut, *addition;
        enum forecast forecast;
        const char *expected, *best;
    } steps[] = {
        /* planned for a later year: no help */
        {"name=甲 enterprise=甲厂 region=530302 planned_completion_on=2027-01-01 "
         "before_lead_kg=9 after_lead_kg=0",
         NULL, FORECAST_MISSED, "14459.03", "14459.03"},
        /* should be done by now: it may still come */
        {"name=乙 enterprise=甲厂 region=530302 planned_completion_on=2026-06-14 "
         "before_lead_kg=4 after_lead_kg=0",
         NULL, FORECAST_OPEN, "14459.03", "14455.03"},
        /* planned for this year */
        {"name=丙 enterprise=甲厂 region=530302 planned_completion_on=2026-12-31 "
         "before_lead_kg=3.5 after_lead_kg=0",
         NULL, FORECAST_MET, "14455.53", "14451.53"},
        /* with a quota opinion, not yet approved: what it adds may come */
        {NULL, "name=新 region=530303 quota_opinion_on=2026-06-01 added_lead_kg=1", FORECAST_OPEN,
         "14456.53", "14451.53"},
        /* completed, to be verified */
        {"name=丁 enterprise=甲厂 region=530302 completed_on=2026-06-01 "
         "before_lead_kg=2 after_lead_kg=0",
         NULL, FORECAST_MET, "14454.53", "14449.53"},
    };
    fill_qujing(fixture);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        struct targets targets;
        char id[RECORD_ID_SIZE];
        if (steps[i].cut)
            add_cut(fixture, steps[i].cut, id);
        else
            fixture_add(fixture, &reg_construction_project, steps[i].addition, id);
        read_year(fixture, 0, &targets);
        const struct target_line *line = line_of(&targets, "5303", "合计");
        assert_kg(line->actual, "14459.03");
        assert_int_equal(line->forecast, steps[i].forecast);
        assert_kg(line->expected, steps[i].expected);
        assert_kg(line->best, steps[i].best);
        targets_release(&targets);
    }
    /* Looked back at, what never came does not help. */
    struct targets targets;
    read_year(fixture, 2025, &targets);
    assert_int_equal(line_of(&targets, "5303", "合计")->forecast, FORECAST_MISSED);
    targets_release(&targets);
}

static void assert_part(const struct target_parts *parts, size_t i, const char *name, int64_t cut,
                        int64_t added)
{
    assert_true(i < parts->count);
    assert_string_equal(parts->parts[i].name, name);
    assert_int_equal(parts->parts[i].cut, cut);
    assert_int_equal(parts->parts[i].added, added);
}

/* The same net cut, told by who made it. */
static void by_whom(void **state)
{
    struct fixture *fixture = *state;
    struct targets targets;
    struct target_parts parts = {.count = 0};
    fill_qujing(fixture);
    read_year(fixture, 0, &targets);
    const struct target_line *line = line_of(&targets, "5303", "合计");
    target_parts_read(&parts, fixture->store, line, &targets.facts, BY_ENTERPRISE);
    assert_int_equal(parts.count, 2);
    assert_part(&parts, 0, "甲厂", 600000, 0);
    assert_part(&parts, 1, "乙厂", 400000, 80500);
    target_parts_release(&parts);
    target_parts_read(&parts, fixture->store, line, &targets.facts, BY_COUNTY);
    assert_int_equal(parts.count, 2);
    assert_string_equal(parts.parts[0].id, "530302");
    target_parts_release(&parts);
    /* The whole province: two cities. */
    line = line_of(&targets, "53", "合计");
    target_parts_read(&parts, fixture->store, line, &targets.facts, BY_CITY);
    assert_int_equal(parts.count, 2);
    assert_part(&parts, 0, "曲靖市", 1000000, 80500);
    assert_part(&parts, 1, "昆明市", 50000, 0);
    target_parts_release(&parts);
    targets_release(&targets);
}

/* What the list gives for an enterprise without a project counts; a project takes its place. */
static void figures_of_the_list(void **state)
{
    struct fixture *fixture = *state;
    struct targets targets;
    char id[RECORD_ID_SIZE];
    follow(fixture, "guangxi-2022", "451202");
    fixture_add(fixture, &reg_enterprise,
                "name=甲厂 region=451202 base_total_kg=1000 cut_kg=50 added_kg=1", id);
    read_year(fixture, 0, &targets);
    const struct target_line *line = line_of(&targets, "4512", "合计");
    assert_true(line->partial);
    assert_non_null(line->reason);
    assert_kg(line->actual, "49532");
    assert_int_equal(line->met, ANSWER_UNKNOWN); /* one county does not show what its city does */
    assert_int_equal(line->forecast, FORECAST_OPEN);
    assert_amount(line->progress, 2, "4.9"); /* of the county's own base */
    targets_release(&targets);
    add_cut(fixture,
            "name=一号 enterprise=甲厂 region=451202 completed_on=2024-03-01 "
            "confirmed_on=2024-04-01 before_lead_kg=70 after_lead_kg=0",
            id);
    read_year(fixture, 0, &targets);
    line = line_of(&targets, "4512", "合计");
    assert_int_equal(line->cuts, 70000);
    assert_int_equal(line->additions, 1000);
    assert_kg(line->actual, "49512");
    targets_release(&targets);
}

/* 清远: 2013 as base year, each metal by itself, nothing printed. What the file has is of 2020. */
static void single_metals(void **state)
{
    struct fixture *fixture = *state;
    struct targets targets;
    char id[RECORD_ID_SIZE];
    follow(fixture, "qingyuan-2018", "4418");
    fixture_add(fixture, &reg_enterprise,
                "name=甲厂 region=441802 base_lead_kg=200 base_cadmium_kg=10", id);
    fixture_add(fixture, &reg_enterprise,
                "name=乙厂 region=441881 base_lead_kg=100 removed_on=2022-01-01 "
                "removal_reason=关闭",
                id);
    fixture_add(fixture, &reg_enterprise,
                "name=丙厂 region=441881 base_lead_kg=100 removed_on=2022-01-01 "
                "removal_reason=重复",
                id);
    fixture_add(fixture, &reg_enterprise,
                "name=丁厂 region=441881 base_lead_kg=100 key_industry=其他涉重金属行业 cut_kg=5",
                id);
    add_cut(fixture,
            "name=一号 enterprise=甲厂 region=441802 completed_on=2024-03-01 "
            "ledger_on=2024-04-01 before_lead_kg=40 after_lead_kg=4 before_cadmium_kg=1 "
            "after_cadmium_kg=0.5",
            id);
    read_year(fixture, 0, &targets);
    assert_int_equal(targets.count, 6);
    assert_string_equal(targets.lines[0].metal, "合计");
    const struct target_line *lead = line_of(&targets, "4418", "铅"),
                             *cadmium = line_of(&targets, "4418", "镉"),
                             *arsenic = line_of(&targets, "4418", "砷");
    assert_int_equal(lead->base_year, 2013);
    assert_int_equal(lead->base_source, BASE_SUBSTITUTE);
    assert_non_null(strstr(lead->reason, "2020"));
    /* Who has shut did emit in the base year; a double never did, and one of no key industry is not
     * what the target is about. */
    assert_kg(lead->base, "300");
    assert_int_equal(lead->holdings, 2);
    assert_int_equal(line_of(&targets, "4418", "合计")->cuts, 36500);
    assert_kg(lead->cut, "36");
    assert_kg(lead->actual, "264");
    assert_kg(cadmium->actual, "9.5");
    assert_int_equal(lead->met, ANSWER_UNKNOWN); /* loads of 2020 prove nothing about 2013 */
    assert_int_equal(lead->forecast, FORECAST_OPEN);
    assert_int_equal(cadmium->met, ANSWER_UNKNOWN);
    assert_false(arsenic->actual.known);
    assert_false(arsenic->base.known);
    targets_release(&targets);
}

/* 吉林: 与2020年持平, without a figure: the list's own base is not to be exceeded. */
static void level(void **state)
{
    struct fixture *fixture = *state;
    struct targets targets;
    char id[RECORD_ID_SIZE];
    follow(fixture, "jilin-2022", "2202");
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=220202 base_total_kg=1000.5", id);
    read_year(fixture, 0, &targets);
    const struct target_line *line = line_of(&targets, "22", "合计");
    assert_int_equal(line->base_source, BASE_ENTERPRISES);
    assert_kg(line->target, "1000.5");
    assert_kg(line->actual, "1000.5");
    assert_int_equal(line->met, ANSWER_YES);
    targets_release(&targets);
    fixture_add(fixture, &reg_construction_project,
                "name=新线 region=220202 eia_on=2024-05-06 added_lead_kg=0.001", id);
    read_year(fixture, 0, &targets);
    line = line_of(&targets, "22", "合计");
    assert_kg(line->actual, "1000.501");
    assert_int_equal(line->met, ANSWER_NO);
    targets_release(&targets);
}

/* A target of a single year looks at that year alone. */
static void of_one_year(void **state)
{
    struct fixture *fixture = *state;
    struct targets targets;
    char id[RECORD_ID_SIZE];
    follow(fixture, "jilin-2022", "2202");
    fixture_add(fixture, &reg_target,
                "campaign=jilin-2022 region=2202 metal=铅 year=2025 base_year=2020 kind=削减比例 "
                "percent=10 cumulative=当年 base_kg=100 passage=示例",
                id);
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=220202 base_lead_kg=100", id);
    add_cut(fixture,
            "name=一号 enterprise=甲厂 region=220202 completed_on=2024-12-31 ledger_on=2025-01-05 "
            "before_lead_kg=30 after_lead_kg=0",
            id);
    add_cut(fixture,
            "name=二号 enterprise=甲厂 region=220202 completed_on=2025-01-01 ledger_on=2025-01-05 "
            "before_lead_kg=9 after_lead_kg=0",
            id);
    add_cut(fixture,
            "name=三号 enterprise=甲厂 region=220202 completed_on=2026-01-01 ledger_on=2026-01-05 "
            "before_lead_kg=30 after_lead_kg=0",
            id);
    read_year(fixture, 0, &targets);
    const struct target_line *line = line_of(&targets, "2202", "铅");
    assert_false(line->cumulative);
    assert_kg(line->actual, "91");
    assert_int_equal(line->met, ANSWER_NO);
    targets_release(&targets);
}

/* The desk's line: of the bureau's own region, else of the nearest around it. */
static void the_bureau_s_own(void **state)
{
    struct fixture *fixture = *state;
    struct target_line line;
    targets_find_own(fixture->store, clock_today(), &line);
    assert_string_equal(line.id, "");
    follow(fixture, "guangxi-2022", "451202");
    targets_find_own(fixture->store, clock_today(), &line);
    assert_string_equal(line.region, "4512");
    assert_int_equal(line.year, 2025);
    assert_true(line.partial);
    targets_find_own(fixture->store, (struct date){2023, 5, 1}, &line);
    assert_int_equal(line.year, 2023);
    assert_ok(store_set_setting(fixture->store, "region", "4512", err));
    targets_find_own(fixture->store, clock_today(), &line);
    assert_false(line.partial);
}

/* Reading in slices finds the same as reading at once, whatever stands where. */
static void slices(void **state)
{
    struct fixture *fixture = *state;
    struct target_facts facts = {.done = false};
    char id[RECORD_ID_SIZE];
    enum { ENTERPRISES = 4100, PROJECTS = 1100 };
    follow(fixture, "yunnan-2022", "5303");
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=530302 base_lead_kg=2", id);
    add_cut(fixture,
            "name=一号 enterprise=甲厂 region=530302 completed_on=2024-12-31 ledger_on=2025-01-05 "
            "before_lead_kg=3 after_lead_kg=0",
            id);
    char sql[512];
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
             " INSERT INTO enterprise (id, version, deleted, missing, created_at, updated_at, name,"
             " region, base_lead_kg, base_total_kg) SELECT 'e' || i, 1, 0, 0, '', '', 'e' || i,"
             " CASE i %% 2 WHEN 0 THEN '530302' ELSE '530303' END, 1, 1 FROM n",
             ENTERPRISES);
    fixture_execute(fixture->path, sql);
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
             " INSERT INTO reduction_project (id, version, deleted, missing, created_at,"
             " updated_at, name, region, completed_on, ledger_on, cut_total_kg)"
             " SELECT 'p' || i, 1, i %% 2, 0, '', '', 'p', '530302', '2024-01-01', '2024-01-01', 7"
             " FROM n",
             PROJECTS);
    fixture_execute(fixture->path, sql);
    int steps = 0;
    for (; !facts.done; steps++)
        assert_ok(target_facts_step(&facts, fixture->store, err));
    assert_true(steps > 4);
    assert_int_equal(facts.holding_count, 2);
    assert_int_equal(facts.holdings[0].count + facts.holdings[1].count, ENTERPRISES + 1);
    assert_int_equal(facts.holdings[0].base.kg[0] + facts.holdings[1].base.kg[0],
                     ENTERPRISES + 2000);
    assert_int_equal(facts.contribution_count, PROJECTS / 2 + 1);
    target_facts_release(&facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(tables_are_reproduced),
        fixture_test(yunnan_contradicts_itself),
        fixture_test(guangxi_adds_up),
        fixture_test(nothing_to_cut),
        fixture_test(net_progress),
        fixture_test(forecasts),
        fixture_test(by_whom),
        fixture_test(figures_of_the_list),
        fixture_test(single_metals),
        fixture_test(level),
        fixture_test(of_one_year),
        fixture_test(the_bureau_s_own),
        fixture_test(slices),
    };
    return fixture_run(tests);
}
