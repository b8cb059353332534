/* account.c - the balances of all quota sources in a large file, beside a bare sum of the same
 * columns. Usage: account ENTRIES FILE.db; the file is made by init and filled here. */
#include "bench/bench.h"
#include "core/mem.h"
#include "core/registers.h"
#include "db/account.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TIMES = 11, SOURCES_PER_MILLE = 40, PROJECTS = 100 };

/* `fields` are pairs of name and text that end with NULL. */
static void put(struct store *store, const struct reg *reg, const char *const *fields,
                char id[RECORD_ID_SIZE])
{
    struct record record;
    struct error err = {0};
    enum store_change change;
    record_init(&record, reg);
    for (; fields[0]; fields += 2)
        bench_require(record_set_text(&record, (size_t)reg_field_index(reg, fields[0]), fields[1],
                                      store_lookup(store), &err),
                      &err);
    bench_require(store_put(store, &record, &change, &err), &err);
    snprintf(id, RECORD_ID_SIZE, "%s", record.id);
    record_release(&record);
}

static void put_source(struct store *store, size_t i, const char *enterprise,
                       char id[RECORD_ID_SIZE])
{
    char name[64];
    snprintf(name, sizeof name, "示例减排工程%zu", i);
    const char *const fields[] = {"name",
                                  name,
                                  "enterprise",
                                  enterprise,
                                  "region",
                                  "441802",
                                  "key_line",
                                  "是",
                                  "permit_held",
                                  "已领证",
                                  "load_basis",
                                  "许可量差值",
                                  "before_lead_kg",
                                  "900.5",
                                  "after_lead_kg",
                                  "0",
                                  "confirmed_on",
                                  "2026-01-05",
                                  NULL};
    put(store, &reg_reduction_project, fields, id);
}

static void put_transfer(struct store *store, size_t i, const char *source, const char *project)
{
    char day[16], kg[32], id[RECORD_ID_SIZE];
    snprintf(day, sizeof day, "2026-%02zu-%02zu", 2 + i % 4, 1 + i % 28);
    snprintf(kg, sizeof kg, "%zu.%03zu", 1 + i % 7, i % 1000);
    const char *const fields[] = {"source",
                                  source,
                                  "project",
                                  project,
                                  "transferred_on",
                                  day,
                                  "transferred_lead_kg",
                                  kg,
                                  "voided",
                                  i % 9 ? "否" : "是",
                                  "voided_on",
                                  i % 9 ? "" : "2026-06-30",
                                  "void_reason",
                                  i % 9 ? "" : "申请材料不实",
                                  NULL};
    put(store, &reg_quota_transfer, fields, id);
}

static void fill(struct store *store, size_t entries)
{
    struct error err = {0};
    size_t sources = entries * SOURCES_PER_MILLE / 1000;
    char enterprise[RECORD_ID_SIZE], projects[PROJECTS][RECORD_ID_SIZE];
    char(*ids)[RECORD_ID_SIZE] = mem_new(sources, sizeof *ids);
    bench_require(store_begin(store, "demo", NULL, &err), &err);
    put(store, &reg_enterprise, (const char *const[]){"name", "示例锌业", "region", "441802", NULL},
        enterprise);
    for (size_t i = 0; i < PROJECTS; i++) {
        char name[64];
        snprintf(name, sizeof name, "示例项目%zu", i);
        put(store, &reg_construction_project,
            (const char *const[]){"name", name, "region", "441802", NULL}, projects[i]);
    }
    for (size_t i = 0; i < sources; i++)
        put_source(store, i, enterprise, ids[i]);
    for (size_t i = 0; i < entries - sources; i++)
        put_transfer(store, i, ids[i % sources], projects[i % PROJECTS]);
    bench_require(store_commit(store, &err), &err);
    free(ids);
}

static double balances_time(struct store *store, struct date on)
{
    double times[TIMES];
    struct error err = {0};
    for (int i = 0; i < TIMES; i++) {
        struct account_balances list;
        double begin = bench_now();
        bench_require(account_balances_load(&list, store, on, NULL, &err), &err);
        times[i] = bench_now() - begin;
        for (size_t j = 0; j < list.count; j++)
            if (list.items[j].remaining.kg[LOAD_METAL_COUNT] < 0)
                exit(1);
        account_balances_release(&list);
    }
    return bench_median(times, TIMES);
}

static double bare_time(const char *path)
{
    static const char sql[] =
        "SELECT sum(transferred_lead_kg), sum(transferred_mercury_kg), sum(transferred_cadmium_kg),"
        " sum(transferred_chromium_kg), sum(transferred_arsenic_kg), sum(transferred_total_kg)"
        " FROM quota_transfer WHERE deleted = 0";
    double times[TIMES];
    sqlite3 *db;
    sqlite3_stmt *stmt;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        exit(1);
    for (int i = 0; i < TIMES; i++) {
        double begin = bench_now();
        if (sqlite3_step(stmt) != SQLITE_ROW)
            exit(1);
        times[i] = bench_now() - begin;
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return bench_median(times, TIMES);
}

int main(int argc, char **argv)
{
    struct store *store;
    struct error err = {0};
    if (argc != 3)
        return 2;
    bench_require(store_open(&store, argv[2], STORE_WRITE, &err), &err);
    fill(store, (size_t)atol(argv[1]));
    double any_day = balances_time(store, (struct date){2026, 4, 15});
    double all = balances_time(store, account_end);
    store_close(&store);
    double bare = bare_time(argv[2]);
    printf("%.1f ms, %.1f ms on a day; %.1f times a bare sum\n", all, any_day, all / bare);
    return 0;
}
