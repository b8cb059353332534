/* The quota accounts: what each construction project still lacks, what each source holds, and how
 * it came to that; as of the last day that counts. */
#include "exports/source.h"

#include "core/text.h"
#include "db/account.h"

#define LOAD(KEY, GROUP, LABEL)                                                                    \
    {                                                                                              \
        .key = KEY "_kg", .group = GROUP, .label = LABEL, .format = SINK_DECIMAL,                  \
        .scale = LOAD_SCALE, .width = 9, .total = true                                             \
    }

/* In the order of struct loads. */
#define LOADS(PREFIX, GROUP)                                                                       \
    LOAD(PREFIX "lead", GROUP, "铅"), LOAD(PREFIX "mercury", GROUP, "汞"),                         \
        LOAD(PREFIX "cadmium", GROUP, "镉"), LOAD(PREFIX "chromium", GROUP, "铬"),                 \
        LOAD(PREFIX "arsenic", GROUP, "砷"), LOAD(PREFIX "total", GROUP, "合计")

static void put_loads(struct source_rows *rows, const struct loads *loads, int sign)
{
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        source_number(rows, sign * loads->kg[i], LOAD_SCALE);
}

/* ---- what the projects lack ---- */

static const struct sink_column project_columns[] = {
    {.key = "name", .label = "建设项目", .width = 26},
    {.key = "owner", .label = "建设单位", .width = 20},
    {.key = "state", .label = "来源", .width = 7, .centre = true},
    LOADS("required_", "需替代"),
    LOADS("covered_", "已有来源"),
    LOADS("shortage_", "缺口"),
};

static bool put_project(struct source_rows *rows, const struct account_project *project,
                        struct error *err)
{
    source_text(rows, project->name);
    source_text(rows, project->owner);
    source_text(rows, project->exempt                              ? "豁免"
                      : project->shortage.kg[LOAD_METAL_COUNT] > 0 ? "有缺口"
                                                                   : "足够");
    put_loads(rows, &project->required, 1);
    put_loads(rows, &project->covered, 1);
    put_loads(rows, &project->shortage, 1);
    return source_end_row(rows, err) && run_step(rows->run, err);
}

static bool write_projects(struct source_rows *rows, struct error *err)
{
    struct account_projects list;
    struct run *run = rows->run;
    bool ok = account_projects_load(&list, run->store, run_last_day(run), err);
    for (size_t i = 0; ok && i < list.count; i++)
        ok = put_project(rows, &list.items[i], err);
    account_projects_release(&list);
    return ok;
}

static bool count_projects(const struct layout *layout, struct store *store, size_t *count,
                           struct error *err)
{
    (void)layout;
    return source_count_register(store, "construction_project", count, err);
}

const struct source source_quota_projects = {
    .name = "quota_projects",
    .columns = project_columns,
    .column_count = COUNT_OF(project_columns),
    .count = count_projects,
    .write = write_projects,
};

/* ---- what the sources hold ---- */

static bool take_balances(void *result, struct run *run, const struct layout *layout,
                          struct error *err)
{
    (void)layout;
    return account_balances_load(result, run->store, run_last_day(run), NULL, err);
}

static void release_balances(void *result)
{
    account_balances_release(result);
}

static const struct run_work balances = {
    .size = sizeof(struct account_balances), .take = take_balances, .release = release_balances};

static const struct sink_column balance_columns[] = {
    {.key = "name", .label = "减排工程", .width = 24},
    {.key = "enterprise", .label = "实施企业", .width = 20},
    {.key = "credit_on", .label = "可用起始日期", .format = SINK_DATE, .width = 11},
    LOADS("credited_", "核定"),
    LOADS("transferred_", "已转让"),
    LOADS("remaining_", "剩余"),
};

static bool put_balance(struct source_rows *rows, const struct account_balance *balance,
                        struct error *err)
{
    source_text(rows, balance->name);
    source_text(rows, balance->enterprise);
    source_date(rows, balance->credit_on);
    put_loads(rows, &balance->credited, 1);
    put_loads(rows, &balance->transferred, 1);
    put_loads(rows, &balance->remaining, 1);
    return source_end_row(rows, err) && run_step(rows->run, err);
}

static bool write_balances(struct source_rows *rows, struct error *err)
{
    const struct account_balances *list = run_share(rows->run, &balances, rows->sheet->layout, err);
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < list->count; i++)
        ok = put_balance(rows, &list->items[i], err);
    return ok;
}

static bool count_sources(const struct layout *layout, struct store *store, size_t *count,
                          struct error *err)
{
    (void)layout;
    return source_count_register(store, "reduction_project", count, err);
}

const struct source source_quota_balances = {
    .name = "quota_balances",
    .columns = balance_columns,
    .column_count = COUNT_OF(balance_columns),
    .count = count_sources,
    .write = write_balances,
};

/* ---- how they came to that ---- */

static const struct sink_column entry_columns[] = {
    {.key = "source", .label = "减排工程", .width = 24},
    {.key = "date", .label = "日期", .format = SINK_DATE, .width = 11},
    {.key = "kind", .label = "收支", .width = 5, .centre = true},
    {.key = "paper", .label = "单据", .width = 20},
    {.key = "counterparty", .label = "对方", .width = 26},
    LOADS("", "收（+）支（-）"),
    {.key = "remaining_kg",
     .label = "余额合计",
     .format = SINK_DECIMAL,
     .scale = LOAD_SCALE,
     .width = 9},
};

static bool put_line(struct source_rows *rows, const struct account_statement *statement,
                     const struct account_line *line, struct error *err)
{
    char on[DATE_TEXT_SIZE];
    date_format(line->entry.on, on);
    source_text(rows, statement->name);
    source_date(rows, on);
    source_text(rows, entry_name(line->entry.kind));
    source_text(rows, line->paper);
    source_text(rows, line->other);
    put_loads(rows, &line->entry.loads, line->sign);
    source_number(rows, line->balance.kg[LOAD_METAL_COUNT], LOAD_SCALE);
    return source_end_row(rows, err);
}

static bool put_statement(struct source_rows *rows, const char *source, struct error *err)
{
    struct account_statement statement;
    const struct date last = run_last_day(rows->run);
    bool ok = account_statement_load(&statement, rows->run->store, source, err);
    for (size_t i = 0; ok && i < statement.count; i++)
        if (date_compare(statement.lines[i].entry.on, last) <= 0)
            ok = put_line(rows, &statement, &statement.lines[i], err);
    account_statement_release(&statement);
    return ok && run_step(rows->run, err);
}

static bool write_entries(struct source_rows *rows, struct error *err)
{
    const struct account_balances *list = run_share(rows->run, &balances, rows->sheet->layout, err);
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < list->count; i++)
        ok = put_statement(rows, list->items[i].id, err);
    return ok;
}

const struct source source_quota_entries = {
    .name = "quota_entries",
    .columns = entry_columns,
    .column_count = COUNT_OF(entry_columns),
    .count = count_sources,
    .write = write_entries,
};
