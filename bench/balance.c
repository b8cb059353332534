/* balance.c - how long the thallium balance of a plant with very many rows takes, beside a bare sum
 * over the same rows in the same run. Usage: balance ROWS FILE.db; prints milliseconds. */
#include "bench/bench.h"
#include "core/registers.h"
#include "db/balance.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS = 15, BATCH = 20000 };

/* A month of every class in turn, wet and dry, one in fifty below the detection limit, one in a
 * hundred without its moisture. */
static bool put_flow(struct store *store, unsigned row, const char *enterprise, struct error *err)
{
    static const char *const classes[] = {"精矿", "主产品", "副产品", "废渣", "烟尘", "污泥"};
    char period[16], name[32], quantity[32], content[32], id[RECORD_ID_SIZE] = "";
    const char *material_class = classes[row % COUNT_OF(classes)];
    snprintf(period, sizeof period, "2025-%02u", row / (unsigned)COUNT_OF(classes) % 12 + 1);
    snprintf(name, sizeof name, "物料%u", row % 97);
    snprintf(quantity, sizeof quantity, "%u.%03u", row % 4001 + 1, row % 1000);
    snprintf(content, sizeof content, "%s%u.%u", row % 50 ? "" : "<", row % 300 + 1, row % 10);
    const struct bench_cell cells[] = {
        {"enterprise", enterprise},
        {"period", period},
        {"flow", row % COUNT_OF(classes) ? "产出" : "投入"},
        {"material_class", material_class},
        {"material", name},
        {"batch", quantity},
        {"quantity", quantity},
        {"quantity_unit", "t"},
        {"basis", row % 3 ? "干基" : "湿基"},
        {"moisture_percent", row % 100 ? "8.5" : ""},
        {"thallium_content", content},
        {"thallium_unit", "mg/kg"},
        {"sampled_on", row % 7 ? "2025-06-01" : "2023-06-01"},
    };
    return bench_put(store, &reg_material_flow, id, cells, COUNT_OF(cells), err);
}

static bool fill(struct store *store, unsigned rows, char id[RECORD_ID_SIZE], struct error *err)
{
    const struct bench_cell cells[] = {{"name", "甲厂"}, {"region", "清城区"}};
    bool ok = store_begin(store, "import", NULL, err) &&
              bench_put(store, &reg_enterprise, id, cells, COUNT_OF(cells), err);
    for (unsigned row = 0; ok && row < rows; row++) {
        ok = put_flow(store, row, id, err);
        if (ok && row % BATCH == BATCH - 1)
            ok = store_commit(store, err) && store_begin(store, "import", NULL, err);
    }
    return ok && store_commit(store, err);
}

static bool time_balance(struct store *store, const char *id, double *took, int64_t *kg,
                         struct error *err)
{
    double each[RUNS];
    bool ok = true;
    for (size_t i = 0; ok && i < RUNS; i++) {
        struct balance balance;
        double begin = bench_now();
        ok = balance_read(store, id, (struct period){2025, 0, 12}, &balance, err);
        each[i] = bench_now() - begin;
        *kg = balance.totals[BALANCE_INPUT].kg + balance.output_kg;
        balance_release(&balance);
    }
    *took = bench_median(each, RUNS);
    return ok;
}

/* The least that reading the rows can cost: one sum over the table, by the enterprise. */
static bool time_bare(const char *path, const char *id, double *took, int64_t *kg)
{
    double each[RUNS];
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    bool ok = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
              sqlite3_prepare_v2(db,
                                 "SELECT sum(thallium_kg) FROM material_flow"
                                 " WHERE deleted = 0 AND enterprise = ?",
                                 -1, &stmt, NULL) == SQLITE_OK;
    for (size_t i = 0; ok && i < RUNS; i++) {
        double begin = bench_now();
        sqlite3_bind_text(stmt, 1, id, -1, SQLITE_STATIC);
        ok = sqlite3_step(stmt) == SQLITE_ROW;
        *kg = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        each[i] = bench_now() - begin;
    }
    *took = ok ? bench_median(each, RUNS) : 0;
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return ok;
}

int main(int argc, char **argv)
{
    struct store *store = NULL;
    struct error err = {0};
    char id[RECORD_ID_SIZE] = "";
    double took = 0, bare = 0;
    int64_t kg = 0, bare_kg = 0;
    const struct store_bureau bureau = {.region = "441802", .operator_name = "bench"};
    if (argc != 3)
        return 2;
    remove(argv[2]);
    bool ok = store_create(argv[2], &bureau, &err) &&
              store_open(&store, argv[2], STORE_WRITE, &err) &&
              fill(store, (unsigned)strtoul(argv[1], NULL, 10), id, &err) &&
              time_balance(store, id, &took, &kg, &err) && time_bare(argv[2], id, &bare, &bare_kg);
    store_close(&store);
    if (ok && kg == bare_kg)
        printf("%.0f ms, bare sum %.0f ms, ratio %.1f\n", took, bare, took / bare);
    else
        fprintf(stderr, "%s\n", ok ? "the balance and the bare sum differ" : err.message);
    return ok && kg == bare_kg ? 0 : 3;
}
