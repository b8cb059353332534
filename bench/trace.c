/* trace.c - the chain of thallium over 1,000 enterprises with some 10,000 flow rows, long chains
 * and return streams, beside a bare reading of the same rows. Usage: trace NEW_DATABASE; prints
 * milliseconds. */
#include "bench/bench.h"
#include "core/registers.h"
#include "db/id.h"
#include "db/trace.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum { ENTERPRISES = 1000, FLOWS = 10000, TIMES = 9, RETURN_EVERY = 7 };

/* ---- the file ---- */

/* Most go some steps onward, so that chains are long; every seventh leads back. */
static unsigned receiver_of(unsigned flow, unsigned from)
{
    unsigned steps = 1 + flow * 2654435761u % 13;
    return flow % RETURN_EVERY == 0 ? (from + ENTERPRISES - steps * 3) % ENTERPRISES
                                    : (from + steps) % ENTERPRISES;
}

static bool put_flow(struct store *store, unsigned flow, char ids[][RECORD_ID_SIZE],
                     struct error *err)
{
    unsigned from = flow % ENTERPRISES, to = receiver_of(flow, from);
    char id[RECORD_ID_SIZE], name[32], supplier[64], quantity[32];
    bool is_input = flow % 3 == 0, is_end = flow % 5 == 0;
    id_new(id);
    snprintf(name, sizeof name, "物料%u", flow);
    snprintf(supplier, sizeof supplier, "示例企业（%u）", to);
    snprintf(quantity, sizeof quantity, "%u.%03u", 1 + flow % 977, flow % 1000);
    const struct bench_cell cells[] = {
        {"enterprise", ids[from]},
        {"period", flow % 2 ? "2026Q1" : "2026-05"},
        {"flow", is_input ? "投入"
                 : is_end ? "排放"
                          : "产出"},
        {"material_class", is_end ? "废水" : "烟尘"},
        {"material", name},
        {"quantity", quantity},
        {"quantity_unit", "t"},
        {"basis", "干基"},
        {"thallium_content", "310"},
        {"thallium_unit", "mg/kg"},
        {"manifest_no", name},
        {"destination", is_end ? "示例河" : "委托利用"},
        {is_input ? "supplier" : "receiver_name", is_end && !is_input ? "" : supplier},
    };
    return bench_put(store, &reg_material_flow, id, cells, COUNT_OF(cells), err);
}

static bool fill(const char *path, char ids[][RECORD_ID_SIZE], struct error *err)
{
    const struct store_bureau bureau = {.region = "441802", .operator_name = "bench"};
    struct store *store = NULL;
    char name[64];
    bool ok = store_create(path, &bureau, err) && store_open(&store, path, STORE_WRITE, err) &&
              store_begin(store, "import", NULL, err);
    for (unsigned i = 0; ok && i < ENTERPRISES; i++) {
        id_new(ids[i]);
        snprintf(name, sizeof name, "示例企业（%u）", i);
        const struct bench_cell cells[] = {{"name", name}, {"region", "清城区"}};
        ok = bench_put(store, &reg_enterprise, ids[i], cells, COUNT_OF(cells), err);
    }
    for (unsigned i = 0; ok && i < FLOWS; i++)
        ok = put_flow(store, i, ids, err);
    ok = ok && store_commit(store, err);
    store_close(&store);
    return ok;
}

/* ---- what is measured ---- */

static bool read_bare(sqlite3 *db, double *took)
{
    static const char sql[] =
        "SELECT id, period, enterprise, flow, material_class, thallium_kg, receiver, receiver_name,"
        " destination, supplier, waste_code, manifest_no FROM material_flow WHERE deleted = 0";
    sqlite3_stmt *select;
    size_t bytes = 0;
    double begin = bench_now();
    if (sqlite3_prepare_v2(db, sql, -1, &select, NULL) != SQLITE_OK)
        return false;
    while (sqlite3_step(select) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(select); i++)
            bytes += sqlite3_column_text(select, i) ? (size_t)sqlite3_column_bytes(select, i) : 0;
    sqlite3_finalize(select);
    *took = bench_now() - begin;
    return bytes > 0;
}

static bool trace_once(struct store *store, const char *id, double *took, struct trace_walk *walk,
                       struct error *err)
{
    struct trace trace;
    struct period year;
    double begin = bench_now();
    bool ok = period_parse("2026", &year) && trace_load(&trace, store, year, err);
    if (ok)
        trace_walk(&trace, trace_find(&trace, TRACE_ENTERPRISE, id), walk);
    *took = bench_now() - begin;
    trace_release(&trace);
    return ok;
}

/* The best of several, each beside the other. */
static bool measure(const char *path, const char *id, struct error *err)
{
    struct store *store = NULL;
    sqlite3 *db = NULL;
    double bare = 1e9, traced = 1e9, took;
    size_t steps = 0, nodes = 0, cycles = 0;
    bool ok = store_open(&store, path, STORE_READ, err) && sqlite3_open(path, &db) == SQLITE_OK;
    for (int i = 0; ok && i < TIMES; i++) {
        struct trace_walk walk;
        ok = read_bare(db, &took);
        bare = took < bare ? took : bare;
        ok = ok && trace_once(store, id, &took, &walk, err);
        if (!ok)
            break;
        traced = took < traced ? took : traced;
        steps = walk.step_count;
        nodes = walk.order_count;
        cycles = walk.cycles;
        trace_walk_release(&walk);
    }
    sqlite3_close(db);
    store_close(&store);
    if (ok)
        printf("%.1f ms (%zu nodes, %zu links, %zu return streams), %.1f times a bare reading\n",
               traced, nodes, steps, cycles, traced / bare);
    return ok;
}

int main(int argc, char **argv)
{
    static char ids[ENTERPRISES][RECORD_ID_SIZE];
    struct error err = {0};
    if (argc != 2)
        return 2;
    remove(argv[1]);
    if (fill(argv[1], ids, &err) && measure(argv[1], ids[0], &err))
        return 0;
    fprintf(stderr, "%s\n", err.message);
    return 3;
}
