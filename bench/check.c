/* check.c - what the rules cost in a large file: keeping all findings, one save, opening a form and
 * the findings. Usage: check FILE.db (which it changes); prints milliseconds. */
#include "bench/bench.h"
#include "core/mem.h"
#include "core/registers.h"
#include "db/check.h"
#include "db/clock.h"
#include "db/query.h"
#include "tui/desk.h"
#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TIMES = 21, ROWS = 24, COLUMNS = 80, SLICE_MS = 1000 };

static double catch_up(struct store *store)
{
    struct error err = {0};
    double begin = bench_now();
    for (bool more = true; more;)
        bench_require(check_catch_up(store, SLICE_MS, &more, &err), &err);
    return bench_now() - begin;
}

/* A write that touches one page: what the disk itself takes. */
static double sync_time(struct store *store)
{
    double times[TIMES];
    struct error err = {0};
    for (int i = 0; i < TIMES; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        double begin = bench_now();
        bench_require(store_set_setting(store, "bench", text, &err), &err);
        times[i] = bench_now() - begin;
    }
    return bench_median(times, TIMES);
}

/* The text of `field` changes with every save of the record in the middle. */
static double save_time(struct store *store, const struct reg *reg, const char *field)
{
    double times[TIMES];
    struct id_list ids;
    struct error err = {0};
    bench_require(query_ids(store, &(struct query){.reg = reg}, &ids, &err), &err);
    for (int i = 0; i < TIMES; i++) {
        struct record record;
        enum store_change change;
        char text[64];
        snprintf(text, sizeof text, "改动第%d次，为了量一量保存要多久", i);
        bench_require(store_get(store, reg, ids.ids[ids.count / 2], &record, &err), &err);
        value_set_text(record_value_for_change(&record, field), text);
        double begin = bench_now();
        bench_require(store_save(store, &record, NULL, &change, &err), &err);
        times[i] = bench_now() - begin;
        record_release(&record);
    }
    id_list_release(&ids);
    return bench_median(times, TIMES);
}

static void show(struct app *app)
{
    app_draw(app);
    term_show(app->terminal, &app->grid);
}

static double form_time(struct app *app)
{
    double times[TIMES];
    struct id_list ids;
    struct error err = {0};
    bench_require(query_ids(desk_store(app), &(struct query){.reg = &reg_enterprise}, &ids, &err),
                  &err);
    for (int i = 0; i < TIMES; i++) {
        double begin = bench_now();
        form_open(app, &reg_enterprise, ids.ids[(size_t)i * ids.count / TIMES], NULL);
        show(app);
        times[i] = bench_now() - begin;
        app_pop(app);
    }
    id_list_release(&ids);
    return bench_median(times, TIMES);
}

static void press(struct app *app, int key)
{
    const struct event event = {.kind = EVENT_KEY, .key = key};
    term_memory_feed(app->terminal, &event);
    app_step(app);
    show(app);
}

/* Opening the counts, then the last page of the longest group. */
static void findings_times(struct app *app, double *counts, double *last_page)
{
    double begin = bench_now();
    findings_open(app, NULL);
    show(app);
    *counts = bench_now() - begin;
    *last_page = 0;
    for (int i = 0; i < TIMES; i++, press(app, K_DOWN)) {
        begin = bench_now();
        press(app, K_ENTER);
        press(app, K_END);
        double time = bench_now() - begin;
        *last_page = time > *last_page ? time : *last_page;
        press(app, K_ESC);
    }
}

int main(int argc, char **argv)
{
    struct store *store;
    struct error err = {0};
    struct app app;
    double counts, last_page;
    int64_t found[SEVERITY__COUNT];
    if (argc != 2)
        return 2;
    bench_require(store_open(&store, argv[1], STORE_WRITE, &err), &err);
    double all = catch_up(store);
    bench_require(check_count(store, found, &err), &err);
    printf("%.1f s for %lld findings; disk %.1f, save", all / 1000,
           (long long)(found[SEVERITY_ERROR] + found[SEVERITY_WARNING] + found[SEVERITY_HINT]),
           sync_time(store));
    printf(" enterprise %.1f", save_time(store, &reg_enterprise, "address"));
    printf(", sample %.1f", save_time(store, &reg_sample, "lab"));
    printf(", problem %.1f", save_time(store, &reg_problem, "description"));
    struct desk desk = {.store = store};
    app_init(&app, term_memory_open(ROWS, COLUMNS), &desk);
    workbench_open(&app);
    printf("; form %.1f", form_time(&app));
    findings_times(&app, &counts, &last_page);
    printf(", findings %.1f, last page %.1f\n", counts, last_page);
    struct terminal *terminal = app.terminal;
    app_release(&app);
    term_close(&terminal);
    store_close(&store);
    return 0;
}
