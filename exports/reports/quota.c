/* The quota workbook: the lists of the layout file, then what the projects lack, what each source
 * holds at the end of the year and how it came to that. */
#include "core/mem.h"
#include "db/account.h"
#include "exports/layout.h"
#include "exports/reports/reports.h"

#include <stdlib.h>

#define LAYOUT "layouts/quota.csv"

enum { OWN_TABLES = 3, LOAD_WIDTH = 9, GROUPS = 3, FEW_TEXTS = 4, LINE_TEXTS = 6 };

static bool count_tables(size_t *count, struct error *err)
{
    bool ok = layout_count_sheets(LAYOUT, count, err);
    *count += OWN_TABLES;
    return ok;
}

/* The last day that counts: the end of the year, of the present year today. */
static struct date last_day(const struct run *run)
{
    struct date end = {.year = run->year, .month = 12, .day = 31};
    return date_compare(run->context.today, end) < 0 ? run->context.today : end;
}

/* ---- columns ---- */

/* What the workbook is made of. */
struct accounts {
    struct account_balances sources;
    struct account_projects projects;
};

struct table {
    struct sink_table sink;
    struct sink_column columns[LINE_TEXTS + GROUPS * LOAD_FIELD_COUNT + 1];
    char *title, *right; /* owned */
};

static void add_column(struct table *table, struct sink_column column)
{
    table->columns[table->sink.column_count++] = column;
}

/* Six columns of loads; `keys` are theirs. */
static void add_loads(struct table *table, const char *const keys[LOAD_FIELD_COUNT],
                      const char *group)
{
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        add_column(table, (struct sink_column){.key = keys[i],
                                               .group = group,
                                               .label = loads_name(i),
                                               .format = SINK_DECIMAL,
                                               .scale = LOAD_SCALE,
                                               .width = LOAD_WIDTH,
                                               .total = true});
}

static void begin_table(struct table *table, struct run *run, const char *title, const char *right)
{
    struct buffer text = {0};
    run_fill(run, title, &text);
    table->title = buffer_take(&text);
    run_fill(run, right, &text);
    table->right = buffer_take(&text);
    table->sink.title = table->title;
    table->sink.right = table->right;
    table->sink.columns = table->columns;
    sink_begin_table(run->sink, &table->sink);
    run->result->tables++;
}

static void end_table(struct table *table, struct run *run, size_t rows)
{
    sink_total_row(run->sink, rows ? "合计" : "本年度无");
    sink_end_sheet(run->sink);
    run->result->rows += rows;
    free(table->title);
    free(table->right);
}

static void put_loads(struct sink *sink, const struct loads *loads, int sign)
{
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        sink_number(sink, sign * loads->kg[i], LOAD_SCALE);
}

/* Three groups of loads behind four columns of text. */
static void begin_groups(struct table *table, struct run *run,
                         const struct sink_column texts[FEW_TEXTS],
                         const char *const keys[GROUPS][LOAD_FIELD_COUNT],
                         const char *const groups[GROUPS], const char *title)
{
    for (size_t i = 0; i < FEW_TEXTS; i++)
        add_column(table, texts[i]);
    for (size_t i = 0; i < GROUPS; i++)
        add_loads(table, keys[i], groups[i]);
    begin_table(table, run, title, "单位：kg/a　截至{截止日期}");
}

#define LOAD_KEYS(PREFIX)                                                                          \
    {                                                                                              \
        PREFIX "_lead_kg", PREFIX "_mercury_kg", PREFIX "_cadmium_kg", PREFIX "_chromium_kg",      \
            PREFIX "_arsenic_kg", PREFIX "_total_kg"                                               \
    }

/* ---- 项目缺口 ---- */

static bool put_project(struct run *run, const struct account_project *project, size_t serial,
                        struct error *err)
{
    sink_begin_row(run->sink);
    sink_number(run->sink, (int64_t)serial, 0);
    sink_text(run->sink, project->name);
    sink_text(run->sink, project->owner);
    sink_text(run->sink, project->exempt                              ? "豁免"
                         : project->shortage.kg[LOAD_METAL_COUNT] > 0 ? "有缺口"
                                                                      : "足够");
    put_loads(run->sink, &project->required, 1);
    put_loads(run->sink, &project->covered, 1);
    put_loads(run->sink, &project->shortage, 1);
    return sink_end_row(run->sink, err) && run_step(run, err);
}

static bool write_projects(struct run *run, const struct account_projects *list, struct error *err)
{
    static const char *const keys[GROUPS][LOAD_FIELD_COUNT] = {
        LOAD_KEYS("required"), LOAD_KEYS("covered"), LOAD_KEYS("shortage")};
    static const char *const groups[GROUPS] = {"需替代", "已有来源", "缺口"};
    static const struct sink_column texts[FEW_TEXTS] = {
        {.key = "serial", .label = "序号", .format = SINK_INTEGER, .width = 4, .centre = true},
        {.key = "name", .label = "建设项目", .width = 26},
        {.key = "owner", .label = "建设单位", .width = 20},
        {.key = "state", .label = "来源", .width = 7, .centre = true},
    };
    struct table table = {
        .sink = {.name = "项目缺口", .key = "project", .fixed = 2, .paper = SINK_A3}};
    bool ok = true;
    begin_groups(&table, run, texts, keys, groups, "{地区}建设项目重金属总量指标需求与来源");
    for (size_t i = 0; ok && i < list->count; i++)
        ok = put_project(run, &list->items[i], i + 1, err);
    end_table(&table, run, list->count);
    return ok;
}

/* ---- 账户余额 ---- */

static bool put_balance(struct run *run, const struct account_balance *balance, size_t serial,
                        struct error *err)
{
    sink_begin_row(run->sink);
    sink_number(run->sink, (int64_t)serial, 0);
    sink_text(run->sink, balance->name);
    sink_text(run->sink, balance->enterprise);
    sink_date(run->sink, balance->credit_on);
    put_loads(run->sink, &balance->credited, 1);
    put_loads(run->sink, &balance->transferred, 1);
    put_loads(run->sink, &balance->remaining, 1);
    return sink_end_row(run->sink, err) && run_step(run, err);
}

static bool write_balances(struct run *run, const struct account_balances *list, struct error *err)
{
    static const char *const keys[GROUPS][LOAD_FIELD_COUNT] = {
        LOAD_KEYS("credited"), LOAD_KEYS("transferred"), LOAD_KEYS("remaining")};
    static const char *const groups[GROUPS] = {"核定", "已转让", "剩余"};
    static const struct sink_column texts[FEW_TEXTS] = {
        {.key = "serial", .label = "序号", .format = SINK_INTEGER, .width = 4, .centre = true},
        {.key = "name", .label = "减排工程", .width = 24},
        {.key = "enterprise", .label = "实施企业", .width = 20},
        {.key = "credit_on", .label = "可用起始日期", .format = SINK_DATE, .width = 11},
    };
    struct table table = {
        .sink = {.name = "账户余额", .key = "balance", .fixed = 2, .paper = SINK_A3}};
    bool ok = true;
    begin_groups(&table, run, texts, keys, groups, "{地区}{年度}年末重金属总量指标来源账户余额");
    for (size_t i = 0; ok && i < list->count; i++)
        ok = put_balance(run, &list->items[i], i + 1, err);
    end_table(&table, run, list->count);
    return ok;
}

/* ---- 流水 ---- */

static bool put_line(struct run *run, const struct account_statement *statement,
                     const struct account_line *line, size_t serial, struct error *err)
{
    char on[DATE_TEXT_SIZE];
    date_format(line->entry.on, on);
    sink_begin_row(run->sink);
    sink_number(run->sink, (int64_t)serial, 0);
    sink_text(run->sink, statement->name);
    sink_date(run->sink, on);
    sink_text(run->sink, entry_name(line->entry.kind));
    sink_text(run->sink, line->paper);
    sink_text(run->sink, line->other);
    put_loads(run->sink, &line->entry.loads, line->sign);
    sink_number(run->sink, line->balance.kg[LOAD_METAL_COUNT], LOAD_SCALE);
    return sink_end_row(run->sink, err);
}

static bool put_statement(struct run *run, const char *source, size_t *rows, struct error *err)
{
    struct account_statement statement;
    bool ok = account_statement_load(&statement, run->store, source, err);
    for (size_t i = 0; ok && i < statement.count; i++)
        if (date_compare(statement.lines[i].entry.on, last_day(run)) <= 0)
            ok = put_line(run, &statement, &statement.lines[i], ++*rows, err);
    account_statement_release(&statement);
    return ok && run_step(run, err);
}

static bool write_lines(struct run *run, const struct account_balances *list, struct error *err)
{
    static const char *const keys[LOAD_FIELD_COUNT] = {"lead_kg",     "mercury_kg", "cadmium_kg",
                                                       "chromium_kg", "arsenic_kg", "total_kg"};
    static const struct sink_column texts[LINE_TEXTS] = {
        {.key = "serial", .label = "序号", .format = SINK_INTEGER, .width = 4, .centre = true},
        {.key = "source", .label = "减排工程", .width = 24},
        {.key = "date", .label = "日期", .format = SINK_DATE, .width = 11},
        {.key = "kind", .label = "收支", .width = 5, .centre = true},
        {.key = "paper", .label = "单据", .width = 20},
        {.key = "counterparty", .label = "对方", .width = 26},
    };
    struct table table = {.sink = {.name = "流水", .key = "entry", .fixed = 3, .paper = SINK_A3}};
    size_t rows = 0;
    bool ok = true;
    for (size_t i = 0; i < LINE_TEXTS; i++)
        add_column(&table, texts[i]);
    add_loads(&table, keys, "收（+）支（-）");
    add_column(&table, (struct sink_column){.key = "remaining_kg",
                                            .label = "余额合计",
                                            .format = SINK_DECIMAL,
                                            .scale = LOAD_SCALE,
                                            .width = LOAD_WIDTH});
    begin_table(&table, run, "{地区}重金属总量指标来源账户流水", "单位：kg/a　截至{截止日期}");
    for (size_t i = 0; ok && i < list->count; i++)
        ok = put_statement(run, list->items[i].id, &rows, err);
    end_table(&table, run, rows);
    return ok;
}

/* ---- the workbook ---- */

static bool write(const struct report *report, struct store *store,
                  const struct report_options *options, struct sink *sink,
                  struct report_result *result, struct error *err)
{
    (void)report;
    struct run run;
    struct layout layout;
    struct accounts accounts = {.sources = {.items = NULL}};
    run_init(&run, store, options, sink, result);
    date_format(last_day(&run), run.cut.until);
    bool ok = layout_read(&layout, LAYOUT, err) &&
              account_balances_load(&accounts.sources, store, last_day(&run), NULL, err) &&
              account_projects_load(&accounts.projects, store, last_day(&run), err) &&
              layout_count_records(&layout, store, &run.total, err);
    run.total += accounts.projects.count + 2 * accounts.sources.count;
    ok = ok && layout_write_sheets(&layout, &run, err) &&
         write_projects(&run, &accounts.projects, err) &&
         write_balances(&run, &accounts.sources, err) && write_lines(&run, &accounts.sources, err);
    account_balances_release(&accounts.sources);
    account_projects_release(&accounts.projects);
    layout_release(&layout);
    return ok;
}

const struct report report_quota = {
    .name = "quota",
    .label = "重金属总量指标工作簿",
    .help =
        "总量替代清单、指标转让台账、作废的转让、项目缺口、各来源年末余额和流水，合计相互对得上。",
    .file = "%d年重金属总量指标.xlsx",
    .count_tables = count_tables,
    .write = write,
};
