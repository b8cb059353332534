/* The thallium balance as it is read from the file: sums, what is booked twice, the rows behind a
 * figure, and that it follows the policy. */
#include "db/balance.h"
#include "db/check.h"
#include "fixture.h"

static struct period period_of(const char *text)
{
    struct period period;
    assert_true(period_parse(text, &period));
    return period;
}

static void add_flow(struct fixture *fixture, const char *enterprise, const char *fields,
                     char id[RECORD_ID_SIZE])
{
    char own[RECORD_ID_SIZE];
    struct buffer all = {0};
    buffer_addf(&all, "enterprise=%s quantity_unit=t basis=干基 thallium_unit=mg/kg %s", enterprise,
                fields);
    fixture_add(fixture, &reg_material_flow, all.text, id ? id : own);
    buffer_release(&all);
}

static void add_parameter(struct fixture *fixture, const char *value, char id[RECORD_ID_SIZE])
{
    struct buffer all = {0};
    buffer_addf(&all, "code=balance_lod label=检出限 value=%s", value);
    fixture_add(fixture, &reg_parameter, all.text, id);
    buffer_release(&all);
}

struct plant {
    char id[RECORD_ID_SIZE], stock[RECORD_ID_SIZE], wet[RECORD_ID_SIZE], slag[RECORD_ID_SIZE];
};

/*  2025Q1 opening 100 t × 10 = 1 kg, closing 50 t × 10 = 0.5 kg
 *         input 1000 t × 10 = 10 kg, sampled in time; a wet row without moisture gives none
 *         slag 700 t × 10 = 7 kg; product 500 t × <2: 1 kg at the limit
 *  2025Q2 input 400 t × 10 = 4 kg, of 2023; dust 3 t × 1000 = 3 kg */
static void fill(struct fixture *fixture, struct plant *plant)
{
    const struct {
        const char *fields;
        char *id;
    } flows[] = {
        {"period=2025Q1 flow=库存期初 material_class=精矿 material=锌精矿 quantity=100 "
         "thallium_content=10",
         plant->stock},
        {"period=2025Q1 flow=投入 material_class=精矿 material=锌精矿 batch=甲 quantity=1000 "
         "thallium_content=10 sampled_on=2025-01-20",
         NULL},
        {"period=2025Q1 flow=投入 material_class=精矿 material=锌精矿 batch=乙 quantity=500 "
         "basis=湿基 thallium_content=10 sampled_on=2025-01-20",
         plant->wet},
        {"period=2025Q1 flow=产出 material_class=废渣 material=浸出渣 quantity=700 "
         "thallium_content=10",
         plant->slag},
        {"period=2025Q1 flow=产出 material_class=主产品 material=锌锭 quantity=500 "
         "thallium_content=<2",
         NULL},
        {"period=2025Q1 flow=库存期末 material_class=精矿 material=锌精矿 quantity=50 "
         "thallium_content=10",
         NULL},
        {"period=2025Q2 flow=投入 material_class=精矿 material=锌精矿 batch=丙 quantity=400 "
         "thallium_content=10 sampled_on=2023-01-20",
         NULL},
        {"period=2025Q2 flow=产出 material_class=烟尘 material=烟尘 quantity=3 "
         "thallium_content=1000",
         NULL},
    };
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 status=在产", plant->id);
    for (size_t i = 0; i < COUNT_OF(flows); i++)
        add_flow(fixture, plant->id, flows[i].fields, flows[i].id);
}

static void read(struct fixture *fixture, const struct plant *plant, const char *period,
                 struct balance *balance)
{
    assert_ok(balance_read(fixture->store, plant->id, period_of(period), balance, err));
}

static void assert_kg(const struct balance *balance, const char *expected)
{
    struct buffer text = {0};
    struct balance_line lines[BALANCE_LINES];
    balance_list_lines(balance, lines);
    for (size_t i = 0; i < BALANCE_LINES; i++)
        buffer_addf(&text, "%s%lld", i ? " " : "", (long long)lines[i].kg / 1000);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
}

static const struct balance_missing *
find_missing(const struct balance *balance, enum balance_stream stream, enum balance_reason reason)
{
    for (size_t i = 0; i < balance->missing_count; i++)
        if (balance->missing[i].stream == stream && balance->missing[i].reason == reason)
            return &balance->missing[i];
    return NULL;
}

static void assert_rows(struct fixture *fixture, const struct plant *plant,
                        const struct balance *balance, enum balance_stream stream,
                        const struct balance_missing *missing, size_t count, const char *first)
{
    struct id_list ids = {0};
    assert_ok(balance_rows(fixture->store, plant->id, balance, stream, missing, &ids, err));
    assert_int_equal(ids.count, count);
    if (first)
        assert_string_equal(ids.ids[0], first);
    id_list_release(&ids);
}

static void test_sums(void **state)
{
    struct fixture *fixture = *state;
    struct plant plant;
    struct balance balance;
    fill(fixture, &plant);
    read(fixture, &plant, "2025Q1", &balance);
    /* grams: input, product … gas, outputs, opening, closing, stock change, unaccounted */
    assert_kg(&balance, "10000 500 0 7000 0 0 0 0 7500 1000 500 -500 3000");
    assert_int_equal(balance.closure_percent, 7273);      /* 8 ÷ 11 */
    assert_int_equal(balance.flow_closure_percent, 7143); /* 7.5 ÷ 10.5 */
    assert_int_equal(balance.coverage_percent, 10000);
    assert_int_equal(balance.below_kg[FLOW_LOD_WHOLE], 1000000);
    assert_false(balance.has_profile);
    balance_release(&balance);
    read(fixture, &plant, "2025", &balance);
    assert_kg(&balance, "14000 500 0 7000 3000 0 0 0 10500 1000 500 -500 4000");
    assert_int_equal(balance.coverage_percent, 7895); /* 1500 t of 1900 t, one wet */
    balance_release(&balance);
    fixture_remove(fixture, &reg_material_flow, plant.slag);
    read(fixture, &plant, "2025", &balance);
    assert_int_equal(balance.totals[BALANCE_WASTE].kg, 0);
    balance_release(&balance);
    read(fixture, &plant, "2024", &balance);
    assert_int_equal(balance.band, BALANCE_UNDETERMINED);
    balance_release(&balance);
}

static void test_rows_behind_a_figure(void **state)
{
    struct fixture *fixture = *state;
    struct plant plant;
    struct balance balance;
    struct id_list all = {0};
    fill(fixture, &plant);
    read(fixture, &plant, "2025", &balance);
    assert_rows(fixture, &plant, &balance, BALANCE_INPUT, NULL, 3, NULL);
    assert_rows(fixture, &plant, &balance, BALANCE_WASTE, NULL, 1, plant.slag);
    assert_rows(fixture, &plant, &balance, BALANCE_OPENING, NULL, 1, plant.stock);
    assert_rows(fixture, &plant, &balance, BALANCE_GAS, NULL, 0, NULL);
    const struct balance_missing *wet = find_missing(&balance, BALANCE_INPUT, BALANCE_GAP);
    assert_non_null(wet);
    assert_string_equal(wet->text, "缺含水率");
    assert_rows(fixture, &plant, &balance, BALANCE_INPUT, wet, 1, plant.wet);
    const struct balance_missing *stale = find_missing(&balance, BALANCE_INPUT, BALANCE_STALE);
    assert_non_null(stale);
    assert_rows(fixture, &plant, &balance, BALANCE_INPUT, stale, 1, NULL);
    balance_release(&balance);
    assert_ok(balance_all_rows(fixture->store, plant.id, period_of("2025Q1"), &all, err));
    assert_int_equal(all.count, 6);
    id_list_release(&all);
}

/* A row of the year beside those of the quarters counts once; of another batch it is another. */
static void test_booked_twice(void **state)
{
    struct fixture *fixture = *state;
    struct plant plant;
    struct balance balance;
    char year[RECORD_ID_SIZE];
    fill(fixture, &plant);
    add_flow(fixture, plant.id,
             "period=2025 flow=产出 material_class=废渣 material=浸出渣 quantity=900 "
             "thallium_content=10",
             year);
    add_flow(fixture, plant.id,
             "period=2025 flow=投入 material_class=精矿 material=锌精矿 batch=丁 quantity=100 "
             "thallium_content=10 sampled_on=2025-05-01",
             NULL);
    read(fixture, &plant, "2025", &balance);
    assert_int_equal(balance.totals[BALANCE_WASTE].kg, 9000000);
    assert_int_equal(balance.totals[BALANCE_INPUT].kg, 15000000);
    assert_rows(fixture, &plant, &balance, BALANCE_WASTE, NULL, 1, year);
    const struct balance_missing *twice = find_missing(&balance, BALANCE_WASTE, BALANCE_DOUBLE);
    assert_non_null(twice);
    assert_int_equal(twice->rows, 1);
    assert_rows(fixture, &plant, &balance, BALANCE_WASTE, twice, 1, plant.slag);
    assert_null(find_missing(&balance, BALANCE_INPUT, BALANCE_DOUBLE));
    balance_release(&balance);
    /* Of the quarter alone it is not booked twice: the year is not split. */
    read(fixture, &plant, "2025Q1", &balance);
    assert_int_equal(balance.totals[BALANCE_WASTE].kg, 7000000);
    const struct balance_missing *longer = find_missing(&balance, BALANCE_WASTE, BALANCE_LONGER);
    assert_non_null(longer);
    assert_rows(fixture, &plant, &balance, BALANCE_WASTE, longer, 1, year);
    balance_release(&balance);
    /* Another receiver is another heap. */
    fixture_change(fixture, &reg_material_flow, year, "receiver=甲厂");
    char other[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区", other);
    fixture_change(fixture, &reg_material_flow, plant.slag, "receiver=乙厂");
    read(fixture, &plant, "2025", &balance);
    assert_int_equal(balance.totals[BALANCE_WASTE].kg, 16000000);
    balance_release(&balance);
}

static long long stored_product(struct fixture *fixture)
{
    return fixture_number(fixture, "SELECT thallium_kg FROM material_flow WHERE material = '锌锭'");
}

/* The parameter changes: the balance follows at once, the stored kg in a quiet moment, and nobody
 * has changed the row. */
static void test_follows_the_policy(void **state)
{
    struct fixture *fixture = *state;
    struct plant plant;
    struct balance balance;
    char id[RECORD_ID_SIZE];
    bool more = true;
    fill(fixture, &plant);
    assert_int_equal(stored_product(fixture), 500000);
    long long operations =
        fixture_number(fixture, "SELECT count(*) FROM op WHERE register = 'material_flow'");
    add_parameter(fixture, "LOD", id);
    read(fixture, &plant, "2025Q1", &balance);
    assert_int_equal(balance.policy.lod, FLOW_LOD_WHOLE);
    assert_int_equal(balance.totals[BALANCE_PRODUCT].kg, 1000000);
    balance_release(&balance);
    while (more)
        assert_ok(check_catch_up(fixture->store, 1000, &more, err));
    assert_int_equal(stored_product(fixture), 1000000);
    fixture_change(fixture, &reg_parameter, id, "value=0");
    for (more = true; more;)
        assert_ok(check_catch_up(fixture->store, 1000, &more, err));
    assert_int_equal(stored_product(fixture), 0);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM op WHERE register = 'material_flow'"),
        operations);
    read(fixture, &plant, "2025Q1", &balance);
    assert_int_equal(balance.totals[BALANCE_PRODUCT].kg, 0);
    assert_int_equal(balance.below_kg[FLOW_LOD_WHOLE], 1000000);
    balance_release(&balance);
}

static void assert_enterprises(struct fixture *fixture, const char *period, size_t count)
{
    struct id_list ids = {0};
    assert_ok(balance_enterprises(fixture->store, period_of(period), &ids, err));
    assert_int_equal(ids.count, count);
    id_list_release(&ids);
}

static void test_whose_and_when(void **state)
{
    struct fixture *fixture = *state;
    struct plant plant;
    struct balance balance;
    char id[RECORD_ID_SIZE];
    fill(fixture, &plant);
    assert_enterprises(fixture, "2025", 1);
    assert_enterprises(fixture, "2025-05", 0);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区 status=在产", id);
    fixture_add(fixture, &reg_thallium_enterprise, "enterprise=乙厂", id);
    assert_enterprises(fixture, "2025-05", 1);
    fixture_add(fixture, &reg_enterprise, "name=丙厂 region=清城区 status=关闭", id);
    fixture_add(fixture, &reg_thallium_enterprise, "enterprise=丙厂", id);
    assert_enterprises(fixture, "2025Q2", 2);
    assert_int_equal(
        period_compare(balance_newest_period(fixture->store, plant.id), period_of("2025Q2")), 0);
    assert_int_equal(balance_newest_period(fixture->store, id).year, 0);
    /* Nothing of 2026Q1, so the year is due. */
    assert_ok(balance_read_due(fixture->store, plant.id, &balance, err));
    assert_int_equal(period_compare(balance.period, period_of("2025")), 0);
    balance_release(&balance);
    add_flow(fixture, plant.id, "period=2026-02 flow=投入 material=锌精矿 quantity=1", NULL);
    assert_ok(balance_read_due(fixture->store, plant.id, &balance, err));
    assert_int_equal(period_compare(balance.period, period_of("2026Q1")), 0);
    balance_release(&balance);
}

/* What somebody has written into the file by hand is refused, not summed up wrongly. */
static void test_absurd_sums(void **state)
{
    struct fixture *fixture = *state;
    struct plant plant;
    struct balance balance;
    fill(fixture, &plant);
    store_close(&fixture->store);
    fixture_execute(fixture->path, "UPDATE material_flow SET thallium_kg = 9000000000000000000,"
                                   " thallium_lod_kg = NULL, flow = '投入', period = '2025Q1'");
    fixture_reopen(fixture, STORE_READ);
    assert_fails(fixture, balance_read(fixture->store, plant.id, period_of("2025"), &balance, err),
                 ERROR_REFUSED, "大得不合情理");
    balance_release(&balance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_sums),           fixture_test(test_rows_behind_a_figure),
        fixture_test(test_booked_twice),   fixture_test(test_follows_the_policy),
        fixture_test(test_whose_and_when), fixture_test(test_absurd_sums),
    };
    return fixture_run(tests);
}
