/* Every value of GB 15618-2018, from the table that comes with the program, against a second copy
 * of the standard that was typed from its text (表1, 表3): all elements, uses and bands, and the
 * values at their edges. */
#include "core/csv.h"
#include "core/decimal.h"
#include "judge_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST_LIMITS = 400, BANDS = 4, SCALE = 3 };

static struct other shipped[MOST_LIMITS];
static size_t shipped_count;
static char *file_text;

/* __FILE__ is relative to the root of the repository, where make runs. */
static char *read_table(void)
{
    char path[256];
    const char *folder = strstr(__FILE__, "tests/core/");
    struct buffer text = {0};
    char part[4096];
    size_t got;
    assert_non_null(folder);
    snprintf(path, sizeof path, "%.*sdata/base/limit.csv", (int)(folder - __FILE__), __FILE__);
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("%s is missing", path);
    while ((got = fread(part, 1, sizeof part, file)) > 0)
        buffer_add_bytes(&text, part, got);
    fclose(file);
    return buffer_take(&text);
}

static const char *field_called(const char *label)
{
    for (struct field_walk walk = {.reg = &reg_limit}; reg_walk(&walk);)
        if (strcmp(walk.field->label, label) == 0)
            return walk.field->name;
    fail_msg("no column %s", label);
    return NULL;
}

/* Fields that decide; a record of a test holds only so many. */
static bool is_needed(const char *field)
{
    static const char *const needed[] = {"standard", "edition",  "factor",  "category",
                                         "land_use", "ph_above", "ph_upto", "value",
                                         "unit",     "point",    "state",   "grade"};
    for (size_t i = 0; i < COUNT_OF(needed); i++)
        if (strcmp(field, needed[i]) == 0)
            return true;
    return false;
}

static int load(void **state)
{
    (void)state;
    struct csv csv;
    const char *fields[CSV_MAX_CELLS];
    file_text = read_table();
    csv_init(&csv, file_text);
    assert_true(csv_next(&csv));
    size_t columns = csv.count;
    for (size_t i = 0; i < columns; i++)
        fields[i] = field_called(csv_cell(&csv, i));
    while (csv_next(&csv)) {
        struct other *row = &shipped[shipped_count++];
        size_t used = 0;
        assert_true(shipped_count < MOST_LIMITS);
        row->reg = &reg_limit;
        row->id = "";
        for (size_t i = 0; i < columns; i++)
            if (is_needed(fields[i]) && *csv_cell(&csv, i))
                row->settings[used++] = (struct setting){fields[i], csv_cell(&csv, i)};
    }
    stage_use(shipped, shipped_count);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    free(file_text);
    return 0;
}

/* ---- the standard ---- */

struct line {
    const char *element, *use, *values[BANDS];
};

static const struct line screening[] = {
    {"镉", "水田", {"0.3", "0.4", "0.6", "0.8"}}, {"镉", "其他", {"0.3", "0.3", "0.3", "0.6"}},
    {"汞", "水田", {"0.5", "0.5", "0.6", "1.0"}}, {"汞", "其他", {"1.3", "1.8", "2.4", "3.4"}},
    {"砷", "水田", {"30", "30", "25", "20"}},     {"砷", "其他", {"40", "40", "30", "25"}},
    {"铅", "水田", {"80", "100", "140", "240"}},  {"铅", "其他", {"70", "90", "120", "170"}},
    {"铬", "水田", {"250", "250", "300", "350"}}, {"铬", "其他", {"150", "150", "200", "250"}},
    {"铜", "果园", {"150", "150", "200", "200"}}, {"铜", "其他", {"50", "50", "100", "100"}},
    {"镍", "", {"60", "70", "100", "190"}},       {"锌", "", {"200", "200", "250", "300"}},
};

static const struct line intervention[] = {
    {"镉", "", {"1.5", "2.0", "3.0", "4.0"}},   {"汞", "", {"2.0", "2.5", "4.0", "6.0"}},
    {"砷", "", {"200", "150", "120", "100"}},   {"铅", "", {"400", "500", "700", "1000"}},
    {"铬", "", {"800", "850", "1000", "1300"}},
};

static const char *const elements[] = {"镉", "汞", "砷", "铅", "铬", "铜", "镍", "锌"};
static const char *const uses[] = {"水田", "其他", "果园", "水旱轮作"};

/* The edges of each band: 5.5 belongs to the first. */
static const char *const edges[BANDS][2] = {
    {"0", "5.5"}, {"5.51", "6.5"}, {"6.51", "7.5"}, {"7.51", "14"}};

static int64_t number(const char *text)
{
    int64_t scaled;
    assert_true(decimal_parse(text, SCALE, &scaled, NULL));
    return scaled;
}

/* -1: there is no such line. */
static int64_t value_of(const struct line *lines, size_t count, const char *element,
                        const char *use, int band)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].element, element) == 0 && strcmp(lines[i].use, use) == 0)
            return number(lines[i].values[band]);
    return -1;
}

/* A use without its own line is 其他; where rice and other crops take turns the stricter holds. */
static int64_t expected_screening(const char *element, const char *use, int band)
{
    enum { COUNT = COUNT_OF(screening) };
    int64_t any = value_of(screening, COUNT, element, "", band);
    int64_t other = value_of(screening, COUNT, element, "其他", band);
    int64_t own = value_of(screening, COUNT, element, use, band);
    if (strcmp(use, "水旱轮作") == 0) {
        int64_t paddy = value_of(screening, COUNT, element, "水田", band);
        own = paddy >= 0 && paddy < other ? paddy : other;
    }
    return any >= 0 ? any : own >= 0 ? own : other;
}

/* ---- judging ---- */

static int64_t amount_in_kg(const struct judge_amount *amount)
{
    int64_t nano;
    if (!amount->is_known)
        return -1;
    assert_true(amount->is_verified);
    assert_true(measure_in_unit(&amount->value, "mg/kg", &nano));
    return nano / 1000000;
}

static void expect_risk(const char *element, const char *use, const char *ph, int64_t value,
                        const int64_t limits[2], enum judge_risk risk)
{
    char text[DECIMAL_TEXT_SIZE];
    struct judgement judgement;
    decimal_format(value, SCALE, text);
    stage_judge(SOIL(element, text, {"land_use", use}, {"soil_ph", ph}), NULL, &judgement);
    if (amount_in_kg(&judgement.screening) != limits[0] ||
        amount_in_kg(&judgement.intervention) != limits[1] || judgement.risk != risk)
        fail_msg("%s %s pH %s %s: risk %d, %s", element, use, ph, text, (int)judgement.risk,
                 buffer_text(&judgement.sentence));
    assert_int_equal(judgement.verdict, risk == RISK_LOW ? VERDICT_MET : VERDICT_ABOVE);
    assert_string_equal(buffer_text(&judgement.number), "GB 15618-2018");
    judgement_release(&judgement);
}

static void check_one(const char *element, const char *use, int band, const char *ph)
{
    const int64_t limits[2] = {
        expected_screening(element, use, band),
        value_of(intervention, COUNT_OF(intervention), element, "", band),
    };
    assert_true(limits[0] > 0);
    expect_risk(element, use, ph, 0, limits, RISK_LOW);
    expect_risk(element, use, ph, limits[0], limits, RISK_LOW);
    expect_risk(element, use, ph, limits[0] + 1, limits, RISK_POSSIBLE);
    if (limits[1] < 0) {
        expect_risk(element, use, ph, 1000 * limits[0], limits, RISK_POSSIBLE);
        return;
    }
    expect_risk(element, use, ph, limits[1], limits, RISK_POSSIBLE);
    expect_risk(element, use, ph, limits[1] + 1, limits, RISK_HIGH);
}

static void test_the_whole_standard(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(elements); i++)
        for (size_t j = 0; j < COUNT_OF(uses); j++)
            for (int band = 0; band < BANDS; band++)
                for (size_t edge = 0; edge < 2; edge++)
                    check_one(elements[i], uses[j], band, edges[band][edge]);
}

static void expect_withheld(const struct setting *settings, bool lacks_ph, bool lacks_use)
{
    struct judgement judgement;
    stage_judge(settings, NULL, &judgement);
    assert_int_equal(judgement.verdict, VERDICT_OPEN);
    assert_int_equal(judgement.risk, RISK_UNKNOWN);
    assert_int_equal(judgement.lacks_ph, lacks_ph);
    assert_int_equal(judgement.lacks_use, lacks_use);
    assert_true(judgement.sentence.length > 0);
    judgement_release(&judgement);
}

/* No default, for none of the elements, however low or high the value is. */
static void test_withheld_without_ph_or_use(void **state)
{
    (void)state;
    static const char *const values[] = {"0.001", "100000"};
    for (size_t i = 0; i < COUNT_OF(elements); i++) {
        for (size_t j = 0; j < COUNT_OF(values); j++) {
            for (size_t k = 0; k < COUNT_OF(uses); k++)
                expect_withheld(SOIL(elements[i], values[j], {"land_use", uses[k]}), true, false);
            expect_withheld(SOIL(elements[i], values[j], {"soil_ph", "6"}), false, true);
            expect_withheld(SOIL(elements[i], values[j], {"medium", "土壤"}), true, true);
        }
    }
    expect_withheld(SOIL("铊", "1", {"land_use", "水田"}, {"soil_ph", "6"}), false, false);
}

/* GB 36600 was not compared with its text: nothing is concluded from it. */
static void test_building_land_only_hints(void **state)
{
    (void)state;
    struct judgement judgement;
    stage_judge(SOIL("镉", "30", {"land_use", "第一类用地"}), NULL, &judgement);
    assert_int_equal(judgement.verdict, VERDICT_HINT);
    assert_int_equal(judgement.risk, RISK_UNKNOWN);
    assert_true(judgement.screening.is_known && !judgement.screening.is_verified);
    assert_true(judgement.intervention.is_known && !judgement.intervention.is_verified);
    assert_string_equal(buffer_text(&judgement.number), "GB 36600-2018");
    assert_null(strstr(buffer_text(&judgement.sentence), "超"));
    judgement_release(&judgement);
}

static void test_units_and_detection(void **state)
{
    (void)state;
    const int64_t limits[2] = {300, 1500};
    struct judgement judgement;
    expect_risk("镉", "水田", "5", 299, limits, RISK_LOW);
    stage_judge(SOIL("镉", "301", {"land_use", "水田"}, {"soil_ph", "5"}, {"unit", "μg/kg"}), NULL,
                &judgement);
    assert_int_equal(judgement.risk, RISK_POSSIBLE);
    judgement_release(&judgement);
    stage_judge(SOIL("镉", "<0.3", {"land_use", "水田"}, {"soil_ph", "5"}), NULL, &judgement);
    assert_int_equal(judgement.risk, RISK_LOW);
    judgement_release(&judgement);
    stage_judge(SOIL("镉", "<0.31", {"land_use", "水田"}, {"soil_ph", "5"}), NULL, &judgement);
    assert_int_equal(judgement.risk, RISK_UNKNOWN);
    assert_int_equal(judgement.verdict, VERDICT_OPEN);
    judgement_release(&judgement);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_whole_standard),
        cmocka_unit_test(test_withheld_without_ph_or_use),
        cmocka_unit_test(test_building_land_only_hints),
        cmocka_unit_test(test_units_and_detection),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
