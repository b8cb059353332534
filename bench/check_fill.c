/* check_fill.c - a county with much to check: ROWS enterprises, ten samples and half a problem for
 * each. Usage: check_fill ROWS FILE.db */
#include "bench/bench.h"
#include "bench/export_data.h"

#include "core/registers.h"
#include "db/id.h"
#include "db/store.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLES_EACH = 10, BATCH = 50000, FIRST_DAY = 4000 };

static void write_day(uint32_t row, uint32_t column, char out[DATE_TEXT_SIZE])
{
    int start = date_to_days((struct date){2015, 1, 1});
    date_format(date_from_days(start + (int)(bench_day(row, column) % FIRST_DAY)), out);
}

static bool put_enterprise(struct store *store, uint32_t row, char id[RECORD_ID_SIZE],
                           struct error *err)
{
    char name[TEXT_SIZE + 16], address[TEXT_SIZE], day[DATE_TEXT_SIZE], load[32], lon[32], lat[32];
    char text[TEXT_SIZE];
    snprintf(name, sizeof name, "%s%u", bench_text(row, 0, text), row);
    bench_text(row, 1, address);
    write_day(row, 0, day);
    snprintf(load, sizeof load, "%u.%03u", row % 997, row % 1000);
    snprintf(lon, sizeof lon, "113.%06u", row);
    snprintf(lat, sizeof lat, "23.%06u", row);
    const struct bench_cell cells[] = {
        {"name", name},
        {"region", "清城区"},
        {"address", address},
        {"phone", "13800000000"},
        {"lon", row % 50 ? lon : ""},
        {"lat", lat},
        {"status", row % 3 ? "在产" : "停产"},
        {"entered_on", day},
        {"verified_on", row % 5 ? "2026-05-01" : day},
        {"base_lead_kg", load},
        {"base_cadmium_kg", load},
        {"actual_lead_kg", load},
        {"actual_cadmium_kg", load},
        {"permitted_lead_kg", load},
        {"permitted_cadmium_kg", row % 20 ? load : "0"},
    };
    return bench_put(store, &reg_enterprise, id, cells, COUNT_OF(cells), err);
}

static bool put_sample(struct store *store, uint32_t row, const char *enterprise, struct error *err)
{
    char point[TEXT_SIZE], day[DATE_TEXT_SIZE], value[32], number[32], id[RECORD_ID_SIZE];
    bench_text(row, 2, point);
    write_day(row, 0, day);
    snprintf(value, sizeof value, "0.%04u", row % 9973);
    snprintf(number, sizeof number, "S%08u", row);
    const struct bench_cell cells[] = {
        {"enterprise", enterprise},
        {"point_type", "车间或生产设施废水排放口"},
        {"point_name", point},
        {"medium", "水"},
        {"sampled_on", day},
        {"sample_no", number},
        {"source", "自行监测"},
        {"factor", "铅"},
        {"value", value},
        {"unit", "mg/L"},
        {"lab", "示例检测有限公司"},
        {"report_no", number},
        {"reported_on", row % 100 ? "2026-05-20" : "2015-01-01"},
    };
    id_new(id);
    return bench_put(store, &reg_sample, id, cells, COUNT_OF(cells), err);
}

static bool put_problem(struct store *store, uint32_t row, const char *enterprise,
                        struct error *err)
{
    char statement[TEXT_SIZE], day[DATE_TEXT_SIZE], id[RECORD_ID_SIZE];
    bench_text(row, 3, statement);
    write_day(row, 1, day);
    const struct bench_cell cells[] = {
        {"enterprise", enterprise}, {"region", "清城区"},       {"found_on", day},
        {"due_on", "2026-12-31"},   {"description", statement}, {"responsible_person", "李四"},
    };
    id_new(id);
    return bench_put(store, &reg_problem, id, cells, COUNT_OF(cells), err);
}

static bool put_all(struct store *store, uint32_t row, struct error *err)
{
    char id[RECORD_ID_SIZE];
    id_new(id);
    bool ok = put_enterprise(store, row, id, err);
    for (uint32_t i = 0; ok && i < SAMPLES_EACH; i++)
        ok = put_sample(store, row * SAMPLES_EACH + i, id, err);
    return ok && (row % 2 || put_problem(store, row, id, err));
}

static bool put_rows(struct store *store, uint32_t rows, struct error *err)
{
    bool ok = store_begin(store, "import", NULL, err);
    for (uint32_t row = 0; ok && row < rows; row++) {
        ok = put_all(store, row, err);
        if (ok && row % (BATCH / SAMPLES_EACH) == 0)
            ok = store_commit(store, err) && store_begin(store, "import", NULL, err);
    }
    return ok && store_commit(store, err);
}

int main(int argc, char **argv)
{
    struct store *store = NULL;
    struct error error = {0};
    const struct store_bureau bureau = {.region = "441802", .operator_name = "bench"};
    if (argc != 3)
        return 2;
    remove(argv[2]);
    bool ok = store_create(argv[2], &bureau, &error) &&
              store_open(&store, argv[2], STORE_WRITE, &error) &&
              put_rows(store, (uint32_t)strtoul(argv[1], NULL, 10), &error);
    store_close(&store);
    if (!ok)
        fprintf(stderr, "%s\n", error.message);
    return ok ? 0 : 3;
}
